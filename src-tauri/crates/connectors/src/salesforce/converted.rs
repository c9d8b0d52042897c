//! Leads that somebody converted: they are read-only, and what is known of the person goes on at the contact they became.
//!
//! A contact has most fields of a lead under the same name, its address under another, and none of the company's: those belong to the
//! account, which is not ours to change on a lead's behalf. Custom fields go where the contact has one of the same name.

use std::collections::{HashMap, HashSet};

use leadferry_connector::Call;
use leadferry_model::{Failure, FailureKind};
use serde_json::{Map, Value};

use super::types::text_of;
use super::upsert::Row;
use super::{api, find, ids};

const CONTACT: &str = "Contact";

/// Fields both have.
const SAME: [&str; 16] = [
    "FirstName",
    "LastName",
    "MiddleName",
    "Salutation",
    "Suffix",
    "Title",
    "Phone",
    "MobilePhone",
    "Fax",
    "Email",
    "Description",
    "LeadSource",
    "HasOptedOutOfEmail",
    "HasOptedOutOfFax",
    "DoNotCall",
    "IndividualId",
];

/// Parts of the address, which a contact has two of.
const ADDRESS: [&str; 10] = [
    "Street",
    "City",
    "State",
    "PostalCode",
    "Country",
    "StateCode",
    "CountryCode",
    "Latitude",
    "Longitude",
    "GeocodeAccuracy",
];

/// Where a lead's field is at the contact.
fn field_of(name: &str, value: &Value) -> Option<String> {
    let known = |list: &[&str]| list.iter().any(|known| known.eq_ignore_ascii_case(name));
    if known(&ADDRESS) {
        return Some(format!("Mailing{name}"));
    }
    // A queue can own a lead, but no contact.
    let owner =
        name.eq_ignore_ascii_case("OwnerId") && value.as_str().is_some_and(|id| id.starts_with("005"));
    let custom = name.to_ascii_lowercase().ends_with("__c");
    (known(&SAME) || owner || custom).then(|| name.to_owned())
}

/// The lead's fields as a contact's, as far as that is known without asking.
pub(super) fn translated(properties: &Map<String, Value>) -> Map<String, Value> {
    properties.iter().filter_map(|(name, value)| Some((field_of(name, value)?, value.clone()))).collect()
}

/// What the contacts of this account can take.
pub(super) struct Contacts(HashSet<String>);

impl Contacts {
    /// Asks which fields there are.
    pub(super) async fn ask(call: &Call<'_>) -> Result<Self, Failure> {
        let described = api::describe(call.http, CONTACT).await?;
        let writable = described.fields.into_iter().filter(|field| field.updateable);
        Ok(Self(writable.map(|field| field.name.to_ascii_lowercase()).collect()))
    }

    /// Makes the row one of the contact `id`.
    pub(super) fn take<'a>(&self, row: Row<'a>, id: String) -> Row<'a> {
        let mut properties = translated(&row.properties);
        properties.retain(|name, _| self.0.contains(&name.to_ascii_lowercase()));
        Row { object: CONTACT, record: Some(id), properties, ..row }
    }
}

/// The contacts these leads became, by the lead's id and by its Lead ID.
pub(super) async fn contacts_of(
    call: &Call<'_>,
    lead_id: &str,
    rows: &[Row<'_>],
) -> Result<HashMap<String, String>, Failure> {
    let known: Vec<&str> = rows.iter().filter_map(|row| row.record.as_deref()).collect();
    let keys: Vec<&str> =
        rows.iter().filter(|row| row.record.is_none()).map(|row| row.upsert.lead.as_str()).collect();
    let mut contacts = HashMap::new();
    for (column, values) in [("Id", known), (lead_id, keys)] {
        let found = find::rows_where(call, "Lead", &["ConvertedContactId"], column, &values).await?;
        for lead in found {
            if let (Some(key), Some(contact)) = (text_of(&lead, column), text_of(&lead, "ConvertedContactId"))
            {
                let key = if column == "Id" { ids::whole(&key) } else { key.to_lowercase() };
                contacts.insert(key, ids::whole(&contact));
            }
        }
    }
    Ok(contacts)
}

/// The key of a row in [`contacts_of`].
pub(super) fn key_of(row: &Row<'_>) -> String {
    row.record.as_deref().map_or_else(|| row.upsert.lead.as_str().to_lowercase(), ids::whole)
}

/// The lead was converted, and there is no contact to go on with.
pub(super) fn nowhere(refused: Failure) -> Failure {
    let words = format!(
        "This lead was converted in Salesforce, and its contact cannot be found. Salesforce's words: {}",
        refused.message
    );
    Failure { kind: FailureKind::Invalid { fields: Vec::new() }, message: words, ..refused }
}
