//! From a claimed delivery to a write: map, find the record, read what it holds, leave out what may not or need not be written.
//!
//! Each stage takes jobs and gives back those that go on; one that ends on the way is put aside with its end. The stages ask
//! the destination at most once for a whole batch, never once for a lead.

pub(crate) mod current;
pub(crate) mod mapped;
pub(crate) mod rules;
pub(crate) mod target;

use std::sync::Arc;

use leadferry_connector::RemoteRecord;
use leadferry_mapping::Mapped;
use leadferry_model::{DeliveryId, Failure, Record, RecordId, Timestamp};
use leadferry_store::{Claimed, Json};
use serde::{Deserialize, Serialize};

pub(crate) use rules::Rules;

use crate::follow::{self, Moved};
use crate::settings::MatchBy;

/// One delivery on its way through a batch.
pub(crate) struct Job {
    pub(crate) claimed: Claimed,
    pub(crate) rules: Arc<Rules>,
    /// What the mapping made of the lead.
    pub(crate) mapped: Mapped,
    /// Of the mapped fields: equal to the link's, there is nothing to do.
    pub(crate) print: String,
    /// The record to write to, once known.
    pub(crate) target: Option<Target>,
    /// Records that turned out to be gone: never taken again in this batch.
    pub(crate) gone: Vec<RecordId>,
    /// The stored link pointed to a record that is gone.
    pub(crate) unlinked: bool,
    /// The record has become one of another object.
    pub(crate) moved: Option<Moved>,
    /// The index knows several records for one key.
    pub(crate) ambiguous: bool,
    /// The record as it is now, where it was read.
    pub(crate) current: Option<RemoteRecord>,
    /// What the written fields held before.
    pub(crate) before: Option<Record>,
}

/// Where a job writes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    /// A new record.
    Create,
    /// This one.
    Known {
        /// The destination's id.
        record: RecordId,
        /// How it was found.
        by: FoundBy,
    },
}

/// How a record was found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum FoundBy {
    /// The ledger remembers.
    Link,
    /// By a key of the person.
    Key(MatchBy),
    /// The destination refused a create and named this record.
    Conflict,
    /// The record it was has become this one.
    Moved,
}

impl FoundBy {
    /// The word kept with the link.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Key(MatchBy::LeadId) => "lead_id",
            Self::Key(MatchBy::Email) => "email",
            Self::Key(MatchBy::Phone) => "phone",
            Self::Conflict => "conflict",
            Self::Moved => follow::WORD,
        }
    }
}

/// How one delivery ended in this batch.
pub(crate) enum End {
    /// The destination has it.
    Synced(Synced),
    /// It did not pass; what follows is judged.
    Failed(Failure),
    /// It goes back untouched until this time.
    Later(Timestamp),
    /// This way could not do it, another one may: it goes again at once, and no attempt is spent.
    Again(Failure),
}

/// A delivery the destination has.
pub(crate) struct Synced {
    pub(crate) record: RecordId,
    /// Its object, where that is another than the delivery's.
    pub(crate) object: Option<&'static str>,
    pub(crate) url: Option<String>,
    pub(crate) created: bool,
    /// Nothing had to be written.
    pub(crate) unchanged: bool,
    pub(crate) by: &'static str,
    pub(crate) print: String,
    pub(crate) before: Option<Record>,
    pub(crate) written: Record,
}

/// A delivery that is through with this batch.
pub(crate) struct Ended {
    pub(crate) claimed: Claimed,
    pub(crate) rules: Option<Arc<Rules>>,
    pub(crate) warnings: Vec<Json>,
    /// The stored link must not be used any more.
    pub(crate) unlink: bool,
    /// The link must move.
    pub(crate) moved: Option<Moved>,
    pub(crate) end: End,
}

/// Kept before a create that is not idempotent: as long as it is there, the destination is asked before it is created again.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Intent {
    /// When the create was about to be sent.
    pub(crate) at: Timestamp,
}

impl Intent {
    /// As the ledger keeps it.
    pub(crate) fn kept(self) -> Json {
        serde_json::to_value(self).expect("BUG: an intent always serialises")
    }
}

impl Job {
    /// The order of writing: STOP first, then first come, first served.
    pub(crate) fn order(&self) -> (bool, DeliveryId) {
        (!self.claimed.urgent, self.claimed.id)
    }

    /// Ends the job.
    pub(crate) fn end(self, end: End) -> Ended {
        let warnings = mapped::warnings(&self.mapped);
        let Self { claimed, rules, unlinked, moved, .. } = self;
        Ended { claimed, rules: Some(rules), warnings, unlink: unlinked, moved, end }
    }

    /// Ends the job with a failure.
    pub(crate) fn fail(self, failure: Failure) -> Ended {
        self.end(End::Failed(failure))
    }

    /// The record it writes to, once known.
    pub(crate) fn record(&self) -> Option<&RecordId> {
        match &self.target {
            Some(Target::Known { record, .. }) => Some(record),
            Some(Target::Create) | None => None,
        }
    }

    /// Whether the record is one the ledger remembers.
    pub(crate) fn by_link(&self) -> bool {
        matches!(self.target, Some(Target::Known { by: FoundBy::Link, .. }))
    }

    /// The known record is gone: look again without it.
    pub(crate) fn lost_record(&mut self) {
        self.unlinked |= self.by_link();
        if let Some(Target::Known { record, .. }) = self.target.take() {
            self.gone.push(record);
        }
    }
}

/// A kept word as one of ours, so that an old link keeps saying how it was first found.
pub(crate) fn known_word(word: &str) -> &'static str {
    const WORDS: [&str; 7] = ["lead_id", "email", "phone", "created", "person", "conflict", follow::WORD];
    WORDS.into_iter().find(|known| *known == word).unwrap_or("link")
}
