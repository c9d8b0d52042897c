//! Deliberately broken engines: each patch in `tests/mutations` takes one promise away, and the check it names must notice.
//!
//! A patch begins with two kinds of lines, and `git apply` reads over them:
//!
//! ```text
//! Breaks: what the engine does wrong with it.
//! Caught by: simulation, nothing twice
//! Caught by: leadferry-store, queue::urgent_ones_go_first
//! ```
//!
//! The first names a check of the simulation, the second a test of a room. Nothing is patched in the checkout of whoever runs this:
//! the tracked files are copied below the target folder, as they are now.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::run::{Done, root, target, tracked};
use crate::setup;

/// Seeds in which a broken engine has to be noticed. It ends with the first one.
const SEEDS: &str = "0..150";
/// How a patch names the simulation.
const SIMULATION: &str = "simulation";

/// An engine with a fault.
struct Mutation {
    name: String,
    patch: PathBuf,
    breaks: String,
    caught_by: Vec<Check>,
}

/// What has to notice: a check of the simulation, or a test of a room.
#[derive(Clone, PartialEq, Eq)]
struct Check {
    room: String,
    name: String,
}

/// What a check says of an engine.
#[derive(PartialEq, Eq)]
enum Verdict {
    Fine,
    /// It noticed, with where the simulation did.
    Caught(String),
}

/// Breaks the engine in every way there is a patch for, or in those whose name contains one of `wanted`.
pub(crate) fn mutations(wanted: &[String]) -> Done {
    setup::for_engine()?;
    let mut all = read_all()?;
    all.retain(|mutation| wanted.is_empty() || wanted.iter().any(|part| mutation.name.contains(part)));
    if all.is_empty() {
        return Err(format!("no mutation in tests/mutations has {} in its name", wanted.join(" or ")));
    }
    let copy = Copy { folder: target().join("mutations") };
    copy.refresh()?;
    println!("The engine as it is must pass what the broken ones must not.");
    for check in once(all.iter().flat_map(|mutation| &mutation.caught_by)) {
        let (done, said) = copy.run(check)?;
        if !done || check.read(done, &said)? != Verdict::Fine {
            return Err(format!("{check} fails without any mutation and would prove nothing:\n{said}"));
        }
    }
    let mut table = Vec::new();
    let mut survived = 0;
    for mutation in &all {
        println!("\n{}: {}", mutation.name, mutation.breaks);
        copy.refresh()?;
        copy.apply(&mutation.patch)?;
        for check in &mutation.caught_by {
            let (done, said) = copy.run(check)?;
            let said = match check.read(done, &said)? {
                Verdict::Caught(place) => format!("{check}{place}"),
                Verdict::Fine => {
                    survived += 1;
                    format!("NOT NOTICED by {check}")
                }
            };
            println!("    {said}");
            table.push((mutation.name.clone(), said));
        }
    }
    copy.refresh()?;
    println!("\n{:<34}caught by", "mutation");
    for (name, said) in table {
        println!("{name:<34}{said}");
    }
    if survived > 0 { Err(format!("{survived} checks did not notice a broken engine")) } else { Ok(()) }
}

fn once<'c>(checks: impl Iterator<Item = &'c Check>) -> Vec<&'c Check> {
    let mut seen: Vec<&Check> = Vec::new();
    for check in checks {
        // Without a mutation one walk through the seeds answers for all of their checks.
        let known = |one: &&Check| *one == check || (check.is_simulation() && one.is_simulation());
        if !seen.iter().any(known) {
            seen.push(check);
        }
    }
    seen
}

fn read_all() -> Result<Vec<Mutation>, String> {
    let folder = root().join("tests/mutations");
    let entries = fs::read_dir(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut patches: Vec<PathBuf> = entries.filter_map(|entry| Some(entry.ok()?.path())).collect();
    patches.retain(|path| path.extension().is_some_and(|ending| ending == "patch"));
    patches.sort();
    patches.into_iter().map(Mutation::read).collect()
}

impl Mutation {
    fn read(patch: PathBuf) -> Result<Self, String> {
        let text = fs::read_to_string(&patch).map_err(|error| format!("{}: {error}", patch.display()))?;
        let head = text.split("diff --git").next().unwrap_or_default();
        let lines = |key: &str| {
            let of = |line: &str| Some(line.strip_prefix(key)?.trim().to_owned());
            head.lines().filter_map(of).collect::<Vec<_>>()
        };
        let checks = lines("Caught by:").into_iter().filter_map(|check| {
            let (room, name) = check.split_once(", ")?;
            Some(Check { room: room.to_owned(), name: name.to_owned() })
        });
        let (breaks, caught_by) = (lines("Breaks:").join(" "), checks.collect::<Vec<_>>());
        if breaks.is_empty() || caught_by.is_empty() {
            return Err(format!("{} does not say what it breaks and what must catch it", patch.display()));
        }
        let name = patch.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Self { name, patch, breaks, caught_by })
    }
}

impl Check {
    fn is_simulation(&self) -> bool {
        self.room == SIMULATION
    }

    /// What builds it, and what runs it.
    fn lines(&self) -> [Vec<&str>; 2] {
        let (room, name) = (&*self.room, &*self.name);
        if self.is_simulation() {
            // Not optimised: most engines are caught within a few seeds, and building them takes longer than playing.
            let common = ["--quiet", "-p", "leadferry-tests", "--example", "simulate"];
            let run = ["--", "--seeds", SEEDS, "--until", name];
            [[&["build"], &common[..]].concat(), [&["run"], &common[..], &run].concat()]
        } else {
            let common = ["test", "--quiet", "-p", room];
            [[&common[..], &["--no-run"]].concat(), [&common[..], &["--", "--exact", name]].concat()]
        }
    }

