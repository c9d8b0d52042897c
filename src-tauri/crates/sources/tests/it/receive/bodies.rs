//! What a body may be, and what becomes of it.

use axum::http::StatusCode;
use leadferry_model::{Captured, ConnectionId, Value};
use leadferry_sources::receive::{Receiver, ReceiverAuth, Refusal};

use super::Stand;

async fn leads(content_type: &str, body: impl Into<axum::body::Body>) -> Vec<Captured> {
    let stand = Stand::new(ReceiverAuth::None);
    let answer = stand.post(&[("content-type", content_type)], body).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
    stand.leads()
}

async fn refusal(content_type: &str, body: impl Into<axum::body::Body>) -> (StatusCode, String) {
    let stand = Stand::new(ReceiverAuth::None);
    let answer = stand.post(&[("content-type", content_type)], body).await;
    assert_eq!(
        (stand.leads().len(), stand.refusals().len()),
        (0, 1),
        "nothing is taken, and a person can see it"
    );
    (answer.status, answer.text)
}

fn text(lead: &Captured, field: &str) -> String {
    lead.fields.text(field).unwrap_or_default()
}

#[tokio::test]
async fn json_of_any_shape() {
    let one = leads(
        "application/json; charset=utf-8",
        r#"{"contact":{"email":"ada@example.com"},"tags":["a","b"],"n":1.50}"#,
    )
    .await;
    assert_eq!(text(&one[0], "contact.email"), "ada@example.com", "nested names are dotted");
    assert_eq!(text(&one[0], "tags"), "a;b", "a list is one value");

    let several =
        leads("application/vnd.api+json", r#"[{"email":"ada@example.com"},{},{"email":"bob@example.com"}]"#)
            .await;
    assert_eq!(several.len(), 2, "each object of a list is a lead, an empty one is none");
    assert_ne!(several[0].source_id, several[1].source_id, "each under an id of its own");

    let plain = leads("text/plain", "\u{feff}{\"email\":\"ada@example.com\"}").await;
    assert_eq!(text(&plain[0], "email"), "ada@example.com", "JSON that calls itself text");
    let western = leads("application/json; charset=ISO-8859-1", b"{\"name\":\"Zo\xeb\"}".to_vec()).await;
    assert_eq!(text(&western[0], "name"), "Zoë", "in the encoding it names");
}

#[tokio::test]
async fn forms() {
    let form = "application/x-www-form-urlencoded";
    let lead = &leads(
        form,
        "contact[email]=ada%40example.com&tag[]=a&pick=1&pick=2&a[b][c]=x+y&contact__phone=%2B447700900123",
    )
    .await[0];
    assert_eq!(text(lead, "contact.email"), "ada@example.com", "brackets are dotted names");
    assert_eq!(
        lead.fields.get("tag"),
        Some(&Value::List(vec!["a".into()])),
        "empty brackets are a list, even of one"
    );
    assert_eq!(text(lead, "pick"), "1;2", "a repeated name is a list");
    assert_eq!(
        (text(lead, "a.b.c"), text(lead, "contact__phone")),
        ("x y".into(), "+447700900123".into()),
        "the rest"
    );
    let western = leads("application/x-www-form-urlencoded; charset=windows-1252", "name=Zo%EB").await;
    assert_eq!(text(&western[0], "name"), "Zoë", "in the encoding it names");
}

#[tokio::test]
async fn multipart_fields() {
    let body = "--X\r\nContent-Disposition: form-data; name=\"email\"\r\n\r\nada@example.com\r\n\
        --X\r\nContent-Disposition: form-data; name=\"cv\"; filename=\"cv.pdf\"\r\nContent-Type: application/pdf\r\n\r\n%PDF\r\n--X--\r\n";
    let lead = &leads("multipart/form-data; boundary=X", body).await[0];
    assert_eq!(
        (text(lead, "email"), text(lead, "cv")),
        ("ada@example.com".into(), "cv.pdf".into()),
        "of a file only its name"
    );
    let (status, sentence) = refusal("multipart/form-data; boundary=X", &body[..60]).await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "a form that breaks off: {sentence}");
}

