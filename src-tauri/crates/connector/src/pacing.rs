//! Obeys a vendor's limits before they are hit. Nothing here waits: a call that may not go now gets the time when it may.
//!
//! One [`Pacer`] stands for one account, shared by everything that talks to it. It counts in rolling windows, so that no
//! stretch of ten seconds ever holds more than the limit for ten seconds, whichever moment it starts at. What the vendor
//! says in its answers outranks the documented figure: other programs draw from the same account.

use std::collections::VecDeque;
use std::sync::Mutex;

use jiff::SignedDuration;
use leadferry_model::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Counts, Limit, Settings, Window};

/// One in this many calls is kept for people and urgent work.
const RESERVE: u32 = 10;

/// How long a used-up day is believed before the vendor is asked again: its midnight is in a time zone we do not know.
const DAY_RECHECK: SignedDuration = SignedDuration::from_hours(1);

/// Who is waiting for a call.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Priority {
    /// A person at the window, or an opt-out: may use the reserve.
    Urgent,
    /// The queue's ordinary work.
    #[default]
    Normal,
}

/// What an answer's headers say about one bucket. Each part is optional: vendors differ.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// The bucket.
    pub bucket: &'static str,
    /// The account's real limit.
    pub max: Option<u32>,
    /// Calls left.
    pub remaining: Option<u32>,
    /// Until when that holds; `None`: the bucket's own window from now on.
    pub until: Option<Timestamp>,
}

/// What is left in one bucket, for the status screen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Budget {
    /// The bucket.
    pub bucket: String,
    /// Calls the window holds.
    pub limit: u32,
    /// Calls left in it now.
    pub left: u32,
    /// When more become free. `None` while the window is untouched.
    pub frees_at: Option<Timestamp>,
}

/// Counts calls against the spec's limits, tightened by response headers.
#[derive(Debug, Default)]
pub struct Pacer {
    buckets: Mutex<Vec<Bucket>>,
}

impl Pacer {
    /// A pacer for one account under these limits, and what the connection's settings say of its plan.
    pub fn new(limits: &[Limit], settings: &Settings) -> Self {
        Self { buckets: Mutex::new(limits.iter().map(|limit| Bucket::new(limit, settings)).collect()) }
    }

    /// Takes one call of this cost from each of `buckets`, or none and says how long to wait. A bucket without a limit is free.
    pub fn take(
        &self,
        buckets: &[&str],
        cost: u32,
        priority: Priority,
        now: Timestamp,
    ) -> Result<(), SignedDuration> {
        let mut all = self.lock();
        let wait = all
            .iter_mut()
            .filter(|bucket| buckets.contains(&bucket.name))
            .filter_map(|bucket| bucket.wait(cost, priority, now))
            .max();
        if let Some(wait) = wait {
            return Err(wait);
        }
        for bucket in all.iter_mut().filter(|bucket| buckets.contains(&bucket.name)) {
            bucket.take(cost, now);
        }
        Ok(())
    }

    /// Learns from an answer's headers.
    pub fn learn(&self, readings: &[Reading], now: Timestamp) {
        let mut all = self.lock();
        for reading in readings {
            if let Some(bucket) = all.iter_mut().find(|bucket| bucket.name == reading.bucket) {
                bucket.learn(reading, now);
            }
        }
    }

    /// The vendor refused a call for its speed: nothing more from these buckets for so long.
    pub fn hold(&self, buckets: &[&str], after: SignedDuration, now: Timestamp) {
        for bucket in self.lock().iter_mut().filter(|bucket| buckets.contains(&bucket.name)) {
            let until = now.saturating_add(after).unwrap_or(Timestamp::MAX);
            bucket.held = bucket.held.filter(|held| held.until >= until).or(Some(Hold { since: now, until }));
        }
    }

