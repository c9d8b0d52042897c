//! The engine without a window: sends, receives and retries until it is told to end.

use std::path::PathBuf;

use clap::Args;
use leadferry_api::{Nothing, ReceiverView};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::caller::{Caller, Local, Need};
use crate::console_output::Output;
use crate::exit::{Ended, Outcome};

/// Keeps going without a window
#[derive(Debug, Args)]
#[command(after_help = "\
Examples:
  LEADFERRY_PASSPHRASE_FILE=/run/secrets/leadferry leadferry daemon --data /srv/leadferry
  LEADFERRY_LOG=debug leadferry daemon

It ends in order on SIGTERM or Ctrl-C. Other leadferry commands on the same data folder
are answered by it. It logs to standard error, one line a fact.")]
pub(crate) struct Daemon {}

impl Daemon {
    pub(crate) async fn run(self, data: PathBuf, out: Output, interrupt: CancellationToken) -> Ended {
        let local = Local::open(data.clone(), Need::Work).await?;
        let caller = Caller::Local(local);
        let receivers: Vec<ReceiverView> = caller.ask("receivers", Nothing {}).await?;
        for receiver in &receivers {
            tracing::info!(name = receiver.name, url = receiver.local_url, "receives leads");
        }
        out.line(&json!({"state": "running", "data": data}), || {
            format!("Leadferry runs on {}.", data.display())
        });
        interrupt.cancelled().await;
        tracing::info!("stopping in order");
        caller.close().await;
        out.line(&json!({"state": "stopped"}), || "Leadferry has stopped. Nothing was lost.".into());
        Ok(Outcome::Done)
    }
}
