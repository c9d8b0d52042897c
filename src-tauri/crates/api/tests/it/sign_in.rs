//! Signing in through the browser, at a practice CRM.

use std::collections::BTreeMap;

use leadferry_api::{
    ById, ConnectionState, ConnectionView, Error, Explained, Nothing, OAuthState, PasteOAuth, SetWeather,
    Weather,
};
use leadferry_connector::Settings;
use leadferry_model::ConnectionId;
use tokio::sync::Mutex;

use crate::bench::Bench;
use crate::browser::{consent, get};

/// The vendor's three registered ports are shared by all sign-ins of this computer: one after the other.
static PORTS: Mutex<()> = Mutex::const_new(());

fn hubspot() -> ById {
    ById { id: "hubspot".into() }
}

async fn ended(bench: &Bench, flow: &str) -> Result<ConnectionView, Explained> {
    bench
        .until(|| async {
            match bench.app.oauth_status(ById { id: flow.into() }).await.unwrap().state {
                OAuthState::Connected { connection } => Some(Ok(*connection)),
                OAuthState::Ended { problem } => Some(Err(problem)),
                OAuthState::Waiting | OAuthState::Exchanging => None,
            }
        })
        .await
}

async fn connected(bench: &Bench) -> ConnectionView {
    let flow = bench.app.connect_practice(hubspot()).await.unwrap();
    get(&consent(&flow.url, "allow").await).await;
    ended(bench, &flow.flow).await.unwrap()
}

#[tokio::test]
async fn a_practice_crm_is_connected_in_the_browser_and_outlives_a_restart() {
    let _ports = PORTS.lock().await;
    let bench = Bench::open().await;
    let view = connected(&bench).await;
    assert!(view.practice && view.account.is_some(), "the account is known");
    let bench = bench.restarted().await;
    let practice = bench.app.practice(Nothing {}).await.unwrap();
    assert_eq!(
        practice[0].base_url.as_deref().map(|url| format!("{url}/")),
        view.base_url,
        "it is where it was"
    );
    let checked = bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(
        (checked.state, checked.problem),
        (ConnectionState::Connected, None),
        "nobody has to sign in again"
    );
    assert_eq!(connected(&bench).await.id, view.id, "signing in again is the same connection");
    bench.app.stop().await;
}

#[tokio::test]
async fn what_the_vendor_told_at_sign_in_is_kept_for_links_and_rights() {
    let _ports = PORTS.lock().await;
    let bench = Bench::open().await;
    let view = connected(&bench).await;
    let kept = || async {
        let id = ConnectionId::new(&view.id);
        let connection = bench.app.engine().store().read(move |tx| tx.connection(&id)).await.unwrap();
        let plain: BTreeMap<String, String> = serde_json::from_value(connection.settings).unwrap();
        Settings { plain, ..Settings::default() }
    };
    let settings = kept().await;
    assert!(settings.token_fact("hub_id").is_some(), "the token answer's facts: {:?}", settings.plain);
    assert_eq!(settings.token_fact("access_token"), None, "a secret is no fact");
    assert!(
        settings.granted_scopes().is_some_and(|scopes| scopes.iter().any(|scope| scope.contains("contacts"))),
        "what was granted: {:?}",
        settings.plain
    );
    assert!(settings.get("hubspot_ui_domain").is_some(), "the host of record pages: {:?}", settings.plain);
    bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(kept().await.plain, settings.plain, "a later check takes nothing away");
    assert_eq!(view.settings, [], "a person sees only what people set");
    bench.app.stop().await;
}

#[tokio::test]
async fn a_pasted_address_finishes_a_sign_in_and_a_strange_one_does_not() {
    let _ports = PORTS.lock().await;
    let bench = Bench::open().await;
    let flow = bench.app.connect_practice(hubspot()).await.unwrap();
    let paste = |url: &str| bench.app.paste_oauth(PasteOAuth { flow: flow.flow.clone(), url: url.into() });
    let strange: Result<_, Error> = paste("http://localhost:47114/oauth-callback?code=x&state=y").await;
    assert!(strange.is_err(), "a state that is not ours is no answer");
    let link = bench.app.finish_oauth_from_link("leadferry://cb/hubspot?code=x&state=y").await;
    assert!(link.is_err(), "nor is a deep link nobody waits for");
    paste(&consent(&flow.url, "allow").await).await.unwrap();
    assert!(ended(&bench, &flow.flow).await.is_ok(), "the browser never reached this computer");
    bench.app.stop().await;
}

#[tokio::test]
async fn saying_no_or_stopping_changes_nothing() {
    let _ports = PORTS.lock().await;
    let bench = Bench::open().await;
    let flow = bench.app.connect_practice(hubspot()).await.unwrap();
    get(&consent(&flow.url, "deny").await).await;
    let problem = ended(&bench, &flow.flow).await.unwrap_err();
    assert!(problem.title.contains("cancelled"), "{}", problem.title);
    let flow = bench.app.connect_practice(hubspot()).await.unwrap();
    bench.app.cancel_oauth(ById { id: flow.flow.clone() }).await.unwrap();
    assert!(ended(&bench, &flow.flow).await.is_err(), "stopped");
    assert!(bench.app.connections(Nothing {}).await.unwrap().is_empty(), "nothing was kept");
    bench.app.stop().await;
}

#[tokio::test]
async fn taken_back_access_is_noticed_and_signing_in_again_helps() {
    let _ports = PORTS.lock().await;
    let bench = Bench::open().await;
    let view = connected(&bench).await;
    let weather = Weather { revoked: true, ..Weather::default() };
    let shown = bench.app.set_weather(SetWeather { dialect: "hubspot".into(), weather }).await.unwrap();
    assert_eq!(shown.weather, Weather::default(), "an event, not a state");
    let ill = bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(ill.state, ConnectionState::NeedsAccess, "the vendor took it back");
    assert_eq!(connected(&bench).await.state, ConnectionState::Connected, "signed in again");
    let gone = bench.app.disconnect(ById { id: view.id }).await.unwrap();
    assert!(gone.message.contains("has ended the access"), "the vendor was told: {}", gone.message);
    bench.app.stop().await;
}
