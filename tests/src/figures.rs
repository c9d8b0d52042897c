//! What the long commands share: their numbers from the command line, and the programs beside them.

use std::path::PathBuf;

/// The numbers of `--name N` arguments, or their defaults. `None` when something else was asked for.
pub fn number<const N: usize>(known: [(&str, u64); N]) -> Option<[u64; N]> {
    let given: Vec<String> = std::env::args().skip(1).collect();
    let mut numbers = known.map(|(_, default)| default);
    for pair in given.chunks(2) {
        let [name, value] = pair else { return None };
        let place = known.iter().position(|(known, _)| known == name)?;
        numbers[place] = value.parse().ok()?;
    }
    Some(numbers)
}

/// The program called `name` that was built with this one.
pub fn beside(name: &str) -> PathBuf {
    let own = std::env::current_exe().expect("a program knows where it is");
    own.with_file_name(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
