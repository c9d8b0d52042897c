//! The search index: an older picture of an object's records.
//!
//! Vendors answer searches from an index that trails the records by moments up to half a minute. Here each change
//! waits in a queue until the asked-for lag has passed. The lag is read when searching, so that weather can change it.

use std::collections::{BTreeSet, HashMap, VecDeque};
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};

use super::exact::Exact;
use super::{Record, RecordNumber};

#[derive(Debug)]
struct Waiting {
    since: Timestamp,
    number: RecordNumber,
    /// `None` takes the record out of the index.
    version: Option<Arc<Record>>,
}

/// What searches see of one object.
#[derive(Debug, Default)]
pub(super) struct SearchIndex {
    seen: HashMap<RecordNumber, Arc<Record>>,
    by_change: BTreeSet<(Timestamp, RecordNumber)>,
    exact: HashMap<String, Exact>,
    waiting: VecDeque<Waiting>,
}

impl SearchIndex {
    /// Queues a new version of a record.
    pub(super) fn push(&mut self, since: Timestamp, number: RecordNumber, version: Option<Arc<Record>>) {
        self.waiting.push_back(Waiting { since, number, version });
    }

    /// How many changes wait, as a mark for [`SearchIndex::cut_back`].
    pub(super) fn mark(&self) -> usize {
        self.waiting.len()
    }

    /// Drops the changes queued after `mark`, which must be of the same request.
    pub(super) fn cut_back(&mut self, mark: usize) {
        self.waiting.truncate(mark);
    }

    /// Forgets a version that was taken back after a search of the same request had seen it.
    pub(super) fn put_back(&mut self, number: RecordNumber, before: Option<&Arc<Record>>) {
        let seen = self.seen.get(&number).map(|seen| seen.changed_at);
        let Some(seen) = seen.filter(|seen| before.is_none_or(|before| before.changed_at < *seen)) else {
            return;
        };
        self.by_change.remove(&(seen, number));
        self.seen.remove(&number);
        if let Some(before) = before.filter(|before| !before.is_archived()) {
            self.by_change.insert((before.changed_at, number));
            self.seen.insert(number, before.clone());
        }
    }

    /// Takes in every change older than `lag`.
    pub(super) fn catch_up(&mut self, now: Timestamp, lag: SignedDuration) {
        while self.waiting.front().is_some_and(|first| first.since + lag <= now) {
            let Some(Waiting { number, version, .. }) = self.waiting.pop_front() else { return };
            let old = match &version {
                Some(version) => {
                    self.by_change.insert((version.changed_at, number));
                    self.seen.insert(number, version.clone()).map(|old| (old, version.changed_at))
                }
                None => self.seen.remove(&number).map(|old| (old, Timestamp::MIN)),
            };
            for (field, exact) in &mut self.exact {
                exact.change(field, old.as_ref().map(|(old, _)| &**old), version.as_deref());
            }
            if let Some((old, kept)) = old
                && old.changed_at != kept
            {
                self.by_change.remove(&(old.changed_at, number));
            }
        }
    }

    /// The records last changed between two moments, both included, oldest change first.
    pub(super) fn changed_between(
        &self,
        from: Timestamp,
        to: Timestamp,
    ) -> impl Iterator<Item = &Arc<Record>> + use<'_> {
        // An empty range would panic, and a question like "after today, before yesterday" is one a caller may ask.
        let range = (from <= to).then(|| self.by_change.range((from, 0)..=(to, RecordNumber::MAX)));
        range.into_iter().flatten().filter_map(|(_, number)| self.seen.get(number))
    }

    /// The records that hold `value` in `field`, in order of number. The first question about a field goes through all
    /// records; later ones do not.
    pub(super) fn holding(
        &mut self,
        field: &str,
        value: &str,
        parts: fn(&str) -> Vec<String>,
    ) -> Vec<Arc<Record>> {
        let exact = self.exact.entry(field.to_owned()).or_insert_with(|| {
            let mut exact = Exact::new(parts);
            self.seen.values().for_each(|record| exact.change(field, None, Some(record)));
            exact
        });
        exact.holders(value).filter_map(|number| self.seen.get(&number)).cloned().collect()
    }
}
