//! Practice CRMs of this computer: started and stopped, connected like a real one, with weather to learn from.
//!
//! A practice CRM that is stopped keeps what it holds, as a real one that is down does. Over a restart of Leadferry it keeps
//! port, seed and fields, so that its connection's address, app, tokens and mapping still fit; its records are sample data in
//! memory and begin anew.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use leadferry_auth::oauth::Client;
use leadferry_auth::tokens::TokenSet;
use leadferry_model::{ObjectSchema, Timestamp};
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_practice::{DialectInfo, Options, Practice, Running, ServeError, dialects};
use leadferry_store::{Connection, ConnectionState, Reader};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::Tag;
use crate::connections::SignIn;
use crate::types::{
    ById, Nothing, OAuthStatus, PracticeCount, PracticeView, SetWeather, StartOAuth, Weather,
};
use crate::way::{Authorised, Way};
use crate::{App, Error, Result};

/// The setting that keeps where practice CRMs were.
const KEPT: &str = "practice";

/// A practice CRM of this process.
pub(crate) struct PracticeServer {
    practice: Practice,
    /// None while it is stopped.
    running: Option<Running>,
    weather: Weather,
}

impl PracticeServer {
    fn url(&self) -> Option<String> {
        self.running.as_ref().map(Running::url)
    }
}

/// What makes a practice CRM the same one after a restart.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
struct Place {
    port: u16,
    seed: u64,
}

impl App {
    /// Every practice CRM there can be.
    pub async fn practice(&self, _: Nothing) -> Result<Vec<PracticeView>> {
        let running = self.practices.lock().await;
        Ok(dialects().iter().map(|dialect| view(dialect, running.get(dialect.id))).collect())
    }

    /// Starts a practice CRM, if it does not run yet.
    pub async fn start_practice(&self, request: ById) -> Result<PracticeView> {
        let dialect = dialect(&request.id)?;
        let mut servers = self.practices.lock().await;
        let server = match servers.remove(dialect.id) {
            Some(server) if server.running.is_some() => server,
            stopped => {
                self.host.changed(&[Tag::Practice]);
                self.serve_practice(dialect.id, stopped.map(|server| server.practice)).await?
            }
        };
        let server = servers.entry(dialect.id.into()).insert_entry(server);
        Ok(view(&dialect, Some(server.get())))
    }

    /// Stops a practice CRM. Its connections wait until it starts again.
    pub async fn stop_practice(&self, request: ById) -> Result<Nothing> {
        let dialect = dialect(&request.id)?;
        let mut servers = self.practices.lock().await;
        if let Some(running) = servers.get_mut(dialect.id).and_then(|server| server.running.take()) {
            running.shutdown().await;
            self.host.changed(&[Tag::Practice]);
        }
        Ok(Nothing {})
    }

    /// Starts a practice CRM where needed and opens its sign-in page in the browser.
    pub async fn connect_practice(&self, request: ById) -> Result<OAuthStatus> {
        let dialect = dialect(&request.id)?;
        self.start_practice(ById { id: dialect.id.into() }).await?;
        let (base, tokens) = {
            let servers = self.practices.lock().await;
            let server = servers.get(dialect.id);
            let found = server.and_then(|server| Some((server.url()?, server.practice.tokens())));
            found.ok_or_else(|| Error::not_found("practice CRM"))?
        };
        let before = self.practice_connections(dialect.id).await?.into_iter().next();
        let request = StartOAuth {
            connector: dialect.id.into(),
            role: "destination".into(),
            base_url: Some(base),
            allow_private: false,
            client_id: Some(tokens.client_id.clone()),
            client_secret: Some(tokens.client_secret.expose().to_owned()),
            host: None,
            settings: Vec::new(),
            reconnect: before.map(|connection| connection.id.to_string()),
            open_browser: true,
        };
        let mut sign_in: SignIn = self.sign_in_for(&request).await?;
        sign_in.client = Client { id: tokens.client_id, secret: Some(tokens.client_secret) };
        let draft = &mut sign_in.draft.connection;
        let authorised = Authorised { practice: Some(dialect.id.into()), ..Authorised::of(draft) };
        draft.auth = json!(authorised);
        self.begin(sign_in)
    }

    /// Sets a practice CRM's weather.
    pub async fn set_weather(&self, request: SetWeather) -> Result<PracticeView> {
        let dialect = dialect(&request.dialect)?;
        let mut running = self.practices.lock().await;
        let server =
            running.get_mut(dialect.id).filter(|server| server.running.is_some()).ok_or_else(|| {
                Error::usage(format!(
                    "The practice {} does not run. Start it, then choose its weather.",
                    dialect.name
                ))
            })?;
        server.practice.set_weather(forecast(&request.weather));
        if request.weather.expired_token {
            server.practice.expire_tokens();
        }
        if request.weather.revoked {
            server.practice.revoke_grants();
        }
        server.weather = Weather { expired_token: false, revoked: false, ..request.weather };
        self.host.changed(&[Tag::Practice]);
        Ok(view(&dialect, Some(server)))
    }

    /// Brings back the practice CRMs that connections lead to, where they were, with the access they had granted. One that
    /// cannot start leaves its connection without an answer, like any CRM that is down.
    pub(crate) async fn restart_practices(&self) {
        for dialect in dialects() {
            if let Err(error) = self.restart(dialect.id).await {
                tracing::warn!(dialect = dialect.id, %error, "a practice CRM did not start again");
            }
        }
    }

