//! Answers that keep to no document: nulls, numbers as texts, fields missing or of another type.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::Fixture;
use leadferry_connector::{Connector, Transport, TransportError};
use leadferry_model::{FailureKind, RecordId};
use serde_json::json;

use super::*;
use crate::hubspot::CONNECTOR;
use crate::hubspot::types::{AccountDetails, List, Object, Owner, Pipeline, Property};

#[test]
fn one_odd_entry_hides_no_other() {
    let list: List<Property> = serde_json::from_value(json!({"paging": null, "results": [
        {"name": "a", "label": null, "options": [{"value": null}, {"value": "x", "displayOrder": "2", "hidden": "true"}],
         "hasUniqueValue": "true", "modificationMetadata": null, "newThing": {"deep": [1]}},
        {"label": "no name"}, null, "text",
    ]}))
    .unwrap();
    let [property] = list.results.as_slice() else { panic!("{:?}", list.results) };
    assert_eq!(property.has_unique_value, Some(true), "yes as text");
    assert_eq!(property.options.len(), 1, "an option without a value is no option");
    assert_eq!(
        (property.options[0].display_order, property.options[0].hidden),
        (Some(2), Some(true)),
        "texts"
    );

    let list: List<Object> = serde_json::from_value(json!({"results": [
        {"id": 7, "properties": null, "updatedAt": "yesterday", "archived": null, "url": 5},
        {"id": "8", "properties": {"n": 5, "x": null}, "new": "true"}, {"properties": {}}],
        "paging": {"next": {"after": 200}}}))
    .unwrap();
    assert_eq!(list.after().as_deref(), Some("200"), "a number is a cursor too");
    assert_eq!(
        list.results.iter().map(|found| found.id.as_str()).collect::<Vec<_>>(),
        ["7", "8"],
        "with ids"
    );
    assert_eq!(
        (list.results[1].text("n").as_deref(), list.results[1].text("x")),
        (Some("5"), None),
        "null is none"
    );
    let none: List<Object> =
        serde_json::from_value(json!({"results": null, "paging": {"next": null}})).unwrap();
    assert!(none.results.is_empty() && none.after().is_none(), "nothing is nothing");

    let pipeline: Pipeline =
        serde_json::from_value(json!({"id": 1, "label": null, "displayOrder": "3", "archived": null,
        "stages": [{"id": "s", "label": null, "displayOrder": null, "metadata": null}, {}]}))
        .unwrap();
    assert_eq!((pipeline.display_order, pipeline.stages.len()), (3, 1), "a stage needs an id and no more");
    let owner: Owner = serde_json::from_value(json!({"id": 5, "type": "QUEUE", "firstName": null})).unwrap();
    assert_eq!(owner.person(), None, "a queue has no name");
    let details: AccountDetails =
        serde_json::from_value(json!({"portalId": "7", "accountType": null, "uiDomain": null})).unwrap();
    assert_eq!(details.portal_id, "7", "as text");
}

async fn refused(status: u16, body: Json) -> FailureKind {
    let (_script, bench) = script([Fixture::new("POST", UPSERT, status, body)]);
    CONNECTOR.upsert(&bench.call(), "contacts", &[lead(1)]).await.remove(0).unwrap_err().kind
}

#[tokio::test]
async fn a_refusal_without_category_is_read_by_status_and_words() {
    let existing = "Contact already exists. Existing ID: 123";
    let taken = FailureKind::Conflict { existing: Some(RecordId::new("123")), field: Some("email".into()) };
    assert_eq!(refused(409, json!({"message": existing, "category": null})).await, taken, "by status");
    let row = json!({"status": 409, "message": existing, "context": {"objectWriteTraceId": "L-1#1"}});
    assert_eq!(refused(207, complete(vec![], vec![row])).await, taken, "by words, in a row");
    let scope =
        json!({"errors": [null, {"context": {"requiredGranularScopes": "crm.objects.contacts.write"}}]});
    let missing = vec!["crm.objects.contacts.write".to_owned()];
    assert_eq!(refused(403, scope).await, FailureKind::Permission { missing }, "a text for a list");
    let down = json!({"category": "VALIDATION_ERROR", "message": "no"});
    assert_eq!(refused(503, down).await, FailureKind::Unavailable, "down is down");
    for words in ["", ", and more words"] {
        let list = r#"[{"isValid":false,"name":"phone","error":"INVALID_PHONE_NUMBER","extra":1}]"#;
        let body =
            json!({"message": format!("Property values were not valid: {list}{words}"), "correlationId": 5});
        let FailureKind::Invalid { fields } = refused(400, body).await else { panic!("{words}") };
        assert_eq!(fields[0].field, "phone", "the list inside the words{words}");
    }
}

/// Refuses everything without saying what is wrong, and counts.
#[derive(Default)]
struct Refuses(AtomicUsize);

#[async_trait]
impl Transport for Refuses {
    async fn send(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        self.0.fetch_add(1, Ordering::SeqCst);
        let body =
            json!({"status": "error", "category": "VALIDATION_ERROR", "message": "a rule of this account"});
        let mut answer = http::Response::new(body.to_string().into());
        *answer.status_mut() = http::StatusCode::BAD_REQUEST;
        Ok(answer)
    }
}

#[tokio::test]
async fn halving_a_batch_that_is_refused_as_a_whole_comes_to_an_end() {
    let refuses = Arc::new(Refuses::default());
    let bench = Bench::new(&SPEC, refuses.clone());
    let batch: Vec<Upsert> = (1..=100).map(lead).collect();
    let outcomes = CONNECTOR.upsert(&bench.call(), "contacts", &batch).await;
    assert!(outcomes.iter().all(Result::is_err), "all are told");
    let calls = refuses.0.load(Ordering::SeqCst);
    assert!(calls <= 40, "in {calls} calls, not 199");
    let last = outcomes.last().unwrap().as_ref().unwrap_err();
    assert!(last.message.contains("without saying which one"), "in words: {}", last.message);
}
