//! The suite every connector passes, chosen by what its spec offers.
//!
//! [`facts`] and [`failures`] need nothing but the connector. [`writes`] and [`pages`] talk to something that behaves like the
//! vendor: a practice CRM, a twin in a test. Each panics with the reason, as tests do.

use std::collections::{BTreeMap, HashSet};
use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::Bench;
use leadferry_connector::{
    BaseUrl, Call, Capability, Connector, Credential, Fixed, Match, PullRequest, Reach, Setting, SettingKind,
    Transport, TransportError, TransportProblem, Upsert, address,
};
use leadferry_model::{Failure, LeadId, Record, RecordId, Secret, Value};

/// The facts make sense.
pub fn facts(connector: &dyn Connector) {
    let spec = connector.spec();
    let id = spec.id;
    assert!(
        !id.is_empty() && id.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit()),
        "{id} is a word"
    );
    assert!(!spec.name.is_empty() && !spec.tagline.is_empty(), "{id} has a name and a line for its tile");
    assert!(spec.logo.starts_with("<svg") && !spec.logo.contains("<script"), "{id} has a logo");
    assert!(spec.checked.parse::<jiff::civil::Date>().is_ok(), "{id} says when its facts were checked");
    assert!(
        !spec.auth.is_empty() && !spec.roles.is_empty() && !spec.objects.is_empty(),
        "{id} can be used at all"
    );
    assert!(spec.docs.starts_with("https://"), "{id} links to its vendor's documentation");
    if let BaseUrl::Fixed(base) = spec.base_url {
        address::checked(base, Reach::Public).unwrap_or_else(|problem| panic!("{id}: {problem}"));
    }
    if let BaseUrl::Setting(name) = spec.base_url {
        let secret = |setting: &Setting| {
            setting.name == name && setting.required && matches!(setting.kind, SettingKind::Secret)
        };
        assert!(spec.settings.iter().any(secret), "{id} keeps its address as a required secret");
    }
    for limit in spec.limits {
        assert!(
            limit.calls > 0 && limit.source.starts_with("https://"),
            "{id}: the limit {} has a source",
            limit.bucket
        );
    }
    for object in spec.objects {
        assert!(object.batch > 0, "{id}: {} can be written", object.name);
        let keyed = object.lead_id.is_some() || !spec.can(Capability::UpsertByKey);
        assert!(keyed, "{id}: {} has the key it is upserted by", object.name);
        let fed = object.changed_field.is_some() || !spec.can(Capability::Pull);
        assert!(fed, "{id}: {} has a change time to feed by", object.name);
    }
    let names: HashSet<&str> = spec.settings.iter().map(|setting| setting.name).collect();
    assert_eq!(names.len(), spec.settings.len(), "{id}: each setting has a name of its own");
}

