//! The listener itself, over loopback.

use leadferry_sources::receive::{Listening, ReceiverAuth, ServeError};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use tokio::sync::oneshot;

use super::Stand;

#[tokio::test]
async fn a_form_service_sends_over_the_wire() {
    let stand = Stand::new(ReceiverAuth::None);
    let listening = Listening::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let address = listening.address();
    let (stop, stopped) = oneshot::channel::<()>();
    let server = tokio::spawn(listening.serve(stand.router.clone(), async {
        let _gone = stopped.await;
    }));

    let body = "email=ada%40example.com";
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!(
        "POST {} HTTP/1.1\r\nHost: {address}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        stand.path.url_path(),
        body.len()
    );
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK"), "{answer}");
    assert_eq!(
        stand.leads()[0].fields.text("email").as_deref(),
        Some("ada@example.com"),
        "the lead is there"
    );

    stop.send(()).unwrap();
    server.await.unwrap().unwrap();
    assert!(TcpStream::connect(address).await.is_err(), "a stopped listener is gone");
}

#[tokio::test]
async fn only_loopback_is_listened_on() {
    for address in ["0.0.0.0:0", "192.0.2.1:0", "[::]:0"] {
        let error = Listening::bind(address.parse().unwrap()).await.unwrap_err();
        assert!(matches!(error, ServeError::NotLoopback(_)), "{address} can be reached by others");
    }
    let first = Listening::bind("127.0.0.1:0".parse().unwrap()).await.unwrap();
    let error = Listening::bind(first.address()).await.unwrap_err();
    assert!(matches!(error, ServeError::PortTaken(_)), "a taken port is named: {error}");
}
