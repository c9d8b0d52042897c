//! Furnishes a data folder through its running daemon, as the window and the command line do: sign in, a receiver, a sync that is on.

use std::path::Path;
use std::time::Duration;

use bytes::Bytes;
use futures::future::join_all;
use http::{Method, Request, Response, StatusCode};
use leadferry_api::{
    AuditCheckView, Backup, ById, Error, ErrorCode, GoLive, Home, MappingView, NewReceiver, NewSync, Nothing,
    OAuthState, OAuthStatus, PasteOAuth, ReceiverView, SaveMapping, StartOAuth, Started, remote,
};
use leadferry_connector::{ReqwestTransport, Transport};
use leadferry_practice::Practice;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::guests::Guests;
use crate::furniture::{OBJECT, mapping};

/// How long anything may take that a person would wait for. Far above what it takes; below what a stuck process takes.
pub(crate) const PATIENCE: Duration = Duration::from_secs(120);
/// How often another process is asked again.
pub(crate) const LOOK: Duration = Duration::from_millis(30);
/// Vendors with registered redirect addresses share three ports on this computer.
const TRIES: u32 = 2_000;

/// Senders that send at the same time.
const SENDERS: usize = 4;

/// What came of sending a lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Sent {
    /// Answered *accepted*.
    Accepted,
    /// Come again, says the receiver.
    NotNow,
    /// Nobody answered.
    NoAnswer,
}

/// Where senders send.
#[derive(Clone)]
pub(crate) struct Door {
    url: String,
    secret: String,
    network: ReqwestTransport,
}

/// Asks the process that owns `data`.
pub(crate) async fn ask<Q: Serialize, A: DeserializeOwned>(
    data: &Path,
    command: &str,
    request: Q,
) -> Result<A, Error> {
    let request = serde_json::to_value(request).expect("BUG: every request serialises");
    let answer = remote::ask(data, command, request).await?;
    Ok(serde_json::from_value(answer).expect("the daemon is of this build"))
}

/// Signs in to the CRM and gives the connection's id.
pub(crate) async fn sign_in(data: &Path, practice: &Practice, base: &str) -> Result<String, Error> {
    let tokens = practice.tokens();
    let request = StartOAuth {
        connector: "hubspot".into(),
        role: "destination".into(),
        base_url: Some(base.to_owned()),
        allow_private: false,
        host: None,
        client_id: Some(tokens.client_id),
        client_secret: Some(tokens.client_secret.expose().to_owned()),
        settings: Vec::new(),
        reconnect: None,
        open_browser: false,
    };
    let mut tries = 0;
    let flow: OAuthStatus = loop {
        match ask(data, "start_oauth", request.clone()).await {
            Ok(flow) => break flow,
            // Another test of this computer has the vendor's ports.
            Err(error) if tries < TRIES && error.code == ErrorCode::Conflict => {
                tries += 1;
                tokio::time::sleep(LOOK).await;
            }
            Err(error) => return Err(error),
        }
    };
    let url = consent(&flow.url).await;
    let pasted = PasteOAuth { flow: flow.flow.clone(), url };
    let mut status: OAuthStatus = ask(data, "paste_oauth", pasted).await?;
    loop {
        match status.state {
            OAuthState::Connected { connection } => return Ok(connection.id),
            OAuthState::Ended { problem } => panic!("the practice CRM lets everybody in: {problem:?}"),
            OAuthState::Waiting | OAuthState::Exchanging => tokio::time::sleep(LOOK).await,
        }
        status = ask(data, "oauth_status", ById { id: flow.flow.clone() }).await?;
    }
}

/// Makes a receiver.
pub(crate) async fn receiver(data: &Path) -> Result<(String, Door), Error> {
    let request =
        NewReceiver { name: "Form".into(), auth: "bearer".into(), secret: None, options: Vec::new() };
    let made: ReceiverView = ask(data, "create_receiver", request).await?;
    let network = ReqwestTransport::new().expect("this computer has a network");
    let secret = made.secret.expect("a new receiver tells its secret once");
    Ok((made.id, Door { url: made.local_url, secret, network }))
}

/// Switches a sync on between them.
pub(crate) async fn live(data: &Path, source: String, destination: String) -> Result<(), Error> {
    let sync = NewSync { name: None, source, destination, object: Some(OBJECT.into()) };
    let made: MappingView = ask(data, "create_sync", sync).await?;
    let by_id = || ById { id: made.sync.clone() };
    let _made: MappingView = ask(data, "create_lead_id_field", by_id()).await?;
    let draft = SaveMapping { sync: made.sync.clone(), mapping: mapping() };
    let _kept: MappingView = ask(data, "save_mapping", draft).await?;
    let _started: Started = ask(data, "go_live", GoLive { id: made.sync.clone(), first: None }).await?;
    Ok(())
}

