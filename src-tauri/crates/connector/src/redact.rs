//! The one redaction: whatever leaves the engine as text (logs, exchanges, errors, diagnostics) passes one of these.
//!
//! Two nets. Values that *are known* to be secret, such as the credential of the request at hand, are cut out word for word
//! ([`exact`]). Everything that *looks* secret is masked by where it stands (a `token` parameter, an `Authorization`
//! header, a `client_secret` key) or by its shape (`pat-…`, `Bearer …`, a JWT). Masking too much is a nuisance, too little is
//! a leak: when in doubt, mask.
//!
//! Not here: personal data. E-mail addresses and names belong in a delivery's own attempt log; keeping them out of log
//! files is the job of whoever writes the log line.

use std::sync::LazyLock;

use regex::{Captures, Regex};
use serde_json::Value;
use url::Url;

/// What stands in place of a secret.
pub const MASK: &str = "•••";

/// A secret shorter than this is not searched for word for word: masking every `a` tells more than it hides.
const SHORTEST_EXACT: usize = 6;

/// A header's value, masked where the name says it is a credential.
pub fn header(name: &str, value: &str) -> String {
    let lower = name.to_ascii_lowercase();
    match lower.as_str() {
        "authorization" | "proxy-authorization" => match value.split_once(' ') {
            Some((scheme, _)) => format!("{scheme} {MASK}"),
            None => MASK.to_owned(),
        },
        // RFC 6265 names both sides; Standard Webhooks signatures are worthless to others but look alarming.
        "cookie" | "set-cookie" | "webhook-signature" => MASK.to_owned(),
        _ if secret_name(&lower) => MASK.to_owned(),
        _ => text(value),
    }
}

/// A web address without user info and without the values of secret-looking parameters.
pub fn url(url: &Url) -> String {
    let mut shown = url.clone();
    if !shown.username().is_empty() || shown.password().is_some() {
        // Cannot fail for an address that has user info already.
        if shown.set_username("").is_err() || shown.set_password(None).is_err() {
            return MASK.to_owned();
        }
    }
    if shown.query().is_some() {
        let pairs: Vec<(String, String)> = shown
            .query_pairs()
            .map(|(name, value)| {
                let value = if secret_parameter(&name) { MASK.to_owned() } else { text(&value) };
                (name.into_owned(), value)
            })
            .collect();
        shown.query_pairs_mut().clear().extend_pairs(pairs);
    }
    if shown.fragment().is_some() {
        shown.set_fragment(Some(MASK));
    }
    // The mask is shown as people read it, not percent-encoded.
    text(&shown.as_str().replace("%E2%80%A2%E2%80%A2%E2%80%A2", MASK))
}

/// An address that is itself a credential (catch hooks): only where it leads to is shown.
pub fn secret_url(url: &Url) -> String {
    match url.host_str() {
        Some(host) => format!("{}://{host}/{MASK}", url.scheme()),
        None => MASK.to_owned(),
    }
}

/// A body: JSON and forms by key, anything else as free text.
pub fn body(bytes: &[u8]) -> String {
    if let Ok(mut value) = serde_json::from_slice::<Value>(bytes) {
        json(&mut value);
        return value.to_string();
    }
    text(&String::from_utf8_lossy(bytes))
}

