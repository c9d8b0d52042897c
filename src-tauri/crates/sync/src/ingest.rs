//! Takes in what sources captured. *Accepted* is answered only after the ledger has committed it.

use leadferry_mapping::{Hints, identity};
use leadferry_model::{Captured, ConnectionId, RunId};
use leadferry_store::{Acceptance, Accepted, BrokenRow, Tally};

use crate::engine::Engine;
use crate::error::Result;
use crate::events::Tag;

/// Captures of a file in one transaction. Enough to make the commit cheap, few enough that a webhook is not kept waiting
/// behind it and memory stays flat.
const CHUNK: usize = 500;

/// Takes in captures for one engine.
#[derive(Clone)]
pub struct Ingest {
    engine: Engine,
    region: Option<String>,
}

/// How far a file is taken in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// What became of the rows that could be read.
    pub tally: Tally,
    /// Rows that could not be read; kept and shown.
    pub broken: u64,
    /// The import was cancelled; what is taken in stays.
    pub cancelled: bool,
}

/// One row of a file: a capture, or why there is none.
pub type Row = std::result::Result<Captured, BrokenRow>;

impl Ingest {
    /// Takes in for `engine`. `region` is the country of phone numbers written without a country code.
    pub fn new(engine: Engine, region: Option<String>) -> Self {
        Self { engine, region }
    }

    /// Takes in one capture. Returns once it is kept. `urgent` goes ahead of everything else (STOP).
    pub async fn accept(&self, source: &ConnectionId, captured: Captured, urgent: bool) -> Result<Accepted> {
        let now = self.engine.inner.now();
        let (source, region) = (source.clone(), self.region.clone());
        let accepted = self
            .engine
            .inner
            .store
            .write(move |tx| {
                tx.open_bursts(now, &source)?;
                let person = identity(&captured.fields, region.as_deref(), &Hints::default());
                tx.accept(now, &acceptance(&source, &captured, &person, urgent, None))
            })
            .await?;
        self.announce();
        Ok(accepted)
    }

    /// Takes in the rows of a file as part of `run`, in chunks. `told` hears about each chunk once it is kept.
    pub async fn accept_many(
        &self,
        source: &ConnectionId,
        run: Option<RunId>,
        rows: impl IntoIterator<Item = Row>,
        cancel: &crate::Cancel,
        mut told: impl FnMut(Progress),
    ) -> Result<Progress> {
        let mut progress = Progress::default();
        let mut rows = rows.into_iter();
        loop {
            if cancel.is_cancelled() {
                progress.cancelled = true;
                return Ok(progress);
            }
            let (mut captured, mut broken) = (Vec::with_capacity(CHUNK), Vec::new());
            for row in rows.by_ref().take(CHUNK) {
                match row {
                    Ok(row) => captured.push(row),
                    Err(row) => broken.push(row),
                }
            }
            if captured.is_empty() && broken.is_empty() {
                return Ok(progress);
            }
            progress.broken += broken.len() as u64;
            let tally = self.chunk(source.clone(), run, captured, broken).await?;
            progress.tally.new += tally.new;
            progress.tally.merged += tally.merged;
            progress.tally.repeated += tally.repeated;
            self.announce();
            if let Some(run) = run {
                self.engine.inner.events.tell([Tag::Run { run }]);
            }
            told(progress);
        }
    }

    async fn chunk(
        &self,
        source: ConnectionId,
        run: Option<RunId>,
        captured: Vec<Captured>,
        broken: Vec<BrokenRow>,
    ) -> Result<Tally> {
        let now = self.engine.inner.now();
        let region = self.region.clone();
        let job = move |tx: &leadferry_store::Writer<'_>| {
            let people: Vec<_> = captured
                .iter()
                .map(|row| identity(&row.fields, region.as_deref(), &Hints::default()))
                .collect();
            let chunk: Vec<Acceptance<'_>> = captured
                .iter()
                .zip(&people)
                .map(|(captured, person)| acceptance(&source, captured, person, false, run))
                .collect();
            if let Some(run) = run {
                tx.add_broken_rows(run, &broken)?;
            }
            tx.accept_many(now, &chunk)
        };
        Ok(self.engine.inner.store.write(job).await?)
    }

    fn announce(&self) {
        self.engine.inner.events.tell([Tag::Leads]);
        self.engine.wake();
    }
}

fn acceptance<'a>(
    source: &'a ConnectionId,
    captured: &'a Captured,
    person: &'a leadferry_mapping::Identity,
    urgent: bool,
    run: Option<RunId>,
) -> Acceptance<'a> {
    Acceptance {
        source,
        captured,
        email: person.email.as_deref(),
        phone: person.phone.as_deref(),
        name: person.name.as_deref(),
        urgent,
        run,
    }
}
