//! The CRM of a daemon: a practice HubSpot on a socket, in the process that survives. Every request is read on its way, and the
//! hand that kills stands before it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::middleware::{self, Next};
use axum::response::Response;
use leadferry_model::SystemClock;
use leadferry_practice::{AnswerLost, Delay, Options, Practice, Weather};

use super::life::{Reaper, Seen};
use crate::furniture::OBJECT;
use crate::people::mapped;
use crate::wire::Wire;

/// Bodies are far below.
const LARGEST: usize = 16 * 1024 * 1024;

/// A practice CRM with its address.
pub(crate) struct Crm {
    pub(crate) practice: Practice,
    pub(crate) base: String,
    wire: Arc<Wire>,
    lost: Arc<AtomicU64>,
}

#[derive(Clone)]
struct Door {
    reaper: Arc<Reaper>,
    wire: Arc<Wire>,
    lost: Arc<AtomicU64>,
}

impl Crm {
    /// Opens one, with an account of its own.
    pub(crate) async fn open(seed: u64, reaper: &Arc<Reaper>) -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.expect("a free port");
        let base = format!("http://{}", listener.local_addr().expect("a bound port"));
        let options =
            Options { seed: Some(seed), clock: Arc::new(SystemClock), public_base: Some(base.clone()) };
        let practice = Practice::new("hubspot", options).expect("BUG: HubSpot has a practice CRM");
        practice.clear_records(OBJECT).expect("BUG: the account has contacts");
        let (wire, lost) = (Arc::new(Wire::default()), Arc::new(AtomicU64::new(0)));
        let door = Door { reaper: Arc::clone(reaper), wire: Arc::clone(&wire), lost: Arc::clone(&lost) };
        let router = practice.router().layer(middleware::from_fn_with_state(door, watched));
        tokio::spawn(async move { axum::serve(listener, router).await });
        Self { practice, base, wire, lost }
    }

    /// Without its limits: a new process has forgotten what its forerunner has called, and they are the weather tests' business.
    pub(crate) fn without_limits(self) -> Self {
        self.practice.set_weather(Weather { burst_limit: Some(1_000_000), ..Weather::default() });
        self
    }

    /// What went wrong on the way, by kind.
    pub(crate) fn troubles(&self) -> BTreeMap<String, u64> {
        let statuses = [401, 423, 429, 500, 502, 503]
            .map(|status| (format!("answered {status}"), self.wire.answers(status)));
        let lost = ("answer lost or connection broken".to_owned(), self.lost.load(Ordering::Relaxed));
        statuses.into_iter().chain([lost]).filter(|(_, count)| *count > 0).collect()
    }

    /// The contacts that came through us, by what the mapping fills.
    pub(crate) fn contacts(&self) -> Vec<BTreeMap<String, String>> {
        let all = self.practice.snapshot().objects.remove(OBJECT).unwrap_or_default();
        all.iter().map(mapped).collect()
    }

    /// Persons whose messages came to the CRM in another order than they were captured in.
    pub(crate) fn out_of_order(&self) -> Vec<String> {
        let went_back = |(person, sent): (String, Vec<String>)| {
            (!sent.is_sorted()).then(|| format!("{person}: {sent:?}"))
        };
        self.wire.messages().into_iter().filter_map(went_back).collect()
    }

    /// What went over the wire and is not documented.
    pub(crate) fn faults(&self) -> Vec<String> {
        let strict = self.practice.faults().into_iter().map(|fault| format!("{fault:?}"));
        self.wire.faults().into_iter().chain(strict).collect()
    }
}

async fn watched(State(door): State<Door>, request: Request, next: Next) -> Response {
    let seen = door.reaper.request();
    if seen == Seen::Before {
        door.reaper.kill();
    }
    let (parts, body) = request.into_parts();
    let body = to_bytes(body, LARGEST).await.unwrap_or_default();
    if parts.uri.path().starts_with("/crm") {
        let mut copy = http::Request::from_parts(parts.clone(), body.clone());
        // Every HTTP client sends it; the reader knows what an API documents.
        copy.headers_mut().remove(http::header::HOST);
        door.wire.look(&copy);
    }
    let response = next.run(Request::from_parts(parts, Body::from(body))).await;
    door.wire.counted(response.status().as_u16());
    if response.extensions().get::<AnswerLost>().is_some() {
        door.lost.fetch_add(1, Ordering::Relaxed);
    }
    if let Some(Delay(delay)) = response.extensions().get() {
        tokio::time::sleep(*delay).await;
    }
    match seen {
        Seen::Done => door.reaper.kill(),
        // Runs beside the answer's way out: the process dies while it reads or keeps it.
        Seen::Answered => drop(tokio::task::spawn_blocking(move || door.reaper.kill())),
        Seen::Nothing | Seen::Before => {}
    }
    response
}
