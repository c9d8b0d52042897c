//! A sign-in from the first address to tokens, over real sockets.

use std::collections::HashMap;
use std::net::TcpListener;
use std::sync::{Arc, Mutex};

use base64::{
    Engine,
    engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD},
};
use leadferry_auth::oauth::{
    AddressFault, Client, Flow, FlowError, FlowEvent, PendingFlows, Place, Provider, SignedIn,
};
use leadferry_connector::{ClientAuth, Redirect, Transport};
use leadferry_model::Secret;
use sha2::{Digest, Sha256};
use tokio::task::JoinHandle;
use tokio_util::sync::CancellationToken;

use crate::support::{Reply, Vendor, at, client, clock, provider, spec, split, tokens, visit};

/// A sign-in under way.
pub(crate) struct Running {
    pub(crate) query: HashMap<String, String>,
    pub(crate) events: Arc<Mutex<Vec<FlowEvent>>>,
    pub(crate) cancel: CancellationToken,
    pub(crate) done: JoinHandle<Result<SignedIn, FlowError>>,
}

impl Running {
    pub(crate) fn redirect(&self) -> &str {
        &self.query["redirect_uri"]
    }

    /// The redirect address with the right state and more.
    pub(crate) fn back(&self, more: &str) -> String {
        format!("{}?state={}&{more}", self.redirect(), self.query["state"])
    }
}

pub(crate) fn flow(provider: &Provider, vendor: &Arc<Vendor>) -> Result<Flow, FlowError> {
    let transport: Arc<dyn Transport> = vendor.clone();
    Flow::start(provider, client(), "app.leadferry.test", transport, clock(), &mut rand::rng())
}

pub(crate) fn run(flow: Flow) -> Running {
    let query = flow.authorize_url().query_pairs().into_owned().collect();
    let (events, cancel) = (Arc::<Mutex<Vec<FlowEvent>>>::default(), CancellationToken::new());
    let (told, stop) = (events.clone(), cancel.clone());
    let done = tokio::spawn(async move { flow.run(&stop, |event| told.lock().unwrap().push(event)).await });
    Running { query, events, cancel, done }
}

pub(crate) fn start(vendor: &Arc<Vendor>) -> Running {
    run(flow(&provider(Redirect::LoopbackAnyPort), vendor).unwrap())
}

#[tokio::test]
async fn a_sign_in_ends_with_tokens() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let running = start(&vendor);
    let page = visit(&running.back("code=c1")).await;
    let redirect = running.redirect().to_owned();
    let (challenge, events) = (running.query["code_challenge"].clone(), running.events.clone());
    let granted = running.done.await.unwrap().unwrap().tokens;

    assert!(page.starts_with("HTTP/1.1 200 OK") && page.contains("Go back to Leadferry"), "{page}");
    assert_eq!(granted.access, Secret::new("a1"), "the vendor's token");
    assert_eq!(granted.scopes, ["contacts.read", "contacts.write"], "as asked, since the answer names none");
    assert_eq!(granted.refresh_at, Some(at("2026-11-20T09:27:00Z")), "a tenth of half an hour early");
    let asked = &vendor.seen()[0];
    assert_eq!(asked.url, "https://api.example.com/oauth/token", "the token endpoint");
    assert_eq!(asked.form["redirect_uri"], redirect, "byte for byte the same");
    let verifier = Sha256::digest(&asked.form["code_verifier"]);
    assert_eq!(URL_SAFE_NO_PAD.encode(verifier), challenge, "the verifier belongs to the challenge");
    assert_eq!(
        *events.lock().unwrap(),
        [
            FlowEvent::Waiting { until: at("2026-11-20T09:05:00Z") },
            FlowEvent::Received,
            FlowEvent::Exchanging,
            FlowEvent::Connected
        ],
        "each step is told"
    );
    let (host, _) = split(&redirect);
    assert!(tokio::net::TcpStream::connect(host).await.is_err(), "the port is closed at once");
}

