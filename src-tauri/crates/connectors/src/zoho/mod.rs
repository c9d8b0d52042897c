//! Zoho CRM: leads, contacts, accounts and deals, written in batches by a unique Lead ID field, with a change feed by COQL.
//!
//! Facts: <https://www.zoho.com/crm/developer/docs/api/v8/>. Deliberately not here: conversion of leads (not to be undone, so a person's decision) and bulk writes (no answer per record until a job ends).

use async_trait::async_trait;
use leadferry_connector::{
    Account, Action, Actions, Call, Connector, FieldSpec, Found, Hook, HookOrder, Match, ObjectSpec, Outcome,
    Page, PullRequest, RemoteRecord, RequestPreview, Spec, Upsert,
};
use leadferry_model::{Failure, FailureKind, Field, ObjectSchema, RecordId};

mod account;
mod actions;
mod api;
mod convert;
mod coql;
mod errors;
mod fields;
mod find;
mod hooks;
mod pull;
mod spec;
mod types;
mod upsert;

#[cfg(test)]
mod tests;

/// The connector.
pub(crate) const CONNECTOR: Zoho = Zoho;

/// The connector.
pub(crate) struct Zoho;

fn object(name: &str) -> Result<&'static ObjectSpec, Failure> {
    spec::SPEC.object(name).ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, format!("Leadferry does not know Zoho CRM's module {name}"))
    })
}

#[async_trait]
impl Connector for Zoho {
    fn spec(&self) -> &'static Spec {
        &spec::SPEC
    }

    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure> {
        account::check(call).await
    }

    async fn describe(&self, call: &Call<'_>, name: &str) -> Result<ObjectSchema, Failure> {
        fields::describe(call, object(name)?).await
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
        fields::create(call, object(name)?, field).await
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
        hooks::all(call).await
    }

    async fn subscribe(
        &self,
        call: &Call<'_>,
        order: &HookOrder<'_>,
        renews: Option<&Hook>,
    ) -> Result<Hook, Failure> {
        hooks::subscribe(call, order, renews).await
    }

    async fn unsubscribe(&self, call: &Call<'_>, hook: &Hook) -> Result<(), Failure> {
        hooks::unsubscribe(call, hook).await
    }

    fn preview(&self, call: &Call<'_>, name: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        object(name).map(|object| upsert::preview(call, object, batch)).unwrap_or_default()
    }
}
