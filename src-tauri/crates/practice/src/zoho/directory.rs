//! Users and the organisation. <https://www.zoho.com/crm/developer/docs/api/v8/get-users.html>,
//! <https://www.zoho.com/crm/developer/docs/api/v8/get-org-data.html>

use serde_json::{Value, json};

use super::errors::Trouble;
use super::{Answer, Caller, account, ids, paging, strict};
use crate::call::{Call, Reply};
use crate::core::Owner;
use crate::world::World;

/// Which users a type lists; `None` for a type that is not known.
fn fits(kind: &str, owner: &Owner, caller: &Caller) -> Option<bool> {
    Some(match kind {
        "AllUsers" | "ActiveAndDeactive" | "ConfirmedUsers" => true,
        "ActiveUsers" | "ActiveConfirmedUsers" | "AllActiveUsers" => !owner.archived,
        "DeactiveUsers" => owner.archived,
        "NotConfirmedUsers" | "DeletedUsers" => false,
        "AdminUsers" | "ActiveConfirmedAdmins" => owner.user_id == account::ADMIN,
        "CurrentUser" => owner.user_id == caller.user,
        _ => return None,
    })
}

pub(super) fn users(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::only_params(world, call, &["type", "page", "per_page", "ids"]);
    let page = paging::by_number(call)?;
    let kind = call.param("type").unwrap_or("AllUsers");
    let ids = call.list_param("ids");
    let mut found = Vec::new();
    for owner in &world.crm.owners {
        let fits = fits(kind, owner, caller).ok_or_else(|| Trouble::invalid_param("type"))?;
        if fits && (ids.is_empty() || ids.contains(&owner.id.as_str())) {
            found.push(owner);
        }
    }
    // The owners of a twin are the real account's, and whoever calls is none of them.
    let caller_alone = myself(world, caller).filter(|_| kind == "CurrentUser" && found.is_empty());
    found.extend(&caller_alone);
    let (found, more) = paging::cut(found, page);
    if found.is_empty() {
        return Ok(Reply::empty(204));
    }
    let shown: Vec<Value> = found.iter().map(|owner| user(owner)).collect();
    let info = paging::plain_info(page, shown.len(), more);
    Ok(Reply::json(200, json!({"users": shown, "info": info})))
}

fn myself(world: &World, caller: &Caller) -> Option<Owner> {
    let user = world.access.user(caller.user)?;
    let (first, last) = user.name.split_once(' ').unwrap_or(("", &user.name));
    Some(Owner {
        id: user.id.to_string(),
        user_id: user.id,
        email: user.email.clone(),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        archived: false,
    })
}

pub(super) fn one_user(world: &mut World, call: &Call, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let found = world.crm.owners.iter().find(|owner| owner.id == id);
    let found = found.ok_or_else(|| Trouble::no_such_id(1))?;
    let page = paging::by_number(call)?;
    Ok(Reply::json(200, json!({"users": [user(found)], "info": paging::plain_info(page, 1, false)})))
}

fn user(owner: &Owner) -> Value {
    let admin = owner.user_id == account::ADMIN;
    let profile = if admin { "Administrator" } else { "Standard" };
    let role = if admin { "CEO" } else { "Manager" };
    json!({
        "id": owner.id, "first_name": owner.first_name, "last_name": owner.last_name, "email": owner.email,
        "full_name": format!("{} {}", owner.first_name, owner.last_name).trim(),
        "status": if owner.archived { "disabled" } else { "active" }, "confirm": true, "zuid": owner.id,
        "profile": {"name": profile, "id": ids::of(&format!("profile {profile}"))},
        "role": {"name": role, "id": ids::of(&format!("role {role}"))},
        "created_time": "2026-01-05T14:30:00+05:30", "Modified_Time": "2026-01-05T14:30:00+05:30",
        "time_zone": account::TIME_ZONE, "offset": 19_800_000, "language": "en_US", "locale": "en_GB",
        "country_locale": "en_GB", "personal_account": false, "Isonline": false, "category": "regular_user",
        "microsoft": false, "default_tab_group": "0",
    })
}

pub(super) fn org(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, &[]);
    let host = world.base.split_once("://").map_or(world.base.as_str(), |(_, host)| host);
    let mut org = json!({
        "id": ids::of("org"), "company_name": account::NAME, "domain_name": format!("org{}", account::ORG),
        "zgid": account::ORG.to_string(), "ezgid": format!("e{}", account::ORG),
        "primary_email": "imogen@example.com", "primary_zuid": account::ADMIN.to_string(),
        "website": format!("http://{host}"), "phone": "+44 7700 900200", "country": "United Kingdom",
        "country_code": "GB", "time_zone": account::TIME_ZONE, "type": "Production", "max_per_page": 200,
        "employee_count": "4", "call_icon": "enabled", "zia_zgid": 0,
    });
    let money = json!({
        "currency": "British Pound - GBP", "currency_symbol": "£", "currency_locale": "en_GB", "iso_code": "GBP",
        "license_details": {
            "paid": true, "paid_type": "enterprise", "paid_expiry": "2027-12-31T23:59:59+05:30",
            "users_license_purchased": account::USERS_WITH_LICENCE, "trial_type": null, "trial_expiry": null,
            "trial_action": "",
        },
        "hierarchy_preferences": {"type": "Role_Hierarchy", "strictly_reporting": false},
        "checkin_preferences": {"restricted_event_types": null},
    });
    if let (Some(org), Value::Object(money)) = (org.as_object_mut(), money) {
        org.extend(money);
    }
    ALIKE.fill(&mut org);
    Ok(Reply::json(200, json!({"org": [org]})))
}

const ALIKE: super::filler::Filler = super::filler::Filler {
    yes: &["mc_status", "oauth_presence", "translation_enabled"],
    no: &[
        "deletable_org_account",
        "gapps_enabled",
        "hipaa_compliance_enabled",
        "lite_users_enabled",
        "privacy_settings",
    ],
    null: &[
        "alias",
        "city",
        "description",
        "fax",
        "mobile",
        "photo_id",
        "state",
        "street",
        "zia_portal_id",
        "zip",
    ],
    empty_list: &[],
    empty_object: &[],
};
