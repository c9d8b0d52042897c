//! Connecting with what a person has at hand: a token, user and password, an app, or nothing but an address.

use leadferry_connector::{Auth, Reach, Settings, Spec};
use leadferry_model::{ConnectionId, Secret};
use leadferry_store::{Connection, ConnectionState};
use serde_json::json;

use super::admit::{Candidate, Grant};
use super::entered;
use crate::lines::told;
use crate::types::{Connect, ConnectionView, Pair};
use crate::way::{Authorised, Way};
use crate::{App, Error, Result};

/// What both ways of connecting begin with.
pub(super) struct Wish<'a> {
    pub(super) connector: &'a str,
    pub(super) role: &'a str,
    pub(super) name: Option<&'a str>,
    pub(super) base_url: Option<&'a str>,
    pub(super) allow_private: bool,
    pub(super) settings: &'a [Pair],
    /// Where the account signs in, as it was chosen or typed.
    pub(super) host: Option<&'a str>,
    pub(super) reconnect: Option<&'a str>,
}

/// A connection that is not kept yet, with its settings.
pub(crate) struct Draft {
    pub(crate) connection: Connection,
    pub(crate) unnamed: bool,
    pub(crate) again: bool,
    pub(crate) settings: Settings,
}

impl Draft {
    pub(super) fn granted(mut self, way: Way, grant: Grant) -> Candidate {
        let before = Authorised::of(&self.connection);
        self.connection.auth = json!(Authorised { way, ..before });
        // Of an earlier sign-in nothing may stay: it may have granted more, or known another user.
        told(&mut self.settings, grant.tokens());
        let Self { connection, unnamed, again, settings } = self;
        Candidate { connection, unnamed, again, settings, grant }
    }
}

impl App {
    /// Connects with a pasted token, user and password, an app that needs no browser, or no access at all. The vendor is asked first; nothing is kept if it
    /// says no.
    pub async fn connect(&self, request: Connect) -> Result<ConnectionView> {
        let spec = self.connector(&request.connector)?.spec();
        let draft = self
            .draft(&Wish {
                connector: &request.connector,
                role: &request.role,
                name: request.name.as_deref(),
                base_url: request.base_url.as_deref(),
                allow_private: request.allow_private,
                settings: &request.settings,
                host: request.host.as_deref(),
                reconnect: request.reconnect.as_deref(),
            })
            .await?;
        let candidate = match &request.app {
            Some(app) => self.by_app(spec, draft, app).await?,
            None => {
                let (way, grant) = grant(spec, &request)?;
                draft.granted(way, grant)
            }
        };
        self.admit(candidate).await
    }

    /// The connection `wish` would make, or the one it signs in again.
    pub(super) async fn draft(&self, wish: &Wish<'_>) -> Result<Draft> {
        let spec = self.connector(wish.connector)?.spec();
        let before = match wish.reconnect {
            None => None,
            Some(id) => {
                let id = ConnectionId::new(id);
                Some(self.store.read(move |tx| tx.connection(&id)).await?)
            }
        };
        if before.as_ref().is_some_and(|before| before.connector != spec.id) {
            return Err(Error::usage(
                "This connection belongs to another system. Make a new connection instead.",
            ));
        }
        let role = match &before {
            Some(before) => before.role,
            None => entered::role(spec, wish.role)?,
        };
        let kept = before.as_ref().map(Authorised::of);
        let private = wish.allow_private || kept.as_ref().is_some_and(|kept| kept.private_network);
        let reach = if private { Reach::PrivateNetwork } else { Reach::ThisComputer };
        let entered = entered::settings(spec, wish.settings, reach)?;
        let base_url = entered::base_url(spec, wish.base_url, reach)?;
        let mut settings = match &before {
            Some(before) => self.lines.settings(before).await?,
            None => Settings::default(),
        };
        settings.plain.extend(entered.plain);
        settings.secret.extend(entered.secret);
        let given = wish.host.map(str::trim).filter(|host| !host.is_empty()).map(str::to_owned);
        let host = given.or_else(|| kept.as_ref()?.host.clone());
        let practice = kept.and_then(|kept| kept.practice);
        let auth = json!(Authorised { way: Way::None, host, private_network: private, practice });
        let name = wish.name.map(str::trim).filter(|name| !name.is_empty());
        let again = before.is_some();
        let mut connection = before.unwrap_or_else(|| Connection {
            id: ConnectionId::fresh(),
            connector: spec.id.into(),
            name: spec.name.into(),
            role,
            base_url: None,
            auth: json!({}),
            settings: json!({}),
            account: None,
            state: ConnectionState::Connected,
            created_at: self.now(),
            checked_at: None,
        });
        connection.auth = auth;
        if let Some(name) = name {
            connection.name = name.into();
        }
        connection.base_url = base_url.or(connection.base_url);
        Ok(Draft { connection, unnamed: name.is_none() && !again, again, settings })
    }
}

/// The way of authorising that fits what was given.
fn grant(spec: &Spec, request: &Connect) -> Result<(Way, Grant)> {
    let given = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let (user, token) = (given(&request.user), given(&request.token));
    let offers = |wanted: fn(&Auth) -> bool| spec.auth.iter().any(wanted);
    let basic = offers(|auth| matches!(auth, Auth::Basic));
    match (user, token) {
        (Some(user), Some(password)) if basic => {
            Ok((Way::Basic { user: user.clone() }, Grant::Basic(user, Secret::new(password))))
        }
        (_, Some(token)) if offers(|auth| matches!(auth, Auth::Token { .. })) => {
            Ok((Way::Token, Grant::Token(Secret::new(token))))
        }
        (_, None) if offers(|auth| matches!(auth, Auth::None)) => Ok((Way::None, Grant::None)),
        _ => Err(Error::usage(missing(spec, basic))),
    }
}

fn missing(spec: &Spec, basic: bool) -> String {
    let label = spec.auth.iter().find_map(|auth| match auth {
        Auth::Token { label, .. } => Some(label),
        _ => None,
    });
    match label {
        Some(label) => {
            format!("Paste the {} of your {} account, then connect again.", lower_first(label), spec.name)
        }
        None if basic => {
            format!("Enter the user name and password of your {} account, then connect again.", spec.name)
        }
        None => format!("{} is connected in another way. Choose one of those it offers.", spec.name),
    }
}

fn lower_first(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map(|first| first.to_lowercase().chain(letters).collect()).unwrap_or_default()
}
