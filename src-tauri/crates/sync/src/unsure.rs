//! Creates whose outcome is not known, and since when nothing of them can be under way any more.
//!
//! A destination without unique keys has to be asked before such a record is created again, and asking too early misses it: the
//! request may still arrive, and the destination's search lags behind its writes. So the wait begins when the try has ended, not
//! when it began, and is measured by a clock that nobody sets. For a delivery left behind by another process it begins when this
//! one first meets it. Kept in memory: after a restart everything waits once more, which is never wrong.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard};
use std::time::{Duration, Instant};

use leadferry_model::{ConnectionId, LeadId};

/// How long a request may be under way after its caller has given up, and then how long a vendor's search may lag behind. Asked
/// earlier, a record that was just created could be missed and made twice.
/// Unverified: vendors name no bound; HubSpot speaks of *a few moments*.
const PATIENCE: Duration = Duration::from_secs(30);

/// A person at a destination. Not a delivery: a STOP overtakes what else waits for the same person, and would create them anew.
type Whom = (ConnectionId, LeadId);

/// People with an intent, and when the last try for them had ended.
#[derive(Debug, Default)]
pub(crate) struct Unsure(Mutex<HashMap<Whom, Instant>>);

impl Unsure {
    /// How long `lead` has still to wait before `destination` is asked about them.
    pub(crate) fn wait(&self, destination: &ConnectionId, lead: &LeadId, now: Instant) -> Option<Duration> {
        let ended = *self.all().entry((destination.clone(), lead.clone())).or_insert(now);
        PATIENCE.checked_sub(now.saturating_duration_since(ended)).filter(|wait| !wait.is_zero())
    }

    /// A try for `lead` has ended without an outcome.
    pub(crate) fn ended(&self, destination: &ConnectionId, lead: &LeadId, now: Instant) {
        self.all().insert((destination.clone(), lead.clone()), now);
    }

    /// The record of `lead` is known.
    pub(crate) fn known(&self, destination: &ConnectionId, lead: &LeadId) {
        self.all().remove(&(destination.clone(), lead.clone()));
    }

    /// Tries may have ended that nobody noticed.
    pub(crate) fn forget(&self) {
        self.all().clear();
    }

    fn all(&self) -> MutexGuard<'_, HashMap<Whom, Instant>> {
        self.0.lock().expect("BUG: nothing panics while it is held")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whom() -> (ConnectionId, LeadId) {
        (ConnectionId::new("crm"), LeadId::new("ada"))
    }

    #[test]
    fn the_wait_begins_when_the_try_has_ended() {
        let (unsure, (crm, ada), began) = (Unsure::default(), whom(), Instant::now());
        let timed_out = began + Duration::from_secs(30);
        unsure.ended(&crm, &ada, timed_out);
        assert_eq!(
            unsure.wait(&crm, &ada, timed_out),
            Some(PATIENCE),
            "thirty seconds of waiting for the answer do not count"
        );
        assert_eq!(unsure.wait(&crm, &ada, timed_out + PATIENCE), None, "then the destination may be asked");
    }

    #[test]
    fn what_another_process_left_behind_waits_from_its_first_meeting() {
        let (unsure, (crm, ada), met) = (Unsure::default(), whom(), Instant::now());
        assert_eq!(unsure.wait(&crm, &ada, met), Some(PATIENCE), "nobody knows when its try ended");
        let later = met + Duration::from_secs(10);
        assert_eq!(unsure.wait(&crm, &ada, later), Some(Duration::from_secs(20)), "it is met once");
        unsure.forget();
        assert_eq!(
            unsure.wait(&crm, &ada, later),
            Some(PATIENCE),
            "after a step that was dropped it waits anew"
        );
    }
}
