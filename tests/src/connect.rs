//! Opens lines to HubSpot for the engine of a test: one base address, one access, one pacer.

use std::sync::Arc;

use async_trait::async_trait;
use leadferry_connector::{
    Access, Connector, Credential, FieldSpec, Fixed, Http, Pacer, Settings, Transport,
};
use leadferry_model::{Clock, ConnectionId, Failure, FieldKind, Secret};
use leadferry_sync::{Connect, Line};
use url::Url;

use crate::furniture::OBJECT;

/// The connector under test.
pub fn hubspot() -> &'static dyn Connector {
    leadferry_connectors::by_id("hubspot").expect("BUG: HubSpot is in the list")
}

/// Opens lines to one account.
#[derive(Clone)]
pub struct Lines {
    base: Url,
    transport: Arc<dyn Transport>,
    access: Arc<dyn Access>,
    pacer: Arc<Pacer>,
    clock: Arc<dyn Clock>,
}

impl Lines {
    /// Lines to `base`.
    pub fn new(
        base: Url,
        transport: Arc<dyn Transport>,
        access: Arc<dyn Access>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let pacer = Arc::new(Pacer::new(hubspot().spec().limits));
        Self { base, transport, access, pacer, clock }
    }

    /// A line, as every batch gets a new one.
    pub fn line(&self) -> Line {
        let http = Http::new(
            hubspot().spec(),
            self.base.clone(),
            Arc::clone(&self.transport),
            Arc::clone(&self.access),
            Arc::clone(&self.pacer),
            Arc::clone(&self.clock),
        );
        Line { http, settings: Settings::default() }
    }

    /// Makes sure that the account has the unique Lead ID property, as the wizard does.
    pub async fn create_lead_id(&self) -> Result<(), Failure> {
        let line = self.line();
        let object = hubspot().spec().object(OBJECT).expect("BUG: contacts are written");
        let lead_id = object.lead_id.expect("BUG: contacts have a Lead ID");
        let field = FieldSpec {
            name: lead_id.name.to_owned(),
            label: lead_id.label.to_owned(),
            kind: FieldKind::Text,
            unique: true,
        };
        hubspot().create_field(&line.call(&*self.clock), OBJECT, &field).await.map(drop)
    }
}

#[async_trait]
impl Connect for Lines {
    async fn open(&self, _connection: &ConnectionId) -> Result<Line, Failure> {
        Ok(self.line())
    }
}

/// A pasted token.
pub fn pasted(token: &Secret) -> Arc<dyn Access> {
    Arc::new(Fixed(Credential::Token(token.clone())))
}
