//! What one sync does with a lead, ready to run. Compiled once for a mapping version and a set of described fields, then shared.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use leadferry_mapping::{Compiled, Mapping};
use leadferry_model::{Failure, ObjectSchema, SyncId, Timestamp};
use leadferry_store::{MappingVersion, SavedSync};

use super::mapped::compile;
use crate::error::{Result, SyncError};
use crate::settings::SyncSettings;

/// One sync's settings and compiled mapping.
#[derive(Debug)]
pub(crate) struct Rules {
    pub(crate) object: String,
    pub(crate) settings: SyncSettings,
    pub(crate) mapping: Arc<Mapping>,
    pub(crate) compiled: Arc<Compiled>,
}

/// Described fields and when they were read.
#[derive(Clone, Debug)]
pub(crate) struct Described {
    pub(crate) schema: ObjectSchema,
    pub(crate) read_at: Timestamp,
}

/// A compiled mapping, or why it cannot run.
type Ready = std::result::Result<(Arc<Mapping>, Arc<Compiled>), Failure>;

/// Compiled mappings by sync. Holds one version a sync: the live one.
#[derive(Debug, Default)]
pub(crate) struct Cache(Mutex<HashMap<SyncId, (i64, Timestamp, Ready)>>);

impl Cache {
    /// The rules of `sync`. A mapping that cannot run is a failure of every lead it should carry, not of the engine.
    pub(crate) fn rules(
        &self,
        sync: &SavedSync,
        version: &MappingVersion,
        described: &Described,
    ) -> Result<std::result::Result<Arc<Rules>, Failure>> {
        let settings = settings(sync)?;
        let ready = self.compiled(version, described)?;
        Ok(ready.map(|(mapping, compiled)| {
            Arc::new(Rules { object: sync.object.clone(), settings, mapping, compiled })
        }))
    }

    fn compiled(&self, version: &MappingVersion, described: &Described) -> Result<Ready> {
        let mut kept = self.0.lock().expect("BUG: nothing panics while it is held");
        if let Some((of, read_at, ready)) = kept.get(&version.sync)
            && (*of, *read_at) == (version.version, described.read_at)
            && version.published_at.is_some()
        {
            return Ok(ready.clone());
        }
        let mapping = read_mapping(version)?;
        let ready =
            compile(&mapping, &described.schema).map(|compiled| (Arc::new(mapping), Arc::new(compiled)));
        kept.insert(version.sync.clone(), (version.version, described.read_at, ready.clone()));
        Ok(ready)
    }
}

/// The mapping of a version as data.
pub(crate) fn read_mapping(version: &MappingVersion) -> Result<Mapping> {
    Mapping::read(&version.mapping.to_string())
        .map_err(|error| SyncError::Mapping { reason: error.to_string() })
}

/// The settings of a sync as data.
pub(crate) fn settings(sync: &SavedSync) -> Result<SyncSettings> {
    serde_json::from_value(sync.settings.clone())
        .map_err(|error| SyncError::Mapping { reason: format!("its settings cannot be read ({error}).") })
}
