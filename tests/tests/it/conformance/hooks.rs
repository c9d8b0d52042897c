//! Webhooks at every CRM whose API can be asked for them: a call with the right secret has the change feed read at once, and nothing
//! else does.

use std::sync::Arc;

use async_trait::async_trait;
use axum::body::Body;
use jiff::SignedDuration;
use leadferry_connector::{Connector, Hook, HookOrder, HookProof, Hooks};
use leadferry_model::{Captured, ConnectionId, Secret};
use leadferry_practice::SentHook;
use leadferry_sources::receive::{
    Inbox, InboxError, RawDelivery, Receiver, ReceiverAuth, ReceiverPath, RefusedDelivery, Registry, router,
};
use leadferry_sync::Engine;
use leadferry_tests::connect::connector;
use leadferry_tests::furniture::destination;
use leadferry_tests::people::{EMAIL, crowd};
use leadferry_tests::world::World;
use tower::ServiceExt;
use url::Url;

use super::pairs;

const TUNNEL: &str = "https://tunnel.example.com";

fn subscribing() -> Vec<(&'static str, HookProof)> {
    let proof = |id: &'static str| match connector(id).spec().hooks {
        Hooks::Subscribed(proof) => Some((id, proof)),
        Hooks::Polled(_) => None,
    };
    let pairs: Vec<_> = pairs().into_iter().filter_map(proof).collect();
    assert!(!pairs.is_empty(), "a suite over no pair proves nothing");
    pairs
}

/// Passes hints on as the app does.
struct Desk(Engine);

#[async_trait]
impl Inbox for Desk {
    async fn accept(&self, _: &ConnectionId, _: Vec<Captured>, _: RawDelivery) -> Result<(), InboxError> {
        panic!("a hint is no lead")
    }

    async fn hinted(&self, receiver: &ConnectionId) {
        self.0.hinted(receiver);
    }

    async fn refused(&self, _: &ConnectionId, _: RefusedDelivery) {}
}

/// A receiver behind a tunnel, and what is told to the vendor of it.
struct Ear {
    registry: Arc<Registry>,
    desk: Arc<Desk>,
    address: String,
    secret: Secret,
}

impl Ear {
    fn new(world: &World, proof: HookProof) -> Self {
        let registry = Arc::new(Registry::new());
        registry.set_public_hosts(["tunnel.example.com".to_owned()]);
        let (path, secret) = (ReceiverPath::from_random([5; 20]), Secret::new("echo-0123456789abcdef"));
        let auth = match proof {
            HookProof::Basic(user) => ReceiverAuth::Basic { user: user.to_owned(), password: secret.clone() },
            HookProof::BodyField(name) => {
                ReceiverAuth::BodyField { name: name.to_owned(), secret: secret.clone() }
            }
        };
        let address = format!("{TUNNEL}{}", path.url_path());
        registry.put(path, Receiver::of_hints(destination(), auth), world.now()).unwrap();
        Self { registry, desk: Arc::new(Desk(world.engine.clone())), address, secret }
    }

    fn order<'a>(&'a self, object: &'a str) -> HookOrder<'a> {
        HookOrder { object, address: &self.address, secret: &self.secret }
    }

    /// Carries a webhook through the tunnel. Gives the status it is answered with.
    async fn hears(&self, world: &World, hook: &SentHook) -> u16 {
        let url: Url = hook.url.parse().unwrap();
        let request = http::Request::post(url.path())
            .header("host", url.host_str().unwrap())
            .header("content-type", "application/json");
        let request =
            hook.headers.iter().fold(request, |request, (name, value)| request.header(*name, value));
        let request = request.body(Body::from(hook.body.clone())).unwrap();
        let router = router(Arc::clone(&self.registry), self.desk.clone(), world.clock.clone());
        router.oneshot(request).await.unwrap().status().as_u16()
    }
}

async fn subscribe(world: &World, ear: &Ear, renews: Option<&Hook>) -> Hook {
    let line = world.lines.line();
    let order = ear.order(world.target.object);
    let made = world.target.connector.subscribe(&line.call(&*world.clock), &order, renews).await;
    let shown = format!("{:?}", line.http.take_exchanges());
    assert!(!shown.contains("echo-0123456789abcdef"), "what is kept of a request shows no secret: {shown}");
    made.unwrap_or_else(|failure| panic!("the vendor is asked to call: {failure:?}"))
}

