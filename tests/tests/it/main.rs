//! All tests across rooms, one binary. Each module is one kind of promise.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod bad_input;
mod conformance;
mod contracts;
#[cfg(debug_assertions)]
mod crash;
mod hubspot_load;
mod layers;
mod mutations;
mod salesforce_conversion;
mod salesforce_load;
mod sim;
mod tidy;
mod weather;
