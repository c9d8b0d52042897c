//! Keeping web pages away from the inspection face.

use crate::call::Call;

/// Whether the request comes from this computer's own programs or pages: a page elsewhere that has its name resolved to
/// this computer shows itself by `Host`, a page that posts across sites by `Origin`.
pub(super) fn is_ours(call: &Call) -> bool {
    let host = call.header("host");
    let host_fits = host.is_none_or(is_loopback);
    let origin_fits = call.header("origin").is_none_or(|origin| {
        origin.strip_prefix("http://").is_some_and(|one| Some(one) == host && is_loopback(one))
    });
    host_fits && origin_fits
}

fn is_loopback(host: &str) -> bool {
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit()));
    let name = name.map_or(host, |(name, _)| name);
    matches!(name, "localhost" | "127.0.0.1" | "[::1]")
}
