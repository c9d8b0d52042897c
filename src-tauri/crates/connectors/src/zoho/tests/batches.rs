//! Writes: their exact form, and one outcome per record whatever the answer looks like.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Outcome, Settings};
use leadferry_model::FailureKind;
use leadferry_model::failure::FieldProblem;

use super::*;
use crate::zoho::CONNECTOR;

fn words(outcomes: &[Outcome]) -> Vec<String> {
    let word = |outcome: &Outcome| match outcome {
        Ok(written) if written.created => format!("created {}", written.record),
        Ok(written) => format!("updated {}", written.record),
        Err(failure) => failure.kind.word().to_owned(),
    };
    outcomes.iter().map(word).collect()
}

#[tokio::test]
async fn unknown_leads_are_upserted_by_lead_id_and_known_ones_put_by_id() {
    let record = |number: usize| json!({"Email": format!("lead{number}@example.com"), "Last_Name": "Moss", "Lead_ID": format!("L-{number}")});
    let mut put = record(2);
    put["id"] = json!(id(2));
    let (_script, bench) = script([
        Fixture::new("PUT", LEADS, 200, data([written(2, "update")])).body(json!({ "data": [put] })),
        Fixture::new("POST", UPSERT, 200, data([written(1, "insert"), written(3, "update")])).body(json!({
            "data": [record(1), record(3)], "duplicate_check_fields": ["Lead_ID"],
        })),
    ]);
    let bench = bench.set("zoho_pages", "https://crm.zoho.eu/crm/org60001234");
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), known(2), lead(3)]).await;
    assert_eq!(
        words(&outcomes),
        [format!("created {}", id(1)), format!("updated {}", id(2)), format!("updated {}", id(3))],
        "each in its place"
    );
    let url = outcomes[0].as_ref().unwrap().url.clone();
    let page = format!("https://crm.zoho.eu/crm/org60001234/tab/Leads/{}", id(1));
    assert_eq!(url, Some(page), "where a person sees it");
}

#[tokio::test]
async fn the_lead_id_field_has_the_name_zoho_gave_it() {
    let (script, bench) = script([Fixture::new("POST", UPSERT, 200, data([written(1, "insert")]))]);
    let bench = bench.set(&Settings::lead_id_key("Leads"), "Lead_ID1");
    CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0).unwrap();
    let body = script.sent()[0].json();
    assert_eq!(body["duplicate_check_fields"], json!(["Lead_ID1"]), "the remembered name");
    assert_eq!(body["data"][0]["Lead_ID1"], "L-1", "in the record too");
}

#[tokio::test]
async fn automation_is_what_the_person_chose() {
    for (choice, trigger) in
        [("", None), ("all", None), ("workflow", Some(json!(["workflow"]))), ("none", Some(json!([])))]
    {
        let (script, bench) = script([
            Fixture::new("POST", UPSERT, 200, data([written(1, "insert")])),
            Fixture::new("PUT", LEADS, 200, data([written(2, "update")])),
        ]);
        let bench = bench.set("automation", choice);
        let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), known(2)]).await;
        assert!(outcomes.iter().all(Result::is_ok), "{choice}");
        for sent in script.sent() {
            assert_eq!(sent.json().get("trigger").cloned(), trigger, "{choice} for {}", sent.path);
        }
    }
}

#[tokio::test]
async fn a_mixed_answer_is_read_record_by_record_under_every_status() {
    let items = || {
        [
            written(1, "update"),
            invalid(1, "Email", "email"),
            refused(
                "MANDATORY_NOT_FOUND",
                json!({"api_name": "Last_Name", "json_path": "$.data[2].Last_Name"}),
            ),
            refused(
                "DUPLICATE_DATA",
                json!({"api_name": "Email", "json_path": "$.data[3].Email", "id": id(77)}),
            ),
        ]
    };
    for status in [200, 201, 202, 207, 400, 403] {
        let (_script, bench) = script([Fixture::new("POST", UPSERT, status, data(items()))]);
        let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2), lead(3), lead(4)]).await;
        assert_eq!(
            words(&outcomes),
            [format!("updated {}", id(1)), "invalid".into(), "invalid".into(), "conflict".into()],
            "HTTP {status}: the item decides"
        );
        let FailureKind::Invalid { fields } = &outcomes[1].as_ref().unwrap_err().kind else { panic!() };
        let fault = (&*fields[0].field, fields[0].problem, fields[0].value.as_deref());
        assert_eq!(
            fault,
            ("Email", FieldProblem::NotEmail, Some("lead2@example.com")),
            "with the lead's own value"
        );
        let conflict =
            FailureKind::Conflict { existing: Some(RecordId::new(id(77))), field: Some("Email".into()) };
        assert_eq!(outcomes[3].as_ref().unwrap_err().kind, conflict, "the engine updates that one");
    }
}