    async fn restart(&self, dialect: &str) -> Result<()> {
        let connections = self.practice_connections(dialect).await?;
        if connections.is_empty() {
            return Ok(());
        }
        let server = self.serve_practice(dialect, None).await?;
        for connection in connections {
            for schema in self.kept_schemas(&connection).await? {
                server.practice.load_fields(&schema)?;
            }
            let Way::OAuth { client_id } = Authorised::of(&connection).way else { continue };
            let Some(tokens) = TokenSet::load(&self.vault, &connection.id).await? else { continue };
            for refresh in tokens.refresh.iter().chain(&tokens.previous_refresh) {
                server.practice.take_up_grant(&client_id, refresh, &tokens.scopes);
            }
        }
        self.practices.lock().await.insert(dialect.into(), server);
        Ok(())
    }

    /// The fields of a connection as they were read last.
    async fn kept_schemas(&self, connection: &Connection) -> Result<Vec<ObjectSchema>> {
        let (id, spec) = (connection.id.clone(), self.connector(&connection.connector)?.spec());
        let kept = move |tx: &Reader<'_>| {
            spec.objects.iter().filter_map(|object| tx.schema(&id, object.name).transpose()).collect()
        };
        let kept: Vec<(ObjectSchema, Timestamp)> = self.store.read(kept).await?;
        Ok(kept.into_iter().map(|(schema, _)| schema).collect())
    }

    async fn practice_connections(&self, dialect: &str) -> Result<Vec<Connection>> {
        let all = self.store.read(|tx| tx.connections()).await?;
        let of = |connection: &Connection| {
            connection.state != ConnectionState::Disconnected
                && Authorised::of(connection).practice.as_deref() == Some(dialect)
        };
        Ok(all.into_iter().filter(of).collect())
    }

    /// Puts a practice CRM where it was; where another program took its port, at a free one. One that was stopped in this
    /// process is the same one again.
    async fn serve_practice(&self, dialect: &str, stopped: Option<Practice>) -> Result<PracticeServer> {
        let kept = self.store.read(|tx| tx.setting(KEPT)).await?;
        let mut places: BTreeMap<String, Place> =
            kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default();
        let before = places.get(dialect).copied();
        // JSON numbers beyond 2^53 lose digits in some readers of the ledger's copy.
        let seed = before.map_or_else(|| u64::from(rand::random::<u32>()), |place| place.seed);
        let options = Options { seed: Some(seed), clock: Arc::clone(&self.clock), public_base: None };
        let practice = match stopped {
            Some(practice) => {
                practice.set_weather(forecast(&Weather::default()));
                practice
            }
            None => Practice::new(dialect, options)?,
        };
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let running = match practice.serve(at(before.map_or(0, |place| place.port))).await {
            Err(ServeError::Bind { .. }) if before.is_some() => practice.serve(at(0)).await?,
            served => served?,
        };
        places.insert(dialect.into(), Place { port: running.addr.port(), seed });
        self.store.write(move |tx| tx.set_setting(KEPT, &json!(places))).await?;
        Ok(PracticeServer { practice, running: Some(running), weather: Weather::default() })
    }
}

fn dialect(id: &str) -> Result<DialectInfo> {
    dialects().into_iter().find(|dialect| dialect.id == id).ok_or_else(|| Error::not_found("practice CRM"))
}

fn view(dialect: &DialectInfo, server: Option<&PracticeServer>) -> PracticeView {
    let counts = server.map(|server| server.practice.counts()).unwrap_or_default();
    PracticeView {
        connector: dialect.id.into(),
        dialect: dialect.id.into(),
        name: dialect.name.into(),
        running: server.is_some_and(|server| server.running.is_some()),
        base_url: server.and_then(PracticeServer::url),
        records: counts
            .into_iter()
            .map(|(object, count)| PracticeCount { object, count: u32::try_from(count).unwrap_or(u32::MAX) })
            .collect(),
        weather: server.map(|server| server.weather.clone()).unwrap_or_default(),
    }
}

/// A person's switches as faults.
fn forecast(weather: &Weather) -> leadferry_practice::Weather {
    let writes = weather.lost_answers.then_some((Fault::AnswerLost, On::Writes));
    let rows = weather
        .partial_failures
        .then_some((Fault::RowsRefused { every: LARGEST_BATCH, passing: false }, On::Writes));
    let limited = weather
        .rate_limited
        .then_some((Fault::RateLimited { retry_after_seconds: Some(5), daily: false }, On::All));
    let outage = weather.outage.then_some((Fault::Outage { status: 503 }, On::All));
    let slow = (weather.delay_ms > 0).then_some((Fault::Slow { millis: weather.delay_ms.into() }, On::All));
    let spells = [outage, limited, slow, writes, rows].into_iter().flatten();
    leadferry_practice::Weather {
        spells: spells.map(|(fault, on)| Spell { fault, when: When::Always, on }).collect(),
        ..leadferry_practice::Weather::default()
    }
}

/// One row of each batch is refused when every so many are, the first included.
const LARGEST_BATCH: u32 = 10_000;
