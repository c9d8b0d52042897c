//! What follows from a failure: one pure function from kind, attempts, schedule, time and chance to a decision.
//!
//! | kind | the delivery | the lane |
//! |---|---|---|
//! | auth | back to pending, nothing spent | waits until access is back |
//! | unavailable | back to pending, nothing spent | down, probed |
//! | rate limited | back to pending, nothing spent | snoozed |
//! | busy | retried by the sync's schedule | goes on |
//! | unexpected | retried twice | goes on |
//! | invalid, permission, not found | stops | goes on |
//!
//! Conflicts never come here: [`deliver`](crate::deliver) matches and sends again first, and only a conflict that cannot be
//! matched is judged, as a stop.

use jiff::{SignedDuration, Timestamp};
use leadferry_model::{Failure, FailureKind};
use rand::{Rng, RngExt};

use crate::settings::RetrySchedule;

/// How often a failure nobody understands is tried again before a person is asked.
const UNEXPECTED_RETRIES: u32 = 2;
/// A transient failure whose attempts are spent is tried on this rarely …
const SLOW_STEP: SignedDuration = SignedDuration::from_hours(6);
/// … for this long.
const SLOW_SPAN: SignedDuration = SignedDuration::from_hours(14 * 24);
/// First pause after a rate limit that named no time; the usual length of a vendor's short window.
const BLIND_SNOOZE: SignedDuration = SignedDuration::from_secs(10);
/// Longest pause between two looks at a destination that does not answer.
const LONGEST_PROBE: SignedDuration = SignedDuration::from_mins(5);
/// A vendor's wait above this is a mistake of the vendor or ours; a daily quota is the longest that exists.
const LONGEST_SNOOZE: SignedDuration = SignedDuration::from_hours(25);

/// What becomes of one delivery.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    /// It spent an attempt and goes again at this time.
    Retry {
        /// When.
        at: Timestamp,
    },
    /// It goes back as if nothing had happened, and its lane waits.
    Wait(LaneTurn),
    /// It stops. A transient one goes on in the slow lane.
    Stop {
        /// The slow lane's next try and end.
        slow: Option<SlowLane>,
    },
}

/// Why a whole lane waits. Ordered: the later one wins when a batch shows several.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LaneTurn {
    /// The vendor asks for less speed.
    Snooze {
        /// When to go on, where the vendor said.
        after: Option<SignedDuration>,
    },
    /// The vendor does not answer.
    Down,
    /// Access is lost.
    NoAccess,
}

/// The slow lane of a failed but transient delivery.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlowLane {
    /// The next try.
    pub next: Timestamp,
    /// No try after this.
    pub until: Timestamp,
}

/// Decides about one delivery that has spent `spent` attempts before this one. `slow_until` is set when it is in the slow
/// lane already.
pub fn judge(
    failure: &Failure,
    spent: u32,
    slow_until: Option<Timestamp>,
    retries: &RetrySchedule,
    now: Timestamp,
    chance: &mut impl Rng,
) -> Decision {
    let retry = |wait: Option<SignedDuration>, chance: &mut _| match wait {
        Some(wait) if slow_until.is_none() => Decision::Retry { at: later(now, spread(wait, chance)) },
        _ => Decision::Stop { slow: slow_lane(slow_until, now) },
    };
    match &failure.kind {
        FailureKind::Auth => Decision::Wait(LaneTurn::NoAccess),
        FailureKind::Unavailable => Decision::Wait(LaneTurn::Down),
        FailureKind::RateLimited { after_seconds } => {
            Decision::Wait(LaneTurn::Snooze { after: after_seconds.map(seconds) })
        }
        FailureKind::Busy => retry(retries.wait_after(spent + 1), chance),
        FailureKind::Unexpected if spent < UNEXPECTED_RETRIES => retry(retries.wait_after(spent + 1), chance),
        FailureKind::Unexpected
        | FailureKind::Permission { .. }
        | FailureKind::Invalid { .. }
        | FailureKind::Conflict { .. }
        | FailureKind::NotFound => Decision::Stop { slow: None },
    }
}

/// When to look again at a destination that has not answered `probes` times.
pub fn next_probe(probes: u32, now: Timestamp, chance: &mut impl Rng) -> Timestamp {
    const STEPS: [i64; 5] = [15, 30, 60, 120, 300];
    let step = STEPS.get(probes as usize).copied().map_or(LONGEST_PROBE, SignedDuration::from_secs);
    later(now, spread(step, chance))
}

/// When a snoozed lane goes on. Blind snoozes double with each one in a row, up to five minutes.
pub fn snooze_until(
    after: Option<SignedDuration>,
    in_a_row: u32,
    now: Timestamp,
    chance: &mut impl Rng,
) -> Timestamp {
    match after {
        // Never earlier than asked, so no jitter downwards: a vendor counts early calls against us.
        Some(after) => later(now, after.min(LONGEST_SNOOZE)),
        None => {
            let doubled = BLIND_SNOOZE * 2_i32.pow(in_a_row.min(5));
            later(now, spread(doubled.min(LONGEST_PROBE), chance))
        }
    }
}

fn slow_lane(entered_until: Option<Timestamp>, now: Timestamp) -> Option<SlowLane> {
    let until = entered_until.unwrap_or_else(|| later(now, SLOW_SPAN));
    let next = later(now, SLOW_STEP);
    (next <= until).then_some(SlowLane { next, until })
}

fn seconds(seconds: u64) -> SignedDuration {
    SignedDuration::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX)).min(LONGEST_SNOOZE)
}

