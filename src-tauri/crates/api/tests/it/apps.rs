//! Connecting apps that need no browser, at vendors with several hosts to sign in at.

use std::sync::Arc;

use leadferry_api::{
    AppAccess, AuthView, ById, Connect, ConnectionState, ErrorCode, Nothing, Offered, SignInView,
};
use leadferry_model::ConnectionId;
use serde_json::json;

use crate::bench::Bench;
use crate::elsewhere::{ELSEWHERE, Vendor};

async fn open(vendor: &Arc<Vendor>) -> Bench {
    Bench::at(&ELSEWHERE, Arc::clone(vendor) as _).await
}

fn connect(app: AppAccess, host: Option<&str>) -> Connect {
    Connect {
        connector: "elsewhere".into(),
        role: "destination".into(),
        name: None,
        base_url: None,
        allow_private: false,
        token: None,
        user: None,
        app: Some(app),
        host: host.map(str::to_owned),
        settings: Vec::new(),
        reconnect: None,
    }
}

fn by_itself() -> AppAccess {
    AppAccess::ClientCredentials { client_id: "app".into(), client_secret: " hush ".into() }
}

fn by_code() -> AppAccess {
    AppAccess::PastedCode { client_id: "app".into(), client_secret: "hush".into(), code: "code-1".into() }
}

/// Tokens for an account whose API is at `domain`.
fn token(access: &str, domain: &str) -> serde_json::Value {
    json!({ "access_token": access, "api_domain": domain })
}

#[tokio::test]
async fn each_way_and_its_hosts_are_drawn_from_the_spec() {
    let bench = open(&Vendor::new([])).await;
    let view = bench.app.connectors(Nothing {}).await.unwrap().remove(0);
    let AuthView::OAuth { client_secret, sign_in, scopes, .. } = &view.auth[0] else { panic!("{view:?}") };
    assert_eq!(*client_secret, Offered::Optional, "whoever registers the app decides");
    assert_eq!(*sign_in, SignInView::default(), "the vendor tells, so nobody is asked");
    assert_eq!(scopes, &["leads"], "what to allow the app");
    let AuthView::ClientCredentials { app } = &view.auth[1] else { panic!("{view:?}") };
    assert!(app.sign_in.hosts.is_empty() && app.sign_in.own.is_some(), "each account has its own domain");
    let AuthView::PastedCode { app } = &view.auth[3] else { panic!("{view:?}") };
    let hosts: Vec<&str> = app.sign_in.hosts.iter().map(|host| host.name.as_str()).collect();
    assert_eq!(hosts, ["United States", "Europe"], "without a browser the person says where");
    assert_eq!(view.base_url.as_deref(), Some("https://api.example.com"), "until a token says otherwise");
}

#[tokio::test]
async fn an_app_is_connected_and_asks_again_by_itself() {
    let vendor =
        Vendor::new([token("a1", "https://one.example.com"), token("a2", "https://two.example.com")]);
    let bench = open(&vendor).await;
    let view = bench.app.connect(connect(by_itself(), Some("acme.my.example.com"))).await.unwrap();
    assert_eq!((view.state, view.base_url), (ConnectionState::Connected, None), "nobody entered an address");
    assert_eq!(
        (view.way.as_deref(), view.host.as_deref()),
        (Some("client_credentials"), Some("acme.my.example.com")),
        "what the form to connect again begins with"
    );
    let asked = vendor.take();
    assert_eq!(asked[0].url, "https://acme.my.example.com/oauth/token", "on the account's own domain");
    assert_eq!(
        (asked[0].field("client_id"), asked[0].field("client_secret")),
        (Some("app"), Some("hush")),
        "without the spaces that come with copying"
    );
    assert_eq!(asked[1].url, "https://one.example.com/me", "requests go where the token says");
    assert_eq!(asked[1].authorization.as_deref(), Some("Example-oauthtoken a1"), "after the vendor's word");

    let bench = bench.restarted().await;
    vendor.expire("a1");
    let checked = bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(checked.problem, None, "a new token was asked for");
    bench.app.check_connection(ById { id: view.id }).await.unwrap();
    let urls: Vec<String> = vendor.take().into_iter().map(|asked| asked.url).collect();
    assert_eq!(
        urls,
        [
            "https://one.example.com/me",
            "https://acme.my.example.com/oauth/token",
            "https://one.example.com/me",
            "https://two.example.com/me",
        ],
        "at the same domain; and the newest answer says where requests go from then on"
    );
}

