//! For tests of connectors and of the engine: a scripted network and a ready [`Call`](crate::Call) with a clock that stands still.
//!
//! A [`Script`] answers from fixtures. A call that no fixture matches gets a 500 that says so, and a fixture nobody asked for
//! fails the test, so that tests notice both a request too many and one too few.

mod bench;
mod script;

pub use bench::Bench;
pub use script::{Fixture, Script, Sent};
