//! Tokens at every CRM that is signed in to by consent: no sign-in is lost that could be kept, and one expiry is one renewal.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::SignedDuration;
use leadferry_auth::tokens::TokenSet;
use leadferry_auth::vault::{Cost, KeySource, Passphrase, Vault};
use leadferry_connector::{Access, Auth, Credential, Transport, TransportError};
use leadferry_model::Secret;
use leadferry_practice::Weather;
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_tests::connect::connector;
use leadferry_tests::furniture::destination;
use leadferry_tests::people::{Crowd, crowd};
use leadferry_tests::sign_in::{self, token_path};
use leadferry_tests::world::World;
use tokio::sync::Notify;

use super::pairs;

const DAY: SignedDuration = SignedDuration::from_hours(24);

/// Pairs that a person signs in to.
fn signed_in() -> Vec<&'static str> {
    let by_consent = |id: &&str| {
        let ways = connector(id).spec().auth;
        ways.iter().any(|way| matches!(way, Auth::OAuth(_)))
    };
    let pairs: Vec<&str> = pairs().into_iter().filter(by_consent).collect();
    assert!(!pairs.is_empty(), "a suite over no pair proves nothing");
    pairs
}

/// A world that is signed in, with `fault` at the next `calls` calls for tokens.
async fn world(id: &str, rotates: bool, fault: Option<(Fault, u32)>) -> World {
    let world = World::signed_in_to(id, 51).await;
    // Described and read in fair weather, as before a sync goes live.
    world.step().await;
    let on = || On::Path(token_path(&world.practice));
    let spells =
        fault.into_iter().map(|(fault, calls)| Spell { fault, when: When::NextCalls { calls }, on: on() });
    world.weather(Weather { spells: spells.collect(), rotate_refresh_tokens: rotates, ..Weather::default() });
    world.wire.count_anew();
    world
}

/// How often the vendor was asked for tokens.
fn renewals(world: &World) -> u64 {
    world.wire.calls(&token_path(&world.practice))
}

async fn stored(vault: &Vault) -> TokenSet {
    let stored = TokenSet::load(vault, &destination()).await;
    stored.expect("a vault is read").expect("it holds the tokens")
}

async fn assert_arrived(world: &World, crowd: &Crowd, why: &str) {
    let counts = world.counts().await;
    assert_eq!((counts.failed, counts.open()), (0, 0), "{why}: {counts:?}");
    assert_eq!(world.contacts(), world.held(&crowd.expected), "{why}: nothing lost, nothing twice");
    let most = world.deliveries().await.iter().map(|row| row.attempts).max();
    assert_eq!(most, Some(1), "{why}: waiting for access spends no attempt");
    world.assert_documented();
}

#[tokio::test]
async fn trouble_while_a_token_is_renewed_ends_no_sign_in() {
    const STRUCK: u32 = 3;
    for id in signed_in() {
        for fault in [
            Fault::AnswerLost,
            Fault::MalformedBody,
            Fault::NoAnswer,
            Fault::Outage { status: 503 },
            Fault::RateLimited { retry_after_seconds: None, daily: false },
        ] {
            let why = format!("{id}, {fault:?}");
            let world = world(id, false, Some((fault, STRUCK))).await;
            world.practice.expire_tokens();
            let crowd = crowd(51, 12);
            world.capture(crowd.rows.clone()).await;
            world.drain(DAY).await;
            assert!(!stored(&world.vault).await.ended, "{why}: the sign-in is kept");
            assert_eq!(renewals(&world), u64::from(STRUCK) + 1, "{why}: one more than were struck");
            assert_eq!(world.notices("no_access").await, 0, "{why}: nobody has to sign in");
            assert_arrived(&world, &crowd, &why).await;
        }
    }
}

#[tokio::test]
async fn each_expiry_is_one_renewal_though_the_refresh_token_changes() {
    for id in signed_in() {
        let world = world(id, true, None).await;
        let crowd = crowd(52, 15);
        for (number, rows) in crowd.rows.chunks(4).enumerate() {
            let before = stored(&world.vault).await;
            world.practice.expire_tokens();
            world.run_for(SignedDuration::from_hours(2)).await;
            world.capture(rows.to_vec()).await;
            world.drain(DAY).await;
            assert_ne!(stored(&world.vault).await.refresh, before.refresh, "{id}: number {number} is kept");
        }
        assert_arrived(&world, &crowd, id).await;
        assert_eq!(world.wire.answers(400), 0, "{id}: no token that was replaced is sent");
    }
}

#[tokio::test]
async fn a_request_that_never_arrived_loses_no_changing_refresh_token() {
    for id in signed_in() {
        let world = world(id, true, Some((Fault::NoAnswer, 1))).await;
        world.practice.expire_tokens();
        let crowd = crowd(53, 12);
        world.capture(crowd.rows.clone()).await;
        world.drain(DAY).await;
        assert_eq!(renewals(&world), 2, "{id}: the same token again");
        assert_eq!(world.notices("no_access").await, 0, "{id}: nobody has to sign in");
        assert_arrived(&world, &crowd, id).await;
    }
}

