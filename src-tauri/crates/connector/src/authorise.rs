//! Ways to authorise, as facts of a spec. What they lead to is the room `auth`'s.

use url::Url;

/// One way to authorise.
#[derive(Debug)]
pub enum Auth {
    /// No access needed: the address itself is the credential, or there is none.
    None,
    /// OAuth 2.0 in the system browser.
    OAuth(OAuth),
    /// OAuth 2.0 without a person: the app shows its own id and secret (RFC 6749 §4.4).
    ClientCredentials(AppGrant),
    /// OAuth 2.0 without a browser: a statement signed with the app's private key, RS256 (RFC 7523).
    JwtBearer(AppGrant),
    /// OAuth 2.0 without a redirect: the person makes a one-time code at the vendor and pastes it with the app's id and secret.
    PastedCode(AppGrant),
    /// A token the person pastes.
    Token {
        /// What the vendor calls it, such as *Private app token*.
        label: &'static str,
        /// Where it goes in a request.
        placement: TokenPlacement,
        /// How a token looks: any of these beginnings. Empty where it has no shape.
        prefixes: &'static [&'static str],
        /// Steps to get one, in the vendor's own menu words.
        steps: &'static [&'static str],
    },
    /// User name and password (HTTP Basic, RFC 7617).
    Basic,
}

impl Auth {
    /// The token endpoint of this way, where it has one.
    pub fn endpoint(&self) -> Option<&Endpoint> {
        match self {
            Self::OAuth(facts) => Some(&facts.endpoint),
            Self::ClientCredentials(grant) | Self::JwtBearer(grant) | Self::PastedCode(grant) => {
                Some(&grant.endpoint)
            }
            Self::None | Self::Token { .. } | Self::Basic => None,
        }
    }
}

/// Facts of a vendor's OAuth 2.0 in the browser.
#[derive(Debug)]
pub struct OAuth {
    /// Where the browser goes: an absolute URL, or a path below the host of [`Endpoint::at`].
    pub authorize_url: &'static str,
    /// Where codes become tokens.
    pub endpoint: Endpoint,
    /// Scopes to ask for.
    pub scopes: &'static [&'static str],
    /// Scopes some accounts cannot grant.
    pub optional_scopes: &'static [&'static str],
    /// Text between scopes.
    pub scope_separator: &'static str,
    /// The scopes stand in the app's settings at the vendor: they are shown to whoever registers an app, and not sent.
    pub scopes_of_app: bool,
    /// PKCE is sent (RFC 7636). Only off where the vendor does not know it.
    pub pkce: bool,
    /// Which redirect addresses the vendor takes.
    pub redirect: Redirect,
    /// Further query parameters of the authorize address.
    pub extra: &'static [(&'static str, &'static str)],
    /// Our own app at the vendor, where this build has one.
    pub built_in: BuiltIn,
    /// Steps for registering one's own app, in the vendor's menu words.
    pub own_app_steps: &'static [&'static str],
}

/// Facts of a way to tokens without a browser.
#[derive(Debug)]
pub struct AppGrant {
    /// Where access tokens come from.
    pub endpoint: Endpoint,
    /// Scopes the app needs: sent where the app itself asks, shown where a person makes a code or registers the app.
    pub scopes: &'static [&'static str],
    /// Text between scopes.
    pub scope_separator: &'static str,
    /// The scopes stand in the app's settings at the vendor, and are not sent.
    pub scopes_of_app: bool,
    /// Steps to set the app up, in the vendor's menu words.
    pub steps: &'static [&'static str],
}

/// Facts of a vendor's token endpoint.
#[derive(Clone, Copy, Debug)]
pub struct Endpoint {
    /// On which host a person's account signs in.
    pub at: SignInAt,
    /// The token endpoint: an absolute URL, or a path below the host of `at`, else below the connection's base URL.
    pub token_url: &'static str,
    /// Where tokens are given up (RFC 7009), where there is such a call. Read as `token_url`.
    pub revoke_url: Option<&'static str>,
    /// How the client shows itself.
    pub client_auth: ClientAuth,
    /// The word before an access token in `Authorization`, `Bearer` at nearly every vendor. One for all of a spec's ways.
    pub scheme: &'static str,
}

/// On which host a person signs in, and codes and refresh tokens are exchanged.
#[derive(Clone, Copy, Debug)]
pub enum SignInAt {
    /// The same for everybody: the addresses are absolute, or lie below the connection's base URL.
    Vendor,
    /// The person chooses one of these, or types the account's own.
    Chosen {
        /// Hosts with labels, the usual one first. May be empty where every account has its own.
        hosts: &'static [Host],
        /// The account's own host.
        own: Option<OwnHost>,
    },
    /// The vendor tells after the browser, in this parameter of the redirect. Nothing but these hosts is believed, since anybody
    /// can make such an address. The browser begins at the first; where there is no browser, the person chooses.
    Told {
        /// The parameter's name.
        parameter: &'static str,
        /// The vendor's hosts with labels.
        hosts: &'static [Host],
    },
}

