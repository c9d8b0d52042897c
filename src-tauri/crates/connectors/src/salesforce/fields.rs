//! Which fields there are, and the making of new ones.

use leadferry_connector::{Call, FieldSpec, ObjectSpec};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, FieldOption, ObjectSchema};

use super::account::passes_soon;
use super::types::{Described, DescribedField, PicklistFields, RecordType};
use super::{api, grant, metadata};

pub(super) async fn describe(call: &Call<'_>, object: &ObjectSpec) -> Result<ObjectSchema, Failure> {
    let described = api::describe(call.http, object.name).await?;
    let allowed = allowed(call, object, &described).await?;
    let Described { label, fields, record_type_infos } = described;
    Ok(ObjectSchema {
        object: object.name.to_owned(),
        label: label.filter(|label| !label.is_empty()).unwrap_or_else(|| object.label.to_owned()),
        fields: fields.iter().filter_map(|told| field(told, &record_type_infos, allowed.as_ref())).collect(),
        one_of: Vec::new(),
        open: false,
    })
}

/// What the record type that new records get leaves of the picklists. `None`: everything.
async fn allowed(
    call: &Call<'_>,
    object: &ObjectSpec,
    described: &Described,
) -> Result<Option<PicklistFields>, Failure> {
    let usual = |kind: &&RecordType| kind.default_record_type_mapping && !kind.master;
    let Some(kind) = described.record_type_infos.iter().find(usual) else { return Ok(None) };
    match api::picklists(call.http, object.name, &kind.record_type_id).await {
        Ok(fields) => Ok(Some(fields)),
        Err(failure) if passes_soon(&failure) => Err(failure),
        // The fields are worth more than what narrows them.
        Err(_) => Ok(None),
    }
}

/// A field; `None` for compound ones, whose parts are fields of their own.
fn field(told: &DescribedField, kinds: &[RecordType], allowed: Option<&PicklistFields>) -> Option<Field> {
    let kind_word = told.kind.as_deref().unwrap_or_default();
    if matches!(kind_word, "address" | "location") {
        return None;
    }
    let refers = |object: &str| told.reference_to.iter().any(|other| other == object);
    let is_kind = refers("RecordType");
    let kind = match kind_word {
        "string" | "combobox" | "encryptedstring" => FieldKind::Text,
        "textarea" => FieldKind::LongText,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "url" => FieldKind::Url,
        "picklist" => FieldKind::Choice,
        "multipicklist" => FieldKind::MultiChoice,
        "boolean" => FieldKind::Bool,
        "int" | "long" | "double" | "percent" => FieldKind::Number,
        "currency" => FieldKind::Money,
        "date" => FieldKind::Date,
        "datetime" => FieldKind::DateTime,
        "reference" if refers("User") => FieldKind::Owner,
        "reference" if is_kind => FieldKind::Choice,
        // The id of another record.
        "reference" => FieldKind::Text,
        _ => FieldKind::Other,
    };
    let long = matches!(
        kind,
        FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Phone | FieldKind::Url
    );
    Some(Field {
        kind,
        required: told.createable && !told.nillable && !told.defaulted_on_create && kind != FieldKind::Bool,
        // One write serves for new and for known records, so a field must take both.
        read_only: !(told.updateable && told.createable) || kind == FieldKind::Other,
        unique: told.unique,
        custom: told.custom,
        options: if is_kind { types(kinds) } else { options(told, allowed) },
        max_length: told.length.filter(|length| long && *length > 0),
        group: None,
        help: help(told),
        label: told.label.clone().unwrap_or_else(|| told.name.clone()),
        name: told.name.clone(),
    })
}

/// Active values. Those the usual record type leaves out are accepted for other record types, so they are there, but hidden.
fn options(told: &DescribedField, allowed: Option<&PicklistFields>) -> Vec<FieldOption> {
    let allowed = allowed.and_then(|fields| fields.values(&told.name));
    told.picklist_values
        .iter()
        .filter(|one| one.active != Some(false))
        .map(|one| FieldOption {
            label: one.label.clone().unwrap_or_else(|| one.value.clone()),
            hidden: allowed.as_ref().is_some_and(|values| !values.contains(&one.value.as_str())),
            value: one.value.clone(),
        })
        .collect()
}

