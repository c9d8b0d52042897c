//! Failure groups: what needs a person, what sorts itself out, what was solved.

use jiff::SignedDuration;
use leadferry_model::{ConnectionId, SyncId, Timestamp};
use leadferry_store::{DeliveryFilter as Kept, FailureGroup, GroupState, Page, Reader, StoreError};
use serde_json::json;

use super::Rows;
use crate::explain::{Context, explain, grouped, more_actions};
use crate::home::count;
use crate::types::*;
use crate::{App, Error, Result, Tag};

/// Groups shown at most.
const SHOWN: u64 = 500;
/// Days of the small chart.
const DAYS: u16 = 7;
/// A solved group stays in sight this long.
const SOLVED: SignedDuration = SignedDuration::from_hours(24);

/// A group with its days.
type Found = (FailureGroup, Vec<u64>);

impl App {
    /// Everything that failed, by cause.
    pub async fn error_desk(&self, wanted: FailureFilter) -> Result<ErrorDesk> {
        let now = self.now();
        let since = wanted.since.as_deref().map(moment).transpose()?;
        let (rows, found) =
            self.store.read(move |tx| Ok((Rows::read(tx)?, desk(tx, now, &wanted, since)?))).await?;
        let mut desk = ErrorDesk {
            sentence: String::new(),
            needs_you: Vec::new(),
            retrying: Vec::new(),
            solved: Vec::new(),
            set_aside: Vec::new(),
        };
        for one in found {
            let place = match standing(&one.0, now) {
                GroupState::Solved => &mut desk.solved,
                GroupState::Snoozed | GroupState::Ignored => &mut desk.set_aside,
                GroupState::Open if one.0.failed > 0 => &mut desk.needs_you,
                GroupState::Open => &mut desk.retrying,
            };
            place.push(view(&rows, one, now));
        }
        desk.sentence = sentence(&desk);
        Ok(desk)
    }

    /// One group.
    pub async fn failure_group(&self, request: GroupOf) -> Result<GroupView> {
        let (now, sync) = (self.now(), SyncId::new(request.sync));
        let (rows, found) = self
            .store
            .read(move |tx| {
                let group = tx.failure_group(&sync, &request.key)?;
                let series = tx.failure_series(now, &sync, &request.key, DAYS)?;
                Ok((Rows::read(tx)?, (group, series)))
            })
            .await?;
        Ok(view(&rows, found, now))
    }

    /// Snoozes or ignores a group, or takes it back.
    pub async fn set_group(&self, request: SetGroup) -> Result<GroupView> {
        let now = self.now();
        let until = request.until.as_deref().map(moment).transpose()?;
        let state = match GroupState::parse(&request.state) {
            Some(GroupState::Snoozed) if until.is_none_or(|until| until <= now) => {
                return Err(Error::usage(
                    "A snooze needs a moment in the future at which it ends. Choose one.",
                ));
            }
            Some(state @ (GroupState::Open | GroupState::Snoozed | GroupState::Ignored)) => state,
            _ => return Err(Error::usage("A group can be open, snoozed or ignored. Choose one of these.")),
        };
        let reason = request.reason.filter(|reason| !reason.trim().is_empty());
        if state == GroupState::Ignored && reason.is_none() {
            return Err(Error::usage(
                "Say in a few words why these leads may be ignored, so that others understand it later.",
            ));
        }
        let (sync, key) = (SyncId::new(&request.sync), request.key.clone());
        self.store
            .write(move |tx| {
                let until = until.filter(|_| state == GroupState::Snoozed);
                tx.set_group_state(&sync, &key, state, until, reason.as_deref())?;
                let detail = json!({"state": state.as_str(), "until": until.map(|at| at.to_string())});
                tx.record(now, "person", "group.set", sync.as_str(), &detail)
            })
            .await?;
        self.host.changed(&[Tag::Failures, Tag::Audit]);
        self.failure_group(GroupOf { sync: request.sync, key: request.key }).await
    }
}

/// A moment as text.
pub(super) fn moment(text: &str) -> Result<Timestamp> {
    text.parse().map_err(|_| {
        Error::usage(format!("“{text}” is no moment Leadferry can read. Write it as 2026-03-01T09:00:00Z."))
    })
}

/// What a person decided, as it counts now: a snooze that is over counts no more.
fn standing(group: &FailureGroup, now: Timestamp) -> GroupState {
    match group.state {
        GroupState::Snoozed if group.snoozed_until.is_some_and(|until| until <= now) => GroupState::Open,
        state => state,
    }
}

