//! Which deliveries are meant: a few that are ticked, a whole failure group, or everything a filter shows.
//!
//! A selection becomes the condition of one statement, so that "all 10,000" costs one statement and no list of ids.

use jiff::Timestamp;
use leadferry_model::{ConnectionId, DeliveryId, DeliveryState, LeadId, RunId, SyncId};
use rusqlite::types::Value as Sql;
use serde::{Deserialize, Serialize};

use crate::column::{id_list, micros, to_json};

/// Which deliveries are meant.
#[expect(clippy::large_enum_variant, reason = "one is made for each click; a box would only be in the way")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Selection {
    /// These.
    Deliveries(Vec<DeliveryId>),
    /// The failure group of a sync.
    Group {
        /// The sync.
        sync: SyncId,
        /// The group's key.
        group: String,
    },
    /// Everything a filter shows.
    Filter(DeliveryFilter),
}

/// Narrows deliveries; what is `None` or empty does not narrow.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct DeliveryFilter {
    /// Of one sync.
    pub sync: Option<SyncId>,
    /// To one destination.
    pub destination: Option<ConnectionId>,
    /// Of one run.
    pub run: Option<RunId>,
    /// Of one lead.
    pub lead: Option<LeadId>,
    /// In one of these states.
    pub states: Vec<DeliveryState>,
    /// With this kind of failure, as one word.
    pub cause: Option<String>,
    /// In this failure group.
    pub group: Option<String>,
    /// Part of the person's name, e-mail address or phone number.
    pub text: Option<String>,
    /// Changed at or after.
    pub since: Option<Timestamp>,
    /// Changed before.
    pub until: Option<Timestamp>,
    /// But not these: the ones a person unticked.
    pub except: Vec<DeliveryId>,
}

/// A condition on `deliveries` and its values, starting at `?1`.
pub(crate) struct Condition {
    parts: Vec<String>,
    pub(crate) values: Vec<Sql>,
}

impl Condition {
    /// The condition a selection stands for.
    pub(crate) fn of(selection: &Selection) -> Self {
        let mut condition = Self { parts: Vec::new(), values: Vec::new() };
        match selection {
            Selection::Deliveries(ids) => condition.narrow(
                "deliveries.id IN (SELECT value FROM json_each(?))",
                id_list(ids.iter().map(|id| id.0)),
            ),
            Selection::Group { sync, group } => {
                condition.narrow("deliveries.sync_id = ?", sync.as_str().to_owned());
                condition.narrow("deliveries.group_key = ?", group.clone());
            }
            Selection::Filter(filter) => condition.filter(filter),
        }
        condition
    }

    /// The condition as SQL.
    pub(crate) fn sql(&self) -> String {
        if self.parts.is_empty() { "1".to_owned() } else { self.parts.join(" AND ") }
    }

    /// Adds a value and gives its number.
    pub(crate) fn value(&mut self, value: impl Into<Sql>) -> usize {
        self.values.push(value.into());
        self.values.len()
    }

    /// Adds a part whose single `?` stands for `value`.
    pub(crate) fn narrow(&mut self, part: &str, value: impl Into<Sql>) {
        let number = self.value(value);
        self.parts.push(part.replacen('?', &format!("?{number}"), 1));
    }

    fn filter(&mut self, filter: &DeliveryFilter) {
        if let Some(sync) = &filter.sync {
            self.narrow("deliveries.sync_id = ?", sync.as_str().to_owned());
        }
        if let Some(destination) = &filter.destination {
            // By way of the syncs, since indexes are by sync.
            self.narrow(
                "deliveries.sync_id IN (SELECT id FROM syncs WHERE destination_id = ?)",
                destination.as_str().to_owned(),
            );
        }
        if let Some(run) = filter.run {
            self.narrow("deliveries.run_id = ?", run.0);
        }
        if let Some(lead) = &filter.lead {
            self.narrow("deliveries.lead_id = ?", lead.as_str().to_owned());
        }
        if !filter.states.is_empty() {
            let words: Vec<_> = filter.states.iter().map(|state| state.as_str()).collect();
            self.narrow("deliveries.state IN (SELECT value FROM json_each(?))", to_json(&words));
        }
        if let Some(cause) = &filter.cause {
            self.narrow("deliveries.group_key IS NOT NULL AND deliveries.cause = ?", cause.clone());
        }
        if let Some(group) = &filter.group {
            self.narrow("deliveries.group_key = ?", group.clone());
        }
        if let Some(since) = filter.since {
            self.narrow("deliveries.changed_at >= ?", micros(since));
        }
        if let Some(until) = filter.until {
            self.narrow("deliveries.changed_at < ?", micros(until));
        }
        if !filter.except.is_empty() {
            self.narrow(
                "deliveries.id NOT IN (SELECT value FROM json_each(?))",
                id_list(filter.except.iter().map(|id| id.0)),
            );
        }
        if let Some(text) = filter.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            let (part, value) = crate::view::search::lead_condition(text);
            self.narrow(&format!("deliveries.lead_id IN (SELECT leads.id FROM leads WHERE {part})"), value);
        }
    }
}
