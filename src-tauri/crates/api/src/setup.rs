//! The wizard: where it stands, a draft sync with a suggested mapping, the count before going live, and going live.

use leadferry_mapping::{Defaults, HIGH_CONFIDENCE, Mapping, ProblemCode, Rule, check, suggest};
use leadferry_model::{ConnectionId, SyncId};
use leadferry_store::{Role, SavedSync, SyncState as State};
use leadferry_sync::settings::{Mode, SyncSettings as Saved};
use serde_json::json;
use tokio_util::sync::CancellationToken;

use crate::explain::title;
use crate::home::count;
use crate::types::*;
use crate::{App, Error, ErrorCode, Result, Tag};

/// Where the wizard's state is kept.
const WIZARD: &str = "wizard";

impl App {
    /// Where the wizard stands.
    pub async fn wizard(&self, _: Nothing) -> Result<WizardState> {
        let kept = self.store.read(|tx| tx.setting(WIZARD)).await?;
        Ok(kept.and_then(|json| serde_json::from_value(json).ok()).unwrap_or_default())
    }

    /// Keeps where the wizard stands, so that it goes on after a restart.
    pub async fn save_wizard(&self, state: WizardState) -> Result<Nothing> {
        let json = serde_json::to_value(&state).expect("BUG: the wizard's state serialises");
        self.store.write(move |tx| tx.set_setting(WIZARD, &json)).await?;
        Ok(Nothing {})
    }

    /// Makes a draft sync; its mapping begins with every suggestion we are sure of.
    pub async fn create_sync(&self, request: NewSync) -> Result<MappingView> {
        let (source, destination) =
            (ConnectionId::new(&request.source), ConnectionId::new(&request.destination));
        let (from, to) = {
            let (source, destination) = (source.clone(), destination.clone());
            self.store.read(move |tx| Ok((tx.connection(&source)?, tx.connection(&destination)?))).await?
        };
        if to.role != Role::Destination {
            return Err(Error::usage(format!("“{}” is a source. Choose where leads go to.", to.name)));
        }
        let spec = self.connector(&to.connector)?.spec();
        let object = match &request.object {
            Some(name) => spec.object(name).ok_or_else(|| {
                Error::usage(format!("{} has no {name}. Choose another object.", spec.name))
            })?,
            None => spec
                .objects
                .first()
                .ok_or_else(|| Error::usage(format!("Leads cannot go to {}.", spec.name)))?,
        };
        let (schema, _) = self.schema(&destination, object.name).await?;
        let fields = self.source_fields(&source).await?;
        let settings = self.settings(Nothing {}).await?;
        let mut mapping = Mapping::empty(object.name);
        mapping.defaults = Defaults { region: settings.region, ..Defaults::default() };
        let history = self.matched_before().await?;
        mapping.rules = suggest(&schema, &fields, &history)
            .into_iter()
            .filter(|suggestion| suggestion.confidence >= HIGH_CONFIDENCE)
            .map(Rule::from)
            .collect();
        let now = self.now();
        let sync = SavedSync {
            id: SyncId::fresh(),
            name: request.name.unwrap_or_else(|| format!("{} to {}", from.name, to.name)),
            source,
            destination,
            object: object.name.to_owned(),
            state: State::Draft,
            paused_until: None,
            mode: json!(Mode::RealTime),
            settings: serde_json::to_value(Saved::default()).expect("BUG: settings serialise"),
            live_version: None,
            waits_for_run: false,
            created_at: now,
            next_run_at: None,
        };
        let id = sync.id.clone();
        let draft = serde_json::to_value(&mapping).expect("BUG: a mapping serialises");
        self.store
            .write(move |tx| {
                tx.save_sync(&sync)?;
                tx.save_mapping(now, &sync.id, &draft, "")?;
                tx.record(now, "person", "sync created", sync.id.as_str(), &json!({ "object": sync.object }))
            })
            .await?;
        self.host.changed(&[Tag::Syncs, Tag::Mappings]);
        self.mapping(ById { id: id.to_string() }).await
    }

    /// What this person matched before, in every mapping: it makes suggestions better.
    pub(crate) async fn matched_before(&self) -> Result<Vec<(String, String)>> {
        let versions = self
            .store
            .read(|tx| {
                let newest = |sync: SavedSync| Ok(tx.mappings(&sync.id)?.into_iter().next());
                tx.syncs()?.into_iter().map(newest).collect::<std::result::Result<Vec<_>, _>>()
            })
            .await?;
        let mappings = versions
            .into_iter()
            .flatten()
            .filter_map(|version| serde_json::from_value::<Mapping>(version.mapping).ok());
        let pairs = mappings.flat_map(|mapping| mapping.rules).filter_map(|rule| match rule.source {
            leadferry_mapping::Source::Field { name } => {
                Some((leadferry_mapping::normalised(&name), rule.target))
            }
            _ => None,
        });
        Ok(pairs.collect())
    }

