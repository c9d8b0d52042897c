//! The window: made when it is wanted, destroyed when it is closed. The engine, tray and notifications live on without it.

use tauri::{AppHandle, Emitter as _, Manager as _, WebviewUrl, WebviewWindowBuilder};

const MAIN: &str = "main";

/// Shows the window, at `route` if one is given.
pub(crate) fn show(app: &AppHandle, route: Option<&str>) -> tauri::Result<()> {
    // Notifications name a place without the slash in front.
    let route = route.map(|route| format!("/{}", route.trim_start_matches('/')));
    if let Some(window) = app.get_webview_window(MAIN) {
        window.unminimize()?;
        window.show()?;
        window.set_focus()?;
        if let Some(route) = route {
            app.emit_to(MAIN, "navigate", route)?;
        }
        return Ok(());
    }
    let page = route.map_or_else(|| "index.html".to_owned(), |route| format!("index.html#{route}"));
    WebviewWindowBuilder::new(app, MAIN, WebviewUrl::App(page.into()))
        .title("Leadferry")
        .inner_size(1280.0, 800.0)
        .min_inner_size(800.0, 560.0)
        .build()?;
    Ok(())
}
