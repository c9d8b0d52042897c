//! Taking back what a request has done so far, for vendors that refuse a batch as a whole.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Crm, Record, RecordNumber};

/// What was there before a request.
#[derive(Debug, Default)]
pub(super) struct Journal {
    pub(super) before: Vec<(String, RecordNumber, Option<Arc<Record>>)>,
    marks: BTreeMap<String, usize>,
    /// How many changes there were.
    changes: usize,
}

impl Crm {
    /// Starts remembering, until [`Crm::keep`] or [`Crm::take_back`]; a part of a request may begin within it. Links made
    /// in between are not remembered: make them after keeping.
    pub(crate) fn begin(&mut self) {
        let marks = self.tables().map(|table| (table.object().to_owned(), table.index.mark())).collect();
        self.journals.push(Journal { before: Vec::new(), marks, changes: self.changes.len() });
    }

    /// Keeps what was done. What surrounds this part may still take it back.
    pub(crate) fn keep(&mut self) {
        let Some(done) = self.journals.pop() else { return };
        if let Some(around) = self.journals.last_mut() {
            around.before.extend(done.before);
        }
    }

    /// Takes back what was done since the innermost [`Crm::begin`].
    pub(crate) fn take_back(&mut self) {
        let Some(journal) = self.journals.pop() else { return };
        self.changes.truncate(journal.changes);
        for (object, number, before) in journal.before.into_iter().rev() {
            if let Some(table) = self.table_mut(&object) {
                table.index.put_back(number, before.as_ref());
                table.replace(number, before);
            }
        }
        for (object, mark) in journal.marks {
            if let Some(table) = self.table_mut(&object) {
                table.index.cut_back(mark);
            }
        }
    }
}
