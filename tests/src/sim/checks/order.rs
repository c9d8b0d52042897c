//! What arrives for one person never goes back in time: the writes follow the versions of the lead.

use std::collections::BTreeMap;

use leadferry_model::{ConnectionId, Record};
use leadferry_store::Seen;

use crate::sim::crowd::COLUMNS;
use crate::sim::destination::Values;
use crate::sim::evidence::Evidence;
use crate::sim::house::House;

/// Each write holds the values of a version that is no older than that of the write before, and that existed when it arrived.
pub(super) fn of_each_person(_house: &House, evidence: &Evidence) -> Vec<String> {
    let mut versions: BTreeMap<&str, Vec<(usize, &Record)>> = BTreeMap::new();
    for (place, seen) in evidence.seen.iter().enumerate() {
        if let Seen::Lead { id, fields, .. } = seen {
            versions.entry(id.as_str()).or_default().push((place, fields));
        }
    }
    let mut reached: BTreeMap<(&ConnectionId, &str), usize> = BTreeMap::new();
    let mut wrong = Vec::new();
    for arrived in &evidence.arrivals {
        let all = versions.get(arrived.lead.as_str()).map(Vec::as_slice).unwrap_or_default();
        let from = reached.entry((&arrived.destination, &arrived.lead)).or_default();
        let known = all.iter().take_while(|(place, _)| *place < arrived.seen).count();
        let fits = all[..known]
            .iter()
            .enumerate()
            .skip(*from)
            .find(|(_, (_, fields))| holds(&arrived.values, fields));
        match fits {
            Some((version, _)) => *from = version,
            None => wrong.push(format!(
                "{:?} arrived at {} after version {} of {}",
                arrived.values,
                arrived.destination,
                *from + 1,
                arrived.lead
            )),
        }
    }
    wrong
}

/// Whether a write is of a version, by the fields it has. What it leaves out is there already.
fn holds(written: &Values, version: &Record) -> bool {
    COLUMNS.iter().all(|(column, field)| {
        written.get(*field).is_none_or(|written| version.text(column).as_ref() == Some(written))
    })
}
