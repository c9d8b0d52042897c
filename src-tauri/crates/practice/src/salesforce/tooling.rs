//! Creating custom fields. A new field is invisible to everyone until access to it is granted (see [`super::sight`]).
//! <https://developer.salesforce.com/docs/atlas.en-us.194.0.api_tooling.meta/api_tooling/sforce_api_objects_customfield.htm>

use leadferry_model::FieldOption;
use serde_json::{Value, json};

use super::errors::Trouble;
use super::facts::kind_of;
use super::gate::Visit;
use super::sight::table;
use super::{Answer, facts::Facts, ids, sight, strict};
use crate::call::{Call, Reply};
use crate::core::Field;
use crate::world::World;

const METADATA: &[&str] = &[
    "label",
    "type",
    "length",
    "precision",
    "scale",
    "externalId",
    "unique",
    "caseSensitive",
    "description",
    "inlineHelpText",
    "required",
    "defaultValue",
    "valueSet",
    "visibleLines",
    "displayFormat",
    "startingNumber",
    "trackFeedHistory",
];

/// Unverified: about this many.
const MOST_EXTERNAL_IDS: usize = 25;

fn may_customize(visit: &Visit) -> Result<(), Trouble> {
    if visit.rights.customize { Ok(()) } else { Err(Trouble::no_access()) }
}

pub(super) fn create(world: &mut World, call: &Call, visit: &Visit) -> Answer {
    strict::only_params(world, call, &[]);
    may_customize(visit)?;
    let body = strict::body_of(world, call, &["FullName", "Metadata"])?;
    strict::only_keys(world, &body["Metadata"], METADATA, "Metadata.");
    let full = body["FullName"].as_str().unwrap_or_default();
    let (object, name) =
        full.split_once('.').ok_or_else(|| integrity("FullName must be Object.Field__c", "FullName"))?;
    let object = sight::object(world, visit, object).filter(|object| world.crm.table(object).is_ok());
    let object = object
        .ok_or_else(|| Trouble::fields("INVALID_TYPE", format!("No such object: {full}"), ["FullName"]))?;
    check_name(name)?;
    let field = read(name, &body["Metadata"])?;
    {
        let table = table(world, &object)?;
        if table.fields().any(|other| other.name.eq_ignore_ascii_case(name)) {
            let message =
                format!("There is already a field named {} on {object}.", name.trim_end_matches("__c"));
            return Err(Trouble::fields("DUPLICATE_DEVELOPER_NAME", message, ["DeveloperName"]));
        }
        let keys = table.fields().filter(|field| field.custom && Facts::of(field).external_id).count();
        if Facts::of(&field).external_id && keys >= MOST_EXTERNAL_IDS {
            let message = format!("At most {MOST_EXTERNAL_IDS} external ID fields are allowed on {object}.");
            return Err(Trouble::fields("LIMIT_EXCEEDED", message, []));
        }
    }
    let field = Field { created_at: Some(visit.now), ..field };
    let required = body["Metadata"]["required"].as_bool().unwrap_or(false);
    if let Some(table) = world.crm.table_mut(&object) {
        // A field that must be there needs no grant.
        table.put_field(Field { hidden: !required, ..field });
        if required {
            table.one_of.push(vec![name.to_owned()]);
        }
    }
    let id = ids::of_field(&object, name);
    Ok(Reply::json(201, json!({"id": id, "success": true, "errors": [], "warnings": [], "infos": []})))
}

fn integrity(message: impl Into<String>, field: &str) -> Trouble {
    Trouble::fields("FIELD_INTEGRITY_EXCEPTION", message, [field])
}

/// Letters, digits and single underscores, a letter first, and the ending of custom fields.
fn check_name(name: &str) -> Result<(), Trouble> {
    let plain = name.strip_suffix("__c").unwrap_or_default();
    let letters = plain.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    let fits = letters
        && plain.starts_with(|first: char| first.is_ascii_alphabetic())
        && !plain.ends_with('_')
        && !plain.contains("__")
        && plain.len() <= 40;
    if fits {
        return Ok(());
    }
    let message = format!(
        "The Custom Field API Name {name} can only contain underscores and alphanumeric characters. It must be \
         unique, begin with a letter, not include spaces, not end with an underscore, and not contain two \
         consecutive underscores."
    );
    Err(integrity(message, "FullName"))
}

