//! Loads: thousands of records handed in at once, which the vendor works off in its own time.
//!
//! A load is a write whose answer comes minutes or hours later, to another call and perhaps to another process. The order of things
//! keeps it safe: [`open`](Loads::open) hands the records over and starts nothing; the engine keeps the ticket beside the deliveries;
//! only then [`look`](Loads::look) starts it, and from then on asks how far it is. A crash before the ticket is kept leaves behind a
//! load that never writes anything; after one later the load is found again by its ticket. What no load answers for is written again
//! in the ordinary way by the same unique key, with the same effect.

use std::collections::HashMap;

use async_trait::async_trait;
use leadferry_model::{Failure, LeadId};
use serde::{Deserialize, Serialize};

use crate::{Call, Outcome, Upsert};

/// How many records make a load.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LoadSize {
    /// Below this an ordinary write is cheaper, or answered sooner.
    pub least: usize,
    /// Most records in one load.
    pub most: usize,
}

/// The vendor's name for a load. Opaque to everybody but its connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Ticket(pub String);

/// How far a load is.
#[derive(Clone, Debug)]
pub enum Standing {
    /// The vendor is at work.
    Running {
        /// Records it came to so far, as far as it says.
        done: u64,
    },
    /// The vendor is through with it.
    Over {
        /// What became of records, by Lead ID.
        outcomes: HashMap<LeadId, Outcome>,
        /// What to think of the others. `None`: nothing is wrong with them, they were not touched and may go again at once.
        others: Option<Failure>,
    },
}

/// What a connector offers whose vendor takes loads. Records in a load are new to us, each of another lead, and go by Lead ID.
#[async_trait]
pub trait Loads: Send + Sync {
    /// How many records make a load.
    fn size(&self) -> LoadSize;

    /// Whether the record can be said in a load. One that cannot is written in the ordinary way.
    fn takes(&self, upsert: &Upsert) -> bool;

    /// Hands the records over and starts nothing. An account that has no loads is a failure like any other: it is no lead's, and the
    /// records go in the ordinary way.
    async fn open(&self, call: &Call<'_>, object: &str, batch: &[Upsert]) -> Result<Ticket, Failure>;

    /// Starts the load if it is not started yet, else says how far it is. May be called any number of times, also when it is over.
    async fn look(&self, call: &Call<'_>, object: &str, ticket: &Ticket) -> Result<Standing, Failure>;

    /// Stops the load as soon as the vendor can. What was written stays. Success if it is over already.
    async fn stop(&self, call: &Call<'_>, ticket: &Ticket) -> Result<(), Failure>;
}
