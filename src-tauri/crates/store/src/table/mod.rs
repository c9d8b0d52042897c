//! One table a file: its row as a struct, and plain reading and writing of it.

pub(crate) mod audit;
pub(crate) mod connections;
pub(crate) mod kept;
pub(crate) mod leads;
pub(crate) mod links;
pub(crate) mod matches;
pub(crate) mod notifications;
pub(crate) mod syncs;