#[tokio::test]
async fn a_pasted_code_stays_with_its_data_centre() {
    let first = json!({
        "access_token": "a1", "refresh_token": "r1", "expires_in": 3600, "api_domain": "https://api.example.eu",
    });
    let vendor = Vendor::new([first, json!({ "access_token": "a2", "expires_in": 3600 })]);
    let bench = open(&vendor).await;
    let view = bench.app.connect(connect(by_code(), Some("https://login.example.eu"))).await.unwrap();
    assert_eq!(view.host.as_deref(), Some("https://login.example.eu"), "as the connector lists it");
    let bench = bench.restarted().await;
    vendor.expire("a1");
    bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    let asked = vendor.take();
    let tokens: Vec<_> = asked.iter().filter(|asked| asked.url.ends_with("/oauth/token")).collect();
    assert_eq!(
        tokens.iter().map(|asked| asked.url.as_str()).collect::<Vec<_>>(),
        ["https://login.example.eu/oauth/token"; 2],
        "also after a restart"
    );
    assert_eq!(tokens[0].field("code"), Some("code-1"), "once");
    assert_eq!(tokens[1].field("refresh_token"), Some("r1"), "then with what it gave");
    assert_eq!(
        asked.last().unwrap().url,
        "https://api.example.eu/me",
        "an answer that says nothing changes nothing"
    );
    let gone = bench.app.disconnect(ById { id: view.id }).await.unwrap();
    assert!(gone.message.contains("has ended the access"), "{}", gone.message);
    assert_eq!(vendor.take()[0].url, "https://login.example.eu/oauth/revoke", "and there it is given up");
}

#[tokio::test]
async fn credentials_go_to_the_vendors_hosts_only() {
    let vendor = Vendor::new([]);
    let bench = open(&vendor).await;
    for host in
        ["evil.example.org", "https://acme.my.example.com.evil.example.org", "http://acme.my.example.com"]
    {
        let refused = bench.app.connect(connect(by_itself(), Some(host))).await.unwrap_err();
        assert_eq!(refused.code, ErrorCode::Usage, "{host}: {}", refused.message);
    }
    let missing = bench.app.connect(connect(by_itself(), None)).await.unwrap_err();
    assert_eq!(missing.code, ErrorCode::Usage, "there is no usual one: {}", missing.message);
    assert!(vendor.take().is_empty(), "nobody was asked");
}

#[tokio::test]
async fn what_is_missing_or_wrong_is_named() {
    let vendor = Vendor::new([json!({ "error": "invalid_code" })]);
    let bench = open(&vendor).await;
    let jwt = |key: &str| AppAccess::JwtBearer {
        client_id: "app".into(),
        user: "ada@example.com".into(),
        private_key: key.into(),
        audience: None,
    };
    let refused = bench.app.connect(connect(jwt("no key"), None)).await.unwrap_err();
    assert!(refused.message.contains("private key"), "{}", refused.message);
    let refused = bench.app.connect(connect(jwt(" "), None)).await.unwrap_err();
    assert!(refused.message.contains("private key is missing"), "{}", refused.message);
    let refused = bench.app.connect(connect(by_code(), None)).await.unwrap_err();
    assert!(refused.message.contains("works once"), "the vendor's no in words: {}", refused.message);
    assert!(bench.app.connections(Nothing {}).await.unwrap().is_empty(), "nothing was kept");
}

#[tokio::test]
async fn a_file_cannot_say_where_a_kept_token_goes() {
    let vendor = Vendor::new([token("a1", "https://one.example.com")]);
    let bench = open(&vendor).await;
    let view = bench.app.connect(connect(by_itself(), Some("acme.my.example.com"))).await.unwrap();
    let id = ConnectionId::new(&view.id);
    let changed = bench.app.engine().store().write(move |tx| {
        let mut kept = tx.connection(&id)?;
        kept.settings["token.api_domain"] = json!("https://evil.example.org");
        tx.save_connection(&kept)
    });
    changed.await.unwrap();
    vendor.take();
    bench.app.check_connection(ById { id: view.id }).await.unwrap();
    assert_eq!(vendor.take()[0].url, "https://one.example.com/me", "the vault knows what the vendor said");
}
