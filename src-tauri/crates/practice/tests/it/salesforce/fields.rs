//! Custom fields: made through the Tooling API, invisible until access is granted.

use serde_json::{Value, json};

use super::support::{DANA, DATA, LEAD, code, grant, id, lead, lead_id_field, make_lead_id, org, soql};
use crate::support::Desk;

async fn make(org: &Desk, full_name: &str, metadata: Value) -> crate::support::Answer {
    let body = json!({"FullName": full_name, "Metadata": metadata});
    org.post(&format!("{DATA}/tooling/sobjects/CustomField"), body).await
}

async fn is_described(org: &Desk, name: &str) -> bool {
    let described = org.get(&format!("{LEAD}/describe")).await;
    described.json["fields"].as_array().unwrap().iter().any(|field| field["name"] == name)
}

#[tokio::test]
async fn a_new_field_is_invisible_until_a_permission_set_grants_it() {
    let org = org();
    let made = make_lead_id(&org).await;
    assert!(made.json["id"].as_str().unwrap().starts_with("00N"));
    assert_eq!((made.json["success"].as_bool(), &made.json["errors"]), (Some(true), &json!([])));
    assert!(!is_described(&org, "Lead_ID__c").await);
    let write = json!({"LastName": "Moss", "Company": "X", "Lead_ID__c": "L-1"});
    let refused = org.post(LEAD, write.clone()).await;
    assert_eq!(refused.json[0]["message"], "No such column 'Lead_ID__c' on sobject of type Lead");
    assert_eq!(code(&soql(&org, "SELECT Lead_ID__c FROM Lead").await), "INVALID_FIELD");
    let by_key =
        org.call("PATCH", &format!("{LEAD}/Lead_ID__c/L-1"), Some(&json!({"LastName": "Moss"}))).await;
    assert_eq!((by_key.status, code(&by_key)), (404, "NOT_FOUND"));

    grant(&org, "Lead.Lead_ID__c").await;
    assert!(is_described(&org, "Lead_ID__c").await);
    assert_eq!(org.post(LEAD, write).await.status, 201);
    let reader = org.practice.tokens().read_only.expose().to_owned();
    let other =
        org.call_as(&reader, "GET", &format!("{DATA}/query?q=SELECT+Lead_ID__c+FROM+Lead"), None).await;
    assert_eq!(code(&other), "INVALID_FIELD", "it was granted to one user alone");
}

