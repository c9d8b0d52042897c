//! Looking after connections: checking, renaming, changing settings, disconnecting.

use leadferry_auth::tokens::{Revocation, disconnect};
use leadferry_connector::{Account, Settings};
use leadferry_model::{ConnectionId, Failure, FailureKind};
use leadferry_store::{Connection, ConnectionState, LaneState, SyncState};
use serde_json::json;

use super::{FILE, RECEIVER, admit, entered};
use crate::commands::Tag;
use crate::types::{ById, ChangeConnection, ConnectionView, Disconnected, Named};
use crate::way::{Authorised, Way};
use crate::{App, Error, Result};

impl App {
    /// Asks the vendor who we are and what we may do. Trouble is part of the answer, not an error.
    pub async fn check_connection(&self, request: ById) -> Result<ConnectionView> {
        let id = ConnectionId::new(request.id);
        let connection = self.kept_connection(&id).await?;
        if [FILE, RECEIVER].contains(&connection.connector.as_str()) {
            return self.view_of(&id).await;
        }
        if connection.state == ConnectionState::Disconnected {
            return Err(Error::usage("This connection was taken off. Sign in again to use it."));
        }
        let connector = self.connector(&connection.connector)?;
        let checked = match self.lines.line(&connection).await {
            Ok(line) => connector.check(&line.call(self.clock.as_ref())).await,
            Err(failure) => Err(failure),
        };
        match checked {
            Ok(account) => {
                admit::same_account(&connection, &account)?;
                self.found_well(connection, account).await?;
                self.view_of(&id).await
            }
            Err(failure) => self.found_ill(connection, failure).await,
        }
    }

    async fn found_well(&self, mut connection: Connection, account: Account) -> Result<()> {
        let (now, id) = (self.now(), connection.id.clone());
        let lost = connection.state == ConnectionState::NeedsAccess;
        if let Some(settings) = connection.settings.as_object_mut() {
            settings.extend(account.remember.iter().map(|(name, value)| (name.clone(), json!(value))));
        }
        connection.account = Some(json!(account));
        connection.checked_at = Some(now);
        connection.state = ConnectionState::Connected;
        self.store.write(move |tx| tx.save_connection(&connection)).await?;
        if lost {
            self.engine.access_restored(&id).await?;
        }
        self.host.changed(&[Tag::Connections, Tag::Lanes]);
        Ok(())
    }

    async fn found_ill(&self, connection: Connection, failure: Failure) -> Result<ConnectionView> {
        let (now, id) = (self.now(), connection.id.clone());
        if failure.kind == FailureKind::Auth {
            let (closed, why) = (id.clone(), failure.clone());
            self.store
                .write(move |tx| {
                    tx.set_connection_state(&closed, ConnectionState::NeedsAccess)?;
                    tx.set_lane(now, &closed, LaneState::NoAccess, Some(&why), None)
                })
                .await?;
            self.host.changed(&[Tag::Connections, Tag::Lanes]);
        }
        let mut view = self.view_of(&id).await?;
        view.problem = Some(self.explained(&connection, &failure, 0));
        Ok(view)
    }

    /// Renames a connection, or changes its settings; those are tried with the vendor first.
    pub async fn change_connection(&self, request: ChangeConnection) -> Result<ConnectionView> {
        let id = ConnectionId::new(&request.id);
        let mut connection = self.kept_connection(&id).await?;
        let mut changed: Vec<&str> = Vec::new();
        if let Some(name) = request.name.as_deref().map(str::trim) {
            if name.is_empty() {
                return Err(Error::usage("A connection needs a name. Enter one."));
            }
            connection.name = name.into();
            changed.push("name");
        }
        let mut secrets = std::collections::BTreeMap::new();
        if !request.settings.is_empty() {
            let connector = self.connector(&connection.connector)?;
            let entered =
                entered::settings(connector.spec(), &request.settings, Authorised::of(&connection).reach())?;
            let mut settings = self.lines.settings(&connection).await?;
            settings.plain.extend(entered.plain);
            settings.plain.retain(|_, value| !value.is_empty());
            settings.secret.extend(entered.secret.clone());
            entered::complete(connector.spec(), &settings)?;
            self.try_settings(&connection, settings.clone()).await?;
            connection.settings = json!(settings.plain);
            secrets = entered.secret;
            changed.extend(request.settings.iter().map(|pair| pair.name.as_str()));
        }
        for (name, secret) in &secrets {
            self.vault.put(&leadferry_auth::vault::EntryName::setting(&id, name), secret).await?;
        }
        let (now, detail) = (self.now(), json!({"fields": changed}));
        self.store
            .write(move |tx| {
                tx.save_connection(&connection)?;
                tx.record(
                    now,
                    "person",
                    "connection.changed",
                    &format!("connection {}", connection.id),
                    &detail,
                )
            })
            .await?;
        self.lines.forget(&id);
        self.host.changed(&[Tag::Connections, Tag::Audit]);
        self.view_of(&id).await
    }