    /// What is left in each bucket.
    pub fn budget(&self, now: Timestamp) -> Vec<Budget> {
        self.lock().iter_mut().map(|bucket| bucket.budget(now)).collect()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Bucket>> {
        self.buckets.lock().expect("BUG: the pacer's lock is never held across a panic")
    }
}

#[derive(Debug)]
struct Bucket {
    name: &'static str,
    calls: u32,
    window: SignedDuration,
    counts: Counts,
    /// When the calls of the present window went out, and what each took. A day's calls are many, but a few bytes each.
    sent: VecDeque<(Timestamp, u32)>,
    /// What they took together.
    used: u32,
    /// The vendor's own count: so many more calls until then.
    quota: Option<(u32, Timestamp)>,
    held: Option<Hold>,
}

/// The vendor asked for a pause.
#[derive(Clone, Copy, Debug)]
struct Hold {
    since: Timestamp,
    until: Timestamp,
}

impl Bucket {
    fn new(limit: &Limit, settings: &Settings) -> Self {
        let window = match limit.window {
            Window::Seconds(seconds) => SignedDuration::from_secs(i64::from(seconds)),
            Window::Day => SignedDuration::from_hours(24),
        };
        Self {
            name: limit.bucket,
            calls: limit.most(settings),
            window,
            counts: limit.counts,
            sent: VecDeque::new(),
            used: 0,
            quota: None,
            held: None,
        }
    }

    fn forget(&mut self, now: Timestamp) {
        // A call "sent later than now" means that the computer's clock went back. It is forgotten rather than believed, or
        // everything would stand still until the clock has caught up.
        while let Some((_, took)) = self.sent.back().copied().filter(|(sent, _)| *sent > now) {
            self.sent.pop_back();
            self.used = self.used.saturating_sub(took);
        }
        let over = |sent: Timestamp| now.duration_since(sent) >= self.window;
        while let Some((_, took)) = self.sent.front().copied().filter(|(sent, _)| over(*sent)) {
            self.sent.pop_front();
            self.used = self.used.saturating_sub(took);
        }
        self.quota = self.quota.filter(|(_, until)| *until > now && until.duration_since(now) <= self.window);
        // The same for a pause that "began later than now": it would last as long as the clock was ahead.
        self.held = self.held.filter(|held| held.until > now && held.since <= now);
    }

    fn left(&self) -> u32 {
        let own = self.calls.saturating_sub(self.used);
        self.quota.map_or(own, |(remaining, _)| own.min(remaining))
    }

    /// What a call of this cost takes from here. One that costs more than the whole window has to be possible too.
    fn takes(&self, cost: u32) -> u32 {
        match self.counts {
            Counts::Calls => 1,
            Counts::Costs => cost.min(self.calls),
        }
    }

    /// How long to wait; `None`: go.
    fn wait(&mut self, cost: u32, priority: Priority, now: Timestamp) -> Option<SignedDuration> {
        self.forget(now);
        if let Some(held) = self.held {
            return Some(held.until.duration_since(now));
        }
        // A bucket for a single call has nothing to share.
        let reserve = match priority {
            Priority::Urgent => 0,
            Priority::Normal if self.calls < 2 => 0,
            Priority::Normal => (self.calls / RESERVE).max(1),
        };
        let needed = self.takes(cost).saturating_add(reserve).min(self.calls);
        if self.left() >= needed {
            return None;
        }
        let wait = self.frees_at(needed).map_or(self.window, |at| at.duration_since(now));
        let wait = if self.window > DAY_RECHECK { wait.min(DAY_RECHECK) } else { wait };
        Some(wait.max(SignedDuration::from_millis(1)))
    }

    fn take(&mut self, cost: u32, now: Timestamp) {
        let takes = self.takes(cost);
        self.sent.push_back((now, takes));
        self.used = self.used.saturating_add(takes);
        if let Some((remaining, _)) = &mut self.quota {
            *remaining = remaining.saturating_sub(takes);
        }
    }

    fn learn(&mut self, reading: &Reading, now: Timestamp) {
        if let Some(max) = reading.max.filter(|max| *max > 0) {
            self.calls = max;
        }
        if let Some(remaining) = reading.remaining {
            let end = now.saturating_add(self.window).unwrap_or(Timestamp::MAX);
            self.quota = Some((remaining, reading.until.map_or(end, |until| until.min(end))));
        }
    }

