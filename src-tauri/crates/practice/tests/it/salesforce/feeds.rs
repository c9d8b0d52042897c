//! Ids of what was deleted or changed in a window of time.

use serde_json::json;

use super::support::{LEAD, code, lead, org};
use crate::support::{Answer, Desk};

async fn feed(org: &Desk, kind: &str, start: &str, end: &str) -> Answer {
    let query = serde_urlencoded::to_string([("start", start), ("end", end)]).unwrap();
    org.get(&format!("{LEAD}/{kind}/?{query}")).await
}

#[tokio::test]
async fn deleted_records_are_listed_with_their_moment() {
    let org = org();
    let (gone, kept) = (lead(&org, json!({})).await, lead(&org, json!({})).await);
    org.pass(90);
    org.call("DELETE", &format!("{LEAD}/{gone}"), None).await;
    org.pass(120);
    let answer = feed(&org, "deleted", "2026-11-20T12:00:00+00:00", "2026-11-20T13:00:00+00:00").await;
    assert_eq!(answer.status, 200, "{}", answer.text);
    assert_eq!(
        answer.json["deletedRecords"],
        json!([{"id": gone, "deletedDate": "2026-11-20T12:01:30.000+0000"}])
    );
    assert_eq!(
        answer.json["latestDateCovered"], "2026-11-20T12:03:00.000+0000",
        "not beyond now; seconds are ignored"
    );
    assert!(answer.json["earliestDateAvailable"].is_string());
    let changed = feed(&org, "updated", "2026-11-20T12:00:00Z", "2026-11-20T12:03:00Z").await;
    assert_eq!(changed.json["ids"], json!([kept]));
}

#[tokio::test]
async fn windows_have_their_limits() {
    let org = org();
    let now = "2026-11-20T12:00:00Z";
    for (kind, start, end, status) in [
        ("deleted", "2026-11-06T12:00:00Z", now, 200),
        ("deleted", "2026-11-04T12:00:00Z", now, 400),
        ("updated", "2026-11-04T12:00:00Z", now, 200),
        ("updated", "2026-10-20T12:00:00Z", now, 400),
        ("updated", "2026-11-20T12:00:05Z", "2026-11-20T12:00:55Z", 400),
        ("updated", "yesterday", now, 400),
    ] {
        let answer = feed(&org, kind, start, end).await;
        assert_eq!(answer.status, status, "{kind} from {start} to {end}");
        if status == 400 {
            assert_eq!(code(&answer), "INVALID_REPLICATION_DATE", "{kind} from {start}");
        }
    }
}
