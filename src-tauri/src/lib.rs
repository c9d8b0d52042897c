//! The Tauri shell: window, tray, notifications, deep links, one instance. What the app does stands in the room `api`.
//!
//! **Architecture Invariant:** the only crate that names Tauri, and the composition root of the desktop app: here, and in
//! `cli`, the list of connectors is handed down.

mod commands;
mod deep_link;
mod host;
mod shell;
mod tray;
mod window;

use std::path::PathBuf;

use tauri::{AppHandle, Manager as _, RunEvent};
use tauri_plugin_deep_link::DeepLinkExt as _;

use deep_link::Place;
use shell::Shell;

/// Runs the app until the person quits.
pub fn run() {
    tracing_subscriber::fmt()
        .with_env_filter(
            tracing_subscriber::EnvFilter::try_from_env("LEADFERRY_LOG")
                .unwrap_or_else(|_| "info,zbus=warn".into()),
        )
        .with_writer(std::io::stderr)
        .init();
    let app = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|app, arguments, _folder| second_start(app, &arguments)))
        .plugin(tauri_plugin_deep_link::init())
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_notification::init())
        .plugin(tauri_plugin_opener::init())
        .plugin(tauri_plugin_autostart::Builder::new().args(["--hidden"]).build())
        .plugin(tauri_plugin_window_state::Builder::new().build())
        .invoke_handler(tauri::generate_handler![
            commands::call,
            commands::startup,
            commands::unlock,
            commands::reopen,
            commands::restore,
            commands::open_external,
            commands::pick_file,
            commands::pick_save_file,
            commands::quit,
        ])
        .setup(|app| {
            start(app.handle())?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match app {
        Ok(app) => app.run(event),
        Err(error) => tracing::error!(%error, "Leadferry does not start"),
    }
}

fn start(app: &AppHandle) -> Result<(), Box<dyn std::error::Error>> {
    app.manage(Shell::new(data_folder(app)?, app));
    if let Err(error) = tray::build(app) {
        tracing::warn!(%error, "this desktop has no tray; Leadferry works without it");
    }
    host::follow_clicks(app)?;
    let arguments: Vec<String> = std::env::args().collect();
    if !arguments.iter().any(|argument| argument == "--hidden") {
        window::show(app, None)?;
    }
    let links = app.clone();
    app.deep_link().on_open_url(move |event| {
        for url in event.urls() {
            follow(&links, url.as_str());
        }
    });
    let opening = app.clone();
    tauri::async_runtime::spawn(async move {
        opening.state::<Shell>().open(&opening).await;
        if let Err(error) = tauri::Emitter::emit(&opening, "startup", ()) {
            tracing::debug!(%error, "no window listens");
        }
        for argument in arguments {
            follow(&opening, &argument);
        }
    });
    Ok(())
}

/// The person started the app again: show what is there, and follow an address it was started with.
fn second_start(app: &AppHandle, arguments: &[String]) {
    if let Err(error) = window::show(app, None) {
        tracing::error!(%error, "the window does not open");
    }
    for argument in arguments {
        follow(app, argument);
    }
}

fn follow(app: &AppHandle, address: &str) {
    match deep_link::parse(address) {
        Some(Place::Screen(route)) => {
            if let Err(error) = window::show(app, Some(&route)) {
                tracing::error!(%error, "the window does not open");
            }
        }
        Some(Place::SignIn(url)) => {
            let app = app.clone();
            tauri::async_runtime::spawn(async move {
                let Ok(engine) = app.state::<Shell>().engine().await else { return };
                if let Err(error) = engine.finish_oauth_from_link(&url).await {
                    tracing::info!(%error, "an address matched no waiting sign-in");
                }
            });
        }
        None => {}
    }
}

/// `--data DIR`, else `LEADFERRY_DATA`, else the folder this system gives apps.
fn data_folder(app: &AppHandle) -> Result<PathBuf, Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().collect();
    let named = arguments.windows(2).find(|pair| pair[0] == "--data").map(|pair| PathBuf::from(&pair[1]));
    let folder = match named.or_else(|| std::env::var_os("LEADFERRY_DATA").map(PathBuf::from)) {
        Some(folder) => folder,
        None => app.path().app_data_dir()?,
    };
    std::fs::create_dir_all(&folder)?;
    Ok(folder)
}

fn event(app: &AppHandle, event: RunEvent) {
    // The last window closed: the engine goes on, unless the person chose otherwise or asked to quit.
    if let RunEvent::ExitRequested { code: None, api, .. } = event {
        api.prevent_exit();
        let app = app.clone();
        tauri::async_runtime::spawn(async move {
            let shell = app.state::<Shell>();
            let Ok(engine) = shell.engine().await else { return app.exit(0) };
            match engine.window_closed().await {
                Ok(true) => {}
                Ok(false) => shell.quit(&app).await,
                Err(error) => tracing::warn!(%error, "closing the window"),
            }
        });
    }
}
