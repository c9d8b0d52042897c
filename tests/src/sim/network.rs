//! The simulated network: every request takes its time, may be lost on the way or on the way back, may arrive late or twice, and
//! is cut off when the computer sleeps. Only what TCP allows: one answer a request, and a create is never doubled by the wire.
//!
//! What arrives late does so within seconds of the caller's giving up. A request that a server holds back for minutes and then
//! applies over a newer one cannot be told from a person's edit by anybody but that server.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use http::header::DATE;
use http::{HeaderValue, Method, Request, Response};
use jiff::SignedDuration;
use leadferry_connector::{Transport, TransportError, TransportProblem};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::Value;

use super::destination::Destination;
use super::faults::Rates;
use super::plan::{Kind, Stage};
use super::world::{World, lock};

/// The network between the process and the destinations. It outlives processes, as what is on the wire does.
pub struct Network {
    world: Arc<World>,
    destinations: Vec<Arc<Destination>>,
    inside: Mutex<Inside>,
}

struct Inside {
    chance: StdRng,
    rates: Rates,
    /// On the wire though nobody waits for an answer.
    late: Vec<Late>,
    calls: u64,
}

/// A request that arrives by itself.
struct Late {
    /// When, and as which call: those of one moment arrive in the order they were sent. The order of noticing would be chance,
    /// since a runtime that ends drops its tasks in any order.
    turn: (SignedDuration, u64),
    to: usize,
    request: Request<Bytes>,
}

/// What the network does to one request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Pass,
    Twice,
    Unreachable,
    Dropped,
    AnswerLost,
    Late,
}

/// One request on the wire. Dropped before it arrived, it may arrive all the same.
struct Wire<'n> {
    network: &'n Network,
    call: u64,
    to: usize,
    request: Option<Request<Bytes>>,
    arrives_anyway: bool,
}

impl Drop for Wire<'_> {
    fn drop(&mut self) {
        if let Some(request) = self.request.take().filter(|_| self.arrives_anyway) {
            self.network.later(SignedDuration::from_secs(1), self.call, self.to, request);
        }
    }
}

impl Network {
    /// A calm network.
    pub fn new(world: Arc<World>, destinations: Vec<Arc<Destination>>, seed: u64) -> Arc<Self> {
        let chance = StdRng::seed_from_u64(seed);
        let inside = Inside { chance, rates: Rates::default(), late: Vec::new(), calls: 0 };
        Arc::new(Self { world, destinations, inside: Mutex::new(inside) })
    }

    /// How bad it is from now on.
    pub fn set_rates(&self, rates: Rates) {
        lock(&self.inside).rates = rates;
    }

    /// Lets everything arrive that is due, or with `all` everything there is, each at its own moment.
    pub async fn arrive(&self, all: bool) {
        loop {
            let now = self.world.time.passed();
            let next = {
                let late = &mut lock(&self.inside).late;
                late.sort_by_key(|late| late.turn);
                let due = late.first().is_some_and(|late| all || late.turn.0 <= now);
                if due { Some(late.remove(0)) } else { None }
            };
            let Some(Late { turn: (at, _), to, request }) = next else { return };
            self.world.time.hold(at.min(now));
            self.world.struck("arrived late");
            self.world.unruly();
            self.at_destination(to, request).await;
            self.world.time.release();
        }
    }

    fn later(&self, wait: SignedDuration, call: u64, to: usize, request: Request<Bytes>) {
        let turn = (self.world.time.passed() + wait, call);
        lock(&self.inside).late.push(Late { turn, to, request });
    }

    fn to(&self, request: &Request<Bytes>) -> usize {
        let port = request.uri().port_u16();
        let found = self.destinations.iter().position(|destination| destination.base.port() == port);
        found.expect("BUG: requests go to destinations of the simulation")
    }

    fn draw(&self, request: &Request<Bytes>) -> (Fate, Duration, Duration, bool) {
        let repeatable = repeatable(request);
        let inside = &mut *lock(&self.inside);
        let Inside { chance, rates, .. } = inside;
        let rates = *rates;
        let mut fate = Fate::Pass;
        let all = [
            (rates.unreachable, Fate::Unreachable),
            (rates.dropped, Fate::Dropped),
            (rates.answer_lost, Fate::AnswerLost),
            (rates.late, Fate::Late),
            (rates.twice, Fate::Twice),
        ];
        for (probability, one) in all {
            if chance.random_bool(probability) {
                fate = one;
            }
        }
        if fate == Fate::Twice && !repeatable {
            fate = Fate::Pass;
        }
        let mut leg = || {
            let slow = chance.random_bool(rates.slow);
            Duration::from_millis(if slow {
                chance.random_range(1_000..20_000)
            } else {
                chance.random_range(2..180)
            })
        };
        let (out, back) = (leg(), leg());
        (fate, out, back, chance.random_bool(0.5))
    }

