//! Opens connections for the engine: base address, credential, pacing and transport put together from ledger and vault.

use std::collections::{BTreeMap, HashMap};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use leadferry_auth::oauth::{Client, Provider};
use leadferry_auth::tokens::{BasicAccess, HeaderAccess, OAuthAccess, TokenAccess, TokenEndpoint};
use leadferry_auth::vault::{EntryName, Vault};
use leadferry_connector::{
    Access, Connector, Credential, Fixed, Http, Pacer, Reach, SettingKind, Settings, Transport, address,
};
use leadferry_model::{Clock, ConnectionId, Failure, FailureKind};
use leadferry_store::{Connection, ConnectionState, Store};
use leadferry_sync::{Connect, Line};
use serde::{Deserialize, Serialize};
use url::Url;

/// How a connection authorises: kept in the ledger, never a secret in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Authorised {
    /// The way.
    #[serde(flatten)]
    pub(crate) way: Way,
    /// The person meant an address of the private network.
    #[serde(default)]
    pub(crate) private_network: bool,
    /// It is a practice CRM of this computer: its dialect.
    #[serde(default)]
    pub(crate) practice: Option<String>,
}

/// A way of authorising.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "way", rename_all = "snake_case")]
pub(crate) enum Way {
    /// Nothing is needed, or the connector's settings hold it.
    None,
    /// Signed in through the browser.
    OAuth {
        /// The app signed in with.
        client_id: String,
    },
    /// A pasted token.
    Token,
    /// User name and password.
    Basic {
        /// The user.
        user: String,
    },
    /// Headers a person set.
    Headers,
}

impl Authorised {
    /// What the ledger holds of `connection`.
    pub(crate) fn of(connection: &Connection) -> Self {
        serde_json::from_value(connection.auth.clone()).unwrap_or(Self {
            way: Way::None,
            private_network: false,
            practice: None,
        })
    }

    pub(crate) fn reach(&self) -> Reach {
        if self.private_network { Reach::PrivateNetwork } else { Reach::ThisComputer }
    }
}

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
        let shared = self.shared(connection, &authorised).await?;
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
            Arc::new(Pacer::new(spec.limits)),
            Arc::clone(&self.clock),
        );
        Ok(Line { http: http.urgent(), settings })
    }

    /// What the person set on `connection`, secrets from the vault.
    pub(crate) async fn settings(&self, connection: &Connection) -> Result<Settings, Failure> {
        let plain: BTreeMap<String, String> =
            serde_json::from_value(connection.settings.clone()).unwrap_or_default();
        let mut secret = BTreeMap::new();
        for setting in self.connector(connection)?.spec().settings {
            if matches!(setting.kind, SettingKind::Secret)
                && let Some(value) = self.vault.get(&EntryName::setting(&connection.id, setting.name)).await?
            {
                secret.insert(setting.name.to_owned(), value);
            }
        }
        Ok(Settings { plain, secret })
    }

    /// The token endpoint of a connection that signed in through the browser.
    pub(crate) async fn endpoint(
        &self,
        connection: &Connection,
        client_id: &str,
    ) -> Result<TokenEndpoint, Failure> {
        let spec = self.connector(connection)?.spec();
        let chosen = connection.base_url.as_deref().and_then(|base| Url::parse(base).ok());
        let provider = Provider::new(spec, chosen.as_ref())
            .map_err(|error| Failure::new(FailureKind::Unexpected, error.to_string()))?;
        let secret = self.vault.get(&EntryName::client_secret(&connection.id)).await?;
        let client = Client { id: client_id.to_owned(), secret };
        Ok(TokenEndpoint::new(&provider, client, Arc::clone(&self.transport), Arc::clone(&self.clock)))
    }

    async fn shared(&self, connection: &Connection, authorised: &Authorised) -> Result<Shared, Failure> {
        if let Some(shared) = self.all().get(&connection.id) {
            return Ok(shared.clone());
        }
        let (id, vault) = (&connection.id, self.vault.clone());
        let access: Arc<dyn Access> = match &authorised.way {
            Way::None => Arc::new(Fixed(Credential::None)),
            Way::OAuth { client_id } => {
                let endpoint = self.endpoint(connection, client_id).await?;
                Arc::new(OAuthAccess::new(id.clone(), vault, endpoint, Arc::clone(&self.clock)))
            }
            Way::Token => Arc::new(TokenAccess::new(id, vault)),
            Way::Basic { user } => Arc::new(BasicAccess::new(id, user.clone(), vault)),
            Way::Headers => Arc::new(HeaderAccess::new(id, vault)),
        };
        let limits = self.connector(connection)?.spec().limits;
        let fresh = Shared { pacer: Arc::new(Pacer::new(limits)), access };
        // Two lines may open at once; the first one's pacing is kept, so that calls are counted once.
        Ok(self.all().entry(id.clone()).or_insert(fresh).clone())
    }

    fn all(&self) -> std::sync::MutexGuard<'_, HashMap<ConnectionId, Shared>> {
        self.shared.lock().expect("BUG: nothing panics while it is held")
    }
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
