//! COQL: what it reads, and how it refuses.

use serde_json::json;

use super::desk::{BEA, CASPER, LOTTE, code, desk, each, rows};

#[tokio::test]
async fn a_query_answers_its_columns_and_the_id() {
    let desk = desk();
    let answer = desk.coql("select Last_Name, Owner, Email from Leads where Lead_Status = 'Contacted'").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.json,
        json!({
            "data": [{"Last_Name": "Thornton", "Owner": {"id": "554023000000235011"}, "Email": "bea.thornton@example.com", "id": BEA}],
            "info": {"count": 1, "more_records": false},
        })
    );
    assert_eq!(desk.coql("select id from Leads where City = 'Nowhere'").await.status, 204);
}

#[tokio::test]
async fn operators_compare_by_the_kind_of_field() {
    let desk = desk();
    let first = desk.lead(json!({"Last_Name": "Aster", "No_of_Employees": 9, "Annual_Revenue": 100.5, "Visit_On": "2026-12-01", "Email_Opt_Out": true})).await;
    let second =
        desk.lead(json!({"Last_Name": "Begonia", "No_of_Employees": 10, "Visit_On": "2026-12-24"})).await;
    let cases = [
        ("No_of_Employees > 9", vec![&second]),
        ("No_of_Employees >= 9", vec![&first, &second]),
        ("No_of_Employees < 10", vec![&first]),
        ("No_of_Employees between 10 and 20", vec![&second]),
        ("Annual_Revenue = 100.5", vec![&first]),
        ("Visit_On <= '2026-12-01'", vec![&first]),
        ("Email_Opt_Out = true", vec![&first]),
        ("Last_Name = 'begonia'", vec![&second]),
        ("Last_Name like 'Beg%'", vec![&second]),
        ("Last_Name like '%ster'", vec![&first]),
        ("Last_Name in ('Aster', 'Begonia')", vec![&first, &second]),
        ("id = '554023000000527001'", vec![]),
    ];
    for (criteria, expected) in cases {
        let query = format!(
            "select Last_Name from Leads where ({criteria} and Company = 'Sample & Co') order by id asc"
        );
        let answer = desk.coql(&query).await;
        assert_eq!(each(&answer, "id"), expected, "{criteria}: {}", answer.text);
    }
    let not = desk
        .coql("select id from Leads where (Last_Name not in ('Aster') and Company = 'Sample & Co')")
        .await;
    assert_eq!(each(&not, "id"), [&second]);
    let null = desk
        .coql("select id from Leads where (City is null and Last_Name not like 'A%') order by Last_Name")
        .await;
    assert_eq!(rows(&null).len(), 6, "five sample leads and Begonia: {}", null.text);
    let owner =
        desk.coql(&format!("select Last_Name from Leads where Owner = '{LOTTE}' order by id asc")).await;
    assert_eq!(each(&owner, "Last_Name"), ["Lund", "Obi"]);
}

#[tokio::test]
async fn ids_are_told_apart_to_the_last_digit() {
    let desk = desk();
    let answer =
        desk.coql(&format!("select Last_Name from Leads where id > '{BEA}' order by id asc limit 1")).await;
    assert_eq!(each(&answer, "id"), [CASPER], "the two differ in the eighteenth digit");
}

#[tokio::test]
async fn criteria_nest_in_pairs() {
    let desk = desk();
    let good =
        "select id from Leads where ((Last_Name = 'Lund' or Last_Name = 'Obi') and (Email is not null))";
    assert_eq!(each(&desk.coql(good).await, "id"), [CASPER]);
    let three = "select id from Leads where Last_Name = 'A' or Last_Name = 'B' or Last_Name = 'C'";
    let refused = desk.coql(three).await;
    assert_eq!((refused.status, code(&refused)), (400, "SYNTAX_ERROR"), "three sides need brackets");
    assert_eq!(refused.json["details"]["near"], "or");
}

#[tokio::test]
async fn a_change_feed_by_query_is_read_page_by_page() {
    let desk = desk();
    let rows_of = |n: usize| json!({"Last_Name": format!("N{n}"), "Company": "X"});
    for part in 0..6 {
        let data: Vec<_> = (part * 100..part * 100 + 100).map(rows_of).collect();
        assert_eq!(desk.post("/Leads", json!({"data": data})).await.status, 201);
        desk.pass(1);
    }
    let mut seen = Vec::new();
    for page in 0.. {
        let query = format!(
            "select id, Modified_Time from Leads where Modified_Time >= '2026-11-20T12:00:00+00:00' \
             order by Modified_Time asc, id asc limit {}, 250",
            page * 250
        );
        let answer = desk.coql(&query).await;
        seen.extend(each(&answer, "id").into_iter().map(str::to_owned));
        if answer.json["info"]["more_records"] == false {
            break;
        }
    }
    assert_eq!(seen.len(), 600);
    assert!(seen.is_sorted(), "in order of change, which is that of the ids here");
    let by_offset = "select id from Leads where Modified_Time >= '2026-11-20T12:00:00+00:00' order by Modified_Time asc limit 10 offset 590";
    assert_eq!(each(&desk.coql(by_offset).await, "id"), &seen[590..]);
}

#[tokio::test]
async fn moments_compare_to_the_second_as_they_are_shown() {
    let desk = desk();
    desk.clock.advance(jiff::SignedDuration::from_millis(400));
    let id = desk.lead(json!({})).await;
    let stamp = desk.read("Leads", &id).await["Modified_Time"].as_str().unwrap().to_owned();
    for operator in ["=", ">=", "<="] {
        let query = format!(
            "select id from Leads where (Modified_Time {operator} '{stamp}' and Company = 'Sample & Co')"
        );
        assert_eq!(each(&desk.coql(&query).await, "id"), [&id], "{operator} {stamp}");
    }
    let later = format!("select id from Leads where (Modified_Time > '{stamp}' and Company = 'Sample & Co')");
    assert_eq!(desk.coql(&later).await.status, 204);
}

