//! A disk that takes nothing: said once when it begins, and once when it is over. In between Home says so.
//!
//! Said to the person directly, not through the list of notifications: that list lies on the same disk.

use std::sync::Arc;
use std::time::Duration;

use leadferry_store::StoreError;

use crate::App;
use crate::commands::Tag;

/// It is over when it has stayed away for so long: a full disk takes a small change now and then.
const QUIET: Duration = Duration::from_secs(60);
/// Where a click leads.
const HOME: &str = "/home";

pub(super) async fn watch(app: Arc<App>) {
    let mut trouble = app.store.trouble();
    let mut told = false;
    loop {
        let now = trouble.borrow_and_update().clone();
        match &now {
            Some(error) if !told => {
                told = true;
                begins(&app, error);
            }
            _ => {}
        }
        tokio::select! {
            () = app.stop.cancelled() => return,
            changed = trouble.changed() => if changed.is_err() { return },
            () = tokio::time::sleep(QUIET), if told && now.is_none() => {
                told = false;
                ends(&app);
            }
        }
    }
}

fn begins(app: &App, error: &StoreError) {
    tracing::error!(%error, "the disk takes nothing");
    app.host.notify("Leadferry cannot write its data", &error.to_string(), HOME);
    app.host.changed(&[Tag::Syncs]);
}

fn ends(app: &App) {
    tracing::info!("the disk takes data again");
    app.host.notify(
        "Leadferry writes its data again",
        "Nothing was lost, and leads go on by themselves.",
        HOME,
    );
    app.host.changed(&[Tag::Syncs]);
    // What was put off while nothing could be written need not wait for the next look.
    app.engine.wake();
}
