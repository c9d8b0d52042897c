//! Looks after loads: hands them in, asks how far they are, and settles what they did.
//!
//! A load is a write whose answer comes later ([`Loads`]). Its deliveries stay *sending* and the ticket stands beside them in the
//! ledger, so that everything else follows from what there was before: one person's next change waits behind the write, a restart
//! finds the load again, and what it does not answer for is written once more by the same key. Nothing waits for a load but its own
//! deliveries: the lane goes on beside it, other lanes do not notice, and between two looks no call is under way.
//!
//! A load must not keep anybody waiting who stops: when a sync is paused, a run is stopped, the lane is paused, a STOP waits for one of
//! its people, or a sync is removed, it is stopped at once. What it has written is settled, the rest goes back untouched.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};

use jiff::SignedDuration;
use leadferry_connector::{LoadSize, Loads, ObjectSpec, Outcome, Standing, Ticket};
use leadferry_model::{ConnectionId, Failure, FailureKind, LeadId, Timestamp};
use leadferry_store::{Json, LaneState, Load, LoadId};

use super::{Ground, ground, keep, stops};
use crate::connect::Line;
use crate::deliver::{load, settle};
use crate::engine::{Cancel, Counts, Inner};
use crate::error::Result;
use crate::events::Tag;

/// The second look at a load; each further one comes twice as late …
const FIRST_WAIT: SignedDuration = SignedDuration::from_secs(2);
/// … up to this.
const LONGEST_WAIT: SignedDuration = SignedDuration::from_secs(30);
/// Loads of one destination at the same time. Beyond, the ordinary way goes on beside them.
const MOST: usize = 5;
/// How long an account that took no load is not asked again.
const WITHOUT: SignedDuration = SignedDuration::from_hours(24);
/// Deliveries settled in one transaction: webhooks are not kept waiting behind ten thousand of them.
const PART: usize = 500;

/// What is known of loads besides the ledger. In memory: after a restart each load is looked at once, and an account without loads
/// is asked once.
#[derive(Debug, Default)]
pub(crate) struct Waits(Mutex<Known>);

#[derive(Debug, Default)]
struct Known {
    /// When each load is looked at next, after which wait.
    looks: HashMap<LoadId, (Timestamp, SignedDuration)>,
    /// Accounts that took no load, and until when they are not asked again.
    without: HashMap<ConnectionId, Timestamp>,
}

impl Waits {
    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.lock().expect("BUG: nothing panics while it is held")
    }

    /// The clock was ahead: nothing is put off any more.
    pub(crate) fn forget(&self) {
        *self.known() = Known::default();
    }

    fn next_look(&self, load: LoadId) -> Option<Timestamp> {
        self.known().looks.get(&load).map(|(at, _)| *at)
    }

    fn look_later(&self, load: LoadId, now: Timestamp) {
        let mut known = self.known();
        let wait = known.looks.get(&load).map_or(FIRST_WAIT, |(_, wait)| (*wait * 2).min(LONGEST_WAIT));
        known.looks.insert(load, (now + wait, wait));
    }

    fn is_over(&self, load: LoadId) {
        self.known().looks.remove(&load);
    }

    fn takes_none(&self, destination: &ConnectionId, until: Timestamp) {
        self.known().without.insert(destination.clone(), until);
    }

    fn may_take(&self, destination: &ConnectionId, now: Timestamp) -> bool {
        self.known().without.get(destination).is_none_or(|until| *until <= now)
    }
}

/// Looks at the loads of `destination`, whether anything else works there or not.
pub(crate) async fn tend(inner: &Inner, destination: &ConnectionId) -> Result<Counts> {
    let mut did = Counts::default();
    for load in open(inner, destination).await? {
        let Some(ground) = ground::even_idle(inner, destination).await? else { return Ok(did) };
        let lane = ground.lane(inner).await?;
        let now = inner.now();
        let answers = match lane.state {
            LaneState::Open | LaneState::Paused => true,
            LaneState::Snoozed => lane.next_try_at.is_some_and(|at| at <= now),
            LaneState::Down | LaneState::NoAccess => false,
        };
        if !answers {
            return Ok(did);
        }
        let id = load.id;
        let in_the_way =
            lane.state == LaneState::Paused || inner.store.read(move |tx| tx.load_is_in_the_way(id)).await?;
        if in_the_way || inner.loads.next_look(id).is_none_or(|at| at <= now) {
            did.add(look(inner, &ground, &load, in_the_way).await?);
        }
    }
    Ok(did)
}

/// When the next look at a load is due.
pub(crate) async fn next_due(inner: &Inner) -> Result<Option<Timestamp>> {
    let mut due = None;
    for destination in inner.destinations().await? {
        let loads = open(inner, &destination).await?;
        if loads.is_empty() {
            continue;
        }
        let Some(ground) = ground::even_idle(inner, &destination).await? else { continue };
        // One that does not answer is probed first.
        if !matches!(ground.lane(inner).await?.state, LaneState::Open | LaneState::Paused) {
            continue;
        }
        let first = loads.iter().map(|load| inner.loads.next_look(load.id).unwrap_or(inner.now())).min();
        due = [due, first].into_iter().flatten().min();
    }
    Ok(due)
}

async fn open(inner: &Inner, destination: &ConnectionId) -> Result<Vec<Load>> {
    let destination = destination.clone();
    Ok(inner.store.read(move |tx| tx.loads(&destination)).await?)
}

