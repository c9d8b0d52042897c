//! Tests of the use cases, one binary.

#![expect(clippy::unwrap_used, reason = "a test ends at the first surprise, and its helpers too")]

mod apps;
mod backup;
mod bench;
mod browser;
mod connections;
mod desk;
mod elsewhere;
mod hooks;
mod settings;
mod sign_in;
mod sources;
mod typescript;
