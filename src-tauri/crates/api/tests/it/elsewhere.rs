//! A vendor with data centres and own domains, whose API is where its tokens say.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::{
    Account, Answers, AppGrant, Auth, BaseUrl, BuiltIn, Call, Capability, ClientAuth, Connector, Endpoint,
    Hooks, Host, OAuth, ObjectSpec, Outcome, OwnHost, Redirect, RequestPreview, Role, SignInAt, Spec,
    Transport, TransportError, Upsert,
};
use leadferry_model::{Failure, ObjectSchema};
use serde_json::Value;

const HOSTS: &[Host] = &[
    Host { url: "https://login.example.com", label: "United States" },
    Host { url: "https://login.example.eu", label: "Europe" },
];

const TOLD: Endpoint = Endpoint {
    at: SignInAt::Told { parameter: "accounts-server", hosts: HOSTS },
    token_url: "/oauth/token",
    revoke_url: Some("/oauth/revoke"),
    client_auth: ClientAuth::BodyIfSecret,
    scheme: "Example-oauthtoken",
};

const fn app(endpoint: Endpoint) -> AppGrant {
    AppGrant {
        endpoint,
        scopes: &["leads"],
        scope_separator: ",",
        scopes_of_app: false,
        steps: &["Make an app."],
    }
}

static SPEC: Spec = Spec {
    id: "elsewhere",
    name: "Elsewhere",
    tagline: "In another place for everybody",
    logo: "<svg/>",
    roles: &[Role::Destination],
    auth: &[
        Auth::OAuth(OAuth {
            authorize_url: "/oauth/authorize",
            endpoint: TOLD,
            scopes: &["leads"],
            optional_scopes: &[],
            scope_separator: ",",
            scopes_of_app: false,
            pkce: true,
            redirect: Redirect::LoopbackAnyPort,
            extra: &[],
            built_in: BuiltIn { client_id: None, client_secret: None },
            own_app_steps: &[],
        }),
        Auth::ClientCredentials(app(Endpoint {
            at: SignInAt::Chosen {
                hosts: &[],
                own: Some(OwnHost { label: "Own domain", help: "", endings: &[".my.example.com"] }),
            },
            ..TOLD
        })),
        Auth::JwtBearer(app(TOLD)),
        Auth::PastedCode(app(TOLD)),
    ],
    base_url: BaseUrl::FromToken { field: "api_domain", default: Some("https://api.example.com") },
    objects: &[ObjectSpec {
        name: "people",
        label: "Person",
        batch: 1,
        lead_id: None,
        email_field: Some("email"),
        phone_field: None,
        changed_field: None,
        becomes: None,
    }],
    capabilities: &[Capability::Revoke],
    limits: &[],
    settings: &[],
    hooks: Hooks::Polled("Nobody calls in a test."),
    practice: None,
    docs: "https://example.com/docs",
    checked: "2026-11-20",
};

/// The list with nothing else in it.
pub(crate) static ELSEWHERE: [&dyn Connector; 1] = [&Elsewhere];

struct Elsewhere;

#[async_trait]
impl Connector for Elsewhere {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        call.http.get(&["me"]).send(&Answers::BY_STATUS).await?;
        Ok(Account {
            id: "acme".into(),
            name: "Acme".into(),
            user: None,
            may: Vec::new(),
            may_not: Vec::new(),
            sandbox: false,
            read_only: false,
            remember: BTreeMap::new(),
        })
    }

    async fn describe(&self, _: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure> {
        Ok(ObjectSchema {
            object: object.into(),
            label: "Person".into(),
            fields: Vec::new(),
            one_of: Vec::new(),
            open: true,
        })
    }

    async fn upsert(&self, _: &Call<'_>, _: &str, _: &[Upsert]) -> Vec<Outcome> {
        Vec::new()
    }

    fn preview(&self, _: &Call<'_>, _: &str, _: &[Upsert]) -> Vec<RequestPreview> {
        Vec::new()
    }
}

/// A request as the vendor saw it.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) url: String,
    pub(crate) authorization: Option<String>,
    form: BTreeMap<String, String>,
}

impl Asked {
    pub(crate) fn field(&self, name: &str) -> Option<&str> {
        self.form.get(name).map(String::as_str)
    }
}

/// Gives out tokens in order, and takes each until it is expired.
pub(crate) struct Vendor {
    tokens: Mutex<VecDeque<Value>>,
    expired: Mutex<HashSet<String>>,
    asked: Mutex<Vec<Asked>>,
}

impl Vendor {
    pub(crate) fn new(tokens: impl IntoIterator<Item = Value>) -> Arc<Self> {
        Arc::new(Self {
            tokens: Mutex::new(tokens.into_iter().collect()),
            expired: Mutex::default(),
            asked: Mutex::default(),
        })
    }

    /// What it was asked since the last time.
    pub(crate) fn take(&self) -> Vec<Asked> {
        std::mem::take(&mut *self.asked.lock().unwrap())
    }

    pub(crate) fn expire(&self, token: &str) {
        self.expired.lock().unwrap().insert(format!("Example-oauthtoken {token}"));
    }
}

#[async_trait]
impl Transport for Vendor {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        let asked = Asked {
            url: request.uri().to_string(),
            authorization: request.headers().get("authorization").map(|v| v.to_str().unwrap().to_owned()),
            form: url::form_urlencoded::parse(request.body()).into_owned().collect(),
        };
        let answer = match request.uri().path() {
            "/oauth/token" => self.tokens.lock().unwrap().pop_front().map(|token| (200, token)),
            "/oauth/revoke" => Some((200, Value::Null)),
            "/me" => {
                let known =
                    asked.authorization.as_ref().is_some_and(|a| !self.expired.lock().unwrap().contains(a));
                Some((if known { 200 } else { 401 }, Value::Null))
            }
            _ => None,
        };
        self.asked.lock().unwrap().push(asked);
        let (status, body) = answer.unwrap_or((500, Value::Null));
        Ok(http::Response::builder().status(status).body(body.to_string().into()).unwrap())
    }
}
