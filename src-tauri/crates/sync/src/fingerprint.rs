//! The fingerprint of what was sent to a record: an equal write is left out.

use leadferry_model::Record;
use sha2::{Digest, Sha256};

/// A fingerprint of `fields` under one version of the mapping's output. Records serialise in name order, so equal fields
/// always give the same text.
pub(crate) fn fingerprint(fields: &Record) -> String {
    let json = serde_json::to_vec(fields).expect("BUG: a record always serialises");
    let digest = Sha256::digest(&json);
    digest.iter().map(|byte| format!("{byte:02x}")).collect()
}

#[cfg(test)]
mod tests {
    use leadferry_model::Value;

    use super::*;

    #[test]
    fn equal_fields_have_equal_fingerprints_whatever_their_order() {
        let one: Record = [("a", Value::text("1")), ("b", Value::text("2"))].into_iter().collect();
        let two: Record = [("b", Value::text("2")), ("a", Value::text("1"))].into_iter().collect();
        assert_eq!(fingerprint(&one), fingerprint(&two), "order of setting does not matter");
        let other: Record = [("a", Value::text("1")), ("b", Value::Blank)].into_iter().collect();
        assert_ne!(fingerprint(&one), fingerprint(&other), "clearing a field is a change");
    }
}