#[tokio::test]
async fn duplicates_name_the_record_to_go_on_with() {
    let conflict = |existing: Option<usize>, field: Option<&str>| FailureKind::Conflict {
        existing: existing.map(|number| RecordId::new(id(number))),
        field: field.map(str::to_owned),
    };
    let of = |module: &str| json!({"id": id(9), "module": {"api_name": module, "id": "1"}, "Owner": {"name": "A", "id": "2"}});
    let inside = |errors: Json| refused("MULTIPLE_OR_MULTI_ERRORS", json!({ "errors": errors }));
    let duplicate = refused("DUPLICATE_DATA", json!({"api_name": "Email", "duplicate_record": of("Leads")}));
    let cases = [
        (duplicate.clone(), conflict(Some(9), Some("Email")), "named as a record"),
        (
            refused("DUPLICATE_DATA", json!({"api_name": "Email", "id": id(9)})),
            conflict(Some(9), Some("Email")),
            "named by id alone",
        ),
        (
            refused("DUPLICATE_DATA", json!({"api_name": "Email", "duplicate_record": of("Contacts")})),
            conflict(None, Some("Email")),
            "a contact is no lead to update",
        ),
        (refused("DUPLICATE_DATA", json!({})), conflict(None, None), "not named: it is looked for"),
        (inside(json!([duplicate.clone()])), conflict(Some(9), Some("Email")), "wrapped"),
        (
            inside(json!([invalid(0, "Phone", "phone"), duplicate])),
            conflict(Some(9), Some("Email")),
            "beside another fault, which an update may not have",
        ),
    ];
    for (item, expected, why) in cases {
        let (_script, bench) = script([Fixture::new("POST", UPSERT, 400, data([item]))]);
        let outcome = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0);
        assert_eq!(outcome.unwrap_err().kind, expected, "{why}");
    }
}

#[tokio::test]
async fn several_faults_of_one_record_are_all_told() {
    let errors = json!([invalid(0, "Phone", "phone"), invalid(0, "Owner.id", "bigint")]);
    let item = refused("MULTIPLE_OR_MULTI_ERRORS", json!({ "errors": errors }));
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 207, data([item]))]);
    let outcome = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0);
    let FailureKind::Invalid { fields } = outcome.unwrap_err().kind else { panic!("faults of values") };
    let fields: Vec<_> = fields.iter().map(|fault| (fault.field.as_str(), fault.problem)).collect();
    assert_eq!(
        fields,
        [("Phone", FieldProblem::NotPhone), ("Owner", FieldProblem::NotNumber)],
        "each under the name a person mapped"
    );
}

#[tokio::test]
async fn a_known_record_that_is_gone_is_told_apart_from_a_wrong_value() {
    let cases = [
        (refused("INVALID_DATA", json!({"id": id(1)})), "not_found"),
        (refused("INVALID_DATA", json!({"api_name": "id", "json_path": "$.data[0].id"})), "not_found"),
        (refused("INVALID_DATA", json!({"api_name": "id", "json_path": "$.data[0].Owner.id"})), "invalid"),
        (refused("INVALID_DATA", json!({"api_name": "id", "parent_api_name": "Owner"})), "invalid"),
        (refused("CONVERTED_RECORD", json!({"id": id(1)})), "invalid"),
        (refused("RECORD_LOCKED", json!({"id": id(1)})), "busy"),
        (refused("INTERNAL_ERROR", json!({})), "busy"),
    ];
    for (item, expected) in cases {
        let shown = item.to_string();
        let (_script, bench) = script([Fixture::new("PUT", LEADS, 207, data([item, written(2, "update")]))]);
        let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[known(1), known(2)]).await;
        assert_eq!(words(&outcomes), [expected.to_owned(), format!("updated {}", id(2))], "{shown}");
    }
}

#[tokio::test]
async fn what_concerns_the_whole_call_is_every_records_outcome() {
    let cases = [
        (400, refused("INVALID_MODULE", json!({})), "permission"),
        (403, refused("NO_PERMISSION", json!({"permissions": ["Crm_Implied_Edit_Leads"]})), "permission"),
        (401, data([refused("OAUTH_SCOPE_MISMATCH", json!({}))]), "permission"),
        (401, data([refused("INVALID_TOKEN", json!({}))]), "auth"),
        (429, refused("TOO_MANY_REQUESTS", json!({})), "rate_limited"),
        (500, refused("INTERNAL_ERROR", json!({})), "unavailable"),
        (200, refused("INVALID_DATA", json!({"api_name": "data"})), "invalid"),
    ];
    for (status, body, expected) in cases {
        let (_script, bench) = script([Fixture::new("POST", UPSERT, status, body.clone())]);
        let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2)]).await;
        assert_eq!(words(&outcomes), [expected, expected], "HTTP {status} {body}");
    }
}

