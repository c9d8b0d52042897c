//! Behaviour of the practice CRMs, called in process through their router; one module also over a socket.

#![expect(clippy::unwrap_used, reason = "clippy knows test functions, but not the functions they share")]

mod core;
mod hubspot;
mod inspection;
mod loopback;
mod pipedrive;
mod salesforce;
mod support;
mod weather;
mod zoho;
