//! What a connector makes of refusals.

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use bytes::Bytes;
use leadferry_connector::testkit::Bench;
use leadferry_connector::{
    Capability, Connector, Credential, Fixed, Match, PullRequest, Transport, TransportError, TransportProblem,
};
use leadferry_model::{Failure, Secret};

use super::{facts, sample};

/// Settings without which a connector sends nothing: its id, the setting, a value.
const NEEDED: &[(&str, &str, &str)] = &[("webtolead", "organization_id", "00D5g000001ABCD")];

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
    let (object, rows) = (facts::leads(connector).name, [sample::bare(facts::leads(connector), 1)]);
    let bench = || {
        let access = Fixed(Credential::Token(Secret::new(Bench::TOKEN)));
        let bench =
            Bench::with(spec, "https://api.example.com/canary-path", Arc::new(Always(answer)), access);
        let needed = NEEDED.iter().filter(|(id, ..)| *id == spec.id);
        needed.fold(bench, |bench, (_, name, value)| bench.set(name, value))
    };
    let fields = sample::matched(facts::leads(connector));
    let mut results = Vec::new();
    // A gone record is what `remove` and `read` were asked to find out, so these two are not asked here.
    let bench_upsert = bench();
    let outcome = connector.upsert(&bench_upsert.call(), object, &rows).await.remove(0);
    results.push(("upsert", outcome.err()));
    let log = format!("{:?}", bench_upsert.exchanges());
    assert!(!log.contains("canary-canary"), "the log of {} shows a secret: {log}", spec.id);
    // What takes no record id back is not asked anything either.
    if !spec.can(Capability::Unconfirmed) {
        results.push(("check", connector.check(&bench().call()).await.err()));
        results.push(("describe", connector.describe(&bench().call(), object).await.err()));
    }
    if spec.can(Capability::Pull) {
        let request = PullRequest { object, fields: &fields, cursor: None };
        results.push(("pull", connector.pull(&bench().call(), &request).await.err()));
    }
    if spec.can(Capability::Find) {
        let keys: Vec<Match> = fields
            .first()
            .map(|field| Match { field: field.clone(), value: sample::email(1) })
            .into_iter()
            .collect();
        if !keys.is_empty() {
            results.push(("find", connector.find(&bench().call(), object, &keys, &fields).await.err()));
        }
    }
    results
}
