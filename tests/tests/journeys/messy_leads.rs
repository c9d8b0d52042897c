//! The whole way once: 1,200 messy leads from a file into the practice CRM, through every screen on the way, until all are
//! there.

use std::collections::BTreeSet;

use leadferry_tests::desk::Desk;
use leadferry_tests::errors::{open_cause, wait_for_causes};
use leadferry_tests::journey::{
    causes, counts, on_to_live, on_to_the_fields, on_to_the_rehearsal, sync, up_to_the_account,
};
use leadferry_tests::mapper::{by_drag, by_keys, by_two_clicks, kept_when};
use leadferry_tests::messy::{FAX, NAMELESS, PEOPLE, WEBINAR};
use leadferry_tests::practice_crm::PracticeCrm;
use leadferry_tests::window::Window;
use serde_json::json;

const STATUS: &str = "hs_lead_status";

/// Three failure groups, each solved by its one button, and in the end everybody is in the CRM once.
#[tokio::test]
async fn messy_leads_all_arrive_in_the_end() {
    let desk = Desk::new();
    let window = up_to_the_account(&desk).await;
    on_to_the_fields(&window).await;
    three_ways_make_one_mapping(&window).await;
    let crm = PracticeCrm::of(&window).await;
    let there_before = crm.records("contacts").await.len();
    a_test_writes_nothing(&window, &crm).await;

    let rehearsed = on_to_the_rehearsal(&window).await;
    let refused = (WEBINAR + NAMELESS + FAX) as u64;
    assert_eq!(rehearsed["refused"], json!(refused), "the rehearsal finds them before anything is sent");
    assert_eq!(rehearsed["create"], json!(PEOPLE as u64 - refused), "and the others can go");
    window.says(&format!("{refused} cannot yet")).await;
    assert_eq!(crm.write_calls().await, 0, "rehearsing writes nothing either");
    window.press("Go on").await;
    window.says("First the CRM gets a field called").await;
    window.press("Rehearse, done").await;
    on_to_live(&window).await;
    let live = counts(&window).await;
    assert_eq!(
        (&live["synced"], &live["failed"]),
        (&rehearsed["create"], &rehearsed["refused"]),
        "what was rehearsed is what came of it"
    );

    let expected = [WEBINAR, NAMELESS, FAX].map(|leads| leads as u64).to_vec();
    let found = causes(&window).await;
    assert_eq!(found.iter().map(|(_, leads)| *leads).collect::<Vec<_>>(), expected, "{found:?}");
    retry_all_from_one_page(&window).await;
    translate(&window, "Webinar", "New", WEBINAR).await;
    wait_for_causes(&window, &[NAMELESS, FAX]).await;
    translate(&window, "Fax", "Open", FAX).await;
    wait_for_causes(&window, &[NAMELESS]).await;
    give_everybody_a_name(&window).await;
    wait_for_causes(&window, &[]).await;

    window.press("Home").await;
    window.says("All 1,200 leads are in").await;
    window.says("The last one arrived").await;
    let people = crm.records("contacts").await;
    assert_eq!(people.len(), there_before + PEOPLE, "everybody is there");
    let emails: Vec<_> = people.iter().filter_map(|one| one["values"]["email"].as_str()).collect();
    assert_eq!(emails.iter().collect::<BTreeSet<_>>().len(), emails.len(), "and nobody twice");
    window.close().await;
}

/// The same field matched by drag, by two clicks and by keys alone is the same configuration to the letter.
async fn three_ways_make_one_mapping(window: &Window) {
    let sync = sync(window).await;
    by_drag(window, "Type", "Lead Status").await;
    let dragged = kept_when(window, &sync, STATUS, true).await;
    window.press("Undo").await;
    let undone = kept_when(window, &sync, STATUS, false).await;
    assert_ne!(undone, dragged, "the drag made a difference");
    by_two_clicks(window, "Type", "Lead Status").await;
    let clicked = kept_when(window, &sync, STATUS, true).await;
    window.press("Undo").await;
    assert_eq!(kept_when(window, &sync, STATUS, false).await, undone, "one undo takes one step back");
    by_keys(window, "Type", "Lead Status").await;
    let typed = kept_when(window, &sync, STATUS, true).await;
    assert_eq!(dragged, clicked, "dragging and clicking are the same deed");
    assert_eq!(dragged, typed, "and so is typing");
}

/// The test shows what would become of a lead, field by field and as a request without secrets; the CRM's log proves no write.
async fn a_test_writes_nothing(window: &Window, crm: &PracticeCrm) {
    window.press("Test with a sample").await;
    window.says("A new record would be made").await;
    window.press("Field by field").await;
    window.says("Would become").await;
    window.press("Exact request").await;
    window.says("Secrets are shown as ••••").await;
    assert_eq!(crm.write_calls().await, 0, "{}", crm.writes().await);
    window.press("Back to the set-up").await;
    window.says("7 fields matched").await;
    window.settled().await;
}

/// All of a group from a page of 50, with the plan before it starts. The cause is not cured, so all come back to their group.
async fn retry_all_from_one_page(window: &Window) {
    open_cause(window, "Webinar").await;
    window.press("Select the 50 rows").await;
    window.says("50 selected.").await;
    window.press("Select all 412 in this group").await;
    window.says("All 412 are selected.").await;
    window.press("Retry").await;
    window.says("at the destination's pace").await;
    window.says("of what is left of today's calls").await;
    window.press("Retry 412 leads").await;
    window.says("0 synced, 412 failed again").await;
    wait_for_causes(window, &[WEBINAR, NAMELESS, FAX]).await;
}

/// Translates a value the CRM does not know. As many pass as the preview said.
async fn translate(window: &Window, value: &str, option: &str, leads: usize) {
    let before = counts(window).await["synced"].as_u64().expect("a count");
    open_cause(window, value).await;
    window.press("Translate value").await;
    window.choose(&format!("Lead Status: “{value}”"), option).await;
    window.says(&format!("All {leads} would pass.")).await;
    window.press(&format!("Apply and retry {leads} leads")).await;
    window.says(&format!("{leads} synced")).await;
    let after = counts(window).await["synced"].as_u64().expect("a count");
    assert_eq!(after - before, leads as u64, "exactly as many as the preview said");
}

async fn give_everybody_a_name(window: &Window) {
    open_cause(window, "First Name").await;
    window.press("Set a default").await;
    window.field("Value for First Name").await.click().await.expect("the field takes the focus");
    window.types("Unknown").await;
    window.says(&format!("All {NAMELESS} would pass.")).await;
    window.press(&format!("Apply and retry {NAMELESS} leads")).await;
    window.says(&format!("{NAMELESS} synced")).await;
}
