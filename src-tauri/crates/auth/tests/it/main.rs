//! The vault, the sign-in and the tokens from outside: real files, real sockets on loopback, a scripted vendor.

#![expect(clippy::unwrap_used, reason = "clippy allows it in tests, but not in their helpers")]

mod access;
mod apps;
mod carry;
mod disconnect;
mod flow;
mod keychain;
mod listener;
mod logs;
mod pasted;
mod provider;
mod refresh_trouble;
mod support;
mod vault;
mod vendors;
