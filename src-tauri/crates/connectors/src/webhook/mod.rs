//! Any receiver of leads over HTTP: Zapier and Make hooks, an own server, a CRM without a connector of its own.
//!
//! One lead a request. 2xx means accepted, not written: no record id comes back, so the lead's own id stands for it. Every request
//! carries the delivery's trace as `Idempotency-Key`; with a signing secret it is signed after Standard Webhooks. Deliberately not
//! here: reading anything back, and a test that sends without being asked (a HEAD or an empty POST starts a Zap as well as a lead).

use async_trait::async_trait;
use leadferry_connector::{
    Account, Answers, Call, Connector, Outcome, Refusal, Request, RequestPreview, Spec, Upsert, Written,
};
use leadferry_model::{Failure, FailureKind, ObjectSchema, RecordId};

use settings::{Format, Setup};

mod convert;
mod settings;
mod sign;
mod spec;

#[cfg(test)]
mod tests;

/// The connector.
pub(crate) const CONNECTOR: Webhook = Webhook;

/// The connector.
pub(crate) struct Webhook;

const ANSWERS: Answers =
    Answers { failure: of_refusal, readings: |_| Vec::new(), request_id: Some("x-request-id") };

/// Standard Webhooks: 410 means that the receiver wants nothing more from us.
fn of_refusal(refusal: &Refusal<'_>) -> Option<Failure> {
    let words = match refusal.status.as_u16() {
        410 => {
            "The receiver says that this webhook address is gone. Make a new one there and enter it in this connection."
        }
        // There is no record that could be missing: it is the address.
        404 => {
            "The receiver does not know this webhook address. Copy it again from there and enter it in this connection."
        }
        _ => return None,
    };
    Some(
        Failure::new(FailureKind::Permission { missing: Vec::new() }, words)
            .code(refusal.status.as_u16().to_string()),
    )
}

/// One lead, not yet sent.
fn request<'h>(call: &Call<'h>, setup: &Setup, upsert: &Upsert) -> Request<'h> {
    let body = convert::body(upsert, &setup.values);
    let (content_type, bytes) = match setup.format {
        Format::Json => ("application/json", serde_json::Value::Object(body).to_string()),
        Format::Form => {
            let mut form = url::form_urlencoded::Serializer::new(String::new());
            ("application/x-www-form-urlencoded", form.extend_pairs(convert::form(&body)).finish())
        }
    };
    let mut request = call.http.post(&[]).header("idempotency-key", &upsert.trace).draws(spec::ORDINARY);
    if let Some(key) = &setup.key {
        let seconds = call.clock.now().as_second();
        request = request
            .header("webhook-id", &upsert.trace)
            .header("webhook-timestamp", &seconds.to_string())
            .header("webhook-signature", &key.sign(&upsert.trace, seconds, bytes.as_bytes()));
    }
    // A receiver may echo what it was sent.
    for secret in call.settings.secret.values() {
        request = request.hides(secret);
    }
    for (name, value) in &setup.headers {
        request = request.secret_header(name, value);
    }
    request.bytes(content_type, bytes.into())
}

#[async_trait]
impl Connector for Webhook {
    fn spec(&self) -> &'static Spec {
        &spec::SPEC
    }

    /// Looks at the settings only.
    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        Setup::read(call.settings)?;
        let host = call.http.host();
        Ok(Account {
            name: host.clone(),
            id: host,
            user: None,
            may: vec!["send leads".to_owned()],
            may_not: Vec::new(),
            sandbox: false,
            read_only: false,
            remember: std::collections::BTreeMap::new(),
        })
    }

    async fn describe(&self, _call: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure> {
        Ok(ObjectSchema {
            object: object.to_owned(),
            label: "Lead".to_owned(),
            fields: convert::suggestions(),
            one_of: Vec::new(),
            open: true,
        })
    }

    async fn upsert(&self, call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Vec<Outcome> {
        let setup = match Setup::read(call.settings) {
            Ok(setup) => setup,
            Err(failure) => return batch.iter().map(|_| Err(failure.clone())).collect(),
        };
        let mut outcomes = Vec::new();
        for upsert in batch {
            let sent = request(call, &setup, upsert).send(&ANSWERS).await;
            outcomes.push(sent.map(|_| Written {
                record: upsert.record.clone().unwrap_or_else(|| RecordId::new(upsert.lead.as_str())),
                created: upsert.record.is_none(),
                url: None,
            }));
        }
        outcomes
    }

    fn preview(&self, call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        let Ok(setup) = Setup::read(call.settings) else { return Vec::new() };
        batch.iter().filter_map(|upsert| request(call, &setup, upsert).preview().ok()).collect()
    }
}
