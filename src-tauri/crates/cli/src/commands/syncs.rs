//! Syncs: making, showing, pausing, going live.

use clap::{Args, Subcommand};
use leadferry_api::{
    ById, Changed, GoLive as GoLiveRequest, Home, MappingView, NewSync, Nothing, PauseSync, Started,
    SyncMode, SyncRow, SyncSettings, SyncState,
};

use super::running;
use crate::console_output::{alarming, calm};
use crate::exit::{Ended, Outcome};
use crate::find;
use crate::session::Session;
use crate::table::Table;

/// From where to where leads go
#[derive(Debug, Subcommand)]
pub(crate) enum Sync {
    /// Make a draft whose fields are matched by suggestion; nothing is sent yet
    Create(Create),
    /// List syncs
    List,
    /// Show one sync and its settings
    Show(Named),
    /// Keep leads back; they are still taken in
    Pause(Pause),
    /// Let leads go again
    Resume(OneOrAll),
    /// Delete a sync; records in the CRM stay
    Delete(Delete),
    /// Publish the mapping, switch the sync on, and send what is there
    GoLive(GoLive),
}

/// Makes a draft sync
#[derive(Debug, Args)]
#[command(
    after_help = "Example:\n  leadferry sync create \"leads.csv\" \"HubSpot\" --object contacts --name Website"
)]
pub(crate) struct Create {
    /// The source's name or id
    source: String,
    /// The destination's name or id
    destination: String,
    /// The object leads become; the CRM's first by default
    #[arg(long)]
    object: Option<String>,
    /// A name; made of both ends by default
    #[arg(long)]
    name: Option<String>,
}

/// A sync
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// The sync's name or id
    sync: String,
}

/// One sync or all
#[derive(Debug, Args)]
pub(crate) struct OneOrAll {
    /// The sync's name or id; all by default
    sync: Option<String>,
}

/// Pauses
#[derive(Debug, Args)]
pub(crate) struct Pause {
    /// The sync's name or id; all by default
    sync: Option<String>,
    /// Until then, such as 2026-12-24T08:00:00Z; until resumed by default
    #[arg(long, value_name = "TIME")]
    until: Option<String>,
}

/// Deletes
#[derive(Debug, Args)]
pub(crate) struct Delete {
    /// The sync's name or id
    sync: String,
    /// Yes, its deliveries and failures may go too
    #[arg(long)]
    yes: bool,
}

/// Goes live
#[derive(Debug, Args)]
pub(crate) struct GoLive {
    /// The sync's name or id
    sync: String,
    /// Send only so many leads now; the others wait for `leadferry run`
    #[arg(long, value_name = "LEADS")]
    first: Option<u32>,
    /// Do not wait until they are sent
    #[arg(long)]
    no_wait: bool,
}

impl Sync {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::Create(create) => create.run(session).await,
            Self::List => list(session).await,
            Self::Show(named) => show(session, &named.sync).await,
            Self::Pause(pause) => {
                let id = find::sync_id(&session.caller, pause.sync.as_deref()).await?;
                changed(session, "pause_sync", PauseSync { id, until: pause.until }, "paused").await
            }
            Self::Resume(one) => {
                let id = find::sync_id(&session.caller, one.sync.as_deref()).await?;
                changed(session, "resume_sync", PauseSync { id, until: None }, "resumed").await
            }
            Self::Delete(delete) => delete.run(session).await,
            Self::GoLive(go_live) => go_live.run(session).await,
        }
    }
}

impl Create {
    async fn run(self, session: &Session) -> Ended {
        let source = find::connection(&session.caller, &self.source).await?.id;
        let destination = find::connection(&session.caller, &self.destination).await?.id;
        let request = NewSync { name: self.name, source, destination, object: self.object };
        let view: MappingView = session.ask("create_sync", request).await?;
        session.out.answer(&view, || {
            format!(
                "Draft “{}”: {} fields are matched. `leadferry map show` shows them, `leadferry sync go-live` sends.\nId: {}",
                view.name,
                view.draft.rules.len(),
                view.sync
            )
        });
        Ok(Outcome::Done)
    }
}

