//! Thousands at once, where the connector offers it: here three, since the vendor's side of it is the same.

use std::collections::HashMap;

use leadferry_connector::{LoadSize, Loads, Outcome, Standing, Ticket};
use leadferry_model::{Failure, LeadId, RecordId, Value};

use super::trial::{Trial, good};

/// Looks after which a load of three must be over.
const LOOKS: usize = 100;

impl Trial<'_> {
    /// A load writes by the same key as a batch, once it is looked at and not before; a load that is over says the same again; one that
    /// cannot be done loses nobody.
    pub async fn loads(&self, known: &[RecordId]) {
        let Some(loads) = self.connector.loads() else { return };
        let LoadSize { least, most } = loads.size();
        assert!(least > self.object().batch && most >= least, "{least} to {most} are more than a batch");
        let object = self.object().name;
        let batch = self.leads().await;
        assert!(batch.iter().all(|upsert| loads.takes(upsert)), "ordinary leads can be said");
        let stopped = good(loads.open(self.call, object, &batch).await);
        for _ in 0..2 {
            good(loads.stop(self.call, &stopped).await);
        }
        let (outcomes, others) = self.over(loads, &stopped).await;
        assert!(
            outcomes.is_empty() && others.is_none(),
            "what was never started touched nobody: {outcomes:?}"
        );

        let ticket = good(loads.open(self.call, object, &batch).await);
        for _ in 0..2 {
            let (mut outcomes, _) = self.over(loads, &ticket).await;
            for (upsert, record) in batch.iter().zip(known) {
                let written = good(outcomes.remove(&upsert.lead).expect("each lead has its outcome"));
                assert_eq!((&written.record, written.created), (record, false), "the one that was there");
            }
        }
        good(loads.stop(self.call, &ticket).await);

        let mut broken = batch;
        broken[1].fields.set("no_such_field_anywhere", Value::text("x"));
        let Ok(ticket) = loads.open(self.call, object, &broken).await else { return };
        let (outcomes, others) = self.over(loads, &ticket).await;
        let told = |lead: &LeadId| outcomes.contains_key(lead) || others.is_some();
        assert!(
            broken.iter().all(|upsert| told(&upsert.lead)),
            "nobody is left without a word: {outcomes:?}"
        );
    }

    async fn over(&self, loads: &dyn Loads, ticket: &Ticket) -> (HashMap<LeadId, Outcome>, Option<Failure>) {
        for _ in 0..LOOKS {
            match good(loads.look(self.call, self.object().name, ticket).await) {
                Standing::Over { outcomes, others } => return (outcomes, others),
                Standing::Running { .. } => self.settle(),
            }
        }
        panic!("the load never ends");
    }
}
