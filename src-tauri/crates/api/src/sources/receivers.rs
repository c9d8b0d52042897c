//! Receivers: sources that others send leads to. One listener on this computer serves them all.

use std::collections::BTreeMap;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use leadferry_auth::vault::EntryName;
use leadferry_model::Secret;
use leadferry_sources::receive::{
    AuthKind, Listening, Receiver, ReceiverAuth, ReceiverPath, ServeError, router,
};
use leadferry_store::{Connection, ConnectionState, Page};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio_util::sync::CancellationToken;
use url::Url;

use super::inbox::Ledger;
use super::small;
use crate::commands::Tag;
use crate::connections::RECEIVER;
use crate::types::{NewReceiver, Nothing, ReceiverKind, ReceiverView, RefusalView, Settings};
use crate::{App, Error, Result};

/// Names of a receiver's secrets in the vault.
const PATH: &str = "path";
const SECRET: &str = "secret";
/// The option that is always known from the settings and the path.
const PUBLIC_URL: &str = "public_url";
/// Refusals shown.
const SHOWN: u64 = 10;

/// The listener while it runs.
pub(crate) struct Listener {
    pub(crate) port: u16,
    stop: CancellationToken,
}

/// How senders prove themselves, as the ledger keeps it.
#[derive(Debug, Serialize, Deserialize)]
struct Proof {
    kind: String,
    #[serde(default)]
    options: BTreeMap<String, String>,
}

impl App {
    /// Every way senders can prove themselves.
    pub async fn receiver_kinds(&self, _: Nothing) -> Result<Vec<ReceiverKind>> {
        let asked = |kind: AuthKind| {
            let options = kind.options().iter().map(|option| option.name);
            options.filter(|name| *name != PUBLIC_URL).map(str::to_owned).collect()
        };
        let shown = |kind: AuthKind| ReceiverKind {
            id: kind.id().into(),
            label: kind.label().into(),
            help: kind.help().into(),
            secret_given: kind.secret_is_given(),
            options: asked(kind),
        };
        Ok(AuthKind::ALL.into_iter().map(shown).collect())
    }

    /// Every receiver that was not taken off.
    pub async fn receivers(&self, _: Nothing) -> Result<Vec<ReceiverView>> {
        let mut views = Vec::new();
        for connection in self.kept_receivers().await? {
            views.push(self.receiver_view(&connection, None).await?);
        }
        Ok(views)
    }

    /// Makes a receiver and listens. The secret is in the answer and nowhere else afterwards.
    pub async fn create_receiver(&self, request: NewReceiver) -> Result<ReceiverView> {
        let kind = AuthKind::parse(&request.auth)
            .ok_or_else(|| Error::usage("There is no such way to check senders. Choose one of the list."))?;
        let name = request.name.trim();
        if name.is_empty() {
            return Err(Error::usage("Give the receiver a name, such as the form that sends to it."));
        }
        let given =
            request.secret.as_deref().map(str::trim).filter(|secret| !secret.is_empty()).map(Secret::new);
        let secret = match (given, kind) {
            (_, AuthKind::None) => None,
            (Some(given), _) => Some(given),
            (None, kind) if kind.secret_is_given() => {
                return Err(Error::usage(format!(
                    "Enter the secret that {} shows in its settings.",
                    kind.label()
                )));
            }
            (None, kind) => Some(kind.fresh_secret()),
        };
        let options = request.options.into_iter().map(|pair| (pair.name, pair.value)).collect();
        let proof = Proof { kind: kind.id().into(), options };
        let path = ReceiverPath::fresh();
        let settings = self.kept_settings().await?;
        // Before anything is kept: options that do not fit are told now.
        check(kind, secret.as_ref(), &proof, &path, &settings)?;
        let mut connection = self.own_source(RECEIVER, name);
        connection.auth = json!(proof);
        self.vault.put(&EntryName::setting(&connection.id, PATH), &Secret::new(path.expose())).await?;
        if let Some(secret) = &secret {
            self.vault.put(&EntryName::setting(&connection.id, SECRET), secret).await?;
        }
        let (now, kept) = (self.now(), connection.clone());
        self.store
            .write(move |tx| {
                tx.save_connection(&kept)?;
                let detail = json!({"connector": RECEIVER, "kind": proof.kind});
                tx.record(now, "person", "receiver.created", &format!("connection {}", kept.id), &detail)
            })
            .await?;
        self.put_receiver(&connection, &settings).await?;
        self.listen().await?;
        self.host.changed(&[Tag::Connections, Tag::Audit]);
        self.receiver_view(&connection, secret).await
    }

    /// Listens for the receivers there are. A port that is taken is told where receivers are shown, and stops nothing else.
    pub(crate) async fn start_receivers(&self) -> Result<()> {
        let settings = self.kept_settings().await?;
        self.receivers.set_public_hosts(public_host(&settings));
        let receivers = self.kept_receivers().await?;
        for connection in &receivers {
            if let Err(error) = self.put_receiver(connection, &settings).await {
                tracing::warn!(receiver = %connection.id, %error, "a receiver could not be opened");
            }
        }
        let ears = self.open_ears().await?;
        if (ears || !receivers.is_empty())
            && let Err(error) = self.listen().await
        {
            tracing::warn!(%error, "receivers do not listen");
        }
        Ok(())
    }

    /// Follows changed settings: the port, and the name of the tunnel.
    pub(crate) async fn restart_receivers(&self) -> Result<()> {
        if let Some(listener) = self.listener.lock().await.take() {
            listener.stop.cancel();
        }
        let settings = self.kept_settings().await?;
        self.receivers.set_public_hosts(public_host(&settings));
        let receivers = self.kept_receivers().await?;
        for connection in &receivers {
            self.put_receiver(connection, &settings).await?;
        }
        let ears = self.open_ears().await?;
        if ears || !receivers.is_empty() { self.listen().await } else { Ok(()) }
    }

