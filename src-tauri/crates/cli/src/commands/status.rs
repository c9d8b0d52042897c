//! Where everything stands, once or as it changes.

use clap::Args;
use leadferry_api::{Home, Mood, Nothing};

use super::syncs;
use crate::console_output::{alarming, calm};
use crate::exit::{Ended, Outcome};
use crate::progress::LOOK;
use crate::session::Session;

/// Shows where everything stands.
pub(crate) async fn status(session: &Session) -> Ended {
    let home: Home = session.ask("home", Nothing {}).await?;
    session.out.answer(&home, || {
        let mut text = sentence(&home);
        text.push('\n');
        if !home.syncs.is_empty() {
            text.push('\n');
            text.push_str(&syncs::table(&home.syncs));
        }
        for lane in &home.lanes {
            text.push_str(&format!("\n{}: {}", lane.connection.name, lane.text));
        }
        text
    });
    Ok(outcome(&home))
}

fn outcome(home: &Home) -> Outcome {
    Outcome::by_failures(home.syncs.iter().map(|row| row.counts.failed).sum())
}

fn sentence(home: &Home) -> String {
    match home.sentence.mood {
        Mood::NeedsYou | Mood::Offline => alarming(&home.sentence.text),
        Mood::Calm => calm(&home.sentence.text),
        Mood::Working | Mood::Paused | Mood::Empty => home.sentence.text.clone(),
    }
}

/// Shows what happens as it happens
#[derive(Debug, Args)]
#[command(after_help = "\
A line for each change: with --json a whole status a line. Beside a window or daemon it
watches their work; alone it does the work itself until Ctrl-C.")]
pub(crate) struct Watch {
    /// End as soon as nothing waits to be sent
    #[arg(long)]
    until_idle: bool,
}

impl Watch {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let mut shown = None;
        loop {
            let home: Home = session.ask("home", Nothing {}).await?;
            let now = serde_json::to_value(&home).expect("BUG: every answer serialises");
            if shown.as_ref() != Some(&now) {
                session.out.line(&home, || line(&home));
                shown = Some(now);
            }
            if self.until_idle && home.waiting == 0 {
                return Ok(outcome(&home));
            }
            tokio::select! {
                () = tokio::time::sleep(LOOK) => {}
                () = session.interrupt.cancelled() => return Ok(outcome(&home)),
            }
        }
    }
}

fn line(home: &Home) -> String {
    let sum = |count: fn(&leadferry_api::Counts) -> u32| {
        home.syncs.iter().map(|row| count(&row.counts)).sum::<u32>()
    };
    format!(
        "{}  {} synced, {} waiting, {} retrying, {} failed",
        sentence(home),
        sum(|counts| counts.synced),
        sum(|counts| counts.pending + counts.sending),
        sum(|counts| counts.retrying),
        sum(|counts| counts.failed)
    )
}
