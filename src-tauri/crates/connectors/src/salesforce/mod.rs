//! Salesforce: leads, contacts, accounts and opportunities, upserted by an external Lead ID field, two hundred at a time or ten thousand
//! in a bulk job, with a change feed by query.
//!
//! Facts: <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/intro_rest.htm>. A lead that somebody converted is
//! followed to its contact. Deliberately not here: converting leads (there is no plain REST call for it), change data capture (a desktop
//! app polls), and Web-to-Lead, which is a connector of its own because it confirms nothing.

use async_trait::async_trait;
use leadferry_connector::{
    Account, Action, Actions, Call, Connector, FieldSpec, Found, Loads, Match, ObjectSpec, Outcome, Page,
    PullRequest, RemoteRecord, RequestPreview, Spec, Upsert,
};
use leadferry_model::{Failure, FailureKind, Field, ObjectSchema, RecordId};

mod account;
mod actions;
mod api;
mod bulk;
mod convert;
mod converted;
mod csv;
mod errors;
mod fields;
mod find;
mod grant;
mod ids;
mod metadata;
mod pull;
mod soql;
mod spec;
mod types;
mod upsert;

#[cfg(test)]
mod tests;

/// The connector.
pub(crate) const CONNECTOR: Salesforce = Salesforce;

/// The connector.
pub(crate) struct Salesforce;

fn object(name: &str) -> Result<&'static ObjectSpec, Failure> {
    spec::SPEC.object(name).ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, format!("Leadferry does not know Salesforce's object {name}"))
    })
}

#[async_trait]
impl Connector for Salesforce {
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

    fn loads(&self) -> Option<&dyn Loads> {
        Some(&bulk::Bulk)
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
        match api::delete(call.http, ids::object_of(record.as_str(), object(name)?.name), record.as_str())
            .await
        {
            // Gone already is what was wanted.
            Err(failure) if failure.kind == FailureKind::NotFound => Ok(()),
            other => other,
        }
    }

    async fn create_field(&self, call: &Call<'_>, name: &str, field: &FieldSpec) -> Result<Field, Failure> {
        fields::create_field(call, object(name)?, field).await
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

    fn preview(&self, call: &Call<'_>, name: &str, batch: &[Upsert]) -> Vec<RequestPreview> {
        object(name).map(|object| upsert::preview(call, object, batch)).unwrap_or_default()
    }
}
