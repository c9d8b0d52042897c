//! Bodies of answers as HubSpot documents them. <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>

use super::body::OPTION;
use super::shape::{ANY, Shape, list, may, must};

/// Every field may be left out. <https://developers.hubspot.com/docs/api-reference/error-handling>
pub(super) static REFUSAL: Shape = Shape::Object(&[
    may("status", Shape::Text),
    may("message", Shape::Text),
    may("category", Shape::Text),
    may("subCategory", Shape::Text),
    may("correlationId", Shape::Text),
    may("requestId", Shape::Text),
    may("errorType", Shape::Text),
    may("policyName", Shape::Text),
    may("errors", list(ANY, &Shape::Anything)),
    may("context", Shape::Anything),
    may("links", Shape::Anything),
    // Of the token endpoint, RFC 6749 §5.2.
    may("error", Shape::Text),
    may("error_description", Shape::Text),
]);

pub(super) static TOKENS: Shape = Shape::Object(&[
    must("token_type", Shape::Text),
    must("access_token", Shape::Text),
    must("refresh_token", Shape::Text),
    must("expires_in", Shape::Whole { least: 1, most: u64::MAX }),
    may("hub_id", Shape::Number),
    may("user_id", Shape::Number),
    may("scopes", list(ANY, &Shape::Text)),
    may("token_use", Shape::Text),
    may("id_token", Shape::OrNull(&Shape::Text)),
]);

pub(super) static ACCOUNT: Shape = Shape::Object(&[
    must("portalId", Shape::Number),
    may("accountType", Shape::OneOf(&["STANDARD", "SANDBOX", "DEVELOPER_TEST", "APP_DEVELOPER"])),
    may("timeZone", Shape::Text),
    may("companyCurrency", Shape::Text),
    may("additionalCurrencies", list(ANY, &Shape::Text)),
    may("utcOffset", Shape::Text),
    may("utcOffsetMilliseconds", Shape::Number),
    may("uiDomain", Shape::Text),
    may("dataHostingLocation", Shape::Text),
]);

pub(super) static OWNER: Shape = Shape::Object(&[
    must("id", Shape::Text),
    may("type", Shape::OneOf(&["PERSON", "QUEUE"])),
    may("email", Shape::OrNull(&Shape::Text)),
    may("firstName", Shape::OrNull(&Shape::Text)),
    may("lastName", Shape::OrNull(&Shape::Text)),
    may("userId", Shape::OrNull(&Shape::Number)),
    may("userIdIncludingInactive", Shape::Number),
    must("createdAt", Shape::Moment),
    must("updatedAt", Shape::Moment),
    must("archived", Shape::Bool),
    may("teams", list(ANY, &Shape::Anything)),
]);

static NEXT: Shape = Shape::Object(&[must("after", Shape::Text), may("link", Shape::Text)]);
static PAGING: Shape = Shape::Object(&[may("next", Shape::OrNull(&NEXT)), may("prev", Shape::Anything)]);

pub(super) static OWNERS: Shape =
    Shape::Object(&[must("results", list(ANY, &OWNER)), may("paging", Shape::OrNull(&PAGING))]);

static STAGE: Shape = Shape::Object(&[
    must("id", Shape::Text),
    must("label", Shape::Text),
    must("displayOrder", Shape::Number),
    // `probability` and `isClosed`, as texts.
    must("metadata", Shape::Texts),
    may("createdAt", Shape::Moment),
    may("updatedAt", Shape::Moment),
    may("writePermissions", Shape::Text),
    must("archived", Shape::Bool),
]);
static PIPELINE: Shape = Shape::Object(&[
    must("id", Shape::Text),
    must("label", Shape::Text),
    must("displayOrder", Shape::Number),
    must("stages", list(ANY, &STAGE)),
    may("createdAt", Shape::Moment),
    may("updatedAt", Shape::Moment),
    must("archived", Shape::Bool),
]);
pub(super) static PIPELINES: Shape = Shape::Object(&[must("results", list(ANY, &PIPELINE))]);

static RULE: Shape = Shape::Object(&[
    must("propertyName", Shape::Text),
    must("propertyValidationRules", list(ANY, &Shape::Anything)),
]);
pub(super) static VALIDATIONS: Shape = Shape::Object(&[must("results", list(ANY, &RULE))]);

static MODIFICATION: Shape = Shape::Object(&[
    must("archivable", Shape::Bool),
    must("readOnlyDefinition", Shape::Bool),
    must("readOnlyValue", Shape::Bool),
    may("readOnlyOptions", Shape::Bool),
]);

pub(super) static PROPERTY: Shape = Shape::Object(&[
    must("name", Shape::Text),
    must("label", Shape::Text),
    must("type", Shape::Text),
    must("fieldType", Shape::Text),
    must("groupName", Shape::Text),
    must("description", Shape::Text),
    must("options", list(ANY, &OPTION)),
    may("displayOrder", Shape::Number),
    may("hasUniqueValue", Shape::Bool),
    may("hidden", Shape::Bool),
    may("formField", Shape::Bool),
    may("calculated", Shape::Bool),
    may("calculationFormula", Shape::Text),
    may("externalOptions", Shape::Bool),
    may("referencedObjectType", Shape::Text),
    may("hubspotDefined", Shape::Bool),
    may("archived", Shape::Bool),
    may("archivedAt", Shape::Moment),
    may("modificationMetadata", Shape::OrNull(&MODIFICATION)),
    may("dataSensitivity", Shape::Text),
    may("createdAt", Shape::Moment),
    may("createdUserId", Shape::Text),
    may("updatedAt", Shape::Moment),
    may("updatedUserId", Shape::Text),
    may("showCurrencySymbol", Shape::Bool),
]);
pub(super) static PROPERTIES: Shape = Shape::Object(&[must("results", list(ANY, &PROPERTY))]);

pub(super) static RECORD: Shape = Shape::Object(&[
    must("id", Shape::Text),
    must("properties", Shape::TextsOrNulls),
    may("propertiesWithHistory", Shape::Anything),
    must("createdAt", Shape::Moment),
    must("updatedAt", Shape::Moment),
    must("archived", Shape::Bool),
    may("archivedAt", Shape::Moment),
    may("associations", Shape::Anything),
    may("url", Shape::Text),
    // Of an upsert.
    may("new", Shape::Bool),
    may("objectWriteTraceId", Shape::Text),
]);

pub(super) static RECORDS: Shape = Shape::Object(&[
    may("total", Shape::Whole { least: 0, most: u64::MAX }),
    must("results", list(ANY, &RECORD)),
    may("paging", Shape::OrNull(&PAGING)),
]);

pub(super) static BATCH: Shape = Shape::Object(&[
    must("status", Shape::OneOf(&["PENDING", "PROCESSING", "CANCELED", "COMPLETE"])),
    must("results", list(ANY, &RECORD)),
    must("startedAt", Shape::Moment),
    must("completedAt", Shape::Moment),
    may("requestedAt", Shape::Moment),
    may("numErrors", Shape::Whole { least: 0, most: u64::MAX }),
    may("errors", list(ANY, &REFUSAL)),
    may("links", Shape::Anything),
]);
