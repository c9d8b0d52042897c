//! Everything that will happen in a seed: who is captured when, what breaks when, what a person does. Drawn in full before the
//! first step, so that a change of the engine does not change the story it is told.

use jiff::SignedDuration;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;
use rand::{RngExt, SeedableRng};

use super::crowd::{Capture, Crowd};
use super::faults::{Fault, faults};
use super::hands::{Deed, deeds};

/// A place in a process where it may die.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stage {
    /// A request is about to leave.
    Sending,
    /// The destination has done it, and its answer is on its way.
    Applied,
    /// The answer is in.
    Answered,
    /// The ledger is about to be read.
    Reading,
    /// A change is handed to the ledger, and nothing of it is kept.
    Handed,
    /// The change is kept, and nobody knows it yet.
    Kept,
}

const STAGES: [Stage; 6] =
    [Stage::Sending, Stage::Applied, Stage::Answered, Stage::Reading, Stage::Handed, Stage::Kept];

/// Which kind of destination.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// The practice HubSpot: writes by unique key.
    HubSpot,
    /// The plain CRM: no unique keys, has to be asked.
    Plain,
}

/// When a sync carries its leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pace {
    /// At once.
    RealTime,
    /// Every half hour.
    HalfHourly,
    /// When a person says so.
    Manual,
}

/// One destination with the sync that leads there.
#[derive(Clone, Copy, Debug)]
pub struct Route {
    /// Which kind.
    pub kind: Kind,
    /// When leads go.
    pub pace: Pace,
    /// Every record is read before it is written.
    pub keep_before: bool,
    /// Access is by OAuth (HubSpot only), with tokens that rotate or not.
    pub oauth: Option<Rotation>,
    /// How far its search is behind.
    pub lag_seconds: i64,
}

/// Whether each refresh ends the refresh token it was made with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rotation {
    /// It does not.
    Stays,
    /// It does.
    Rotates,
}

/// Something that happens.
#[derive(Clone, Debug)]
pub enum Event {
    /// A capture is sent by its source.
    Capture(usize),
    /// Its source sends it once more.
    Again(usize),
    /// A file with these captures is read.
    Import(Vec<usize>),
    /// Something breaks, or is mended.
    Fault(Fault),
    /// A person does something.
    Deed(Deed),
    /// The computer sleeps.
    Sleep(SignedDuration),
    /// The program is closed in order, and started again after this time.
    Close(SignedDuration),
    /// The process dies, and is started again after this time.
    Crash(SignedDuration),
}

/// The story of a seed.
pub struct Plan {
    /// The seed.
    pub seed: u64,
    /// Where leads go.
    pub routes: Vec<Route>,
    /// Who is captured.
    pub crowd: Crowd,
    /// When each capture was said, by the source's clock. No two are the same.
    pub said_at: Vec<SignedDuration>,
    /// What happens, in order.
    pub events: Vec<(SignedDuration, Event)>,
    /// Where each process dies by itself, if it lives that long.
    pub kills: Vec<Option<(Stage, u32)>>,
}

impl Plan {
    /// The story of `seed`.
    pub fn new(seed: u64) -> Self {
        let random = &mut StdRng::seed_from_u64(seed);
        let routes = routes(random);
        let windows = windows(random);
        let crowd = Crowd::new(random);
        let mut events = Vec::new();
        let said_at = captures(random, &crowd.captures, &windows, &mut events);
        faults(random, &routes, &windows, &mut events);
        deeds(random, &routes, &windows, &mut events);
        nights(random, &windows, &mut events);
        events.sort_by_key(|(at, _)| *at);
        Self { seed, routes, kills: kills(random), crowd, said_at, events }
    }
}

/// A time in which the computer is in use.
#[derive(Clone, Copy, Debug)]
pub struct Window {
    /// Its beginning.
    pub from: SignedDuration,
    /// Its length.
    pub length: SignedDuration,
}

impl Window {
    /// A moment in it.
    pub fn moment(&self, random: &mut StdRng) -> SignedDuration {
        let millis = i64::try_from(self.length.as_millis()).unwrap_or(1).max(1);
        self.from + SignedDuration::from_millis(random.random_range(0..millis))
    }
}

