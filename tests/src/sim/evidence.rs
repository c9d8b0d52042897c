//! What the checks look at: the ledger's last state and its whole history, and everything that arrived at the destinations.

use leadferry_model::RunId;
use leadferry_store::{
    Attempt, DeliveryFilter, DeliveryRow, LeadLife, Page, Reader, RunProgress, Seen, StoreError,
};

use super::house::House;
use super::world::Arrived;

/// More than any story has.
const ALL: u64 = 100_000;

/// Everything there is to look at.
pub struct Evidence {
    /// Every delivery, by id.
    pub deliveries: Vec<DeliveryRow>,
    /// Every try of each of them.
    pub attempts: Vec<Vec<Attempt>>,
    /// Every run.
    pub runs: Vec<RunProgress>,
    /// Everybody, with captures.
    pub leads: Vec<LeadLife>,
    /// Every change of the ledger.
    pub seen: Vec<Seen>,
    /// Every write that arrived.
    pub arrivals: Vec<Arrived>,
}

impl Evidence {
    /// Looks at the house after its story.
    pub fn gather(house: &House) -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_time()
            .start_paused(true)
            .build()
            .expect("a runtime without input and output starts");
        house.world.revive(None);
        runtime.block_on(Self::look(house))
    }

    async fn look(house: &House) -> Self {
        let read = |tx: &Reader<'_>| {
            let mut deliveries = tx.deliveries(&DeliveryFilter::default(), Page::first(ALL))?.rows;
            deliveries.sort_by_key(|row| row.id);
            let attempts: Result<_, StoreError> =
                deliveries.iter().map(|row| Ok(tx.delivery(row.id)?.attempts)).collect();
            let leads = tx.leads(None, Page::first(ALL))?.rows;
            let leads: Result<_, StoreError> = leads.iter().map(|lead| tx.lead_life(&lead.id)).collect();
            Ok((deliveries, attempts?, leads?, runs(tx)?))
        };
        let (deliveries, attempts, leads, runs) = house.store.read(read).await.expect("the ledger reads");
        Self { deliveries, attempts, runs, leads, seen: house.world.seen(), arrivals: house.world.arrivals() }
    }
}

/// Runs are numbered from 1.
pub(super) fn runs(tx: &Reader<'_>) -> Result<Vec<RunProgress>, StoreError> {
    let mut runs = Vec::new();
    for number in 1.. {
        match tx.run_progress(RunId(number)) {
            Ok(run) => runs.push(run),
            Err(StoreError::NotFound { .. }) => break,
            Err(error) => return Err(error),
        }
    }
    Ok(runs)
}
