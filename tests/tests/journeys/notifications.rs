//! Notifications: one a cause, however many leads it stops, and a click leads to it.

use std::collections::BTreeSet;

use leadferry_tests::bus::Desktop;
use leadferry_tests::desk::Desk;
use leadferry_tests::errors::open_cause;
use leadferry_tests::journey::{causes, up_to_three_causes};

#[tokio::test]
async fn each_cause_is_told_once_and_a_click_opens_it() {
    let desk = Desk::new();
    let desktop = Desktop::on(&desk.bus).await;
    let window = up_to_three_causes(&desk).await;
    let titles = causes(&window).await;
    assert_eq!(titles.len(), 3, "three causes stop 441 leads: {titles:?}");
    window.until("the desktop shows them", async || (desktop.shown().len() >= 3).then_some(())).await;

    // The same 412 stop for the same cause once more: that is no news.
    open_cause(&window, "Webinar").await;
    window.press("More for").await;
    window.press("Retry 412 leads").await;
    window.says("at the destination's pace").await;
    window.press("Retry 412 leads").await;
    window.says("412 failed again").await;

    let shown = desktop.shown();
    assert_eq!(shown.len(), 3, "each cause is told once: {shown:?}");
    let mut opened = BTreeSet::new();
    for notification in &shown {
        let words = format!("{} {}", notification.title, notification.body);
        assert!(
            !words.contains('@') && !words.contains("Webinar") && !words.contains("Lovelace"),
            "nothing personal shows on a locked screen: {words}"
        );
        window.go("/home").await;
        window.says("things need you").await;
        desktop.click(notification).await;
        let title = window
            .until("the click opens a cause", async || {
                let page = window.page().await;
                let on_a_group = window.route().await.starts_with("#/errors/") && page.contains("What to do");
                titles
                    .iter()
                    .map(|(title, _)| title)
                    .find(|title| on_a_group && page.contains(title.as_str()))
            })
            .await;
        opened.insert(title.clone());
    }
    assert_eq!(opened.len(), 3, "each opens its own: {opened:?}");
    window.close().await;
}
