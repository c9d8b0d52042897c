//! What knocks at the listener besides the browser's one answer.

use std::sync::Arc;

use leadferry_auth::oauth::{FlowError, FlowEvent};
use tokio::sync::Notify;

use crate::flow::start;
use crate::support::{Reply, Vendor, send, split, tokens, visit};

fn status(answer: &str) -> &str {
    answer.split(' ').nth(1).unwrap_or("none")
}

#[tokio::test]
async fn only_the_one_request_counts() {
    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    let right = running.back("code=c1");
    let (host, target) = split(&right);
    let port = host.split(':').nth(1).unwrap();
    let path = target.split('?').next().unwrap();
    let query = target.split('?').nth(1).unwrap();
    for (why, request) in [
        (
            "a name pointed at this computer (DNS rebinding)",
            format!("GET {target} HTTP/1.1\r\nHost: evil.example.com:{port}\r\n\r\n"),
        ),
        (
            "localhost, where the address was registered",
            format!("GET {target} HTTP/1.1\r\nHost: localhost:{port}\r\n\r\n"),
        ),
        ("another port in the name", format!("GET {target} HTTP/1.1\r\nHost: 127.0.0.1:1\r\n\r\n")),
        ("no host", format!("GET {target} HTTP/1.1\r\n\r\n")),
        ("two hosts", format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nHost: {host}\r\n\r\n")),
        (
            "a script of a web page",
            format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nOrigin: https://evil.example.com\r\n\r\n"),
        ),
        ("another method", format!("POST {target} HTTP/1.1\r\nHost: {host}\r\nContent-Length: 0\r\n\r\n")),
        ("another path", format!("GET /cb/example/x?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n")),
        ("a longer path", format!("GET {path}/?{query} HTTP/1.1\r\nHost: {host}\r\n\r\n")),
        ("the icon", format!("GET /favicon.ico HTTP/1.1\r\nHost: {host}\r\n\r\n")),
        ("not HTTP", "hello\r\n\r\n".to_owned()),
    ] {
        assert_eq!(status(&send(&host, &request).await), "404", "{why}");
    }
    let endless = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nX: {}", "x".repeat(17 * 1024));
    assert_eq!(send(&host, &endless).await, "", "a head without end is not answered");
    assert_eq!(status(&visit(&right).await), "200", "and the real one still counts");
    assert!(running.done.await.unwrap().is_ok(), "signed in");
}

#[tokio::test]
async fn a_sandboxed_page_may_come_back() {
    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    let (host, target) = split(&running.back("code=c1"));
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nOrigin: null\r\n\r\n");
    assert_eq!(status(&send(&host, &request).await), "200", "a null origin is what redirects may carry");
    assert!(running.done.await.unwrap().is_ok(), "signed in");
}

#[tokio::test]
async fn a_wrong_state_is_refused_and_waiting_goes_on() {
    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    let page = visit(&format!("{}?state=guess&code=evil", running.redirect())).await;
    assert_eq!(status(&page), "400", "not this sign-in");
    assert_eq!(
        status(&visit(&format!("{}?code=evil", running.redirect())).await),
        "400",
        "no state is a wrong one"
    );
    visit(&running.back("code=c1")).await;
    assert!(running.done.await.unwrap().is_ok(), "the right one still counts");
}

#[tokio::test]
async fn guessing_ends_the_sign_in() {
    let vendor = Vendor::new([]);
    let running = start(&vendor);
    for n in 0..5 {
        visit(&format!("{}?state=guess{n}&code=evil", running.redirect())).await;
    }
    assert_eq!(
        running.done.await.unwrap().unwrap_err(),
        FlowError::Guessing,
        "five wrong states are no accident"
    );
    assert!(vendor.seen().is_empty(), "no code was tried");
}

#[tokio::test]
async fn a_page_fetched_ahead_counts_once() {
    let go = Arc::new(Notify::new());
    let vendor = Vendor::new([Reply::Held(go.clone(), tokens("a1", "r1"))]);
    let running = start(&vendor);
    let right = running.back("code=c1");
    assert!(visit(&right).await.contains("Go back to Leadferry"), "the first, perhaps a security tool");
    let second = visit(&right).await;
    assert!(second.contains("Already done"), "the person sees that all is well: {second}");
    go.notify_one();
    assert!(running.done.await.unwrap().is_ok(), "signed in");
    assert_eq!(vendor.seen().len(), 1, "one code, one exchange");
}

#[tokio::test]
async fn a_malformed_answer_does_not_end_the_sign_in() {
    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    assert_eq!(status(&visit(&running.back("code=c1&code=c2")).await), "400", "a key twice");
    assert_eq!(status(&visit(&running.back(&format!("code={}", "x".repeat(9000)))).await), "400", "too long");
    visit(&running.back("code=c1")).await;
    assert!(running.done.await.unwrap().is_ok(), "the right one still counts");
}

#[tokio::test]
async fn a_refusal_is_shown_as_text() {
    let vendor = Vendor::new([]);
    let running = start(&vendor);
    let page =
        visit(&running.back("error=invalid_scope&error_description=%3Cscript%3E%0Anot%20allowed&code=c1"))
            .await;
    assert!(
        page.contains("Not connected") && !page.contains("script>"),
        "nothing from outside is on the page: {page}"
    );
    let error = running.done.await.unwrap().unwrap_err();
    let words = error.to_string();
    assert!(words.contains("<script> not allowed"), "the vendor's words, as text on one line: {words}");
    assert!(words.contains("has every scope"), "and what to do: {words}");
    assert_eq!(running.events.lock().unwrap().last(), Some(&FlowEvent::Refused { reason: words }), "told");
    assert!(vendor.seen().is_empty(), "the code beside an error is not used");
}

#[tokio::test]
async fn saying_no_is_no_fault() {
    let running = start(&Vendor::new([]));
    visit(&running.back("error=access_denied")).await;
    assert_eq!(running.done.await.unwrap().unwrap_err(), FlowError::Declined, "the person cancelled");
}

#[tokio::test]
async fn an_answer_of_another_issuer_is_refused() {
    let vendor = Vendor::new([]);
    let running = start(&vendor);
    visit(&running.back("code=c1&iss=https%3A%2F%2Fevil.example.org")).await;
    assert_eq!(running.done.await.unwrap().unwrap_err(), FlowError::WrongIssuer, "RFC 9207");
    assert!(vendor.seen().is_empty(), "its code goes nowhere");

    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    visit(&running.back("code=c1&iss=https%3A%2F%2Fapp.example.com")).await;
    assert!(running.done.await.unwrap().is_ok(), "the right issuer is welcome");
}

#[tokio::test]
async fn the_page_is_inert() {
    let running = start(&Vendor::new([Reply::Json(200, tokens("a1", "r1"))]));
    let page = visit(&running.back("code=c1")).await;
    for header in [
        "Cache-Control: no-store",
        "Referrer-Policy: no-referrer",
        "X-Content-Type-Options: nosniff",
        "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
        "Connection: close",
    ] {
        assert!(page.contains(header), "{header}");
    }
    assert!(!page.contains("<script") && !page.contains("http://") && !page.contains("https://"), "{page}");
    assert!(page.contains("prefers-color-scheme:dark"), "light and dark");
    assert!(
        !page.contains("c1\"") && !page.contains(&running.query["state"]),
        "nothing of the request is on it"
    );
}
