//! Pipedrive: persons, organizations and deals, written one by one, since the API knows neither batches nor upsert; a change feed by
//! cursor; deleted records by comparing.
//!
//! Facts: <https://developers.pipedrive.com/docs/api/v1> (v2 wherever it exists). Nothing is unique at Pipedrive: a repeated create
//! makes a second person, so a create whose answer was lost says so, and is asked for by Lead ID before it is sent again.
//!
//! Deliberately not here: leads of the Leads Inbox (each needs a person or organization of its own first, which one delivery cannot
//! make together with it).

use async_trait::async_trait;
use leadferry_connector::{
    Account, Action, Actions, Call, Connector, FieldSpec, Found, Hook, HookOrder, Match, ObjectSpec, Outcome,
    Page, PullRequest, RemoteRecord, RequestPreview, Spec, Upsert,
};
use leadferry_model::{Failure, FailureKind, Field, ObjectSchema, RecordId};

mod account;
mod actions;
mod api;
mod body;
mod convert;
mod errors;
mod find;
mod hooks;
mod pull;
mod runs;
mod spec;
mod types;
mod upsert;

#[cfg(test)]
mod tests;

/// The connector.
pub(crate) const CONNECTOR: Pipedrive = Pipedrive;

/// The connector.
pub(crate) struct Pipedrive;

fn object(name: &str) -> Result<&'static ObjectSpec, Failure> {
    spec::SPEC.object(name).ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, format!("Leadferry does not know Pipedrive's object {name}"))
    })
}

#[async_trait]
impl Connector for Pipedrive {
    fn spec(&self) -> &'static Spec {
        &spec::SPEC
    }

    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        account::check(call).await
    }

    async fn describe(&self, call: &Call<'_>, name: &str) -> Result<ObjectSchema, Failure> {
        account::describe(call, object(name)?).await
    }

    async fn upsert(&self, call: &Call<'_>, name: &str, batch: &[Upsert]) -> Vec<Outcome> {
        match object(name) {
            Ok(object) => upsert::upsert(call, object, batch).await,
            Err(failure) => batch.iter().map(|_| Err(failure.clone())).collect(),
        }
    }

    async fn pull(&self, call: &Call<'_>, request: &PullRequest<'_>) -> Result<Page, Failure> {
        pull::pull(call, object(request.object)?, request).await
    }

    async fn read(
        &self,
        call: &Call<'_>,
        name: &str,
        ids: &[RecordId],
        fields: &[String],
    ) -> Result<Vec<Option<RemoteRecord>>, Failure> {
        find::read(call, object(name)?, ids, fields).await
    }

    async fn find(
        &self,
        call: &Call<'_>,
        name: &str,
        keys: &[Match],
        fields: &[String],
    ) -> Result<Vec<Found>, Failure> {
        find::find(call, object(name)?, keys, fields).await
    }

    async fn remove(&self, call: &Call<'_>, name: &str, record: &RecordId) -> Result<(), Failure> {
        match api::delete(call.http, object(name)?.name, record.as_str()).await {
            // Gone already is what was wanted.
            Err(failure) if failure.kind == FailureKind::NotFound => Ok(()),
            other => other,
        }
    }

    async fn create_field(&self, call: &Call<'_>, name: &str, field: &FieldSpec) -> Result<Field, Failure> {
        account::create_field(call, object(name)?, field).await
    }

    async fn act(
        &self,
        call: &Call<'_>,
        name: &str,
        record: &RecordId,
        action: &Action,
    ) -> Result<RecordId, Failure> {
        actions::act(call, object(name)?, record, action).await
    }

    async fn actions(&self, call: &Call<'_>) -> Result<Actions, Failure> {
        actions::actions(call).await
    }

    async fn hooks(&self, call: &Call<'_>) -> Result<Vec<Hook>, Failure> {
        hooks::all(call.http).await
    }

    async fn subscribe(
        &self,
        call: &Call<'_>,
        order: &HookOrder<'_>,
        _renews: Option<&Hook>,
    ) -> Result<Hook, Failure> {
        hooks::subscribe(call.http, order).await
    }

    async fn unsubscribe(&self, call: &Call<'_>, hook: &Hook) -> Result<(), Failure> {
        hooks::unsubscribe(call.http, &hook.id).await
    }

    fn preview(&self, call: &Call<'_>, name: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        object(name).map(|object| upsert::preview(call, object, batch)).unwrap_or_default()
    }
}
