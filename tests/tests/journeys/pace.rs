//! How the window feels: a long list narrows while one types, and what was started stops when told to. What is asserted are
//! counts; how long things took is said, since a busy computer proves nothing.

#![expect(clippy::print_stdout, reason = "it says how long things took")]

use std::time::Instant;

use leadferry_tests::desk::Desk;
use leadferry_tests::errors::open_cause;
use leadferry_tests::journey::{
    counts, on_to_live, on_to_the_fields, on_to_the_rehearsal, up_to_the_account,
};
use leadferry_tests::mapper::{by_two_clicks, narrow_to, row};
use leadferry_tests::messy::{FAX, NAMELESS, PEOPLE, WEBINAR};
use leadferry_tests::window::Window;
use serde_json::json;

/// Fields of the practice CRM's contacts.
const FIELDS: usize = 214;

#[tokio::test]
async fn a_long_list_narrows_and_a_long_retry_stops() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    on_to_the_fields(&window).await;
    every_field_can_be_reached(&window).await;
    three_letters_narrow(&window).await;
    by_two_clicks(&window, "Type", "Lead Status").await;
    window.says("7 fields matched").await;
    what_cannot_go_is_seen_before_anything_is_sent(&window).await;
    on_to_the_rehearsal(&window).await;
    on_to_live(&window).await;
    a_retry_stops_when_told(&window).await;
    window.close().await;
}

/// Scrolls from the top to the bottom and counts what came by.
async fn every_field_can_be_reached(window: &Window) {
    let script = "const done = arguments[0]; const list = document.querySelector('[role=grid]'); const seen = new Set(); \
        const frame = () => new Promise((go) => requestAnimationFrame(() => requestAnimationFrame(go))); \
        (async () => { for (let top = 0; ; top += list.clientHeight / 2) { list.scrollTop = top; await frame(); \
            for (const row of list.querySelectorAll('[role=row][id]')) seen.add(row.id); \
            if (top > list.scrollHeight) break; } list.scrollTop = 0; await frame(); done(seen.size); })();";
    let seen = window.client.execute_async(script, vec![]).await.expect("the list scrolls");
    assert_eq!(seen, json!(FIELDS), "every field comes by");
}

/// Rubric, point 7.
async fn three_letters_narrow(window: &Window) {
    let script = "const [words, done] = arguments; const field = document.querySelector('[aria-label=\"Filter fields\"]'); \
        const set = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value').set; \
        const start = performance.now(); set.call(field, words); field.dispatchEvent(new Event('input', {bubbles: true})); \
        requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - start)));";
    let took =
        window.client.execute_async(script, vec![json!("sta")]).await.expect("the filter is typed into");
    window.no_longer_says(&format!("{FIELDS} of {FIELDS}")).await;
    println!("measured: {FIELDS} fields narrowed by three letters and drawn in {took} ms");
    narrow_to(window, "hs_lead_stat").await;
    row(window, "Lead Status").await;
    narrow_to(window, " ").await;
}

/// Rubric, point 10: a value the CRM does not know, and a field that only it fills.
async fn what_cannot_go_is_seen_before_anything_is_sent(window: &Window) {
    narrow_to(window, "Create Date").await;
    window.says("Read-only").await;
    narrow_to(window, " ").await;
    window.says("has no option “Webinar”").await;
    assert_eq!(counts(window).await["synced"], json!(0), "nothing was sent to find that out");
}

/// Rubric, point 23: the CRM is slow, the person stops the retry, and what waited is left where it was.
async fn a_retry_stops_when_told(window: &Window) {
    weather(window, 3_000).await;
    open_cause(window, "Webinar").await;
    window.press("Translate value").await;
    window.choose("Lead Status: “Webinar”", "New").await;
    window.says(&format!("All {WEBINAR} would pass.")).await;
    window.press(&format!("Apply and retry {WEBINAR} leads")).await;
    window.press("Cancel").await;
    let told = Instant::now();
    window.says("Stopped:").await;
    println!(
        "measured: a retry of {WEBINAR} at a slow CRM stopped {} ms after the click",
        told.elapsed().as_millis()
    );
    weather(window, 0).await;
    let ended = window
        .until("what was on its way has arrived", async || {
            let counts = counts(window).await;
            let under_way = ["pending", "sending", "retrying"].map(|state| counts[state].as_u64());
            (under_way == [Some(0); 3]).then_some(counts)
        })
        .await;
    let synced = ended["synced"].as_u64().expect("a count") as usize;
    let refused = WEBINAR + NAMELESS + FAX;
    assert!(synced < PEOPLE - NAMELESS - FAX, "most were stopped: {ended}");
    assert!(synced >= PEOPLE - refused, "what had arrived stays: {ended}");
}

async fn weather(window: &Window, delay_ms: u32) {
    let practice = window.ask("practice", json!({})).await;
    let mut weather = practice[0]["weather"].clone();
    weather["delay_ms"] = json!(delay_ms);
    window.ask("set_weather", json!({ "dialect": practice[0]["dialect"], "weather": weather })).await;
}
