//! The handle of a running practice CRM.

mod content;
mod fields;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard};

use jiff::Timestamp;
use leadferry_model::{Clock, Secret};

use crate::core::Crm;
use crate::dialect::{DIALECTS, Dialect, DialectInfo};
use crate::hooks::{Outbox, SentHook};
use crate::limits::Limits;
use crate::log::{Log, LoggedRequest, StrictFault};
use crate::random;
use crate::weather::{Sky, Today, Weather};
use crate::world::World;

/// How to start a practice CRM.
#[derive(Clone)]
pub struct Options {
    /// Makes ids, tokens, order and chance the same at every start; without it, tokens differ each time.
    pub seed: Option<u64>,
    /// Tells the time.
    pub clock: Arc<dyn Clock>,
    /// Where people's browsers reach it, such as `http://localhost:8123`. Without it, serving sets it.
    pub public_base: Option<String>,
}

/// Ready-made keys to a practice account. They guard practice data on this computer only.
#[derive(Clone, Debug)]
pub struct Tokens {
    /// Everything the admin may do.
    pub full: Secret,
    /// What a user without writing rights may do.
    pub read_only: Secret,
    /// Contacts alone, without the right to create fields.
    pub contacts_only: Secret,
    /// The practice app's id, for OAuth.
    pub client_id: String,
    /// The practice app's secret, for OAuth.
    pub client_secret: Secret,
}

/// Why a practice CRM did not do what its handle was asked.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PracticeError {
    /// There is no dialect of that id.
    #[error("there is no practice CRM called {0}; ask for one of the listed ones")]
    NoDialect(String),
    /// The core refused.
    #[error("the practice CRM did not do it: {0}; look at the objects, fields and records it lists")]
    Refused(String),
}

impl From<crate::core::Refusal> for PracticeError {
    fn from(refusal: crate::core::Refusal) -> Self {
        Self::Refused(refusal.to_string())
    }
}

/// A practice CRM. Clones are handles to the same one.
#[derive(Clone)]
pub struct Practice {
    shared: Arc<Shared>,
}

struct Shared {
    dialect: &'static dyn Dialect,
    clock: Arc<dyn Clock>,
    tokens: Tokens,
    fixed_base: bool,
    world: Mutex<World>,
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice").field("dialect", &self.info().id).finish_non_exhaustive()
    }
}

impl Practice {
    /// A fresh account of the dialect called `dialect`.
    pub fn new(dialect: &str, options: Options) -> Result<Self, PracticeError> {
        let dialect = DIALECTS
            .iter()
            .copied()
            .find(|one| one.info().id == dialect)
            .ok_or_else(|| PracticeError::NoDialect(dialect.to_owned()))?;
        let now = to_the_millisecond(options.clock.now());
        let mut random = random::source(options.seed);
        let (access, tokens) = dialect.open_access(&mut random);
        let world = World {
            crm: fresh(dialect, now),
            access,
            limits: Limits::default(),
            log: Log::default(),
            kept: BTreeMap::new(),
            outbox: Outbox::default(),
            sky: Sky::new(Weather::default(), now),
            today: Today::default(),
            random,
            now,
            own: dialect.open_own(),
            base: options.public_base.clone().unwrap_or_else(|| "http://localhost".to_owned()),
        };
        let fixed_base = options.public_base.is_some();
        let shared = Shared { dialect, clock: options.clock, tokens, fixed_base, world: Mutex::new(world) };
        Ok(Self { shared: Arc::new(shared) })
    }

