//! What `include_fields` adds: sums over the records that refer to one.

use std::collections::HashMap;

use serde_json::{Value, json};

use super::render;
use crate::core::Record;
use crate::world::World;

const PERSONS: &[&str] = &[
    "next_activity_id",
    "last_activity_id",
    "open_deals_count",
    "related_open_deals_count",
    "closed_deals_count",
    "related_closed_deals_count",
    "participant_open_deals_count",
    "participant_closed_deals_count",
    "email_messages_count",
    "activities_count",
    "done_activities_count",
    "undone_activities_count",
    "files_count",
    "notes_count",
    "followers_count",
    "won_deals_count",
    "related_won_deals_count",
    "lost_deals_count",
    "related_lost_deals_count",
    "last_incoming_mail_time",
    "last_outgoing_mail_time",
    "smart_bcc_email",
];

const ORGANIZATIONS: &[&str] = &[
    "next_activity_id",
    "last_activity_id",
    "open_deals_count",
    "related_open_deals_count",
    "closed_deals_count",
    "related_closed_deals_count",
    "email_messages_count",
    "people_count",
    "activities_count",
    "done_activities_count",
    "undone_activities_count",
    "files_count",
    "notes_count",
    "followers_count",
    "won_deals_count",
    "related_won_deals_count",
    "lost_deals_count",
    "related_lost_deals_count",
    "smart_bcc_email",
];

const DEALS: &[&str] = &[
    "next_activity_id",
    "last_activity_id",
    "first_won_time",
    "products_count",
    "files_count",
    "notes_count",
    "followers_count",
    "email_messages_count",
    "activities_count",
    "done_activities_count",
    "undone_activities_count",
    "participants_count",
    "last_incoming_mail_time",
    "last_outgoing_mail_time",
    "smart_bcc_email",
    "source_lead_id",
];

/// The fields that can be asked for.
pub(super) fn of(object: &str) -> &'static [&'static str] {
    match object {
        "persons" => PERSONS,
        "organizations" => ORGANIZATIONS,
        "deals" => DEALS,
        _ => &["attendees"],
    }
}

#[derive(Clone, Debug, Default)]
struct Sums {
    open: u32,
    won: u32,
    lost: u32,
    people: u32,
    activities: u32,
    done: u32,
    notes: u32,
    /// Day and number of the next activity to do, and of the last one done.
    next: Option<(String, u64)>,
    last: Option<(String, u64)>,
}

/// Sums over all records of an object, made once per request.
#[derive(Debug, Default)]
pub(super) struct Tally {
    sums: HashMap<u64, Sums>,
    lead_ids: HashMap<u64, Value>,
}

impl Tally {
    pub(super) fn of(world: &World, object: &str) -> Self {
        let field = match object {
            "persons" => "person_id",
            "organizations" => "org_id",
            _ => "deal_id",
        };
        let mut tally = Self::default();
        let mut add = |from: &str, count: &dyn Fn(&Record, &mut Sums)| {
            let Ok(table) = world.crm.table(from) else { return };
            for record in table.records(0, false) {
                if let Some(number) = record.stored(field).and_then(|id| id.parse().ok()) {
                    count(record, tally.sums.entry(number).or_default());
                }
            }
        };
        add("persons", &|_, sums| sums.people += 1);
        add("notes", &|_, sums| sums.notes += 1);
        add("deals", &|deal, sums| match deal.stored("status") {
            Some("won") => sums.won += 1,
            Some("lost") => sums.lost += 1,
            _ => sums.open += 1,
        });
        add("activities", &|activity, sums| {
            sums.activities += 1;
            let at = (activity.stored("due_date").unwrap_or_default().to_owned(), activity.number);
            if activity.stored("done") == Some("true") {
                sums.done += 1;
                sums.last = sums.last.take().max(Some(at));
            } else {
                sums.next = Some(sums.next.take().map_or(at.clone(), |next| next.min(at)));
            }
        });
        if object == "deals" {
            let deals = world.crm.table("deals").ok();
            for deal in deals.into_iter().flat_map(|table| table.records(0, false)) {
                tally.lead_ids.insert(deal.number, render::lead_id(world, deal, "source_lead_id"));
            }
        }
        tally
    }

    /// One field of a record.
    pub(super) fn value(&self, object: &str, record: &Record, name: &str) -> Value {
        let sums = self.sums.get(&record.number).cloned().unwrap_or_default();
        let number = |at: Option<(String, u64)>| json!(at.map(|(_, number)| number));
        match name {
            "open_deals_count" => json!(sums.open),
            "won_deals_count" => json!(sums.won),
            "lost_deals_count" => json!(sums.lost),
            "closed_deals_count" => json!(sums.won + sums.lost),
            "people_count" => json!(sums.people),
            "notes_count" => json!(sums.notes),
            "activities_count" => json!(sums.activities),
            "done_activities_count" => json!(sums.done),
            "undone_activities_count" => json!(sums.activities - sums.done),
            "next_activity_id" => number(sums.next),
            "last_activity_id" => number(sums.last),
            "participants_count" => json!(u32::from(record.stored("person_id").is_some())),
            "first_won_time" => record.stored("won_time").map_or(Value::Null, Value::from),
            "source_lead_id" => self.lead_ids.get(&record.number).cloned().unwrap_or_default(),
            "smart_bcc_email" => json!(format!("practice+{object}{}@example.com", record.number)),
            "last_incoming_mail_time" | "last_outgoing_mail_time" => Value::Null,
            // The practice account has no mail, files, products or followers.
            _ => json!(0),
        }
    }
}
