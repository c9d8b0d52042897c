//! Salesforce's error codes, one by one.

use leadferry_connector::Connector;
use leadferry_connector::testkit::Fixture;
use leadferry_model::FailureKind;
use leadferry_model::failure::FieldProblem;
use serde_json::json;

use super::*;
use crate::salesforce::CONNECTOR;

async fn kind(status: u16, body: Json) -> FailureKind {
    let (_script, bench) = script([Fixture::new("GET", LEAD, status, body)]);
    CONNECTOR.describe(&bench.call(), "Lead").await.unwrap_err().kind
}

#[tokio::test]
async fn each_code_has_its_kind() {
    let forbidden = || FailureKind::Permission { missing: vec![] };
    let invalid = || FailureKind::Invalid { fields: vec![] };
    let code = |code: &str| refusal(code, "no");
    let cases = [
        (401, code("INVALID_SESSION_ID"), FailureKind::Auth),
        (401, refusal("INVALID_AUTH_HEADER", "INVALID_JWT_FORMAT"), FailureKind::Auth),
        (401, refusal("INVALID_SESSION_ID", "Connected app is not attached to Agent"), forbidden()),
        (
            403,
            refusal("INVALID_SESSION_ID", "This session is not valid for use with the REST API"),
            forbidden(),
        ),
        (403, json!("Bad_OAuth_Token"), FailureKind::Auth),
        (401, json!("<html>sign in</html>"), FailureKind::Auth),
        (403, code("REQUEST_LIMIT_EXCEEDED"), FailureKind::RateLimited { after_seconds: Some(3600) }),
        (403, code("API_DISABLED_FOR_ORG"), forbidden()),
        (403, code("API_CURRENTLY_DISABLED"), forbidden()),
        (403, code("INSUFFICIENT_ACCESS"), forbidden()),
        (400, code("INSUFFICIENT_ACCESS_OR_READONLY"), forbidden()),
        (400, code("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"), forbidden()),
        (400, code("STORAGE_LIMIT_EXCEEDED"), forbidden()),
        (400, code("LIMIT_EXCEEDED"), forbidden()),
        (404, code("UNSUPPORTED_API_VERSION"), forbidden()),
        (410, json!(""), forbidden()),
        (400, code("FIELD_CUSTOM_VALIDATION_EXCEPTION"), invalid()),
        (400, code("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"), invalid()),
        (400, code("CANNOT_EXECUTE_FLOW_TRIGGER"), invalid()),
        (400, code("FLOW_EXCEPTION"), invalid()),
        (400, code("CANNOT_UPDATE_CONVERTED_LEAD"), FailureKind::NotFound),
        (400, code("JSON_PARSER_ERROR"), invalid()),
        (400, code("A_CODE_OF_TOMORROW"), invalid()),
        (400, code("DUPLICATE_VALUE"), FailureKind::Conflict { existing: None, field: None }),
        (400, code("DUPLICATES_DETECTED"), FailureKind::Conflict { existing: None, field: None }),
        (
            300,
            json!(["/services/data/v66.0/sobjects/Lead/1"]),
            FailureKind::Conflict { existing: None, field: None },
        ),
        (404, code("NOT_FOUND"), FailureKind::NotFound),
        (400, code("MALFORMED_ID"), FailureKind::NotFound),
        (400, code("INVALID_CROSS_REFERENCE_KEY"), FailureKind::NotFound),
        (400, code("ENTITY_IS_DELETED"), FailureKind::NotFound),
        (404, code("ENTITY_IS_DELETED"), FailureKind::NotFound),
        (400, code("UNABLE_TO_LOCK_ROW"), FailureKind::Busy),
        (
            400,
            refusal("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "trigger: UNABLE_TO_LOCK_ROW, unable to obtain"),
            FailureKind::Busy,
        ),
        (400, code("ALL_OR_NONE_OPERATION_ROLLED_BACK"), FailureKind::Busy),
        (400, code("PROCESSING_HALTED"), FailureKind::Busy),
        (412, json!(""), FailureKind::Busy),
        (428, json!(""), FailureKind::Busy),
        (400, code("MALFORMED_QUERY"), FailureKind::Unexpected),
        (400, code("INVALID_QUERY_LOCATOR"), FailureKind::Unexpected),
        (400, code("QUERY_TIMEOUT"), FailureKind::Unavailable),
        (400, code("REQUEST_RUNNING_TOO_LONG"), FailureKind::Unavailable),
        (414, json!(""), FailureKind::Unexpected),
        (431, json!(""), FailureKind::Unexpected),
        (420, json!(""), FailureKind::Unavailable),
        (500, code("UNKNOWN_EXCEPTION"), FailureKind::Unavailable),
        (500, code("INVALID_FIELD"), FailureKind::Unavailable),
        (502, json!("<html>Bad gateway</html>"), FailureKind::Unavailable),
        (503, code("SERVER_UNAVAILABLE"), FailureKind::Unavailable),
        (504, json!(""), FailureKind::Unavailable),
        (302, json!(""), FailureKind::Unexpected),
    ];
    for (status, body, expected) in cases {
        let shown = body.to_string();
        assert_eq!(kind(status, body).await, expected, "HTTP {status} {shown}");
    }
}

#[tokio::test]
async fn fields_are_named_by_list_or_by_words() {
    let with = |code: &str, words: &str, fields: &[&str]| json!([{"errorCode": code, "message": words, "fields": fields}]);
    let cases = [
        (
            with("INVALID_FIELD", "No such column 'AccountNumer' on sobject of type Account", &[]),
            "AccountNumer",
            FieldProblem::UnknownField,
        ),
        (
            with(
                "INVALID_FIELD",
                "\nSELECT Id,Foo__c FROM Lead\n ^\nERROR at Row:1:Column:11\nNo such column 'Foo__c' on entity 'Lead'.",
                &[],
            ),
            "Foo__c",
            FieldProblem::UnknownField,
        ),
        (
            with(
                "INVALID_FIELD_FOR_INSERT_UPDATE",
                "Unable to create/update fields: Jigsaw. Please check the security settings",
                &[],
            ),
            "Jigsaw",
            FieldProblem::ReadOnly,
        ),
        (
            with("REQUIRED_FIELD_MISSING", "Required fields are missing: [Company]", &["Company"]),
            "Company",
            FieldProblem::Required,
        ),
        (
            with("REQUIRED_FIELD_MISSING", "Required fields are missing: [Company]", &[]),
            "Company",
            FieldProblem::Required,
        ),
        (
            with("STRING_TOO_LONG", "Last Name: data value too large: x (max length=80)", &["LastName"]),
            "LastName",
            FieldProblem::TooLong,
        ),
        (
            with("INVALID_TYPE_ON_FIELD_IN_RECORD", "value not of required type: much", &["AnnualRevenue"]),
            "AnnualRevenue",
            FieldProblem::WrongFormat,
        ),
        (
            with("NUMBER_OUTSIDE_VALID_RANGE", "too much", &["AnnualRevenue"]),
            "AnnualRevenue",
            FieldProblem::WrongFormat,
        ),
        (with("FIELD_INTEGRITY_EXCEPTION", "no", &["AccountId"]), "AccountId", FieldProblem::WrongFormat),
        (
            with("FIELD_FILTER_VALIDATION_EXCEPTION", "no", &["AccountId"]),
            "AccountId",
            FieldProblem::CustomRule,
        ),
        (
            with("FIELD_CUSTOM_VALIDATION_EXCEPTION", "Budget must be above 0", &["Budget__c"]),
            "Budget__c",
            FieldProblem::CustomRule,
        ),
        (
            with("INACTIVE_OWNER_OR_USER", "operation performed with inactive user", &[]),
            "OwnerId",
            FieldProblem::UnknownOption,
        ),
        (
            with("MALFORMED_ID", "Account ID: id value of incorrect type: 5", &["AccountId"]),
            "AccountId",
            FieldProblem::WrongFormat,
        ),
    ];
    for (body, field, problem) in cases {
        let shown = body.to_string();
        let FailureKind::Invalid { fields } = kind(400, body).await else { panic!("{shown}") };
        let told: Vec<_> = fields.iter().map(|fault| (fault.field.as_str(), fault.problem)).collect();
        assert_eq!(told, [(field, problem)], "{shown}");
    }
}

#[tokio::test]
async fn an_unknown_option_is_told_apart_by_its_value() {
    let words = "Lead Source: bad value for restricted picklist field: Webinar";
    let row = refused("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", words, &["LeadSource"]);
    let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([row]))]);
    let failure = CONNECTOR.upsert(&bench.call(), "Lead", &[lead(1)]).await.remove(0).unwrap_err();
    let FailureKind::Invalid { fields } = failure.kind else { panic!() };
    assert_eq!(fields[0].value.as_deref(), Some("Webinar"), "each value needs its own translation");
    assert_eq!(fields[0].problem, FieldProblem::UnknownOption, "and is one of the options' list");
}

