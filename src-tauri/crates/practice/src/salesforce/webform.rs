//! *Web-to-Lead*: a form that needs no sign-in, and never says whether a lead was made.
//! <https://help.salesforce.com/apex/HTViewHelpDoc?id=sales.faq_leads_how_can_i_be_sure.htm>

use jiff::SignedDuration;
use serde_json::{Map, Value};

use super::gate::{Assign, Visit};
use super::state::{state, state_mut};
use super::{account, ids, records, strict, tooling};
use crate::call::{Call, Reply};
use crate::page::{escaped, page};
use crate::world::World;

/// Leads a day; forms beyond wait.
pub(super) const DAILY: u32 = 500;
/// The count of leads made from forms.
pub(super) const COUNT: &str = "web-to-lead";
const MOST_WAITING: usize = 50_000;
const DAY: SignedDuration = SignedDuration::from_hours(24);

/// The form's names for fields.
const FIELDS: &[(&str, &str)] = &[
    ("first_name", "FirstName"),
    ("last_name", "LastName"),
    ("salutation", "Salutation"),
    ("title", "Title"),
    ("email", "Email"),
    ("phone", "Phone"),
    ("mobile", "MobilePhone"),
    ("fax", "Fax"),
    ("company", "Company"),
    ("street", "Street"),
    ("city", "City"),
    ("state", "State"),
    ("zip", "PostalCode"),
    ("country", "Country"),
    ("URL", "Website"),
    ("description", "Description"),
    ("lead_source", "LeadSource"),
    ("industry", "Industry"),
    ("rating", "Rating"),
    ("revenue", "AnnualRevenue"),
    ("employees", "NumberOfEmployees"),
    ("emailOptOut", "HasOptedOutOfEmail"),
    ("faxOptOut", "HasOptedOutOfFax"),
    ("doNotCall", "DoNotCall"),
];
/// What the form says about itself.
const ABOUT: &[&str] = &[
    "oid",
    "retURL",
    "debug",
    "debugEmail",
    "encoding",
    "captcha_settings",
    "g-recaptcha-response",
    "recordType",
    "Campaign_ID",
    "member_status",
    "submit",
];

/// Takes a form. The answer is the same whatever becomes of it.
pub(super) fn take(world: &mut World, call: &Call) -> Reply {
    strict::only_params(world, call, &["encoding", "orgId"]);
    if !call.is_of_type("application/x-www-form-urlencoded") {
        world.object_to("a form of another media type");
    }
    let form: Vec<(String, String)> = serde_urlencoded::from_bytes(&call.body).unwrap_or_default();
    let known = |name: &str| {
        ABOUT.contains(&name) || FIELDS.iter().any(|(field, _)| *field == name) || name.starts_with("00N")
    };
    let unknown: Vec<String> =
        form.iter().filter(|(name, _)| !known(name)).map(|(name, _)| name.clone()).collect();
    for name in unknown {
        world.object_to(format!("unknown form field: {name}"));
    }
    let back = form.iter().find(|(name, _)| name == "retURL").map(|(_, value)| value.clone());
    let now = world.now;
    if world.limits.used_rolling(COUNT, DAY, now) >= DAILY {
        let waiting = &mut state_mut(world).waiting_forms;
        if waiting.len() < MOST_WAITING {
            waiting.push_back(form);
        }
    } else {
        make(world, &form);
    }
    let back = back
        .filter(|url| !url.is_empty())
        .map_or_else(String::new, |url| format!("<p>You are being sent on to {}.</p>", escaped(&url)));
    let inside = format!("<p>Your request has been queued.</p>{back}");
    Reply::page(200, page("Thank you", &inside))
}

/// Makes leads from forms that wait, as far as the day's limit allows.
pub(super) fn settle(world: &mut World) {
    let now = world.now;
    while world.limits.used_rolling(COUNT, DAY, now) < DAILY {
        let Some(form) = state_mut(world).waiting_forms.pop_front() else { return };
        make(world, &form);
    }
}

/// Makes a lead, or silently does not.
fn make(world: &mut World, form: &[(String, String)]) {
    let value = |name: &str| form.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str());
    let ours = value("oid").and_then(ids::long) == Some(account::org_id());
    let human =
        !state(world).rules.captcha || value("g-recaptcha-response").is_some_and(|proof| !proof.is_empty());
    if !ours || !human {
        return;
    }
    let mut fields = Map::new();
    for (name, value) in form.iter().filter(|(_, value)| !value.is_empty()) {
        let own = FIELDS.iter().find(|(field, _)| field == name).map(|(_, field)| (*field).to_owned());
        let custom =
            || tooling::by_id(world, name).filter(|(object, _)| object == "Lead").map(|(_, field)| field);
        if let Some(field) = own.or_else(custom) {
            let ticked = matches!(value.as_str(), "1" | "on") && is_checkbox(world, &field);
            fields.insert(field, if ticked { Value::Bool(true) } else { Value::from(value.clone()) });
        }
    }
    // Assignment rules run on forms. Unverified: a field that the form's owner cannot see fails it.
    let visit = Visit { assign: Assign::Unsaid, ..Visit::of_the_org(world.now) };
    let now = world.now;
    if records::create(world, &visit, "Lead", &fields).is_ok() {
        let _counted = world.limits.count_rolling(COUNT, DAILY, DAY, now);
    }
}

fn is_checkbox(world: &World, field: &str) -> bool {
    let table = world.crm.table("Lead").ok();
    table
        .and_then(|table| table.field(field))
        .is_some_and(|field| field.kind == leadferry_model::FieldKind::Bool)
}
