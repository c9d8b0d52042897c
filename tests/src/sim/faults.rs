//! What breaks, when, and for how long.

use jiff::SignedDuration;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::plan::{Event, Route, Window};

/// Something that breaks, or is mended.
#[derive(Clone, Debug)]
pub enum Fault {
    /// The weather at a destination.
    Weather(usize, Storm),
    /// The network.
    Network(Rates),
    /// The disk.
    Disk(Platter),
    /// The computer's clock is this far ahead of the truth from now on.
    Clock(SignedDuration),
    /// Every access token ends now.
    TokensExpire(usize),
    /// Access is taken back until a person signs in again.
    Locked(usize),
}

/// Weather at a destination; each destination has its own way of showing it.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Storm {
    /// Nothing works.
    pub down: bool,
    /// The vendor asks for less speed, with or without a time.
    pub limited: f64,
    /// A record is locked for a moment.
    pub locked: f64,
    /// The vendor breaks before it does something.
    pub broken: f64,
    /// The vendor breaks after it did something.
    pub broken_late: f64,
    /// The answer is cut off.
    pub garbled: f64,
    /// Some rows of a batch fail for a moment.
    pub rows: f64,
    /// The vendor is busy and says until when.
    pub busy: f64,
}

/// How often each thing happens to a request on its way.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Rates {
    /// Nobody listens.
    pub unreachable: f64,
    /// The request is lost.
    pub dropped: f64,
    /// It is done, and the answer is lost.
    pub answer_lost: f64,
    /// It arrives after the caller has given up.
    pub late: f64,
    /// It arrives twice.
    pub twice: f64,
    /// It takes many seconds each way.
    pub slow: f64,
}

/// How the disk is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Platter {
    /// A commit takes up to this many milliseconds.
    pub slow_millis: u32,
    /// There is no room.
    pub full: bool,
    /// One in so many commits is refused; 0 is none.
    pub refused_in: u32,
}

/// Fair weather.
const FAIR: Storm = Storm {
    down: false,
    limited: 0.0,
    locked: 0.0,
    broken: 0.0,
    broken_late: 0.0,
    garbled: 0.0,
    rows: 0.0,
    busy: 0.0,
};

type Events = Vec<(SignedDuration, Event)>;

/// Draws what breaks.
pub fn faults(random: &mut StdRng, routes: &[Route], windows: &[Window], events: &mut Events) {
    for route in 0..routes.len() {
        for _ in 0..random.random_range(0..=3) {
            let (from, to) = spell(random, windows);
            events.push((from, Event::Fault(Fault::Weather(route, storm(random)))));
            events.push((to, Event::Fault(Fault::Weather(route, FAIR))));
        }
        if random.random_bool(0.2) {
            events.push((moment(random, windows), Event::Fault(Fault::TokensExpire(route))));
        }
        if random.random_bool(0.12) {
            events.push((moment(random, windows), Event::Fault(Fault::Locked(route))));
        }
    }
    for _ in 0..random.random_range(0..=2) {
        let (from, to) = spell(random, windows);
        events.push((from, Event::Fault(Fault::Network(rates(random)))));
        events.push((to, Event::Fault(Fault::Network(Rates::default()))));
    }
    if random.random_bool(0.4) {
        let (from, to) = spell(random, windows);
        events.push((from, Event::Fault(Fault::Disk(platter(random)))));
        events.push((to, Event::Fault(Fault::Disk(Platter::default()))));
    }
    if random.random_bool(0.3) {
        let (from, to) = spell(random, windows);
        events.push((from, Event::Fault(Fault::Clock(skew(random)))));
        events.push((to, Event::Fault(Fault::Clock(SignedDuration::ZERO))));
    }
}

fn moment(random: &mut StdRng, windows: &[Window]) -> SignedDuration {
    windows.choose(random).expect("BUG: there is a window").moment(random)
}

/// From a moment in a window, for minutes, hours or days.
fn spell(random: &mut StdRng, windows: &[Window]) -> (SignedDuration, SignedDuration) {
    let from = moment(random, windows);
    let seconds = match random.random_range(0..10) {
        0..5 => random.random_range(10..300),
        5..8 => random.random_range(300..7_200),
        8 => random.random_range(7_200..36_000),
        _ => random.random_range(36_000..72 * 3_600),
    };
    (from, from + SignedDuration::from_secs(seconds))
}

fn storm(random: &mut StdRng) -> Storm {
    if random.random_bool(0.3) {
        return Storm { down: true, ..FAIR };
    }
    let mut storm = FAIR;
    let chances = [
        &mut storm.limited,
        &mut storm.locked,
        &mut storm.broken,
        &mut storm.broken_late,
        &mut storm.garbled,
        &mut storm.rows,
        &mut storm.busy,
    ];
    for chance in chances {
        if random.random_bool(0.3) {
            *chance = *[0.02, 0.1, 0.4].choose(random).unwrap_or(&0.1);
        }
    }
    storm
}

fn rates(random: &mut StdRng) -> Rates {
    let mut rates = Rates::default();
    let chances = [
        &mut rates.unreachable,
        &mut rates.dropped,
        &mut rates.answer_lost,
        &mut rates.late,
        &mut rates.twice,
        &mut rates.slow,
    ];
    for chance in chances {
        if random.random_bool(0.5) {
            *chance = *[0.02, 0.1, 0.3].choose(random).unwrap_or(&0.1);
        }
    }
    rates
}

fn platter(random: &mut StdRng) -> Platter {
    Platter {
        slow_millis: *[0, 50, 3_000].choose(random).unwrap_or(&0),
        full: random.random_bool(0.3),
        refused_in: *[0, 0, 3, 10].choose(random).unwrap_or(&0),
    }
}

fn skew(random: &mut StdRng) -> SignedDuration {
    let seconds = match random.random_range(0..4) {
        0 | 1 => random.random_range(1..300),
        2 => random.random_range(300..7_200),
        _ => random.random_range(7_200..3 * 86_400),
    };
    SignedDuration::from_secs(if random.random_bool(0.5) { seconds } else { -seconds })
}
