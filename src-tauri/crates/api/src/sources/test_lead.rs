//! A lead that everybody can tell from a real one, taken in the way real ones are.

use leadferry_model::{Captured, ConnectionId, DeliveryState, Record, Value};
use leadferry_store::Role;
use leadferry_sync::Ingest;
use serde_json::json;

use crate::commands::Tag;
use crate::types::{AddLead, LeadRow, Named};
use crate::{App, Error, Result};

/// What a test lead is called wherever it turns up.
const NAME: &str = "Test Contact";

impl App {
    /// Sends a test lead through `source`. Values a person typed are taken as they are; without any, it is *Test Contact* at
    /// a reserved address.
    pub async fn send_test_lead(&self, request: AddLead) -> Result<LeadRow> {
        let source = self.kept_connection(&ConnectionId::new(request.source)).await?;
        if source.role != Role::Source {
            return Err(Error::usage("A test lead begins at a source. Choose one of your sources."));
        }
        let id = uuid::Uuid::new_v4().simple().to_string();
        let typed: Record = request
            .fields
            .iter()
            .filter(|pair| !pair.value.trim().is_empty())
            .map(|pair| (pair.name.as_str(), Value::text(pair.value.trim())))
            .collect();
        let fields = if typed.iter().next().is_none() { sample(&id) } else { typed };
        let captured = Captured { source_id: format!("test-{id}"), captured_at: Some(self.now()), fields };
        let ingest = Ingest::new(self.engine.clone(), self.kept_settings().await?.region);
        let accepted = ingest.accept(&source.id, captured, false).await?;
        let (now, lead) = (self.now(), accepted.lead.clone());
        let lead = self
            .store
            .write(move |tx| {
                tx.record(now, "person", "lead.test_sent", &format!("lead {lead}"), &json!({}))?;
                tx.lead(&lead)
            })
            .await?;
        self.host.changed(&[Tag::Leads, Tag::Deliveries]);
        Ok(LeadRow {
            id: lead.id.to_string(),
            name: lead.name.or_else(|| lead.email.clone()).unwrap_or_else(|| NAME.into()),
            email: lead.email,
            phone: lead.phone,
            source: Named { id: source.id.to_string(), name: source.name },
            captured_at: lead.captured_at.to_string(),
            state: (!accepted.deliveries.is_empty()).then_some(DeliveryState::Pending),
            record_url: None,
        })
    }
}

/// Each one is a person of its own, so that a second test is not merged into the first.
fn sample(id: &str) -> Record {
    let email = format!("test.contact+{}@example.com", &id[..8]);
    [("name", NAME), ("email", email.as_str()), ("message", "This is a test lead from Leadferry.")]
        .map(|(name, text)| (name, Value::text(text)))
        .into_iter()
        .collect()
}
