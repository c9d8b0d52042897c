//! Bulk jobs, step by step.

use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Loads, Standing, Ticket};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind};
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

const JOBS: &str = "/services/data/v66.0/jobs/ingest";
const JOB: &str = "/services/data/v66.0/jobs/ingest/7505g00000Job01AAA";
const RULES: &str = "SELECT Id FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true";

fn loads() -> &'static dyn Loads {
    CONNECTOR.loads().unwrap()
}

fn ticket() -> Ticket {
    Ticket("7505g00000Job01AAA".into())
}

fn job(state: &str) -> Json {
    json!({"id": ticket().0, "state": state, "object": "Lead", "operation": "upsert", "apiVersion": 66.0})
}

fn rule(rules: Vec<Json>) -> Fixture {
    Fixture::new("GET", QUERY, 200, rows(rules)).query(ask(RULES))
}

/// What a job of these leads begins with.
fn body(rule: Option<&str>) -> Json {
    let mut body = json!({"object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c",
        "contentType": "CSV", "lineEnding": "LF"});
    if let Some(rule) = rule {
        body["assignmentRuleId"] = json!(rule);
    }
    body
}

fn results(kind: &str, lines: &[&str]) -> Fixture {
    Fixture::new("GET", &format!("{JOB}/{kind}"), 200, json!(lines.join("\n") + "\n"))
}

async fn look(fixtures: Vec<Fixture>) -> Result<Standing, Failure> {
    let (_script, bench) = script(fixtures);
    loads().look(&bench.call(), "Lead", &ticket()).await
}

#[tokio::test]
async fn a_job_takes_its_rows_and_is_not_started() {
    let (script, bench) = script([
        rule(vec![]),
        Fixture::new("POST", JOBS, 200, job("Open")).body(body(None)),
        Fixture::new("PUT", &format!("{JOB}/batches"), 201, Json::Null),
    ]);
    let batch = [
        row(1, &[("LastName", "Moss, Ada"), ("City", "")]),
        row(2, &[("LastName", "Reyes"), ("Email", "r@example.com")]),
    ];
    let opened = loads().open(&bench.call(), "Lead", &batch).await.unwrap();
    assert_eq!(opened, ticket());
    let upload = &script.sent()[2];
    assert_eq!(upload.header("content-type"), Some("text/csv"));
    let text = String::from_utf8(upload.body.to_vec()).unwrap();
    let read = crate::salesforce::csv::read(&text).unwrap();
    assert_eq!((&*read[0]["lead_id__c"], &*read[0]["lastname"]), ("L-1", "Moss, Ada"));
    assert_eq!((&*read[0]["city"], &*read[0]["email"]), ("#N/A", ""), "cleared is said, left alone is not");
    assert_eq!((&*read[1]["city"], &*read[1]["email"]), ("", "r@example.com"));
}

#[tokio::test]
async fn the_orgs_rule_for_new_leads_is_followed_unless_somebody_says_otherwise() {
    let created = |rule| {
        [
            Fixture::new("POST", JOBS, 200, job("Open")).body(body(rule)),
            Fixture::new("PUT", &format!("{JOB}/batches"), 201, Json::Null),
        ]
    };
    let active = || rule(vec![json!({"Id": "01Q5g00000Rule1AAA"})]);
    let plain = [lead(1), lead(2)];
    let owned = |number| row(number, &[("LastName", "Moss"), ("OwnerId", "0055g00000UserAAA")]);
    let check = async |fixtures: Vec<Fixture>, batch: &[Upsert], quiet: bool| {
        let (_script, bench) = script(fixtures);
        let bench = if quiet { bench.set("quiet_import", "true") } else { bench };
        loads().open(&bench.call(), "Lead", batch).await
    };
    let named = [active()].into_iter().chain(created(Some("01Q5g00000Rule1AAA"))).collect();
    check(named, &plain, false).await.unwrap();
    check(created(None).into(), &plain, true).await.unwrap();
    check(created(None).into(), &[owned(1), owned(2)], false).await.unwrap();
    let mixed = check(vec![active()], &[lead(1), owned(2)], false).await.unwrap_err();
    assert!(mixed.message.contains("owner"), "no job says both: {}", mixed.message);
}

#[tokio::test]
async fn the_first_look_starts_the_job_and_later_ones_wait() {
    let close =
        Fixture::new("PATCH", JOB, 200, job("UploadComplete")).body(json!({"state": "UploadComplete"}));
    let started = look(vec![Fixture::new("GET", JOB, 200, job("Open")), close]).await.unwrap();
    assert!(matches!(started, Standing::Running { done: 0 }), "{started:?}");
    for state in ["UploadComplete", "InProgress"] {
        let mut job = job(state);
        job["numberRecordsProcessed"] = json!(4_200);
        let standing = look(vec![Fixture::new("GET", JOB, 200, job)]).await.unwrap();
        assert!(matches!(standing, Standing::Running { done: 4_200 }), "{state}: {standing:?}");
    }
    let odd = look(vec![Fixture::new("GET", JOB, 200, job("Sideways"))]).await.unwrap_err();
    assert_eq!(odd.kind, FailureKind::Unexpected, "a state of tomorrow is not guessed at");
    let gone = look(vec![Fixture::new("GET", JOB, 404, refusal("NOT_FOUND", "gone"))]).await.unwrap_err();
    assert_eq!(gone.kind, FailureKind::NotFound, "nobody remembers it");
}

