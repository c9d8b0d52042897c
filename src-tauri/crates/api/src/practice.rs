//! Practice CRMs of this computer: started and stopped, connected like a real one, with weather to learn from.
//!
//! A practice CRM keeps its port and seed, so that its connection's address, app and tokens are the same after a restart. Its
//! records are sample data in memory and begin anew.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use leadferry_auth::oauth::Client;
use leadferry_auth::tokens::TokenSet;
use leadferry_practice::weather::{Fault, On, Spell, When};
use leadferry_practice::{DialectInfo, Options, Practice, Running, ServeError, dialects};
use leadferry_store::{Connection, ConnectionState};
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

/// A practice CRM that runs.
pub(crate) struct PracticeServer {
    practice: Practice,
    running: Running,
    weather: Weather,
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
        let mut running = self.practices.lock().await;
        if !running.contains_key(dialect.id) {
            let server = self.serve_practice(dialect.id).await?;
            running.insert(dialect.id.into(), server);
            self.host.changed(&[Tag::Practice]);
        }
        Ok(view(&dialect, running.get(dialect.id)))
    }

    /// Stops a practice CRM. Its connections wait until it starts again.
    pub async fn stop_practice(&self, request: ById) -> Result<Nothing> {
        let dialect = dialect(&request.id)?;
        let stopped = self.practices.lock().await.remove(dialect.id);
        if let Some(server) = stopped {
            server.running.shutdown().await;
            self.host.changed(&[Tag::Practice]);
        }
        Ok(Nothing {})
    }

    /// Starts a practice CRM where needed and opens its sign-in page in the browser.
    pub async fn connect_practice(&self, request: ById) -> Result<OAuthStatus> {
        let dialect = dialect(&request.id)?;
        self.start_practice(ById { id: dialect.id.into() }).await?;
        let (base, tokens) = {
            let running = self.practices.lock().await;
            let server = running.get(dialect.id).ok_or_else(|| Error::not_found("practice CRM"))?;
            (server.running.url(), server.practice.tokens())
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
        let server = running.get_mut(dialect.id).ok_or_else(|| {
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
        let server = self.serve_practice(dialect).await?;
        for connection in connections {
            let Way::OAuth { client_id } = Authorised::of(&connection).way else { continue };
            let Some(tokens) = TokenSet::load(&self.vault, &connection.id).await? else { continue };
            for refresh in tokens.refresh.iter().chain(&tokens.previous_refresh) {
                server.practice.take_up_grant(&client_id, refresh, &tokens.scopes);
            }
        }
        self.practices.lock().await.insert(dialect.into(), server);
        Ok(())
    }

    async fn practice_connections(&self, dialect: &str) -> Result<Vec<Connection>> {
        let all = self.store.read(|tx| tx.connections()).await?;
        let of = |connection: &Connection| {
            connection.state != ConnectionState::Disconnected
                && Authorised::of(connection).practice.as_deref() == Some(dialect)
        };
        Ok(all.into_iter().filter(of).collect())
    }

    /// Puts a practice CRM where it was; where another program took its port, at a free one.
    async fn serve_practice(&self, dialect: &str) -> Result<PracticeServer> {
        let kept = self.store.read(|tx| tx.setting(KEPT)).await?;
        let mut places: BTreeMap<String, Place> =
            kept.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default();
        let before = places.get(dialect).copied();
        // JSON numbers beyond 2^53 lose digits in some readers of the ledger's copy.
        let seed = before.map_or_else(|| u64::from(rand::random::<u32>()), |place| place.seed);
        let options = Options { seed: Some(seed), clock: Arc::clone(&self.clock), public_base: None };
        let practice = Practice::new(dialect, options)?;
        let at = |port| SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let running = match practice.serve(at(before.map_or(0, |place| place.port))).await {
            Err(ServeError::Bind { .. }) if before.is_some() => practice.serve(at(0)).await?,
            served => served?,
        };
        places.insert(dialect.into(), Place { port: running.addr.port(), seed });
        self.store.write(move |tx| tx.set_setting(KEPT, &json!(places))).await?;
        Ok(PracticeServer { practice, running, weather: Weather::default() })
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
        running: server.is_some(),
        base_url: server.map(|server| server.running.url()),
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
