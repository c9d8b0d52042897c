//! Steps the engine for as long as the program runs. The only place that waits.

use std::time::Duration;

use leadferry_model::Timestamp;

use crate::engine::{Cancel, Engine};

/// Looks for work at least this often: a wake-up may be lost, a computer may sleep, a clock may be set back.
const POLL: Duration = Duration::from_secs(30);
/// Shortest pause after a step that found nothing to do, whatever is said to be due.
const BREATH: Duration = Duration::from_millis(500);
/// Pause after the ledger refused a step (full disk, locked file). It doubles with each one in a row: a step that cannot be
/// written down may have been sent all the same, and would be sent again and again.
const TROUBLE: Duration = Duration::from_secs(5);
/// Longest pause after the ledger refused a step.
const LONG_TROUBLE: Duration = Duration::from_secs(300);

/// Runs an [`Engine`].
pub struct Driver {
    engine: Engine,
}

impl Driver {
    /// A driver for `engine`.
    pub fn new(engine: Engine) -> Self {
        Self { engine }
    }

    /// Steps until `cancel`. Running batches finish; what is claimed but not sent yet is given up at the next start.
    pub async fn run(&self, cancel: &Cancel) {
        let mut trouble = TROUBLE;
        while !cancel.is_cancelled() {
            // Registered before the step looks for work: what comes while it looks wakes the next one.
            let woken = self.engine.inner.wake.notified();
            let pause = match self.engine.step(cancel).await {
                Ok(step) => {
                    trouble = TROUBLE;
                    let breath = if step.did.any() { Duration::ZERO } else { BREATH };
                    self.until(step.next_due).max(breath)
                }
                Err(error) => {
                    tracing::error!(%error, "The engine could not finish a step and tries again shortly.");
                    let pause = trouble;
                    trouble = (trouble * 2).min(LONG_TROUBLE);
                    pause
                }
            };
            tokio::select! {
                // In this order, not by chance: a simulation replays the same wake-ups.
                biased;
                () = woken => {}
                () = tokio::time::sleep(pause) => {}
                () = cancel.cancelled() => {}
            }
        }
    }

    fn until(&self, due: Option<Timestamp>) -> Duration {
        let Some(due) = due else { return POLL };
        let wait = due.duration_since(self.engine.inner.now());
        Duration::try_from(wait).unwrap_or(Duration::ZERO).min(POLL)
    }
}
