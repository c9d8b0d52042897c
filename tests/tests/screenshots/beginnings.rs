//! Before anything is there: the passphrase, data that does not open, and every screen empty.

use leadferry_tests::album::Album;
use leadferry_tests::desk::Desk;

#[tokio::test]
async fn opening() {
    let desk = Desk::new();
    let window = desk.locked_window().await;
    window.says("Choose a passphrase").await;
    Album::of(&window).keep("startup-choose").await;
    window.close().await;

    desk.terminal(&["status"], "").expect("the data folder is made");
    let window = desk.locked_window().await;
    window.says("Your data is locked").await;
    Album::of(&window).keep("startup-locked").await;
    window.close().await;

    let ledger = desk.folder.path().join("data/leadferry.db");
    std::fs::write(ledger, "this is no ledger").expect("the ledger is spoilt");
    let window = desk.window().await;
    window.says("Leadferry could not open its data").await;
    Album::of(&window).keep("startup-problem").await;
    window.close().await;
}

#[tokio::test]
async fn nothing_yet() {
    let desk = Desk::new();
    let window = desk.window().await;
    let album = Album::of(&window);
    window.says("Bring your first lead across").await;
    album.keep("empty-home").await;
    for (name, route, words) in [
        ("empty-leads", "/leads", "No leads yet"),
        ("empty-mapping", "/mapping", "Nothing to map yet"),
        ("empty-errors", "/errors", "Nothing needs you"),
        ("empty-activity", "/activity", "Nothing has run yet"),
        ("empty-connections", "/connections", "Nothing is connected"),
        ("empty-notifications", "/notifications", "Notifications"),
        ("empty-not-found", "/nowhere", "There is no such page"),
    ] {
        album.visit(name, route, words).await;
    }
    window.close().await;
}
