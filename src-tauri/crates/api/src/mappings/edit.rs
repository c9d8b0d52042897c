//! Keeping the draft, and what it is made of: fields read again, a template, an older version.

use leadferry_mapping::{Mapping, templates};
use leadferry_model::SyncId;
use serde_json::json;

use super::read_version;
use crate::types::*;
use crate::{App, Error, Result, Tag};

impl App {
    /// Keeps the draft. What is sent stays as it is.
    pub async fn save_mapping(&self, request: SaveMapping) -> Result<MappingView> {
        let id = SyncId::new(request.sync);
        self.keep_draft(&id, request.mapping, "mapping.saved").await
    }

    /// Reads the destination's fields again.
    pub async fn refresh_schema(&self, request: ById) -> Result<MappingView> {
        let id = SyncId::new(request.id);
        let connection = {
            let id = id.clone();
            self.store
                .read(move |tx| Ok((tx.sync(&id)?.object, tx.connection(&tx.sync(&id)?.destination)?)))
                .await?
        };
        self.describe(&connection.1, &connection.0).await?;
        self.host.changed(&[Tag::Mappings]);
        self.mapping(ById { id: id.to_string() }).await
    }

    /// Begins the draft anew from a template. The mapping's region, zone and the like stay.
    pub async fn use_template(&self, request: UseTemplate) -> Result<MappingView> {
        let id = SyncId::new(request.sync);
        let template = templates()
            .into_iter()
            .find(|template| template.id == request.template)
            .ok_or_else(|| Error::not_found("template"))?;
        let editing = self.editing(&id).await?;
        let (schema, _) = self.schema(&editing.sync.destination, &editing.sync.object).await?;
        let sources = self.source_fields(&editing.sync.source).await?;
        let mapping = template.mapping(&schema, &sources, editing.draft.defaults);
        self.keep_draft(&id, mapping, "mapping.template_used").await
    }

    /// Brings an older version back as the draft. It is sent only once published.
    pub async fn restore_mapping(&self, request: RestoreMapping) -> Result<MappingView> {
        let (id, version) = (SyncId::new(request.sync), i64::from(request.version));
        let kept = {
            let id = id.clone();
            self.store.read(move |tx| tx.mapping(&id, version)).await?
        };
        self.keep_draft(&id, read_version(&kept)?, "mapping.restored").await
    }

    async fn keep_draft(&self, id: &SyncId, mapping: Mapping, action: &'static str) -> Result<MappingView> {
        let (now, sync) = (self.now(), id.clone());
        let fields: Vec<String> = mapping.rules.iter().map(|rule| rule.target.clone()).collect();
        let kept = serde_json::to_value(&mapping).expect("BUG: a mapping always serialises");
        self.store
            .write(move |tx| {
                tx.save_mapping(now, &sync, &kept, "")?;
                tx.record(now, "person", action, sync.as_str(), &json!({ "fields": fields }))
            })
            .await?;
        self.host.changed(&[Tag::Mappings, Tag::Syncs]);
        self.mapping(ById { id: id.to_string() }).await
    }
}
