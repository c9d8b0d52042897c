//! Pictures of every screen of the real app, light and dark, into `screenshots/`.

use leadferry_tests::desk::Desk;
use leadferry_tests::journey::{on_to_live, up_to_the_account};
use leadferry_tests::repository;
use leadferry_tests::window::Window;
use serde_json::{Value, json};

async fn both_themes(window: &Window, name: &str) {
    for theme in ["light", "dark"] {
        let script = "document.documentElement.dataset.theme = arguments[0];";
        window.client.execute(script, vec![json!(theme)]).await.expect("the theme changes");
        window.picture(&repository().join(format!("screenshots/{name}-{theme}.png"))).await;
    }
}

async fn go(window: &Window, route: &str, words: &str) {
    window
        .client
        .execute("window.location.hash = arguments[0];", vec![json!(route)])
        .await
        .expect("the page changes");
    window.says(words).await;
}

#[tokio::test]
async fn every_screen_light_and_dark() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    both_themes(&window, "setup-account").await;
    on_to_live(&window).await;
    both_themes(&window, "setup-live").await;
    let home: Value = window.ask("home", json!({})).await;
    let sync = home["syncs"][0]["id"].as_str().expect("a sync").to_owned();
    let leads: Value =
        window.ask("leads", json!({"text": null, "source": null, "page": {"offset": 0, "limit": 1}})).await;
    let lead = leads["rows"][0]["id"].as_str().expect("a lead").to_owned();
    let screens = [
        ("home", "/home".to_owned(), "Home"),
        ("sync", format!("/home/{sync}"), "Retry"),
        ("leads", "/leads".to_owned(), "Leads"),
        ("lead", format!("/leads/{lead}"), "captured"),
        ("mapping", format!("/mapping/{sync}"), "214"),
        ("test", format!("/mapping/{sync}/test"), "In words"),
        ("errors", "/errors".to_owned(), "Errors"),
        ("activity", "/activity".to_owned(), "Activity"),
        ("connections", "/connections".to_owned(), "Leads go to"),
        ("settings", "/settings".to_owned(), "Settings"),
    ];
    for (name, route, words) in screens {
        go(&window, &route, words).await;
        both_themes(&window, name).await;
    }
    window.close().await;
}
