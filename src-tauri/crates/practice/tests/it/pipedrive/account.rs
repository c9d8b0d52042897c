//! The sample account and what describes it.

use serde_json::json;

use super::desk::{PERSONS, desk};

#[tokio::test]
async fn a_token_says_whose_it_is() {
    let desk = desk();
    let me = desk.get("/v1/users/me").await;
    let data = &me.json["data"];
    assert_eq!((data["id"].as_u64(), data["name"].as_str()), (Some(13_001), Some("Dana Okafor")));
    assert_eq!(data["company_domain"], "brightroof-practice");
    assert_eq!(data["company_name"], "Brightroof Practice Ltd");
    assert_eq!((data["access"][0]["admin"].as_bool(), data["is_you"].as_bool()), (Some(true), Some(true)));
    let tokens = desk.practice.tokens();
    let other =
        desk.call_as(("x-api-token", tokens.read_only.expose()), "GET", "/api/v1/users/me", None).await;
    let data = &other.json["data"];
    assert_eq!((data["id"].as_u64(), data["access"][0]["admin"].as_bool()), (Some(13_002), Some(false)));
}

#[tokio::test]
async fn users_are_listed_with_those_who_left() {
    let desk = desk();
    let users = desk.get("/v1/users").await;
    let active: Vec<_> = users.data().iter().map(|one| one["active_flag"].as_bool().unwrap()).collect();
    assert_eq!(active, [true, true, true, false]);
    assert_eq!(desk.get("/v1/users/13003").await.json["data"]["name"], "Tomas Field");
    let nobody = desk.get("/v1/users/1").await;
    assert_eq!((nobody.status, nobody.error()), (404, "User not found or not accessible."));
    let found = desk.get("/v1/users/find?term=resi@example.com&search_by_email=1").await;
    assert_eq!(found.data()[0]["id"], 13_002);
}

#[tokio::test]
async fn pipelines_and_stages_are_numbers_with_percents() {
    let desk = desk();
    let pipelines = desk.get("/api/v2/pipelines").await;
    assert_eq!(pipelines.data()[0]["name"], "New plants");
    assert_eq!(pipelines.data()[0]["order_nr"], 0, "the default comes first");
    let stages = desk.get("/api/v2/stages?pipeline_id=1&sort_by=order_nr&sort_direction=desc").await;
    let names: Vec<_> = stages.data().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["In negotiation", "Offer sent", "Survey done", "Contact made", "Qualified"]);
    assert_eq!(stages.data()[0]["deal_probability"], 80, "a whole percentage");
    assert_eq!(desk.get("/api/v2/stages").await.data().len(), 7);
    assert_eq!(desk.get("/api/v2/stages/7").await.json["data"]["pipeline_id"], 2);
    assert_eq!(desk.get("/api/v2/pipelines/9").await.status, 404);
    assert_eq!(
        desk.post("/api/v2/pipelines", json!({"name": "X"})).await.status,
        404,
        "not in the practice account"
    );
}

#[tokio::test]
async fn activity_types_have_keys() {
    let types = desk().get("/v1/activityTypes").await;
    let keys: Vec<_> = types.data().iter().map(|one| one["key_string"].as_str().unwrap()).collect();
    assert_eq!(keys, ["call", "meeting", "task", "deadline", "email", "lunch"]);
}

#[tokio::test]
async fn sample_data_stays_on_reserved_domains_and_numbers() {
    let people = desk().get(PERSONS).await;
    assert_eq!(people.data().len(), 6);
    for person in people.data() {
        for email in person["emails"].as_array().unwrap() {
            let host = email["value"].as_str().unwrap().split('@').nth(1).unwrap();
            assert!(["example.com", "example.org", "example.net"].contains(&host), "{host}");
        }
        for phone in person["phones"].as_array().unwrap() {
            let digits: String =
                phone["value"].as_str().unwrap().chars().filter(char::is_ascii_digit).collect();
            let reserved = ["44770090", "0770090", "020794602", "1202555010"];
            assert!(reserved.iter().any(|start| digits.starts_with(start)), "{digits}");
        }
    }
}

#[tokio::test]
async fn a_persons_link_opens_a_page() {
    let desk = desk();
    let open = async |path: &str| {
        desk.raw(http::Request::get(path.to_owned()).body(axum::body::Body::empty()).unwrap()).await
    };
    let page = open("/person/101").await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("Ada Moss") && page.text.contains("Slate, south"), "{}", page.text);
    assert!(page.header("content-security-policy").unwrap().contains("default-src 'none'"));
    let lead = desk.get("/v1/leads").await.data()[0]["id"].as_str().unwrap().to_owned();
    for path in ["/organization/107", "/deal/109", &format!("/leads/inbox/{lead}")] {
        assert_eq!(open(path).await.status, 200, "{path}");
    }
    assert_eq!(open("/person/999").await.status, 404);
    desk.delete(&format!("{PERSONS}/101")).await;
    assert_eq!(open("/person/101").await.status, 404, "deleted people have no page");
}
