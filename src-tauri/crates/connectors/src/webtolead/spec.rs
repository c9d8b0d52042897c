//! Web-to-Lead's facts.

use leadferry_connector::{
    Auth, BaseUrl, Capability, Hooks, Limit, ObjectSpec, Role, Setting, SettingKind, Spec, Window,
};

pub(super) const ORG: &str = "organization_id";
pub(super) const LEAD_ID: &str = "lead_id_field";
pub(super) const KIND: &str = "kind";
const PRODUCTION: &str = "production";
pub(super) const SANDBOX: &str = "sandbox";

pub(super) const ORDINARY: &[&str] = &["day"];

pub(super) static SPEC: Spec = Spec {
    id: "webtolead",
    name: "Salesforce Web-to-Lead",
    tagline: "Up to 500 leads a day without signing in. Salesforce never says whether it made a lead.",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination],
    auth: &[Auth::None],
    // Posts to an org's own host are lost while it is down; this host keeps them.
    // https://help.salesforce.com/apex/HTViewSolution?id=000005004&language=en_US
    // Unverified: the sandboxes' host.
    base_url: BaseUrl::Chosen {
        setting: KIND,
        addresses: &[(PRODUCTION, "https://webto.salesforce.com"), (SANDBOX, "https://test.salesforce.com")],
    },
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
    // What is sent beyond it waits at Salesforce in a queue that can overflow; here it waits in ours.
    limits: &[Limit::of_calls(
        "day",
        500,
        Window::Day,
        "https://help.salesforce.com/apex/HTViewHelpDoc?id=sales.faq_leads_how_can_i_be_sure.htm",
    )],
    settings: &[
        Setting {
            name: ORG,
            label: "Organization ID",
            help: "Begins with 00D. In Salesforce: Setup, Company Information. A wrong one loses every lead without a word.",
            kind: SettingKind::Text,
            required: true,
        },
        Setting {
            name: KIND,
            label: "Kind of org",
            help: "Where the form is sent to.",
            kind: SettingKind::Choice(&[(PRODUCTION, "Production"), (SANDBOX, "Sandbox")]),
            required: false,
        },
        Setting {
            name: LEAD_ID,
            label: "Field ID for the Lead ID",
            help: "Optional, begins with 00N. With a text field of its own for the Lead ID, leads can be told apart in Salesforce.",
            kind: SettingKind::Text,
            required: false,
        },
    ],
    hooks: Hooks::Polled("The form takes leads and tells nothing."),
    practice: None,
    docs: "https://help.salesforce.com/s/articleView?id=sf.setting_up_web-to-lead.htm&type=5",
    checked: "2026-11-20",
};
