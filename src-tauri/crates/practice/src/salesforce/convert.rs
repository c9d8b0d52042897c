//! Lead conversion, as a person does it: the lead becomes a contact of an account, with a deal or without, and can be
//! changed no more. There is no plain REST verb for it.

use serde_json::{Value, json};

use super::gate::Visit;
use super::look::find_by;
use super::{account, ids, records, rules, sight};
use crate::core::{Record, Values};
use crate::world::World;

/// What goes over to the contact. Custom fields go over where the admin mapped them; here, by equal names.
const TO_CONTACT: &[(&str, &str)] = &[
    ("FirstName", "FirstName"),
    ("LastName", "LastName"),
    ("Salutation", "Salutation"),
    ("Title", "Title"),
    ("Email", "Email"),
    ("Phone", "Phone"),
    ("MobilePhone", "MobilePhone"),
    ("Fax", "Fax"),
    ("LeadSource", "LeadSource"),
    ("Description", "Description"),
    ("HasOptedOutOfEmail", "HasOptedOutOfEmail"),
    ("DoNotCall", "DoNotCall"),
    ("Street", "MailingStreet"),
    ("City", "MailingCity"),
    ("State", "MailingState"),
    ("PostalCode", "MailingPostalCode"),
    ("Country", "MailingCountry"),
];

/// Converts the lead with this id; a deal of this name is opened.
pub(super) fn convert(world: &mut World, id: &str, deal: Option<&str>) -> Result<Value, String> {
    let visit = Visit::of_the_org(world.now);
    let said = |trouble: super::errors::Trouble| trouble.line();
    let lead = records::find(world, "Lead", id).map_err(said)?;
    if lead.stored("IsConverted") == Some("true") {
        return Err("the lead is converted already".to_owned());
    }
    let owner = lead.stored("OwnerId").filter(|owner| ids::object_of(owner) == Some("User"));
    let owner = owner.map_or_else(|| account::user_id(account::RUN_AS), str::to_owned);
    let company = lead.stored("Company").unwrap_or_default().to_owned();
    let account = match find_by(world, "Account", "Name", &company).first() {
        Some(number) => records::id_of(world, "Account", *number).map_err(said)?,
        None => load(world, "Account", &[("Name", &company), ("OwnerId", &owner)])?,
    };
    let contact = contact(world, &lead, &account, &owner)?;
    let opportunity = match deal {
        Some(name) => Some(open_deal(world, name, &account, &contact, &owner)?),
        None => None,
    };
    let mut values = Values::from([
        ("IsConverted".to_owned(), "true".to_owned()),
        ("Status".to_owned(), account::CONVERTED.to_owned()),
        ("ConvertedDate".to_owned(), visit.now.to_zoned(jiff::tz::TimeZone::UTC).date().to_string()),
        ("ConvertedAccountId".to_owned(), account.clone()),
        ("ConvertedContactId".to_owned(), contact.clone()),
    ]);
    if let Some(opportunity) = &opportunity {
        values.insert("ConvertedOpportunityId".to_owned(), opportunity.clone());
    }
    let converted = world.crm.edit("Lead", lead.number, &values, visit.now);
    converted.map_err(|refusal| refusal.to_string())?;
    Ok(json!({"accountId": account, "contactId": contact, "opportunityId": opportunity}))
}

fn load(world: &mut World, object: &str, pairs: &[(&str, &str)]) -> Result<String, String> {
    let given = pairs.iter().filter(|(_, value)| !value.is_empty());
    let values: Values = given.map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
    load_values(world, object, values)
}

fn load_values(world: &mut World, object: &str, mut values: Values) -> Result<String, String> {
    rules::follow_stage(world, object, &mut values);
    let now = Visit::of_the_org(world.now).now;
    let record = world.crm.load(object, &values, now).map_err(|refusal| refusal.to_string())?;
    Ok(sight::table(world, object).map(|table| table.id_text(&record)).unwrap_or_default())
}

fn contact(world: &mut World, lead: &Record, account: &str, owner: &str) -> Result<String, String> {
    let mut values = Values::new();
    for (from, to) in TO_CONTACT {
        values.extend(lead.stored(from).map(|value| ((*to).to_owned(), value.to_owned())));
    }
    if let Ok(table) = world.crm.table("Contact") {
        let mapped = table.fields().filter(|field| field.custom);
        values.extend(mapped.filter_map(|field| {
            lead.stored(&field.name).map(|value| (field.name.to_string(), value.to_owned()))
        }));
    }
    values.insert("AccountId".to_owned(), account.to_owned());
    values.insert("OwnerId".to_owned(), owner.to_owned());
    load_values(world, "Contact", values)
}

fn open_deal(
    world: &mut World,
    name: &str,
    account: &str,
    contact: &str,
    owner: &str,
) -> Result<String, String> {
    let first = world.crm.pipelines.get("Opportunity").and_then(|all| all.first()?.stages.first());
    let stage = first.map(|stage| stage.id.clone()).unwrap_or_default();
    let now = Visit::of_the_org(world.now).now.to_zoned(jiff::tz::TimeZone::UTC).date();
    let close = now.checked_add(jiff::SignedDuration::from_hours(24 * 90)).unwrap_or(now).to_string();
    let deal = load(
        world,
        "Opportunity",
        &[
            ("Name", name),
            ("StageName", &stage),
            ("CloseDate", &close),
            ("AccountId", account),
            ("OwnerId", owner),
        ],
    )?;
    load(
        world,
        "OpportunityContactRole",
        &[("OpportunityId", &deal), ("ContactId", contact), ("IsPrimary", "true")],
    )?;
    Ok(deal)
}
