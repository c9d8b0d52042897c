//! The two destinations of a simulation behind one face: they answer requests, have weather, can be looked at, and let a person
//! sign in again.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_trait::async_trait;
use axum::body::{Body, to_bytes};
use bytes::Bytes;
use http::{Request, Response};
use leadferry_auth::vault::Vault;
use leadferry_connector::{Access, Connector, Credential, Transport};
use leadferry_model::{Clock, ConnectionId, Failure, FailureKind, Field, FieldKind, Secret, SyncId};
use leadferry_practice::weather::{Fault as Trouble, On, Spell, When};
use leadferry_practice::{AnswerLost, Delay, Options, Practice, Weather};
use url::Url;

use super::faults::Storm;
use super::plain::{self, PLAIN, Sky};
use super::plan::{Kind, Rotation, Route};
use super::time::Time;
use super::world::lock;
use crate::connect::{hubspot, pasted};
use crate::{furniture, sign_in};

/// Answers far above this are no answers of an API.
const LONGEST_ANSWER: usize = 64 * 1024 * 1024;

/// A record there, by the names of the fields we write.
pub type Values = BTreeMap<String, String>;

/// What became of a request.
pub struct Answered {
    /// The answer; none when it is lost on the way.
    pub response: Option<Response<Bytes>>,
    /// How long the destination took by itself.
    pub delay: Duration,
}

/// One destination.
pub struct Destination {
    /// How it is used.
    pub route: Route,
    /// Its connection.
    pub id: ConnectionId,
    /// The sync that leads there.
    pub sync: SyncId,
    /// Where it is.
    pub base: Url,
    vault: Vault,
    there: There,
}

enum There {
    HubSpot { practice: Practice, weather: Mutex<Weather> },
    Plain { crm: Box<plain::Crm>, token: Arc<Mutex<String>> },
}

impl Destination {
    /// A fresh one.
    pub fn new(route: Route, time: &Arc<Time>, vault: Vault, seed: u64) -> Self {
        match route.kind {
            Kind::HubSpot => {
                let options = Options { seed: Some(seed), clock: time.truth(), public_base: None };
                let practice = Practice::new("hubspot", options).expect("BUG: HubSpot has a practice CRM");
                // Its sample people share reserved phone numbers with ours, and would rightly be matched.
                practice.clear_records(furniture::OBJECT).expect("BUG: the account has contacts");
                let weather = Weather {
                    search_lag_seconds: u32::try_from(route.lag_seconds).unwrap_or_default(),
                    rotate_refresh_tokens: route.oauth == Some(Rotation::Rotates),
                    ..Weather::default()
                };
                practice.set_weather(weather.clone());
                Self {
                    route,
                    id: furniture::destination(),
                    sync: furniture::sync(),
                    base: "http://127.0.0.1:9".parse().expect("BUG: a constant"),
                    vault,
                    there: There::HubSpot { practice, weather: Mutex::new(weather) },
                }
            }
            Kind::Plain => {
                let crm = Box::new(plain::Crm::new(time.truth(), seed));
                crm.set_sky(Sky { lag_seconds: route.lag_seconds, ..Sky::default() });
                let token = Arc::new(Mutex::new(crm.token()));
                Self {
                    route,
                    id: ConnectionId::new("plain"),
                    sync: SyncId::new("sync-plain"),
                    base: "http://127.0.0.1:10".parse().expect("BUG: a constant"),
                    vault,
                    there: There::Plain { crm, token },
                }
            }
        }
    }

    /// What is done there before the first lead: somebody makes records of these people, and a person makes a field for the Lead
    /// ID and signs in.
    pub async fn prepare(&self, known: impl Iterator<Item = String>, clock: &dyn Clock) {
        known.for_each(|email| self.plant(&Values::from([("email".to_owned(), email)])));
        let There::HubSpot { practice, .. } = &self.there else { return };
        let lead_id = Field { unique: true, ..Field::new("lead_id", "Lead ID", FieldKind::Text) };
        practice.put_field(self.object(), &lead_id).expect("BUG: the account has contacts");
        self.sign_in(clock).await;
    }

    fn plant(&self, values: &Values) {
        match &self.there {
            There::HubSpot { practice, .. } => {
                practice.add_record(self.object(), values).map(drop).expect("BUG: an address is a contact");
            }
            There::Plain { crm, .. } => crm.plant(values.clone()),
        }
    }

