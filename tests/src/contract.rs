//! What a vendor says about its own API, as a judge of every request a connector sends and of every answer a practice CRM gives.
//!
//! A contract is the vendor's folder beside the checkout (OpenAPI documents and `gate.json`, which says how to read them), or one
//! written by hand where the vendor publishes none that may be kept. A new vendor with a folder needs no code here.
//!
//! Deliberately not here: whether an answer is true. Which record a search finds is the tests' business; that a found record looks
//! like one is the contract's.

mod addenda;
mod answer;
mod asked;
mod by_hand;
mod document;
pub mod folder;
mod gate;
pub mod lenient;
mod near;
mod path;
pub mod recording;
mod request;
mod schema;
mod text;
mod token;
mod vendor;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use bytes::Bytes;
use http::request::Parts;
use http::{Request, Response};

use asked::Asked;
use by_hand::ByHand;
use vendor::Vendor;

/// A vendor's contract.
#[derive(Clone)]
pub struct Contract {
    id: String,
    kind: Kind,
    to_the_letter: bool,
}

#[derive(Clone)]
enum Kind {
    Written(&'static ByHand),
    Documents(Arc<Vendor>),
    /// There is none on this computer. It objects to nothing.
    Absent,
}

impl fmt::Debug for Contract {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Contract").field("id", &self.id).finish_non_exhaustive()
    }
}

impl Contract {
    /// The contract of the connector `id`. Where contracts are missing it says so aloud, or stops (see [`folder`]).
    pub fn of(id: &str) -> Self {
        let kind = by_hand::of(id).map(Kind::Written).or_else(|| documents(id).map(Kind::Documents));
        Self { id: id.to_owned(), kind: kind.unwrap_or(Kind::Absent), to_the_letter: false }
    }

    /// The documents alone, without what recordings and other pages show to be all right.
    pub fn to_the_letter(self) -> Self {
        Self { to_the_letter: true, ..self }
    }

    /// Whether there is anything to judge by.
    pub fn is_there(&self) -> bool {
        !matches!(self.kind, Kind::Absent)
    }

    /// What is wrong with `request`.
    pub fn request(&self, request: &Request<Bytes>) -> Vec<String> {
        match &self.kind {
            Kind::Written(contract) => (contract.request)(request),
            Kind::Documents(vendor) => {
                let (parts, body) = request.clone().into_parts();
                request::faults(vendor, &Asked::new(&parts, body), self.to_the_letter)
            }
            Kind::Absent => Vec::new(),
        }
    }

    /// What is wrong with `response` to the request `asked`.
    pub fn answer(&self, asked: &Parts, response: &Response<Bytes>) -> Vec<String> {
        match &self.kind {
            Kind::Written(contract) => (contract.answer)(asked, response),
            Kind::Documents(vendor) => {
                answer::faults(vendor, &Asked::new(asked, Bytes::new()), response, self.to_the_letter)
            }
            Kind::Absent => Vec::new(),
        }
    }
}

/// The rows of a table by column, for those who look into what went over the wire. Nothing where it cannot be read.
pub fn table(body: &[u8]) -> serde_json::Value {
    text::table(body).unwrap_or_default()
}

/// Documents are half a megabyte each, and a test may build hundreds of worlds: each folder is read once.
static READ: LazyLock<Mutex<BTreeMap<String, Option<Arc<Vendor>>>>> = LazyLock::new(Mutex::default);

fn documents(id: &str) -> Option<Arc<Vendor>> {
    let mut read = READ.lock().unwrap_or_else(PoisonError::into_inner);
    read.entry(id.to_owned())
        .or_insert_with(|| {
            folder::contracts(&format!("{id}/specs"))?;
            Some(Arc::new(Vendor::read(id, &folder::contracts(id)?)))
        })
        .clone()
}
