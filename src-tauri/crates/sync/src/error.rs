//! What can go wrong with the engine itself, apart from what a destination says.

use leadferry_model::{ConnectionId, SyncId};
use leadferry_store::StoreError;

use crate::schedule::ScheduleError;

/// An error of the engine. A destination's failure is none: it belongs to its delivery.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SyncError {
    /// The ledger could not be read or written.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// A schedule cannot be followed.
    #[error(transparent)]
    Schedule(#[from] ScheduleError),
    /// A connection whose connector this build does not have.
    #[error("This Leadferry has no connector called {connector}. Update Leadferry, then try again.")]
    UnknownConnector {
        /// As the ledger has it.
        connector: String,
    },
    /// The connector does not write this object.
    #[error("{connector} has no {object} that Leadferry can write. Choose another object in the sync.")]
    UnknownObject {
        /// The connector.
        connector: &'static str,
        /// As the sync has it.
        object: String,
    },
    /// Something that was asked for is not in the ledger.
    #[error("This sync is not here any more. Refresh to see what there is.")]
    NoSync(SyncId),
    /// Something that was asked for is not in the ledger.
    #[error("This connection is not here any more. Refresh to see what there is.")]
    NoConnection(ConnectionId),
    /// The sync has no mapping that could be used.
    #[error("The mapping of this sync cannot be used: {reason} Open the mapping and correct it.")]
    Mapping {
        /// The first thing to look at.
        reason: String,
    },
    /// The destination said no while a person waited for the answer.
    #[error("The destination answered: {}", .0.message)]
    Refused(leadferry_model::Failure),
}

/// What the engine's functions give.
pub type Result<T, E = SyncError> = std::result::Result<T, E>;
