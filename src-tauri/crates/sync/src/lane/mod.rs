//! One destination's work within a step: look whether it may go, claim, deliver, settle, until nothing is left or it has to wait.

mod ground;
mod keep;
pub(crate) mod loads;
mod trouble;

use jiff::SignedDuration;
use leadferry_connector::{Capability, ObjectSpec, Spec};
use leadferry_failpoint::fail_point;
use leadferry_model::{ConnectionId, Failure, FailureKind, Timestamp};
use leadferry_store::{Claimed, Lane, LaneState};

pub(crate) use ground::{Ground, described, object, of as ground};
pub(crate) use keep::{exchange, notify, passed, refused};
pub(crate) use trouble::Trouble;

use crate::connect::Line;
use crate::deliver::{Batch, Planned, settle};
use crate::engine::{Cancel, Counts, Inner};
use crate::error::Result;
use crate::plan::{End, Ended};
use crate::pull;

/// How long a batch may take before another worker may take over. A call's own timeout is far below it; within one process
/// nobody else is there, and after a crash [`Engine::recover`](crate::Engine::recover) does not wait for it.
const LEASE: SignedDuration = SignedDuration::from_mins(15);

/// Works off what one destination can take now.
pub(crate) async fn work(inner: &Inner, destination: &ConnectionId, cancel: &Cancel) -> Result<Counts> {
    let mut did = loads::tend(inner, destination).await?;
    let Some(ground) = ground::of(inner, destination).await? else { return Ok(did) };
    let mut objects = ground.objects.iter();
    let mut object = objects.next();
    while let Some(spec) = object {
        if cancel.is_cancelled() {
            break;
        }
        match gate(inner, &ground, &mut did).await? {
            Gate::Open => {}
            Gate::Closed => break,
        }
        let batch = match loads::hand_in(inner, &ground, spec, cancel).await? {
            None => batch(inner, &ground, spec).await?,
            handed => handed,
        };
        match batch {
            Some(counts) => did.add(counts),
            None => object = objects.next(),
        }
        if ground.connector.loads().is_some() {
            did.add(loads::tend(inner, destination).await?);
        }
    }
    if object.is_none() {
        // Nothing is left to prove that a destination that answered its probe also takes writes.
        keep::untroubled(inner, &ground).await?;
    }
    Ok(did)
}

enum Gate {
    Open,
    Closed,
}

/// Whether the lane may go now; probes it if that is due.
async fn gate(inner: &Inner, ground: &Ground, did: &mut Counts) -> Result<Gate> {
    let now = inner.now();
    let lane = ground.lane(inner).await?;
    let due = lane.next_try_at.is_some_and(|at| at <= now);
    match lane.state {
        LaneState::Open => Ok(Gate::Open),
        LaneState::Snoozed if due => Ok(Gate::Open),
        LaneState::Down | LaneState::NoAccess if due => {
            did.probes += 1;
            match probe(inner, ground).await {
                Ok(()) => {
                    keep::opened(inner, ground, &lane).await?;
                    Ok(Gate::Open)
                }
                Err(failure) => {
                    keep::still_closed(inner, ground, &lane, failure).await?;
                    Ok(Gate::Closed)
                }
            }
        }
        _ => Ok(Gate::Closed),
    }
}

async fn probe(inner: &Inner, ground: &Ground) -> std::result::Result<(), Failure> {
    let line = inner.connect.open(&ground.destination).await?;
    ground.connector.check(&line.call(inner.clock.as_ref())).await.map(drop)
}

/// Claims and delivers one batch. `None` when there is nothing to claim.
async fn batch(inner: &Inner, ground: &Ground, object: &'static ObjectSpec) -> Result<Option<Counts>> {
    let limit = inner.caution(&ground.destination, |caution| caution.limit(object.batch)).max(1);
    let claimed = claim(inner, ground, object, limit).await?;
    if claimed.is_empty() {
        return Ok(None);
    }
    fail_point!("delivery.claimed");
    let ended;
    let mut exchanges = Vec::new();
    match inner.connect.open(&ground.destination).await {
        Ok(mut line) => {
            if claimed.iter().any(|claimed| claimed.urgent) {
                line.http = line.http.urgent();
            }
            ended = deliver(inner, ground, object, &line, claimed).await?;
            exchanges = line.http.take_exchanges().iter().map(exchange).collect();
        }
        Err(failure) => ended = closed(claimed, &failure),
    }
    let now = inner.now();
    let report = inner.caution(&ground.destination, |caution| {
        settle::report(ended, object.batch, now, caution, &mut *inner.chance())
    });
    let did = report.did;
    fail_point!("delivery.settle.before");
    keep::batch(inner, ground, object.name, report, exchanges).await?;
    fail_point!("delivery.settle.after");
    Ok(Some(did))
}

