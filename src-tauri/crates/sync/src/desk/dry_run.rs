//! The count for the go-live button: what would be created, changed, left alone and refused. Asks nobody and writes nothing, so
//! it is as good as the local index of the destination's keys; the figures say whether that is complete.

use std::collections::BTreeMap;

use leadferry_model::{Failure, LeadId, Record, SyncId};
use serde::{Deserialize, Serialize};

use super::Desk;
use crate::engine::{Cancel, Engine};
use crate::error::Result;
use crate::plan::{End, Target};

/// Leads looked at together.
const PAGE: u64 = 500;

/// What would happen to a number of leads.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DryRun {
    /// Would become new records.
    pub create: u64,
    /// Would change a record.
    pub update: u64,
    /// Nothing would be sent.
    pub unchanged: u64,
    /// Would be refused, by cause, the most frequent first.
    pub refused: Vec<Refusal>,
    /// Every record of the destination is in the index, so *create* is exact. Otherwise some of them exist there already.
    pub exact: bool,
}

/// Leads that would be refused for one cause.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Refusal {
    /// One of the failures.
    pub sample: Failure,
    /// How many.
    pub count: u64,
}

impl Engine {
    /// Counts what would happen to `leads`, or to all leads of the sync's source.
    pub async fn dry_run(
        &self,
        sync: &SyncId,
        leads: Option<Vec<LeadId>>,
        cancel: &Cancel,
    ) -> Result<DryRun> {
        let desk = Desk::open(&self.inner, sync).await?;
        let rules = desk.rules(None).await?;
        let batch = desk.batch(false);
        let mut run = DryRun { exact: desk.index_complete, ..DryRun::default() };
        let mut refused: BTreeMap<String, Refusal> = BTreeMap::new();
        let mut picked = leads.map(|leads| leads.into_iter().collect::<Vec<_>>().into_iter());
        let mut after = None;
        while !cancel.is_cancelled() {
            let page: Option<Vec<LeadId>> =
                picked.as_mut().map(|ids| ids.by_ref().take(PAGE as usize).collect());
            let (source, destination, object) =
                (desk.sync.source.clone(), desk.sync.destination.clone(), desk.object.name);
            let from = after.clone();
            let found = self
                .inner
                .store
                .read(move |tx| {
                    let leads = match page {
                        Some(ids) => ids.iter().map(|id| tx.lead(id)).collect::<Result<Vec<_>, _>>()?,
                        None => tx.leads_of(&source, from.as_ref(), PAGE)?,
                    };
                    let link =
                        |lead: leadferry_model::Lead| Ok((tx.link(&lead.id, &destination, object)?, lead));
                    leads.into_iter().map(link).collect::<Result<Vec<_>, _>>()
                })
                .await?;
            let Some((_, last)) = found.last() else { break };
            after = Some(last.id.clone());
            let claimed = found
                .into_iter()
                .map(|(link, lead)| (desk.pretend(lead, link, Record::new(), Vec::new()), Ok(rules.clone())))
                .collect();
            let plan = batch.plan(claimed).await?;
            for write in plan.writes {
                match write.job.target {
                    Some(Target::Known { .. }) => run.update += 1,
                    _ => run.create += 1,
                }
            }
            for ended in plan.ended {
                match ended.end {
                    End::Synced(_) => run.unchanged += 1,
                    End::Later(_) | End::Again(_) => run.update += 1,
                    End::Failed(sample) => {
                        let entry = refused.entry(sample.group_key());
                        entry.or_insert(Refusal { sample, count: 0 }).count += 1;
                    }
                }
            }
        }
        run.refused = refused.into_values().collect();
        run.refused.sort_by_key(|refusal| std::cmp::Reverse(refusal.count));
        Ok(run)
    }
}
