//! The deliberately broken engines of `cargo xtask mutations` keep up with the engine: each patch still applies, and what it says
//! must catch it is there.

use std::fs;
use std::path::PathBuf;
use std::process::Command;

use leadferry_tests::sim::checks::CHECKS;
use leadferry_tests::{files, repository};

fn patches() -> Vec<PathBuf> {
    let patches = files("tests/mutations", &["patch"]);
    assert!(patches.len() >= 10, "they are where they are looked for");
    patches
}

#[test]
fn every_patch_applies_to_the_engine_as_it_is() {
    for patch in patches() {
        let check =
            Command::new("git").args(["apply", "--check"]).arg(&patch).current_dir(repository()).output();
        let output = check.unwrap();
        let why = String::from_utf8_lossy(&output.stderr);
        assert!(output.status.success(), "{}: write it anew for the code as it is\n{why}", patch.display());
    }
}

#[test]
fn what_must_catch_a_broken_engine_is_there() {
    for patch in patches() {
        let text = fs::read_to_string(&patch).unwrap();
        let checks: Vec<(&str, &str)> = text
            .lines()
            .filter_map(|line| line.strip_prefix("Caught by: "))
            .map(|check| check.split_once(", ").unwrap())
            .collect();
        assert!(!checks.is_empty(), "{} names what must catch it", patch.display());
        for (room, name) in checks {
            assert!(exists(room, name), "{}: there is no {name} in {room}", patch.display());
        }
    }
}

/// Whether there is such a check of the simulation, or such a test in a room.
fn exists(room: &str, name: &str) -> bool {
    let Some(folder) = room.strip_prefix("leadferry-") else {
        return CHECKS.iter().any(|(check, _)| room == "simulation" && *check == name);
    };
    let test = format!("fn {}(", name.rsplit("::").next().unwrap_or_default());
    let sources = files(&format!("src-tauri/crates/{folder}"), &["rs"]);
    sources.iter().any(|path| fs::read_to_string(path).unwrap().contains(&test))
}