    /// Its connector.
    pub fn connector(&self) -> &'static dyn Connector {
        match self.route.kind {
            Kind::HubSpot => hubspot(),
            Kind::Plain => &PLAIN,
        }
    }

    /// The object that is written.
    pub fn object(&self) -> &'static str {
        match self.route.kind {
            Kind::HubSpot => furniture::OBJECT,
            Kind::Plain => plain::OBJECT,
        }
    }

    /// How a process shows who it is. What it knows beside the vault is its own, and gone with it.
    pub fn access(&self, transport: Arc<dyn Transport>, clock: Arc<dyn Clock>) -> Arc<dyn Access> {
        match &self.there {
            There::HubSpot { practice, .. } if self.route.oauth.is_some() => {
                sign_in::access(&self.base, self.vault.clone(), practice, transport, clock)
            }
            There::HubSpot { practice, .. } => pasted(&practice.tokens().full),
            There::Plain { token, .. } => Arc::new(Pasted(Arc::clone(token))),
        }
    }

    /// A person signs in, or pastes the token that is good.
    pub async fn sign_in(&self, clock: &dyn Clock) {
        match &self.there {
            There::HubSpot { practice, .. } if self.route.oauth.is_some() => {
                // A person tries until it works; the weather is for the engine.
                let weather = practice.weather();
                practice.set_weather(Weather {
                    rotate_refresh_tokens: weather.rotate_refresh_tokens,
                    ..Weather::default()
                });
                sign_in::sign_in(practice, &self.vault, clock).await;
                practice.set_weather(weather);
            }
            There::HubSpot { .. } => {}
            There::Plain { crm, token } => *lock(token) = crm.token(),
        }
    }

    /// Access is taken back. False where this destination's access cannot be.
    pub fn lock_out(&self) -> bool {
        match &self.there {
            There::HubSpot { practice, .. } if self.route.oauth.is_some() => {
                practice.revoke_grants();
                true
            }
            There::HubSpot { .. } => false,
            There::Plain { crm, .. } => {
                crm.change_token();
                true
            }
        }
    }

    /// Every access token ends.
    pub fn expire_tokens(&self) {
        if let There::HubSpot { practice, .. } = &self.there {
            practice.expire_tokens();
        }
    }

    /// Changes the weather there.
    pub fn set_weather(&self, storm: Storm) {
        match &self.there {
            There::HubSpot { practice, weather } => {
                let fair = lock(weather).clone();
                practice.set_weather(Weather { spells: spells(storm), ..fair });
            }
            There::Plain { crm, .. } => crm.set_sky(Sky {
                down: storm.down,
                limited: storm.limited,
                locked: storm.locked,
                broken: storm.broken,
                broken_late: storm.broken_late,
                garbled: storm.garbled,
                busy: storm.busy,
                lag_seconds: self.route.lag_seconds,
            }),
        }
    }

    /// Answers a request.
    pub async fn answer(&self, request: Request<Bytes>) -> Answered {
        match &self.there {
            There::Plain { crm, .. } => {
                Answered { response: Some(crm.answer(&request)), delay: Duration::ZERO }
            }
            There::HubSpot { practice, .. } => {
                let response = practice.send(request.map(Body::from)).await;
                let delay = response.extensions().get().map_or(Duration::ZERO, |Delay(delay)| *delay);
                if response.extensions().get::<AnswerLost>().is_some() {
                    return Answered { response: None, delay };
                }
                let (parts, body) = response.into_parts();
                let body = to_bytes(body, LONGEST_ANSWER).await.expect("BUG: the body is in memory");
                Answered { response: Some(Response::from_parts(parts, body)), delay }
            }
        }
    }

    /// Every record there with an address.
    pub fn records(&self) -> Vec<Values> {
        match &self.there {
            There::HubSpot { practice, .. } => {
                let all = practice.snapshot().objects.remove(self.object()).unwrap_or_default();
                all.into_iter().filter(|values| values.contains_key("email")).collect()
            }
            There::Plain { crm, .. } => crm.people().into_iter().map(|kept| kept.values).collect(),
        }
    }

    /// Ids of all records there.
    pub fn ids(&self) -> Vec<String> {
        match &self.there {
            There::HubSpot { practice, .. } => {
                let all = practice.records(self.object(), 0, usize::MAX, false).unwrap_or_default();
                all.into_iter().map(|record| record.id).collect()
            }
            There::Plain { crm, .. } => crm.people().iter().map(|kept| kept.id.to_string()).collect(),
        }
    }

    /// Calls it refused for their number, not for the weather, at which moments.
    pub fn over_limit(&self) -> Vec<leadferry_model::Timestamp> {
        match &self.there {
            There::HubSpot { practice, .. } => {
                let weather = |fault: &Trouble| matches!(fault, Trouble::RateLimited { .. });
                let all = practice.requests(0, usize::MAX).into_iter();
                all.filter(|one| one.status == 429 && !one.weather.iter().any(weather))
                    .map(|one| one.at)
                    .collect()
            }
            There::Plain { crm, .. } => crm.over_limit(),
        }
    }

    /// What went wrong there, by kind.
    pub fn faults(&self) -> BTreeMap<&'static str, u64> {
        match &self.there {
            There::HubSpot { practice, .. } => {
                let mut faults = BTreeMap::new();
                for fault in practice.requests(0, usize::MAX).iter().flat_map(|one| &one.weather) {
                    *faults.entry(word(fault)).or_default() += 1;
                }
                faults
            }
            There::Plain { crm, .. } => crm.faults(),
        }
    }

    /// What a strict vendor would have objected to.
    pub fn objections(&self) -> Vec<String> {
        match &self.there {
            There::HubSpot { practice, .. } => practice
                .faults()
                .into_iter()
                .map(|fault| format!("{}: {}", fault.endpoint, fault.what))
                .collect(),
            There::Plain { .. } => Vec::new(),
        }
    }
}

