//! Salesforce's facts.

use leadferry_connector::{
    AppGrant, Auth, BaseUrl, BuiltIn, Capability, ClientAuth, Endpoint, Hooks, Host, LeadIdField, Limit,
    OAuth, ObjectSpec, OwnHost, Redirect, Role, Setting, SettingKind, SignInAt, Spec, Window,
};

use super::converted::CONTACT;

/// The API's version, of Spring '26. Each lives at least three years.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/api_rest_eol.htm>
pub(super) const VERSION: &str = "v66.0";

/// Most rows of any collection call.
/// <https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-upsert.html>
pub(super) const BATCH: usize = 200;

/// Draws of every call: there is one limit, for the whole org and everybody who talks to it.
pub(super) const ORDINARY: &[&str] = &["day"];

/// Whether assignment rules stay quiet.
pub(super) const QUIET: &str = "quiet_import";
/// Whether records are saved past the alerts of duplicate rules.
pub(super) const ALLOW_SAVE: &str = "allow_duplicates";

const LIMITS: &str = "https://developer.salesforce.com/docs/atlas.en-us.salesforce_app_limits_cheatsheet.meta/salesforce_app_limits_cheatsheet/salesforce_app_limits_platform_api.htm";

const LEAD_ID: Option<LeadIdField> = Some(LeadIdField { name: "Lead_ID__c", label: "Lead ID" });

/// What the change feed goes by: indexed, and moved by changes of the system too.
pub(super) const CHANGED: &str = "SystemModstamp";

const SCOPES: &[&str] = &["api", "refresh_token"];

const HOSTS: &[Host] = &[
    Host { url: "https://login.salesforce.com", label: "Production" },
    Host { url: "https://test.salesforce.com", label: "Sandbox" },
];

/// An org may refuse the common hosts, and client credentials work nowhere else.
const MY_DOMAIN: OwnHost = OwnHost {
    label: "My Domain",
    help: "In Salesforce, open Setup and search for My Domain. It looks like name.my.salesforce.com, in a sandbox like name--dev.sandbox.my.salesforce.com.",
    endings: &[".my.salesforce.com"],
};

/// Where tokens come from: at the host the person signs in at, whatever instance serves the org.
/// <https://login.salesforce.com/.well-known/openid-configuration>
const fn endpoint(at: SignInAt, client_auth: ClientAuth) -> Endpoint {
    Endpoint {
        at,
        token_url: "/services/oauth2/token",
        revoke_url: Some("/services/oauth2/revoke"),
        client_auth,
        scheme: "Bearer",
    }
}

const ANY_HOST: SignInAt = SignInAt::Chosen { hosts: HOSTS, own: Some(MY_DOMAIN) };
const OWN_HOST: SignInAt = SignInAt::Chosen { hosts: &[], own: Some(MY_DOMAIN) };

const fn object(
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
        changed_field: Some(CHANGED),
        becomes: None,
    }
}

/// Converted leads go on as contacts.
const LEAD: ObjectSpec =
    ObjectSpec { becomes: Some(CONTACT), ..object("Lead", "Lead", Some("Email"), Some("Phone")) };

pub(super) static SPEC: Spec = Spec {
    id: "salesforce",
    name: "Salesforce",
    tagline: "Leads, contacts, accounts and opportunities in your Salesforce org",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination, Role::Source],
    auth: &[
        Auth::OAuth(OAuth {
            authorize_url: "/services/oauth2/authorize",
            // A public client: the verifier is the only proof, and a secret would be refused.
            // https://developer.salesforce.com/docs/atlas.en-us.packagingGuide.meta/packagingGuide/secure_code_ac_eca.htm
            endpoint: endpoint(ANY_HOST, ClientAuth::None),
            scopes: SCOPES,
            optional_scopes: &[],
            scope_separator: " ",
            scopes_of_app: false,
            pkce: true,
            // The port is part of what must match, and plain http passes for localhost only.
            // https://github.com/forcedotcom/sfdx-core/blob/main/src/webOAuthServer.ts
            redirect: Redirect::LocalhostPorts(&[47114, 47115, 47116]),
            extra: &[],
            built_in: BuiltIn {
                client_id: option_env!("LEADFERRY_SALESFORCE_CLIENT_ID"),
                client_secret: None,
            },
            own_app_steps: &[
                "In Salesforce, open Setup, then External Client App Manager, and create a new External Client App.",
                "Enable OAuth. Add each callback URL shown here, one a line, exactly as it is written.",
                "Add the scopes shown here: manage user data via APIs, and perform requests at any time.",
                "Tick Require Proof Key for Code Exchange. Untick Require Secret for Web Server Flow and Require Secret for Refresh Token Flow.",
                "Copy the consumer key and paste it here as client ID. There is no secret to paste.",
            ],
        }),
        Auth::ClientCredentials(AppGrant {
            endpoint: endpoint(OWN_HOST, ClientAuth::Body),
            scopes: &["api"],
            scope_separator: " ",
            scopes_of_app: true,
            steps: &[
                "In Salesforce, open Setup, then External Client App Manager, and create a new External Client App with OAuth and the scope shown here.",
                "Enable Client Credentials Flow, and in the app's policies choose the user it runs as.",
                "Copy the consumer key and the consumer secret and paste them here.",
                "Enter your My Domain: the common sign-in hosts do not take this way.",
            ],
        }),
        Auth::JwtBearer(AppGrant {
            endpoint: endpoint(ANY_HOST, ClientAuth::None),
            scopes: SCOPES,
            scope_separator: " ",
            scopes_of_app: true,
            steps: &[
                "In Salesforce, open Setup, then External Client App Manager, and create a new External Client App with OAuth and the scopes shown here.",
                "Enable JWT Bearer Flow and upload the certificate that belongs to your private key.",
                "In the app's policies, let the user's profile or permission set use it without asking each user.",
                "Paste the consumer key, the user name and the private key here.",
            ],
        }),
    ],
    base_url: BaseUrl::FromToken { field: "instance_url", default: None },
    objects: &[
        LEAD,
        object("Contact", "Contact", Some("Email"), Some("Phone")),
        object("Account", "Account", None, Some("Phone")),
        object("Opportunity", "Opportunity", None, None),
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
    // A Developer Edition's figure, in a rolling day; the answers' headers raise it where the org has more. The limit on calls that
    // last 20 seconds and longer counts calls of everybody at once: it cannot be seen from here.
    limits: &[Limit::of_calls("day", 15_000, Window::Day, LIMITS)],
    settings: &[
        Setting {
            name: QUIET,
            label: "Quiet import",
            help: "New leads keep the owner Leadferry sets, or yours: lead assignment rules do not run. Your flows and workflow rules still do.",
            kind: SettingKind::Switch,
            required: false,
        },
        Setting {
            name: ALLOW_SAVE,
            label: "Save possible duplicates",
            help: "Where a duplicate rule only warns, the record is saved all the same. Rules that block still block.",
            kind: SettingKind::Switch,
            required: false,
        },
    ],
    // Change Data Capture is read over gRPC or CometD, outbound messages are set up by an administrator and unsigned.
    hooks: Hooks::Polled("Salesforce offers no signed webhooks over its REST API."),
    practice: Some("salesforce"),
    docs: "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_rest.htm",
    checked: "2026-11-20",
};
