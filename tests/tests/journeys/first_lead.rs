//! From the first start to the first lead in the practice CRM: how long it takes and how much a person has to do for it.

use std::time::{Duration, Instant};

use leadferry_tests::desk::Desk;
use leadferry_tests::journey::counts;
use leadferry_tests::practice_crm::PracticeCrm;
use leadferry_tests::window::Window;

/// What a person is asked to put up with, at most (rubric, point 2).
const LONGEST: Duration = Duration::from_secs(90);
const MOST_CLICKS: usize = 12;

/// A person who counts their clicks.
struct Counting<'w> {
    window: &'w Window,
    clicks: usize,
}

impl Counting<'_> {
    async fn press(&mut self, name: &str) {
        self.window.press(name).await;
        self.clicks += 1;
    }
}

/// Made-up leads into the practice CRM: within 90 seconds, with 12 clicks at most and not one typed field.
#[tokio::test]
async fn the_first_lead_arrives_in_a_few_clicks() {
    let desk = Desk::new();
    let began = Instant::now();
    let window = desk.window().await;
    let mut person = Counting { window: &window, clicks: 0 };
    person.press("Try with a practice CRM").await;
    person.press("Made-up leads").await;
    person.press("Try it with a practice CRM").await;
    desk.allow().await;
    // The consent in the browser is a click too.
    person.clicks += 1;
    window.says("Is it the right account?").await;
    let page = window.page().await;
    assert!(
        page.contains("HubSpot account 7700900")
            && page.contains("signed in as")
            && page.contains("write contacts"),
        "account, user and rights are named before anything goes there: {page}"
    );
    person.press("Go on with this account").await;
    window.says("matched").await;
    person.press("Rehearse").await;
    person.press("Go on").await;
    person.press("Create").await;
    let arrived = async || counts(&window).await["synced"].as_u64().filter(|synced| *synced > 0);
    window.until("the first lead is in the CRM", arrived).await;
    let took = began.elapsed();
    assert!(took <= LONGEST, "it took {} seconds", took.as_secs());
    assert!(person.clicks <= MOST_CLICKS, "it took {} clicks", person.clicks);
    let crm = PracticeCrm::of(&window).await;
    assert!(crm.write_calls().await > 0, "the CRM itself says so");
    window.says("Close this window whenever you like").await;
    window.close().await;
}
