//! The audit log, backups and diagnostics.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use leadferry_api::{AuditCheckView, AuditRow, Changed, ListAudit, Nothing, PageOf, Paged, ToFile};
use serde_json::json;

use crate::console_output::{alarming, calm};
use crate::exit::{Ended, Outcome};
use crate::folder;
use crate::session::Session;
use crate::table::Table;

/// A file to write
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The file to write
    file: PathBuf,
}

impl File {
    pub(crate) async fn backup(self, session: &Session) -> Ended {
        self.write(
            session,
            "backup",
            "Keep the passphrase or the keychain of this computer with it: without, it cannot be opened.",
        )
        .await
    }

    pub(crate) async fn diagnostics(self, session: &Session) -> Ended {
        self.write(session, "diagnostics", "Look through it before you send it to somebody.").await
    }

    async fn write(self, session: &Session, command: &str, advice: &str) -> Ended {
        let path = folder::absolute(&self.file);
        let _done: Nothing = session.ask(command, ToFile { path: path.clone() }).await?;
        session.out.answer(&json!({"path": path}), || format!("Written to {path}. {advice}"));
        Ok(Outcome::Done)
    }
}

/// The log of every change
#[derive(Debug, Subcommand)]
pub(crate) enum Audit {
    /// Show the newest entries
    List {
        /// How many
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Write the whole log to a CSV file
    Export {
        /// The file to write
        file: PathBuf,
    },
    /// Check that nothing in the log was changed or taken out
    Verify,
}

impl Audit {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::List { limit } => {
                let request = ListAudit { page: PageOf { offset: 0, limit } };
                let entries: Paged<AuditRow> = session.ask("audit", request).await?;
                session.out.answer(&entries, || {
                    let mut table = Table::new(["When", "Who", "What"]);
                    for entry in &entries.rows {
                        table.row([entry.at.clone(), entry.actor.clone(), entry.text.clone()]);
                    }
                    table.text_or("Nothing has happened yet.")
                });
            }
            Self::Export { file } => {
                let path = folder::absolute(&file);
                let changed: Changed = session.ask("export_audit", ToFile { path: path.clone() }).await?;
                session.out.answer(&changed, || format!("{} entries written to {path}.", changed.count));
            }
            Self::Verify => {
                let check: AuditCheckView = session.ask("verify_audit", Nothing {}).await?;
                session
                    .out
                    .answer(&check, || if check.intact { calm(&check.text) } else { alarming(&check.text) });
                return Ok(if check.intact { Outcome::Done } else { Outcome::No });
            }
        }
        Ok(Outcome::Done)
    }
}
