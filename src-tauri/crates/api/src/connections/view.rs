//! Connections as a person sees them: account, rights, syncs, and what is the matter.

use leadferry_connector::{Account, SettingKind};
use leadferry_model::{ConnectionId, DeliveryState, Failure, FailureKind};
use leadferry_store::{
    Connection, DeliveryFilter, LaneState, Reader, Role, SavedSync, Selection, StoreError,
};

use super::{FILE, RECEIVER};
use crate::explain::{Context, explain};
use crate::hooks;
use crate::types::{AccountView, ConnectionState, ConnectionView, Explained, Named, Nothing, Pair};
use crate::way::Authorised;
use crate::{App, Result};

/// What the ledger knows of one connection.
pub(crate) struct Known {
    pub(crate) connection: Connection,
    syncs: Vec<SavedSync>,
    /// What closed its lane.
    failure: Option<Failure>,
    /// Leads that wait for it.
    waiting: u64,
    /// What its vendor was asked for, and whether there is an address to call.
    hooks: (Option<hooks::Asked>, bool),
}

impl Known {
    /// Reads it.
    pub(crate) fn of(
        tx: &Reader<'_>,
        now: leadferry_model::Timestamp,
        connection: Connection,
    ) -> Result<Self, StoreError> {
        let id = &connection.id;
        let syncs =
            tx.syncs()?.into_iter().filter(|sync| sync.source == *id || sync.destination == *id).collect();
        let lane = tx.lane(now, id)?;
        let filter = DeliveryFilter { destination: Some(id.clone()), ..DeliveryFilter::default() };
        let open = [DeliveryState::Pending, DeliveryState::Retrying];
        let waiting = match connection.role {
            Role::Destination => tx.count_selected(&Selection::Filter(filter), &open)?,
            Role::Source => 0,
        };
        let failure = if lane.state == LaneState::Open { None } else { lane.failure };
        let hooks = hooks::known(tx, id)?;
        Ok(Self { connection, syncs, failure, waiting, hooks })
    }
}

impl App {
    /// Every connection, oldest first.
    pub async fn connections(&self, _: Nothing) -> Result<Vec<ConnectionView>> {
        let now = self.now();
        let all = self
            .store
            .read(move |tx| {
                tx.connections()?
                    .into_iter()
                    .map(|one| Known::of(tx, now, one))
                    .collect::<Result<Vec<_>, _>>()
            })
            .await?;
        Ok(all.into_iter().map(|known| self.connection_view(known)).collect())
    }

    /// One connection as it stands in the ledger.
    pub(crate) async fn view_of(&self, id: &ConnectionId) -> Result<ConnectionView> {
        let (now, id) = (self.now(), id.clone());
        let known = self.store.read(move |tx| Known::of(tx, now, tx.connection(&id)?)).await?;
        Ok(self.connection_view(known))
    }

    fn connection_view(&self, known: Known) -> ConnectionView {
        let problem = self.problem_of(&known);
        let Known { connection, syncs, hooks, .. } = known;
        let account =
            connection.account.clone().and_then(|kept| serde_json::from_value::<Account>(kept).ok());
        let authorised = Authorised::of(&connection);
        ConnectionView {
            connector_name: self.system_name(&connection.connector).into(),
            settings: self.plain_settings(&connection),
            practice: authorised.practice.is_some(),
            hooks: self.hooks_view(&connection, !syncs.is_empty(), &hooks),
            way: authorised.way.kind().map(str::to_owned),
            host: self.shown_host(&connection.connector, &authorised),
            role: connection.role.as_str().into(),
            state: connection.state.into(),
            account: account.map(AccountView::from),
            syncs: syncs.into_iter().map(|sync| Named { id: sync.id.to_string(), name: sync.name }).collect(),
            checked_at: connection.checked_at.map(|at| at.to_string()),
            id: connection.id.to_string(),
            connector: connection.connector,
            name: connection.name,
            base_url: connection.base_url,
            problem,
        }
    }

    /// The name people know a connector by.
    pub(crate) fn system_name(&self, connector: &str) -> &'static str {
        match connector {
            FILE => "File",
            RECEIVER => "Receiver",
            other => self.connector(other).map_or("Unknown system", |connector| connector.spec().name),
        }
    }

    fn problem_of(&self, known: &Known) -> Option<Explained> {
        let failure = match (known.connection.state, &known.failure) {
            (leadferry_store::ConnectionState::Disconnected, _) => return None,
            (_, Some(failure)) => failure.clone(),
            (leadferry_store::ConnectionState::NeedsAccess, None) => {
                Failure::new(FailureKind::Auth, "nobody has signed in")
            }
            (leadferry_store::ConnectionState::Connected, None) => return None,
        };
        Some(self.explained(&known.connection, &failure, known.waiting))
    }

    /// `failure` of `connection` in words.
    pub(crate) fn explained(&self, connection: &Connection, failure: &Failure, waiting: u64) -> Explained {
        let about = Context {
            connection: connection.id.as_str(),
            system: self.system_name(&connection.connector),
            schema: None,
            leads: u32::try_from(waiting).unwrap_or(u32::MAX),
        };
        explain(failure, &about)
    }

    /// Where the account signs in, in the spec's own writing where it is one of its hosts: so that a form finds its choice again.
    fn shown_host(&self, connector: &str, authorised: &Authorised) -> Option<String> {
        let spec = self.connector(connector).ok()?.spec();
        let at = authorised.way.endpoint(spec)?.at;
        let kept = at.admit(authorised.host.as_deref()?)?;
        let listed = at.hosts().iter().find(|host| at.admit(host.url).as_ref() == Some(&kept));
        Some(
            listed.map_or_else(|| kept.host_str().unwrap_or_default().to_owned(), |host| host.url.to_owned()),
        )
    }

    /// What a person set; what Leadferry remembers for itself stays out.
    fn plain_settings(&self, connection: &Connection) -> Vec<Pair> {
        let Ok(connector) = self.connector(&connection.connector) else { return Vec::new() };
        let set = |setting: &&leadferry_connector::Setting| !matches!(setting.kind, SettingKind::Secret);
        let pair = |setting: &leadferry_connector::Setting| {
            let value = connection.settings.get(setting.name)?.as_str()?;
            Some(Pair { name: setting.name.into(), value: value.into() })
        };
        connector.spec().settings.iter().filter(set).filter_map(pair).collect()
    }
}

impl From<leadferry_store::ConnectionState> for ConnectionState {
    fn from(state: leadferry_store::ConnectionState) -> Self {
        match state {
            leadferry_store::ConnectionState::Connected => Self::Connected,
            leadferry_store::ConnectionState::NeedsAccess => Self::NeedsAccess,
            leadferry_store::ConnectionState::Disconnected => Self::Disconnected,
        }
    }
}

impl From<Account> for AccountView {
    fn from(account: Account) -> Self {
        Self {
            name: account.name,
            user: account.user,
            may: account.may,
            may_not: account.may_not,
            sandbox: account.sandbox,
            read_only: account.read_only,
        }
    }
}
