//! Who may send, how much, how often, and what they hear.

use axum::body::Body;
use axum::http::{Method, Request, StatusCode};
use jiff::SignedDuration;
use leadferry_model::{ConnectionId, Secret};
use leadferry_sources::receive::{
    DeliveryKey, InboxError, MAX_BODY, Receiver, ReceiverAuth, ReceiverPath, Refusal,
};

use super::{NOW, Stand};

const JSON: (&str, &str) = ("content-type", "application/json");
const LEAD: &str = r#"{"email":"ada@example.com"}"#;

fn open() -> Stand {
    Stand::new(ReceiverAuth::None)
}

#[tokio::test]
async fn a_sender_hears_yes_only_after_the_lead_is_stored() {
    let stand = open();
    *stand.inbox.failure.lock().unwrap() = Some(InboxError::DiskFull);
    let answer = stand.post(&[JSON], LEAD).await;
    assert_eq!(answer.status, StatusCode::SERVICE_UNAVAILABLE, "not stored is not accepted");
    assert_eq!(answer.headers["retry-after"], "30", "and the sender is told to come again");
    *stand.inbox.failure.lock().unwrap() = None;
    let answer = stand.post(&[JSON], LEAD).await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::OK, r#"{"status":"accepted","leads":1}"#),
        "now it is"
    );
}

