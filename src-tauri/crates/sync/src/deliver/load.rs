//! Handing new records in as one load, and what becomes of them when it is over. How a load is looked after is in
//! [`lane::loads`](crate::lane::loads).

use std::panic::AssertUnwindSafe;

use futures::FutureExt;
use leadferry_connector::{Loads, Outcome, Ticket, Upsert};
use leadferry_model::{Failure, FailureKind, Record};
use leadferry_store::{Claimed, Json, LoadId, Loaded};
use serde::{Deserialize, Serialize};

use super::send::{mistake, upsert};
use super::{Batch, Planned, map};
use crate::engine::Cancel;
use crate::error::Result;
use crate::lane::stops;
use crate::plan::current::{self, Write};
use crate::plan::{self, End, Ended, Job, Synced, Target, mapped};

/// What is kept of a delivery in a load, for the process that learns its outcome: perhaps another one, when lead and mapping are
/// others by then.
#[derive(Debug, Serialize, Deserialize)]
pub(crate) struct Sent {
    /// Of the mapped fields.
    print: String,
    /// What was written.
    fields: Record,
    /// Optional fields that were set aside.
    warnings: Vec<Json>,
}

/// What came of handing in.
pub(crate) struct HandedIn {
    /// Deliveries that are through, in the load or not.
    pub(crate) ended: Vec<Ended>,
    /// Why the account takes no loads.
    pub(crate) refused: Option<Failure>,
}

impl Batch<'_> {
    /// Hands in as one load what is new to the destination. What turns out to be known there, or cannot be said in a load, goes the
    /// ordinary way at once.
    pub(crate) async fn hand_in(
        &self,
        loads: &dyn Loads,
        claimed: Vec<(Claimed, Planned)>,
        cancel: &Cancel,
    ) -> Result<HandedIn> {
        let mut handed = HandedIn { ended: Vec::new(), refused: None };
        let ended = &mut handed.ended;
        let open = map(claimed, ended);
        let targeted = plan::target::find(self, open, ended).await?;
        let new = |job: &Job| job.target == Some(Target::Create) && job.moved.is_none() && !job.unlinked;
        let (new, mut others): (Vec<_>, Vec<_>) = targeted.into_iter().partition(new);
        let (writes, _) = current::writes(self, new, ended).await;
        let (writes, unfit): (Vec<_>, Vec<_>) =
            writes.into_iter().partition(|write| loads.takes(&upsert(write)));
        others.extend(unfit.into_iter().map(|write| write.job));
        if writes.len() < loads.size().least {
            others.extend(writes.into_iter().map(|write| write.job));
        } else {
            self.open(loads, writes, &mut handed).await?;
        }
        self.ordinary(others, cancel, &mut handed.ended).await?;
        Ok(handed)
    }

    async fn open(&self, loads: &dyn Loads, writes: Vec<Write>, handed: &mut HandedIn) -> Result<()> {
        let batch: Vec<Upsert> = writes.iter().map(upsert).collect();
        let call = self.call();
        let opened = loads.open(&call, self.object, &batch);
        let ticket = match AssertUnwindSafe(opened).catch_unwind().await {
            Ok(Ok(ticket)) => ticket,
            Ok(Err(failure)) if stops(&failure) => {
                handed.ended.extend(writes.into_iter().map(|write| write.job.fail(failure.clone())));
                return Ok(());
            }
            refused => {
                handed.refused = Some(match refused {
                    Ok(Err(failure)) => failure,
                    _ => mistake("the connector panicked"),
                });
                handed.ended.extend(writes.into_iter().map(|write| write.job.end(End::Later(self.now()))));
                return Ok(());
            }
        };
        if self.keep(ticket, &writes).await?.is_none() {
            // Somebody else has one of them by now. The load is never started, so nothing of it was written.
            handed.ended.extend(writes.into_iter().map(|write| write.job.end(End::Later(self.now()))));
        }
        Ok(())
    }

    /// Keeps the ticket and what settling needs, before anything can be written.
    async fn keep(&self, ticket: Ticket, writes: &[Write]) -> Result<Option<LoadId>> {
        let loaded: Vec<Loaded> = writes.iter().map(loaded).collect();
        let exchanges = self.line.http.take_exchanges();
        let exchanges: Vec<Json> = exchanges.iter().map(crate::lane::exchange).collect();
        let (now, destination, object) = (self.now(), self.destination.clone(), self.object.to_owned());
        let kept = move |tx: &leadferry_store::Writer<'_>| {
            tx.keep_load(now, &destination, &object, &ticket.0, &exchanges, &loaded)
        };
        Ok(self.store.write(kept).await?)
    }

    /// What goes no other way than always, in parts, so that it can be stopped in between.
    async fn ordinary(&self, others: Vec<Job>, cancel: &Cancel, ended: &mut Vec<Ended>) -> Result<()> {
        let mut others = others.into_iter();
        loop {
            let part: Vec<_> = others.by_ref().take(self.size.max(1)).collect();
            if part.is_empty() {
                return Ok(());
            }
            if cancel.is_cancelled()
                || ended.iter().any(|ended| matches!(&ended.end, End::Failed(f) if stops(f)))
            {
                ended.extend(part.into_iter().map(|job| job.end(End::Later(self.now()))));
                continue;
            }
            let again = part.into_iter().map(|job| (job.claimed, Ok(job.rules))).collect();
            ended.extend(self.run(again).await?);
        }
    }
}

fn loaded(write: &Write) -> Loaded {
    let Write { job, fields } = write;
    let sent =
        Sent { print: job.print.clone(), fields: fields.clone(), warnings: mapped::warnings(&job.mapped) };
    let sent = serde_json::to_value(sent).expect("BUG: what was sent always serialises");
    (job.claimed.id, job.claimed.lease, sent)
}

/// How a delivery of a load that is over ends. `None`: the vendor did not touch it.
pub(crate) fn settled(
    claimed: Claimed,
    sent: Json,
    outcome: Option<Outcome>,
    now: leadferry_model::Timestamp,
) -> Ended {
    // Kept by an older program, perhaps: without the print the next change is written in full, which is never wrong.
    let sent = serde_json::from_value(sent).unwrap_or(Sent {
        print: String::new(),
        fields: Record::new(),
        warnings: Vec::new(),
    });
    let end = match outcome {
        None => End::Later(now),
        Some(Ok(written)) => End::Synced(Synced {
            record: written.record,
            object: None,
            url: written.url,
            created: written.created,
            unchanged: false,
            by: if written.created { "created" } else { "lead_id" },
            print: sent.print,
            before: None,
            written: sent.fields,
        }),
        Some(Err(failure)) if may_be_cured(&failure) => End::Again(failure),
        Some(Err(failure)) => End::Failed(failure),
    };
    Ended { claimed, rules: None, warnings: sent.warnings, unlink: false, moved: None, end }
}

/// Whether the ordinary way may do what a load could not: it finds the record that is there already, follows one that became
/// another, tries again later. A wrong value is wrong there too.
fn may_be_cured(failure: &Failure) -> bool {
    !stops(failure) && !matches!(failure.kind, FailureKind::Invalid { .. } | FailureKind::Permission { .. })
}
