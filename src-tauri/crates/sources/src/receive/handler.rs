//! One request, from the door to its answer.

use std::error::Error;
use std::sync::Arc;
use std::time::Duration;

use axum::Json;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use http_body_util::{BodyExt, LengthLimitError, Limited};
use jiff::Timestamp;
use leadferry_model::{Captured, Clock, Record};
use serde_json::json;

use super::inbox::{DeliveryKey, Inbox, RawDelivery, RefusedDelivery};
use super::refusal::Refusal;
use super::registry::{Found, Live, Purpose, Receiver, ReceiverPath, Registry};
use super::url_signed::Signed;
use super::{MAX_BODY, body, gate, handshake, key};

/// A sender that takes longer holds a connection for nothing.
const BODY_WITHIN: Duration = Duration::from_secs(30);

/// What every request is answered from.
#[derive(Clone)]
pub(super) struct Shared {
    pub(super) registry: Arc<Registry>,
    pub(super) inbox: Arc<dyn Inbox>,
    pub(super) clock: Arc<dyn Clock>,
}

/// What a sender hears when all is well.
enum Answer {
    /// Stored: so many leads.
    Accepted(usize),
    /// A text that a handshake wants back, as it is.
    Text(String),
    /// A challenge that a handshake wants back in JSON.
    Challenge(String),
}

pub(super) async fn handle(State(shared): State<Shared>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let mut response = match answer(&shared, &parts, body).await {
        Ok(Answer::Accepted(leads)) => Json(json!({ "status": "accepted", "leads": leads })).into_response(),
        Ok(Answer::Text(text)) => text.into_response(),
        Ok(Answer::Challenge(challenge)) => Json(json!({ "challenge": challenge })).into_response(),
        Err(refusal) => refuse(&refusal),
    };
    // A challenge is the sender's own text: no browser may take it for a page.
    let headers = response.headers_mut();
    headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    response
}

fn refuse(refusal: &Refusal) -> Response {
    let mut response = (refusal.status(), Json(json!({ "error": refusal.to_string() }))).into_response();
    if let Some(wait) = refusal.retry_after() {
        // Whole seconds, rounded up: coming back early helps nobody.
        response.headers_mut().insert(
            header::RETRY_AFTER,
            wait.as_millis()
                .div_ceil(1000)
                .max(1)
                .to_string()
                .parse()
                .expect("BUG: digits are a header value"),
        );
    }
    if refusal.status() == StatusCode::METHOD_NOT_ALLOWED {
        response.headers_mut().insert(header::ALLOW, HeaderValue::from_static("POST, PUT, GET, HEAD"));
    }
    response
}

async fn answer(shared: &Shared, parts: &Parts, body: Body) -> Result<Answer, Refusal> {
    gate::check_host(&parts.uri, &parts.headers, &shared.registry)?;
    let live = find(shared, parts)?;
    let now = shared.clock.now();
    let result = attend(shared, &live, parts, body, now).await;
    if let Err(reason) = &result {
        let id = &live.receiver.id;
        tracing::warn!(receiver.id = %id, status = reason.status().as_u16(), "a delivery was refused: {reason}");
        if reason.is_worth_noting() {
            shared.inbox.refused(id, RefusedDelivery { received_at: now, reason: reason.clone() }).await;
        }
    }
    result
}

fn find(shared: &Shared, parts: &Parts) -> Result<Live, Refusal> {
    let path = parts.uri.path().strip_prefix("/in/").map(|path| path.trim_end_matches('/'));
    let path = path.and_then(|path| ReceiverPath::parse(path).ok()).ok_or(Refusal::UnknownPath)?;
    match shared.registry.find(&path) {
        Some(Found::Live(live)) => Ok(live),
        Some(Found::Deleted) => Err(Refusal::Deleted),
        None => Err(Refusal::UnknownPath),
    }
}

async fn attend(
    shared: &Shared,
    live: &Live,
    parts: &Parts,
    body: Body,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    live.rate.take(now).map_err(|retry_after| Refusal::TooMany { retry_after })?;
    gate::check_origin(&parts.headers)?;
    let receiver = &*live.receiver;
    match parts.method {
        Method::GET | Method::HEAD => greet(receiver, parts),
        Method::POST | Method::PUT => take(shared, receiver, parts, read(parts, body).await?, now).await,
        _ => Err(Refusal::WrongMethod),
    }
}

