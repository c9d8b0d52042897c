//! Searches: exact and near, by field, behind the times.

use leadferry_practice::Weather;
use serde_json::{Value, json};

use super::desk::{PERSONS, desk, field, unlimited};

#[tokio::test]
async fn exact_searches_do_not_mind_case_and_others_find_near_hits() {
    let desk = desk();
    let exact = |term: &str| format!("{PERSONS}/search?fields=email&exact_match=true&term={term}");
    assert_eq!(desk.found(&exact("ADA.MOSS@Example.com")).await, [101]);
    assert_eq!(desk.found(&exact("ada")).await, Vec::<Value>::new());
    desk.made(PERSONS, json!({"name": "Ada Moss-Hill", "emails": [{"value": "ada.moss-hill@example.com"}]}))
        .await;
    let near = desk.found(&format!("{PERSONS}/search?fields=email&term=ada.moss@example.com")).await;
    assert_eq!(near.len(), 2, "without exact_match, words are enough: {near:?}");
    assert_eq!(near[0], 101, "the better hit first");
}

#[tokio::test]
async fn every_address_and_number_of_a_person_is_found() {
    let desk = desk();
    let id = desk
        .made(
            PERSONS,
            json!({"name": "Two", "emails": [{"value": "a@example.com"}, {"value": "b@example.com", "label": "home"}], "phones": [{"value": "+44 7700 900309"}]}),
        )
        .await["id"]
        .clone();
    let search = |field: &str, term: &str| {
        let query = serde_urlencoded::to_string([("fields", field), ("term", term), ("exact_match", "true")]);
        format!("{PERSONS}/search?{}", query.unwrap())
    };
    let this = std::slice::from_ref(&id);
    assert_eq!(desk.found(&search("email", "b@example.com")).await, this);
    assert_eq!(desk.found(&search("phone", "+44 7700 900309")).await, this);
    assert_eq!(desk.found(&search("phone", "+447700900309")).await, Vec::<Value>::new(), "numbers are text");
    assert_eq!(desk.found(&search("name", "two")).await, this);
    assert_eq!(
        desk.found(&search("email", "two")).await,
        Vec::<Value>::new(),
        "only in the fields asked for"
    );
    desk.patch(&format!("{PERSONS}/{id}"), json!({"emails": [{"value": "c@example.com"}]})).await;
    assert_eq!(
        desk.found(&search("email", "b@example.com")).await,
        Vec::<Value>::new(),
        "the old address is gone"
    );
    assert_eq!(desk.found(&search("email", "c@example.com")).await, this);
}

#[tokio::test]
async fn an_item_shows_where_it_was_found() {
    let desk = desk();
    desk.patch(&format!("{PERSONS}/101"), json!({"org_id": 107})).await;
    desk.pass(2);
    let answer = desk.get(&format!("{PERSONS}/search?term=slate")).await;
    let item = &answer.json["data"]["items"][0]["item"];
    assert_eq!(item["custom_fields"], json!(["Slate, south"]));
    assert_eq!(item["emails"], json!(["ada.moss@example.com"]), "plain texts here");
    assert_eq!(item["organization"]["name"], "Northquay Builders");
    assert_eq!((item["type"].as_str(), item["owner"]["id"].as_u64()), (Some("person"), Some(13_001)));
    let note = desk.found(&format!("{PERSONS}/search?term=battery&fields=notes")).await;
    assert_eq!(note, [104]);
    let narrowed = desk.found(&format!("{PERSONS}/search?term=example&organization_id=107")).await;
    assert_eq!(narrowed, [101]);
}

#[tokio::test]
async fn one_search_goes_over_everything() {
    let desk = desk();
    desk.pass(2);
    let answer = desk.get("/api/v2/itemSearch?term=roof&search_for_related_items=true").await;
    let kinds: Vec<_> = answer.json["data"]["items"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| hit["item"]["type"].as_str().unwrap())
        .collect();
    assert_eq!(kinds, ["deal", "lead"]);
    assert_eq!(answer.json["data"]["related_items"], json!([]));
    assert_eq!(desk.found("/api/v2/itemSearch?term=northquay&item_types=organization").await, [107]);
    assert_eq!(desk.found("/api/v2/deals/search?term=flat&status=open").await, [109]);
    assert_eq!(desk.found("/api/v2/organizations/search?term=tern").await, [108]);
    assert_eq!(desk.found("/api/v2/leads/search?term=barn&person_id=106").await.len(), 1);
    assert_eq!(desk.get("/api/v2/itemSearch?term=roof&item_types=boat").await.status, 400);
    assert_eq!(desk.get("/api/v2/itemSearch?term=roof&limit=101").await.status, 400, "smaller pages here");
}

