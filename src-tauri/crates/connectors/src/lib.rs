//! One folder per outside system, and the list of them.
//!
//! **Architecture Invariant:** only this room knows vendors. The shell and the tests hand [`all`] down as a value; everything else
//! sees the trait [`Connector`].

use leadferry_connector::Connector;

#[cfg(any(test, feature = "conformance"))]
pub mod conformance;
mod hubspot;
mod webhook;

/// Makes the list from the folders, in the order given: one word a connector.
macro_rules! connectors {
    ($($folder:ident),+ $(,)?) => {
        /// Every connector, in alphabetical order of its id.
        pub fn all() -> &'static [&'static dyn Connector] {
            &[$(&$folder::CONNECTOR),+]
        }
    };
}

connectors! {
    hubspot,
    webhook,
}

/// The connector with this id.
pub fn by_id(id: &str) -> Option<&'static dyn Connector> {
    all().iter().copied().find(|connector| connector.spec().id == id)
}

/// The app registered at a vendor: the name of its build-time setting, its id, and its secret where the vendor asks for one.
type Registered = (&'static str, Option<&'static str>, Option<&'static str>);

const REGISTERED: &[Registered] = &[hubspot::REGISTERED];

/// Id and secret of the app this build has at a vendor, by the name of its build-time setting.
pub fn registered_app(setting: &str) -> Option<(&'static str, Option<&'static str>)> {
    REGISTERED.iter().find(|(name, ..)| *name == setting).and_then(|(_, id, secret)| Some(((*id)?, *secret)))
}