#[tokio::test]
async fn a_field_granted_for_reading_cannot_be_written() {
    let org = org();
    make_lead_id(&org).await;
    let set =
        id(&org.post(&format!("{DATA}/sobjects/PermissionSet"), json!({"Name": "R", "Label": "R"})).await);
    let read = json!({
        "ParentId": set, "SobjectType": "Lead", "Field": "Lead.Lead_ID__c", "PermissionsRead": true,
        "PermissionsEdit": false,
    });
    id(&org.post(&format!("{DATA}/sobjects/FieldPermissions"), read).await);
    let assign = json!({"AssigneeId": DANA, "PermissionSetId": set});
    id(&org.post(&format!("{DATA}/sobjects/PermissionSetAssignment"), assign).await);
    let refused = org.post(LEAD, json!({"LastName": "Moss", "Company": "X", "Lead_ID__c": "L-1"})).await;
    assert_eq!(code(&refused), "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert!(is_described(&org, "Lead_ID__c").await);
}

#[tokio::test]
async fn doing_it_again_says_that_it_is_done() {
    let org = org();
    make_lead_id(&org).await;
    grant(&org, "Lead.Lead_ID__c").await;
    let again = org.post(&format!("{DATA}/tooling/sobjects/CustomField"), lead_id_field()).await;
    assert_eq!((again.status, code(&again)), (400, "DUPLICATE_DEVELOPER_NAME"));
    let set = soql(&org, "SELECT Id FROM PermissionSet WHERE Name = 'Leadferry'").await;
    let set = set.json["records"][0]["Id"].as_str().unwrap();
    let named =
        org.post(&format!("{DATA}/sobjects/PermissionSet"), json!({"Name": "Leadferry", "Label": "x"})).await;
    assert_eq!(code(&named), "DUPLICATE_VALUE");
    let assigned = json!({"AssigneeId": DANA, "PermissionSetId": set});
    let assigned = org.post(&format!("{DATA}/sobjects/PermissionSetAssignment"), assigned).await;
    assert_eq!(code(&assigned), "DUPLICATE_VALUE");
    assert!(assigned.json[0]["message"].as_str().unwrap().starts_with("Duplicate PermissionSetAssignment"));
    let granted = json!({
        "ParentId": set, "SobjectType": "Lead", "Field": "Lead.Lead_ID__c", "PermissionsRead": true,
        "PermissionsEdit": true,
    });
    assert_eq!(
        code(&org.post(&format!("{DATA}/sobjects/FieldPermissions"), granted).await),
        "DUPLICATE_VALUE"
    );
}

#[tokio::test]
async fn grants_must_name_fields_that_can_be_granted() {
    let org = org();
    let set =
        id(&org.post(&format!("{DATA}/sobjects/PermissionSet"), json!({"Name": "S", "Label": "S"})).await);
    let grant = async |field: &str, read: bool| {
        let body = json!({
            "ParentId": set, "SobjectType": "Lead", "Field": field, "PermissionsRead": read,
            "PermissionsEdit": true,
        });
        code(&org.post(&format!("{DATA}/sobjects/FieldPermissions"), body).await).to_owned()
    };
    assert_eq!(grant("Lead.Nothing__c", true).await, "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST");
    assert_eq!(
        grant("LeadSource", true).await,
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "object and field"
    );
    assert_eq!(
        grant("Lead.LastName", true).await,
        "FIELD_INTEGRITY_EXCEPTION",
        "required fields need no grant"
    );
    assert_eq!(grant("Lead.Fax", false).await, "FIELD_INTEGRITY_EXCEPTION", "who writes must read");
    assert_eq!(grant("Lead.Fax", true).await, "");
}

#[tokio::test]
async fn names_sizes_and_types_are_checked() {
    let org = org();
    let text = json!({"label": "X", "type": "Text", "length": 10});
    let with = |key: &str, value: Value| {
        let mut metadata = text.clone();
        metadata[key] = value;
        metadata
    };
    let cases = [
        ("Lead.Plain", text.clone(), "FIELD_INTEGRITY_EXCEPTION"),
        ("Lead.1st__c", text.clone(), "FIELD_INTEGRITY_EXCEPTION"),
        ("Lead.A__B__c", text.clone(), "FIELD_INTEGRITY_EXCEPTION"),
        ("Boat.X__c", text.clone(), "INVALID_TYPE"),
        ("Lead.X__c", with("length", json!(300)), "FIELD_INTEGRITY_EXCEPTION"),
        ("Lead.X__c", with("type", json!("Hologram")), "FIELD_INTEGRITY_EXCEPTION"),
        ("Lead.X__c", with("label", json!("")), "REQUIRED_FIELD_MISSING"),
        (
            "Lead.X__c",
            json!({"label": "X", "type": "Checkbox", "externalId": true}),
            "FIELD_INTEGRITY_EXCEPTION",
        ),
        ("Lead.X__c", json!({"label": "X", "type": "Number", "precision": 5}), "FIELD_INTEGRITY_EXCEPTION"),
        ("Lead.X__c", json!({"label": "X", "type": "Picklist"}), "REQUIRED_FIELD_MISSING"),
    ];
    for (name, metadata, expected) in cases {
        let answer = make(&org, name, metadata.clone()).await;
        assert_eq!((answer.status, code(&answer)), (400, expected), "{name} {metadata}");
    }
}

#[tokio::test]
async fn every_kind_of_field_can_be_made_and_taken_away() {
    let org = org();
    let picklist = json!({
        "label": "Colour", "type": "Picklist",
        "valueSet": {"restricted": true, "valueSetDefinition": {"value": [{
            "fullName": "Red", "label": "Red", "default": false,
        }]}},
    });
    for (name, metadata) in [
        ("A__c", json!({"label": "A", "type": "LongTextArea", "length": 1000, "visibleLines": 3})),
        ("B__c", json!({"label": "B", "type": "Number", "precision": 8, "scale": 2})),
        ("C__c", json!({"label": "C", "type": "Checkbox", "defaultValue": "false"})),
        ("D__c", json!({"label": "D", "type": "DateTime"})),
        ("E__c", json!({"label": "E", "type": "Email", "externalId": true})),
        ("F__c", picklist),
        ("G__c", json!({"label": "G", "type": "Text", "length": 5, "required": true})),
    ] {
        assert_eq!(make(&org, &format!("Lead.{name}"), metadata).await.status, 201, "{name}");
    }
    let lacking = org.post(LEAD, json!({"LastName": "Moss", "Company": "X"})).await;
    assert_eq!(lacking.json[0]["fields"], json!(["G__c"]), "a required field needs no grant to be required");
    let query = format!(
        "{DATA}/tooling/query?q=SELECT+Id+FROM+CustomField+WHERE+DeveloperName+=+'G'+AND+TableEnumOrId+=+'Lead'"
    );
    let found = org.get(&query).await;
    let id = found.json["records"][0]["Id"].as_str().unwrap_or_else(|| panic!("{}", found.text)).to_owned();
    let path = format!("{DATA}/tooling/sobjects/CustomField/{id}");
    assert_eq!(org.get(&path).await.json["FullName"], "Lead.G__c");
    assert_eq!(org.call("DELETE", &path, None).await.status, 204);
    assert_eq!(org.get(&path).await.status, 404);
    assert_eq!(
        code(&soql(&org, "SELECT Id FROM CustomField").await),
        "INVALID_TYPE",
        "it is the Tooling API's"
    );
}

#[tokio::test]
async fn stages_and_statuses_are_read_as_objects() {
    let org = org();
    let stages = soql(
        &org,
        "SELECT ApiName, MasterLabel, IsClosed, IsWon, DefaultProbability, SortOrder FROM OpportunityStage \
         WHERE IsActive = true ORDER BY SortOrder",
    )
    .await;
    assert_eq!(stages.json["totalSize"], 7, "{}", stages.text);
    assert_eq!(stages.json["records"][5]["ApiName"], "Closed Won");
    assert_eq!(
        (stages.json["records"][5]["IsWon"].as_bool(), stages.json["records"][6]["IsWon"].as_bool()),
        (Some(true), Some(false))
    );
    let converted = soql(&org, "SELECT ApiName FROM LeadStatus WHERE IsConverted = true").await;
    assert_eq!(converted.json["records"][0]["ApiName"], "Closed - Converted");
    let closed = soql(&org, "SELECT ApiName FROM TaskStatus WHERE IsClosed = true").await;
    assert_eq!(closed.json["records"][0]["ApiName"], "Completed");
    let id = lead(&org, json!({"Status": "Working - Contacted"})).await;
    assert_eq!(org.get(&format!("{LEAD}/{id}?fields=Status")).await.json["Status"], "Working - Contacted");
}
