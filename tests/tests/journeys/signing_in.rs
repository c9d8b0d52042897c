//! Signing in, with a person who changes their mind and one who is called away.

use leadferry_tests::desk::Desk;
use leadferry_tests::journey::{on_to_the_fields, up_to_the_account};
use leadferry_tests::mapper::kept;
use leadferry_tests::window::Window;
use serde_json::json;

async fn waits_for_the_browser(window: &Window) {
    window.press("Try it with a practice CRM").await;
    window.says("Waiting in your browser").await;
}

/// While the browser is open: open it again, copy the link, see the clock; and cancelling leaves nothing behind.
#[tokio::test]
async fn a_sign_in_can_be_opened_again_and_given_up() {
    let desk = Desk::new();
    let window = desk.window().await;
    window.press("Start").await;
    window.press("Made-up leads").await;
    waits_for_the_browser(&window).await;
    let address = desk.opened_address().await;
    let clock = async || {
        let timer = window.find("//*[@role='timer']").await.text().await.unwrap_or_default();
        timer.ends_with("left").then_some(timer)
    };
    let shown = window.until("the clock", clock).await;
    window.until("the clock runs", async || clock().await.filter(|now| *now != shown)).await;
    window.press("Open again").await;
    window
        .until("the same page is opened again", async || {
            let opened = desk.opened_addresses();
            (opened.len() == 2 && opened.iter().all(|each| *each == address)).then_some(())
        })
        .await;
    window.press("Copy link").await;
    window.says("The link is copied.").await;

    window.press("Cancel").await;
    window.says("Where should they go?").await;
    let connections = window.ask("connections", json!({})).await;
    let destinations = connections.as_array().expect("a list").iter();
    assert_eq!(
        destinations.filter(|one| one["role"] == json!("destination")).count(),
        0,
        "nothing is connected by half: {connections}"
    );
    let answer = desk.allow().await.to_lowercase();
    assert!(
        !answer.contains("connected"),
        "the page of a sign-in that was given up connects nothing: {answer}"
    );

    waits_for_the_browser(&window).await;
    window.until("a new page is opened", async || (desk.opened_addresses().len() == 3).then_some(())).await;
    desk.allow().await;
    window.says("Is it the right account?").await;
    window.close().await;
}

/// Quit in the middle of the set-up and start again: the same step, with everything that was done.
#[tokio::test]
async fn the_set_up_goes_on_where_it_was_left() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    on_to_the_fields(&window).await;
    let sync = leadferry_tests::journey::sync(&window).await;
    let matched = kept(&window, &sync).await;
    window.close().await;

    let window = desk.window().await;
    window.press("Home").await;
    window.press("Finish set-up").await;
    window.says("6 fields matched").await;
    assert_eq!(kept(&window, &sync).await, matched, "nothing was lost");
    window.press("Rehearse").await;
    window.says("can go").await;
    window.close().await;
}
