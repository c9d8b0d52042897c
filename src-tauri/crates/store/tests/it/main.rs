//! The ledger from outside: what its callers may rely on.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

mod accept;
mod files;
mod groups;
mod loads;
mod model;
mod power;
mod queue;
mod restore;
mod schema;
mod support;
mod tables;