#[tokio::test]
async fn the_same_delivery_has_the_same_ids() {
    let stand = open();
    for headers in [
        vec![JSON],
        vec![JSON],
        vec![JSON, ("x-github-delivery", "g1")],
        vec![JSON, ("x-acme-delivery", "1")],
    ] {
        stand.post(&headers, LEAD).await;
    }
    stand.post(&[JSON, ("x-acme-delivery", "1")], r#"{"email":"bob@example.com"}"#).await;
    let ids: Vec<String> = stand.leads().into_iter().map(|lead| lead.source_id).collect();
    assert_eq!(ids[0], ids[1], "a retry is recognised by its body");
    assert_eq!(ids[2], "id-g1", "or by the sender's id");
    assert_ne!(ids[3], ids[4], "a header that only looks like an id never merges two bodies");
}

#[tokio::test]
async fn what_is_kept_of_a_delivery_holds_no_secret() {
    let stand = Stand::new(ReceiverAuth::Bearer { token: Secret::new("hush") });
    stand
        .post(
            &[
                JSON,
                ("authorization", "Bearer hush"),
                ("cookie", "a=b"),
                ("user-agent", "Forms/1"),
                ("x-secret", "hush"),
            ],
            LEAD,
        )
        .await;
    let accepted = stand.inbox.accepted.lock().unwrap();
    let (id, _, raw) = &accepted[0];
    assert_eq!(id.as_str(), "forms", "the receiver's own source");
    let names: Vec<_> = raw.headers.iter().map(|(name, _)| name.as_str()).collect();
    assert_eq!(names, ["content-type", "user-agent"], "only headers of the list");
    assert_eq!(
        (raw.body.as_ref(), raw.content_type.as_str()),
        (LEAD.as_bytes(), "application/json"),
        "the body as it came"
    );
    assert!(matches!(raw.key, DeliveryKey::Body(_)), "without an id, the body's hash");
    assert!(!format!("{raw:?}").contains("ada@"), "a log of it shows no lead");
}

#[tokio::test]
async fn a_body_of_five_mebibytes_passes_and_a_longer_one_does_not() {
    let stand = open();
    let of = |size: usize| format!("{{\"note\":\"{}\"}}", "x".repeat(size - 11));
    assert_eq!(stand.post(&[JSON], of(MAX_BODY)).await.status, StatusCode::OK, "the largest");
    let answer = stand.post(&[JSON], of(MAX_BODY + 1)).await;
    assert_eq!(answer.status, StatusCode::PAYLOAD_TOO_LARGE, "one byte more");
    assert!(answer.text.contains("larger than 5 MiB"), "said in words: {}", answer.text);
    let announced = stand.post(&[JSON, ("content-length", "99999999")], "").await;
    assert_eq!(announced.status, StatusCode::PAYLOAD_TOO_LARGE, "refused before it is read");
    assert_eq!(
        (stand.leads().len(), stand.refusals()),
        (1, vec![Refusal::TooBig, Refusal::TooBig]),
        "and a person can see it"
    );
}

#[tokio::test]
async fn a_flood_is_slowed_down() {
    let stand = open();
    for _ in 0..100 {
        assert_eq!(stand.post(&[JSON], LEAD).await.status, StatusCode::OK, "a burst passes");
    }
    let answer = stand.post(&[JSON], LEAD).await;
    assert_eq!(
        (answer.status, &answer.headers["retry-after"]),
        (StatusCode::TOO_MANY_REQUESTS, &"1".parse().unwrap()),
        "then it waits"
    );
    assert!(stand.refusals().is_empty(), "a flood is not noted line by line");
    stand.clock.advance(SignedDuration::from_millis(50));
    assert_eq!(stand.post(&[JSON], LEAD).await.status, StatusCode::OK, "twenty a second go on");
}

#[tokio::test]
async fn receivers_come_and_go_while_it_runs() {
    let stand = open();
    let now = jiff::Timestamp::from_second(NOW).unwrap();
    let bearer = ReceiverAuth::Bearer { token: Secret::new("hush") };
    stand.registry.put(stand.path.clone(), Receiver::new(ConnectionId::new("forms"), bearer), now).unwrap();
    assert_eq!(stand.post(&[JSON], LEAD).await.status, StatusCode::UNAUTHORIZED, "a change counts at once");
    assert!(stand.registry.get(&stand.path).is_some(), "it can be looked up");

    stand.registry.remove(&stand.path);
    assert_eq!(
        stand.post(&[JSON], LEAD).await.status,
        StatusCode::GONE,
        "a deleted one says so, and the sender stops"
    );
    assert!(stand.registry.get(&stand.path).is_none(), "and is found no more");

    let unknown =
        Request::post(ReceiverPath::fresh().url_path()).header("host", "localhost").body(Body::from(LEAD));
    assert_eq!(stand.send(unknown.unwrap()).await.status, StatusCode::NOT_FOUND, "a path that never was");
}

#[tokio::test]
async fn only_requests_for_this_computer_or_its_public_name_come_in() {
    let stand = open();
    let from = async |host: &str| {
        let request = Request::post(stand.path.url_path())
            .header("host", host)
            .header("content-type", "application/json");
        stand.send(request.body(Body::from(LEAD)).unwrap()).await.status
    };
    for host in ["localhost:4242", "127.0.0.1", "127.0.0.1:80", "[::1]:4242"] {
        assert_eq!(from(host).await, StatusCode::OK, "{host} is this computer");
    }
    for host in ["evil.example.com", "127.0.0.1.example.com", "hooks.example.com", "10.0.0.1", ""] {
        assert_eq!(from(host).await, StatusCode::MISDIRECTED_REQUEST, "{host:?} is not");
    }
    stand.registry.set_public_hosts(["Hooks.example.com".to_owned()]);
    assert_eq!(from("hooks.example.com").await, StatusCode::OK, "the tunnel's name, once set");
}

#[tokio::test]
async fn web_pages_cannot_send() {
    let stand = open();
    let answer = stand.post(&[JSON, ("origin", "https://example.com")], LEAD).await;
    assert_eq!(answer.status, StatusCode::FORBIDDEN, "a script in a visitor's browser");
    assert_eq!(stand.refusals(), [Refusal::Browser], "a person sees what to do instead");
    let mut preflight =
        stand.request(&[("origin", "https://example.com"), ("access-control-request-method", "POST")], "");
    *preflight.method_mut() = Method::OPTIONS;
    let answer = stand.send(preflight).await;
    assert!(
        answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
        "no browser is let through"
    );
}

#[tokio::test]
async fn test_buttons_and_other_methods() {
    let stand = Stand::new(ReceiverAuth::Bearer { token: Secret::new("hush") });
    let with = async |method: Method| {
        let mut request = stand.request(&[], "");
        *request.method_mut() = method;
        stand.send(request).await
    };
    assert_eq!(with(Method::GET).await.status, StatusCode::OK, "a test of the address");
    assert_eq!(with(Method::HEAD).await.status, StatusCode::OK, "the same without a text");
    let answer = with(Method::DELETE).await;
    assert_eq!(
        (answer.status, &answer.headers["allow"]),
        (StatusCode::METHOD_NOT_ALLOWED, &"POST, PUT, GET, HEAD".parse().unwrap()),
        "nothing else"
    );
    assert_eq!(answer.headers["x-content-type-options"], "nosniff", "no answer is a page");
    let stand = open();
    let mut put = stand.request(&[JSON], LEAD);
    *put.method_mut() = Method::PUT;
    assert_eq!(stand.send(put).await.status, StatusCode::OK, "some automation tools send with PUT");
}

#[tokio::test]
async fn metas_handshake() {
    let receiver = Receiver {
        verify_token: Some(Secret::new("hush")),
        ..Receiver::new(ConnectionId::new("wa"), ReceiverAuth::None)
    };
    let stand = Stand::with(receiver);
    let ask = async |query: &str| {
        let mut request = stand.request_to(query, &[], "");
        *request.method_mut() = Method::GET;
        stand.send(request).await
    };
    let answer = ask("?hub.mode=subscribe&hub.verify_token=hush&hub.challenge=1158201444").await;
    assert_eq!(
        (answer.status, answer.text.as_str()),
        (StatusCode::OK, "1158201444"),
        "the challenge comes back as it is"
    );
    assert!(
        answer.headers["content-type"].to_str().unwrap().starts_with("text/plain"),
        "and never as a page"
    );
    let answer = ask("?hub.mode=subscribe&hub.verify_token=other&hub.challenge=1").await;
    assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "not for another token");
    assert_eq!(stand.refusals(), [Refusal::VerifyTokenWrong], "a person sees it");
}

