//! The daily work: a copy of the ledger, forgetting what is old, asking connections whether they still work.

use jiff::SignedDuration;
use leadferry_failpoint::fail_point;
use leadferry_model::{ConnectionId, Timestamp};
use leadferry_store::{Connection, ConnectionState};
use serde_json::json;

use crate::connections::{FILE, RECEIVER};
use crate::types::ById;
use crate::{App, Result};

/// The setting that keeps when the daily work was done.
const KEPT: &str = "daily_work";
/// A day, with room for a computer that is switched on at about the same time.
const DAY: SignedDuration = SignedDuration::from_hours(22);

impl App {
    /// Does what is due: once a day the copy and the forgetting, each connection's check; and the webhooks that run out.
    pub async fn keep_house(&self) -> Result<()> {
        let now = self.now();
        let last = self.store.read(|tx| tx.setting(KEPT)).await?;
        let last: Option<Timestamp> = last.and_then(|last| serde_json::from_value(last).ok());
        if last.is_none_or(|last| now.duration_since(last) >= DAY) {
            // The copy first: it still has what is forgotten next.
            self.store.back_up_daily(now).await?;
            fail_point!("house.copied");
            let days = self.kept_settings().await?.retention_days;
            let keep = SignedDuration::from_hours(24 * i64::from(days));
            let before = now.checked_sub(keep).unwrap_or(Timestamp::MIN);
            self.store
                .write(move |tx| {
                    let forgotten = tx.forget_before(before)?;
                    tx.set_setting(KEPT, &json!(now))?;
                    if forgotten.leads + forgotten.deliveries > 0 {
                        let detail = json!({"leads": forgotten.leads, "deliveries": forgotten.deliveries});
                        tx.record(now, "leadferry", "history.forgotten", "ledger", &detail)?;
                    }
                    Ok(())
                })
                .await?;
        }
        for id in self.unchecked(now).await? {
            // Trouble is noted with the connection; the next one is asked all the same.
            if let Err(error) = self.check_connection(ById { id: id.to_string() }).await {
                tracing::warn!(connection.id = %id, code = ?error.code, "a connection could not be checked");
            }
        }
        self.tend_hooks().await
    }

    async fn unchecked(&self, now: Timestamp) -> Result<Vec<ConnectionId>> {
        let all = self.store.read(|tx| tx.connections()).await?;
        let due = |one: &Connection| {
            one.state == ConnectionState::Connected
                && ![FILE, RECEIVER].contains(&one.connector.as_str())
                && one.checked_at.is_none_or(|at| now.duration_since(at) >= DAY)
        };
        Ok(all.into_iter().filter(due).map(|one| one.id).collect())
    }
}
