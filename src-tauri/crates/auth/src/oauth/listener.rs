//! Waits on loopback for the browser to come back.
//!
//! Only a `GET` of the one path, with the one `Host` (a web page can point its own name at this computer, but the browser then
//! sends that name) and no foreign `Origin`, is looked at. Anything else is answered 404 and the waiting goes on: browsers ask
//! for icons, and security tools knock.

use std::convert::Infallible;
use std::future::poll_fn;
use std::io;
use std::sync::Arc;
use std::task::Poll;
use std::time::Duration;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::Semaphore;
use tokio::time::timeout;

use super::gate::{Gate, Verdict};
use super::page::Page;

const LONGEST_HEAD: usize = 16 * 1024;
const MOST_HEADERS: usize = 64;
/// At once; browsers open sockets ahead and leave them idle.
const MOST_CONNECTIONS: usize = 32;
const READ_WITHIN: Duration = Duration::from_secs(5);

/// What counts as an answer.
pub(super) struct Door {
    pub(super) gate: Arc<Gate>,
    pub(super) path: String,
    pub(super) host: String,
    pub(super) room: Semaphore,
}

impl Door {
    pub(super) fn new(gate: Arc<Gate>, path: String, host: String) -> Arc<Self> {
        Arc::new(Self { gate, path, host, room: Semaphore::new(MOST_CONNECTIONS) })
    }
}

/// Accepts until dropped, which closes the ports at once. A connection already accepted is answered to its end, within its own
/// time.
pub(super) async fn serve(listeners: Vec<TcpListener>, door: Arc<Door>) -> Infallible {
    loop {
        let Ok(stream) = accept(&listeners).await else {
            // Out of file handles, or a peer that left already: pause rather than spin.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let door = Arc::clone(&door);
        tokio::spawn(async move {
            let Ok(_room) = door.room.try_acquire() else { return };
            if timeout(READ_WITHIN * 2, answer(stream, &door)).await.is_err() {
                tracing::debug!("a connection to the sign-in listener was too slow");
            }
        });
    }
}

/// The next connection on any of them. Never comes if there are none.
async fn accept(listeners: &[TcpListener]) -> io::Result<TcpStream> {
    poll_fn(|context| {
        for listener in listeners {
            if let Poll::Ready(accepted) = listener.poll_accept(context) {
                return Poll::Ready(accepted.map(|(stream, _)| stream));
            }
        }
        Poll::Pending
    })
    .await
}

async fn answer(mut stream: TcpStream, door: &Door) {
    let Ok(Some(head)) = timeout(READ_WITHIN, read_head(&mut stream)).await else { return };
    let verdict = door.query(&head).map(|query| door.gate.judge(&query));
    let page = match &verdict {
        None => Page::NotFound,
        Some(Verdict::Malformed) => Page::Malformed,
        Some(Verdict::BadState) => Page::BadState,
        Some(Verdict::AlreadyUsed) => Page::AlreadyDone,
        Some(Verdict::Agreed(_)) => Page::Received,
        Some(Verdict::Refused(_)) => Page::Refused,
    };
    let written = async {
        stream.write_all(page.response().as_bytes()).await?;
        stream.shutdown().await
    };
    if written.await.is_err() {
        tracing::debug!("the browser left before its page was written");
    }
    // Only now, so that the browser has its page before the exchange may end the flow.
    match verdict {
        Some(Verdict::Agreed(code)) => door.gate.pass_on(Ok(code)),
        Some(Verdict::Refused(error)) => door.gate.pass_on(Err(error)),
        _ => {}
    }
}

async fn read_head(stream: &mut TcpStream) -> Option<Vec<u8>> {
    let mut head = Vec::with_capacity(2048);
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        if head.len() >= LONGEST_HEAD || stream.read_buf(&mut head).await.ok()? == 0 {
            return None;
        }
    }
    Some(head)
}

impl Door {
    /// The query, if the request is one for this flow at all.
    fn query(&self, head: &[u8]) -> Option<String> {
        let mut headers = [httparse::EMPTY_HEADER; MOST_HEADERS];
        let mut request = httparse::Request::new(&mut headers);
        if !request.parse(head).ok()?.is_complete() || request.method? != "GET" {
            return None;
        }
        let (path, query) = request.path?.split_once('?').unwrap_or((request.path?, ""));
        let values = |name: &str| -> Vec<&[u8]> {
            let named = request.headers.iter().filter(|header| header.name.eq_ignore_ascii_case(name));
            named.map(|header| header.value).collect()
        };
        let host = values("host");
        let right_host = matches!(host.as_slice(), [host] if host.eq_ignore_ascii_case(self.host.as_bytes()));
        let no_origin = values("origin").iter().all(|origin| *origin == b"null");
        (path == self.path && right_host && no_origin).then(|| query.to_owned())
    }
}
