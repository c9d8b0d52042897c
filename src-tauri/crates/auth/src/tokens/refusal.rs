//! What a token endpoint's refusal means, decided once beside the call
//! ([RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2), and vendors' own codes).

use leadferry_connector::{TransportError, TransportProblem, redact};
use leadferry_model::{Failure, FailureKind, Secret};
use serde_json::{Map, Value};

use crate::oauth::shown;

/// The code of a failure after which a refresh token is never worth trying again.
pub(crate) const INVALID_GRANT: &str = "invalid_grant";

/// Codes that decide something below, wherever in the body they stand.
const KNOWN: [&str; 9] = [
    INVALID_GRANT,
    "BAD_REFRESH_TOKEN",
    "BAD_AUTH_CODE",
    "invalid_client",
    "BAD_CLIENT_ID",
    "BAD_CLIENT_SECRET",
    "server_error",
    "temporarily_unavailable",
    "RATE_LIMITS",
];

/// What was given is refused for good.
pub(super) fn is_final(failure: &Failure) -> bool {
    failure.kind == FailureKind::Auth && failure.code == INVALID_GRANT
}

/// The vendor may have acted on the request, and its answer is gone.
pub(super) fn is_lost(failure: &Failure) -> bool {
    failure.kind == FailureKind::Unavailable && failure.maybe_applied
}

/// No whole answer came.
pub(super) fn unanswered(error: &TransportError) -> Failure {
    let words = match error.kind {
        TransportProblem::Unreachable => {
            "The vendor's sign-in server could not be reached. Check the network; Leadferry tries again."
        }
        TransportProblem::Timeout => {
            "The vendor's sign-in server did not answer in time. Leadferry tries again."
        }
        TransportProblem::Broken => {
            "The connection to the vendor's sign-in server broke. Leadferry tries again."
        }
        TransportProblem::Certificate => {
            "The certificate of the vendor's sign-in server is not trusted. Check the address, and any security software between."
        }
    };
    Failure { maybe_applied: error.maybe_sent, ..Failure::new(FailureKind::Unavailable, words) }
}

/// A success without tokens: the vendor may have exchanged them all the same.
pub(super) fn unreadable() -> Failure {
    let words =
        "The vendor's sign-in server answered with something that holds no token. Leadferry tries again.";
    Failure { maybe_applied: true, ..Failure::new(FailureKind::Unavailable, words) }
}

/// A refusal. `secrets` are masked should the vendor repeat them.
pub(super) fn refused(
    status: u16,
    body: &Map<String, Value>,
    retry_after: Option<u64>,
    secrets: &[&Secret],
) -> Failure {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    // HubSpot says its own code in `status` and the standard's in `error`, and `error` in `status` where it has no code.
    let said = ["error", "status", "category"].map(text).into_iter().filter(|code| !code.is_empty());
    let code = said.clone().find(|code| KNOWN.contains(code)).or_else(|| said.clone().next());
    let code = masked(code.unwrap_or_default(), secrets);
    let words_said = masked(
        if text("error_description").is_empty() { text("message") } else { text("error_description") },
        secrets,
    );
    let (kind, code, words) = match (status, code.as_str()) {
        (429, _) | (_, "RATE_LIMITS") => (
            FailureKind::RateLimited { after_seconds: retry_after },
            code,
            "The vendor asks Leadferry to slow down.",
        ),
        (408 | 500.., _) | (_, "server_error" | "temporarily_unavailable") => (
            FailureKind::Unavailable,
            code,
            "The vendor's sign-in server has trouble. Leadferry tries again.",
        ),
        // HubSpot's own codes beside the standard's (hubspot: shape unverified, so both are read).
        (_, INVALID_GRANT | "BAD_REFRESH_TOKEN" | "BAD_AUTH_CODE") => (
            FailureKind::Auth,
            INVALID_GRANT.to_owned(),
            "The vendor no longer accepts this sign-in. Reconnect the account.",
        ),
        (_, "invalid_client" | "BAD_CLIENT_ID" | "BAD_CLIENT_SECRET") => (
            FailureKind::Auth,
            "invalid_client".to_owned(),
            "The vendor does not know this app: its client id or client secret is wrong or was changed. Correct them, then reconnect.",
        ),
        (300..400, _) => (
            FailureKind::Unexpected,
            code,
            "The vendor's sign-in server sent Leadferry to another address, which is not followed. Check the address of the connection.",
        ),
        (404 | 405, _) => (
            FailureKind::Unexpected,
            code,
            "There is no sign-in server at this address. Check the address of the connection.",
        ),
        _ => (FailureKind::Auth, code, "The vendor refused to renew access. Reconnect the account."),
    };
    let message =
        if words_said.is_empty() { words.to_owned() } else { format!("{words} It said: {words_said}") };
    Failure::new(kind, message).code(code)
}

fn masked(text: &str, secrets: &[&Secret]) -> String {
    let mut text = text.to_owned();
    for secret in secrets.iter().filter(|secret| !secret.expose().is_empty()) {
        text = text.replace(secret.expose(), "…");
    }
    shown(&redact::text(&text))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(status: u16, body: Value, kind: &str, code: &str) {
        let failure = refused(status, body.as_object().unwrap(), None, &[&Secret::new("hush-1")]);
        assert_eq!((failure.kind.word(), failure.code.as_str()), (kind, code), "{status} {body}");
        assert!(!failure.message.contains("hush-1"), "a repeated secret is masked: {}", failure.message);
    }

    #[test]
    fn each_refusal_has_its_kind() {
        use serde_json::json;
        check(
            400,
            json!({"error": "invalid_grant", "error_description": "hush-1 is gone"}),
            "auth",
            "invalid_grant",
        );
        check(400, json!({"status": "BAD_REFRESH_TOKEN", "message": "x"}), "auth", "invalid_grant");
        check(401, json!({"error": "invalid_client"}), "auth", "invalid_client");
        check(
            400,
            json!({"status": "BAD_REFRESH_TOKEN", "error": "bad_request", "message": null}),
            "auth",
            "invalid_grant",
        );
        check(
            400,
            json!({"status": "error", "error": "invalid_grant", "error_description": 7}),
            "auth",
            "invalid_grant",
        );
        check(400, json!({}), "auth", "");
        check(429, json!({}), "rate_limited", "");
        check(503, json!({"error": "invalid_grant"}), "unavailable", "invalid_grant");
        check(400, json!({"error": "temporarily_unavailable"}), "unavailable", "temporarily_unavailable");
        check(302, json!({}), "unexpected", "");
        check(200, json!({"error": "invalid_grant"}), "auth", "invalid_grant");
    }
}
