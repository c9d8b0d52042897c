//! What is remembered about a destination's trouble until it has really passed.
//!
//! A lane opens when a probe is answered, but only a write that was taken proves that the trouble is over. Until then the count
//! of probes and the beginning are kept here, so that a destination that answers probes and refuses writes is neither
//! hammered nor reported twice.

use jiff::Timestamp;
use leadferry_model::ConnectionId;
use leadferry_store::{Json, LaneState, Reader, StoreError, Writer};
use serde::{Deserialize, Serialize};

/// Trouble of one destination. It may change its kind (a rate limit in the midst of an outage) and stays one trouble: a person is
/// told of each kind once, and once that it is over.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Trouble {
    /// What it is now.
    pub(crate) state: LaneState,
    /// Since when there is any.
    pub(crate) since: Timestamp,
    /// Since when it does not answer, however it was refused in between.
    pub(crate) down_since: Option<Timestamp>,
    /// Looks and writes without an answer in a row.
    pub(crate) tries: u32,
    /// What a person was told of.
    pub(crate) told: Vec<LaneState>,
}

fn name(connection: &ConnectionId) -> String {
    format!("trouble.{connection}")
}

impl Trouble {
    /// The trouble of `connection`, if it has any.
    pub(crate) fn of(tx: &Reader<'_>, connection: &ConnectionId) -> Result<Option<Self>, StoreError> {
        let kept = tx.setting(&name(connection))?;
        Ok(kept.and_then(|json| serde_json::from_value(json).ok()))
    }

    /// One more try without an answer. Another kind of trouble counts its tries anew.
    pub(crate) fn again(before: Option<Self>, state: LaneState, now: Timestamp) -> Self {
        let down_since = (state == LaneState::Down).then_some(now);
        match before {
            None => Self { state, since: now, down_since, tries: 0, told: Vec::new() },
            Some(before) => Self {
                tries: if before.state == state { before.tries + 1 } else { 0 },
                down_since: before.down_since.or(down_since),
                state,
                ..before
            },
        }
    }

    /// Remembers it.
    pub(crate) fn keep(&self, tx: &Writer<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
        let json = serde_json::to_value(self).expect("BUG: trouble always serialises");
        tx.set_setting(&name(connection), &json)
    }

    /// It has passed.
    pub(crate) fn forget(tx: &Writer<'_>, connection: &ConnectionId) -> Result<(), StoreError> {
        tx.set_setting(&name(connection), &Json::Null)
    }
}
