//! The org as the twin of a real one, and reset.

use leadferry_model::{Field, FieldKind, FieldOption, ObjectSchema};
use leadferry_practice::Owner;
use serde_json::json;

use super::support::{DATA, LEAD, lead, org, row, row_code, soql, upsert, values};

fn option(value: &str) -> FieldOption {
    FieldOption { value: value.into(), label: value.into(), hidden: false }
}

fn schema() -> ObjectSchema {
    ObjectSchema {
        object: "Lead".to_owned(),
        label: "Lead".to_owned(),
        fields: vec![
            Field {
                required: true,
                max_length: Some(80),
                ..Field::new("LastName", "Last Name", FieldKind::Text)
            },
            Field { max_length: Some(255), ..Field::new("Company", "Company", FieldKind::Text) },
            Field::new("Email", "Email", FieldKind::Text),
            Field {
                options: vec![option("New"), option("Old")],
                ..Field::new("Status", "Status", FieldKind::Choice)
            },
            Field::new("OwnerId", "Owner ID", FieldKind::Owner),
            Field {
                unique: true,
                custom: true,
                max_length: Some(64),
                ..Field::new("Lead_ID__c", "Lead ID", FieldKind::Text)
            },
            Field {
                custom: true,
                options: vec![option("Gold")],
                ..Field::new("Tier__c", "Tier", FieldKind::Choice)
            },
        ],
        one_of: vec![vec!["Company".to_owned()]],
        open: false,
    }
}

#[tokio::test]
async fn a_twin_has_the_real_fields_records_and_ids() {
    let org = org();
    org.practice.load_fields(&schema()).unwrap();
    org.practice.clear_records("Lead").unwrap();
    let known = "00Q5g00000AbCdEEAV";
    let records =
        [[("Id", known), ("Lead_ID__c", "L-1"), ("Email", "real@example.com"), ("LastName", "Real")]
            .map(|(key, value)| (key.to_owned(), value.to_owned()))
            .into()];
    assert_eq!(org.practice.load_records("Lead", &records).unwrap(), 1);
    let answer = upsert(
        &org,
        vec![
            row("L-1", json!({"Email": "other@example.com"})),
            row("L-2", json!({"LastName": "New", "Company": "X", "Tier__c": "Gold"})),
            row("L-3", json!({"LastName": "New", "Company": "X", "Tier__c": "Tin"})),
            row("L-4", json!({"LastName": "New"})),
            row("L-5", json!({"LastName": "New", "Company": "X", "Email": "no"})),
            row("L-6", json!({"LastName": "New", "Company": "X", "Status": "Anything"})),
        ],
    )
    .await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        (answer.json[0]["id"].as_str(), answer.json[0]["created"].as_bool()),
        (Some(known), Some(false)),
        "records keep their ids"
    );
    assert_eq!(answer.json[1]["created"], true);
    assert_eq!(row_code(&answer, 2), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assert_eq!(row_code(&answer, 3), "REQUIRED_FIELD_MISSING");
    assert_eq!(row_code(&answer, 4), "INVALID_EMAIL_ADDRESS", "e-mails stay e-mails");
    assert_eq!(answer.json[5]["success"], true, "the vendor's own picklists stay open");
    assert_eq!(org.get(&format!("{LEAD}/{known}")).await.json["Lead_ID__c"], "L-1");
    assert_eq!(soql(&org, &format!("SELECT Id FROM Lead WHERE Id = '{known}'")).await.json["totalSize"], 1);
    let gone =
        upsert(&org, vec![row("L-7", json!({"LastName": "N", "Company": "X", "Boat_Name__c": "Tern"}))])
            .await;
    assert_eq!(gone.status, 400, "the practice account's own fields are gone");
    assert_eq!(org.call("DELETE", &format!("{LEAD}/{known}"), None).await.status, 204);
    assert_eq!(org.get(&format!("{LEAD}/{known}")).await.status, 404);
}

#[tokio::test]
async fn a_twin_has_the_real_owners() {
    let org = org();
    let owner = Owner {
        id: "0055g00000XyZabAAF".to_owned(),
        user_id: 77,
        email: "real@example.com".to_owned(),
        first_name: "Real".to_owned(),
        last_name: "Owner".to_owned(),
        archived: false,
    };
    org.practice.load_owners(vec![owner]);
    org.practice.pull("assignment-rule", &json!({"active": false})).unwrap();
    let users = soql(&org, "SELECT Id, Name FROM User").await;
    assert_eq!(users.json["records"][0]["Name"], "Real Owner");
    let owned = lead(&org, json!({"OwnerId": "0055g00000XyZabAAF"})).await;
    assert_eq!(values(&org, "Lead", &owned)["OwnerId"], "0055g00000XyZabAAF");
    let stranger =
        org.post(LEAD, json!({"LastName": "M", "Company": "X", "OwnerId": "005J80000000004IAA"})).await;
    assert_eq!(stranger.status, 400);
}

#[tokio::test]
async fn a_reset_brings_the_first_day_back() {
    let org = org();
    let before = org.practice.snapshot();
    super::support::make_lead_id(&org).await;
    lead(&org, json!({})).await;
    org.practice.pull("duplicate-rule", &json!({"object": "Lead", "action": "block"})).unwrap();
    org.practice.pull("api", &json!({"enabled": false})).unwrap();
    org.practice.reset();
    assert_eq!(org.practice.snapshot(), before);
    assert_eq!(org.get(&format!("{DATA}/limits")).await.status, 200, "levers are back where they were");
    super::support::make_lead_id(&org).await;
}

#[tokio::test]
async fn the_inspection_face_knows_records_by_their_salesforce_ids() {
    let org = org();
    let id = lead(&org, json!({})).await;
    let inspect = async |method: &str, path: &str, body: &str| {
        let request = http::Request::builder()
            .method(method)
            .uri(format!("/_practice{path}"))
            .header("host", "127.0.0.1:1");
        org.raw(request.body(axum::body::Body::from(body.to_owned())).unwrap()).await
    };
    let path = format!("/objects/Lead/records/{id}");
    assert_eq!(inspect("GET", &path, "").await.json["id"], id.as_str());
    let edited = inspect("PATCH", &path, "{\"City\": \"Hull\"}").await;
    assert_eq!(edited.json["values"]["City"], "Hull", "{}", edited.text);
    let lever = inspect("POST", "/levers/convert-lead", &json!({"id": id}).to_string()).await;
    assert!(lever.json["contactId"].is_string(), "{}", lever.text);
    assert_eq!(inspect("POST", "/levers/nothing", "").await.status, 409);
    assert_eq!(inspect("DELETE", &path, "").await.status, 200);
    assert_eq!(inspect("GET", "/objects/Lead/records/nobody", "").await.status, 404);
}
