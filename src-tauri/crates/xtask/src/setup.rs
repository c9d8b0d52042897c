//! Installs what is missing, and only that.
//!
//! Debian and its relatives are served with `apt-get`; elsewhere the missing packages are named and the person installs them.

use std::fs;

use crate::run::{Done, root, run, run_in, succeeds};

/// Needed to compile the engine: SQLCipher and TLS link to the system's OpenSSL.
const ENGINE: &[&str] = &["build-essential", "pkg-config", "libssl-dev"];
/// Needed to compile and run the window.
const WINDOW: &[&str] = &[
    "libwebkit2gtk-4.1-dev",
    "libayatana-appindicator3-dev",
    "xdg-utils",
    "desktop-file-utils",
    "libglib2.0-bin",
];
/// Needed to drive the real window without a display.
const JOURNEYS: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "dbus",
    "dbus-x11",
    "fonts-dejavu-core",
    "imagemagick",
    "gnome-keyring",
    "chromium",
    "chromium-driver",
];

const TAURI_DRIVER: &str = "2.1.0";

/// For the engine alone.
pub(crate) fn for_engine() -> Done {
    packages(ENGINE)
}

/// For formatting, lints, engine tests and the window's own tests.
pub(crate) fn for_checks() -> Done {
    for_engine()?;
    packages(WINDOW)?;
    node_modules()
}

/// For building and starting the window.
pub(crate) fn for_window() -> Done {
    for_checks()
}

/// For driving the real window.
pub(crate) fn for_journeys() -> Done {
    for_checks()?;
    packages(JOURNEYS)?;
    if succeeds("tauri-driver --help") {
        return Ok(());
    }
    run(&format!("cargo install tauri-driver --version {TAURI_DRIVER} --locked"))
}

fn packages(names: &[&str]) -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let missing: Vec<_> = names.iter().filter(|name| !installed(name)).copied().collect();
    if missing.is_empty() {
        return Ok(());
    }
    if !succeeds("which apt-get") {
        return Err(format!(
            "these packages are missing; install them the way your system does: {}",
            missing.join(" ")
        ));
    }
    let sudo = if succeeds("test -w /usr") { "" } else { "sudo " };
    run(&format!("{sudo}apt-get update -qq"))?;
    run(&format!("{sudo}apt-get install -y -qq --no-install-recommends {}", missing.join(" ")))
}

fn installed(name: &str) -> bool {
    // dpkg-query also knows removed packages; only "installed" counts.
    std::process::Command::new("dpkg-query")
        .args(["-W", "-f=${Status}", name])
        .output()
        .is_ok_and(|output| String::from_utf8_lossy(&output.stdout).contains("ok installed"))
}

/// `npm ci`, when the lock file is not what was installed.
fn node_modules() -> Done {
    if !succeeds("node --version") {
        return Err(
            "Node.js is missing. Install Node 20 or newer from nodejs.org, then run this again.".into()
        );
    }
    let lock = fs::read(root().join("ui/package-lock.json"))
        .map_err(|error| format!("ui/package-lock.json: {error}"))?;
    let mark = root().join("ui/node_modules/.installed-lock");
    if fs::read(&mark).is_ok_and(|installed| installed == lock) {
        return Ok(());
    }
    run_in("ui", "npm ci --no-fund --no-audit")?;
    fs::write(&mark, lock).map_err(|error| format!("{}: {error}", mark.display()))
}
