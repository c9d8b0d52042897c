//! Whatever comes in: nothing panics, and what goes out satisfies the destination.

use leadferry_mapping::formula::Formula;
use leadferry_mapping::{
    Compiled, DateFormat, DateOrder, DecimalStyle, Defaults, Hints, Mapping, NamePart, Rest, Rule, Source,
    Transform, Translation, check, describe_source, identity, merge, normalise_email, normalise_phone,
    split_name, suggest,
};
use leadferry_model::{Field, FieldKind, ObjectSchema, Record, Value};
use proptest::prelude::*;
use rust_decimal::Decimal;

use crate::support::{contacts, mapping};

/// Text as bad as it gets: near-dates, near-numbers, near-addresses, controls, direction marks, other scripts.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "\\PC{0,40}",
        any::<String>(),
        "[0-9+(). /-]{0,20}",
        "[0-9]{1,4}[-/. ][0-9]{1,4}[-/. ][0-9]{1,5}([ T][0-9]{1,2}:[0-9]{1,3}(:[0-9]{1,2})?( ?[APap]m)?)?",
        "[€$₹(-]{0,2}[0-9.,' ]{0,15}( ?(k|Cr|lakh|EUR|%))?",
        "[a-z.+@ ]{0,12}@[a-zü.-]{0,12}",
        "(Dr|Mr|van|de|,|&|Ltd| |Ada|李|s/o){0,6}",
        Just("\u{202e}\u{0}\u{200b}".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    prop_oneof![
        4 => text().prop_map(Value::Text),
        1 => Just(Value::Blank),
        1 => (any::<i64>(), 0_u32..20).prop_map(|(units, scale)| Value::Number(Decimal::new(units, scale))),
        1 => any::<i64>().prop_map(|units| Value::Money { amount: Decimal::new(units, 2), currency: Some("EUR".into()) }),
        1 => any::<bool>().prop_map(Value::Bool),
        1 => (-9998_i16..9999, 1_i8..=12, 1_i8..=28).prop_map(|(y, m, d)| Value::Date(jiff::civil::Date::new(y, m, d).unwrap())),
        1 => (-377_705_023_201_i64..253_402_207_200).prop_map(|s| Value::DateTime(jiff::Timestamp::from_second(s).unwrap())),
        1 => prop::collection::vec(text(), 0..4).prop_map(Value::List),
    ]
}

fn step() -> impl Strategy<Value = Transform> {
    let format = prop::option::of(prop_oneof![
        Just(DateFormat::DayFirst),
        Just(DateFormat::YearFirst),
        Just(DateFormat::UnixSeconds),
        Just(DateFormat::UnixMilliseconds),
        Just(DateFormat::Excel1900),
        Just(DateFormat::Excel1904),
        Just(DateFormat::Pattern { pattern: "%d.%m.%Y".into() }),
    ]);
    let zone = prop::option::of(Just("Asia/Kolkata".to_owned()));
    let part = prop_oneof![
        Just(NamePart::First),
        Just(NamePart::Last),
        Just(NamePart::Suffix),
        Just(NamePart::Salutation)
    ];
    prop_oneof![
        Just(Transform::Trim),
        Just(Transform::UpperCase),
        Just(Transform::TitleCase),
        part.prop_map(|part| Transform::NamePart { part }),
        Just(Transform::PHONE),
        Just(Transform::Email),
        (format.clone(), zone.clone()).prop_map(|(format, zone)| Transform::ReadDate { format, zone }),
        (format, zone).prop_map(|(format, zone)| Transform::ReadDateTime { format, zone }),
        Just(Transform::WriteDate { pattern: "%A %d %B %Y %H:%M %Z".into(), zone: None }),
        Just(Transform::NUMBER),
        Just(Transform::MONEY),
        Just(Transform::BOOL),
        (0_u32..30).prop_map(|length| Transform::Truncate { length }),
        (".{0,3}", ".{0,3}").prop_map(|(find, with)| Transform::Replace { find, with }),
        (".{0,2}", any::<i32>()).prop_map(|(separator, position)| Transform::Piece { separator, position }),
        ".{0,2}".prop_map(|separator| Transform::SplitList { separator }),
        ".{0,2}".prop_map(|separator| Transform::JoinList { separator }),
        (text(), text()).prop_map(|(from, to)| Transform::Translate {
            table: vec![Translation { from, to }],
            rest: Rest::Keep
        }),
        value().prop_map(|value| Transform::DefaultIfBlank { value }),
    ]
}

fn defaults() -> impl Strategy<Value = Defaults> {
    (
        prop::option::of(prop::sample::select(vec!["GB", "IN", "US", "IT", "MX"])),
        prop::option::of(prop::sample::select(vec!["Europe/London", "America/Los_Angeles", "Pacific/Apia"])),
        prop::option::of(prop_oneof![Just(DateOrder::DayFirst), Just(DateOrder::MonthFirst)]),
        prop::option::of(prop_oneof![Just(DecimalStyle::Point), Just(DecimalStyle::Comma)]),
    )
        .prop_map(|(region, zone, date_order, decimal)| Defaults {
            region: region.map(Into::into),
            zone: zone.map(Into::into),
            date_order,
            decimal,
            currency: None,
        })
}

