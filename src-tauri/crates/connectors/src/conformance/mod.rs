//! The suite every connector passes, chosen by what its spec offers.
//!
//! [`facts`] and [`failures`] need nothing but the connector. A [`Trial`] talks to something that behaves like the vendor: a
//! practice CRM, a twin in a test. Each panics with the reason, as tests do.
//!
//! No field is called by a name of ours: leads are made from the fields the connector describes.

mod acts;
mod facts;
mod failures;
mod loads;
mod sample;
mod trial;

pub use facts::facts;
pub use failures::failures;
pub use trial::Trial;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_connector_has_sound_facts_and_its_own_id() {
        let ids: Vec<&str> = crate::all().iter().map(|connector| connector.spec().id).collect();
        assert!(ids.is_sorted_by(|one, other| one < other), "in alphabetical order, each once: {ids:?}");
        for connector in crate::all() {
            facts(*connector);
            assert!(crate::by_id(connector.spec().id).is_some(), "and is found by its id");
        }
    }

    #[tokio::test]
    async fn every_connector_decides_every_failure() {
        for connector in crate::all() {
            failures(*connector).await;
        }
    }
}
