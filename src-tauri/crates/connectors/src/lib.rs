//! One folder per outside system, and the list of them.
//!
//! **Architecture Invariant:** only this room knows vendors. The shell and the tests hand [`all`] down as a value; everything else
//! sees the trait [`Connector`].

use leadferry_connector::Connector;

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;

/// Makes modules and list from the folders, in the order given: one word a connector, and nothing else here.
macro_rules! connectors {
    ($($folder:ident),+ $(,)?) => {
        $(mod $folder;)+

        /// Every connector, in alphabetical order of its id.
        pub fn all() -> &'static [&'static dyn Connector] {
            &[$(&$folder::CONNECTOR),+]
        }
    };
}

connectors! {
    hubspot,
    pipedrive,
    salesforce,
    webhook,
    webtolead,
    zoho,
}

/// The connector with this id.
pub fn by_id(id: &str) -> Option<&'static dyn Connector> {
    all().iter().copied().find(|connector| connector.spec().id == id)
}
