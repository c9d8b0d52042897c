//! Single records.

use serde_json::json;

use crate::support::{CONTACTS, desk};

#[tokio::test]
async fn a_created_contact_reads_back_by_id_and_by_unique_property() {
    let desk = desk();
    let created = desk
        .post(CONTACTS, json!({"properties": {"email": "Grace@Example.com", "firstname": "Grace", "lastname": "Quay", "phone": "+44 7700 900111"}}))
        .await;
    assert_eq!(created.status, 201, "{}", created.text);
    let properties = &created.json["properties"];
    assert_eq!(properties["email"], "grace@example.com", "e-mails are kept in lower case");
    assert_eq!(properties["lifecyclestage"], "lead", "recorded: what a new contact becomes");
    assert_eq!(properties["hs_full_name_or_email"], "Grace Quay");
    assert_eq!(properties["hs_email_domain"], "example.com");
    assert_eq!(properties["hs_searchable_calculated_phone_number"], "447700900111");
    assert_eq!(properties["createdate"], "2026-11-20T12:00:00.000Z");
    let id = created.json["id"].as_str().unwrap();
    assert_eq!(properties["hs_object_id"], id);
    let by_id = desk.get(&format!("{CONTACTS}/{id}")).await;
    assert_eq!(by_id.json["properties"]["firstname"], "Grace");
    let by_email =
        desk.get(&format!("{CONTACTS}/grace%40example.com?idProperty=email&properties=phone,city")).await;
    assert_eq!(by_email.json["id"], id);
    assert_eq!(by_email.json["properties"]["city"], json!(null), "asked for and absent is null");
    assert!(by_email.json["properties"].get("firstname").is_none(), "not asked for");
}

#[tokio::test]
async fn the_older_paths_are_the_same_account() {
    let desk = desk();
    let created =
        desk.post("/crm/v3/objects/contacts", json!({"properties": {"email": "v3@example.com"}})).await;
    assert_eq!(created.status, 201);
    let id = created.json["id"].as_str().unwrap();
    assert_eq!(desk.get(&format!("{CONTACTS}/{id}")).await.status, 200);
    assert_eq!(desk.get(&format!("/crm/objects/2026-03/0-1/{id}")).await.status, 200, "also by type id");
}

#[tokio::test]
async fn a_known_email_conflicts_on_create_and_update() {
    let desk = desk();
    let answer = desk.post(CONTACTS, json!({"properties": {"email": "ADA.marsh@example.com"}})).await;
    assert_eq!((answer.status, answer.category()), (409, "CONFLICT"));
    assert_eq!(answer.message(), "Contact already exists. Existing ID: 101");
    assert!(answer.json["correlationId"].is_string(), "every error says which call it was");
    let id = desk.contact(json!({"email": "fresh@example.com"})).await;
    let body = json!({"properties": {"email": "ada.marsh@example.com"}});
    let answer = desk.call("PATCH", &format!("{CONTACTS}/{id}"), Some(&body)).await;
    assert_eq!(answer.status, 409);
}

#[tokio::test]
async fn a_contact_needs_an_email_or_a_name() {
    let desk = desk();
    let answer = desk.post(CONTACTS, json!({"properties": {"phone": "020 7946 0111"}})).await;
    assert_eq!((answer.status, answer.category()), (400, "VALIDATION_ERROR"));
    let answer = desk.post("/crm/objects/2026-03/notes", json!({"properties": {"hs_note_body": "x"}})).await;
    assert_eq!(answer.json["errors"][0]["context"]["properties"][0], "hs_timestamp", "notes need their time");
}

#[tokio::test]
async fn an_update_moves_the_time_only_when_something_changes() {
    let desk = desk();
    let id = desk.contact(json!({"email": "same@example.com", "firstname": "Sam"})).await;
    let path = format!("{CONTACTS}/{id}");
    desk.pass(60);
    let same = desk.call("PATCH", &path, Some(&json!({"properties": {"firstname": "Sam"}}))).await;
    assert_eq!(same.json["updatedAt"], "2026-11-20T12:00:00.000Z", "equal values change nothing");
    let other = desk.call("PATCH", &path, Some(&json!({"properties": {"firstname": "Samira"}}))).await;
    assert_eq!(other.json["updatedAt"], "2026-11-20T12:01:00.000Z");
    let cleared = desk.call("PATCH", &path, Some(&json!({"properties": {"firstname": ""}}))).await;
    assert_eq!(cleared.json["properties"]["firstname"], json!(null), "an empty text clears");
    let by_email = format!("{CONTACTS}/same@example.com?idProperty=email");
    let patched = desk.call("PATCH", &by_email, Some(&json!({"properties": {"city": "Hull"}}))).await;
    assert_eq!(patched.json["id"], id.as_str());
}

