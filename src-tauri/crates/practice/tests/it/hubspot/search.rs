//! Search: filters, order, paging, lag and its own limit.

use leadferry_practice::Weather;
use serde_json::{Value, json};

use crate::support::{Answer, CONTACTS, Desk, desk};

async fn search(desk: &Desk, body: Value) -> Answer {
    desk.pass(1);
    desk.post(&format!("{CONTACTS}/search"), body).await
}

async fn found(desk: &Desk, filter: Value) -> Vec<String> {
    let body = json!({"filterGroups": [{"filters": [filter]}], "limit": 100});
    let answer = search(desk, body).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    answer.results().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn operators_find_what_they_say() {
    let desk = desk();
    let one = |property: &str, operator: &str, value: &str| json!({"propertyName": property, "operator": operator, "value": value});
    let cases: Vec<(Value, &[&str])> = vec![
        (one("email", "EQ", "ADA.MARSH@example.com"), &["101"]),
        (one("hubspot_owner_id", "NEQ", "51001"), &["102", "104", "105", "106"]),
        (one("hs_object_id", "GT", "104"), &["105", "106"]),
        (one("hs_object_id", "GTE", "104"), &["104", "105", "106"]),
        (one("hs_object_id", "LT", "102"), &["101"]),
        (one("hs_object_id", "LTE", "102"), &["101", "102"]),
        (
            json!({"propertyName": "hs_object_id", "operator": "BETWEEN", "value": "102", "highValue": "103"}),
            &["102", "103"],
        ),
        (json!({"propertyName": "firstname", "operator": "IN", "values": ["ada", "bo"]}), &["101", "102"]),
        (
            json!({"propertyName": "firstname", "operator": "NOT_IN", "values": ["ada", "bo", "carys", "dmitri"]}),
            &["105", "106"],
        ),
        (json!({"propertyName": "phone", "operator": "NOT_HAS_PROPERTY"}), &["105"]),
        (json!({"propertyName": "boat_name", "operator": "HAS_PROPERTY"}), &["101", "103", "104", "106"]),
        (one("lastname", "CONTAINS_TOKEN", "berg"), &["105"]),
        (one("email", "CONTAINS_TOKEN", "*.org"), &["102", "105"]),
        (one("email", "NOT_CONTAINS_TOKEN", "example"), &[]),
    ];
    for (filter, expected) in cases {
        assert_eq!(found(&desk, filter.clone()).await, expected, "{filter}");
    }
}

#[tokio::test]
async fn groups_are_alternatives_and_words_narrow() {
    let desk = desk();
    let by_name =
        |name: &str| json!({"filters": [{"propertyName": "firstname", "operator": "EQ", "value": name}]});
    let answer = search(&desk, json!({"filterGroups": [by_name("Ada"), by_name("Bo")], "limit": 10})).await;
    assert_eq!(answer.json["total"], 2);
    let answer = search(&desk, json!({"query": "kittiwake", "limit": 10})).await;
    assert_eq!(answer.results()[0]["id"], "101");
}

#[tokio::test]
async fn a_change_feed_reads_oldest_change_first() {
    let desk = desk();
    for (id, seconds) in [("103", 10), ("101", 20), ("102", 30)] {
        desk.pass(seconds);
        let body = json!({"properties": {"city": "Leith"}});
        assert_eq!(desk.call("PATCH", &format!("{CONTACTS}/{id}"), Some(&body)).await.status, 200);
    }
    let since = crate::support::noon().as_millisecond().to_string();
    let answer = search(
        &desk,
        json!({
            "filterGroups": [{"filters": [{"propertyName": "lastmodifieddate", "operator": "GTE", "value": since}]}],
            "sorts": [{"propertyName": "lastmodifieddate", "direction": "ASCENDING"}],
            "properties": ["city", "company"], "limit": 2,
        }),
    )
    .await;
    let ids: Vec<&str> = answer.results().iter().map(|one| one["id"].as_str().unwrap()).collect();
    assert_eq!(ids, ["103", "101"]);
    assert_eq!(answer.json["total"], 3);
    assert_eq!(answer.json["paging"]["next"]["after"], "2");
    assert_eq!(answer.results()[0]["properties"]["company"], Value::Null, "asked for and absent is null");
    let down = search(&desk, json!({"sorts": ["-hs_object_id"], "limit": 1})).await;
    assert_eq!(down.results()[0]["id"], "106");
}

#[tokio::test]
async fn the_index_lags_behind_as_long_as_the_weather_says() {
    let desk = desk();
    desk.practice.set_weather(Weather { search_lag_seconds: 30, ..Weather::default() });
    desk.contact(json!({"email": "late@example.com"})).await;
    let filter = json!({"propertyName": "email", "operator": "EQ", "value": "late@example.com"});
    assert_eq!(found(&desk, filter.clone()).await.len(), 0, "not seen yet");
    assert_eq!(
        desk.get(&format!("{CONTACTS}/late@example.com?idProperty=email")).await.status,
        200,
        "reads do not lag"
    );
    desk.pass(30);
    assert_eq!(found(&desk, filter).await.len(), 1);
}

#[tokio::test]
async fn deleted_records_leave_the_index() {
    let desk = desk();
    assert_eq!(desk.call("DELETE", &format!("{CONTACTS}/101"), None).await.status, 204);
    let answer = search(&desk, json!({"limit": 10})).await;
    assert_eq!(answer.json["total"], 5);
}

#[tokio::test]
async fn limits_of_a_query_are_kept() {
    let desk = desk();
    let filter = json!({"propertyName": "city", "operator": "HAS_PROPERTY"});
    let group = |count: usize| json!({"filters": vec![filter.clone(); count]});
    let cases = [
        (json!({"limit": 201}), "200 a page"),
        (json!({"limit": 200, "after": "9900"}), "10,000 in all"),
        (json!({"filterGroups": vec![group(1); 6]}), "five groups"),
        (json!({"filterGroups": [group(7)]}), "six filters a group"),
        (json!({"filterGroups": vec![group(5); 4]}), "eighteen filters"),
        (json!({"query": "x".repeat(3001)}), "3,000 characters"),
        (json!({"sorts": ["a", "b"]}), "one sort"),
        (json!({"sorts": [{"propertyName": "hs_lastmodifieddate"}]}), "contacts say lastmodifieddate"),
        (
            json!({"filterGroups": [{"filters": [{"propertyName": "city", "operator": "LIKE", "value": "x"}]}]}),
            "operators",
        ),
    ];
    for (body, why) in cases {
        assert_eq!(search(&desk, body).await.status, 400, "{why}");
    }
}

#[tokio::test]
async fn searches_have_their_own_limit_and_say_so_by_no_header() {
    let desk = desk();
    let path = format!("{CONTACTS}/search");
    for _ in 0..5 {
        let answer = desk.post(&path, json!({"limit": 1})).await;
        assert_eq!(answer.status, 200);
        assert_eq!(answer.header("x-hubspot-ratelimit-remaining"), None);
    }
    let sixth = desk.post(&path, json!({"limit": 1})).await;
    assert_eq!((sixth.status, sixth.json["policyName"].as_str()), (429, Some("SECONDLY")));
    assert_eq!(desk.get(CONTACTS).await.status, 200, "other calls go on");
    desk.pass(1);
    assert_eq!(desk.post(&path, json!({"limit": 1})).await.status, 200);
}
