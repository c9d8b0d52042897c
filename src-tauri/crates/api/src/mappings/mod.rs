//! The mapping editor: the draft with both ends of its sync, checked while it is edited, and its way to what is sent.
//!
//! Thinking is done by the rooms `mapping` and `sync`; here stands what is read and kept around it.

pub(crate) mod check;
mod edit;
mod lead_id;
mod picklist;
mod publish;

use leadferry_mapping::{Mapping, SourceField, templates};
use leadferry_model::{ObjectSchema, SyncId, Timestamp};
use leadferry_store::{MappingVersion as Kept, SavedSync};

use crate::types::*;
use crate::{App, Error, ErrorCode, Result};

/// A sync with the mapping being edited and the one that is sent.
pub(crate) struct Editing {
    pub(crate) sync: SavedSync,
    pub(crate) destination: String,
    /// The newest version, published or not.
    pub(crate) draft: Mapping,
    /// The newest version is not published.
    pub(crate) unpublished: bool,
    pub(crate) live: Option<Mapping>,
}

impl App {
    /// The mapping editor of a sync.
    pub async fn mapping(&self, request: ById) -> Result<MappingView> {
        let editing = self.editing(&SyncId::new(request.id)).await?;
        let (schema, read_at) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let source_fields = self.source_fields(&editing.sync.source).await?;
        let source = editing.sync.source.clone();
        let samples =
            self.store.read(move |tx| tx.newest_leads_of(&source, check::SAMPLES)).await?.len() as u64;
        Ok(view(editing, schema, read_at, source_fields, samples))
    }

    /// What is edited, without asking the destination.
    pub(crate) async fn editing(&self, id: &SyncId) -> Result<Editing> {
        let id = id.clone();
        let (sync, destination, versions) = self
            .store
            .read(move |tx| {
                let sync = tx.sync(&id)?;
                let destination = tx.connection(&sync.destination)?.name;
                Ok((sync, destination, tx.mappings(&id)?))
            })
            .await?;
        let live = versions
            .iter()
            .find(|version| Some(version.version) == sync.live_version)
            .map(read_version)
            .transpose()?;
        let draft =
            versions.first().map(read_version).transpose()?.unwrap_or_else(|| Mapping::empty(&sync.object));
        let unpublished = versions.first().is_some_and(|newest| newest.published_at.is_none());
        Ok(Editing { sync, destination, draft, unpublished, live })
    }
}

/// The rules of a kept version.
pub(crate) fn read_version(version: &Kept) -> Result<Mapping> {
    Mapping::read(&version.mapping.to_string())
        .map_err(|error| Error::new(ErrorCode::Conflict, error.to_string()))
}

fn view(
    editing: Editing,
    schema: ObjectSchema,
    read_at: Timestamp,
    source_fields: Vec<SourceField>,
    samples: u64,
) -> MappingView {
    let changed = editing
        .live
        .as_ref()
        .is_none_or(|live| live.rules != editing.draft.rules || live.defaults != editing.draft.defaults);
    let gone = |target: &String| !schema.open && schema.field(target).is_none();
    MappingView {
        sync: editing.sync.id.to_string(),
        name: editing.sync.name,
        destination: editing.destination,
        live_version: editing.sync.live_version.and_then(|version| u32::try_from(version).ok()),
        changed,
        drift: editing.draft.rules.iter().map(|rule| rule.target.clone()).filter(gone).collect(),
        draft: editing.draft,
        schema,
        schema_read_at: read_at.to_string(),
        source_fields,
        sample_count: crate::home::count(samples),
        templates: templates()
            .into_iter()
            .map(|one| TemplateView { id: one.id.into(), name: one.name.into(), help: one.summary.into() })
            .collect(),
    }
}
