//! What a connector gets for one piece of work.

use std::collections::BTreeMap;

use leadferry_model::{Clock, Secret};

use crate::{Http, ObjectSpec};

/// Everything a connector method needs: HTTP bound to base URL, access, pacing, timeout and redaction; settings; the time.
pub struct Call<'a> {
    /// The only way out.
    pub http: &'a Http,
    /// What the person set on the connection.
    pub settings: &'a Settings,
    /// The time.
    pub clock: &'a dyn Clock,
}

/// A connection's settings, by the names of its spec.
#[derive(Clone, Debug, Default)]
pub struct Settings {
    /// Plain values. Pairs are kept as one JSON object.
    pub plain: BTreeMap<String, String>,
    /// Values kept like tokens.
    pub secret: BTreeMap<String, Secret>,
}

impl Settings {
    /// The plain value of `name`, if set.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.plain.get(name).map(String::as_str).filter(|value| !value.is_empty())
    }

    /// The name of the field that holds our Lead ID in `object`: the one the engine remembered from
    /// [`create_field`](crate::Connector::create_field), else the spec's. An account may have a field of that name already that
    /// cannot serve.
    pub fn lead_id_field<'a>(&'a self, object: &'a ObjectSpec) -> Option<&'a str> {
        self.get(&Self::lead_id_key(object.name)).or(object.lead_id.map(|field| field.name))
    }

    /// The setting under which the engine remembers the name of the created Lead ID field.
    pub fn lead_id_key(object: &str) -> String {
        format!("lead_id_field.{object}")
    }

    /// Scopes the vendor granted, where the token answer says so: the engine keeps them, separated by spaces.
    pub fn granted_scopes(&self) -> Option<Vec<&str>> {
        self.get(Self::GRANTED_SCOPES).map(|scopes| scopes.split_whitespace().collect())
    }

    /// A plain fact of the OAuth token answer, such as `user_id`: the engine keeps them under [`Settings::token_fact_key`].
    pub fn token_fact(&self, name: &str) -> Option<&str> {
        self.get(&Self::token_fact_key(name))
    }

    /// The setting under which the engine keeps a plain fact of the token answer.
    pub fn token_fact_key(name: &str) -> String {
        format!("token.{name}")
    }

    /// The setting with the granted scopes.
    pub const GRANTED_SCOPES: &str = "granted_scopes";

    /// A setting of kind [`Switch`](crate::SettingKind::Switch).
    pub fn is_on(&self, name: &str) -> bool {
        self.get(name) == Some("true")
    }

    /// A setting of kind [`Pairs`](crate::SettingKind::Pairs), in the order they were entered. `None` if it is not one JSON
    /// object of texts.
    pub fn pairs(&self, name: &str) -> Option<Vec<(String, String)>> {
        let Some(text) = self.get(name) else { return Some(Vec::new()) };
        let map: serde_json::Map<String, serde_json::Value> = serde_json::from_str(text).ok()?;
        map.into_iter()
            .map(|(name, value)| match value {
                serde_json::Value::String(text) => Some((name, text)),
                _ => None,
            })
            .collect()
    }

    /// The secret value of `name`, if set.
    pub fn secret(&self, name: &str) -> Option<&Secret> {
        self.secret.get(name)
    }
}
