//! Contracts of vendors that publish no document one could keep: written by hand from their pages.

mod hubspot;

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};

/// A contract in code.
pub(super) struct ByHand {
    /// What is wrong with a request.
    pub(super) request: fn(&Request<Bytes>) -> Vec<String>,
    /// What is wrong with the answer to it.
    pub(super) answer: fn(&Parts, &Response<Bytes>) -> Vec<String>,
}

const WRITTEN: &[(&str, ByHand)] =
    &[("hubspot", ByHand { request: hubspot::faults, answer: hubspot::answer_faults })];

/// The contract of `id`, if one was written.
pub(super) fn of(id: &str) -> Option<&'static ByHand> {
    WRITTEN.iter().find(|(known, _)| *known == id).map(|(_, contract)| contract)
}
