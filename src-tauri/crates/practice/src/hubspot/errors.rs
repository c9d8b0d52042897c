//! Refusals in HubSpot's words. <https://developers.hubspot.com/docs/api-reference/error-handling>

use serde_json::{Map, Value, json};

use crate::call::Reply;
use crate::core::{FieldProblem, Problem, Refusal};
use crate::weather::Fault;
use crate::world::World;

/// An error before it gets its correlation id.
#[derive(Clone, Debug)]
pub(super) struct Trouble {
    pub(super) status: u16,
    pub(super) message: String,
    category: Option<&'static str>,
    // Boxed: errors travel in every result and stay small.
    more: Box<Map<String, Value>>,
    headers: Vec<(&'static str, String)>,
}

impl Trouble {
    pub(super) fn new(status: u16, category: &'static str, message: impl Into<String>) -> Self {
        let category = Some(category);
        Self { status, message: message.into(), category, more: Box::default(), headers: Vec::new() }
    }

    /// A 400 about the request itself.
    pub(super) fn bad_request(message: impl Into<String>) -> Self {
        Self::new(400, "VALIDATION_ERROR", message)
    }

    pub(super) fn no_such_path() -> Self {
        Self::new(404, "OBJECT_NOT_FOUND", "resource not found")
    }

    /// Recorded: a 400 without category.
    pub(super) fn no_such_object(name: &str) -> Self {
        Self { category: None, ..Self::bad_request(format!("Unable to infer object type from: {name}")) }
    }

    #[must_use]
    pub(super) fn with(mut self, key: &str, value: Value) -> Self {
        self.more.insert(key.to_owned(), value);
        self
    }

    #[must_use]
    fn with_header(mut self, name: &'static str, value: String) -> Self {
        self.headers.push((name, value));
        self
    }

    /// The core's refusal of a call about `object`.
    pub(super) fn of(refusal: Refusal, object: &str) -> Self {
        match refusal {
            Refusal::Values(problems) => Self::values(&problems),
            // The id stands only in the text: <https://github.com/HubSpot/hubspot-api-nodejs/issues/545>
            Refusal::Taken { field, holder, .. } if object == "contacts" && field == "email" => {
                Self::new(409, "CONFLICT", format!("Contact already exists. Existing ID: {holder}"))
            }
            // Unverified: the wording for other unique properties; the id is given less plainly on purpose.
            Refusal::Taken { field, value, holder } => Self::new(
                409,
                "CONFLICT",
                format!(
                    "A record with value \"{value}\" for unique property \"{field}\" already exists. Existing ID: {holder}"
                ),
            ),
            Refusal::NeedsOneOf(fields) => Self::bad_request(format!(
                "Error creating {}. Some required properties were not set.",
                singular(object).to_uppercase()
            ))
            .with(
                "errors",
                json!([{
                    "message": "One or more required property values are missing",
                    "code": "MISSING_REQUIRED_PROPERTY",
                    "context": {"properties": fields},
                }]),
            ),
            Refusal::NeedsLink(to) => Self::bad_request(format!(
                "A {} must be associated with {to} when it is created",
                singular(object)
            )),
            Refusal::NoRecord(_) => Self::new(404, "OBJECT_NOT_FOUND", "resource not found"),
            Refusal::NoObject(name) => Self::no_such_object(&name),
            Refusal::NoField(name) => Self::bad_request(format!("Property \"{name}\" does not exist")).with(
                "errors",
                json!([{
                    "message": format!("Property \"{name}\" does not exist"),
                    "code": "PROPERTY_DOESNT_EXIST",
                    "context": {"propertyName": [name]},
                }]),
            ),
            Refusal::NotUnique(name) => {
                Self::bad_request(format!("Property \"{name}\" is not a unique identifier property"))
            }
            Refusal::FieldExists(name) => {
                Self::new(409, "OBJECT_ALREADY_EXISTS", format!("A property named '{name}' already exists."))
                    .with("subCategory", json!("Properties.PROPERTY_WITH_NAME_EXISTS"))
            }
            Refusal::TooManyUniqueFields(most) => {
                Self::bad_request(format!("An object can have at most {most} unique properties"))
            }
        }
    }

    fn values(problems: &[FieldProblem]) -> Self {
        let told: Vec<(String, &str, &FieldProblem)> =
            problems.iter().map(|one| (sentence(one), code(&one.problem), one)).collect();
        let inner: Vec<Value> = told
            .iter()
            .map(|(message, code, one)| json!({"isValid": false, "message": message, "error": code, "name": one.field}))
            .collect();
        let errors: Vec<Value> = told
            .iter()
            .map(|(message, code, one)| {
                json!({"message": message, "code": code, "context": {"propertyName": [one.field]}})
            })
            .collect();
        Self::bad_request(format!("Property values were not valid: {}", Value::from(inner)))
            .with("errors", Value::from(errors))
    }

