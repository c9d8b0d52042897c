//! Waiting for work that goes on in the engine, with a bar on a terminal.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use leadferry_api::{Counts, Error, Home, LaneState, Nothing, RunOf, RunView};
use serde::Serialize;

use crate::console_output::{alarming, remark};
use crate::exit::Outcome;
use crate::session::Session;

/// How often is asked how far it is.
pub(crate) const LOOK: Duration = Duration::from_millis(200);

/// A bar for `total` steps, or a count without an end. Nothing where nobody watches.
pub(crate) fn bar(total: Option<u64>, what: &str) -> ProgressBar {
    let template =
        if total.is_some() { "{msg} {wide_bar} {pos}/{len} {eta}" } else { "{spinner} {msg} {pos}" };
    let style = ProgressStyle::with_template(template).expect("BUG: the template is ours");
    // indicatif draws on standard error, and on a terminal only.
    let bar = ProgressBar::new(total.unwrap_or(0)).with_style(style).with_message(what.to_owned());
    if total.is_none() {
        bar.unset_length();
    }
    bar
}

/// Where some runs stand, all together.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub(crate) struct Tally {
    /// Arrived.
    pub(crate) synced: u32,
    /// Not sent yet.
    pub(crate) waiting: u32,
    /// Tried again later by themselves.
    pub(crate) retrying: u32,
    /// Need a person.
    pub(crate) failed: u32,
    /// Left out.
    pub(crate) skipped: u32,
}

impl Tally {
    pub(crate) fn add(&mut self, counts: &Counts) {
        self.synced += counts.synced;
        self.waiting += counts.pending + counts.sending;
        self.retrying += counts.retrying;
        self.failed += counts.failed;
        self.skipped += counts.skipped;
    }

    fn all(&self) -> u32 {
        self.synced + self.waiting + self.retrying + self.failed + self.skipped
    }

    /// How the command ends.
    pub(crate) fn outcome(&self) -> Outcome {
        Outcome::by_failures(self.failed)
    }

    /// In words, with what to do next.
    pub(crate) fn words(&self) -> String {
        let mut text = format!("{} synced", self.synced);
        for (count, word) in
            [(self.waiting, "waiting"), (self.retrying, "retrying"), (self.skipped, "skipped")]
        {
            if count > 0 {
                text.push_str(&format!(", {count} {word}"));
            }
        }
        if self.failed > 0 {
            text.push_str(", ");
            text.push_str(&alarming(&format!("{} failed", self.failed)));
            text.push_str(".\n`leadferry failures list` shows why and what to do");
        }
        text.push('.');
        if self.retrying > 0 {
            text.push_str(
                "\nRetries are sent by the window, by `leadferry daemon`, or by the next `leadferry run`.",
            );
        }
        text
    }
}

/// Waits until nothing of these runs waits any more, or until waiting longer would not help.
pub(crate) async fn until_sent(session: &Session, runs: &[i32]) -> Result<Tally, Error> {
    let bar = bar(Some(0), "Sending");
    loop {
        let mut tally = Tally::default();
        let mut destinations_of = Vec::new();
        for id in runs {
            let run: RunView = session.ask("run", RunOf { id: *id }).await?;
            tally.add(&run.row.counts);
            destinations_of.push(run.row.sync.id);
        }
        bar.set_length(tally.all().into());
        bar.set_position((tally.all() - tally.waiting).into());
        if tally.waiting == 0 {
            bar.finish_and_clear();
            return Ok(tally);
        }
        if let Some(why) = blocked(session, &destinations_of).await? {
            bar.finish_and_clear();
            remark(&why);
            return Ok(tally);
        }
        tokio::time::sleep(LOOK).await;
    }
}

/// Why the leads of these syncs cannot go now, if a lane or a sync stands still for longer.
async fn blocked(session: &Session, syncs: &[String]) -> Result<Option<String>, Error> {
    let home: Home = session.ask("home", Nothing {}).await?;
    let still = |row: &leadferry_api::SyncRow| {
        syncs.contains(&row.id) && row.state == leadferry_api::SyncState::Paused
    };
    if let Some(row) = home.syncs.iter().find(|row| still(row)) {
        return Ok(Some(format!("“{}” is paused. `leadferry sync resume` lets its leads go.", row.name)));
    }
    let goes_to = |connection: &str| {
        home.syncs.iter().any(|row| syncs.contains(&row.id) && row.destination.connection.id == connection)
    };
    // Less speed passes by itself; the others wait for a person or for hours.
    let closed =
        home.lanes.iter().find(|lane| lane.state != LaneState::Snoozed && goes_to(&lane.connection.id));
    Ok(closed.map(|lane| format!("{}: {}", lane.connection.name, lane.text)))
}

/// Adds up the deliveries of the syncs that `source` feeds.
pub(crate) fn of_source(home: &Home, source: &str) -> Tally {
    let mut tally = Tally::default();
    for row in home.syncs.iter().filter(|row| row.source.connection.id == source) {
        tally.add(&row.counts);
    }
    tally
}

/// Waits until nothing of the syncs that `source` feeds waits any more, or until waiting longer would not help.
pub(crate) async fn until_source_sent(session: &Session, source: &str) -> Result<Tally, Error> {
    let bar = bar(Some(0), "Sending");
    loop {
        let home: Home = session.ask("home", Nothing {}).await?;
        let fed = |row: &&leadferry_api::SyncRow| {
            row.source.connection.id == source
                && row.state == leadferry_api::SyncState::On
                && row.mode == leadferry_api::SyncMode::RealTime
        };
        let syncs: Vec<String> = home.syncs.iter().filter(fed).map(|row| row.id.clone()).collect();
        let mut going = Tally::default();
        for row in home.syncs.iter().filter(fed) {
            going.add(&row.counts);
        }
        bar.set_length(going.all().into());
        bar.set_position((going.all() - going.waiting).into());
        let why = if going.waiting == 0 { None } else { blocked(session, &syncs).await? };
        if going.waiting == 0 || why.is_some() {
            bar.finish_and_clear();
            if let Some(why) = why {
                remark(&why);
            }
            return Ok(of_source(&home, source));
        }
        tokio::time::sleep(LOOK).await;
    }
}
