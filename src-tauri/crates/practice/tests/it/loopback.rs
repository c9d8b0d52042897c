//! Over a real socket.

use leadferry_practice::weather::Fault;
use leadferry_practice::{ServeError, Weather};
use serde_json::Value;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::support::{Desk, desk};

/// Sends a request and reads until the server closes.
async fn send(desk: &Desk, addr: std::net::SocketAddr, method: &str, path: &str, body: &str) -> String {
    let mut stream = TcpStream::connect(addr).await.unwrap();
    let request = format!(
        "{method} {path} HTTP/1.1\r\nHost: {addr}\r\nAuthorization: Bearer {}\r\nContent-Type: application/json\r\n\
         Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
        desk.token,
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    // A broken connection may show as an error or as an early end; both leave `answer` short.
    let _ended = stream.read_to_end(&mut answer).await;
    String::from_utf8(answer).unwrap()
}

#[tokio::test]
async fn a_served_practice_crm_answers_and_breaks_connections_for_real() {
    let desk = desk();
    let running = desk.practice.serve("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let addr = running.addr;
    assert_eq!(desk.practice.base(), running.url(), "links lead here");

    let listed = send(&desk, addr, "GET", "/crm/objects/2026-03/contacts?limit=1", "").await;
    assert!(listed.starts_with("HTTP/1.1 200"), "{listed}");
    assert!(listed.contains(&format!("\"url\":\"http://{addr}/contacts/7700900/record/0-1/101\"")));

    desk.practice.set_weather(Weather::next(1, Fault::AnswerLost));
    let body = r#"{"properties":{"email":"lost@example.com"}}"#;
    let lost = send(&desk, addr, "POST", "/crm/objects/2026-03/contacts", body).await;
    assert_eq!(lost, "", "not even a status arrives");
    assert_eq!(desk.practice.counts()["contacts"], 7, "and yet it was done");

    let face = send(&desk, addr, "GET", "/_practice/counts", "").await;
    let json: Value = serde_json::from_str(face.split("\r\n\r\n").nth(1).unwrap()).unwrap();
    assert_eq!(json["contacts"], 7);

    running.shutdown().await;
    assert!(TcpStream::connect(addr).await.is_err(), "nobody listens any more");
}

#[tokio::test]
async fn only_loopback_addresses_are_served() {
    let refused = desk().practice.serve("0.0.0.0:0".parse().unwrap()).await.unwrap_err();
    assert!(matches!(refused, ServeError::NotLoopback(_)), "{refused}");
}
