//! Specs as the wizard shows them.

use leadferry_auth::oauth;
use leadferry_connector::{Auth, BaseUrl, Role, Setting, SettingKind, Spec};

use super::SCHEME;
use crate::types::{AuthView, ConnectorView, Named, Nothing, SettingView};
use crate::{App, Result};

impl App {
    /// Every connector of this build.
    pub async fn connectors(&self, _: Nothing) -> Result<Vec<ConnectorView>> {
        Ok(self.connectors.iter().map(|connector| self.shown(connector.spec())).collect())
    }

    fn shown(&self, spec: &'static Spec) -> ConnectorView {
        ConnectorView {
            id: spec.id.into(),
            name: spec.name.into(),
            tagline: spec.tagline.into(),
            logo: spec.logo.into(),
            is_source: spec.roles.contains(&Role::Source),
            is_destination: spec.roles.contains(&Role::Destination),
            auth: spec.auth.iter().map(|auth| self.way(spec, auth)).collect(),
            base_url: match spec.base_url {
                BaseUrl::Fixed(url) => Some(url.into()),
                BaseUrl::Entered | BaseUrl::FromToken(_) | BaseUrl::Setting(_) => None,
            },
            base_url_entered: spec.base_url == BaseUrl::Entered,
            objects: spec.objects.iter().map(|object| named(object.name, object.label)).collect(),
            settings: spec.settings.iter().map(setting).collect(),
            has_practice: spec.practice.is_some(),
            docs: spec.docs.into(),
            checked: spec.checked.into(),
        }
    }

    fn way(&self, spec: &Spec, auth: &Auth) -> AuthView {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        match auth {
            Auth::None => AuthView::None,
            Auth::OAuth(facts) => AuthView::OAuth {
                built_in: (self.clients)(facts.client_id_env).is_some(),
                redirect_urls: oauth::redirect_urls(spec.id, facts, SCHEME),
                own_app_steps: texts(facts.own_app_steps),
            },
            Auth::Token { label, prefixes, steps, .. } => {
                AuthView::Token { label: (*label).into(), prefixes: texts(prefixes), steps: texts(steps) }
            }
            Auth::Basic => AuthView::Basic,
        }
    }
}

fn setting(setting: &Setting) -> SettingView {
    let (kind, choices) = match setting.kind {
        SettingKind::Text => ("text", &[][..]),
        SettingKind::Secret => ("secret", &[][..]),
        SettingKind::Url => ("url", &[][..]),
        SettingKind::Choice(choices) => ("choice", choices),
        SettingKind::Pairs => ("pairs", &[][..]),
        SettingKind::Switch => ("switch", &[][..]),
    };
    SettingView {
        name: setting.name.into(),
        label: setting.label.into(),
        help: setting.help.into(),
        kind: kind.into(),
        choices: choices.iter().map(|(value, label)| named(value, label)).collect(),
        required: setting.required,
    }
}

fn named(id: &str, name: &str) -> Named {
    Named { id: id.into(), name: name.into() }
}
