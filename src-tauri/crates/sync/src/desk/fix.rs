//! What a person does to many failed deliveries at once, and what it would lead to, shown before it is done.

use std::collections::BTreeMap;

use leadferry_mapping::Mapping;
use leadferry_model::{DeliveryId, Record, SyncId};
use leadferry_store::Selection;
use serde::{Deserialize, Serialize};

use super::{Desk, Refusal};
use crate::engine::{Cancel, Engine};
use crate::error::Result;
use crate::events::Tag;
use crate::plan::End;

/// Deliveries replayed together.
const PAGE: u64 = 500;

/// What is to be changed before they go again.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum Fix {
    /// Nothing: try again as they are.
    Retry,
    /// The sync's mapping, such as a translation for one more value.
    Mapping {
        /// The whole new mapping.
        mapping: Mapping,
        /// What changed, in words.
        note: String,
    },
    /// Destination values for these deliveries only.
    Values {
        /// Field and value.
        values: Record,
    },
    /// These deliveries go without a destination field.
    LeaveOut {
        /// The field.
        field: String,
    },
}

/// What a fix would lead to, as far as mapping and described fields can tell. The destination has its own rules.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Effect {
    /// Would pass.
    pub pass: u64,
    /// Would still be refused, by cause, the most frequent first.
    pub refused: Vec<Refusal>,
}

impl Engine {
    /// Replays mapping and checks for a selection of one sync's deliveries under `fix`. Sends and changes nothing.
    pub async fn effect(
        &self,
        sync: &SyncId,
        selection: &Selection,
        fix: &Fix,
        cancel: &Cancel,
    ) -> Result<Effect> {
        let desk = Desk::open(&self.inner, sync).await?;
        let mapping = match fix {
            Fix::Mapping { mapping, .. } => Some(mapping.clone()),
            _ => None,
        };
        let rules = match mapping {
            Some(mapping) => desk.rules(Some(mapping)).await?,
            None => desk.live_rules().await?,
        };
        let batch = desk.batch(false);
        let mut effect = Effect::default();
        let mut refused: BTreeMap<String, Refusal> = BTreeMap::new();
        let mut after = DeliveryId(0);
        while !cancel.is_cancelled() {
            let (selection, id) = (selection.clone(), sync.clone());
            let page = self.inner.store.read(move |tx| tx.replayable(&id, &selection, after, PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = last.id;
            let mut claimed = Vec::with_capacity(page.len());
            for replay in page {
                let (edits, without) = changed(fix, replay.edits, replay.without_fields);
                claimed.push((desk.pretend(replay.lead, replay.link, edits, without), Ok(rules.clone())));
            }
            let plan = batch.plan(claimed).await?;
            effect.pass += plan.writes.len() as u64;
            for ended in plan.ended {
                match ended.end {
                    End::Synced(_) | End::Later(_) | End::Again(_) => effect.pass += 1,
                    End::Failed(sample) => {
                        let entry = refused.entry(sample.group_key());
                        entry.or_insert(Refusal { sample, count: 0 }).count += 1;
                    }
                }
            }
        }
        effect.refused = refused.into_values().collect();
        effect.refused.sort_by_key(|refusal| std::cmp::Reverse(refusal.count));
        Ok(effect)
    }

    /// Does it: changes what the fix says, and lets the selection go. Gives how many go.
    pub async fn apply(&self, sync: &SyncId, selection: Selection, fix: Fix) -> Result<u64> {
        let now = self.inner.now();
        let id = sync.clone();
        let released = self
            .inner
            .store
            .write(move |tx| {
                let reason = match &fix {
                    Fix::Retry => "tried again",
                    Fix::Mapping { mapping, note } => {
                        let json = serde_json::to_value(mapping).expect("BUG: a mapping always serialises");
                        let version = tx.save_mapping(now, &id, &json, note)?;
                        tx.publish_mapping(now, &id, version)?;
                        "mapping changed"
                    }
                    Fix::Values { values } => {
                        tx.edit_values(now, &selection, values)?;
                        "values edited"
                    }
                    Fix::LeaveOut { field } => {
                        tx.leave_out_field(now, &selection, field)?;
                        "field left out"
                    }
                };
                tx.release(now, &selection, reason, None)
            })
            .await?;
        self.selected(sync);
        Ok(released)
    }

    /// Leaves the selection out. Undone by [`Engine::unskip`].
    pub async fn skip(&self, sync: &SyncId, selection: Selection, reason: &str) -> Result<u64> {
        let (now, reason) = (self.inner.now(), reason.to_owned());
        let skipped = self.inner.store.write(move |tx| tx.skip(now, &selection, &reason)).await?;
        self.selected(sync);
        Ok(skipped)
    }

    /// Brings back what was left out.
    pub async fn unskip(&self, sync: &SyncId, selection: Selection) -> Result<u64> {
        let now = self.inner.now();
        let back = self.inner.store.write(move |tx| tx.unskip(now, &selection)).await?;
        self.selected(sync);
        Ok(back)
    }

    fn selected(&self, sync: &SyncId) {
        self.inner.events.tell([Tag::Deliveries { sync: sync.clone() }]);
        self.wake();
    }
}

fn changed(fix: &Fix, mut edits: Record, mut without: Vec<String>) -> (Record, Vec<String>) {
    match fix {
        Fix::Retry | Fix::Mapping { .. } => {}
        Fix::Values { values } => {
            for (field, value) in values.iter() {
                edits.set(field, value.clone());
            }
        }
        Fix::LeaveOut { field } => without.push(field.clone()),
    }
    (edits, without)
}
