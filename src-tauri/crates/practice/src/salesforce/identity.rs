//! Who is signed in. <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm>

use serde_json::{Value, json};

use super::account::{self, user_id};
use super::{render, scopes};
use crate::access::TokenState;
use crate::call::{Call, Reply};
use crate::world::World;

/// The identity URL of a user.
pub(super) fn url(world: &World, user: u64) -> String {
    format!("{}/id/{}/{}", world.base, account::org_id(), user_id(user))
}

/// The user behind the call's token; these endpoints refuse in a word.
fn signed_in(world: &World, call: &Call) -> Result<u64, Reply> {
    let refused = |word: &str| Err(Reply::text(403, "text/html;charset=UTF-8", word.to_owned()));
    let Some(token) = call.bearer() else { return refused("Missing_OAuth_Token") };
    match world.access.state(token, call.now) {
        TokenState::Good(grant) if scopes::allow_identity(&grant.scopes) => Ok(grant.user),
        TokenState::Good(_) => refused("Missing_Scope"),
        _ => refused("Bad_OAuth_Token"),
    }
}

fn urls(world: &World, user: u64) -> Value {
    let base = &world.base;
    json!({
        "enterprise": format!("{base}/services/Soap/c/{{version}}/{}", account::org_id()),
        "rest": format!("{base}/services/data/v{{version}}/"),
        "sobjects": format!("{base}/services/data/v{{version}}/sobjects/"),
        "query": format!("{base}/services/data/v{{version}}/query/"),
        "profile": format!("{base}/{}", user_id(user)),
    })
}

/// `GET /services/oauth2/userinfo`.
pub(super) fn userinfo(world: &World, call: &Call) -> Reply {
    let user = match signed_in(world, call) {
        Ok(user) => user,
        Err(refused) => return refused,
    };
    let Some(person) = world.access.user(user) else { return Reply::empty(404) };
    let (first, last) = person.name.split_once(' ').unwrap_or((&person.name, ""));
    Reply::json(
        200,
        json!({
            "sub": url(world, user), "user_id": user_id(user), "organization_id": account::org_id(),
            "preferred_username": format!("{}.practice", person.email), "nickname": first,
            "name": person.name, "email": person.email, "email_verified": true, "given_name": first,
            "family_name": last, "zoneinfo": "Europe/London", "profile": format!("{}/{}", world.base, user_id(user)),
            "active": true, "user_type": "STANDARD", "language": "en_GB", "locale": "en_GB", "utcOffset": 0,
            "updated_at": "2026-01-05T09:00:00Z", "urls": urls(world, user),
        }),
    )
}

/// `GET /id/{org}/{user}`.
pub(super) fn identity(world: &World, call: &Call, org: &str, id: &str) -> Reply {
    let user = match signed_in(world, call) {
        Ok(user) => user,
        Err(refused) => return refused,
    };
    if org != account::org_id() || id != user_id(user) {
        return Reply::text(403, "text/html;charset=UTF-8", "Wrong_Org".to_owned());
    }
    let Some(person) = world.access.user(user) else { return Reply::empty(404) };
    let (first, last) = person.name.split_once(' ').unwrap_or((&person.name, ""));
    Reply::json(
        200,
        json!({
            "id": url(world, user), "asserted_user": true, "user_id": user_id(user),
            "organization_id": account::org_id(), "username": format!("{}.practice", person.email),
            "nick_name": first, "display_name": person.name, "email": person.email, "email_verified": true,
            "first_name": first, "last_name": last, "timezone": "Europe/London", "active": true,
            "user_type": "STANDARD", "language": "en_GB", "locale": "en_GB", "utcOffset": 0,
            "last_modified_date": render::moment(world.now), "urls": urls(world, user), "is_app_installed": true,
        }),
    )
}
