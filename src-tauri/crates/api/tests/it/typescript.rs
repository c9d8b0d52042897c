//! The committed TypeScript is what the types say.

use std::fs;
use std::path::Path;

/// Set it to write the file instead of only comparing.
const WRITE: &str = "LEADFERRY_WRITE_TYPES";

#[test]
fn the_committed_contract_is_fresh() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../../ui/src/api/generated.ts");
    let fresh = leadferry_api::typescript::generate();
    if std::env::var_os(WRITE).is_some() {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, &fresh).unwrap();
    }
    let committed = fs::read_to_string(&path).unwrap_or_default();
    assert!(
        committed == fresh,
        "ui/src/api/generated.ts is stale: run `{WRITE}=1 cargo test -p leadferry-api typescript`"
    );
}
