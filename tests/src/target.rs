//! Where a crowd goes: one connector's object for leads, and which of its fields take what is known of a person.
//!
//! The fields are found as the wizard finds them, by the described schema and the mapping room's suggestions, so that a new CRM
//! needs no line here.

use std::collections::BTreeMap;

use leadferry_connector::{Capability, Connector, FieldSpec};
use leadferry_mapping::{
    HIGH_CONFIDENCE, Mapping, NamePart, Rule, Source, Transform, describe_source, suggest,
};
use leadferry_model::{FieldKind, ObjectSchema, Value};
use leadferry_practice::Practice;

use crate::connect::{DEFAULT, Lines, connector, lead_object};
use crate::people::{COLUMNS, COMPANY, EMAIL, FIRST_NAME, LAST_NAME, MESSAGE, NAME, PHONE};
use crate::wire;

/// What stands in a required field of a person who did not say.
const NOT_TOLD: &str = "Not told";

/// One person, by what is known, in the words of [`people`](crate::people).
pub type Known = BTreeMap<String, String>;

/// Where a crowd goes.
#[derive(Clone)]
pub struct Target {
    /// The connector.
    pub connector: &'static dyn Connector,
    /// The object leads become.
    pub object: &'static str,
    /// The field that holds our Lead ID.
    pub lead_id: String,
    /// The field of each thing that is known.
    fields: BTreeMap<&'static str, Takes>,
}

#[derive(Clone)]
struct Takes {
    field: String,
    required: bool,
}

impl Default for Target {
    /// The default CRM as a fresh account has it: its names for what is known are those of these tests.
    fn default() -> Self {
        let connector = connector(DEFAULT);
        let takes = |known: &'static str| (known, Takes { field: known.to_owned(), required: false });
        let known = [EMAIL, FIRST_NAME, LAST_NAME, PHONE, COMPANY, MESSAGE];
        let lead_id = lead_object(connector).lead_id.expect("BUG: the default CRM has a Lead ID");
        Self {
            connector,
            object: lead_object(connector).name,
            lead_id: lead_id.name.to_owned(),
            fields: known.into_iter().map(takes).collect(),
        }
    }
}

impl Target {
    /// Asks the account which fields it has. What no field takes gets one, where the connector can make fields; the rest of what is
    /// known does not arrive there.
    pub async fn described(
        connector: &'static dyn Connector,
        lines: &Lines,
        clock: &dyn leadferry_model::Clock,
    ) -> Self {
        let object = lead_object(connector);
        let line = lines.line();
        let schema = connector.describe(&line.call(clock), object.name).await;
        let schema = schema.unwrap_or_else(|failure| panic!("a fresh account is described: {failure:?}"));
        let mut fields = chosen(connector, &schema);
        for (known, label) in [(COMPANY, "Captured company"), (MESSAGE, "Captured message")] {
            if fields.contains_key(known) || !connector.spec().can(Capability::CreateField) {
                continue;
            }
            let field = FieldSpec {
                name: format!("captured_{known}"),
                label: label.to_owned(),
                kind: FieldKind::Text,
                unique: false,
            };
            let made = lines.create_field(&field).await;
            let made = made.unwrap_or_else(|failure| panic!("a field for {known} is made: {failure:?}"));
            fields.insert(known, Takes { field: made.name, required: false });
        }
        let lead_id = lines.lead_id_field().unwrap_or_default();
        Self { connector, object: object.name, lead_id, fields }
    }

    /// The field that takes `known`.
    pub fn field(&self, known: &str) -> Option<&str> {
        self.fields.get(known).map(|takes| takes.field.as_str())
    }

    /// How the columns of [`people`](crate::people) become records.
    pub fn mapping(&self) -> Mapping {
        let mut mapping = Mapping::empty(self.object);
        mapping.defaults.region = Some("GB".to_owned());
        mapping.rules = self.fields.iter().map(|(known, takes)| rule(known, takes)).collect();
        mapping
    }

