//! What a person does in between: retries, edits, skips, pauses, publishes a mapping, signs in again.

use jiff::SignedDuration;
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

use super::plan::{Event, Pace, Route, Window};

/// Something a person does. Numbers pick one of what there is at that time.
#[derive(Clone, Copy, Debug)]
pub enum Deed {
    /// Looks at the window: takes notice of what is told, and signs in where that is asked for.
    Look,
    /// *Sync now*.
    RunNow(usize),
    /// *Sync now* for one lead.
    RunPicked(usize, usize),
    /// Stops the latest run.
    Cancel,
    /// Leaves a delivery out.
    Skip(usize),
    /// Brings back everything that was left out.
    Unskip,
    /// Tries again what failed.
    Retry(usize),
    /// Types a value for a delivery.
    Edit(usize, usize),
    /// Publishes a mapping.
    Publish(usize, u32),
    /// Publishes a mapping that no lead passes.
    PublishBroken(usize),
    /// Pauses a destination.
    Pause(usize),
    /// Lets it go on.
    Resume(usize),
    /// Pauses a sync for a while.
    PauseSync(usize, u32),
    /// Takes a connection off.
    Disconnect(usize),
    /// Connects it again.
    Reconnect(usize),
}

/// Draws what a person does.
pub fn deeds(
    random: &mut StdRng,
    routes: &[Route],
    windows: &[Window],
    events: &mut Vec<(SignedDuration, Event)>,
) {
    let at = |random: &mut StdRng| windows.choose(random).expect("BUG: there is a window").moment(random);
    for window in windows {
        if random.random_bool(0.6) {
            events.push((window.moment(random), Event::Deed(Deed::Look)));
        }
    }
    for (route, of) in routes.iter().enumerate() {
        let runs = if of.pace == Pace::Manual { windows.len() } else { random.random_range(0..2) };
        for _ in 0..runs {
            events.push((at(random), Event::Deed(Deed::RunNow(route))));
        }
        let number = random.random_range(0..100);
        let maybe = [
            (0.2, Deed::RunPicked(route, number)),
            (0.3, Deed::Retry(route)),
            (0.2, Deed::Edit(route, number)),
            (0.3, Deed::Publish(route, 1)),
        ];
        for (chance, deed) in maybe {
            if random.random_bool(chance) {
                events.push((at(random), Event::Deed(deed)));
            }
        }
        let pairs = [
            (0.15, Deed::PublishBroken(route), Deed::Publish(route, 2)),
            (0.15, Deed::Pause(route), Deed::Resume(route)),
            (0.1, Deed::Disconnect(route), Deed::Reconnect(route)),
        ];
        for (chance, begin, end) in pairs {
            if random.random_bool(chance) {
                let from = at(random);
                events.push((from, Event::Deed(begin)));
                let later = SignedDuration::from_secs(random.random_range(20..3_000));
                events.push((from + later, Event::Deed(end)));
            }
        }
        if random.random_bool(0.15) {
            events.push((at(random), Event::Deed(Deed::PauseSync(route, random.random_range(1..90)))));
        }
    }
    let maybe = [(0.2, Deed::Cancel), (0.3, Deed::Skip(random.random_range(0..100))), (0.2, Deed::Unskip)];
    for (chance, deed) in maybe {
        if random.random_bool(chance) {
            events.push((at(random), Event::Deed(deed)));
        }
    }
}
