//! What one call does, seen from a connector's side and from the wire.

use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_model::{Failure, FailureKind, Secret};
use serde_json::{Value, json};

use crate::testkit::{Bench, Fixture, Script};
use crate::{
    Access, Answers, AppGrant, Auth, BaseUrl, ClientAuth, Credential, Endpoint, Hooks, Limit,
    ReqwestTransport, SignInAt, Spec, TokenPlacement, Transport, TransportProblem, Window,
};

const SPEC: Spec = Spec {
    id: "example",
    name: "Example",
    tagline: "",
    logo: "",
    roles: &[],
    auth: &[Auth::Token {
        label: "Token",
        placement: TokenPlacement::Header("x-api-token"),
        prefixes: &[],
        steps: &[],
    }],
    base_url: BaseUrl::Fixed("https://api.example.com"),
    objects: &[],
    capabilities: &[],
    limits: &[Limit::of_calls("burst", 2, Window::Seconds(10), "")],
    settings: &[],
    hooks: Hooks::Polled("Nobody calls in a test."),
    practice: None,
    docs: "",
    checked: "2026-11-20",
};
static STATIC_SPEC: Spec = SPEC;
static SCHEME_SPEC: Spec = Spec {
    auth: &[Auth::ClientCredentials(AppGrant {
        endpoint: Endpoint {
            at: SignInAt::Vendor,
            token_url: "/token",
            revoke_url: None,
            client_auth: ClientAuth::Body,
            scheme: "Example-oauthtoken",
        },
        scopes: &[],
        scope_separator: " ",
        scopes_of_app: false,
        steps: &[],
    })],
    ..SPEC
};
static HOOK_SPEC: Spec = Spec { base_url: BaseUrl::Setting("url"), auth: &[Auth::None], ..SPEC };

/// Gives a newer token once, as a refresh does.
struct Renewing(AtomicUsize);

#[async_trait]
impl Access for Renewing {
    async fn credential(&self) -> Result<Credential, Failure> {
        Ok(Credential::Bearer(Secret::new("old-canary-token")))
    }

    async fn refused(&self, _used: &Credential) -> Result<Credential, Failure> {
        self.0.fetch_add(1, Ordering::SeqCst);
        Ok(Credential::Bearer(Secret::new("new-canary-token")))
    }

    fn shape(&self) -> Credential {
        Credential::Bearer(Secret::new(crate::redact::MASK))
    }
}

#[tokio::test]
async fn a_call_carries_credential_query_and_body() {
    let script = Arc::new(Script::new([Fixture::new("POST", "/v1/a%2Fb/x", 200, json!({"id": 7}))
        .query(json!({"limit": "5"}))
        .body(json!({"n": 1}))]));
    let bench = Bench::with(
        &STATIC_SPEC,
        "https://api.example.com/v1/",
        script.clone(),
        crate::Fixed(Credential::Token(Secret::new(Bench::TOKEN))),
    );
    let request = bench.http.post(&["a/b", "x"]).query("limit", 5).json(&json!({"n": 1}));
    let answer = request.fetch::<Value>(&Answers::BY_STATUS).await.unwrap();
    assert_eq!(answer.body["id"], 7, "the answer is parsed");
    let sent = &script.sent()[0];
    assert_eq!(sent.header("x-api-token"), Some(Bench::TOKEN), "the token goes where the spec says");
    assert_eq!(sent.header("user-agent").unwrap().split('/').next(), Some("Leadferry"), "we say who we are");
}

#[tokio::test]
async fn ids_cannot_leave_their_path() {
    let bench = Bench::new(&STATIC_SPEC, Arc::new(Script::default()));
    for path in [&["contacts", ".."][..], &["contacts", "."], &["", "contacts"]] {
        let failure = bench.http.get(path).send(&Answers::BY_STATUS).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unexpected, "{path:?} must not be sent");
    }
}

