//! Waiting for what a program on a busy computer does in its own time.

use std::time::Duration;

use tokio::time::{Instant, sleep};

/// Longest wait for something to show. Generous, since two busy cores draw in software.
const PATIENCE: Duration = Duration::from_secs(60);
/// Between two looks.
const LOOK_AGAIN: Duration = Duration::from_millis(100);

/// Tries again until `attempt` gives something; `None` when it never does.
pub async fn patiently<T>(attempt: impl AsyncFn() -> Option<T>) -> Option<T> {
    let deadline = Instant::now() + PATIENCE;
    loop {
        if let Some(found) = attempt().await {
            return Some(found);
        }
        if Instant::now() > deadline {
            return None;
        }
        sleep(LOOK_AGAIN).await;
    }
}

/// Tries again until `attempt` gives something; says what it waited for when it never does.
pub async fn until<T>(what: &str, attempt: impl AsyncFn() -> Option<T>) -> T {
    patiently(attempt).await.unwrap_or_else(|| panic!("waited in vain: {what}"))
}
