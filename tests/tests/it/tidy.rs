//! What a reviewer would otherwise have to say again and again.

use std::fs;

use leadferry_tests::{files, repository, tracked};

/// Longer files need a reason; each stands here with it.
const LONG_FOR_A_REASON: &[(&str, &str)] = &[("ui/src/api/generated.ts", "generated from the room api")];

#[test]
fn files_stay_short() {
    let limit = 600;
    let mut long = Vec::new();
    for path in tracked(&["rs", "ts", "tsx", "css"]) {
        let name = path.strip_prefix(repository()).unwrap().to_string_lossy().into_owned();
        let lines = fs::read_to_string(&path).unwrap().lines().count();
        if lines > limit && !LONG_FOR_A_REASON.iter().any(|(excused, _)| *excused == name) {
            long.push(format!("{name}: {lines} lines"));
        }
    }
    assert_eq!(long, Vec::<String>::new(), "a file above {limit} lines has more than one job");
}

#[test]
fn every_connector_folder_is_listed() {
    let listed: Vec<_> =
        leadferry_connectors::all().iter().map(|connector| connector.spec().id.to_owned()).collect();
    let mut folders: Vec<_> = fs::read_dir(repository().join("src-tauri/crates/connectors/src"))
        .unwrap()
        .filter_map(Result::ok)
        .filter(|entry| entry.path().join("spec.rs").exists())
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    folders.sort();
    assert_eq!(listed, folders, "one folder and one line in the list make a connector");
}

#[test]
fn nothing_is_left_unfinished() {
    // Put together here so that this file does not find itself.
    let words = [
        ["to", "do!("].concat(),
        ["unimple", "mented!("].concat(),
        ["#[ig", "nore"].concat(),
        ["db", "g!("].concat(),
        [".only", "("].concat(),
        ["lorem ", "ipsum"].concat(),
    ];
    let mut found = Vec::new();
    for path in tracked(&["rs", "ts", "tsx"]) {
        let text = fs::read_to_string(&path).unwrap();
        for (number, line) in text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(word.as_str())) {
                found.push(format!("{}:{}: {word}", path.display(), number + 1));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new(), "what is in the product works, or is not in it");
}

#[test]
fn no_personal_data_in_samples() {
    let mut found = Vec::new();
    for path in tracked(&["rs", "ts", "tsx", "json", "csv", "txt", "md"]) {
        if path.ends_with("package-lock.json") {
            continue;
        }
        let Ok(text) = fs::read_to_string(&path) else { continue };
        for word in ["gmail.com\"", "@gmail.com", "@yahoo.", "@hotmail.", "@outlook.com", "@acme.com"] {
            if text.contains(word)
                && !path.to_string_lossy().contains("crates/mapping")
                && !path.ends_with("tidy.rs")
            {
                found.push(format!("{}: {word}", path.display()));
            }
        }
    }
    assert_eq!(found, Vec::<String>::new(), "sample people live at example.com, example.org and example.net");
}

#[test]
fn the_top_level_is_as_the_owner_fixed_it() {
    let mut names: Vec<_> = tracked(&[])
        .into_iter()
        .filter_map(|path| {
            let inside = path.strip_prefix(repository()).ok()?;
            let top = inside.components().next()?.as_os_str().to_string_lossy().into_owned();
            (!top.starts_with('.')).then_some(top)
        })
        .collect();
    names.sort();
    names.dedup();
    let fixed = ["Cargo.lock", "Cargo.toml", "README.md", "icons", "src-tauri", "tests", "ui"];
    assert_eq!(names, fixed, "everything else lives below these or in dot files");
}

#[test]
fn every_module_says_what_it_is_for() {
    let silent: Vec<_> = files("src-tauri", &["rs"])
        .into_iter()
        .filter(|path| !path.to_string_lossy().contains("/target/"))
        .filter(|path| {
            let text = fs::read_to_string(path).unwrap();
            !text.trim_start().starts_with("//!")
        })
        .collect();
    assert_eq!(silent, Vec::<std::path::PathBuf>::new(), "the first line of a file is a sentence about it");
}