#[tokio::test]
async fn a_refusal_that_names_one_record_leaves_the_others_to_be_written() {
    let whole = refused("INVALID_DATA", json!({"api_name": "Phone", "json_path": "$.data[1].Phone"}));
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 400, whole),
        Fixture::new("POST", UPSERT, 200, data([written(1, "insert"), written(3, "insert")])),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2), lead(3)]).await;
    assert_eq!(
        words(&outcomes),
        [format!("created {}", id(1)), "invalid".into(), format!("created {}", id(3))],
        "the bad one alone"
    );
    assert_eq!(script.sent()[1].json()["data"].as_array().unwrap().len(), 2, "sent again without it");
}

#[tokio::test]
async fn a_batch_that_is_too_big_is_halved() {
    let (_script, bench) = script([
        Fixture::new("POST", UPSERT, 413, json!("<html>too large</html>")),
        Fixture::new("POST", UPSERT, 200, data([written(1, "insert")])),
        Fixture::new("POST", UPSERT, 200, data([written(2, "insert")])),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2)]).await;
    assert_eq!(words(&outcomes), [format!("created {}", id(1)), format!("created {}", id(2))], "both arrive");
}

#[tokio::test]
async fn an_answer_that_counts_otherwise_says_nothing_about_anybody() {
    for items in [vec![], vec![written(1, "insert")], vec![written(1, "insert"); 3]] {
        let (_script, bench) = script([Fixture::new("POST", UPSERT, 200, data(items))]);
        for outcome in CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2)]).await {
            let failure = outcome.unwrap_err();
            assert!(failure.kind == FailureKind::Unexpected && failure.maybe_applied, "{failure:?}");
        }
    }
    let odd = data([json!(null), written(2, "insert")]);
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 200, odd)]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(2)]).await;
    assert_eq!(
        words(&outcomes),
        ["unexpected".to_owned(), format!("created {}", id(2))],
        "an empty answer keeps its place"
    );
}

#[tokio::test]
async fn a_lost_answer_may_have_been_applied() {
    let (_script, bench) = script([Fixture::lost("POST", UPSERT)]);
    let failure = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0).unwrap_err();
    assert!(failure.maybe_applied && failure.kind == FailureKind::Unavailable, "{failure:?}");
}

#[tokio::test]
async fn one_lead_twice_goes_in_two_requests() {
    let (script, bench) = script([
        Fixture::new("POST", UPSERT, 200, data([written(1, "insert"), written(2, "insert")])),
        Fixture::new("POST", UPSERT, 200, data([written(1, "update")])),
    ]);
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1), lead(1), lead(2)]).await;
    assert_eq!(
        words(&outcomes),
        [format!("created {}", id(1)), format!("updated {}", id(1)), format!("created {}", id(2))],
        "in the order they came"
    );
    assert_eq!(script.sent().len(), 2, "the second change after the first");
}

#[tokio::test]
async fn without_a_unique_lead_id_field_nothing_is_written() {
    let item = json!({"api_name": "duplicate_check_fields", "json_path": "$.duplicate_check_fields[0]"});
    let (_script, bench) = script([Fixture::new("POST", UPSERT, 400, refused("INVALID_DATA", item))]);
    let failure = CONNECTOR.upsert(&bench.call(), "Leads", &[lead(1)]).await.remove(0).unwrap_err();
    assert_eq!(failure.code, "no_lead_id_field", "{failure:?}");
    assert!(failure.message.contains("administrator"), "it says what helps: {}", failure.message);
}

#[tokio::test]
async fn what_a_write_costs_follows_its_size() {
    let (_script, bench) =
        script([Fixture::new("POST", UPSERT, 200, data((0..100).map(|n| written(n, "insert"))))]);
    let batch: Vec<Upsert> = (0..100).map(lead).collect();
    let outcomes = CONNECTOR.upsert(&bench.call(), "Leads", &batch).await;
    assert!(outcomes.iter().all(Result::is_ok), "all hundred in one call");
    // The test's own pacer cannot be asked, but one that stands beside it counts alike.
    let pacer = leadferry_connector::Pacer::new(SPEC.limits, &Settings::default());
    pacer.take(&["credits"], 10, leadferry_connector::Priority::Urgent, Bench::start()).unwrap();
    assert_eq!(pacer.budget(Bench::start())[0].left, 4_990, "a credit for ten records, five thousand a day");
}

#[tokio::test]
async fn a_preview_is_the_request_with_the_token_masked() {
    let (script, bench) = script([]);
    let previews = CONNECTOR.preview(&bench.call(), "Leads", &[lead(1), known(2)]);
    let shown: Vec<(&str, &str)> =
        previews.iter().map(|preview| (preview.method.as_str(), preview.url.as_str())).collect();
    assert_eq!(
        shown,
        [
            ("PUT", "https://api.example.com/crm/v8/Leads"),
            ("POST", "https://api.example.com/crm/v8/Leads/upsert")
        ],
        "both writes"
    );
    assert!(!format!("{previews:?}").contains("canary"), "and no token");
    assert!(format!("{previews:?}").contains("Zoho-oauthtoken"), "after Zoho's own word");
    assert!(script.sent().is_empty(), "nothing is sent");
}
