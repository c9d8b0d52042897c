//! What each user may do, and who is said to have written what.

use serde_json::json;

use super::support::{DANA, DATA, LEAD, ROWS, code, lead, org, row_code, soql};

#[tokio::test]
async fn a_user_who_may_only_read_reads() {
    let org = org();
    let reader = org.practice.tokens().read_only.expose().to_owned();
    let described = org.call_as(&reader, "GET", &format!("{LEAD}/describe"), None).await;
    assert_eq!(described.json["createable"], false);
    let fields = described.json["fields"].as_array().unwrap();
    assert!(fields.iter().all(|field| field["updateable"] == false), "no field is writable either");
    let body = json!({"LastName": "Moss", "Company": "Example Ltd"});
    let refused = org.call_as(&reader, "POST", LEAD, Some(&body)).await;
    assert_eq!((refused.status, code(&refused)), (403, "INSUFFICIENT_ACCESS_OR_READONLY"));
    let rows =
        json!({"records": [{"attributes": {"type": "Lead"}, "LastName": "Moss", "Company": "Example Ltd"}]});
    let refused = org.call_as(&reader, "POST", ROWS, Some(&rows)).await;
    assert_eq!((refused.status, row_code(&refused, 0)), (200, "INSUFFICIENT_ACCESS_OR_READONLY"));
}

#[tokio::test]
async fn objects_a_user_may_not_see_do_not_exist() {
    let org = org();
    let token = org.practice.tokens().contacts_only.expose().to_owned();
    let describe = async |object: &str| {
        org.call_as(&token, "GET", &format!("{DATA}/sobjects/{object}/describe"), None).await.status
    };
    assert_eq!((describe("Contact").await, describe("Lead").await), (200, 404));
    let query = org.call_as(&token, "GET", &format!("{DATA}/query?q=SELECT+Id+FROM+Lead"), None).await;
    assert_eq!((query.status, code(&query)), (400, "INVALID_TYPE"));
    let field = json!({"FullName": "Contact.X__c", "Metadata": {"label": "X", "type": "Text", "length": 5}});
    let path = format!("{DATA}/tooling/sobjects/CustomField");
    let refused = org.call_as(&token, "POST", &path, Some(&field)).await;
    assert_eq!(
        (refused.status, code(&refused)),
        (403, "INSUFFICIENT_ACCESS_OR_READONLY"),
        "no right to customize"
    );
}

#[tokio::test]
async fn records_tell_who_made_and_changed_them() {
    let org = org();
    let token = org.practice.tokens().contacts_only.expose().to_owned();
    let body = json!({"LastName": "Reyes"});
    let made = org.call_as(&token, "POST", &format!("{DATA}/sobjects/Contact"), Some(&body)).await;
    let id = made.json["id"].as_str().unwrap();
    let by = async || {
        let record =
            org.get(&format!("{DATA}/sobjects/Contact/{id}?fields=CreatedById,LastModifiedById")).await.json;
        (
            record["CreatedById"].as_str().unwrap().to_owned(),
            record["LastModifiedById"].as_str().unwrap().to_owned(),
        )
    };
    let kit = "005J80000000003IAA".to_owned();
    assert_eq!(by().await, (kit.clone(), kit.clone()));
    org.pass(5);
    let number = org.practice.number_of("Contact", id).unwrap().unwrap();
    org.practice
        .edit_record("Contact", number, &[("Title".to_owned(), "Skipper".to_owned())].into())
        .unwrap();
    assert_eq!(by().await, (kit, DANA.to_owned()), "a person changed it past the API");
}

#[tokio::test]
async fn owners_are_users_or_queues_and_still_there() {
    let org = org();
    let owner = async |owner: &str| {
        let body = json!({"LastName": "Moss", "Company": "Example Ltd", "OwnerId": owner});
        let answer =
            super::support::call_with(&org, "POST", LEAD, &[("sforce-auto-assign", "FALSE")], &body).await;
        (answer.status, code(&answer).to_owned())
    };
    let queue = soql(&org, "SELECT Id FROM Group WHERE Type = 'Queue'").await;
    let queue = queue.json["records"][0]["Id"].as_str().unwrap().to_owned();
    assert_eq!(owner(&queue).await.0, 201, "leads may belong to a queue");
    assert_eq!(owner("005J80000000004IAA").await.0, 201);
    assert_eq!(owner("005J80000000005IAA").await, (400, "INACTIVE_OWNER_OR_USER".to_owned()));
    assert_eq!(owner("005J80000000009IAA").await, (400, "INVALID_CROSS_REFERENCE_KEY".to_owned()));
    assert_eq!(owner("nobody").await, (400, "MALFORMED_ID".to_owned()));
    org.practice.pull("user", &json!({"id": "005J80000000004IAA", "active": false})).unwrap();
    assert_eq!(owner("005J80000000004IAA").await.1, "INACTIVE_OWNER_OR_USER", "they have left since");
    let active = soql(&org, "SELECT Id, Name, Email, IsActive FROM User WHERE IsActive = true").await;
    assert_eq!(active.json["totalSize"], 3);
}

#[tokio::test]
async fn the_assignment_rule_takes_new_leads_unless_told_not_to() {
    let org = org();
    let body = json!({"LastName": "Moss", "Company": "Example Ltd", "OwnerId": DANA});
    let owner = async |headers: &[(&str, &str)]| {
        let made = super::support::call_with(&org, "POST", LEAD, headers, &body).await;
        let id = made.json["id"].as_str().unwrap().to_owned();
        org.get(&format!("{LEAD}/{id}?fields=OwnerId")).await.json["OwnerId"].as_str().unwrap().to_owned()
    };
    assert!(owner(&[]).await.starts_with("00G"), "active rules run when nothing is said");
    assert!(owner(&[("sforce-auto-assign", "TRUE")]).await.starts_with("00G"));
    assert_eq!(owner(&[("sforce-auto-assign", "FALSE")]).await, DANA);
    org.practice.pull("assignment-rule", &json!({"active": false})).unwrap();
    assert_eq!(owner(&[]).await, DANA, "no rule is active now");
    let id = lead(&org, json!({})).await;
    assert_eq!(
        org.get(&format!("{LEAD}/{id}?fields=OwnerId")).await.json["OwnerId"],
        DANA,
        "who creates it owns it"
    );
}

#[tokio::test]
async fn a_records_link_opens_a_page() {
    let org = org();
    let id = lead(&org, json!({"Company": "<b>Knots & Co</b>"})).await;
    let page = org.get(&format!("/lightning/r/Lead/{id}/view")).await;
    assert_eq!(page.status, 200);
    assert!(page.text.contains("&lt;b&gt;Knots &amp; Co&lt;/b&gt;"), "values are shown, not obeyed");
    assert_eq!(org.get("/lightning/r/Lead/00QJ80000000000MAA/view").await.status, 404);
}
