//! Reading and writing at something that behaves like the vendor.

use std::collections::BTreeMap;

use leadferry_connector::{
    Call, Capability, Connector, Cursor, FieldSpec, Match, ObjectSpec, PullRequest, RemoteRecord, Settings,
    Upsert,
};
use leadferry_model::{Failure, FieldKind, RecordId, Value};

use super::{facts, sample};

/// A connector and something that behaves like its vendor. The account has the rights to write, and the Lead ID field.
pub struct Trial<'a> {
    pub(super) connector: &'a dyn Connector,
    pub(super) call: &'a Call<'a>,
    refused: (&'a str, Value),
    settle: &'a (dyn Fn() + Sync),
    pub(super) deals_with: Option<&'a str>,
}

impl<'a> Trial<'a> {
    /// A trial by `call`. `refused` is a field with a value the vendor refuses in a row of its own, and in no other.
    pub fn new(connector: &'a dyn Connector, call: &'a Call<'a>, refused: (&'a str, Value)) -> Self {
        Self { connector, call, refused, settle: &|| {}, deals_with: None }
    }

    /// Calls `settle` between the steps: it moves the clock until the vendor's search knows what was written, and short limits are free.
    #[must_use]
    pub fn settling(self, settle: &'a (dyn Fn() + Sync)) -> Self {
        Self { settle, ..self }
    }

    /// Ties deals to records of `object`, where that is not the one for leads.
    #[must_use]
    pub fn deals_with(self, object: &'a str) -> Self {
        Self { deals_with: Some(object), ..self }
    }

    /// Everything the spec offers. Gives back the records that are left.
    pub async fn run(&self) -> Vec<RecordId> {
        // What came before may have taken from a limit that lasts seconds, and so does each step.
        (self.settle)();
        let mut records = self.writes().await;
        (self.settle)();
        self.loads(&records).await;
        (self.settle)();
        if self.can(Capability::Read) {
            self.reads(&records).await;
        }
        if self.can(Capability::Find) {
            self.finds(&records).await;
        }
        if self.can(Capability::Pull) {
            self.pages(&records).await;
        }
        (self.settle)();
        if self.can(Capability::CreateField) {
            self.creates_fields().await;
        }
        (self.settle)();
        self.acts(&records[0]).await;
        (self.settle)();
        if self.can(Capability::Remove) {
            self.removes(records.pop().expect("the suite has written")).await;
        }
        records
    }

    /// The same batch twice makes no duplicate, and a bad record harms no other. Where nothing is upserted by key, a record that was
    /// written is known from then on, as it is to the engine. Gives back the records it made.
    pub async fn writes(&self) -> Vec<RecordId> {
        let mut batch = self.leads().await;
        let mut rounds = Vec::new();
        for round in 0..2 {
            let written = self.write(&batch).await;
            let written: Vec<_> = written.into_iter().map(good).collect();
            assert!(written.iter().all(|one| one.created == (round == 0)), "created once, then updated");
            let records: Vec<RecordId> = written.into_iter().map(|written| written.record).collect();
            if !self.can(Capability::UpsertByKey) {
                batch.iter_mut().zip(&records).for_each(|(row, record)| row.record = Some(record.clone()));
            }
            rounds.push(records);
            (self.settle)();
        }
        assert_eq!(rounds[0], rounds[1], "the same batch twice makes no duplicate");
        let mut mixed = batch;
        let (field, value) = &self.refused;
        mixed[1].fields.set(*field, value.clone());
        let passed: Vec<bool> = self.write(&mixed).await.iter().map(Result::is_ok).collect();
        assert_eq!(passed, [true, false, true], "a failure stays with its record");
        rounds.remove(0)
    }

    /// Records are read by their ids, in the order asked for.
    pub async fn reads(&self, known: &[RecordId]) {
        let wanted: Vec<RecordId> = known.iter().rev().cloned().collect();
        let found = self.read(&wanted).await;
        assert_eq!(found.len(), wanted.len(), "one answer an id");
        for (at, (id, record)) in wanted.iter().zip(found).enumerate() {
            let record = record.unwrap_or_else(|| panic!("{id} is there"));
            assert_eq!((&record.id, record.deleted), (id, false), "in order, and alive");
            self.carries(&record, known.len() - at);
        }
    }

    /// Records are found by e-mail, or by our Lead ID where people have none; an unknown key finds nothing.
    pub async fn finds(&self, known: &[RecordId]) {
        let Some((field, value)) = self.key(1) else { return };
        let keys = [
            Match { field: field.clone(), value },
            Match { field, value: "nobody-at-all@example.com".into() },
        ];
        let fields = self.fields();
        let found = good(self.connector.find(self.call, self.object().name, &keys, &fields).await);
        assert_eq!(found.len(), 2, "one answer a key");
        assert_eq!(found[0].iter().map(|one| &one.id).collect::<Vec<_>>(), [&known[0]], "the one record");
        assert!(found[1].is_empty(), "nobody has the other key: {:?}", found[1]);
    }

    /// A full read gives each record once and ends, and so does the look at what changed since.
    pub async fn pages(&self, known: &[RecordId]) {
        let mut seen: BTreeMap<RecordId, usize> = BTreeMap::new();
        let end = self.feed(None, |record| *seen.entry(record.id).or_default() += 1).await;
        for id in known {
            assert_eq!(seen.get(id), Some(&1), "{id} is on one page");
        }
        self.feed(Some(end), |_| ()).await;
    }

    /// A field is made once, however often it is asked for, and is described from then on.
    pub async fn creates_fields(&self) {
        let object = self.object().name;
        let wanted = FieldSpec {
            name: "conformance_note".into(),
            label: "Conformance note".into(),
            kind: FieldKind::Text,
            unique: false,
        };
        let first = good(self.connector.create_field(self.call, object, &wanted).await);
        let second = good(self.connector.create_field(self.call, object, &wanted).await);
        assert_eq!(first.name, second.name, "the one there is serves");
        let schema = good(self.connector.describe(self.call, object).await);
        let described = schema.field(&first.name);
        assert!(
            described.is_some_and(|field| !field.read_only),
            "{} can be written to: {described:?}",
            first.name
        );
    }

    /// A removed record is gone, for reading and for finding, and removing it again is no trouble.
    pub async fn removes(&self, record: RecordId) {
        let object = self.object().name;
        for _ in 0..2 {
            good(self.connector.remove(self.call, object, &record).await);
        }
        (self.settle)();
        if self.can(Capability::Read) {
            let found = self.read(std::slice::from_ref(&record)).await;
            let gone = found.iter().all(|record| record.as_ref().is_none_or(|record| record.deleted));
            assert!(found.len() == 1 && gone, "{record} is not there any more: {found:?}");
        }
        if self.can(Capability::Find)
            && let Some((field, value)) = self.key(3)
        {
            let keys = [Match { field, value }];
            let found = good(self.connector.find(self.call, object, &keys, &[]).await);
            let found = found[0].iter().any(|found| found.id == record && !found.deleted);
            assert!(!found, "{record} is not found any more");
        }
    }

    pub(super) fn settle(&self) {
        (self.settle)();
    }

    pub(super) fn can(&self, capability: Capability) -> bool {
        self.connector.spec().can(capability)
    }

    pub(super) fn object(&self) -> &'static ObjectSpec {
        facts::leads(self.connector)
    }

    /// Three leads the account takes.
    pub(super) async fn leads(&self) -> Vec<Upsert> {
        let schema = good(self.connector.describe(self.call, self.object().name).await);
        (1..=3).map(|number| sample::lead(self.object(), &schema, number)).collect()
    }

    async fn write(&self, batch: &[Upsert]) -> Vec<leadferry_connector::Outcome> {
        let outcomes = self.connector.upsert(self.call, self.object().name, batch).await;
        assert_eq!(outcomes.len(), batch.len(), "one outcome a record");
        outcomes
    }

    async fn read(&self, ids: &[RecordId]) -> Vec<Option<RemoteRecord>> {
        good(self.connector.read(self.call, self.object().name, ids, &self.fields()).await)
    }

    async fn feed(&self, from: Option<Cursor>, mut each: impl FnMut(RemoteRecord)) -> Cursor {
        let (fields, mut cursor) = (self.fields(), from);
        for _ in 0..10_000 {
            let request =
                PullRequest { object: self.object().name, fields: &fields, cursor: cursor.as_ref() };
            let page = good(self.connector.pull(self.call, &request).await);
            page.records.into_iter().for_each(&mut each);
            if !page.more {
                return page.next;
            }
            cursor = Some(page.next);
        }
        panic!("the feed never ends");
    }

    fn fields(&self) -> Vec<String> {
        sample::matched(self.object())
    }

    /// What lead `number` is found by.
    fn key(&self, number: usize) -> Option<(String, String)> {
        let object = self.object();
        let by_email = object.email_field.map(|field| (field.to_owned(), sample::email(number)));
        let settings: &Settings = self.call.settings;
        let by_lead = || Some((settings.lead_id_field(object)?.to_owned(), format!("conformance-{number}")));
        by_email.or_else(by_lead)
    }

    /// The record holds the e-mail address of lead `number`.
    fn carries(&self, record: &RemoteRecord, number: usize) {
        if let Some(field) = self.object().email_field {
            let held = record.fields.text(field).unwrap_or_default();
            assert!(
                held.eq_ignore_ascii_case(&sample::email(number)),
                "{} holds what was written: {held}",
                record.id
            );
        }
    }
}

pub(super) fn good<T>(result: Result<T, Failure>) -> T {
    result.unwrap_or_else(|failure| panic!("{failure:?}"))
}