impl Delete {
    async fn run(self, session: &Session) -> Ended {
        let sync = find::sync(&session.caller, &self.sync).await?;
        if !self.yes {
            return Err(leadferry_api::Error::usage(format!(
                "“{}” and what it knows about its deliveries would be deleted. Say --yes if that is meant.",
                sync.name
            )));
        }
        let gone: Nothing = session.ask("delete_sync", ById { id: sync.id }).await?;
        session
            .out
            .answer(&gone, || format!("“{}” is deleted. Records in the CRM stay as they are.", sync.name));
        Ok(Outcome::Done)
    }
}

impl GoLive {
    async fn run(self, session: &Session) -> Ended {
        let id = find::sync(&session.caller, &self.sync).await?.id;
        let started: Started = session.ask("go_live", GoLiveRequest { id, first: self.first }).await?;
        running::watch(session, &started, self.no_wait).await
    }
}

async fn changed(session: &Session, command: &str, request: PauseSync, word: &str) -> Ended {
    let changed: Changed = session.ask(command, request).await?;
    session.out.answer(&changed, || match changed.count {
        1 => format!("1 sync is {word}."),
        count => format!("{count} syncs are {word}."),
    });
    Ok(Outcome::Done)
}

async fn list(session: &Session) -> Ended {
    let home: Home = session.ask("home", Nothing {}).await?;
    session.out.answer(&home.syncs, || table(&home.syncs));
    Ok(Outcome::Done)
}

async fn show(session: &Session, typed: &str) -> Ended {
    let id = find::sync(&session.caller, typed).await?.id;
    let settings: SyncSettings = session.ask("sync_settings", ById { id }).await?;
    session.out.answer(&settings, || {
        let row = &settings.row;
        let minutes: Vec<String> = settings.retry_minutes.iter().map(u32::to_string).collect();
        let mut text = table(std::slice::from_ref(row));
        text.push_str(&format!(
            "\nFrom: {}\nTo: {}",
            row.source.connection.name, row.destination.connection.name
        ));
        if let Some(object) = &row.destination.object {
            text.push_str(&format!(", {object}"));
        }
        text.push_str(&format!("\nStarts: {}", mode(&row.mode)));
        text.push_str(&format!("\nTries again after: {} minutes", minutes.join(", ")));
        text.push_str(&format!("\nFinds people by: {}", settings.match_order.join(", ")));
        for excluded in &row.excluded {
            text.push_str(&format!("\nLeft out: {}, {}", excluded.count, excluded.reason));
        }
        text
    });
    Ok(Outcome::Done)
}

fn mode(mode: &SyncMode) -> String {
    match mode {
        SyncMode::RealTime => "as soon as a lead comes in".into(),
        SyncMode::Schedule { cron } => format!("at times ({cron})"),
        SyncMode::Manual => "when you say so".into(),
    }
}

/// Syncs with their counts.
pub(crate) fn table(syncs: &[SyncRow]) -> String {
    let mut table =
        Table::new(["Sync", "State", "Synced", "Waiting", "Retrying", "Failed", "Last synced", "Id"]);
    for row in syncs {
        let state = match row.state {
            SyncState::Draft => "draft".into(),
            SyncState::On => calm("on"),
            SyncState::Paused => alarming("paused"),
        };
        let failed = row.counts.failed.to_string();
        table.row([
            row.name.clone(),
            state,
            row.counts.synced.to_string(),
            (row.counts.pending + row.counts.sending).to_string(),
            row.counts.retrying.to_string(),
            if row.counts.failed > 0 { alarming(&failed) } else { failed },
            row.last_synced_at.clone().unwrap_or_else(|| "never".into()),
            row.id.clone(),
        ]);
    }
    table.text_or("No sync yet. `leadferry sync create` makes one.")
}
