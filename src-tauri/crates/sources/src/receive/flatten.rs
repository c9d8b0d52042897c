//! JSON and form fields as records with dotted names, within limits.
//!
//! Flattening repeats the outer names before every inner one, so a small body could become a huge record. It is measured first.

use leadferry_model::{Record, Value};

use super::refusal::Refusal;

/// No form and no CRM has more.
const MAX_FIELDS: usize = 2000;
/// All names of a delivery together.
const MAX_NAMES: usize = 16 << 20;

/// What is left for the rest of a delivery.
pub(super) struct Room {
    fields: usize,
    names: usize,
}

impl Room {
    pub(super) fn new() -> Self {
        Self { fields: MAX_FIELDS, names: MAX_NAMES }
    }

    /// Takes room for one field.
    pub(super) fn take(&mut self, name: usize) -> Result<(), Refusal> {
        let too_many = || Refusal::Malformed {
            problem:
                "One lead in the delivery has more than 2,000 fields. Send only the fields that are needed."
                    .into(),
        };
        self.fields = self.fields.checked_sub(1).ok_or_else(too_many)?;
        self.names = self.names.checked_sub(name).ok_or_else(too_many)?;
        Ok(())
    }

    fn next_lead(&mut self) {
        self.fields = MAX_FIELDS;
    }

    fn measure(&mut self, json: &serde_json::Value, name: usize) -> Result<(), Refusal> {
        match json {
            serde_json::Value::Object(inner) => {
                inner.iter().try_for_each(|(key, value)| self.measure(value, name + key.len() + 1))
            }
            serde_json::Value::Array(items)
                if items.iter().any(|item| item.is_object() || item.is_array()) =>
            {
                items.iter().try_for_each(|item| self.measure(item, name + 8))
            }
            _ => self.take(name),
        }
    }
}

/// A JSON body as records: an object is one, an array of objects several. Empty ones are no leads and left out.
pub(super) fn json(body: &serde_json::Value) -> Result<Vec<Record>, Refusal> {
    let no_object = || Refusal::Malformed {
        problem:
            "The data is JSON, but not an object with fields or a list of such objects. Send {\"email\": …}."
                .into(),
    };
    let items = match body {
        serde_json::Value::Object(_) => std::slice::from_ref(body),
        serde_json::Value::Array(items) => items,
        _ => return Err(no_object()),
    };
    let mut room = Room::new();
    let mut records = Vec::with_capacity(items.len());
    for item in items {
        let object = item.as_object().ok_or_else(no_object)?;
        room.next_lead();
        room.measure(item, 0)?;
        let record = Record::from_json(object);
        if !record.is_empty() {
            records.push(record);
        }
    }
    Ok(records)
}

/// Fields of a form as one record: `a[b]` becomes `a.b`, and a name that comes several times, or ends with `[]`, is a list.
pub(super) fn fields(pairs: impl IntoIterator<Item = (String, String)>) -> Result<Vec<Record>, Refusal> {
    let mut room = Room::new();
    let mut record = Record::new();
    for (name, value) in pairs {
        let (name, is_list) = dotted(&name);
        if name.is_empty() {
            continue;
        }
        room.take(name.len())?;
        let value = match record.remove(&name) {
            Some(Value::List(mut items)) => {
                items.push(value);
                Value::List(items)
            }
            Some(first) => Value::List(vec![first.to_string(), value]),
            None if is_list => Value::List(vec![value]),
            None => Value::Text(value),
        };
        record.set(name, value);
    }
    Ok(if record.is_empty() { Vec::new() } else { vec![record] })
}

/// `a[b][c]` as `a.b.c`, and whether `[]` ends it.
fn dotted(name: &str) -> (String, bool) {
    let (name, is_list) = match name.strip_suffix("[]") {
        Some(name) => (name, true),
        None => (name, false),
    };
    let inner = name.strip_suffix(']').and_then(|name| name.split_once('['));
    match inner {
        Some((outer, inner)) if !outer.is_empty() => {
            (format!("{outer}.{}", inner.replace("][", ".")), is_list)
        }
        _ => (name.to_owned(), is_list),
    }
}
