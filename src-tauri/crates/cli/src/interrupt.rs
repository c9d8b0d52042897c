//! Ctrl-C, and a service manager's request to end: the first is a wish, the second an order.

use tokio_util::sync::CancellationToken;

use crate::exit;

/// A token that is cancelled by the first signal. The second ends the program at once, which loses nothing: the ledger goes
/// on where it was.
pub(crate) fn token() -> CancellationToken {
    let token = CancellationToken::new();
    let wish = token.clone();
    tokio::spawn(async move {
        signal().await;
        wish.cancel();
        signal().await;
        std::process::exit(exit::FAILED.into());
    });
    token
}

#[cfg(unix)]
async fn signal() {
    use tokio::signal::unix::{SignalKind, signal};
    match signal(SignalKind::terminate()) {
        Ok(mut terminate) => tokio::select! {
            result = tokio::signal::ctrl_c() => never_without_handler(result).await,
            _ = terminate.recv() => {}
        },
        Err(error) => never_without_handler(Err(error)).await,
    }
}

#[cfg(not(unix))]
async fn signal() {
    never_without_handler(tokio::signal::ctrl_c().await).await;
}

/// Where signals cannot be heard, waiting for one must not look like one.
async fn never_without_handler(heard: std::io::Result<()>) {
    if let Err(error) = heard {
        tracing::warn!(%error, "signals cannot be heard; end the program by closing it");
        std::future::pending::<()>().await;
    }
}
