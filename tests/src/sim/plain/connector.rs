//! The connector of the plain CRM. One call a record: it has no batches, so a batch may end in the middle.

use async_trait::async_trait;
use leadferry_connector::{
    Account, Answers, Auth, BaseUrl, Call, Capability, Connector, Found, Hooks, LeadIdField, Limit, Match,
    ObjectSpec, Outcome, RemoteRecord, RequestPreview, Role, Spec, TokenPlacement, Upsert, Window, Written,
};
use leadferry_model::{
    Failure, FailureKind, Field, FieldKind, ObjectSchema, Record, RecordId, Timestamp, Value,
};
use serde_json::{Map, Value as Json, json};

use super::{FIELDS, OBJECT};

/// Calls of every kind.
const CALLS: &[&str] = &["burst", "day"];

const OBJECTS: [ObjectSpec; 1] = [ObjectSpec {
    name: OBJECT,
    label: "Person",
    batch: 10,
    lead_id: Some(LeadIdField { name: "lead_id", label: "Lead ID" }),
    email_field: Some("email"),
    phone_field: Some("phone"),
    changed_field: None,
    becomes: None,
}];

/// Its facts.
pub static SPEC: Spec = Spec {
    id: "plain",
    name: "Plain CRM",
    tagline: "Takes every duplicate it is given",
    logo: "",
    roles: &[Role::Destination],
    auth: &[Auth::Token {
        label: "Token",
        placement: TokenPlacement::Authorization("Bearer"),
        prefixes: &[],
        steps: &[],
    }],
    base_url: BaseUrl::Fixed("http://127.0.0.1:10"),
    objects: &OBJECTS,
    capabilities: &[Capability::Read, Capability::Find],
    limits: &[
        Limit::of_calls("burst", 30, Window::Seconds(10), "https://example.com/limits"),
        Limit::of_calls("day", 5_000, Window::Day, "https://example.com/limits"),
    ],
    settings: &[],
    hooks: Hooks::Polled("Nobody calls in a test."),
    practice: None,
    docs: "https://example.com/docs",
    checked: "2026-03-01",
};

/// The connector.
pub static PLAIN: Plain = Plain;

/// The connector of the plain CRM.
pub struct Plain;

#[async_trait]
impl Connector for Plain {
    fn spec(&self) -> &'static Spec {
        &SPEC
    }

    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        let me: Json = call.http.get(&["v1", "me"]).draws(CALLS).fetch(&Answers::BY_STATUS).await?.body;
        Ok(Account {
            id: text(&me, "id"),
            name: text(&me, "name"),
            user: None,
            may: vec!["write people".to_owned()],
            may_not: Vec::new(),
            sandbox: true,
            read_only: false,
            remember: std::collections::BTreeMap::new(),
        })
    }

    async fn describe(&self, call: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure> {
        let names: Vec<String> =
            call.http.get(&["v1", "fields"]).draws(CALLS).fetch(&Answers::BY_STATUS).await?.body;
        let kind = |name: &str| match name {
            "email" => FieldKind::Email,
            "phone" => FieldKind::Phone,
            _ => FieldKind::Text,
        };
        let fields = names.iter().map(|name| Field::new(name, name, kind(name))).collect();
        Ok(ObjectSchema {
            object: object.to_owned(),
            label: "Person".to_owned(),
            fields,
            one_of: vec![],
            open: false,
        })
    }

    async fn upsert(&self, call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Vec<Outcome> {
        let mut outcomes: Vec<Outcome> = Vec::with_capacity(batch.len());
        for upsert in batch {
            let outcome = write(call, upsert).await;
            let over = match &outcome {
                Err(failure) if concerns_all(&failure.kind) => Some(failure.clone()),
                _ => None,
            };
            outcomes.push(outcome);
            if let Some(failure) = over {
                // The others were not sent.
                let rest = Failure { maybe_applied: false, ..failure };
                outcomes.resize(batch.len(), Err(rest));
                break;
            }
        }
        outcomes
    }

    async fn read(
        &self,
        call: &Call<'_>,
        _object: &str,
        ids: &[RecordId],
        _fields: &[String],
    ) -> Result<Vec<Option<RemoteRecord>>, Failure> {
        let wanted = ids.iter().map(RecordId::as_str).collect::<Vec<_>>().join(",");
        let get = call.http.get(&["v1", "people"]).query("ids", wanted).draws(CALLS);
        let found: Vec<Json> = get.fetch(&Answers::BY_STATUS).await?.body;
        let found: Vec<RemoteRecord> = found.iter().map(remote).collect();
        Ok(ids.iter().map(|id| found.iter().find(|record| record.id == *id).cloned()).collect())
    }

    async fn find(
        &self,
        call: &Call<'_>,
        _object: &str,
        keys: &[Match],
        _fields: &[String],
    ) -> Result<Vec<Found>, Failure> {
        let keys: Vec<Json> =
            keys.iter().map(|key| json!({"field": key.field, "value": key.value})).collect();
        let search = call.http.post(&["v1", "people", "search"]).json(&keys).only_reads().draws(CALLS);
        let found: Vec<Vec<Json>> = search.fetch(&Answers::BY_STATUS).await?.body;
        Ok(found.iter().map(|found| found.iter().map(remote).collect()).collect())
    }

    fn preview(&self, _call: &Call<'_>, _object: &str, _batch: &[Upsert]) -> Vec<RequestPreview> {
        Vec::new()
    }
}

fn concerns_all(kind: &FailureKind) -> bool {
    matches!(kind, FailureKind::Auth | FailureKind::Unavailable | FailureKind::RateLimited { .. })
}

async fn write(call: &Call<'_>, upsert: &Upsert) -> Outcome {
    let mut body: Map<String, Json> =
        upsert.fields.iter().map(|(name, value)| (name.to_owned(), Json::from(value.to_string()))).collect();
    body.insert("lead_id".to_owned(), Json::from(upsert.lead.as_str()));
    let request = match &upsert.record {
        Some(record) => call.http.patch(&["v1", "people", record.as_str()]),
        None => call.http.post(&["v1", "people"]),
    };
    let written: Json = request.json(&body).draws(CALLS).fetch(&Answers::BY_STATUS).await?.body;
    Ok(Written { record: RecordId::new(text(&written, "id")), created: upsert.record.is_none(), url: None })
}

fn remote(json: &Json) -> RemoteRecord {
    let fields: Record = FIELDS
        .iter()
        .chain(&["lead_id"])
        .filter_map(|name| Some((*name, Value::text(json.get(name)?.as_str()?))))
        .collect();
    let changed_at: Option<Timestamp> =
        json.get("changed_at").and_then(Json::as_str).and_then(|at| at.parse().ok());
    RemoteRecord {
        id: RecordId::new(text(json, "id")),
        fields,
        changed_at,
        deleted: false,
        url: None,
        became: Vec::new(),
    }
}

fn text(json: &Json, name: &str) -> String {
    json.get(name).and_then(Json::as_str).unwrap_or_default().to_owned()
}
