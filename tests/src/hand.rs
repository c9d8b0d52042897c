//! A person's hands: dragging with the mouse, and everything a keyboard does.

use std::time::Duration;

use fantoccini::Client;
use fantoccini::actions::{
    InputSource as _, KeyAction, KeyActions, MOUSE_BUTTON_LEFT, MouseActions, PointerAction,
};
use fantoccini::elements::Element;
use fantoccini::key::Key;

use crate::window::Window;

/// Most stops of the Tab key on any page.
const STOPS: usize = 120;

/// Types `text` where the focus of `client` is.
pub(crate) async fn types(client: &Client, text: &str) {
    let mut keys = KeyActions::new("keyboard".into());
    for value in text.chars() {
        keys = keys.then(KeyAction::Down { value }).then(KeyAction::Up { value });
    }
    client.perform_actions(keys).await.expect("keys arrive");
}

impl Window {
    /// Drags one element onto another the way a hand does: with steps, since a jump is no drag.
    pub async fn drag(&self, from: &Element, to: &Element) {
        let pause = |milliseconds| PointerAction::Pause { duration: Duration::from_millis(milliseconds) };
        let over = |element: &Element, x, y, milliseconds| PointerAction::MoveToElement {
            element: element.clone(),
            duration: Some(Duration::from_millis(milliseconds)),
            x,
            y,
        };
        let mut hand = MouseActions::new("hand".into())
            .then(over(from, 0.0, 0.0, 50))
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(pause(120))
            .then(over(from, 12.0, 4.0, 80));
        for step in (0..8).rev() {
            hand = hand.then(over(to, f64::from(step) * -6.0, 0.0, 40));
        }
        let hand = hand.then(pause(200)).then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(hand).await.expect("the pointer moves");
    }

    /// Clicks at a place of the page, in CSS pixels from its corner.
    pub(crate) async fn click_at(&self, (x, y): (f64, f64)) -> Option<()> {
        let hand = MouseActions::new("hand".into())
            .then(PointerAction::MoveTo { duration: None, x, y })
            .then(PointerAction::Down { button: MOUSE_BUTTON_LEFT })
            .then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        self.client.perform_actions(hand).await.ok()
    }

    /// Types `text` where the focus is.
    pub async fn types(&self, text: &str) {
        types(&self.client, text).await;
    }

    /// Presses one key where the focus is.
    pub async fn key(&self, key: Key) {
        self.types(&char::from(key).to_string()).await;
    }

    /// Presses a key while Control is held.
    pub async fn control_and(&self, value: char) {
        let control = char::from(Key::Control);
        let keys = KeyActions::new("keyboard".into())
            .then(KeyAction::Down { value: control })
            .then(KeyAction::Down { value })
            .then(KeyAction::Up { value })
            .then(KeyAction::Up { value: control });
        self.client.perform_actions(keys).await.expect("keys arrive");
    }

    /// What has the focus, by its name; empty where nothing has.
    pub async fn focused(&self) -> String {
        let script = "const at = document.activeElement; if (!at || at === document.body) return ''; \
            const by = (at.getAttribute('aria-labelledby') ?? '').split(' ').map((id) => document.getElementById(id)?.textContent ?? '').join(' ').trim(); \
            return (at.getAttribute('aria-label') || by || at.labels?.[0]?.textContent || at.textContent || at.tagName).trim().replace(/\\s+/g, ' ');";
        let read = self.client.execute(script, vec![]).await;
        read.ok().and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Waits until the focus is on what is called `name`, or begins with it.
    pub async fn has_focus(&self, name: &str) {
        self.until(&format!("the focus is on {name}"), async || {
            self.focused().await.starts_with(name).then_some(())
        })
        .await;
    }

    /// Presses Tab until the focus is on what is called `name`, or begins with it.
    pub async fn tab_to(&self, name: &str) {
        let reached = self
            .until(&format!("Tab reaches {name}"), async || {
                for _ in 0..STOPS {
                    if self.focused().await.starts_with(name) {
                        return Some(());
                    }
                    self.key(Key::Tab).await;
                }
                None
            })
            .await;
        assert!(self.focus_shows().await, "a person sees where the focus is: {name}");
        reached
    }

    /// Goes to what is called `name` with Tab and presses Enter.
    pub async fn enter_on(&self, name: &str) {
        self.tab_to(name).await;
        self.key(Key::Return).await;
    }

    /// Whether a person sees where the focus is: an outline, or the active row of a list that holds the focus.
    pub async fn focus_shows(&self) -> bool {
        let script = "const at = document.activeElement; if (!at || at === document.body) return false; \
            const seen = (element) => { const style = getComputedStyle(element); \
                return (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) > 0) || style.boxShadow !== 'none'; }; \
            const active = document.getElementById(at.getAttribute('aria-activedescendant') ?? ''); \
            return seen(at) || (active !== null) || seen(at.parentElement) || (at.closest('[data-focus-visible], [data-focus-within]') !== null);";
        let read = self.client.execute(script, vec![]).await;
        read.is_ok_and(|shows| shows.as_bool() == Some(true))
    }
}
