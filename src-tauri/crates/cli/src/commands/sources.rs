//! Where leads come from.

use clap::{Args, Subcommand};
use leadferry_api::{ConnectionView, Error, NewReceiver, Nothing, Pair, ReceiverKind, ReceiverView};

use super::connecting::pair;
use super::importing::Reading;
use super::{connections, importing};
use crate::exit::{Ended, Outcome};
use crate::secrets;
use crate::session::Session;

/// Where leads come from
#[derive(Debug, Subcommand)]
pub(crate) enum Source {
    /// List sources
    List,
    /// Make a source of a CSV file and take its rows in
    AddFile(AddFile),
    /// Make an address that forms and other systems send leads to
    AddReceiver(AddReceiver),
}

/// Makes a source of a file
#[derive(Debug, Args)]
pub(crate) struct AddFile {
    /// The CSV file
    #[command(flatten)]
    reading: Reading,
    /// A name; the file's name by default
    #[arg(long)]
    name: Option<String>,
}

/// Makes a receiver
#[derive(Debug, Args)]
#[command(after_help = "Example:\n  leadferry source add-receiver \"Website form\" --auth standard_webhooks")]
pub(crate) struct AddReceiver {
    /// Its name
    name: String,
    /// How senders prove themselves; the first listed way by default
    #[arg(long, value_name = "KIND")]
    auth: Option<String>,
    /// An option of that way, such as the header's name
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    set: Vec<Pair>,
    /// The sender made the secret: read it from standard input
    #[arg(long)]
    secret_from_sender: bool,
}

impl Source {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::List => list(session).await,
            Self::AddFile(file) => importing::take_in(session, file.reading, None, file.name).await,
            Self::AddReceiver(receiver) => receiver.run(session).await,
        }
    }
}

async fn list(session: &Session) -> Ended {
    let mut connections: Vec<ConnectionView> = session.ask("connections", Nothing {}).await?;
    connections.retain(|connection| connection.role == "source");
    connections::show(
        session,
        &connections,
        "No source yet. `leadferry source add-file` or `add-receiver` makes one.",
    );
    Ok(Outcome::Done)
}

impl AddReceiver {
    async fn run(self, session: &Session) -> Ended {
        let kinds: Vec<ReceiverKind> = session.ask("receiver_kinds", Nothing {}).await?;
        let known = || kinds.iter().map(|kind| kind.id.as_str()).collect::<Vec<_>>().join(", ");
        let kind = match &self.auth {
            Some(auth) => kinds.iter().find(|kind| kind.id == *auth),
            None => kinds.first(),
        };
        let kind = kind.ok_or_else(|| {
            let auth = self.auth.as_deref().unwrap_or_default();
            Error::usage(format!("Senders cannot prove themselves by “{auth}”. Choose one of: {}.", known()))
        })?;
        let secret = if self.secret_from_sender || kind.secret_given {
            Some(secrets::read(&format!("Secret of {}", self.name))?.expose().to_owned())
        } else {
            None
        };
        let request = NewReceiver { name: self.name, auth: kind.id.clone(), secret, options: self.set };
        let receiver: ReceiverView = session.ask("create_receiver", request).await?;
        session.out.answer(&receiver, || words(&receiver));
        Ok(Outcome::Done)
    }
}

fn words(receiver: &ReceiverView) -> String {
    let mut text = format!("{}\nAddress on this computer: {}\n", receiver.name, receiver.local_url);
    if let Some(url) = &receiver.public_url {
        text.push_str(&format!("Public address: {url}\n"));
    }
    text.push_str(&format!("Senders prove themselves by: {}\n", receiver.auth));
    if let Some(secret) = &receiver.secret {
        text.push_str(&format!("Secret, shown only now: {secret}\n"));
    }
    text.push_str("It receives while the window or `leadferry daemon` runs.\n");
    text.push_str(&format!("Id: {}", receiver.id));
    text
}