/// Answers everything alike.
struct Always(Result<(u16, &'static str), TransportProblem>);

#[async_trait]
impl Transport for Always {
    async fn send(
        &self,
        _: http::Request<Bytes>,
        _: Duration,
    ) -> Result<http::Response<Bytes>, TransportError> {
        match self.0 {
            Ok((status, body)) => {
                let answer = http::Response::builder().status(status).header("retry-after", "5");
                Ok(answer.body(Bytes::from_static(body.as_bytes())).expect("BUG: a constant answer"))
            }
            Err(kind) => {
                Err(TransportError { kind, maybe_sent: true, message: format!("Bearer {}", Bench::TOKEN) })
            }
        }
    }
}

/// Every refusal has its kind in every method offered, no body breaks anything, and nothing secret is shown.
pub async fn failures(connector: &'static dyn Connector) {
    type Case = (Result<(u16, &'static str), TransportProblem>, &'static [&'static str]);
    const HTML: &str = "<html><body>Bad gateway</body></html>";
    let cases: [Case; 12] = [
        (Ok((401, "{}")), &["auth"]),
        (Ok((403, "{}")), &["permission"]),
        // Gone or unknown: a record, or the whole address of a hook.
        (Ok((404, "{}")), &["not_found", "permission"]),
        (Ok((409, "{}")), &["conflict"]),
        (Ok((422, "{}")), &["invalid"]),
        (Ok((429, "{}")), &["rate_limited"]),
        (Ok((500, "{}")), &["unavailable"]),
        (Ok((502, HTML)), &["unavailable"]),
        (Ok((504, "")), &["unavailable"]),
        (Err(TransportProblem::Timeout), &["unavailable"]),
        (Err(TransportProblem::Broken), &["unavailable"]),
        (Ok((200, "{\"results\": [")), &["unexpected"]),
    ];
    for (answer, expected) in cases {
        for (method, result) in methods(connector, answer).await {
            let unconfirmed = connector.spec().can(Capability::Unconfirmed) && matches!(answer, Ok((200, _)));
            if unconfirmed && result.is_none() {
                continue;
            }
            let failure = result.unwrap_or_else(|| panic!("{method} took {answer:?} for a success"));
            assert!(expected.contains(&failure.kind.word()), "{method} after {answer:?}: {failure:?}");
            let shown = format!("{failure:?}");
            assert!(!shown.contains("canary"), "{method} shows a secret after {answer:?}: {shown}");
        }
    }
}

async fn methods(
    connector: &'static dyn Connector,
    answer: Result<(u16, &'static str), TransportProblem>,
) -> Vec<(&'static str, Option<Failure>)> {
    let spec = connector.spec();
    let object = spec.objects[0].name;
    let bench = || {
        let access = Fixed(Credential::Token(Secret::new(Bench::TOKEN)));
        Bench::with(spec, "https://api.example.com/canary-path", Arc::new(Always(answer)), access)
    };
    let fields = ["email".to_owned()];
    let mut results = Vec::new();
    // A gone record is what `remove` and `read` were asked to find out, so these two are not asked here.
    let bench_upsert = bench();
    let outcome =
        connector.upsert(&bench_upsert.call(), object, &[lead(1, "ada@example.com")]).await.remove(0);
    results.push(("upsert", outcome.err()));
    let log = format!("{:?}", bench_upsert.exchanges());
    assert!(!log.contains("canary-canary"), "the log of {} shows a secret: {log}", spec.id);
    if spec.can(Capability::UpsertByKey) {
        results.push(("check", connector.check(&bench().call()).await.err()));
        results.push(("describe", connector.describe(&bench().call(), object).await.err()));
    }
    if spec.can(Capability::Pull) {
        let request = PullRequest { object, fields: &fields, cursor: None };
        results.push(("pull", connector.pull(&bench().call(), &request).await.err()));
    }
    if spec.can(Capability::Find) {
        let keys = [Match { field: "email".into(), value: "ada@example.com".into() }];
        results.push(("find", connector.find(&bench().call(), object, &keys, &fields).await.err()));
    }
    results
}

fn lead(number: usize, email: &str) -> Upsert {
    let fields: Record = [("email", Value::text(email))].into_iter().collect();
    Upsert {
        lead: LeadId::new(format!("conformance-{number}")),
        record: None,
        trace: format!("conformance-{number}#1"),
        fields,
    }
}

/// Against something that behaves like the vendor: the same batch twice makes no duplicate, and a bad record harms no other.
/// `call` has the rights to write; the Lead ID field exists. Gives back the records it made.
pub async fn writes(connector: &dyn Connector, call: &Call<'_>) -> Vec<RecordId> {
    let object = connector.spec().objects[0].name;
    let batch: Vec<Upsert> =
        (1..=3).map(|number| lead(number, &format!("conformance{number}@example.com"))).collect();
    let mut rounds = Vec::new();
    for round in 0..2 {
        let outcomes = connector.upsert(call, object, &batch).await;
        assert_eq!(outcomes.len(), batch.len(), "one outcome a record");
        let written: Vec<_> = outcomes
            .into_iter()
            .map(|outcome| outcome.unwrap_or_else(|failure| panic!("{failure:?}")))
            .collect();
        assert!(written.iter().all(|written| written.created == (round == 0)), "created once, then updated");
        rounds.push(written.into_iter().map(|written| written.record).collect::<Vec<_>>());
    }
    assert_eq!(rounds[0], rounds[1], "the same batch twice makes no duplicate");
    let mut mixed = batch;
    mixed[1].fields.set("no_such_field_anywhere", Value::text("x"));
    let outcomes = connector.upsert(call, object, &mixed).await;
    let passed: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(passed, [true, false, true], "a failure stays with its record");
    rounds.remove(0)
}

/// Against something that behaves like the vendor: a full read gives each of `known` at least once and ends.
pub async fn pages(connector: &dyn Connector, call: &Call<'_>, known: &[RecordId]) {
    let fields = ["email".to_owned()];
    let mut seen: BTreeMap<RecordId, usize> = BTreeMap::new();
    let mut cursor = None;
    for _ in 0..10_000 {
        let request = PullRequest {
            object: connector.spec().objects[0].name,
            fields: &fields,
            cursor: cursor.as_ref(),
        };
        let page = connector.pull(call, &request).await.unwrap_or_else(|failure| panic!("{failure:?}"));
        for record in page.records {
            *seen.entry(record.id).or_default() += 1;
        }
        cursor = Some(page.next);
        if !page.more {
            assert!(known.iter().all(|id| seen.contains_key(id)), "each record is on some page");
            return;
        }
    }
    panic!("the feed never ends");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connector_has_sound_facts_and_its_own_id() {
        let ids: Vec<&str> = crate::all().iter().map(|connector| connector.spec().id).collect();
        assert!(ids.is_sorted_by(|one, other| one < other), "in alphabetical order, each once: {ids:?}");
        for connector in crate::all() {
            facts(*connector);
            assert!(crate::by_id(connector.spec().id).is_some(), "and is found by its id");
        }
    }

    #[tokio::test]
    async fn every_connector_decides_every_failure() {
        for connector in crate::all() {
            failures(*connector).await;
        }
    }
}
