//! A vendor's OAuth addresses for one connection, from the facts in its spec and the place a person chose.

use leadferry_connector::{Auth, BaseUrl, Endpoint, OAuth, SignInAt, Spec};
use url::{Host, Url};

/// Where an account is, as far as that is not the same for everybody.
#[derive(Clone, Copy, Debug, Default)]
pub struct Place<'a> {
    /// Another address than the vendor's, entered by a person (a proxy, a practice CRM): everything goes there.
    pub base: Option<&'a Url>,
    /// The host to sign in at: chosen, typed, or told by the vendor when the account was signed in.
    pub host: Option<&'a str>,
}

/// Where tokens of one connection are asked for and given up.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// The vendor's facts.
    pub facts: Endpoint,
    /// Where codes and refresh tokens are exchanged.
    pub token: Url,
    /// Where tokens are revoked.
    pub revoke: Option<Url>,
    /// The host they are on, to be kept with the connection where it is not the same for everybody.
    pub host: Option<Url>,
}

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
    /// Where tokens are asked for, as far as that is known before the browser comes back.
    pub addresses: Addresses,
    spec: &'static Spec,
    moved: bool,
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
    /// What was given is no host of the vendor's.
    #[error(
        "Accounts do not sign in at this address. Choose where yours does, or enter its own domain as the example shows."
    )]
    OtherHost,
    /// Tokens would cross a network in clear.
    #[error(
        "The address is not protected (https). Use the https address; plain http works only for this computer itself."
    )]
    NotProtected,
}

impl Addresses {
    /// The addresses of `facts`, an endpoint of `spec`, for an account at `place`. When the person entered an address, every
    /// address of the vendor keeps its path and moves there.
    pub fn new(spec: &Spec, facts: &Endpoint, place: Place<'_>) -> Result<Self, ProviderError> {
        let root = Root::of(spec, facts, place)?;
        Ok(Self {
            facts: *facts,
            token: root.resolve(facts.token_url)?,
            revoke: facts.revoke_url.map(|address| root.resolve(address)).transpose()?,
            host: root.host,
        })
    }
}

impl Provider {
    /// The addresses of `spec`'s sign-in in the browser.
    pub fn new(spec: &'static Spec, place: Place<'_>) -> Result<Self, ProviderError> {
        let facts = spec
            .auth
            .iter()
            .find_map(|auth| if let Auth::OAuth(facts) = auth { Some(facts) } else { None })
            .ok_or(ProviderError::NoOAuth)?;
        let told = facts.endpoint.at.parameter().is_some();
        // Where the vendor tells, it tells anew: an account may have moved to another data centre.
        let place = if told { Place { host: None, ..place } } else { place };
        Ok(Self {
            id: spec.id,
            name: spec.name,
            facts,
            authorize: Root::of(spec, &facts.endpoint, place)?.resolve(facts.authorize_url)?,
            addresses: Addresses::new(spec, &facts.endpoint, place)?,
            spec,
            moved: place.base.is_some(),
        })
    }

    /// What the vendor tells with its answer. Nothing where the person entered an address: that one counts.
    pub(super) fn told(&self) -> SignInAt {
        if self.moved { SignInAt::Vendor } else { self.facts.endpoint.at }
    }

    /// The addresses once the vendor has told its host.
    pub(super) fn at(&self, host: &Url) -> Result<Addresses, ProviderError> {
        Addresses::new(self.spec, &self.facts.endpoint, Place { base: None, host: Some(host.as_str()) })
    }
}

/// What paths stand below.
struct Root {
    /// Everything moves here.
    moved: Option<Url>,
    host: Option<Url>,
    base: BaseUrl,
}

impl Root {
    fn of(spec: &Spec, facts: &Endpoint, place: Place<'_>) -> Result<Self, ProviderError> {
        let root = |moved, host| Self { moved, host, base: spec.base_url };
        if let Some(moved) = place.base {
            return Ok(root(Some(moved.clone()), None));
        }
        let host = match (place.host, facts.at.hosts().first()) {
            // What was kept is looked at again: the ledger can be brought in from a file.
            (Some(text), _) => match facts.at.admit(text) {
                None if matches!(facts.at, SignInAt::Vendor) => None,
                None => return Err(ProviderError::OtherHost),
                host => host,
            },
            (None, Some(usual)) => facts.at.admit(usual.url),
            (None, None) => None,
        };
        Ok(root(None, host))
    }

    fn resolve(&self, address: &str) -> Result<Url, ProviderError> {
        let url = match (Url::parse(address), &self.moved, &self.host, self.base) {
            (Ok(url), None, ..) => url,
            (Ok(url), Some(moved), ..) => below(moved, &url[url::Position::BeforePath..]),
            (Err(_), Some(root), ..) | (Err(_), None, Some(root), _) => below(root, address),
            (Err(_), None, None, BaseUrl::Fixed(base)) => {
                below(&Url::parse(base).expect("BUG: a spec's base address is a web address"), address)
            }
            (Err(_), None, None, _) => return Err(ProviderError::NoAddress),
        };
        if protected(&url) { Ok(url) } else { Err(ProviderError::NotProtected) }
    }
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
