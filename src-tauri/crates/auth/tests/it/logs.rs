//! No secret reaches the log, whatever goes wrong.

use std::io::{self, Write};
use std::sync::{Arc, Mutex};

use leadferry_connector::Access;
use serde_json::json;

use crate::access::signed_in;
use crate::flow::start;
use crate::support::{Reply, Vendor, visit};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn secrets_stay_out_of_the_log() {
    let captured = Captured::default();
    let writer = captured.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || writer.clone())
        .finish();
    let _guard = tracing::subscriber::set_default(subscriber);

    let running = start(&Vendor::new([Reply::Json(200, crate::support::tokens("hush-a", "hush-r"))]));
    let state = running.query["state"].clone();
    visit(&running.back("code=hush-code")).await;
    running.done.await.unwrap().unwrap();

    let answer = json!({"access_token": "hush-a2", "refresh_token": "hush-r2", "expires_in": 1800, "scope": "contacts.read"});
    let refusal = json!({"error": "server_error", "error_description": "hush-r2"});
    let signed = signed_in([Reply::Json(200, answer), Reply::Json(503, refusal)]).await;
    signed.minutes(31);
    signed.access.credential().await.unwrap();
    signed.minutes(28);
    signed.access.credential().await.unwrap();

    let log = String::from_utf8(captured.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("access was renewed"), "the log was captured: {log}");
    assert!(log.contains("fewer rights"), "and warns: {log}");
    assert!(log.contains("could not be renewed early"), "also of trouble: {log}");
    for secret in ["hush", "client hush", "a1", "r1", state.as_str()] {
        assert!(!log.contains(secret), "{secret} must not be there: {log}");
    }
}