    async fn try_settings(&self, connection: &Connection, settings: Settings) -> Result<()> {
        let mut line = self.lines.line(connection).await?;
        // An address may be among the settings: the line must lead where the new ones say.
        if Authorised::of(connection).way == Way::None {
            line = self.lines.trial(connection, leadferry_connector::Credential::None, settings)?;
        } else {
            line.settings = settings;
        }
        let account = self.connector(&connection.connector)?.check(&line.call(self.clock.as_ref())).await?;
        admit::same_account(connection, &account)
    }

    /// Takes a connection off: its secrets are wiped here, the vendor is told, and its syncs pause. Leads stay.
    pub async fn disconnect(&self, request: ById) -> Result<Disconnected> {
        let id = ConnectionId::new(request.id);
        let connection = self.kept_connection(&id).await?;
        if connection.connector == RECEIVER {
            self.close_receiver(&connection).await?;
        }
        // While there still is access to do it with.
        self.drop_hooks(&connection).await?;
        let authorised = Authorised::of(&connection);
        let endpoint = match authorised.way.has_tokens() {
            // Without an endpoint the vendor cannot be told, which is no reason to keep the secrets.
            true => self.lines.endpoint(&connection, &authorised).await.ok(),
            false => None,
        };
        let told = disconnect(&self.vault, &id, endpoint.as_ref()).await?;
        self.lines.forget(&id);
        let (now, taken_off) = (self.now(), id.clone());
        let outcome = match &told {
            Revocation::Revoked => "revoked",
            Revocation::NotOffered => "not_offered",
            Revocation::Failed(_) => "failed",
        };
        let paused = self
            .store
            .write(move |tx| {
                tx.set_connection_state(&taken_off, ConnectionState::Disconnected)?;
                let uses = |sync: &leadferry_store::SavedSync| {
                    sync.state == SyncState::On && (sync.source == taken_off || sync.destination == taken_off)
                };
                let used: Vec<_> = tx.syncs()?.into_iter().filter(uses).collect();
                for sync in &used {
                    tx.set_sync_state(&sync.id, SyncState::Paused, None)?;
                }
                let detail = json!({"vendor": outcome, "paused": used.len()});
                tx.record(
                    now,
                    "person",
                    "connection.disconnected",
                    &format!("connection {taken_off}"),
                    &detail,
                )?;
                Ok(used)
            })
            .await?;
        self.host.changed(&[Tag::Connections, Tag::Lanes, Tag::Syncs, Tag::Audit]);
        let paused: Vec<Named> =
            paused.into_iter().map(|sync| Named { id: sync.id.to_string(), name: sync.name }).collect();
        let message = consequences(self.system_name(&connection.connector), &told, paused.len());
        Ok(Disconnected { paused, message })
    }

    /// A connection as the ledger has it.
    pub(crate) async fn kept_connection(&self, id: &ConnectionId) -> Result<Connection> {
        let id = id.clone();
        Ok(self.store.read(move |tx| tx.connection(&id)).await?)
    }
}

fn consequences(system: &str, told: &Revocation, paused: usize) -> String {
    let vendor = match told {
        Revocation::Revoked => format!("{system} has ended the access."),
        Revocation::NotOffered => "Its secrets are gone from this computer.".to_owned(),
        Revocation::Failed(_) => format!(
            "Its secrets are gone from this computer, but {system} could not be told. Remove Leadferry in your account there."
        ),
    };
    match paused {
        0 => vendor,
        1 => format!("{vendor} One sync is paused; its leads wait."),
        many => format!("{vendor} {many} syncs are paused; their leads wait."),
    }
}
