//! Reads a destination's changes: keeps the index of match keys fresh, follows deleted and converted records, and notices fields
//! that are gone.
//!
//! A hint of the destination's that something changed (a webhook) moves the next look forward, and does nothing else.
//!
//! The first full read fills the index and goes on where it was after a restart: a page and its cursor are kept in one
//! transaction. Writing changes back to sources is deliberately not here yet.

pub(crate) mod drift;
pub(crate) mod index;

use jiff::SignedDuration;
use leadferry_connector::{Capability, ObjectSpec, Page, PullRequest};
use leadferry_model::{ConnectionId, Failure, Timestamp};
use leadferry_store::{Cursor, LaneState};

use crate::connect::Line;
use crate::engine::{Cancel, Counts, Inner};
use crate::error::Result;
use crate::follow;
use crate::lane::{self, Ground};

/// Between two looks at the change feed. Below the five minutes the product promises for changes.
const PULL_EVERY: SignedDuration = SignedDuration::from_mins(4);
/// How old the index may be where it alone rules out duplicates: somebody typed in less than this before their lead comes may get a
/// second record. Shorter would cost more than a call in fifty leads where a feed reaches back some minutes at each look.
const CURRENT: SignedDuration = SignedDuration::from_mins(1);
/// Between two looks, where the destination says that something changed.
const AFTER_HINT: SignedDuration = SignedDuration::from_secs(10);
/// Pages in one step: deliveries are not kept waiting behind a million records.
const PAGES: usize = 20;

/// Reads what changed at one destination, if it is time.
pub(crate) async fn refresh(inner: &Inner, destination: &ConnectionId, cancel: &Cancel) -> Result<Counts> {
    let mut did = Counts::default();
    let Some(ground) = lane::ground(inner, destination).await? else { return Ok(did) };
    for object in &ground.objects {
        if ground.connector.spec().can(Capability::Pull) {
            did.pages += feed(inner, &ground, object, cancel).await?;
        }
        if answers(inner, &ground).await? && put_off(inner, &ground).is_none() {
            drift::look(inner, &ground, object).await?;
        }
    }
    Ok(did)
}

/// When the next look at a change feed is due.
pub(crate) async fn next_due(inner: &Inner) -> Result<Option<Timestamp>> {
    let mut due = None;
    for destination in inner.destinations().await? {
        let Some(ground) = lane::ground(inner, &destination).await? else { continue };
        if !ground.connector.spec().can(Capability::Pull) || !answers(inner, &ground).await? {
            continue;
        }
        for object in &ground.objects {
            let cursor = cursor(inner, &ground, object.name).await?;
            let next = next_look(inner, &ground, cursor.as_ref());
            due = Some(due.map_or(next, |due: Timestamp| due.min(next)));
        }
    }
    Ok(due)
}

fn next_look(inner: &Inner, ground: &Ground, cursor: Option<&Cursor>) -> Timestamp {
    let due = match cursor {
        Some(cursor) if cursor.complete => {
            let hint = inner.hinted_at(&ground.destination).filter(|hint| *hint >= cursor.pulled_at);
            cursor.pulled_at + if hint.is_some() { AFTER_HINT } else { PULL_EVERY }
        }
        _ => inner.now(),
    };
    put_off(inner, ground).map_or(due, |until| due.max(until))
}

/// Until when reading is put off, if it still is.
fn put_off(inner: &Inner, ground: &Ground) -> Option<Timestamp> {
    inner.put_off_until(&ground.destination).filter(|until| *until > inner.now())
}

async fn cursor(inner: &Inner, ground: &Ground, object: &'static str) -> Result<Option<Cursor>> {
    let destination = ground.destination.clone();
    Ok(inner.store.read(move |tx| tx.cursor(&destination, object)).await?)
}

/// A lane that waits is not asked for changes either: the probe is enough.
async fn answers(inner: &Inner, ground: &Ground) -> Result<bool> {
    let (now, destination) = (inner.now(), ground.destination.clone());
    let lane = inner.store.read(move |tx| tx.lane(now, &destination)).await?;
    Ok(matches!(lane.state, LaneState::Open | LaneState::Paused))
}

