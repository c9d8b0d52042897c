//! Signing in through the system's browser: OAuth 2.0 for native apps
//! ([RFC 8252](https://www.rfc-editor.org/rfc/rfc8252), [RFC 9700](https://www.rfc-editor.org/rfc/rfc9700)), one flow for all
//! connectors, drawn from the facts in their spec.
//!
//! Ports are bound before the address is handed out, a state is on every flow and PKCE wherever the vendor knows it, an answer
//! counts once, and what comes in is shown as text at most. A vendor may tell on which of its hosts an account signs in; it is
//! believed only if the spec knows the host. The person may also paste the address, for browsers that cannot reach this computer.
//!
//! The crate `oauth2` is not used: address and PKCE are a few lines, while its token calls want a client and error types of their
//! own, hide the `Date` header and whether a request may have arrived, and refuse the answers of vendors that are not quite
//! standard.
//!
//! Deliberately not here: opening the browser, and keeping what a sign-in gave.

mod callback;
mod client;
mod error;
mod event;
mod flow;
mod gate;
mod listener;
mod page;
mod pending;
mod proof;
mod provider;

pub use callback::redirect_urls;
pub use client::Client;
pub use error::FlowError;
pub use event::FlowEvent;
pub use flow::{Flow, SignedIn};
pub(crate) use gate::shown;
pub use pending::{AddressFault, FlowHandle, PendingFlows};
pub use provider::{Addresses, Place, Provider, ProviderError};
