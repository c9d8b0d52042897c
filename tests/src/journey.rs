//! The way from the first start to leads in the practice CRM, as every journey begins it.

use serde_json::json;

use crate::desk::Desk;
use crate::window::{Window, until};

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

/// Goes on from the account until leads are in the practice CRM, and gives how many.
pub async fn on_to_live(window: &Window) -> u64 {
    window.press("Go on with this account").await;
    window.says("matched").await;
    window.press("Rehearse").await;
    window.press("Go on").await;
    window.press("Create").await;
    until("leads are in the practice CRM", async || {
        let home = window.ask("home", json!({})).await;
        let synced = home["syncs"][0]["counts"]["synced"].as_u64()?;
        (synced > 0).then_some(synced)
    })
    .await
}