    /// When so much will be free.
    fn frees_at(&self, needed: u32) -> Option<Timestamp> {
        let mut own = self.calls.saturating_sub(self.used);
        let enough = self.sent.iter().find(|(_, took)| {
            own = own.saturating_add(*took);
            own >= needed
        });
        let own = enough.and_then(|(sent, _)| sent.checked_add(self.window).ok());
        // When the vendor's own count is the tighter one, its window is the one to wait for.
        match self.quota {
            Some((remaining, until)) if remaining <= self.left() => {
                Some(own.map_or(until, |at| at.max(until)))
            }
            _ => own,
        }
    }

    fn budget(&mut self, now: Timestamp) -> Budget {
        self.forget(now);
        let left = if self.held.is_some() { 0 } else { self.left() };
        Budget {
            bucket: self.name.to_owned(),
            limit: self.calls,
            left,
            frees_at: self.held.map(|held| held.until).or_else(|| self.frees_at(left.saturating_add(1))),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMITS: [Limit; 2] =
        [Limit::of_calls("burst", 20, Window::Seconds(10), ""), Limit::of_calls("day", 30, Window::Day, "")];
    const BURST: [&str; 1] = ["burst"];

    fn pacer() -> Pacer {
        Pacer::new(&LIMITS, &Settings::default())
    }

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + seconds).unwrap()
    }

    fn taken(pacer: &Pacer, priority: Priority, now: Timestamp) -> usize {
        (0..100).take_while(|_| pacer.take(&BURST, 1, priority, now).is_ok()).count()
    }

    #[test]
    fn the_reserve_is_for_urgent_work() {
        let pacer = pacer();
        assert_eq!(taken(&pacer, Priority::Normal, at(0)), 18, "a tenth stays free");
        assert_eq!(taken(&pacer, Priority::Urgent, at(0)), 2, "an opt-out may use it");
        assert_eq!(taken(&pacer, Priority::Urgent, at(0)), 0, "and then it is used up for everybody");
    }

    #[test]
    fn a_window_rolls() {
        let pacer = pacer();
        assert_eq!(taken(&pacer, Priority::Urgent, at(0)), 20, "the whole window");
        let wait = pacer.take(&BURST, 1, Priority::Urgent, at(4)).unwrap_err();
        assert_eq!(
            wait,
            SignedDuration::from_secs(6),
            "the first call leaves the window ten seconds after it went"
        );
        assert_eq!(taken(&pacer, Priority::Urgent, at(10)), 20, "and then all of it is free");
    }

    #[test]
    fn a_refused_call_takes_from_no_bucket() {
        let pacer = pacer();
        for _ in 0..30 {
            pacer.take(&["day"], 1, Priority::Urgent, at(0)).unwrap();
        }
        assert!(pacer.take(&["burst", "day"], 1, Priority::Urgent, at(0)).is_err(), "the day is used up");
        assert_eq!(taken(&pacer, Priority::Urgent, at(0)), 20, "so nothing was taken from the burst");
    }

    #[test]
    fn headers_tighten_and_widen() {
        let pacer = pacer();
        let reading = Reading { bucket: "burst", max: Some(40), remaining: Some(5), until: None };
        pacer.learn(&[reading], at(0));
        assert_eq!(taken(&pacer, Priority::Urgent, at(0)), 5, "another program used the rest");
        assert_eq!(
            taken(&pacer, Priority::Urgent, at(11)),
            40,
            "the account's limit is higher than the page says"
        );
    }

    #[test]
    fn a_day_is_asked_again_within_the_hour() {
        let pacer = pacer();
        pacer.learn(&[Reading { bucket: "day", remaining: Some(0), ..Reading::default() }], at(0));
        let wait = pacer.take(&["day"], 1, Priority::Urgent, at(1)).unwrap_err();
        assert_eq!(wait, DAY_RECHECK, "the vendor's midnight may be any moment");
    }

