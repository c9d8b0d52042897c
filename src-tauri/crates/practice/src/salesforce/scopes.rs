//! Scopes, and how the consent page says them.
//! <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_tokens_scopes.htm>

const KNOWN: &[(&str, &str)] = &[
    ("id", "Know who you are"),
    ("api", "Read and change your data through the API"),
    ("refresh_token", "Stay connected when you are away"),
    ("offline_access", "Stay connected when you are away"),
    ("openid", "Know your unique identifier"),
    ("profile", "Know your name"),
    ("email", "Know your e-mail address"),
    ("web", "Use your session in a browser"),
    ("full", "Everything you may do yourself"),
];

/// The consent page's words for a scope; `None` for one the org does not know.
pub(super) fn in_words(scope: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(known, _)| *known == scope).map(|(_, words)| *words)
}

/// What an app gets that names no scopes.
pub(super) fn usual() -> Vec<String> {
    ["refresh_token", "api", "id"].map(str::to_owned).to_vec()
}

/// Whether the API may be called.
pub(super) fn allow_api(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| matches!(scope.as_str(), "api" | "full"))
}

/// Whether a refresh token goes with them. `full` does not bring one.
pub(super) fn allow_refresh(scopes: &[String]) -> bool {
    scopes.iter().any(|scope| matches!(scope.as_str(), "refresh_token" | "offline_access"))
}

/// Whether the user's identity may be read.
pub(super) fn allow_identity(scopes: &[String]) -> bool {
    let words = ["id", "openid", "profile", "email", "api", "full"];
    scopes.iter().any(|scope| words.contains(&scope.as_str()))
}
