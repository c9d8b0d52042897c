//! The org's limits, told on every answer and refused with 403.

use leadferry_practice::Weather;
use serde_json::json;

use super::support::{DATA, LEAD, code, org};

#[tokio::test]
async fn every_answer_says_how_the_org_stands() {
    let org = org();
    let first = org.get(&format!("{DATA}/sobjects")).await;
    assert_eq!(first.header("sforce-limit-info"), Some("api-usage=1/105000"));
    let bad = org.post(LEAD, json!({})).await;
    assert_eq!(
        (bad.status, bad.header("sforce-limit-info")),
        (400, Some("api-usage=2/105000")),
        "errors too"
    );
    let limits = org.get(&format!("{DATA}/limits")).await;
    assert_eq!(limits.json["DailyApiRequests"], json!({"Max": 105_000, "Remaining": 104_997}));
}

#[tokio::test]
async fn the_days_limit_is_a_403_without_a_word_on_when() {
    let org = org();
    org.practice.set_weather(Weather { daily_limit: Some(2), ..Weather::default() });
    for _ in 0..2 {
        assert_eq!(org.get(&format!("{DATA}/limits")).await.status, 200);
        org.pass(3_600);
    }
    let over = org.get(&format!("{DATA}/limits")).await;
    assert_eq!(
        (over.status, &over.json),
        (403, &json!([{"message": "TotalRequests Limit exceeded.", "errorCode": "REQUEST_LIMIT_EXCEEDED"}]))
    );
    assert_eq!((over.header("sforce-limit-info"), over.header("retry-after")), (Some("api-usage=2/2"), None));
    org.pass(22 * 3_600);
    assert_eq!(
        org.get(&format!("{DATA}/limits")).await.status,
        200,
        "the day rolls: the first call is a day old"
    );
    assert_eq!(org.get(&format!("{DATA}/limits")).await.status, 403, "the second is not");
}

#[tokio::test]
async fn too_many_at_once_look_the_same_but_for_the_sentence() {
    let org = org();
    org.practice.set_weather(Weather { burst_limit: Some(1), ..Weather::default() });
    assert_eq!(org.get(&format!("{DATA}/limits")).await.status, 200);
    let over = org.get(&format!("{DATA}/limits")).await;
    assert_eq!((over.status, code(&over)), (403, "REQUEST_LIMIT_EXCEEDED"));
    assert!(over.json[0]["message"].as_str().unwrap().starts_with("ConcurrentRequests"), "{}", over.text);
}
