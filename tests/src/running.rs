//! Programs that journeys start, and where they are.

use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Where the built programs are.
pub fn programs() -> PathBuf {
    std::env::var_os("LEADFERRY_BIN").map_or_else(|| crate::repository().join("target/debug"), PathBuf::from)
}

/// Where pictures of failed journeys go: in the target folder, beside the programs.
pub fn evidence() -> PathBuf {
    programs().parent().map_or_else(|| crate::repository().join("target"), Path::to_path_buf).join("journeys")
}

/// A program that is ended with its whole group when the test is over, also when it fails.
pub struct Running(Child);

impl Running {
    /// Starts `command` in a group of its own.
    pub fn start(command: &mut Command) -> Self {
        use std::os::unix::process::CommandExt as _;
        Self(command.process_group(0).spawn().expect("the program starts"))
    }

    /// The process itself, to read from or to wait for.
    pub fn child(&mut self) -> &mut Child {
        &mut self.0
    }

    /// Still there.
    pub fn is_alive(&mut self) -> bool {
        self.0.try_wait().is_ok_and(|ended| ended.is_none())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // SIGTERM to the group: tauri-driver passes it on, where SIGKILL would leave WebKitWebDriver behind.
        let group = format!("-{}", self.0.id());
        Command::new("kill").args(["-TERM", "--", &group]).stderr(Stdio::null()).status().ok();
        self.0.wait().ok();
    }
}

/// The search path with `first` in front.
pub(crate) fn path_with(first: &Path) -> std::ffi::OsString {
    let before = std::env::var_os("PATH").unwrap_or_default();
    let all = std::iter::once(first.to_path_buf()).chain(std::env::split_paths(&before));
    std::env::join_paths(all).expect("folders without a separator in their name")
}

/// Ports nobody uses right now. Held together while they are found, so that they differ.
pub fn free_ports<const N: usize>() -> [u16; N] {
    let sockets: [_; N] =
        std::array::from_fn(|_| std::net::TcpListener::bind(("127.0.0.1", 0)).expect("a free port"));
    sockets.each_ref().map(|socket| socket.local_addr().expect("a bound port").port())
}
