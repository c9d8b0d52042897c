//! What a token endpoint's refusal means, decided once beside the call
//! ([RFC 6749 §5.2](https://www.rfc-editor.org/rfc/rfc6749#section-5.2), and vendors' own codes).

use leadferry_connector::{TransportError, TransportProblem, redact};
use leadferry_model::{Failure, FailureKind, Secret};
use serde_json::{Map, Value};

use crate::oauth::shown;

/// The code of a failure after which a refresh token is never worth trying again.
pub(crate) const INVALID_GRANT: &str = "invalid_grant";

/// How long a vendor that has given out too many tokens is left alone. Zoho: ten in ten minutes.
/// <https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html>
const TOO_MANY_TOKENS: u64 = 600;

const GONE: &str = "The vendor no longer accepts this sign-in. Reconnect the account.";

/// What a code means, whoever says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    /// What was shown is over for good: a refresh token, a code.
    Gone,
    /// The app is not known, or its secret is wrong.
    UnknownApp,
    /// The redirect address is not the registered one.
    OtherRedirect,
    /// An administrator of the account has not allowed the app.
    AppBlocked,
    /// Too many tokens were asked for.
    TooMany,
    /// Too fast.
    Limited,
    /// Trouble at the vendor.
    Trouble,
}

impl Meaning {
    /// Of a code of the standard, of HubSpot, Salesforce, Zoho or Pipedrive. In words and in one: Pipedrive writes a sentence after
    /// its code, Zoho a code with a space.
    fn of(code: &str, description: &str) -> Option<Self> {
        let plain = code.split(':').next().unwrap_or_default().trim().to_ascii_lowercase().replace(' ', "_");
        let too_many = || code.contains(' ') || description.to_ascii_lowercase().contains("too many");
        Some(match plain.as_str() {
            // Zoho: also for a refresh token that was revoked or pushed out by a newer one.
            INVALID_GRANT | "invalid_code" | "bad_refresh_token" | "bad_auth_code" => Self::Gone,
            "invalid_client"
            | "invalid_client_id"
            | "invalid_client_secret"
            | "invalid_client_credentials"
            | "bad_client_id"
            | "bad_client_secret" => Self::UnknownApp,
            "redirect_uri_mismatch" | "invalid_redirect_uri" => Self::OtherRedirect,
            "oauth_app_blocked" | "oauth_app_access_denied" => Self::AppBlocked,
            // The standard's code of this name is a person's no, which a token endpoint has no say in.
            "access_denied" if too_many() => Self::TooMany,
            // Unverified: the second is Salesforce's for too many sign-ins; the facts name only that of its API.
            "rate_limits" | "rate_limit_exceeded" => Self::Limited,
            "server_error" | "temporarily_unavailable" => Self::Trouble,
            _ => return None,
        })
    }
}

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

/// The same failure in other words, where what was shown was no sign-in that had worked before.
pub(super) fn instead(failure: Failure, words: &str) -> Failure {
    Failure { message: failure.message.replacen(GONE, words, 1), ..failure }
}

