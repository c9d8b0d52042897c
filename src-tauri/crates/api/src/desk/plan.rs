//! What trying again would cost, said before it is done.

use leadferry_connector::{Settings, Window};

use super::actions::RETRIED;
use super::select::by_sync;
use crate::home::count;
use crate::types::*;
use crate::{App, Result};

/// How long one write call takes, in tenths of a second: a quick answer, and a slow one.
const CALL_TENTHS: (u64, u64) = (2, 20);

impl App {
    /// Calls, time and share of the day's limit of a retry.
    pub async fn plan_retry(&self, selection: Selection) -> Result<RetryPlan> {
        let now = self.now();
        let parts = self
            .store
            .read(move |tx| {
                let mut parts = Vec::new();
                for (sync, picked) in by_sync(tx, &selection)? {
                    let sync = tx.sync(&sync)?;
                    let connection = tx.connection(&sync.destination)?;
                    parts.push((sync.object, connection, tx.count_selected(&picked, &RETRIED)?));
                }
                Ok(parts)
            })
            .await?;
        let mut plan = RetryPlan { leads: 0, calls: 0, seconds_min: 0, seconds_max: 0, quota_share: None };
        for (object, connection, leads) in parts.into_iter().filter(|(_, _, leads)| *leads > 0) {
            let spec = self.connector(&connection.connector)?.spec();
            let batch = spec.object(&object).map_or(1, |object| object.batch.max(1)) as u64;
            let calls = leads.div_ceil(batch);
            let settings = plain(&connection);
            // The narrowest window decides: what fits into the first one goes at once.
            let paced = spec.limits.iter().filter_map(|limit| match limit.window {
                Window::Seconds(seconds) => Some(
                    calls.saturating_sub(1) / u64::from(limit.most(&settings).max(1)) * u64::from(seconds),
                ),
                Window::Day => None,
            });
            let paced = paced.max().unwrap_or_default();
            plan.leads += count(leads);
            plan.calls += count(calls);
            plan.seconds_min += count(paced.max((calls * CALL_TENTHS.0).div_ceil(10)).max(1));
            plan.seconds_max += count(paced + (calls * CALL_TENTHS.1).div_ceil(10));
            plan.quota_share = match (plan.quota_share, self.share(&connection, calls, now)) {
                (Some(one), Some(other)) => Some(one.max(other)),
                (one, other) => one.or(other),
            };
        }
        Ok(plan)
    }

    fn share(
        &self,
        connection: &leadferry_store::Connection,
        calls: u64,
        now: leadferry_model::Timestamp,
    ) -> Option<f64> {
        let spec = self.connector(&connection.connector).ok()?.spec();
        let day = spec.limits.iter().find(|limit| limit.window == Window::Day)?;
        let known = self.quota(&connection.id, now).into_iter().find(|quota| quota.bucket == day.bucket);
        let left = known.map_or(day.most(&plain(connection)), |quota| quota.left);
        Some(if left == 0 { 1.0 } else { (calls as f64 / f64::from(left)).min(1.0) })
    }
}

/// What the person set, as far as limits depend on it.
fn plain(connection: &leadferry_store::Connection) -> Settings {
    let plain = serde_json::from_value(connection.settings.clone()).unwrap_or_default();
    Settings { plain, ..Settings::default() }
}
