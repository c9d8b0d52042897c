//! A whole small world on a clock that the test moves: ledger, engine, a connector, its practice CRM, and the vendor's contract between
//! them.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_auth::vault::Vault;
use leadferry_connector::{Access, Transport};
use leadferry_model::{Captured, Clock, ManualClock, ObjectSchema, Timestamp};
use leadferry_practice::{Options, Practice, Weather};
use leadferry_store::{Counts, DatabaseKey, DeliveryFilter, DeliveryRow, Page, Store};
use leadferry_sync::{Cancel, Engine, Ingest, Progress, Registry, Setup, Step};
use url::Url;

use crate::connect::{DEFAULT, Lines, connector, lead_object, ready};
use crate::contract::Contract;
use crate::furniture;
use crate::people::{EMAIL, MESSAGE};
use crate::sign_in;
use crate::target::{Known, Target};
use crate::transport::InProcess;
use crate::wire::Wire;

/// Where the practice CRM pretends to be.
const BASE: &str = "http://127.0.0.1:9";

/// The world.
pub struct World {
    /// The CRM.
    pub practice: Practice,
    /// The time, everybody's.
    pub clock: Arc<ManualClock>,
    /// The ledger.
    pub store: Store,
    /// The engine over it.
    pub engine: Engine,
    /// What takes leads in.
    pub ingest: Ingest,
    /// What went over the wire.
    pub wire: Arc<Wire>,
    /// The lines to the CRM.
    pub lines: Lines,
    /// Where leads go there.
    pub target: Target,
    /// Tokens, where access is by OAuth.
    pub vault: Vault,
    /// The way to the CRM.
    pub transport: Arc<dyn Transport>,
}

/// How the engine shows who it is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum By {
    Token,
    OAuth,
}

impl World {
    /// A world in memory with a pasted token.
    pub async fn new(seed: u64) -> Self {
        Self::of(DEFAULT, seed).await
    }

    /// A world in memory around the practice CRM of the connector `id`, with a token that may do everything.
    pub async fn of(id: &str, seed: u64) -> Self {
        Self::over(id, in_memory(), seed, By::Token).await
    }

    /// A world in memory, signed in through the consent page.
    pub async fn signed_in(seed: u64) -> Self {
        Self::signed_in_to(DEFAULT, seed).await
    }

    /// A world in memory around the practice CRM of the connector `id`, signed in through the consent page.
    pub async fn signed_in_to(id: &str, seed: u64) -> Self {
        Self::over(id, in_memory(), seed, By::OAuth).await
    }

    /// A world whose ledger is on disk.
    pub async fn on_disk(folder: &Path, seed: u64) -> Self {
        let store = Store::open(folder, &DatabaseKey::new([7; 32])).expect("a fresh folder opens");
        Self::over(DEFAULT, store, seed, By::Token).await
    }

    async fn over(id: &str, store: Store, seed: u64, by: By) -> Self {
        let start: Timestamp = "2026-03-02T09:00:00Z".parse().expect("BUG: a constant");
        let clock = Arc::new(ManualClock::new(start));
        let connector = connector(id);
        let object = lead_object(connector).name;
        let dialect = connector.spec().practice.unwrap_or_else(|| panic!("{id} has a practice CRM"));
        let options = Options { seed: Some(seed), clock: clock.clone(), public_base: None };
        let practice = Practice::new(dialect, options).unwrap_or_else(|error| panic!("{id}: {error}"));
        // Its sample people share reserved phone numbers with ours, and would rightly be matched.
        practice.clear_records(object).unwrap_or_else(|error| panic!("{id}: {error}"));
        let wire = Arc::new(Wire::new(Contract::of(id)));
        let transport: Arc<dyn Transport> =
            Arc::new(InProcess::new(practice.clone(), clock.clone(), Arc::clone(&wire)));
        let base: Url = BASE.parse().expect("BUG: a constant");
        let vault = Vault::in_memory();
        let access: Arc<dyn Access> = match by {
            By::OAuth => {
                sign_in::sign_in(&practice, &vault, &*clock).await;
                sign_in::access(&base, vault.clone(), &practice, Arc::clone(&transport), clock.clone())
            }
            By::Token => ready(connector, &practice.tokens().full),
        };
        let lines = Lines::new(connector, base, Arc::clone(&transport), access, clock.clone());
        lines.check().await.expect("a token that may do everything passes the check");
        lines.create_lead_id().await.expect("a fresh account takes the Lead ID field");
        let target = Target::described(connector, &lines, &*clock).await;
        if let Some((email, message)) = target.field(EMAIL).zip(target.field(MESSAGE)) {
            wire.follow(email, message);
        }
        wire.count_anew();
        furniture::furnish(&store, &target, start, None).await.expect("a ledger is furnished");
        let engine = Engine::new(Setup {
            store: store.clone(),
            connectors: Registry::new(leadferry_connectors::all()),
            connect: Arc::new(lines.clone()),
            clock: clock.clone(),
            seed,
        });
        let ingest = Ingest::new(engine.clone(), Some("GB".to_owned()));
        Self { practice, clock, store, engine, ingest, wire, lines, target, vault, transport }
    }

