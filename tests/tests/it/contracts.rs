//! The vendors' contracts: that our reading of them is neither too strict nor too lenient, and that connectors understand what
//! vendors have really answered.
//!
//! They lie beside the checkout and are no part of the repository; without them these tests say *skipped: no contracts*.

mod answers;
mod connector;
mod refused;
mod replay;
