//! Sign-in, scopes, rights, credits and calls in flight.

use leadferry_practice::Weather;
use leadferry_practice::weather::Fault;
use serde_json::{Value, json};

use super::desk::{Desk, code, desk};

const LIST: &str = "/Leads?fields=Email";
const LEFT: &str = "x-api-credits-remaining";

fn many(count: usize) -> Value {
    let rows: Vec<Value> =
        (0..count).map(|n| json!({"Last_Name": format!("N{n}"), "Company": "X"})).collect();
    json!({"data": rows})
}

#[tokio::test]
async fn only_zohos_own_scheme_signs_in() {
    let desk = desk();
    let with = async |authorization: &str| {
        let answer = desk.call_with(&[("authorization", authorization)], "GET", LIST, None).await;
        (answer.status, code(&answer).to_owned())
    };
    assert_eq!(with(&format!("Zoho-oauthtoken {}", desk.token)).await.0, 200);
    assert_eq!(with(&format!("zoho-oauthtoken {}", desk.token)).await.0, 200, "schemes know no case");
    assert_eq!(with(&format!("Bearer {}", desk.token)).await, (401, "AUTHENTICATION_FAILURE".to_owned()));
    assert_eq!(with("Zoho-oauthtoken 1000.unknown").await, (401, "INVALID_TOKEN".to_owned()));
    let none = desk.call_with(&[], "GET", LIST, None).await;
    assert_eq!((none.status, code(&none)), (401, "AUTHENTICATION_FAILURE"));
    let expected =
        json!({"code": "INVALID_TOKEN", "details": {}, "message": "invalid oauth token", "status": "error"});
    assert_eq!(desk.call_as("x", "GET", LIST, None).await.json, expected, "recorded");
}

#[tokio::test]
async fn each_call_needs_its_scope() {
    let desk = desk();
    let contacts = desk.practice.tokens().contacts_only;
    let allowed = ["/Contacts?fields=Email", "/Contacts/deleted", "/settings/fields?module=Contacts"];
    for path in allowed {
        let answer = desk.call_as(contacts.expose(), "GET", path, None).await;
        assert!(matches!(answer.status, 200 | 204), "{path}: {}", answer.text);
    }
    let body = json!({"data": []});
    let refused = [
        ("GET", LIST),
        ("GET", "/users"),
        ("GET", "/org"),
        ("GET", "/settings/layouts?module=Contacts"),
        ("GET", "/actions/watch"),
        ("POST", "/settings/fields?module=Contacts"),
        ("POST", "/Contacts/actions/change_owner"),
        ("POST", "/Leads/upsert"),
        ("GET", "/Contacts/1/Notes?fields=id"),
    ];
    for (method, path) in refused {
        let answer = desk.call_as(contacts.expose(), method, path, (method == "POST").then_some(&body)).await;
        assert_eq!((answer.status, code(&answer)), (401, "OAUTH_SCOPE_MISMATCH"), "{method} {path}");
    }
}

#[tokio::test]
async fn a_profile_that_may_only_read_is_told_what_it_lacks() {
    let desk = desk();
    let reader = desk.practice.tokens().read_only;
    let cases = [
        ("POST", "/Leads", "Crm_Implied_Create_Leads"),
        ("PUT", "/Deals", "Crm_Implied_Edit_Deals"),
        ("DELETE", "/Leads?ids=1", "Crm_Implied_Delete_Leads"),
        ("POST", "/settings/fields?module=Leads", "Crm_Implied_Customize_Zoho_CRM"),
    ];
    for (method, path, permission) in cases {
        let answer = desk.call_as(reader.expose(), method, path, None).await;
        assert_eq!((answer.status, code(&answer)), (403, "NO_PERMISSION"), "{method} {path}");
        assert_eq!(answer.json["details"]["permissions"], json!([permission]));
    }
    let query = json!({"select_query": "select id from Leads where id is not null"});
    let read = desk.call_as(reader.expose(), "POST", "/coql", Some(&query)).await;
    assert_eq!(read.status, 200, "a query reads, though it is sent by POST");
}

