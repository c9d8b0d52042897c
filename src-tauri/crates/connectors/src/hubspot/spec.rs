//! HubSpot's facts.

use leadferry_connector::{
    Auth, BaseUrl, BuiltIn, Capability, ClientAuth, Endpoint, Hooks, LeadIdField, Limit, OAuth, ObjectSpec,
    Redirect, Role, Setting, SettingKind, SignInAt, Spec, TokenPlacement, Window,
};

/// The API's version, a path segment since March 2026. `2026-09` enforces the account's own validation rules on API writes;
/// answers of both are understood.
/// <https://developers.hubspot.com/docs/developer-tooling/platform/versioning>
pub(super) const VERSION: &str = "2026-03";

/// Most records of any batch call. <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>
pub(super) const BATCH: usize = 100;

/// Draws of an ordinary call.
pub(super) const ORDINARY: &[&str] = &["burst", "day"];
/// Draws of a search, which has a limit of its own and does not count into the burst.
pub(super) const SEARCH: &[&str] = &["search", "day"];

/// Whether a lifecycle stage may be moved back.
pub(super) const STAGE_BACK: &str = "lifecycle_back";

const USAGE: &str = "https://developers.hubspot.com/docs/developer-tooling/platform/usage-guidelines";

const LEAD_ID: Option<LeadIdField> = Some(LeadIdField { name: "lead_id", label: "Lead ID" });

pub(super) static SPEC: Spec = Spec {
    id: "hubspot",
    name: "HubSpot",
    tagline: "Contacts, companies and deals in your HubSpot account",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination, Role::Source],
    auth: &[
        Auth::Token {
            label: "Service key or private app token",
            placement: TokenPlacement::Authorization("Bearer"),
            // Unverified: that service keys begin like private app tokens do. A hint for the wizard, never a reason to refuse.
            prefixes: &["pat-"],
            steps: &[
                "In HubSpot, open Settings, then Integrations, then Service Keys.",
                "Create a service key and add the scopes for contacts, companies, deals, owners and their schemas, read and write.",
                "Copy the key and paste it here.",
            ],
        },
        Auth::OAuth(OAuth {
            authorize_url: "https://app.hubspot.com/oauth/authorize",
            endpoint: Endpoint {
                at: SignInAt::Vendor,
                token_url: "/oauth/2026-03/token",
                revoke_url: Some("/oauth/2026-03/token/revoke"),
                // The guide demands the secret for both grants; PKCE is sent too, but does not replace it.
                // https://developers.hubspot.com/docs/api-reference/legacy/authentication/manage-oauth-tokens
                client_auth: ClientAuth::Body,
                scheme: "Bearer",
            },
            scopes: &[
                "oauth",
                "crm.objects.contacts.read",
                "crm.objects.contacts.write",
                "crm.objects.companies.read",
                "crm.objects.companies.write",
                "crm.objects.deals.read",
                "crm.objects.deals.write",
                "crm.objects.owners.read",
                "crm.schemas.contacts.read",
                "crm.schemas.contacts.write",
                "crm.schemas.companies.read",
                "crm.schemas.companies.write",
                "crm.schemas.deals.read",
                "crm.schemas.deals.write",
            ],
            // Bound to a plan: an account without it could not install the app if these were demanded.
            optional_scopes: &[
                "crm.objects.leads.read",
                "crm.objects.leads.write",
                "communication_preferences.read",
                "communication_preferences.write",
            ],
            scope_separator: " ",
            scopes_of_app: false,
            pkce: true,
            // Plain http only for the host `localhost`, and the whole address must be registered.
            // https://developers.hubspot.com/changelog/2018-03-05-oauth2-redirect-uri-served-over-http-localhost
            redirect: Redirect::LocalhostPorts(&[47114, 47115, 47116]),
            extra: &[],
            built_in: BuiltIn {
                client_id: option_env!("LEADFERRY_HUBSPOT_CLIENT_ID"),
                client_secret: option_env!("LEADFERRY_HUBSPOT_CLIENT_SECRET"),
            },
            own_app_steps: &[
                "In your HubSpot developer account, create an app with OAuth.",
                "Register each redirect address shown here exactly as it is written.",
                "Add the scopes shown here.",
                "Copy the client ID and the client secret and paste them here.",
            ],
        }),
    ],
    base_url: BaseUrl::Fixed("https://api.hubapi.com"),
    objects: &[
        ObjectSpec {
            name: "contacts",
            label: "Contact",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: Some("email"),
            phone_field: Some("phone"),
            changed_field: Some("lastmodifieddate"),
            becomes: None,
        },
        ObjectSpec {
            name: "companies",
            label: "Company",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: None,
            phone_field: Some("phone"),
            changed_field: Some("hs_lastmodifieddate"),
            becomes: None,
        },
        ObjectSpec {
            name: "deals",
            label: "Deal",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: None,
            phone_field: None,
            changed_field: Some("hs_lastmodifieddate"),
            becomes: None,
        },
    ],
    capabilities: &[
        Capability::Read,
        Capability::Find,
        Capability::Pull,
        Capability::Remove,
        Capability::CreateField,
        Capability::Note,
        Capability::Task,
        Capability::Deal,
        Capability::Owner,
        Capability::Revoke,
        Capability::UpsertByKey,
    ],
    limits: &[
        // The smallest plan's figures; headers raise them where the account has more.
        Limit::of_calls("burst", 100, Window::Seconds(10), USAGE),
        Limit::of_calls("search", 5, Window::Seconds(1), USAGE),
        Limit::of_calls("day", 250_000, Window::Day, USAGE),
    ],
    settings: &[Setting {
        name: STAGE_BACK,
        label: "Let the lifecycle stage move back",
        help: "HubSpot moves it forward only. When this is on, Leadferry clears the stage before it sets it.",
        kind: SettingKind::Switch,
        required: false,
    }],
    // Subscriptions belong to an app, and are made with its developer's key: https://developers.hubspot.com/docs/api/webhooks
    hooks: Hooks::Polled("HubSpot calls only apps that a developer account has set up for it."),
    practice: Some("hubspot"),
    docs: "https://developers.hubspot.com/docs/api-reference/overview",
    checked: "2026-11-20",
};
