//! Connecting an account. Tokens, passwords and client secrets come by standard input or a hidden prompt.

use clap::Args;
use leadferry_api::{
    AuthView, Connect as Request, ConnectionView, ConnectorView, Error, Nothing, Pair, StartOAuth,
};

use super::{connections, oauth};
use crate::exit::{Ended, Outcome};
use crate::session::Session;
use crate::{find, secrets};

const EXAMPLES: &str = "\
Examples:
  leadferry connect hubspot < token.txt
  leadferry connect hubspot --oauth --client-id 1234-abcd < client-secret.txt
  leadferry connect hubspot --base-url http://127.0.0.1:8123 < token.txt
  leadferry connect webhook --secret url < hook-address.txt

Secrets are read from standard input, one a line: first the token, password or client
secret, then each --secret in the order given. On a terminal you are asked for them.";

/// Connects an account
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub(crate) struct Connect {
    /// The connector, as `leadferry connectors` names it
    connector: String,
    /// A name for the connection; the account's name by default
    #[arg(long)]
    name: Option<String>,
    /// User name, where the system wants user and password
    #[arg(long, conflicts_with = "oauth")]
    user: Option<String>,
    /// Another address than the vendor's: a sandbox, a proxy, a practice CRM
    #[arg(long, value_name = "URL")]
    base_url: Option<String>,
    /// The address may lie in a private network
    #[arg(long)]
    allow_private: bool,
    /// Leads come from it, where the system could be both
    #[arg(long)]
    source: bool,
    /// A setting of the connector
    #[arg(long, value_name = "NAME=VALUE", value_parser = pair)]
    set: Vec<Pair>,
    /// A secret setting of the connector; its value is read from standard input
    #[arg(long, value_name = "NAME")]
    secret: Vec<String>,
    /// Sign in with the browser: the address is printed, and the command waits
    #[arg(long)]
    oauth: bool,
    /// The client id of your own app, with --oauth; its secret is read from standard input
    #[arg(long, requires = "oauth", value_name = "ID")]
    client_id: Option<String>,
    /// Sign in again for this connection instead of making one
    #[arg(long, value_name = "CONNECTION")]
    again: Option<String>,
}

/// Reads `name=value`.
pub(crate) fn pair(text: &str) -> Result<Pair, String> {
    let (name, value) = text.split_once('=').ok_or("write it as name=value")?;
    if name.is_empty() {
        return Err("the name before = is missing".into());
    }
    Ok(Pair { name: name.into(), value: value.into() })
}

impl Connect {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let connectors: Vec<ConnectorView> = session.ask("connectors", Nothing {}).await?;
        let connector = connectors.into_iter().find(|one| one.id == self.connector).ok_or_else(|| {
            Error::usage(format!(
                "There is no connector “{}”. `leadferry connectors` lists them.",
                self.connector
            ))
        })?;
        refuse_secrets_among(&connector, &self.set)?;
        let reconnect = match &self.again {
            Some(typed) => Some(find::connection(&session.caller, typed).await?.id),
            None => None,
        };
        let role = if self.source || !connector.is_destination { "source" } else { "destination" };
        let connection = if self.oauth {
            self.by_browser(session, role, reconnect).await?
        } else {
            self.by_secret(session, &connector, role, reconnect).await?
        };
        session.out.answer(&connection, || connections::words(&connection));
        Ok(Outcome::Done)
    }

    async fn by_secret(
        self,
        session: &Session,
        connector: &ConnectorView,
        role: &str,
        reconnect: Option<String>,
    ) -> Result<ConnectionView, Error> {
        let token = match (&self.user, token_label(connector)) {
            (Some(user), _) => Some(secrets::read(&format!("Password of {user}"))?),
            (None, Some(label)) => Some(secrets::read(label)?),
            (None, None) => None,
        };
        let settings = self.settings()?;
        let request = Request {
            connector: self.connector,
            role: role.into(),
            name: self.name,
            base_url: self.base_url,
            allow_private: self.allow_private,
            token: token.map(|token| token.expose().to_owned()),
            user: self.user,
            settings,
            reconnect,
        };
        session.ask("connect", request).await
    }

    async fn by_browser(
        self,
        session: &Session,
        role: &str,
        reconnect: Option<String>,
    ) -> Result<ConnectionView, Error> {
        let client_secret = match &self.client_id {
            Some(_) => Some(secrets::read("Client secret")?.expose().to_owned()),
            None => None,
        };
        let settings = self.settings()?;
        let request = StartOAuth {
            connector: self.connector,
            role: role.into(),
            base_url: self.base_url,
            allow_private: self.allow_private,
            client_id: self.client_id,
            client_secret,
            settings,
            reconnect,
            open_browser: false,
        };
        oauth::sign_in(session, request, self.name).await
    }

    /// Plain settings, and secret ones read in the order they were named.
    fn settings(&self) -> Result<Vec<Pair>, Error> {
        let mut settings = self.set.clone();
        for name in &self.secret {
            settings.push(Pair { name: name.clone(), value: secrets::read(name)?.expose().to_owned() });
        }
        Ok(settings)
    }
}

fn token_label(connector: &ConnectorView) -> Option<&str> {
    connector.auth.iter().find_map(|auth| match auth {
        AuthView::Token { label, .. } => Some(label.as_str()),
        _ => None,
    })
}

fn refuse_secrets_among(connector: &ConnectorView, set: &[Pair]) -> Result<(), Error> {
    let secret = |pair: &&Pair| {
        connector.settings.iter().any(|setting| setting.name == pair.name && setting.kind == "secret")
    };
    match set.iter().find(secret) {
        None => Ok(()),
        Some(pair) => Err(Error::usage(format!(
            "“{name}” is a secret and must not stand in a command, where others can read it. Use --secret {name} and pass \
             the value on standard input.",
            name = pair.name
        ))),
    }
}
