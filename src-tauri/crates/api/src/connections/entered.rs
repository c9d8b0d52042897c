//! What a person typed into a connection, checked against the spec before anybody outside hears of it.

use std::collections::BTreeMap;

use leadferry_connector::{BaseUrl, Reach, Setting, SettingKind, Spec, address};
use leadferry_model::Secret;
use leadferry_store::Role;

use crate::types::Pair;
use crate::{Error, Result};

/// Settings apart by where they are kept.
#[derive(Debug, Default)]
pub(super) struct Entered {
    pub(super) plain: BTreeMap<String, String>,
    pub(super) secret: BTreeMap<String, Secret>,
}

/// `source` or `destination`, if the system can be that.
pub(super) fn role(spec: &Spec, word: &str) -> Result<Role> {
    let role = Role::parse(word)
        .ok_or_else(|| Error::usage("A connection is a source or a destination. Choose one of them."))?;
    let wanted = match role {
        Role::Source => leadferry_connector::Role::Source,
        Role::Destination => leadferry_connector::Role::Destination,
    };
    if spec.roles.contains(&wanted) {
        return Ok(role);
    }
    let (is, other) = match role {
        Role::Source => ("leads cannot come from", "Choose it as a destination."),
        Role::Destination => ("leads cannot go to", "Choose it as a source."),
    };
    Err(Error::usage(format!("With {name} this does not work: {is} it. {other}", name = spec.name)))
}

/// The address a person entered, if any.
pub(super) fn base_url(spec: &Spec, entered: Option<&str>, reach: Reach) -> Result<Option<String>> {
    let Some(entered) = entered.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(None) };
    if matches!(spec.base_url, BaseUrl::Setting(_)) {
        return Err(Error::usage(format!(
            "The address of {} goes into its own setting. Enter it there.",
            spec.name
        )));
    }
    Ok(Some(address::checked(entered, reach)?.to_string()))
}

/// Sorts `pairs` by the settings of the spec. An empty value is one that is not set.
pub(super) fn settings(spec: &Spec, pairs: &[Pair], reach: Reach) -> Result<Entered> {
    let mut entered = Entered::default();
    for Pair { name, value } in pairs {
        let setting = spec.settings.iter().find(|setting| setting.name == name).ok_or_else(|| {
            Error::usage(format!("{} has no setting called {name}. Leave it out.", spec.name))
        })?;
        let value = value.trim();
        if value.is_empty() {
            entered.plain.insert(name.clone(), String::new());
            continue;
        }
        fits(setting, value, reach)?;
        match setting.kind {
            SettingKind::Secret => drop(entered.secret.insert(name.clone(), Secret::new(value))),
            _ => drop(entered.plain.insert(name.clone(), value.to_owned())),
        }
    }
    Ok(entered)
}

/// Whether everything that must be set is.
pub(super) fn complete(spec: &Spec, settings: &leadferry_connector::Settings) -> Result<()> {
    for setting in spec.settings.iter().filter(|setting| setting.required) {
        if settings.get(setting.name).is_none() && settings.secret(setting.name).is_none() {
            return Err(Error::usage(format!("Enter “{}”, then connect again.", setting.label)));
        }
    }
    Ok(())
}

fn fits(setting: &Setting, value: &str, reach: Reach) -> Result<()> {
    let fits = match setting.kind {
        SettingKind::Text | SettingKind::Secret => true,
        SettingKind::Url => {
            address::checked(value, reach)?;
            true
        }
        SettingKind::Choice(choices) => choices.iter().any(|(word, _)| *word == value),
        SettingKind::Pairs => serde_json::from_str::<BTreeMap<String, String>>(value).is_ok(),
        SettingKind::Switch => matches!(value, "true" | "false"),
    };
    if fits {
        Ok(())
    } else {
        Err(Error::usage(format!("The value of “{}” does not fit. Choose it again.", setting.label)))
    }
}
