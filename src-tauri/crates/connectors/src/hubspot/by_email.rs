//! Writes where the account has no Lead ID field that could serve: the token may not create one, or somebody deleted it.
//!
//! Contacts are told apart by e-mail then: looked up in the live data, updated by id, else created. A lead that comes again is found
//! by its e-mail, so a lost answer makes no duplicate; one that another program creates meanwhile answers 409 with its id. HubSpot's
//! own upsert by e-mail is not used: *partial upserts are not supported* with it, whichever way that is meant.
//! <https://developers.hubspot.com/docs/api-reference/latest/crm/using-object-apis>
//!
//! Companies and deals have no key of their own: without the field they are refused, since a repeat would double them.

use std::collections::HashSet;

use leadferry_connector::{Call, ObjectSpec, Outcome};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault};

use super::api::{self, Write};
use super::find;
use super::upsert::{Parcel, Row};

/// Whether a refusal is about the Lead ID field, and the field really cannot serve.
pub(super) async fn is_needed(
    call: &Call<'_>,
    object: &ObjectSpec,
    lead_id: &str,
    failure: &Failure,
) -> bool {
    blames(failure, lead_id)
        && match api::property(call.http, object.name, lead_id).await {
            Ok(property) => property.archived == Some(true) || property.has_unique_value != Some(true),
            Err(failure) => failure.kind == FailureKind::NotFound,
        }
}

/// Unverified: what HubSpot says of an `idProperty` that does not exist. The field itself is asked for before anything follows.
fn blames(failure: &Failure, lead_id: &str) -> bool {
    match &failure.kind {
        FailureKind::Invalid { fields } if !fields.is_empty() => {
            fields.iter().any(|fault| fault.field == lead_id && fault.problem == FieldProblem::UnknownField)
        }
        FailureKind::Invalid { .. } | FailureKind::NotFound => {
            ["idProperty", lead_id].iter().any(|word| failure.message.contains(word))
        }
        _ => false,
    }
}

/// The parcel as requests that do without the field.
pub(super) async fn parcels<'a>(
    call: &Call<'_>,
    object: &ObjectSpec,
    lead_id: &str,
    mut parcel: Parcel<'a>,
    outcomes: &mut [Option<Outcome>],
) -> Vec<Parcel<'a>> {
    for row in &mut parcel.rows {
        row.properties.remove(lead_id);
    }
    if parcel.write != Write::Upsert {
        return vec![parcel];
    }
    let Some(email_field) = object.email_field else {
        for row in &parcel.rows {
            outcomes[row.at] = Some(Err(no_field(object)));
        }
        return Vec::new();
    };
    let mut rows: Vec<Row<'a>> = Vec::new();
    for mut row in parcel.rows {
        match row.upsert.fields.text(email_field).map(|email| email.trim().to_lowercase()) {
            Some(email) if !email.is_empty() => {
                row.key = email;
                rows.push(row);
            }
            _ => outcomes[row.at] = Some(Err(no_email(email_field))),
        }
    }
    if rows.is_empty() {
        return Vec::new();
    }
    let emails: Vec<&str> = rows.iter().map(|row| row.key.as_str()).collect();
    let asked = [email_field, "hs_additional_emails"];
    let found = match api::read(call.http, object.name, Some(email_field), &emails, &asked).await {
        Ok(found) => found,
        Err(failure) => {
            for row in &rows {
                outcomes[row.at] = Some(Err(failure.clone()));
            }
            return Vec::new();
        }
    };
    let (mut known, mut new, mut later) = (Vec::new(), Vec::new(), Vec::new());
    let mut taken = HashSet::new();
    for mut row in rows {
        match found.iter().find(|record| find::is_key(record, email_field, &row.key)) {
            Some(record) => {
                row.key.clone_from(&record.id);
                // Two addresses of one contact: HubSpot refuses a batch that names a record twice.
                if taken.insert(row.key.clone()) { known.push(row) } else { later.push(row) }
            }
            None => new.push(row),
        }
    }
    let parcels = [(Write::Update, known), (Write::Create, new)].map(|(write, rows)| Parcel { write, rows });
    let later = later.into_iter().map(|row| Parcel { write: Write::Update, rows: vec![row] });
    parcels.into_iter().chain(later).collect()
}

fn no_email(email_field: &str) -> Failure {
    let words = "HubSpot has no Lead ID field for Leadferry, so a lead is recognised by its e-mail, and this one has none. Map \
                 an e-mail, or let an administrator create the Lead ID field.";
    let fault = FieldFault {
        field: email_field.to_owned(),
        problem: FieldProblem::Required,
        value: None,
        detail: words.to_owned(),
    };
    Failure::new(FailureKind::Invalid { fields: vec![fault] }, words).code("no_lead_id_field")
}

fn no_field(object: &ObjectSpec) -> Failure {
    let words = format!(
        "HubSpot has no Lead ID field for Leadferry in {}, and nothing else tells them apart, so a repeat could double one. Allow \
         Leadferry to create fields, or let an administrator create the Lead ID field with unique values.",
        object.name
    );
    let missing = vec![format!("crm.schemas.{}.write", object.name)];
    Failure::new(FailureKind::Permission { missing }, words).code("no_lead_id_field")
}