/// Record types by id, as far as this person may use them.
fn types(kinds: &[RecordType]) -> Vec<FieldOption> {
    let usable = kinds.iter().filter(|kind| kind.available && !kind.master);
    let option = |kind: &RecordType| FieldOption {
        value: kind.record_type_id.clone(),
        label: kind.name.clone().unwrap_or_else(|| kind.record_type_id.clone()),
        hidden: false,
    };
    usable.map(option).collect()
}

/// The org's own help, and what Salesforce does with values that are on no list.
fn help(told: &DescribedField) -> Option<String> {
    let own = told.inline_help_text.clone().filter(|text| !text.is_empty());
    let open = (!told.restricted_picklist && !told.picklist_values.is_empty())
        .then(|| "Salesforce also stores values that are not on the list.".to_owned());
    let depends = told.controller_name.as_ref().map(|field| format!("Which values fit depends on {field}."));
    let refers = (told.kind.as_deref() == Some("reference") && !told.reference_to.is_empty())
        .then(|| format!("Holds the id of a record: {}.", told.reference_to.join(" or ")));
    let words: Vec<String> = [own, open, depends, refers].into_iter().flatten().collect();
    (!words.is_empty()).then(|| words.join(" "))
}

/// Creates the field, or takes one of that name that can serve, and makes it visible: a new field is hidden from everybody until
/// someone is granted it. A name that is taken by a field that cannot serve is given up for the next one: the caller keeps the name
/// that comes back.
pub(super) async fn create_field(
    call: &Call<'_>,
    object: &ObjectSpec,
    wanted: &FieldSpec,
) -> Result<Field, Failure> {
    let names = metadata::names(&wanted.name);
    let before = api::describe(call.http, object.name).await?;
    let mut taken = Failure::new(FailureKind::Unexpected, "no name was tried");
    for name in &names {
        match find(&before, name) {
            Some(found) if serves(found, wanted) => return shown(found),
            // It can be seen, and it is another kind of field.
            Some(_) => continue,
            None => {}
        }
        let body = metadata::custom_field(object.name, wanted, name)?;
        match api::create_field(call.http, &body).await {
            Ok(_) => {}
            // It is there, and hidden from us.
            Err(failure) if matches!(failure.kind, FailureKind::Conflict { .. }) || exists(&failure) => {
                taken = failure;
            }
            Err(failure) => return Err(failure),
        }
        grant::see(call, object.name, name).await?;
        let after = api::describe(call.http, object.name).await?;
        match find(&after, name) {
            Some(found) if serves(found, wanted) => return shown(found),
            Some(_) => {}
            None => return Err(hidden(object, name)),
        }
    }
    Err(taken)
}

fn find<'d>(described: &'d Described, name: &str) -> Option<&'d DescribedField> {
    described.fields.iter().find(|field| field.name.eq_ignore_ascii_case(name))
}

/// Unverified: the code; the words are those of the setup page.
fn exists(failure: &Failure) -> bool {
    failure.message.contains("already a field named")
}

fn shown(found: &DescribedField) -> Result<Field, Failure> {
    field(found, &[], None).ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, format!("{} is made of several fields", found.name))
    })
}

/// Upserts go by external ids, and only a unique one is sure to name one record.
fn serves(found: &DescribedField, wanted: &FieldSpec) -> bool {
    let Some(found_as) = field(found, &[], None) else { return false };
    let text =
        |kind| matches!(kind, FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Url);
    let same = found_as.kind == wanted.kind || (text(found_as.kind) && text(wanted.kind));
    same && !found_as.read_only && (!wanted.unique || (found.unique && found.external_id))
}

fn hidden(object: &ObjectSpec, name: &str) -> Failure {
    let words = format!(
        "The field {name} of Salesforce's {} is there, but hidden from this user. Ask an administrator to make it visible and editable.",
        object.label
    );
    Failure::new(FailureKind::Permission { missing: vec![format!("{}.{name}", object.name)] }, words)
}
