//! What changed since a moment, and what was deleted.

use serde_json::{Value, json};

use super::desk::{ADMIN, BEA, CASPER, desk, each, rows};

const FEED: &str =
    "/Leads?fields=Last_Name,Modified_Time&sort_by=Modified_Time&sort_order=asc&converted=both";
const NOON: (&str, &str) = ("if-modified-since", "2026-11-20T12:00:00+00:00");

#[tokio::test]
async fn nothing_changed_is_told_without_a_body() {
    let desk = desk();
    let answer = desk.get_with(NOON, FEED).await;
    assert_eq!((answer.status, answer.text.as_str()), (304, ""));
    desk.pass(5);
    desk.put("/Leads", json!({"data": [{"id": CASPER, "City": "Hull"}]})).await;
    let answer = desk.get_with(NOON, FEED).await;
    assert_eq!((answer.status, each(&answer, "id")), (200, vec![CASPER]));
    assert_eq!(each(&answer, "Modified_Time"), ["2026-11-20T17:30:05+05:30"]);
}

#[tokio::test]
async fn a_change_in_the_very_second_is_not_told_again() {
    let desk = desk();
    desk.pass(5);
    desk.put("/Leads", json!({"data": [{"id": BEA, "City": "Hull"}]})).await;
    let stamp = desk.read("Leads", BEA).await["Modified_Time"].as_str().unwrap().to_owned();
    assert_eq!(desk.get_with(("if-modified-since", &stamp), FEED).await.status, 304);
    let record = desk.get_with(("if-modified-since", &stamp), &format!("/Leads/{BEA}")).await;
    assert_eq!(record.status, 304, "single records know the header, too");
    let earlier = desk.get_with(("if-modified-since", "2026-11-20T12:00:04+00:00"), FEED).await;
    assert_eq!(each(&earlier, "id"), [BEA], "so a client looks a little further back");
}

#[tokio::test]
async fn the_header_is_not_in_the_form_of_http() {
    let desk = desk();
    for wrong in ["Fri, 20 Nov 2026 12:00:00 GMT", "2026-11-20T12:00:00Z", "yesterday"] {
        let answer = desk.get_with(("if-modified-since", wrong), FEED).await;
        assert_eq!((answer.status, answer.json["code"].as_str()), (400, Some("INVALID_DATA")), "{wrong}");
    }
}

#[tokio::test]
async fn people_in_the_crm_change_records_and_the_feed_sees_it() {
    let desk = desk();
    desk.pass(30);
    let values = [("Lead_Status".to_owned(), "Junk Lead".to_owned())].into();
    desk.practice.edit_record("Leads", BEA.parse().unwrap(), &values).unwrap();
    let answer = desk.get_with(NOON, FEED).await;
    assert_eq!(each(&answer, "id"), [BEA]);
}

#[tokio::test]
async fn notes_and_tasks_move_the_activity_time_and_not_the_records_own() {
    let desk = desk();
    desk.pass(60);
    let parent = json!({"module": {"api_name": "Leads"}, "id": BEA});
    desk.create("Notes", json!({"Note_Content": "Called", "Parent_Id": parent})).await;
    assert_eq!(desk.get_with(NOON, FEED).await.status, 304, "the lead itself did not change");
    let lead = desk.read("Leads", BEA).await;
    assert_eq!(lead["Last_Activity_Time"], "2026-11-20T17:31:00+05:30");
}

#[tokio::test]
async fn deleted_records_are_listed_with_who_and_when() {
    let desk = desk();
    assert_eq!(desk.get("/Leads/deleted").await.status, 204);
    desk.delete(&format!("/Leads?ids={BEA}")).await;
    desk.pass(60);
    desk.delete(&format!("/Leads?ids={CASPER}")).await;
    let all = desk.get("/Leads/deleted?type=all&per_page=200").await;
    assert_eq!(each(&all, "id"), [CASPER, BEA], "the latest first");
    assert_eq!(
        rows(&all)[1],
        json!({
            "id": BEA, "display_name": "Bea Thornton", "type": "recycle", "deleted_time": "2026-11-20T17:30:00+05:30",
            "deleted_by": {"name": "Imogen Vale", "id": ADMIN}, "created_by": {"name": "Imogen Vale", "id": ADMIN},
        })
    );
    let since = desk.get_with(NOON, "/Leads/deleted").await;
    assert_eq!(each(&since, "id"), [CASPER]);
    assert_eq!(desk.get("/Leads/deleted?type=permanent").await.status, 204);
    assert_eq!(desk.get("/Leads/deleted?type=gone").await.status, 400);
    let paged = desk.get("/Leads/deleted?per_page=1&page=2").await;
    assert_eq!((each(&paged, "id"), paged.json["info"]["more_records"].as_bool()), (vec![BEA], Some(false)));
}

#[tokio::test]
async fn after_sixty_days_the_bin_forgets_names() {
    let desk = desk();
    desk.delete(&format!("/Leads?ids={BEA}")).await;
    desk.pass(60 * 24 * 3600);
    let gone = desk.get("/Leads/deleted?type=permanent").await;
    assert_eq!((each(&gone, "type"), &rows(&gone)[0]["display_name"]), (vec!["permanent"], &Value::Null));
}
