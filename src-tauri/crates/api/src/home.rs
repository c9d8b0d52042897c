//! Home, and the tray's sentence.

use std::collections::HashMap;

use jiff::tz::TimeZone;
use leadferry_model::{ConnectionId, Failure, SyncId, Timestamp};
use leadferry_store::{
    Connection, ConnectionState, GroupState, Lane, Page, Reader, SavedSync, StoreError, SyncOverview,
};
use leadferry_store::{LaneState as Kept, SyncState as State};
use leadferry_sync::settings::{Mode, Schedule};

use crate::explain::grouped;
use crate::types::*;
use crate::way::Authorised;
use crate::{App, Result};

/// What Home is made of, read at one moment.
struct Moment {
    syncs: Vec<SyncOverview>,
    backlog: HashMap<SyncId, u64>,
    connections: HashMap<ConnectionId, Connection>,
    lanes: Vec<Lane>,
    open_groups: u64,
    /// Since when the oldest of them waits for a person.
    needs_since: Option<Timestamp>,
    retrying_groups: u64,
    drafts: HashMap<SyncId, bool>,
}

impl Moment {
    fn read(tx: &Reader<'_>, now: Timestamp) -> std::result::Result<Self, StoreError> {
        let syncs = tx.sync_overview(now)?;
        let (mut backlog, mut drafts) = (HashMap::new(), HashMap::new());
        for overview in &syncs {
            let sync = &overview.sync;
            backlog.insert(sync.id.clone(), tx.backlog(&sync.id)?);
            let unpublished =
                tx.mappings(&sync.id)?.first().is_some_and(|newest| newest.published_at.is_none());
            drafts.insert(sync.id.clone(), unpublished && sync.live_version.is_some());
        }
        let groups = tx.failure_groups(None, &[GroupState::Open], Page::first(500))?.rows;
        Ok(Self {
            syncs,
            backlog,
            drafts,
            connections: tx.connections()?.into_iter().map(|one| (one.id.clone(), one)).collect(),
            lanes: tx.closed_lanes(now)?,
            open_groups: groups.iter().filter(|group| group.failed > 0).count() as u64,
            needs_since: groups.iter().filter(|group| group.failed > 0).map(|group| group.first_at).min(),
            retrying_groups: groups.iter().filter(|group| group.failed == 0 && group.retrying > 0).count()
                as u64,
        })
    }

    fn waiting_for(&self, destination: &ConnectionId) -> u64 {
        let of = |overview: &&SyncOverview| overview.sync.destination == *destination;
        self.syncs.iter().filter(of).map(|overview| overview.counts.pending + overview.counts.retrying).sum()
    }

    /// Destinations that need a person to sign in.
    fn locked_out(&self) -> u64 {
        self.connections.values().filter(|one| one.state == ConnectionState::NeedsAccess).count() as u64
    }
}

impl App {
    /// Everything Home and the tray show.
    pub async fn home(&self, _: Nothing) -> Result<Home> {
        let now = self.now();
        let moment = self.store.read(move |tx| Moment::read(tx, now)).await?;
        let needs_you = moment.open_groups + moment.locked_out();
        let waiting = moment
            .syncs
            .iter()
            .map(|sync| sync.counts.pending + sync.counts.sending + sync.counts.retrying)
            .sum();
        Ok(Home {
            sentence: match self.store.trouble().borrow().as_ref() {
                Some(error) => Sentence { mood: Mood::NeedsYou, text: error.to_string(), at: None },
                None => sentence(&moment, needs_you, waiting),
            },
            needs_you: count(needs_you),
            sorting_themselves: count(moment.retrying_groups),
            waiting: count(waiting),
            syncs: moment.syncs.iter().map(|overview| self.row(&moment, overview, now)).collect(),
            lanes: moment.lanes.iter().map(|lane| lane_view(&moment, lane, now)).collect(),
            offline_since: offline(&moment).map(|since| since.to_string()),
        })
    }

