//! Who we are at Salesforce, and what the person's profile lets us do.

use std::collections::BTreeMap;

use leadferry_connector::{Account, Call};
use leadferry_model::{Failure, FailureKind};

use super::types::{Limits, Objects, Rights, Row, UserInfo, text_of};
use super::{api, ids};

/// The signed-in user's id, remembered from the check: new fields are made visible to this user.
pub(super) const USER: &str = "salesforce_user_id";

/// Objects in words.
const OBJECTS: [(&str, &str); 6] = [
    ("Lead", "leads"),
    ("Contact", "contacts"),
    ("Account", "accounts"),
    ("Opportunity", "opportunities"),
    ("Task", "tasks"),
    ("Note", "notes"),
];

/// What is only ever added, never changed or read back.
const ADDED: [&str; 2] = ["Task", "Note"];

pub(super) async fn check(call: &Call<'_>) -> Result<Account, Failure> {
    let user = match api::user_info(call.http).await {
        Ok(user) => user,
        // An app may be without the right to ask who signed in; the org itself has to answer then.
        Err(failure) if matches!(failure.kind, FailureKind::Permission { .. }) => UserInfo::default(),
        Err(failure) => return Err(failure),
    };
    let objects = api::objects(call.http).await?;
    let org = bonus(organization(call).await)?.flatten().unwrap_or_default();
    let left = bonus(api::limits(call.http).await)?.unwrap_or_default();
    let (told_org, told_user) = identity(call);
    let id = user.organization_id.clone().or_else(|| text_of(&org, "Id")).or(told_org);
    let id = id
        .map(|id| ids::whole(&id))
        .ok_or_else(|| Failure::new(FailureKind::Unexpected, "Salesforce does not say which org this is"))?;
    let host = call.http.host();
    let sandbox = match text_of(&org, "IsSandbox") {
        Some(told) => told == "true",
        None => host.contains(".sandbox."),
    };
    let (mut may, may_not, read_only) = rights(&objects);
    may.extend(left_today(&left));
    let user_id = user.user_id.clone().or(told_user).map(|id| ids::whole(&id));
    Ok(Account {
        name: text_of(&org, "Name").unwrap_or_else(|| format!("Salesforce org {id}")),
        user: person(&user),
        may,
        may_not,
        sandbox,
        read_only,
        remember: user_id.map(|id| (USER.to_owned(), id)).into_iter().collect::<BTreeMap<_, _>>(),
        id,
    })
}

/// The org's name and kind.
/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm>
async fn organization(call: &Call<'_>) -> Result<Option<Row>, Failure> {
    let rows = api::rows(call.http, "SELECT Id, Name, IsSandbox FROM Organization LIMIT 1").await?;
    Ok(rows.into_iter().next())
}

/// What is good to know, but no reason to fail.
fn bonus<T>(told: Result<T, Failure>) -> Result<Option<T>, Failure> {
    match told {
        Ok(told) => Ok(Some(told)),
        Err(failure) if passes_soon(&failure) => Err(failure),
        Err(_) => Ok(None),
    }
}

/// A failure that says nothing about what was asked for.
pub(super) fn passes_soon(failure: &Failure) -> bool {
    matches!(
        failure.kind,
        FailureKind::RateLimited { .. } | FailureKind::Unavailable | FailureKind::Busy | FailureKind::Auth
    )
}

/// Org and user, as the token answer's identity address names them: `https://login.salesforce.com/id/00D…/005…`.
fn identity(call: &Call<'_>) -> (Option<String>, Option<String>) {
    let mut parts = call.settings.token_fact("id").unwrap_or_default().rsplit('/');
    let user = parts.next().filter(|id| id.starts_with("005")).map(str::to_owned);
    let org = parts.next().filter(|id| id.starts_with("00D")).map(str::to_owned);
    (org, user)
}

/// Name and address: who that is, for somebody who has several users.
fn person(user: &UserInfo) -> Option<String> {
    let text = |text: &Option<String>| text.clone().filter(|text| !text.is_empty());
    let address = text(&user.preferred_username).or_else(|| text(&user.email));
    match (text(&user.name), address) {
        (Some(name), Some(address)) => Some(format!("{name} ({address})")),
        (name, address) => name.or(address),
    }
}

/// What may be done, what not, and whether that is only reading.
fn rights(objects: &Objects) -> (Vec<String>, Vec<String>, bool) {
    let (mut may, mut may_not) = (Vec::new(), Vec::new());
    let mut writes = false;
    for (name, words) in OBJECTS {
        // An object the profile has no right to at all is not in the list.
        let rights = objects.sobjects.iter().find(|object| object.name == name).cloned();
        let Rights { createable, updateable, queryable, .. } = rights.unwrap_or_default();
        let mut say = |granted: bool, verb: &str| {
            if granted { &mut may } else { &mut may_not }.push(format!("{verb} {words}"));
        };
        if ADDED.contains(&name) {
            say(createable, "add");
            continue;
        }
        writes |= createable || updateable;
        say(queryable, "read");
        if createable == updateable {
            say(createable, "create and update");
        } else {
            say(createable, "create");
            say(updateable, "update");
        }
    }
    (may, may_not, !writes)
}

fn left_today(limits: &Limits) -> Option<String> {
    let left = limits.daily_api_requests.as_ref()?;
    Some(format!("make {} of the org's {} API calls of today", left.remaining, left.max))
}