    /// What a run of it means. It must have run, or it could not have noticed.
    fn read(&self, done: bool, said: &str) -> Result<Verdict, String> {
        if self.is_simulation() {
            let broken = format!("breaks “{}”", self.name);
            let at = said.lines().find(|line| line.contains(&broken));
            let seed = at.and_then(|line| line.split_whitespace().nth(1));
            return match seed {
                Some(seed) => Ok(Verdict::Caught(format!(" (seed {seed})"))),
                None if done || said.contains("breaks “") => Ok(Verdict::Fine),
                None => Err(format!("the simulation did not run to its end:\n{said}")),
            };
        }
        let ran =
            |word: &str| said.lines().any(|line| line.starts_with("test result") && line.contains(word));
        match (ran("0 passed; 1 failed"), ran("1 passed; 0 failed")) {
            (true, _) => Ok(Verdict::Caught(String::new())),
            (false, true) => Ok(Verdict::Fine),
            (false, false) => Err(format!("{self} is no test of {}:\n{said}", self.room)),
        }
    }
}

impl std::fmt::Display for Check {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} “{}”", self.room, self.name)
    }
}

/// The copy that is broken instead of the checkout. It builds into the same target folder, so that nothing from outside is
/// built twice.
struct Copy {
    folder: PathBuf,
}

impl Copy {
    /// Makes every file as it is in the checkout. What is the same is not touched, so that cargo builds nothing for it.
    fn refresh(&self) -> Done {
        for path in tracked("")? {
            let (from, to) = (root().join(&path), self.folder.join(&path));
            // A file that git knows and somebody has just deleted.
            let Ok(wanted) = fs::read(&from) else { continue };
            if fs::read(&to).is_ok_and(|held| held == wanted) {
                continue;
            }
            let folder = to.parent().unwrap_or(&self.folder);
            fs::create_dir_all(folder)
                .and_then(|()| fs::write(&to, wanted))
                .map_err(|error| format!("{}: {error}", to.display()))?;
        }
        Ok(())
    }

    fn apply(&self, patch: &Path) -> Done {
        let applied = Command::new("git")
            .arg("apply")
            .arg(patch)
            .current_dir(&self.folder)
            // Otherwise git takes the checkout around it for what is meant.
            .env("GIT_CEILING_DIRECTORIES", self.folder.parent().unwrap_or(&self.folder))
            .output()
            .map_err(|error| format!("git: {error}"))?;
        if applied.status.success() {
            return Ok(());
        }
        let why = String::from_utf8_lossy(&applied.stderr).into_owned();
        Err(format!("{} applies no more; write it anew for the code as it is:\n{why}", patch.display()))
    }

    /// Whether `check` is content, and all it said.
    fn run(&self, check: &Check) -> Result<(bool, String), String> {
        let [build, run] = check.lines();
        let (built, said) = self.cargo(&build)?;
        if built { self.cargo(&run) } else { Err(format!("it does not build:\n{said}")) }
    }

    /// Whether cargo succeeded, and all it said.
    fn cargo(&self, arguments: &[&str]) -> Result<(bool, String), String> {
        let output = Command::new("cargo")
            .args(arguments)
            .current_dir(&self.folder)
            .env("CARGO_TARGET_DIR", target())
            .output()
            .map_err(|error| format!("cargo does not start: {error}"))?;
        let said = [output.stdout, output.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
        Ok((output.status.success(), said.concat()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(room: &str, name: &str) -> Check {
        Check { room: room.to_owned(), name: name.to_owned() }
    }

    fn caught(check: &Check, done: bool, said: &str) -> Option<bool> {
        check.read(done, said).ok().map(|verdict| verdict != Verdict::Fine)
    }

    #[test]
    fn only_the_named_check_of_the_simulation_counts() {
        let twice = check(SIMULATION, "nothing twice");
        let said = "seed 7 breaks “nothing twice”: ada is there 2 times";
        assert!(
            matches!(twice.read(false, said), Ok(Verdict::Caught(at)) if at == " (seed 7)"),
            "with its seed"
        );
        assert_eq!(caught(&twice, false, "seed 7 breaks “drained”: x"), Some(false), "another one is not it");
        assert_eq!(caught(&twice, true, "seeds 400"), Some(false), "nothing was broken");
        assert_eq!(caught(&twice, false, "Killed"), None, "a run that did not end says nothing");
    }

    #[test]
    fn a_test_must_have_run_to_say_anything() {
        let one = check("leadferry-store", "queue::urgent_ones_go_first");
        let result = |counts: &str| format!("test result: x. {counts}; 0 ignored; 0 measured");
        assert_eq!(caught(&one, false, &result("0 passed; 1 failed")), Some(true), "it failed");
        assert_eq!(caught(&one, true, &result("1 passed; 0 failed")), Some(false), "it passed");
        assert_eq!(caught(&one, true, &result("0 passed; 0 failed")), None, "there is no such test any more");
    }

    #[test]
    fn without_a_mutation_the_seeds_are_walked_through_once() {
        let all = [check(SIMULATION, "a"), check(SIMULATION, "b"), check("r", "t"), check("r", "t")];
        assert_eq!(once(all.iter()).len(), 2, "one walk, and each test once");
    }

    #[test]
    fn every_patch_says_what_it_breaks_and_what_catches_it() {
        let all = read_all().unwrap_or_default();
        assert!(
            all.len() >= 10,
            "ten ways to break the engine, or a patch that cannot be read: {}",
            all.len()
        );
    }
}