#[tokio::test]
async fn deleted_records_are_gone_but_listed_as_archived() {
    let desk = desk();
    let id = desk.contact(json!({"email": "gone@example.com"})).await;
    let path = format!("{CONTACTS}/{id}");
    assert_eq!(desk.call("DELETE", &path, None).await.status, 204);
    let missing = desk.get(&path).await;
    assert_eq!((missing.status, missing.category()), (404, "OBJECT_NOT_FOUND"));
    assert_eq!(missing.message(), "resource not found");
    assert_eq!(desk.call("DELETE", &path, None).await.status, 404);
    let bin = desk.get(&format!("{CONTACTS}?archived=true")).await;
    assert_eq!(bin.results().len(), 1);
    assert!(bin.results()[0]["archivedAt"].is_string());
    assert_eq!(desk.get(&format!("{path}?archived=true")).await.status, 200);
}

#[tokio::test]
async fn erased_people_vanish_from_the_bin_too() {
    let desk = desk();
    desk.contact(json!({"email": "erase@example.com"})).await;
    let body = json!({"objectId": "erase@example.com", "idProperty": "email"});
    assert_eq!(desk.post(&format!("{CONTACTS}/gdpr-delete"), body).await.status, 204);
    assert_eq!(desk.get(&format!("{CONTACTS}?archived=true")).await.results().len(), 0);
    let again = desk.post(CONTACTS, json!({"properties": {"email": "erase@example.com"}})).await;
    assert_eq!(again.status, 201, "the address is free again");
}

#[tokio::test]
async fn lists_page_through_everything_once() {
    let desk = desk();
    let mut seen = Vec::new();
    let mut path = format!("{CONTACTS}?limit=4");
    loop {
        let page = desk.get(&path).await;
        seen.extend(page.results().iter().map(|one| one["id"].as_str().unwrap().to_owned()));
        let Some(after) = page.json["paging"]["next"]["after"].as_str() else { break };
        path = format!("{CONTACTS}?limit=4&after={after}");
    }
    assert_eq!(seen, ["101", "102", "103", "104", "105", "106"], "six sample contacts, each once");
    assert_eq!(desk.get(&format!("{CONTACTS}?limit=101")).await.status, 400, "100 a page at most");
}

#[tokio::test]
async fn a_merged_id_answers_single_calls_but_not_batches() {
    let desk = desk();
    let kept = desk.contact(json!({"email": "kept@example.com", "firstname": "Kay"})).await;
    let gone = desk.contact(json!({"email": "second@example.com", "city": "Leith"})).await;
    let merge = json!({"primaryObjectId": kept, "objectIdToMerge": gone});
    let merged = desk.post(&format!("{CONTACTS}/merge"), merge).await;
    assert_eq!(merged.status, 200, "{}", merged.text);
    assert_eq!(merged.json["properties"]["city"], "Leith", "the survivor takes what it lacks");
    assert_eq!(merged.json["properties"]["hs_additional_emails"], "second@example.com");
    assert_eq!(merged.json["properties"]["hs_merged_object_ids"], gone.as_str());
    assert_eq!(desk.get(&format!("{CONTACTS}/{gone}")).await.json["id"], kept.as_str());
    let conflict = desk.post(CONTACTS, json!({"properties": {"email": "second@example.com"}})).await;
    assert_eq!(
        conflict.message(),
        format!("Contact already exists. Existing ID: {kept}"),
        "second addresses count"
    );
    let input = json!({"inputs": [{"id": gone, "properties": {"city": "Hull"}}]});
    assert_eq!(desk.post(&format!("{CONTACTS}/batch/update"), input).await.status, 404);
}

#[tokio::test]
async fn unknown_objects_and_paths_are_refused_in_the_vendors_words() {
    let desk = desk();
    let answer = desk.post("/crm/objects/2026-03/butterflies/search", json!({"limit": 1})).await;
    assert_eq!(answer.status, 400);
    assert_eq!(answer.message(), "Unable to infer object type from: butterflies");
    assert_eq!(desk.get("/crm/nowhere/2026-03").await.status, 404);
}

#[tokio::test]
async fn a_records_link_opens_a_page_that_shows_it() {
    let desk = desk();
    let created = desk.post(CONTACTS, json!({"properties": {"firstname": "<b>Ida</b>"}})).await;
    let url = created.json["url"].as_str().unwrap().strip_prefix("http://localhost").unwrap().to_owned();
    let page = desk.raw(http::Request::get(&url).body(axum::body::Body::empty()).unwrap()).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("&lt;b&gt;Ida&lt;/b&gt;"), "values are shown, not obeyed");
}
