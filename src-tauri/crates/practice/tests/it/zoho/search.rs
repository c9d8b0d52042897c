//! Search: its four questions, and that it lags.

use leadferry_practice::Weather;
use serde_json::json;

use super::desk::{BEA, CASPER, Desk, code, desk, each, escaped};

async fn criteria(desk: &Desk, text: &str) -> crate::support::Answer {
    desk.get(&format!("/Leads/search?fields=Last_Name&criteria={}", escaped(text))).await
}

#[tokio::test]
async fn people_are_found_by_email_phone_and_word() {
    let desk = desk();
    for (query, expected) in [
        ("email=casper.lund@example.org", vec!["Lund"]),
        ("email=CASPER.LUND@example.org", vec!["Lund"]),
        ("email=example.com", vec!["van Dijk", "Thornton"]),
        ("phone=900202", vec!["Lund"]),
        ("phone=%2B44%207700%20900202", vec!["Lund"]),
        ("word=tea", vec!["Thornton"]),
        ("word=caster", vec![]),
    ] {
        let answer = desk.get(&format!("/Leads/search?fields=Last_Name&{query}")).await;
        assert_eq!(each(&answer, "Last_Name"), expected, "{query}: {}", answer.text);
        assert_eq!(answer.status, if expected.is_empty() { 204 } else { 200 }, "{query}");
    }
}

#[tokio::test]
async fn equals_means_contains_for_texts_but_not_for_choices() {
    let desk = desk();
    for (text, expected) in [
        ("(Company:equals:Lund)", vec!["Lund"]),
        ("(Company:equals:und & s)", vec!["Lund"]),
        ("(Lead_Status:equals:Contacted)", vec!["Thornton"]),
        ("(Lead_Status:equals:Contact)", vec![]),
        ("(Company:starts_with:Thornton)", vec!["Thornton"]),
        ("((Last_Name:equals:Lund)or(Last_Name:equals:Obi))", vec!["Obi", "Lund"]),
        ("((Last_Name:equals:Lund) and (Lead_Status:equals:Contacted))", vec![]),
        ("(((Last_Name:equals:Lund)or(Last_Name:equals:Obi))and(Email:not_equal:null))", vec!["Obi", "Lund"]),
        ("(Last_Name:in:Lund,Obi)", vec!["Obi", "Lund"]),
        (r"(Created_Time:less_than:2026-10-20T00\:00\:00+05\:30)", vec!["Marsh", "Obi", "van Dijk"]),
    ] {
        let answer = criteria(&desk, text).await;
        let mut found = each(&answer, "Last_Name");
        found.sort_unstable();
        let mut expected = expected;
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}: {}", answer.text);
    }
}

#[tokio::test]
async fn brackets_and_commas_are_escaped() {
    let desk = desk();
    let id = desk.lead(json!({"Last_Name": "Burns, (B)"})).await;
    let answer = criteria(&desk, r"(Last_Name:equals:Burns\, \(B\))").await;
    assert_eq!(each(&answer, "id"), [&id]);
    let listed = criteria(&desk, r"(Last_Name:in:Burns\, \(B\),Lund)").await;
    assert_eq!(each(&listed, "id"), [id.as_str(), CASPER]);
}

#[tokio::test]
async fn criteria_that_cannot_be_read_are_refused() {
    let desk = desk();
    for text in [
        "Last_Name:equals:Lund",
        "(Last_Name:equals)",
        "(Nonsense:equals:x)",
        "(Last_Name:greater_than:x)",
        "(Created_Time:greater_than:yesterday)",
        "((Last_Name:equals:A)(Last_Name:equals:B))",
        "(Last_Name:equals:A",
    ] {
        let answer = criteria(&desk, text).await;
        assert_eq!((answer.status, code(&answer)), (400, "INVALID_QUERY"), "{text}: {}", answer.text);
    }
    let one = "(City:equals:x)";
    let many = format!("({})", [one; 11].join("or"));
    assert_eq!(code(&criteria(&desk, &many).await), "LIMIT_EXCEEDED");
}

#[tokio::test]
async fn a_search_needs_a_question() {
    let desk = desk();
    assert_eq!(code(&desk.get("/Leads/search").await), "REQUIRED_PARAM_MISSING");
    for query in ["phone=12", "phone=call", "word=x"] {
        assert_eq!(code(&desk.get(&format!("/Leads/search?{query}")).await), "INVALID_DATA", "{query}");
    }
    let first = escaped("(Last_Name:equals:Lund)");
    let several = desk.get(&format!("/Leads/search?email=bea&criteria={first}")).await;
    assert_eq!(each(&several, "id"), [CASPER], "of several questions the criteria count");
}

#[tokio::test]
async fn the_index_is_behind_and_catches_up() {
    let desk = desk();
    desk.practice.set_weather(Weather { search_lag_seconds: 30, ..Weather::default() });
    let path = "/Leads/search?fields=City&email=bea.thornton@example.com";
    assert_eq!(each(&desk.get(path).await, "id"), [BEA]);
    desk.put("/Leads", json!({"data": [{"id": BEA, "Email": "bea@example.org"}]})).await;
    assert_eq!(each(&desk.get(path).await, "id"), [BEA], "still the old address");
    desk.pass(30);
    assert_eq!(desk.get(path).await.status, 204);
}

#[tokio::test]
async fn a_search_reaches_two_thousand_rows_and_needs_two_scopes() {
    let desk = desk();
    assert_eq!(code(&desk.get("/Leads/search?word=tea&page=11").await), "LIMIT_REACHED");
    let contacts = desk.practice.tokens().contacts_only;
    let path = "/Contacts/search?email=greta.holm@example.com";
    let answer = desk.call_as(contacts.expose(), "GET", path, None).await;
    assert_eq!((answer.status, code(&answer)), (401, "OAUTH_SCOPE_MISMATCH"), "the module's scope alone");
    assert_eq!(desk.get(path).await.status, 200);
}

#[tokio::test]
async fn leads_with_a_number_in_a_list_are_found_by_page() {
    let desk = desk();
    let first = desk.get("/Leads/search?fields=id&email=example&per_page=2").await;
    assert_eq!(first.json["info"]["more_records"], true);
    let second = desk.get("/Leads/search?fields=id&email=example&per_page=2&page=2").await;
    assert_eq!(each(&second, "id").len(), 2);
    assert!(each(&first, "id").iter().all(|id| !each(&second, "id").contains(id)));
}
