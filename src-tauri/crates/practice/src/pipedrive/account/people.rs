//! The account's users, the practice app and ready tokens.

use jiff::SignedDuration;
use leadferry_model::Secret;
use rand::rngs::StdRng;

use super::super::scopes;
use crate::access::{Access, App, TokenRules, User};
use crate::core::Owner;
use crate::practice::Tokens;
use crate::random;

/// The company's number.
pub(in super::super) const COMPANY: u64 = 7_700_902;
/// The first part of the company's host name.
pub(in super::super) const DOMAIN: &str = "brightroof-practice";
/// The zone of the account's users.
pub(in super::super) const TIME_ZONE: &str = "Europe/London";
/// The currency amounts are in when none is said.
pub(in super::super) const CURRENCY: &str = "GBP";
/// People who pay for a seat: the daily budget counts them.
pub(in super::super) const SEATS: u32 = 3;

pub(super) const DANA: u64 = 13_001;
pub(super) const RESI: u64 = 13_002;
pub(super) const TOMAS: u64 = 13_003;

/// <https://pipedrive.readme.io/docs/marketplace-oauth-authorization>: `expires_in` 3599; a code lives 5 minutes.
const RULES: TokenRules = TokenRules {
    access_life: SignedDuration::from_secs(3_599),
    code_life: SignedDuration::from_secs(300),
    prefix: "7700902:13001:",
    private_prefix: "",
    spent_ends_grant: false,
};

/// The same page: a refresh token dies after 60 days unused, and each use begins them anew.
const REFRESH_IDLE_LIFE: SignedDuration = SignedDuration::from_hours(60 * 24);

pub(super) fn owners() -> Vec<Owner> {
    let owner = |(user_id, first, last, archived): (u64, &str, &str, bool)| Owner {
        id: user_id.to_string(),
        user_id,
        email: format!("{}@example.com", first.to_lowercase()),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        archived,
    };
    let people = [
        (DANA, "Dana", "Okafor", false),
        (RESI, "Resi", "Lindqvist", false),
        (TOMAS, "Tomas", "Field", false),
        (13_004, "Wren", "Castle", true),
    ];
    people.into_iter().map(owner).collect()
}

pub(super) fn open_access(random: &mut StdRng) -> (Access, Tokens) {
    let mut access = Access::new(RULES);
    access.refresh_idle_life = Some(REFRESH_IDLE_LIFE);
    let user = |id, email: &str, name: &str, may_write| User {
        id,
        email: email.to_owned(),
        name: name.to_owned(),
        may_write,
    };
    access.users = vec![
        user(DANA, "dana@example.com", "Dana Okafor", true),
        user(RESI, "resi@example.com", "Resi Lindqvist", false),
    ];
    let client_id = random::hex(random, 16);
    let client_secret = Secret::new(random::hex(random, 40));
    access.apps.push(App { client_id: client_id.clone(), client_secret: client_secret.clone() });
    let mut by_hand =
        |name: &str, user: u64, scopes: Vec<String>| access.make_by_hand(name, user, scopes, random);
    let full = by_hand("API token", DANA, scopes::all());
    let read_only = by_hand("API token", RESI, scopes::all());
    // Pipedrive's API tokens have no scopes; this one stands in for an app that was given few.
    let contacts_only = by_hand("contacts only", DANA, scopes::contacts_only());
    (access, Tokens { full, read_only, contacts_only, client_id, client_secret })
}