    /// Which dialect it speaks.
    pub fn info(&self) -> &'static DialectInfo {
        self.shared.dialect.info()
    }

    /// The account's name.
    pub fn account_name(&self) -> &'static str {
        self.shared.dialect.account_name()
    }

    /// Ready-made keys to the account.
    pub fn tokens(&self) -> Tokens {
        self.shared.tokens.clone()
    }

    /// Where people's browsers reach it.
    pub fn base(&self) -> String {
        self.world().base.clone()
    }

    /// Registers an app, as a person would in the vendor's developer settings.
    pub fn register_app(&self, client_id: &str, client_secret: Secret) {
        let mut world = self.world();
        world.access.apps.retain(|app| app.client_id != client_id);
        world.access.apps.push(crate::access::App { client_id: client_id.to_owned(), client_secret });
    }

    /// Makes a refresh token of an earlier start good again, as if the app had never been away: the account's admin allowed
    /// `client_id` these `scopes`. A restarted practice CRM has forgotten its grants, but a connection to it has not.
    pub fn take_up_grant(&self, client_id: &str, refresh_token: &Secret, scopes: &[String]) {
        self.world().access.take_up(client_id, refresh_token, scopes.to_vec());
    }

    /// The present weather.
    pub fn weather(&self) -> Weather {
        self.world().sky.weather().clone()
    }

    /// Changes the weather. Periods and call counts of spells begin anew.
    pub fn set_weather(&self, weather: Weather) {
        let now = self.now();
        let mut world = self.world();
        world.access.rotate_refresh_tokens = weather.rotate_refresh_tokens;
        world.sky = Sky::new(weather, now);
    }

    /// Ends every access token now; refresh tokens stay good.
    pub fn expire_tokens(&self) {
        let now = self.now();
        self.world().access.expire_all(now);
    }

    /// Takes back every grant, as a person who removes the app from the account does.
    pub fn revoke_grants(&self) {
        self.world().access.revoke_all();
    }

    /// Requests after the one numbered `after`, oldest first.
    pub fn requests(&self, after: u64, limit: usize) -> Vec<LoggedRequest> {
        self.world().log.requests(after, limit)
    }

    /// How often each endpoint was called.
    pub fn call_counts(&self) -> BTreeMap<String, u64> {
        self.world().log.counts().clone()
    }

    /// How often each endpoint was called that changes something.
    pub fn write_counts(&self) -> BTreeMap<String, u64> {
        self.world().log.write_counts().clone()
    }

    /// The webhooks that were posted since this was last asked, oldest first, for whoever runs this to deliver: a practice CRM opens
    /// no connections.
    pub fn take_hooks(&self) -> Vec<SentHook> {
        self.world().outbox.take()
    }

    /// What a strict vendor would have objected to.
    pub fn faults(&self) -> Vec<StrictFault> {
        self.world().log.faults().to_vec()
    }

    /// Forgets requests, counts and faults.
    pub fn clear_log(&self) {
        self.world().log.clear();
    }

    /// Back to the fresh account, fair weather and an empty log. Tokens and apps stay good.
    pub fn reset(&self) {
        let now = self.now();
        let mut world = self.world();
        world.crm = fresh(self.shared.dialect, now);
        world.own = self.shared.dialect.open_own();
        world.limits = Limits::default();
        world.kept.clear();
        world.outbox = Outbox::default();
        world.log.clear();
        world.sky = Sky::new(Weather::default(), now);
        world.access.rotate_refresh_tokens = false;
    }

    pub(crate) fn served_at(&self, base: String) {
        if !self.shared.fixed_base {
            self.world().base = base;
        }
    }

    pub(crate) fn dialect(&self) -> &'static dyn Dialect {
        self.shared.dialect
    }

    pub(crate) fn now(&self) -> Timestamp {
        to_the_millisecond(self.shared.clock.now())
    }

    pub(crate) fn world(&self) -> MutexGuard<'_, World> {
        // A panic while answering one request must not end the practice CRM for all that follow.
        self.shared.world.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

/// A fresh account. Its sample content is no news to anybody.
fn fresh(dialect: &dyn Dialect, now: Timestamp) -> Crm {
    let mut crm = dialect.open_crm(now);
    crm.take_changes();
    crm
}

/// Vendors show milliseconds; keeping more would make a record's time differ from the one a client has read.
fn to_the_millisecond(moment: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(moment.as_millisecond()).unwrap_or(moment)
}
