//! One file for whoever helps: versions, counts, lanes and causes, nothing personal and no secret.
//!
//! Built from named facts rather than by cutting secrets out of everything; redaction comes on top, for what slips in.

use leadferry_connector::redact;
use leadferry_model::DeliveryState;
use leadferry_store::{DeliveryFilter, Page, Reader, Selection, StoreError};
use serde_json::{Value, json};

use super::write_file;
use crate::types::{Nothing, ToFile};
use crate::{App, Error, ErrorCode, Result};

/// Runs and failure groups shown.
const SHOWN: u64 = 50;

impl App {
    /// Writes what helps to find a fault.
    pub async fn diagnostics(&self, request: ToFile) -> Result<Nothing> {
        let now = self.now();
        let about = self.about(Nothing {}).await?;
        let settings = self.kept_settings().await?;
        let mut ledger = self.store.read(move |tx| facts(tx, now)).await?;
        // Messages of vendors may quote a person's data: causes and codes say enough.
        redact::json(&mut ledger);
        let bundle = json!({
            "made_at": now.to_string(),
            "version": about.version,
            "system": {"os": std::env::consts::OS, "architecture": std::env::consts::ARCH},
            "secrets_kept_by": about.secrets,
            "ledger_bytes": about.ledger_bytes,
            "last_backup_at": about.last_backup_at,
            "connectors": self.connectors.iter().map(|connector| connector.spec().id).collect::<Vec<_>>(),
            "settings": {
                "keep_working": settings.keep_working,
                "retention_days": settings.retention_days,
                "region": settings.region,
                "receiver_port": settings.receiver_port,
                "receiver_has_public_address": settings.receiver_public_url.is_some(),
            },
            "receiver_listens_on": self.receiver_port().await,
            "practice_running": self.practices.lock().await.keys().cloned().collect::<Vec<_>>(),
            "ledger": ledger,
        });
        let text = serde_json::to_string_pretty(&bundle).map_err(|error| {
            Error::new(
                ErrorCode::Unexpected,
                format!("The facts could not be written down ({error}). Try again."),
            )
        })?;
        write_file(&request.path, redact::text(&text)).await?;
        self.store
            .write(move |tx| tx.record(now, "person", "diagnostics.exported", "ledger", &json!({})))
            .await?;
        Ok(Nothing {})
    }
}

fn facts(tx: &Reader<'_>, now: leadferry_model::Timestamp) -> Result<Value, StoreError> {
    let all = Selection::Filter(DeliveryFilter::default());
    let count = |state: DeliveryState| {
        Ok::<_, StoreError>((state.as_str().to_owned(), json!(tx.count_selected(&all, &[state])?)))
    };
    let states = [
        DeliveryState::Pending,
        DeliveryState::Sending,
        DeliveryState::Synced,
        DeliveryState::Retrying,
        DeliveryState::Failed,
        DeliveryState::Skipped,
    ];
    let deliveries = states.into_iter().map(count).collect::<Result<serde_json::Map<_, _>, _>>()?;
    let lanes = tx.closed_lanes(now)?.into_iter().map(|lane| {
        json!({
            "connection": lane.connection, "state": lane.state.as_str(), "since": lane.since.to_string(), "probes": lane.probes,
            "next_try_at": lane.next_try_at.map(|at| at.to_string()),
            "cause": lane.failure.as_ref().map(|failure| failure.kind.word()),
            "code": lane.failure.as_ref().map(|failure| failure.code.clone()),
        })
    });
    let connections = tx.connections()?.into_iter().map(|one| {
        json!({
            "id": one.id, "connector": one.connector, "role": one.role.as_str(), "state": one.state.as_str(),
            "checked_at": one.checked_at.map(|at| at.to_string()), "has_own_address": one.base_url.is_some(),
        })
    });
    let syncs = tx.syncs()?.into_iter().map(|sync| {
        json!({
            "id": sync.id, "source": sync.source, "destination": sync.destination, "object": sync.object,
            "state": sync.state.as_str(), "mode": sync.mode, "live_version": sync.live_version,
        })
    });
    let groups = tx.failure_groups(None, &[], Page::first(SHOWN))?.rows.into_iter().map(|group| {
        json!({"sync": group.sync, "cause": group.sample.kind.word(), "code": group.sample.code, "state": group.state.as_str()})
    });
    let runs = tx.runs(None, Page::first(SHOWN))?.rows.into_iter().map(|progress| {
        json!({
            "id": progress.run.id.0, "sync": progress.run.sync, "kind": progress.run.kind.as_str(),
            "started_at": progress.run.started_at.to_string(), "state": progress.state.as_str(),
        })
    });
    Ok(json!({
        "leads": tx.leads(None, Page::first(0))?.total,
        "deliveries": deliveries,
        "connections": connections.collect::<Vec<_>>(),
        "syncs": syncs.collect::<Vec<_>>(),
        "lanes": lanes.collect::<Vec<_>>(),
        "failure_groups": groups.collect::<Vec<_>>(),
        "runs": runs.collect::<Vec<_>>(),
        "audit_log": tx.verify_audit()?.broken_at.map_or("whole", |_| "broken"),
    }))
}
