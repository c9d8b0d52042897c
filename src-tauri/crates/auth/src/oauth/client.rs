//! The app a person signs in with: ours, whose id is known at build time, or their own.

use leadferry_model::Secret;

/// An OAuth client. The id is public and stands with the connection; the secret is kept in the vault
/// ([`EntryName::client_secret`](crate::vault::EntryName::client_secret)).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Client {
    /// The id the vendor gave the app.
    pub id: String,
    /// Its secret, for vendors that ask for one.
    pub secret: Option<Secret>,
}
