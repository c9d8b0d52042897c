//! What the engine asks of whoever hosts it: the window's shell, or a terminal. Grows only when a command needs something new.

use crate::commands::Tag;

/// The process around the engine.
pub trait Host: Send + Sync {
    /// Opens `url` in the person's browser. The address was checked before.
    fn open_in_browser(&self, url: &str) -> Result<(), String>;

    /// Tells the person something, where the host has a way to. `target` is the deep link path a click leads to.
    fn notify(&self, title: &str, body: &str, target: &str);

    /// Something changed: whoever shows it may read again.
    fn changed(&self, tags: &[Tag]);

    /// Starts the app with the computer, or stops doing so.
    fn start_at_login(&self, on: bool) -> Result<(), String>;
}

/// A host without a person in front of it: the daemon, and tests.
#[derive(Clone, Copy, Debug, Default)]
pub struct Headless;

impl Host for Headless {
    fn open_in_browser(&self, _url: &str) -> Result<(), String> {
        Err("there is no browser here; open the printed address yourself".into())
    }

    fn notify(&self, title: &str, body: &str, target: &str) {
        tracing::info!(title, body, target, "notification");
    }

    fn changed(&self, _tags: &[Tag]) {}

    fn start_at_login(&self, _on: bool) -> Result<(), String> {
        Err("starting at login is set in the window, or as a service of this computer".into())
    }
}
