//! Every CRM there is a practice of, drawn from its spec alone: the account, the fields, the rehearsal and what needs a person.

use leadferry_tests::album::Album;
use leadferry_tests::desk::Desk;
use leadferry_tests::journey::on_to_live;
use leadferry_tests::window::{Window, quoted};
use serde_json::json;

#[tokio::test]
async fn every_crm() {
    let desk = Desk::new();
    let window = desk.window().await;
    window.says("Bring your first lead across").await;
    let all = window.ask("practice", json!({})).await;
    window.close().await;
    let text = |crm: &serde_json::Value, name: &str| crm[name].as_str().expect("a text").to_owned();
    let all = all.as_array().expect("practice CRMs").iter();
    for (id, name) in all.map(|crm| (text(crm, "connector"), text(crm, "name"))).collect::<Vec<_>>() {
        one(&id, &name).await;
    }
}

async fn one(id: &str, name: &str) {
    let desk = Desk::new();
    let window = desk.window().await;
    let album = Album::of(&window);
    window.says("Bring your first lead across").await;
    window.go("/connections/new").await;
    window.says("Which CRM should leads go to?").await;
    window.settled().await;
    window.press(name).await;
    window.says("How to connect").await;
    album.keep(&format!("{id}-connect")).await;
    window.go("/connections").await;
    window.says("Practice CRM").await;
    on_card(&window, name, "Start it").await;
    window.says("Running").await;
    on_card(&window, name, "Connect it").await;
    window.says("Waiting in your browser").await;
    desk.allow().await;
    window.says("Leads go to").await;
    window.settled().await;
    let connections = window.ask("connections", json!({})).await;
    let connection = connections[0]["id"].as_str().expect("a connection").to_owned();
    let called = connections[0]["name"].as_str().expect("a name").to_owned();
    album.visit(&format!("{id}-connection"), &format!("/connections/{connection}"), "Leadferry may").await;
    window.go("/home").await;
    window.press("Start").await;
    window.says("Where do your leads come from?").await;
    window.drop_file(&desk.messy_leads()).await;
    window.press("Use these").await;
    window.says("Where should they go?").await;
    window.settled().await;
    window.press(&called).await;
    window.says("Is it the right account?").await;
    album.keep(&format!("{id}-account")).await;
    window.press("Go on with this account").await;
    window.says("fields matched").await;
    album.keep(&format!("{id}-match")).await;
    window.press("Rehearse").await;
    window.says("can go").await;
    album.keep(&format!("{id}-rehearse")).await;
    on_to_live(&window).await;
    album.visit(&format!("{id}-errors"), "/errors", "Errors").await;
    album.visit(&format!("{id}-home"), "/home", "Where is my lead?").await;
    window.close().await;
}

/// Presses a button on the card of a practice CRM.
async fn on_card(window: &Window, name: &str, button: &str) {
    let (name, button) = (quoted(name), quoted(button));
    let wanted = format!(
        "//section[.//p[starts-with(normalize-space(.), {name})]]//button[normalize-space(.)={button}]"
    );
    window
        .until("the practice CRM's button is pressed", async || {
            window.click(&window.seen(&wanted).await?).await
        })
        .await;
}
