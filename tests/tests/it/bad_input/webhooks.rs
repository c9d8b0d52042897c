//! Webhooks: too large, wrongly signed, and a ledger without room. The receiver stands before a real ledger.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use axum::Router;
use axum::body::{Body, to_bytes};
use leadferry_model::{Captured, Clock, ConnectionId, Secret};
use leadferry_sources::receive::{
    Inbox, InboxError, MAX_BODY, RawDelivery, Receiver, ReceiverAuth, ReceiverPath, RefusedDelivery,
    Registry, router,
};
use leadferry_store::Page;
use leadferry_sync::Ingest;
use leadferry_tests::furniture;
use leadferry_tests::world::World;
use tower::ServiceExt;

use super::assert_plain;

/// Takes deliveries into the ledger, unless the disk is said to be full.
struct Desk {
    ingest: Ingest,
    full: AtomicBool,
    refused: Mutex<Vec<String>>,
}

#[async_trait]
impl Inbox for Desk {
    async fn accept(&self, _: &ConnectionId, leads: Vec<Captured>, _: RawDelivery) -> Result<(), InboxError> {
        if self.full.load(Ordering::Relaxed) {
            return Err(InboxError::DiskFull);
        }
        for lead in leads {
            let taken = self.ingest.accept(&furniture::source(), lead, false).await;
            taken.map_err(|error| InboxError::Store { detail: error.to_string() })?;
        }
        Ok(())
    }

    async fn hinted(&self, _: &ConnectionId) {}

    async fn refused(&self, _: &ConnectionId, refused: RefusedDelivery) {
        self.refused.lock().unwrap().push(refused.reason.to_string());
    }
}

struct Stand {
    world: World,
    desk: Arc<Desk>,
    router: Router,
    path: ReceiverPath,
}

impl Stand {
    async fn new() -> Self {
        let world = World::new(51).await;
        let registry = Arc::new(Registry::new());
        let path = ReceiverPath::from_random([7; 20]);
        let auth =
            ReceiverAuth::ApiKey { header: "x-form-key".into(), key: Secret::new("correct horse battery") };
        registry.put(path.clone(), Receiver::new(furniture::source(), auth), world.now()).unwrap();
        let desk = Arc::new(Desk {
            ingest: world.ingest.clone(),
            full: AtomicBool::new(false),
            refused: Mutex::default(),
        });
        let clock: Arc<dyn Clock> = world.clock.clone();
        let router = router(registry, desk.clone(), clock);
        Self { world, desk, router, path }
    }

    /// Posts a body with a key; gives the status and what the sender reads.
    async fn post(&self, key: &str, body: String) -> (u16, String) {
        let request = http::Request::post(self.path.url_path())
            .header("host", "127.0.0.1:4242")
            .header("content-type", "application/json")
            .header("x-form-key", key)
            .body(Body::from(body))
            .unwrap();
        let response = self.router.clone().oneshot(request).await.unwrap();
        let status = response.status().as_u16();
        let body = to_bytes(response.into_body(), 1 << 20).await.unwrap();
        (status, String::from_utf8(body.to_vec()).unwrap())
    }

    async fn leads(&self) -> usize {
        self.world.store.read(|tx| tx.leads(None, Page::first(10))).await.unwrap().rows.len()
    }
}

const KEY: &str = "correct horse battery";

fn lead(letters: usize) -> String {
    serde_json::json!({"name": "Ada Lovelace", "email": "ada@example.com", "message": "x".repeat(letters)})
        .to_string()
}

#[tokio::test]
async fn a_webhook_above_five_megabytes_is_refused_in_words_and_one_just_below_is_taken() {
    let stand = Stand::new().await;
    let (status, said) = stand.post(KEY, lead(MAX_BODY)).await;
    assert_eq!((status, stand.leads().await), (413, 0), "not taken: {said}");
    let refused = stand.desk.refused.lock().unwrap().clone();
    assert_plain(&refused[0], &["larger than 5 MiB", "smaller parts"]);
    let (status, said) = stand.post(KEY, lead(MAX_BODY - 200)).await;
    assert_eq!((status / 100, stand.leads().await), (2, 1), "five megabytes are taken whole: {said}");
}

#[tokio::test]
async fn a_wrong_proof_is_refused_in_words_and_the_right_one_is_taken() {
    let stand = Stand::new().await;
    let (status, _) = stand.post("correct horse saddle", lead(1)).await;
    assert_eq!((status, stand.leads().await), (401, 0), "nobody vouches for it");
    let refused = stand.desk.refused.lock().unwrap().clone();
    assert_plain(&refused[0], &["secret", "not the one set here", "Copy it again"]);
    let (status, _) = stand.post(KEY, lead(1)).await;
    assert_eq!((status / 100, stand.leads().await), (2, 1), "and again with the right key");
}

#[tokio::test]
async fn a_full_disk_asks_the_sender_to_come_again_and_then_takes_it() {
    let stand = Stand::new().await;
    stand.desk.full.store(true, Ordering::Relaxed);
    let (status, _) = stand.post(KEY, lead(1)).await;
    assert_eq!((status, stand.leads().await), (503, 0), "accepted only what is kept");
    assert_plain(&InboxError::DiskFull.to_string(), &["disk is full", "Make room", "send again"]);
    stand.desk.full.store(false, Ordering::Relaxed);
    let (status, _) = stand.post(KEY, lead(1)).await;
    assert_eq!((status / 100, stand.leads().await), (2, 1), "the sender came again");
}
