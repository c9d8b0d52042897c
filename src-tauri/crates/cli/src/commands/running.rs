//! Sending what waits.

use clap::Args;
use leadferry_api::{Started, SyncNow};
use serde_json::json;

use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::{find, progress};

const EXAMPLES: &str = "\
Examples:
  leadferry run                           everything that waits
  leadferry run \"Website\"                 one sync
  leadferry run \"Website\" --leads 0197…   these leads only
  leadferry run --json --no-wait          start, and print the runs' numbers

Ctrl-C stops in order: what was not sent is kept and goes with the next run.";

/// Sends what waits
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Run {
    /// The sync; all that are on by default
    sync: Option<String>,
    /// Only these leads, by id
    #[arg(long, value_name = "LEAD", num_args = 1.., value_delimiter = ',')]
    leads: Vec<String>,
    /// Do not wait until everything is sent. Useful while a window or daemon does the work
    #[arg(long)]
    no_wait: bool,
}

impl Run {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let id = find::sync_id(&session.caller, self.sync.as_deref()).await?;
        let started: Started = session.ask("sync_now", SyncNow { id, leads: self.leads }).await?;
        watch(session, &started, self.no_wait).await
    }
}

/// Waits for what was started, and tells how it went.
pub(crate) async fn watch(session: &Session, started: &Started, no_wait: bool) -> Ended {
    if no_wait {
        session.out.answer(started, || format!("Started. {} leads are on their way.", started.waiting));
        return Ok(Outcome::Done);
    }
    let tally = progress::until_sent(session, &started.runs).await?;
    session.out.answer(&json!({"runs": started.runs, "leads": tally}), || {
        if started.runs.is_empty() { "Nothing waits to be sent.".into() } else { tally.words() }
    });
    Ok(tally.outcome())
}
