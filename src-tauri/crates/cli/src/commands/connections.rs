//! Connectors and connections: what there is, whether it works, and leaving.

use clap::Args;
use leadferry_api::{
    AuthView, ById, ConnectionState, ConnectionView, ConnectorView, Disconnected, Error, Nothing,
};

use crate::console_output::{alarming, calm};
use crate::exit::{Ended, Outcome};
use crate::find;
use crate::session::Session;
use crate::table::Table;

/// A connection.
#[derive(Debug, Args)]
pub(crate) struct Named {
    /// Its name or id
    connection: String,
}

/// Lists what can be connected.
pub(crate) async fn connectors(session: &Session) -> Ended {
    let connectors: Vec<ConnectorView> = session.ask("connectors", Nothing {}).await?;
    session.out.answer(&connectors, || {
        let mut table = Table::new(["Connector", "Name", "Role", "Connect with", "Settings"]);
        for one in &connectors {
            let role = match (one.is_source, one.is_destination) {
                (true, true) => "source, destination",
                (true, false) => "source",
                (false, _) => "destination",
            };
            let ways: Vec<&str> = one.auth.iter().map(way).collect();
            let settings: Vec<String> = one
                .settings
                .iter()
                .map(|setting| {
                    let flag = if setting.kind == "secret" { "--secret" } else { "--set" };
                    let mark = if setting.required { "" } else { "?" };
                    format!("{flag} {}{mark}", setting.name)
                })
                .collect();
            table.row([one.id.clone(), one.name.clone(), role.into(), ways.join(", "), settings.join(", ")]);
        }
        table.text_or("This Leadferry has no connectors.")
    });
    Ok(Outcome::Done)
}

fn way(auth: &AuthView) -> &'static str {
    match auth {
        AuthView::None => "nothing",
        AuthView::OAuth { .. } => "--oauth",
        AuthView::ClientCredentials { .. } => "--app client-credentials",
        AuthView::JwtBearer { .. } => "--app jwt",
        AuthView::PastedCode { .. } => "--app code",
        AuthView::Token { .. } => "token",
        AuthView::Basic => "--user and password",
    }
}

/// Lists connections.
pub(crate) async fn list(session: &Session) -> Ended {
    let connections: Vec<ConnectionView> = session.ask("connections", Nothing {}).await?;
    show(session, &connections, "Nothing is connected yet. `leadferry connectors` shows what can be.");
    Ok(Outcome::Done)
}

/// Shows connections as a table.
pub(crate) fn show(session: &Session, connections: &[ConnectionView], empty: &str) {
    session.out.answer(&connections, || {
        let mut table = Table::new(["Name", "Connector", "Role", "State", "Account", "Id"]);
        for one in connections {
            let account = one.account.as_ref().map(|account| account.name.clone()).unwrap_or_default();
            table.row([
                one.name.clone(),
                one.connector.clone(),
                one.role.clone(),
                state(one.state),
                account,
                one.id.clone(),
            ]);
        }
        table.text_or(empty)
    });
}

fn state(state: ConnectionState) -> String {
    match state {
        ConnectionState::Connected => calm("connected"),
        ConnectionState::NeedsAccess => alarming("needs access"),
        ConnectionState::Disconnected => "disconnected".into(),
    }
}

/// A connection in words.
pub(crate) fn words(connection: &ConnectionView) -> String {
    let mut text =
        format!("{} ({}): {}\n", connection.name, connection.connector_name, state(connection.state));
    if let Some(account) = &connection.account {
        text.push_str(&format!("Account: {}", account.name));
        if let Some(user) = &account.user {
            text.push_str(&format!(", as {user}"));
        }
        text.push('\n');
        for (word, rights) in [("May", &account.may), ("May not", &account.may_not)] {
            if !rights.is_empty() {
                text.push_str(&format!("{word}: {}\n", rights.join(", ")));
            }
        }
    }
    if let Some(problem) = &connection.problem {
        text.push_str(&format!("{} {}\n", alarming(&problem.title), problem.meaning));
    }
    text.push_str(&format!("Id: {}", connection.id));
    text
}

impl Named {
    async fn id(&self, session: &Session) -> Result<ById, Error> {
        Ok(ById { id: find::connection(&session.caller, &self.connection).await?.id })
    }

    pub(crate) async fn check(self, session: &Session) -> Ended {
        let id = self.id(session).await?;
        let connection: ConnectionView = session.ask("check_connection", id).await?;
        session.out.answer(&connection, || words(&connection));
        Ok(if connection.state == ConnectionState::Connected { Outcome::Done } else { Outcome::No })
    }

    pub(crate) async fn disconnect(self, session: &Session) -> Ended {
        let id = self.id(session).await?;
        let gone: Disconnected = session.ask("disconnect", id).await?;
        session.out.answer(&gone, || {
            let mut text = gone.message.clone();
            for sync in &gone.paused {
                text.push_str(&format!("\nPaused: {}", sync.name));
            }
            text
        });
        Ok(Outcome::Done)
    }
}
