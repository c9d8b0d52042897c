//! The sample account: *Meadow Practice Ltd*, which designs and plants gardens.
//!
//! Fields are compact tables (see [`table`]); people, accounts and deals are on reserved domains and numbers.

mod activities;
mod contacts;
mod deals;
mod leads;
mod people;
mod sample;
mod table;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;

pub(super) use people::{ADMIN, ORG, SELF_CLIENT, TIME_ZONE, USERS_WITH_LICENCE, profiles};

use super::ids;
use crate::access::Access;
use crate::core::{Crm, LinkKind, Links};
use crate::practice::Tokens;

/// The account's name, as the consent page shows it.
pub(super) const NAME: &str = "Meadow Practice Ltd";

/// A deal's further contacts; whatever else hangs together does so by lookup fields.
pub(super) const CONTACT_ROLE: u32 = 1;
const LINK_KINDS: &[LinkKind] =
    &[LinkKind { from: "Deals", to: "Contacts", id: CONTACT_ROLE, back: 2, by_default: true }];

/// The account as it is on its first day of practice.
pub(super) fn open_crm(now: Timestamp) -> Crm {
    let mut crm = Crm::new(Links::new(LINK_KINDS)).numbered_from(ids::FIRST_RECORD);
    crm.owners = people::owners();
    crm.pipelines.insert("Deals".to_owned(), vec![deals::pipeline()]);
    let tables = [leads::table(), contacts::contacts(), contacts::accounts(), deals::table()];
    for table in tables.into_iter().chain(activities::tables()) {
        crm.add_table(table);
    }
    let days_ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    sample::fill(&mut crm, days_ago);
    crm
}

/// The account's users, the practice app and ready tokens.
pub(super) fn open_access(random: &mut StdRng) -> (Access, Tokens) {
    people::open_access(random)
}
