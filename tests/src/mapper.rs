//! The mapping editor, with a person's three ways of matching a field.

use fantoccini::elements::Element;
use fantoccini::key::Key;
use serde_json::{Value, json};

use crate::window::{Window, quoted};

/// The mapping as it is kept.
pub async fn kept(window: &Window, sync: &str) -> Value {
    window.ask("mapping", json!({ "id": sync })).await["draft"].clone()
}

/// Waits until the mapping that is kept has, or has not, a rule for `target`, and gives it.
pub async fn kept_when(window: &Window, sync: &str, target: &str, there: bool) -> Value {
    window
        .until("the mapping is kept", async || {
            let kept = kept(window, sync).await;
            let has = kept["rules"].as_array()?.iter().any(|rule| rule["target"] == json!(target));
            (has == there).then_some(kept)
        })
        .await
}

/// Types into the filter of the destination's fields.
pub async fn narrow_to(window: &Window, words: &str) {
    window.field("Filter fields").await.click().await.expect("the filter takes the focus");
    window.control_and('a').await;
    window.types(words).await;
}

/// A source field's pill.
pub async fn pill(window: &Window, source: &str) -> Element {
    window.find(&format!("//button[@data-source={}]", quoted(source))).await
}

/// The row of a destination field.
pub async fn row(window: &Window, label: &str) -> Element {
    let label = quoted(label);
    window.find(&format!("//*[@role='row'][.//*[@role='rowheader'][contains(., {label})]]")).await
}

/// Drags a source field onto a destination field.
pub async fn by_drag(window: &Window, source: &str, label: &str) {
    narrow_to(window, label).await;
    let (from, to) = (pill(window, source).await, row(window, label).await);
    window.drag(&from, &to).await;
}

/// Clicks a source field, then a destination field.
pub async fn by_two_clicks(window: &Window, source: &str, label: &str) {
    narrow_to(window, label).await;
    pill(window, source).await.click().await.expect("the pill can be clicked");
    window.says(&format!("Placing {source}")).await;
    row(window, label).await.click().await.expect("the row can be clicked");
}

/// Matches with the keyboard alone: filter, list, Enter, a few letters, Enter.
pub async fn by_keys(window: &Window, source: &str, label: &str) {
    window.tab_to("Filter fields").await;
    window.control_and('a').await;
    window.types(label).await;
    window.tab_to("Fields of the destination").await;
    window.key(Key::Return).await;
    window.has_focus("Filter source fields").await;
    window.types(source).await;
    window.key(Key::Down).await;
    window.key(Key::Return).await;
}
