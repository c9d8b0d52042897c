//! What a person picked, as the ledger understands it, one sync at a time: each sync has its own mapping, run and pace.

use std::collections::BTreeMap;

use leadferry_model::{DeliveryId, RunId, SyncId};
use leadferry_store::{DeliveryFilter as Kept, Reader, Selection as Picked, StoreError};

use crate::types::{DeliveryFilter, Selection};

/// The filter of a list.
pub(super) fn filter(filter: &DeliveryFilter) -> Kept {
    Kept {
        sync: filter.sync.as_deref().map(SyncId::new),
        group: filter.group.clone(),
        states: filter.states.clone(),
        run: filter.run.map(|run| RunId(run.into())),
        text: filter.text.clone(),
        ..Kept::default()
    }
}

/// `selection` by sync.
pub(super) fn by_sync(tx: &Reader<'_>, selection: &Selection) -> Result<Vec<(SyncId, Picked)>, StoreError> {
    Ok(match selection {
        Selection::Group { sync, key } => {
            let sync = SyncId::new(sync);
            vec![(sync.clone(), Picked::Group { sync, group: key.clone() })]
        }
        Selection::Ids { ids } => {
            let mut syncs: BTreeMap<SyncId, Vec<DeliveryId>> = BTreeMap::new();
            for id in ids.iter().copied().map(DeliveryId) {
                syncs.entry(tx.delivery(id)?.row.sync).or_default().push(id);
            }
            syncs.into_iter().map(|(sync, ids)| (sync, Picked::Deliveries(ids))).collect()
        }
        Selection::Filter { filter: wanted } => {
            let wanted = filter(wanted);
            let syncs = tx.syncs()?.into_iter().map(|sync| sync.id);
            syncs
                .filter(|sync| wanted.sync.as_ref().is_none_or(|only| only == sync))
                .map(|sync| (sync.clone(), Picked::Filter(Kept { sync: Some(sync), ..wanted.clone() })))
                .collect()
        }
    })
}
