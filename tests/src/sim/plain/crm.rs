//! The plain CRM itself: people in memory, a search that lags, a token, limits, and what goes wrong there.

use std::collections::{BTreeMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
use http::{Method, Request, Response, StatusCode};
use jiff::SignedDuration;
use leadferry_model::{Clock, Timestamp};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Map, Value, json};

use super::FIELDS;

/// Calls in ten seconds, as its documentation says.
const BURST: usize = 30;
const WINDOW: SignedDuration = SignedDuration::from_secs(10);

/// A person there.
#[derive(Clone, Debug)]
pub struct Kept {
    /// Its id.
    pub id: u64,
    /// Its values.
    pub values: BTreeMap<String, String>,
    changed_at: Timestamp,
    /// When the search knows the values as they are.
    searchable_at: Timestamp,
    /// What the search knows until then; nothing while it is new.
    known: Option<BTreeMap<String, String>>,
}

/// What goes wrong there, each with its chance at a call.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Sky {
    /// Nothing is answered but 503.
    pub down: bool,
    /// 429, with `Retry-After` every second time.
    pub limited: f64,
    /// 423: the record is locked.
    pub locked: f64,
    /// 500, and nothing is done.
    pub broken: f64,
    /// 500 after it was done.
    pub broken_late: f64,
    /// The answer is cut off.
    pub garbled: f64,
    /// 503 with `Retry-After`.
    pub busy: f64,
    /// How far the search is behind.
    pub lag_seconds: i64,
}

struct Inside {
    people: BTreeMap<u64, Kept>,
    next: u64,
    token: String,
    sky: Sky,
    calls: VecDeque<Timestamp>,
    chance: StdRng,
    /// Calls refused by the real limit.
    over_limit: Vec<Timestamp>,
    faults: BTreeMap<&'static str, u64>,
}

/// The plain CRM.
pub struct Crm {
    clock: Arc<dyn Clock>,
    inside: Mutex<Inside>,
}

impl Crm {
    /// An empty one.
    pub fn new(clock: Arc<dyn Clock>, seed: u64) -> Self {
        let inside = Inside {
            people: BTreeMap::new(),
            next: 1,
            token: "first-token".to_owned(),
            sky: Sky::default(),
            calls: VecDeque::new(),
            chance: StdRng::seed_from_u64(seed),
            over_limit: Vec::new(),
            faults: BTreeMap::new(),
        };
        Self { clock, inside: Mutex::new(inside) }
    }

    /// Everybody there.
    pub fn people(&self) -> Vec<Kept> {
        self.inside().people.values().cloned().collect()
    }

    /// Somebody else makes a person there.
    pub fn plant(&self, values: BTreeMap<String, String>) {
        let now = self.clock.now();
        self.inside().add(values, now);
    }

    /// Changes what goes wrong.
    pub fn set_sky(&self, sky: Sky) {
        self.inside().sky = sky;
    }

    /// Ends the token that is good; gives the next one.
    pub fn change_token(&self) -> String {
        let mut inside = self.inside();
        inside.token = format!("{}+", inside.token);
        inside.token.clone()
    }

    /// The token that is good.
    pub fn token(&self) -> String {
        self.inside().token.clone()
    }

    /// When calls were refused by the real limit.
    pub fn over_limit(&self) -> Vec<Timestamp> {
        self.inside().over_limit.clone()
    }

