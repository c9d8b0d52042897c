//! Who may act for a person at a vendor: the vault that keeps secrets, the sign-in in the browser, and tokens that renew themselves.
//!
//! - [`vault`]: one encrypted file with every secret, opened by the operating system's keychain or by a passphrase.
//! - [`oauth`]: one sign-in flow for all connectors, drawn from the facts in their spec.
//! - [`tokens`]: what a sign-in gave, kept in the vault, and [`Access`](leadferry_connector::Access) over it.
//!
//! **Architecture Invariant:** no other room touches the keychain, and nothing here names a vendor, opens a browser, asks a
//! person, or reads an environment variable. The composition root does, and passes values in.

pub mod oauth;
pub mod tokens;
pub mod vault;
