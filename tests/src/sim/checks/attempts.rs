//! An attempt is spent only by what concerns one record: never by an outage, lost access or a rate limit.

use std::collections::BTreeMap;

use leadferry_model::{DeliveryId, DeliveryState, Failure, FailureKind};
use leadferry_store::Seen;

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// Calls without an answer that have to speak against a record before one of them is held against it: once among others, once
/// alone, and once more alone after others have passed.
const SUSPICION: usize = 2;

/// What each spent attempt was spent on.
pub(super) fn only_for_what_counts(_house: &House, evidence: &Evidence) -> Vec<String> {
    let mut wrong = Vec::new();
    // The failure is written right after the state: the last word on an attempt is the step that follows it, if it is no move.
    let mut spent: BTreeMap<DeliveryId, Option<Failure>> = BTreeMap::new();
    for seen in &evidence.seen {
        let Seen::Delivery(step) = seen else { continue };
        let same_attempt = step.from == Some(step.to) && step.spent == step.spent_before;
        if same_attempt && let Some(failure) = spent.get_mut(&step.id) {
            failure.clone_from(&step.failure);
            continue;
        }
        wrong.extend(spent.remove(&step.id).and_then(|failure| judged(evidence, step.id, failure.as_ref())));
        let tried =
            matches!(step.to, DeliveryState::Retrying | DeliveryState::Failed | DeliveryState::Pending);
        if step.spent > step.spent_before && tried {
            spent.insert(step.id, step.failure.clone());
        }
        if step.spent < step.spent_before && step.spent != 0 {
            wrong.push(format!("delivery {} got back {} attempts", step.id, step.spent_before - step.spent));
        }
    }
    wrong.extend(spent.into_iter().filter_map(|(id, failure)| judged(evidence, id, failure.as_ref())));
    wrong
}

fn judged(evidence: &Evidence, id: DeliveryId, failure: Option<&Failure>) -> Option<String> {
    let Some(failure) = failure else {
        return Some(format!("delivery {id} spent an attempt on nothing"));
    };
    match failure.kind {
        FailureKind::Auth | FailureKind::Unavailable | FailureKind::RateLimited { .. } => {
            Some(format!("delivery {id} spent an attempt on {}: {}", failure.kind.word(), failure.message))
        }
        // Said by the destination itself.
        FailureKind::Busy if ["423", "LOCKED"].contains(&failure.code.as_str()) => None,
        FailureKind::Busy => {
            let place = evidence.deliveries.iter().position(|row| row.id == id)?;
            let silent = |kind: &FailureKind| matches!(kind, FailureKind::Unavailable);
            let before = evidence.attempts[place]
                .iter()
                // What was lost with a process, or could not be written down, may have been a call without an answer as well.
                .filter(|attempt| {
                    attempt.outcome == "lost"
                        || attempt.failure.as_ref().is_some_and(|failure| silent(&failure.kind))
                })
                .count();
            let few = before < SUSPICION;
            few.then(|| {
                format!("delivery {id} is blamed after {before} calls without an answer: {}", failure.message)
            })
        }
        _ => None,
    }
}