#[tokio::test]
async fn what_cannot_be_read_is_refused_in_words() {
    let (status, sentence) = refusal("application/json", "{\"email\": ").await;
    assert_eq!(status, StatusCode::BAD_REQUEST, "half a JSON");
    assert!(sentence.contains("not complete JSON") && sentence.contains("line 1"), "{sentence}");
    assert_eq!(refusal("application/json", "[1, 2]").await.0, StatusCode::BAD_REQUEST, "no objects");
    assert_eq!(
        refusal("application/json", b"{\"name\":\"Zo\xeb\"}".to_vec()).await.0,
        StatusCode::BAD_REQUEST,
        "no UTF-8"
    );
    assert_eq!(refusal("application/xml", "<lead/>").await.0, StatusCode::UNSUPPORTED_MEDIA_TYPE, "XML");
    assert_eq!(
        refusal("application/json; charset=klingon", "{}").await.0,
        StatusCode::UNSUPPORTED_MEDIA_TYPE,
        "no such encoding"
    );
    let deep = format!("{}1{}", "{\"a\":".repeat(500), "}".repeat(500));
    assert_eq!(refusal("application/json", deep).await.0, StatusCode::BAD_REQUEST, "too deep to be a lead");
}

#[tokio::test]
async fn a_small_body_does_not_become_a_huge_lead() {
    let name = "n".repeat(1 << 20);
    let items = vec!["[1]"; 1500].join(",");
    let (status, sentence) = refusal("application/json", format!("{{\"{name}\":[{items}]}}")).await;
    assert_eq!(
        status,
        StatusCode::BAD_REQUEST,
        "1,500 names of a megabyte each are not unfolded: {sentence}"
    );
    let form = (0..2001).map(|number| format!("f{number}=1")).collect::<Vec<_>>().join("&");
    assert_eq!(
        refusal("application/x-www-form-urlencoded", form).await.0,
        StatusCode::BAD_REQUEST,
        "too many fields"
    );
}

#[tokio::test]
async fn a_test_button_passes_without_a_lead() {
    assert!(leads("application/json", "{}").await.is_empty(), "an empty object is a sign of life");
    assert!(leads("application/json", "").await.is_empty(), "so is an empty body");
}

#[tokio::test]
async fn compressed_bodies_are_named() {
    let stand = Stand::new(ReceiverAuth::None);
    let answer =
        stand.post(&[("content-type", "application/json"), ("content-encoding", "gzip")], "\u{1f}").await;
    assert_eq!(answer.status, StatusCode::UNSUPPORTED_MEDIA_TYPE, "gzip");
    assert!(
        matches!(&stand.refusals()[0], Refusal::UnknownType { found } if found.contains("gzip")),
        "said so"
    );
}

#[tokio::test]
async fn ids_and_times_come_from_where_a_person_says() {
    let receiver = Receiver {
        id_header: Some("x-event".into()),
        time_field: Some("at".into()),
        ..Receiver::new(ConnectionId::new("forms"), ReceiverAuth::None)
    };
    let stand = Stand::with(receiver.clone());
    let json = ("content-type", "application/json");
    stand.post(&[json, ("x-event", "e1")], r#"{"id":"L-1","at":"2025-11-20T10:00:00Z"}"#).await;
    stand.post(&[json], r#"{"id":"L-2","at":1763632800}"#).await;
    stand.post(&[json, ("x-event", "e3")], r#"[{"at":1763632800000},{"at":"soon"}]"#).await;
    let leads = stand.leads();
    assert_eq!(leads[0].source_id, "id-e1", "the chosen header");
    assert!(leads[1].source_id.starts_with("sha256-"), "without it, the body itself");
    assert_eq!(leads[3].source_id, "id-e3.1", "one of several");
    assert!(
        leads[..3].iter().all(|lead| lead.captured_at == leads[0].captured_at && lead.captured_at.is_some()),
        "three forms of one moment"
    );
    assert_eq!(leads[3].captured_at, None, "no moment at all");

    let stand = Stand::with(Receiver { id_field: Some("lead.id".into()), ..receiver });
    stand.post(&[json], r#"[{"lead":{"id":7}},{"lead":{"id":8}}]"#).await;
    let ids: Vec<String> = stand.leads().into_iter().map(|lead| lead.source_id).collect();
    assert_eq!(ids, ["7", "8"], "the chosen field");
}