    /// Access with the tokens in `vault` and through `transport`: what another process on the same vault has.
    pub fn access(&self, vault: Vault, transport: Arc<dyn Transport>) -> Arc<dyn Access> {
        let base = BASE.parse().expect("BUG: a constant");
        sign_in::access(&base, vault, &self.practice, transport, self.clock.clone())
    }

    /// The present.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Takes rows in.
    pub async fn capture(&self, rows: Vec<Captured>) -> Progress {
        let rows = rows.into_iter().map(Ok);
        let taken = self.ingest.accept_many(&furniture::source(), None, rows, &Cancel::new(), |_| {}).await;
        taken.expect("the ledger takes rows")
    }

    /// The fields of the object leads become, as the account has them now.
    pub async fn schema(&self) -> ObjectSchema {
        let line = self.lines.line();
        let described = self.target.connector.describe(&line.call(&*self.clock), self.target.object).await;
        described.unwrap_or_else(|failure| panic!("the account is described: {failure:?}"))
    }

    /// One step.
    pub async fn step(&self) -> Step {
        self.engine.step(&Cancel::new()).await.expect("the ledger works")
    }

    /// Lets virtual time pass, stepping whenever something is due.
    pub async fn run_for(&self, time: SignedDuration) {
        let end = self.now() + time;
        self.run_until(end, false).await;
        self.clock.set(end.max(self.now()));
    }

    /// Steps until every delivery has ended, for `time` at most. Gives when that was.
    pub async fn drain(&self, time: SignedDuration) -> Timestamp {
        self.run_until(self.now() + time, true).await;
        let counts = self.counts().await;
        assert_eq!(counts.open(), 0, "everything has ended within {time}: {counts:?}");
        self.now()
    }

    /// Steps until every delivery has ended, or for `time`: what stopped in between is for the test to look at.
    pub async fn settle(&self, time: SignedDuration) {
        self.run_until(self.now() + time, true).await;
    }

    async fn run_until(&self, end: Timestamp, stop_when_drained: bool) {
        let mut idle = 0;
        loop {
            let before = self.now();
            let step = self.step().await;
            if stop_when_drained && self.counts().await.open() == 0 {
                return;
            }
            let Some(due) = step.next_due.filter(|due| *due <= end) else { return };
            idle = if due > before || step.did.any() { 0 } else { idle + 1 };
            assert!(idle < 3, "a step that does nothing must not be due at once again: {step:?}");
            self.clock.set(due.max(self.now()));
        }
    }

    /// Changes the weather at the CRM.
    pub fn weather(&self, weather: Weather) {
        self.practice.set_weather(weather);
    }

    /// Deliveries by state.
    pub async fn counts(&self) -> Counts {
        let now = self.now();
        let overview = self.store.read(move |tx| tx.sync_overview(now)).await.expect("the ledger reads");
        overview.first().map(|overview| overview.counts).unwrap_or_default()
    }

    /// Every delivery.
    pub async fn deliveries(&self) -> Vec<DeliveryRow> {
        let page = Page::first(100_000);
        let read = self.store.read(move |tx| tx.deliveries(&DeliveryFilter::default(), page)).await;
        read.expect("the ledger reads").rows
    }

    /// How many notifications of `kind` there are.
    pub async fn notices(&self, kind: &str) -> usize {
        let read = self.store.read(|tx| tx.notifications(Page::first(1_000))).await;
        read.expect("the ledger reads").rows.iter().filter(|notice| notice.kind == kind).count()
    }

    /// The contacts that came through us, by what the mapping fills; sorted.
    pub fn contacts(&self) -> Vec<Known> {
        self.target.contacts(&self.practice)
    }

    /// What the CRM has to hold of `people`, whose [`contacts`](Self::contacts) it is compared with; sorted.
    pub fn held(&self, people: &[Known]) -> Vec<Known> {
        let mut held: Vec<_> = people.iter().map(|person| self.target.held(person)).collect();
        held.sort();
        held
    }

    /// Asserts that every request and every answer was within the vendor's contract, and that the practice CRM agrees.
    pub fn assert_documented(&self) {
        assert_eq!(self.wire.faults(), Vec::<String>::new(), "what goes over the wire is documented");
        assert_eq!(self.practice.faults(), Vec::new(), "and the practice CRM agrees");
    }
}

fn in_memory() -> Store {
    Store::in_memory().expect("a ledger in memory opens")
}

/// The contacts of the default CRM that carry a Lead ID, by what the mapping fills; sorted. Every Lead ID is there once.
pub fn contacts(practice: &Practice) -> Vec<Known> {
    Target::default().contacts(practice)
}
