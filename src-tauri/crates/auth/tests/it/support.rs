//! A scripted vendor, a browser that is a socket, and specs to sign in with.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_auth::oauth::{Client, Place, Provider};
use leadferry_auth::tokens::{TokenEndpoint, TokenSet};
use leadferry_auth::vault::{Cost, KeySource, Passphrase};
use leadferry_connector::{
    Auth, BaseUrl, BuiltIn, ClientAuth, Endpoint, Hooks, Host, OAuth, OwnHost, Redirect, SignInAt, Spec,
    Transport, TransportError, TransportProblem,
};
use leadferry_model::{ConnectionId, ManualClock, Secret, Timestamp};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::Notify;

pub(crate) const START: &str = "2026-11-20T09:00:00Z";

pub(crate) fn clock() -> Arc<ManualClock> {
    Arc::new(ManualClock::new(START.parse().unwrap()))
}

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn connection() -> ConnectionId {
    ConnectionId::new("c1")
}

pub(crate) fn client() -> Client {
    Client { id: "app:1".into(), secret: Some(Secret::new("client hush")) }
}

/// One thing the vendor does.
pub(crate) enum Reply {
    Json(u16, Value),
    Dated(&'static str, Value),
    RetryAfter(u64),
    /// The request arrived, the answer did not.
    Lost,
    Unreachable,
    /// Answers once told to.
    Held(Arc<Notify>, Value),
}

/// A vendor that does what it is told, in order, and remembers what it was asked.
#[derive(Default)]
pub(crate) struct Vendor {
    script: Mutex<VecDeque<Reply>>,
    pub(crate) seen: Mutex<Vec<Seen>>,
}

#[derive(Clone, Debug)]
pub(crate) struct Seen {
    pub(crate) url: String,
    pub(crate) authorization: Option<String>,
    pub(crate) form: HashMap<String, String>,
}

impl Vendor {
    pub(crate) fn new(script: impl IntoIterator<Item = Reply>) -> Arc<Self> {
        Arc::new(Self { script: Mutex::new(script.into_iter().collect()), seen: Mutex::default() })
    }

    pub(crate) fn seen(&self) -> Vec<Seen> {
        self.seen.lock().unwrap().clone()
    }

    /// The refresh tokens it was shown, in order.
    pub(crate) fn refreshes(&self) -> Vec<String> {
        self.seen().into_iter().filter_map(|seen| seen.form.get("refresh_token").cloned()).collect()
    }
}

#[async_trait]
impl Transport for Vendor {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let form = url::form_urlencoded::parse(request.body()).into_owned().collect();
        let authorization = request.headers().get("authorization").map(|v| v.to_str().unwrap().to_owned());
        self.seen.lock().unwrap().push(Seen { url: request.uri().to_string(), authorization, form });
        let reply = self.script.lock().unwrap().pop_front();
        let answer = |status: u16, body: Value| {
            http::Response::builder().status(status).body(Bytes::from(body.to_string())).unwrap()
        };
        match reply {
            Some(Reply::Json(status, body)) => Ok(answer(status, body)),
            Some(Reply::Dated(date, body)) => {
                let mut answer = answer(200, body);
                answer.headers_mut().insert("date", date.parse().unwrap());
                Ok(answer)
            }
            Some(Reply::RetryAfter(seconds)) => {
                let mut answer = answer(429, serde_json::json!({}));
                answer.headers_mut().insert("retry-after", seconds.into());
                Ok(answer)
            }
            Some(Reply::Held(go, body)) => {
                go.notified().await;
                Ok(answer(200, body))
            }
            Some(Reply::Lost) => Err(lost(TransportProblem::Timeout, true)),
            Some(Reply::Unreachable) => Err(lost(TransportProblem::Unreachable, false)),
            None => Ok(answer(500, serde_json::json!({"message": "the script foresees no such call"}))),
        }
    }
}

fn lost(kind: TransportProblem, maybe_sent: bool) -> TransportError {
    TransportError { kind, maybe_sent, message: "scripted".into() }
}

/// Tokens as the vendor sends them.
pub(crate) fn tokens(access: &str, refresh: &str) -> Value {
    serde_json::json!({"access_token": access, "refresh_token": refresh, "expires_in": 1800, "token_type": "bearer"})
}

/// Hosts as Salesforce has them.
pub(crate) const CHOSEN: SignInAt = SignInAt::Chosen {
    hosts: &[
        Host { url: "https://login.example.com", label: "Production" },
        Host { url: "https://test.example.com", label: "Sandbox" },
    ],
    own: Some(OwnHost { label: "Own domain", help: "", endings: &[".my.example.com"] }),
};

