//! Sign-ins of vendors that do it their own way: no PKCE, or a host that is only told afterwards.

use leadferry_auth::oauth::{Client, Flow, FlowError, Place, Provider};
use leadferry_connector::{ClientAuth, Redirect};

use crate::flow::{flow, run};
use crate::support::{Reply, TOLD, Vendor, clock, spec, spec_at, spec_without_pkce, tokens, visit};

#[tokio::test]
async fn a_vendor_without_pkce_is_sent_none_and_no_scopes_that_stand_in_the_app() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let provider = Provider::new(spec_without_pkce(), Place::default()).unwrap();
    let running = run(flow(&provider, &vendor).unwrap());
    for name in ["code_challenge", "code_challenge_method", "scope", "optional_scope"] {
        assert!(!running.query.contains_key(name), "{name} is not the vendor's");
    }
    visit(&running.back("code=c1")).await;
    let signed_in = running.done.await.unwrap().unwrap();
    assert!(!vendor.seen()[0].form.contains_key("code_verifier"), "nothing to verify");
    assert_eq!(signed_in.tokens.scopes, ["contacts.read", "contacts.write"], "what the app is set up with");
    assert_eq!(signed_in.host, None, "the same for everybody");
}

#[tokio::test]
async fn a_code_goes_to_the_host_the_vendor_told() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let provider = Provider::new(spec_at(TOLD), Place::default()).unwrap();
    let running = run(flow(&provider, &vendor).unwrap());
    visit(&running.back("code=c1&location=eu&accounts-server=https%3A%2F%2Flogin.example.eu")).await;
    let signed_in = running.done.await.unwrap().unwrap();
    assert_eq!(
        vendor.seen()[0].url,
        "https://login.example.eu/oauth/token",
        "codes do not cross data centres"
    );
    assert_eq!(
        signed_in.host.map(String::from).as_deref(),
        Some("https://login.example.eu/"),
        "to be kept, since renewing goes there too"
    );
}

#[tokio::test]
async fn a_host_nobody_knows_gets_no_code() {
    let vendor = Vendor::new([]);
    let provider = Provider::new(spec_at(TOLD), Place::default()).unwrap();
    let running = run(flow(&provider, &vendor).unwrap());
    visit(&running.back("code=c1&accounts-server=https%3A%2F%2Flogin.example.com.evil.example.org")).await;
    assert_eq!(
        running.done.await.unwrap().unwrap_err(),
        FlowError::UnknownHost,
        "anybody can write an address"
    );
    assert!(vendor.seen().is_empty(), "the code went nowhere");
}

#[tokio::test]
async fn without_a_told_host_the_usual_one_is_asked() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let provider = Provider::new(spec_at(TOLD), Place::default()).unwrap();
    let running = run(flow(&provider, &vendor).unwrap());
    visit(&running.back("code=c1")).await;
    running.done.await.unwrap().unwrap();
    assert_eq!(vendor.seen()[0].url, "https://login.example.com/oauth/token", "where the browser began");
}

#[tokio::test]
async fn a_practice_crm_is_not_left_for_a_told_host() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let base = "http://127.0.0.1:4100".parse().unwrap();
    let provider = Provider::new(spec_at(TOLD), Place { base: Some(&base), host: None }).unwrap();
    let running = run(flow(&provider, &vendor).unwrap());
    visit(&running.back("code=c1&accounts-server=https%3A%2F%2Flogin.example.eu")).await;
    assert_eq!(running.done.await.unwrap().unwrap().host, None, "nothing to keep");
    assert_eq!(vendor.seen()[0].url, "http://127.0.0.1:4100/oauth/token", "the person's choice");
}

#[tokio::test]
async fn an_app_may_be_without_a_secret_where_the_vendor_leaves_it_open() {
    let vendor = Vendor::new([Reply::Json(200, tokens("a1", "r1"))]);
    let spec = spec(Redirect::LoopbackAnyPort, ClientAuth::BodyIfSecret);
    let provider = Provider::new(spec, Place::default()).unwrap();
    let client = Client { id: "app".into(), secret: None };
    let running = run(Flow::start(&provider, client, "", vendor.clone(), clock(), &mut rand::rng()).unwrap());
    visit(&running.back("code=c1")).await;
    running.done.await.unwrap().unwrap();
    let form = &vendor.seen()[0].form;
    assert_eq!((form["client_id"].as_str(), form.get("client_secret")), ("app", None), "the id alone");
}
