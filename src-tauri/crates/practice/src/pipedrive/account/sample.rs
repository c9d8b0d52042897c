//! Records the account starts with.

use jiff::Timestamp;

use super::people::{DANA, RESI, TOMAS};
use crate::core::{Crm, Values};

/// `name, email, phone, roof, heard of us, owner`
const PEOPLE: &[(&str, &str, &str, &str, &str, u64)] = &[
    ("Ada Moss", "ada.moss@example.com", "+447700900201", "Slate, south", "31", DANA),
    ("Bo Lindgren", "bo.lindgren@example.org", "020 7946 0202", "", "33", RESI),
    ("Carys Pritchard", "carys@example.net", "07700 900203", "Tiles, east and west", "34", DANA),
    ("Dmitri Hale", "d.hale@example.com", "+1 202-555-0104", "Flat", "", TOMAS),
    ("Esme van der Berg", "esme@example.org", "", "", "31", DANA),
    ("Farid O'Neill", "farid.oneill@example.net", "+447700900206", "Barn", "32", RESI),
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
    let persons: Vec<u64> = (40..)
        .zip(PEOPLE)
        .map(|(days, (name, email, phone, roof, heard, owner))| {
            let owner = owner.to_string();
            let pairs = [
                ("name", *name),
                ("email", *email),
                ("phone", *phone),
                ("owner_id", &owner),
                ("visible_to", "3"),
                ("3f1a0c5d7e9b2468ace013579bdf02468ace1301", *roof),
                ("3f1a0c5d7e9b2468ace013579bdf02468ace1306", *heard),
            ];
            load("persons", &pairs, days)
        })
        .collect();
    let (dana, resi) = (DANA.to_string(), RESI.to_string());
    let builder = load(
        "organizations",
        &[
            ("name", "Northquay Builders"),
            ("owner_id", &dana),
            ("visible_to", "3"),
            ("website", "https://northquay.example.com"),
        ],
        60,
    );
    load(
        "organizations",
        &[("name", "Tern Farm"), ("owner_id", &resi), ("visible_to", "3"), ("industry", "73")],
        50,
    );
    let (builder, dmitri, farid) = (builder.to_string(), persons[3].to_string(), persons[5].to_string());
    let deal = load(
        "deals",
        &[
            ("title", "Flat roof, 9 kWp"),
            ("value", "14200"),
            ("currency", "GBP"),
            ("owner_id", &dana),
            ("creator_user_id", &dana),
            ("person_id", &dmitri),
            ("org_id", &builder),
            ("pipeline_id", "1"),
            ("stage_id", "3"),
            ("status", "open"),
            ("visible_to", "3"),
            ("origin", "ManuallyCreated"),
        ],
        20,
    )
    .to_string();
    load(
        "leads",
        &[
            ("title", "Barn roof"),
            ("owner_id", &resi),
            ("creator_id", &resi),
            ("person_id", &farid),
            ("visible_to", "3"),
            ("source_name", "Manually created"),
            ("origin", "ManuallyCreated"),
        ],
        10,
    );
    load(
        "activities",
        &[
            ("subject", "Call about the offer"),
            ("type", "call"),
            ("owner_id", &dana),
            ("creator_user_id", &dana),
            ("deal_id", &deal),
            ("person_id", &dmitri),
            ("participants", &dmitri),
            ("due_date", "2026-11-23"),
            ("due_time", "10:00:00"),
        ],
        9,
    );
    load(
        "notes",
        &[("content", "<p>Wants a battery, too.</p>"), ("user_id", &dana), ("person_id", &dmitri)],
        8,
    );
}
