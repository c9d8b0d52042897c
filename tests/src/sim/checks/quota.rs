//! The destinations' own counters: nobody is called more often than they allow.

use jiff::SignedDuration;

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// The longest of the short windows, and a little for the way.
const WINDOW: SignedDuration = SignedDuration::from_secs(12);

/// No call was refused for its number. What a process before this one had sent, and what came late, nobody could count.
pub(super) fn never_exceeded(house: &House, _evidence: &Evidence) -> Vec<String> {
    let unruly = house.world.unruly_moments();
    let start = house.world.time.truth().now() - house.passed();
    let mut wrong = Vec::new();
    for destination in &house.destinations {
        for at in destination.over_limit() {
            let at = at.duration_since(start);
            let excused = unruly.iter().any(|moment| at >= *moment && at - *moment < WINDOW);
            if !excused {
                wrong.push(format!("{} refused a call for its number after {at}", destination.id));
            }
        }
    }
    wrong.extend(house.destinations.iter().flat_map(|destination| destination.objections()));
    wrong
}
