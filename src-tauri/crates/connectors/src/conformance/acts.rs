//! What is done beside a record.

use jiff::SignedDuration;
use leadferry_connector::{Action, Actions, Capability};
use leadferry_model::RecordId;

use super::sample;
use super::trial::{Trial, good};

impl Trial<'_> {
    /// Every action the spec offers is done on `record`, a lead, and gives the id of what was made.
    pub async fn acts(&self, record: &RecordId) {
        let object = self.object().name;
        let now = self.call.clock.now();
        if self.can(Capability::Note) {
            let text = "Conformance: a note with < and &,\nand a second line".to_owned();
            self.act(object, record, &Action::Note { text, at: now }).await;
        }
        if self.can(Capability::Task) {
            let due = now.checked_add(SignedDuration::from_hours(24)).expect("there is a tomorrow");
            let subject = "Conformance: call back".to_owned();
            self.act(object, record, &Action::Task { subject, text: String::new(), due, owner: None }).await;
        }
        if !self.can(Capability::Owner) && !self.can(Capability::Deal) {
            return;
        }
        let Actions { owners, stages } = good(self.connector.actions(self.call).await);
        if self.can(Capability::Owner) {
            let (owner, _) = owners.into_iter().next().expect("somebody can be the owner");
            let same = self.act(object, record, &Action::Owner { owner }).await;
            assert_eq!(same, *record, "the record itself has changed hands");
        }
        if self.can(Capability::Deal) {
            let stage = stages.into_iter().find(|stage| !stage.closed).expect("a deal can be open");
            let deal = Action::Deal {
                name: "Conformance".into(),
                pipeline: Some(stage.pipeline).filter(|pipeline| !pipeline.is_empty()),
                stage: stage.stage,
                amount: Some("100".into()),
                owner: None,
            };
            match self.deals_with {
                None => drop(self.act(object, record, &deal).await),
                Some(other) => {
                    let record = self.one_of(other).await;
                    self.act(other, &record, &deal).await;
                }
            }
        }
    }

    async fn act(&self, object: &str, record: &RecordId, action: &Action) -> RecordId {
        let made = self.connector.act(self.call, object, record, action).await;
        let made = made.unwrap_or_else(|failure| panic!("{action:?} on {object}: {failure:?}"));
        assert!(!made.as_str().is_empty(), "{action:?} gives the id of what was made");
        made
    }

    /// A new record of `object`.
    async fn one_of(&self, object: &str) -> RecordId {
        let spec = self.connector.spec().object(object).expect("an object of the spec");
        let schema = good(self.connector.describe(self.call, object).await);
        let rows = [sample::lead(spec, &schema, 9)];
        good(self.connector.upsert(self.call, object, &rows).await.remove(0)).record
    }
}
