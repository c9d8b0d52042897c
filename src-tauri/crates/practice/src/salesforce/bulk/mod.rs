//! Bulk API 2.0: jobs that take rows as CSV and do them in the background.
//! <https://developer.salesforce.com/docs/platform/api-asynch/guide/bulk-api-2-0-ingest.html>
//!
//! A job moves on with every look at it (`UploadComplete`, `InProgress`, `JobComplete`), and by itself after some seconds,
//! so that neither a stopped clock nor a client that never looks keeps it waiting. A lever ends one before its last row.

mod csv;
mod jobs;
mod work;

pub(super) use jobs::{Job, create, delete, get, list, not_enabled, patch, results, upload};
pub(super) use work::{BATCHES, DAILY_BATCHES, cut_short};

use super::state::{state, state_mut};
use crate::world::World;

/// Does the jobs that are due, before anything else is answered.
pub(super) fn settle(world: &mut World) {
    let now = world.now;
    let due: Vec<usize> = state(world)
        .jobs
        .iter()
        .enumerate()
        .filter(|(_, job)| job.is_due(now))
        .map(|(place, _)| place)
        .collect();
    for place in due {
        work::run(world, place);
    }
}

/// Moves a job on after somebody looked at it.
fn look(world: &mut World, place: usize) {
    let Some(job) = state_mut(world).jobs.get_mut(place) else { return };
    if job.look() {
        work::run(world, place);
    }
}