/// Hosts as Zoho has them.
pub(crate) const TOLD: SignInAt = SignInAt::Told {
    parameter: "accounts-server",
    hosts: &[
        Host { url: "https://login.example.com", label: "United States" },
        Host { url: "https://login.example.eu", label: "Europe" },
    ],
};

const OAUTH: OAuth = OAuth {
    authorize_url: "https://app.example.com/oauth/authorize",
    endpoint: Endpoint {
        at: SignInAt::Vendor,
        token_url: "/oauth/token",
        revoke_url: Some("/oauth/token/revoke"),
        client_auth: ClientAuth::Body,
        scheme: "Bearer",
    },
    scopes: &["contacts.read", "contacts.write"],
    optional_scopes: &["leads.read"],
    scope_separator: " ",
    scopes_of_app: false,
    pkce: true,
    redirect: Redirect::LoopbackAnyPort,
    extra: &[("prompt", "consent")],
    built_in: BuiltIn { client_id: None, client_secret: None },
    own_app_steps: &[],
};

pub(crate) fn spec(redirect: Redirect, client_auth: ClientAuth) -> &'static Spec {
    let endpoint = Endpoint { client_auth, ..OAUTH.endpoint };
    spec_of(OAuth { redirect, endpoint, ..OAUTH }, BaseUrl::Fixed("https://api.example.com"))
}

/// A vendor with several hosts to sign in at, that tells with its tokens where requests go.
pub(crate) fn spec_at(at: SignInAt) -> &'static Spec {
    let endpoint = Endpoint { at, ..OAUTH.endpoint };
    let base = BaseUrl::FromToken { field: "api_domain", default: None };
    spec_of(OAuth { authorize_url: "/oauth/authorize", endpoint, ..OAUTH }, base)
}

/// A vendor without PKCE, whose scopes stand in the app's settings.
pub(crate) fn spec_without_pkce() -> &'static Spec {
    let oauth = OAuth { pkce: false, scopes_of_app: true, ..OAUTH };
    spec_of(oauth, BaseUrl::Fixed("https://api.example.com"))
}

fn spec_of(oauth: OAuth, base_url: BaseUrl) -> &'static Spec {
    Box::leak(Box::new(Spec {
        id: "example",
        name: "Example CRM",
        tagline: "",
        logo: "",
        roles: &[],
        auth: Box::leak(Box::new([Auth::OAuth(oauth)])),
        base_url,
        objects: &[],
        capabilities: &[],
        limits: &[],
        settings: &[],
        hooks: Hooks::Polled("Nobody calls in a test."),
        practice: None,
        docs: "https://docs.example.com",
        checked: "2026-11-20",
    }))
}

pub(crate) fn provider(redirect: Redirect) -> Provider {
    Provider::new(spec(redirect, ClientAuth::Body), Place::default()).unwrap()
}

pub(crate) fn endpoint(vendor: &Arc<Vendor>, clock: &Arc<ManualClock>) -> TokenEndpoint {
    let vendor: Arc<dyn Transport> = vendor.clone();
    TokenEndpoint::new(&provider(Redirect::LoopbackAnyPort).addresses, client(), vendor, clock.clone())
}

/// Tokens `a1` and `r1`, given at the start and good for half an hour.
pub(crate) fn first_tokens() -> TokenSet {
    TokenSet {
        access: Secret::new("a1"),
        refresh: Some(Secret::new("r1")),
        previous_refresh: None,
        expires_at: Some(at("2026-11-20T09:30:00Z")),
        refresh_at: Some(at("2026-11-20T09:27:00Z")),
        server_ahead: jiff::SignedDuration::ZERO,
        scopes: vec!["contacts.read".into(), "contacts.write".into()],
        lost_scopes: Vec::new(),
        extras: [("hub_id".to_owned(), "62515".to_owned())].into(),
        ended: false,
    }
}

pub(crate) fn passphrase(text: &str) -> KeySource {
    let cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
    KeySource::Passphrase(Passphrase::with_cost(&Secret::new(text), cost).unwrap())
}

/// Sends `request` as it stands and reads until the other side closes.
pub(crate) async fn send(address: &str, request: &str) -> String {
    let mut stream = TcpStream::connect(address).await.unwrap();
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    // A reset in place of a clean end is as good: what counts is what was said.
    drop(stream.read_to_string(&mut answer).await);
    answer
}

/// What a browser sends for `url`.
pub(crate) async fn visit(url: &str) -> String {
    let (host, target) = split(url);
    send(&host, &format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nAccept: text/html\r\n\r\n")).await
}

/// `host:port` and the rest.
pub(crate) fn split(url: &str) -> (String, String) {
    let rest = url.strip_prefix("http://").unwrap();
    let slash = rest.find('/').unwrap();
    (rest[..slash].to_owned(), rest[slash..].to_owned())
}