/// The new token is known to nobody but the vendor and the old one is dead: this sign-in cannot be kept, the leads can.
#[tokio::test]
async fn a_changed_refresh_token_that_was_lost_asks_for_a_person_once_and_loses_no_lead() {
    for id in signed_in() {
        let world = world(id, true, Some((Fault::AnswerLost, 1))).await;
        world.practice.expire_tokens();
        needs_a_person(&world, id).await;
    }
}

#[tokio::test]
async fn a_revoked_grant_asks_for_a_person_once_and_is_not_asked_for_again() {
    for id in signed_in() {
        let world = world(id, false, None).await;
        world.practice.revoke_grants();
        needs_a_person(&world, id).await;
        assert_eq!(renewals(&world), 1, "{id}: a dead token is not sent again");
    }
}

async fn needs_a_person(world: &World, id: &str) {
    let crowd = crowd(54, 12);
    world.capture(crowd.rows.clone()).await;
    world.run_for(SignedDuration::from_hours(30)).await;
    let counts = world.counts().await;
    assert_eq!((counts.synced, counts.failed), (0, 0), "{id}: leads wait: {counts:?}");
    assert_eq!(world.notices("no_access").await, 1, "{id}: a person is told, once");
    assert!(renewals(world) <= 3, "{id}: lost access is not hammered: {} renewals", renewals(world));

    sign_in::sign_in(&world.practice, &world.vault, &*world.clock).await;
    world.engine.access_restored(&destination()).await.expect("the ledger works");
    world.drain(DAY).await;
    assert_arrived(world, &crowd, id).await;
}

/// Lets a call for tokens go only when told to, so that everybody else meets it on its way.
struct Held {
    inner: Arc<dyn Transport>,
    asked: Notify,
    go: Notify,
}

#[async_trait]
impl Transport for Held {
    async fn send(
        &self,
        request: http::Request<Bytes>,
        timeout: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.asked.notify_one();
        self.go.notified().await;
        self.inner.send(request, timeout).await
    }
}

fn passphrase() -> KeySource {
    let cost = Cost { memory_kib: 64, passes: 1, lanes: 1 };
    KeySource::Passphrase(Passphrase::with_cost(&Secret::new("p"), cost).expect("a passphrase is a key"))
}

#[tokio::test]
async fn two_processes_that_meet_an_expiry_renew_once() {
    for id in signed_in() {
        let world = world(id, true, None).await;
        let folder = tempfile::tempdir().expect("a folder is made");
        let window = Vault::create(folder.path(), passphrase()).await.expect("a vault is made");
        let daemon = Vault::open(folder.path(), passphrase()).await.expect("and opened beside");
        sign_in::sign_in(&world.practice, &window, &*world.clock).await;
        let line =
            Arc::new(Held { inner: Arc::clone(&world.transport), asked: Notify::new(), go: Notify::new() });
        let processes = [window.clone(), daemon].map(|vault| world.access(vault, line.clone()));
        for expiry in 1..=4 {
            let used = stored(&window).await.access;
            world.practice.expire_tokens();
            world.clock.advance(SignedDuration::from_mins(10));
            let renewed = all_at_once(&processes, &used, &line).await;
            assert!(renewed.iter().all(|token| *token == renewed[0]), "{id}: everybody has the same one");
            assert_ne!(renewed[0], used, "{id}: which is new");
            assert_eq!(renewed[0], stored(&window).await.access, "{id}: and on disk");
            assert_eq!(renewals(&world), expiry, "{id}: one renewal an expiry");
        }
        assert_eq!(world.wire.answers(400), 0, "{id}: no token that was replaced is sent");
    }
}

/// Ten tasks of each process are told that the token they used is refused, while the first renewal is on its way.
async fn all_at_once(processes: &[Arc<dyn Access>], used: &Secret, line: &Held) -> Vec<Secret> {
    let ask = |access: &Arc<dyn Access>| {
        let (access, used) = (Arc::clone(access), Credential::Bearer(used.clone()));
        tokio::spawn(async move { access.refused(&used).await })
    };
    let tasks: Vec<_> = (0..10).flat_map(|_| processes.iter().map(ask)).collect();
    line.asked.notified().await;
    for _ in 0..50 {
        tokio::task::yield_now().await;
    }
    line.go.notify_one();
    let mut renewed = Vec::new();
    for task in tasks {
        match task.await.expect("no task panics") {
            Ok(Credential::Bearer(token)) => renewed.push(token),
            other => panic!("access is renewed: {other:?}"),
        }
    }
    renewed
}
