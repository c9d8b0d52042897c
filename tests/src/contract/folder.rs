//! Where the vendors' contracts are, and when their absence is a fault: one rule for every check that reads them.
//!
//! They lie beside the checkout, in `../shared/contracts` or where `LEADFERRY_SHARED` says; they are data for checks and no part
//! of the repository. Without them a check says so aloud and passes, but not in CI where `shared` is there: a check that
//! silently stopped running proves nothing.

use std::path::{Path, PathBuf};

use crate::repository;

/// The folder of everything that is shared, whether it is there or not.
fn shared() -> Option<PathBuf> {
    let beside = repository().parent().map(|parent| parent.join("shared"));
    std::env::var_os("LEADFERRY_SHARED").map(PathBuf::from).or(beside)
}

/// The folder below `contracts` called `inside`, such as `zoho/specs`; `None` where there is none and none must be.
#[expect(clippy::print_stderr, reason = "a check that cannot run says so aloud")]
pub fn contracts(inside: &str) -> Option<PathBuf> {
    let shared = shared()?;
    let folder = shared.join("contracts").join(inside);
    if folder.is_dir() {
        return Some(folder);
    }
    let in_ci = std::env::var("CI").is_ok_and(|ci| ci == "true");
    assert!(
        !must_be_there(in_ci, &shared),
        "{} is there, but not contracts/{inside}: the checks that need it would not run",
        shared.display()
    );
    eprintln!("skipped: no contracts ({inside})");
    None
}

fn must_be_there(in_ci: bool, shared: &Path) -> bool {
    in_ci && shared.is_dir()
}

/// The JSON files of `folder`, by name without ending.
pub(super) fn json_files(folder: &Path) -> Vec<(String, serde_json::Value)> {
    let listed = std::fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    let mut paths: Vec<PathBuf> = listed.filter_map(Result::ok).map(|entry| entry.path()).collect();
    paths.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    paths.sort();
    paths
        .into_iter()
        .map(|path| (path.file_stem().unwrap_or_default().to_string_lossy().into(), json(&path)))
        .collect()
}

/// One JSON file. A contract that cannot be read is as good as none, so it stops the check.
pub(super) fn json(path: &Path) -> serde_json::Value {
    let shown = path.display();
    let text = std::fs::read_to_string(path).unwrap_or_else(|error| panic!("{shown}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{shown}: {error}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_ci_with_the_shared_folder_insists() {
        let there = tempfile::tempdir().unwrap();
        let gone = there.path().join("gone");
        assert!(must_be_there(true, there.path()), "what is beside the checkout of CI must be found");
        assert!(!must_be_there(true, &gone), "a clone elsewhere has no contracts");
        assert!(!must_be_there(false, there.path()), "and a person may look at one room only");
    }
}
