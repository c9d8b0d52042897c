//! One change that lets many leads pass: what it would lead to, then doing exactly that.

use leadferry_mapping::{Mapping, Rest, Rule, Source, Transform, Translation, diff};
use leadferry_model::{DeliveryState, ObjectSchema, Record, SyncId, Value};
use leadferry_store::Selection as Picked;
use leadferry_sync::Fix;
use serde_json::json;
use tokio_util::sync::CancellationToken;

use super::actions::release;
use super::select::by_sync;
use crate::explain::title;
use crate::home::count;
use crate::mappings::Editing;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

/// What can still be changed.
const OPEN: [DeliveryState; 3] = [DeliveryState::Failed, DeliveryState::Retrying, DeliveryState::Pending];

impl App {
    /// Shows what a fix would lead to. Nothing is changed or sent.
    pub async fn preview_fix(&self, request: FixRequest) -> Result<FixPreview> {
        let mut preview = FixPreview { leads: 0, pass: 0, other: Vec::new() };
        for (sync, picked) in self.parts(&request.selection).await? {
            let (fix, schema) = self.engine_fix(&sync, &request.fix).await?;
            let effect = self.engine.effect(&sync, &picked, &fix, &CancellationToken::new()).await?;
            let refused: u64 = effect.refused.iter().map(|refusal| refusal.count).sum();
            preview.leads += count(effect.pass + refused);
            preview.pass += count(effect.pass);
            let system = self.editing(&sync).await?.destination;
            preview.other.extend(effect.refused.iter().map(|refusal| {
                let count = count(refusal.count);
                Refusal { title: title(&refusal.sample, &system, Some(&schema), count), count }
            }));
        }
        Ok(preview)
    }

    /// Changes mapping or values, then lets the selection go as a run to watch.
    pub async fn apply_fix(&self, request: FixRequest) -> Result<BulkResult> {
        let mut done = BulkResult { count: 0, run: None };
        for (sync, picked) in self.parts(&request.selection).await? {
            let (fix, schema) = self.engine_fix(&sync, &request.fix).await?;
            let one = match fix {
                Fix::Mapping { mapping, .. } => {
                    self.change_mapping(&sync, picked, mapping, &request.fix, &schema).await?
                }
                Fix::Values { values } => self.change_deliveries(&sync, picked, Some(values), None).await?,
                Fix::LeaveOut { field } => self.change_deliveries(&sync, picked, None, Some(field)).await?,
                Fix::Retry => continue,
            };
            done = done.and(one);
        }
        self.went();
        self.host.changed(&[Tag::Mappings]);
        Ok(done)
    }

    async fn parts(&self, selection: &Selection) -> Result<Vec<(SyncId, Picked)>> {
        let selection = selection.clone();
        let parts = self
            .store
            .read(move |tx| {
                let mut parts = by_sync(tx, &selection)?;
                let mut kept = Vec::new();
                for part in parts.drain(..) {
                    if tx.count_selected(&part.1, &OPEN)? > 0 {
                        kept.push(part);
                    }
                }
                Ok(kept)
            })
            .await?;
        Ok(parts)
    }

    /// A fix as the engine understands it, for one sync.
    async fn engine_fix(&self, sync: &SyncId, fix: &GroupFix) -> Result<(Fix, ObjectSchema)> {
        let editing = self.editing(sync).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let fix = match fix {
            GroupFix::SetValue { field, value } => {
                let values: Record = [(field.clone(), Value::text(value))].into_iter().collect();
                Fix::Values { values }
            }
            GroupFix::LeaveOut { field } => Fix::LeaveOut { field: field.clone() },
            _ => {
                let mapping = changed(sent(&editing), fix)?;
                let note = diff(sent(&editing), &mapping, &schema).join("\n");
                Fix::Mapping { mapping, note }
            }
        };
        Ok((fix, schema))
    }

