//! Writes, one by one within the batch: a known record is updated, any other created. One outcome a record.
//!
//! What fails for every record (lost access, a limit, an outage) is every following record's outcome too, and they are not sent: they
//! certainly did not arrive. Nothing at Pipedrive is unique, so a create is never repeated here; one that may have arrived says so.
//!
//! Two reads may come before the writes, each one call for the whole batch: the account's fields, where digits could be a text or an
//! option's id, and the present addresses of known persons, since a written list of them replaces the old one. Any other custom text is
//! written as a text; a field that takes an object refuses it, and then the fields are read and the record is sent again.

use std::collections::HashMap;

use leadferry_connector::{Call, ObjectSpec, Outcome, Refused, Request, RequestPreview, Upsert, Written};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, RecordId};
use serde_json::Value as Json;

use super::api::{self, Wanted};
use super::body::{self, Doubt, Forms};
use super::convert;
use super::errors::concerns_all;
use super::spec::IDS;
use super::types::Object;

const CONSENT: &str = "marketing_status";

pub(super) async fn upsert(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<Outcome> {
    let (mut forms, current) = match prepare(call, object, batch).await {
        Ok(prepared) => prepared,
        Err(failure) => return batch.iter().map(|_| Err(failure.clone())).collect(),
    };
    let mut outcomes: Vec<Outcome> = Vec::with_capacity(batch.len());
    let mut stopped: Option<Failure> = None;
    for upsert in batch {
        let outcome = match &stopped {
            Some(failure) => Err(failure.clone()),
            None => {
                let current = upsert.record.as_ref().and_then(|record| current.get(record.as_str()));
                write(call, object, upsert, &mut forms, current).await
            }
        };
        if let (None, Err(failure)) = (&stopped, &outcome)
            && concerns_all(failure)
        {
            stopped = Some(Failure { maybe_applied: false, ..failure.clone() });
        }
        outcomes.push(outcome);
    }
    outcomes
}

/// What has to be known before the first write.
async fn prepare(
    call: &Call<'_>,
    object: &ObjectSpec,
    batch: &[Upsert],
) -> Result<(Option<Forms>, HashMap<String, Object>), Failure> {
    let in_doubt = |upsert: &Upsert| body::doubt(upsert, object, call.settings) == Doubt::Digits;
    let forms = match batch.iter().any(in_doubt) {
        true => Some(Forms::new(&api::fields(call.http, object.name).await?)),
        false => None,
    };
    let replaces =
        |upsert: &&Upsert| upsert.fields.names().any(|name| body::replaces_contacts(object.name, name));
    let mut ids: Vec<&str> =
        batch.iter().filter(replaces).filter_map(|upsert| Some(upsert.record.as_ref()?.as_str())).collect();
    ids.sort_unstable();
    ids.dedup();
    let mut current = HashMap::new();
    let nothing_more = Wanted::default();
    match ids.as_slice() {
        [] => {}
        [id] => {
            current.extend(
                api::one(call.http, object.name, id, &nothing_more)
                    .await?
                    .map(|found| (found.id.clone(), found)),
            );
        }
        ids => {
            for ids in ids.chunks(IDS) {
                let found = api::by_ids(call.http, object.name, ids, &nothing_more).await?;
                current.extend(found.into_iter().map(|found| (found.id.clone(), found)));
            }
        }
    }
    Ok((forms, current))
}

async fn write(
    call: &Call<'_>,
    object: &ObjectSpec,
    upsert: &Upsert,
    forms: &mut Option<Forms>,
    current: Option<&Object>,
) -> Outcome {
    recognisable(call, object, upsert)?;
    let of = |forms: &Option<Forms>| {
        body::body(object, upsert, forms.as_ref().unwrap_or(&Forms::NONE), current, call.settings)
    };
    let mut body = of(forms)?;
    let mut answer = api::send(request(call, object, upsert, &body)).await;
    if let Err(refused) = &answer
        && matches!(refused.failure.kind, FailureKind::Invalid { .. })
        && forms.is_none()
        && body::doubt(upsert, object, call.settings) != Doubt::None
    {
        // What was refused was not written, so it may be sent again.
        *forms = Some(Forms::new(&api::fields(call.http, object.name).await?));
        let again = of(forms)?;
        if again != body {
            body = again;
            answer = api::send(request(call, object, upsert, &body)).await;
        }
    }
    let record = answer.map_err(|refused| about(refused, upsert))?;
    if record.gone() && upsert.record.is_some() {
        // Unverified: whether an update of a record in the bin is refused, or taken like this.
        return Err(
            Failure::new(FailureKind::NotFound, "the record was deleted in Pipedrive").code("deleted")
        );
    }
    consent_was_taken(&record, &body)?;
    Ok(Written {
        url: convert::page(object.name, &record.id, call.settings),
        record: RecordId::new(record.id),
        created: upsert.record.is_none(),
    })
}

fn request<'h>(call: &Call<'h>, object: &ObjectSpec, upsert: &Upsert, body: &Json) -> Request<'h> {
    match &upsert.record {
        Some(record) => api::update(call.http, object.name, record.as_str(), body),
        None => api::create(call.http, object.name, body),
    }
}

