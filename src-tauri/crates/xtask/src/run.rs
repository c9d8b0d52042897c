//! Runs other programs from the root of the checkout, and says what it runs.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What went wrong, in one sentence.
pub(crate) type Done = Result<(), String>;

/// The root of the checkout.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .expect("BUG: xtask lives three folders below the root")
        .to_path_buf()
}

/// Where cargo builds to.
pub(crate) fn target() -> PathBuf {
    std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from)
}

/// Runs `line`, words separated by spaces, in `folder` below the root.
pub(crate) fn run_in(folder: &str, line: &str) -> Done {
    run_with(folder, line, &[])
}

/// Runs `line` in the root.
pub(crate) fn run(line: &str) -> Done {
    run_in("", line)
}

/// Runs `line` in `folder` with extra environment variables.
pub(crate) fn run_with(folder: &str, line: &str, variables: &[(&str, &str)]) -> Done {
    let shown = shown(line);
    println!("\n$ {shown}");
    let mut words = line.split_whitespace();
    let program = words.next().ok_or("nothing to run")?;
    let status = Command::new(program)
        .args(words)
        .envs(variables.iter().copied())
        .current_dir(root().join(folder))
        .status()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    if status.success() { Ok(()) } else { Err(format!("`{shown}` ended with {status}")) }
}

/// The beginning of a long line: the formatter is given every file there is, and its own words must not drown in their names.
fn shown(line: &str) -> String {
    const LONGEST: usize = 160;
    match line.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{} …", &line[..end]),
        None => line.to_owned(),
    }
}

/// Whether `line` succeeds, quietly.
pub(crate) fn succeeds(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let Some(program) = words.next() else { return false };
    Command::new(program)
        .args(words)
        .current_dir(root())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .status()
        .is_ok_and(|status| status.success())
}

/// Files that git knows, below the root. `pattern` picks some of them; all without one.
pub(crate) fn tracked(pattern: &str) -> Result<Vec<String>, String> {
    let listed = Command::new("git")
        .arg("ls-files")
        .args(Some(pattern).filter(|pattern| !pattern.is_empty()))
        .current_dir(root())
        .output()
        .map_err(|error| format!("git: {error}"))?;
    Ok(String::from_utf8_lossy(&listed.stdout).lines().map(str::to_owned).collect())
}
