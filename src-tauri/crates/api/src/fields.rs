//! The fields of an object at a destination, before any sync uses them.

use leadferry_model::{ConnectionId, ObjectSchema};
use leadferry_store::Role;

use crate::types::FieldsOf;
use crate::{App, Error, Result};

impl App {
    /// Reads the fields of an object now; the destination's first object by default.
    pub async fn object_fields(&self, request: FieldsOf) -> Result<ObjectSchema> {
        let id = ConnectionId::new(&request.connection);
        let connection = self.store.read(move |tx| tx.connection(&id)).await?;
        if connection.role != Role::Destination {
            return Err(Error::usage(format!(
                "“{}” is a source. Choose a connection that leads go to.",
                connection.name
            )));
        }
        let spec = self.connector(&connection.connector)?.spec();
        let object = match &request.object {
            Some(name) => spec.object(name),
            None => spec.objects.first(),
        };
        let object = object.ok_or_else(|| {
            let known: Vec<_> = spec.objects.iter().map(|object| object.name).collect();
            let wanted = request.object.as_deref().unwrap_or("object");
            Error::usage(format!("{} has no {wanted}. It has: {}.", spec.name, known.join(", ")))
        })?;
        Ok(self.describe(&connection, object.name).await?.0)
    }
}