#[tokio::test]
async fn nothing_lags_here() {
    let desk = desk();
    desk.practice.set_weather(leadferry_practice::Weather { search_lag_seconds: 30, ..Default::default() });
    let id = desk.lead(json!({"Last_Name": "Fresh"})).await;
    assert_eq!(each(&desk.coql("select id from Leads where Last_Name = 'Fresh'").await, "id"), [&id]);
    assert_eq!(desk.get("/Leads/search?word=Fresh").await.status, 204, "unlike search");
}

#[tokio::test]
async fn columns_of_the_record_a_lookup_leads_to() {
    let desk = desk();
    let query = "select Deal_Name, Account_Name, Account_Name.Account_Name, Contact_Name.Email, Owner.email from Deals where Amount > 1";
    let answer = desk.coql(query).await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    let row = &rows(&answer)[0];
    assert_eq!(row["Account_Name.Account_Name"], "Hollow Lane Nursery");
    assert_eq!(row["Contact_Name.Email"], "greta.holm@example.com");
    assert_eq!(row["Owner.email"], "imogen@example.com");
    let by =
        desk.coql("select id from Contacts where Account_Name.Account_Name = 'Hollow Lane Nursery'").await;
    assert_eq!(rows(&by).len(), 1);
}

#[tokio::test]
async fn what_cannot_be_read_is_pointed_at() {
    let desk = desk();
    let cases = [
        ("select Last_Name from Leads", "SYNTAX_ERROR", "clause", json!("where")),
        ("select from Leads where id is not null", "SYNTAX_ERROR", "near", json!("Leads")),
        ("update Leads set x = 1", "SYNTAX_ERROR", "column", json!(1)),
        ("select Last_Name Leads where id is null", "SYNTAX_ERROR", "column", json!(18)),
        ("select Last_Name from Leads where City ~ 'x'", "SYNTAX_ERROR", "near", json!("~ ")),
        (
            "select Last_Name from Leads where City contains 'x'",
            "SYNTAX_ERROR",
            "operator",
            json!("contains"),
        ),
        ("select Last_Name from Leads where City = 'x", "SYNTAX_ERROR", "near", json!("'")),
        ("select Nonsense from Leads where City = 'x'", "INVALID_QUERY", "column_name", json!("Nonsense")),
        ("select id from Leads where Nonsense = 'x'", "INVALID_QUERY", "column_name", json!("Nonsense")),
        ("select id from Leads where City > 'x'", "INVALID_QUERY", "operator", json!(">")),
        (
            "select id from Leads where No_of_Employees = 'x'",
            "INVALID_QUERY",
            "expected_data_type",
            json!("integer"),
        ),
        (
            "select id from Leads where Modified_Time > '2026-11-20T12:00:00Z'",
            "INVALID_QUERY",
            "expected_data_type",
            json!("datetime"),
        ),
        ("select id, id from Leads where id is not null", "DUPLICATE_DATA", "column_name", json!("id")),
        ("select id from Leads where id is not null limit x", "INVALID_QUERY", "limit", json!("x")),
        ("select id from Leads where id is not null limit 2001", "LIMIT_EXCEEDED", "limit", json!(2000)),
        (
            "select id from Leads where id is not null limit 100001, 1",
            "LIMIT_EXCEEDED",
            "limit",
            json!(100_000),
        ),
    ];
    for (query, expected, key, value) in cases {
        let answer = desk.coql(query).await;
        assert_eq!((answer.status, code(&answer)), (400, expected), "{query}: {}", answer.text);
        assert_eq!(answer.json["details"][key], value, "{query}");
    }
    for query in [
        "select count(id) from Leads where id is not null",
        "select id from Leads where id in (select id from Deals where id is null)",
    ] {
        assert_eq!(code(&desk.coql(query).await), "SYNTAX_ERROR", "{query}");
    }
    assert_eq!(code(&desk.coql("select id from Boats where id is not null").await), "INVALID_MODULE");
    let none = desk.post("/coql", json!({"query": "x"})).await;
    assert_eq!(
        (code(&none), none.json["details"]["api_name"].as_str()),
        ("MANDATORY_NOT_FOUND", Some("select_query"))
    );
}

#[tokio::test]
async fn columns_and_criteria_have_limits() {
    let desk = desk();
    let names: Vec<String> = (0..51).map(|n| format!("F{n}")).collect();
    let query = format!("select {} from Leads where id is not null", names.join(", "));
    assert_eq!(code(&desk.coql(&query).await), "LIMIT_EXCEEDED");
    let mut criteria = "City = '0'".to_owned();
    for n in 1..26 {
        criteria = format!("({criteria} or City = '{n}')");
    }
    let query = format!("select id from Leads where {criteria}");
    assert_eq!(code(&desk.coql(&query).await), "LIMIT_EXCEEDED", "26 criteria");
}

#[tokio::test]
async fn a_query_needs_its_own_scope_and_the_modules() {
    let desk = desk();
    let contacts = desk.practice.tokens().contacts_only;
    let body = json!({"select_query": "select id from Contacts where id is not null"});
    let answer = desk.call_as(contacts.expose(), "POST", "/coql", Some(&body)).await;
    assert_eq!((answer.status, code(&answer)), (401, "OAUTH_SCOPE_MISMATCH"));
}
