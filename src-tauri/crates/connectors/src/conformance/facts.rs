//! What a spec may say.

use std::collections::HashSet;

use leadferry_connector::{
    Auth, BaseUrl, Capability, Connector, Endpoint, Hooks, ObjectSpec, Reach, Setting, SettingKind, SignInAt,
    Spec, address,
};

/// The facts make sense.
pub fn facts(connector: &dyn Connector) {
    let spec = connector.spec();
    let id = spec.id;
    assert!(
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
        "{id} is a word"
    );
    assert!(!spec.name.is_empty() && !spec.tagline.is_empty(), "{id} has a name and a line for its tile");
    assert!(spec.logo.starts_with("<svg") && !spec.logo.contains("<script"), "{id} has a logo");
    assert!(spec.checked.parse::<jiff::civil::Date>().is_ok(), "{id} says when its facts were checked");
    assert!(
        !spec.auth.is_empty() && !spec.roles.is_empty() && !spec.objects.is_empty(),
        "{id} can be used at all"
    );
    assert!(spec.docs.starts_with("https://"), "{id} links to its vendor's documentation");
    if let BaseUrl::Fixed(base) = spec.base_url {
        address::checked(base, Reach::Public).unwrap_or_else(|problem| panic!("{id}: {problem}"));
    }
    if let BaseUrl::Chosen { setting, addresses } = spec.base_url {
        let words = spec.settings.iter().find(|known| known.name == setting).map(|known| &known.kind);
        let Some(SettingKind::Choice(words)) = words else {
            panic!("{id}: {setting} is a setting to choose in")
        };
        assert!(
            words.iter().map(|(word, _)| word).eq(addresses.iter().map(|(word, _)| word)),
            "{id}: each choice of {setting} has its address"
        );
        for (_, address) in addresses {
            address::checked(address, Reach::Public).unwrap_or_else(|problem| panic!("{id}: {problem}"));
        }
    }
    if let BaseUrl::Setting(name) = spec.base_url {
        let secret = |setting: &Setting| {
            setting.name == name && setting.required && matches!(setting.kind, SettingKind::Secret)
        };
        assert!(spec.settings.iter().any(secret), "{id} keeps its address as a required secret");
    }
    for limit in spec.limits {
        assert!(
            limit.calls > 0 && limit.source.starts_with("https://"),
            "{id}: the limit {} has a source",
            limit.bucket
        );
    }
    for auth in spec.auth {
        way(spec, auth);
    }
    for object in spec.objects {
        assert!(object.batch > 0, "{id}: {} can be written", object.name);
        let keyed = object.lead_id.is_some() || !spec.can(Capability::UpsertByKey);
        assert!(keyed, "{id}: {} has the key it is upserted by", object.name);
        let fed = object.changed_field.is_some() || !spec.can(Capability::Pull);
        assert!(fed, "{id}: {} has a change time to feed by", object.name);
        let next = object
            .becomes
            .is_none_or(|next| next.object != object.name && spec.object(next.object).is_some());
        assert!(next, "{id}: {} becomes another object of the spec", object.name);
    }
    match spec.hooks {
        Hooks::Polled(why) => assert!(why.ends_with('.'), "{id} says in a sentence why nobody calls"),
        Hooks::Subscribed(_) => assert!(spec.can(Capability::Pull), "{id}: a hint needs a feed to look at"),
    }
    let names: HashSet<&str> = spec.settings.iter().map(|setting| setting.name).collect();
    assert_eq!(names.len(), spec.settings.len(), "{id}: each setting has a name of its own");
}

fn way(spec: &Spec, auth: &Auth) {
    let id = spec.id;
    let Some(endpoint) = auth.endpoint() else { return };
    assert_eq!(
        Some(endpoint.scheme),
        spec.endpoint().map(|first| first.scheme),
        "{id}: all access tokens go after the same word"
    );
    hosts(id, endpoint);
    let absolute = endpoint.token_url.starts_with("https://");
    let below = matches!(spec.base_url, BaseUrl::Fixed(_) | BaseUrl::Entered)
        || !matches!(endpoint.at, SignInAt::Vendor);
    assert!(absolute || below, "{id}: it is known where {} is", endpoint.token_url);
    let steps = match auth {
        Auth::OAuth(facts) => {
            assert!(
                facts.built_in.client_id.is_some() || facts.built_in.client_secret.is_none(),
                "{id}: an id first"
            );
            facts.own_app_steps
        }
        Auth::ClientCredentials(grant) | Auth::JwtBearer(grant) | Auth::PastedCode(grant) => grant.steps,
        Auth::None | Auth::Token { .. } | Auth::Basic => return,
    };
    assert!(!steps.is_empty(), "{id} says how an app is registered");
}

fn hosts(id: &str, endpoint: &Endpoint) {
    for host in endpoint.at.hosts() {
        let admitted = endpoint.at.admit(host.url);
        assert!(admitted.is_some() && !host.label.is_empty(), "{id}: {} is a host with a name", host.url);
    }
    if let Some(own) = endpoint.at.own() {
        let below = |ending: &&str| ending.starts_with('.') && ending.matches('.').count() >= 2;
        assert!(!own.endings.is_empty() && own.endings.iter().all(below), "{id}: own hosts are the vendor's");
    }
    let chosen = !matches!(endpoint.at, SignInAt::Vendor);
    assert!(
        !chosen || !endpoint.at.hosts().is_empty() || endpoint.at.own().is_some(),
        "{id}: there is a host"
    );
}

/// The object for leads.
pub(super) fn leads(connector: &dyn Connector) -> &'static ObjectSpec {
    connector.spec().objects.first().expect("a connector writes something")
}
