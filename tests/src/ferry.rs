//! The engine as a process runs it: ledger on disk, real HTTP, the driver until nothing is left. Shared by the crash test's
//! process and the benchmark.

use std::path::Path;
use std::sync::Arc;

use leadferry_connector::Transport;
use leadferry_model::{Captured, Clock, Secret, SystemClock};
use leadferry_store::{DatabaseKey, Store};
use leadferry_sync::{Cancel, Driver, Engine, Ingest, Registry, Setup};

use crate::connect::{Lines, pasted};
use crate::furniture;
use crate::target::Target;

/// Anything that ends a ferry: the process shows it and stops.
pub type Wrecked = Box<dyn std::error::Error + Send + Sync>;

/// An open data folder with its engine.
pub struct Ferry {
    engine: Engine,
    lines: Lines,
}

impl Ferry {
    /// Opens `folder`, makes and furnishes its ledger the first time, and gives up what a killed process had claimed.
    pub async fn open(
        folder: &Path,
        base: &str,
        token: &str,
        seed: u64,
        transport: Arc<dyn Transport>,
    ) -> Result<Self, Wrecked> {
        let store = Store::open(folder, &DatabaseKey::new([7; 32]))?;
        let clock: Arc<dyn Clock> = Arc::new(SystemClock);
        let target = Target::default();
        furniture::furnish(&store, &target, clock.now(), Some(base.to_owned())).await?;
        let access = pasted(&Secret::new(token));
        let lines = Lines::new(target.connector, base.parse()?, transport, access, Arc::clone(&clock));
        let engine = Engine::new(Setup {
            store,
            connectors: Registry::new(leadferry_connectors::all()),
            connect: Arc::new(lines.clone()),
            clock,
            seed,
        });
        engine.recover().await?;
        Ok(Self { engine, lines })
    }

    /// Makes sure of the Lead ID property.
    pub async fn create_lead_id(&self) -> Result<(), Wrecked> {
        let made = self.lines.create_lead_id().await;
        made.map_err(|failure| failure.message.into())
    }

    /// Takes `rows` in; those that were taken before are recognised. `told` hears of each chunk once it is kept.
    pub async fn load(&self, rows: Vec<Captured>, mut told: impl FnMut()) -> Result<(), Wrecked> {
        let ingest = Ingest::new(self.engine.clone(), Some("GB".to_owned()));
        let rows = rows.into_iter().map(Ok);
        ingest.accept_many(&furniture::source(), None, rows, &Cancel::new(), |_| told()).await?;
        Ok(())
    }

    /// Drives the engine until every delivery has ended. Gives how many there are, and how many of them failed.
    pub async fn cross(&self) -> Result<(u64, u64), Wrecked> {
        let cancel = Cancel::new();
        let mut changes = self.engine.events().subscribe();
        let driver = Driver::new(self.engine.clone());
        let stop = cancel.clone();
        let driving = tokio::spawn(async move { driver.run(&stop).await });
        let ended = loop {
            let store = self.engine.store();
            let overview = store.read(|tx| tx.sync_overview(SystemClock.now())).await?;
            let counts = overview.first().map(|overview| overview.counts).unwrap_or_default();
            if counts.open() == 0 {
                break (counts.total(), counts.failed);
            }
            // Being behind with the news is no news by itself: the next look sees everything.
            if let Err(tokio::sync::broadcast::error::RecvError::Closed) = changes.recv().await {
                return Err("the engine is gone".into());
            }
        };
        cancel.cancel();
        driving.await?;
        Ok(ended)
    }
}
