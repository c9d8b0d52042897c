//! The engine over a scripted CRM: each test is one promise.

#![expect(clippy::unwrap_used, reason = "in a test, a panic is the report")]

mod crash;
mod crm;
mod crm_loads;
mod driving;
mod failing;
mod fixing;
mod following;
mod house;
mod loads;
mod matching;
mod order;
mod outage;
mod pulling;
mod running;
