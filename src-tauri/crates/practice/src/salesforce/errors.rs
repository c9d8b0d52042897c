//! Refusals in Salesforce's words: a list of code and message at the top, the same with `statusCode` in rows.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm>

use serde_json::{Map, Value, json};

use super::ids;
use crate::call::Reply;
use crate::core::{FieldProblem, Problem, Refusal, Table};
use crate::page::page;
use crate::weather::Fault;

/// One thing that is wrong.
#[derive(Clone, Debug)]
pub(super) struct Complaint {
    pub(super) code: String,
    pub(super) message: String,
    /// The fields it is about; `None` where Salesforce leaves the key out.
    pub(super) fields: Option<Vec<String>>,
    /// What stands beside it.
    more: Option<Box<(&'static str, Value)>>,
}

/// A refused request or row.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) status: u16,
    pub(super) complaints: Vec<Complaint>,
    /// The request could not be read at all: it refuses the whole of a collection, not one row of it.
    pub(super) unreadable: bool,
}

impl Trouble {
    /// A refusal without fields.
    pub(super) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Self::about(status, code, message, None)
    }

    /// A 400 about some fields, as saving a record answers.
    pub(super) fn fields<'a>(
        code: &str,
        message: impl Into<String>,
        fields: impl IntoIterator<Item = &'a str>,
    ) -> Self {
        Self::about(400, code, message, Some(fields.into_iter().map(str::to_owned).collect()))
    }

    fn about(status: u16, code: &str, message: impl Into<String>, fields: Option<Vec<String>>) -> Self {
        let complaint = Complaint { code: code.to_owned(), message: message.into(), fields, more: None };
        Self { status, complaints: vec![complaint], unreadable: false }
    }

    /// The same, with a value beside the first complaint.
    #[must_use]
    pub(super) fn with(mut self, key: &'static str, value: Value) -> Self {
        if let Some(first) = self.complaints.first_mut() {
            first.more = Some(Box::new((key, value)));
        }
        self
    }

    /// The same, refusing a whole collection.
    #[must_use]
    pub(super) fn unreadable(mut self) -> Self {
        self.unreadable = true;
        self
    }

    pub(super) fn not_found() -> Self {
        Self::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    pub(super) fn no_such_key(field: &str) -> Self {
        let message = format!("Provided external ID field does not exist or is not accessible: {field}");
        Self::new(404, "NOT_FOUND", message)
    }

    pub(super) fn no_such_type(object: &str) -> Self {
        let message = format!(
            "sObject type '{object}' is not supported. If you are attempting to use a custom object, be sure to \
             append the '__c' after the entity name. Please reference your WSDL or the describe call for the \
             appropriate names."
        );
        Self::new(400, "INVALID_TYPE", message)
    }

    /// A write names a field that is not there, or that this user cannot see.
    pub(super) fn no_such_column(object: &str, field: &str) -> Self {
        // Unverified: in a collection, read as refusing the whole request, since the body cannot be read.
        Self::new(400, "INVALID_FIELD", format!("No such column '{field}' on sobject of type {object}"))
            .unreadable()
    }

    /// A query names such a field.
    pub(super) fn no_such_column_in_query(object: &str, field: &str) -> Self {
        let message = format!(
            "No such column '{field}' on entity '{object}'. If you are attempting to use a custom field, be sure to \
             append the '__c' after the custom field name. Please reference your WSDL or the describe call for \
             the appropriate names."
        );
        Self::new(400, "INVALID_FIELD", message)
    }

    pub(super) fn json(message: impl Into<String>) -> Self {
        Self::new(400, "JSON_PARSER_ERROR", message).unreadable()
    }

    /// A value that is not of the field's type. Recorded: the whole request is refused.
    pub(super) fn not_a(word: &str, raw: &Value) -> Self {
        let (kind, shown) = match raw {
            Value::String(text) => ("VALUE_STRING", text.clone()),
            Value::Bool(yes) => (if *yes { "VALUE_TRUE" } else { "VALUE_FALSE" }, raw.to_string()),
            Value::Number(number) if number.is_f64() => ("VALUE_NUMBER_FLOAT", raw.to_string()),
            Value::Number(_) => ("VALUE_NUMBER_INT", raw.to_string()),
            Value::Array(_) => ("START_ARRAY", "[".to_owned()),
            _ => ("START_OBJECT", "{".to_owned()),
        };
        Self::json(format!(
            "Cannot deserialize instance of {word} from {kind} value {shown} or request may be missing a required \
             field at [line:1, column:1]"
        ))
    }

    pub(super) fn no_access() -> Self {
        let message = "insufficient access rights on object id";
        Self::about(403, "INSUFFICIENT_ACCESS_OR_READONLY", message, Some(Vec::new()))
    }

    /// The core's refusal of a call about records of `table`.
    pub(super) fn of(refusal: Refusal, table: &Table) -> Self {
        let object = table.object();
        match refusal {
            Refusal::Values(problems) => Self::values(table, &problems),
            Refusal::Taken { field, holder, .. } => {
                let holder = table.record(holder).map(|record| table.id_text(record));
                Self::taken(&field, &holder.unwrap_or_default())
            }
            Refusal::NoRecord(_) => Self::not_found(),
            Refusal::NoObject(name) => Self::no_such_type(&name),
            Refusal::NoField(name) => Self::no_such_column(object, &name),
            Refusal::NotUnique(name) => Self::no_such_key(&name),
            Refusal::FieldExists(name) => Self::fields(
                "DUPLICATE_DEVELOPER_NAME",
                format!("There is already a field named {name}."),
                [],
            ),
            Refusal::NeedsOneOf(fields) => Self::missing(&fields),
            Refusal::NeedsLink(to) => Self::missing(&[to]),
            Refusal::TooManyUniqueFields(most) => {
                Self::fields("LIMIT_EXCEEDED", format!("At most {most} external ID fields are allowed."), [])
            }
        }
    }

    /// Another record has this unique value. The message names it by its short id.
    pub(super) fn taken(field: &str, holder: &str) -> Self {
        let message = format!(
            "duplicate value found: {field} duplicates value on record with id: {}",
            ids::short(holder)
        );
        Self::fields("DUPLICATE_VALUE", message, [field])
    }

    pub(super) fn missing(fields: &[String]) -> Self {
        let message = format!("Required fields are missing: [{}]", fields.join(", "));
        Self::fields("REQUIRED_FIELD_MISSING", message, fields.iter().map(String::as_str))
    }

    pub(super) fn not_writable(names: &[String]) -> Self {
        let message = format!(
            "Unable to create/update fields: {}. Please check the security settings of this field and verify \
             that it is read/write for your profile or permission set.",
            names.join(", ")
        );
        Self::fields("INVALID_FIELD_FOR_INSERT_UPDATE", message, names.iter().map(String::as_str))
    }

    fn values(table: &Table, problems: &[FieldProblem]) -> Self {
        let object = table.object();
        if let Some(unknown) = problems.iter().find(|one| one.problem == Problem::NoSuchField) {
            return Self::no_such_column(object, &unknown.field);
        }
        let read_only: Vec<String> = problems
            .iter()
            .filter(|one| one.problem == Problem::ReadOnly)
            .map(|one| one.field.clone())
            .collect();
        if !read_only.is_empty() {
            return Self::not_writable(&read_only);
        }
        if let Some(one) = problems.iter().find(|one| type_word(&one.problem).is_some()) {
            let word = type_word(&one.problem).unwrap_or("string");
            return Self::not_a(word, &Value::String(one.value.clone()));
        }
        let told = |one: &FieldProblem| {
            let label = table.field(&one.field).map_or(one.field.as_str(), |field| &field.label);
            complaint(one, label)
        };
        let complaints = problems.iter().map(told).collect();
        Self { status: 400, complaints, unreadable: false }
    }

    /// The top of an error answer.
    pub(super) fn into_reply(self) -> Reply {
        Reply::json(self.status, self.body())
    }

    pub(super) fn body(&self) -> Value {
        let one = |complaint: &Complaint| {
            let mut shown = json!({"message": complaint.message, "errorCode": complaint.code});
            if let Some(fields) = &complaint.fields {
                shown["fields"] = json!(fields);
            }
            if let Some(more) = &complaint.more {
                shown[more.0] = more.1.clone();
            }
            shown
        };
        self.complaints.iter().map(one).collect()
    }

    /// The errors of a row.
    pub(super) fn errors(&self) -> Value {
        let one = |complaint: &Complaint| {
            json!({
                "statusCode": complaint.code, "message": complaint.message,
                "fields": complaint.fields.clone().unwrap_or_default(),
            })
        };
        self.complaints.iter().map(one).collect()
    }

    /// A failed row of a collection. Failed rows have no id.
    pub(super) fn row(&self, created: Option<bool>) -> Value {
        let mut row = Map::new();
        row.insert("success".to_owned(), Value::Bool(false));
        row.insert("errors".to_owned(), self.errors());
        if let Some(created) = created {
            row.insert("created".to_owned(), Value::Bool(created));
        }
        Value::Object(row)
    }

    /// The one line of a bulk job's `sf__Error`.
    pub(super) fn line(&self) -> String {
        let one = |complaint: &Complaint| {
            let fields = complaint.fields.clone().unwrap_or_default();
            format!("{}:{}:{} --", complaint.code, complaint.message, fields.join(" "))
        };
        self.complaints.iter().map(one).collect::<Vec<_>>().join(";")
    }
}

