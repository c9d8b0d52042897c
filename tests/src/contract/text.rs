//! Values that come as text: in queries, forms and tables.

use std::collections::BTreeSet;

use serde_json::{Map, Number, Value};

/// `value` as one of `types`, as far as its text can be read so.
pub(super) fn typed(value: &Value, types: &BTreeSet<&str>) -> Value {
    let Value::String(text) = value else { return value.clone() };
    if types.contains("array") {
        return Value::Array(text.split(',').map(Value::from).collect());
    }
    let number = |integers_only: bool| {
        let whole = text.parse::<i64>().ok().map(Number::from);
        whole
            .or_else(|| if integers_only { None } else { Number::from_f64(text.parse().ok()?) })
            .map(Value::Number)
    };
    let read = match text.as_str() {
        _ if types.is_empty() || types.contains("string") => None,
        "true" | "false" if types.contains("boolean") => Some(Value::Bool(text == "true")),
        "" if types.contains("null") => Some(Value::Null),
        _ if types.contains("number") => number(false),
        _ if types.contains("integer") => number(true),
        _ => None,
    };
    read.unwrap_or_else(|| value.clone())
}

/// A form's fields; one that comes twice is a list.
pub(super) fn form(body: &[u8]) -> Value {
    let mut fields = Map::new();
    for (name, value) in url::form_urlencoded::parse(body) {
        let value = Value::from(value.into_owned());
        match fields.get_mut(name.as_ref()) {
            None => {
                fields.insert(name.into_owned(), value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(one) => *one = Value::Array(vec![one.take(), value]),
        }
    }
    Value::Object(fields)
}

/// A table's rows by column; an empty cell says nothing.
pub(super) fn table(body: &[u8]) -> Result<Value, String> {
    let mut reader = csv::Reader::from_reader(body);
    let columns = reader.headers().map_err(|error| error.to_string())?.clone();
    let mut rows = Vec::new();
    for row in reader.records() {
        let row = row.map_err(|error| error.to_string())?;
        let cells = columns.iter().zip(&row).filter(|(_, cell)| !cell.is_empty());
        rows.push(cells.map(|(column, cell)| (column.to_owned(), Value::from(cell))).collect());
    }
    Ok(Value::Array(rows))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn text_is_read_as_what_is_wanted() {
        let check = |text: &str, types: &[&str], expected: Value| {
            assert_eq!(
                typed(&json!(text), &types.iter().copied().collect()),
                expected,
                "{text} as {types:?}"
            );
        };
        check("12", &["integer"], json!(12));
        check("1.5", &["number", "null"], json!(1.5));
        check("true", &["boolean"], json!(true));
        check("a,b", &["array"], json!(["a", "b"]));
        check("", &["number", "null"], json!(null));
        check("12", &["string", "integer"], json!("12"));
        check("twelve", &["integer"], json!("twelve"));
        check("1.5", &["integer"], json!("1.5"));
    }

    #[test]
    fn forms_and_tables_are_objects() {
        assert_eq!(form(b"a=1&b=x+y&a=2"), json!({"a": ["1", "2"], "b": "x y"}), "a name that comes twice");
        let rows = json!([{"Name": "Ada, B.", "City": "Bath"}, {"Name": "Bo"}]);
        assert_eq!(table(b"Name,City\n\"Ada, B.\",Bath\nBo,\n").unwrap(), rows, "an empty cell says nothing");
        assert!(table(b"Name,City\nBo\n").is_err(), "a row that is too short is no row");
    }
}
