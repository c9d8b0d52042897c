//! Bodies as HubSpot documents them: every property by name and type, and how many items a list takes.

use serde_json::Value;

/// The documented form of a value.
pub(super) enum Shape {
    Text,
    Bool,
    Whole {
        least: u64,
        most: u64,
    },
    OneOf(&'static [&'static str]),
    /// Property values: texts under any name.
    Texts,
    List {
        most: usize,
        of: &'static Shape,
    },
    Object(&'static [Part]),
}

/// One property of an object.
pub(super) struct Part {
    name: &'static str,
    required: bool,
    shape: Shape,
}

const fn must(name: &'static str, shape: Shape) -> Part {
    Part { name, required: true, shape }
}

const fn may(name: &'static str, shape: Shape) -> Part {
    Part { name, required: false, shape }
}

const fn list(most: usize, of: &'static Shape) -> Shape {
    Shape::List { most, of }
}

/// What one batch takes.
const BATCH: usize = 100;
/// No documented limit.
const ANY: usize = usize::MAX;

pub(super) static TOKEN_INFO: Shape = Shape::Object(&[must("tokenKey", Shape::Text)]);

static OPTION: Shape = Shape::Object(&[
    must("label", Shape::Text),
    must("value", Shape::Text),
    must("displayOrder", Shape::Whole { least: 0, most: u64::MAX }),
    must("hidden", Shape::Bool),
    may("description", Shape::Text),
]);

pub(super) static NEW_PROPERTY: Shape = Shape::Object(&[
    must("groupName", Shape::Text),
    must("name", Shape::Text),
    must("label", Shape::Text),
    must(
        "type",
        Shape::OneOf(&["bool", "date", "datetime", "enumeration", "number", "phone_number", "string"]),
    ),
    must(
        "fieldType",
        Shape::OneOf(&[
            "booleancheckbox",
            "calculation_equation",
            "checkbox",
            "date",
            "file",
            "html",
            "number",
            "phonenumber",
            "radio",
            "select",
            "text",
            "textarea",
        ]),
    ),
    may("description", Shape::Text),
    may("hasUniqueValue", Shape::Bool),
    may("formField", Shape::Bool),
    may("hidden", Shape::Bool),
    may("displayOrder", Shape::Whole { least: 0, most: u64::MAX }),
    may("options", list(ANY, &OPTION)),
]);

static FILTER: Shape = Shape::Object(&[
    must("propertyName", Shape::Text),
    must(
        "operator",
        Shape::OneOf(&[
            "EQ",
            "NEQ",
            "LT",
            "LTE",
            "GT",
            "GTE",
            "BETWEEN",
            "IN",
            "NOT_IN",
            "HAS_PROPERTY",
            "NOT_HAS_PROPERTY",
            "CONTAINS_TOKEN",
            "NOT_CONTAINS_TOKEN",
        ]),
    ),
    may("value", Shape::Text),
    may("highValue", Shape::Text),
    may("values", list(ANY, &Shape::Text)),
]);
static FILTER_GROUP: Shape = Shape::Object(&[must("filters", list(6, &FILTER))]);
static SORT: Shape = Shape::Object(&[
    must("propertyName", Shape::Text),
    must("direction", Shape::OneOf(&["ASCENDING", "DESCENDING"])),
]);

pub(super) static SEARCH: Shape = Shape::Object(&[
    may("filterGroups", list(5, &FILTER_GROUP)),
    may("sorts", list(1, &SORT)),
    may("properties", list(ANY, &Shape::Text)),
    may("query", Shape::Text),
    must("limit", Shape::Whole { least: 1, most: 200 }),
    may("after", Shape::Text),
]);

static KEY: Shape = Shape::Object(&[must("id", Shape::Text)]);

pub(super) static BATCH_READ: Shape = Shape::Object(&[
    must("inputs", list(BATCH, &KEY)),
    must("properties", list(ANY, &Shape::Text)),
    must("propertiesWithHistory", list(ANY, &Shape::Text)),
    may("idProperty", Shape::Text),
]);

static CHANGE: Shape = Shape::Object(&[
    must("id", Shape::Text),
    must("properties", Shape::Texts),
    may("idProperty", Shape::Text),
    may("objectWriteTraceId", Shape::Text),
]);

/// Of updates and upserts.
pub(super) static BATCH_UPDATE: Shape = Shape::Object(&[must("inputs", list(BATCH, &CHANGE))]);

static ASSOCIATION_TYPE: Shape = Shape::Object(&[
    must("associationCategory", Shape::OneOf(&["HUBSPOT_DEFINED", "USER_DEFINED", "INTEGRATOR_DEFINED"])),
    must("associationTypeId", Shape::Whole { least: 1, most: u64::MAX }),
]);
static ASSOCIATION: Shape = Shape::Object(&[
    must("to", Shape::Object(&[must("id", Shape::Text)])),
    must("types", list(ANY, &ASSOCIATION_TYPE)),
]);

pub(super) static NEW_OBJECT: Shape = Shape::Object(&[
    must("properties", Shape::Texts),
    may("associations", list(ANY, &ASSOCIATION)),
    may("objectWriteTraceId", Shape::Text),
]);

pub(super) static BATCH_CREATE: Shape = Shape::Object(&[must("inputs", list(BATCH, &NEW_OBJECT))]);

pub(super) static CHANGES: Shape = Shape::Object(&[must("properties", Shape::Texts)]);

/// Compares `value` with `shape`; what differs goes into `faults`, named by its place.
pub(super) fn check(value: &Value, shape: &Shape, at: &str, faults: &mut Vec<String>) {
    match (shape, value) {
        (Shape::Text, Value::String(_)) | (Shape::Bool, Value::Bool(_)) => {}
        (Shape::OneOf(words), Value::String(word)) if words.contains(&word.as_str()) => {}
        (Shape::OneOf(_), _) => {
            faults.push(format!("{at} is {value}, which is not one of the documented words"))
        }
        (Shape::Whole { least, most }, Value::Number(number))
            if number.as_u64().is_some_and(|number| (*least..=*most).contains(&number)) => {}
        (Shape::Whole { .. }, _) => faults.push(format!("{at} is {value}, which is out of range")),
        (Shape::Texts, Value::Object(entries)) => {
            let others = entries.iter().filter(|(_, value)| !value.is_string());
            faults.extend(others.map(|(name, _)| format!("{at}.{name} is no text")));
        }
        (Shape::List { most, of }, Value::Array(items)) => {
            if items.len() > *most {
                faults.push(format!("{at} has {} items, {most} are taken", items.len()));
            }
            for (place, item) in items.iter().enumerate() {
                check(item, of, &format!("{at}[{place}]"), faults);
            }
        }
        (Shape::Object(parts), Value::Object(entries)) => {
            for (name, value) in entries {
                match parts.iter().find(|part| part.name == name) {
                    Some(part) => check(value, &part.shape, &format!("{at}.{name}"), faults),
                    None => faults.push(format!("{at}.{name} is unknown")),
                }
            }
            let missing = parts.iter().filter(|part| part.required && !entries.contains_key(part.name));
            faults.extend(missing.map(|part| format!("{at}.{} is missing", part.name)));
        }
        (Shape::Text, _) => faults.push(format!("{at} is no text")),
        (Shape::Bool, _) => faults.push(format!("{at} is neither true nor false")),
        (Shape::Texts | Shape::Object(_), _) => faults.push(format!("{at} is no object")),
        (Shape::List { .. }, _) => faults.push(format!("{at} is no list")),
    }
}