/// Stops the load if it is in the way, looks how far it is, and settles it if it is over.
async fn look(inner: &Inner, ground: &Ground, load: &Load, in_the_way: bool) -> Result<Counts> {
    let line = match inner.connect.open(&ground.destination).await {
        Ok(line) => line,
        Err(failure) => return keep::refused(inner, ground, failure).await.map(|()| Counts::default()),
    };
    let standing = match ground.connector.loads() {
        Some(loads) => ask(inner, &line, loads, load, in_the_way).await,
        None => Err(Failure::new(FailureKind::Unexpected, "This connection takes no loads any more.")),
    };
    let (outcomes, others) = match standing {
        Ok(Standing::Over { outcomes, others }) => (outcomes, others),
        Ok(Standing::Running { done }) => {
            inner.loads.look_later(load.id, inner.now());
            let id = load.id;
            let runs = inner.store.write(move |tx| tx.load_is_at(id, done)).await?;
            inner.events.tell(runs.into_iter().map(|run| Tag::Run { run }));
            return Ok(Counts::default());
        }
        Err(failure) if stops(&failure) => {
            inner.loads.look_later(load.id, inner.now());
            return keep::refused(inner, ground, failure).await.map(|()| Counts::default());
        }
        // Nobody will ever learn what it did. All of it is written again, by key.
        Err(failure) => (HashMap::new(), Some(failure)),
    };
    finish(inner, ground, load, &line, (outcomes, others)).await
}

async fn ask(
    inner: &Inner,
    line: &Line,
    loads: &dyn Loads,
    load: &Load,
    in_the_way: bool,
) -> std::result::Result<Standing, Failure> {
    let call = line.call(inner.clock.as_ref());
    let ticket = Ticket(load.ticket.clone());
    if in_the_way {
        loads.stop(&call, &ticket).await?;
    }
    loads.look(&call, &load.object, &ticket).await
}

/// Settles a load part by part. A crash in between leaves the rest in the load, whose results can be read again.
async fn finish(
    inner: &Inner,
    ground: &Ground,
    load: &Load,
    line: &Line,
    (mut outcomes, others): (HashMap<LeadId, Outcome>, Option<Failure>),
) -> Result<Counts> {
    let mut did = Counts::default();
    let object = super::object(ground.connector, &load.object)?;
    let exchanges: Vec<Json> =
        load.exchanges.iter().cloned().chain(line.http.take_exchanges().iter().map(keep::exchange)).collect();
    let id = load.id;
    loop {
        let part = inner.store.read(move |tx| tx.loaded(id, PART)).await?;
        if part.is_empty() {
            break;
        }
        let now = inner.now();
        let ended = part.into_iter().map(|(claimed, sent)| {
            let outcome = outcomes.remove(&claimed.lead.id).or_else(|| others.clone().map(Err));
            load::settled(claimed, sent, outcome, now)
        });
        let ended = ended.collect();
        let report = inner.caution(&ground.destination, |caution| {
            settle::report(ended, object.batch, now, caution, &mut *inner.chance())
        });
        did.add(Counts { batches: 0, ..report.did });
        keep::batch(inner, ground, object.name, report, exchanges.clone()).await?;
    }
    inner.store.write(move |tx| tx.end_load(id)).await?;
    inner.loads.is_over(id);
    did.batches += 1;
    Ok(did)
}

/// Hands in a load if enough is due that is new to the destination. `None` if not: the ordinary way is right then.
pub(crate) async fn hand_in(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    cancel: &Cancel,
) -> Result<Option<Counts>> {
    let Some(loads) = ground.connector.loads().filter(|_| object.lead_id.is_some()) else { return Ok(None) };
    let LoadSize { least, most } = loads.size();
    let now = inner.now();
    // After trouble a lane goes on with one record: a load is the opposite of caution.
    let careful = inner.caution(&ground.destination, |caution| caution.limit(least)) < least;
    if careful || !inner.loads.may_take(&ground.destination, now) {
        return Ok(None);
    }
    let (destination, name) = (ground.destination.clone(), object.name);
    let enough = move |tx: &leadferry_store::Reader<'_>| {
        Ok(tx.loads(&destination)?.len() < MOST && tx.loadable(now, &destination, name, least * 2)? >= least)
    };
    if !inner.store.read(enough).await? {
        return Ok(None);
    }
    let destination = ground.destination.clone();
    let claim = move |tx: &leadferry_store::Writer<'_>| {
        tx.claim_new(now, &destination, name, (least, most), now + super::LEASE)
    };
    let claimed = inner.store.write(claim).await?;
    if claimed.is_empty() {
        return Ok(None);
    }
    let mut exchanges = Vec::new();
    let ended = match inner.connect.open(&ground.destination).await {
        Ok(line) => match super::prepared(inner, ground, object, &line, claimed).await? {
            Ok((planned, current)) => {
                let batch = super::way(inner, ground, object, &line, current);
                let handed = batch.hand_in(loads, planned, cancel).await?;
                exchanges = line.http.take_exchanges().iter().map(keep::exchange).collect();
                if let Some(failure) = handed.refused {
                    tracing::warn!(connection.id = %ground.destination, cause = failure.kind.word(), code = failure.code,
                        "The account takes no loads. Its leads go in the ordinary way.");
                    inner.loads.takes_none(&ground.destination, now + WITHOUT);
                }
                inner.events.tell(ground.syncs.iter().map(|sync| Tag::Deliveries { sync: sync.id.clone() }));
                handed.ended
            }
            Err(ended) => ended,
        },
        Err(failure) => super::closed(claimed, &failure),
    };
    let now = inner.now();
    let report = inner.caution(&ground.destination, |caution| {
        settle::report(ended, object.batch, now, caution, &mut *inner.chance())
    });
    let did = report.did;
    keep::batch(inner, ground, object.name, report, exchanges).await?;
    Ok(Some(did))
}