#[tokio::test]
async fn each_row_of_a_finished_job_is_told_by_its_lead_id() {
    let standing = look(vec![
        Fixture::new("GET", JOB, 200, job("JobComplete")),
        results(
            "successfulResults",
            &[
                "\"sf__Id\",\"sf__Created\",LEAD_ID__C,LastName",
                "\"00Q5g0000000002AAA\",\"false\",\"L-2\",\"two\nlines\"",
                "\"00Q5g0000000001AAA\",\"true\",\"L-1\",\"Moss\"",
            ],
        ),
        results(
            "failedResults",
            &[
                "\"sf__Id\",\"sf__Error\",\"Lead_ID__c\",\"Email\"",
                "\"\",\"INVALID_EMAIL_ADDRESS:Email: invalid email address: nope:Email --\",\"L-3\",\"nope\"",
                "\"\",\"DUPLICATE_VALUE:duplicate value found: Lead_ID__c duplicates value on record with id: 00Q5g0000000009:--\",\"L-4\",\"\"",
                "\"\",\"REQUIRED_FIELD_MISSING:Required fields are missing: [LastName, Company]:LastName,Company --\",\"L-5\",\"\"",
                "\"\",\"UNABLE_TO_LOCK_ROW:unable to obtain exclusive access to this record:--\",\"L-6\",\"\"",
                "\"\",\"CANNOT_UPDATE_CONVERTED_LEAD:cannot reference converted lead:--\",\"L-7\",\"\"",
                "\"\",\"something of tomorrow\",\"L-8\",\"\"",
            ],
        ),
    ]);
    let Standing::Over { outcomes, others } = standing.await.unwrap() else { panic!("it is over") };
    let of = |number: usize| &outcomes[&LeadId::new(format!("L-{number}"))];
    let written = of(1).as_ref().unwrap();
    assert!(written.created && written.record.as_str() == "00Q5g0000000001AAA", "{written:?}");
    assert!(!of(2).as_ref().unwrap().created, "it was there");
    let FailureKind::Invalid { fields } = &of(3).as_ref().unwrap_err().kind else { panic!("{:?}", of(3)) };
    assert_eq!(
        (fields[0].field.as_str(), fields[0].problem, fields[0].value.as_deref()),
        ("Email", FieldProblem::NotEmail, Some("nope"))
    );
    assert!(
        matches!(&of(4).as_ref().unwrap_err().kind, FailureKind::Conflict { existing: Some(_), .. }),
        "{:?}",
        of(4)
    );
    let FailureKind::Invalid { fields } = &of(5).as_ref().unwrap_err().kind else { panic!("{:?}", of(5)) };
    assert_eq!(fields.iter().map(|fault| fault.field.as_str()).collect::<Vec<_>>(), ["LastName", "Company"]);
    assert_eq!(of(6).as_ref().unwrap_err().kind, FailureKind::Busy, "somebody else's lock");
    assert_eq!(of(7).as_ref().unwrap_err().code, leadferry_connector::CONVERTED, "it is followed");
    assert_eq!(of(8).as_ref().unwrap_err().message, "something of tomorrow", "words are kept as they are");
    assert!(others.unwrap().maybe_applied, "whom the results leave out may have been written");
}

#[tokio::test]
async fn a_job_that_ended_early_tells_who_was_not_reached() {
    let none = |kind| results(kind, &["\"sf__Id\",\"sf__Error\",\"Lead_ID__c\""]);
    let mut failed = job("Failed");
    failed["errorMessage"] = json!("InvalidBatch : Field name not found : Hull__c");
    let standing = look(vec![
        Fixture::new("GET", JOB, 200, failed),
        none("successfulResults"),
        none("failedResults"),
        results("unprocessedrecords", &["\"Lead_ID__c\",\"LastName\"", "\"L-1\",\"Moss\""]),
    ]);
    let Standing::Over { outcomes, others } = standing.await.unwrap() else { panic!("it is over") };
    let failure = outcomes[&LeadId::new("L-1")].as_ref().unwrap_err();
    assert!(failure.message.contains("Hull__c") && !failure.maybe_applied, "{failure:?}");
    assert!(others.is_some(), "whoever is in no list may have been reached");
    let stopped = look(vec![
        Fixture::new("GET", JOB, 200, job("Aborted")),
        none("successfulResults"),
        none("failedResults"),
    ]);
    let Standing::Over { outcomes, others } = stopped.await.unwrap() else { panic!("it is over") };
    assert!(outcomes.is_empty() && others.is_none(), "nothing is wrong with anybody");
}

#[tokio::test]
async fn a_job_is_stopped_and_one_that_is_over_is_no_trouble() {
    for (status, answer) in [
        (200, job("Aborted")),
        (409, refusal("INVALIDJOBSTATE", "The job is in state JobComplete")),
        (400, refusal("InvalidJobState", "Job state can not be modified")),
        (404, refusal("NOT_FOUND", "gone")),
    ] {
        let (_script, bench) =
            script([Fixture::new("PATCH", JOB, status, answer).body(json!({"state": "Aborted"}))]);
        loads().stop(&bench.call(), &ticket()).await.unwrap();
    }
}

#[test]
fn what_a_file_cannot_say_is_not_in_it() {
    assert!(loads().takes(&lead(1)), "an ordinary lead");
    assert!(!loads().takes(&row(1, &[("LastName", "#N/A")])), "the word that clears a field");
    assert!(!loads().takes(&known(1)), "a record that is known goes by its id");
}