async fn used(desk: &Desk, work: impl AsyncFnOnce(&Desk)) -> u32 {
    let left = async || -> u32 { desk.get(LIST).await.header(LEFT).unwrap().parse().unwrap() };
    let before = left().await;
    work(desk).await;
    before - left().await - 1
}

#[tokio::test]
async fn credits_are_told_only_from_half_use_on() {
    let desk = desk();
    desk.practice.set_weather(Weather { daily_limit: Some(4), ..Weather::default() });
    let told: Vec<Option<String>> = {
        let mut told = Vec::new();
        for _ in 0..4 {
            told.push(desk.get(LIST).await.header(LEFT).map(str::to_owned));
        }
        told
    };
    assert_eq!(told, [None, Some("2".to_owned()), Some("1".to_owned()), Some("0".to_owned())]);
    let over = desk.get(LIST).await;
    assert_eq!((over.status, code(&over)), (429, "TOO_MANY_REQUESTS"));
    assert_eq!((over.header(LEFT), over.header("retry-after")), (Some("0"), None), "no time is told");
    desk.pass(24 * 3600);
    assert_eq!(desk.get(LIST).await.status, 200, "credits come back after a day");
}

#[tokio::test]
async fn rows_cost_one_credit_per_ten_and_a_conversion_five() {
    let desk = desk();
    desk.practice.set_weather(Weather { daily_limit: Some(200), ..Weather::default() });
    for _ in 0..100 {
        desk.get(LIST).await;
    }
    assert_eq!(used(&desk, async |desk| drop(desk.get(LIST).await)).await, 1);
    assert_eq!(used(&desk, async |desk| drop(desk.post("/Leads", many(10)).await)).await, 1);
    assert_eq!(used(&desk, async |desk| drop(desk.post("/Leads/upsert", many(11)).await)).await, 2);
    assert_eq!(used(&desk, async |desk| drop(desk.post("/Leads", many(100)).await)).await, 10);
    let convert = format!("/Leads/{}/actions/convert", super::desk::BEA);
    assert_eq!(used(&desk, async |desk| drop(desk.post(&convert, json!({"data": [{}]})).await)).await, 5);
    for (limit, cost) in [(200, 1), (201, 2), (2000, 3)] {
        let query = format!("select id from Leads where id is not null limit {limit}");
        assert_eq!(used(&desk, async |desk| drop(desk.coql(&query).await)).await, cost, "{limit} rows");
    }
}

#[tokio::test]
async fn calls_in_flight_have_a_limit_that_says_nothing_of_credits() {
    let desk = desk();
    desk.practice.set_weather(Weather::always(Fault::Slow { millis: 2_000 }));
    for n in 0..20 {
        assert_eq!(desk.get(LIST).await.status, 200, "call {n}");
    }
    let over = desk.get(LIST).await;
    assert_eq!((over.status, code(&over)), (429, "TOO_MANY_REQUESTS"));
    assert_eq!((over.header(LEFT), over.header("retry-after")), (None, None));
    desk.pass(2);
    assert_eq!(desk.get(LIST).await.status, 200, "the slow ones are done");
}

#[tokio::test]
async fn heavy_calls_have_half_the_places() {
    let desk = desk();
    desk.practice.set_weather(Weather::always(Fault::Slow { millis: 2_000 }));
    for _ in 0..10 {
        assert_eq!(desk.get("/Leads/search?word=tea").await.status, 200);
    }
    assert_eq!(desk.post("/Leads", many(11)).await.status, 429, "more than ten rows are heavy");
    assert_eq!(desk.post("/Leads", many(10)).await.status, 201, "ten are not");
}

#[tokio::test]
async fn a_tight_limit_can_be_felt_without_slow_answers() {
    let desk = desk();
    desk.practice.set_weather(Weather { burst_limit: Some(2), ..Weather::default() });
    assert_eq!(desk.get(LIST).await.status, 200);
    assert_eq!(desk.get(LIST).await.status, 200);
    assert_eq!(desk.get(LIST).await.status, 429, "two a second");
    desk.pass(1);
    assert_eq!(desk.get(LIST).await.status, 200);
}
