//! What the tests across rooms share: a world with a practice CRM in it, messy leads, the vendors' contracts as a judge of what goes
//! over the wire, and where the repository's files are.

pub mod bill;
pub mod connect;
pub mod contract;
#[cfg(debug_assertions)]
pub mod crash;
mod daemon;
pub mod ferry;
pub mod figures;
pub mod furniture;
pub mod people;
pub mod sign_in;
pub mod sim;
#[cfg(target_os = "linux")]
pub mod small_disk;
pub mod soak;
pub mod target;
pub mod transport;
pub mod wire;
pub mod world;

#[cfg(feature = "journeys")]
pub mod album;
#[cfg(feature = "journeys")]
pub mod browser;
#[cfg(feature = "journeys")]
pub mod bus;
#[cfg(feature = "journeys")]
pub mod desk;
#[cfg(feature = "journeys")]
pub mod display;
#[cfg(feature = "journeys")]
pub mod errors;
#[cfg(feature = "journeys")]
pub mod hand;
#[cfg(feature = "journeys")]
pub mod journey;
#[cfg(feature = "journeys")]
pub mod mapper;
#[cfg(feature = "journeys")]
pub mod messy;
#[cfg(feature = "journeys")]
pub mod patience;
#[cfg(feature = "journeys")]
pub mod practice_crm;
#[cfg(feature = "journeys")]
pub mod running;
#[cfg(feature = "journeys")]
pub mod window;

use std::path::{Path, PathBuf};
use std::process::Command;

/// The root of the checkout.
pub fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("BUG: the tests live below the root")
}

/// Files below `folder` with one of `endings`, without dependencies and build output.
pub fn files(folder: &str, endings: &[&str]) -> Vec<PathBuf> {
    let root = repository().join(folder);
    tracked(endings).into_iter().filter(|path| path.starts_with(&root)).collect()
}

/// Files git knows, with one of `endings`; all of them where none is named.
pub fn tracked(endings: &[&str]) -> Vec<PathBuf> {
    let listed = Command::new("git")
        .args(["ls-files", "--cached", "--others", "--exclude-standard"])
        .current_dir(repository())
        .output()
        .expect("git lists the files of the checkout");
    String::from_utf8_lossy(&listed.stdout)
        .lines()
        .map(|line| repository().join(line))
        .filter(|path| path.is_file())
        .filter(|path| {
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            endings.is_empty() || endings.contains(&ending.as_ref())
        })
        .collect()
}
