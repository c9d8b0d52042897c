//! What a person does with a whole sync: settings, *Sync now*, pause, removal.

use jiff::tz::TimeZone;
use leadferry_model::{ConnectionId, LeadId, SyncId, Timestamp};
use leadferry_store::{RunKind, SavedSync, SyncState as State};
use leadferry_sync::settings::{MatchBy, Mode, RetrySchedule, Schedule, SyncSettings as Saved};
use serde_json::json;

use crate::types::*;
use crate::{App, Error, Result, Tag};
/// Leads put on their way in one transaction when a backlog is sent.
const BACKLOG_CHUNK: u64 = 2_000;
/// The record the link already names always comes first; a person orders the keys after it.
const RECORD_ID: &str = "record_id";

impl App {
    /// One sync with what a person may set on it.
    pub async fn sync_settings(&self, request: ById) -> Result<SyncSettings> {
        let home = self.home(Nothing {}).await?;
        let row = home
            .syncs
            .into_iter()
            .find(|row| row.id == request.id)
            .ok_or_else(|| Error::not_found("sync"))?;
        let id = SyncId::new(request.id);
        let sync = self.store.read(move |tx| tx.sync(&id)).await?;
        let saved = saved(&sync);
        Ok(SyncSettings {
            row,
            retry_minutes: saved.retries.waits().to_vec(),
            match_order: order_words(&saved.match_order),
        })
    }

    /// *Sync now*: everything that waits, also leads captured before the sync was switched on; or just the picked leads.
    pub async fn sync_now(&self, request: SyncNow) -> Result<Started> {
        let syncs = self.store.read(|tx| tx.syncs()).await?;
        let wanted: Vec<SavedSync> = match &request.id {
            Some(id) => syncs.into_iter().filter(|sync| sync.id.as_str() == id).collect(),
            None => syncs.into_iter().filter(|sync| sync.state == State::On).collect(),
        };
        if wanted.is_empty() {
            return Err(Error::new(
                crate::ErrorCode::Conflict,
                "No sync is on. Switch one on first, then sync.",
            ));
        }
        let mut runs = Vec::new();
        for sync in wanted {
            if sync.state == State::Draft {
                return Err(Error::new(
                    crate::ErrorCode::Conflict,
                    format!("“{}” is not live yet. Finish its setup, then sync.", sync.name),
                ));
            }
            let picked = (!request.leads.is_empty()).then(|| request.leads.iter().map(LeadId::new).collect());
            if picked.is_none() {
                runs.extend(self.send_backlog(&sync.id, u64::MAX).await?);
            }
            runs.push(self.engine.run_now(&sync.id, picked).await?.0);
        }
        let waiting = self.home(Nothing {}).await?.waiting;
        Ok(Started { runs: runs.into_iter().filter_map(|run| i32::try_from(run).ok()).collect(), waiting })
    }

    /// Puts at most `limit` leads on their way that were captured before the sync was switched on. Gives the run, if any went.
    pub(crate) async fn send_backlog(&self, sync: &SyncId, limit: u64) -> Result<Option<i64>> {
        let now = self.now();
        let (id, mut left) = (sync.clone(), limit);
        let first = left.min(BACKLOG_CHUNK);
        let (run, mut sent) = self
            .store
            .write(move |tx| {
                if tx.backlog(&id)? == 0 {
                    return Ok((None, 0));
                }
                let run = tx.start_run(now, &id, RunKind::Manual, "")?;
                Ok((Some(run), tx.enqueue_backlog(now, &id, run, first)?))
            })
            .await?;
        let Some(run) = run else { return Ok(None) };
        while sent > 0 {
            self.engine.wake();
            left = left.saturating_sub(sent);
            if left == 0 {
                break;
            }
            let (id, chunk) = (sync.clone(), left.min(BACKLOG_CHUNK));
            sent = self.store.write(move |tx| tx.enqueue_backlog(now, &id, run, chunk)).await?;
        }
        self.store
            .write(move |tx| {
                // A sync on a schedule or by hand keeps leads waiting; this run is the person's word to go.
                tx.gather(now, run)?;
                tx.seal_run(now, run)
            })
            .await?;
        self.engine.wake();
        Ok(Some(run.0))
    }

    /// Leads are accepted and kept, nothing is sent, until a moment or until resumed.
    pub async fn pause_sync(&self, request: PauseSync) -> Result<Changed> {
        let until = request.until.as_deref().map(str::parse::<Timestamp>).transpose();
        let until = until.map_err(|_| {
            Error::usage("The moment to go on at is not a time. Give it as 2026-11-20T17:00:00Z.")
        })?;
        self.set_syncs(request.id, State::On, State::Paused, until, "sync paused").await
    }

    /// Sends again.
    pub async fn resume_sync(&self, request: PauseSync) -> Result<Changed> {
        self.set_syncs(request.id, State::Paused, State::On, None, "sync resumed").await
    }

