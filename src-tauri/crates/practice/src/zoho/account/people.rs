//! The account's users, the practice app, the Self Client and ready tokens.

use jiff::SignedDuration;
use leadferry_model::Secret;
use rand::rngs::StdRng;
use serde_json::{Value, json};

use super::super::{ids, scopes};
use crate::access::{Access, App, TokenRules, User};
use crate::core::Owner;
use crate::practice::Tokens;
use crate::random;

/// The organisation's number, as addresses in the browser carry it.
pub(in super::super) const ORG: u64 = 77_009_000;
/// The account's time zone: half an hour off the round ones.
pub(in super::super) const TIME_ZONE: &str = "Asia/Kolkata";
/// Users the credits are counted by.
pub(in super::super) const USERS_WITH_LICENCE: u32 = 3;
/// The id of the client that an admin makes for his own use.
pub(in super::super) const SELF_CLIENT: &str = "1000.PRACTICESELFCLIENT";

/// The account's admin.
pub(in super::super) const ADMIN: u64 = 554_023_000_000_235_011;
const RAVI: u64 = 554_023_000_000_235_012;

/// <https://www.zoho.com/crm/developer/docs/api/v8/token-validity.html>: one hour. Codes: two minutes say the accounts
/// pages, three says this one.
const RULES: TokenRules = TokenRules {
    access_life: SignedDuration::from_secs(3_600),
    code_life: SignedDuration::from_secs(120),
    prefix: "1000.",
    private_prefix: "1000.practice-",
    spent_ends_grant: false,
};

pub(super) fn owners() -> Vec<Owner> {
    let owner = |(id, first, last, archived): (u64, &str, &str, bool)| Owner {
        id: id.to_string(),
        user_id: id,
        email: format!("{}@example.com", first.to_lowercase()),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        archived,
    };
    let people = [
        (ADMIN, "Imogen", "Vale", false),
        (RAVI, "Ravi", "Anand", false),
        (554_023_000_000_235_013, "Lotte", "Brandt", false),
        (554_023_000_000_235_014, "Pim", "Castle", true),
    ];
    people.into_iter().map(owner).collect()
}

/// What the account's people may do: everything, or look.
pub(in super::super) fn profiles() -> Value {
    let profile = |name: &str, default: bool| {
        json!({
            "name": name, "id": ids::of(&format!("profile {name}")), "default": default,
            "_default_view": {"name": "Standard View", "id": ids::of("view"), "type": "custom"},
        })
    };
    json!([profile("Administrator", true), profile("Standard", true)])
}

pub(super) fn open_access(random: &mut StdRng) -> (Access, Tokens) {
    let mut access = Access::new(RULES);
    let user = |id, email: &str, name: &str, may_write| User {
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        may_write,
    };
    access.users = vec![
        user(ADMIN, "imogen@example.com", "Imogen Vale", true),
        user(RAVI, "ravi@example.com", "Ravi Anand", false),
    ];
    let client_id = format!("1000.{}", random::hex(random, 30).to_uppercase());
    let client_secret = Secret::new(random::hex(random, 42));
    access.apps.push(App { client_id: client_id.clone(), client_secret: client_secret.clone() });
    let self_secret = Secret::new(random::hex(random, 42));
    access.apps.push(App { client_id: SELF_CLIENT.to_owned(), client_secret: self_secret });
    // Zoho has no lasting keys; these stand in for tests and twins, which cannot press *Accept*.
    let mut by_hand =
        |name: &str, user: u64, scopes: Vec<String>| access.make_by_hand(name, user, scopes, random);
    let full = by_hand("full", ADMIN, scopes::all());
    let read_only = by_hand("read only", RAVI, scopes::all());
    let contacts_only = by_hand("contacts only", ADMIN, scopes::contacts_only());
    (access, Tokens { full, read_only, contacts_only, client_id, client_secret })
}
