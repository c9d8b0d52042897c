//! Lists of records: fields, order, pages.

use serde_json::json;

use super::desk::{BEA, CASPER, Desk, code, desk, each, escaped, rows};

const BY_CHANGE: &str = "fields=Last_Name,Modified_Time&sort_by=Modified_Time&sort_order=asc";

/// Loads `count` leads past the API.
fn fill(desk: &Desk, count: usize) {
    let lead = |n: usize| {
        [("Last_Name", format!("N{n:05}")), ("Company", "X".to_owned())]
            .map(|(key, value)| (key.to_owned(), value))
            .into()
    };
    let leads: Vec<_> = (0..count).map(lead).collect();
    assert_eq!(desk.practice.load_records("Leads", &leads).unwrap(), count);
}

#[tokio::test]
async fn a_list_shows_what_was_asked_for_and_the_id() {
    let desk = desk();
    let answer = desk.get("/Leads?fields=Last_Name,Email,Nonsense&per_page=2").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let mut keys: Vec<&String> = rows(&answer)[0].as_object().unwrap().keys().collect();
    keys.sort();
    assert_eq!(keys, ["Email", "Last_Name", "id"], "unknown names are left out silently");
    assert_eq!(each(&answer, "Last_Name"), ["van Dijk", "Obi"], "the largest id first");
    let info = &answer.json["info"];
    assert_eq!((info["count"].as_u64(), info["more_records"].as_bool()), (Some(2), Some(true)));
    assert_eq!((info["sort_by"].as_str(), info["sort_order"].as_str()), (Some("id"), Some("desc")));
    assert_eq!(info["page_token_expiry"], "2026-11-21T17:30:00+05:30", "tokens end after a day");
}

#[tokio::test]
async fn fields_must_be_named_and_are_fifty_at_most() {
    let desk = desk();
    let none = desk.get("/Leads").await;
    assert_eq!((none.status, code(&none)), (400, "REQUIRED_PARAM_MISSING"));
    assert_eq!(none.json["details"]["param_name"], "fields");
    let many: Vec<String> = (0..51).map(|n| format!("F{n}")).collect();
    let over = desk.get(&format!("/Leads?fields={}", many.join(","))).await;
    assert_eq!((code(&over), over.json["details"]["limit"].as_u64()), ("LIMIT_EXCEEDED", Some(50)));
    assert_eq!(desk.get(&format!("/Leads?fields={}", many[1..].join(","))).await.status, 200);
}

#[tokio::test]
async fn only_id_and_times_sort() {
    let desk = desk();
    let wrong = desk.get("/Leads?fields=Email&sort_by=Email").await;
    assert_eq!((wrong.status, code(&wrong)), (400, "INVALID_DATA"));
    assert_eq!(wrong.json["details"]["supported_values"], json!(["id", "Created_Time", "Modified_Time"]));
    for (query, expected) in [
        ("sort_by=id&sort_order=asc", ["Thornton", "Lund"]),
        ("sort_by=Created_Time&sort_order=asc", ["van Dijk", "Obi"]),
        ("sort_by=Created_Time&sort_order=desc", ["Thornton", "Lund"]),
        ("sort_by=Modified_Time&sort_order=asc", ["van Dijk", "Obi"]),
        ("sort_by=Modified_Time&sort_order=desc", ["Thornton", "Lund"]),
    ] {
        let first = desk.get(&format!("/Leads?fields=Last_Name&per_page=2&{query}")).await;
        assert_eq!(each(&first, "Last_Name"), expected, "{query}");
        let token = first.json["info"]["next_page_token"].as_str().unwrap();
        let second =
            desk.get(&format!("/Leads?fields=Last_Name&per_page=2&{query}&page_token={token}")).await;
        assert_eq!(rows(&second).len(), 2, "{query}");
        assert!(!expected.contains(&each(&second, "Last_Name")[0]), "{query}: the next page goes on");
    }
}

#[tokio::test]
async fn two_thousand_rows_have_page_numbers_and_the_rest_a_token() {
    let desk = desk();
    fill(&desk, 2_300);
    let last = desk.get(&format!("/Leads?{BY_CHANGE}&page=10")).await;
    assert_eq!((last.status, rows(&last).len()), (200, 200));
    let beyond = desk.get(&format!("/Leads?{BY_CHANGE}&page=11")).await;
    assert_eq!((beyond.status, code(&beyond)), (400, "DISCRETE_PAGINATION_LIMIT_EXCEEDED"));
    let mut seen = Vec::new();
    let mut path = format!("/Leads?{BY_CHANGE}&page=1");
    loop {
        let page = desk.get(&path).await;
        assert_eq!(page.status, 200, "{}", page.text);
        seen.extend(each(&page, "id").into_iter().map(str::to_owned));
        let info = &page.json["info"];
        let Some(token) = info["next_page_token"].as_str() else {
            assert_eq!(info["more_records"], false);
            break;
        };
        path = format!("/Leads?{BY_CHANGE}&page_token={token}");
    }
    assert_eq!(seen.len(), 2_305, "the five sample leads, too");
    seen.sort();
    seen.dedup();
    assert_eq!(seen.len(), 2_305, "every lead once");
}

