//! One file a family of commands, and the way from arguments to an answer.

pub(crate) mod configuration;
pub(crate) mod connecting;
pub(crate) mod connections;
pub(crate) mod daemon;
pub(crate) mod failures;
pub(crate) mod fields;
pub(crate) mod fixing;
pub(crate) mod importing;
pub(crate) mod keeping;
pub(crate) mod mapping;
pub(crate) mod oauth;
pub(crate) mod people;
pub(crate) mod practice;
pub(crate) mod running;
pub(crate) mod sources;
pub(crate) mod status;
pub(crate) mod syncs;
pub(crate) mod testing;

use clap::CommandFactory as _;
use leadferry_api::{Error, ErrorCode};

use crate::arguments::{Arguments, Command};
use crate::caller::{Caller, Need};
use crate::console_output::Output;
use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::{folder, interrupt};

/// Does what the arguments say.
pub(crate) async fn run(arguments: Arguments) -> Ended {
    let Arguments { common, command } = arguments;
    let out = Output::new(common.json);
    let interrupt = interrupt::token();
    let command = match command {
        Command::Completions { shell } => {
            let mut program = Arguments::command();
            clap_complete::generate(shell, &mut program, "leadferry", &mut std::io::stdout());
            return Ok(Outcome::Done);
        }
        Command::Practice(practice) => return practice.run(out, interrupt).await,
        Command::Restore(restore) => return restore.run(folder::data(common.data)?, out).await,
        Command::Daemon(daemon) => return daemon.run(folder::data(common.data)?, out, interrupt).await,
        command => command,
    };
    let data = folder::data(common.data)?;
    let caller = Caller::find(data, need(&command)).await?;
    let session = Session { caller, out, interrupt };
    let ended = if command.ends_itself() {
        answer(&session, command).await
    } else {
        tokio::select! {
            ended = answer(&session, command) => ended,
            () = session.interrupt.cancelled() => Err(stopped(&session)),
        }
    };
    session.caller.close().await;
    ended
}

fn stopped(session: &Session) -> Error {
    let words = if session.caller.is_local() {
        "Stopped. What was not sent is kept and goes with the next run."
    } else {
        "Stopped watching. The running Leadferry goes on with the work."
    };
    Error::new(ErrorCode::Conflict, words)
}

/// Whether anything is to be sent while the command runs.
fn need(command: &Command) -> Need {
    use failures::Failures;
    use syncs::Sync;
    match command {
        Command::Import(_) | Command::Run(_) | Command::Watch(_) => Need::Work,
        Command::Sync(Sync::GoLive(_)) | Command::Map(mapping::Map::Publish(_)) => Need::Work,
        Command::Failures(Failures::Retry(_) | Failures::Fix(_) | Failures::Import(_)) => Need::Work,
        _ => Need::Answers,
    }
}

async fn answer(session: &Session, command: Command) -> Ended {
    match command {
        Command::Connectors => connections::connectors(session).await,
        Command::Connect(connect) => connect.run(session).await,
        Command::Connections => connections::list(session).await,
        Command::Check(named) => named.check(session).await,
        Command::Disconnect(named) => named.disconnect(session).await,
        Command::Fields(fields) => fields.run(session).await,
        Command::Source(source) => source.run(session).await,
        Command::Sync(sync) => sync.run(session).await,
        Command::Map(map) => map.run(session).await,
        Command::Config(config) => config.run(session).await,
        Command::Import(import) => import.run(session).await,
        Command::Preview(preview) => preview.run(session).await,
        Command::DryRun(dry_run) => dry_run.run(session).await,
        Command::Run(run) => run.run(session).await,
        Command::Watch(watch) => watch.run(session).await,
        Command::Status => status::status(session).await,
        Command::Failures(failures) => failures.run(session).await,
        Command::Person(person) => person.run(session).await,
        Command::Audit(audit) => audit.run(session).await,
        Command::Backup(backup) => backup.run(session).await,
        Command::Diagnostics(file) => file.diagnostics(session).await,
        Command::Restore(_) | Command::Daemon(_) | Command::Practice(_) | Command::Completions { .. } => {
            unreachable!("BUG: these need no session and were run before one was made")
        }
    }
}
