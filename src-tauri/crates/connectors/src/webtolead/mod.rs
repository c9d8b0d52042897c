//! Salesforce Web-to-Lead: a form post into an org nobody signed in to.
//!
//! Facts: <https://help.salesforce.com/s/articleView?id=sf.setting_up_web-to-lead.htm&type=5>. The answer is the same page whether a lead
//! was made or not, and names no record, so the lead's own id stands for it: *synced* means handed over. Deliberately not here: changing
//! a lead that was sent before, which this form cannot do (it would make a second one), and asking first, which it cannot either.

use std::collections::BTreeMap;

use async_trait::async_trait;
use leadferry_connector::{
    Account, Answers, Call, Connector, Outcome, Refusal, Request, RequestPreview, Spec, Upsert, Written,
};
use leadferry_model::{Failure, FailureKind, ObjectSchema, RecordId};

mod convert;
mod spec;

#[cfg(test)]
mod tests;

/// The connector.
pub(crate) const CONNECTOR: WebToLead = WebToLead;

/// The connector.
pub(crate) struct WebToLead;

const ANSWERS: Answers = Answers { failure: of_refusal, readings: |_| Vec::new(), request_id: None };

/// There is no record that could be missing: it is the address.
fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let words =
        "Salesforce does not know this form address. Choose production or sandbox again in this connection.";
    let gone = matches!(refusal.status.as_u16(), 404 | 410);
    let failure = Failure::new(FailureKind::Permission { missing: Vec::new() }, words);
    gone.then(|| failure.code(refusal.status.as_u16().to_string()))
}

/// What must be right before anything is sent: Salesforce would say nothing.
struct Org<'a> {
    id: &'a str,
    lead_id: Option<&'a str>,
}

impl<'a> Org<'a> {
    fn read(call: &Call<'a>) -> Result<Self, Failure> {
        let id = call.settings.get(spec::ORG).unwrap_or_default().trim();
        if !(id.starts_with("00D") && is_id(id)) {
            return Err(wrong(
                "The organization ID is not one: it begins with 00D and has 15 or 18 letters and digits. Copy it from Setup, Company Information.",
            ));
        }
        let lead_id = call.settings.get(spec::LEAD_ID).map(str::trim).filter(|id| !id.is_empty());
        if lead_id.is_some_and(|field| !(field.starts_with("00N") && is_id(field))) {
            return Err(wrong(
                "The field ID for the Lead ID is not one: it begins with 00N. Copy it from the name of the field in a generated form.",
            ));
        }
        Ok(Self { id, lead_id })
    }
}

fn is_id(text: &str) -> bool {
    matches!(text.len(), 15 | 18) && text.bytes().all(|byte| byte.is_ascii_alphanumeric())
}

fn wrong(words: &str) -> Failure {
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, words).code("settings")
}

/// One lead, not yet sent.
fn request<'h>(call: &Call<'h>, org: &Org<'_>, upsert: &Upsert) -> Request<'h> {
    call.http
        .post(&["servlet", "servlet.WebToLead"])
        .query("encoding", "UTF-8")
        .form(&convert::form(org.id, org.lead_id, upsert))
        .draws(spec::ORDINARY)
        // After a form that names a page to go on to, the answer is the way there.
        .also_takes(302)
}

async fn send(call: &Call<'_>, org: &Org<'_>, upsert: &Upsert) -> Outcome {
    if upsert.record.is_some() {
        return Err(Failure::new(
            FailureKind::Invalid { fields: Vec::new() },
            "Web-to-Lead takes each lead once, and cannot change one that was sent before. Connect Salesforce with sign-in to update leads.",
        )
        .code("sent_before"));
    }
    let answer = request(call, org, upsert).send(&ANSWERS).await?;
    // Unverified: seen in practice, and in no document. Without the header nothing is known, as ever.
    let told = answer.headers.get("is-processed").and_then(|value| value.to_str().ok()).unwrap_or_default();
    if told.contains("Exception") {
        let words = "Salesforce took the form, but made no lead of it. Its administrator gets an e-mail that says why.";
        return Err(Failure::new(FailureKind::Invalid { fields: Vec::new() }, words).code("not_processed"));
    }
    Ok(Written { record: RecordId::new(upsert.lead.as_str()), created: true, url: None })
}

#[async_trait]
impl Connector for WebToLead {
    fn spec(&self) -> &'static Spec {
        &spec::SPEC
    }

    /// Looks at the settings only: there is nothing to ask.
    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        let org = Org::read(call)?;
        Ok(Account {
            id: org.id.to_owned(),
            name: format!("Salesforce org {}", org.id),
            user: None,
            may: vec!["hand over up to 500 leads a day".to_owned()],
            may_not: vec![
                "see whether Salesforce made a lead: a wrong organization ID, a missing required field or a rule of the org loses it without a word"
                    .to_owned(),
                "update leads or avoid duplicates".to_owned(),
            ],
            sandbox: call.settings.get(spec::KIND) == Some(spec::SANDBOX),
            read_only: false,
            remember: BTreeMap::new(),
        })
    }

    async fn describe(&self, _call: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure> {
        Ok(ObjectSchema {
            object: object.to_owned(),
            label: "Lead".to_owned(),
            fields: convert::fields(),
            one_of: Vec::new(),
            // Custom fields go by their ids, 00N and so on, which only the org knows.
            open: true,
        })
    }

    async fn upsert(&self, call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Vec<Outcome> {
        let org = match Org::read(call) {
            Ok(org) => org,
            Err(failure) => return batch.iter().map(|_| Err(failure.clone())).collect(),
        };
        let mut outcomes = Vec::new();
        for upsert in batch {
            outcomes.push(send(call, &org, upsert).await);
        }
        outcomes
    }

    fn preview(&self, call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        let Ok(org) = Org::read(call) else { return Vec::new() };
        batch.iter().filter_map(|upsert| request(call, &org, upsert).preview().ok()).collect()
    }
}