/// The requests the batch would send. Nothing is read for them: a custom text is shown as a text, a list of addresses with the new one.
pub(super) fn preview(call: &Call<'_>, object: &ObjectSpec, batch: &[Upsert]) -> Vec<RequestPreview> {
    let preview = |upsert: &Upsert| {
        let body = body::body(object, upsert, &Forms::NONE, None, call.settings).ok()?;
        request(call, object, upsert, &body).preview().ok()
    };
    batch.iter().filter_map(preview).collect()
}

/// Whether a new record could be found again by anything: a repeat would double one that cannot.
fn recognisable(call: &Call<'_>, object: &ObjectSpec, upsert: &Upsert) -> Result<(), Failure> {
    let mut keys = [object.email_field, object.phone_field].into_iter().flatten();
    if upsert.record.is_some()
        || convert::lead_id_key(call.settings, object).is_some()
        || keys.any(|field| upsert.fields.text(field).is_some())
    {
        return Ok(());
    }
    let words = format!(
        "Pipedrive has no Lead ID field for Leadferry in {}, and this lead has no e-mail or phone number there, so a repeat could \
         double it. Create the Lead ID field, or let an administrator create it.",
        object.name
    );
    let missing =
        vec![if object.name == "deals" { "deal-fields:full" } else { "contact-fields:full" }.to_owned()];
    Err(Failure::new(FailureKind::Permission { missing }, words).code("no_lead_id_field"))
}

/// A consent Pipedrive does not like is ignored without an error, everything else is written: a person has to know.
/// <https://developers.pipedrive.com/docs/api/v1/Persons#updatePerson>
fn consent_was_taken(record: &Object, body: &Json) -> Result<(), Failure> {
    let (Some(sent), Some(kept)) =
        (body.get(CONSENT).and_then(Json::as_str), record.rest.get(CONSENT).and_then(Json::as_str))
    else {
        return Ok(());
    };
    if sent == kept {
        return Ok(());
    }
    let words = format!(
        "Pipedrive wrote the person but kept the marketing status {kept}. It needs a valid e-mail address, and may be changed only once."
    );
    let fault = FieldFault {
        field: CONSENT.to_owned(),
        problem: FieldProblem::CustomRule,
        value: Some(sent.to_owned()),
        detail: words.clone(),
    };
    let failure = Failure::new(FailureKind::Invalid { fields: vec![fault] }, words).code("consent_not_taken");
    Err(Failure { maybe_applied: true, ..failure })
}

/// The failure with the row's own values beside its fields.
fn about(refused: Refused, upsert: &Upsert) -> Failure {
    let mut failure = refused.failure;
    if let FailureKind::Invalid { fields } = &mut failure.kind {
        for fault in fields {
            fault.value = fault.value.take().or_else(|| upsert.fields.text(&fault.field));
        }
    }
    failure
}
