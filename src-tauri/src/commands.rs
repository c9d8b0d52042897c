//! The window's commands: each passes its arguments on and its answer back. What they do stands in the room `api`.

#![expect(clippy::let_underscore_must_use, reason = "what the command macro writes around each function")]

use leadferry_api::{Error, ErrorCode, RestoreRequest, Startup, UnlockRequest};
use serde::Deserialize;
use serde_json::Value;
use tauri::{AppHandle, State};
use tauri_plugin_dialog::DialogExt as _;
use tauri_plugin_opener::OpenerExt as _;
use tokio::sync::oneshot;

use crate::shell::Shell;

/// Every command of the engine.
#[tauri::command]
pub(crate) async fn call(shell: State<'_, Shell>, command: String, request: Value) -> Result<Value, Error> {
    leadferry_api::dispatch(&*shell.engine().await?, &command, request).await
}

/// Whether the engine runs, and what it needs from the person to run.
#[tauri::command]
pub(crate) async fn startup(shell: State<'_, Shell>) -> Result<Startup, Error> {
    Ok(shell.startup().await)
}

/// Opens the vault, or makes one the way the person chose.
#[tauri::command]
pub(crate) async fn unlock(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: UnlockRequest,
) -> Result<Startup, Error> {
    shell.unlock(&app, request).await
}

/// Tries again to open what could not be opened.
#[tauri::command]
pub(crate) async fn reopen(app: AppHandle, shell: State<'_, Shell>) -> Result<Startup, Error> {
    Ok(shell.reopen(&app).await)
}

/// Puts a backup in the place of what is in the data folder.
#[tauri::command]
pub(crate) async fn restore(
    app: AppHandle,
    shell: State<'_, Shell>,
    request: RestoreRequest,
) -> Result<Startup, Error> {
    shell.restore(&app, request).await
}

/// Opens a page in the person's browser: web pages only, never a file or another program.
#[tauri::command]
pub(crate) async fn open_external(app: AppHandle, url: String) -> Result<(), Error> {
    if !(url.starts_with("https://")
        || url.starts_with("http://127.0.0.1")
        || url.starts_with("http://localhost"))
    {
        return Err(Error::usage("Only web addresses can be opened."));
    }
    app.opener().open_url(url, None::<&str>).map_err(|error| {
        Error::new(
            ErrorCode::Unexpected,
            format!("No browser opened ({error}). Copy the link and open it yourself."),
        )
    })
}

/// What a file dialog offers.
#[derive(Deserialize)]
pub(crate) struct Filter {
    name: String,
    extensions: Vec<String>,
}

/// Asks for a file to read; none when the person cancels.
#[tauri::command]
pub(crate) async fn pick_file(app: AppHandle, filters: Vec<Filter>) -> Result<Option<String>, Error> {
    let (chosen, choice) = oneshot::channel();
    with_filters(app.dialog().file(), &filters).pick_file(move |path| {
        chosen.send(path).ok();
    });
    Ok(choice.await.ok().flatten().map(|path| path.to_string()))
}

/// Asks where to save; none when the person cancels.
#[tauri::command]
pub(crate) async fn pick_save_file(
    app: AppHandle,
    suggested_name: String,
    filters: Vec<Filter>,
) -> Result<Option<String>, Error> {
    let (chosen, choice) = oneshot::channel();
    with_filters(app.dialog().file(), &filters).set_file_name(suggested_name).save_file(move |path| {
        chosen.send(path).ok();
    });
    Ok(choice.await.ok().flatten().map(|path| path.to_string()))
}

fn with_filters<R: tauri::Runtime>(
    mut dialog: tauri_plugin_dialog::FileDialogBuilder<R>,
    filters: &[Filter],
) -> tauri_plugin_dialog::FileDialogBuilder<R> {
    for filter in filters {
        let extensions: Vec<&str> = filter.extensions.iter().map(String::as_str).collect();
        dialog = dialog.add_filter(&filter.name, &extensions);
    }
    dialog
}

/// Quits for good: nothing is sent until Leadferry is started again.
#[tauri::command]
pub(crate) async fn quit(app: AppHandle, shell: State<'_, Shell>) -> Result<(), Error> {
    shell.quit(&app).await;
    Ok(())
}
