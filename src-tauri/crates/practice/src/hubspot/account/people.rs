//! The account's users and owners, the practice app and ready tokens.

use jiff::SignedDuration;
use leadferry_model::Secret;
use rand::rngs::StdRng;

use super::super::scopes;
use crate::access::{Access, App, TokenRules, User};
use crate::core::Owner;
use crate::practice::Tokens;
use crate::random;

/// The account's number, as text and as number.
pub(in super::super) const PORTAL: &str = "7700900";
/// See [`PORTAL`].
pub(in super::super) const PORTAL_NUMBER: u64 = 7_700_900;
/// The practice app's number.
pub(in super::super) const APP_ID: u64 = 770_001;
/// The account's time zone, in which its day ends.
pub(in super::super) const TIME_ZONE: &str = "Europe/London";

const DANA: u64 = 9_001;
const RESI: u64 = 9_002;

/// <https://developers.hubspot.com/docs/api-reference/legacy/authentication/manage-oauth-tokens>: 30 minutes.
const RULES: TokenRules = TokenRules {
    access_life: SignedDuration::from_secs(1_800),
    code_life: SignedDuration::from_secs(600),
    prefix: "na1-",
    private_prefix: "pat-na1-",
    spent_ends_grant: false,
};

pub(super) fn owners() -> Vec<Owner> {
    let owner = |(id, user_id, first, last, archived): (&str, u64, &str, &str, bool)| Owner {
        id: id.to_owned(),
        user_id,
        email: format!("{}@example.com", first.to_lowercase()),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        archived,
    };
    let people = [
        ("51001", DANA, "Dana", "Okafor", false),
        ("51002", RESI, "Resi", "Lindqvist", false),
        ("51003", 9_003, "Tomas", "Field", false),
        ("51004", 9_004, "Wren", "Castle", true),
    ];
    people.into_iter().map(owner).collect()
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
        user(DANA, "dana@example.com", "Dana Okafor", true),
        user(RESI, "resi@example.com", "Resi Lindqvist", false),
    ];
    let client_id = random::uuid(random);
    let client_secret = Secret::new(random::uuid(random));
    access.apps.push(App { client_id: client_id.clone(), client_secret: client_secret.clone() });
    let mut by_hand =
        |name: &str, user: u64, scopes: Vec<String>| access.make_by_hand(name, user, scopes, random);
    let full = by_hand("full", DANA, scopes::all());
    let read_only = by_hand("read only", RESI, scopes::reading());
    let contacts_only = by_hand("contacts only", DANA, scopes::contacts_only());
    (access, Tokens { full, read_only, contacts_only, client_id, client_secret })
}
