//! What the engine asks of the desktop: browser, notifications, events to the window, start at login.

use leadferry_api::{Host, Tag};
use serde_json::Value;
use tauri::{AppHandle, Emitter as _};
use tauri_plugin_autostart::ManagerExt as _;
use tauri_plugin_notification::{ActionPerformed, NotificationExt as _};
use tauri_plugin_opener::OpenerExt as _;

use crate::{tray, window};

/// Under which name a notification carries where it leads.
const TARGET: &str = "target";

/// The desktop around the engine.
pub(crate) struct Desktop(pub(crate) AppHandle);

impl Host for Desktop {
    fn open_in_browser(&self, url: &str) -> Result<(), String> {
        self.0.opener().open_url(url, None::<&str>).map_err(|error| error.to_string())
    }

    fn notify(&self, title: &str, body: &str, target: &str) {
        // Where the desktop cannot pass a click on, the tray's first entry leads to the same place.
        tray::remember_target(&self.0, target);
        let notification = self.0.notification().builder().title(title).body(body).extra(TARGET, target);
        if let Err(error) = notification.show() {
            tracing::warn!(%error, "the desktop shows no notifications");
        }
    }

    fn changed(&self, tags: &[Tag]) {
        if let Err(error) = self.0.emit("changed", tags) {
            tracing::debug!(%error, "no window listens");
        }
        tray::refresh(&self.0);
    }

    fn start_at_login(&self, on: bool) -> Result<(), String> {
        let autostart = self.0.autolaunch();
        let done = if on { autostart.enable() } else { autostart.disable() };
        match done {
            Ok(()) => Ok(()),
            // Switching off what was never on is what the person wanted.
            Err(_) if !on && !autostart.is_enabled().unwrap_or(false) => Ok(()),
            Err(error) => Err(error.to_string()),
        }
    }
}

/// From now on a click on a notification opens what it is about.
pub(crate) fn follow_clicks(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    let clicked = app.clone();
    app.notification().on_action(move |action| {
        let Some(route) = target(action) else { return };
        let app = clicked.clone();
        // Windows are made on the main thread; the desktop reports from one of its own.
        let shown = clicked.run_on_main_thread(move || {
            if let Err(error) = window::show(&app, Some(&route)) {
                tracing::error!(%error, "the window does not open");
            }
        });
        if let Err(error) = shown {
            tracing::warn!(%error, "a click on a notification came too late");
        }
    })?;
    Ok(())
}

fn target(action: &ActionPerformed) -> Option<String> {
    action.notification()?.extra().get(TARGET).and_then(Value::as_str).map(str::to_owned)
}
