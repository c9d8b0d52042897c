//! The sample account: *Harbour Practice Ltd*, a marina that sells berths and boat storage.
//!
//! Fields are compact tables (see [`table`]); people, companies and deals are on reserved domains and numbers.

mod activities;
mod companies;
mod contacts;
mod deals;
mod leads;
mod people;
mod sample;
mod setup;
mod table;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;

pub(super) use activities::DONE;
pub(super) use people::{PRACTICE_APP, RUN_AS, Rights, rights, user_id};
pub(super) use setup::MADE;

use super::ids;
use crate::access::Access;
use crate::core::{Crm, Links};
use crate::practice::Tokens;

/// The account's name, as the consent page shows it.
pub(super) const NAME: &str = "Harbour Practice Ltd";

/// The org's id.
pub(super) fn org_id() -> String {
    ids::write("00D", 1)
}

/// The queue that the assignment rule gives new leads to.
pub(super) fn queue_id() -> String {
    ids::write("00G", 1)
}

/// The assignment rule for leads.
pub(super) fn rule_id() -> String {
    ids::write("01Q", 1)
}

/// The lead status that means converted.
pub(super) const CONVERTED: &str = "Closed - Converted";

/// The account as it is on its first day of practice.
pub(super) fn open_crm(now: Timestamp) -> Crm {
    // References are fields here, not links.
    let mut crm = Crm::new(Links::new(&[]));
    crm.owners = people::owners();
    crm.pipelines.insert("Opportunity".to_owned(), vec![deals::pipeline()]);
    for table in [
        leads::table(),
        contacts::table(),
        companies::table(),
        deals::table(),
        deals::roles(),
        activities::tasks(),
        activities::events(),
        activities::notes(),
        activities::content_notes(),
        activities::content_links(),
        activities::individuals(),
    ] {
        crm.add_table(table);
    }
    let days_ago = |days: i64| now - SignedDuration::from_hours(24 * days);
    sample::fill(&mut crm, days_ago);
    crm
}

/// What the org is set up with.
pub(super) fn open_setup() -> Crm {
    setup::crm()
}

/// The account's users, the practice app and ready tokens.
pub(super) fn open_access(random: &mut StdRng) -> (Access, Tokens) {
    people::open_access(random)
}
