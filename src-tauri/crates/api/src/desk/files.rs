//! Failed deliveries as a table to correct in a spreadsheet, and the corrected table back.
//!
//! One row is one refused field of one delivery. Only the last column is read back, so that nothing else can be changed by
//! accident.

use std::fs::File;
use std::path::PathBuf;

use leadferry_model::{DeliveryId, DeliveryState, Record, SyncId, Value};
use leadferry_sources::csv::{CsvOptions, ExportMode, Exporter, Rows as Lines};
use leadferry_store::{DeliveryFilter, DeliveryRow as Kept, Page, Selection as Picked};
use serde_json::json;

use super::actions::release;
use super::{Rows, faults, select};
use crate::home::count;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

const COLUMNS: [&str; 8] =
    ["Delivery", "Name", "Contact", "State", "Problem", "Field", "Refused value", "Corrected value"];
const PAGE: u64 = 500;
/// Broken lines told one by one.
const TOLD: usize = 500;

impl App {
    /// Writes a selection into a CSV file that a spreadsheet may open safely. Gives how many deliveries are in it.
    pub async fn export_deliveries(&self, request: ExportDeliveries) -> Result<Changed> {
        let path = PathBuf::from(&request.path);
        let mut out =
            Exporter::new(File::create(&path).map_err(unwritable)?, COLUMNS, ExportMode::Spreadsheet)
                .map_err(unwritable)?;
        let mut written = 0;
        let mut offset = 0;
        loop {
            let selection = request.selection.clone();
            let (rows, page, last) = self
                .store
                .read(move |tx| {
                    let (page, last) = match &selection {
                        Selection::Ids { ids } => {
                            let found = ids.iter().map(|id| Ok(tx.delivery(DeliveryId(*id))?.row));
                            (
                                found
                                    .collect::<std::result::Result<Vec<_>, leadferry_store::StoreError>>()?,
                                true,
                            )
                        }
                        other => {
                            let found = tx.deliveries(&wanted(other), Page { offset, limit: PAGE })?;
                            let last = offset + PAGE >= found.total;
                            (found.rows, last)
                        }
                    };
                    Ok((Rows::read(tx)?, page, last))
                })
                .await?;
            for kept in &page {
                for cells in lines(&rows, kept) {
                    out.write(cells.iter().map(String::as_str)).map_err(unwritable)?;
                }
            }
            written += page.len() as u64;
            offset += PAGE;
            if last {
                break;
            }
        }
        out.finish().and_then(|file| file.sync_all()).map_err(unwritable)?;
        let now = self.now();
        self.store
            .write(move |tx| {
                tx.record(
                    now,
                    "person",
                    "deliveries.exported",
                    "failed deliveries",
                    &json!({ "count": written }),
                )
            })
            .await?;
        self.host.changed(&[Tag::Audit]);
        Ok(Changed { count: count(written) })
    }

