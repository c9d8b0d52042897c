//! Records the account starts with.

use jiff::Timestamp;

use super::ADMIN;
use crate::core::{Crm, RecordNumber, Values};

const LOTTE: &str = "554023000000235013";

/// `first, last, company, email, phone, status, kind of garden, owner`
const LEADS: &[[&str; 8]] = &[
    [
        "Bea",
        "Thornton",
        "Thornton Tea Rooms",
        "bea.thornton@example.com",
        "+44 7700 900201",
        "Contacted",
        "Courtyard",
        "",
    ],
    [
        "Casper",
        "Lund",
        "Lund & Sons",
        "casper.lund@example.org",
        "+44 7700 900202",
        "Not Contacted",
        "Roof terrace",
        LOTTE,
    ],
    ["Delia", "Marsh", "Delia Marsh", "delia@example.net", "+1 202-555-0143", "", "Back garden", ""],
    ["Emeka", "Obi", "Obi Catering", "", "+44 7700 900204", "Attempted to Contact", "", LOTTE],
    ["Freya", "van Dijk", "Hotel Zeezicht", "freya@example.com", "", "Pre-Qualified", "Public park", ""],
];

fn values(pairs: &[(&str, &str)]) -> Values {
    pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .map(|(k, v)| ((*k).to_owned(), (*v).to_owned()))
        .collect()
}

pub(super) fn fill(crm: &mut Crm, days_ago: impl Fn(i64) -> Timestamp) {
    let admin = ADMIN.to_string();
    let mut load = |module: &str, pairs: &[(&str, &str)], days: i64| -> RecordNumber {
        let mut all = values(pairs);
        for name in ["Owner", "Created_By", "Modified_By"] {
            all.entry(name.to_owned()).or_insert_with(|| admin.clone());
        }
        let record = crm.load(module, &all, days_ago(days));
        record.expect("BUG: the sample records are free of clashes").number
    };
    for (days, [first, last, company, email, phone, status, kind, owner]) in (30..).zip(LEADS) {
        let pairs = [
            ("First_Name", *first),
            ("Last_Name", *last),
            ("Company", *company),
            ("Email", *email),
            ("Phone", *phone),
            ("Lead_Status", *status),
            ("Garden_Kind", *kind),
            ("Owner", *owner),
        ];
        load("Leads", &pairs, days);
    }
    let nursery = load(
        "Accounts",
        &[
            ("Account_Name", "Hollow Lane Nursery"),
            ("Website", "https://hollowlane.example.com"),
            ("Phone", "+44 7700 900230"),
            ("Billing_City", "Ludlow"),
            ("Industry", "Agriculture"),
            ("Trade_Account", "true"),
        ],
        80,
    )
    .to_string();
    let gardener = load(
        "Contacts",
        &[
            ("First_Name", "Greta"),
            ("Last_Name", "Holm"),
            ("Email", "greta.holm@example.com"),
            ("Phone", "+44 7700 900231"),
            ("Account_Name", &nursery),
            ("Customer_Number", "C-1001"),
        ],
        70,
    )
    .to_string();
    load(
        "Contacts",
        &[
            ("First_Name", "Hamid"),
            ("Last_Name", "O'Rourke"),
            ("Email", "hamid@example.org"),
            ("Email_Opt_Out", "true"),
        ],
        60,
    );
    let deal = load(
        "Deals",
        &[
            ("Deal_Name", "Hollow Lane, show garden"),
            ("Account_Name", &nursery),
            ("Contact_Name", &gardener),
            ("Amount", "18500"),
            ("Pipeline", "Standard (Standard)"),
            ("Stage", "Value Proposition"),
            ("Closing_Date", "2027-02-26"),
        ],
        25,
    )
    .to_string();
    load(
        "Tasks",
        &[
            ("Subject", "Send the planting plan"),
            ("Status", "Not Started"),
            ("Priority", "High"),
            ("Who_Id", &gardener),
            ("What_Id", &deal),
            ("$se_module", "Deals"),
        ],
        5,
    );
    load(
        "Notes",
        &[
            ("Note_Title", "Soil"),
            ("Note_Content", "Heavy clay; drainage first."),
            ("Parent_Id", &deal),
            ("$se_module", "Deals"),
        ],
        4,
    );
}