async fn listed(world: &World) -> Vec<Hook> {
    let line = world.lines.line();
    let connector: &dyn Connector = world.target.connector;
    connector.hooks(&line.call(&*world.clock)).await.expect("what there is is listed")
}

/// A world with one person in the CRM whose record the index knows.
async fn with_ada(id: &str) -> (World, u64) {
    let world = World::of(id, 81).await;
    world.capture(crowd(81, 1).rows).await;
    world.drain(SignedDuration::from_hours(1)).await;
    world.run_for(SignedDuration::from_mins(5)).await;
    let shown = world.practice.records(world.target.object, 0, 1, false).unwrap().remove(0);
    let record = world.practice.number_of(world.target.object, &shown.id).unwrap().unwrap();
    world.practice.take_hooks();
    (world, record)
}

fn changed(world: &World, record: u64, email: &str) {
    let field = world.target.field(EMAIL).unwrap().to_owned();
    world.practice.edit_record(world.target.object, record, &[(field, email.to_owned())].into()).unwrap();
}

#[tokio::test]
async fn a_change_is_known_as_soon_as_the_vendor_says_so() {
    for (id, proof) in subscribing() {
        let (world, record) = with_ada(id).await;
        let ear = Ear::new(&world, proof);
        let made = subscribe(&world, &ear, None).await;
        assert_eq!(listed(&world).await, [made], "{id}: it is the only one there");
        world.wire.count_anew();
        world.clock.advance(SignedDuration::from_secs(20));
        changed(&world, record, "lovelace@example.com");
        world.step().await;
        let before = world.practice.call_counts();
        let hooks = world.practice.take_hooks();
        assert_eq!(hooks.len(), 1, "{id}: one change, one call: {hooks:?}");

        let forged = SentHook {
            headers: vec![("authorization", "Basic bGVhZGZlcnJ5OndydW5n".to_owned())],
            body: r#"{"token":"wrong"}"#.into(),
            ..hooks[0].clone()
        };
        assert_eq!(ear.hears(&world, &forged).await, 401, "{id}: not the vendor's");
        world.step().await;
        assert_eq!(world.practice.call_counts(), before, "{id}: and nothing is read for it");

        assert_eq!(ear.hears(&world, &hooks[0]).await, 200, "{id}: the vendor's");
        world.step().await;
        assert_ne!(world.practice.call_counts(), before, "{id}: the feed is read at once");
        world.assert_documented();
    }
}

#[tokio::test]
async fn a_webhook_is_renewed_in_its_time_and_ends_when_it_is_taken_back() {
    for (id, proof) in subscribing() {
        let (world, record) = with_ada(id).await;
        let ear = Ear::new(&world, proof);
        let made = subscribe(&world, &ear, None).await;
        if let Some(end) = made.expires_at {
            world.clock.set(end - SignedDuration::from_hours(1));
            let renewed = subscribe(&world, &ear, Some(&made)).await;
            assert!(renewed.expires_at > Some(end), "{id}: it goes on: {renewed:?}");
            assert_eq!(listed(&world).await, [renewed], "{id}: as the same one");
            world.clock.set(end + SignedDuration::from_hours(1));
        }
        changed(&world, record, "lovelace@example.com");
        assert_eq!(world.practice.take_hooks().len(), 1, "{id}: it is still told");
        for hook in listed(&world).await {
            let line = world.lines.line();
            for _ in 0..2 {
                let gone = world.target.connector.unsubscribe(&line.call(&*world.clock), &hook).await;
                gone.unwrap_or_else(|failure| panic!("{id}: gone, and gone already: {failure:?}"));
            }
        }
        assert_eq!(listed(&world).await, [], "{id}: nothing is left there");
        changed(&world, record, "countess@example.com");
        assert_eq!(world.practice.take_hooks(), [], "{id}: and nobody is told");
        world.assert_documented();
    }
}
