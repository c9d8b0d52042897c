//! Pipedrive's facts.

use leadferry_connector::{
    Auth, BaseUrl, BuiltIn, Capability, ClientAuth, Counts, Endpoint, HookProof, Hooks, LeadIdField, Limit,
    OAuth, ObjectSpec, Redirect, Role, Setting, SettingKind, Settings, SignInAt, Spec, TokenPlacement,
    Window,
};

/// Records of one claim. Pipedrive takes one a call; so many share the calls that read fields and current addresses, and are
/// written in a few seconds.
pub(super) const BATCH: usize = 50;

/// Most ids in one list call.
pub(super) const IDS: usize = 100;
/// Most records on a page.
pub(super) const PAGE: usize = 500;

/// Draws of an ordinary call.
pub(super) const ORDINARY: &[&str] = &["burst", "day"];
/// Draws of a search.
pub(super) const SEARCH: &[&str] = &["burst", "search", "day"];

/// The setting with the plan's name.
pub(super) const PLAN: &str = "plan";
/// The setting with the number of paid seats.
pub(super) const SEATS: &str = "seats";

/// The user name that webhooks show beside their secret.
const HOOK_USER: &str = "leadferry";

/// The word for the Lead ID until the field is made and its key is known.
pub(super) const LEAD_ID_WORD: &str = "lead_id";

const RATES: &str = "https://pipedrive.readme.io/docs/core-api-concepts-rate-limiting";

/// Tokens a day of the smallest plan with one seat. No answer tells what is left, so our own count has to do.
const DAY: u32 = 30_000;

const LEAD_ID: Option<LeadIdField> = Some(LeadIdField { name: LEAD_ID_WORD, label: "Lead ID" });

pub(super) static SPEC: Spec = Spec {
    id: "pipedrive",
    name: "Pipedrive",
    tagline: "Persons, organizations and deals in your Pipedrive account",
    logo: include_str!("logo.svg"),
    roles: &[Role::Destination, Role::Source],
    auth: &[
        Auth::Token {
            label: "Personal API token",
            placement: TokenPlacement::Header("x-api-token"),
            prefixes: &[],
            steps: &[
                "In Pipedrive, open your account menu at the top right, then Personal preferences, then API.",
                "Copy your personal API token. If the page is missing, an administrator has hidden it for your permission set.",
                "Paste the token here. It acts with your own rights and does not expire.",
            ],
        },
        Auth::OAuth(OAuth {
            authorize_url: "https://oauth.pipedrive.com/oauth/authorize",
            endpoint: Endpoint {
                at: SignInAt::Vendor,
                token_url: "https://oauth.pipedrive.com/oauth/token",
                revoke_url: Some("https://oauth.pipedrive.com/oauth/revoke"),
                // https://pipedrive.readme.io/docs/marketplace-oauth-authorization
                client_auth: ClientAuth::Basic,
                scheme: "Bearer",
            },
            scopes: &[
                "base",
                "contacts:full",
                "deals:full",
                "activities:full",
                "users:read",
                "search:read",
                "contact-fields:full",
                "deal-fields:full",
            ],
            // Webhooks need it, everything else does not.
            optional_scopes: &["admin"],
            scope_separator: " ",
            scopes_of_app: true,
            pkce: false,
            // An app has one callback address, compared exactly: so one port.
            // Unverified: that every kind of app takes a plain http address on `localhost`; desktop programs of others do it.
            redirect: Redirect::LocalhostPorts(&[47124]),
            extra: &[],
            built_in: BuiltIn {
                client_id: option_env!("LEADFERRY_PIPEDRIVE_CLIENT_ID"),
                client_secret: option_env!("LEADFERRY_PIPEDRIVE_CLIENT_SECRET"),
            },
            own_app_steps: &[
                "In Pipedrive's Developer Hub, create an app; a private one needs no review.",
                "As the callback address, enter the one shown here exactly as it is written.",
                "Under OAuth and access scopes, tick the scopes shown here.",
                "Copy the client ID and the client secret and paste them here.",
            ],
        }),
    ],
    base_url: BaseUrl::FromToken { field: "api_domain", default: Some("https://api.pipedrive.com") },
    objects: &[
        ObjectSpec {
            name: "persons",
            label: "Person",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: Some("email"),
            phone_field: Some("phone"),
            changed_field: Some("update_time"),
            becomes: None,
        },
        ObjectSpec {
            name: "organizations",
            label: "Organization",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: None,
            phone_field: None,
            changed_field: Some("update_time"),
            becomes: None,
        },
        ObjectSpec {
            name: "deals",
            label: "Deal",
            batch: BATCH,
            lead_id: LEAD_ID,
            email_field: None,
            phone_field: None,
            changed_field: Some("update_time"),
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
    ],
    limits: &[
        // The smallest plan with a personal token; headers raise it where the account has more.
        Limit::of_calls("burst", 20, Window::Seconds(2), RATES),
        // The same on every plan.
        Limit::of_calls("search", 10, Window::Seconds(2), RATES),
        Limit {
            counts: Counts::Costs,
            raised: Some(tokens_a_day),
            ..Limit::of_calls("day", DAY, Window::Day, RATES)
        },
    ],
    settings: &[
        Setting {
            name: PLAN,
            label: "Pipedrive plan",
            help: "Pipedrive grants calls by plan and seats but does not say how many are left. Without an answer, the smallest plan is assumed.",
            kind: SettingKind::Choice(&[
                ("lite", "Lite"),
                ("growth", "Growth"),
                ("premium", "Premium"),
                ("ultimate", "Ultimate"),
            ]),
            required: false,
        },
        Setting {
            name: SEATS,
            label: "Paid seats",
            help: "The number of users your company pays for, as a whole number.",
            kind: SettingKind::Text,
            required: false,
        },
    ],
    hooks: Hooks::Subscribed(HookProof::Basic(HOOK_USER)),
    practice: Some("pipedrive"),
    docs: "https://developers.pipedrive.com/docs/api/v1",
    checked: "2026-11-20",
};

/// The company's daily tokens: 30,000 for each seat, times the plan's factor. Top-ups are not counted: they only make it more.
fn tokens_a_day(settings: &Settings) -> Option<u32> {
    let factor = match settings.get(PLAN).unwrap_or("lite") {
        "growth" => 2,
        "premium" => 5,
        "ultimate" => 7,
        _ => 1,
    };
    let seats: u32 = settings.get(SEATS).and_then(|seats| seats.trim().parse().ok()).unwrap_or(1).max(1);
    Some(DAY.saturating_mul(factor).saturating_mul(seats))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plan_and_seats_raise_the_day() {
        let cases = [
            (None, None, 30_000),
            (Some("growth"), None, 60_000),
            (Some("ultimate"), Some("3"), 630_000),
            (None, Some(" 10 "), 300_000),
            (Some("lite"), Some("many"), 30_000),
            (Some("premium"), Some("0"), 150_000),
            (Some("premium"), Some("4000000000"), u32::MAX),
        ];
        for (plan, seats, expected) in cases {
            let mut settings = Settings::default();
            for (name, value) in [(PLAN, plan), (SEATS, seats)] {
                settings.plain.extend(value.map(|value| (name.to_owned(), value.to_owned())));
            }
            assert_eq!(tokens_a_day(&settings), Some(expected), "{plan:?} with {seats:?} seats");
        }
    }
}
