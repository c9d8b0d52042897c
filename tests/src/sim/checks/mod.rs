//! The promises, each as a check with a name. A check looks at the whole history and says what is wrong, in words.

mod arrived;
mod attempts;
mod notices;
mod order;
mod queue;
mod quota;
mod runs;
mod states;

use leadferry_store::{DeliveryFilter, Page, Reader, StoreError};

use super::evidence::Evidence;
use super::house::House;

/// A promise that was broken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Broken {
    /// The check's name.
    pub check: &'static str,
    /// What is wrong.
    pub what: String,
}

type Check = fn(&House, &Evidence) -> Vec<String>;

/// Every check, in the order a reader should look at them.
pub const CHECKS: [(&str, Check); 13] = [
    ("nothing lost", arrived::nothing_lost),
    ("nothing twice", arrived::nothing_twice),
    ("right values", arrived::right_values),
    ("drained", arrived::drained),
    ("order of a person", order::of_each_person),
    ("order of claims", queue::order_of_claims),
    ("STOP first", queue::stop_first),
    ("attempts", attempts::only_for_what_counts),
    ("quota", quota::never_exceeded),
    ("states", states::only_documented),
    ("synced", states::synced_with_a_record),
    ("runs", runs::say_what_their_deliveries_say),
    ("notifications", notices::once_a_change),
];

/// What can be seen at one moment of the story: a run says what its deliveries say, all along.
pub fn glance(tx: &Reader<'_>) -> Result<Vec<Broken>, StoreError> {
    let deliveries = tx.deliveries(&DeliveryFilter::default(), Page::first(100_000))?.rows;
    let wrong = runs::wrong(&super::evidence::runs(tx)?, &deliveries);
    Ok(wrong.into_iter().map(|what| Broken { check: "runs", what }).collect())
}

/// Everything that is wrong.
pub fn all(house: &House, evidence: &Evidence) -> Vec<Broken> {
    let broken = |(check, look): &(&'static str, Check)| {
        let check = *check;
        look(house, evidence).into_iter().map(move |what| Broken { check, what })
    };
    CHECKS.iter().flat_map(broken).collect()
}
