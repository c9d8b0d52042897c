//! Scopes: which call needs which, and how the consent page says them. The app's settings fix them; the address names none.
//! <https://pipedrive.readme.io/docs/marketplace-scopes-and-permissions-explanations>

use super::paths::Route;

/// What the practice app's settings ask for, with the words the consent page uses.
const ASKED: &[(&str, &str)] = &[
    ("base", "Know who you are and which company this is"),
    ("contacts:full", "Read, create, change and delete people and organizations"),
    ("deals:full", "Read, create, change and delete deals and notes"),
    ("leads:full", "Read, create, change and delete leads and their labels"),
    ("activities:full", "Read, create, change and delete activities"),
    ("users:read", "See the company's users"),
    ("search:read", "Search everywhere"),
    ("recents:read", "See what changed lately"),
    ("contact-fields:full", "Create and change fields of people and organizations"),
    ("deal-fields:full", "Create and change fields of deals"),
    ("admin", "Administer the company: webhooks, fields, pipelines"),
];

pub(super) fn all() -> Vec<String> {
    ASKED.iter().map(|(scope, _)| (*scope).to_owned()).collect()
}

pub(super) fn contacts_only() -> Vec<String> {
    ["base", "contacts:full"].map(str::to_owned).to_vec()
}

/// Scopes with the words of the consent page.
pub(super) fn in_words() -> &'static [(&'static str, &'static str)] {
    ASKED
}

/// The scopes of which a call needs one. From the `security` of the API's descriptions.
pub(super) fn needed(method: &str, route: Route<'_>) -> &'static [&'static str] {
    let reads = method == "GET";
    match route {
        Route::V2(["itemSearch", ..]) => &["search:read"],
        Route::V2(["persons" | "organizations", "search"]) => {
            &["contacts:read", "contacts:full", "search:read"]
        }
        Route::V2(["deals", "search"]) => &["deals:read", "deals:full", "search:read"],
        Route::V2(["leads", "search"]) => &["leads:read", "leads:full", "search:read"],
        Route::V2(["pipelines" | "stages", ..]) if reads => &["deals:read", "deals:full", "admin"],
        Route::V2(["personFields" | "organizationFields", _, ..]) if method == "PATCH" => {
            &["contacts:full", "admin", "contact-fields:full"]
        }
        Route::V2(["personFields" | "organizationFields", ..]) if !reads => &["admin", "contact-fields:full"],
        Route::V2(["personFields" | "organizationFields", ..]) => {
            &["contacts:read", "contacts:full", "admin", "contact-fields:full"]
        }
        Route::V2(["dealFields", _, ..]) if method == "PATCH" => &["deals:full", "admin", "deal-fields:full"],
        Route::V2(["dealFields", ..]) if !reads => &["admin", "deal-fields:full"],
        Route::V2(["dealFields", ..]) => &["deals:read", "deals:full", "admin", "deal-fields:full"],
        Route::V2(["persons" | "organizations", ..]) if reads => &["contacts:read", "contacts:full"],
        Route::V1(["persons" | "organizations", ..]) | Route::V2(["persons" | "organizations", ..]) => {
            &["contacts:full"]
        }
        Route::V2(["deals", ..]) if reads => &["deals:read", "deals:full"],
        Route::V2(["deals", ..]) => &["deals:full"],
        Route::V2(["activities", ..]) if reads => &["activities:read", "activities:full"],
        Route::V2(["activities", ..]) => &["activities:full"],
        Route::V1(["leads" | "leadLabels" | "leadFields" | "leadSources", ..]) | Route::V2(["leads", ..])
            if reads =>
        {
            &["leads:read", "leads:full"]
        }
        Route::V1(["leads" | "leadLabels", ..]) | Route::V2(["leads", ..]) => &["leads:full"],
        Route::V1(["notes", ..]) if reads => &["deals:read", "deals:full", "contacts:read", "contacts:full"],
        Route::V1(["notes", ..]) => &["deals:full", "contacts:full"],
        Route::V1(["activityTypes"]) if reads => &["activities:read", "activities:full", "admin"],
        Route::V1(["users", "me"]) => &["base"],
        Route::V1(["users", ..]) => &["users:read"],
        Route::V1(["recents"]) => &["recents:read", "search:read"],
        // Fields of activities are listed with `admin` alone, other than in v1.
        _ => &["admin"],
    }
}
