//! Connecting an account. Tokens, passwords and client secrets come by standard input or a hidden prompt.

use clap::{Args, ValueEnum};
use leadferry_api::{
    AppAccess, AuthView, Connect as Request, ConnectionView, ConnectorView, Error, Nothing, Pair, StartOAuth,
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
  leadferry connect NAME --app client-credentials --client-id 1234 --host acme.example.com < client-secret.txt
  leadferry connect NAME --app jwt --client-id 1234 --user ada@example.com < key.pem

Secrets are read from standard input, one a line: first the token, password, client secret
or private key, then a code, then each --secret in the order given. On a terminal you are
asked for them.";

/// Connects an account
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES, group = clap::ArgGroup::new("own").args(["oauth", "app"]))]
pub(crate) struct Connect {
    /// The connector, as `leadferry connectors` names it
    connector: String,
    /// A name for the connection; the account's name by default
    #[arg(long)]
    name: Option<String>,
    /// User name, where the system wants user and password, or whom an app acts for
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
    /// Let your own app in without a browser
    #[arg(long, value_name = "WAY", requires = "client_id")]
    app: Option<AppWay>,
    /// The client id of your own app, with --oauth or --app; its secret is read from standard input
    #[arg(long, requires = "own", value_name = "ID")]
    client_id: Option<String>,
    /// Your own app has no secret
    #[arg(long, requires = "oauth", requires = "client_id")]
    no_client_secret: bool,
    /// Where the account signs in, if not at the usual place: one of the system's hosts, or the account's own domain
    #[arg(long, requires = "own")]
    host: Option<String>,
    /// Whom the app's statement is for, with --app jwt; the sign-in host by default
    #[arg(long, requires = "app")]
    audience: Option<String>,
    /// Sign in again for this connection instead of making one
    #[arg(long, value_name = "CONNECTION")]
    again: Option<String>,
}

/// What an app shows instead of a person's sign-in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum AppWay {
    /// Its client secret
    ClientCredentials,
    /// A statement signed with its private key, for the user named with --user
    Jwt,
    /// Its client secret and a code made for it at the vendor
    Code,
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
        let app = self.app_access()?;
        let token = match (&app, &self.user, token_label(connector)) {
            (Some(_), ..) => None,
            (None, Some(user), _) => Some(secrets::read(&format!("Password of {user}"))?),
            (None, None, Some(label)) => Some(secrets::read(label)?),
            (None, None, None) => None,
        };
        let settings = self.settings()?;
        let request = Request {
            connector: self.connector,
            role: role.into(),
            name: self.name,
            base_url: self.base_url,
            allow_private: self.allow_private,
            token: token.map(|token| token.expose().to_owned()),
            user: self.user.filter(|_| app.is_none()),
            app,
            host: self.host,
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
            Some(_) if !self.no_client_secret => Some(secret("Client secret")?),
            _ => None,
        };
        let settings = self.settings()?;
        let request = StartOAuth {
            connector: self.connector,
            role: role.into(),
            base_url: self.base_url,
            allow_private: self.allow_private,
            client_id: self.client_id,
            client_secret,
            host: self.host,
            settings,
            reconnect,
            open_browser: false,
        };
        oauth::sign_in(session, request, self.name).await
    }

    fn app_access(&self) -> Result<Option<AppAccess>, Error> {
        let (Some(way), Some(client_id)) = (self.app, self.client_id.clone()) else { return Ok(None) };
        Ok(Some(match way {
            AppWay::ClientCredentials => {
                AppAccess::ClientCredentials { client_id, client_secret: secret("Client secret")? }
            }
            AppWay::Jwt => AppAccess::JwtBearer {
                client_id,
                user: self.user.clone().ok_or_else(|| {
                    Error::usage("Name the user the app acts for with --user, then connect again.")
                })?,
                private_key: secrets::read_key("private key")?.expose().to_owned(),
                audience: self.audience.clone(),
            },
            AppWay::Code => AppAccess::PastedCode {
                client_id,
                client_secret: secret("Client secret")?,
                code: secret("Code")?,
            },
        }))
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

fn secret(what: &str) -> Result<String, Error> {
    secrets::read(what).map(|secret| secret.expose().to_owned())
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