/// The field a `Metadata` describes.
fn read(name: &str, metadata: &Value) -> Result<Field, Trouble> {
    let text = |key: &str| metadata[key].as_str().unwrap_or_default().to_owned();
    let yes = |key: &str| metadata[key].as_bool().unwrap_or(false);
    let size = |key: &str| metadata[key].as_u64().and_then(|size| u32::try_from(size).ok());
    let kind = text("type");
    let (word, length, most) = match kind.as_str() {
        "Text" => ("string", size("length"), Some(255)),
        "TextArea" => ("textarea", Some(255), None),
        "LongTextArea" => ("textarea", size("length"), Some(131_072)),
        "Email" => ("email", Some(80), None),
        "Phone" => ("phone", Some(40), None),
        "Url" => ("url", Some(255), None),
        "Checkbox" => ("boolean", None, None),
        "Date" => ("date", None, None),
        "DateTime" => ("datetime", None, None),
        "Number" => ("double", None, None),
        "Currency" => ("currency", None, None),
        "Percent" => ("percent", None, None),
        "Picklist" => ("picklist", Some(255), None),
        "MultiselectPicklist" => ("multipicklist", Some(4_099), None),
        other => {
            return Err(integrity(
                format!("{other} is not a field type that can be created here"),
                "Metadata",
            ));
        }
    };
    if text("label").is_empty() {
        return Err(Trouble::missing(&["Label".to_owned()]));
    }
    if let Some(most) = most
        && !length.is_some_and(|length| (1..=most).contains(&length))
    {
        return Err(integrity(format!("Length of {name} must be from 1 to {most}"), "Length"));
    }
    let numeric = matches!(word, "double" | "currency" | "percent");
    let (precision, scale) = (size("precision"), size("scale"));
    if numeric && (precision.is_none() || scale.is_none()) {
        return Err(integrity("Can not specify a number without precision and scale", "Metadata"));
    }
    let key = yes("externalId");
    // Unverified: which types can be keys.
    if key && !matches!(kind.as_str(), "Text" | "Number" | "Email") {
        return Err(integrity(format!("A field of type {kind} cannot be an external ID"), "Metadata"));
    }
    let options = options(metadata);
    if matches!(word, "picklist" | "multipicklist") && options.is_empty() {
        return Err(Trouble::missing(&["ValueSet".to_owned()]));
    }
    let kind = kind_of(word).ok_or_else(|| integrity(format!("{word} is not known"), "Metadata"))?;
    let size = if numeric {
        format!("{}.{}", precision.unwrap_or(18), scale.unwrap_or_default())
    } else {
        String::new()
    };
    Ok(Field {
        form: format!("{word}|{size}|{}|", if key { "ext" } else { "nokey" }),
        help: text("inlineHelpText"),
        open: !options.is_empty() && !metadata["valueSet"]["restricted"].as_bool().unwrap_or(false),
        options,
        unique: yes("unique"),
        custom: true,
        max_length: length,
        ..Field::new(name, &text("label"), kind)
    })
}

fn options(metadata: &Value) -> Vec<FieldOption> {
    let values = metadata["valueSet"]["valueSetDefinition"]["value"].as_array();
    let one = |value: &Value| {
        let name = value["fullName"].as_str().or_else(|| value["valueName"].as_str())?;
        let label = value["label"].as_str().unwrap_or(name);
        Some(FieldOption { value: name.to_owned(), label: label.to_owned(), hidden: false })
    };
    values.into_iter().flatten().filter_map(one).collect()
}

/// The object and name of a custom field by its id.
pub(super) fn by_id(world: &World, id: &str) -> Option<(String, String)> {
    let id = ids::long(id)?;
    world.crm.tables().find_map(|table| {
        let field =
            table.fields().find(|field| field.custom && ids::of_field(table.object(), &field.name) == id)?;
        Some((table.object().to_owned(), field.name.to_string()))
    })
}

pub(super) fn get(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    may_customize(visit)?;
    let (object, name) = by_id(world, id).ok_or_else(Trouble::not_found)?;
    let table = table(world, &object)?;
    let field = table.field(&name).ok_or_else(Trouble::not_found)?;
    let facts = Facts::of(field);
    Ok(Reply::json(
        200,
        json!({
            "attributes": {"type": "CustomField", "url": format!("{}/tooling/sobjects/CustomField/{id}", visit.root())},
            "Id": ids::of_field(&object, &name), "DeveloperName": name.trim_end_matches("__c"),
            "FullName": format!("{object}.{name}"), "TableEnumOrId": object,
            "Metadata": {
                "label": field.label, "length": field.max_length, "externalId": facts.external_id,
                "unique": field.unique, "inlineHelpText": field.help,
            },
        }),
    ))
}

pub(super) fn delete(world: &mut World, call: &Call, visit: &Visit, id: &str) -> Answer {
    strict::only_params(world, call, &[]);
    strict::no_body(world, call);
    may_customize(visit)?;
    let (object, name) = by_id(world, id).ok_or_else(Trouble::not_found)?;
    if let Some(table) = world.crm.table_mut(&object) {
        let gone = table.archive_field(&name).map_err(|_| Trouble::not_found());
        gone?;
    }
    Ok(Reply::empty(204))
}
