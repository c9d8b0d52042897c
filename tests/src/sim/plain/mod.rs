//! A CRM without unique keys: it takes every duplicate it is given, its search lags behind, and it can only be asked. What an
//! engine has to be careful with by itself, since nobody there will be.
//!
//! `connector` speaks its small API over the real HTTP kit, `crm` answers it in memory; the simulated network lies between.

mod connector;
mod crm;

pub use connector::{PLAIN, SPEC};
pub use crm::{Crm, Kept, Sky};

/// The object that is written.
pub const OBJECT: &str = "people";

/// Fields of a person.
pub const FIELDS: [&str; 8] =
    ["email", "firstname", "lastname", "phone", "company", "message", "city", "state"];
