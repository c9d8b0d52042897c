//! The whole way with the keyboard alone: set-up, mapping, a fix, a bulk retry. The mouse is not touched once.

use fantoccini::key::Key;
use leadferry_tests::browser::Browser;
use leadferry_tests::desk::Desk;
use leadferry_tests::errors::wait_for_causes;
use leadferry_tests::journey::{counts, sync};
use leadferry_tests::mapper::{by_keys, kept_when};
use leadferry_tests::messy::{FAX, NAMELESS, WEBINAR};
use leadferry_tests::window::Window;
use serde_json::json;

#[tokio::test]
async fn the_whole_way_needs_no_mouse() {
    let desk = Desk::new();
    let window = desk.window().await;
    window.enter_on("Start").await;
    window.says("Where do your leads come from?").await;
    // A file dialog is the desktop's own; the terminal brings the same file in.
    let path = desk.messy_leads().display().to_string();
    desk.terminal(&["import", &path, "--no-wait"], "").expect("the file is taken in");
    window.says("leads.csv").await;
    window.enter_on("leads.csv").await;
    window.says("Where should they go?").await;
    window.enter_on("Try it with a practice CRM").await;
    let address = desk.opened_address().await;
    let browser = Browser::open(desk.folder.path()).await;
    browser.consent_by_keys(&address, "Allow").await;
    browser.close().await;
    window.says("Is it the right account?").await;
    window.control_and(Key::Return.into()).await;
    window.says("6 fields matched").await;
    window.settled().await;
    by_keys(&window, "Type", "Lead Status").await;
    kept_when(&window, &sync(&window).await, "hs_lead_status", true).await;
    primary_until(&window, "441 cannot yet").await;
    primary_until(&window, "This is what happens").await;
    primary_until(&window, "You are live.").await;
    window.says("Send the other").await;
    window.control_and(Key::Return.into()).await;
    window
        .until("everybody arrived or waits for the person", async || {
            let counts = counts(&window).await;
            (counts["failed"] == json!(WEBINAR + NAMELESS + FAX) && counts["pending"] == json!(0))
                .then_some(())
        })
        .await;

    open_cause(&window, "Webinar").await;
    translate(&window, "Webinar", "New").await;
    wait_for_causes(&window, &[NAMELESS, FAX]).await;
    window
        .until("the focus is somewhere when what had it is gone", async || {
            (!window.focused().await.is_empty()).then_some(())
        })
        .await;

    open_cause(&window, "Fax").await;
    window.tab_to("People").await;
    window.control_and('a').await;
    window.says("All 6 are selected.").await;
    window.types("r").await;
    window.has_focus("Retry 6 leads").await;
    window.key(Key::Return).await;
    window.says("6 failed again").await;
    translate(&window, "Fax", "Open").await;
    wait_for_causes(&window, &[NAMELESS]).await;
    window.close().await;
}

/// Does the page's main action by its keys, and waits for what follows.
async fn primary_until(window: &Window, words: &str) {
    window.settled().await;
    window.control_and(Key::Return.into()).await;
    window.says(words).await;
}

/// From anywhere to the page of a cause: the error desk, down its cards, open.
async fn open_cause(window: &Window, words: &str) {
    window.control_and('4').await;
    window.says("need you").await;
    window.settled().await;
    window
        .until(&format!("the card with “{words}” has the focus"), async || {
            window.types("j").await;
            window.focused().await.contains(words).then_some(())
        })
        .await;
    assert!(window.focus_shows().await, "a person sees which card it is");
    window.types("o").await;
    window.says("What to do").await;
    window.settled().await;
}

async fn translate(window: &Window, value: &str, option: &str) {
    window.enter_on("Translate value").await;
    window.tab_to(&format!("Lead Status: “{value}”")).await;
    window.types(option).await;
    window.says(option).await;
    window.key(Key::Down).await;
    window.key(Key::Return).await;
    window.says("would pass.").await;
    window.enter_on("Apply and retry").await;
    window.says("synced").await;
}
