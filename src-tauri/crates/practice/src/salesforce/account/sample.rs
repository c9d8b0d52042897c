//! Records the account starts with.

use jiff::Timestamp;

use super::people::user_id;
use crate::core::{Crm, Values};

/// `first, last, company, email, phone, status, source, boat, owner`
const LEADS: &[[&str; 9]] = &[
    [
        "Ada",
        "Marsh",
        "Kittiwake Crew",
        "ada.marsh@example.com",
        "+44 7700 900101",
        "Working - Contacted",
        "Web",
        "Kittiwake",
        "1",
    ],
    [
        "Bo",
        "Lindgren",
        "Lindgren Boats",
        "bo.lindgren@example.org",
        "020 7946 0102",
        "Open - Not Contacted",
        "Boat Show",
        "",
        "2",
    ],
    [
        "Carys",
        "Pritchard",
        "[not provided]",
        "carys@example.net",
        "07700 900103",
        "Open - Not Contacted",
        "Web",
        "Gwylan",
        "1",
    ],
    ["Esme", "van der Berg", "[not provided]", "esme@example.org", "", "Closed - Not Converted", "", "", "4"],
    [
        "Farid",
        "O'Neill",
        "Solan Sailing",
        "farid.oneill@example.net",
        "+44 7700 900106",
        "Working - Contacted",
        "Partner Referral",
        "Solan",
        "2",
    ],
];

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

pub(super) fn fill(crm: &mut Crm, days_ago: impl Fn(i64) -> Timestamp) {
    let mut load = |object: &str, pairs: &[(&str, &str)], days: i64| {
        let record = crm.load(object, &values(pairs), days_ago(days));
        let record = record.expect("BUG: the sample records are free of clashes");
        super::super::ids::write(super::super::ids::prefix(object), record.number)
    };
    for (days, [first, last, company, email, phone, status, source, boat, owner]) in (40..).zip(LEADS) {
        let owner = user_id(owner.parse().unwrap_or(super::people::RUN_AS));
        let pairs = [
            ("FirstName", *first),
            ("LastName", *last),
            ("Company", *company),
            ("Email", *email),
            ("Phone", *phone),
            ("Status", *status),
            ("LeadSource", *source),
            ("Boat_Name__c", *boat),
            ("OwnerId", &owner),
        ];
        load("Lead", &pairs, days);
    }
    let dana = user_id(1);
    let tomas = user_id(4);
    let charter = load(
        "Account",
        &[
            ("Name", "Tern Charter"),
            ("Website", "https://tern.example.org"),
            ("BillingCity", "Falmouth"),
            ("Type", "Prospect"),
            ("OwnerId", &dana),
        ],
        50,
    );
    let skipper = load(
        "Contact",
        &[
            ("FirstName", "Dmitri"),
            ("LastName", "Hale"),
            ("Email", "d.hale@example.com"),
            ("Phone", "+1 202-555-0104"),
            ("AccountId", &charter),
            ("OwnerId", &tomas),
        ],
        45,
    );
    let berth = load(
        "Opportunity",
        &[
            ("Name", "Sea Otter, summer berth"),
            ("AccountId", &charter),
            ("StageName", "Proposal/Price Quote"),
            ("Probability", "75"),
            ("CloseDate", "2026-12-31"),
            ("Amount", "3200"),
            ("OwnerId", &tomas),
        ],
        20,
    );
    load(
        "OpportunityContactRole",
        &[
            ("OpportunityId", &berth),
            ("ContactId", &skipper),
            ("Role", "Decision Maker"),
            ("IsPrimary", "true"),
        ],
        20,
    );
}
