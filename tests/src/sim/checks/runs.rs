//! A run's state says what its deliveries say, and nothing better.

use leadferry_model::DeliveryState;
use leadferry_store::{DeliveryRow, RunProgress, RunState};

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// Each run's state is computed once more, from the deliveries that belong to it.
pub(super) fn say_what_their_deliveries_say(_house: &House, evidence: &Evidence) -> Vec<String> {
    wrong(&evidence.runs, &evidence.deliveries)
}

/// What is wrong with `runs`, by these `deliveries`.
pub(super) fn wrong(runs: &[RunProgress], deliveries: &[DeliveryRow]) -> Vec<String> {
    let mut wrong = Vec::new();
    for run in runs {
        let own: Vec<&DeliveryRow> = deliveries.iter().filter(|row| row.run == Some(run.run.id)).collect();
        let expected = state(run, &own);
        if run.state != expected {
            wrong.push(format!("run {} says {:?}, its deliveries say {expected:?}", run.run.id, run.state));
        }
        if run.counts.total() != own.len() as u64 {
            wrong.push(format!("run {} counts {:?} of {} deliveries", run.run.id, run.counts, own.len()));
        }
    }
    wrong
}

fn state(run: &RunProgress, own: &[&DeliveryRow]) -> RunState {
    let any = |state: DeliveryState| own.iter().any(|row| row.state == state);
    let is_cancelled = run.run.cancelled_at.is_some();
    let open = any(DeliveryState::Pending) || any(DeliveryState::Retrying);
    if any(DeliveryState::Sending) || (!is_cancelled && (open || run.run.sealed_at.is_none())) {
        return RunState::Running;
    }
    if is_cancelled {
        return RunState::Cancelled;
    }
    match (any(DeliveryState::Synced), any(DeliveryState::Failed) || run.broken_rows > 0) {
        (_, false) => RunState::Succeeded,
        (true, true) => RunState::Partial,
        (false, true) => RunState::Failed,
    }
}