    /// What the CRM has to hold of `person`.
    pub fn held(&self, person: &Known) -> Known {
        let told = |known: &str| match known {
            NAME => Some(format!("{} {}", person.get(FIRST_NAME)?, person.get(LAST_NAME)?)),
            _ => person.get(known).cloned(),
        };
        let held = self.fields.iter().filter_map(|(known, takes)| {
            let value = told(known).or_else(|| takes.required.then(|| NOT_TOLD.to_owned()))?;
            Some(((*known).to_owned(), value))
        });
        held.collect()
    }

    /// The records of `practice` that carry a Lead ID, by what the mapping fills; sorted. Every Lead ID is there once.
    pub fn contacts(&self, practice: &Practice) -> Vec<Known> {
        let all = practice.snapshot().objects.remove(self.object).unwrap_or_default();
        let ours: Vec<_> = all.into_iter().filter(|values| values.contains_key(&self.lead_id)).collect();
        let mut ids: Vec<&String> = ours.iter().map(|values| &values[&self.lead_id]).collect();
        ids.sort();
        ids.dedup();
        assert_eq!(ids.len(), ours.len(), "no Lead ID is there twice");
        let mut contacts: Vec<_> = ours.iter().map(|values| self.read(values)).collect();
        contacts.sort();
        contacts
    }

    /// The part of a record that the mapping fills.
    fn read(&self, values: &BTreeMap<String, String>) -> Known {
        let known = self.fields.iter().filter_map(|(known, takes)| {
            let value = values.get(&takes.field)?;
            // Some vendors keep a list of addresses; ours is the first.
            let listed = value.starts_with('[').then(|| serde_json::from_str(value).ok()).flatten();
            let first = listed.and_then(|listed| wire::text(&listed));
            Some(((*known).to_owned(), first.unwrap_or_else(|| value.clone())))
        });
        known.collect()
    }
}

/// The fields that take what is known, as far as the account has them.
fn chosen(connector: &dyn Connector, schema: &ObjectSchema) -> BTreeMap<&'static str, Takes> {
    let object = lead_object(connector);
    let mut fields = BTreeMap::new();
    let sources: Vec<_> = COLUMNS.iter().map(|column| describe_source(column, &[])).collect();
    for suggestion in suggest(schema, &sources, &[]) {
        let Source::Field { name } = &suggestion.source else { continue };
        let part = suggestion.transforms.iter().find_map(|step| match step {
            Transform::NamePart { part } => Some(*part),
            _ => None,
        });
        let known = match (name.as_str(), part) {
            ("Full name", Some(NamePart::First)) => FIRST_NAME,
            ("Full name", Some(_)) => LAST_NAME,
            ("Full name", None) => NAME,
            ("E-mail", _) => EMAIL,
            ("Phone", _) => PHONE,
            ("Company", _) => COMPANY,
            _ => MESSAGE,
        };
        if suggestion.confidence >= HIGH_CONFIDENCE {
            fields.insert(known, suggestion.target);
        }
    }
    // What the connector itself says is surer than any suggestion.
    fields.extend(object.email_field.map(|field| (EMAIL, field.to_owned())));
    fields.extend(object.phone_field.map(|field| (PHONE, field.to_owned())));
    let takes = |(known, field): (&'static str, String)| {
        let required = schema.field(&field).is_some_and(|field| field.required);
        (known, Takes { field, required })
    };
    fields.into_iter().map(takes).collect()
}

fn rule(known: &str, takes: &Takes) -> Rule {
    let part = |part| vec![Transform::Trim, Transform::NamePart { part }];
    let (column, mut steps) = match known {
        EMAIL => ("E-mail", vec![Transform::Email]),
        FIRST_NAME => ("Full name", part(NamePart::First)),
        LAST_NAME => ("Full name", part(NamePart::Last)),
        NAME => ("Full name", vec![Transform::Trim]),
        PHONE => ("Phone", vec![Transform::Phone { region: None, country_field: None }]),
        COMPANY => ("Company", vec![Transform::Trim]),
        _ => ("Message", Vec::new()),
    };
    if takes.required {
        steps.push(Transform::DefaultIfBlank { value: Value::text(NOT_TOLD) });
    }
    Rule::new(&takes.field, Source::field(column)).with(steps)
}
