//! The use cases: what the window and the command line both call.
//!
//! - [`types`] is the contract, [`commands`] the list of everything that can be asked, [`dispatch`] runs one by name,
//! - [`Installation`] opens a data folder, [`App`] is what is open: each command is one method of it,
//! - `explain` turns failures into sentences with a button, [`remote`] lets a second process ask the one that owns the folder.
//!
//! **Architecture Invariant:** nothing here names a vendor or the window's toolkit; the list of connectors and the [`Host`] are
//! handed down. Every message of an [`Error`] says what happened and what to do next.

mod app;
mod audit;
mod background;
mod backup;
pub mod commands;
mod connections;
mod desk;
mod error;
mod error_from;
pub mod explain;
mod fields;
mod home;
mod hooks;
mod host;
mod leads;
mod lines;
mod mappings;
mod practice;
pub mod remote;
mod schemas;
mod settings;
mod setup;
mod sources;
mod startup;
mod syncs;
pub mod types;
pub mod typescript;
mod way;

pub use app::App;
pub use backup::{Restored, has_passphrase};
pub use commands::{Tag, dispatch};
pub use error::{Error, ErrorCode};
pub use host::{Headless, Host};
pub use leadferry_mapping::HIGH_CONFIDENCE;
pub use startup::{
    Installation, Opened, PASSPHRASE_FILE_VARIABLE, PASSPHRASE_VARIABLE, passphrase_from_environment,
};
pub use types::*;

/// What a command gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;
