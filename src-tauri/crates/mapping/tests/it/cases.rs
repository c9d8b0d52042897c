//! Golden cases kept as files, each run through one `check`.

use leadferry_mapping::{
    Compiled, Defaults, Mapped, Mapping, PhoneStatus, Rule, Source, Transform, normalise_email,
    normalise_phone, split_name,
};
use leadferry_model::{FailureKind, Field, FieldKind, ObjectSchema, Record, Value};
use serde::Deserialize;
use serde::de::DeserializeOwned;

fn cases<C: DeserializeOwned>(json: &str) -> Vec<C> {
    serde_json::from_str(json).unwrap()
}

#[derive(Deserialize)]
struct PhoneCase {
    region: Option<String>,
    input: String,
    e164: Option<String>,
    status: PhoneStatus,
    #[serde(default)]
    extension: Option<String>,
    #[serde(default)]
    others: Vec<String>,
    why: String,
}

#[test]
fn phones_are_read_as_the_golden_cases_say() {
    for case in cases::<PhoneCase>(include_str!("../cases/phones.json")) {
        let phone = normalise_phone(&case.input, case.region.as_deref());
        let found = (phone.e164.clone(), phone.status, phone.extension.clone(), phone.others.clone());
        let expected = (case.e164, case.status, case.extension, case.others);
        assert_eq!(found, expected, "{:?} in {:?}: {}", case.input, case.region, case.why);
        assert_eq!(phone.raw, case.input, "the captured text is never lost");
        assert_eq!(
            phone.match_key().is_some(),
            case.status == PhoneStatus::Valid,
            "only valid numbers match people"
        );
        assert_eq!(phone.reason.is_none(), case.status == PhoneStatus::Valid, "every other number says why");
    }
}

#[derive(Deserialize)]
struct NameCase {
    input: String,
    why: String,
    salutation: Option<String>,
    first: Option<String>,
    last: Option<String>,
    suffix: Option<String>,
}

#[test]
fn names_are_split_as_the_golden_cases_say() {
    for case in cases::<NameCase>(include_str!("../cases/names.json")) {
        let name = split_name(&case.input);
        assert_eq!(
            (name.salutation, name.first, name.last, name.suffix),
            (case.salutation, case.first, case.last, case.suffix),
            "{:?}: {}",
            case.input,
            case.why
        );
    }
}

#[derive(Deserialize)]
struct EmailCase {
    input: String,
    why: String,
    address: Option<String>,
    key: Option<String>,
    loose_key: Option<String>,
    #[serde(default)]
    others: Vec<String>,
}

#[test]
fn email_addresses_are_read_as_the_golden_cases_say() {
    for case in cases::<EmailCase>(include_str!("../cases/emails.json")) {
        let email = normalise_email(&case.input).ok();
        let (address, key, loose_key, others) = match email {
            Some(email) => (Some(email.address), Some(email.key), Some(email.loose_key), email.others),
            None => (None, None, None, Vec::new()),
        };
        assert_eq!(
            (address, key, loose_key, others),
            (case.address, case.key, case.loose_key, case.others),
            "{:?}: {}",
            case.input,
            case.why
        );
    }
}

#[derive(Deserialize)]
struct StepCase {
    why: String,
    value: serde_json::Value,
    steps: Vec<Transform>,
    #[serde(default)]
    defaults: Defaults,
    #[serde(default)]
    lead: std::collections::BTreeMap<String, String>,
    expect: Option<serde_json::Value>,
    refused: Option<String>,
}

/// A bare string is text, anything else a value as it is stored.
fn value(json: &serde_json::Value) -> Value {
    match json {
        serde_json::Value::String(text) => Value::text(text),
        other => serde_json::from_value(other.clone()).unwrap(),
    }
}

/// What a person reads about the one field.
fn detail(mapped: &Mapped) -> String {
    match mapped.failure.as_ref().map(|failure| &failure.kind) {
        Some(FailureKind::Invalid { fields }) => fields[0].detail.clone(),
        _ => String::new(),
    }
}

#[test]
fn steps_do_what_the_golden_cases_say() {
    let schema = ObjectSchema {
        object: "things".into(),
        label: "Thing".into(),
        fields: vec![Field { required: true, ..Field::new("out", "Out", FieldKind::LongText) }],
        one_of: Vec::new(),
        open: false,
    };
    for case in cases::<StepCase>(include_str!("../cases/steps.json")) {
        let count = case.steps.len();
        let rule = Rule::new("out", Source::field("in")).with(case.steps);
        let mapping = Mapping { rules: vec![rule], defaults: case.defaults, ..Mapping::empty("things") };
        let compiled = Compiled::new(&mapping, &schema).unwrap();
        let mut lead: Record = case.lead.into_iter().map(|(name, text)| (name, Value::text(text))).collect();
        lead.set("in", value(&case.value));
        let mapped = compiled.apply(&lead);
        let field = mapped.field("out").unwrap();
        match (case.expect, case.refused) {
            (Some(expected), _) => {
                assert_eq!(
                    field.steps.len(),
                    count,
                    "{}: {:?} stopped: {:?}",
                    case.why,
                    case.value,
                    mapped.failure
                );
                let last = &field.steps.last().unwrap().value;
                assert_eq!(*last, value(&expected), "{}: {:?}", case.why, case.value);
            }
            (None, Some(refused)) => {
                let message = detail(&mapped);
                assert!(
                    message.contains(&refused),
                    "{}: {:?} gave “{message}” and {:?}",
                    case.why,
                    case.value,
                    field.steps
                );
            }
            (None, None) => panic!("{}: a case expects something", case.why),
        }
    }
}
