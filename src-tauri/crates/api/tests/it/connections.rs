//! Connecting, checking and disconnecting.

use leadferry_api::{AuthView, ById, ChangeConnection, Connect, ConnectionState, ErrorCode, Nothing};
use leadferry_model::ConnectionId;
use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use leadferry_store::{LaneState, SyncState};
use serde_json::json;

use crate::bench::{Bench, Crm, pair, start};

#[tokio::test]
async fn connectors_are_drawn_from_their_specs() {
    let bench = Bench::open().await;
    let connectors = bench.app.connectors(Nothing {}).await.unwrap();
    let hubspot = connectors.iter().find(|one| one.id == "hubspot").unwrap();
    assert!(hubspot.has_practice && hubspot.is_destination, "facts of the spec");
    let urls = hubspot.auth.iter().find_map(|auth| match auth {
        AuthView::OAuth { redirect_urls, built_in, .. } => Some((redirect_urls.clone(), *built_in)),
        _ => None,
    });
    let (urls, built_in) = urls.unwrap();
    assert_eq!(urls[0], "http://localhost:47114/oauth-callback", "exactly what the listener answers to");
    assert!(!built_in, "this build has no app registered");
}

#[tokio::test]
async fn a_pasted_token_is_checked_and_only_then_kept() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let refused = bench.app.connect(crm.with_token("pat-na1-wrong")).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::NeedsAccess, "{}", refused.message);
    assert!(bench.app.connections(Nothing {}).await.unwrap().is_empty(), "nothing was kept");

    let view = bench.connected(&crm).await;
    assert_eq!(view.state, ConnectionState::Connected, "the vendor said who we are");
    assert_eq!(
        view.account.as_ref().map(|one| one.name.clone()),
        Some(view.name.clone()),
        "it is named after the account"
    );
    let id = ConnectionId::new(&view.id);
    let schema = bench.app.engine().store().read(move |tx| tx.schema(&id, "contacts")).await.unwrap();
    assert!(
        schema.is_some_and(|(schema, _)| schema.field("email").is_some()),
        "the fields to map are there at once"
    );
    let checked = bench.app.check_connection(ById { id: view.id }).await.unwrap();
    assert_eq!(checked.problem, None, "the kept token works");
}

#[tokio::test]
async fn an_address_that_would_leak_is_refused_before_anybody_is_asked() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    for address in ["http://crm.example.com", "https://10.0.0.5", "https://user:pw@example.com"] {
        let request = Connect { base_url: Some(address.into()), ..crm.with_token("pat-na1-x") };
        assert_eq!(bench.app.connect(request).await.unwrap_err().code, ErrorCode::Usage, "{address}");
    }
}

#[tokio::test]
async fn signing_in_again_keeps_the_connection_and_refuses_another_account() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    let token = crm.practice.tokens().full;
    let again = Connect { reconnect: Some(view.id.clone()), ..crm.with_token(token.expose()) };
    assert_eq!(bench.app.connect(again.clone()).await.unwrap().id, view.id, "the same connection");

    let id = ConnectionId::new(&view.id);
    bench
        .app
        .engine()
        .store()
        .write(move |tx| {
            let mut kept = tx.connection(&id)?;
            kept.account.as_mut().unwrap()["id"] = json!("another");
            tx.save_connection(&kept)
        })
        .await
        .unwrap();
    let refused = bench.app.connect(again).await.unwrap_err();
    assert_eq!(
        refused.code,
        ErrorCode::Conflict,
        "leads of one account never go to another: {}",
        refused.message
    );
}

#[tokio::test]
async fn lost_access_is_shown_and_signing_in_again_opens_the_lane() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    crm.practice.set_weather(Weather::always(Fault::ExpiredToken));
    crm.practice.set_weather(Weather::always(Fault::RevokedGrant));
    let ill = bench.app.check_connection(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(ill.state, ConnectionState::NeedsAccess, "the vendor refused");
    assert!(ill.problem.is_some(), "and it is said");

    let fresh = Crm::open().await;
    let token = fresh.practice.tokens().full;
    let again = Connect { reconnect: Some(view.id.clone()), ..fresh.with_token(token.expose()) };
    let well = bench.app.connect(again).await.unwrap();
    assert_eq!((well.state, well.problem), (ConnectionState::Connected, None), "access is back");
    let id = ConnectionId::new(&view.id);
    let lane = bench.app.engine().store().read(move |tx| tx.lane(start(), &id)).await.unwrap();
    assert_eq!(lane.state, LaneState::Open, "what waited goes");
}

#[tokio::test]
async fn a_check_that_gets_no_answer_takes_no_access_away() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    crm.practice.set_weather(Weather::always(Fault::Outage { status: 503 }));
    let ill = bench.app.check_connection(ById { id: view.id }).await.unwrap();
    assert!(ill.problem.is_some(), "the trouble is shown");
    assert_eq!(ill.state, ConnectionState::Connected, "an outage is not lost access");
}

#[tokio::test]
async fn disconnecting_wipes_the_secrets_and_pauses_what_used_it() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    let source = bench.connected(&crm).await;
    let sync = bench.sync(&source.id, &view.id).await;
    let done = bench.app.disconnect(ById { id: view.id.clone() }).await.unwrap();
    assert_eq!(done.paused.len(), 1, "its sync: {}", done.message);
    let sync = bench.app.engine().store().read(move |tx| tx.sync(&sync)).await.unwrap();
    assert_eq!(sync.state, SyncState::Paused, "its leads wait");
    let refused = bench.app.check_connection(ById { id: view.id }).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Usage, "nothing is left to check with");
}

#[tokio::test]
async fn a_connection_is_renamed_and_its_settings_are_tried_first() {
    let (bench, crm) = (Bench::open().await, Crm::open().await);
    let view = bench.connected(&crm).await;
    let change = |settings| ChangeConnection { id: view.id.clone(), name: Some("Harbour".into()), settings };
    let changed = bench.app.change_connection(change(vec![pair("lifecycle_back", "true")])).await.unwrap();
    assert_eq!(
        (changed.name.as_str(), changed.settings),
        ("Harbour", vec![pair("lifecycle_back", "true")]),
        "both"
    );
    let refused =
        bench.app.change_connection(change(vec![pair("lifecycle_back", "maybe")])).await.unwrap_err();
    assert_eq!(refused.code, ErrorCode::Usage, "a switch is on or off: {}", refused.message);
    let unknown = bench.app.change_connection(change(vec![pair("colour", "red")])).await.unwrap_err();
    assert_eq!(unknown.code, ErrorCode::Usage, "the spec has no such setting");
}
