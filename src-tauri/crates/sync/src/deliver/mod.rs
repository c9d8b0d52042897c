//! One batch of deliveries through plan, write and settlement.
//!
//! The rounds: a conflict or a record that is gone is no end but news, so the job is planned again with it, at most twice; a
//! record that has become another one is followed there ([`follow`](crate::follow)). No attempt is spent on that, and all rounds of a batch are settled together.
//!
//! **Architecture Invariant:** the network is never called with a transaction open, and every claimed delivery is settled
//! exactly once.

pub(crate) mod load;
pub(crate) mod rematch;
mod send;
pub(crate) mod settle;

pub(crate) use send::miscounted;

use std::collections::HashMap;
use std::sync::Arc;

use leadferry_connector::{Call, Capability, Connector, Spec};
use leadferry_model::{Clock, ConnectionId, RecordId, Timestamp};
use leadferry_store::{Claimed, Store};

use crate::connect::Line;
use crate::error::Result;
use crate::fingerprint::fingerprint;
use crate::plan::current::Write;
use crate::plan::{self, End, Ended, Job, Rules, mapped};
use crate::settings::MatchBy;
use crate::unsure::Unsure;

/// Times a job is planned again because of a conflict or a record that is gone.
const REMATCHES: usize = 2;

/// Where one batch goes, and with what.
pub(crate) struct Batch<'a> {
    pub(crate) store: &'a Store,
    pub(crate) clock: &'a dyn Clock,
    /// Creates whose outcome is not known.
    pub(crate) unsure: &'a Unsure,
    pub(crate) connector: &'static dyn Connector,
    pub(crate) spec: &'static Spec,
    pub(crate) line: &'a Line,
    pub(crate) destination: &'a ConnectionId,
    pub(crate) object: &'a str,
    /// Most records in one call.
    pub(crate) size: usize,
    /// The index of the destination's keys holds every record.
    pub(crate) index_complete: bool,
    /// Whether the destination may be asked. A dry run does not.
    pub(crate) ask: bool,
    /// Read every record before it is written, whatever the rules say.
    pub(crate) look: bool,
}

/// What a batch would do.
pub(crate) struct Plan {
    /// What would be written.
    pub(crate) writes: Vec<Write>,
    /// What ends without a write.
    pub(crate) ended: Vec<Ended>,
}

impl<'a> Batch<'a> {
    pub(crate) fn call(&self) -> Call<'_> {
        self.line.call(self.clock)
    }

    pub(crate) fn can(&self, capability: Capability) -> bool {
        let asks = matches!(capability, Capability::Read | Capability::Find);
        self.spec.can(capability) && (self.ask || !asks)
    }

    /// Whether the record is to be read before it is written.
    pub(crate) fn needs_current(&self, job: &Job) -> bool {
        let needed =
            self.look || job.rules.settings.keep_before || plan::current::asks_for_current(&job.mapped);
        needed && self.can(Capability::Read)
    }

    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// Records by key in the local index.
    pub(crate) async fn index(
        &self,
        keys: Vec<(MatchBy, String)>,
    ) -> Result<HashMap<(MatchBy, String), Vec<RecordId>>> {
        let (destination, object) = (self.destination.clone(), self.object.to_owned());
        Ok(self.store.read(move |tx| crate::pull::index::look_up(tx, &destination, &object, keys)).await?)
    }

    /// Plans a batch and sends nothing. Records that turn out to be gone are looked for again, as in a real batch.
    pub(crate) async fn plan(&self, claimed: Vec<(Claimed, Planned)>) -> Result<Plan> {
        let mut plan = Plan { writes: Vec::new(), ended: Vec::new() };
        let mut open = map(claimed, &mut plan.ended);
        for _ in 0..=REMATCHES {
            let targeted = plan::target::find(self, open, &mut plan.ended).await?;
            let (moved, targeted) = apart(targeted);
            if let Some((_, writes)) = self.writes_there(moved, &mut plan.ended).await {
                plan.writes.extend(writes);
            }
            let targeted = rematch::stop_deleted(targeted, &mut plan.ended);
            let (writes, gone) = plan::current::writes(self, targeted, &mut plan.ended).await;
            plan.writes.extend(writes);
            open = gone;
            if open.is_empty() {
                break;
            }
        }
        plan.ended.extend(open.into_iter().map(|job| job.fail(rematch::undecided())));
        Ok(plan)
    }

    /// Runs a batch to its ends. The deliveries come in the order they are to be written.
    pub(crate) async fn run(&self, claimed: Vec<(Claimed, Planned)>) -> Result<Vec<Ended>> {
        let mut ended = Vec::with_capacity(claimed.len());
        let mut open = map(claimed, &mut ended);
        for _ in 0..=REMATCHES {
            if open.is_empty() {
                return Ok(ended);
            }
            let targeted = plan::target::find(self, open, &mut ended).await?;
            let (moved, targeted) = apart(targeted);
            if let Some((there, writes)) = self.writes_there(moved, &mut ended).await {
                let refused = send::send(&there, writes, &mut ended).await?;
                ended.extend(refused.into_iter().map(|refused| refused.job.fail(refused.failure)));
            }
            let targeted = rematch::stop_deleted(targeted, &mut ended);
            let (writes, gone) = plan::current::writes(self, targeted, &mut ended).await;
            open = gone;
            let refused = send::send(self, writes, &mut ended).await?;
            open.extend(rematch::again(self, refused, &mut ended).await);
        }
        ended.extend(open.into_iter().map(|job| job.fail(rematch::undecided())));
        Ok(ended)
    }
}

/// Those whose record has become one of another object, and the others.
fn apart(jobs: Vec<Job>) -> (Vec<Job>, Vec<Job>) {
    jobs.into_iter().partition(|job| job.moved.is_some())
}

/// The rules a delivery is planned by, or why there are none.
pub(crate) type Planned = std::result::Result<Arc<Rules>, leadferry_model::Failure>;

fn map(claimed: Vec<(Claimed, Planned)>, ended: &mut Vec<Ended>) -> Vec<Job> {
    let mut jobs = Vec::with_capacity(claimed.len());
    for (claimed, planned) in claimed {
        let rules = match planned {
            Ok(rules) => rules,
            Err(failure) => {
                let end = End::Failed(failure);
                ended.push(Ended {
                    claimed,
                    rules: None,
                    warnings: Vec::new(),
                    unlink: false,
                    moved: None,
                    end,
                });
                continue;
            }
        };
        let mapped = mapped::map(
            &rules.mapping,
            &rules.compiled,
            &claimed.lead.fields,
            &claimed.edits,
            &claimed.without_fields,
        );
        let record = mapped.record().map_err(Clone::clone);
        let print = record.as_ref().map(fingerprint).unwrap_or_default();
        let job = Job {
            claimed,
            rules,
            mapped,
            print,
            target: None,
            gone: vec![],
            unlinked: false,
            moved: None,
            ambiguous: false,
            current: None,
            before: None,
        };
        match record {
            Ok(_) => jobs.push(job),
            Err(failure) => ended.push(job.fail(failure)),
        }
    }
    jobs
}
