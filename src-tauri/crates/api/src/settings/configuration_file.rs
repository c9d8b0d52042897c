//! The configuration as one file that people read, compare and keep under version control. No secret is in it.

use std::collections::BTreeMap;

use leadferry_store::Json;
use serde::{Deserialize, Serialize};

use crate::types::Settings;
use crate::{Error, Result};

/// Grows when an older app would misread a newer file.
pub(super) const FORMAT: u32 = 1;

const HEAD: &str = "# Leadferry configuration: connections without their secrets, syncs with their mappings, settings.\n\
                    # Import it with “Import configuration” or `leadferry config import`; connections are signed in afterwards.\n\n";

/// Everything that can be carried to another computer.
#[derive(Debug, Serialize, Deserialize)]
pub(super) struct File {
    pub(super) format: u32,
    pub(super) settings: Option<Settings>,
    #[serde(default, rename = "connection")]
    pub(super) connections: Vec<ConnectionEntry>,
    #[serde(default, rename = "sync")]
    pub(super) syncs: Vec<SyncEntry>,
}

/// A connection without its secrets.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct ConnectionEntry {
    pub(super) id: String,
    pub(super) connector: String,
    pub(super) name: String,
    pub(super) role: String,
    pub(super) base_url: Option<String>,
    /// How it authorises: words and public ids only.
    #[serde(default)]
    pub(super) auth: Json,
    #[serde(default)]
    pub(super) settings: BTreeMap<String, String>,
}

/// A sync with the newest version of its mapping.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct SyncEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) source: String,
    pub(super) destination: String,
    pub(super) object: String,
    #[serde(default)]
    pub(super) mode: Json,
    #[serde(default)]
    pub(super) settings: Json,
    pub(super) mapping: Option<Json>,
}

impl File {
    pub(super) fn write(&self) -> Result<String> {
        let mut value = serde_json::to_value(self).map_err(|error| Error::usage(unwritable(&error)))?;
        without_nothing(&mut value);
        let text = toml::to_string_pretty(&value).map_err(|error| Error::usage(unwritable(&error)))?;
        Ok(format!("{HEAD}{text}"))
    }

    pub(super) fn read(text: &str) -> Result<Self> {
        let file: Self = toml::from_str(text).map_err(|error| {
            Error::usage(format!(
                "The file is no configuration of Leadferry ({}). Choose another file, or correct it.",
                error.message()
            ))
        })?;
        if file.format > FORMAT {
            return Err(Error::usage(
                "The file was written by a newer Leadferry. Update this one, then import it again.",
            ));
        }
        Ok(file)
    }
}

fn unwritable(error: &dyn std::fmt::Display) -> String {
    format!(
        "The configuration could not be written down ({error}). Publish or simplify the mapping it names, then export again."
    )
}

/// TOML has no word for nothing; what is absent reads back as nothing.
pub(super) fn without_nothing(value: &mut Json) {
    match value {
        Json::Object(map) => {
            map.retain(|_, value| !value.is_null());
            map.values_mut().for_each(without_nothing);
        }
        Json::Array(items) => items.iter_mut().for_each(without_nothing),
        _ => {}
    }
}
