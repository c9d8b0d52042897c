//! Proof that nothing is lost and nothing is there twice: crashes, soak, and the one table of simulation and crashes together.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};

use crate::run::{Done, root, run, target};
use crate::setup;

/// Seeds of the simulation and kills of the matrix, unless others are asked for.
const SEEDS: u64 = 10_000;
const KILLS: u64 = 1_000;
/// What both print in their last line, and how it is called in the table. They are added up.
const ADDED: [(&str, &str); 8] = [
    ("seeds", "seeds"),
    ("virtual_days", "virtual days"),
    ("kills", "kills"),
    ("leads_in", "leads in"),
    ("leads_at_crm", "leads at the CRM"),
    ("lost", "lost"),
    ("duplicated", "duplicated"),
    ("out_of_order", "out of order"),
];

/// The long crash matrix. Its programs are of a debug build, the only one that has fail points.
pub(crate) fn crashes(arguments: &[String]) -> Done {
    run(&crashes_line(arguments)?)
}

/// The shipped program under load. Built as it is shipped.
pub(crate) fn soak(arguments: &[String]) -> Done {
    setup::for_checks()?;
    run("cargo build --release -p leadferry-cli")?;
    run("cargo build --release -p leadferry-tests --bin soak")?;
    let program = target().join("release/soak");
    run(&format!("{} {}", program.display(), arguments.join(" ")))
}

/// Simulation and crashes, and one table of both.
pub(crate) fn proof(arguments: &[String]) -> Done {
    let (mut seeds, mut kills) = (SEEDS, KILLS);
    for pair in arguments.chunks(2) {
        match pair {
            [name, number] if name == "--seeds" => seeds = read(number)?,
            [name, number] if name == "--kills" => kills = read(number)?,
            _ => return Err("only --seeds N and --kills N are understood".into()),
        }
    }
    let crashes = crashes_line(&["--kills".into(), kills.to_string()])?;
    let simulated = last_line(&format!("cargo xtask simulate --seeds {seeds}"))?;
    let crashed = last_line(&crashes)?;
    println!("\n{:<44}{:>12}{:>12}{:>12}", "", "simulation", "crashes", "both");
    for (name, shown) in ADDED {
        let of = |line: &str| number(line, name);
        let (one, other) = (of(&simulated.line), of(&crashed.line));
        println!("{shown:<44}{one:>12.0}{other:>12.0}{:>12.0}", one + other);
    }
    for (fault, count) in faults(&simulated.line) {
        println!("{:<44}{count:>12.0}", format!("fault: {fault}"));
    }
    for (point, count) in faults(&crashed.line) {
        println!("{:<44}{:>12}{count:>12.0}", format!("killed {point}"), "");
    }
    let bad = |line: &str| {
        ["lost", "duplicated", "out_of_order"].iter().map(|name| number(line, name)).sum::<f64>()
    };
    if !simulated.done || !crashed.done || bad(&simulated.line) + bad(&crashed.line) > 0.0 {
        return Err("something was lost, doubled or overtaken, or a proof did not finish; see above".into());
    }
    Ok(())
}

fn crashes_line(arguments: &[String]) -> Result<String, String> {
    setup::for_checks()?;
    run("cargo build -p leadferry-tests --bins")?;
    let program = target().join("debug/crashes");
    Ok(format!("{} {}", program.display(), arguments.join(" ")))
}

fn read(number: &str) -> Result<u64, String> {
    number.parse().map_err(|_| format!("{number} is no number"))
}

/// How a proof ended, and the JSON of its last line.
struct Last {
    done: bool,
    line: String,
}

/// Runs `line`, shows what it says, and keeps the last line of it.
fn last_line(line: &str) -> Result<Last, String> {
    println!("\n$ {line}");
    let mut words = line.split_whitespace();
    let program = words.next().ok_or("nothing to run")?;
    let mut child = Command::new(program)
        .args(words)
        .current_dir(root())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(|error| format!("{program} does not start: {error}"))?;
    let mut last = String::new();
    for said in
        child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).lines()).map_while(Result::ok)
    {
        println!("{said}");
        if said.starts_with('{') {
            last = said;
        }
    }
    let status = child.wait().map_err(|error| format!("{program}: {error}"))?;
    if last.is_empty() {
        return Err(format!("`{line}` printed no figures ({status})"));
    }
    Ok(Last { done: status.success(), line: last })
}

/// The number called `name`. This crate has no dependencies on purpose, and figures are flat.
fn number(json: &str, name: &str) -> f64 {
    let after = json.split(&format!("\"{name}\":")).nth(1).unwrap_or_default().trim_start();
    let end =
        after.find(|sign: char| !(sign.is_ascii_digit() || ".eE+-".contains(sign))).unwrap_or(after.len());
    after[..end].parse().unwrap_or_default()
}

/// Faults by kind.
fn faults(json: &str) -> Vec<(String, f64)> {
    let inside = json.split("\"faults\":").nth(1).and_then(|rest| rest.trim_start().strip_prefix('{'));
    let inside = inside.and_then(|rest| rest.split('}').next()).unwrap_or_default();
    let names = inside.split('"').skip(1).step_by(2);
    names.map(|name| (name.to_owned(), number(inside, name))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn figures_are_read_from_the_last_line() {
        let line =
            r#"{"seeds": 7,"virtual_days":1.5,"faults":{"answer lost":3, "at the CRM, done":12},"lost":0}"#;
        assert_eq!(
            (number(line, "seeds"), number(line, "virtual_days")),
            (7.0, 1.5),
            "whole and broken numbers"
        );
        assert_eq!(
            (number(line, "lost"), number(line, "kills")),
            (0.0, 0.0),
            "what is not said counts nothing"
        );
        let expected = [("answer lost".to_owned(), 3.0), ("at the CRM, done".to_owned(), 12.0)];
        assert_eq!(faults(line), expected, "kinds may have commas and blanks");
    }
}
