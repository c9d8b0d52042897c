//! One delivery with its whole life, from captured to now.

use leadferry_connector::Exchange;
use leadferry_mapping::Compiled;
use leadferry_model::{DeliveryId, DeliveryState, Lead};
use leadferry_store::{Attempt, Capture, DeliveryDetail, LeadLife};

use super::{Rows, faults, test};
use crate::explain::{Context, explain, in_short};
use crate::mappings::read_version;
use crate::types::*;
use crate::{App, Result};

impl App {
    /// Everything about one delivery.
    pub async fn delivery(&self, request: DeliveryOf) -> Result<DeliveryView> {
        let id = DeliveryId(request.id);
        let (rows, detail, life, live) = self
            .store
            .read(move |tx| {
                let detail = tx.delivery(id)?;
                let life = tx.lead_life(&detail.row.lead)?;
                let live = match tx.sync(&detail.row.sync)?.live_version {
                    Some(version) => Some(tx.mapping(&detail.row.sync, version)?),
                    None => None,
                };
                Ok((Rows::read(tx)?, detail, life, live))
            })
            .await?;
        let kept = &detail.row;
        let schema = rows.schema(&kept.destination, &kept.object);
        let compiled = match (&live, schema) {
            (Some(live), Some(schema)) => Compiled::new(&read_version(live)?, schema).ok(),
            _ => None,
        };
        let destination = rows.connection(&kept.destination);
        let fails = matches!(kept.state, DeliveryState::Failed | DeliveryState::Retrying);
        let about = Context { connection: &destination.id, system: &destination.name, schema, leads: 1 };
        Ok(DeliveryView {
            row: rows.row(kept),
            sync: rows.sync(&kept.sync),
            group: kept.group.clone(),
            explained: kept.failure.as_ref().filter(|_| fails).map(|failure| explain(failure, &about)),
            timeline: timeline(&rows, &detail, &life),
            values: values(&rows, &detail, &life.lead, compiled.as_ref()),
            warnings: kept
                .warnings
                .iter()
                .filter_map(|warning| warning.get("message")?.as_str().map(str::to_owned))
                .collect(),
            destination,
        })
    }
}

fn values(
    rows: &Rows,
    detail: &DeliveryDetail,
    lead: &Lead,
    compiled: Option<&Compiled>,
) -> Vec<EditableValue> {
    let schema = rows.schema(&detail.row.destination, &detail.row.object);
    let mapped =
        compiled.map(|compiled| compiled.apply(&lead.fields)).map(|mapped| mapped.fields).unwrap_or_default();
    let mut targets: Vec<&str> = mapped.iter().map(|field| field.target.as_str()).collect();
    targets.extend(detail.edits.names());
    targets.extend(faults(detail.row.failure.as_ref()).iter().map(|fault| fault.field.as_str()));
    let mut seen = std::collections::HashSet::new();
    targets.retain(|target| seen.insert(*target));
    let refused = faults(detail.row.failure.as_ref());
    targets
        .into_iter()
        .map(|target| EditableValue {
            target: target.to_owned(),
            label: schema
                .and_then(|schema| schema.field(target))
                .map_or_else(|| target.to_owned(), |field| field.label.clone()),
            mapped: mapped
                .iter()
                .find(|field| field.target == target)
                .and_then(|field| {
                    field
                        .value
                        .as_ref()
                        .or(field.steps.last().map(|step| &step.value))
                        .or(field.source.as_ref())
                })
                .map(ToString::to_string),
            edited: detail.edits.text(target),
            problem: refused
                .iter()
                .find(|fault| fault.field == target)
                .and_then(|_| detail.row.failure.as_ref().map(|failure| in_short(failure, schema))),
            left_out: detail.without_fields.iter().any(|field| field == target),
        })
        .collect()
}

/// Captures, matches and attempts, oldest first.
pub(crate) fn timeline(rows: &Rows, detail: &DeliveryDetail, life: &LeadLife) -> Vec<TimelineEntry> {
    let kept = &detail.row;
    let mut entries = captures(rows, &life.captures);
    let linked =
        life.links.iter().filter(|link| link.connection == kept.destination && link.object == kept.object);
    entries.extend(linked.map(|link| {
        let text = format!(
            "Record {} in {}, {}.",
            link.record,
            rows.connection(&link.connection).name,
            super::words_of_match(&link.matched_by)
        );
        entry(link.linked_at, "matched", text)
    }));
    let schema = rows.schema(&kept.destination, &kept.object);
    entries.extend(detail.attempts.iter().map(|attempt| {
        let (kind, text) = words(attempt, &rows.connection(&kept.destination).name, schema);
        let (at, entry) = entry(attempt.at, kind, text);
        (at, TimelineEntry { exchanges: exchanges(attempt), ..entry })
    }));
    if kept.state == DeliveryState::Skipped {
        let reason = kept.skipped_reason.as_deref().unwrap_or("no reason given");
        entries.push(entry(kept.changed_at, "skipped", format!("Left out: {reason}.")));
    }
    if let Some(at) = detail.undone_at {
        entries.push(entry(at, "undone", "Taken back: the record is as it was before.".into()));
    }
    entries.sort_by_key(|entry| entry.0);
    entries.into_iter().map(|(_, entry)| entry).collect()
}

/// A lead's captures in words.
pub(crate) fn captures(
    rows: &Rows,
    captures: &[Capture],
) -> Vec<(leadferry_model::Timestamp, TimelineEntry)> {
    let words = |(position, capture): (usize, &Capture)| {
        let again = if position == 0 { "Captured" } else { "Captured again" };
        entry(
            capture.received_at,
            "captured",
            format!("{again} from {}.", rows.connection(&capture.source).name),
        )
    };
    captures.iter().enumerate().map(words).collect()
}

fn entry(
    at: leadferry_model::Timestamp,
    kind: &str,
    text: String,
) -> (leadferry_model::Timestamp, TimelineEntry) {
    (at, TimelineEntry { at: at.to_string(), kind: kind.into(), text, exchanges: Vec::new() })
}

fn words(
    attempt: &Attempt,
    system: &str,
    schema: Option<&leadferry_model::ObjectSchema>,
) -> (&'static str, String) {
    let why = attempt.failure.as_ref().map(|failure| in_short(failure, schema)).unwrap_or_default();
    let spent = if attempt.counted { "" } else { " No attempt was spent." };
    match attempt.outcome.as_str() {
        "synced" => ("synced", format!("Arrived in {system}.")),
        "unchanged" => ("synced", format!("{system} has these values already, so nothing was sent.")),
        "snoozed" => ("waited", format!("Waited: {why}.{spent}")),
        "retry" => ("attempt", format!("Tried, and it is tried again: {why}.{spent}")),
        "conflict" => {
            ("attempt", format!("{system} has this person already; the record found is updated instead."))
        }
        "left_out" => ("attempt", format!("Sent again without an optional field: {why}.")),
        "lost" => (
            "attempt",
            "The answer was lost. Leadferry looks whether it arrived before it sends again.".into(),
        ),
        _ => ("failed", format!("Stopped: {why}.")),
    }
}

fn exchanges(attempt: &Attempt) -> Vec<ExchangeView> {
    let read = |json: &leadferry_store::Json| serde_json::from_value::<Exchange>(json.clone()).ok();
    attempt
        .exchanges
        .iter()
        .filter_map(read)
        .map(|one| ExchangeView {
            request: test::request(one.method, one.url, Vec::new(), one.request),
            status: one.status,
            response: one.response,
            request_id: one.request_id,
            duration_ms: u32::try_from(one.duration_ms).unwrap_or(u32::MAX),
        })
        .collect()
}