/// A pasted token that a person may replace.
struct Pasted(Arc<Mutex<String>>);

#[async_trait]
impl Access for Pasted {
    async fn credential(&self) -> Result<Credential, Failure> {
        Ok(Credential::Token(Secret::new(lock(&self.0).clone())))
    }

    async fn refused(&self, _used: &Credential) -> Result<Credential, Failure> {
        Err(Failure::new(FailureKind::Auth, "the token was refused"))
    }

    fn shape(&self) -> Credential {
        Credential::Token(Secret::new("")).masked()
    }
}

/// The same storm in the words of the practice CRM.
fn spells(storm: Storm) -> Vec<Spell> {
    let when = |chance: f64| When::Chance { probability: chance };
    let half = storm.limited / 2.0;
    let all = [
        (f64::from(u8::from(storm.down)), Trouble::Outage { status: 503 }, On::All),
        (half, Trouble::RateLimited { retry_after_seconds: None, daily: false }, On::All),
        (half, Trouble::RateLimited { retry_after_seconds: Some(37), daily: false }, On::All),
        (storm.locked, Trouble::Locked, On::Writes),
        (storm.broken, Trouble::Outage { status: 500 }, On::All),
        (storm.broken_late, Trouble::AnswerLost, On::Writes),
        (storm.garbled, Trouble::MalformedBody, On::All),
        (storm.rows, Trouble::RowsRefused { every: 3, passing: true }, On::Writes),
        (storm.busy, Trouble::Migrating { retry_after_seconds: 90 }, On::All),
    ];
    let strikes = all.into_iter().filter(|(chance, ..)| *chance > 0.0);
    strikes.map(|(chance, fault, on)| Spell { fault, when: when(chance), on }).collect()
}

fn word(fault: &Trouble) -> &'static str {
    match fault {
        Trouble::RateLimited { .. } => "rate limit",
        Trouble::Outage { status: 500 } => "broken",
        Trouble::Outage { .. } => "outage",
        Trouble::NoAnswer => "no answer",
        Trouble::Slow { .. } => "slow answer",
        Trouble::ExpiredToken => "token expired",
        Trouble::RevokedGrant => "access taken back",
        Trouble::AnswerLost => "broken after the commit",
        Trouble::MalformedBody => "garbled answer",
        Trouble::Locked => "locked",
        Trouble::Migrating { .. } => "busy",
        Trouble::RowsRefused { .. } => "rows refused",
        Trouble::WholeBatch { .. } => "batch refused",
    }
}
