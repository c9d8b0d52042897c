//! Deliveries as the window lists them, with names and fields of their destinations looked up once.

use std::collections::HashMap;

use leadferry_model::{ConnectionId, DeliveryState, ObjectSchema, SyncId};
use leadferry_store::{Connection, DeliveryRow as Kept, Reader, SavedSync, StoreError};

use super::faults;
use crate::explain::in_short;
use crate::types::{DeliveryRow, Named};

/// What rows are made with, read at one moment.
pub(crate) struct Rows {
    pub(crate) syncs: HashMap<SyncId, SavedSync>,
    pub(crate) connections: HashMap<ConnectionId, Connection>,
    schemas: HashMap<(ConnectionId, String), ObjectSchema>,
}

impl Rows {
    pub(crate) fn read(tx: &Reader<'_>) -> Result<Self, StoreError> {
        let syncs: HashMap<_, _> = tx.syncs()?.into_iter().map(|sync| (sync.id.clone(), sync)).collect();
        let mut schemas = HashMap::new();
        for sync in syncs.values() {
            let key = (sync.destination.clone(), sync.object.clone());
            if let Some((schema, _)) = tx.schema(&key.0, &key.1)? {
                schemas.insert(key, schema);
            }
        }
        let connections = tx.connections()?.into_iter().map(|one| (one.id.clone(), one)).collect();
        Ok(Self { syncs, connections, schemas })
    }

    pub(crate) fn schema(&self, destination: &ConnectionId, object: &str) -> Option<&ObjectSchema> {
        self.schemas.get(&(destination.clone(), object.to_owned()))
    }

    pub(crate) fn sync(&self, id: &SyncId) -> Named {
        Named {
            id: id.to_string(),
            name: self.syncs.get(id).map(|sync| sync.name.clone()).unwrap_or_default(),
        }
    }

    pub(crate) fn connection(&self, id: &ConnectionId) -> Named {
        let name = self.connections.get(id).map(|one| one.name.clone()).unwrap_or_default();
        Named { id: id.to_string(), name }
    }

    pub(crate) fn row(&self, kept: &Kept) -> DeliveryRow {
        let fails = matches!(kept.state, DeliveryState::Failed | DeliveryState::Retrying);
        let failure = kept.failure.as_ref().filter(|_| fails);
        let contact = kept.email.clone().or_else(|| kept.phone.clone()).unwrap_or_default();
        DeliveryRow {
            id: kept.id.0,
            lead: kept.lead.to_string(),
            name: kept.name.clone().filter(|name| !name.is_empty()).unwrap_or_else(|| contact.clone()),
            contact,
            destination: self.connection(&kept.destination).name,
            state: kept.state,
            problem: failure.map(|failure| in_short(failure, self.schema(&kept.destination, &kept.object))),
            attempts: kept.attempts,
            changed_at: kept.changed_at.to_string(),
            due_at: kept.due_at.map(|at| at.to_string()),
            record_url: kept.url.clone(),
            value: faults(failure).first().and_then(|fault| fault.value.clone()),
        }
    }
}

/// How a record was found, in words.
pub(crate) fn words_of_match(word: &str) -> &'static str {
    match word {
        "lead_id" => "by its Lead ID",
        "email" => "by e-mail address",
        "phone" => "by phone number",
        "created" => "created by Leadferry",
        "person" => "chosen by a person",
        "conflict" => "named by the CRM, which had it already",
        _ => "known from before",
    }
}
