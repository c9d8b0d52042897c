//! Runs: where they stand, how fast they go, when they are done.

use jiff::SignedDuration;
use leadferry_model::{DeliveryState, RunId, SyncId, Timestamp};
use leadferry_store::{DeliveryFilter, Page, Reader, RunProgress, RunState, Selection, StoreError};

use crate::desk::Rows;
use crate::desk::deliveries::page;
use crate::explain::grouped;
use crate::home::count;
use crate::types::*;
use crate::{App, Result, Tag};

/// Broken rows shown.
const BROKEN: u64 = 500;
/// Speed is measured over this long.
const MEASURED: SignedDuration = SignedDuration::from_mins(1);
const DECIDED: [DeliveryState; 3] = [DeliveryState::Synced, DeliveryState::Failed, DeliveryState::Skipped];

impl App {
    /// A page of runs, newest first.
    pub async fn runs(&self, request: ListRuns) -> Result<Paged<RunRow>> {
        let (now, page) = (self.now(), page(request.page));
        let paged = self
            .store
            .read(move |tx| {
                let rows = Rows::read(tx)?;
                let found = tx.runs(request.sync.map(SyncId::new).as_ref(), page)?;
                let runs = found
                    .rows
                    .iter()
                    .map(|run| row(tx, &rows, run, now))
                    .collect::<std::result::Result<_, _>>()?;
                Ok(Paged { total: count(found.total), rows: runs })
            })
            .await?;
        Ok(paged)
    }

    /// One run with the rows of its file that could not be read.
    pub async fn run(&self, request: RunOf) -> Result<RunView> {
        let (now, id) = (self.now(), RunId(request.id.into()));
        let view = self
            .store
            .read(move |tx| {
                let broken = tx.broken_rows(id, 0, BROKEN)?.into_iter();
                Ok(RunView {
                    row: row(tx, &Rows::read(tx)?, &tx.run_progress(id)?, now)?,
                    broken: broken
                        .map(|one| BrokenRowView { line: count(one.line), reason: one.reason, raw: one.raw })
                        .collect(),
                })
            })
            .await?;
        Ok(view)
    }

    /// Stops a run. What is on its way ends by itself; what waits is left out and can be brought back.
    pub async fn cancel_run(&self, request: RunOf) -> Result<RunView> {
        self.engine.cancel(RunId(request.id.into())).await?;
        self.host.changed(&[Tag::Runs, Tag::Deliveries, Tag::Audit]);
        self.run(request).await
    }
}

fn row(
    tx: &Reader<'_>,
    rows: &Rows,
    progress: &RunProgress,
    now: Timestamp,
) -> std::result::Result<RunRow, StoreError> {
    let (run, counts) = (&progress.run, progress.counts);
    let own = DeliveryFilter { run: Some(run.id), ..DeliveryFilter::default() };
    let going = counts.open() > 0 && run.cancelled_at.is_none();
    let per_second = if going { speed(tx, &own, run.started_at, now)? } else { None };
    let last =
        if counts.open() == 0 { tx.deliveries(&own, Page::first(1))?.rows.into_iter().next() } else { None };
    let state = state(progress);
    Ok(RunRow {
        id: i32::try_from(run.id.0).unwrap_or(i32::MAX),
        sync: rows.sync(&run.sync),
        kind: run.kind.as_str().into(),
        label: run.label.clone(),
        state: state.into(),
        text: text(state, progress),
        started_at: run.started_at.to_string(),
        ended_at: last.map(|kept| kept.changed_at.to_string()),
        counts: Counts {
            pending: count(counts.pending),
            sending: count(counts.sending),
            synced: count(counts.synced),
            synced_today: 0,
            retrying: count(counts.retrying),
            failed: count(counts.failed),
            skipped: count(counts.skipped),
        },
        captured: count(run.captured),
        repeated: count(run.repeated),
        merged: count(run.merged),
        broken: count(progress.broken_rows),
        cancellable: run.cancelled_at.is_none() && progress.state == RunState::Running,
        per_second,
        // Speed changes on the way, so a range is said rather than a figure nobody can promise.
        seconds_left: per_second.map(|speed| {
            let left = (counts.pending + counts.sending) as f64 / speed;
            ((left * 0.8) as u32, (left * 1.5).ceil() as u32)
        }),
    })
}

