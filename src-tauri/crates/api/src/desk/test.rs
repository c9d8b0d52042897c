//! One lead tried through the draft: every field's way, the exact requests, and a real test record.

use leadferry_connector::Capability;
use leadferry_mapping::{MappedField, Mapping, SkipReason, Source, SourceField, normalised};
use leadferry_model::{DeliveryState, FieldKind, LeadId, ObjectSchema, Record, RecordId, SyncId, Value};
use leadferry_store::{DeliveryFilter, Page};
use leadferry_sync::{Preview, Try, Would};

use super::words_of_match;
use crate::explain::title;
use crate::mappings::Editing;
use crate::mappings::check::pairs;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

impl App {
    /// Shows what would happen to a lead. Reads at the destination, writes nothing.
    pub async fn test_mapping(&self, request: TestMapping) -> Result<TestResult> {
        let id = SyncId::new(request.sync);
        let editing = self.editing(&id).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let (what, source) = self.sample(&editing, &schema, request.sample).await?;
        let preview = self.engine.preview(&id, what, Some(editing.draft.clone()), true).await?;
        Ok(result(preview, &source, &editing.draft, &schema, &editing.destination))
    }

    /// Makes a real record from a sample. One that exists already is never changed.
    pub async fn send_test_record(&self, request: TestMapping) -> Result<TestRecord> {
        let id = SyncId::new(&request.sync);
        let editing = self.editing(&id).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let (_, source) = self.sample(&editing, &schema, request.sample).await?;
        let made = self.engine.send_test_record(&id, source, Some(editing.draft)).await?;
        let destination = editing.sync.destination;
        let connection = self.store.read(move |tx| tx.connection(&destination)).await?;
        let removable =
            self.connector(&connection.connector)?.spec().capabilities.contains(&Capability::Remove);
        self.host.changed(&[Tag::Audit]);
        Ok(TestRecord { sync: request.sync, record: made.record.to_string(), url: made.url, removable })
    }

    /// Removes a test record made here. Any other record is left alone.
    pub async fn remove_test_record(&self, record: TestRecord) -> Result<Nothing> {
        let id = SyncId::new(&record.sync);
        let sync = {
            let id = id.clone();
            self.store.read(move |tx| tx.sync(&id)).await?
        };
        let subject = format!("{} {}", sync.object, record.record);
        let made = self
            .store
            .read(move |tx| {
                let page = Page::first(500);
                Ok(tx
                    .audit(page)?
                    .rows
                    .into_iter()
                    .any(|entry| entry.action == "test_record.created" && entry.subject == subject))
            })
            .await?;
        if !made {
            return Err(Error::new(
                ErrorCode::Conflict,
                "This is not a test record Leadferry made lately, so it stays. Remove it in the CRM itself.",
            ));
        }
        let test = leadferry_sync::TestRecord {
            sync: id,
            connection: sync.destination,
            record: RecordId::new(record.record),
            url: record.url,
        };
        self.engine.remove_test_record(&test).await?;
        self.host.changed(&[Tag::Audit]);
        Ok(Nothing {})
    }

    async fn sample(
        &self,
        editing: &Editing,
        schema: &ObjectSchema,
        sample: Sample,
    ) -> Result<(Try, Record)> {
        let (sync, source) = (&editing.sync.id, editing.sync.source.clone());
        let lead = match sample {
            Sample::Typed { fields } => {
                let fields: Record =
                    fields.into_iter().map(|pair| (pair.name, Value::text(pair.value))).collect();
                return Ok((Try::Fields(fields.clone()), fields));
            }
            Sample::MadeUp => {
                let fields = made_up(&self.source_fields(&source).await?, &editing.draft, schema);
                return Ok((Try::Fields(fields.clone()), fields));
            }
            Sample::Lead { id } => Some(LeadId::new(id)),
            Sample::Recent { index } => {
                let upto = u64::from(index) + 1;
                let newest = self.store.read(move |tx| tx.newest_leads_of(&source, upto)).await?;
                newest.into_iter().nth(index as usize).map(|lead| lead.id)
            }
            Sample::LastFailed => {
                let failed = DeliveryFilter {
                    sync: Some(sync.clone()),
                    states: vec![DeliveryState::Failed],
                    ..DeliveryFilter::default()
                };
                let newest = self.store.read(move |tx| tx.deliveries(&failed, Page::first(1))).await?;
                newest.rows.into_iter().next().map(|row| row.lead)
            }
        };
        let Some(lead) = lead else {
            return Err(Error::new(
                ErrorCode::NotFound,
                "There is no such lead to test with yet. Use a made-up lead, or type one.",
            ));
        };
        let id = lead.clone();
        let fields = self.store.read(move |tx| Ok(tx.lead(&id)?.fields)).await?;
        Ok((Try::Lead(lead), fields))
    }
}