    #[test]
    fn a_refusal_holds_even_urgent_work() {
        let pacer = pacer();
        pacer.hold(&BURST, SignedDuration::from_secs(7), at(0));
        let wait = pacer.take(&BURST, 1, Priority::Urgent, at(2)).unwrap_err();
        assert_eq!(wait, SignedDuration::from_secs(5), "the vendor has the last word");
        assert_eq!(pacer.budget(at(2))[0].left, 0, "and the status screen says so");
        assert!(pacer.take(&BURST, 1, Priority::Normal, at(7)).is_ok(), "then work goes on");
    }

    #[test]
    fn a_clock_set_back_stops_nothing() {
        let pacer = pacer();
        assert_eq!(taken(&pacer, Priority::Urgent, at(3600)), 20, "used up in the future");
        assert_eq!(
            taken(&pacer, Priority::Urgent, at(0)),
            20,
            "a wrong clock must not stop work for an hour"
        );
        pacer.hold(&BURST, SignedDuration::from_secs(7), at(3600));
        assert!(
            pacer.take(&BURST, 1, Priority::Urgent, at(20)).is_ok(),
            "nor a pause that was asked for meanwhile"
        );
    }

    #[test]
    fn what_is_left_is_told() {
        let pacer = pacer();
        pacer.take(&BURST, 1, Priority::Normal, at(0)).unwrap();
        let budget = &pacer.budget(at(1))[0];
        assert_eq!((budget.limit, budget.left, budget.frees_at), (20, 19, Some(at(10))), "one call is out");
    }

    const BY_PLAN: [Limit; 1] = [Limit {
        counts: Counts::Costs,
        raised: Some(|settings| settings.get("seats")?.parse::<u32>().ok()?.checked_mul(100)),
        ..Limit::of_calls("tokens", 100, Window::Day, "")
    }];

    #[test]
    fn a_call_takes_what_it_costs() {
        let pacer = Pacer::new(&BY_PLAN, &Settings::default());
        pacer.take(&["tokens"], 60, Priority::Urgent, at(0)).unwrap();
        pacer.take(&["tokens"], 30, Priority::Urgent, at(5)).unwrap();
        let wait = pacer.take(&["tokens"], 80, Priority::Urgent, at(10)).unwrap_err();
        assert_eq!(wait, DAY_RECHECK, "ten are left");
        assert!(pacer.take(&["tokens"], 10, Priority::Urgent, at(10)).is_ok(), "a cheaper call still passes");
        assert_eq!(pacer.budget(at(10))[0].left, 0, "the sum is what counts, not the number of calls");
    }

    #[test]
    fn a_call_that_costs_more_than_the_window_waits_for_all_of_it() {
        let pacer = Pacer::new(&BY_PLAN, &Settings::default());
        assert!(pacer.take(&["tokens"], 500, Priority::Normal, at(0)).is_ok(), "or it could never go");
        assert_eq!(pacer.budget(at(0))[0].left, 0, "and takes everything");
    }

    #[test]
    fn an_expensive_call_waits_until_enough_is_free() {
        let limits =
            [Limit { counts: Counts::Costs, ..Limit::of_calls("burst", 20, Window::Seconds(10), "") }];
        let pacer = Pacer::new(&limits, &Settings::default());
        pacer.take(&BURST, 5, Priority::Urgent, at(0)).unwrap();
        pacer.take(&BURST, 15, Priority::Urgent, at(4)).unwrap();
        let wait = |cost| pacer.take(&BURST, cost, Priority::Urgent, at(5)).unwrap_err();
        assert_eq!(wait(5), SignedDuration::from_secs(5), "the first call's five are enough");
        assert_eq!(wait(6), SignedDuration::from_secs(9), "six need the second call's too");
    }

    #[test]
    fn a_setting_of_the_connection_raises_a_limit() {
        let mut settings = Settings::default();
        let most = |settings: &Settings| Pacer::new(&BY_PLAN, settings).budget(at(0))[0].limit;
        assert_eq!(most(&settings), 100, "the smallest plan, as long as nobody says more");
        settings.plain.insert("seats".into(), "7".into());
        assert_eq!(most(&settings), 700, "the plan the person entered");
        settings.plain.insert("seats".into(), "0".into());
        assert_eq!(most(&settings), 100, "nonsense does not stop everything");
    }
}
