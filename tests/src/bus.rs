//! A session bus of a desk's own, so that *one instance* holds among tests too, with a desktop on it that shows notifications.

use std::collections::HashMap;
use std::io::{BufRead as _, BufReader};
use std::process::{Command, Stdio};
use std::sync::{Arc, Mutex};

use zbus::OwnedVariant;
use zbus::object_server::SignalEmitter;

use crate::running::Running;

const PATH: &str = "/org/freedesktop/Notifications";

/// The bus.
pub struct Bus {
    /// What programs find it by.
    pub address: String,
    _daemon: Running,
}

impl Bus {
    /// Starts one.
    pub fn start() -> Self {
        let mut command = Command::new("dbus-daemon");
        command
            .args(["--session", "--nofork", "--nopidfile", "--print-address=1"])
            .stdout(Stdio::piped())
            .stderr(Stdio::null());
        let mut daemon = Running::start(&mut command);
        let mut address = String::new();
        let told = daemon.child().stdout.take().expect("BUG: its output is piped");
        BufReader::new(told).read_line(&mut address).expect("the bus says where it is");
        Self { address: address.trim().to_owned(), _daemon: daemon }
    }
}

/// A notification as the desktop was asked to show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// The desktop's number for it.
    pub id: u32,
    /// Its heading.
    pub title: String,
    /// What it says.
    pub body: String,
}

/// The desktop that shows notifications.
pub struct Desktop {
    shown: Arc<Mutex<Vec<Shown>>>,
    connection: zbus::Connection,
}

impl Desktop {
    /// Begins to show notifications on `bus`.
    pub async fn on(bus: &Bus) -> Self {
        let shown = Arc::new(Mutex::new(Vec::new()));
        let server = Server { shown: Arc::clone(&shown) };
        let connection = zbus::connection::Builder::address(bus.address.as_str())
            .name("org.freedesktop.Notifications")
            .serve_at(PATH, server)
            .build()
            .await
            .expect("the desktop is on the bus");
        Self { shown, connection }
    }

    /// Every notification so far.
    pub fn shown(&self) -> Vec<Shown> {
        self.shown.lock().expect("BUG: the list is held for a moment only").clone()
    }

    /// Clicks on a notification.
    pub async fn click(&self, notification: &Shown) {
        let emitter = SignalEmitter::new(&self.connection, PATH).expect("a path on the bus");
        Server::action_invoked(&emitter, notification.id, "default").await.expect("the click is told");
    }
}

/// <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>
struct Server {
    shown: Arc<Mutex<Vec<Shown>>>,
}

#[zbus::interface(name = "org.freedesktop.Notifications")]
impl Server {
    #[expect(clippy::too_many_arguments, reason = "the specification's own signature")]
    fn notify(
        &self,
        _application: &str,
        _replaces: u32,
        _icon: &str,
        title: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedVariant>,
        _milliseconds: i32,
    ) -> u32 {
        let mut shown = self.shown.lock().expect("BUG: the list is held for a moment only");
        let id = u32::try_from(shown.len()).unwrap_or(u32::MAX).saturating_add(1);
        shown.push(Shown { id, title: title.to_owned(), body: body.to_owned() });
        id
    }

    fn get_capabilities(&self) -> Vec<String> {
        vec!["actions".to_owned(), "body".to_owned()]
    }

    fn get_server_information(&self) -> (String, String, String, String) {
        ("desk".to_owned(), "leadferry".to_owned(), "1".to_owned(), "1.2".to_owned())
    }

    fn close_notification(&self, _id: u32) {}

    #[zbus(signal)]
    async fn action_invoked(emitter: &SignalEmitter<'_>, id: u32, action: &str) -> zbus::Result<()>;
}