/// A host to sign in at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Host {
    /// `https://` and the host.
    pub url: &'static str,
    /// The name people know it by.
    pub label: &'static str,
}

/// A host only one account has.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OwnHost {
    /// What the vendor calls it, such as *My Domain*.
    pub label: &'static str,
    /// Where to find it, with an example.
    pub help: &'static str,
    /// What every such host ends with, dot included: credentials go nowhere else.
    pub endings: &'static [&'static str],
}

impl SignInAt {
    /// The hosts there are for everybody.
    pub fn hosts(&self) -> &'static [Host] {
        match self {
            Self::Vendor => &[],
            Self::Chosen { hosts, .. } | Self::Told { hosts, .. } => hosts,
        }
    }

    /// The account's own host, where there is such a thing.
    pub fn own(&self) -> Option<OwnHost> {
        match self {
            Self::Chosen { own, .. } => *own,
            Self::Vendor | Self::Told { .. } => None,
        }
    }

    /// The parameter in which the vendor tells the host.
    pub fn parameter(&self) -> Option<&'static str> {
        match self {
            Self::Told { parameter, .. } => Some(parameter),
            Self::Vendor | Self::Chosen { .. } => None,
        }
    }

    /// The host `text` names, if credentials may go there: chosen or typed by a person, told by the vendor, or kept from before.
    pub fn admit(&self, text: &str) -> Option<Url> {
        let text = text.trim();
        let whole = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
        let url = Url::parse(&whole).ok()?;
        let plain = url.username().is_empty() && url.password().is_none() && url.port().is_none();
        if url.scheme() != "https" || !plain {
            return None;
        }
        let host = url.host_str()?.to_ascii_lowercase();
        let listed = self
            .hosts()
            .iter()
            .any(|known| Url::parse(known.url).is_ok_and(|known| known.origin() == url.origin()));
        let owned = self.own().is_some_and(|own| {
            own.endings.iter().any(|ending| host.strip_suffix(ending).is_some_and(|name| !name.is_empty()))
        });
        (listed || owned).then(|| Url::parse(&format!("https://{host}")).ok()).flatten()
    }
}

/// The app Leadferry has registered at the vendor, as far as this build knows one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct BuiltIn {
    /// Its client id: `option_env!` of a setting of the build.
    pub client_id: Option<&'static str>,
    /// Its secret, where the vendor asks for one.
    pub client_secret: Option<&'static str>,
}

/// Redirect addresses a vendor accepts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Redirect {
    /// `http://127.0.0.1` with any port (RFC 8252 §7.3).
    LoopbackAnyPort,
    /// `http://localhost` with exactly one of these ports, registered beforehand.
    LocalhostPorts(&'static [u16]),
    /// The app's own URL scheme.
    CustomScheme,
}

/// How the client authenticates at the token endpoint.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ClientAuth {
    /// Public client: PKCE only.
    None,
    /// The id in the form body, and the secret where the app has one: whoever registers the app decides.
    BodyIfSecret,
    /// Id and secret in the form body.
    Body,
    /// Id and secret as HTTP Basic.
    Basic,
}

/// Where a token goes in a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenPlacement {
    /// `Authorization: <scheme> <token>`.
    Authorization(&'static str),
    /// A header of its own.
    Header(&'static str),
}

#[cfg(test)]
mod tests {
    use super::*;

    const CHOSEN: SignInAt = SignInAt::Chosen {
        hosts: &[Host { url: "https://login.example.com", label: "Production" }],
        own: Some(OwnHost { label: "Own", help: "", endings: &[".my.example.com"] }),
    };

    #[test]
    fn credentials_go_only_to_hosts_the_spec_admits() {
        let cases = [
            ("https://login.example.com", Some("https://login.example.com/")),
            ("https://login.example.com/some/page?x=1", Some("https://login.example.com/")),
            (" acme.my.example.com ", Some("https://acme.my.example.com/")),
            ("https://ACME--dev.sandbox.my.example.com/", Some("https://acme--dev.sandbox.my.example.com/")),
            ("http://login.example.com", None),
            ("https://login.example.com:8443", None),
            ("https://login.example.com@evil.example.org", None),
            ("https://login.example.com.evil.example.org", None),
            ("https://evilmy.example.com", None),
            ("https://.my.example.com", None),
            ("https://evil.example.org/.my.example.com", None),
            ("", None),
        ];
        for (text, expected) in cases {
            assert_eq!(CHOSEN.admit(text).map(String::from).as_deref(), expected, "{text}");
        }
        let told = SignInAt::Told { parameter: "server", hosts: CHOSEN.hosts() };
        assert_eq!(told.admit("https://acme.my.example.com"), None, "only the table is believed");
        assert_eq!(SignInAt::Vendor.admit("https://login.example.com"), None, "nothing is to be chosen");
    }
}
