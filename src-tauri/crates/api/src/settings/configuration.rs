//! Carrying the configuration to another computer, or back.

use leadferry_connector::{SettingKind, address};
use leadferry_mapping::Mapping;
use leadferry_model::{ConnectionId, SyncId};
use leadferry_store::{
    Connection, ConnectionState, Json, LaneState, Role, SavedSync, StoreError, SyncState, Writer,
};
use leadferry_sync::settings::{Mode, SyncSettings};
use serde_json::json;

use super::configuration_file::{ConnectionEntry, FORMAT, File, SyncEntry, without_nothing};
use super::{checked, write_file};
use crate::commands::Tag;
use crate::connections::{FILE, RECEIVER};
use crate::types::{Changed, FromFile, Nothing, Settings, ToFile};
use crate::way::Authorised;
use crate::{App, Error, ErrorCode, Result};

impl App {
    /// Writes connections without their secrets, syncs with their mappings, and settings to one file.
    pub async fn export_configuration(&self, request: ToFile) -> Result<Nothing> {
        let settings = self.kept_settings().await?;
        let (connections, syncs) = self
            .store
            .read(|tx| {
                let with_mapping = |sync: SavedSync| {
                    let newest = tx.mappings(&sync.id)?.into_iter().next();
                    Ok((sync, newest.map(|version| version.mapping)))
                };
                let syncs =
                    tx.syncs()?.into_iter().map(with_mapping).collect::<Result<Vec<_>, StoreError>>()?;
                Ok((tx.connections()?, syncs))
            })
            .await?;
        let gone = |one: &Connection| one.state == ConnectionState::Disconnected && !used(one, &syncs);
        let file = File {
            format: FORMAT,
            settings: Some(Settings { closing_explained: false, ..settings }),
            connections: connections.iter().filter(|one| !gone(one)).map(|one| self.entry(one)).collect(),
            syncs: syncs.into_iter().map(sync_entry).collect(),
        };
        write_file(&request.path, file.write()?).await?;
        let now = self.now();
        self.store
            .write(move |tx| tx.record(now, "person", "configuration.exported", "configuration", &json!({})))
            .await?;
        Ok(Nothing {})
    }

    /// Only what the spec calls plain: whatever else stands in a connection's settings belongs to its account.
    fn entry(&self, connection: &Connection) -> ConnectionEntry {
        let plain =
            self.connector(&connection.connector).map_or(&[][..], |connector| connector.spec().settings);
        let plain = plain.iter().filter(|setting| !matches!(setting.kind, SettingKind::Secret));
        ConnectionEntry {
            id: connection.id.to_string(),
            connector: connection.connector.clone(),
            name: connection.name.clone(),
            role: connection.role.as_str().into(),
            base_url: connection.base_url.clone(),
            auth: connection.auth.clone(),
            settings: plain
                .filter_map(|setting| {
                    let value = connection.settings.get(setting.name)?.as_str()?;
                    Some((setting.name.to_owned(), value.to_owned()))
                })
                .collect(),
        }
    }

    /// Reads such a file: what is new is made, what is known by its id is updated. Connections that are new, or lead
    /// elsewhere now, are signed in afterwards; mappings come in as drafts, so that nothing is sent before a person has looked.
    pub async fn import_configuration(&self, request: FromFile) -> Result<Changed> {
        let text = tokio::fs::read_to_string(&request.path).await.map_err(|error| {
            Error::new(
                ErrorCode::File,
                format!("The file {} cannot be read ({error}). Choose it again.", request.path),
            )
        })?;
        let file = File::read(&text)?;
        for entry in &file.connections {
            self.fits(entry)?;
        }
        file.syncs.iter().try_for_each(sync_fits)?;
        let kept = self.kept_settings().await?;
        let settings = file.settings.map(checked).transpose()?;
        let settings = settings.map(|wanted| Settings {
            // These belong to this computer.
            start_at_login: kept.start_at_login,
            closing_explained: kept.closing_explained,
            receiver_port: kept.receiver_port,
            ..wanted
        });
        for entry in &file.connections {
            self.forget_if_moved(entry).await?;
        }
        let now = self.now();
        let (connections, syncs) = (file.connections, file.syncs);
        let count = self
            .store
            .write(move |tx| {
                for entry in &connections {
                    bring_connection(tx, now, entry)?;
                }
                for entry in &syncs {
                    bring_sync(tx, now, entry)?;
                }
                let detail = json!({"connections": connections.len(), "syncs": syncs.len()});
                tx.record(now, "person", "configuration.imported", "configuration", &detail)?;
                Ok(connections.len() + syncs.len())
            })
            .await?;
        if let Some(settings) = settings {
            self.save_settings(settings).await?;
        }
        self.host.changed(&[Tag::Connections, Tag::Syncs, Tag::Mappings, Tag::Settings, Tag::Audit]);
        Ok(Changed { count: u32::try_from(count).unwrap_or(u32::MAX) })
    }

    fn fits(&self, entry: &ConnectionEntry) -> Result<()> {
        if ![FILE, RECEIVER].contains(&entry.connector.as_str()) {
            self.connector(&entry.connector)?;
        }
        Role::parse(&entry.role).ok_or_else(|| {
            Error::usage(format!(
                "The connection {} is neither source nor destination. Correct its role in the file.",
                entry.name
            ))
        })?;
        if let Some(base) = &entry.base_url {
            let authorised: Option<Authorised> = serde_json::from_value(entry.auth.clone()).ok();
            address::checked(
                base,
                authorised.map_or_else(Default::default, |authorised| authorised.reach()),
            )?;
        }
        Ok(())
    }

