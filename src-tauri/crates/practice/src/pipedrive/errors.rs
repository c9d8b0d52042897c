//! Refusals in Pipedrive's words. v1, v2, the gateway before both, webhooks and the token endpoint each have their own shape.
//! <https://pipedrive.readme.io/docs/core-api-concepts-http-status-codes>,
//! <https://pipedrive.readme.io/docs/marketplace-oauth-and-api-proxy-status-codes>

use serde_json::{Value, json};

use crate::call::Reply;
use crate::weather::Fault;

const SCHEMA: &str = "ERR_SCHEMA_VALIDATION_FAILED";
const SEE_DOCS: &str = "Please check developers.pipedrive.com for more information about Pipedrive API.";

/// One thing that is wrong with a request: the key, and what about it.
pub(super) type Problem = (String, String);

/// An error as it is answered.
#[derive(Clone, Debug)]
// Boxed: errors travel in every result and stay small.
pub(super) struct Trouble(Box<Reply>);

impl Trouble {
    fn json(status: u16, body: Value) -> Self {
        Self(Box::new(Reply::json(status, body)))
    }

    pub(super) fn into_reply(self) -> Reply {
        *self.0
    }

    #[must_use]
    pub(super) fn with_header(self, name: &'static str, value: impl Into<String>) -> Self {
        Self(Box::new(self.0.with_header(name, value)))
    }

    /// v2: what is wrong, key by key. Seen in the wild: <https://github.com/pipedrive/client-nodejs/issues/651>
    pub(super) fn invalid(problems: &[Problem]) -> Self {
        Self::coded(SCHEMA, problems)
    }

    /// The same with a code of its own.
    pub(super) fn coded(code: &str, problems: &[Problem]) -> Self {
        let told: Vec<String> = problems.iter().map(|(key, what)| format!("{key}: {what}")).collect();
        let error = format!("Validation failed: {}", told.join("; "));
        Self::json(400, json!({"success": false, "error": error, "code": code}))
    }

    /// v2: one thing that is wrong.
    pub(super) fn invalid_at(key: &str, what: impl Into<String>) -> Self {
        Self::invalid(&[(key.to_owned(), what.into())])
    }

    /// v1: one sentence.
    pub(super) fn old(status: u16, error: &str) -> Self {
        Self::json(
            status,
            json!({"success": false, "error": error, "error_info": SEE_DOCS, "data": null, "additional_data": null}),
        )
    }

    fn gateway(status: u16, error: &str) -> Self {
        Self::json(status, json!({"success": false, "error": error, "errorCode": status}))
    }

    pub(super) fn bad_json() -> Self {
        Self::json(400, json!({"success": false, "error": "Request body is not valid JSON", "code": SCHEMA}))
    }

    pub(super) fn unauthorized() -> Self {
        Self::gateway(401, "unauthorized access")
    }

    /// An access token that ended or was taken back.
    pub(super) fn invalid_token() -> Self {
        Self::gateway(401, "Invalid token: access token is invalid")
    }

    pub(super) fn wrong_scope() -> Self {
        Self::json(
            403,
            json!({
                "success": false, "error": "Scope and URL mismatch", "errorCode": 403,
                "error_info": "Please check developers.pipedrive.com",
            }),
        )
    }

    pub(super) fn no_permission() -> Self {
        Self::old(403, "You do not have permissions to do this.")
    }

    /// An add-on the company does not have.
    pub(super) fn no_add_on(key: &str) -> Self {
        Self::old(403, &format!("{key} is not available: the feature is not enabled for this company."))
    }

    /// <https://developers.pipedrive.com/changelog/post/deprecated-apiv1-endpoints-become-out-of-support>
    pub(super) fn gone() -> Self {
        Self::old(410, "This API version of the endpoint was removed. Use API v2 instead.")
    }

    // Unverified: how an unknown path is answered.
    pub(super) fn no_such_path() -> Self {
        Self::old(404, "Unknown method .")
    }

    /// A record that is not there, in the words v2 publishes for conversions.
    pub(super) fn not_found() -> Self {
        Self::missing("Entity was not found")
    }

    pub(super) fn lead_not_found() -> Self {
        Self::missing("requested lead not found")
    }

    fn missing(error: &str) -> Self {
        let info = "Object was not found.";
        Self::json(
            404,
            json!({"success": false, "error": error, "error_info": info, "data": null, "additional_data": null}),
        )
    }

    pub(super) fn user_not_found() -> Self {
        Self::json(404, json!({"success": false, "error": "User not found or not accessible."}))
    }

    /// Webhooks have a shape of their own.
    pub(super) fn webhook(status: u16, key: &str, what: &str) -> Self {
        Self::json(status, json!({"status": "error", "success": false, "errors": {key: [what]}}))
    }

    pub(super) fn wrong_media_type() -> Self {
        Self::gateway(415, "Unsupported media type")
    }

    pub(super) fn unprocessable(error: &str) -> Self {
        Self::old(422, error)
    }

    // Unverified: the body.
    pub(super) fn over_limit() -> Self {
        Self::gateway(429, "request over limit")
    }

    /// Who goes on in spite of 429s meets the front door's own page.
    /// <https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting>
    pub(super) fn blocked() -> Self {
        let html = "<!DOCTYPE html><html lang=\"en-US\"><head><title>Attention Required! | Cloudflare</title></head>\
                    <body><h1>Sorry, you have been blocked</h1>\
                    <p>You are unable to access pipedrive.com</p></body></html>";
        Self(Box::new(Reply::page(403, html.to_owned())))
    }

    /// <https://github.com/pipedrive/client-php/issues/234>
    pub(super) fn unknown() -> Self {
        Self::json(500, json!({"success": false, "error": "Internal server error", "code": "ERR_UNKNOWN"}))
    }

    // Unverified: the body.
    fn lapsed() -> Self {
        Self::gateway(402, "Company account is not open")
    }

    /// A front door that finds nobody behind it.
    fn bad_gateway(status: u16) -> Self {
        let html = format!(
            "<!DOCTYPE html><html><head><title>{status}</title></head><body><center><h1>{status}</h1></center></body></html>"
        );
        Self(Box::new(Reply::page(status, html)))
    }
}

/// What Pipedrive answers when the weather strikes.
pub(super) fn of_fault(fault: &Fault) -> Trouble {
    match fault {
        Fault::RateLimited { retry_after_seconds, daily } => {
            let trouble = Trouble::over_limit();
            let left = if *daily { "19" } else { "0" };
            let trouble = trouble
                .with_header("x-ratelimit-limit", "20")
                .with_header("x-ratelimit-remaining", left)
                .with_header("x-ratelimit-reset", "2");
            match retry_after_seconds {
                Some(seconds) => trouble.with_header("retry-after", seconds.to_string()),
                None => trouble,
            }
        }
        Fault::Outage { status: 402 } => Trouble::lapsed(),
        Fault::Outage { status: 403 } => Trouble::blocked(),
        Fault::Outage { status: status @ 502.. } => Trouble::bad_gateway(*status),
        // No move between data centres is documented; it is told as a front door that says when to come back.
        Fault::Migrating { retry_after_seconds } => {
            Trouble::bad_gateway(503).with_header("retry-after", retry_after_seconds.to_string())
        }
        Fault::Outage { status } if *status != 500 => Trouble::old(*status, "Request cannot be processed"),
        // No lock is documented.
        _ => Trouble::unknown(),
    }
}
