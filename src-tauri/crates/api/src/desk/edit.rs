//! One delivery corrected by hand.

use leadferry_model::{DeliveryId, DeliveryState, Record, Value};
use leadferry_store::Selection as Picked;

use super::actions::release;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result};

impl App {
    /// Keeps typed values for one delivery only; an empty one takes the earlier edit back, and sends a left-out field again.
    pub async fn edit_delivery(&self, request: EditDelivery) -> Result<DeliveryView> {
        let (now, id) = (self.now(), DeliveryId(request.id));
        let state = self.store.read(move |tx| Ok(tx.delivery(id)?.row.state)).await?;
        if matches!(state, DeliveryState::Sending | DeliveryState::Synced | DeliveryState::Skipped) {
            return Err(Error::new(
                ErrorCode::Conflict,
                "This lead is on its way, arrived or left out, so its values cannot be changed now. Look at it again in a moment.",
            ));
        }
        let (back, typed): (Vec<Pair>, Vec<Pair>) =
            request.values.into_iter().partition(|pair| pair.value.trim().is_empty());
        let values: Record = typed.into_iter().map(|pair| (pair.name, Value::text(pair.value))).collect();
        let back: Vec<String> = back.into_iter().map(|pair| pair.name).collect();
        self.store
            .write(move |tx| {
                let picked = Picked::Deliveries(vec![id]);
                if !values.is_empty() {
                    tx.edit_values(now, &picked, &values)?;
                }
                if !back.is_empty() {
                    tx.take_back_edits(now, &picked, &back)?;
                }
                if request.retry {
                    let sync = tx.delivery(id)?.row.sync;
                    release(tx, now, &sync, &picked, "corrected", "After a correction")?;
                }
                Ok(())
            })
            .await?;
        self.went();
        self.delivery(DeliveryOf { id: request.id }).await
    }
}