#[tokio::test]
async fn several_faults_of_one_row_are_told_together() {
    let errors = json!([
        {"statusCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: [Company]", "fields": ["Company"]},
        {"statusCode": "INVALID_EMAIL_ADDRESS", "message": "Email: invalid email address: x", "fields": ["Email"]},
    ]);
    let row = json!({"success": false, "errors": errors});
    let (_script, bench) = script([Fixture::new("PATCH", UPSERT, 200, json!([row]))]);
    let failure = CONNECTOR.upsert(&bench.call(), "Lead", &[lead(1)]).await.remove(0).unwrap_err();
    let FailureKind::Invalid { fields } = failure.kind else { panic!() };
    assert_eq!(fields.len(), 2, "a person fixes both at once");
}

#[tokio::test]
async fn the_days_budget_is_read_from_every_answer() {
    for (info, left) in [
        ("api-usage=10018/100000", 89_982),
        ("api-usage=100/15000; api-bursts=1/750", 14_900),
        ("api-usage=18/5000, per-app-api-usage=17/250(appName=sample)", 4_982),
    ] {
        let readings = (super::super::errors::ANSWERS.readings)(&{
            let mut headers = http::HeaderMap::new();
            headers.insert("sforce-limit-info", info.parse().unwrap());
            headers
        });
        assert_eq!(readings[0].remaining, Some(left), "{info}");
    }
}
