//! The values of a source field among all leads, for the translation table.

use std::collections::HashMap;

use leadferry_model::SyncId;

use crate::home::count;
use crate::types::*;
use crate::{App, Result};

/// Leads read together.
const PAGE: u64 = 1_000;
/// Leads looked at. Enough for every value that matters, and answered within a second or two.
const MOST_LEADS: usize = 50_000;
/// Values told apart. A field with more is no picklist.
const MOST_VALUES: usize = 500;

impl App {
    /// How often each value of a source field occurs, the most frequent first.
    pub async fn picklist_values(&self, request: PicklistOf) -> Result<PicklistView> {
        let id = SyncId::new(request.sync);
        let source = self.store.read(move |tx| Ok(tx.sync(&id)?.source)).await?;
        let mut counts: HashMap<String, u64> = HashMap::new();
        let (mut after, mut leads) = (None, 0);
        while leads < MOST_LEADS {
            let (from, last) = (source.clone(), after.take());
            let page = self.store.read(move |tx| tx.leads_of(&from, last.as_ref(), PAGE)).await?;
            let Some(last) = page.last() else { break };
            after = Some(last.id.clone());
            leads += page.len();
            for lead in &page {
                let value = lead.fields.text(&request.field).unwrap_or_default();
                if counts.len() < MOST_VALUES || counts.contains_key(&value) {
                    *counts.entry(value).or_default() += 1;
                }
            }
        }
        let mut values: Vec<Excluded> =
            counts.into_iter().map(|(reason, leads)| Excluded { reason, count: count(leads) }).collect();
        values
            .sort_by(|left, right| right.count.cmp(&left.count).then_with(|| left.reason.cmp(&right.reason)));
        Ok(PicklistView { values, leads: count(leads as u64) })
    }
}
