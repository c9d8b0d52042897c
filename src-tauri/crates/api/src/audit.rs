//! Whether the audit log is as it was written.

use crate::types::{AuditCheckView, Nothing};
use crate::{App, Result};

impl App {
    /// Follows the chain of the audit log from its oldest entry to its newest.
    pub async fn verify_audit(&self, _: Nothing) -> Result<AuditCheckView> {
        let check = self.store.read(|tx| tx.verify_audit()).await?;
        let text = match check.broken_at {
            None => format!("All {} entries of the audit log are as they were written.", check.entries),
            Some(entry) => format!(
                "Entry {entry} of the audit log was changed or taken out by something other than Leadferry. \
                 Compare it with an earlier backup to see what differs."
            ),
        };
        Ok(AuditCheckView {
            intact: check.broken_at.is_none(),
            entries: u32::try_from(check.entries).unwrap_or(u32::MAX),
            broken_at: check.broken_at.map(|entry| i32::try_from(entry).unwrap_or(i32::MAX)),
            text,
        })
    }
}
