//! What did not get through: groups by cause, one group's leads, trying again, leaving out, corrections by file.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use leadferry_api::{
    BulkResult, Changed, DeliveryFilter, DeliveryRow, Error, ErrorDesk, ExportDeliveries, FailureFilter,
    GroupView, ImportCorrections, ListDeliveries, PageOf, Paged, Selection, Skip as SkipRequest,
};
use leadferry_model::DeliveryState;
use serde_json::json;

use super::fields::shortened;
use super::fixing::Fix;
use crate::console_output::alarming;
use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::table::Table;
use crate::{find, folder, progress};

/// What did not get through
#[derive(Debug, Subcommand)]
pub(crate) enum Failures {
    /// List failures by cause
    List(OfSync),
    /// Show one cause and its leads
    Show(Show),
    /// Try leads again
    Retry(Retry),
    /// Leave leads out
    Skip(Skip),
    /// Change the mapping or values so that a group passes, and try it again
    Fix(Fix),
    /// Write failed leads to a CSV file, to correct them there
    Export(Export),
    /// Read the corrected file and try those leads again
    Import(Import),
}

/// Of one sync or all
#[derive(Debug, Args)]
pub(crate) struct OfSync {
    /// Only this sync
    #[arg(long)]
    sync: Option<String>,
    /// Also groups that were set aside
    #[arg(long)]
    all: bool,
}

/// Which failed leads
#[derive(Debug, Args)]
pub(crate) struct Which {
    /// The failure group's key, or its beginning
    #[arg(required_unless_present_any = ["delivery", "all"], conflicts_with_all = ["delivery", "all"])]
    group: Option<String>,
    /// These deliveries, by number
    #[arg(long, value_name = "NUMBER", conflicts_with = "all")]
    delivery: Vec<i64>,
    /// All failed leads
    #[arg(long)]
    all: bool,
    /// Only of this sync
    #[arg(long)]
    sync: Option<String>,
}

/// Shows a group
#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The failure group's key, or its beginning
    group: String,
    /// Only of this sync
    #[arg(long)]
    sync: Option<String>,
    /// How many leads to list
    #[arg(long, default_value_t = 50)]
    limit: u32,
}

/// Tries again
#[derive(Debug, Args)]
pub(crate) struct Retry {
    #[command(flatten)]
    which: Which,
    /// Do not wait until they are sent
    #[arg(long)]
    no_wait: bool,
}

/// Leaves out
#[derive(Debug, Args)]
pub(crate) struct Skip {
    #[command(flatten)]
    which: Which,
    /// Why, for the log
    #[arg(long)]
    reason: String,
}

/// Exports
#[derive(Debug, Args)]
pub(crate) struct Export {
    #[command(flatten)]
    which: Which,
    /// The file to write
    #[arg(long, value_name = "FILE")]
    to: PathBuf,
}

/// Imports corrections
#[derive(Debug, Args)]
pub(crate) struct Import {
    /// A file that `failures export` wrote, with corrected values
    file: PathBuf,
    /// Do not wait until they are sent
    #[arg(long)]
    no_wait: bool,
}

impl Failures {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::List(of) => of.list(session).await,
            Self::Show(show) => show.run(session).await,
            Self::Retry(retry) => {
                let selection = retry.which.selection(session).await?;
                let result: BulkResult = session.ask("retry", selection).await?;
                after(session, result, retry.no_wait).await
            }
            Self::Skip(skip) => {
                let request =
                    SkipRequest { selection: skip.which.selection(session).await?, reason: skip.reason };
                let result: BulkResult = session.ask("skip", request).await?;
                session.out.answer(&result, || format!("{} leads are left out.", result.count));
                Ok(Outcome::Done)
            }
            Self::Fix(fix) => fix.run(session).await,
            Self::Export(export) => {
                let path = folder::absolute(&export.to);
                let request = ExportDeliveries {
                    selection: export.which.selection(session).await?,
                    path: path.clone(),
                };
                let changed: Changed = session.ask("export_deliveries", request).await?;
                session.out.answer(&changed, || format!("{} leads written to {path}.", changed.count));
                Ok(Outcome::Done)
            }
            Self::Import(import) => {
                let request = ImportCorrections { path: folder::absolute(&import.file) };
                let result: BulkResult = session.ask("import_corrections", request).await?;
                after(session, result, import.no_wait).await
            }
        }
    }
}

