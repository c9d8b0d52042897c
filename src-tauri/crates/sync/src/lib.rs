//! The engine: takes accepted leads through plan, match, map, deliver and settle, and keeps what it knows of destinations fresh.
//!
//! - [`Ingest`] takes captures in,
//! - [`Engine::step`] does everything that can be done now and says when the next piece is due; [`Driver`] repeats it,
//! - `plan` and `deliver` carry one batch, [`verdict`] decides what follows from a failure, `lane` keeps destinations apart,
//! - `pull` reads changes, [`runs`](Engine::run_now) gathers deliveries, `desk` is what a person tries before leads go.
//!
//! **Architecture Invariant:** time, chance and the way to the network are passed in; nothing here sleeps but [`Driver`].
//! The network is never called with a transaction open, and all state that matters is in the ledger.
//!
//! Deliberately not here: reading sources, signing in, writing changes back to sources, undo, triggers.

mod access;
mod caution;
mod connect;
mod deliver;
mod desk;
mod driver;
mod engine;
mod error;
mod events;
mod fingerprint;
mod follow;
mod ingest;
mod lane;
mod notify;
mod plan;
mod pull;
mod runs;
pub mod schedule;
mod set_back;
pub mod settings;
mod unsure;
pub mod verdict;

pub use connect::{Connect, Line, Registry};
pub use desk::{DryRun, Effect, Fix, Preview, Refusal, TestRecord, Try, Would};
pub use driver::Driver;
pub use engine::{Cancel, Counts, Engine, Setup, Step};
pub use error::{Result, SyncError};
pub use events::{Changed, Events, Tag};
pub use ingest::{Ingest, Progress, Row};
pub use notify::{Notice, NoticeFault};