#[tokio::test]
async fn the_authorize_address_says_everything_once() {
    let vendor = Vendor::new([]);
    let one = flow(&provider(Redirect::LoopbackAnyPort), &vendor).unwrap();
    let two = flow(&provider(Redirect::LoopbackAnyPort), &vendor).unwrap();
    let query: HashMap<_, _> = one.authorize_url().query_pairs().into_owned().collect();
    assert_eq!(query["response_type"], "code", "no implicit grant");
    assert_eq!(query["code_challenge_method"], "S256", "never plain");
    assert_eq!(query["scope"], "contacts.read contacts.write", "by the spec's separator");
    assert_eq!(query["optional_scope"], "leads.read", "what some accounts cannot grant");
    assert_eq!(query["prompt"], "consent", "the spec's extras");
    assert_eq!(query["client_id"], "app:1", "the person's own app");
    assert!(query["redirect_uri"].starts_with("http://127.0.0.1:"), "an address, not a name (RFC 8252)");
    assert!(query["redirect_uri"].contains("/cb/example/"), "a path per vendor against mix-ups");
    let other: HashMap<_, _> = two.authorize_url().query_pairs().into_owned().collect();
    for name in ["state", "code_challenge", "redirect_uri"] {
        assert_ne!(query[name], other[name], "{name} is new for each sign-in");
    }
    assert!(!format!("{one:?}").contains(&query["state"]), "no secret in Debug");
}

#[tokio::test]
async fn each_vendor_gets_the_client_shown_its_way() {
    for (way, body, header) in [
        (ClientAuth::Body, true, false),
        (ClientAuth::BodyIfSecret, true, false),
        (ClientAuth::Basic, false, true),
        (ClientAuth::None, false, false),
    ] {
        let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
        let provider = Provider::new(spec(Redirect::LoopbackAnyPort, way), Place::default()).unwrap();
        let running = run(flow(&provider, &vendor).unwrap());
        visit(&running.back("code=c1")).await;
        running.done.await.unwrap().unwrap();
        let asked = vendor.seen()[0].clone();
        assert_eq!(asked.form.contains_key("client_secret"), body, "{way:?}: the secret in the body");
        let expected = format!("Basic {}", STANDARD.encode("app%3A1:client+hush"));
        assert_eq!(asked.authorization, header.then_some(expected), "{way:?}: the secret in the header");
    }
}

#[tokio::test]
async fn a_missing_client_secret_is_told_before_the_browser_opens() {
    let vendor: Arc<dyn Transport> = Vendor::new([]);
    let client = Client { id: "app".into(), secret: None };
    let started =
        Flow::start(&provider(Redirect::LoopbackAnyPort), client, "", vendor, clock(), &mut rand::rng());
    assert_eq!(started.unwrap_err(), FlowError::NoClientSecret, "the exchange could only end in a refusal");
}

#[tokio::test]
async fn a_refused_exchange_is_told_in_words() {
    let refusal = serde_json::json!({"error": "invalid_client", "error_description": "client hush is wrong"});
    let running = start(&Vendor::new([Reply::Json(401, refusal)]));
    visit(&running.back("code=c1")).await;
    let error = running.done.await.unwrap().unwrap_err().to_string();
    assert!(error.contains("client id or client secret is wrong"), "what to correct: {error}");
    assert!(!error.contains("client hush"), "the secret is not repeated: {error}");
}

#[tokio::test]
async fn stopping_closes_everything() {
    let running = start(&Vendor::new([]));
    running.cancel.cancel();
    let (host, _) = split(running.redirect());
    assert_eq!(running.done.await.unwrap().unwrap_err(), FlowError::Cancelled, "the person's wish");
    assert_eq!(running.events.lock().unwrap().last(), Some(&FlowEvent::Cancelled), "and told");
    assert!(tokio::net::TcpStream::connect(host).await.is_err(), "nothing listens any more");
}

