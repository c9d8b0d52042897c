//! The practice CRM stops in the middle of a day: its lane waits alone, nothing fails, and it drains by itself.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use axum::Router;
use axum::routing::post;
use leadferry_tests::bus::Desktop;
use leadferry_tests::desk::Desk;
use leadferry_tests::journey::{on_to_live, on_to_the_fields, on_to_the_rehearsal, up_to_the_account};
use leadferry_tests::patience::until;
use leadferry_tests::window::Window;
use serde_json::{Value, json};

/// Within this time a person sees that a CRM does not answer (rubric, point 28).
const SEEN_WITHIN: Duration = Duration::from_secs(60);

/// A second place leads go to, which answers all the while.
struct OtherPlace {
    address: String,
    received: Arc<AtomicUsize>,
}

impl OtherPlace {
    async fn open() -> Self {
        let received = Arc::new(AtomicUsize::new(0));
        let counting = Arc::clone(&received);
        let hook = post(async move || {
            counting.fetch_add(1, Ordering::Relaxed);
            "{}"
        });
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let address = format!("http://{}/hook", listener.local_addr().expect("a bound port"));
        tokio::spawn(async move { axum::serve(listener, Router::new().route("/hook", hook)).await });
        Self { address, received }
    }

    async fn has_received(&self, leads: usize) {
        let all = async || (self.received.load(Ordering::Relaxed) == leads).then_some(());
        until(&format!("the other place has {leads} leads"), all).await;
    }
}

/// A file of people nobody has seen before.
fn visitors(desk: &Desk, name: &str, people: std::ops::Range<usize>) -> PathBuf {
    let mut text = String::from("Name,E-mail\n");
    for person in people {
        writeln!(text, "Visitor {person},visitor{person}@example.org").expect("text grows");
    }
    let path = desk.folder.path().join(name);
    std::fs::write(&path, text).expect("the file of visitors");
    path
}

fn import(desk: &Desk, path: &std::path::Path, source: &str) {
    let path = path.display().to_string();
    desk.terminal(&["import", &path, "--source", source, "--no-wait"], "").expect("the rows are taken in");
}

async fn row(window: &Window, destination: &str) -> Value {
    let home = window.ask("home", json!({})).await;
    let rows = home["syncs"].as_array().cloned().unwrap_or_default();
    let wanted = |row: &Value| {
        row["destination"]["connection"]["name"].as_str().is_some_and(|name| name.contains(destination))
    };
    rows.into_iter().find(wanted).expect("the sync is there")
}

#[tokio::test]
async fn a_stopped_crm_fails_nothing_and_its_lane_drains_by_itself() {
    let desk = Desk::new();
    let desktop = Desktop::on(&desk.bus).await;
    let window = up_to_the_account(&desk).await;
    on_to_the_fields(&window).await;
    on_to_the_rehearsal(&window).await;
    on_to_live(&window).await;
    let before = row(&window, "HubSpot").await["counts"].clone();

    let other = OtherPlace::open().await;
    let typed = format!("{}\n", other.address);
    desk.terminal(&["connect", "webhook", "--name", "Other place", "--secret", "url"], &typed)
        .expect("the webhook is connected");
    let first = visitors(&desk, "visitors.csv", 0..5).display().to_string();
    desk.terminal(&["source", "add-file", &first, "--no-wait"], "").expect("visitors come in");
    desk.terminal(&["sync", "create", "visitors.csv", "Other place"], "").expect("a second sync");
    desk.terminal(&["sync", "go-live", "visitors.csv to Other place", "--no-wait"], "").expect("it is live");
    other.has_received(5).await;

    window.press("Connections").await;
    window.press("Stop it").await;
    window.says("Stopped").await;
    let stopped = Instant::now();
    import(&desk, &visitors(&desk, "late.csv", 100..140), "leads.csv");
    import(&desk, &visitors(&desk, "more-visitors.csv", 200..205), "visitors.csv");
    window.press("Home").await;
    window.says("is not answering since").await;
    window.says("40 leads wait safely").await;
    assert!(stopped.elapsed() <= SEEN_WITHIN, "a person sees it after {} s", stopped.elapsed().as_secs());
    other.has_received(10).await;
    let down = row(&window, "HubSpot").await["counts"].clone();
    assert_eq!(down["failed"], before["failed"], "an outage fails nobody");

    window.press("Connections").await;
    window.press("Start it").await;
    let drained = async || {
        let now = row(&window, "HubSpot").await["counts"].clone();
        (now["synced"].as_u64()? == before["synced"].as_u64()? + 40).then_some(now)
    };
    let after = window.until("the lane has drained by itself", drained).await;
    assert_eq!(after["failed"], before["failed"], "and nobody failed on the way");
    window.says("is back. The leads that waited are on their way.").await;
    assert_eq!(window.notices().await.matches("is back.").count(), 1, "it is said once");
    let told: Vec<_> =
        desktop.shown().into_iter().filter(|one| !one.title.starts_with("Some leads of")).collect();
    assert_eq!(told, [], "an outage of a minute is no notification: it healed by itself");
    window.close().await;
}
