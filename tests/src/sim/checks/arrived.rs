//! What is there in the end: everybody accepted, once, with what they last said.

use std::collections::{BTreeMap, BTreeSet};

use leadferry_model::DeliveryState;

use crate::sim::crowd::CHECKED;
use crate::sim::destination::Values;
use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// Every capture whose source was told *accepted* is in the ledger, and everybody who was captured is at every destination.
pub(super) fn nothing_lost(house: &House, evidence: &Evidence) -> Vec<String> {
    let kept: BTreeSet<&str> = evidence
        .leads
        .iter()
        .flat_map(|life| life.captures.iter().map(|capture| capture.key.as_str()))
        .collect();
    let mut lost = Vec::new();
    for number in 0..house.plan.crowd.captures.len() {
        let key = format!("capture-{number}");
        if !house.is_acknowledged(number) {
            lost.push(format!("{key} was never accepted, however often it was sent"));
        } else if !kept.contains(key.as_str()) {
            lost.push(format!("{key} was accepted and is not in the ledger"));
        }
    }
    for destination in &house.destinations {
        let there = by_email(&destination.records());
        for email in house.plan.crowd.expected().into_keys() {
            if !there.contains_key(&email) {
                lost.push(format!("{email} is not at {}", destination.id));
            }
        }
    }
    lost
}

/// Nobody is there twice, nor known twice.
pub(super) fn nothing_twice(house: &House, evidence: &Evidence) -> Vec<String> {
    let mut twice = Vec::new();
    let mut leads: BTreeMap<&str, usize> = BTreeMap::new();
    for email in evidence.leads.iter().filter_map(|life| life.lead.email.as_deref()) {
        *leads.entry(email).or_default() += 1;
    }
    for (email, count) in leads.into_iter().filter(|(_, count)| *count > 1) {
        twice.push(format!("{email} is {count} leads"));
    }
    for destination in &house.destinations {
        for (email, records) in by_email(&destination.records()) {
            if records.len() > 1 {
                twice.push(format!("{email} is {} times at {}", records.len(), destination.id));
            }
        }
    }
    twice
}

/// Each record holds what its person last said.
pub(super) fn right_values(house: &House, _evidence: &Evidence) -> Vec<String> {
    let mut wrong = Vec::new();
    let expected = house.plan.crowd.expected();
    for destination in &house.destinations {
        let there = by_email(&destination.records());
        for (email, wanted) in &expected {
            let Some([record]) = there.get(email).map(Vec::as_slice) else { continue };
            for field in CHECKED {
                let (held, said) = (record.get(field), wanted.get(field));
                let same = match (held, said) {
                    (Some(held), Some(said)) => held.eq_ignore_ascii_case(said),
                    (held, said) => held.is_none_or(String::is_empty) && said.is_none(),
                };
                if !same {
                    wrong.push(format!(
                        "{email} at {}: {field} is {held:?}, last said {said:?}",
                        destination.id
                    ));
                }
            }
        }
    }
    wrong
}

/// Every delivery has arrived once a person has put things right.
pub(super) fn drained(_house: &House, evidence: &Evidence) -> Vec<String> {
    let open = evidence.deliveries.iter().filter(|row| row.state != DeliveryState::Synced);
    open.map(|row| {
        let why = row.failure.as_ref().map(|failure| failure.message.as_str()).unwrap_or_default();
        format!(
            "delivery {} of {:?} is still {:?}, due {:?}: {why}",
            row.id, row.email, row.state, row.due_at
        )
    })
    .collect()
}

/// Records by the address they have, however it is spelled.
fn by_email(records: &[Values]) -> BTreeMap<String, Vec<Values>> {
    let mut all: BTreeMap<String, Vec<Values>> = BTreeMap::new();
    for record in records {
        if let Some(email) = record.get("email") {
            all.entry(email.to_lowercase()).or_default().push(record.clone());
        }
    }
    all
}
