//! The file itself: its key, its lock, its version and its copies.

pub(crate) mod backup;
pub(crate) mod key;
pub(crate) mod lock;
pub(crate) mod migrate;
pub(crate) mod open;