    async fn at_destination(
        &self,
        to: usize,
        request: Request<Bytes>,
    ) -> (Option<Response<Bytes>>, Duration) {
        let destination = &self.destinations[to];
        let rows = rows(destination.route.kind, &request);
        let line = format!(
            "{} {} {}",
            request.method(),
            request.uri().path(),
            String::from_utf8_lossy(request.body())
        );
        let answered = destination.answer(request).await;
        let status = answered.response.as_ref().map(|response| response.status().as_u16());
        self.world.note(format!("at {}: {line} -> {status:?}", destination.id));
        if status.is_none_or(|status| (200..300).contains(&status)) {
            for (lead, values) in rows {
                self.world.arrived(&destination.id, lead, values);
            }
        }
        (answered.response, answered.delay)
    }

    /// Waits for `time`. An error when the computer slept meanwhile.
    async fn travel(&self, time: Duration) -> Result<(), TransportError> {
        tokio::select! {
            biased;
            () = self.world.sleeps() => Err(problem(TransportProblem::Broken, true)),
            () = tokio::time::sleep(time) => Ok(()),
        }
    }
}

#[async_trait]
impl Transport for Network {
    async fn send(
        &self,
        request: Request<Bytes>,
        timeout: Duration,
    ) -> Result<Response<Bytes>, TransportError> {
        self.world.stage(Stage::Sending).await;
        self.arrive(false).await;
        let (fate, out, back, coin) = self.draw(&request);
        let to = self.to(&request);
        let call = {
            let inside = &mut *lock(&self.inside);
            inside.calls += 1;
            inside.calls
        };
        self.world.note(format!("call {call} {fate:?} {} {}", request.method(), request.uri().path()));
        if fate == Fate::Unreachable {
            self.world.struck("unreachable");
            self.travel(out).await?;
            return Err(problem(TransportProblem::Unreachable, false));
        }
        if fate == Fate::Dropped {
            self.world.struck("request lost");
            self.travel(if coin { out } else { timeout }).await?;
            let kind = if coin { TransportProblem::Broken } else { TransportProblem::Timeout };
            return Err(problem(kind, true));
        }
        if fate == Fate::Late {
            self.travel(timeout).await?;
            let wait = lock(&self.inside).chance.random_range(0..8_000);
            self.later(SignedDuration::from_millis(wait), call, to, request);
            return Err(problem(TransportProblem::Timeout, true));
        }
        let mut wire = Wire { network: self, call, to, request: Some(request), arrives_anyway: coin };
        self.travel(out.min(timeout)).await?;
        let request = wire.request.take().expect("BUG: it is on the wire until it arrives");
        self.arrive(false).await;
        if fate == Fate::Twice {
            self.world.struck("arrived twice");
            self.at_destination(to, request.clone()).await;
        }
        let (response, delay) = self.at_destination(to, request).await;
        self.world.stage(Stage::Applied).await;
        let rest = timeout.saturating_sub(out);
        if fate == Fate::AnswerLost {
            self.world.struck("answer lost");
            self.travel(if coin { back.min(rest) } else { rest }).await?;
            let kind = if coin { TransportProblem::Broken } else { TransportProblem::Timeout };
            return Err(problem(kind, true));
        }
        self.travel((back + delay).min(rest)).await?;
        self.world.stage(Stage::Answered).await;
        if back + delay > rest {
            self.world.struck("slow answer");
            return Err(problem(TransportProblem::Timeout, true));
        }
        let Some(mut response) = response else { return Err(problem(TransportProblem::Broken, true)) };
        // Servers with a clock say the time. https://www.rfc-editor.org/rfc/rfc9110#section-6.6.1
        let date = self.world.time.truth().now().strftime("%a, %d %b %Y %H:%M:%S GMT").to_string();
        if let Ok(date) = HeaderValue::try_from(date) {
            response.headers_mut().insert(DATE, date);
        }
        Ok(response)
    }
}

fn problem(kind: TransportProblem, maybe_sent: bool) -> TransportError {
    TransportError { kind, maybe_sent, message: "the network failed".to_owned() }
}

/// Whether a request that arrives twice does no more than one that arrives once. A renewed token does: the first answer is gone.
fn repeatable(request: &Request<Bytes>) -> bool {
    let path = request.uri().path();
    match *request.method() {
        Method::GET | Method::PATCH => true,
        _ => {
            ["/search", "/batch/read", "/batch/update", "/batch/upsert"].iter().any(|end| path.ends_with(end))
        }
    }
}

/// What a write says of each person: our id and the values.
fn rows(kind: Kind, request: &Request<Bytes>) -> Vec<(String, BTreeMap<String, String>)> {
    let path = request.uri().path();
    let body: Value = serde_json::from_slice(request.body()).unwrap_or_default();
    let bodies: Vec<&Value> = match kind {
        Kind::HubSpot if path.contains("/batch/u") => {
            body["inputs"].as_array().into_iter().flatten().map(|input| &input["properties"]).collect()
        }
        Kind::Plain if path.contains("/people") && !path.ends_with("/search") && body.is_object() => {
            vec![&body]
        }
        Kind::HubSpot | Kind::Plain => Vec::new(),
    };
    let texts = |body: &Value| -> BTreeMap<String, String> {
        let pairs = body.as_object().into_iter().flatten();
        pairs.filter_map(|(name, value)| Some((name.clone(), value.as_str()?.to_owned()))).collect()
    };
    bodies
        .into_iter()
        .map(texts)
        .filter_map(|values| Some((values.get("lead_id")?.clone(), values)))
        .collect()
}