#[tokio::test]
async fn a_token_is_bound_to_its_questions_its_user_and_its_day() {
    let desk = desk();
    let first = desk.get(&format!("/Leads?{BY_CHANGE}&per_page=2")).await;
    let token = first.json["info"]["next_page_token"].as_str().unwrap();
    let with = |query: &str| format!("/Leads?{query}&page_token={token}");
    assert_eq!(desk.get(&with(&format!("{BY_CHANGE}&per_page=2"))).await.status, 200);
    let swapped = "sort_order=asc&sort_by=Modified_Time&fields=Last_Name,Modified_Time&per_page=2";
    assert_eq!(desk.get(&with(swapped)).await.status, 200, "the order of the questions does not matter");
    for other in [BY_CHANGE.to_owned(), format!("{BY_CHANGE}&per_page=2&converted=both")] {
        let answer = desk.get(&with(&other)).await;
        assert_eq!((answer.status, code(&answer)), (400, "TOKEN_BOUND_DATA_MISMATCH"), "{other}");
    }
    let reader = desk.practice.tokens().read_only;
    let answer = desk.call_as(reader.expose(), "GET", &with(&format!("{BY_CHANGE}&per_page=2")), None).await;
    assert_eq!(code(&answer), "TOKEN_BOUND_DATA_MISMATCH", "another user");
    let both = desk.get(&with(&format!("{BY_CHANGE}&per_page=2&page=2"))).await;
    assert_eq!(code(&both), "AMBIGUITY_DURING_PROCESSING");
    assert_eq!(
        code(&desk.get(&format!("/Leads?{BY_CHANGE}&per_page=2&page_token=x")).await),
        "TOKEN_BOUND_DATA_MISMATCH"
    );
    desk.pass(24 * 3600);
    assert_eq!(code(&desk.get(&with(&format!("{BY_CHANGE}&per_page=2"))).await), "EXPIRED_VALUE");
}

#[tokio::test]
async fn a_token_page_goes_on_where_the_last_one_ended_whatever_changes() {
    let desk = desk();
    let first = desk.get(&format!("/Leads?{BY_CHANGE}&per_page=2")).await;
    let seen: Vec<String> = each(&first, "id").into_iter().map(str::to_owned).collect();
    let token = first.json["info"]["next_page_token"].as_str().unwrap();
    desk.put("/Leads", json!({"data": [{"id": seen[0], "City": "Hull"}]})).await;
    let second = desk.get(&format!("/Leads?{BY_CHANGE}&per_page=2&page_token={token}")).await;
    let third = second.json["info"]["next_page_token"].as_str().unwrap();
    let third = desk.get(&format!("/Leads?{BY_CHANGE}&per_page=2&page_token={third}")).await;
    let rest: Vec<&str> = each(&second, "id").into_iter().chain(each(&third, "id")).collect();
    assert_eq!(rest.len(), 4, "three unseen ones, and the changed one again at the end");
    assert_eq!(rest.last(), Some(&seen[0].as_str()));
}

#[tokio::test]
async fn records_are_read_by_their_ids() {
    let desk = desk();
    let answer = desk.get(&format!("/Leads?fields=Last_Name&ids={CASPER},{BEA},554023000000999999")).await;
    assert_eq!(each(&answer, "id"), [CASPER, BEA], "what is not there is left out");
    assert_eq!(desk.get("/Leads?fields=Last_Name&ids=554023000000999999").await.status, 204);
    assert_eq!(desk.get("/Leads?fields=Last_Name&ids=x").await.status, 400);
    let many: Vec<String> = (0..101).map(|n| n.to_string()).collect();
    assert_eq!(
        code(&desk.get(&format!("/Leads?fields=Last_Name&ids={}", many.join(","))).await),
        "LIMIT_EXCEEDED"
    );
}

#[tokio::test]
async fn an_empty_answer_has_no_body() {
    let desk = desk();
    desk.practice.clear_records("Events").unwrap();
    let none = desk.get("/Events?fields=Event_Title").await;
    assert_eq!((none.status, none.text.as_str()), (204, ""));
    let nobody = desk.get("/Leads/554023000000999999").await;
    assert_eq!((nobody.status, nobody.text.as_str()), (204, ""), "nobody's id is no error");
}

#[tokio::test]
async fn one_record_comes_with_everything_zoho_says_about_it() {
    let desk = desk();
    let lead = desk.read("Leads", BEA).await;
    assert_eq!(lead["Full_Name"], "Bea Thornton");
    assert_eq!((&lead["$converted"], &lead["$converted_detail"]), (&json!(false), &json!({})));
    assert_eq!(lead["$approval_state"], "approved");
    assert_eq!(lead["Created_By"]["name"], "Imogen Vale");
    let few = desk.get(&format!("/Leads/{BEA}?fields=Email,$converted")).await;
    assert_eq!(
        few.json["data"][0],
        json!({"Email": "bea.thornton@example.com", "id": BEA, "$converted": false})
    );
    let contact = desk.get("/Contacts?fields=Account_Name,Owner&per_page=1&sort_by=id&sort_order=asc").await;
    assert_eq!(rows(&contact)[0]["Account_Name"]["name"], "Hollow Lane Nursery");
}

#[tokio::test]
async fn page_sizes_have_bounds() {
    let desk = desk();
    for wrong in ["per_page=0", "per_page=201", "per_page=x", "page=0", "sort_order=up", "converted=maybe"] {
        let answer = desk.get(&format!("/Leads?fields=Email&{wrong}")).await;
        assert_eq!((answer.status, code(&answer)), (400, "INVALID_DATA"), "{wrong}");
        assert_eq!(answer.json["details"]["param_name"], wrong.split('=').next().unwrap());
    }
}

#[tokio::test]
async fn records_are_counted_with_or_without_a_question() {
    let desk = desk();
    assert_eq!(desk.get("/Leads/actions/count").await.json["count"], 5);
    let criteria = escaped("(Lead_Status:equals:Contacted)");
    assert_eq!(desk.get(&format!("/Leads/actions/count?criteria={criteria}")).await.json["count"], 1);
}