    /// Publishes the changed mapping. A draft somebody works on gets the same change and stays a draft.
    async fn change_mapping(
        &self,
        sync: &SyncId,
        picked: Picked,
        mapping: Mapping,
        fix: &GroupFix,
        schema: &ObjectSchema,
    ) -> Result<BulkResult> {
        let editing = self.editing(sync).await?;
        let note = diff(sent(&editing), &mapping, schema).join("\n");
        let fields = fix_field(fix).into_iter().collect::<Vec<_>>();
        let draft = match editing.unpublished && editing.live.is_some() {
            true => Some(changed(&editing.draft, fix)?),
            false => None,
        };
        let (now, sync) = (self.now(), sync.clone());
        let json =
            |mapping: &Mapping| serde_json::to_value(mapping).expect("BUG: a mapping always serialises");
        let (live, draft) = (json(&mapping), draft.as_ref().map(json));
        let done = self
            .store
            .write(move |tx| {
                let version = tx.save_mapping(now, &sync, &live, &note)?;
                tx.publish_mapping(now, &sync, version)?;
                if let Some(draft) = draft {
                    tx.save_mapping(now, &sync, &draft, "")?;
                }
                tx.record(
                    now,
                    "person",
                    "mapping.fixed",
                    sync.as_str(),
                    &json!({"version": version, "fields": fields}),
                )?;
                release(tx, now, &sync, &picked, "mapping changed", "After a fix of the mapping")
            })
            .await?;
        Ok(done)
    }

    async fn change_deliveries(
        &self,
        sync: &SyncId,
        picked: Picked,
        values: Option<Record>,
        without: Option<String>,
    ) -> Result<BulkResult> {
        let (now, sync) = (self.now(), sync.clone());
        let done = self
            .store
            .write(move |tx| {
                if let Some(values) = values {
                    tx.edit_values(now, &picked, &values)?;
                }
                if let Some(field) = without {
                    tx.leave_out_field(now, &picked, &field)?;
                }
                release(tx, now, &sync, &picked, "corrected", "After a correction")
            })
            .await?;
        Ok(done)
    }
}

/// What is sent; the draft where nothing is live yet.
fn sent(editing: &Editing) -> &Mapping {
    editing.live.as_ref().unwrap_or(&editing.draft)
}

fn fix_field(fix: &GroupFix) -> Option<String> {
    match fix {
        GroupFix::Translate { field, .. }
        | GroupFix::Default { field, .. }
        | GroupFix::Shorten { field, .. }
        | GroupFix::SetValue { field, .. }
        | GroupFix::LeaveOut { field } => Some(field.clone()),
        GroupFix::Region { .. } => None,
    }
}

/// `mapping` with a fix in it.
fn changed(mapping: &Mapping, fix: &GroupFix) -> Result<Mapping> {
    let mut mapping = mapping.clone();
    match fix {
        GroupFix::Translate { field, table } => translate(rule(&mut mapping, field)?, table),
        GroupFix::Default { field, value } => {
            match mapping.rules.iter_mut().find(|rule| rule.target == *field) {
                Some(rule) => {
                    rule.transforms.retain(|step| !matches!(step, Transform::DefaultIfBlank { .. }));
                    rule.transforms.push(Transform::DefaultIfBlank { value: Value::text(value) });
                }
                None => mapping.rules.push(Rule::new(field, Source::Fixed { value: Value::text(value) })),
            }
        }
        GroupFix::Shorten { field, limit } => {
            let rule = rule(&mut mapping, field)?;
            rule.transforms.retain(|step| !matches!(step, Transform::Truncate { .. }));
            rule.transforms.push(Transform::Truncate { length: *limit });
        }
        GroupFix::Region { region } => {
            mapping.defaults.region = Some(region.to_uppercase());
        }
        // These change deliveries, never the mapping.
        GroupFix::SetValue { .. } | GroupFix::LeaveOut { .. } => {}
    }
    Ok(mapping)
}

fn rule<'a>(mapping: &'a mut Mapping, field: &str) -> Result<&'a mut Rule> {
    mapping.rules.iter_mut().find(|rule| rule.target == field).ok_or_else(|| {
        Error::new(
            ErrorCode::Conflict,
            format!("The mapping no longer fills {field}. Open the mapping and match it first."),
        )
    })
}

fn translate(rule: &mut Rule, pairs: &[Pair]) {
    let at = rule.transforms.iter().position(|step| matches!(step, Transform::Translate { .. }));
    let at = at.unwrap_or_else(|| {
        rule.transforms.push(Transform::Translate { table: Vec::new(), rest: Rest::Keep });
        rule.transforms.len() - 1
    });
    if let Transform::Translate { table, .. } = &mut rule.transforms[at] {
        for pair in pairs {
            let same =
                |known: &Translation| known.from.trim().to_lowercase() == pair.name.trim().to_lowercase();
            table.retain(|known| !same(known));
            table.push(Translation { from: pair.name.clone(), to: pair.value.clone() });
        }
    }
}
