//! A working day: three causes, one lane down, everything a person does about it, and calm in the end.

use leadferry_tests::album::Album;
use leadferry_tests::desk::Desk;
use leadferry_tests::errors::{open_cause, wait_for_causes};
use leadferry_tests::journey::{sync, up_to_three_causes};
use leadferry_tests::mapper::{narrow_to, row};
use leadferry_tests::messy::{FAX, NAMELESS};
use leadferry_tests::repository;
use leadferry_tests::window::Window;
use serde_json::json;

#[tokio::test]
async fn working_day() {
    let desk = Desk::new();
    let window = up_to_three_causes(&desk).await;
    let album = Album::of(&window);
    album.visit("home-needs-you", "/home", "things need you").await;
    window.picture(&repository().join("tests/pictures/home-light.png")).await;
    errors(&album).await;
    people(&album).await;
    mapping(&album).await;
    connections(&album).await;
    around(&album).await;
    lane_down(&desk, &album).await;
    calm(&album).await;
    window.close().await;
}

async fn errors(album: &Album<'_>) {
    let window = album.window;
    album.visit("errors", "/errors", "Needs you").await;
    open_cause(window, "Webinar").await;
    album.keep("group").await;
    window.press("Translate value").await;
    window.choose("Lead Status: “Webinar”", "New").await;
    window.says("All 412 would pass.").await;
    album.keep("group-preview").await;
    window.press("Cancel").await;
    window.press("Select the 50 rows").await;
    window.says("50 selected.").await;
    album.keep("group-selected").await;
    window.press("Select all 412").await;
    window.press("Retry").await;
    window.says("at the destination's pace").await;
    album.keep("group-plan").await;
    window.press("Cancel").await;
    let failed = json!({"sync": null, "group": null, "states": ["failed"], "run": null, "text": null});
    let rows = window.ask("deliveries", json!({"filter": failed, "page": {"offset": 0, "limit": 1}})).await;
    let delivery = rows["rows"][0]["id"].clone();
    album.visit("delivery", &format!("/errors/delivery/{delivery}/details"), "What happened so far").await;
}

async fn people(album: &Album<'_>) {
    let window = album.window;
    album.visit("leads", "/leads", "people").await;
    let leads = window
        .ask("leads", json!({"text": "Lovelace", "source": null, "page": {"offset": 0, "limit": 1}}))
        .await;
    let lead = leads["rows"][0]["id"].as_str().expect("a lead").to_owned();
    album.visit("lead", &format!("/leads/{lead}"), "Captured").await;
    album.visit("activity", "/activity", "Runs").await;
    let runs = window.ask("runs", json!({"sync": null, "page": {"offset": 0, "limit": 1}})).await;
    album.visit("run", &format!("/activity/{}", runs["rows"][0]["id"]), "Only failed").await;
    window.go("/activity").await;
    album.peek("activity-changes", "Changes", "When").await;
    album.visit("notifications", "/notifications", "stopped").await;
}

async fn mapping(album: &Album<'_>) {
    let window = album.window;
    let sync = sync(window).await;
    album.visit("mapping", &format!("/mapping/{sync}"), "of 215 fields").await;
    narrow_to(window, "Lead Status").await;
    row(window, "Lead Status").await.click().await.expect("the row can be clicked");
    window.press("Edit how Lead Status is filled").await;
    window.says("Steps, from left to right").await;
    album.keep("mapping-rule").await;
    window.press("Translate values").await;
    window.says("Values of the last").await;
    album.keep("mapping-values").await;
    narrow_to(window, " ").await;
    window.press("1 problem").await;
    window.says("What needs you").await;
    album.keep("mapping-problems").await;
    for (name, button, words) in [
        ("mapping-history", "Versions", "Version 1"),
        ("mapping-templates", "Begin from a template", "It replaces the draft"),
        ("mapping-defaults", "What rules assume", "Country of phone numbers"),
    ] {
        window.press("More").await;
        window.press(button).await;
        window.says(words).await;
        album.keep(name).await;
    }
    album.peek("mapping-publish", "Publish", "Publish the mapping").await;
}

async fn connections(album: &Album<'_>) {
    let window = album.window;
    album.visit("connections", "/connections", "Leads go to").await;
    album.peek("connections-receiver", "Make a receiver", "How the sender proves itself").await;
    album.visit("connect", "/connections/new", "Which CRM should leads go to?").await;
    window.press("Webhook").await;
    window.says("Webhook address").await;
    album.keep("connect-webhook").await;
    window.go("/connections").await;
    window.go("/connections/new").await;
    window.press("HubSpot").await;
    window.says("How to connect").await;
    album.keep("connect-crm").await;
    let all = window.ask("connections", json!({})).await;
    let id = |role: &str| {
        let found = all.as_array().and_then(|all| all.iter().find(|one| one["role"] == json!(role)));
        found.and_then(|one| one["id"].as_str()).expect("a connection").to_owned()
    };
    album.visit("connection", &format!("/connections/{}", id("destination")), "Leadferry may").await;
    album.visit("source", &format!("/connections/{}", id("source")), "Syncs that use it").await;
}

async fn around(album: &Album<'_>) {
    let window = album.window;
    let sync = sync(window).await;
    album.visit("sync", &format!("/home/{sync}"), "When it sends").await;
    for section in
        ["general", "notifications", "appearance", "shortcuts", "data", "network", "command", "about"]
    {
        album
            .visit(&format!("settings-{section}"), &format!("/settings?section={section}"), "Settings")
            .await;
    }
    window.go("/home").await;
    album.peek("palette", "Where is my lead?", "Arrows move").await;
}

async fn lane_down(desk: &Desk, album: &Album<'_>) {
    let window = album.window;
    window.go("/connections").await;
    window.press("Stop it").await;
    window.says("Stopped").await;
    let path = desk.folder.path().join("late.csv");
    let rows: String = (0..31).map(|n| format!("Visitor {n},visitor{n}@example.org\n")).collect();
    std::fs::write(&path, format!("Name,E-mail\n{rows}")).expect("a file of visitors");
    let path = path.display().to_string();
    desk.terminal(&["import", &path, "--source", "leads.csv", "--no-wait"], "").expect("rows come in");
    window.go("/home").await;
    window.says("is not answering since").await;
    album.keep("home-lane-down").await;
    album.visit("errors-lane-down", "/errors", "Needs you").await;
    window.go("/connections").await;
    window.press("Start it").await;
    window.says("is back").await;
}

async fn calm(album: &Album<'_>) {
    let window = album.window;
    let fixes = [("Webinar", "Apply and retry 412"), ("Fax", "Apply and retry 6")];
    for (value, apply) in fixes {
        open_cause(window, value).await;
        window.press("Translate value").await;
        window.choose(&format!("Lead Status: “{value}”"), "New").await;
        window.press(apply).await;
        window.says("synced").await;
        album.keep(&format!("fixed-{}", value.to_lowercase())).await;
        wait_for_causes(window, if value == "Webinar" { &[NAMELESS, FAX] } else { &[NAMELESS] }).await;
    }
    name_everybody(window).await;
    wait_for_causes(window, &[]).await;
    album.visit("errors-calm", "/errors", "Nothing needs you").await;
    album.visit("home-calm", "/home", "leads are in").await;
}

async fn name_everybody(window: &Window) {
    open_cause(window, "First Name").await;
    window.press("Set a default").await;
    window.field("Value for First Name").await.click().await.expect("the field takes the focus");
    window.types("Unknown").await;
    window.press("Apply and retry 23").await;
    window.says("23 synced").await;
}
