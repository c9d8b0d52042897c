//! A file that is being taken in, as the window asks about it.

use std::sync::Mutex;

use leadferry_sync::{Cancel, Progress};

use super::small;
use crate::types::ImportProgress;

/// One import, from its beginning until the process ends.
pub(crate) struct Import {
    pub(crate) cancel: Cancel,
    progress: Mutex<ImportProgress>,
}

impl Import {
    pub(crate) fn new(source: &str) -> Self {
        let progress = ImportProgress {
            import: uuid::Uuid::new_v4().to_string(),
            source: source.into(),
            rows: 0,
            new: 0,
            merged: 0,
            repeated: 0,
            broken: 0,
            done: false,
            problem: None,
        };
        Self { cancel: Cancel::new(), progress: Mutex::new(progress) }
    }

    pub(crate) fn progress(&self) -> ImportProgress {
        self.progress.lock().expect("BUG: nothing panics while it is held").clone()
    }

    /// A chunk is in.
    pub(crate) fn came(&self, so_far: Progress) {
        let mut progress = self.progress.lock().expect("BUG: nothing panics while it is held");
        progress.rows = small(so_far.tally.total() + so_far.broken);
        progress.new = small(so_far.tally.new);
        progress.merged = small(so_far.tally.merged);
        progress.repeated = small(so_far.tally.repeated);
        progress.broken = small(so_far.broken);
    }

    /// It is over, by itself or because of `problem`.
    pub(crate) fn ended(&self, problem: Option<String>) {
        let mut progress = self.progress.lock().expect("BUG: nothing panics while it is held");
        progress.done = problem.is_none();
        progress.problem = problem;
    }
}
