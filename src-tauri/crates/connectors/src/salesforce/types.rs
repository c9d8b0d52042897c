//! Salesforce's JSON, as far as it is used. Everything but ids is optional: real answers leave out or send as null what the documents
//! promise. An entry of a list that cannot be used is left out, a field of an odd type is as good as missing: one strange record must
//! not hide the ones beside it.

use leadferry_connector::lenient::{if_readable, null_is_empty, readable, text};
use serde::Deserialize;
use serde_json::{Map, Value};

/// A record as a query gives it: fields in the API's spelling, and `attributes`.
pub(super) type Row = Map<String, Value>;

/// A field of a record. Names are compared without case, as Salesforce does.
pub(super) fn value<'r>(row: &'r Row, name: &str) -> Option<&'r Value> {
    row.get(name)
        .or_else(|| row.iter().find(|(other, _)| other.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}

/// A field of a record as text; `None` if it is not there, null or no single value.
pub(super) fn text_of(row: &Row, name: &str) -> Option<String> {
    match value(row, name)? {
        Value::String(text) => Some(text.clone()).filter(|text| !text.is_empty()),
        Value::Number(number) => Some(number.to_string()),
        Value::Bool(yes) => Some(yes.to_string()),
        Value::Null | Value::Array(_) | Value::Object(_) => None,
    }
}

/// A page of a query.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Rows {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) done: Option<bool>,
    #[serde(default, deserialize_with = "text")]
    pub(super) next_records_url: Option<String>,
    #[serde(deserialize_with = "readable")]
    pub(super) records: Vec<Row>,
}

impl Rows {
    /// Where the next page is, if there is one.
    pub(super) fn next(&self) -> Option<String> {
        self.next_records_url.clone().filter(|path| self.done != Some(true) && !path.is_empty())
    }
}

/// What became of one row of a collection, or of one record.
#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Saved {
    #[serde(default, deserialize_with = "text")]
    pub(super) id: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) success: Option<bool>,
    /// Only in answers to upserts.
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) created: Option<bool>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) errors: Vec<ApiError>,
}

/// An error, of a whole call (`errorCode`), of one row (`statusCode`) or of the sign-in (`error`).
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct ApiError {
    #[serde(default, deserialize_with = "text")]
    error_code: Option<String>,
    #[serde(default, deserialize_with = "text")]
    status_code: Option<String>,
    #[serde(default, deserialize_with = "text")]
    error: Option<String>,
    #[serde(default, deserialize_with = "text")]
    message: Option<String>,
    #[serde(default, rename = "error_description", deserialize_with = "text")]
    description: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) fields: Vec<String>,
    #[serde(default, deserialize_with = "if_readable")]
    duplicate_result: Option<DuplicateResult>,
    /// The same, as some answers misspell it.
    #[serde(default, rename = "duplicateResut", deserialize_with = "if_readable")]
    misspelt: Option<DuplicateResult>,
}

impl ApiError {
    /// Salesforce's code.
    pub(super) fn code(&self) -> &str {
        let codes = [&self.status_code, &self.error_code, &self.error];
        codes.into_iter().flatten().next().map_or("", String::as_str)
    }

    /// Salesforce's words.
    pub(super) fn words(&self) -> &str {
        self.message.as_deref().or(self.description.as_deref()).unwrap_or_default()
    }

    /// The errors of one row of a bulk job, as one text: `CODE:words:fields --`, one after the other.
    pub(super) fn of_line(line: &str) -> Vec<Self> {
        let parts = line.split(" --").map(|part| part.trim_start_matches(';').trim());
        parts.filter(|part| !part.is_empty()).map(Self::of_part).collect()
    }

    fn of_part(part: &str) -> Self {
        let is_code = |word: &str| word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let (code, rest) = part.split_once(':').filter(|(code, _)| is_code(code)).unwrap_or(("", part));
        let (words, fields) = rest.rsplit_once(':').unwrap_or((rest, ""));
        let fields: Vec<&str> = fields.split([' ', ',']).filter(|name| !name.is_empty()).collect();
        let told = fields.iter().all(|name| is_code(name));
        Self {
            status_code: Some(code.to_owned()).filter(|code| !code.is_empty()),
            message: Some(if told { words } else { rest }.trim_end_matches(':').to_owned()),
            fields: if told { fields.into_iter().map(str::to_owned).collect() } else { Vec::new() },
            ..Self::default()
        }
    }

