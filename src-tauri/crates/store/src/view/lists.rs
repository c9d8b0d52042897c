//! Plain lists: runs and the audit log.

use leadferry_model::SyncId;

use crate::column::Columns;
use crate::view::page::{Page, Rows};
use crate::{AuditEntry, Reader, RunProgress, StoreError};

impl Reader<'_> {
    /// A page of runs with their progress, newest first.
    pub fn runs(&self, sync: Option<&SyncId>, page: Page) -> Result<Rows<RunProgress>, StoreError> {
        let sync = sync.map(|sync| sync.as_str().to_owned());
        let from = if sync.is_some() { "runs WHERE sync_id = ?1" } else { "runs WHERE ?1 IS NULL" };
        let ids = self.page("id", from, "id DESC", vec![sync.into()], page, |row| row.get::<_, i64>("id"))?;
        let rows = ids.rows.into_iter().map(|id| self.run_progress(leadferry_model::RunId(id)));
        Ok(Rows { rows: rows.collect::<Result<_, _>>()?, total: ids.total })
    }

    /// A page of the audit log, newest first.
    pub fn audit(&self, page: Page) -> Result<Rows<AuditEntry>, StoreError> {
        self.page(
            "id, at, actor, action, subject, detail, hash",
            "audit",
            "id DESC",
            Vec::new(),
            page,
            |row| {
                Ok(AuditEntry {
                    id: row.get("id")?,
                    at: row.moment("at")?,
                    actor: row.get("actor")?,
                    action: row.get("action")?,
                    subject: row.get("subject")?,
                    detail: row.json("detail")?,
                    hash: row.get("hash")?,
                })
            },
        )
    }
}