/// A refusal. `secrets` are masked should the vendor repeat them.
pub(super) fn refused(
    status: u16,
    body: &Map<String, Value>,
    retry_after: Option<u64>,
    secrets: &[&Secret],
) -> Failure {
    let text = |name: &str| body.get(name).and_then(Value::as_str).unwrap_or_default();
    let said_more = ["error_description", "message", "error_info"].map(text);
    let said_more = said_more.into_iter().find(|words| !words.is_empty()).unwrap_or_default();
    // HubSpot says its own code in `status` and the standard's in `error`, and `error` in `status` where it has no code.
    let said = ["error", "status", "category"].map(text).into_iter().filter(|code| !code.is_empty());
    let meaning = said.clone().find_map(|code| Some((code, Meaning::of(code, said_more)?)));
    let code = masked(meaning.map(|(code, _)| code).or(said.clone().next()).unwrap_or_default(), secrets);
    let (kind, code, words) = match (status, meaning.map(|(_, meaning)| meaning)) {
        (_, Some(Meaning::TooMany)) => (
            FailureKind::RateLimited { after_seconds: retry_after.or(Some(TOO_MANY_TOKENS)) },
            code,
            "The vendor gives out no more tokens for the moment.",
        ),
        (429, _) | (_, Some(Meaning::Limited)) => (
            FailureKind::RateLimited { after_seconds: retry_after },
            code,
            "The vendor asks Leadferry to slow down.",
        ),
        (408 | 500.., _) | (_, Some(Meaning::Trouble)) => (
            FailureKind::Unavailable,
            code,
            "The vendor's sign-in server has trouble. Leadferry tries again.",
        ),
        (_, Some(Meaning::Gone)) => (FailureKind::Auth, INVALID_GRANT.to_owned(), GONE),
        (_, Some(Meaning::UnknownApp)) => (
            FailureKind::Auth,
            "invalid_client".to_owned(),
            "The vendor does not know this app here: its client id or client secret is wrong or was changed, or the app is not open to this account's region. Correct that, then reconnect.",
        ),
        (_, Some(Meaning::OtherRedirect)) => (
            FailureKind::Auth,
            code,
            "The redirect address is not registered with the app at the vendor. Register it exactly as Leadferry shows it, then connect again.",
        ),
        (_, Some(Meaning::AppBlocked)) => (
            FailureKind::Auth,
            code,
            "An administrator of the account has not allowed this app, or has blocked it. Ask them to allow it, then reconnect.",
        ),
        // Not the sign-in server's own word: what stands before it, or counts calls, has turned the request away. Taken for lost
        // access, it would send a person to sign in for nothing.
        (403, None) if body.is_empty() => (
            FailureKind::Unavailable,
            code,
            "The vendor's sign-in server turned Leadferry away without a reason. Leadferry tries again.",
        ),
        (300..400, None) => (
            FailureKind::Unexpected,
            code,
            "The vendor's sign-in server sent Leadferry to another address, which is not followed. Check the address of the connection.",
        ),
        (404 | 405, None) => (
            FailureKind::Unexpected,
            code,
            "There is no sign-in server at this address. Check the address of the connection.",
        ),
        (_, None) => (FailureKind::Auth, code, "The vendor refused to give access. Reconnect the account."),
    };
    let said_more = masked(said_more, secrets);
    let message =
        if said_more.is_empty() { words.to_owned() } else { format!("{words} It said: {said_more}") };
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
        check(403, json!({}), "unavailable", "");
        check(403, json!({"error": "invalid_grant"}), "auth", "invalid_grant");
        check(400, json!({"error": "rate_limit_exceeded"}), "rate_limited", "rate_limit_exceeded");
        check(200, json!({"error": "invalid_grant"}), "auth", "invalid_grant");
    }

    #[test]
    fn vendors_own_codes_have_their_kind_too() {
        use serde_json::json;
        // Zoho answers 200 to everything.
        check(200, json!({"error": "invalid_code"}), "auth", "invalid_grant");
        check(200, json!({"error": "invalid_client_secret"}), "auth", "invalid_client");
        check(200, json!({"error": "invalid_redirect_uri"}), "auth", "invalid_redirect_uri");
        // Salesforce.
        check(400, json!({"error": "invalid_client_id", "error_description": "x"}), "auth", "invalid_client");
        check(
            400,
            json!({"error": "OAUTH_APP_BLOCKED", "error_description": "x"}),
            "auth",
            "OAUTH_APP_BLOCKED",
        );
        check(400, json!({"error": "redirect_uri_mismatch"}), "auth", "redirect_uri_mismatch");
        // Pipedrive.
        check(
            400,
            json!({"success": false, "message": "hush-1 is unknown", "error": "invalid_grant"}),
            "auth",
            "invalid_grant",
        );
        check(
            400,
            json!({"success": false, "error": "Invalid grant: code has expired"}),
            "auth",
            "invalid_grant",
        );
        check(
            401,
            json!({"success": false, "error": "invalid_client", "errorCode": 401}),
            "auth",
            "invalid_client",
        );
    }

    #[test]
    fn too_many_tokens_are_a_limit_not_lost_access() {
        let check = |body: Value| refused(400, body.as_object().unwrap(), None, &[]).kind;
        let limit = FailureKind::RateLimited { after_seconds: Some(600) };
        assert_eq!(
            check(serde_json::json!({"error": "Access Denied", "status": "failure"})),
            limit,
            "Zoho's words"
        );
        let said = serde_json::json!({
            "error": "access_denied",
            "error_description": "You have made too many requests continuously. Please try again after some time.",
        });
        assert_eq!(check(said), limit, "Zoho's code");
        assert_eq!(
            check(serde_json::json!({"error": "access_denied"})),
            FailureKind::Auth,
            "anybody else's no"
        );
    }

    #[test]
    fn a_code_that_is_over_is_told_as_one() {
        let body = serde_json::json!({"error": "invalid_code"});
        let failure = instead(refused(200, body.as_object().unwrap(), None, &[]), "Make a new code.");
        assert_eq!(failure.message, "Make a new code.", "there was no sign-in that could be over");
    }
}