/// A person who does not exist, with reserved addresses and numbers (RFC 2606, Ofcom's numbers for drama). What goes to a list
/// of the destination is taken from real leads: a made-up value would be refused, and teach nothing.
fn made_up(sources: &[SourceField], mapping: &Mapping, schema: &ObjectSchema) -> Record {
    let value = |field: &SourceField| {
        let name = normalised(&field.name);
        if let Some(real) = listed(field, mapping, schema) {
            return real;
        }
        match field.kind {
            FieldKind::Email => "sam.sample@example.com".to_owned(),
            FieldKind::Phone => "+442079460018".into(),
            FieldKind::Url => "https://example.com".into(),
            FieldKind::Number | FieldKind::Money => "42".into(),
            FieldKind::Date => "2026-01-15".into(),
            FieldKind::DateTime => "2026-01-15T09:30:00Z".into(),
            FieldKind::Bool => "yes".into(),
            // Only a real value of a list is one the destination may know.
            FieldKind::Choice | FieldKind::MultiChoice | FieldKind::Owner => {
                field.samples.first().cloned().unwrap_or_default()
            }
            _ if name.contains("mail") => "sam.sample@example.com".into(),
            _ if name.contains("phone") || name.contains("mobile") => "+442079460018".into(),
            _ if name.contains("first") => "Sam".into(),
            _ if name.contains("last") => "Sample".into(),
            _ if name.contains("company") => "Example Ltd".into(),
            _ if name.contains("name") => "Sam Sample".into(),
            _ => "Example".into(),
        }
    };
    sources.iter().map(|field| (field.name.clone(), Value::text(value(field)))).collect()
}

/// A real value of a field that fills a list of the destination; one that the list has, if there is any.
fn listed(field: &SourceField, mapping: &Mapping, schema: &ObjectSchema) -> Option<String> {
    let fills = |source: &Source| matches!(source, Source::Field { name } if *name == field.name);
    let filled = mapping.rules.iter().filter(|rule| fills(&rule.source));
    let list =
        filled.filter_map(|rule| schema.field(&rule.target)).find(|target| !target.options.is_empty())?;
    let has = |sample: &&String| {
        list.options.iter().any(|option| {
            [&option.value, &option.label]
                .iter()
                .any(|known| known.to_lowercase() == sample.trim().to_lowercase())
        })
    };
    field.samples.iter().find(has).or(field.samples.first()).cloned()
}

fn result(
    preview: Preview,
    source: &Record,
    mapping: &Mapping,
    schema: &ObjectSchema,
    system: &str,
) -> TestResult {
    let (effect, words) = match &preview.would {
        Would::Create => ("create", format!("A new record would be made in {system}.")),
        Would::Update { record, matched_by } => (
            "update",
            format!("Record {record} in {system} would be updated, found {}.", words_of_match(matched_by)),
        ),
        Would::Nothing { record } => (
            "unchanged",
            format!("Record {record} in {system} has these values already. Nothing would be sent."),
        ),
        Would::Stop { failure } => {
            ("refused", format!("This lead would stop: {}.", title(failure, system, Some(schema), 1)))
        }
    };
    let label =
        |target: &str| schema.field(target).map_or_else(|| target.to_owned(), |field| field.label.clone());
    let warning = |(target, warning): (&str, &leadferry_mapping::Warning)| {
        format!("{}: {}", label(target), warning.message)
    };
    TestResult {
        words,
        effect: effect.into(),
        record_url: None,
        source: pairs(source),
        warnings: preview.mapped.warnings().map(warning).collect(),
        fields: preview
            .mapped
            .fields
            .iter()
            .map(|mapped| field(mapped, &preview, mapping, label(&mapped.target)))
            .collect(),
        requests: preview
            .requests
            .into_iter()
            .map(|one| request(one.method, one.url, one.headers, one.body))
            .collect(),
    }
}