    /// What went wrong so far, by kind.
    pub fn faults(&self) -> BTreeMap<&'static str, u64> {
        self.inside().faults.clone()
    }

    /// Answers one request.
    pub fn answer(&self, request: &Request<Bytes>) -> Response<Bytes> {
        let now = self.clock.now();
        let mut inside = self.inside();
        let given = request.headers().get("authorization").and_then(|value| value.to_str().ok());
        if inside.strikes("outage", |sky| f64::from(u8::from(sky.down))) {
            return empty(503);
        }
        if given.and_then(|value| value.strip_prefix("Bearer ")) != Some(&*inside.token) {
            return answer(401, &json!({"error": "unknown token"}));
        }
        if let Some(refused) = inside.limit(now) {
            return refused;
        }
        let writes = matches!(*request.method(), Method::PATCH | Method::POST)
            && !request.uri().path().ends_with("/search");
        if inside.strikes("broken", |sky| sky.broken) {
            return empty(500);
        }
        if writes && inside.strikes("locked", |sky| sky.locked) {
            return empty(423);
        }
        let done = inside.work(request, now);
        if writes && inside.strikes("broken after the commit", |sky| sky.broken_late) {
            return empty(500);
        }
        let mut done = done;
        if inside.strikes("garbled answer", |sky| sky.garbled) {
            let half = done.body().len() / 2;
            *done.body_mut() = done.body().slice(..half);
        }
        done
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inside {
    fn strikes(&mut self, what: &'static str, chance: fn(&Sky) -> f64) -> bool {
        let chance = chance(&self.sky);
        let strikes = chance > 0.0 && self.chance.random_bool(chance.min(1.0));
        if strikes {
            *self.faults.entry(what).or_default() += 1;
        }
        strikes
    }

    fn limit(&mut self, now: Timestamp) -> Option<Response<Bytes>> {
        while self.calls.front().is_some_and(|first| *first + WINDOW <= now) {
            self.calls.pop_front();
        }
        if self.calls.len() >= BURST {
            self.over_limit.push(now);
            return Some(empty(429));
        }
        self.calls.push_back(now);
        if self.strikes("rate limit", |sky| sky.limited) {
            let mut refused = empty(429);
            if self.chance.random_bool(0.5) {
                refused.headers_mut().insert("retry-after", self.chance.random_range(1..90_u32).into());
            }
            return Some(refused);
        }
        if self.strikes("busy", |sky| sky.busy) {
            let mut refused = empty(503);
            refused.headers_mut().insert("retry-after", self.chance.random_range(1..120_u32).into());
            return Some(refused);
        }
        None
    }

    fn add(&mut self, values: BTreeMap<String, String>, now: Timestamp) -> u64 {
        let id = self.next;
        self.next += 1;
        let searchable_at = now + SignedDuration::from_secs(self.sky.lag_seconds);
        self.people.insert(id, Kept { id, values, changed_at: now, searchable_at, known: None });
        id
    }

    fn work(&mut self, request: &Request<Bytes>, now: Timestamp) -> Response<Bytes> {
        let parts: Vec<&str> = request.uri().path().trim_matches('/').split('/').collect();
        match (request.method().as_str(), parts.as_slice()) {
            ("GET", ["v1", "me"]) => answer(200, &json!({"id": "1", "name": "Plain"})),
            ("GET", ["v1", "fields"]) => answer(200, &json!(FIELDS)),
            ("GET", ["v1", "people"]) => {
                let query = request.uri().query().unwrap_or_default();
                let ids = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "ids");
                let ids = ids.map(|(_, ids)| ids.into_owned()).unwrap_or_default();
                let found: Vec<Value> =
                    ids.split(',').filter_map(|id| self.people.get(&id.parse().ok()?)).map(shown).collect();
                answer(200, &json!(found))
            }
            ("POST", ["v1", "people"]) => {
                let id = self.add(values(request.body()), now);
                answer(201, &json!({"id": id.to_string()}))
            }
            ("POST", ["v1", "people", "search"]) => {
                let keys: Vec<Value> = serde_json::from_slice(request.body()).unwrap_or_default();
                let found: Vec<Vec<Value>> = keys.iter().map(|key| self.search(key, now)).collect();
                answer(200, &json!(found))
            }
            ("PATCH", ["v1", "people", id]) => {
                let lag = SignedDuration::from_secs(self.sky.lag_seconds);
                let Some(kept) = id.parse().ok().and_then(|id: u64| self.people.get_mut(&id)) else {
                    return answer(404, &json!({"error": "nobody"}));
                };
                if kept.searchable_at <= now {
                    kept.known = Some(kept.values.clone());
                }
                kept.values.extend(values(request.body()));
                (kept.changed_at, kept.searchable_at) = (now, now + lag);
                answer(200, &json!({"id": id}))
            }
            _ => answer(404, &json!({"error": "no such path"})),
        }
    }

    fn search(&self, key: &Value, now: Timestamp) -> Vec<Value> {
        let (field, value) = (text(key, "field"), text(key, "value"));
        let known = |kept: &&Kept| {
            let values = if kept.searchable_at <= now { Some(&kept.values) } else { kept.known.as_ref() };
            values.and_then(|values| values.get(field)).is_some_and(|kept| kept.eq_ignore_ascii_case(value))
        };
        self.people.values().filter(known).map(shown).collect()
    }
}

fn values(body: &Bytes) -> BTreeMap<String, String> {
    let body: Map<String, Value> = serde_json::from_slice(body).unwrap_or_default();
    body.into_iter().filter_map(|(name, value)| Some((name, value.as_str()?.to_owned()))).collect()
}

fn shown(kept: &Kept) -> Value {
    let mut shown = json!(kept.values);
    shown["id"] = json!(kept.id.to_string());
    shown["changed_at"] = json!(kept.changed_at.to_string());
    shown
}

fn text<'v>(value: &'v Value, name: &str) -> &'v str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

fn answer(status: u16, body: &Value) -> Response<Bytes> {
    let mut response = Response::new(Bytes::from(body.to_string()));
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::BAD_GATEWAY);
    response
}

fn empty(status: u16) -> Response<Bytes> {
    answer(status, &json!({}))
}
