//! Zoho CRM's facts.

use leadferry_connector::{
    AppGrant, Auth, BaseUrl, BuiltIn, Capability, ClientAuth, Counts, Endpoint, HookProof, Hooks, Host,
    LeadIdField, Limit, OAuth, ObjectSpec, Redirect, Role, Setting, SettingKind, SignInAt, Spec, Window,
};

/// The API's version, a path segment. <https://www.zoho.com/crm/developer/docs/api/v8/>
pub(super) const VERSION: &str = "v8";

/// Most records of one write or read by id. <https://zoho.com/crm/developer/docs/api/v8/upsert-records.html>
pub(super) const BATCH: usize = 100;

/// Draws of every call.
pub(super) const CREDITS: &[&str] = &["credits"];

/// What Zoho runs after a write.
pub(super) const AUTOMATION: &str = "automation";
/// The organisation's credits a day, remembered from the check.
pub(super) const DAILY_CREDITS: &str = "zoho_daily_credits";

const LIMITS: &str = "https://www.zoho.com/crm/developer/docs/api/v8/api-limits.html";

const LEAD_ID: Option<LeadIdField> = Some(LeadIdField { name: "Lead_ID", label: "Lead ID" });

/// Data centres. An account lives in one; codes and tokens do not cross.
/// <https://www.zoho.com/crm/developer/docs/api/v8/multi-dc.html>
const HOSTS: &[Host] = &[
    Host { url: "https://accounts.zoho.com", label: "United States (zoho.com)" },
    Host { url: "https://accounts.zoho.eu", label: "Europe (zoho.eu)" },
    Host { url: "https://accounts.zoho.in", label: "India (zoho.in)" },
    Host { url: "https://accounts.zoho.com.au", label: "Australia (zoho.com.au)" },
    Host { url: "https://accounts.zoho.com.cn", label: "China (zoho.com.cn)" },
    Host { url: "https://accounts.zoho.jp", label: "Japan (zoho.jp)" },
    Host { url: "https://accounts.zohocloud.ca", label: "Canada (zohocloud.ca)" },
    Host { url: "https://accounts.zoho.sa", label: "Saudi Arabia (zoho.sa)" },
    Host { url: "https://accounts.zoho.uk", label: "United Kingdom (zoho.uk)" },
];

const ENDPOINT: Endpoint = Endpoint {
    at: SignInAt::Told { parameter: "accounts-server", hosts: HOSTS },
    token_url: "/oauth/v2/token",
    revoke_url: Some("/oauth/v2/token/revoke"),
    // Zoho's discovery document knows no public clients: the secret goes along with the verifier.
    // https://accounts.zoho.com/.well-known/openid-configuration
    client_auth: ClientAuth::Body,
    scheme: "Zoho-oauthtoken",
};

const SCOPES: &[&str] = &[
    "ZohoCRM.modules.leads.ALL",
    "ZohoCRM.modules.contacts.ALL",
    "ZohoCRM.modules.accounts.ALL",
    "ZohoCRM.modules.deals.ALL",
    "ZohoCRM.modules.tasks.CREATE",
    "ZohoCRM.modules.notes.CREATE",
    "ZohoCRM.settings.fields.READ",
    "ZohoCRM.settings.fields.CREATE",
    "ZohoCRM.settings.layouts.READ",
    "ZohoCRM.settings.modules.READ",
    "ZohoCRM.settings.pipeline.READ",
    "ZohoCRM.users.READ",
    "ZohoCRM.org.READ",
    "ZohoCRM.coql.READ",
    "ZohoCRM.notifications.ALL",
];

const fn module(
    name: &'static str,
    label: &'static str,
    email_field: Option<&'static str>,
    phone_field: Option<&'static str>,
) -> ObjectSpec {
    ObjectSpec {
        name,
        label,
        batch: BATCH,
        lead_id: LEAD_ID,
        email_field,
        phone_field,
        changed_field: Some("Modified_Time"),
        becomes: None,
    }
}

pub(super) static SPEC: Spec = Spec {
    id: "zoho",
    name: "Zoho CRM",
    tagline: "Leads, contacts, accounts and deals in your Zoho CRM",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination, Role::Source],
    auth: &[
        Auth::OAuth(OAuth {
            authorize_url: "/oauth/v2/auth",
            endpoint: ENDPOINT,
            scopes: SCOPES,
            optional_scopes: &[],
            scope_separator: ",",
            scopes_of_app: false,
            pkce: true,
            // The whole address must be registered. https://www.zoho.com/accounts/protocol/oauth-setup.html
            redirect: Redirect::LocalhostPorts(&[47114, 47115, 47116]),
            // Without both, a second sign-in brings no refresh token.
            // https://github.com/googleworkspace/apps-script-oauth2/issues/197
            extra: &[("access_type", "offline"), ("prompt", "consent")],
            built_in: BuiltIn {
                client_id: option_env!("LEADFERRY_ZOHO_CLIENT_ID"),
                client_secret: option_env!("LEADFERRY_ZOHO_CLIENT_SECRET"),
            },
            own_app_steps: &[
                "Open api-console.zoho.com, choose Add Client and then Server-based Applications.",
                "Register each redirect address shown here exactly as it is written.",
                "In the client's Settings, switch Multi-DC on if your account is not in the data centre of the console.",
                "Copy the client ID and the client secret and paste them here.",
            ],
        }),
        Auth::PastedCode(AppGrant {
            endpoint: ENDPOINT,
            scopes: SCOPES,
            scope_separator: ",",
            scopes_of_app: false,
            steps: &[
                "Open the API console of your data centre (api-console.zoho.com, api-console.zoho.eu, …), choose Add Client and \
                 then Self Client.",
                "Under Client Secret, copy the client ID and the client secret and paste them here.",
                "Under Generate Code, paste the scopes shown here, choose ten minutes, write a description and choose Create.",
                "Choose your organisation, copy the code and paste it here before the ten minutes are over.",
            ],
        }),
    ],
    base_url: BaseUrl::FromToken { field: "api_domain", default: Some("https://www.zohoapis.com") },
    objects: &[
        module("Leads", "Lead", Some("Email"), Some("Phone")),
        module("Contacts", "Contact", Some("Email"), Some("Phone")),
        module("Accounts", "Account", None, Some("Phone")),
        module("Deals", "Deal", None, None),
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
    // Zoho also counts the calls in flight, five in the smallest edition. One connection sends one after the other, so no window
    // is kept for that; a 429 for it is a short wait.
    limits: &[Limit {
        counts: Counts::Costs,
        raised: Some(|settings| settings.get(DAILY_CREDITS)?.parse().ok()),
        ..Limit::of_calls("credits", 5_000, Window::Day, LIMITS)
    }],
    settings: &[Setting {
        name: AUTOMATION,
        label: "After each write, Zoho runs",
        help: "Workflow rules may send e-mails and create tasks. Choose nothing for quiet imports of old leads.",
        kind: SettingKind::Choice(&[
            ("all", "Everything that is set up there"),
            ("workflow", "Workflow rules only"),
            ("none", "Nothing"),
        ]),
        required: false,
    }],
    hooks: Hooks::Subscribed(HookProof::BodyField("token")),
    practice: Some("zoho"),
    docs: "https://www.zoho.com/crm/developer/docs/api/v8/",
    checked: "2026-11-20",
};