fn desk(
    tx: &Reader<'_>,
    now: Timestamp,
    wanted: &FailureFilter,
    since: Option<Timestamp>,
) -> std::result::Result<Vec<Found>, StoreError> {
    let sync = wanted.sync.as_deref().map(SyncId::new);
    let destination = wanted.destination.as_deref().map(ConnectionId::new);
    let states = [GroupState::Open, GroupState::Snoozed, GroupState::Ignored, GroupState::Solved];
    let mut found = Vec::new();
    for group in tx.failure_groups(sync.as_ref(), &states, Page::first(SHOWN))?.rows {
        let shown = match standing(&group, now) {
            GroupState::Open => group.leads > 0,
            GroupState::Snoozed | GroupState::Ignored => wanted.all && group.leads > 0,
            GroupState::Solved => group.solved_at.is_some_and(|at| now.duration_since(at) <= SOLVED),
        };
        let cause = wanted.cause.as_deref().is_none_or(|cause| group.sample.kind.word() == cause);
        let recent = since.is_none_or(|since| group.last_at >= since);
        if !(shown && cause && recent) {
            continue;
        }
        if let Some(only) = &destination
            && tx.sync(&group.sync)?.destination != *only
        {
            continue;
        }
        if let Some(text) = wanted.text.as_deref().map(str::trim).filter(|text| !text.is_empty()) {
            let said = group.sample.message.to_lowercase().contains(&text.to_lowercase());
            let named = Kept {
                sync: Some(group.sync.clone()),
                group: Some(group.group.clone()),
                text: Some(text.to_owned()),
                ..Kept::default()
            };
            if !said && tx.deliveries(&named, Page::first(1))?.total == 0 {
                continue;
            }
        }
        let series = tx.failure_series(now, &group.sync, &group.group, DAYS)?;
        found.push((group, series));
    }
    Ok(found)
}

fn view(rows: &Rows, (group, series): Found, now: Timestamp) -> GroupView {
    let sync = rows.syncs.get(&group.sync);
    let destination = sync.map(|sync| sync.destination.clone()).unwrap_or_else(|| ConnectionId::new(""));
    let schema = sync.and_then(|sync| rows.schema(&sync.destination, &sync.object));
    let named = rows.connection(&destination);
    let about = Context { connection: &named.id, system: &named.name, schema, leads: count(group.leads) };
    let state = standing(&group, now);
    GroupView {
        sync: rows.sync(&group.sync),
        explained: explain(&group.sample, &about),
        more: more_actions(&group.sample),
        next: next(&group, state),
        connector: rows.connections.get(&destination).map(|one| one.connector.clone()).unwrap_or_default(),
        key: group.group,
        leads: count(group.leads),
        first_at: group.first_at.to_string(),
        last_at: group.last_at.to_string(),
        next_try_at: group.next_retry_at.map(|at| at.to_string()),
        series: series.into_iter().map(count).collect(),
        state: state.as_str().into(),
        snoozed_until: group.snoozed_until.filter(|_| state == GroupState::Snoozed).map(|at| at.to_string()),
        reason: group.reason,
        came_back: group.recurrences > 0,
        destination: named,
    }
}

fn next(group: &FailureGroup, state: GroupState) -> String {
    match state {
        GroupState::Solved => "Nothing is left to do.".into(),
        GroupState::Snoozed => "Hidden until the snooze ends. The leads wait.".into(),
        GroupState::Ignored => "Hidden until you take it back. The leads wait.".into(),
        GroupState::Open if group.failed > 0 => "Waits for you. Nothing is tried again by itself.".into(),
        GroupState::Open if group.retrying > 0 => "Tried again by itself.".into(),
        GroupState::Open => "On its way again.".into(),
    }
}

fn sentence(desk: &ErrorDesk) -> String {
    let leads = |groups: &[GroupView]| groups.iter().map(|group| group.leads).sum::<u32>();
    let (waiting, retrying) = (leads(&desk.needs_you), leads(&desk.retrying));
    match (desk.needs_you.len(), retrying) {
        (0, 0) => "Nothing needs you.".into(),
        (0, 1) => "Nothing needs you. 1 lead is tried again by itself.".into(),
        (0, _) => format!("Nothing needs you. {} leads are tried again by themselves.", grouped(retrying)),
        (1, _) => format!(
            "1 cause needs you: {} {}.",
            grouped(waiting),
            if waiting == 1 { "lead waits" } else { "leads wait" }
        ),
        (causes, _) => format!("{causes} causes need you: {} leads wait.", grouped(waiting)),
    }
}
