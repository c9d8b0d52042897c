//! *Web-to-Lead*: handed over, never confirmed.

use serde_json::json;

use super::support::{DATA, make_lead_id, org, soql};
use crate::support::{Answer, Desk};

const ORG: &str = "00DJ80000000001";

async fn send(org: &Desk, fields: &[(&str, &str)]) -> Answer {
    org.form("/servlet/servlet.WebToLead?encoding=UTF-8", fields).await
}

fn leads(org: &Desk) -> usize {
    org.practice.counts()["Lead"]
}

#[tokio::test]
async fn the_answer_is_the_same_whether_a_lead_was_made_or_not() {
    let org = org();
    let good = [
        ("oid", ORG),
        ("retURL", "https://example.com/thanks"),
        ("last_name", "Moss"),
        ("company", "Example Ltd"),
    ];
    let before = leads(&org);
    let made = send(&org, &good).await;
    assert_eq!((made.status, leads(&org)), (200, before + 1));
    let cases: [&[(&str, &str)]; 4] = [
        &[("oid", "00DJ80000000009"), ("last_name", "Moss"), ("company", "Example Ltd")],
        &[("oid", ORG), ("company", "Example Ltd")],
        &[("oid", ORG), ("last_name", "Moss"), ("company", "Example Ltd"), ("email", "no")],
        &[("last_name", "Moss"), ("company", "Example Ltd")],
    ];
    let with_return = |fields: &[(&'static str, &'static str)]| {
        let mut all = fields.to_vec();
        all.push(("retURL", "https://example.com/thanks"));
        all
    };
    for fields in cases {
        let answer = send(&org, &with_return(fields)).await;
        assert_eq!((answer.status, &answer.text), (200, &made.text), "{fields:?}");
        assert_eq!(leads(&org), before + 1, "{fields:?}");
    }
}

#[tokio::test]
async fn custom_fields_go_by_their_id() {
    let org = org();
    let made = make_lead_id(&org).await;
    let key = &made.json["id"].as_str().unwrap()[..15];
    let path =
        format!("{DATA}/tooling/query?q=SELECT+Id+FROM+CustomField+WHERE+DeveloperName+=+'Newsletter'");
    let newsletter = org.get(&path).await.json["records"][0]["Id"].as_str().unwrap()[..15].to_owned();
    send(
        &org,
        &[("oid", ORG), ("last_name", "Form"), ("company", "X"), ("emailOptOut", "1"), (&newsletter, "1")],
    )
    .await;
    let found =
        soql(&org, "SELECT HasOptedOutOfEmail, Newsletter__c, OwnerId FROM Lead WHERE LastName = 'Form'")
            .await;
    assert_eq!(
        (&found.json["records"][0]["HasOptedOutOfEmail"], &found.json["records"][0]["Newsletter__c"]),
        (&json!(true), &json!(true)),
        "{}",
        found.text
    );
    assert_eq!(org.faults(), Vec::<String>::new());
    send(&org, &[("oid", ORG), ("last_name", "Hidden"), ("company", "X"), (key, "L-1")]).await;
    assert_eq!(
        soql(&org, "SELECT Id FROM Lead WHERE LastName = 'Hidden'").await.json["totalSize"],
        0,
        "invisible fields fail it, silently"
    );
}

#[tokio::test]
async fn a_captcha_that_is_asked_for_must_be_solved() {
    let org = org();
    org.practice.pull("web-to-lead", &json!({"captcha": true})).unwrap();
    let before = leads(&org);
    let form = [("oid", ORG), ("last_name", "Moss"), ("company", "X")];
    assert_eq!((send(&org, &form).await.status, leads(&org)), (200, before));
    let solved = [form[0], form[1], form[2], ("g-recaptcha-response", "proof")];
    send(&org, &solved).await;
    assert_eq!(leads(&org), before + 1);
}

#[tokio::test]
async fn beyond_500_a_day_forms_wait() {
    let org = org();
    let before = leads(&org);
    for number in 0..503 {
        let name = format!("Form {number}");
        let answer = send(&org, &[("oid", ORG), ("last_name", &name), ("company", "X")]).await;
        assert_eq!(answer.status, 200);
    }
    assert_eq!(leads(&org), before + 500);
    let limits = org.get(&format!("{DATA}/limits")).await;
    assert_eq!(limits.json["DailyWebToLead"], json!({"Max": 500, "Remaining": 0}));
    org.pass(24 * 3_600);
    org.get(&format!("{DATA}/limits")).await;
    assert_eq!(leads(&org), before + 503, "the next day takes them");
}
