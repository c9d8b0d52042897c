//! Opens connections for the engine: base address, credential, pacing and transport put together from ledger and vault.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use leadferry_auth::oauth::Client;
use leadferry_auth::tokens::{BasicAccess, HeaderAccess, OAuthAccess, TokenAccess, TokenEndpoint, TokenSet};
use leadferry_auth::vault::{EntryName, Vault};
use leadferry_connector::{
    Access, Connector, Credential, Fixed, Http, Pacer, SettingKind, Settings, Transport, address,
};
use leadferry_model::{Clock, ConnectionId, Failure, FailureKind};
use leadferry_store::{Connection, ConnectionState, Store};
use leadferry_sync::{Connect, Line};

use crate::way::{Authorised, Way, built_in};

/// What is shared by everything that talks to one account.
#[derive(Clone)]
struct Shared {
    pacer: Arc<Pacer>,
    access: Arc<dyn Access>,
}

/// Opens lines. Pacing and renewing tokens are shared by all lines of a connection.
pub(crate) struct Lines {
    connectors: &'static [&'static dyn Connector],
    store: Store,
    vault: Vault,
    transport: Arc<dyn Transport>,
    clock: Arc<dyn Clock>,
    shared: Mutex<HashMap<ConnectionId, Shared>>,
}

impl Lines {
    pub(crate) fn new(
        connectors: &'static [&'static dyn Connector],
        store: Store,
        vault: Vault,
        transport: Arc<dyn Transport>,
        clock: Arc<dyn Clock>,
    ) -> Self {
        Self { connectors, store, vault, transport, clock, shared: Mutex::default() }
    }

    /// Forgets what is shared for `connection`: it was signed in again, changed or taken off.
    pub(crate) fn forget(&self, connection: &ConnectionId) {
        self.all().remove(connection);
    }

    /// What is left of the limits of `connection`, as far as this process has talked to it.
    pub(crate) fn pacer(&self, connection: &ConnectionId) -> Option<Arc<Pacer>> {
        self.all().get(connection).map(|shared| Arc::clone(&shared.pacer))
    }

    /// The connector of `connection`.
    pub(crate) fn connector(&self, connection: &Connection) -> Result<&'static dyn Connector, Failure> {
        self.connectors
            .iter()
            .copied()
            .find(|connector| connector.spec().id == connection.connector)
            .ok_or_else(|| Failure::new(FailureKind::Unexpected, "this build has no such connector"))
    }

    /// A line to a connection that need not be in the ledger yet.
    pub(crate) async fn line(&self, connection: &Connection) -> Result<Line, Failure> {
        let spec = self.connector(connection)?.spec();
        let authorised = Authorised::of(connection);
        let settings = self.settings(connection).await?;
        let base = address::base(spec, connection.base_url.as_deref(), &settings, authorised.reach())
            .map_err(|problem| Failure::new(FailureKind::Unavailable, problem.to_string()).code("address"))?;
        let shared = self.shared(connection, &authorised, &settings).await?;
        let http = Http::new(
            spec,
            base,
            Arc::clone(&self.transport),
            shared.access,
            shared.pacer,
            Arc::clone(&self.clock),
        );
        Ok(Line { http, settings })
    }

    /// A line with a credential that is not kept yet: to check before saving.
    pub(crate) fn trial(
        &self,
        connection: &Connection,
        credential: Credential,
        settings: Settings,
    ) -> Result<Line, Failure> {
        let spec = self.connector(connection)?.spec();
        let authorised = Authorised::of(connection);
        let base = address::base(spec, connection.base_url.as_deref(), &settings, authorised.reach())
            .map_err(|problem| Failure::new(FailureKind::Unavailable, problem.to_string()).code("address"))?;
        let http = Http::new(
            spec,
            base,
            Arc::clone(&self.transport),
            Arc::new(Fixed(credential)),
            Arc::new(Pacer::new(spec.limits, &settings)),
            Arc::clone(&self.clock),
        );
        Ok(Line { http: http.urgent(), settings })
    }

    /// What the person set on `connection`, secrets from the vault; and what the vendor said with the newest tokens, which a
    /// renewal may have changed since. That is only believed of the vault: the ledger can be brought in from a file, and one of
    /// these facts is where requests go.
    pub(crate) async fn settings(&self, connection: &Connection) -> Result<Settings, Failure> {
        let plain: BTreeMap<String, String> =
            serde_json::from_value(connection.settings.clone()).unwrap_or_default();
        let mut settings = Settings { plain, ..Settings::default() };
        let tokens = match Authorised::of(connection).way.has_tokens() {
            true => TokenSet::load(&self.vault, &connection.id).await?,
            false => None,
        };
        told(&mut settings, tokens.as_ref());
        let mut secret = BTreeMap::new();
        for setting in self.connector(connection)?.spec().settings {
            if matches!(setting.kind, SettingKind::Secret)
                && let Some(value) = self.vault.get(&EntryName::setting(&connection.id, setting.name)).await?
            {
                secret.insert(setting.name.to_owned(), value);
            }
        }
        settings.secret = secret;
        Ok(settings)
    }

    /// Where tokens of `connection` are renewed and given up, for a way that has tokens.
    pub(crate) async fn endpoint(
        &self,
        connection: &Connection,
        authorised: &Authorised,
    ) -> Result<TokenEndpoint, Failure> {
        let spec = self.connector(connection)?.spec();
        let addresses = authorised.addresses(spec, connection).map_err(|error| unusable(&error))?;
        let id = authorised.way.client_id().unwrap_or_default().to_owned();
        let client = match self.vault.get(&EntryName::client_secret(&connection.id)).await? {
            Some(secret) => Client { id, secret: Some(secret) },
            // The secret of the build's own app is kept nowhere else.
            None => built_in(spec).filter(|own| own.id == id).unwrap_or(Client { id, secret: None }),
        };
        Ok(TokenEndpoint::new(&addresses, client, Arc::clone(&self.transport), Arc::clone(&self.clock)))
    }

    async fn renewed(
        &self,
        connection: &Connection,
        authorised: &Authorised,
    ) -> Result<OAuthAccess, Failure> {
        let spec = self.connector(connection)?.spec();
        let addresses = authorised.addresses(spec, connection).map_err(|error| unusable(&error))?;
        let key = self.vault.get(&EntryName::private_key(&connection.id)).await?;
        let renewal = authorised
            .way
            .renewal(spec, &addresses, key.as_ref())
            .map_err(|fault| Failure::new(FailureKind::Auth, fault.to_string()).code("private_key"))?;
        let endpoint = self.endpoint(connection, authorised).await?;
        let (id, vault, clock) = (connection.id.clone(), self.vault.clone(), Arc::clone(&self.clock));
        Ok(OAuthAccess::by(renewal, id, vault, endpoint, clock))
    }

    async fn shared(
        &self,
        connection: &Connection,
        authorised: &Authorised,
        settings: &Settings,
    ) -> Result<Shared, Failure> {
        if let Some(shared) = self.all().get(&connection.id) {
            return Ok(shared.clone());
        }
        let (id, vault) = (&connection.id, self.vault.clone());
        let access: Arc<dyn Access> = match &authorised.way {
            Way::None => Arc::new(Fixed(Credential::None)),
            Way::OAuth { .. }
            | Way::ClientCredentials { .. }
            | Way::JwtBearer { .. }
            | Way::PastedCode { .. } => Arc::new(self.renewed(connection, authorised).await?),
            Way::Token => Arc::new(TokenAccess::new(id, vault)),
            Way::Basic { user } => Arc::new(BasicAccess::new(id, user.clone(), vault)),
            Way::Headers => Arc::new(HeaderAccess::new(id, vault)),
        };
        let limits = self.connector(connection)?.spec().limits;
        let fresh = Shared { pacer: Arc::new(Pacer::new(limits, settings)), access };
        // Two lines may open at once; the first one's pacing is kept, so that calls are counted once.
        Ok(self.all().entry(id.clone()).or_insert(fresh).clone())
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<ConnectionId, Shared>> {
        self.shared.lock().expect("BUG: nothing panics while it is held")
    }
}