async fn feed(inner: &Inner, ground: &Ground, object: &'static ObjectSpec, cancel: &Cancel) -> Result<u64> {
    let mut pages = 0;
    let mut at = cursor(inner, ground, object.name).await?;
    if next_look(inner, ground, at.as_ref()) > inner.now() || !answers(inner, ground).await? {
        return Ok(0);
    }
    let line = match inner.connect.open(&ground.destination).await {
        Ok(line) => line,
        Err(failure) => return lane::refused(inner, ground, failure).await.map(|()| 0),
    };
    while pages < PAGES as u64 && !cancel.is_cancelled() {
        let page = match read(inner, ground, object, &line, at.as_ref()).await {
            Ok(page) => page,
            Err(failure) => {
                lane::refused(inner, ground, failure).await?;
                return Ok(pages);
            }
        };
        let more = page.more;
        at = Some(apply(inner, ground, object, &line, at.as_ref(), page).await?);
        pages += 1;
        if !more {
            break;
        }
    }
    Ok(pages)
}

/// Makes the index current before something is created by it: one call for a whole batch instead of a search for every lead. Says
/// whether it is; one that is not complete yet, or whose feed is refused, is not to be relied on. What stops everything there stops
/// this too.
pub(crate) async fn confirm(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
) -> Result<std::result::Result<bool, Failure>> {
    let mut at = cursor(inner, ground, object.name).await?;
    for _ in 0..PAGES {
        match &at {
            Some(cursor) if cursor.complete => {
                if inner.now().duration_since(cursor.pulled_at) < CURRENT {
                    return Ok(Ok(true));
                }
            }
            _ => return Ok(Ok(false)),
        }
        match read(inner, ground, object, line, at.as_ref()).await {
            Ok(page) => at = Some(apply(inner, ground, object, line, at.as_ref(), page).await?),
            Err(failure) if lane::stops(&failure) => return Ok(Err(failure)),
            Err(_) => return Ok(Ok(false)),
        }
    }
    Ok(Ok(false))
}

async fn read(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
    at: Option<&Cursor>,
) -> std::result::Result<Page, Failure> {
    let fields: Vec<String> = [line.settings.lead_id_field(object), object.email_field, object.phone_field]
        .into_iter()
        .flatten()
        .map(str::to_owned)
        .collect();
    let cursor = at.map(|kept| leadferry_connector::Cursor(kept.cursor.clone()));
    let request = PullRequest { object: object.name, fields: &fields, cursor: cursor.as_ref() };
    ground.connector.pull(&line.call(inner.clock.as_ref()), &request).await
}

/// Keeps a page and where to go on, in one transaction.
async fn apply(
    inner: &Inner,
    ground: &Ground,
    object: &'static ObjectSpec,
    line: &Line,
    before: Option<&Cursor>,
    page: Page,
) -> Result<Cursor> {
    let complete = before.filter(|before| before.complete);
    let saved = Cursor {
        cursor: page.next.0,
        complete: complete.is_some() || !page.more,
        // A round is as old as it began, until its end is read: then nothing of before is missing.
        pulled_at: complete.filter(|_| page.more).map_or(inner.now(), |before| before.pulled_at),
    };
    let (kept, destination) = (saved.clone(), ground.destination.clone());
    let records = page.records;
    let (now, lead_id) = (inner.now(), line.settings.lead_id_field(object).map(str::to_owned));
    inner
        .store
        .write(move |tx| {
            for record in &records {
                if let Some(became) = follow::successor(object, record) {
                    follow::move_links(tx, now, &destination, object.name, &record.id, became)?;
                    continue;
                }
                let keys = index::keys(object, lead_id.as_deref(), record, None);
                tx.replace_keys(&destination, object.name, &record.id, &keys)?;
            }
            tx.save_cursor(&destination, object.name, &kept)
        })
        .await?;
    Ok(saved)
}