    /// Counts what going live would do. Sends nothing.
    pub async fn dry_run(&self, request: ById) -> Result<DryRun> {
        let id = SyncId::new(request.id);
        let run = self.engine.dry_run(&id, None, &CancellationToken::new()).await?;
        let (sync, connection, kept, cursor, records) = self
            .store
            .read(move |tx| {
                let sync = tx.sync(&id)?;
                let (to, object) = (&sync.destination, &sync.object);
                let connection = tx.connection(to)?;
                let (schema, cursor) = (tx.schema(to, object)?, tx.cursor(to, object)?);
                let records = tx.records_indexed(to, object)?;
                Ok((sync, connection, schema, cursor, records))
            })
            .await?;
        let schema = kept.map(|(schema, _)| schema);
        let makes_field = self.missing_lead_id(&sync).await?.map(|field| field.label.to_owned());
        let refused = run.refused.iter().map(|refusal| refusal.count).sum::<u64>();
        Ok(DryRun {
            leads: count(run.create + run.update + run.unchanged + refused),
            create: count(run.create),
            update: count(run.update),
            unchanged: count(run.unchanged),
            refused: count(refused),
            refusals: run
                .refused
                .iter()
                .map(|refusal| {
                    let count = count(refusal.count);
                    let title = title(&refusal.sample, &connection.name, schema.as_ref(), count);
                    Refusal { title, count }
                })
                .collect(),
            compared_at: cursor.filter(|_| run.exact).map(|cursor| cursor.pulled_at.to_string()),
            compared_records: count(records),
            makes_field,
        })
    }

    /// Switches a sync on: its draft becomes what is sent, and the leads captured so far go, at most `first` of them now.
    pub async fn go_live(&self, request: GoLive) -> Result<Started> {
        let (now, id) = (self.now(), SyncId::new(request.id));
        let sync = {
            let id = id.clone();
            self.store.read(move |tx| tx.sync(&id)).await?
        };
        self.refuse_incomplete(&sync).await?;
        self.make_lead_id_first(&sync).await?;
        let live = sync.clone();
        self.store
            .write(move |tx| {
                if let Some(newest) = tx.mappings(&live.id)?.first() {
                    tx.publish_mapping(now, &live.id, newest.version)?;
                }
                tx.set_sync_state(&live.id, State::On, None)?;
                tx.record(
                    now,
                    "person",
                    "sync went live",
                    live.id.as_str(),
                    &json!({ "first": request.first }),
                )
            })
            .await?;
        let run = self.send_backlog(&id, request.first.map_or(u64::MAX, u64::from)).await?;
        self.engine.reschedule(&id).await?;
        self.host.changed(&[Tag::Syncs, Tag::Deliveries, Tag::Runs]);
        let waiting = self.home(Nothing {}).await?.waiting;
        Ok(Started { runs: run.and_then(|run| i32::try_from(run).ok()).into_iter().collect(), waiting })
    }

    /// A mapping whose every lead would be refused does not go live. Values that only some leads have are no reason: those
    /// leads wait with what to do, the others go.
    async fn refuse_incomplete(&self, sync: &SavedSync) -> Result<()> {
        let id = sync.id.clone();
        let newest = self.store.read(move |tx| Ok(tx.mappings(&id)?.into_iter().next())).await?;
        let mapping = newest.and_then(|version| serde_json::from_value::<Mapping>(version.mapping).ok());
        let (schema, _) = self.schema(&sync.destination, &sync.object).await?;
        let missing = match mapping {
            None => Some("it has no mapping yet".to_owned()),
            Some(mapping) if mapping.rules.is_empty() => Some("no field is matched yet".to_owned()),
            Some(mapping) => {
                let fields = self.source_fields(&sync.source).await?;
                check(&mapping, &schema, &fields)
                    .into_iter()
                    .find(|problem| {
                        problem.severity == leadferry_mapping::Severity::Error
                            && problem.code != ProblemCode::UnknownOption
                    })
                    .map(|problem| problem.message)
            }
        };
        match missing {
            None => Ok(()),
            Some(why) => Err(Error::new(
                ErrorCode::Conflict,
                format!(
                    "This sync cannot go live: {}. Open the mapping and correct it.",
                    why.trim_end_matches('.')
                ),
            )),
        }
    }
}
