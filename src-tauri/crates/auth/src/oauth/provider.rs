//! A vendor's OAuth addresses for one connection, from the facts in its spec and the address a person chose.

use leadferry_connector::{Auth, BaseUrl, OAuth, Spec};
use url::{Host, Url};

/// Where a sign-in and its token calls go.
#[derive(Clone, Debug)]
pub struct Provider {
    /// The spec's id: stands in the callback path, so that an answer meant for one vendor never fits another's flow.
    pub id: &'static str,
    /// The name people know.
    pub name: &'static str,
    /// The vendor's facts.
    pub facts: &'static OAuth,
    /// Where the browser goes.
    pub authorize: Url,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// Where tokens are revoked.
    pub revoke: Option<Url>,
}

/// No sign-in is possible with this spec and address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProviderError {
    /// The spec has no OAuth.
    #[error("This system does not offer signing in through the browser. Choose another way to connect.")]
    NoOAuth,
    /// The vendor has no one address for everybody, and none was given.
    #[error("The address of your account is not known yet. Enter it, then sign in.")]
    NoAddress,
    /// Tokens would cross a network in clear.
    #[error(
        "The address is not protected (https). Use the https address; plain http works only for this computer itself."
    )]
    NotProtected,
}

impl Provider {
    /// The addresses for `spec`. When the person chose an address (sandbox, data centre, practice system), every address of the
    /// vendor keeps its path and moves there.
    pub fn new(spec: &'static Spec, chosen: Option<&Url>) -> Result<Self, ProviderError> {
        let facts = spec
            .auth
            .iter()
            .find_map(|auth| if let Auth::OAuth(facts) = auth { Some(facts) } else { None })
            .ok_or(ProviderError::NoOAuth)?;
        let resolve = |address| resolve(address, spec.base_url, chosen);
        Ok(Self {
            id: spec.id,
            name: spec.name,
            facts,
            authorize: resolve(facts.authorize_url)?,
            token: resolve(facts.token_url)?,
            revoke: facts.revoke_url.map(resolve).transpose()?,
        })
    }
}

fn resolve(address: &str, base: BaseUrl, chosen: Option<&Url>) -> Result<Url, ProviderError> {
    let url = match (Url::parse(address), chosen, base) {
        (Ok(url), None, _) => url,
        (Ok(url), Some(chosen), _) => below(chosen, &url[url::Position::BeforePath..]),
        (Err(_), Some(chosen), _) => below(chosen, address),
        (Err(_), None, BaseUrl::Fixed(base)) => {
            below(&Url::parse(base).expect("BUG: a spec's base address is a web address"), address)
        }
        (Err(_), None, BaseUrl::Entered | BaseUrl::FromToken(_) | BaseUrl::Setting(_)) => {
            return Err(ProviderError::NoAddress);
        }
    };
    if protected(&url) { Ok(url) } else { Err(ProviderError::NotProtected) }
}

fn below(base: &Url, path_and_query: &str) -> Url {
    let (path, query) = match path_and_query.split_once('?') {
        Some((path, query)) => (path, Some(query)),
        None => (path_and_query, None),
    };
    let mut url = base.clone();
    url.set_path(&format!("{}/{}", base.path().trim_end_matches('/'), path.trim_start_matches('/')));
    url.set_query(query);
    url.set_fragment(None);
    url
}

fn protected(url: &Url) -> bool {
    let loopback = match url.host() {
        Some(Host::Ipv4(ip)) => ip.is_loopback(),
        Some(Host::Ipv6(ip)) => ip.is_loopback(),
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    };
    url.scheme() == "https" || (url.scheme() == "http" && loopback)
}
