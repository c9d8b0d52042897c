//! Leads that somebody converted: they are read-only, and point to the contact, account and opportunity they became. What is known of
//! the person goes on at the contact.
//!
//! A contact has most fields of a lead under the same name, its address under another, and none of the company's: those belong to the
//! account, which is not ours to change on a lead's behalf. Custom fields go where the contact has one of the same name.

use leadferry_connector::{Became, Becomes, Call};
use leadferry_model::{RecordId, Value};

use super::types::{Row, text_of};
use super::{convert, ids};

/// What goes on for the person.
pub(super) const CONTACT: Becomes = Becomes { object: "Contact", field: field_of };

/// Where a lead says what it became. Empty as long as it is a lead.
const POINTERS: [(&str, &str); 3] = [
    ("ConvertedContactId", "Contact"),
    ("ConvertedAccountId", "Account"),
    ("ConvertedOpportunityId", "Opportunity"),
];

/// The fields that say what a record of `object` became.
pub(super) fn pointers<'a>(object: &str) -> impl Iterator<Item = &'a str> + use<'a> {
    let of_leads = object == "Lead";
    POINTERS.iter().filter(move |_| of_leads).map(|(field, _)| *field)
}

/// What the record became, as far as it says so.
pub(super) fn became(call: &Call<'_>, row: &Row) -> Vec<Became> {
    let one = |(field, object): &(&str, &str)| {
        let id = ids::whole(&text_of(row, field)?);
        let url = convert::page(call, object, &id);
        Some(Became { object: (*object).to_owned(), record: RecordId::new(id), url })
    };
    POINTERS.iter().filter_map(one).collect()
}

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
    let owner = name.eq_ignore_ascii_case("OwnerId") && value.to_string().starts_with("005");
    let custom = name.to_ascii_lowercase().ends_with("__c");
    (known(&SAME) || owner || custom).then(|| name.to_owned())
}
