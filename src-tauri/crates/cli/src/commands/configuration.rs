//! The configuration as one file that can be reviewed, without secrets.

use std::path::PathBuf;

use clap::Subcommand;
use leadferry_api::{Changed, FromFile, Nothing, ToFile};
use serde_json::json;

use crate::exit::{Ended, Outcome};
use crate::folder;
use crate::session::Session;

/// Carry the configuration to another computer
#[derive(Debug, Subcommand)]
pub(crate) enum Config {
    /// Write connections, syncs, mappings and settings to a file, without secrets
    Export {
        /// The file to write
        file: PathBuf,
    },
    /// Read such a file; mappings come in as drafts, connections are signed in afterwards
    Import {
        /// The file to read
        file: PathBuf,
    },
}

impl Config {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::Export { file } => {
                let path = folder::absolute(&file);
                let _done: Nothing =
                    session.ask("export_configuration", ToFile { path: path.clone() }).await?;
                session
                    .out
                    .answer(&json!({"path": path}), || format!("Written to {path}. It holds no secrets."));
            }
            Self::Import { file } => {
                let path = folder::absolute(&file);
                let changed: Changed = session.ask("import_configuration", FromFile { path }).await?;
                session.out.answer(&changed, || {
                    format!(
                        "{} connections and syncs came in. `leadferry connections` shows which need access: connect them with --again.",
                        changed.count
                    )
                });
            }
        }
        Ok(Outcome::Done)
    }
}
