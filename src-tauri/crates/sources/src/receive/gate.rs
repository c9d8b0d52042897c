//! Who may knock at all: requests for this computer or its public name, and no scripts of web pages.
//!
//! Without the first, a web page could reach this listener through a name of its own that points to 127.0.0.1.

use std::net::Ipv4Addr;

use axum::http::uri::Authority;
use axum::http::{HeaderMap, Uri, header};

use super::refusal::Refusal;
use super::registry::Registry;

/// Refuses a request that was meant for another host.
pub(super) fn check_host(uri: &Uri, headers: &HeaderMap, registry: &Registry) -> Result<(), Refusal> {
    let named = headers.get(header::HOST).and_then(|host| host.to_str().ok()?.parse::<Authority>().ok());
    let authority = named.or_else(|| uri.authority().cloned()).ok_or(Refusal::WrongHost)?;
    let host = authority.host();
    if is_loopback(host) || registry.is_public_host(host) { Ok(()) } else { Err(Refusal::WrongHost) }
}

/// Whether the name can only mean this computer.
pub(super) fn is_loopback(host: &str) -> bool {
    host.eq_ignore_ascii_case("localhost")
        || host == "[::1]"
        || host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
}

/// Refuses what a browser sends on behalf of a page. Servers and form services send no `Origin`.
pub(super) fn check_origin(headers: &HeaderMap) -> Result<(), Refusal> {
    if headers.contains_key(header::ORIGIN) { Err(Refusal::Browser) } else { Ok(()) }
}
