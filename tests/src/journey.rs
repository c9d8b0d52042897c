//! The way from the first start to leads in the practice CRM, in the stretches that journeys begin with.

use serde_json::{Value, json};

use crate::desk::Desk;
use crate::mapper::by_two_clicks;
use crate::window::Window;

/// Starts the app, drops a file of messy leads, signs in to the practice CRM in a real browser, and stops where the account is
/// shown before anything goes there.
pub async fn up_to_the_account(desk: &Desk) -> Window {
    let window = desk.window().await;
    window.says("Bring your first lead across").await;
    window.press("Start").await;
    window.says("Where do your leads come from?").await;
    window.drop_file(&desk.messy_leads()).await;
    window.press("Use these").await;
    window.press("Try it with a practice CRM").await;
    let answer = desk.allow().await;
    assert!(answer.to_lowercase().contains("leadferry"), "the browser says where to go on: {answer}");
    window.says("Is it the right account?").await;
    window
}

/// Goes on from the account to the fields.
pub async fn on_to_the_fields(window: &Window) {
    window.press("Go on with this account").await;
    window.says("6 fields matched").await;
    window.settled().await;
}

/// Goes on from the fields to what going live would do, and gives its counts.
pub async fn on_to_the_rehearsal(window: &Window) -> Value {
    window.press("Rehearse").await;
    window.says("can go").await;
    window.settled().await;
    window.ask("dry_run", json!({ "id": sync(window).await })).await
}

/// Goes live from the rehearsal with all leads.
pub async fn on_to_live(window: &Window) {
    window.press("Go on").await;
    window.press("Create").await;
    window.press("Send the other").await;
    window
        .until("nothing is on its way any more", async || {
            let counts = counts(window).await;
            let under_way = ["pending", "sending", "retrying"].map(|state| counts[state].as_u64());
            let ended = counts["synced"].as_u64()? + counts["failed"].as_u64()?;
            (under_way == [Some(0); 3] && ended >= 1_000).then_some(())
        })
        .await;
}

/// All the way to live, with a mapping that leaves three causes for the person.
pub async fn up_to_three_causes(desk: &Desk) -> Window {
    let window = up_to_the_account(desk).await;
    on_to_the_fields(&window).await;
    by_two_clicks(&window, "Type", "Lead Status").await;
    window.says("7 fields matched").await;
    on_to_the_rehearsal(&window).await;
    on_to_live(&window).await;
    window
}

/// The only sync.
pub async fn sync(window: &Window) -> String {
    let home = window.ask("home", json!({})).await;
    home["syncs"][0]["id"].as_str().expect("a sync").to_owned()
}

/// Where the leads of the only sync are.
pub async fn counts(window: &Window) -> Value {
    window.ask("home", json!({})).await["syncs"][0]["counts"].clone()
}

/// What needs the person: title and leads of each cause, the most leads first.
pub async fn causes(window: &Window) -> Vec<(String, u64)> {
    let filter =
        json!({"sync": null, "destination": null, "cause": null, "since": null, "text": null, "all": false});
    let desk = window.ask("error_desk", filter).await;
    let groups = desk["needs_you"].as_array().cloned().unwrap_or_default();
    let cause = |group: &Value| {
        let title = group["explained"]["title"].as_str().unwrap_or_default().to_owned();
        (title, group["leads"].as_u64().unwrap_or_default())
    };
    groups.iter().map(cause).collect()
}
