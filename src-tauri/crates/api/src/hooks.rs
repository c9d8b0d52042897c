//! Webhooks that destinations are asked for, so that their changes are looked at when they happen and not minutes later.
//!
//! The vendor's own list is the truth: it is compared with what is wanted, and what is missing, running out or left over is put
//! right. So a lost answer, a crash or a vendor that dropped one mends itself at the next look. A call that comes is a hint for the
//! engine and nothing more ([`Engine::hinted`](leadferry_sync::Engine::hinted)).
//!
//! Each connection has an address and a secret of its own. Without a public address nothing is asked for, and changes are read at
//! intervals as everywhere.

use std::collections::BTreeMap;

use jiff::SignedDuration;
use leadferry_auth::vault::EntryName;
use leadferry_connector::{Call, Capability, Connector, Hook, HookOrder, HookProof, Hooks};
use leadferry_model::{ConnectionId, Failure, Secret, Timestamp};
use leadferry_sources::receive::{Receiver, ReceiverAuth, ReceiverPath};
use leadferry_store::{Connection, ConnectionState, Reader, Role, SavedSync, StoreError, SyncState};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::commands::Tag;
use crate::types::{HooksState, HooksView};
use crate::way::Authorised;
use crate::{App, Result};

/// Where the ledger keeps what was asked for.
const KEPT: &str = "hooks";
/// Names of a connection's secrets in the vault.
const PATH: &str = "hook_path";
const SECRET: &str = "hook_secret";
/// So long before its end a webhook is renewed: a computer may be off over a weekend.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_hours(3 * 24);
/// How often the vendor's list is looked at when all is well, and after trouble.
const LOOK: SignedDuration = SignedDuration::from_hours(24);
const LOOK_AFTER_TROUBLE: SignedDuration = SignedDuration::from_hours(1);

/// What one connection's vendor was asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Asked {
    address: String,
    objects: Vec<String>,
    /// When to look again.
    due: Timestamp,
    /// Why the vendor does not call.
    problem: Option<String>,
}

type All = BTreeMap<String, Asked>;

/// How a vendor reaches a connection.
struct Ear {
    path: ReceiverPath,
    secret: Secret,
}

/// What there is to tell of a connection's webhooks, beside what the engine knows.
pub(crate) fn known(
    tx: &Reader<'_>,
    connection: &ConnectionId,
) -> std::result::Result<(Option<Asked>, bool), StoreError> {
    let asked = all(tx)?.remove(connection.as_str());
    let settings = tx.setting(crate::settings::KEPT)?.unwrap_or_default();
    Ok((asked, settings["receiver_public_url"].is_string()))
}

fn all(tx: &Reader<'_>) -> std::result::Result<All, StoreError> {
    Ok(tx.setting(KEPT)?.and_then(|kept| serde_json::from_value(kept).ok()).unwrap_or_default())
}

impl App {
    /// Puts right what vendors are asked for. One that does not answer holds nobody else up, and is asked again later.
    pub async fn tend_hooks(&self) -> Result<()> {
        let _alone = self.tending_hooks.lock().await;
        let base = self.kept_settings().await?.receiver_public_url;
        let (connections, syncs) = self.store.read(|tx| Ok((tx.connections()?, tx.syncs()?))).await?;
        for connection in connections {
            let objects = objects(&connection, &syncs);
            if let Err(error) = self.tend(&connection, base.as_deref(), objects).await {
                tracing::warn!(connection.id = %connection.id, code = ?error.code, "webhooks could not be tended");
            }
        }
        Ok(())
    }

    /// The same beside whatever the person does next.
    pub(crate) fn tend_hooks_soon(&self) {
        let Some(app) = self.itself() else { return };
        let stop = self.stop.clone();
        self.beside(tokio::spawn(async move {
            let tended = async { app.tend_hooks().await };
            if let Some(Err(error)) = stop.run_until_cancelled(tended).await {
                tracing::warn!(%error, "webhooks could not be tended");
            }
        }));
    }