/// The type a value should have had.
fn type_word(problem: &Problem) -> Option<&'static str> {
    match problem {
        Problem::NotANumber => Some("double"),
        Problem::NotADate | Problem::NotMidnight => Some("date"),
        Problem::NotAMoment => Some("datetime"),
        Problem::NotABool => Some("boolean"),
        _ => None,
    }
}

fn complaint(one: &FieldProblem, label: &str) -> Complaint {
    let FieldProblem { field, value, problem } = one;
    let (code, message) = match problem {
        Problem::NotAnEmail => ("INVALID_EMAIL_ADDRESS", format!("{label}: invalid email address: {value}")),
        Problem::NotAnOption => (
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
            format!("{label}: bad value for restricted picklist field: {value}"),
        ),
        Problem::NotAnOwner => ("INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id".to_owned()),
        Problem::TooLong(most) => {
            ("STRING_TOO_LONG", format!("{label}: data value too large: {value} (max length={most})"))
        }
        Problem::Weather { code, message } => (code.as_str(), message.clone()),
        // Sorted out before, for the whole record.
        _ => ("INVALID_FIELD", format!("{label}: {value}")),
    };
    Complaint { code: code.to_owned(), message, fields: Some(vec![field.clone()]), more: None }
}

/// A limit was reached. There is no `Retry-After`.
pub(super) fn over_limit(daily: bool) -> Trouble {
    let message = if daily {
        "TotalRequests Limit exceeded."
    } else {
        "ConcurrentRequests (Concurrent API Requests) Limit exceeded."
    };
    Trouble::new(403, "REQUEST_LIMIT_EXCEEDED", message)
}

/// What Salesforce answers when the weather strikes.
pub(super) fn of_fault(fault: &Fault) -> Reply {
    match fault {
        Fault::RateLimited { daily, .. } => over_limit(*daily).into_reply(),
        Fault::Locked => {
            let message = "unable to obtain exclusive access to this record";
            Trouble::fields("UNABLE_TO_LOCK_ROW", message, []).into_reply()
        }
        // The load balancer answers with a page, not with the API's body.
        Fault::Outage { status: status @ (502..=504) } => maintenance(*status),
        Fault::Migrating { .. } => maintenance(503),
        Fault::Outage { status } => {
            let message =
                "An unexpected error occurred. Please include this ErrorId if you contact support: 77009-1";
            Trouble::new(*status, "UNKNOWN_EXCEPTION", message).into_reply()
        }
        _ => Trouble::new(500, "UNKNOWN_EXCEPTION", "An unexpected error occurred.").into_reply(),
    }
}

fn maintenance(status: u16) -> Reply {
    let inside = "<p>The practice Salesforce is down for maintenance. Sorry for the inconvenience.</p>";
    Reply::page(status, page("Down for maintenance", inside))
}