/// Waits for what a bulk action set going, and tells how it went.
pub(crate) async fn after(session: &Session, result: BulkResult, no_wait: bool) -> Ended {
    let runs: Vec<i32> = result.run.into_iter().collect();
    if no_wait || runs.is_empty() {
        session.out.answer(&result, || format!("{} leads are tried again.", result.count));
        return Ok(Outcome::Done);
    }
    let tally = progress::until_sent(session, &runs).await?;
    session.out.answer(&json!({"count": result.count, "run": result.run, "leads": tally}), || {
        format!("{} leads were tried again: {}", result.count, tally.words())
    });
    Ok(tally.outcome())
}

/// The desk, of one sync or all.
pub(crate) async fn desk(session: &Session, sync: Option<&str>, all: bool) -> Result<ErrorDesk, Error> {
    let sync = find::sync_id(&session.caller, sync).await?;
    session.ask("error_desk", FailureFilter { sync, all, ..FailureFilter::default() }).await
}

impl Which {
    /// The same, as the contract says it.
    pub(crate) async fn selection(&self, session: &Session) -> Result<Selection, Error> {
        if let Some(typed) = &self.group {
            let group = find::group(desk(session, self.sync.as_deref(), true).await?, typed)?;
            return Ok(Selection::Group { sync: group.sync.id, key: group.key });
        }
        if !self.delivery.is_empty() {
            return Ok(Selection::Ids { ids: self.delivery.clone() });
        }
        let sync = find::sync_id(&session.caller, self.sync.as_deref()).await?;
        Ok(Selection::Filter {
            filter: DeliveryFilter { sync, states: vec![DeliveryState::Failed], ..DeliveryFilter::default() },
        })
    }
}

impl OfSync {
    async fn list(self, session: &Session) -> Ended {
        let desk = desk(session, self.sync.as_deref(), self.all).await?;
        session.out.answer(&desk, || {
            let mut text = format!("{}\n", desk.sentence);
            for (title, groups) in [
                ("Need you", &desk.needs_you),
                ("Tried again by themselves", &desk.retrying),
                ("Set aside", &desk.set_aside),
            ] {
                if !groups.is_empty() {
                    text.push_str(&format!("\n{title}\n{}", table(groups)));
                }
            }
            text
        });
        Ok(Outcome::Done)
    }
}

fn table(groups: &[GroupView]) -> String {
    let mut table = Table::new(["Group", "Leads", "Sync", "What happened"]);
    for group in groups {
        table.row([
            group.key.clone(),
            group.leads.to_string(),
            group.sync.name.clone(),
            group.explained.title.clone(),
        ]);
    }
    table.text_or("")
}

impl Show {
    async fn run(self, session: &Session) -> Ended {
        let group = find::group(desk(session, self.sync.as_deref(), true).await?, &self.group)?;
        let filter = DeliveryFilter {
            sync: Some(group.sync.id.clone()),
            group: Some(group.key.clone()),
            ..DeliveryFilter::default()
        };
        let page = PageOf { offset: 0, limit: self.limit };
        let leads: Paged<DeliveryRow> = session.ask("deliveries", ListDeliveries { filter, page }).await?;
        session.out.answer(&json!({"group": group, "deliveries": leads}), || {
            let mut text = format!("{}\n{}\n", alarming(&group.explained.title), group.explained.meaning);
            text.push_str(&format!("{}\n\n", group.next));
            let mut table = Table::new(["Delivery", "Name", "Contact", "Value", "Tries", "Since"]);
            for row in &leads.rows {
                table.row([
                    row.id.to_string(),
                    row.name.clone(),
                    row.contact.clone(),
                    shortened(row.value.as_deref().unwrap_or("")),
                    row.attempts.to_string(),
                    row.changed_at.clone(),
                ]);
            }
            text.push_str(&table.text_or("No lead is in this group any more."));
            text.push_str(&format!("{} of {} leads", leads.rows.len(), leads.total));
            text
        });
        Ok(Outcome::Done)
    }
}