#[tokio::test]
async fn a_refused_token_is_renewed_once() {
    let script = Arc::new(Script::new([
        Fixture::new("GET", "/me", 401, json!({})),
        Fixture::new("GET", "/me", 200, json!({})),
    ]));
    let bench =
        Bench::with(&STATIC_SPEC, "https://api.example.com", script.clone(), Renewing(AtomicUsize::new(0)));
    bench.http.get(&["me"]).send(&Answers::BY_STATUS).await.unwrap();
    assert_eq!(
        script.sent()[1].header("authorization"),
        Some("Bearer new-canary-token"),
        "the second try uses the newer token"
    );
}

#[tokio::test]
async fn a_token_refused_twice_is_lost_access() {
    let script = Arc::new(Script::new([
        Fixture::new("GET", "/me", 401, json!({})),
        Fixture::new("GET", "/me", 401, json!({})),
    ]));
    let access = Arc::new(Renewing(AtomicUsize::new(0)));
    let bench = Bench::with(&STATIC_SPEC, "https://api.example.com", script, access.clone());
    let failure = bench.http.get(&["me"]).send(&Answers::BY_STATUS).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Auth, "a person has to sign in again");
    assert_eq!(access.0.load(Ordering::SeqCst), 1, "one refresh a request, or two systems argue for ever");
}

#[async_trait]
impl Access for Arc<Renewing> {
    async fn credential(&self) -> Result<Credential, Failure> {
        (**self).credential().await
    }

    async fn refused(&self, used: &Credential) -> Result<Credential, Failure> {
        (**self).refused(used).await
    }

    fn shape(&self) -> Credential {
        (**self).shape()
    }
}

#[tokio::test]
async fn an_access_token_goes_after_the_vendors_own_word() {
    let script = Arc::new(Script::new([Fixture::new("GET", "/me", 200, json!({}))]));
    let access = crate::Fixed(Credential::Bearer(Secret::new("canary-token")));
    let bench = Bench::with(&SCHEME_SPEC, "https://api.example.com", script.clone(), access);
    let preview = bench.http.get(&["me"]).preview().unwrap();
    assert_eq!(
        preview.headers[0],
        ("authorization".to_owned(), "Example-oauthtoken •••".to_owned()),
        "the preview shows what is sent, masked"
    );
    bench.http.get(&["me"]).send(&Answers::BY_STATUS).await.unwrap();
    assert_eq!(
        script.sent()[0].header("authorization"),
        Some("Example-oauthtoken canary-token"),
        "not Bearer"
    );
}

#[tokio::test]
async fn a_preview_shows_the_access_of_this_connection() {
    let bench = |credential| {
        let access = crate::Fixed(credential);
        Bench::with(&STATIC_SPEC, "https://api.example.com", Arc::new(Script::default()), access)
    };
    let header = |bench: Bench| bench.http.get(&["me"]).preview().unwrap().headers.swap_remove(0);
    let pasted = header(bench(Credential::Token(Secret::new("canary-token"))));
    assert_eq!(pasted, ("x-api-token".to_owned(), "•••".to_owned()), "a pasted token has its own header");
    let signed_in = header(bench(Credential::Bearer(Secret::new("canary-token"))));
    assert_eq!(signed_in, ("authorization".to_owned(), "Bearer •••".to_owned()), "a sign-in has another");
}

#[tokio::test]
async fn the_next_page_is_where_the_vendor_says_but_never_elsewhere() {
    let script = Arc::new(Script::new([
        Fixture::new("GET", "/data/query/01g-2000", 200, json!({})).query(json!({"size": "200"}))
    ]));
    let bench = Bench::new(&STATIC_SPEC, script);
    bench.http.get_given("/data/query/01g-2000?size=200").send(&Answers::BY_STATUS).await.unwrap();
    let failure =
        bench.http.get_given("//evil.example.org/data").send(&Answers::BY_STATUS).await.unwrap_err();
    assert_eq!(failure.kind, FailureKind::Unexpected, "a token must not follow it");
}

