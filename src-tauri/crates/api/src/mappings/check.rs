//! What the editor asks after every change. Nothing is kept and nobody outside is asked.

use leadferry_mapping::{Compatible, Compiled, Severity, check, compatibility, suggest};
use leadferry_model::{Record, SyncId};

use crate::types::*;
use crate::{App, Result};

/// Newest leads a person may step through.
pub(super) const SAMPLES: u64 = 200;

impl App {
    /// Looks at a mapping as it stands on screen.
    pub async fn check_mapping(&self, request: CheckMapping) -> Result<MappingCheck> {
        let id = SyncId::new(request.sync);
        let sync = self.store.read(move |tx| tx.sync(&id)).await?;
        let (schema, _) = self.schema(&sync.destination, &sync.object).await?;
        let sources = self.source_fields(&sync.source).await?;
        let history = self.matched_before().await?;
        let (source, upto) = (sync.source.clone(), SAMPLES.min(u64::from(request.sample) + 1));
        let newest = self.store.read(move |tx| tx.newest_leads_of(&source, upto)).await?;
        let sample =
            newest.into_iter().nth(request.sample as usize).map(|lead| lead.fields).unwrap_or_default();

        let mut problems = check(&request.mapping, &schema, &sources);
        problems.sort_by_key(|problem| problem.severity != Severity::Error);
        let mut values = Vec::new();
        match Compiled::new(&request.mapping, &schema) {
            Ok(compiled) => values = sample_values(&compiled, &sample),
            Err(more) => {
                let unseen: Vec<_> = more.into_iter().filter(|problem| !problems.contains(problem)).collect();
                problems.extend(unseen);
            }
        }
        let suggestions = suggest(&schema, &sources, &history)
            .into_iter()
            .filter(|suggestion| request.mapping.rule(&suggestion.target).is_none())
            .collect();
        let mut impossible = Vec::new();
        for source in &sources {
            for target in schema.fields.iter().filter(|field| !field.read_only) {
                let (why, with) = match compatibility(source, target) {
                    Compatible::Compatible => continue,
                    Compatible::PossibleWith { transforms } => {
                        let steps: Vec<_> =
                            transforms.iter().map(|step| format!("“{}”", step.label())).collect();
                        (format!("It fits with {}.", steps.join(" and ")), Some(transforms))
                    }
                    Compatible::Impossible { why } => (why, None),
                };
                impossible.push(Impossible {
                    source: source.name.clone(),
                    target: target.name.clone(),
                    why,
                    with,
                });
            }
        }
        Ok(MappingCheck { problems, suggestions, values, source_values: pairs(&sample), impossible })
    }

    /// The functions of the formula mode.
    pub async fn functions(&self, _: Nothing) -> Result<Vec<FunctionView>> {
        let view = |function: &leadferry_mapping::formula::Function| FunctionView {
            name: function.name.into(),
            signature: function.signature.into(),
            help: function.summary.into(),
            example: function.example.into(),
            gives: function.result.into(),
        };
        Ok(leadferry_mapping::formula::FUNCTIONS.iter().map(view).collect())
    }
}

fn sample_values(compiled: &Compiled, sample: &Record) -> Vec<SampleValue> {
    let mapped = compiled.apply(sample);
    let refusals = crate::desk::faults(mapped.failure.as_ref());
    mapped
        .fields
        .iter()
        .map(|field| {
            let mut notes: Vec<&str> =
                field.warnings.iter().map(|warning| warning.message.as_str()).collect();
            notes.extend(
                refusals
                    .iter()
                    .filter(|fault| fault.field == field.target)
                    .map(|fault| fault.detail.as_str()),
            );
            SampleValue {
                target: field.target.clone(),
                value: field.value.as_ref().map(ToString::to_string),
                warning: (!notes.is_empty()).then(|| notes.join(" ")),
            }
        })
        .collect()
}

/// Values by name, for a person to read.
pub(crate) fn pairs(record: &Record) -> Vec<Pair> {
    record.iter().map(|(name, value)| Pair { name: name.into(), value: value.to_string() }).collect()
}