    async fn tend(&self, connection: &Connection, base: Option<&str>, objects: Vec<String>) -> Result<()> {
        let Some((connector, proof)) = self.calling(connection) else { return Ok(()) };
        if connection.state != ConnectionState::Connected {
            return Ok(());
        }
        let id = connection.id.clone();
        let kept = self.store.read(move |tx| Ok(all(tx)?.remove(id.as_str()))).await?;
        let Some(base) = base.filter(|_| !objects.is_empty()) else {
            return if kept.is_some() { self.drop_hooks(connection).await } else { Ok(()) };
        };
        let ear = self.ear(connection).await?;
        let address = format!("{}{}", base.trim_end_matches('/'), ear.path.url_path());
        let now = self.now();
        let same = |kept: &Asked| kept.address == address && kept.objects == objects && now < kept.due;
        if kept.as_ref().is_some_and(same) {
            return Ok(());
        }
        // The ear is there before anybody is asked to speak.
        self.open_ear(connection, &ear, proof)?;
        self.listen().await?;
        let asked = match self.lines.line(connection).await {
            Ok(line) => {
                let call = line.call(self.clock.as_ref());
                put_right(connector, &call, &ear, &address, &objects, now).await
            }
            Err(failure) => Err(failure),
        };
        let (due, problem) = match asked {
            Ok(end) => ((now + LOOK).min(end.map_or(Timestamp::MAX, |end| end - RENEW_BEFORE)), None),
            Err(failure) => (now + LOOK_AFTER_TROUBLE, Some(self.explained(connection, &failure, 0).title)),
        };
        self.keep_asked(&connection.id, Some(Asked { address, objects, due, problem })).await
    }

    /// Takes back what was asked for, as far as the vendor can be reached: a call to an address that is gone is told so.
    pub(crate) async fn drop_hooks(&self, connection: &Connection) -> Result<()> {
        let Some((connector, _)) = self.calling(connection) else { return Ok(()) };
        let Some(path) = self.hook_path(connection).await? else { return Ok(()) };
        if let Ok(line) = self.lines.line(connection).await {
            let call = line.call(self.clock.as_ref());
            let there = connector.hooks(&call).await.unwrap_or_default();
            for hook in there.iter().filter(|hook| hook.address.ends_with(&path.url_path())) {
                if let Err(failure) = connector.unsubscribe(&call, hook).await {
                    tracing::warn!(connection.id = %connection.id, cause = failure.kind.word(), "a webhook is left there");
                }
            }
        }
        self.receivers.remove(&path);
        self.keep_asked(&connection.id, None).await
    }

    /// Opens the ears there are, at the start and after a change of the port. Says whether there are any.
    pub(crate) async fn open_ears(&self) -> Result<bool> {
        let (connections, asked) = self.store.read(|tx| Ok((tx.connections()?, all(tx)?))).await?;
        for connection in connections.iter().filter(|one| asked.contains_key(one.id.as_str())) {
            if let Some((_, proof)) = self.calling(connection) {
                self.open_ear(connection, &self.ear(connection).await?, proof)?;
            }
        }
        Ok(!asked.is_empty())
    }

    fn open_ear(&self, connection: &Connection, ear: &Ear, proof: HookProof) -> Result<()> {
        let secret = ear.secret.clone();
        let auth = match proof {
            HookProof::Basic(user) => ReceiverAuth::Basic { user: user.to_owned(), password: secret },
            HookProof::BodyField(name) => ReceiverAuth::BodyField { name: name.to_owned(), secret },
        };
        self.receivers.put(ear.path.clone(), Receiver::of_hints(connection.id.clone(), auth), self.now())?;
        Ok(())
    }

    /// The connector of a destination whose vendor can be asked to call, and how a call proves itself.
    fn calling(&self, connection: &Connection) -> Option<(&'static dyn Connector, HookProof)> {
        let connector = self.connector(&connection.connector).ok()?;
        match connector.spec().hooks {
            // A practice CRM of this computer opens no connections.
            _ if Authorised::of(connection).practice.is_some() => None,
            Hooks::Subscribed(proof) if connection.role == Role::Destination => Some((connector, proof)),
            _ => None,
        }
    }

    async fn hook_path(&self, connection: &Connection) -> Result<Option<ReceiverPath>> {
        let kept = self.vault.get(&EntryName::setting(&connection.id, PATH)).await?;
        Ok(kept.and_then(|path| ReceiverPath::parse(path.expose()).ok()))
    }