    /// As an entry of a multi-status answer.
    pub(super) fn into_row(self, trace: Option<&str>) -> Value {
        let mut row = json!({"status": "error", "category": self.category, "message": self.message});
        let context = trace.map_or_else(|| json!({}), |trace| json!({"objectWriteTraceId": [trace]}));
        row["context"] = context;
        if let Some(sub) = self.more.get("subCategory") {
            row["subCategory"] = sub.clone();
        }
        row
    }

    pub(super) fn into_reply(self, world: &mut World) -> Reply {
        let mut body = json!({"status": "error", "message": self.message, "correlationId": world.uuid()});
        if let Some(category) = self.category {
            body["category"] = json!(category);
        }
        for (key, value) in *self.more {
            body[key] = value;
        }
        let reply = Reply::json(self.status, body);
        self.headers.into_iter().fold(reply, |reply, (name, value)| reply.with_header(name, value))
    }
}

/// A limit was reached; `policy` as HubSpot names it.
pub(super) fn over_limit(policy: &str) -> Trouble {
    let words = match policy {
        "DAILY" => "daily",
        "SECONDLY" => "secondly",
        _ => "ten_secondly_rolling",
    };
    let message = format!("You have reached your {words} limit.");
    let trouble = Trouble { category: None, ..Trouble::new(429, "RATE_LIMITS", message) };
    trouble.with("errorType", json!("RATE_LIMIT")).with("policyName", json!(policy))
}

/// What HubSpot answers when the weather strikes.
pub(super) fn of_fault(fault: &Fault) -> Trouble {
    match fault {
        Fault::RateLimited { retry_after_seconds, daily } => {
            let trouble = over_limit(if *daily { "DAILY" } else { "TEN_SECONDLY_ROLLING" });
            match retry_after_seconds {
                Some(seconds) => trouble.with_header("retry-after", seconds.to_string()),
                None => trouble,
            }
        }
        Fault::Locked => {
            Trouble::new(423, "LOCKED", "The record is locked by another change. Try again in a moment.")
        }
        Fault::Migrating { retry_after_seconds } => {
            Trouble::new(477, "MIGRATION_IN_PROGRESS", "This account is being moved to another data centre.")
                .with_header("retry-after", retry_after_seconds.to_string())
        }
        Fault::Outage { status } => Trouble {
            category: None,
            ..Trouble::new(*status, "UNAVAILABLE", "The service cannot answer now.")
        },
        _ => Trouble::new(500, "INTERNAL_ERROR", "internal error"),
    }
}

fn code(problem: &Problem) -> &str {
    match problem {
        Problem::NoSuchField => "PROPERTY_DOESNT_EXIST",
        Problem::ReadOnly => "READ_ONLY_VALUE",
        Problem::NotAnEmail => "INVALID_EMAIL",
        // Unverified: owners and booleans are answered like options.
        Problem::NotAnOption | Problem::NotAnOwner | Problem::NotABool => "INVALID_OPTION",
        Problem::NotANumber => "INVALID_INTEGER",
        Problem::NotADate | Problem::NotMidnight | Problem::NotAMoment => "INVALID_DATE",
        // Unverified: the code for texts that are too long.
        Problem::TooLong(_) => "PROPERTY_VALUE_TOO_LONG",
        Problem::Weather { code, .. } => code,
    }
}

fn sentence(one: &FieldProblem) -> String {
    let FieldProblem { field, value, problem } = one;
    match problem {
        Problem::NoSuchField => format!("Property \"{field}\" does not exist"),
        Problem::ReadOnly => {
            format!("\"{field}\" is a read only property; its value cannot be set")
        }
        Problem::NotAnEmail => format!("{value} was not a valid email address."),
        Problem::NotAnOption => format!("{value} was not one of the allowed options of \"{field}\""),
        Problem::NotAnOwner => format!("{value} is not the id of an owner"),
        Problem::NotABool => format!("{value} was not one of the allowed options: true, false"),
        Problem::NotANumber => format!("{value} was not a valid number."),
        Problem::NotADate => format!("{value} was not a valid date."),
        Problem::NotMidnight => format!("{value} is not at midnight UTC, as dates must be."),
        Problem::NotAMoment => format!("{value} was not a valid date and time."),
        Problem::TooLong(most) => format!("The value of \"{field}\" is longer than {most} characters"),
        Problem::Weather { message, .. } => message.clone(),
    }
}

pub(super) fn singular(object: &str) -> &str {
    match object {
        "companies" => "company",
        other => other.strip_suffix('s').unwrap_or(other),
    }
}