#[tokio::test]
async fn json_handshakes_are_told_from_leads() {
    let stand = open();
    let answer = stand.post(&[JSON], r#"{"type":"url_verification","token":"t","challenge":"abc"}"#).await;
    assert_eq!(
        (answer.text.as_str(), stand.leads().len()),
        (r#"{"challenge":"abc"}"#, 0),
        "the challenge comes back"
    );
    stand.post(&[JSON], r#"{"email":"ada@example.com","challenge":"finding time"}"#).await;
    assert_eq!(stand.leads().len(), 1, "a form with a question called challenge is a lead");
    let stand = Stand::new(ReceiverAuth::Bearer { token: Secret::new("hush") });
    let answer = stand.post(&[JSON], r#"{"challenge":"abc"}"#).await;
    assert_eq!(
        answer.status,
        StatusCode::UNAUTHORIZED,
        "a handshake must prove itself like any other delivery"
    );
}

#[test]
fn paths_cannot_be_guessed() {
    let paths: std::collections::HashSet<String> =
        (0..1000).map(|_| ReceiverPath::fresh().expose().to_owned()).collect();
    assert_eq!(paths.len(), 1000, "each is random");
    assert!(paths.iter().all(|path| ReceiverPath::parse(path).is_ok()), "and can be stored");
    assert!(ReceiverPath::parse("leads").is_err() && ReceiverPath::parse("").is_err(), "a word is no path");
}

#[tokio::test]
async fn a_hint_is_passed_on_if_it_shows_what_it_was_given_and_is_no_lead() {
    let secret = || Secret::new("echo-1");
    let in_body = ReceiverAuth::BodyField { name: "token".to_owned(), secret: secret() };
    let basic = ReceiverAuth::Basic { user: "leadferry".to_owned(), password: secret() };
    // leadferry:echo-1 and leadferry:echo-2
    let [right, wrong] = ["Basic bGVhZGZlcnJ5OmVjaG8tMQ==", "Basic bGVhZGZlcnJ5OmVjaG8tMg=="]
        .map(|text| ("authorization", text));
    for (auth, shown, forged) in [
        (in_body, (JSON, r#"{"token":"echo-1","ids":["1"]}"#), (JSON, r#"{"token":"echo-2"}"#)),
        (basic, (right, "{}"), (wrong, "{}")),
    ] {
        let stand = Stand::with(Receiver::of_hints(ConnectionId::new("crm"), auth));
        let answer = stand.post(&[JSON, shown.0], shown.1).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.text);
        let answer = stand.post(&[JSON, forged.0], forged.1).await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "forged: {}", answer.text);
        let answer = stand.post(&[JSON], "no json").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "nothing to be seen: {}", answer.text);
        assert_eq!(*stand.inbox.hinted.lock().unwrap(), [ConnectionId::new("crm")], "the right one only");
        assert!(stand.leads().is_empty(), "and it is no lead");
    }
}