    /// Reads corrected values back and tries these deliveries again. Lines that cannot be used are told and change nothing.
    pub async fn import_corrections(&self, request: ImportCorrections) -> Result<Corrections> {
        let mut lines = Lines::from_path(&PathBuf::from(&request.path), &CsvOptions::default())
            .map_err(|error| Error::new(ErrorCode::File, error.to_string()))?;
        let [delivery, .., field, _, corrected] = COLUMNS;
        if [delivery, field, corrected]
            .iter()
            .any(|name| !lines.columns().iter().any(|column| column == name))
        {
            return Err(Error::new(
                ErrorCode::File,
                format!(
                    "This file lacks a column “{delivery}”, “{field}” or “{corrected}”. Export the failed leads again and correct that file."
                ),
            ));
        }
        let mut done = Corrections { count: 0, run: None, errors: Vec::new() };
        let mut edits: Vec<(u64, DeliveryId, Record)> = Vec::new();
        for line in lines.by_ref() {
            let row = match line {
                Ok(row) => row,
                Err(broken) => {
                    done.tell(broken.line, broken.fault.to_string(), broken.raw);
                    continue;
                }
            };
            let cells = &row.lead.fields;
            let Some(value) = cells.text(corrected) else { continue };
            let id = cells.text(delivery).and_then(|id| id.trim().parse().ok());
            let (Some(id), Some(name)) = (id, cells.text(field)) else {
                done.tell(
                    row.line,
                    "The delivery's number or the field is missing. Copy both from the exported file.".into(),
                    value,
                );
                continue;
            };
            let id = DeliveryId(id);
            let pair = (name, Value::text(value));
            match edits.iter_mut().rev().take(8).find(|(_, known, _)| *known == id) {
                Some((_, _, record)) => {
                    record.set(pair.0, pair.1);
                }
                None => edits.push((row.line, id, [pair].into_iter().collect())),
            }
        }
        let now = self.now();
        let (applied, gone) = self
            .store
            .write(move |tx| {
                let mut syncs: std::collections::BTreeMap<SyncId, Vec<DeliveryId>> =
                    std::collections::BTreeMap::new();
                let mut gone = Vec::new();
                for (line, id, values) in edits {
                    match tx.delivery(id) {
                        Ok(found)
                            if matches!(found.row.state, DeliveryState::Failed | DeliveryState::Retrying) =>
                        {
                            tx.edit_values(now, &Picked::Deliveries(vec![id]), &values)?;
                            syncs.entry(found.row.sync).or_default().push(id);
                        }
                        Ok(_) | Err(leadferry_store::StoreError::NotFound { .. }) => gone.push((line, id)),
                        Err(error) => return Err(error),
                    }
                }
                let mut applied = BulkResult { count: 0, run: None };
                for (sync, ids) in syncs {
                    let picked = Picked::Deliveries(ids);
                    applied = applied.and(release(
                        tx,
                        now,
                        &sync,
                        &picked,
                        "corrections imported",
                        "Corrected in a file",
                    )?);
                }
                Ok((applied, gone))
            })
            .await?;
        for (line, id) in gone {
            done.tell(
                line,
                format!("Delivery {id} does not wait for a correction any more. Nothing was changed."),
                String::new(),
            );
        }
        self.went();
        Ok(Corrections { count: applied.count, run: applied.run, ..done })
    }
}

impl Corrections {
    fn tell(&mut self, line: u64, reason: String, raw: String) {
        if self.errors.len() < TOLD {
            self.errors.push(BrokenRowView { line: count(line), reason, raw });
        }
    }
}

fn wanted(selection: &Selection) -> DeliveryFilter {
    match selection {
        Selection::Group { sync, key } => DeliveryFilter {
            sync: Some(SyncId::new(sync)),
            group: Some(key.clone()),
            ..DeliveryFilter::default()
        },
        Selection::Filter { filter } => select::filter(filter),
        Selection::Ids { .. } => DeliveryFilter::default(),
    }
}

fn lines(rows: &Rows, kept: &Kept) -> Vec<[String; 8]> {
    let row = rows.row(kept);
    let line = |field: String, value: String| {
        [
            row.id.to_string(),
            row.name.clone(),
            row.contact.clone(),
            row.state.as_str().to_owned(),
            row.problem.clone().unwrap_or_default(),
            field,
            value,
            String::new(),
        ]
    };
    let refused: Vec<_> = faults(kept.failure.as_ref())
        .iter()
        .map(|fault| line(fault.field.clone(), fault.value.clone().unwrap_or_default()))
        .collect();
    if refused.is_empty() { vec![line(String::new(), String::new())] } else { refused }
}

/// A file that cannot be written, for people.
pub(crate) fn unwritable(error: std::io::Error) -> Error {
    Error::new(
        ErrorCode::File,
        format!("The file could not be written ({error}). Choose another place, or free some space there."),
    )
}