    async fn set_syncs(
        &self,
        id: Option<String>,
        from: State,
        to: State,
        until: Option<Timestamp>,
        word: &'static str,
    ) -> Result<Changed> {
        let now = self.now();
        let changed = self
            .store
            .write(move |tx| {
                let wanted = |sync: &SavedSync| id.as_deref().is_none_or(|id| sync.id.as_str() == id);
                let mut changed = 0;
                for sync in tx.syncs()?.into_iter().filter(wanted).filter(|sync| sync.state == from) {
                    tx.set_sync_state(&sync.id, to, until)?;
                    tx.record(now, "person", word, sync.id.as_str(), &json!({ "until": until }))?;
                    changed += 1;
                }
                Ok(changed)
            })
            .await?;
        self.engine.wake();
        self.host.changed(&[Tag::Syncs]);
        Ok(Changed { count: changed })
    }

    /// Changes a sync's name, mode, retry schedule or match order.
    pub async fn change_sync(&self, request: ChangeSync) -> Result<SyncSettings> {
        let now = self.now();
        let id = SyncId::new(&request.id);
        let mut sync = {
            let id = id.clone();
            self.store.read(move |tx| tx.sync(&id)).await?
        };
        let mut settings = saved(&sync);
        if let Some(name) = request.name {
            let name = name.trim();
            if name.is_empty() {
                return Err(Error::usage("A sync needs a name. Type one, then save."));
            }
            sync.name = name.to_owned();
        }
        if let Some(minutes) = request.retry_minutes {
            settings.retries = RetrySchedule::minutes(minutes);
        }
        if let Some(order) = request.match_order {
            settings.match_order = order.iter().filter_map(|word| match_by(word)).collect();
        }
        let new_mode = request.mode.map(|mode| engine_mode(&mode)).transpose()?;
        if let Some(mode) = &new_mode {
            sync.waits_for_run = mode.waits_for_run();
            sync.mode = serde_json::to_value(mode).expect("BUG: a mode serialises");
        }
        sync.settings = serde_json::to_value(&settings).expect("BUG: settings serialise");
        let saved = sync.clone();
        self.store
            .write(move |tx| {
                tx.save_sync(&saved)?;
                tx.record(now, "person", "sync changed", saved.id.as_str(), &json!({ "mode": saved.mode }))
            })
            .await?;
        if new_mode.is_some() {
            self.engine.reschedule(&id).await?;
        }
        self.host.changed(&[Tag::Syncs]);
        self.sync_settings(ById { id: request.id }).await
    }

    /// Takes a sync out with its deliveries and mapping. Leads, and records at the destination, stay.
    pub async fn delete_sync(&self, request: ById) -> Result<Nothing> {
        let (now, id) = (self.now(), SyncId::new(request.id));
        self.store
            .write(move |tx| {
                let name = tx.sync(&id)?.name;
                tx.remove_sync(&id)?;
                tx.record(now, "person", "sync deleted", id.as_str(), &json!({ "name": name }))
            })
            .await?;
        self.host.changed(&[Tag::Syncs, Tag::Deliveries, Tag::Failures]);
        Ok(Nothing {})
    }

    /// Tries a lane that waits, now.
    pub async fn try_lane(&self, request: ById) -> Result<Nothing> {
        self.engine.resume(&ConnectionId::new(request.id)).await?;
        Ok(Nothing {})
    }
}

pub(crate) fn saved(sync: &SavedSync) -> Saved {
    serde_json::from_value(sync.settings.clone()).unwrap_or_default()
}

/// The engine's words for a mode. A schedule that cannot be followed is refused while it is typed.
fn engine_mode(mode: &SyncMode) -> Result<Mode> {
    let SyncMode::Schedule { cron } = mode else {
        return Ok(if *mode == SyncMode::Manual { Mode::Manual } else { Mode::RealTime });
    };
    let zone = TimeZone::system().iana_name().unwrap_or("UTC").to_owned();
    let schedule = Schedule::Cron { pattern: cron.trim().to_owned(), zone };
    leadferry_sync::schedule::next_run(&schedule, Timestamp::UNIX_EPOCH).map_err(|error| {
        Error::usage(format!(
            "This schedule cannot be followed: {error}. Five fields are needed, such as 0 9 * * 1-5."
        ))
    })?;
    Ok(Mode::Scheduled { schedule })
}

fn match_by(word: &str) -> Option<MatchBy> {
    serde_json::from_value(json!(word)).ok()
}

fn order_words(order: &[MatchBy]) -> Vec<String> {
    let word = |by: &MatchBy| match by {
        MatchBy::LeadId => "lead_id",
        MatchBy::Email => "email",
        MatchBy::Phone => "phone",
    };
    std::iter::once(RECORD_ID).chain(order.iter().map(word)).map(str::to_owned).collect()
}
