//! Who may import whom. A new edge is a decision: add it here and say why in the commit.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use cargo_metadata::{DependencyKind, MetadataCommand};
use leadferry_tests::{files, repository};

/// A room, and the rooms it may import.
const ROOMS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("failpoint", &[]),
    ("mapping", &["model"]),
    ("store", &["failpoint", "model"]),
    ("connector", &["failpoint", "model"]),
    ("sources", &["model"]),
    ("practice", &["model"]),
    ("connectors", &["connector", "model"]),
    ("auth", &["connector", "failpoint", "model"]),
    ("sync", &["connector", "store", "mapping", "failpoint", "model"]),
    ("api", &["sync", "sources", "auth", "practice", "connector", "store", "mapping", "failpoint", "model"]),
    ("cli", &["api", "connectors", "practice", "model"]),
    ("app", &["api", "connectors", "model"]),
];

/// A crate from outside, and the only rooms that may name it.
const ONLY_IN: &[(&str, &[&str])] = &[
    ("tauri", &["app"]),
    ("rusqlite", &["store"]),
    ("reqwest", &["connector"]),
    ("keyring-core", &["auth"]),
    ("axum", &["sources", "practice", "tests"]),
    ("rhai", &["mapping"]),
    ("clap", &["cli"]),
    ("clap_complete", &["cli"]),
];

fn room(package: &str) -> Option<&str> {
    package.strip_prefix("leadferry-")
}

#[test]
fn rooms_import_only_what_the_table_allows() {
    let metadata =
        MetadataCommand::new().manifest_path(repository().join("Cargo.toml")).no_deps().exec().unwrap();
    let allowed: BTreeMap<_, BTreeSet<_>> =
        ROOMS.iter().map(|(name, imports)| (*name, imports.iter().copied().collect())).collect();

    let mut faults = Vec::new();
    for package in &metadata.packages {
        let Some(name) = room(&package.name) else { continue };
        for dependency in
            package.dependencies.iter().filter(|dependency| dependency.kind == DependencyKind::Normal)
        {
            if let Some(imported) = room(&dependency.name)
                && name != "tests"
                && !allowed.get(name).is_some_and(|imports| imports.contains(imported))
            {
                faults.push(format!("{name} imports {imported}"));
            }
            if let Some((_, rooms)) = ONLY_IN.iter().find(|(outside, _)| *outside == dependency.name)
                && !rooms.contains(&name)
            {
                faults.push(format!("{name} names {}", dependency.name));
            }
        }
    }
    assert_eq!(faults, Vec::<String>::new(), "a new edge between rooms is a decision, not an accident");
}

#[test]
fn every_room_is_in_the_table() {
    let metadata =
        MetadataCommand::new().manifest_path(repository().join("Cargo.toml")).no_deps().exec().unwrap();
    let known: BTreeSet<_> = ROOMS.iter().map(|(name, _)| *name).chain(["tests"]).collect();
    let found: BTreeSet<_> = metadata.packages.iter().filter_map(|package| room(&package.name)).collect();
    assert_eq!(found, known, "a room without a rule could import everything");
}

#[test]
fn the_window_talks_to_tauri_in_one_file() {
    let offenders: Vec<_> = files("ui/src", &["ts", "tsx"])
        .into_iter()
        .filter(|path| !path.ends_with(Path::new("platform/tauri.ts")))
        .filter(|path| fs::read_to_string(path).unwrap().contains("@tauri-apps/"))
        .collect();
    assert_eq!(
        offenders,
        Vec::<std::path::PathBuf>::new(),
        "screens must run in a browser and in tests without Tauri"
    );
}

#[test]
fn no_screen_names_a_connector() {
    let names: Vec<String> = leadferry_connectors::all()
        .iter()
        .map(|connector| connector.spec().id.to_owned())
        .filter(|id| id != "webhook")
        .collect();
    let mut offenders = Vec::new();
    for path in files("ui/src/screens", &["ts", "tsx"]) {
        let is_test = path.to_string_lossy().contains(".test.");
        let text = fs::read_to_string(&path).unwrap().to_lowercase();
        for name in names.iter().filter(|name| !is_test && text.contains(name.as_str())) {
            offenders.push(format!("{} names {name}", path.display()));
        }
    }
    assert_eq!(offenders, Vec::<String>::new(), "screens are drawn from the spec");
}
