//! The engine with its ledger on disk and encrypted, and a practice CRM behind real HTTP: what the benchmark measures.
//!
//! The clock is virtual and moves when there is nothing to do, so that a vendor's limits are kept without waiting for them, and how
//! long they would have taken is known.

use std::path::Path;
use std::sync::Arc;

use jiff::SignedDuration;
use leadferry_connector::Transport;
use leadferry_model::{Captured, Clock, ManualClock, Timestamp};
use leadferry_practice::{Options, Practice, Running, Weather};
use leadferry_store::{DatabaseKey, Store};
use leadferry_sync::{Cancel, Engine, Ingest, Registry, Setup};

use crate::connect::{Lines, connector, lead_object, ready};
use crate::furniture;
use crate::target::Target;

/// Anything that ends a ferry: the process shows it and stops.
pub type Wrecked = Box<dyn std::error::Error + Send + Sync>;

/// An engine before an account that is described and read.
pub struct Ferry {
    /// The CRM.
    pub practice: Practice,
    /// Where leads go there.
    pub target: Target,
    clock: Arc<ManualClock>,
    engine: Engine,
    running: Running,
}

/// How a crossing ended.
#[derive(Clone, Copy, Debug)]
pub struct Crossed {
    /// Deliveries there are.
    pub deliveries: u64,
    /// Those of them that failed.
    pub failed: u64,
    /// The virtual time it took: what the vendor's limits ask for.
    pub paced: SignedDuration,
}

impl Ferry {
    /// Serves the practice CRM of the connector `id` and furnishes a ledger in `folder`, which is empty.
    pub async fn open(
        folder: &Path,
        id: &str,
        seed: u64,
        transport: Arc<dyn Transport>,
    ) -> Result<Self, Wrecked> {
        let connector = connector(id);
        let start: Timestamp = "2026-03-02T09:00:00Z".parse()?;
        let clock = Arc::new(ManualClock::new(start));
        let dialect = connector.spec().practice.ok_or_else(|| format!("{id} has no practice CRM"))?;
        let options = Options { seed: Some(seed), clock: clock.clone(), public_base: None };
        let practice = Practice::new(dialect, options)?;
        practice.clear_records(lead_object(connector).name)?;
        let running = practice.serve("127.0.0.1:0".parse()?).await?;
        let base = running.url();
        let access = ready(connector, &practice.tokens().full);
        let lines = Lines::new(connector, base.parse()?, transport, access, clock.clone());
        // A load is measured at an account whose plan has room for it on one day: else what is counted are days of looking for changes.
        let lines = lines.without_days();
        practice.set_weather(Weather { daily_limit: Some(u32::MAX), ..Weather::default() });
        lines.check().await.map_err(|failure| failure.message)?;
        lines.create_lead_id().await.map_err(|failure| failure.message)?;
        let target = Target::described(connector, &lines, &*clock).await;
        let store = Store::open(folder, &DatabaseKey::new([7; 32]))?;
        furniture::furnish(&store, &target, start, Some(base)).await?;
        let engine = Engine::new(Setup {
            store,
            connectors: Registry::new(leadferry_connectors::all()),
            connect: Arc::new(lines),
            clock: clock.clone(),
            seed,
        });
        engine.recover().await?;
        engine.step(&Cancel::new()).await?;
        practice.clear_log();
        Ok(Self { practice, target, clock, engine, running })
    }

    /// Takes `rows` in.
    pub async fn load(&self, rows: Vec<Captured>) -> Result<(), Wrecked> {
        let ingest = Ingest::new(self.engine.clone(), Some("GB".to_owned()));
        let rows = rows.into_iter().map(Ok);
        ingest.accept_many(&furniture::source(), None, rows, &Cancel::new(), |_| {}).await?;
        Ok(())
    }

    /// Steps until every delivery has ended.
    pub async fn cross(&self) -> Result<Crossed, Wrecked> {
        let began = self.clock.now();
        loop {
            let step = self.engine.step(&Cancel::new()).await?;
            let now = self.clock.now();
            let overview = self.engine.store().read(move |tx| tx.sync_overview(now)).await?;
            let counts = overview.first().map(|overview| overview.counts).unwrap_or_default();
            if counts.open() == 0 {
                let paced = now.duration_since(began);
                return Ok(Crossed { deliveries: counts.total(), failed: counts.failed, paced });
            }
            let due = step.next_due.ok_or("leads are open, and nothing is due")?;
            self.clock.set(due.max(now));
        }
    }

    /// Ends the practice CRM.
    pub async fn close(self) {
        self.running.shutdown().await;
    }
}
