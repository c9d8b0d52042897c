//! Notices that a destination's fields have changed, before a lead is refused for it.

use jiff::SignedDuration;
use leadferry_connector::ObjectSpec;
use leadferry_model::{Failure, ObjectSchema};

use crate::engine::Inner;
use crate::error::Result;
use crate::events::Tag;
use crate::lane::{self, Ground};
use crate::notify::Notice;
use crate::plan::rules::read_mapping;

/// Between two looks at the fields.
const LOOK_EVERY: SignedDuration = SignedDuration::from_hours(6);

/// Reads the fields of `object` again if the kept ones are old, and tells a person which mapped fields are gone.
pub(crate) async fn look(inner: &Inner, ground: &Ground, object: &'static ObjectSpec) -> Result<()> {
    let now = inner.now();
    let destination = ground.destination.clone();
    let read_at = inner.store.read(move |tx| tx.schema_read_at(&destination, object.name)).await?;
    if read_at.is_some_and(|read_at| now.duration_since(read_at) < LOOK_EVERY) {
        return Ok(());
    }
    let destination = ground.destination.clone();
    let kept = inner.store.read(move |tx| tx.schema(&destination, object.name)).await?;
    let schema = match describe(inner, ground, object).await {
        Ok(schema) => schema,
        Err(failure) => return lane::refused(inner, ground, failure).await,
    };
    let gone = match &kept {
        Some((old, _)) => gone(inner, ground, object.name, old, &schema).await?,
        None => Vec::new(),
    };
    let connection = ground.destination.clone();
    inner
        .store
        .write(move |tx| {
            tx.save_schema(now, &connection, &schema)?;
            if !gone.is_empty() {
                let notice = Notice::Drift { connection, object: object.name.to_owned(), gone };
                lane::notify(tx, now, &notice)?;
            }
            Ok(())
        })
        .await?;
    inner.events.tell([Tag::Connection { connection: ground.destination.clone() }]);
    Ok(())
}

async fn describe(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
) -> std::result::Result<ObjectSchema, Failure> {
    let line = inner.connect.open(&ground.destination).await?;
    ground.connector.describe(&line.call(inner.clock.as_ref()), object.name).await
}

/// Fields that were there, are there no more or cannot be written any more, and are filled by a live mapping.
async fn gone(
    inner: &Inner,
    ground: &Ground,
    object: &'static str,
    old: &ObjectSchema,
    new: &ObjectSchema,
) -> Result<Vec<String>> {
    let live: Vec<_> = ground
        .syncs
        .iter()
        .filter(|sync| sync.object == object)
        .filter_map(|sync| Some((sync.id.clone(), sync.live_version?)))
        .collect();
    let versions = inner
        .store
        .read(move |tx| {
            live.iter().map(|(sync, version)| tx.mapping(sync, *version)).collect::<Result<Vec<_>, _>>()
        })
        .await?;
    let mut gone = Vec::new();
    for version in &versions {
        for rule in read_mapping(version)?.rules {
            let was = old.field(&rule.target).is_some_and(|field| !field.read_only);
            let is = new.field(&rule.target).is_some_and(|field| !field.read_only);
            if was && !is && !gone.contains(&rule.target) {
                gone.push(rule.target);
            }
        }
    }
    Ok(gone)
}
