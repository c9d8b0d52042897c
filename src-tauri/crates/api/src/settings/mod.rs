//! What a person can set, and what the computer keeps: about, configuration, backup, diagnostics, notifications.

mod configuration;
mod configuration_file;
mod diagnostics;
mod notifications;
mod window;

use std::path::Path;

use leadferry_auth::vault::KeyKind;
use leadferry_connector::{Reach, address};
use leadferry_store::{Page, Store, StoreError};
use serde_json::json;

use crate::commands::Tag;
use crate::sources::receivers;
use crate::types::{About, Nothing, Settings};
use crate::{App, Error, ErrorCode, Result, backup};

/// The setting of the ledger that holds all of them.
pub(crate) const KEPT: &str = "app";
/// Less would forget leads that are still talked about.
const SHORTEST_RETENTION: u32 = 7;

/// The settings as the ledger has them; the defaults where nobody changed any.
pub(crate) async fn kept(store: &Store) -> Result<Settings, StoreError> {
    let kept = store.read(|tx| tx.setting(KEPT)).await?;
    Ok(kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

impl App {
    /// Everything a person can set.
    pub async fn settings(&self, _: Nothing) -> Result<Settings> {
        self.kept_settings().await
    }

    pub(crate) async fn kept_settings(&self) -> Result<Settings> {
        Ok(kept(&self.store).await?)
    }

    /// Changes some settings for reasons of the app's own.
    pub(crate) async fn change_settings(
        &self,
        change: impl FnOnce(&mut Settings) + Send + 'static,
    ) -> Result<()> {
        self.store
            .write(move |tx| {
                let kept = tx.setting(KEPT)?;
                let mut settings: Settings =
                    kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default();
                change(&mut settings);
                tx.set_setting(KEPT, &json!(settings))
            })
            .await?;
        self.host.changed(&[Tag::Settings]);
        Ok(())
    }

    /// Keeps the settings, and follows them at once.
    pub async fn save_settings(&self, request: Settings) -> Result<Settings> {
        let before = self.kept_settings().await?;
        let wanted = checked(request)?;
        if wanted.start_at_login != before.start_at_login {
            self.host.start_at_login(wanted.start_at_login).map_err(|why| {
                Error::new(ErrorCode::Conflict, format!("Starting at login was not changed: {why}. The other settings were not saved either; correct this one and save again."))
            })?;
        }
        if let Some(port) = wanted.receiver_port.filter(|port| Some(*port) != before.receiver_port)
            && self.receiver_port().await != Some(port)
        {
            receivers::try_port(port).await?;
        }
        let receiving = (&wanted.receiver_port, &wanted.receiver_public_url)
            != (&before.receiver_port, &before.receiver_public_url);
        let changed = changed_names(&before, &wanted);
        let (now, kept) = (self.now(), wanted.clone());
        self.store
            .write(move |tx| {
                tx.set_setting(KEPT, &json!(kept))?;
                if changed.is_empty() {
                    return Ok(());
                }
                tx.record(now, "person", "settings.changed", "settings", &json!({"fields": changed}))
            })
            .await?;
        if receiving {
            self.restart_receivers().await?;
        }
        if wanted.receiver_public_url != before.receiver_public_url {
            self.tend_hooks_soon();
        }
        self.host.changed(&[Tag::Settings, Tag::Connections]);
        self.kept_settings().await
    }

    /// About this installation.
    pub async fn about(&self, _: Nothing) -> Result<About> {
        let leads = self.store.read(|tx| tx.leads(None, Page::first(0))).await?.total;
        let size = |name: &str| std::fs::metadata(self.data.join(name)).map_or(0, |file| file.len());
        let newest = backup::daily(&self.data).into_iter().next();
        Ok(About {
            version: env!("CARGO_PKG_VERSION").into(),
            data_folder: self.data.display().to_string(),
            secrets: match self.vault.kind() {
                Some(KeyKind::Keychain) => "keychain".into(),
                Some(KeyKind::Passphrase) => "passphrase".into(),
                None => "memory".into(),
            },
            ledger_bytes: size("leadferry.db") + size("leadferry.db-wal"),
            leads: u32::try_from(leads).unwrap_or(u32::MAX),
            last_backup_at: newest.and_then(|newest| newest.made_at),
            command_line: command_line(),
        })
    }
}

/// The settings as they can be kept, or what does not fit.
fn checked(mut settings: Settings) -> Result<Settings> {
    if settings.retention_days < SHORTEST_RETENTION {
        return Err(Error::usage(format!(
            "History is kept at least {SHORTEST_RETENTION} days. Enter a higher number."
        )));
    }
    if !["system", "light", "dark"].contains(&settings.theme.as_str()) {
        return Err(Error::usage("The appearance is light, dark or the system's. Choose one of them."));
    }
    let text =
        |value: Option<String>| value.map(|text| text.trim().to_owned()).filter(|text| !text.is_empty());
    settings.region = text(settings.region).map(|region| region.to_uppercase());
    if settings
        .region
        .as_ref()
        .is_some_and(|region| region.len() != 2 || !region.chars().all(|c| c.is_ascii_uppercase()))
    {
        return Err(Error::usage("The country is two letters, such as GB. Choose it from the list."));
    }
    settings.receiver_public_url = text(settings.receiver_public_url);
    if let Some(url) = &settings.receiver_public_url {
        address::checked(url, Reach::Public)?;
    }
    Ok(settings)
}

/// Which settings differ, by name.
fn changed_names(before: &Settings, after: &Settings) -> Vec<String> {
    let (before, after) = (json!(before), json!(after));
    let pairs = after.as_object().into_iter().flatten();
    pairs
        .filter(|(name, value)| before.get(name.as_str()) != Some(value))
        .map(|(name, _)| name.clone())
        .collect()
}

/// The command line beside this program, where it was installed with it.
fn command_line() -> Option<String> {
    let name = format!("leadferry{}", std::env::consts::EXE_SUFFIX);
    let beside = std::env::current_exe().ok()?.parent()?.join(name);
    beside.is_file().then(|| beside.display().to_string())
}

/// Writes a file a person asked for.
pub(crate) async fn write_file(path: &str, text: String) -> Result<()> {
    let path = Path::new(path).to_owned();
    let shown = path.display().to_string();
    tokio::fs::write(path, text).await.map_err(|error| {
        Error::new(
            ErrorCode::File,
            format!("The file {shown} could not be written ({error}). Choose another place."),
        )
    })
}
