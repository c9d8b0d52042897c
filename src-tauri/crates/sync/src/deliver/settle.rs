//! From ends to what the ledger keeps: verdicts, the lane's turn, links that are gone.

use std::collections::BTreeSet;

use jiff::Timestamp;
use leadferry_connector::Became;
use leadferry_model::{DeliveryId, Failure, FailureKind, LeadId, RecordId, RunId};
use leadferry_store::{BeforeImage, Settlement, SlowLane, Verdict};
use rand::Rng;

use crate::caution::Caution;
use crate::engine::Counts;
use crate::follow::Moved;
use crate::plan::{End, Ended, Synced};
use crate::settings::RetrySchedule;
use crate::verdict::{Decision, LaneTurn, judge};

/// Everything one transaction is to keep of a batch.
pub(crate) struct Report {
    pub(crate) settlements: Vec<Settlement>,
    /// Leads whose link pointed to a record that is gone.
    pub(crate) unlink: Vec<LeadId>,
    /// Records that have become others.
    pub(crate) moved: Vec<(RecordId, Became)>,
    /// Records that were made: the index learns their keys at once.
    pub(crate) made: Vec<(RecordId, Made)>,
    /// Why the lane waits, if it does.
    pub(crate) turn: Option<(LaneTurn, Failure)>,
    pub(crate) did: Counts,
    /// Runs these deliveries belong to.
    pub(crate) runs: BTreeSet<RunId>,
}

/// The keys of a new record.
pub(crate) struct Made {
    pub(crate) lead: LeadId,
    pub(crate) email: Option<String>,
    pub(crate) phone: Option<String>,
}

/// Judges the ends of one batch. `batch` is the largest batch the destination takes.
pub(crate) fn report(
    mut ended: Vec<Ended>,
    batch: usize,
    now: Timestamp,
    caution: &mut Caution,
    chance: &mut impl Rng,
) -> Report {
    ended.sort_by_key(|ended| ended.claimed.id);
    blame(&mut ended, batch, caution);
    let mut report = Report {
        settlements: Vec::with_capacity(ended.len()),
        unlink: Vec::new(),
        moved: Vec::new(),
        made: Vec::new(),
        turn: None,
        did: Counts { batches: 1, ..Counts::default() },
        runs: ended.iter().filter_map(|ended| ended.claimed.run).collect(),
    };
    for ended in ended {
        let Ended { claimed, rules, warnings, unlink, moved, end } = ended;
        report.moved.extend(moved.and_then(Moved::news));
        if unlink && !matches!(end, End::Synced(_)) {
            report.unlink.push(claimed.lead.id.clone());
        }
        let verdict = match end {
            End::Synced(synced) => {
                if synced.created {
                    let (email, phone) = (claimed.lead.email.clone(), claimed.lead.phone.clone());
                    report
                        .made
                        .push((synced.record.clone(), Made { lead: claimed.lead.id.clone(), email, phone }));
                }
                report.did.synced += 1;
                report.did.unchanged += u64::from(synced.unchanged);
                kept(synced)
            }
            End::Later(until) => {
                report.did.waiting += 1;
                Verdict::Snooze { failure: None, until }
            }
            End::Again(failure) => {
                report.did.waiting += 1;
                Verdict::Snooze { failure: Some(failure), until: now }
            }
            End::Failed(failure) => {
                let retries =
                    rules.as_ref().map_or_else(RetrySchedule::default, |r| r.settings.retries.clone());
                let decision = judge(&failure, claimed.attempts, claimed.slow_until, &retries, now, chance);
                report.verdict(decision, failure, now)
            }
        };
        report.settlements.push(Settlement { delivery: claimed.id, lease: claimed.lease, verdict, warnings });
    }
    report
}

impl Report {
    fn verdict(&mut self, decision: Decision, failure: Failure, now: Timestamp) -> Verdict {
        match decision {
            Decision::Retry { at } => {
                self.did.retrying += 1;
                Verdict::Retry { failure, at }
            }
            Decision::Stop { slow } => {
                self.did.failed += 1;
                let slow = slow.map(|slow| SlowLane { next_at: slow.next, until: slow.until });
                Verdict::Fail { failure, slow }
            }
            Decision::Wait(turn) => {
                self.did.waiting += 1;
                if self.turn.as_ref().is_none_or(|(worst, _)| turn > *worst) {
                    self.turn = Some((turn, failure.clone()));
                }
                Verdict::Snooze { failure: Some(failure), until: now }
            }
        }
    }
}

/// Lets the lane's caution learn from the batch, and turns the one record that breaks the destination by itself into a busy one.
fn blame(ended: &mut [Ended], batch: usize, caution: &mut Caution) {
    let unanswered =
        |ended: &Ended| matches!(&ended.end, End::Failed(Failure { kind: FailureKind::Unavailable, .. }));
    let silent: Vec<DeliveryId> = ended.iter().filter(|e| unanswered(e)).map(|e| e.claimed.id).collect();
    let answered =
        ended.iter().filter(|e| matches!(&e.end, End::Synced(synced) if !synced.unchanged)).count();
    if silent.is_empty() {
        if answered > 0 {
            caution.answered(answered, batch);
        }
    } else if let Some(guilty) = caution.unanswered(&silent) {
        for ended in ended.iter_mut().filter(|ended| ended.claimed.id == guilty) {
            if let End::Failed(failure) = &mut ended.end {
                failure.kind = FailureKind::Busy;
            }
        }
    }
    for ended in ended.iter().filter(|ended| !silent.contains(&ended.claimed.id)) {
        caution.forget(ended.claimed.id);
    }
}

fn kept(synced: Synced) -> Verdict {
    let Synced { record, object, url, created, unchanged, by, print, before, written } = synced;
    let before = if created { None } else { before };
    let image = (!unchanged && object.is_none()).then_some(BeforeImage { before, written });
    Verdict::Synced {
        record,
        object: object.map(str::to_owned),
        url,
        created,
        unchanged,
        sent_hash: Some(print),
        matched_by: by.to_owned(),
        image,
    }
}
