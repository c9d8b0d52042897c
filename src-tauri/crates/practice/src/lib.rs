//! Practice CRMs: servers on this computer that speak a real CRM's API over an account in memory.
//!
//! They ship in the app (*Try it with a practice CRM*), they are what tests talk to, and loaded with a real account's
//! fields and match keys they are the twin a rehearsal runs against. They are written from the vendors' documented
//! behaviour and apart from the connectors, so that the two check each other.
//!
//! **Architecture Invariant:** nothing here opens a connection, sleeps (but for the served [`weather::Fault::Slow`]) or
//! reads a clock other than [`Options::clock`]; servers bind loopback only; with a seed, two runs of the same calls are
//! equal to the letter.
//!
//! ```text
//! Practice ── one lock ── World ── core     objects, fields, records, links, search index      (no vendor)
//!    │                      ├───── access   users, apps, grants, tokens                        (no vendor)
//!    │                      ├───── limits, weather, log                                        (no vendor)
//!    └─ router, serve       └───── hubspot, pipedrive   paths, words, notation, error bodies of one vendor each
//! ```
//!
//! # In process
//!
//! [`Practice::send`] answers a request without a socket (or call [`Practice::router`] as a tower service). A transport
//! built on it looks at the response's extensions first: [`AnswerLost`] is a broken connection (its body fails to be
//! read, too), [`Delay`] is how long the answer would have taken, to be compared with the client's time limit on the
//! injected clock.
//!
//! # Adding a dialect
//!
//! 1. Make a folder beside `hubspot` with the same files: `mod.rs` (implements `Dialect`, and routes: one `match` on
//!    method and path parts), `account/` (the sample account: fields as a compact table, records on reserved domains),
//!    `gate.rs` (sign-in, rights, limits, strictness: what holds for every call), `errors.rs` (a `Refusal` of the core in
//!    the vendor's words), `values.rs` (the vendor's notation to the core's and back), and one file per family of
//!    endpoints.
//! 2. Add the two lines: `mod` here, the entry in `dialect.rs`.
//! 3. Keep vendor rules out of the core. A rule two vendors share belongs to the core as data on a field or an object
//!    (as `forward_only` is), never as the name of a vendor.
//!    State no other vendor has lives in `Dialect::open_own`, and what only its people do is a lever (`Dialect::pull`).
//! 4. Mark what the vendor does not document with `// Unverified:` and choose the reading that is harder for a client.
//! 5. Test every rule in `tests/it/<dialect>/` through [`Practice::router`].

mod access;
mod call;
mod core;
mod dialect;
mod exchange;
mod hooks;
mod hubspot;
mod inspect;
mod limits;
mod log;
mod page;
mod pipedrive;
mod practice;
mod random;
mod salesforce;
mod serve;
mod views;
pub mod weather;
mod world;
mod zoho;

pub use core::{Owner, Pipeline, Stage};
pub use dialect::{CallKind, DialectInfo, Endpoint, dialects};
pub use exchange::{AnswerLost, Delay};
pub use hooks::SentHook;
pub use log::{LoggedRequest, StrictFault};
pub use practice::{Options, Practice, PracticeError, Tokens};
pub use serve::{Running, ServeError};
pub use views::{FieldView, RecordView, Snapshot};
pub use weather::Weather;