fn a_mapping() -> impl Strategy<Value = Mapping> {
    let count = contacts().fields.len();
    (prop::collection::vec(prop::collection::vec(step(), 0..4), count), any::<bool>(), defaults()).prop_map(
        |(steps, blank_overwrites, defaults)| {
            let rules = contacts().fields.into_iter().zip(steps).map(|(field, steps)| Rule {
                blank_overwrites,
                ..Rule::new(&field.name, Source::field(&field.name)).with(steps)
            });
            Mapping { defaults, ..mapping(rules) }
        },
    )
}

fn a_lead() -> impl Strategy<Value = Record> {
    let count = contacts().fields.len();
    prop::collection::vec(value(), count)
        .prop_map(|values| contacts().fields.into_iter().map(|field| field.name).zip(values).collect())
}

/// The promise of a field, said again and apart from the code that keeps it.
fn satisfies(value: &Value, field: &Field) -> bool {
    if field.read_only {
        return false;
    }
    let option = |text: &str| field.options.iter().any(|option| option.value == text);
    let short = |text: &str| field.max_length.is_none_or(|longest| text.chars().count() <= longest as usize);
    match (field.kind, value) {
        (_, Value::Blank) => !field.required,
        (FieldKind::Text | FieldKind::Phone | FieldKind::Url, Value::Text(text)) => {
            short(text) && !text.contains(['\n', '\r', '\u{0}']) && !text.trim().is_empty()
        }
        (FieldKind::LongText, Value::Text(text)) => short(text) && !text.contains('\u{0}'),
        (FieldKind::Email, Value::Text(text)) => text.matches('@').count() >= 1 && !text.contains(' '),
        (FieldKind::Number, Value::Number(_)) | (FieldKind::Money, Value::Money { .. }) => true,
        (FieldKind::Bool, Value::Bool(_)) | (FieldKind::Date, Value::Date(_)) => true,
        (FieldKind::DateTime, Value::DateTime(_)) => true,
        (FieldKind::Choice, Value::Text(text)) => option(text),
        (FieldKind::MultiChoice, Value::List(items)) => {
            !items.is_empty() && items.iter().all(|item| option(item))
        }
        _ => false,
    }
}

fn satisfied(record: &Record, schema: &ObjectSchema) -> Result<(), String> {
    for (name, value) in record.iter() {
        let field = schema.field(name).ok_or_else(|| format!("{name} is no field"))?;
        if !satisfies(value, field) {
            return Err(format!("{name} cannot take {value:?}"));
        }
    }
    let filled = |name: &String| record.get(name).is_some_and(|value| !value.is_blank());
    let required = schema.fields.iter().filter(|field| field.required).all(|field| filled(&field.name));
    let sets = schema.one_of.iter().all(|set| set.iter().any(filled));
    if required && sets { Ok(()) } else { Err("something needed is missing".into()) }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_goes_out_satisfies_the_schema(mapping in a_mapping(), lead in a_lead()) {
        let schema = contacts();
        let compiled = Compiled::new(&mapping, &schema).unwrap();
        let mapped = compiled.apply(&lead);
        if let Ok(record) = mapped.record() {
            prop_assert_eq!(satisfied(&record, &schema), Ok(()));
            let again = merge(&record, &mapped, true);
            prop_assert!(again.write.is_empty(), "written once, there is nothing left to write: {:?}", again.write);
        }
        prop_assert_eq!(compiled.apply(&lead), mapped, "the same lead gives the same record");
    }

    #[test]
    fn readers_take_anything(text in text(), region in prop::option::of("[A-Z]{2}")) {
        let phone = normalise_phone(&text, region.as_deref());
        if let Some(e164) = &phone.e164 {
            prop_assert!(e164.starts_with('+') && e164[1..].bytes().all(|b| b.is_ascii_digit()), "{}", e164);
        }
        if let Some(key) = phone.match_key() {
            let again = normalise_phone(key, None);
            prop_assert_eq!(again.match_key(), Some(key), "a key is its own key");
        }
        if let Ok(email) = normalise_email(&text) {
            prop_assert_eq!(normalise_email(&email.address).map(|again| again.key), Ok(email.key), "an address is its own address");
        }
        split_name(&text);
        let _described = describe_source(&text, std::slice::from_ref(&text));
    }

    #[test]
    fn editing_takes_anything(mapping in a_mapping(), names in prop::collection::vec((text(), prop::collection::vec(text(), 0..4)), 0..6)) {
        let sources: Vec<_> = names.iter().map(|(name, samples)| describe_source(name, samples)).collect();
        check(&mapping, &contacts(), &sources);
        suggest(&contacts(), &sources, &[]);
    }

    #[test]
    fn identities_take_anything(lead in a_lead(), region in prop::option::of("[A-Z]{2}")) {
        let found = identity(&lead, region.as_deref(), &Hints::default());
        prop_assert!(found.phone.is_none_or(|phone| phone.starts_with('+')));
    }

    #[test]
    fn formulas_take_anything(expression in "[a-zA-Z0-9 \"'(){}\\[\\]+*/.,<>=!&|;:#$`-]{0,60}", lead in a_lead()) {
        if let Ok(formula) = Formula::parse(&expression) {
            let _outcome = formula.value(&std::sync::Arc::new(lead));
        }
    }
}
