//! The audit log, backups and diagnostics.

use std::path::PathBuf;

use clap::{Args, Subcommand};
use leadferry_api::{
    AuditCheckView, AuditRow, Changed, ErrorCode, ListAudit, Nothing, PageOf, Paged, RestoreRequest, ToFile,
    has_passphrase,
};
use serde_json::json;

use crate::caller::installation;
use crate::console_output::{Output, alarming, calm};
use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::table::Table;
use crate::{folder, passphrase, secrets};

/// Writes everything to one file
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leadferry backup leads.lfbackup                      asks for a passphrase
  leadferry backup leads.lfbackup < passphrase.txt     for scripts
  leadferry restore leads.lfbackup --data NEW          on another computer

The passphrase is the backup's own, and the only thing that opens it. Every day Leadferry also copies its
ledger into the data folder by itself; such a copy opens on this computer only.")]
pub(crate) struct Backup {
    /// The file to write
    file: PathBuf,
}

impl Backup {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let path = folder::absolute(&self.file);
        let chosen = secrets::choose("Passphrase for this backup")?;
        let passphrase = chosen.expose().to_owned();
        let _done: Nothing =
            session.ask("backup", leadferry_api::Backup { path: path.clone(), passphrase }).await?;
        session.out.answer(&json!({"path": path}), || {
            format!(
                "Written to {path}. Keep its passphrase apart from it: whoever has both has everything, and without it the file is worth \
                 nothing."
            )
        });
        Ok(Outcome::Done)
    }
}

/// Puts a backup in the place of what is in the data folder
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  leadferry restore                                    the newest good copy of the data folder
  leadferry restore --list                             the copies there are
  leadferry restore leads.lfbackup                     a backup; asks for its passphrase
  leadferry restore leads.lfbackup --data NEW          the same into a new data folder

Leadferry must not run on that data folder. What is replaced stays in the folder as replaced.db, and can be
restored in the same way. Leads that were sent after the backup was made are recognised, not sent twice.")]
pub(crate) struct Restore {
    /// The backup; the newest good copy in the data folder by default
    file: Option<PathBuf>,
    /// Show the copies there are, and restore nothing
    #[arg(long, conflicts_with = "file")]
    list: bool,
}

impl Restore {
    pub(crate) async fn run(self, data: PathBuf, out: Output) -> Ended {
        let installation = installation(data);
        if self.list {
            let copies = installation.backups();
            out.answer(&copies, || {
                let mut table = Table::new(["Made", "File"]);
                for copy in &copies {
                    table.row([copy.made_at.clone().unwrap_or_default(), copy.path.clone()]);
                }
                table.text_or("There are no copies in this data folder yet.")
            });
            return Ok(Outcome::Done);
        }
        let own = match &self.file {
            Some(file) if has_passphrase(file)? => {
                Some(secrets::read("Passphrase of the backup")?.expose().to_owned())
            }
            _ => None,
        };
        let request = RestoreRequest { path: self.file.as_deref().map(folder::absolute), passphrase: own };
        let folder = passphrase::from_environment()?;
        let restored = match installation.restore(&request, folder.clone()).await {
            // A daily copy opens with its data folder, whose passphrase the environment may not hold.
            Err(error) if error.code == ErrorCode::Locked && folder.is_none() && secrets::on_a_terminal() => {
                let folder = secrets::hidden("Passphrase of this data folder: ")?;
                installation.restore(&request, Some(folder)).await?
            }
            restored => restored?,
        };
        let from = restored.from.display().to_string();
        out.answer(&json!({"restored": from, "same_passphrase": restored.same_passphrase}), || {
            let opens = if restored.same_passphrase {
                " This computer has no keychain: the data folder opens with the passphrase of the backup."
            } else {
                ""
            };
            format!("Restored from {from}. What was there before is kept as replaced.db.{opens}")
        });
        Ok(Outcome::Done)
    }
}

/// A file to write
#[derive(Debug, Args)]
pub(crate) struct File {
    /// The file to write
    file: PathBuf,
}

impl File {
    pub(crate) async fn diagnostics(self, session: &Session) -> Ended {
        let path = folder::absolute(&self.file);
        let _done: Nothing = session.ask("diagnostics", ToFile { path: path.clone() }).await?;
        session.out.answer(&json!({"path": path}), || {
            format!("Written to {path}. Look through it before you send it to somebody.")
        });
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