#[tokio::test]
async fn a_value_is_looked_up_in_its_field_with_its_case() {
    let desk = desk();
    let lead_id =
        desk.made("/api/v2/personFields", json!({"field_name": "Lead ID", "field_type": "varchar"})).await;
    let code = lead_id["field_code"].as_str().unwrap();
    let made = desk.made(PERSONS, json!({"name": "Known", "custom_fields": {code: "L-1001"}})).await;
    let search = async |term: &str, how: &str| {
        desk.pass(2);
        let path =
            format!("/api/v2/itemSearch/field?term={term}&entity_type=person&field={code}&match={how}");
        desk.get(&path).await
    };
    let found = search("L-1001", "exact").await;
    assert_eq!(found.data(), [json!({"id": made["id"], "name": "Known"})], "{}", found.text);
    assert_eq!(found.json["additional_data"]["next_cursor"], Value::Null);
    assert_eq!(search("l-1001", "exact").await.data().len(), 0, "case counts here");
    assert_eq!(search("L-10", "exact").await.data().len(), 0);
    assert_eq!(search("L-10", "beginning").await.data().len(), 1);
    assert_eq!(search("100", "middle").await.data().len(), 1);
    let second = desk.made(PERSONS, json!({"name": "Twin", "custom_fields": {code: "L-1001"}})).await;
    let both = search("L-1001", "exact").await;
    assert_eq!(both.data().len(), 2, "two may hold it: {}", second["id"]);
}

#[tokio::test]
async fn terms_and_fields_have_rules() {
    let desk = desk();
    let cases = [
        (format!("{PERSONS}/search?term=a"), "term: String must contain at least 2 character(s)"),
        (format!("{PERSONS}/search"), "term: Required"),
        (format!("{PERSONS}/search?term=ada&fields=title"), "fields: Invalid value title"),
        (
            "/api/v2/itemSearch/field?term=ab&entity_type=boat&field=name".to_owned(),
            "entity_type: Invalid enum value",
        ),
        ("/api/v2/itemSearch/field?term=ab&entity_type=person".to_owned(), "field: Required"),
        (
            format!("/api/v2/itemSearch/field?term=31&entity_type=person&field={}", field::HEARD),
            "field: Field is not searchable",
        ),
    ];
    for (path, what) in cases {
        desk.pass(2);
        let answer = desk.get(&path).await;
        assert_eq!(
            (answer.status, answer.error()),
            (400, format!("Validation failed: {what}").as_str()),
            "{path}"
        );
    }
    desk.pass(2);
    assert_eq!(desk.get(&format!("{PERSONS}/search?term=a&exact_match=true")).await.status, 200);
}

#[tokio::test]
async fn searches_are_behind_as_long_as_the_weather_says() {
    let desk = desk();
    desk.practice.set_weather(Weather { search_lag_seconds: 30, ..unlimited() });
    let made = desk.made(PERSONS, json!({"name": "Late", "emails": [{"value": "late@example.com"}]})).await;
    let search = format!("{PERSONS}/search?fields=email&exact_match=true&term=late@example.com");
    assert_eq!(
        desk.found(&search).await,
        Vec::<Value>::new(),
        "a client that posts again makes a second one"
    );
    assert_eq!(desk.get(&format!("{PERSONS}/{}", made["id"])).await.status, 200, "reads do not lag");
    desk.pass(28);
    assert_eq!(desk.found(&search).await, [made["id"].clone()]);
    desk.delete(&format!("{PERSONS}/{}", made["id"])).await;
    assert_eq!(desk.found(&search).await, [made["id"].clone()], "and deleted ones are found for a while");
    desk.pass(30);
    assert_eq!(desk.found(&search).await, Vec::<Value>::new());
}

#[tokio::test]
async fn searches_come_in_pages() {
    let desk = desk();
    let first = desk.get(&format!("{PERSONS}/search?term=example&limit=4")).await;
    assert_eq!(first.json["data"]["items"].as_array().unwrap().len(), 4);
    let next = format!("{PERSONS}/search?term=example&limit=4&cursor={}", first.next_cursor().unwrap());
    assert_eq!(desk.found(&next).await, [105, 106]);
}
