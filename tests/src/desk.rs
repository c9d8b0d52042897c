//! A person's desk for journeys: a data folder, a file of messy leads, a desktop with its bus and notifications, a browser that
//! the app's *open in browser* leads to, and a terminal.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;
use std::process::{Command, ExitStatus, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::browser::Browser;
use crate::bus::Bus;
use crate::messy;
use crate::patience::until;
use crate::running::{Running, programs};
use crate::window::{Window, around};
/// What vendors call the button that gives an app access.
const AGREE: [&str; 2] = ["Allow", "Accept"];

/// Everything one journey needs. Ends with its folder.
pub struct Desk {
    /// The folder everything is in.
    pub folder: TempDir,
    /// The session bus of its desktop.
    pub bus: Bus,
    opened: PathBuf,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the journey");
        let opened = folder.path().join("opened-addresses");
        let programs = folder.path().join("bin");
        fs::create_dir_all(&programs).expect("a folder for programs");
        // The desktop's way of opening the person's browser: here it only notes the address, and the journey opens it in a
        // real browser that can be driven.
        let opener = programs.join("xdg-open");
        fs::write(&opener, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", opened.display()))
            .expect("an opener");
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("an opener that runs");
        Self { folder, bus: Bus::start(), opened }
    }

    /// Starts the real app.
    pub async fn window(&self) -> Window {
        Window::open(self.folder.path(), &self.bus).await
    }

    /// Starts the real app with nobody having typed the passphrase.
    pub async fn locked_window(&self) -> Window {
        Window::open_locked(self.folder.path(), &self.bus).await
    }

    /// Starts the app once more, beside the one that runs, and waits until that second start is over.
    pub fn start_again(&self, arguments: &[&str]) -> ExitStatus {
        self.app(arguments).child().wait().expect("the second start ends")
    }

    /// Starts the app without a driver, as the desktop does.
    pub fn app(&self, arguments: &[&str]) -> Running {
        let mut command = Command::new(programs().join("leadferry-app"));
        command.arg("--data").arg(self.folder.path().join("data")).args(arguments);
        around(&mut command, self.folder.path(), &self.bus);
        Running::start(command.stdout(Stdio::null()).stderr(Stdio::null()))
    }

    /// Runs `leadferry` in a terminal, over the same data folder, and gives its JSON.
    pub fn terminal(&self, line: &[&str], typed: &str) -> Result<Value, String> {
        use std::io::Write as _;
        let mut command = Command::new(programs().join("leadferry"));
        command.arg("--data").arg(self.folder.path().join("data")).arg("--json").args(line);
        around(&mut command, self.folder.path(), &self.bus);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut program = command.spawn().expect("leadferry starts");
        let mut keyboard = program.stdin.take().expect("BUG: its input is piped");
        keyboard.write_all(typed.as_bytes()).expect("leadferry reads");
        drop(keyboard);
        let done = program.wait_with_output().expect("leadferry ends");
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        if !done.status.success() {
            return Err(format!("{} {said}", String::from_utf8_lossy(&done.stderr)));
        }
        serde_json::from_str(&said).map_err(|_| said)
    }

    /// Every address the app opened in the browser so far.
    pub fn opened_addresses(&self) -> Vec<String> {
        let noted = fs::read_to_string(&self.opened).unwrap_or_default();
        noted.lines().map(str::to_owned).collect()
    }

    /// Waits until the app opened an address in the browser, and gives it.
    pub async fn opened_address(&self) -> String {
        until("the app opens the browser", async || self.opened_addresses().pop()).await
    }

    /// Consents in a real browser, as the person would.
    pub async fn allow(&self) -> String {
        let address = self.opened_address().await;
        let browser = Browser::open(self.folder.path()).await;
        let answer = browser.consent(&address, &AGREE).await;
        browser.close().await;
        answer
    }

    /// A file of messy leads.
    pub fn messy_leads(&self) -> PathBuf {
        let path = self.folder.path().join("leads.csv");
        messy::write(&path);
        path
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
}
