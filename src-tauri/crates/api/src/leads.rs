//! People, runs and the audit log.

mod audit;
mod runs;

use std::fs;
use std::path::Path;

use leadferry_model::{Lead, LeadId};
use leadferry_store::{DeliveryFilter, Link, Page, Reader, StoreError};
use serde_json::json;

use crate::desk::deliveries::page;
use crate::desk::delivery::timeline;
use crate::desk::files::unwritable;
use crate::desk::{Rows, words_of_match};
use crate::home::count;
use crate::mappings::check::pairs;
use crate::types::*;
use crate::{App, Result, Tag};

impl App {
    /// A page of people, newest first.
    pub async fn leads(&self, request: ListLeads) -> Result<Paged<LeadRow>> {
        let page = page(request.page);
        let paged = self
            .store
            .read(move |tx| {
                let rows = Rows::read(tx)?;
                let source = request.source.as_deref().map(leadferry_model::ConnectionId::new);
                let found = tx.find_leads(request.text.as_deref(), source.as_ref(), page)?;
                let people = found
                    .rows
                    .iter()
                    .map(|lead| row(tx, &rows, lead))
                    .collect::<std::result::Result<_, _>>()?;
                Ok(Paged { total: count(found.total), rows: people })
            })
            .await?;
        Ok(paged)
    }

    /// One person's whole life.
    pub async fn lead(&self, request: ById) -> Result<LeadView> {
        let id = LeadId::new(request.id);
        let view = self
            .store
            .read(move |tx| {
                let (rows, life) = (Rows::read(tx)?, tx.lead_life(&id)?);
                let mut entries: Vec<TimelineEntry> = Vec::new();
                for kept in &life.deliveries.rows {
                    entries.extend(timeline(&rows, &tx.delivery(kept.id)?, &life));
                }
                if life.deliveries.rows.is_empty() {
                    entries.extend(
                        crate::desk::delivery::captures(&rows, &life.captures)
                            .into_iter()
                            .map(|(_, entry)| entry),
                    );
                }
                entries.sort_by(|left, right| {
                    (&left.at, &left.kind, &left.text).cmp(&(&right.at, &right.kind, &right.text))
                });
                // Captures and matches are part of every delivery's life, but happened once.
                entries.dedup_by(|right, left| {
                    (&left.at, &left.kind, &left.text) == (&right.at, &right.kind, &right.text)
                });
                Ok(LeadView {
                    row: row(tx, &rows, &life.lead)?,
                    fields: pairs(&life.lead.fields),
                    links: life.links.iter().map(|link| link_view(&rows, link)).collect(),
                    timeline: entries,
                    deliveries: life.deliveries.rows.iter().map(|kept| rows.row(kept)).collect(),
                })
            })
            .await?;
        Ok(view)
    }

    /// Writes everything the ledger keeps of a person: JSON at the path, and the same to read beside it as text.
    pub async fn export_person(&self, request: ExportPerson) -> Result<Nothing> {
        let id = LeadId::new(&request.id);
        let kept = self.store.read(move |tx| tx.export_lead(&id)).await?;
        let view = self.lead(ById { id: request.id.clone() }).await?;
        let json = serde_json::to_string_pretty(&kept).expect("BUG: JSON always serialises");
        let path = Path::new(&request.path);
        fs::write(path, json).map_err(unwritable)?;
        fs::write(path.with_extension("txt"), readable(&view)).map_err(unwritable)?;
        let now = self.now();
        self.store
            .write(move |tx| {
                tx.record(now, "person", "lead.exported", &format!("lead {}", request.id), &json!({}))
            })
            .await?;
        self.host.changed(&[Tag::Audit]);
        Ok(Nothing {})
    }

    /// Erases a person here, and says what stays elsewhere.
    pub async fn erase_person(&self, request: ById) -> Result<Erased> {
        let (now, id) = (self.now(), LeadId::new(request.id));
        let stays: Vec<LinkView> = self
            .store
            .write(move |tx| {
                let rows = Rows::read(tx)?;
                let links = tx.links_of(&id)?.iter().map(|link| link_view(&rows, link)).collect();
                tx.erase_lead(now, &id)?;
                Ok(links)
            })
            .await?;
        self.host.changed(&[Tag::Leads, Tag::Deliveries, Tag::Failures, Tag::Audit]);
        let text = match stays.as_slice() {
            [] => "Everything about this person is erased here. Nothing was found elsewhere.".to_owned(),
            some => {
                let places: Vec<_> = some
                    .iter()
                    .map(|link| format!("record {} in {}", link.record, link.connection.name))
                    .collect();
                format!(
                    "Everything about this person is erased here. Still there: {}. Erase these in the CRM itself.",
                    places.join(", ")
                )
            }
        };
        Ok(Erased { text, stays })
    }
}

fn row(tx: &Reader<'_>, rows: &Rows, lead: &Lead) -> std::result::Result<LeadRow, StoreError> {
    let own = DeliveryFilter { lead: Some(lead.id.clone()), ..DeliveryFilter::default() };
    let latest = tx.deliveries(&own, Page::first(1))?.rows.into_iter().next();
    let shown = lead
        .name
        .clone()
        .filter(|name| !name.is_empty())
        .or_else(|| lead.email.clone())
        .or_else(|| lead.phone.clone());
    Ok(LeadRow {
        id: lead.id.to_string(),
        name: shown.unwrap_or_else(|| "No name".into()),
        email: lead.email.clone(),
        phone: lead.phone.clone(),
        source: rows.connection(&lead.source),
        captured_at: lead.captured_at.to_string(),
        state: latest.as_ref().map(|kept| kept.state),
        record_url: latest.and_then(|kept| kept.url),
    })
}

fn link_view(rows: &Rows, link: &Link) -> LinkView {
    LinkView {
        connection: rows.connection(&link.connection),
        record: link.record.to_string(),
        url: link.url.clone(),
        matched_by: words_of_match(&link.matched_by).into(),
        linked_at: link.linked_at.to_string(),
    }
}

fn readable(view: &LeadView) -> String {
    let mut text = format!(
        "{}\nCaptured {} from {}\n\nWhat was captured\n",
        view.row.name, view.row.captured_at, view.row.source.name
    );
    for field in &view.fields {
        text.push_str(&format!("{}: {}\n", field.name, field.value));
    }
    text.push_str("\nRecords elsewhere\n");
    for link in &view.links {
        text.push_str(&format!("{} in {}, {}\n", link.record, link.connection.name, link.matched_by));
    }
    text.push_str("\nWhat happened\n");
    for entry in &view.timeline {
        text.push_str(&format!("{}  {}\n", entry.at, entry.text));
    }
    text
}
