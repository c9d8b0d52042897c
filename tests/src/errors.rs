//! The error desk, as a sales manager works with it.

use crate::journey::causes;
use crate::window::Window;

/// Goes to the error desk and opens the cause whose title has `words` in it.
pub async fn open_cause(window: &Window, words: &str) {
    window.press("Errors").await;
    let title = window
        .until(&format!("a cause with “{words}”"), async || {
            causes(window).await.into_iter().map(|(title, _)| title).find(|title| title.contains(words))
        })
        .await;
    window.press(&title).await;
    window.says("What to do").await;
    window.settled().await;
}

/// Waits until exactly these numbers of leads wait for a person, by cause.
pub async fn wait_for_causes(window: &Window, leads: &[usize]) {
    window
        .until(&format!("causes with {leads:?} leads"), async || {
            let found: Vec<usize> = causes(window)
                .await
                .iter()
                .map(|(_, leads)| usize::try_from(*leads).unwrap_or_default())
                .collect();
            (found == leads).then_some(())
        })
        .await;
}
