//! A person is told once of each trouble that lasts, and once when it is over.

use leadferry_store::{Json, Seen};

use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// For each destination: every *told* of its trouble is one notification, no outage is told twice, and every trouble that was
/// told ends with one *recovered*.
pub(super) fn once_a_change(house: &House, evidence: &Evidence) -> Vec<String> {
    house.destinations.iter().flat_map(|to| told(&to.id.to_string(), &evidence.seen)).collect()
}

fn told(destination: &str, history: &[Seen]) -> Vec<String> {
    let mut wrong = Vec::new();
    let own = format!("trouble.{destination}");
    // Kinds of the present trouble that were told.
    let mut known = 0;
    let (mut troubles, mut recoveries) = ((0, 0), (0, 0));
    for seen in history {
        match seen {
            Seen::Notice { kind, subject } if subject == destination => match kind.as_str() {
                "down" | "no_access" => troubles.0 += 1,
                "recovered" => recoveries.0 += 1,
                _ => {}
            },
            Seen::Setting { name, value } if *name == own => {
                let kinds: Vec<&Json> = value["told"].as_array().into_iter().flatten().collect();
                if value.is_null() {
                    recoveries.1 += u32::from(known > 0);
                } else if kinds.len() > known {
                    troubles.1 += kinds.len() - known;
                }
                let mut once = kinds.clone();
                once.sort_by_key(ToString::to_string);
                once.dedup();
                if once.len() < kinds.len() {
                    wrong.push(format!("{destination}: {kinds:?} told of one trouble"));
                }
                known = kinds.len();
            }
            _ => {}
        }
    }
    if troubles.0 != troubles.1 {
        wrong.push(format!("{destination}: {} notifications for {} troubles", troubles.0, troubles.1));
    }
    if recoveries.0 != recoveries.1 {
        wrong.push(format!("{destination}: {} recoveries told of {}", recoveries.0, recoveries.1));
    }
    wrong
}
