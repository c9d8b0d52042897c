//! Every behaviour of the mapping engine, through its public face.

#![expect(
    clippy::unwrap_used,
    reason = "every function here is part of a test; clippy sees only the ones marked so"
)]

mod cases;
mod checking;
mod formulas;
mod hostile;
mod identities;
mod leads;
mod merging;
mod publishing;
mod suggesting;
mod support;
mod volume;