    /// Senders are told that it is gone. Its path is read before the vault forgets it.
    pub(crate) async fn close_receiver(&self, connection: &Connection) -> Result<()> {
        if let Some(path) = self.path_of(connection).await? {
            self.receivers.remove(&path);
        }
        Ok(())
    }

    /// Listens, unless it does.
    pub(crate) async fn listen(&self) -> Result<()> {
        let mut listener = self.listener.lock().await;
        if listener.is_some() {
            return Ok(());
        }
        let kept = self.kept_settings().await?.receiver_port;
        let listening = Listening::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, kept.unwrap_or(0)))).await?;
        let port = listening.address().port();
        if kept.is_none() {
            self.change_settings(move |settings| settings.receiver_port = Some(port)).await?;
        }
        let inbox =
            Ledger { store: self.store.clone(), engine: self.engine.clone(), host: Arc::clone(&self.host) };
        let router = router(Arc::clone(&self.receivers), Arc::new(inbox), Arc::clone(&self.clock));
        let stop = self.stop.child_token();
        let stopped = stop.clone().cancelled_owned();
        self.beside(tokio::spawn(async move {
            if let Err(error) = listening.serve(router, stopped).await {
                tracing::error!(%error, "receiving stopped");
            }
        }));
        *listener = Some(Listener { port, stop });
        Ok(())
    }

    /// The port the receivers listen on; none while they do not.
    pub(crate) async fn receiver_port(&self) -> Option<u16> {
        self.listener.lock().await.as_ref().map(|listener| listener.port)
    }

    async fn put_receiver(&self, connection: &Connection, settings: &Settings) -> Result<()> {
        let Some(path) = self.path_of(connection).await? else {
            return Err(Error::usage("The address of this receiver is lost. Make a new receiver."));
        };
        let proof: Proof = serde_json::from_value(connection.auth.clone())
            .map_err(|_| Error::usage("How senders prove themselves cannot be read. Make a new receiver."))?;
        let kind = AuthKind::parse(&proof.kind).ok_or_else(|| {
            Error::usage("This Leadferry does not know how these senders prove themselves. Update it.")
        })?;
        let secret = self.vault.get(&EntryName::setting(&connection.id, SECRET)).await?;
        let auth = check(kind, secret.as_ref(), &proof, &path, settings)?;
        self.receivers.put(path, Receiver::new(connection.id.clone(), auth), self.now())?;
        Ok(())
    }

    async fn path_of(&self, connection: &Connection) -> Result<Option<ReceiverPath>> {
        let kept = self.vault.get(&EntryName::setting(&connection.id, PATH)).await?;
        Ok(kept.map(|path| ReceiverPath::parse(path.expose())).transpose()?)
    }

    async fn kept_receivers(&self) -> Result<Vec<Connection>> {
        let all = self.store.read(|tx| tx.connections()).await?;
        let receives =
            |one: &Connection| one.connector == RECEIVER && one.state != ConnectionState::Disconnected;
        Ok(all.into_iter().filter(receives).collect())
    }

    async fn receiver_view(&self, connection: &Connection, secret: Option<Secret>) -> Result<ReceiverView> {
        let id = connection.id.clone();
        let ((received, last), refusals) = self
            .store
            .read(move |tx| Ok((tx.received_from(&id)?, tx.refusals(&id, Page::first(SHOWN))?.rows)))
            .await?;
        let settings = self.kept_settings().await?;
        let path = self.path_of(connection).await?.map(|path| path.url_path()).unwrap_or_default();
        let port = self.receiver_port().await.or(settings.receiver_port).unwrap_or_default();
        let proof: Option<Proof> = serde_json::from_value(connection.auth.clone()).ok();
        Ok(ReceiverView {
            id: connection.id.to_string(),
            name: connection.name.clone(),
            local_url: format!("http://127.0.0.1:{port}{path}"),
            public_url: settings.receiver_public_url.as_deref().map(|base| public(base, &path)),
            auth: proof.map(|proof| proof.kind).unwrap_or_default(),
            last_at: last.map(|at| at.to_string()),
            received: small(received),
            refusals: refusals
                .into_iter()
                .map(|refusal| RefusalView { at: refusal.at.to_string(), reason: refusal.reason })
                .collect(),
            secret: secret.map(|secret| secret.expose().to_owned()),
        })
    }
}

/// The check of a receiver. Senders that sign their address sign the public one, which follows from settings and path.
fn check(
    kind: AuthKind,
    secret: Option<&Secret>,
    proof: &Proof,
    path: &ReceiverPath,
    settings: &Settings,
) -> Result<ReceiverAuth> {
    let mut options = proof.options.clone();
    if kind.options().iter().any(|option| option.name == PUBLIC_URL) {
        let base = settings.receiver_public_url.as_deref().ok_or_else(|| {
            Error::usage("These senders sign the public address. Enter the address of your tunnel in the settings first.")
        })?;
        options.insert(PUBLIC_URL.into(), public(base, &path.url_path()));
    }
    Ok(kind.build(secret.cloned().into_iter().collect(), &options)?)
}

fn public(base: &str, path: &str) -> String {
    format!("{}{path}", base.trim_end_matches('/'))
}

fn public_host(settings: &Settings) -> Option<String> {
    let url = Url::parse(settings.receiver_public_url.as_deref()?).ok()?;
    url.host_str().map(str::to_owned)
}

/// Whether the port can be had at all, before it is kept.
pub(crate) async fn try_port(port: u16) -> Result<(), ServeError> {
    Listening::bind(SocketAddr::from((Ipv4Addr::LOCALHOST, port))).await.map(drop)
}
