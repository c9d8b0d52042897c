//! Connectors and connections: what can be connected, what is, and every way to connect.
//!
//! - `connectors` shows specs, `view` connections as a person sees them,
//! - `entered` checks what a person typed, `admit` asks the vendor and only then keeps it,
//! - `connect` is for tokens and passwords, `app` for apps that need no browser, `sign_in` for the browser with [`flows`] for what goes on meanwhile,
//! - `change` checks, renames and disconnects.
//!
//! **Architecture Invariant:** nothing is saved before the vendor has said who we are. Secrets go to the vault, never to the
//! ledger.

mod admit;
mod app;
mod change;
mod connect;
mod connectors;
mod entered;
pub(crate) mod flows;
mod sign_in;
pub(crate) mod view;

pub(crate) use sign_in::SignIn;

/// The connector word of leads from files.
pub(crate) const FILE: &str = "file";
/// The connector word of leads that others send here.
pub(crate) const RECEIVER: &str = "receiver";
/// The scheme of the app's own addresses.
pub(crate) const SCHEME: &str = "leadferry";
