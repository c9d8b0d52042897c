//! What the ledger of a simulation holds before the first lead: one source, and for each destination a sync with a mapping.

use leadferry_mapping::{Mapping, Rule, Source};
use leadferry_model::{Timestamp, Value};
use leadferry_store::{Role, SavedSync, Store, StoreError, SyncState};
use leadferry_sync::settings::{Mode, Schedule, SyncSettings};

use super::crowd::COLUMNS;
use super::destination::Destination;
use super::plan::Pace;
use crate::furniture;

/// The mapping of a destination: the ordinary one with the columns of the crowd. `edition` tells one version from another.
pub fn mapping(destination: &Destination, edition: u32) -> Mapping {
    let mut mapping = furniture::mapping();
    destination.object().clone_into(&mut mapping.object);
    mapping.rules.retain(|rule| !["message", "company"].contains(&rule.target.as_str()));
    mapping.rules.extend(COLUMNS.map(|(column, field)| Rule::new(field, Source::field(column))));
    let company = Source::Fixed { value: Value::text(format!("Edition {edition}")) };
    mapping.rules.push(Rule::new("company", company));
    mapping
}

/// A mapping that no lead passes: it fills a field that is not there.
pub fn broken_mapping(destination: &Destination) -> Mapping {
    let mut mapping = mapping(destination, 0);
    mapping.rules.push(Rule::new("no_such_field", Source::field("Message")));
    mapping
}

/// Furnishes an empty ledger.
pub async fn furnish(
    store: &Store,
    now: Timestamp,
    destinations: &[impl AsRef<Destination>],
) -> Result<(), StoreError> {
    let mut connections = vec![furniture::connection(furniture::source(), "file", Role::Source, None, now)];
    let mut syncs = Vec::new();
    for destination in destinations.iter().map(AsRef::as_ref) {
        let spec = destination.connector().spec();
        connections.push(furniture::connection(
            destination.id.clone(),
            spec.id,
            Role::Destination,
            None,
            now,
        ));
        let json = serde_json::to_value(mapping(destination, 0)).expect("BUG: a mapping always serialises");
        syncs.push((sync(destination, now), json));
    }
    store
        .write(move |tx| {
            connections.iter().try_for_each(|connection| tx.save_connection(connection))?;
            for (sync, mapping) in &syncs {
                tx.save_sync(sync)?;
                let version = tx.save_mapping(now, &sync.id, mapping, "")?;
                tx.publish_mapping(now, &sync.id, version)?;
            }
            Ok(())
        })
        .await
}

fn sync(destination: &Destination, now: Timestamp) -> SavedSync {
    let mode = match destination.route.pace {
        Pace::RealTime => Mode::RealTime,
        Pace::HalfHourly => Mode::Scheduled { schedule: Schedule::Minutes { minutes: 30 } },
        Pace::Manual => Mode::Manual,
    };
    let settings = SyncSettings { keep_before: destination.route.keep_before, ..SyncSettings::default() };
    SavedSync {
        id: destination.sync.clone(),
        name: "Leads".to_owned(),
        source: furniture::source(),
        destination: destination.id.clone(),
        object: destination.object().to_owned(),
        state: SyncState::On,
        paused_until: None,
        waits_for_run: mode.waits_for_run(),
        next_run_at: matches!(mode, Mode::Scheduled { .. }).then_some(now),
        mode: serde_json::to_value(mode).expect("BUG: modes always serialise"),
        settings: serde_json::to_value(settings).expect("BUG: settings always serialise"),
        live_version: None,
        created_at: now,
    }
}
