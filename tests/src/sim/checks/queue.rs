//! What is handed out when: STOP before everything else, and of one person the oldest first.

use std::collections::BTreeMap;

use leadferry_model::{DeliveryId, DeliveryState, SyncId};
use leadferry_store::{DeliveryMove, FAR_FUTURE, Seen, SyncState};

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// The queue as it stood, step by step.
#[derive(Default)]
struct Queue {
    deliveries: BTreeMap<DeliveryId, DeliveryMove>,
    syncs: BTreeMap<SyncId, SyncState>,
}

impl Queue {
    fn take_in(&mut self, seen: &Seen) {
        match seen {
            Seen::Delivery(step) => {
                self.deliveries.insert(step.id, DeliveryMove::clone(step));
            }
            Seen::Sync { id, state } => {
                self.syncs.insert(id.clone(), *state);
            }
            _ => {}
        }
    }

    fn waits(&self, one: &DeliveryMove) -> bool {
        matches!(one.to, DeliveryState::Pending | DeliveryState::Retrying)
            && self.syncs.get(&one.sync) == Some(&SyncState::On)
    }

    /// Others of the same person on the way to the same destination.
    fn others<'q>(&'q self, of: &'q DeliveryMove) -> impl Iterator<Item = &'q DeliveryMove> {
        let same =
            |one: &&DeliveryMove| one.id != of.id && one.lead == of.lead && one.destination == of.destination;
        self.deliveries.values().filter(same)
    }
}

/// Goes through the history claim by claim: what was handed out together, and the queue after it.
fn claims(evidence: &Evidence, mut look: impl FnMut(&Queue, &[DeliveryMove])) {
    let mut queue = Queue::default();
    let mut together: Vec<DeliveryMove> = Vec::new();
    for seen in &evidence.seen {
        let claim = match seen {
            Seen::Delivery(step) if step.is_claim() => Some(step),
            _ => None,
        };
        let goes_on = match (claim, together.last()) {
            (Some(step), Some(last)) => step.lease == last.lease && step.destination == last.destination,
            (Some(_), None) => true,
            (None, _) => false,
        };
        if !goes_on && !together.is_empty() {
            look(&queue, &together);
            together.clear();
        }
        queue.take_in(seen);
        together.extend(claim.map(|step| DeliveryMove::clone(step)));
    }
    if !together.is_empty() {
        look(&queue, &together);
    }
}

/// While a STOP could go, nothing else is handed out.
pub(super) fn stop_first(_house: &House, evidence: &Evidence) -> Vec<String> {
    let mut wrong = Vec::new();
    claims(evidence, |queue, together| {
        let Some(ordinary) = together.iter().find(|one| one.urgent == 0) else { return };
        let now = ordinary.changed_at;
        let free = |stop: &&DeliveryMove| {
            stop.urgent == 1
                && stop.destination == ordinary.destination
                && queue.waits(stop)
                && stop.due_at <= now
                && queue.others(stop).all(|other| other.to != DeliveryState::Sending)
        };
        if let Some(stop) = queue.deliveries.values().find(free) {
            wrong.push(format!("delivery {} was handed out while STOP {} waited", ordinary.id, stop.id));
        }
    });
    wrong
}

/// Of one person and destination nothing is handed out while something is on its way, or before what came earlier.
pub(super) fn order_of_claims(_house: &House, evidence: &Evidence) -> Vec<String> {
    let mut wrong = Vec::new();
    claims(evidence, |queue, together| {
        for one in together {
            let again = one.from == Some(DeliveryState::Sending);
            for other in queue.others(one) {
                if other.to == DeliveryState::Sending {
                    wrong.push(format!(
                        "deliveries {} and {} of one person are both on their way",
                        one.id, other.id
                    ));
                }
                let earlier = (other.urgent == 0, other.id) < (one.urgent == 0, one.id);
                if !again && earlier && queue.waits(other) && other.due_at < FAR_FUTURE {
                    wrong.push(format!("delivery {} was handed out before {}", one.id, other.id));
                }
            }
        }
    });
    wrong
}