#[tokio::test]
async fn an_answer_without_a_body_is_nothing() {
    let bench = Bench::new(
        &STATIC_SPEC,
        Arc::new(Script::new([
            Fixture::new("GET", "/a", 204, Value::Null),
            Fixture::new("GET", "/a", 304, Value::Null),
            Fixture::new("GET", "/a", 200, json!({"id": 7})),
            Fixture::new("GET", "/a", 404, json!({})),
        ])),
    );
    let get = || bench.http.get(&["a"]).fetch_if_any::<Value>(&Answers::BY_STATUS);
    assert!(get().await.unwrap().is_none(), "no rows");
    assert!(get().await.unwrap().is_none(), "nothing changed");
    assert_eq!(get().await.unwrap().unwrap().body["id"], 7, "something");
    assert_eq!(get().await.unwrap_err().kind, FailureKind::NotFound, "a refusal stays one");
}

#[tokio::test]
async fn a_connector_may_take_other_statuses_for_a_success() {
    let script = Script::new([Fixture::new("PATCH", "/a", 300, json!(["/a/1", "/a/2"]))]);
    let bench = Bench::new(&STATIC_SPEC, Arc::new(script));
    let patch = bench.http.patch(&["a"]).json(&json!({})).also_takes(300);
    let answer = patch.fetch::<Vec<String>>(&Answers::BY_STATUS).await.unwrap();
    assert_eq!((answer.status.as_u16(), answer.body.len()), (300, 2), "several records match");
}

#[tokio::test]
async fn text_is_asked_for_and_read_as_it_is() {
    let script = Arc::new(Script::new([Fixture::new("GET", "/rows", 200, json!("id,name\n1,Ada\n"))]));
    let bench = Bench::new(&STATIC_SPEC, script.clone());
    let answer = bench.http.get(&["rows"]).accept("text/csv").fetch_text(&Answers::BY_STATUS).await.unwrap();
    assert_eq!(answer.body, "id,name\n1,Ada\n", "line ends and all");
    assert_eq!(script.sent()[0].header("accept"), Some("text/csv"), "instead of JSON");
}

#[tokio::test]
async fn a_call_beyond_the_limit_is_not_sent() {
    let script = Arc::new(Script::new([
        Fixture::new("GET", "/a", 200, json!({})),
        Fixture::new("GET", "/a", 200, json!({})),
    ]));
    let bench = Bench::new(&STATIC_SPEC, script);
    let get = || bench.http.get(&["a"]).draws(&["burst"]).send(&Answers::BY_STATUS);
    get().await.unwrap();
    get().await.unwrap();
    let failure = get().await.unwrap_err();
    assert_eq!(
        failure.kind,
        FailureKind::RateLimited { after_seconds: Some(10) },
        "the limit is obeyed before it is hit"
    );
}

#[tokio::test]
async fn a_limit_the_vendor_reports_holds_the_next_call_back() {
    let script =
        Arc::new(Script::new([Fixture::new("GET", "/a", 429, json!({})).header("retry-after", "7")]));
    let bench = Bench::new(&STATIC_SPEC, script);
    for _ in 0..2 {
        let get = bench.http.get(&["a"]).draws(&["burst"]).send(&Answers::BY_STATUS);
        let failure = get.await.unwrap_err();
        assert_eq!(
            failure.kind,
            FailureKind::RateLimited { after_seconds: Some(7) },
            "the second call is refused by our own pacing and never sent"
        );
    }
}

#[tokio::test]
async fn a_lost_answer_to_a_write_may_have_been_applied() {
    let script =
        Script::new([Fixture::lost("POST", "/a"), Fixture::lost("GET", "/a"), Fixture::lost("POST", "/s")]);
    let bench = Bench::new(&STATIC_SPEC, Arc::new(script));
    let cases = [
        (bench.http.post(&["a"]), true),
        (bench.http.get(&["a"]), false),
        (bench.http.post(&["s"]).only_reads(), false),
    ];
    for (request, expected) in cases {
        let failure = request.send(&Answers::BY_STATUS).await.unwrap_err();
        assert_eq!(failure.kind, FailureKind::Unavailable, "no answer came");
        assert_eq!(failure.maybe_applied, expected, "only a write can have been applied");
    }
}

