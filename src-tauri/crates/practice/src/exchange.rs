//! One request through the practice CRM: weather before, the dialect, weather after, the log.

use std::convert::Infallible;
use std::io;
use std::time::Duration;

use axum::Router;
use axum::body::{Body as HttpBody, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use bytes::Bytes;
use http::{HeaderValue, StatusCode, header};
use tower::ServiceExt;

use crate::call::{Body, Call, Reply};
use crate::dialect::{CallKind, Endpoint};
use crate::inspect;
use crate::log::LoggedRequest;
use crate::practice::Practice;
use crate::weather::Fault;
use crate::world::World;

/// Larger requests are cut off by every vendor's front door.
const LARGEST_BODY: usize = 20 * 1024 * 1024;

/// A response extension: the client never gets this answer. In-process transports must turn a response that carries it
/// into a broken connection; over a socket the connection is broken, and reading the body fails in both.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AnswerLost {
    /// Whether what was asked is done all the same.
    pub applied: bool,
}

/// A response extension: the answer takes this long. Over a socket it does; in process nobody waits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Delay(pub Duration);

impl Practice {
    /// The practice CRM as a service: the vendor's API, its pages, and the inspection face under `/_practice`.
    pub fn router(&self) -> Router {
        Router::new().fallback(exchange).with_state(self.clone())
    }

    /// Answers one request in process.
    pub async fn send(&self, request: http::Request<HttpBody>) -> Response {
        let answer: Result<Response, Infallible> = self.router().oneshot(request).await;
        match answer {
            Ok(response) => response,
            Err(never) => match never {},
        }
    }
}

async fn exchange(State(practice): State<Practice>, request: Request) -> Response {
    let (parts, body) = request.into_parts();
    let Ok(body) = to_bytes(body, LARGEST_BODY).await else {
        return plain(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let call = Call::new(parts.method, &parts.uri, parts.headers, body, practice.now());
    if call.segments.first().is_some_and(|first| first == inspect::ROOT) {
        return to_http(inspect::answer(&practice, &call), false);
    }
    answer(&practice, &call, parts.uri.query().unwrap_or_default())
}

fn answer(practice: &Practice, call: &Call, query: &str) -> Response {
    let dialect = practice.dialect();
    let endpoint = dialect.endpoint(call);
    let mut guard = practice.world();
    let world = &mut *guard;
    world.now = call.now;
    world.today = world.sky.strike(&call.path, &endpoint, call.now, &mut world.random);
    let today = world.today.clone();
    if let Some(token) = dialect.token(call) {
        if today.has(|fault| matches!(fault, Fault::ExpiredToken)) {
            world.access.expire(token, call.now);
        }
        if today.has(|fault| matches!(fault, Fault::RevokedGrant)) {
            world.access.revoke(token);
        }
    }
    let unreached = today.has(|fault| matches!(fault, Fault::NoAnswer));
    let reply = if unreached {
        Reply::empty(StatusCode::BAD_GATEWAY.as_u16())
    } else if let Some(fault) = today.instead() {
        let limited = matches!(fault, Fault::RateLimited { .. }) && endpoint.kind == CallKind::Token;
        let own = if limited { dialect.token_limit_reply() } else { None };
        own.unwrap_or_else(|| dialect.fault_reply(world, fault))
    } else {
        dialect.answer(world, call)
    };
    world.tell(dialect);
    let applied = !unreached && today.instead().is_none() && (200..300).contains(&reply.status);
    let lost = unreached || today.has(|fault| matches!(fault, Fault::AnswerLost));
    note(world, call, query, endpoint, &reply, lost);
    drop(guard);

    let cut = today.has(|fault| matches!(fault, Fault::MalformedBody));
    let delay = Duration::from_millis(today.delay_millis());
    let mut response = if lost { broken(AnswerLost { applied }) } else { to_http(reply, cut) };
    if !delay.is_zero() {
        response.extensions_mut().insert(Delay(delay));
    }
    response
}

fn note(world: &mut World, call: &Call, query: &str, endpoint: Endpoint, reply: &Reply, answer_lost: bool) {
    let response_body = match &reply.body {
        Body::Json(json) => json.to_string(),
        Body::Text(_, text) => text.clone(),
        // Pages hold the one-time name of a consent question.
        Body::Empty | Body::Page(_) => String::new(),
    };
    if endpoint.kind == CallKind::Write {
        tracing::debug!(endpoint = endpoint.label, status = reply.status, "the practice CRM was written to");
    }
    let request = LoggedRequest {
        number: world.log.next_number(),
        at: call.now,
        method: call.method.to_string(),
        path: call.path.clone(),
        query: query.to_owned(),
        endpoint,
        status: reply.status,
        answer_lost,
        weather: std::mem::take(&mut world.today).faults,
        request_body: String::from_utf8_lossy(&call.body).into_owned(),
        response_body,
    };
    world.log.add(request);
}

/// A response whose body breaks before its first byte. Hyper writes head and body together, so over a socket not even
/// the status arrives: the client sees a closed connection.
fn broken(lost: AnswerLost) -> Response {
    let cause =
        io::Error::new(io::ErrorKind::ConnectionReset, "the practice CRM breaks this connection on purpose");
    let nothing = futures::stream::once(async { Err::<Bytes, io::Error>(cause) });
    let mut response = Response::new(HttpBody::from_stream(nothing));
    *response.status_mut() = StatusCode::BAD_GATEWAY;
    response.extensions_mut().insert(lost);
    response
}

fn to_http(reply: Reply, cut: bool) -> Response {
    let (content_type, mut bytes) = match reply.body {
        Body::Empty => (None, Bytes::new()),
        Body::Json(json) => (Some("application/json;charset=utf-8"), Bytes::from(json.to_string())),
        Body::Text(media_type, text) => (Some(media_type), Bytes::from(text)),
        Body::Page(html) => (Some("text/html; charset=utf-8"), Bytes::from(html)),
    };
    if cut {
        bytes.truncate(bytes.len() / 2);
    }
    let mut response = Response::new(HttpBody::from(bytes));
    *response.status_mut() = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::BAD_GATEWAY);
    let headers = response.headers_mut();
    if let Some(content_type) = content_type {
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    }
    for (name, value) in reply.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            headers.insert(name, value);
        }
    }
    response
}

fn plain(status: StatusCode) -> Response {
    let mut response = Response::new(HttpBody::empty());
    *response.status_mut() = status;
    response
}