    /// Ids of the records a duplicate rule found.
    pub(super) fn duplicates(&self) -> Vec<String> {
        let results = [&self.duplicate_result, &self.misspelt].into_iter().flatten();
        let matches = results.flat_map(|result| &result.match_results);
        let records = matches.flat_map(|found| &found.match_records);
        records.filter_map(|found| text_of(&found.record, "Id")).collect()
    }
}

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(rename_all = "camelCase")]
struct DuplicateResult {
    #[serde(default, deserialize_with = "readable")]
    match_results: Vec<MatchResult>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
struct MatchResult {
    #[serde(default, deserialize_with = "readable")]
    match_records: Vec<MatchRecord>,
}

#[derive(Clone, Debug, Deserialize)]
struct MatchRecord {
    #[serde(default, deserialize_with = "null_is_empty")]
    record: Row,
}

/// A job of Bulk API 2.0.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Job {
    pub(super) id: String,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) state: Option<JobState>,
    #[serde(default, deserialize_with = "text")]
    pub(super) error_message: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) number_records_processed: Option<u64>,
}

/// Where a job stands.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/bulk_api_2_job_states.htm>
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub(super) enum JobState {
    Open,
    UploadComplete,
    InProgress,
    JobComplete,
    Failed,
    Aborted,
}

/// An object with its fields.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Described {
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
    #[serde(deserialize_with = "readable")]
    pub(super) fields: Vec<DescribedField>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) record_type_infos: Vec<RecordType>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct DescribedField {
    pub(super) name: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
    #[serde(default, rename = "type", deserialize_with = "text")]
    pub(super) kind: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) length: Option<u32>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) nillable: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) createable: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) updateable: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) defaulted_on_create: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) custom: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) external_id: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) unique: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) restricted_picklist: bool,
    #[serde(default, deserialize_with = "text")]
    pub(super) controller_name: Option<String>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) picklist_values: Vec<PicklistValue>,
    #[serde(default, deserialize_with = "readable")]
    pub(super) reference_to: Vec<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) inline_help_text: Option<String>,
}

#[derive(Clone, Debug, Deserialize)]
pub(super) struct PicklistValue {
    pub(super) value: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) label: Option<String>,
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) active: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct RecordType {
    pub(super) record_type_id: String,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) available: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) master: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) default_record_type_mapping: bool,
}

/// Values of picklists that one record type allows.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PicklistFields {
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) picklist_field_values: Map<String, Value>,
}

impl PicklistFields {
    /// The values of `field`, if the answer has them.
    pub(super) fn values(&self, field: &str) -> Option<Vec<&str>> {
        let values = value(&self.picklist_field_values, field)?.get("values")?.as_array()?;
        Some(values.iter().filter_map(|one| one.get("value")?.as_str()).collect())
    }
}

/// All objects, and what the person's profile may do with them.
#[derive(Debug, Deserialize)]
pub(super) struct Objects {
    #[serde(deserialize_with = "readable")]
    pub(super) sobjects: Vec<Rights>,
}

#[derive(Clone, Debug, Default, Deserialize)]
pub(super) struct Rights {
    pub(super) name: String,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) createable: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) updateable: bool,
    #[serde(default, deserialize_with = "null_is_empty")]
    pub(super) queryable: bool,
}

/// Who signed in.
#[derive(Debug, Default, Deserialize)]
pub(super) struct UserInfo {
    #[serde(default, deserialize_with = "text")]
    pub(super) user_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) organization_id: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) name: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) preferred_username: Option<String>,
    #[serde(default, deserialize_with = "text")]
    pub(super) email: Option<String>,
}

/// What is left of the day.
#[derive(Debug, Default, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Limits {
    #[serde(default, deserialize_with = "if_readable")]
    pub(super) daily_api_requests: Option<Left>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "PascalCase")]
pub(super) struct Left {
    pub(super) max: u32,
    pub(super) remaining: u32,
}
