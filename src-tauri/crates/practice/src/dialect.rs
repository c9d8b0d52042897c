//! What a dialect is, and the one list of them.

use std::any::Any;

use jiff::Timestamp;
use rand::rngs::StdRng;
use serde::Serialize;
use serde_json::Value;

use crate::access::Access;
use crate::call::{Call, Reply};
use crate::core::{Change, Crm, Field};
use crate::hooks::SentHook;
use crate::weather::Fault;
use crate::world::World;

/// A practice CRM that can be started.
#[derive(Clone, Copy, Debug, Serialize)]
pub struct DialectInfo {
    /// The id, the same as the connector's.
    pub id: &'static str,
    /// The name people see.
    pub name: &'static str,
    /// The objects it keeps, in the API's words.
    pub objects: &'static [&'static str],
}

/// What a call is about, for the log, the counts and the weather.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Endpoint {
    /// Method and path, with ids replaced by `{id}`.
    pub label: String,
    /// What kind of call it is.
    pub kind: CallKind,
}

/// What a call does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CallKind {
    /// Reads.
    Read,
    /// Changes records or fields.
    Write,
    /// Handles tokens; its body and path are not logged.
    Token,
    /// Shows a page to a person.
    Page,
}

/// One vendor's API over the core.
pub(crate) trait Dialect: Send + Sync {
    /// What it is.
    fn info(&self) -> &'static DialectInfo;
    /// The account's name.
    fn account_name(&self) -> &'static str;
    /// A fresh account with its sample content.
    fn open_crm(&self, now: Timestamp) -> Crm;
    /// Users, the practice app and ready tokens.
    fn open_access(&self, random: &mut StdRng) -> (Access, crate::Tokens);
    /// The access token a call shows. Some vendors take it in headers of their own.
    fn token<'c>(&self, call: &'c Call) -> Option<&'c str> {
        call.bearer()
    }
    /// Classifies a call.
    fn endpoint(&self, call: &Call) -> Endpoint;
    /// Answers a call.
    fn answer(&self, world: &mut World, call: &Call) -> Reply;
    /// What the vendor answers when this fault strikes instead of an answer.
    fn fault_reply(&self, world: &mut World, fault: &Fault) -> Reply;
    /// What the token endpoint answers when too much is asked of it, where that is not what the API answers.
    fn token_limit_reply(&self) -> Option<Reply> {
        None
    }
    /// The webhooks the vendor posts for what became of records.
    fn hooks(&self, _world: &World, _changes: &[Change]) -> Vec<SentHook> {
        Vec::new()
    }
    /// A field of a real account as this account's own (for a twin).
    fn adopt(&self, field: &leadferry_model::Field) -> Field;
    /// What only this dialect keeps between calls, at the start and after a reset.
    fn open_own(&self) -> Box<dyn Any + Send> {
        Box::new(())
    }
    /// Does what the account's people do that no other vendor knows, by the lever's name.
    fn pull(&self, _world: &mut World, lever: &str, _given: &Value) -> Result<Value, String> {
        Err(format!("it has no lever called {lever}"))
    }
}

/// One entry per dialect's folder, in alphabetical order.
pub(crate) const DIALECTS: &[&dyn Dialect] = &[
    &crate::hubspot::HubSpot, //
    &crate::pipedrive::Pipedrive,
    &crate::salesforce::Salesforce,
    &crate::zoho::Zoho,
];

/// Every practice CRM that can be started.
pub fn dialects() -> Vec<DialectInfo> {
    DIALECTS.iter().map(|dialect| *dialect.info()).collect()
}