/// Puts what the vendor said with `tokens` in place of what it said before.
pub(crate) fn told(settings: &mut Settings, tokens: Option<&TokenSet>) {
    settings.plain.retain(|name, _| {
        !name.starts_with(&Settings::token_fact_key("")) && name != Settings::GRANTED_SCOPES
    });
    let Some(tokens) = tokens else { return };
    let facts = tokens.extras.iter().map(|(name, value)| (Settings::token_fact_key(name), value.clone()));
    settings.plain.extend(facts);
    settings.plain.insert(Settings::GRANTED_SCOPES.into(), tokens.scopes.join(" "));
}

fn unusable(error: &leadferry_auth::oauth::ProviderError) -> Failure {
    Failure::new(FailureKind::Unexpected, error.to_string())
}

#[async_trait]
impl Connect for Lines {
    async fn open(&self, connection: &ConnectionId) -> Result<Line, Failure> {
        let id = connection.clone();
        let connection = self
            .store
            .read(move |tx| tx.connection(&id))
            .await
            .map_err(|error| Failure::new(FailureKind::Unavailable, error.to_string()).code("ledger"))?;
        if connection.state == ConnectionState::Disconnected {
            return Err(Failure::new(FailureKind::Auth, "the connection was taken off").code("disconnected"));
        }
        self.line(&connection).await
    }
}
