//! The gate every new access passes: the vendor is asked who we are, and only then anything is kept.

use std::collections::BTreeMap;

use leadferry_auth::tokens::TokenSet;
use leadferry_auth::vault::EntryName;
use leadferry_connector::{Account, Credential, ObjectSpec, Settings};
use leadferry_model::{ConnectionId, FieldKind, ObjectSchema, Secret};
use leadferry_store::{Connection, ConnectionState, Role};
use serde_json::json;

use super::entered;
use crate::commands::Tag;
use crate::types::ConnectionView;
use crate::way::Authorised;
use crate::{App, Error, ErrorCode, Result};

/// What a person gave to connect with. Not kept yet.
pub(crate) struct Candidate {
    pub(crate) connection: Connection,
    /// The name is to be the account's.
    pub(crate) unnamed: bool,
    /// It takes the place of a connection there is.
    pub(crate) again: bool,
    pub(crate) settings: Settings,
    pub(crate) grant: Grant,
}

impl Candidate {
    /// Keeps the host that renews its tokens.
    pub(crate) fn keep_host(&mut self, host: Option<String>) {
        let authorised = Authorised::of(&self.connection);
        self.connection.auth = json!(Authorised { host, ..authorised });
    }
}

/// What proves access.
pub(crate) enum Grant {
    /// Nothing is needed, or the settings hold it.
    None,
    /// A pasted token.
    Token(Secret),
    /// A password, and whose.
    Basic(String, Secret),
    /// Tokens from the vendor, and what renews them beside the refresh token.
    Tokens {
        /// The tokens.
        tokens: Box<TokenSet>,
        /// The secret of the person's own app.
        client_secret: Option<Secret>,
        /// The key the app signs with.
        private_key: Option<Secret>,
    },
}

impl Grant {
    pub(crate) fn tokens(&self) -> Option<&TokenSet> {
        match self {
            Self::Tokens { tokens, .. } => Some(tokens),
            Self::None | Self::Token(_) | Self::Basic(..) => None,
        }
    }

    fn credential(&self) -> Credential {
        match self {
            Self::None => Credential::None,
            Self::Token(token) => Credential::Token(token.clone()),
            Self::Basic(user, password) => {
                Credential::Basic { user: user.clone(), password: password.clone() }
            }
            Self::Tokens { tokens, .. } => Credential::Bearer(tokens.access.clone()),
        }
    }
}

impl App {
    /// Checks the candidate with the vendor and keeps it. A failure changes nothing.
    pub(crate) async fn admit(&self, candidate: Candidate) -> Result<ConnectionView> {
        let Candidate { mut connection, unnamed, again, settings, grant } = candidate;
        let connector = self.connector(&connection.connector)?;
        entered::complete(connector.spec(), &settings)?;
        let line = self.lines.trial(&connection, grant.credential(), settings.clone())?;
        let call = line.call(self.clock.as_ref());
        let account = connector.check(&call).await?;
        same_account(&connection, &account)?;
        let schema = match (connection.role, connector.spec().objects.first()) {
            (Role::Destination, Some(object)) => match connector.describe(&call, object.name).await {
                Ok(schema) => Some((object, schema)),
                // The engine reads the fields later; a passing trouble here is no reason to refuse good access.
                Err(failure) => {
                    tracing::warn!(
                        cause = failure.kind.word(),
                        "the fields of a new connection could not be read yet"
                    );
                    None
                }
            },
            _ => None,
        };
        let mut plain = settings.plain.clone();
        plain.retain(|_, value| !value.is_empty());
        plain.extend(account.remember.clone());
        if let Some((object, schema)) = &schema {
            note_lead_id(&mut plain, object, schema);
        }
        if unnamed {
            connection.name.clone_from(&account.name);
        }
        connection.settings = json!(plain);
        connection.account = Some(json!(account));
        connection.state = ConnectionState::Connected;
        connection.checked_at = Some(self.now());
        self.keep_secrets(&connection.id, &settings, &grant).await?;
        let id = connection.id.clone();
        let kept = self.keep_connection(connection, again, schema.map(|(_, schema)| schema)).await;
        if kept.is_err() && !again {
            // Nothing in the ledger would ever ask for these secrets.
            self.vault.forget(&id).await?;
        }
        kept?;
        self.lines.forget(&id);
        if again {
            self.engine.access_restored(&id).await?;
        }
        self.host.changed(&[Tag::Connections, Tag::Lanes, Tag::Audit]);
        self.view_of(&id).await
    }

    async fn keep_secrets(&self, id: &ConnectionId, settings: &Settings, grant: &Grant) -> Result<()> {
        for (name, secret) in &settings.secret {
            self.vault.put(&EntryName::setting(id, name), secret).await?;
        }
        match grant {
            Grant::None => {}
            Grant::Token(token) => self.vault.put(&EntryName::token(id), token).await?,
            Grant::Basic(_, password) => self.vault.put(&EntryName::password(id), password).await?,
            Grant::Tokens { tokens, client_secret, private_key } => {
                if let Some(secret) = client_secret {
                    self.vault.put(&EntryName::client_secret(id), secret).await?;
                }
                if let Some(key) = private_key {
                    self.vault.put(&EntryName::private_key(id), key).await?;
                }
                tokens.keep(&self.vault, id).await?;
            }
        }
        Ok(())
    }

    async fn keep_connection(
        &self,
        connection: Connection,
        again: bool,
        schema: Option<ObjectSchema>,
    ) -> Result<()> {
        let now = self.now();
        let action = if again { "connection.signed_in" } else { "connection.connected" };
        let subject = format!("connection {}", connection.id);
        let detail = json!({"connector": connection.connector, "role": connection.role.as_str()});
        self.store
            .write(move |tx| {
                tx.save_connection(&connection)?;
                if let Some(schema) = &schema {
                    tx.save_schema(now, &connection.id, schema)?;
                }
                tx.record(now, "person", action, &subject, &detail)
            })
            .await?;
        Ok(())
    }
}

/// Leads that wait for one account must not go to another: records, links and cursors belong to the account.
pub(super) fn same_account(connection: &Connection, account: &Account) -> Result<()> {
    let before = connection.account.clone().and_then(|kept| serde_json::from_value::<Account>(kept).ok());
    match before {
        Some(before) if before.id != account.id => Err(Error::new(
            ErrorCode::Conflict,
            format!(
                "You signed in to {}, but this connection belongs to {}. Sign in there, or make a new connection for the other account.",
                account.name, before.name
            ),
        )),
        _ => Ok(()),
    }
}

/// Remembers the Lead ID field of an account that has one already.
fn note_lead_id(plain: &mut BTreeMap<String, String>, object: &ObjectSpec, schema: &ObjectSchema) {
    let Some(wanted) = object.lead_id else { return };
    let serves = |field: &&leadferry_model::Field| {
        field.unique && !field.read_only && matches!(field.kind, FieldKind::Text | FieldKind::LongText)
    };
    if let Some(field) = schema.field(wanted.name).filter(serves) {
        plain.entry(Settings::lead_id_key(object.name)).or_insert_with(|| field.name.clone());
    }
}
