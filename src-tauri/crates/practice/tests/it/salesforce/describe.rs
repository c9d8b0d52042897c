//! Describes: what a client learns about objects and fields.

use serde_json::{Value, json};

use super::support::{DATA, LEAD, call_with, grant, make_lead_id, org};
use crate::support::Desk;

async fn field(org: &Desk, object: &str, name: &str) -> Value {
    let described = org.get(&format!("{DATA}/sobjects/{object}/describe")).await;
    assert_eq!(described.status, 200, "{}", described.text);
    let fields = described.json["fields"].as_array().unwrap().clone();
    fields.into_iter().find(|field| field["name"] == name).unwrap_or(Value::Null)
}

#[tokio::test]
async fn every_object_is_listed_with_its_prefix() {
    let org = org();
    let list = org.get(&format!("{DATA}/sobjects/")).await;
    let all = list.json["sobjects"].as_array().unwrap();
    let prefix = |name: &str| all.iter().find(|one| one["name"] == name).map(|one| one["keyPrefix"].clone());
    for (name, expected) in [
        ("Lead", "00Q"),
        ("Contact", "003"),
        ("Account", "001"),
        ("Opportunity", "006"),
        ("Task", "00T"),
        ("User", "005"),
        ("PermissionSet", "0PS"),
        ("FieldPermissions", "01k"),
        ("PermissionSetAssignment", "0Pa"),
        ("OpportunityStage", "01J"),
    ] {
        assert_eq!(prefix(name), Some(json!(expected)), "{name}");
        let described = org.get(&format!("{DATA}/sobjects/{name}/describe")).await;
        assert_eq!((described.status, &described.json["name"]), (200, &json!(name)));
    }
    let about = org.get(LEAD).await;
    assert_eq!(about.json["objectDescribe"]["urls"]["rowTemplate"], format!("{LEAD}/{{ID}}"));
}

#[tokio::test]
async fn fields_tell_type_size_and_what_may_be_done() {
    let org = org();
    let cases = [
        (
            "LastName",
            json!({
                "type": "string", "length": 80, "nillable": false, "createable": true, "updateable": true,
                "defaultedOnCreate": false, "custom": false, "compoundFieldName": "Name",
            }),
        ),
        ("Company", json!({"type": "string", "length": 255, "nillable": false})),
        (
            "Email",
            json!({"type": "email", "length": 80, "idLookup": true, "externalId": false, "nillable": true}),
        ),
        (
            "Status",
            json!({"type": "picklist", "nillable": false, "defaultedOnCreate": true, "restrictedPicklist": false}),
        ),
        (
            "OwnerId",
            json!({
                "type": "reference", "referenceTo": ["User", "Group"], "relationshipName": "Owner",
                "polymorphicForeignKey": true, "defaultedOnCreate": true,
            }),
        ),
        ("AnnualRevenue", json!({"type": "currency", "precision": 18, "scale": 0, "length": 0})),
        ("NumberOfEmployees", json!({"type": "int", "digits": 8, "precision": 0})),
        ("Boat_Length__c", json!({"type": "double", "precision": 5, "scale": 2, "custom": true})),
        ("Description", json!({"type": "textarea", "length": 32000, "filterable": false, "sortable": false})),
        (
            "HasOptedOutOfEmail",
            json!({"type": "boolean", "nillable": false, "defaultedOnCreate": true, "defaultValue": false}),
        ),
        ("Interests__c", json!({"type": "multipicklist", "restrictedPicklist": true})),
        (
            "SystemModstamp",
            json!({"type": "datetime", "createable": false, "updateable": false, "nillable": false}),
        ),
        ("IsConverted", json!({"createable": true, "updateable": false})),
        ("EmailBouncedReason", json!({"createable": false, "updateable": true})),
        ("Address", json!({"type": "address", "createable": false, "filterable": false})),
        (
            "Id",
            json!({"type": "id", "length": 18, "idLookup": true, "unique": false, "permissionable": false}),
        ),
        ("Member_Number__c", json!({"externalId": true, "unique": false, "idLookup": true})),
        ("ConvertedContactId", json!({"createable": false, "updateable": false, "referenceTo": ["Contact"]})),
    ];
    for (name, expected) in cases {
        let shown = field(&org, "Lead", name).await;
        for (key, value) in expected.as_object().unwrap() {
            assert_eq!(&shown[key], value, "{name}.{key}");
        }
    }
    let status = field(&org, "Lead", "Status").await;
    assert_eq!(
        status["picklistValues"][0],
        json!({
            "active": true, "defaultValue": true, "label": "Open - Not Contacted", "validFor": null,
            "value": "Open - Not Contacted",
        })
    );
}

#[tokio::test]
async fn required_fields_follow_from_three_facts() {
    let org = org();
    let required = async |object: &str| {
        let described = org.get(&format!("{DATA}/sobjects/{object}/describe")).await;
        let fields = described.json["fields"].as_array().unwrap().clone();
        let is_required =
            |f: &&Value| f["createable"] == true && f["nillable"] == false && f["defaultedOnCreate"] == false;
        fields.iter().filter(is_required).map(|f| f["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(required("Lead").await, ["Company", "LastName"]);
    assert_eq!(required("Contact").await, ["LastName"]);
    assert_eq!(required("Account").await, ["Name"]);
    assert_eq!(required("Opportunity").await, ["CloseDate", "Name", "StageName"]);
}

#[tokio::test]
async fn unchanged_metadata_is_not_sent_again() {
    let org = org();
    let path = format!("{LEAD}/describe");
    let first = org.get(&path).await;
    let stamp = first.header("last-modified").unwrap().to_owned();
    assert_eq!(stamp, "Fri, 20 Nov 2026 12:00:00 GMT");
    let again = async |since: &str| {
        call_with(&org, "GET", &path, &[("if-modified-since", since)], &Value::Null).await
    };
    org.pass(60);
    let unchanged = again(&stamp).await;
    assert_eq!((unchanged.status, unchanged.text.as_str()), (304, ""));
    assert_eq!(again("Fri, 20 Nov 2026 11:00:00 GMT").await.status, 200, "older than the metadata");
    make_lead_id(&org).await;
    assert_eq!(again(&stamp).await.status, 304, "a field nobody sees changes nothing yet");
    grant(&org, "Lead.Lead_ID__c").await;
    let changed = again(&stamp).await;
    assert_eq!(changed.status, 200, "now it is there");
    assert_eq!(again(changed.header("last-modified").unwrap()).await.status, 304);
}
