//! How many deliveries one receiver takes: 20 a second, 100 at once.

use std::sync::Mutex;
use std::time::Duration;

use jiff::Timestamp;

const PER_SECOND: i64 = 20;
const BURST: i64 = 100;
/// Tokens are counted in thousandths, so that a millisecond brings a whole number of them.
const TOKEN: i64 = 1000;

/// A bucket of tokens, one for each delivery, filled up as time goes by.
#[derive(Debug)]
pub(super) struct Rate(Mutex<Bucket>);

#[derive(Debug)]
struct Bucket {
    tokens: i64,
    filled_at: Timestamp,
}

impl Rate {
    /// A full bucket.
    pub(super) fn new(now: Timestamp) -> Self {
        Self(Mutex::new(Bucket { tokens: BURST * TOKEN, filled_at: now }))
    }

    /// Takes one token, or says how long to wait for the next.
    pub(super) fn take(&self, now: Timestamp) -> Result<(), Duration> {
        let mut bucket = self.0.lock().expect("BUG: the bucket's lock is never held across a panic");
        // A clock that was set back brings no tokens, and takes none away.
        let elapsed = now.as_millisecond().saturating_sub(bucket.filled_at.as_millisecond()).max(0);
        bucket.tokens = bucket.tokens.saturating_add(elapsed.saturating_mul(PER_SECOND)).min(BURST * TOKEN);
        bucket.filled_at = now;
        if bucket.tokens >= TOKEN {
            bucket.tokens -= TOKEN;
            return Ok(());
        }
        let missing = u64::try_from((TOKEN - bucket.tokens) / PER_SECOND).unwrap_or(0);
        Err(Duration::from_millis(missing.max(1)))
    }
}

#[cfg(test)]
mod tests {
    use jiff::SignedDuration;

    use super::*;

    #[test]
    fn a_burst_passes_and_a_flood_waits() {
        let start = Timestamp::UNIX_EPOCH;
        let rate = Rate::new(start);
        let passed = (0..150).filter(|_| rate.take(start).is_ok()).count();
        assert_eq!(passed, 100, "a burst of a hundred");
        assert_eq!(
            rate.take(start),
            Err(Duration::from_millis(50)),
            "the next token comes after a twentieth of a second"
        );
        let later = start + SignedDuration::from_secs(1);
        assert_eq!((0..50).filter(|_| rate.take(later).is_ok()).count(), 20, "twenty a second");
        assert!(rate.take(start).is_err(), "a clock set back brings nothing");
    }
}
