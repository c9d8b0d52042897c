//! Notices that the computer's clock was ahead and has been set back, so that what was put off meanwhile does not stand still
//! until the wrong time has come.
//!
//! While the process lives it compares the clock with one that nobody sets; after a restart, with the last change in the ledger.

use std::sync::Mutex;
use std::time::Instant;

use jiff::SignedDuration;
use leadferry_model::Timestamp;

use crate::engine::Inner;
use crate::error::Result;
use crate::runs::mode;
use crate::schedule::next_run;
use crate::settings::Mode;

/// Clocks are set right by seconds all the time. Waits of that length are worth no stroke.
const NOTICED: SignedDuration = SignedDuration::from_mins(1);

/// Both clocks as they were at the last look.
#[derive(Debug, Default)]
pub(crate) struct Clocks(Mutex<Option<(Timestamp, Instant)>>);

impl Clocks {
    /// By how much the clock has been set back since the last look, as far as this process can know.
    fn set_back(&self, now: Timestamp, steady: Instant) -> SignedDuration {
        let mut last = self.0.lock().expect("BUG: nothing panics while it is held");
        let (then, then_steady) = last.replace((now, steady)).unwrap_or((now, steady));
        let passed = SignedDuration::try_from(steady.saturating_duration_since(then_steady));
        let expected = then.checked_add(passed.unwrap_or(SignedDuration::ZERO)).unwrap_or(Timestamp::MAX);
        expected.duration_since(now)
    }
}

/// Looks at the clock before a step goes by it.
pub(crate) async fn look(inner: &Inner) -> Result<()> {
    let now = inner.now();
    let here = inner.clocks.set_back(now, inner.clock.steady());
    let last = inner.store.read(|tx| tx.last_change()).await?;
    let ahead = last.map_or(here, |last| last.duration_since(now).max(here));
    if ahead < NOTICED {
        return Ok(());
    }
    tracing::warn!(
        seconds = ahead.as_secs(),
        "The clock was ahead and has been set back. Waits are planned anew."
    );
    inner.forget_put_off();
    let micros = i64::try_from(ahead.as_micros()).unwrap_or(i64::MAX);
    inner
        .store
        .write(move |tx| {
            tx.clock_was_ahead(now, micros)?;
            for sync in tx.syncs()? {
                if let Mode::Scheduled { schedule } = mode(&sync) {
                    tx.set_next_run(&sync.id, next_run(&schedule, now).ok())?;
                }
            }
            Ok(())
        })
        .await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    #[test]
    fn only_a_clock_that_goes_back_is_noticed() {
        let (clocks, start, steady) = (Clocks::default(), Timestamp::UNIX_EPOCH, Instant::now());
        let at = |seconds: i64| start + SignedDuration::from_secs(seconds);
        let later = |seconds: u64| steady + Duration::from_secs(seconds);
        assert_eq!(clocks.set_back(at(0), later(0)), SignedDuration::ZERO, "nothing to compare with");
        assert_eq!(clocks.set_back(at(60), later(60)), SignedDuration::ZERO, "both went on alike");
        assert!(clocks.set_back(at(9_000), later(61)).is_negative(), "forwards, or the computer slept");
        let back = clocks.set_back(at(130), later(131));
        assert_eq!(
            back,
            SignedDuration::from_secs(9_000 + 70 - 130),
            "as far as it went, and the time since"
        );
    }
}
