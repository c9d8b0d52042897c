//! Settings and what the computer keeps.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// Everything a person can set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct Settings {
    /// Start with the computer.
    pub start_at_login: bool,
    /// Go on when the window is closed.
    pub keep_working: bool,
    /// `system`, `light` or `dark`.
    pub theme: String,
    /// Country for phones without a country code, ISO 3166 alpha-2.
    pub region: Option<String>,
    /// Days of history kept.
    pub retention_days: u32,
    /// Notify when a connection loses access.
    pub notify_access: bool,
    /// Notify at the first failure of a group.
    pub notify_failures: bool,
    /// Notify when a destination is down for more than 15 minutes.
    pub notify_down: bool,
    /// Notify when a destination is back.
    pub notify_recovery: bool,
    /// Names and e-mails may appear in notifications.
    pub personal_data_in_notifications: bool,
    /// The receiver's port; none means any free one, kept from then on.
    pub receiver_port: Option<u16>,
    /// The public address that leads to the receiver.
    pub receiver_public_url: Option<String>,
    /// Shortcuts a person changed: action and keys.
    pub shortcuts: Vec<super::Pair>,
    /// The window's closing was explained once.
    pub closing_explained: bool,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            start_at_login: false,
            keep_working: true,
            theme: "system".into(),
            region: None,
            retention_days: 400,
            notify_access: true,
            notify_failures: true,
            notify_down: true,
            notify_recovery: true,
            personal_data_in_notifications: false,
            receiver_port: None,
            receiver_public_url: None,
            shortcuts: Vec::new(),
            closing_explained: false,
        }
    }
}

/// About this installation.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct About {
    /// The version.
    pub version: String,
    /// The data folder.
    pub data_folder: String,
    /// How secrets are kept: `keychain` or `passphrase`.
    pub secrets: String,
    /// Bytes the ledger takes.
    #[ts(type = "number")]
    pub ledger_bytes: u64,
    /// Leads in it.
    pub leads: u32,
    /// The newest backup.
    pub last_backup_at: Option<String>,
    /// The command line's path.
    pub command_line: Option<String>,
}

/// Writes everything to one file.
#[derive(Clone, Serialize, Deserialize, TS)]
pub struct Backup {
    /// The file.
    pub path: String,
    /// What opens it, here or on another computer.
    pub passphrase: String,
}

/// A notification in the list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NotificationView {
    /// Its id.
    pub id: i32,
    /// When.
    pub at: String,
    /// Title.
    pub title: String,
    /// Text, without personal data unless allowed.
    pub body: String,
    /// Where a click leads.
    pub target: String,
    /// A person saw it.
    pub seen: bool,
}

/// What a restart would interrupt, for *Quit and stop syncing*.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct QuitPlan {
    /// Leads that would wait.
    pub waiting: u32,
}
