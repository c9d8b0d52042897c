//! Why a sign-in came to nothing, in words with a next step.

use leadferry_model::Failure;

/// A sign-in ended without access. Nothing was changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FlowError {
    /// The person said no at the vendor.
    #[error("You cancelled at the vendor's page. Start again whenever you like.")]
    Declined,
    /// The vendor said no.
    #[error("The vendor refused: {}. {}", if description.is_empty() { code } else { description }, advice(code))]
    Refused {
        /// The vendor's code.
        code: String,
        /// The vendor's own words, to be shown as text only. May be empty.
        description: String,
    },
    /// The answer names another issuer.
    #[error(
        "The answer came from another system than the one asked. Start again, and check the address you are signing in at."
    )]
    WrongIssuer,
    /// The answer names a sign-in server the spec does not know.
    #[error(
        "The vendor's answer names a sign-in server that Leadferry does not know, so nothing was sent there. Start again, and report it if it repeats."
    )]
    UnknownHost,
    /// The answer holds neither code nor reason.
    #[error(
        "The vendor's answer holds no permission. Start again; if it repeats, check the app's redirect address at the vendor."
    )]
    NoCode,
    /// Somebody on this computer sent wrong answers.
    #[error("Several answers that belong to no sign-in arrived, so this one was stopped. Start again.")]
    Guessing,
    /// Nobody came back in time.
    #[error("Nobody finished signing in within five minutes. Start again.")]
    TimedOut,
    /// The person stopped it.
    #[error("Signing in was stopped. Start again whenever you like.")]
    Cancelled,
    /// The computer gave no port.
    #[error(
        "This computer gave Leadferry no port to wait for the answer on. Check its security software, then start again."
    )]
    NoPort,
    /// Other programs hold every registered port.
    #[error("Other programs are using the ports {} of this computer. Close them, then start again.", list(.0))]
    PortsTaken(Vec<u16>),
    /// The vendor's app needs a secret that is not there.
    #[error("This app needs its client secret. Enter it beside the client id, then start again.")]
    NoClientSecret,
    /// The code was not exchanged for tokens.
    #[error("{}", .0.message)]
    Exchange(Failure),
}

impl FlowError {
    pub(super) fn refused(code: &str, description: String) -> Self {
        match code {
            "access_denied" => Self::Declined,
            code => Self::Refused { code: code.to_owned(), description },
        }
    }
}

/// What helps against the codes of RFC 6749 §4.1.2.1 and OpenID Connect.
fn advice(code: &str) -> &'static str {
    match code {
        "consent_required" | "interaction_required" | "login_required" => {
            "Start again, and answer every question on the vendor's page."
        }
        "invalid_scope" => {
            "Check that the app at the vendor has every scope, and that your account's plan includes them."
        }
        "server_error" | "temporarily_unavailable" => "The vendor has trouble; try again in a few minutes.",
        "OAUTH_APP_BLOCKED" | "OAUTH_APP_ACCESS_DENIED" => {
            "Ask an administrator of your account to allow this app, then start again."
        }
        "redirect_uri_mismatch" | "invalid_redirect_uri" => {
            "Register the redirect address exactly as Leadferry shows it with the app at the vendor."
        }
        "unauthorized_client"
        | "invalid_client_id"
        | "invalid_client"
        | "invalid_request"
        | "unsupported_response_type" => {
            "Check the client id and the redirect address of the app at the vendor."
        }
        _ => "Start again, or ask whoever runs your account there.",
    }
}

fn list(ports: &[u16]) -> String {
    ports.iter().map(u16::to_string).collect::<Vec<_>>().join(", ")
}
