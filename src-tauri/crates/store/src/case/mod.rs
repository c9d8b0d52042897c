//! What the ledger and the queue are used for: one use case a file.

pub(crate) mod accept;
pub(crate) mod backlog;
pub(crate) mod bursts;
pub(crate) mod claim;
pub(crate) mod enqueue;
pub(crate) mod forget;
pub(crate) mod groups;
pub(crate) mod lanes;
pub(crate) mod loads;
pub(crate) mod release;
pub(crate) mod runs;
pub(crate) mod said;
pub(crate) mod selection;
pub(crate) mod set_back;
pub(crate) mod settle;
