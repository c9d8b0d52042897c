//! What both ends of a sync look like: the destination's described fields, and the source's fields with samples.

use leadferry_mapping::{SourceField, describe_source};
use leadferry_model::{ConnectionId, ObjectSchema, Timestamp};
use leadferry_store::Connection;

use crate::{App, Result};

/// Leads looked at for sample values. Enough to see every kind, few enough to answer at once.
const SAMPLES: u64 = 200;

impl App {
    /// The fields of a destination's object, as last read; read now if they never were.
    pub(crate) async fn schema(
        &self,
        connection: &ConnectionId,
        object: &str,
    ) -> Result<(ObjectSchema, Timestamp)> {
        let (id, name) = (connection.clone(), object.to_owned());
        if let Some(kept) = self.store.read(move |tx| tx.schema(&id, &name)).await? {
            return Ok(kept);
        }
        let id = connection.clone();
        let connection = self.store.read(move |tx| tx.connection(&id)).await?;
        self.describe(&connection, object).await
    }

    /// Reads the fields of a destination's object now, and keeps them.
    pub(crate) async fn describe(
        &self,
        connection: &Connection,
        object: &str,
    ) -> Result<(ObjectSchema, Timestamp)> {
        let connector = self.connector(&connection.connector)?;
        let line = self.lines.line(connection).await?;
        let schema = connector.describe(&line.call(&*self.clock), object).await?;
        let (now, id, kept) = (self.now(), connection.id.clone(), schema.clone());
        self.store.write(move |tx| tx.save_schema(now, &id, &kept)).await?;
        Ok((schema, now))
    }

    /// The fields of a source with samples from its newest leads, in name order.
    pub(crate) async fn source_fields(&self, source: &ConnectionId) -> Result<Vec<SourceField>> {
        let id = source.clone();
        let leads = self.store.read(move |tx| tx.newest_leads_of(&id, SAMPLES)).await?;
        let mut columns: std::collections::BTreeMap<String, Vec<String>> = std::collections::BTreeMap::new();
        for lead in &leads {
            for (name, value) in lead.fields.iter() {
                columns.entry(name.to_owned()).or_default().push(value.to_string());
            }
        }
        Ok(columns
            .into_iter()
            .map(|(name, mut samples)| {
                // A field that many leads lack counts as blank for those.
                samples.resize(leads.len(), String::new());
                describe_source(&name, &samples)
            })
            .collect())
    }
}
