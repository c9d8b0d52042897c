//! Bodies of requests as HubSpot documents them.

use super::shape::{ANY, Shape, list, may, must};

/// What one batch takes.
const BATCH: usize = 100;

pub(super) static TOKEN_INFO: Shape = Shape::Object(&[must("tokenKey", Shape::Text)]);

pub(super) static OPTION: Shape = Shape::Object(&[
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
