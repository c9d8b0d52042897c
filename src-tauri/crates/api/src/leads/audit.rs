//! The audit log in words, and as a file with the check of its chain.

use std::fs::File;

use leadferry_sources::csv::{ExportMode, Exporter};
use leadferry_store::{AuditEntry, Page};

use crate::desk::deliveries::page;
use crate::desk::files::unwritable;
use crate::home::count;
use crate::types::*;
use crate::{App, Result};

/// Entries read together.
const PAGE: u64 = 1_000;

/// Every action there is, in words. An action that is not here is shown by its own name.
const WORDS: &[(&str, &str)] = &[
    ("configuration.exported", "Exported the configuration"),
    ("configuration.imported", "Imported a configuration"),
    ("connection.changed", "Changed a connection"),
    ("connection.connected", "Connected an account"),
    ("connection.disconnected", "Disconnected an account"),
    ("deliveries.edited", "Corrected leads"),
    ("deliveries.edits_taken_back", "Took corrections back"),
    ("deliveries.exported", "Exported failed leads"),
    ("deliveries.field_left_out", "Left a field out of leads"),
    ("deliveries.released", "Tried leads again"),
    ("deliveries.skipped", "Left leads out"),
    ("deliveries.unskipped", "Brought leads back"),
    ("diagnostics.exported", "Exported diagnostics"),
    ("file.imported", "Imported a file"),
    ("group.set", "Set a failure group"),
    ("history.forgotten", "Removed old history"),
    ("lead.erased", "Erased a person"),
    ("lead.exported", "Exported a person's data"),
    ("lead.test_sent", "Sent a test lead"),
    ("lead_id_field.created", "Created the Lead ID field"),
    ("lead_id_field.refused", "The CRM did not allow a Lead ID field"),
    ("ledger.backed_up", "Made a backup"),
    ("ledger.restored", "Restored a backup"),
    ("mapping.fixed", "Fixed a mapping"),
    ("mapping.published", "Published a mapping"),
    ("mapping.restored", "Brought an older mapping back"),
    ("mapping.saved", "Saved a mapping"),
    ("mapping.template_used", "Began a mapping from a template"),
    ("receiver.created", "Created a receiver"),
    ("record.converted", "Followed a converted record"),
    ("record.created", "Created a record"),
    ("record.updated", "Updated a record"),
    ("record.undone", "Took a record back"),
    ("run.cancelled", "Stopped a run"),
    ("settings.changed", "Changed settings"),
    ("sync changed", "Changed a sync"),
    ("sync created", "Created a sync"),
    ("sync deleted", "Deleted a sync"),
    ("sync went live", "Switched a sync on"),
    ("test_record.created", "Created a test record"),
    ("test_record.removed", "Removed a test record"),
];

impl App {
    /// A page of the audit log, newest first.
    pub async fn audit(&self, request: ListAudit) -> Result<Paged<AuditRow>> {
        let page = page(request.page);
        let found = self.store.read(move |tx| tx.audit(page)).await?;
        let row = |entry: AuditEntry| AuditRow {
            at: entry.at.to_string(),
            text: format!("{}: {}", words(&entry.action), entry.subject),
            actor: entry.actor,
            detail: entry.detail.to_string(),
        };
        Ok(Paged { total: count(found.total), rows: found.rows.into_iter().map(row).collect() })
    }

    /// Writes the whole log as CSV, with what the check of its chain found beside every entry.
    pub async fn export_audit(&self, request: ToFile) -> Result<Changed> {
        let columns = ["Id", "At", "Who", "What", "Action", "Subject", "Detail", "Hash", "Chain"];
        let file = File::create(&request.path).map_err(unwritable)?;
        let mut out = Exporter::new(file, columns, ExportMode::Spreadsheet).map_err(unwritable)?;
        let check = self.store.read(|tx| tx.verify_audit()).await?;
        let (mut offset, mut written) = (0, 0);
        loop {
            let found = self.store.read(move |tx| tx.audit(Page { offset, limit: PAGE })).await?;
            for entry in &found.rows {
                let whole = check.broken_at.is_none_or(|broken| entry.id < broken);
                let chain = if whole { "whole" } else { "changed afterwards" };
                let (id, at, detail) = (entry.id.to_string(), entry.at.to_string(), entry.detail.to_string());
                let what = words(&entry.action);
                out.write([
                    &*id,
                    &at,
                    &entry.actor,
                    what,
                    &entry.action,
                    &entry.subject,
                    &detail,
                    &entry.hash,
                    chain,
                ])
                .map_err(unwritable)?;
                written += 1;
            }
            offset += PAGE;
            if offset >= found.total {
                break;
            }
        }
        out.finish().and_then(|file| file.sync_all()).map_err(unwritable)?;
        Ok(Changed { count: written })
    }
}

fn words(action: &str) -> &str {
    WORDS.iter().find(|(known, _)| *known == action).map_or(action, |(_, words)| words)
}
