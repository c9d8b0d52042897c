//! The screen without a person in front of it: pictures of it, and the cross in a window's corner.

use std::path::Path;
use std::process::Command;

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, Window};
use x11rb::wrapper::ConnectionExt as _;

/// Saves a picture of the upper left of the display, where the app's window stands.
pub fn picture(path: &Path, width: u64, height: u64) {
    let folder = path.parent().expect("BUG: pictures are in a folder");
    std::fs::create_dir_all(folder).expect("a folder for pictures");
    let taken = Command::new("import")
        .args(["-window", "root", "-crop", &format!("{width}x{height}+0+0"), "+repage"])
        .arg(path)
        .status()
        .expect("ImageMagick takes pictures");
    assert!(taken.success(), "the display can be pictured");
}

/// How many windows called `title` can be seen.
pub fn windows_called(title: &str) -> usize {
    let (connection, screen) = x11rb::connect(None).expect("a display");
    let root = connection.setup().roots[screen].root;
    find(&connection, root, title).len()
}

/// Closes every window called `title`, as the cross in its corner does.
pub fn close_windows_called(title: &str) {
    let (connection, screen) = x11rb::connect(None).expect("a display");
    let root = connection.setup().roots[screen].root;
    let atom = |name: &str| {
        let cookie = connection.intern_atom(false, name.as_bytes()).expect("the display answers");
        cookie.reply().expect("the display answers").atom
    };
    let (protocols, delete) = (atom("WM_PROTOCOLS"), atom("WM_DELETE_WINDOW"));
    for window in find(&connection, root, title) {
        let event = ClientMessageEvent::new(32, window, protocols, [delete, 0, 0, 0, 0]);
        connection.send_event(false, window, EventMask::NO_EVENT, event).expect("the display answers");
    }
    connection.sync().expect("the display answers");
}

/// Mapped windows below `parent` with this name.
fn find(connection: &impl x11rb::connection::Connection, parent: Window, title: &str) -> Vec<Window> {
    let children = |window| Some(connection.query_tree(window).ok()?.reply().ok()?.children);
    let mut found = Vec::new();
    for window in children(parent).unwrap_or_default() {
        if is_seen(connection, window) && name(connection, window).as_deref() == Some(title) {
            found.push(window);
        }
        found.extend(find(connection, window, title));
    }
    found
}

fn is_seen(connection: &impl x11rb::connection::Connection, window: Window) -> bool {
    let looks = connection.get_window_attributes(window).ok().and_then(|cookie| cookie.reply().ok());
    looks.is_some_and(|looks| looks.map_state == x11rb::protocol::xproto::MapState::VIEWABLE)
}

fn name(connection: &impl x11rb::connection::Connection, window: Window) -> Option<String> {
    let property = connection
        .get_property(false, window, AtomEnum::WM_NAME, AtomEnum::ANY, 0, 256)
        .ok()?
        .reply()
        .ok()?;
    (!property.value.is_empty()).then(|| String::from_utf8_lossy(&property.value).into_owned())
}