/// Waits until every delivery has ended.
pub(crate) async fn drained(data: &Path) -> Result<(), Error> {
    loop {
        let home: Home = ask(data, "home", Nothing {}).await?;
        let counts: Vec<_> = home.syncs.iter().map(|row| &row.counts).collect();
        if counts.iter().all(|counts| counts.pending + counts.sending + counts.retrying == 0) {
            return Ok(());
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Writes a backup.
pub(crate) async fn backup(data: &Path, path: &Path, passphrase: &str) -> Result<(), Error> {
    let request = Backup { path: path.display().to_string(), passphrase: passphrase.into() };
    let _done: Nothing = ask(data, "backup", request).await?;
    Ok(())
}

/// Sends what nobody has answered yet, in order and some at a time, until all is accepted or nobody answers any more. `told` hears
/// of each lead that was accepted.
pub(crate) async fn send_all(door: &Door, guests: &mut Guests, ids: &str, mut told: impl FnMut()) {
    loop {
        match send_some(door, guests, ids, &mut told).await {
            None | Some(Sent::NoAnswer) => return,
            Some(Sent::NotNow) => tokio::time::sleep(LOOK).await,
            Some(Sent::Accepted) => {}
        }
    }
}

/// Sends some of what nobody has answered yet, all at the same time. Gives the worst that came of it; none if nothing is left.
pub(crate) async fn send_some(
    door: &Door,
    guests: &mut Guests,
    ids: &str,
    told: &mut impl FnMut(),
) -> Option<Sent> {
    let places = guests.unanswered(SENDERS);
    let sent = places.iter().map(|place| {
        let (door, body, id) = (door.clone(), guests.body(*place), format!("{ids}-{place}"));
        async move { door.send(&id, &body).await }
    });
    let answers = join_all(sent).await;
    for (place, answer) in places.iter().zip(&answers) {
        if *answer == Sent::Accepted {
            guests.accepted(*place);
            told();
        }
    }
    answers.into_iter().max()
}

/// Whether anything needs a person: a failed lead, or access that is lost. No kill may lead to that.
pub(crate) async fn needs_a_person(data: &Path) -> Result<bool, Error> {
    let home: Home = ask(data, "home", Nothing {}).await?;
    Ok(home.needs_you > 0 || home.syncs.iter().any(|row| row.counts.failed > 0))
}

/// Whether the audit log's chain is whole.
pub(crate) async fn audit_is_whole(data: &Path) -> Result<bool, Error> {
    let check: AuditCheckView = ask(data, "verify_audit", Nothing {}).await?;
    Ok(check.intact)
}

impl Door {
    /// Sends a lead with the sender's own id for it.
    pub(crate) async fn send(&self, id: &str, body: &Value) -> Sent {
        let request = Request::post(&self.url)
            .header("authorization", format!("Bearer {}", self.secret))
            .header("content-type", "application/json")
            .header("webhook-id", id)
            .body(Bytes::from(body.to_string()))
            .expect("BUG: a request");
        match self.network.send(request, PATIENCE).await {
            Ok(answer) if answer.status().is_success() => Sent::Accepted,
            Ok(answer) => {
                let busy = [StatusCode::SERVICE_UNAVAILABLE, StatusCode::TOO_MANY_REQUESTS];
                assert!(busy.contains(&answer.status()), "a good lead is not refused: {answer:?}");
                Sent::NotNow
            }
            Err(_) => Sent::NoAnswer,
        }
    }
}

/// Presses *Allow* on the consent page, and gives the address the browser is sent to.
async fn consent(authorize: &str) -> String {
    let page = browse(Request::get(authorize).body(Bytes::new())).await;
    let html = String::from_utf8_lossy(page.body()).into_owned();
    let value = |name: &str| {
        let (_, rest) = html.split_once(&format!("name=\"{name}\" value=\"")).expect("the page asks");
        rest.split('"').next().unwrap_or_default().to_owned()
    };
    let mut target: url::Url = authorize.parse().expect("BUG: an address of ours");
    target.set_path("/oauth/authorize/answer");
    target.set_query(None);
    let form = format!("request={}&user={}&decision=allow", value("request"), value("user"));
    let pressed = Request::builder()
        .method(Method::POST)
        .uri(target.as_str())
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Bytes::from(form));
    let answer = browse(pressed).await;
    let target = answer.headers().get("location").and_then(|target| target.to_str().ok());
    target.expect("the browser is sent back").to_owned()
}

async fn browse(request: http::Result<Request<Bytes>>) -> Response<Bytes> {
    let network = ReqwestTransport::new().expect("this computer has a network");
    network.send(request.expect("BUG: a request"), PATIENCE).await.expect("the practice CRM answers")
}