fn field(mapped: &MappedField, preview: &Preview, mapping: &Mapping, label: String) -> TestField {
    let target = &mapped.target;
    let value = mapped.value.as_ref().map(ToString::to_string);
    let same = matches!(preview.would, Would::Nothing { .. });
    let now =
        if same { value.clone() } else { preview.current.as_ref().and_then(|current| current.text(target)) };
    let kept = preview
        .merged
        .as_ref()
        .and_then(|merged| merged.skipped.iter().find(|skipped| skipped.field == *target));
    let (change, why) = match (kept.map(|kept| kept.reason), &value) {
        (_, None) => ("none", None),
        _ if same => ("same", None),
        (Some(SkipReason::Same), _) => ("same", None),
        (Some(SkipReason::AlreadyFilled), _) => {
            ("keep", Some("The CRM has a value, and this field fills empty ones only."))
        }
        (Some(SkipReason::DestinationIsNewer), _) => {
            ("keep", Some("The CRM's record changed after the lead did."))
        }
        (Some(SkipReason::OnlyOnCreate), _) => {
            ("keep", Some("This field is written only when a record is made."))
        }
        (None, _) if now.as_ref().is_some_and(|now| !now.is_empty()) => ("change", None),
        (None, _) => ("add", None),
    };
    let mut notes: Vec<String> = mapped.warnings.iter().map(|warning| warning.message.clone()).collect();
    notes.extend(why.map(str::to_owned));
    TestField {
        target: target.clone(),
        label,
        source: mapping.rule(target).map(|rule| from(&rule.source)).unwrap_or_default(),
        steps: mapped
            .steps
            .iter()
            .map(|step| Pair { name: step.label.clone(), value: step.value.to_string() })
            .collect(),
        would_become: if change == "keep" { now.clone() } else { value },
        now,
        change: change.into(),
        note: (!notes.is_empty()).then(|| notes.join(" ")),
    }
}

fn from(source: &Source) -> String {
    match source {
        Source::Field { name } => name.clone(),
        Source::FirstOf { names } => format!("the first filled of {}", names.join(", ")),
        Source::Join { names, .. } => names.join(", "),
        Source::Fixed { value } => format!("the fixed value “{value}”"),
        Source::Formula { .. } => "a formula".into(),
        Source::When { .. } => "a condition".into(),
    }
}

/// A request for people, with the same as a command to paste. Secrets were masked before.
pub(super) fn request(
    method: String,
    url: String,
    headers: Vec<(String, String)>,
    body: String,
) -> RequestView {
    let mut curl = format!("curl -X {method} {}", quoted(&url));
    for (name, value) in &headers {
        curl.push_str(&format!(" \\\n  -H {}", quoted(&format!("{name}: {value}"))));
    }
    if !body.is_empty() {
        curl.push_str(&format!(" \\\n  --data-raw {}", quoted(&body)));
    }
    RequestView {
        method,
        url,
        headers: headers.into_iter().map(|(name, value)| Pair { name, value }).collect(),
        body,
        curl,
    }
}

/// For a POSIX shell.
fn quoted(text: &str) -> String {
    format!("'{}'", text.replace('\'', "'\\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pasted_command_cannot_run_anything_else() {
        let view = request("POST".into(), "https://example.com/x".into(), vec![], "it's $(here)".into());
        assert!(
            view.curl.ends_with(r"--data-raw 'it'\''s $(here)'"),
            "quotes close and open again: {}",
            view.curl
        );
    }
}