/// Masks values of secret-looking keys at any depth, and secret-looking texts anywhere.
pub fn json(value: &mut Value) {
    match value {
        Value::Object(map) => {
            for (name, inner) in map.iter_mut() {
                if secret_name(name) && !inner.is_null() && !inner.is_boolean() {
                    *inner = Value::from(MASK);
                } else {
                    json(inner);
                }
            }
        }
        Value::Array(items) => items.iter_mut().for_each(json),
        Value::String(words) => {
            let masked = text(words);
            if masked != *words {
                *words = masked;
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Free text: tokens by shape, and values that follow a secret-looking name.
pub fn text(words: &str) -> String {
    let named = NAMED.replace_all(words, |found: &Captures<'_>| {
        if secret_name(&found["name"]) {
            format!("{}{}{MASK}", &found["name"], &found["between"])
        } else {
            found[0].to_owned()
        }
    });
    let redirects = REDIRECT.replace_all(&named, format!("${{before}}{MASK}"));
    let schemes = SCHEME.replace_all(&redirects, format!("$scheme {MASK}"));
    let user_info = USER_INFO.replace_all(&schemes, format!("${{before}}{MASK}@"));
    SHAPE.replace_all(&user_info, MASK).into_owned()
}

/// Cuts out `secrets` word for word, in clear and percent-encoded.
pub fn exact<'a>(words: &str, secrets: impl IntoIterator<Item = &'a str>) -> String {
    let mut shown = words.to_owned();
    for secret in secrets.into_iter().filter(|secret| secret.len() >= SHORTEST_EXACT) {
        shown = shown.replace(secret, MASK);
        let encoded: String = url::form_urlencoded::byte_serialize(secret.as_bytes()).collect();
        if encoded != secret {
            shown = shown.replace(&encoded, MASK);
        }
    }
    shown
}

/// Whether a parameter, header or key of this name holds a secret. Compared without case and separators, so that
/// `client_secret`, `clientSecret` and `Client-Secret` are one.
fn secret_name(name: &str) -> bool {
    // Names that contain a secret word but hold none: the kind of a token, where a page goes on.
    const HARMLESS: [&str; 6] =
        ["tokentype", "tokenuse", "tokentypehint", "pagetoken", "nextpagetoken", "authtype"];
    const WHOLE: [&str; 7] = ["key", "pass", "pwd", "sig", "auth", "authorization", "cookie"];
    const PART: [&str; 12] = [
        "token",
        "secret",
        "password",
        "passwd",
        "passphrase",
        "apikey",
        "accesskey",
        "privatekey",
        "signature",
        "credential",
        "sessionid",
        "codeverifier",
    ];
    let plain: String =
        name.chars().filter(char::is_ascii_alphanumeric).map(|letter| letter.to_ascii_lowercase()).collect();
    !HARMLESS.contains(&plain.as_str())
        && (WHOLE.contains(&plain.as_str()) || PART.iter().any(|part| plain.contains(part)))
}

/// In an address, unlike in an error body, `code` and `state` are the secrets of an OAuth redirect.
fn secret_parameter(name: &str) -> bool {
    secret_name(name) || name.eq_ignore_ascii_case("code") || name.eq_ignore_ascii_case("state")
}

/// `name=value`, `name: value`, `"name":"value"`, also with escaped quotes inside a JSON text. Only names that may be
/// secret match, so that a harmless `https:` does not swallow the parameters behind it.
static NAMED: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r#"(?xi)
        (?P<name>
            [a-z0-9_.\-]* (?: token | secret | passw | passphrase | api[_\-]?key | access[_\-]?key | private[_\-]?key
                            | signature | credential | session[_\-]?id | code[_\-]?verifier ) [a-z0-9_.\-]*
            | \b (?: key | pass | pwd | sig | auth | authorization | cookie )
        )
        (?P<between> \\?["']? \s* [:=] \s* \\?["']? (?: (?: bearer | basic | token | zoho-oauthtoken ) \s+ )? )
        (?P<value> [^\s"'&;,<>\\}\])]+ )"#,
    )
});

/// The two secrets of an OAuth redirect in an address.
static REDIRECT: LazyLock<Regex> = LazyLock::new(|| compile(r"(?P<before>[?&](?:code|state)=)[^\s&#\x22']+"));

/// A credential after the name of its scheme.
static SCHEME: LazyLock<Regex> = LazyLock::new(|| {
    compile(r"(?P<scheme>(?i:bearer|basic|zoho-oauthtoken|token token=))\s+[A-Za-z0-9._~+/=\-]{6,}")
});

/// `https://user:password@host`.
static USER_INFO: LazyLock<Regex> =
    LazyLock::new(|| compile(r"(?P<before>[a-z][a-z0-9+.\-]*://)[^\s/@?#]+@"));

/// Tokens that are known by how they look: HubSpot's app and refresh tokens, Salesforce's sessions, Zoho's and Pipedrive's tokens,
/// webhook secrets, catch hooks, Stripe, GitHub, Slack, Google, JSON Web Tokens and private keys.
static SHAPE: LazyLock<Regex> = LazyLock::new(|| {
    compile(
        r"(?x)
        \b pat-[a-z]{2,3}[0-9]*-[A-Za-z0-9\-]{6,}
        | \b (?:na|eu|ap|au|ca|jp)[0-9]-[0-9a-f]{4,}-[A-Za-z0-9\-]{4,}
        | \b 00D[A-Za-z0-9]{9,15}!\S{6,}
        | \b 1000\.[0-9A-Za-z]{16,}\.[0-9A-Za-z]{6,}
        | \b v1u:[A-Za-z0-9_\-+/=]{6,}
        | -----BEGIN\ [A-Z\ ]*PRIVATE\ KEY----- [\s\S]*? (?: -----END\ [A-Z\ ]*PRIVATE\ KEY----- | \z )
        | \b wh(?:sec|sk)_[A-Za-z0-9+/=]{6,}
        | \b (?:sk|rk)_(?:live|test)_[A-Za-z0-9]{6,}
        | \b gh[pousr]_[A-Za-z0-9]{10,}
        | \b xox[a-z]-[A-Za-z0-9\-]{6,}
        | \b ya29\.[A-Za-z0-9_\-]{6,}
        | \b eyJ[A-Za-z0-9_\-]{6,}\.[A-Za-z0-9_\-]+(?:\.[A-Za-z0-9_\-]*)?
        | \b hooks\.zapier\.com/\S+
        | \b hook\.[a-z0-9]+\.make\.com/\S+",
    )
});

fn compile(pattern: &str) -> Regex {
    Regex::new(pattern).expect("BUG: the patterns of the redaction are constants covered by tests")
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANARY: &str = "Zx81CanaryValue42";

    #[test]
    fn no_form_of_a_secret_survives_in_free_text() {
        let cases = [
            format!("Authorization: Bearer {CANARY}"),
            format!("authorization:bearer {CANARY}"),
            format!("got 401 for Bearer {CANARY}, giving up"),
            format!("Basic {CANARY}=="),
            format!("access_token={CANARY}&x=1"),
            format!("client_secret = {CANARY}"),
            format!("refreshToken: '{CANARY}'"),
            format!(r#"{{"refresh_token":"{CANARY}"}}"#),
            format!(r#"a text with JSON inside: {{\"api_key\":\"{CANARY}\"}}"#),
            format!("X-Api-Key: {CANARY}"),
            format!("api-token:{CANARY}"),
            format!("https://example.com/a?token={CANARY}&page=2"),
            format!("https://example.com/a?page=2&code={CANARY}&state={CANARY}"),
            format!("https://user:{CANARY}@example.com/a"),
            format!("https://{CANARY}@example.com/a"),
            format!("could not use pat-na1-{CANARY}."),
            format!("pat-eu1-11111111-{CANARY}"),
            format!("na1-7a3e1111-{CANARY}"),
            format!("whsec_{CANARY}"),
            format!("eyJhbGciOi.{CANARY}.{CANARY}"),
            format!("https://hooks.zapier.com/hooks/catch/123/{CANARY}/"),
            format!("https://hook.eu2.make.com/{CANARY}"),
            format!("Zoho-oauthtoken {CANARY}"),
            format!("the session 00D5g0000012345!{CANARY} is unknown"),
            format!("1000.8cb94a7be1a2f3e49bd1.{CANARY} is revoked"),
            format!("got v1u:{CANARY}"),
            format!("-----BEGIN RSA PRIVATE KEY-----\n{CANARY}\n-----END RSA PRIVATE KEY-----"),
            format!("-----BEGIN PRIVATE KEY-----\n{CANARY}"),
            format!("password: {CANARY}"),
            format!("accessKey={CANARY}&secretKey={CANARY}"),
            format!("Cookie: {CANARY}"),
        ];
        for case in cases {
            let shown = text(&case);
            assert!(!shown.contains(CANARY), "{case} is shown as {shown}");
            assert!(shown.contains(MASK), "it must be seen that something was masked: {shown}");
        }
    }

    #[test]
    fn ordinary_words_stay() {
        for words in [
            "Contact already exists. Existing ID: 123",
            "token_type: bearer",
            "The OAuth token used to make this call expired 7 second(s) ago.",
            "category VALIDATION_ERROR, code INVALID_OPTION",
            "https://api.hubapi.com/crm/objects/2026-03/contacts?limit=100&after=200",
            "2026-11-20T09:00:00Z ada@example.com +44 7700 900123",
        ] {
            assert_eq!(text(words), words, "nothing secret here");
        }
    }

    #[test]
    fn json_is_masked_by_key_at_any_depth_and_by_shape() {
        let bytes = format!(
            r#"{{"code":"INVALID_OPTION","a":[{{"clientSecret":"{CANARY}","n":1}}],"token":{{"x":"{CANARY}"}},
               "has_token":true,"note":"use pat-na1-{CANARY}","password":12345678}}"#
        );
        let shown = body(bytes.as_bytes());
        assert!(!shown.contains(CANARY), "{shown}");
        assert!(!shown.contains("12345678"), "a number can be a secret too: {shown}");
        assert!(shown.contains("INVALID_OPTION"), "error codes stay readable: {shown}");
        assert!(shown.contains(r#""has_token":true"#), "yes and no tell nothing: {shown}");
    }

    #[test]
    fn addresses_lose_user_info_and_secret_parameters() {
        let shown = url(&format!(
            "https://me:{CANARY}@example.com/p?accessKey={CANARY}&code={CANARY}&page=2#{CANARY}"
        )
        .parse()
        .unwrap());
        assert_eq!(
            shown, "https://example.com/p?accessKey=•••&code=•••&page=2#•••",
            "host, path and harmless parameters stay"
        );
        let hook = secret_url(&format!("https://example.com/catch/{CANARY}?x={CANARY}").parse().unwrap());
        assert_eq!(hook, "https://example.com/•••", "a catch hook's path is its password");
    }

    #[test]
    fn headers_are_masked_by_name() {
        for name in
            ["Authorization", "X-Api-Key", "Api-Token", "Cookie", "X-PW-AccessToken", "webhook-signature"]
        {
            assert!(!header(name, &format!("Bearer {CANARY}")).contains(CANARY), "{name} is a credential");
        }
        assert_eq!(header("Content-Type", "application/json"), "application/json", "others stay");
        assert_eq!(
            header("Authorization", "Bearer abcdefgh"),
            "Bearer •••",
            "the scheme helps to find mistakes"
        );
    }

    #[test]
    fn known_secrets_are_cut_out_word_for_word_and_encoded() {
        let shown = exact("you sent p+q/r=s&t and p%2Bq%2Fr%3Ds%26t", ["p+q/r=s&t", ""]);
        assert_eq!(shown, "you sent ••• and •••", "a vendor may echo the token in any place");
    }
}
