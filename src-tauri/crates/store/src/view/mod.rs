//! What the window and the command line look at: pages and numbers, never more rows than are shown.

pub(crate) mod deliveries;
pub(crate) mod groups;
pub(crate) mod leads;
pub(crate) mod lists;
pub(crate) mod overview;
pub(crate) mod page;
pub(crate) mod replay;
pub(crate) mod search;