#[tokio::test]
async fn a_broken_body_after_a_write_may_have_been_applied() {
    let script = Script::new([Fixture::new("POST", "/a", 200, json!("{\"id\": "))]);
    let bench = Bench::new(&STATIC_SPEC, Arc::new(script));
    let failure = bench.http.post(&["a"]).fetch::<Value>(&Answers::BY_STATUS).await.unwrap_err();
    assert_eq!(
        (failure.kind, failure.maybe_applied),
        (FailureKind::Unexpected, true),
        "2xx means it was taken"
    );
}

#[tokio::test]
async fn nothing_secret_is_kept_or_shown() {
    let echo = format!("the token {} is unknown", Bench::TOKEN);
    let script =
        Script::new([Fixture::new("POST", "/a", 400, json!({"message": echo, "token": Bench::TOKEN}))]);
    let bench = Bench::new(&STATIC_SPEC, Arc::new(script));
    let failure = bench
        .http
        .post(&["a"])
        .query("echo", Bench::TOKEN)
        .json(&json!({"client_secret": "hush-hush", "text": Bench::TOKEN}))
        .send(&Answers::BY_STATUS)
        .await
        .unwrap_err();
    let shown = format!("{failure:?} {:?}", bench.exchanges());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(!shown.contains("hush"), "{shown}");
}

#[tokio::test]
async fn an_address_that_is_a_credential_is_shown_by_its_host() {
    let script =
        Script::new([Fixture::new("POST", "/catch/canary", 200, json!({})).query(json!({"k": "canary"}))]);
    let access = crate::Fixed(Credential::None);
    let bench =
        Bench::with(&HOOK_SPEC, "https://hooks.example.com/catch/canary?k=canary", Arc::new(script), access);
    let preview = bench.http.post(&[]).preview().unwrap();
    bench.http.post(&[]).send(&Answers::BY_STATUS).await.unwrap();
    let shown = format!("{preview:?} {:?}", bench.exchanges());
    assert!(!shown.contains("canary"), "{shown}");
    assert!(shown.contains("https://hooks.example.com/•••"), "{shown}");
}

/// A server for one request that answers with these bytes and closes.
fn once(answer: &'static [u8]) -> String {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut bytes = [0; 4096];
        assert!(stream.read(&mut bytes).unwrap() > 0, "a request came");
        stream.write_all(answer).unwrap();
    });
    format!("http://{address}/a")
}

async fn really(url: &str) -> Result<http::Response<Bytes>, crate::TransportError> {
    let request = http::Request::post(url).body(Bytes::new()).unwrap();
    ReqwestTransport::new().unwrap().send(request, Duration::from_secs(30)).await
}

#[tokio::test]
async fn redirects_are_answers() {
    let answer = b"HTTP/1.1 302 Found\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: 0\r\n\r\n";
    let response = really(&once(answer)).await.unwrap();
    assert_eq!(response.status(), 302, "a token must not follow a redirect");
}

#[tokio::test]
async fn a_reset_after_sending_may_have_been_applied() {
    let error = really(&once(b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nhalf")).await.unwrap_err();
    assert_eq!((error.kind, error.maybe_sent), (TransportProblem::Broken, true), "half an answer is none");
}

#[tokio::test]
async fn a_closed_port_was_never_reached() {
    let port = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port();
    let error = really(&format!("http://127.0.0.1:{port}/")).await.unwrap_err();
    assert_eq!(
        (error.kind, error.maybe_sent),
        (TransportProblem::Unreachable, false),
        "nothing left this computer"
    );
}
