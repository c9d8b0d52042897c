//! Records the account starts with.

use jiff::Timestamp;

use crate::core::{Crm, Values};

/// `first, last, email, phone, lifecycle stage, boat, owner`
const PEOPLE: &[[&str; 7]] = &[
    ["Ada", "Marsh", "ada.marsh@example.com", "+447700900101", "customer", "Kittiwake", "51001"],
    ["Bo", "Lindgren", "bo.lindgren@example.org", "020 7946 0102", "lead", "", "51002"],
    ["Carys", "Pritchard", "carys@example.net", "07700 900103", "marketingqualifiedlead", "Gwylan", "51001"],
    ["Dmitri", "Hale", "d.hale@example.com", "+1 202-555-0104", "opportunity", "Sea Otter", "51003"],
    ["Esme", "van der Berg", "esme@example.org", "", "subscriber", "", ""],
    ["Farid", "O'Neill", "farid.oneill@example.net", "+447700900106", "salesqualifiedlead", "Solan", "51002"],
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
        record.expect("BUG: the sample records are free of clashes").number
    };
    let contacts: Vec<u64> = (40..)
        .zip(PEOPLE)
        .map(|(days, [first, last, email, phone, stage, boat, owner])| {
            let pairs = [
                ("firstname", *first),
                ("lastname", *last),
                ("email", *email),
                ("phone", *phone),
                ("lifecyclestage", *stage),
                ("boat_name", *boat),
                ("hubspot_owner_id", *owner),
            ];
            load("contacts", &pairs, days)
        })
        .collect();
    let sailmaker = load(
        "companies",
        &[
            ("name", "Northquay Sails"),
            ("domain", "northquay.example.com"),
            ("city", "Falmouth"),
            ("industry", "MARITIME"),
            ("trade_account", "true"),
        ],
        60,
    );
    let charter = load(
        "companies",
        &[("name", "Tern Charter"), ("domain", "tern.example.org"), ("type", "PROSPECT")],
        50,
    );
    let deal = load(
        "deals",
        &[
            ("dealname", "Sea Otter, summer berth"),
            ("amount", "3200"),
            ("pipeline", "default"),
            ("dealstage", "presentationscheduled"),
            ("hubspot_owner_id", "51003"),
        ],
        20,
    );
    crm.links.join(("contacts", contacts[0]), ("companies", sailmaker), 279);
    crm.links.join(("contacts", contacts[3]), ("companies", charter), 279);
    crm.links.join(("deals", deal), ("contacts", contacts[3]), 3);
}
