//! Who a captured lead is: the e-mail address and phone number people are matched by, and the name they are known by.
//!
//! A wrong key joins two people into one, so every doubt ends in no key: only valid phone numbers count, and of several
//! addresses under names that say nothing none is taken.

use leadferry_model::{FieldKind, ObjectSchema, Record, Value};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::country::country_code;
use crate::read::email::normalise_email;
use crate::read::phone::{Phone, normalise_international, normalise_phone};
use crate::rule::Mapping;
use crate::synonyms::{Concept, concept};

/// The match keys and the name of one lead.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Identity {
    /// Small letters, domain in ASCII.
    pub email: Option<String>,
    /// E.164, valid numbers only.
    pub phone: Option<String>,
    /// Full name as captured.
    pub name: Option<String>,
}

/// Fields that are known to hold a key; they are looked at before all others, in this order.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Hints {
    /// Fields with the e-mail address.
    pub email: Vec<String>,
    /// Fields with the phone number.
    pub phone: Vec<String>,
    /// Fields with the full name.
    pub name: Vec<String>,
}

impl Hints {
    /// What a mapping knows: the fields that fill an e-mail or phone field of the destination.
    pub fn of(mapping: &Mapping, schema: &ObjectSchema) -> Self {
        let mut hints = Self::default();
        for rule in &mapping.rules {
            let names = rule.source.fields();
            match schema.field(&rule.target).map(|field| field.kind) {
                Some(FieldKind::Email) => hints.email.extend(names),
                Some(FieldKind::Phone) => hints.phone.extend(names),
                _ => {}
            }
        }
        hints
    }
}

/// Finds the keys of `lead`. `region` is the country of phone numbers without a country code, unless the lead says its own.
pub fn identity(lead: &Record, region: Option<&str>, hints: &Hints) -> Identity {
    let fields: Vec<Seen<'_>> = lead
        .iter()
        .filter(|(_, value)| !value.is_blank())
        .map(|(name, value)| Seen { concept: concept(name), value, text: value.to_string() })
        .collect();
    let country = about(&fields, Concept::Country).find_map(|text| country_code(text));
    let region = country.or(region);
    Identity {
        email: email(lead, &fields, hints),
        phone: phone(lead, &fields, region, hints),
        name: name(lead, &fields, hints),
    }
}

/// A filled field, looked up once.
struct Seen<'l> {
    concept: Option<Concept>,
    value: &'l Value,
    text: String,
}

fn hinted<'l>(lead: &'l Record, names: &'l [String]) -> impl Iterator<Item = String> + 'l {
    names.iter().filter_map(|name| lead.text(name))
}

/// What fields whose name is about `wanted` hold.
fn about<'s>(fields: &'s [Seen<'_>], wanted: Concept) -> impl Iterator<Item = &'s str> {
    fields.iter().filter(move |field| field.concept == Some(wanted)).map(|field| field.text.as_str())
}

fn email(lead: &Record, fields: &[Seen<'_>], hints: &Hints) -> Option<String> {
    let key = |text: &str| normalise_email(text).ok().map(|email| email.key);
    hinted(lead, &hints.email)
        .find_map(|text| key(&text))
        .or_else(|| about(fields, Concept::Email).find_map(key))
        .or_else(|| {
            let unnamed = fields.iter().filter(|field| field.concept.is_none() && field.text.contains('@'));
            only(unnamed.filter_map(|field| key(&field.text)))
        })
}

fn phone(lead: &Record, fields: &[Seen<'_>], region: Option<&str>, hints: &Hints) -> Option<String> {
    let key = |phone: Phone| phone.match_key().map(str::to_owned);
    let national = |text: &str| key(normalise_phone(text, region));
    hinted(lead, &hints.phone)
        .find_map(|text| national(&text))
        .or_else(|| about(fields, Concept::Phone).find_map(national))
        .or_else(|| about(fields, Concept::Mobile).find_map(national))
        // WhatsApp's ids are international numbers without the plus; its forms ask for a number as people write it.
        .or_else(|| about(fields, Concept::Whatsapp).find_map(|text| key(normalise_international(text))))
        .or_else(|| about(fields, Concept::Whatsapp).find_map(national))
        .or_else(|| {
            only(fields.iter().filter(|field| field.concept.is_none()).filter_map(
                |field| match field.value {
                    // Anything can be ten digits; only a written plus says "phone number" by itself.
                    Value::Text(text) if text.trim().starts_with('+') => key(normalise_phone(text, None)),
                    _ => None,
                },
            ))
        })
}

fn name(lead: &Record, fields: &[Seen<'_>], hints: &Hints) -> Option<String> {
    let first_of = |wanted| about(fields, wanted).map(collapsed).next();
    hinted(lead, &hints.name)
        .map(|text| collapsed(&text))
        .next()
        .or_else(|| first_of(Concept::FullName))
        .or_else(|| {
            let parts: Vec<String> =
                [first_of(Concept::FirstName), first_of(Concept::LastName)].into_iter().flatten().collect();
            (!parts.is_empty()).then(|| parts.join(" "))
        })
}

fn collapsed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The one value there is; nothing if there are several different ones.
fn only(mut values: impl Iterator<Item = String>) -> Option<String> {
    let first = values.next()?;
    values.all(|other| other == first).then_some(first)
}