/// A *test URL* button, a person's browser, or Meta's handshake.
fn greet(receiver: &Receiver, parts: &Parts) -> Result<Answer, Refusal> {
    match handshake::hub_challenge(&parts.uri, receiver.verify_token.as_ref()) {
        Some(challenge) => challenge.map(Answer::Text),
        None => Ok(Answer::Text("Leadferry takes leads here. Send them with POST.\n".to_owned())),
    }
}

/// The body's bytes as they came.
async fn read(parts: &Parts, body: Body) -> Result<Bytes, Refusal> {
    let announced =
        parts.headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > MAX_BODY as u64) {
        return Err(Refusal::TooBig);
    }
    match tokio::time::timeout(BODY_WITHIN, Limited::new(body, MAX_BODY).collect()).await {
        Ok(Ok(collected)) => Ok(collected.to_bytes()),
        Ok(Err(error)) if is_too_long(&*error) => Err(Refusal::TooBig),
        Ok(Err(_)) | Err(_) => Err(Refusal::Incomplete),
    }
}

fn is_too_long(error: &(dyn Error + 'static)) -> bool {
    error.is::<LengthLimitError>() || error.source().is_some_and(is_too_long)
}

async fn take(
    shared: &Shared,
    receiver: &Receiver,
    parts: &Parts,
    body: Bytes,
    now: Timestamp,
) -> Result<Answer, Refusal> {
    let request = Signed { method: &parts.method, uri: &parts.uri, headers: &parts.headers, body: &body };
    receiver.auth.verify(request, now)?;
    if receiver.purpose == Purpose::Hints {
        shared.inbox.hinted(&receiver.id).await;
        return Ok(Answer::Accepted(0));
    }
    let parsed = body::parse(&parts.headers, body.clone()).await?;
    if let Some(challenge) = parsed.json.as_ref().and_then(handshake::json_challenge) {
        return Ok(Answer::Challenge(challenge.to_owned()));
    }
    let key = key::of(&parts.headers, receiver.id_header.as_deref(), &body);
    let delivery = captured(receiver, &key, parsed.records);
    let leads = delivery.len();
    let content_type = parts.headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    let raw = RawDelivery {
        key,
        received_at: now,
        content_type: content_type.unwrap_or_default().to_owned(),
        headers: key::kept(&parts.headers),
        body,
    };
    match shared.inbox.accept(&receiver.id, delivery, raw).await {
        Ok(()) => Ok(Answer::Accepted(leads)),
        Err(error) => {
            tracing::error!(receiver.id = %receiver.id, "a delivery was not stored: {error}");
            Err(Refusal::NotStored)
        }
    }
}

/// Each record with an id that is the same when the delivery comes again.
fn captured(receiver: &Receiver, key: &DeliveryKey, records: Vec<Record>) -> Vec<Captured> {
    let several = records.len() > 1;
    let number = |(position, fields): (usize, Record)| {
        let own = receiver.id_field.as_deref().and_then(|field| fields.text(field));
        let source_id = match own {
            Some(own) => own,
            None if several => format!("{key}.{position}"),
            None => key.to_string(),
        };
        let captured_at = receiver.time_field.as_deref().and_then(|field| moment(&fields.text(field)?));
        Captured { source_id, captured_at, fields }
    };
    records.into_iter().enumerate().map(number).collect()
}

/// ISO 8601, or seconds or milliseconds since 1970.
fn moment(text: &str) -> Option<Timestamp> {
    // In seconds this is the year 5138, in milliseconds 1973: no lead is from either.
    const MILLISECONDS_FROM: i64 = 100_000_000_000;
    match text.trim().parse::<i64>() {
        Ok(count) if count.abs() >= MILLISECONDS_FROM => Timestamp::from_millisecond(count).ok(),
        Ok(count) => Timestamp::from_second(count).ok(),
        Err(_) => text.trim().parse().ok(),
    }
}
