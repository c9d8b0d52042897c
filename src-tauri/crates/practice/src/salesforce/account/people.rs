//! The account's users, what each may do, the practice app and ready tokens.

use jiff::SignedDuration;
use leadferry_model::Secret;
use rand::rngs::StdRng;

use super::super::{ids, scopes};
use crate::access::{Access, App, TokenRules, User};
use crate::core::Owner;
use crate::practice::Tokens;
use crate::random;

const DANA: u64 = 1;
const RESI: u64 = 2;
const KIT: u64 = 3;

/// The practice app's consumer key. Its secret may be left out (*Require secret* is not ticked), as a desktop app does.
pub(in super::super) const PRACTICE_APP: &str = "3MVG9HarbourPracticeConsumerKey";

/// What a user may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in super::super) struct Rights {
    /// Create, change and delete records.
    pub(in super::super) write: bool,
    /// *Customize Application*: create fields and grant access to them.
    pub(in super::super) customize: bool,
    /// The only objects that exist for this user, if not all do.
    pub(in super::super) only: Option<&'static [&'static str]>,
}

/// What the user with this number may do.
pub(in super::super) fn rights(user: u64) -> Rights {
    match user {
        RESI => Rights { write: false, customize: false, only: None },
        KIT => Rights { write: true, customize: false, only: Some(&["Contact", "Organization", "User"]) },
        _ => Rights { write: true, customize: true, only: None },
    }
}

/// The id of the user with this number.
pub(in super::super) fn user_id(user: u64) -> String {
    ids::write("005", user)
}

/// The user that sign-ins without a person run as, and that owns what nobody owns.
pub(in super::super) const RUN_AS: u64 = DANA;

/// Two hours, sliding with use (unverified for the length: the org's admin chooses it).
const RULES: TokenRules = TokenRules {
    access_life: SignedDuration::from_secs(7_200),
    code_life: SignedDuration::from_secs(900),
    prefix: "5Aep861",
    private_prefix: "00DJ80!",
    // <https://help.salesforce.com/s/articleView?id=005316711>
    spent_ends_grant: true,
};

pub(super) fn owners() -> Vec<Owner> {
    let owner = |(user_id, first, last, archived): (u64, &str, &str, bool)| Owner {
        id: self::user_id(user_id),
        user_id,
        email: format!("{}@example.com", first.to_lowercase()),
        first_name: first.to_owned(),
        last_name: last.to_owned(),
        archived,
    };
    let people = [
        (DANA, "Dana", "Okafor", false),
        (RESI, "Resi", "Lindqvist", false),
        (KIT, "Kit", "Marlowe", false),
        (4, "Tomas", "Field", false),
        (5, "Wren", "Castle", true),
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
        user(KIT, "kit@example.com", "Kit Marlowe", true),
    ];
    let client_id = PRACTICE_APP.to_owned();
    let client_secret = Secret::new(random::hex(random, 64).to_uppercase());
    access.apps.push(App { client_id: client_id.clone(), client_secret: client_secret.clone() });
    let mut by_hand = |name: &str, user: u64| access.make_by_hand(name, user, scopes::usual(), random);
    let (full, read_only, contacts_only) =
        (by_hand("full", DANA), by_hand("read only", RESI), by_hand("contacts only", KIT));
    (access, Tokens { full, read_only, contacts_only, client_id, client_secret })
}