    /// The address and secret of a connection, made the first time.
    async fn ear(&self, connection: &Connection) -> Result<Ear> {
        let secret = self.vault.get(&EntryName::setting(&connection.id, SECRET)).await?;
        if let (Some(path), Some(secret)) = (self.hook_path(connection).await?, secret) {
            return Ok(Ear { path, secret });
        }
        let (path, secret) = (ReceiverPath::fresh(), Secret::new(ReceiverPath::fresh().expose()));
        self.vault.put(&EntryName::setting(&connection.id, PATH), &Secret::new(path.expose())).await?;
        self.vault.put(&EntryName::setting(&connection.id, SECRET), &secret).await?;
        Ok(Ear { path, secret })
    }

    async fn keep_asked(&self, id: &ConnectionId, asked: Option<Asked>) -> Result<()> {
        let (now, id) = (self.now(), id.clone());
        self.store
            .write(move |tx| {
                let mut kept = all(tx)?;
                let before = match &asked {
                    Some(asked) => kept.insert(id.as_str().to_owned(), asked.clone()),
                    None => kept.remove(id.as_str()),
                };
                tx.set_setting(KEPT, &json!(kept))?;
                let objects = |asked: Option<&Asked>| {
                    asked.filter(|asked| asked.problem.is_none()).map(|asked| asked.objects.clone())
                };
                let (before, after) = (objects(before.as_ref()), objects(asked.as_ref()));
                if before == after {
                    return Ok(());
                }
                let detail = json!({"objects": after.unwrap_or_default()});
                tx.record(now, "leadferry", "connection.webhooks", &format!("connection {id}"), &detail)
            })
            .await?;
        self.host.changed(&[Tag::Connections, Tag::Audit]);
        Ok(())
    }

    /// Webhooks of a connection as a person sees them; none where there are no changes to hear of.
    pub(crate) fn hooks_view(
        &self,
        connection: &Connection,
        used: bool,
        (asked, has_address): &(Option<Asked>, bool),
    ) -> Option<HooksView> {
        let spec = self.connector(&connection.connector).ok()?.spec();
        if connection.role != Role::Destination || !spec.can(Capability::Pull) {
            return None;
        }
        let problem = asked.as_ref().and_then(|asked| asked.problem.clone());
        let (state, line) = match (spec.hooks, asked) {
            (Hooks::Polled(why), _) => (HooksState::NotOffered, Some(why.to_owned())),
            _ if self.calling(connection).is_none() => (HooksState::NotOffered, None),
            (_, Some(_)) if problem.is_some() => (HooksState::Refused, problem),
            (_, Some(_)) => (HooksState::Told, None),
            (_, None) if !has_address => (HooksState::NoAddress, None),
            (_, None) if !used => (HooksState::Unused, None),
            (_, None) => (HooksState::Soon, None),
        };
        let last_at = self.engine.last_hint(&connection.id).map(|at| at.to_string());
        Some(HooksView { state, line, last_at })
    }
}

/// What the syncs that are on write at a destination.
fn objects(connection: &Connection, syncs: &[SavedSync]) -> Vec<String> {
    let on = |sync: &&SavedSync| sync.state == SyncState::On && sync.destination == connection.id;
    let mut objects: Vec<String> = syncs.iter().filter(on).map(|sync| sync.object.clone()).collect();
    objects.sort();
    objects.dedup();
    objects
}

/// Compares the vendor's list with what is wanted and puts it right. Gives when the first of them ends, if any does.
async fn put_right(
    connector: &dyn Connector,
    call: &Call<'_>,
    ear: &Ear,
    address: &str,
    objects: &[String],
    now: Timestamp,
) -> std::result::Result<Option<Timestamp>, Failure> {
    // Ours are known by the path, whatever the tunnel was called then.
    let mut ours: BTreeMap<String, Hook> = BTreeMap::new();
    for hook in connector.hooks(call).await? {
        if !hook.address.ends_with(&ear.path.url_path()) {
            continue;
        }
        let wanted = hook.address == address && objects.contains(&hook.object);
        if !wanted || ours.contains_key(&hook.object) {
            connector.unsubscribe(call, &hook).await?;
        } else {
            ours.insert(hook.object.clone(), hook);
        }
    }
    let mut end: Option<Timestamp> = None;
    for object in objects {
        let order = HookOrder { object, address, secret: &ear.secret };
        let lasts = |hook: &Hook| hook.expires_at.is_none_or(|end| end - RENEW_BEFORE > now);
        let hook = match ours.remove(object) {
            Some(hook) if lasts(&hook) => hook,
            known => connector.subscribe(call, &order, known.as_ref()).await?,
        };
        end = [end, hook.expires_at].into_iter().flatten().min();
    }
    Ok(end)
}
