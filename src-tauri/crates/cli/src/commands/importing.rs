//! Taking the rows of a file in.

use std::path::PathBuf;

use clap::Args;
use leadferry_api::{
    ById, ChangeConnection, ConnectionView, Error, ErrorCode, FileOptions, FilePreview, Home, ImportFile,
    ImportProgress, Nothing, PreviewFile,
};
use serde_json::json;

use super::fields::{shortened, word};
use crate::exit::{Ended, Outcome};
use crate::progress::{self, Tally};
use crate::session::Session;
use crate::table::Table;
use crate::{find, folder};

const EXAMPLES: &str = "\
Examples:
  leadferry import leads.csv --dry-run          see how the file is understood
  leadferry import leads.csv                    take it in as a source of its own
  leadferry import more.csv --sync \"Website\"    more rows for the source of a sync

Rows that came before are known again and not taken twice. If a live sync takes this
source, its leads are sent, and the command waits for that unless --no-wait is given.
While it works alone, --no-wait leaves the sending to the window, the daemon or `run`.";

/// Which file, and how it is read
#[derive(Debug, Args)]
pub(crate) struct Reading {
    /// The CSV file
    file: PathBuf,
    /// Its encoding where the guess is wrong, such as windows-1252
    #[arg(long)]
    encoding: Option<String>,
    /// The sign between columns where the guess is wrong
    #[arg(long, value_name = "SIGN")]
    delimiter: Option<String>,
    /// The first row is data: columns are numbered
    #[arg(long)]
    no_header: bool,
    /// Only so many rows, for a first try
    #[arg(long, value_name = "ROWS")]
    first: Option<u32>,
    /// Do not wait until the leads are sent
    #[arg(long)]
    no_wait: bool,
    /// Only show how the file is understood
    #[arg(long)]
    dry_run: bool,
}

/// Takes the rows of a CSV file in
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Import {
    #[command(flatten)]
    reading: Reading,
    /// The file source the rows belong to
    #[arg(long, conflicts_with = "sync")]
    source: Option<String>,
    /// The sync whose file source the rows belong to
    #[arg(long)]
    sync: Option<String>,
}

impl Import {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let source = match (&self.source, &self.sync) {
            (Some(typed), _) => Some(find::connection(&session.caller, typed).await?.id),
            (None, Some(typed)) => Some(find::sync(&session.caller, typed).await?.source.connection.id),
            (None, None) => None,
        };
        take_in(session, self.reading, source, None).await
    }
}

/// Takes a file in; `source` gets its rows, or a new source called `name`.
pub(crate) async fn take_in(
    session: &Session,
    reading: Reading,
    source: Option<String>,
    name: Option<String>,
) -> Ended {
    let path = folder::absolute(&reading.file);
    let header = reading.no_header.then_some(false);
    let options = FileOptions { encoding: reading.encoding, delimiter: reading.delimiter, header };
    let preview: FilePreview =
        session.ask("preview_file", PreviewFile { path: path.clone(), options: options.clone() }).await?;
    if reading.dry_run {
        session.out.answer(&preview, || preview_words(&preview));
        return Ok(Outcome::Done);
    }
    let failed_before = match &source {
        Some(source) => {
            let home: Home = session.ask("home", Nothing {}).await?;
            progress::of_source(&home, source).failed
        }
        None => 0,
    };
    let request = ImportFile { path, options, source, first: reading.first };
    let begun: ImportProgress = session.ask("import_file", request).await?;
    let import = until_in(session, begun, preview.row_count.into()).await?;
    if name.is_some() {
        let request = ChangeConnection { id: import.source.clone(), name, settings: Vec::new() };
        let _renamed: ConnectionView = session.ask("change_connection", request).await?;
    }
    let sent = if reading.no_wait {
        None
    } else {
        tokio::select! {
            sent = progress::until_source_sent(session, &import.source) => Some(sent?),
            () = session.interrupt.cancelled() => {
                return Err(Error::new(ErrorCode::Conflict, "Stopped. All rows are taken in; what was not sent is kept and goes with the next run."));
            }
        }
    };
    let newly_failed = sent.map_or(0, |tally| tally.failed.saturating_sub(failed_before));
    session.out.answer(&json!({"import": import, "sent": sent}), || words(&import, sent.as_ref()));
    Ok(Outcome::by_failures(import.broken + newly_failed))
}

/// Waits until the file is in; Ctrl-C stops the import, and what is in stays.
async fn until_in(
    session: &Session,
    mut progress: ImportProgress,
    rows: u64,
) -> Result<ImportProgress, Error> {
    let bar = progress::bar(Some(rows), "Reading");
    let id = progress.import.clone();
    let mut stopping = false;
    while !progress.done && progress.problem.is_none() {
        bar.set_position(progress.rows.into());
        tokio::select! {
            () = tokio::time::sleep(progress::LOOK) => {}
            () = session.interrupt.cancelled(), if !stopping => {
                stopping = true;
                session.ask::<_, Nothing>("cancel_import", ById { id: id.clone() }).await?;
            }
        }
        progress = session.ask("import_progress", ById { id: id.clone() }).await?;
    }
    bar.finish_and_clear();
    match progress.problem {
        Some(problem) => Err(Error::new(ErrorCode::File, problem)),
        None => Ok(progress),
    }
}

fn words(import: &ImportProgress, sent: Option<&Tally>) -> String {
    let mut text = format!("{} rows read: {} new people", import.rows, import.new);
    let others = [
        (import.merged, "of people known before"),
        (import.repeated, "taken in before"),
        (import.broken, "that could not be read"),
    ];
    for (count, word) in others {
        if count > 0 {
            text.push_str(&format!(", {count} {word}"));
        }
    }
    text.push('.');
    if let Some(sent) = sent.filter(|sent| **sent != Tally::default()) {
        text.push_str(&format!("\n{}", sent.words()));
    }
    text.push_str(&format!("\nSource: {}", import.source));
    text
}

fn preview_words(preview: &FilePreview) -> String {
    let sign = match preview.delimiter.as_str() {
        "\t" => "tab",
        sign => sign,
    };
    let about = if preview.exact { "" } else { "about " };
    let mut text = format!(
        "{}: {about}{} rows, {}, columns separated by {sign}\n\n",
        preview.name, preview.row_count, preview.encoding
    );
    let mut table = Table::new(["Column", "Kind", "Filled", "Samples"]);
    for column in &preview.columns {
        let filled = format!("{:.0} %", column.filled * 100.0);
        table.row([column.name.clone(), word(&column.kind), filled, shortened(&column.samples.join(", "))]);
    }
    text.push_str(&table.text_or("The file has no columns."));
    for warning in &preview.warnings {
        text.push_str(&format!("\n{warning}"));
    }
    text
}