async fn claim(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    limit: usize,
) -> Result<Vec<Claimed>> {
    let now = inner.now();
    let lease: Timestamp = now + LEASE;
    let destination = ground.destination.clone();
    Ok(inner.store.write(move |tx| tx.claim(now, &destination, object.name, limit, lease)).await?)
}

async fn deliver(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
    claimed: Vec<Claimed>,
) -> Result<Vec<Ended>> {
    match prepared(inner, ground, object, line, claimed).await? {
        Ok((planned, current)) => way(inner, ground, object, line, current).run(planned).await,
        Err(ended) => Ok(ended),
    }
}

/// Deliveries with their rules, and whether the index may be relied on.
type Prepared = (Vec<(Claimed, Planned)>, bool);

/// Gives each delivery its rules. Where only the index stands between two records of one person, it is made current first; a
/// destination that is down says so then, and the deliveries end with that.
async fn prepared(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
    claimed: Vec<Claimed>,
) -> Result<std::result::Result<Prepared, Vec<Ended>>> {
    let spec = ground.connector.spec();
    let (planned, complete) = ground::planned(inner, ground, object, line, claimed).await?;
    if !planned.iter().any(|(claimed, rules)| needs_index(spec, object, claimed, rules)) {
        return Ok(Ok((planned, complete)));
    }
    Ok(match pull::confirm(inner, ground, object, line).await? {
        Ok(current) => Ok((planned, complete && current)),
        Err(failure) => Err(closed(planned.into_iter().map(|(claimed, _)| claimed).collect(), &failure)),
    })
}

/// The way of a batch to its destination.
fn way<'a>(
    inner: &'a Inner,
    ground: &'a Ground,
    object: &'static ObjectSpec,
    line: &'a Line,
    index_complete: bool,
) -> Batch<'a> {
    Batch {
        store: &inner.store,
        clock: inner.clock.as_ref(),
        unsure: &inner.unsure,
        connector: ground.connector,
        spec: ground.connector.spec(),
        line,
        destination: &ground.destination,
        object: object.name,
        size: object.batch,
        index_complete,
        ask: true,
        look: false,
    }
}

/// Nothing but the index stands between two records of one person: there is none of them yet as far as is known, and the destination
/// takes a second one with their address. An upsert by Lead ID does not see whom somebody typed in.
fn needs_index(spec: &Spec, object: &ObjectSpec, claimed: &Claimed, rules: &Planned) -> bool {
    let Ok(rules) = rules else { return false };
    let address = object.email_field.and_then(|field| rules.compiled.schema().field(field));
    let refuses_twice = spec.can(Capability::UpsertByKey) && address.is_some_and(|field| field.unique);
    claimed.link.is_none() && spec.can(Capability::Pull) && !refuses_twice
}

/// Whether a failure concerns the whole destination, whatever was asked of it.
pub(crate) fn stops(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Auth | FailureKind::Unavailable | FailureKind::RateLimited { .. })
}

/// Nothing of the batch could be sent: it concerns the whole destination, whatever it is.
fn closed(claimed: Vec<Claimed>, failure: &Failure) -> Vec<Ended> {
    let mut failure = failure.clone();
    if !matches!(failure.kind, FailureKind::Auth | FailureKind::RateLimited { .. }) {
        failure.kind = FailureKind::Unavailable;
    }
    let end = |claimed| Ended {
        claimed,
        rules: None,
        warnings: Vec::new(),
        unlink: false,
        moved: None,
        end: End::Failed(failure.clone()),
    };
    claimed.into_iter().map(end).collect()
}

impl Ground {
    async fn lane(&self, inner: &Inner) -> Result<Lane> {
        let (now, destination) = (inner.now(), self.destination.clone());
        Ok(inner.store.read(move |tx| tx.lane(now, &destination)).await?)
    }
}
