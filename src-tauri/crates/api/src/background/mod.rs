//! What runs beside the commands: events to the window, notifications to the person, backups, forgetting, re-checks, a look at
//! the disk.
//!
//! Each task only decides when; what it does is a method that can be called without it.

mod disk;
mod house;
mod news;
pub(crate) mod notices;

use std::sync::Arc;
use std::time::Duration;

use tokio::task::JoinHandle;

use crate::App;

/// Events that come together are told together.
const TOGETHER: Duration = Duration::from_millis(200);
/// How often is looked whether something of the house is due.
const LOOK: Duration = Duration::from_secs(15 * 60);

/// Starts everything that runs beside the commands. Ends with the app's `stop`.
pub(crate) fn spawn(app: &Arc<App>) -> Vec<JoinHandle<()>> {
    vec![
        tokio::spawn(forward(Arc::clone(app))),
        tokio::spawn(keep(Arc::clone(app))),
        tokio::spawn(disk::watch(Arc::clone(app))),
    ]
}

async fn forward(app: Arc<App>) {
    let mut events = app.engine.events().subscribe();
    loop {
        let first = tokio::select! {
            () = app.stop.cancelled() => return,
            event = events.recv() => event,
        };
        let mut tags = news::Stale::default();
        match first {
            Ok(changed) => tags.add(&changed),
            Err(tokio::sync::broadcast::error::RecvError::Lagged(_)) => tags.all(),
            Err(tokio::sync::broadcast::error::RecvError::Closed) => return,
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(TOGETHER) => {}
        }
        while let Ok(changed) = events.try_recv() {
            tags.add(&changed);
        }
        app.host.changed(&tags.into_list());
        if let Err(error) = app.tell_news().await {
            tracing::warn!(%error, "news could not be told");
        }
    }
}

async fn keep(app: Arc<App>) {
    loop {
        if let Err(error) = app.keep_house().await {
            tracing::warn!(%error, "the daily work could not be done and is tried again");
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            () = tokio::time::sleep(LOOK) => {}
        }
    }
}
