//! An album of the window: each page in both themes and two sizes.

use std::path::PathBuf;

use fantoccini::key::Key;
use serde_json::json;

use crate::window::{SIZE, Window};

/// The smallest window that must lose nothing.
const SMALL: (u32, u32) = (1024, 640);

/// Where pictures go.
pub struct Album<'w> {
    /// What is pictured.
    pub window: &'w Window,
    folder: PathBuf,
}

impl<'w> Album<'w> {
    /// Pictures of `window` into `screenshots/`.
    pub fn of(window: &'w Window) -> Self {
        Self { window, folder: crate::repository().join("screenshots") }
    }

    /// Pictures the page as it stands, once everything asked for is on it.
    pub async fn keep(&self, name: &str) {
        self.window.settled().await;
        self.keep_unsettled(name).await;
    }

    /// Pictures a page that waits for something by design.
    pub async fn keep_unsettled(&self, name: &str) {
        for (size, suffix) in [(SMALL, "-small"), (SIZE, "")] {
            self.window.resize(size).await;
            for theme in ["dark", "light"] {
                let script = "document.documentElement.dataset.theme = arguments[0];";
                self.window.client.execute(script, vec![json!(theme)]).await.expect("the theme changes");
                self.window.picture(&self.folder.join(format!("{name}-{theme}{suffix}.png"))).await;
            }
        }
    }

    /// Opens a page, waits for `words`, and pictures it.
    pub async fn visit(&self, name: &str, route: &str, words: &str) {
        self.window.go(route).await;
        self.window.says(words).await;
        self.keep(name).await;
    }

    /// Presses a button, waits for `words`, pictures what it opened, and closes that with Escape.
    pub async fn peek(&self, name: &str, button: &str, words: &str) {
        self.window.press(button).await;
        self.window.says(words).await;
        self.keep(name).await;
        self.window.key(Key::Escape).await;
    }
}
