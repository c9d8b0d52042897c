//! The arguments of the program: what holds for every command, and the list of commands.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand};
use clap_complete::Shell;

use crate::commands::{
    configuration, connecting, connections, daemon, failures, fields, importing, keeping, mapping, people,
    practice, running, sources, status, syncs, testing,
};

const EXAMPLES: &str = "\
Examples:
  leadferry practice                                        a practice CRM to try everything with
  leadferry connect hubspot < token.txt                     connect an account
  leadferry import leads.csv                                take leads in
  leadferry sync create \"leads.csv\" \"HubSpot\"               match the fields
  leadferry sync go-live \"leads.csv to HubSpot\"             send them
  leadferry failures list                                   see what did not get through
  leadferry daemon                                          keep going without a window

Exit codes: 0 done, 1 not done, 2 asked for wrongly, 3 done but some leads failed.";

/// Carries captured leads into the CRM you already use.
#[derive(Debug, Parser)]
#[command(name = "leadferry", version, after_help = EXAMPLES, disable_help_subcommand = true)]
pub struct Arguments {
    /// What holds for every command.
    #[command(flatten)]
    pub(crate) common: Common,
    /// What to do.
    #[command(subcommand)]
    pub(crate) command: Command,
}

/// What holds for every command.
#[derive(Debug, Args)]
pub(crate) struct Common {
    /// The data folder; the window's own by default
    #[arg(long, global = true, value_name = "DIR", env = "LEADFERRY_DATA", hide_env_values = true)]
    pub(crate) data: Option<PathBuf>,
    /// Answer in JSON, for scripts
    #[arg(long, global = true)]
    pub(crate) json: bool,
}

/// Every command.
#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// List the systems Leadferry can connect to
    Connectors,
    /// Connect an account; its token comes from standard input
    Connect(connecting::Connect),
    /// List connected accounts
    Connections,
    /// Test a connection: who we are there and what we may do
    Check(connections::Named),
    /// Disconnect an account and hand its access back
    Disconnect(connections::Named),
    /// List the real fields of a connected CRM
    Fields(fields::Fields),
    /// Where leads come from
    #[command(subcommand)]
    Source(sources::Source),
    /// From where to where leads go
    #[command(subcommand)]
    Sync(syncs::Sync),
    /// Which source field fills which CRM field
    #[command(subcommand)]
    Map(mapping::Map),
    /// Carry the configuration to another computer, without secrets
    #[command(subcommand)]
    Config(configuration::Config),
    /// Take in the rows of a CSV file
    Import(importing::Import),
    /// Show what would be sent for one lead; nothing is sent
    Preview(testing::Preview),
    /// Count what going live would do; nothing is sent
    DryRun(testing::DryRun),
    /// Send what waits, and wait until it is done
    Run(running::Run),
    /// Show what happens as it happens, until Ctrl-C
    Watch(status::Watch),
    /// Show where everything stands
    Status,
    /// What did not get through, why, and how to solve it
    #[command(subcommand)]
    Failures(failures::Failures),
    /// One person's data
    #[command(subcommand)]
    Person(people::Person),
    /// The log of every change
    #[command(subcommand)]
    Audit(keeping::Audit),
    /// Write everything to one file that opens with a passphrase, here or on another computer
    Backup(keeping::Backup),
    /// Bring a backup back
    Restore(keeping::Restore),
    /// Write a file that helps to find a problem, without secrets and personal data
    Diagnostics(keeping::File),
    /// Keep going without a window: send, receive and retry until told to end
    Daemon(daemon::Daemon),
    /// Start a practice CRM on this computer, until Ctrl-C
    Practice(practice::Practice),
    /// Print completions for a shell
    Completions {
        /// The shell
        shell: Shell,
    },
}

impl Command {
    /// It is the daemon, which logs what it does.
    pub(crate) fn is_daemon(&self) -> bool {
        matches!(self, Self::Daemon(_))
    }

    /// It ends by itself, in its own way, when the person presses Ctrl-C.
    pub(crate) fn ends_itself(&self) -> bool {
        matches!(self, Self::Import(_) | Self::Watch(_) | Self::Source(sources::Source::AddFile(_)))
    }
}
