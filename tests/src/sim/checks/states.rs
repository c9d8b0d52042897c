//! States move only as the diagram in the model says, and *synced* is only said with the record's id in hand.

use leadferry_model::DeliveryState;
use leadferry_store::{DeliveryMove, Seen};

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// Every step of every delivery, of which `what` says what is wrong.
fn each(evidence: &Evidence, what: impl Fn(&DeliveryMove) -> Option<String>) -> Vec<String> {
    let moves = evidence.seen.iter().filter_map(|seen| match seen {
        Seen::Delivery(step) => Some(step),
        _ => None,
    });
    moves.filter_map(|step| what(step)).collect()
}

/// Each step is one the diagram draws.
pub(super) fn only_documented(_house: &House, evidence: &Evidence) -> Vec<String> {
    each(evidence, |step| {
        let fine = match step.from {
            None => step.to == DeliveryState::Pending,
            Some(from) => from == step.to || from.leads_to(step.to),
        };
        (!fine).then(|| format!("delivery {} went from {:?} to {:?}", step.id, step.from, step.to))
    })
}

/// *Synced* has a record's id, and the destination has that record.
pub(super) fn synced_with_a_record(house: &House, evidence: &Evidence) -> Vec<String> {
    let ids: Vec<(_, Vec<String>)> = house.destinations.iter().map(|to| (&to.id, to.ids())).collect();
    each(evidence, |step| {
        if step.to != DeliveryState::Synced {
            return None;
        }
        let Some(record) = &step.record else {
            return Some(format!("delivery {} is synced without a record", step.id));
        };
        let there = ids.iter().any(|(to, ids)| **to == step.destination && ids.contains(record));
        (!there).then(|| format!("delivery {} is synced as {record}, which is not there", step.id))
    })
}
