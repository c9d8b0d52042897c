//! The tray: a state, one sentence, and every function in its menu, since Linux desktops pass no clicks on.

use std::sync::Mutex;

use leadferry_api::{Mood, PauseSync, SyncNow, types::Nothing};
use tauri::image::Image;
use tauri::menu::{Menu, MenuBuilder, MenuItemBuilder, SubmenuBuilder};
use tauri::tray::TrayIconBuilder;
use tauri::{AppHandle, Manager as _, Wry};

use crate::shell::Shell;
use crate::window;

const ID: &str = "leadferry";

/// Where the last notification leads, for the menu's entry.
#[derive(Default)]
pub(crate) struct Target(Mutex<Option<String>>);

/// Remembers where the last notification leads.
pub(crate) fn remember_target(app: &AppHandle, target: &str) {
    let state = app.state::<Target>();
    *state.0.lock().expect("BUG: the lock is held for one assignment") = Some(target.to_owned());
}

/// Puts the icon into the tray, where the desktop has one.
pub(crate) fn build(app: &AppHandle) -> tauri::Result<()> {
    app.manage(Target::default());
    let menu = menu(app, &Face::default())?;
    TrayIconBuilder::with_id(ID)
        .icon(icon(Mood::Calm))
        .tooltip("Leadferry")
        .menu(&menu)
        .temp_dir_path(app.path().app_cache_dir()?)
        .on_menu_event(|app, event| chosen(app, event.id().as_ref()))
        .build(app)?;
    Ok(())
}

#[derive(Default)]
struct Face {
    sentence: String,
    needs_you: u32,
    waiting: u32,
    paused: bool,
}

fn menu(app: &AppHandle, face: &Face) -> tauri::Result<Menu<Wry>> {
    let sentence = if face.sentence.is_empty() { "Leadferry is starting" } else { &face.sentence };
    let mut menu = MenuBuilder::new(app).item(&MenuItemBuilder::with_id("home", sentence).build(app)?);
    if face.needs_you > 0 {
        let words = if face.needs_you == 1 {
            "1 thing needs you…".into()
        } else {
            format!("{} things need you…", face.needs_you)
        };
        menu = menu.item(&MenuItemBuilder::with_id("errors", words).build(app)?);
    }
    menu = menu.separator().text("leads", "Where is my lead?").text("sync_now", "Sync now");
    menu = if face.paused {
        menu.text("resume", "Resume")
    } else {
        let pause = SubmenuBuilder::new(app, "Pause")
            .text("pause_hour", "For 1 hour")
            .text("pause_tomorrow", "Until tomorrow")
            .text("pause", "Until I resume")
            .build()?;
        menu.item(&pause)
    };
    let quit = match face.waiting {
        0 => "Quit and stop syncing".to_owned(),
        1 => "Quit and stop syncing (1 lead would wait)".to_owned(),
        waiting => format!("Quit and stop syncing ({waiting} leads would wait)"),
    };
    menu.separator()
        .text("open", "Open Leadferry")
        .text("settings", "Settings")
        .separator()
        .text("quit", quit)
        .build()
}

/// Reads the state again and shows it.
pub(crate) fn refresh(app: &AppHandle) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        let Ok(engine) = shell.engine().await else { return };
        let Ok(home) = engine.home(Nothing {}).await else { return };
        let face = Face {
            sentence: home.sentence.text.clone(),
            needs_you: home.needs_you,
            waiting: home.waiting,
            paused: home.sentence.mood == Mood::Paused,
        };
        let Some(tray) = app.tray_by_id(ID) else { return };
        let shown = menu(&app, &face)
            .and_then(|menu| tray.set_menu(Some(menu)))
            .and_then(|()| tray.set_icon(Some(icon(home.sentence.mood))))
            .and_then(|()| tray.set_tooltip(Some(&face.sentence)));
        if let Err(error) = shown {
            tracing::debug!(%error, "the tray does not take a new face");
        }
    });
}

fn chosen(app: &AppHandle, id: &str) {
    let route = match id {
        "home" => {
            let target =
                app.state::<Target>().0.lock().expect("BUG: the lock is held for one assignment").take();
            Some(target.unwrap_or_else(|| "/home".to_owned()))
        }
        "open" => None,
        "errors" => Some("/errors".to_owned()),
        "leads" => Some("/leads".to_owned()),
        "settings" => Some("/settings".to_owned()),
        action => return act(app, action.to_owned()),
    };
    if let Err(error) = window::show(app, route.as_deref()) {
        tracing::error!(%error, "the window does not open");
    }
}

fn act(app: &AppHandle, action: String) {
    let app = app.clone();
    tauri::async_runtime::spawn(async move {
        let shell = app.state::<Shell>();
        if action == "quit" {
            return shell.quit(&app).await;
        }
        let Ok(engine) = shell.engine().await else { return };
        let all = |until: Option<jiff::Timestamp>| PauseSync {
            id: None,
            until: until.map(|until| until.to_string()),
        };
        let now = jiff::Timestamp::now();
        let done = match action.as_str() {
            "sync_now" => engine.sync_now(SyncNow { id: None, leads: Vec::new() }).await.map(|_| ()),
            "resume" => engine.resume_sync(all(None)).await.map(|_| ()),
            "pause" => engine.pause_sync(all(None)).await.map(|_| ()),
            "pause_hour" => {
                engine.pause_sync(all(Some(now + jiff::SignedDuration::from_hours(1)))).await.map(|_| ())
            }
            "pause_tomorrow" => engine.pause_sync(all(tomorrow(now))).await.map(|_| ()),
            _ => Ok(()),
        };
        if let Err(error) = done {
            tracing::warn!(%error, action, "the tray's wish was not met");
        }
        refresh(&app);
    });
}

/// The next morning at eight, where this computer is.
fn tomorrow(now: jiff::Timestamp) -> Option<jiff::Timestamp> {
    let here = now.to_zoned(jiff::tz::TimeZone::system());
    let next = here.tomorrow().ok()?;
    next.date().at(8, 0, 0, 0).to_zoned(here.time_zone().clone()).ok().map(|zoned| zoned.timestamp())
}

/// One shape a mood, so that the state is not only a colour.
fn icon(mood: Mood) -> Image<'static> {
    match mood {
        Mood::Calm | Mood::Empty => tauri::include_image!("../icons/tray/calm.png"),
        Mood::Working => tauri::include_image!("../icons/tray/working.png"),
        Mood::NeedsYou => tauri::include_image!("../icons/tray/needs-you.png"),
        Mood::Paused => tauri::include_image!("../icons/tray/paused.png"),
        Mood::Offline => tauri::include_image!("../icons/tray/offline.png"),
    }
}
