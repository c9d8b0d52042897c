//! From draft to what is sent: the difference in words, who is tried again, and every version there was.

use leadferry_mapping::{Mapping, diff};
use leadferry_model::{Failure, FailureKind, ObjectSchema, SyncId};
use leadferry_store::{GroupState, Page, Reader, RunKind, Selection, StoreError};
use serde_json::json;

use super::Editing;
use crate::home::count;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

/// Groups looked at when a mapping is published. Nobody works with more open causes in one sync.
const GROUPS: u64 = 500;

impl App {
    /// What publishing the draft would change, and how many failed leads it would try again.
    pub async fn mapping_diff(&self, request: ById) -> Result<MappingDiff> {
        let editing = self.editing(&SyncId::new(request.id)).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let (id, changed) = (editing.sync.id.clone(), touched(&editing));
        let releases = self
            .store
            .read(move |tx| Ok(curable(tx, &id, &changed)?.iter().map(|(_, leads)| leads).sum::<u64>()))
            .await?;
        Ok(MappingDiff { changes: changes(&editing, &schema), releases: count(releases) })
    }

    /// Makes the draft what is sent, and tries again what failed for a cause the change may have cured.
    pub async fn publish_mapping(&self, request: ById) -> Result<MappingView> {
        let editing = self.editing(&SyncId::new(request.id.clone())).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        if editing.draft.rules.is_empty() {
            return Err(Error::new(
                ErrorCode::Conflict,
                "No field is matched yet, so there is nothing to send. Match at least one field, then publish.",
            ));
        }
        if let Err(problems) = leadferry_mapping::Compiled::new(&editing.draft, &schema) {
            let first = problems.into_iter().next().map(|problem| problem.message).unwrap_or_default();
            return Err(Error::new(ErrorCode::Conflict, first));
        }
        if editing.unpublished || editing.live.is_none() {
            self.put_live(&editing, &schema).await?;
        }
        self.mapping(request).await
    }

    async fn put_live(&self, editing: &Editing, schema: &ObjectSchema) -> Result<()> {
        let (now, id, changed) = (self.now(), editing.sync.id.clone(), touched(editing));
        let draft = serde_json::to_value(&editing.draft).expect("BUG: a mapping always serialises");
        let note = changes(editing, schema).join("\n");
        self.store
            .write(move |tx| {
                let version = tx.save_mapping(now, &id, &draft, &note)?;
                tx.publish_mapping(now, &id, version)?;
                let cured = curable(tx, &id, &changed)?;
                if !cured.is_empty() {
                    let run = tx.start_run(now, &id, RunKind::Retry, "Mapping published")?;
                    for (group, _) in cured {
                        tx.release(
                            now,
                            &Selection::Group { sync: id.clone(), group },
                            "mapping published",
                            Some(run),
                        )?;
                    }
                    tx.seal_run(now, run)?;
                }
                tx.record(
                    now,
                    "person",
                    "mapping.published",
                    id.as_str(),
                    &json!({"version": version, "fields": changed}),
                )
            })
            .await?;
        self.engine.wake();
        self.host.changed(&[
            Tag::Mappings,
            Tag::Syncs,
            Tag::Failures,
            Tag::Deliveries,
            Tag::Runs,
            Tag::Audit,
        ]);
        Ok(())
    }

    /// Every version, newest first; the draft has no date.
    pub async fn mapping_history(&self, request: ById) -> Result<Vec<MappingVersion>> {
        let id = SyncId::new(request.id);
        let (live, versions) =
            self.store.read(move |tx| Ok((tx.sync(&id)?.live_version, tx.mappings(&id)?))).await?;
        let row = |kept: leadferry_store::MappingVersion| MappingVersion {
            version: u32::try_from(kept.version).unwrap_or_default(),
            published_at: kept.published_at.map(|at| at.to_string()),
            live: live == Some(kept.version),
            note: kept.note,
        };
        Ok(versions.into_iter().map(row).collect())
    }
}

fn changes(editing: &Editing, schema: &ObjectSchema) -> Vec<String> {
    let before = editing.live.clone().unwrap_or_else(|| Mapping::empty(&editing.sync.object));
    diff(&before, &editing.draft, schema)
}

/// The destination fields whose value may be another one after publishing. A changed default may change any.
fn touched(editing: &Editing) -> Vec<String> {
    let targets =
        |mapping: &Mapping| mapping.rules.iter().map(|rule| rule.target.clone()).collect::<Vec<_>>();
    let Some(live) = &editing.live else { return targets(&editing.draft) };
    let mut all = targets(&editing.draft);
    all.extend(targets(live));
    all.sort();
    all.dedup();
    all.retain(|target| {
        live.defaults != editing.draft.defaults || live.rule(target) != editing.draft.rule(target)
    });
    all
}

/// Groups of a sync with a cause in one of `fields`, with the deliveries that stopped for it.
fn curable(
    tx: &Reader<'_>,
    sync: &SyncId,
    fields: &[String],
) -> std::result::Result<Vec<(String, u64)>, StoreError> {
    let open = [GroupState::Open, GroupState::Snoozed];
    let groups = tx.failure_groups(Some(sync), &open, Page::first(GROUPS))?.rows;
    let cured = groups
        .into_iter()
        .filter(|group| group.failed + group.retrying > 0 && concerns(&group.sample, fields));
    Ok(cured.map(|group| (group.group, group.failed + group.retrying)).collect())
}

fn concerns(failure: &Failure, fields: &[String]) -> bool {
    match &failure.kind {
        // Without a named field any change may be the cure.
        FailureKind::Invalid { fields: faults } if faults.is_empty() => !fields.is_empty(),
        FailureKind::Invalid { fields: faults } => faults.iter().any(|fault| fields.contains(&fault.field)),
        FailureKind::Conflict { field: Some(field), .. } => fields.contains(field),
        _ => false,
    }
}