fn routes(random: &mut StdRng) -> Vec<Route> {
    let kinds: &[Kind] = match random.random_range(0..10) {
        0..4 => &[Kind::HubSpot],
        4..8 => &[Kind::Plain],
        _ => &[Kind::HubSpot, Kind::Plain],
    };
    let route = |kind: &Kind, random: &mut StdRng| {
        let pace = match random.random_range(0..10) {
            0..7 => Pace::RealTime,
            7..9 => Pace::HalfHourly,
            _ => Pace::Manual,
        };
        let oauth = match random.random_range(0..4) {
            0 if *kind == Kind::HubSpot => Some(Rotation::Stays),
            1 if *kind == Kind::HubSpot => Some(Rotation::Rotates),
            _ => None,
        };
        let lag_seconds = *[0, 5, 20].choose(random).unwrap_or(&0);
        Route { kind: *kind, pace, keep_before: random.random_bool(0.3), oauth, lag_seconds }
    };
    kinds.iter().map(|kind| route(kind, random)).collect()
}

/// One to five days, each with a time or two in which something happens.
fn windows(random: &mut StdRng) -> Vec<Window> {
    let days = *[1, 1, 2, 2, 3, 4, 5].choose(random).unwrap_or(&1);
    let mut windows = Vec::new();
    for day in 0..days {
        let mut minute = day * 24 * 60 + if day == 0 { 1 } else { random.random_range(0..240) };
        for _ in 0..random.random_range(1..=2) {
            let length = random.random_range(3..=15);
            windows.push(Window {
                from: SignedDuration::from_mins(minute),
                length: SignedDuration::from_mins(length),
            });
            minute += length + random.random_range(20..400);
        }
    }
    windows
}

fn captures(
    random: &mut StdRng,
    captures: &[Capture],
    windows: &[Window],
    events: &mut Vec<(SignedDuration, Event)>,
) -> Vec<SignedDuration> {
    // Captures are numbered in the order they happen, whatever order they come in.
    let mut moments: Vec<SignedDuration> = Vec::with_capacity(captures.len());
    while moments.len() < captures.len() {
        let moment = windows.choose(random).expect("BUG: there is a window").moment(random);
        let burst = if random.random_bool(0.3) { random.random_range(2..10) } else { 1 };
        moments.extend(std::iter::repeat_n(moment, burst));
    }
    moments.truncate(captures.len());
    moments.sort();
    let mut number = 0;
    while number < captures.len() {
        let file = if random.random_bool(0.04) { random.random_range(2..12) } else { 1 };
        let end = (number + file).min(captures.len());
        let at = moments[end - 1];
        let plain = captures[number..end].iter().all(|capture| !capture.stop);
        if file > 1 && plain {
            events.push((at, Event::Import((number..end).collect())));
        } else {
            for (number, moment) in moments.iter().enumerate().take(end).skip(number) {
                // A source may be late, so that a later capture overtakes an earlier one.
                let late = if random.random_bool(0.1) { random.random_range(0..60_000) } else { 0 };
                events.push((*moment + SignedDuration::from_millis(late), Event::Capture(number)));
                if random.random_bool(0.1) {
                    let again = *moment + SignedDuration::from_millis(random.random_range(0..120_000));
                    events.push((again, Event::Again(number)));
                }
            }
        }
        number = end;
    }
    let apart = |(number, moment): (usize, &SignedDuration)| {
        *moment + SignedDuration::from_micros(i64::try_from(number).unwrap_or_default())
    };
    moments.iter().enumerate().map(apart).collect()
}

/// Between two windows the computer sleeps, the program is closed, or it dies and somebody notices later.
fn nights(random: &mut StdRng, windows: &[Window], events: &mut Vec<(SignedDuration, Event)>) {
    for pair in windows.windows(2) {
        let end = pair[0].from + pair[0].length + SignedDuration::from_secs(random.random_range(1..300));
        let gap = pair[1].from - SignedDuration::from_secs(10) - end;
        if gap < SignedDuration::from_mins(2) {
            continue;
        }
        let short = gap < SignedDuration::from_mins(60);
        let night = match random.random_range(0..10) {
            0..2 if short => continue,
            0..6 => Event::Sleep(gap),
            6..8 => Event::Close(gap),
            _ => Event::Crash(gap),
        };
        events.push((end, night));
    }
}

fn kills(random: &mut StdRng) -> Vec<Option<(Stage, u32)>> {
    let lives = *[0, 0, 1, 2, 3, 5].choose(random).unwrap_or(&0);
    let kill = |random: &mut StdRng| {
        let stage = *STAGES.choose(random).expect("BUG: there are stages");
        let most = match stage {
            Stage::Reading => 300,
            Stage::Handed | Stage::Kept => 60,
            Stage::Sending | Stage::Applied | Stage::Answered => 25,
        };
        (stage, random.random_range(1..=most))
    };
    (0..lives).map(|_| Some(kill(random))).collect()
}
