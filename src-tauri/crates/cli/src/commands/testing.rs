//! Looking before sending: one lead field by field, or everything counted.

use clap::Args;
use leadferry_api::{ById, DryRun as Counted, Pair, Sample, TestMapping, TestResult};

use super::connecting::pair;
use super::fields::shortened;
use crate::console_output::alarming;
use crate::exit::{Ended, Outcome};
use crate::find;
use crate::session::Session;
use crate::table::Table;

/// Shows what would be sent for one lead
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leadferry preview Website                                the newest lead
  leadferry preview Website --lead 0197…
  leadferry preview Website --value Email=ada@example.com --value \"Phone=020 7946 0001\"")]
pub(crate) struct Preview {
    /// The sync's name or id
    sync: String,
    /// A lead, by id
    #[arg(long, conflicts_with_all = ["value", "last_failed"])]
    lead: Option<String>,
    /// A typed value of a source field
    #[arg(long, value_name = "FIELD=VALUE", value_parser = pair, conflicts_with = "last_failed")]
    value: Vec<Pair>,
    /// The lead that failed last
    #[arg(long)]
    last_failed: bool,
}

impl Preview {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let sync = find::sync(&session.caller, &self.sync).await?.id;
        let sample = match self.lead {
            Some(id) => Sample::Lead { id },
            None if !self.value.is_empty() => Sample::Typed { fields: self.value },
            None if self.last_failed => Sample::LastFailed,
            None => Sample::Recent { index: 0 },
        };
        let result: TestResult = session.ask("test_mapping", TestMapping { sync, sample }).await?;
        session.out.answer(&result, || words(&result));
        Ok(if result.effect == "refused" { Outcome::SomeFailed } else { Outcome::Done })
    }
}

fn words(result: &TestResult) -> String {
    let mut table = Table::new(["CRM field", "Now", "Would become", "From", "Note"]);
    for field in &result.fields {
        table.row([
            field.target.clone(),
            shortened(field.now.as_deref().unwrap_or("")),
            shortened(field.would_become.as_deref().unwrap_or("")),
            field.source.clone(),
            field.note.clone().unwrap_or_default(),
        ]);
    }
    let mut text = format!("{}\n\n{}", result.words, table.text_or("No field would be sent.\n"));
    for warning in &result.warnings {
        text.push_str(&format!("\n{warning}"));
    }
    for request in &result.requests {
        text.push_str(&format!("\n\n{} {}\n{}", request.method, request.url, request.body));
    }
    text
}

/// Counts what going live would do
#[derive(Debug, Args)]
pub(crate) struct DryRun {
    /// The sync's name or id
    sync: String,
}

impl DryRun {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let id = find::sync(&session.caller, &self.sync).await?.id;
        let counted: Counted = session.ask("dry_run", ById { id }).await?;
        session.out.answer(&counted, || {
            let mut text = format!(
                "{} leads: {} would be created, {} updated, {} are there already, ",
                counted.leads, counted.create, counted.update, counted.unchanged
            );
            let refused = format!("{} refused", counted.refused);
            text.push_str(&if counted.refused > 0 { alarming(&refused) } else { refused });
            text.push('.');
            for refusal in &counted.refusals {
                text.push_str(&format!("\n{}: {}", refusal.count, refusal.title));
            }
            text.push_str("\nNothing was sent.");
            text
        });
        Ok(Outcome::by_failures(counted.refused))
    }
}
