//! The many keys of settings answers that say the same of everything here, but that the vendor's document promises.

use serde_json::Value;

/// Keys by the value they all have.
pub(super) struct Filler {
    pub(super) yes: &'static [&'static str],
    pub(super) no: &'static [&'static str],
    pub(super) null: &'static [&'static str],
    pub(super) empty_list: &'static [&'static str],
    pub(super) empty_object: &'static [&'static str],
}

impl Filler {
    /// Adds the keys that `shown` does not have of its own.
    pub(super) fn fill(&self, shown: &mut Value) {
        let Some(shown) = shown.as_object_mut() else { return };
        let groups = [
            (self.yes, Value::Bool(true)),
            (self.no, Value::Bool(false)),
            (self.null, Value::Null),
            (self.empty_list, Value::Array(Vec::new())),
            (self.empty_object, Value::Object(serde_json::Map::new())),
        ];
        for (keys, value) in groups {
            for key in keys {
                shown.entry(*key).or_insert_with(|| value.clone());
            }
        }
    }
}