fn state(progress: &RunProgress) -> &'static str {
    let counts = progress.counts;
    match progress.state {
        // To the person it has stopped, though a batch may still be with the CRM: the words say so.
        RunState::Running if progress.run.cancelled_at.is_some() => "cancelled",
        RunState::Running if counts.pending + counts.sending == 0 && counts.retrying > 0 => "waiting",
        RunState::Running => "working",
        RunState::Succeeded => "done",
        RunState::Partial => "some_failed",
        RunState::Failed => "failed",
        RunState::Cancelled => "cancelled",
    }
}

fn speed(
    tx: &Reader<'_>,
    own: &DeliveryFilter,
    started: Timestamp,
    now: Timestamp,
) -> std::result::Result<Option<f64>, StoreError> {
    let since = now.checked_sub(MEASURED).unwrap_or(started).max(started);
    let recent = Selection::Filter(DeliveryFilter { since: Some(since), ..own.clone() });
    let decided = tx.count_selected(&recent, &DECIDED)?;
    let seconds = now.duration_since(since).as_secs_f64().max(1.0);
    Ok((decided > 0).then(|| decided as f64 / seconds))
}

fn text(state: &str, progress: &RunProgress) -> String {
    let counts = progress.counts;
    let (synced, all) = (grouped(count(counts.synced)), grouped(count(counts.total())));
    let need_you = match counts.failed {
        1 => "1 needs you".to_owned(),
        failed => format!("{} need you", grouped(count(failed))),
    };
    match state {
        "working" if progress.worked_off > 0 => {
            let more = grouped(count(progress.worked_off));
            format!(
                "{synced} of {all} synced so far. {more} more are worked off there; what became of each comes in one go."
            )
        }
        "working" => format!("{synced} of {all} synced so far."),
        "waiting" => format!("{synced} of {all} synced. The others are tried again by themselves."),
        "done" if counts.total() == 0 => "There was nothing to send.".into(),
        "done" => format!("All done: {synced} synced."),
        "some_failed" => format!("{synced} synced, {need_you}."),
        "failed" => format!("Nothing was synced; {need_you}."),
        _ => {
            let mut said = format!("Stopped: {synced} synced, {} left out", grouped(count(counts.skipped)));
            if counts.failed > 0 {
                said += &format!(", {need_you}");
            }
            said += match counts.sending {
                0 => ". Nothing is half done.",
                1 => ". One is with the CRM already and ends by itself.",
                _ => ". Those that are with the CRM already end by themselves.",
            };
            said
        }
    }
}

#[cfg(test)]
mod tests {
    use leadferry_model::{RunId, SyncId};
    use leadferry_store::{Counts, Run, RunKind};

    use super::*;

    #[test]
    fn a_stop_is_said_at_once_and_says_what_still_ends() {
        let run = Run {
            id: RunId(1),
            sync: SyncId::new("sync-1"),
            kind: RunKind::Manual,
            started_at: Timestamp::UNIX_EPOCH,
            sealed_at: Some(Timestamp::UNIX_EPOCH),
            cancelled_at: Some(Timestamp::UNIX_EPOCH),
            label: String::new(),
            captured: 0,
            repeated: 0,
            merged: 0,
        };
        let counts = Counts { synced: 187, sending: 100, skipped: 125, ..Counts::default() };
        let mut progress =
            RunProgress { run, state: RunState::Running, counts, broken_rows: 0, worked_off: 0 };
        let said = text(state(&progress), &progress);
        assert_eq!(
            said,
            "Stopped: 187 synced, 125 left out. Those that are with the CRM already end by themselves."
        );
        progress.state = RunState::Cancelled;
        progress.counts = Counts { synced: 286, failed: 1, skipped: 125, ..Counts::default() };
        let said = text(state(&progress), &progress);
        assert_eq!(said, "Stopped: 286 synced, 125 left out, 1 needs you. Nothing is half done.");
    }

    #[test]
    fn a_load_under_way_says_how_far_it_is() {
        let run = Run {
            id: RunId(1),
            sync: SyncId::new("sync-1"),
            kind: RunKind::Import,
            started_at: Timestamp::UNIX_EPOCH,
            sealed_at: None,
            cancelled_at: None,
            label: String::new(),
            captured: 0,
            repeated: 0,
            merged: 0,
        };
        let counts = Counts { synced: 12, sending: 10_000, ..Counts::default() };
        let mut progress =
            RunProgress { run, state: RunState::Running, counts, broken_rows: 0, worked_off: 4_200 };
        let said = text(state(&progress), &progress);
        assert!(said.starts_with("12 of 10,012 synced so far. 4,200 more are worked off"), "{said}");
        progress.worked_off = 0;
        assert_eq!(
            text(state(&progress), &progress),
            "12 of 10,012 synced so far.",
            "nothing is said of no load"
        );
    }
}
