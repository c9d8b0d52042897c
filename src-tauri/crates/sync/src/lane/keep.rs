//! What a lane writes down: settled batches, turns of the lane, and the notifications that follow.

use jiff::{SignedDuration, Timestamp};
use leadferry_connector::Exchange;
use leadferry_model::{ConnectionId, Failure, FailureKind};
use leadferry_store::{ConnectionState, Json, Lane, LaneState, StoreError, Writer};

use super::{Ground, Trouble};
use crate::deliver::settle::Report;
use crate::engine::Inner;
use crate::error::Result;
use crate::events::Tag;
use crate::follow;
use crate::notify::{Notice, QUIET};
use crate::pull::index;
use crate::verdict::{LaneTurn, next_probe, snooze_until};

/// How often lost access is looked at again: it comes back by a person, who tells us, or by the vendor's own repair.
const ACCESS_PROBE: SignedDuration = SignedDuration::from_hours(1);

/// How long reading changes is put off after a refusal of its own, such as a missing scope.
const REFUSED: SignedDuration = SignedDuration::from_mins(30);

/// An exchange as the ledger keeps it.
pub(crate) fn exchange(exchange: &Exchange) -> Json {
    serde_json::to_value(exchange).expect("BUG: an exchange always serialises")
}

/// Keeps a batch and what it means for the lane, in one transaction.
pub(crate) async fn batch(
    inner: &Inner,
    ground: &Ground,
    object: &'static str,
    report: Report,
    exchanges: Vec<Json>,
) -> Result<()> {
    let now = inner.now();
    let destination = ground.destination.clone();
    let before = trouble(inner, &destination).await?;
    let turn = report
        .turn
        .as_ref()
        .map(|(turn, failure)| Turn::of(inner, *turn, failure.clone(), before.clone(), now));
    let answered = report.did.synced > report.did.unchanged || report.did.failed + report.did.retrying > 0;
    let mut tags = tags(ground, turn.is_some() || before.is_some());
    tags.extend(report.runs.iter().map(|run| Tag::Run { run: *run }));
    inner
        .store
        .write(move |tx| {
            let exchange = (!exchanges.is_empty()).then_some(&*exchanges);
            // First, so that what was written to the new record is kept with the moved link.
            for (record, became) in &report.moved {
                follow::move_links(tx, now, &destination, object, record, became)?;
            }
            let settled = tx.settle(now, exchange, &report.settlements)?;
            if !settled.late.is_empty() {
                tracing::warn!(
                    count = settled.late.len(),
                    "Answers came after their lease was lost and were ignored."
                );
            }
            for lead in &report.unlink {
                tx.remove_link(lead, &destination, object)?;
            }
            for (record, made) in &report.made {
                index::made(tx, &destination, object, record, made)?;
            }
            for news in settled.opened {
                notify(tx, now, &Notice::new_failure(news.sync, news.group, &news.sample))?;
            }
            match turn {
                Some(turn) => turn.keep(tx, now, &destination),
                None if answered => passed(tx, now, &destination),
                None => Ok(()),
            }
        })
        .await?;
    inner.events.tell(tags);
    Ok(())
}

/// A probe was answered: the lane opens, carefully.
pub(crate) async fn opened(inner: &Inner, ground: &Ground, lane: &Lane) -> Result<()> {
    let (now, destination, state) = (inner.now(), ground.destination.clone(), lane.state);
    inner
        .store
        .write(move |tx| {
            tx.set_lane(now, &destination, LaneState::Open, None, None)?;
            if state == LaneState::NoAccess {
                tx.set_connection_state(&destination, ConnectionState::Connected)?;
            }
            Ok(())
        })
        .await?;
    inner.events.tell(tags(ground, true));
    Ok(())
}

/// A probe was not answered.
pub(crate) async fn still_closed(
    inner: &Inner,
    ground: &Ground,
    lane: &Lane,
    failure: Failure,
) -> Result<()> {
    let now = inner.now();
    let destination = ground.destination.clone();
    let before = trouble(inner, &destination).await?;
    let turn = match &failure.kind {
        FailureKind::Auth => LaneTurn::NoAccess,
        // Lost access is lost until a person brings it back or a probe is answered; a busy vendor says nothing about it, and the
        // lane must remember what to release then.
        _ if lane.state == LaneState::NoAccess => LaneTurn::NoAccess,
        FailureKind::RateLimited { after_seconds } => LaneTurn::Snooze {
            after: after_seconds.map(|s| SignedDuration::from_secs(i64::try_from(s).unwrap_or(i64::MAX))),
        },
        // Whatever a probe of a closed lane says otherwise, it does not say that writes are taken.
        _ => LaneTurn::Down,
    };
    let turn = Turn::of(inner, turn, failure, before, now);
    inner.store.write(move |tx| turn.keep(tx, now, &destination)).await?;
    inner.events.tell(tags(ground, true));
    Ok(())
}

