//! What a sign-in or a person gave, kept in the vault, and renewed before it runs out.
//!
//! A refresh token is used by one task at a time, among all processes on the data folder; what comes back is on disk before it is
//! used; and a refusal that is final is remembered, so that a dead token is not sent again and again.
//!
//! Deliberately not here: what a credential looks like in a request (the spec and the kit's HTTP know), and pausing a connection
//! (the engine does, by the failure's kind).

mod answer;
mod disconnect;
mod endpoint;
mod oauth_access;
mod pasted;
mod recent;
mod refusal;
mod renewal;
mod set;
mod statement;

pub use disconnect::{Revocation, disconnect};
pub use endpoint::TokenEndpoint;
pub use oauth_access::OAuthAccess;
pub use pasted::{BasicAccess, HeaderAccess, TokenAccess, keep_headers};
pub use renewal::Renewal;
pub use set::TokenSet;
pub use statement::{KeyFault, Statement};
