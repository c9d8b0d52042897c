//! The sample account: *Harbour Practice Ltd*, a marina that sells berths and boat storage.
//!
//! Fields are compact tables (see [`table`]); people, companies and deals are on reserved domains and numbers.

mod companies;
mod contacts;
mod deals;
mod people;
mod sample;
mod small;
mod table;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;

pub(super) use people::{APP_ID, PORTAL, PORTAL_NUMBER, TIME_ZONE};

use crate::access::Access;
use crate::core::{Crm, LinkKind, Links};
use crate::practice::Tokens;

/// The account's name, as the consent page shows it.
pub(super) const NAME: &str = "Harbour Practice Ltd";

const fn kind(from: &'static str, to: &'static str, id: u32, back: u32, by_default: bool) -> LinkKind {
    LinkKind { from, to, id, back, by_default }
}

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/associations/associate-records/guide>
// Unverified: the way back of the note, task and lead kinds is the neighbouring number in HubSpot's list.
const LINK_KINDS: &[LinkKind] = &[
    kind("notes", "contacts", 202, 201, true),
    kind("notes", "companies", 190, 189, true),
    kind("notes", "deals", 214, 213, true),
    kind("notes", "leads", 855, 854, true),
    kind("tasks", "contacts", 204, 203, true),
    kind("tasks", "companies", 192, 191, true),
    kind("tasks", "deals", 216, 215, true),
    kind("deals", "contacts", 3, 4, true),
    kind("deals", "companies", 341, 342, true),
    kind("deals", "companies", 5, 6, false),
    kind("contacts", "companies", 279, 280, true),
    kind("contacts", "companies", 1, 2, false),
    kind("leads", "contacts", 578, 579, true),
    kind("leads", "contacts", 608, 609, false),
];

/// The account as it is on its first day of practice.
pub(super) fn open_crm(now: Timestamp) -> Crm {
    let mut crm = Crm::new(Links::new(LINK_KINDS));
    crm.owners = people::owners();
    crm.pipelines.insert("deals".to_owned(), vec![deals::pipeline()]);
    for table in [
        contacts::table(),
        companies::table(),
        deals::table(),
        small::leads(),
        small::notes(),
        small::tasks(),
    ] {
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
