//! The file itself: its key, its lock, its version, its copies and the way back from one.

pub(crate) mod backup;
pub(crate) mod disk;
pub(crate) mod key;
pub(crate) mod lock;
pub(crate) mod migrate;
pub(crate) mod open;
pub(crate) mod restore;
