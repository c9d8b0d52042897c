//! Specs as the wizard shows them.

use leadferry_auth::oauth;
use leadferry_connector::{
    AppGrant, Auth, BaseUrl, Capability, ClientAuth, Endpoint, Role, Setting, SettingKind, Spec,
};

use super::SCHEME;
use crate::types::{
    AppView, AuthView, ConnectorView, Named, Nothing, Offered, OwnHostView, SettingView, SignInView,
};
use crate::way::built_in;
use crate::{App, Result};

impl App {
    /// Every connector of this build.
    pub async fn connectors(&self, _: Nothing) -> Result<Vec<ConnectorView>> {
        Ok(self.connectors.iter().map(|connector| shown(connector.spec())).collect())
    }
}

fn shown(spec: &'static Spec) -> ConnectorView {
    ConnectorView {
        id: spec.id.into(),
        name: spec.name.into(),
        tagline: spec.tagline.into(),
        logo: spec.logo.into(),
        is_source: spec.roles.contains(&Role::Source),
        is_destination: spec.roles.contains(&Role::Destination),
        auth: spec.auth.iter().map(|auth| way(spec, auth)).collect(),
        base_url: match spec.base_url {
            BaseUrl::Fixed(url) | BaseUrl::FromToken { default: Some(url), .. } => Some(url.into()),
            BaseUrl::Chosen { addresses, .. } => addresses.first().map(|(_, url)| (*url).into()),
            BaseUrl::Entered | BaseUrl::FromToken { default: None, .. } | BaseUrl::Setting(_) => None,
        },
        base_url_entered: spec.base_url == BaseUrl::Entered,
        objects: spec.objects.iter().map(|object| named(object.name, object.label)).collect(),
        settings: spec.settings.iter().map(setting).collect(),
        has_practice: spec.practice.is_some(),
        hands_over: spec.can(Capability::Unconfirmed),
        docs: spec.docs.into(),
        checked: spec.checked.into(),
    }
}

fn way(spec: &'static Spec, auth: &Auth) -> AuthView {
    match auth {
        Auth::None => AuthView::None,
        Auth::OAuth(facts) => AuthView::OAuth {
            built_in: built_in(spec).is_some(),
            redirect_urls: oauth::redirect_urls(spec.id, facts, SCHEME),
            own_app_steps: texts(facts.own_app_steps),
            scopes: texts(facts.scopes),
            client_secret: match facts.endpoint.client_auth {
                ClientAuth::None => Offered::No,
                ClientAuth::BodyIfSecret => Offered::Optional,
                ClientAuth::Body | ClientAuth::Basic => Offered::Required,
            },
            // Where the vendor tells, nobody is asked.
            sign_in: match facts.endpoint.at.parameter() {
                Some(_) => SignInView::default(),
                None => sign_in(&facts.endpoint),
            },
        },
        Auth::ClientCredentials(grant) => AuthView::ClientCredentials { app: app(grant) },
        Auth::JwtBearer(grant) => AuthView::JwtBearer { app: app(grant) },
        Auth::PastedCode(grant) => AuthView::PastedCode { app: app(grant) },
        Auth::Token { label, prefixes, steps, .. } => {
            AuthView::Token { label: (*label).into(), prefixes: texts(prefixes), steps: texts(steps) }
        }
        Auth::Basic => AuthView::Basic,
    }
}

fn app(grant: &AppGrant) -> AppView {
    AppView {
        steps: texts(grant.steps),
        scopes: texts(grant.scopes),
        scope_separator: grant.scope_separator.into(),
        sign_in: sign_in(&grant.endpoint),
    }
}

fn sign_in(endpoint: &Endpoint) -> SignInView {
    SignInView {
        hosts: endpoint.at.hosts().iter().map(|host| named(host.url, host.label)).collect(),
        own: endpoint.at.own().map(|own| OwnHostView { label: own.label.into(), help: own.help.into() }),
    }
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
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
