//! A practice CRM by itself: no data folder, no account, gone with Ctrl-C.

use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use clap::Args;
use leadferry_api::{Error, ErrorCode};
use leadferry_model::SystemClock;
use leadferry_practice::{Options, Practice as Crm, dialects};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::console_output::Output;
use crate::exit::{Ended, Outcome};

/// Starts a practice CRM
#[derive(Debug, Args)]
#[command(after_help = "\
Example:
  leadferry practice                                     in one terminal, then in another:
  leadferry connect hubspot --base-url ADDRESS           with the printed address and token

Its records are made up and gone when it ends. Only this computer can reach it.")]
pub(crate) struct Practice {
    /// Which CRM it plays; the first there is by default
    dialect: Option<String>,
    /// The port; any free one by default
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// The same number gives the same tokens, ids and order at every start
    #[arg(long)]
    seed: Option<u64>,
}

impl Practice {
    pub(crate) async fn run(self, out: Output, interrupt: CancellationToken) -> Ended {
        let all = dialects();
        let known = || all.iter().map(|one| one.id).collect::<Vec<_>>().join(", ");
        let dialect = match &self.dialect {
            Some(typed) => all.iter().find(|one| one.id == *typed),
            None => all.first(),
        };
        let dialect = dialect.ok_or_else(|| {
            let typed = self.dialect.as_deref().unwrap_or_default();
            Error::usage(format!("There is no practice CRM “{typed}”. There is: {}.", known()))
        })?;
        let options = Options { seed: self.seed, clock: Arc::new(SystemClock), public_base: None };
        let crm = Crm::new(dialect.id, options).map_err(|error| Error::usage(error.to_string()))?;
        let address = SocketAddr::from((Ipv4Addr::LOCALHOST, self.port));
        let running =
            crm.serve(address).await.map_err(|error| Error::new(ErrorCode::Conflict, error.to_string()))?;
        let tokens = crm.tokens();
        let started = json!({
            "dialect": dialect.id,
            "account": crm.account_name(),
            "base_url": running.url(),
            "token": tokens.full.expose(),
            "read_only_token": tokens.read_only.expose(),
            "client_id": tokens.client_id,
            "client_secret": tokens.client_secret.expose(),
        });
        out.line(&started, || {
            format!(
                "Practice {}: {}\nAddress:         {}\nToken:           {}\nRead-only token: {}\nOAuth client id: {}\nOAuth secret:    {}\n\
                 These are keys to made-up data on this computer. Ctrl-C ends it.",
                dialect.name,
                crm.account_name(),
                running.url(),
                tokens.full.expose(),
                tokens.read_only.expose(),
                tokens.client_id,
                tokens.client_secret.expose()
            )
        });
        interrupt.cancelled().await;
        running.shutdown().await;
        Ok(Outcome::Done)
    }
}
