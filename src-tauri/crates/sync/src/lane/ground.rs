//! What a lane stands on: its connection, connector, syncs, and for each batch the rules it is planned by.

use std::collections::HashMap;

use leadferry_connector::{Connector, ObjectSpec};
use leadferry_model::{ConnectionId, Failure, FailureKind, SyncId};
use leadferry_store::{Claimed, ConnectionState, MappingVersion, SavedSync};

use crate::connect::Line;
use crate::deliver::Planned;
use crate::engine::Inner;
use crate::error::{Result, SyncError};
use crate::plan::rules::Described;

/// One destination with what works on it.
pub(crate) struct Ground {
    pub(crate) destination: ConnectionId,
    pub(crate) connector: &'static dyn Connector,
    /// Syncs that are on.
    pub(crate) syncs: Vec<SavedSync>,
    /// The objects these write, each once.
    pub(crate) objects: Vec<&'static ObjectSpec>,
}

/// The ground of `destination`; `None` when nothing works on it.
pub(crate) async fn of(inner: &Inner, destination: &ConnectionId) -> Result<Option<Ground>> {
    let ground = even_idle(inner, destination).await?;
    Ok(ground.filter(|ground| !ground.syncs.is_empty()))
}

/// The ground of `destination`, whether anything works on it or not; `None` when it is disconnected.
pub(crate) async fn even_idle(inner: &Inner, destination: &ConnectionId) -> Result<Option<Ground>> {
    let id = destination.clone();
    let (connection, syncs) =
        inner.store.read(move |tx| Ok((tx.connection(&id)?, tx.syncs_to(&id)?))).await?;
    if connection.state == ConnectionState::Disconnected {
        return Ok(None);
    }
    let Some(connector) = inner.connectors.get(&connection.connector) else {
        return Err(SyncError::UnknownConnector { connector: connection.connector });
    };
    let mut objects: Vec<&'static ObjectSpec> = Vec::new();
    for sync in &syncs {
        let spec = object(connector, &sync.object)?;
        if !objects.iter().any(|known| known.name == spec.name) {
            objects.push(spec);
        }
    }
    Ok(Some(Ground { destination: connection.id, connector, syncs, objects }))
}

/// The object called `name`.
pub(crate) fn object(connector: &'static dyn Connector, name: &str) -> Result<&'static ObjectSpec> {
    let spec = connector.spec();
    spec.object(name)
        .ok_or_else(|| SyncError::UnknownObject { connector: spec.name, object: name.to_owned() })
}

/// Gives each claimed delivery its rules, and says whether the index of the destination's keys is complete.
pub(crate) async fn planned(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
    claimed: Vec<Claimed>,
) -> Result<(Vec<(Claimed, Planned)>, bool)> {
    let described = match described(inner, &ground.destination, ground.connector, object.name, line).await? {
        Ok(described) => described,
        Err(failure) => {
            return Ok((claimed.into_iter().map(|claimed| (claimed, Err(failure.clone()))).collect(), false));
        }
    };
    let mut wanted: Vec<(SyncId, Option<i64>)> =
        claimed.iter().map(|claimed| (claimed.sync.clone(), claimed.mapping_version)).collect();
    wanted.sort();
    wanted.dedup();
    let (destination, name) = (ground.destination.clone(), object.name);
    let (versions, complete) = inner
        .store
        .read(move |tx| {
            let mut versions: Vec<(SavedSync, Option<MappingVersion>)> = Vec::new();
            for (sync, version) in wanted {
                let version = version.map(|version| tx.mapping(&sync, version)).transpose()?;
                versions.push((tx.sync(&sync)?, version));
            }
            let complete = tx.cursor(&destination, name)?.is_some_and(|cursor| cursor.complete);
            Ok((versions, complete))
        })
        .await?;
    let mut rules: HashMap<SyncId, Planned> = HashMap::new();
    for (sync, version) in versions {
        let ready = match version {
            Some(version) => match inner.cache.rules(&sync, &version, &described) {
                Ok(ready) => ready,
                Err(error) => Err(unusable(&error.to_string())),
            },
            None => Err(unusable("This sync has no published mapping. Publish one, and its leads go.")),
        };
        rules.insert(sync.id, ready);
    }
    let plan = |claimed: Claimed| {
        let planned = rules.get(&claimed.sync).cloned();
        (claimed, planned.unwrap_or_else(|| Err(unusable("This sync is not here any more."))))
    };
    Ok((claimed.into_iter().map(plan).collect(), complete))
}

/// The fields of `object`, from the ledger or, the first time, from the destination.
pub(crate) async fn described(
    inner: &Inner,
    connection: &ConnectionId,
    connector: &'static dyn Connector,
    object: &'static str,
    line: &Line,
) -> Result<std::result::Result<Described, Failure>> {
    let destination = connection.clone();
    let kept = inner.store.read(move |tx| tx.schema(&destination, object)).await?;
    if let Some((schema, read_at)) = kept {
        return Ok(Ok(Described { schema, read_at }));
    }
    let schema = match connector.describe(&line.call(inner.clock.as_ref()), object).await {
        Ok(schema) => schema,
        Err(failure) => return Ok(Err(failure)),
    };
    let described = Described { schema, read_at: inner.now() };
    let (kept, destination) = (described.clone(), connection.clone());
    inner.store.write(move |tx| tx.save_schema(kept.read_at, &destination, &kept.schema)).await?;
    Ok(Ok(described))
}

fn unusable(message: &str) -> Failure {
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, message).code("MAPPING_UNUSABLE")
}
