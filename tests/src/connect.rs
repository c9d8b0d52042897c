//! Opens lines to a CRM for the engine of a test: one base address, one access, one pacer.

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use leadferry_connector::{
    Access, Auth, Connector, Credential, FieldSpec, Fixed, Http, Limit, ObjectSpec, Pacer, Settings,
    Transport, Window,
};
use leadferry_model::{Clock, ConnectionId, Failure, Field, FieldKind, Secret};
use leadferry_sync::{Connect, Line};
use url::Url;

/// Where leads go when a test names no CRM.
pub const DEFAULT: &str = "hubspot";

/// The connector that speaks to the CRM `id`.
pub fn connector(id: &str) -> &'static dyn Connector {
    leadferry_connectors::by_id(id).unwrap_or_else(|| panic!("{id} is not in the list of connectors"))
}

/// The default connector.
pub fn hubspot() -> &'static dyn Connector {
    connector(DEFAULT)
}

/// The object leads become at `connector`: the first it writes.
pub fn lead_object(connector: &dyn Connector) -> &'static ObjectSpec {
    connector.spec().objects.first().expect("BUG: a connector writes something")
}

/// Opens lines to one account.
#[derive(Clone)]
pub struct Lines {
    connector: &'static dyn Connector,
    base: Url,
    transport: Arc<dyn Transport>,
    access: Arc<dyn Access>,
    pacer: Arc<Pacer>,
    clock: Arc<dyn Clock>,
    settings: Arc<Mutex<Settings>>,
}

impl Lines {
    /// Lines of `connector` to `base`.
    pub fn new(
        connector: &'static dyn Connector,
        base: Url,
        transport: Arc<dyn Transport>,
        access: Arc<dyn Access>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        let pacer = Arc::new(Pacer::new(connector.spec().limits, &Settings::default()));
        Self { connector, base, transport, access, pacer, clock, settings: Arc::default() }
    }

    /// Without the limits of a whole day: what a day holds is a matter of the plan.
    #[must_use]
    pub fn without_days(self) -> Self {
        let limits = self.connector.spec().limits.iter().copied();
        let limits: Vec<Limit> = limits.filter(|limit| limit.window != Window::Day).collect();
        Self { pacer: Arc::new(Pacer::new(&limits, &Settings::default())), ..self }
    }

    /// A line, as every batch gets a new one.
    pub fn line(&self) -> Line {
        let http = Http::new(
            self.connector.spec(),
            self.base.clone(),
            Arc::clone(&self.transport),
            Arc::clone(&self.access),
            Arc::clone(&self.pacer),
            Arc::clone(&self.clock),
        );
        Line { http, settings: self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone() }
    }

    /// Looks who we are at the account, and remembers what the connector wants to know again, as the wizard does.
    pub async fn check(&self) -> Result<(), Failure> {
        let line = self.line();
        let account = self.connector.check(&line.call(&*self.clock)).await?;
        account.remember.into_iter().for_each(|(name, value)| self.remember(name, value));
        Ok(())
    }

    /// Makes sure that the account has the Lead ID field, where the connector has one, and remembers its name as the wizard does.
    pub async fn create_lead_id(&self) -> Result<(), Failure> {
        let object = lead_object(self.connector);
        let Some(lead_id) = object.lead_id else { return Ok(()) };
        let field = FieldSpec {
            name: lead_id.name.to_owned(),
            label: lead_id.label.to_owned(),
            kind: FieldKind::Text,
            unique: true,
        };
        let made = self.create_field(&field).await?;
        self.remember(Settings::lead_id_key(object.name), made.name);
        Ok(())
    }

    /// Makes a field of the object leads become.
    pub async fn create_field(&self, field: &FieldSpec) -> Result<Field, Failure> {
        let line = self.line();
        let object = lead_object(self.connector).name;
        self.connector.create_field(&line.call(&*self.clock), object, field).await
    }

    /// The field that holds our Lead ID.
    pub fn lead_id_field(&self) -> Option<String> {
        self.line().settings.lead_id_field(lead_object(self.connector)).map(str::to_owned)
    }

    fn remember(&self, name: String, value: String) {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).plain.insert(name, value);
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

/// A ready-made token in the form `connector` shows it: as a pasted one; where nobody can paste one, as one that somebody signed
/// in for.
pub fn ready(connector: &dyn Connector, token: &Secret) -> Arc<dyn Access> {
    let can_be_pasted = connector.spec().auth.iter().any(|auth| matches!(auth, Auth::Token { .. }));
    if can_be_pasted { pasted(token) } else { Arc::new(Fixed(Credential::Bearer(token.clone()))) }
}
