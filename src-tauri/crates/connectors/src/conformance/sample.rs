//! Leads for any destination, made from its fields.

use leadferry_connector::{ObjectSpec, Upsert};
use leadferry_model::{Field, FieldKind, LeadId, ObjectSchema, Record, Value};

const DAY: jiff::civil::Date = jiff::civil::date(2026, 3, 2);

/// An e-mail address nobody has.
pub(super) fn email(number: usize) -> String {
    format!("conformance{number}@example.com")
}

/// A lead that may be written: its match keys, every required field, and one field of each set of which one is needed.
pub(super) fn lead(object: &ObjectSpec, schema: &ObjectSchema, number: usize) -> Upsert {
    let mut upsert = bare(object, number);
    let set = |fields: &mut Record, field: &Field| {
        if fields.get(&field.name).is_none()
            && let Some(value) = value(field, number)
        {
            fields.set(&field.name, value);
        }
    };
    for field in schema.fields.iter().filter(|field| field.required && !field.read_only) {
        set(&mut upsert.fields, field);
    }
    for names in &schema.one_of {
        if !names.iter().any(|name| upsert.fields.get(name).is_some()) {
            let one =
                names.iter().find_map(|name| schema.field(name)).expect("a set names fields that there are");
            set(&mut upsert.fields, one);
        }
    }
    upsert
}

/// A lead of which only the match keys are known.
pub(super) fn bare(object: &ObjectSpec, number: usize) -> Upsert {
    let keys = object.email_field.map(|field| (field, Value::text(email(number))));
    Upsert {
        lead: LeadId::new(format!("conformance-{number}")),
        record: None,
        trace: format!("conformance-{number}#1"),
        fields: keys.into_iter().collect(),
    }
}

/// The fields people are matched by.
pub(super) fn matched(object: &ObjectSpec) -> Vec<String> {
    [object.email_field, object.phone_field].into_iter().flatten().map(str::to_owned).collect()
}

/// A value the field takes; none for kinds that only the account itself can fill.
fn value(field: &Field, number: usize) -> Option<Value> {
    let options = || field.options.iter().filter(|option| !option.hidden).map(|option| option.value.clone());
    Some(match field.kind {
        FieldKind::Text | FieldKind::LongText => {
            let text = format!("Conformance {number}");
            let most = field.max_length.map_or(text.len(), |most| most as usize);
            Value::text(
                text.chars().rev().take(most).collect::<Vec<_>>().into_iter().rev().collect::<String>(),
            )
        }
        FieldKind::Email => Value::text(email(number)),
        // Reserved by Ofcom for drama.
        FieldKind::Phone => Value::text(format!("+44770090{:04}", number % 1000)),
        FieldKind::Url => Value::text(format!("https://example.com/{number}")),
        FieldKind::Number => Value::Number(1.into()),
        FieldKind::Money => Value::Money { amount: 100.into(), currency: None },
        FieldKind::Bool => Value::Bool(true),
        FieldKind::Date => Value::Date(DAY),
        FieldKind::DateTime => Value::DateTime(jiff::Timestamp::from_second(1_772_442_000).ok()?),
        FieldKind::Choice => Value::text(options().next()?),
        FieldKind::MultiChoice => Value::List(options().take(1).collect()),
        FieldKind::Owner | FieldKind::Other => return None,
    })
}
