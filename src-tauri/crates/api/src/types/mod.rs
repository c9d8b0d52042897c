//! Request and response types: the whole contract between the engine and whoever shows it (window or command line).
//!
//! TypeScript is generated from them; see `tests/it/typescript.rs`. Times cross as ISO 8601 text in UTC, ids as text or numbers.

mod activity;
mod connections;
mod errors;
mod home;
mod leads;
mod mapping;
mod practice;
mod settings;
mod setup;
mod sources;
mod startup;

pub use activity::*;
pub use connections::*;
pub use errors::*;
pub use home::*;
pub use leads::*;
pub use mapping::*;
pub use practice::*;
pub use settings::*;
pub use setup::*;
pub use sources::*;
pub use startup::*;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A command that takes or gives nothing.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, TS)]
pub struct Nothing {}

/// Which part of a long list.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, TS)]
pub struct PageOf {
    /// First row, from 0.
    pub offset: u32,
    /// Most rows; at most 500 are given.
    pub limit: u32,
}

/// A part of a long list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Paged<T> {
    /// How many there are in all.
    pub total: u32,
    /// The rows asked for.
    pub rows: Vec<T>,
}

/// Something the window shows by name and finds by id.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Named {
    /// The id.
    pub id: String,
    /// The name.
    pub name: String,
}

/// Asks for one thing by its id.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ById {
    /// The id.
    pub id: String,
}

/// How many things a command changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Changed {
    /// The number.
    pub count: u32,
}
