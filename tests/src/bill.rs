//! What a load cost at a CRM, and whether that is what its API allows at best.

use leadferry_connector::{Capability, Connector};
use leadferry_practice::Practice;
use serde::{Deserialize, Serialize};

use crate::connect::lead_object;

/// Calls that a practice CRM has counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// All of them.
    pub calls: u64,
    /// Those that change something.
    pub writes: u64,
    /// Searches and queries, those of the change feed included.
    pub searches: u64,
}

impl Bill {
    /// The calls since the log of `practice` was cleared.
    pub fn of(practice: &Practice) -> Self {
        let counts = practice.call_counts();
        let asks = |label: &str| ["search", "query", "coql"].iter().any(|word| label.contains(word));
        let searches = counts.iter().filter(|(label, _)| asks(&label.to_lowercase()));
        Self {
            calls: counts.values().sum(),
            writes: practice.write_counts().values().sum(),
            searches: searches.map(|(_, count)| count).sum(),
        }
    }

    /// Whether `leads` new leads cost no more than they have to: where whole batches are upserted by key, as many writes as there are
    /// full batches and one; elsewhere 1.02 calls a lead and no search.
    ///
    /// # Errors
    /// What was too dear, in words.
    pub fn check(&self, connector: &dyn Connector, leads: usize) -> Result<(), String> {
        let batch = lead_object(connector).batch;
        if connector.spec().can(Capability::UpsertByKey) {
            let most = leads.div_ceil(batch) as u64 + 1;
            return if self.writes <= most {
                Ok(())
            } else {
                Err(format!("{} writes, where {most} would do for batches of {batch}: {self:?}", self.writes))
            };
        }
        if self.calls * 100 > leads as u64 * 102 {
            return Err(format!("{} calls for {leads} leads are more than 1.02 each: {self:?}", self.calls));
        }
        if self.searches > 0 {
            return Err(format!("{} searches for people whom the index knows: {self:?}", self.searches));
        }
        Ok(())
    }
}