/// Up to a tenth longer, so that a thousand deliveries that failed together do not come back together. Never shorter: the
/// schedule is a promise.
fn spread(wait: SignedDuration, chance: &mut impl Rng) -> SignedDuration {
    let tenth = i64::try_from(wait.as_millis() / 10).unwrap_or(0).max(0);
    wait + SignedDuration::from_millis(chance.random_range(0..=tenth))
}

fn later(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

#[cfg(test)]
mod tests {
    use leadferry_model::failure::{FieldFault, FieldProblem};
    use rand::{SeedableRng, rngs::StdRng};

    use super::*;

    const NOW: Timestamp = Timestamp::UNIX_EPOCH;

    fn decide(kind: FailureKind, spent: u32) -> Decision {
        let failure = Failure::new(kind, "refused");
        judge(&failure, spent, None, &RetrySchedule::default(), NOW, &mut StdRng::seed_from_u64(7))
    }

    fn check(kind: FailureKind, spent: u32, expected: Decision, why: &str) {
        assert_eq!(decide(kind, spent), expected, "{why}");
    }

    #[test]
    fn what_concerns_the_whole_destination_spends_nothing() {
        let ten = SignedDuration::from_secs(10);
        check(FailureKind::Auth, 9, Decision::Wait(LaneTurn::NoAccess), "access comes back by a person");
        check(
            FailureKind::Unavailable,
            9,
            Decision::Wait(LaneTurn::Down),
            "an outage burns no attempt, however long",
        );
        check(
            FailureKind::RateLimited { after_seconds: Some(10) },
            9,
            Decision::Wait(LaneTurn::Snooze { after: Some(ten) }),
            "a rate limit is a snooze",
        );
    }

    #[test]
    fn what_the_vendor_refuses_stops_at_once() {
        let fault = FieldFault {
            field: "email".into(),
            problem: FieldProblem::NotEmail,
            value: None,
            detail: String::new(),
        };
        let stop = Decision::Stop { slow: None };
        check(
            FailureKind::Invalid { fields: vec![fault] },
            0,
            stop.clone(),
            "the same values would be refused again",
        );
        check(FailureKind::Permission { missing: vec![] }, 0, stop.clone(), "a person must allow it");
        check(FailureKind::NotFound, 0, stop.clone(), "not recreated unasked");
        check(FailureKind::Conflict { existing: None, field: None }, 0, stop, "could not be matched");
    }

    #[test]
    fn busy_records_follow_the_schedule_and_end_in_the_slow_lane() {
        for (spent, minutes) in [1, 5, 15, 30, 60].into_iter().enumerate() {
            let Decision::Retry { at } = decide(FailureKind::Busy, spent as u32) else {
                panic!("attempt {spent} of 5 is not the last");
            };
            let wait = at.duration_since(NOW);
            let promised = SignedDuration::from_mins(minutes);
            assert!(
                wait >= promised && wait <= promised + promised / 10,
                "{wait} is {minutes} min and a little jitter"
            );
        }
        let slow = SlowLane { next: NOW + SLOW_STEP, until: NOW + SLOW_SPAN };
        check(FailureKind::Busy, 5, Decision::Stop { slow: Some(slow) }, "then every 6 hours for 14 days");
    }

    #[test]
    fn the_slow_lane_ends_after_14_days() {
        let mut now = NOW;
        let mut until = None;
        let mut tries = 0;
        let failure = Failure::new(FailureKind::Busy, "locked");
        let chance = &mut StdRng::seed_from_u64(7);
        while let Decision::Stop { slow: Some(slow) } =
            judge(&failure, 5, until, &RetrySchedule::default(), now, chance)
        {
            (now, until) = (slow.next, Some(slow.until));
            tries += 1;
        }
        assert_eq!(tries, 14 * 4, "four a day for 14 days, then nothing");
    }

    #[test]
    fn what_nobody_understands_is_tried_twice_more() {
        assert!(matches!(decide(FailureKind::Unexpected, 0), Decision::Retry { .. }), "first retry");
        assert!(matches!(decide(FailureKind::Unexpected, 1), Decision::Retry { .. }), "second retry");
        check(FailureKind::Unexpected, 2, Decision::Stop { slow: None }, "then a person");
    }

    #[test]
    fn probes_slow_down_to_five_minutes() {
        let chance = &mut StdRng::seed_from_u64(7);
        for (probes, seconds) in [(0, 15), (1, 30), (2, 60), (3, 120), (4, 300), (5, 300), (900, 300)] {
            let wait = next_probe(probes, NOW, chance).duration_since(NOW).as_secs();
            assert!((seconds..=seconds * 11 / 10).contains(&wait), "probe {probes} after {wait} s");
        }
    }

    #[test]
    fn a_named_wait_is_kept_exactly_and_a_blind_one_doubles() {
        let chance = &mut StdRng::seed_from_u64(7);
        let named = snooze_until(Some(SignedDuration::from_secs(37)), 4, NOW, chance);
        assert_eq!(named.duration_since(NOW).as_secs(), 37, "the vendor's word wins");
        let waits: Vec<_> =
            (0..7).map(|n| snooze_until(None, n, NOW, chance).duration_since(NOW).as_secs()).collect();
        assert!((10..=11).contains(&waits[0]) && (20..=22).contains(&waits[1]), "10 s, then 20 s: {waits:?}");
        assert!(waits[6] <= 330, "never longer than five minutes and jitter: {waits:?}");
    }
}
