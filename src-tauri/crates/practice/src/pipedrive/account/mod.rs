//! The sample account: *Brightroof Practice Ltd*, a fitter of solar roofs, on the smallest plan, without the add-ons for campaigns
//! and contact sync.
//!
//! Fields are compact tables (see [`table`]); people, organizations and deals are on reserved domains and numbers.

mod deals;
mod people;
mod persons;
mod sample;
mod small;
mod table;

use jiff::{SignedDuration, Timestamp};
use rand::rngs::StdRng;

pub(super) use deals::{lead_id, lead_number};
pub(super) use people::{COMPANY, CURRENCY, DOMAIN, SEATS, TIME_ZONE};

use crate::access::Access;
use crate::core::{Crm, Links};
use crate::practice::Tokens;

/// The account's name, as the consent page shows it.
pub(super) const NAME: &str = "Brightroof Practice Ltd";

/// Under which name activity types are kept.
pub(super) const ACTIVITY_TYPES: &str = "activity types";
/// Under which name lead labels are kept.
pub(super) const LEAD_LABELS: &str = "lead labels";

/// The account as it is on its first day of practice.
pub(super) fn open_crm(now: Timestamp) -> Crm {
    let mut crm = Crm::new(Links::default());
    crm.owners = people::owners();
    crm.pipelines.insert("deals".to_owned(), deals::pipelines());
    crm.kept.insert(ACTIVITY_TYPES.to_owned(), small::activity_types());
    crm.kept.insert(LEAD_LABELS.to_owned(), small::lead_labels());
    for table in [
        persons::persons(),
        persons::organizations(),
        deals::deals(),
        deals::leads(),
        small::activities(),
        small::notes(),
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
