//! The generic destination's facts.

use leadferry_connector::{
    Auth, BaseUrl, Capability, Hooks, Limit, ObjectSpec, Role, Setting, SettingKind, Spec, Window,
};

pub(super) const URL: &str = "url";
pub(super) const AUTH: &str = "auth";
pub(super) const AUTH_HEADER: &str = "auth_header";
pub(super) const AUTH_USER: &str = "auth_user";
pub(super) const AUTH_SECRET: &str = "auth_secret";
pub(super) const HEADERS: &str = "headers";
pub(super) const VALUES: &str = "values";
pub(super) const FORMAT: &str = "format";
pub(super) const SIGNING: &str = "signing_secret";

pub(super) const ORDINARY: &[&str] = &["burst"];

pub(super) static SPEC: Spec = Spec {
    id: "webhook",
    name: "Webhook",
    tagline: "Zapier, Make or any system that takes leads over HTTP",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination],
    // What is needed stands in the settings: every receiver wants it elsewhere.
    auth: &[Auth::None],
    base_url: BaseUrl::Setting(URL),
    objects: &[ObjectSpec {
        name: "lead",
        label: "Lead",
        batch: 1,
        lead_id: None,
        email_field: Some("email"),
        phone_field: Some("phone"),
        changed_field: None,
        becomes: None,
    }],
    capabilities: &[Capability::Unconfirmed],
    limits: &[Limit::of_calls(
        "burst",
        30,
        Window::Seconds(1),
        "https://support.cardtapp.com/en/articles/8545838-zapier-webhooks-understanding-error-codes",
    )],
    settings: &[
        Setting {
            name: URL,
            label: "Webhook address",
            help: "The address the other system gives you. Whoever knows it can send, so it is kept like a password.",
            kind: SettingKind::Secret,
            required: true,
        },
        Setting {
            name: FORMAT,
            label: "Format",
            help: "JSON suits nearly every system. Choose form if the receiver expects a web form.",
            kind: SettingKind::Choice(&[("json", "JSON"), ("form", "Web form")]),
            required: false,
        },
        Setting {
            name: AUTH,
            label: "Access",
            help: "What the receiver wants to see besides the address.",
            kind: SettingKind::Choice(&[
                ("none", "Nothing"),
                ("bearer", "Bearer token"),
                ("header", "API key in a header"),
                ("basic", "User name and password"),
            ]),
            required: false,
        },
        Setting {
            name: AUTH_HEADER,
            label: "Header of the API key",
            help: "For example X-Api-Key.",
            kind: SettingKind::Text,
            required: false,
        },
        Setting {
            name: AUTH_USER,
            label: "User name",
            help: "For access with user name and password.",
            kind: SettingKind::Text,
            required: false,
        },
        Setting {
            name: AUTH_SECRET,
            label: "Token, key or password",
            help: "Kept in this computer's keychain.",
            kind: SettingKind::Secret,
            required: false,
        },
        Setting {
            name: HEADERS,
            label: "Further headers",
            help: "Sent with every lead.",
            kind: SettingKind::Pairs,
            required: false,
        },
        Setting {
            name: VALUES,
            label: "Fixed values",
            help: "Added to every lead, for example a campaign name. A mapped field of the same name wins.",
            kind: SettingKind::Pairs,
            required: false,
        },
        Setting {
            name: SIGNING,
            label: "Signing secret",
            help: "Begins with whsec_. The receiver can check with it that a lead comes from you.",
            kind: SettingKind::Secret,
            required: false,
        },
    ],
    hooks: Hooks::Polled("A hook takes leads and tells nothing."),
    practice: None,
    docs: "https://github.com/standard-webhooks/standard-webhooks",
    checked: "2026-11-20",
};