    /// A file must not lead a kept token to another host.
    async fn forget_if_moved(&self, entry: &ConnectionEntry) -> Result<()> {
        let id = ConnectionId::new(&entry.id);
        let connections = self.store.read(|tx| tx.connections()).await?;
        let known = connections.into_iter().find(|one| one.id == id);
        if known.is_some_and(|known| moved(&known, entry)) {
            self.vault.forget(&id).await?;
            self.lines.forget(&id);
        }
        Ok(())
    }
}

fn used(connection: &Connection, syncs: &[(SavedSync, Option<Json>)]) -> bool {
    syncs.iter().any(|(sync, _)| sync.source == connection.id || sync.destination == connection.id)
}

fn sync_entry((sync, mapping): (SavedSync, Option<Json>)) -> SyncEntry {
    SyncEntry {
        id: sync.id.to_string(),
        name: sync.name,
        source: sync.source.to_string(),
        destination: sync.destination.to_string(),
        object: sync.object,
        mode: sync.mode,
        settings: sync.settings,
        mapping,
    }
}

fn moved(known: &Connection, entry: &ConnectionEntry) -> bool {
    known.base_url != entry.base_url
        || known.connector != entry.connector
        || said(&known.auth) != said(&entry.auth)
}

/// What `auth` says, whether or not it names what is nothing.
fn said(auth: &Json) -> Json {
    let mut said = auth.clone();
    without_nothing(&mut said);
    said
}

fn sync_fits(entry: &SyncEntry) -> Result<()> {
    let wrong = |what: &str, error: &dyn std::fmt::Display| {
        Error::usage(format!(
            "The {what} of the sync {} cannot be read ({error}). Correct it in the file.",
            entry.name
        ))
    };
    if !entry.mode.is_null() {
        serde_json::from_value::<Mode>(entry.mode.clone()).map_err(|error| wrong("mode", &error))?;
    }
    if !entry.settings.is_null() {
        serde_json::from_value::<SyncSettings>(entry.settings.clone())
            .map_err(|error| wrong("settings", &error))?;
    }
    if let Some(mapping) = &entry.mapping {
        Mapping::read(&mapping.to_string()).map_err(|error| wrong("mapping", &error))?;
    }
    Ok(())
}

fn bring_connection(
    tx: &Writer<'_>,
    now: leadferry_model::Timestamp,
    entry: &ConnectionEntry,
) -> Result<(), StoreError> {
    let id = ConnectionId::new(&entry.id);
    let known = tx.connections()?.into_iter().find(|one| one.id == id);
    let role = Role::parse(&entry.role).unwrap_or(Role::Source);
    let connection = match known {
        Some(known) => {
            let closed = moved(&known, entry) && entry.connector != FILE;
            let mut settings = if known.settings.is_object() { known.settings.clone() } else { json!({}) };
            if let Some(map) = settings.as_object_mut() {
                map.extend(entry.settings.iter().map(|(name, value)| (name.clone(), json!(value))));
            }
            Connection {
                name: entry.name.clone(),
                base_url: entry.base_url.clone(),
                auth: entry.auth.clone(),
                settings,
                state: if closed { ConnectionState::NeedsAccess } else { known.state },
                ..known
            }
        }
        None => Connection {
            id,
            connector: entry.connector.clone(),
            name: entry.name.clone(),
            role,
            base_url: entry.base_url.clone(),
            auth: entry.auth.clone(),
            settings: json!(entry.settings),
            account: None,
            state: if entry.connector == FILE {
                ConnectionState::Connected
            } else {
                ConnectionState::NeedsAccess
            },
            created_at: now,
            checked_at: None,
        },
    };
    tx.save_connection(&connection)?;
    if connection.state == ConnectionState::NeedsAccess && connection.role == Role::Destination {
        tx.set_lane(now, &connection.id, LaneState::NoAccess, None, None)?;
    }
    Ok(())
}

fn bring_sync(tx: &Writer<'_>, now: leadferry_model::Timestamp, entry: &SyncEntry) -> Result<(), StoreError> {
    let id = SyncId::new(&entry.id);
    let known = tx.syncs()?.into_iter().find(|one| one.id == id);
    let mode: Mode = serde_json::from_value(entry.mode.clone()).unwrap_or_default();
    let settings =
        if entry.settings.is_null() { json!(SyncSettings::default()) } else { entry.settings.clone() };
    // A sync of a source or destination that is nowhere would be refused by the ledger with less helpful words.
    tx.connection(&ConnectionId::new(&entry.source))?;
    tx.connection(&ConnectionId::new(&entry.destination))?;
    let sync = match known {
        Some(known) => SavedSync {
            name: entry.name.clone(),
            waits_for_run: mode.waits_for_run(),
            mode: json!(mode),
            settings,
            ..known
        },
        None => SavedSync {
            id: id.clone(),
            name: entry.name.clone(),
            source: ConnectionId::new(&entry.source),
            destination: ConnectionId::new(&entry.destination),
            object: entry.object.clone(),
            state: SyncState::Draft,
            paused_until: None,
            waits_for_run: mode.waits_for_run(),
            mode: json!(mode),
            settings,
            live_version: None,
            created_at: now,
            next_run_at: None,
        },
    };
    tx.save_sync(&sync)?;
    if let Some(mapping) = &entry.mapping {
        let newest = tx.mappings(&id)?.into_iter().next();
        if newest.is_none_or(|newest| !same(&newest.mapping, mapping)) {
            tx.save_mapping(now, &id, mapping, "imported")?;
        }
    }
    Ok(())
}

/// Equal once both are read: a file leaves out what is nothing.
fn same(one: &Json, other: &Json) -> bool {
    match (Mapping::read(&one.to_string()), Mapping::read(&other.to_string())) {
        (Ok(one), Ok(other)) => one == other,
        _ => false,
    }
}