    fn row(&self, moment: &Moment, overview: &SyncOverview, now: Timestamp) -> SyncRow {
        let sync = &overview.sync;
        let party = |id: &ConnectionId, object: Option<&str>| {
            let connection = moment.connections.get(id);
            Party {
                connection: Named {
                    id: id.to_string(),
                    name: connection.map(|one| one.name.clone()).unwrap_or_default(),
                },
                connector: connection.map(|one| one.connector.clone()).unwrap_or_default(),
                object: object.map(str::to_owned),
            }
        };
        let counts = overview.counts;
        let decided = counts.synced + counts.failed;
        let mut excluded: Vec<Excluded> = overview
            .excluded
            .iter()
            .map(|(reason, leads)| Excluded { reason: reason.clone(), count: count(*leads) })
            .collect();
        let backlog = moment.backlog.get(&sync.id).copied().unwrap_or_default();
        if backlog > 0 && sync.live_version.is_some() {
            excluded.push(Excluded { reason: "wait until you send them".into(), count: count(backlog) });
        }
        SyncRow {
            id: sync.id.to_string(),
            name: sync.name.clone(),
            source: party(&sync.source, None),
            destination: party(&sync.destination, Some(&sync.object)),
            state: state(sync.state),
            paused_until: sync.paused_until.map(|at| at.to_string()),
            mode: mode(sync),
            last_synced_at: overview.last_synced_at.map(|at| at.to_string()),
            next_run_at: sync.next_run_at.map(|at| at.to_string()),
            counts: Counts {
                pending: count(counts.pending),
                sending: count(counts.sending),
                synced: count(counts.synced),
                synced_today: overview.days.last().map_or(0, |day| count(day.synced)),
                retrying: count(counts.retrying),
                failed: count(counts.failed),
                skipped: count(counts.skipped),
            },
            excluded,
            p50_ms: overview.p50_ms.and_then(|ms| u32::try_from(ms).ok()),
            p95_ms: overview.p95_ms.and_then(|ms| u32::try_from(ms).ok()),
            success_rate: (decided > 0).then(|| counts.synced as f64 / decided as f64),
            series: overview.days.iter().map(|day| count(day.synced)).collect(),
            quota: self.quota(&sync.destination, now),
            has_draft: moment.drafts.get(&sync.id).copied().unwrap_or_default(),
        }
    }

    /// What is left of the limits of `connection`, as far as this process knows.
    pub(crate) fn quota(&self, connection: &ConnectionId, now: Timestamp) -> Vec<Quota> {
        let Some(pacer) = self.lines.pacer(connection) else { return Vec::new() };
        let budgets = pacer.budget(now).into_iter();
        budgets
            .map(|budget| Quota {
                bucket: budget.bucket,
                left: budget.left,
                limit: budget.limit,
                resets_at: budget.frees_at.map(|at| at.to_string()),
            })
            .collect()
    }
}

fn sentence(moment: &Moment, needs_you: u64, waiting: u64) -> Sentence {
    let say =
        |mood, text: String, at: Option<Timestamp>| Sentence { mood, text, at: at.map(|at| at.to_string()) };
    let last = moment.syncs.iter().filter_map(|sync| sync.last_synced_at).max();
    let live: Vec<&SyncOverview> = moment.syncs.iter().filter(|one| one.sync.state != State::Draft).collect();
    if live.is_empty() {
        return say(
            Mood::Empty,
            "No sync is live yet. Bring your first lead across; it takes about four minutes.".into(),
            None,
        );
    }
    if needs_you > 0 {
        let failed: u64 = live.iter().map(|one| one.counts.failed).sum();
        let things = if needs_you == 1 {
            "1 thing needs you".into()
        } else {
            format!("{} things need you", grouped(count(needs_you)))
        };
        let waits = match failed {
            0 => String::new(),
            1 => ": 1 lead waits safely for a decision".into(),
            failed => format!(": {} leads wait safely for a decision", grouped(count(failed))),
        };
        return say(Mood::NeedsYou, format!("{things}{waits}."), moment.needs_since);
    }
    if let Some(since) = silent(moment) {
        return say(
            Mood::Offline,
            "Nothing answers right now. New leads are kept here and go by themselves.".into(),
            Some(since),
        );
    }
    if live.iter().all(|one| one.sync.state == State::Paused) {
        return say(
            Mood::Paused,
            "Everything is paused. New leads are kept and go when you resume.".into(),
            last,
        );
    }
    if waiting > 0 {
        let leads =
            if waiting == 1 { "1 lead is".into() } else { format!("{} leads are", grouped(count(waiting))) };
        return say(Mood::Working, format!("{leads} on the way."), last);
    }
    let synced: u64 = live.iter().map(|one| one.counts.synced).sum();
    let place = match live.as_slice() {
        [one] => moment.connections.get(&one.sync.destination).map_or("your CRM", |one| one.name.as_str()),
        _ => "their CRMs",
    };
    let held: u64 = live.iter().filter_map(|one| moment.backlog.get(&one.sync.id)).sum();
    if held > 0 {
        let (there, held) = (grouped(count(synced)), grouped(count(held)));
        let leads = if synced == 1 { "lead is" } else { "leads are" };
        let text = format!("{there} {leads} in {place}; {held} captured before go when you send them.");
        return say(Mood::Calm, text, last);
    }
    match synced {
        0 => say(Mood::Calm, "Listening. No lead has come yet; the first one goes by itself.".into(), None),
        1 => say(Mood::Calm, format!("The first lead is in {place}."), last),
        synced => say(Mood::Calm, format!("All {} leads are in {place}.", grouped(count(synced))), last),
    }
}

