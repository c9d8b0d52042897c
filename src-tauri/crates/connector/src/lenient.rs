//! Reading answers that are not quite as promised: for `#[serde(deserialize_with)]` in a connector's types. One odd value must not
//! cost a whole page of records.

use serde::de::{DeserializeOwned, Error as _};
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A text or a number as text.
pub fn one(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

/// An id: a text or a number, and never empty.
pub fn id<'de, D: Deserializer<'de>>(from: D) -> Result<String, D::Error> {
    let found = one(&Value::deserialize(from)?).filter(|id| !id.is_empty());
    found.ok_or_else(|| D::Error::custom("no id"))
}

/// A text; a number is one too.
pub fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(one(&Value::deserialize(from)?))
}

/// `null`, or another type than was promised, is the type's empty value.
pub fn null_is_empty<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(
    from: D,
) -> Result<T, D::Error> {
    Ok(if_readable(from)?.unwrap_or_default())
}

/// The value if it has the promised type.
pub fn if_readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Option<T>, D::Error> {
    Ok(read(Value::deserialize(from)?))
}

/// The entries that have the promised form.
pub fn readable<'de, D: Deserializer<'de>, T: DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(entries(from)?.into_iter().filter_map(read).collect())
}

/// Every entry in its place; one without the promised form is empty.
pub fn all<'de, D: Deserializer<'de>, T: Default + DeserializeOwned>(from: D) -> Result<Vec<T>, D::Error> {
    Ok(entries(from)?.into_iter().map(|entry| read(entry).unwrap_or_default()).collect())
}

fn entries<'de, D: Deserializer<'de>>(from: D) -> Result<Vec<Value>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::Array(entries) => entries,
        _ => Vec::new(),
    })
}

/// Numbers and yes or no may come as texts.
fn read<T: DeserializeOwned>(value: Value) -> Option<T> {
    T::deserialize(&value).ok().or_else(|| serde_json::from_str(value.as_str()?).ok())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[derive(Debug, Deserialize, PartialEq)]
    struct Row {
        #[serde(deserialize_with = "id")]
        id: String,
        #[serde(default, deserialize_with = "text")]
        name: Option<String>,
        #[serde(default, deserialize_with = "null_is_empty")]
        count: u32,
        #[serde(default, deserialize_with = "readable")]
        known: Vec<u32>,
        #[serde(default, deserialize_with = "all")]
        placed: Vec<u32>,
    }

    #[test]
    fn odd_values_cost_no_more_than_themselves() {
        let odd = json!({"id": 7, "name": 12, "count": "3", "known": [1, {}, "2"], "placed": [1, {}, "2"]});
        let row: Row = serde_json::from_value(odd).unwrap();
        let expected = Row {
            id: "7".into(),
            name: Some("12".into()),
            count: 3,
            known: vec![1, 2],
            placed: vec![1, 0, 2],
        };
        assert_eq!(row, expected);
        let empty: Row =
            serde_json::from_value(json!({"id": "a", "name": null, "count": null, "known": "?"})).unwrap();
        assert_eq!((empty.name, empty.count, empty.known), (None, 0, vec![]));
    }

    #[test]
    fn a_record_without_an_id_is_none() {
        for row in [json!({}), json!({"id": ""}), json!({"id": null}), json!({"id": {}})] {
            assert!(serde_json::from_value::<Row>(row).is_err());
        }
    }
}