#[tokio::test(start_paused = true)]
async fn nobody_coming_back_ends_after_five_minutes() {
    let began = tokio::time::Instant::now();
    let running = start(&Vendor::new([]));
    assert_eq!(running.done.await.unwrap().unwrap_err(), FlowError::TimedOut, "the page was left open");
    assert_eq!(began.elapsed().as_secs(), 300, "by the runtime's own clock, which the test owns");
    assert_eq!(running.events.lock().unwrap().last(), Some(&FlowEvent::TimedOut), "and told");
}

fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

#[tokio::test]
async fn the_first_free_registered_port_is_taken() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let (taken, free) = (busy.local_addr().unwrap().port(), free_port());
    let ports: &'static [u16] = Box::leak(Box::new([taken, free]));
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let running = run(flow(&provider(Redirect::LocalhostPorts(ports)), &vendor).unwrap());
    assert_eq!(running.redirect(), format!("http://localhost:{free}/oauth-callback"), "as it is registered");
    visit(&running.back("code=c1")).await;
    assert!(running.done.await.unwrap().is_ok(), "whichever address localhost is");
}

#[tokio::test]
async fn taken_ports_are_named() {
    let busy = TcpListener::bind("127.0.0.1:0").unwrap();
    let ports: &'static [u16] = Box::leak(Box::new([busy.local_addr().unwrap().port()]));
    let error = flow(&provider(Redirect::LocalhostPorts(ports)), &Vendor::new([])).unwrap_err();
    assert_eq!(error, FlowError::PortsTaken(ports.to_vec()), "another program may not get the code");
    let event = FlowEvent::from(&error);
    let FlowEvent::CouldNotListen { why } = event else { panic!("{event:?}") };
    assert!(why.contains(&ports[0].to_string()), "which port to free: {why}");
}

#[tokio::test]
async fn an_address_of_the_apps_scheme_reaches_only_the_flow_it_answers() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let pending = PendingFlows::default();
    let flow = flow(&provider(Redirect::CustomScheme), &vendor).unwrap();
    pending.add(&flow.handle());
    let running = run(flow);
    assert_eq!(running.redirect(), "app.leadferry.test:/cb/example", "the reverse-domain form");
    let right = running.back("code=c1");

    for (link, fault) in [
        ("app.leadferry.test:/cb/example?state=guess&code=c".to_owned(), AddressFault::OtherSignIn),
        ("app.leadferry.test:/cb/other?state=x&code=c".to_owned(), AddressFault::NotTheAddress),
        ("app.leadferry.test:/import?file=x".to_owned(), AddressFault::NotTheAddress),
        (format!("{right}&code=c2"), AddressFault::NotTheAddress),
        (format!("{right}\n--flag"), AddressFault::NotTheAddress),
        (format!("{right}&x={}", "y".repeat(20_000)), AddressFault::NotTheAddress),
    ] {
        assert_eq!(pending.deliver(&link), Err(fault), "{}", &link[..link.len().min(120)]);
    }
    assert_eq!(pending.deliver(&right), Ok(()), "the one it waits for");
    assert_eq!(pending.deliver(&right), Err(AddressFault::UsedAlready), "once");
    assert!(running.done.await.unwrap().is_ok(), "signed in");
    assert_eq!(pending.deliver(&right), Err(AddressFault::NotTheAddress), "nothing waits any more");
}

#[tokio::test]
async fn a_pasted_address_does_as_well() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let flow = flow(&provider(Redirect::LoopbackAnyPort), &vendor).unwrap();
    let handle = flow.handle();
    let running = run(flow);
    for _ in 0..9 {
        let other = format!("{}?state=other&code=c", running.redirect());
        assert_eq!(handle.complete_with_url(&other), Err(AddressFault::OtherSignIn), "a slip is no attack");
    }
    assert_eq!(
        handle.complete_with_url("https://app.example.com/?code=c"),
        Err(AddressFault::NotTheAddress),
        "not ours"
    );
    assert_eq!(
        handle.complete_with_url(&format!("  {}\n", running.back("code=c1"))),
        Ok(()),
        "spaces come with copying"
    );
    assert!(running.done.await.unwrap().is_ok(), "signed in without the browser reaching us");
    assert_eq!(vendor.seen()[0].form["code"], "c1", "the code from the address");
}