/// Since when no destination answers, if none does.
fn silent(moment: &Moment) -> Option<Timestamp> {
    since_all(moment, |_| true, |lane| lane.state == Kept::Down)
}

/// Since when the internet is gone: no destination can be reached. One that says that it is down was reached, and a practice CRM
/// needs no internet.
fn offline(moment: &Moment) -> Option<Timestamp> {
    let far = |one: &Connection| Authorised::of(one).practice.is_none();
    let unreachable =
        |lane: &Lane| lane.failure.as_ref().is_some_and(|failure| failure.code == Failure::UNREACHABLE);
    since_all(moment, far, |lane| lane.state == Kept::Down && unreachable(lane))
}

/// Since when all destinations of `these` that are used are as `state` says.
fn since_all(
    moment: &Moment,
    these: impl Fn(&Connection) -> bool,
    state: impl Fn(&Lane) -> bool,
) -> Option<Timestamp> {
    let used = moment.syncs.iter().map(|one| &one.sync.destination);
    let used: Vec<_> = used.filter(|id| moment.connections.get(*id).is_some_and(&these)).collect();
    let lane = |id: &&ConnectionId| moment.lanes.iter().find(|lane| lane.connection == **id && state(lane));
    let since: Vec<Timestamp> = used.iter().filter_map(lane).map(|lane| lane.since).collect();
    (!used.is_empty() && since.len() == used.len()).then(|| since.into_iter().max()).flatten()
}

fn lane_view(moment: &Moment, lane: &Lane, now: Timestamp) -> LaneView {
    let connection = moment.connections.get(&lane.connection);
    let name = connection.map(|one| one.name.clone()).unwrap_or_default();
    let waiting = count(moment.waiting_for(&lane.connection));
    let wait = match waiting {
        0 => "No lead waits".to_owned(),
        1 => "1 lead waits safely".to_owned(),
        many => format!("{} leads wait safely", grouped(many)),
    };
    let since = clock(lane.since, now);
    let next = match lane.next_try_at.filter(|at| *at > now) {
        Some(at) => format!("Next try {}.", clock(at, now)),
        None => "It is tried again by itself.".to_owned(),
    };
    let (state, text) = match lane.state {
        Kept::Snoozed | Kept::Open => {
            (LaneState::Snoozed, format!("{name} asked us to slow down. {wait}; it goes on by itself."))
        }
        Kept::Down => (LaneState::Down, format!("{name} is not answering since {since}. {wait}. {next}")),
        Kept::NoAccess => (
            LaneState::NoAccess,
            format!("{name} no longer lets Leadferry in. {wait} until you sign in again."),
        ),
        Kept::Paused => (LaneState::Paused, format!("{name} is paused. {wait} until you resume it.")),
    };
    LaneView {
        connection: Named { id: lane.connection.to_string(), name },
        connector: connection.map(|one| one.connector.clone()).unwrap_or_default(),
        state,
        text,
        since: lane.since.to_string(),
        next_try_at: lane.next_try_at.map(|at| at.to_string()),
        waiting,
    }
}

/// A moment as people say it: the time today, with the day otherwise.
fn clock(at: Timestamp, now: Timestamp) -> String {
    let zone = TimeZone::system();
    let (at, now) = (at.to_zoned(zone.clone()), now.to_zoned(zone));
    let form = if at.date() == now.date() { "%H:%M" } else { "%a %H:%M" };
    at.strftime(form).to_string()
}

/// A count as the window takes it. Nobody has four thousand million leads.
pub(crate) fn count(count: u64) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}

pub(crate) fn state(state: State) -> SyncState {
    match state {
        State::Draft => SyncState::Draft,
        State::On => SyncState::On,
        State::Paused => SyncState::Paused,
    }
}

fn mode(sync: &SavedSync) -> SyncMode {
    match serde_json::from_value(sync.mode.clone()).unwrap_or_default() {
        Mode::RealTime => SyncMode::RealTime,
        Mode::Manual => SyncMode::Manual,
        Mode::Scheduled { schedule } => SyncMode::Schedule {
            cron: match schedule {
                Schedule::Cron { pattern, .. } => pattern,
                Schedule::Daily { hour, minute, .. } => format!("{minute} {hour} * * *"),
                Schedule::Minutes { minutes: 60 } => "0 * * * *".into(),
                Schedule::Minutes { minutes } => format!("*/{minutes} * * * *"),
            },
        },
    }
}
