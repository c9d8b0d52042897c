//! Runs the program, and reads what it says.

use std::io::{BufRead as _, BufReader, Write as _};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;

/// How a program ended.
pub(crate) struct Ended {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Ended {
    /// The answer as JSON.
    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.out).unwrap_or_else(|error| panic!("{error}: {} / {}", self.out, self.err))
    }

    /// Holds when the program ended with `code`.
    pub(crate) fn expect(self, code: i32, why: &str) -> Self {
        assert_eq!(self.code, code, "{why}\n{}\n{}", self.out, self.err);
        self
    }
}

fn program(data: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadferry"));
    command
        .args(arguments)
        .env("LEADFERRY_DATA", data)
        .env("LEADFERRY_PASSPHRASE", "a passphrase for tests")
        .env_remove("LEADFERRY_PASSPHRASE_FILE")
        .env_remove("LEADFERRY_LOG");
    command
}

/// Runs the program to its end with `input` on standard input.
pub(crate) fn leadferry(data: &Path, arguments: &[&str], input: &str) -> Ended {
    let mut child = program(data, arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads nothing may be gone already.
    child.stdin.take().unwrap().write_all(input.as_bytes()).ok();
    let output = child.wait_with_output().unwrap();
    Ended {
        code: output.status.code().unwrap_or(-1),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// A program that runs beside the test, until it is dropped.
pub(crate) struct Beside {
    child: Child,
    out: BufReader<ChildStdout>,
}

impl Beside {
    /// Starts it.
    pub(crate) fn start(data: &Path, arguments: &[&str]) -> Self {
        let mut child = program(data, arguments)
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        Self { child, out }
    }

    /// Its next line as JSON.
    pub(crate) fn line(&mut self) -> Value {
        let mut line = String::new();
        self.out.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap_or_else(|error| panic!("{error}: {line}"))
    }

    /// Asks it to end as a service manager does, and gives its exit code.
    #[cfg(unix)]
    pub(crate) fn terminate(&mut self) -> Option<i32> {
        let sent = Command::new("kill").arg(self.child.id().to_string()).status().unwrap();
        assert!(sent.success(), "the signal reached the program");
        self.child.wait().unwrap().code()
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
