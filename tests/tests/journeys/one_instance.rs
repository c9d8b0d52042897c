//! One Leadferry a person: a second start shows the first, an address opens its page there, and the work goes on without a
//! window.

use leadferry_tests::desk::Desk;
use leadferry_tests::display::{close_windows_called, windows_called};
use leadferry_tests::journey::{on_to_live, on_to_the_fields, on_to_the_rehearsal, sync, up_to_the_account};
use leadferry_tests::patience::until;
use leadferry_tests::practice_crm::PracticeCrm;
use serde_json::{Value, json};

const TITLE: &str = "Leadferry";

#[tokio::test]
async fn a_second_start_shows_the_first_and_work_goes_on_without_a_window() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    on_to_the_fields(&window).await;
    on_to_the_rehearsal(&window).await;
    on_to_live(&window).await;

    assert!(desk.start_again(&[]).success(), "the second start ends and leaves the work to the first");
    assert_eq!(windows_called(TITLE), 1, "one instance, one window");

    let sync = sync(&window).await;
    let filter =
        json!({"sync": null, "destination": null, "cause": null, "since": null, "text": null, "all": false});
    let found = window.ask("error_desk", filter).await;
    let key = found["needs_you"][0]["key"].as_str().expect("a cause").to_owned();
    let path: String = url::form_urlencoded::byte_serialize(key.as_bytes()).collect();
    let address = format!("leadferry://errors/{sync}/{path}");
    assert!(desk.start_again(&[&address]).success(), "an address is handed to the first");
    window.says("What to do").await;
    let title = found["needs_you"][0]["explained"]["title"].as_str().expect("a title");
    window.says(title).await;

    let crm = PracticeCrm::of(&window).await;
    let before = crm.records("contacts").await.len();
    close_windows_called(TITLE);
    until("the window is gone", async || (windows_called(TITLE) == 0).then_some(())).await;
    let path = desk.folder.path().join("late.csv");
    std::fs::write(&path, "Name,E-mail\nLate Visitor,late@example.org\n").expect("the file");
    let path = path.display().to_string();
    let sent: Value =
        desk.terminal(&["import", &path, "--source", "leads.csv"], "").expect("the engine takes rows in");
    assert!(sent["import"]["new"] == json!(1), "{sent}");
    until("the lead of after hours is in the CRM", async || {
        (crm.records("contacts").await.len() == before + 1).then_some(())
    })
    .await;

    assert!(desk.start_again(&[]).success(), "starting it again");
    until("shows the window again", async || (windows_called(TITLE) == 1).then_some(())).await;
    window.close().await;
}