/// Something beside a delivery was refused (the change feed, the fields). What concerns the whole destination closes its lane;
/// anything else is put off.
pub(crate) async fn refused(inner: &Inner, ground: &Ground, failure: Failure) -> Result<()> {
    if !super::stops(&failure) {
        tracing::warn!(connection.id = %ground.destination, cause = failure.kind.word(), "Reading changes was refused.");
        inner.put_off(&ground.destination, inner.now() + REFUSED);
        return Ok(());
    }
    let lane = ground.lane(inner).await?;
    still_closed(inner, ground, &lane, failure).await
}

/// Nothing waits at an open lane: trouble that was remembered is over.
pub(crate) async fn untroubled(inner: &Inner, ground: &Ground) -> Result<()> {
    let now = inner.now();
    let destination = ground.destination.clone();
    if trouble(inner, &destination).await?.is_none() {
        return Ok(());
    }
    inner
        .store
        .write(
            move |tx| {
                if tx.lane_is_open(now, &destination)? { passed(tx, now, &destination) } else { Ok(()) }
            },
        )
        .await?;
    inner.events.tell(tags(ground, true));
    Ok(())
}

async fn trouble(inner: &Inner, destination: &ConnectionId) -> Result<Option<Trouble>> {
    let destination = destination.clone();
    Ok(inner.store.read(move |tx| Trouble::of(tx, &destination)).await?)
}

/// How a lane closes.
struct Turn {
    trouble: Trouble,
    failure: Failure,
    next: Timestamp,
}

impl Turn {
    fn of(inner: &Inner, turn: LaneTurn, failure: Failure, before: Option<Trouble>, now: Timestamp) -> Self {
        let state = match turn {
            LaneTurn::Snooze { .. } => LaneState::Snoozed,
            LaneTurn::Down => LaneState::Down,
            LaneTurn::NoAccess => LaneState::NoAccess,
        };
        let trouble = Trouble::again(before, state, now);
        let chance = &mut *inner.chance();
        let next = match turn {
            LaneTurn::Snooze { after } => snooze_until(after, trouble.tries, now, chance),
            LaneTurn::Down => next_probe(trouble.tries, now, chance),
            LaneTurn::NoAccess => now + ACCESS_PROBE,
        };
        Self { trouble, failure, next }
    }

    fn keep(mut self, tx: &Writer<'_>, now: Timestamp, destination: &ConnectionId) -> Result<(), StoreError> {
        tx.set_lane(now, destination, self.trouble.state, Some(&self.failure), Some(self.next))?;
        let (connection, state) = (destination.clone(), self.trouble.state);
        let notice = match (state, self.trouble.down_since) {
            (LaneState::NoAccess, _) => {
                tx.set_connection_state(destination, ConnectionState::NeedsAccess)?;
                Some(Notice::NoAccess { connection, since: now })
            }
            (LaneState::Down, Some(since)) if now.duration_since(since) >= QUIET => {
                Some(Notice::Down { connection, since })
            }
            _ => None,
        };
        if let Some(notice) = notice.filter(|_| !self.trouble.told.contains(&state)) {
            // What was told of the last recovery is over.
            tx.mark_seen(now, "recovered", &notice.subject())?;
            notify(tx, now, &notice)?;
            self.trouble.told.push(state);
        }
        self.trouble.keep(tx, destination)
    }
}

/// The destination takes writes: whatever was remembered about it is over, and who was told of it is told so.
pub(crate) fn passed(tx: &Writer<'_>, now: Timestamp, destination: &ConnectionId) -> Result<(), StoreError> {
    let lane = tx.lane(now, destination)?;
    if lane.state == LaneState::Snoozed {
        tx.set_lane(now, destination, LaneState::Open, None, None)?;
    }
    let Some(trouble) = Trouble::of(tx, destination)? else { return Ok(()) };
    Trouble::forget(tx, destination)?;
    if !trouble.told.is_empty() {
        let recovered = Notice::Recovered { connection: destination.clone(), since: trouble.since };
        // Nobody needs to look at trouble that is over, and the next one is news again even if nobody has looked at this one.
        for over in ["down", "no_access"] {
            tx.mark_seen(now, over, &recovered.subject())?;
        }
        notify(tx, now, &recovered)?;
    }
    Ok(())
}

/// Keeps a notification. One of the same kind and subject that nobody has seen yet stays the only one.
pub(crate) fn notify(tx: &Writer<'_>, now: Timestamp, notice: &Notice) -> Result<(), StoreError> {
    tx.notify(now, notice.kind(), &notice.subject(), &notice.body(), &notice.target())?;
    Ok(())
}

fn tags(ground: &Ground, lane: bool) -> Vec<Tag> {
    let mut tags: Vec<Tag> =
        ground.syncs.iter().map(|sync| Tag::Deliveries { sync: sync.id.clone() }).collect();
    if lane {
        tags.push(Tag::Lane { connection: ground.destination.clone() });
    }
    tags.push(Tag::Notifications);
    tags
}
