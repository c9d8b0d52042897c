//! Logs: one line a fact, on standard error, as much as `LEADFERRY_LOG` asks for.

use tracing_subscriber::EnvFilter;

/// The environment variable that chooses what is logged.
const VARIABLE: &str = "LEADFERRY_LOG";

/// Starts logging. The daemon tells what it does; a command speaks for itself.
pub(crate) fn start(daemon: bool) {
    let default = if daemon { "info,zbus=warn" } else { "off" };
    let filter = EnvFilter::try_from_env(VARIABLE).unwrap_or_else(|_| default.into());
    tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .with_ansi(console::colors_enabled_stderr())
        .init();
}
