//! The destination's Lead ID field: with it a person is found again even when e-mail address and phone number change.

use leadferry_connector::{Capability, FieldSpec, LeadIdField, Settings};
use leadferry_model::{FieldKind, SyncId};
use leadferry_store::SavedSync;
use serde_json::json;

use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

impl App {
    /// Makes the destination's Lead ID field and remembers its name. The engine fills it; no rule is needed.
    pub async fn create_lead_id_field(&self, request: ById) -> Result<MappingView> {
        let id = SyncId::new(&request.id);
        let (sync, mut connection) = {
            let id = id.clone();
            self.store
                .read(move |tx| {
                    let sync = tx.sync(&id)?;
                    let connection = tx.connection(&sync.destination)?;
                    Ok((sync, connection))
                })
                .await?
        };
        let connector = self.connector(&connection.connector)?;
        let spec = connector.spec();
        let wanted = spec.object(&sync.object).and_then(|object| object.lead_id);
        let Some(wanted) = wanted.filter(|_| spec.capabilities.contains(&Capability::CreateField)) else {
            return Err(Error::new(
                ErrorCode::Conflict,
                format!(
                    "{} offers no way to make a Lead ID field from here. Leads are matched by e-mail and phone instead.",
                    spec.name
                ),
            ));
        };
        let line = self.lines.line(&connection).await?;
        let field = FieldSpec {
            name: wanted.name.into(),
            label: wanted.label.into(),
            kind: FieldKind::Text,
            unique: true,
        };
        let made = connector.create_field(&line.call(&*self.clock), &sync.object, &field).await?;
        let now = self.now();
        let fresh = connection.id.clone();
        let (key, name, object) = (Settings::lead_id_key(&sync.object), made.name, sync.object.clone());
        connection = self
            .store
            .write(move |tx| {
                let mut connection = tx.connection(&fresh)?;
                if !connection.settings.is_object() {
                    connection.settings = json!({});
                }
                connection.settings[&key] = json!(name);
                tx.save_connection(&connection)?;
                tx.record(
                    now,
                    "person",
                    "lead_id_field.created",
                    connection.id.as_str(),
                    &json!({"object": object, "fields": [name]}),
                )?;
                Ok(connection)
            })
            .await?;
        self.describe(&connection, &sync.object).await?;
        self.host.changed(&[Tag::Mappings, Tag::Connections, Tag::Audit]);
        self.mapping(request).await
    }

    /// The Lead ID field that is missing for `sync` and could be made.
    pub(crate) async fn missing_lead_id(&self, sync: &SavedSync) -> Result<Option<&'static LeadIdField>> {
        let destination = sync.destination.clone();
        let connection = self.store.read(move |tx| tx.connection(&destination)).await?;
        let spec = self.connector(&connection.connector)?.spec();
        let wanted = spec.object(&sync.object).and_then(|object| object.lead_id.as_ref());
        let Some(wanted) = wanted.filter(|_| spec.capabilities.contains(&Capability::CreateField)) else {
            return Ok(None);
        };
        let noted =
            connection.settings.get(Settings::lead_id_key(&sync.object)).and_then(|name| name.as_str());
        let (schema, _) = self.schema(&sync.destination, &sync.object).await?;
        Ok(schema.field(noted.unwrap_or(wanted.name)).is_none().then_some(wanted))
    }

    /// Makes the Lead ID field before the first lead goes. An account that may not have one made goes live without: people are
    /// found by e-mail address and phone number then.
    pub(crate) async fn make_lead_id_first(&self, sync: &SavedSync) -> Result<()> {
        if self.missing_lead_id(sync).await?.is_none() {
            return Ok(());
        }
        match self.create_lead_id_field(ById { id: sync.id.to_string() }).await {
            Ok(_) => Ok(()),
            Err(error) if matches!(error.code, ErrorCode::NeedsAccess | ErrorCode::Refused) => {
                tracing::info!(code = ?error.code, "the destination does not let us make a Lead ID field");
                let (now, id, object) = (self.now(), sync.destination.clone(), sync.object.clone());
                self.store
                    .write(move |tx| {
                        let detail = json!({ "object": object });
                        tx.record(now, "leadferry", "lead_id_field.refused", id.as_str(), &detail)
                    })
                    .await?;
                Ok(())
            }
            Err(error) => Err(error),
        }
    }
}
