//! A damaged data file, seen from the start screen of the real window.

use leadferry_tests::desk::Desk;
use leadferry_tests::patience::until;

/// First start → the day's copy → the file is damaged while the app is closed → the start screen offers the copy → the app is open.
#[tokio::test]
async fn a_damaged_data_file_is_restored_from_the_start_screen() {
    let desk = Desk::new();
    let data = desk.folder.path().join("data");
    let window = desk.window().await;
    window.says("Bring your first lead across").await;
    until("the day's copy is made", async || {
        let copies = std::fs::read_dir(data.join("backups")).ok()?;
        copies.filter_map(Result::ok).find(|copy| copy.path().extension().is_some_and(|kind| kind == "db"))
    })
    .await;
    window.close().await;
    // A window that is ended leaves its last pages in the log beside the file, which would heal what is broken below. Whoever
    // opens and closes the ledger next carries them over.
    desk.terminal(&["status"], "").expect("the ledger opens");
    let ledger = data.join("leadferry.db");
    let mut bytes = std::fs::read(&ledger).expect("the closed app has left its ledger");
    let middle = bytes.len() / 2;
    bytes[middle..middle + 64].fill(0);
    std::fs::write(&ledger, bytes).expect("it can be damaged");

    let window = desk.window().await;
    window.says("leadferry.db is damaged").await;
    window.says("The last good backup is of").await;
    window.press("Restore this backup").await;
    window.says("Bring your first lead across").await;
    assert!(data.join("replaced.db").exists(), "what was replaced is kept");
    window.close().await;
}
