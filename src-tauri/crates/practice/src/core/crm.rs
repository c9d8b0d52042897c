//! The account as a whole, and everything that can be done to its records.

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use super::check::check;
use super::field::Origin;
use super::undo::Journal;
use super::{
    Change, ChangeKind, Field, FieldProblem, Links, Owner, Pipeline, Problem, Query, Record, RecordNumber,
    Refusal, Table, Values,
};

/// One account of a CRM.
#[derive(Debug, Default)]
pub(crate) struct Crm {
    tables: BTreeMap<String, Table>,
    /// Links between records.
    pub(crate) links: Links,
    /// People records belong to.
    pub(crate) owners: Vec<Owner>,
    /// Pipelines by object.
    pub(crate) pipelines: BTreeMap<String, Vec<Pipeline>>,
    /// Small things of a vendor that are no records (labels, webhooks, jobs), under the dialect's own names.
    pub(crate) kept: BTreeMap<String, Vec<Value>>,
    /// The number the next record gets.
    next_number: RecordNumber,
    /// One journal per request or part of one that may be taken back, the innermost last.
    pub(super) journals: Vec<Journal>,
    /// What became of records since somebody asked.
    pub(super) changes: Vec<Change>,
}

/// The number of the first record.
const FIRST_NUMBER: RecordNumber = 101;

impl Crm {
    /// An account without objects, whose records can be linked in these ways.
    pub(crate) fn new(links: Links) -> Self {
        Self { links, next_number: FIRST_NUMBER, ..Self::default() }
    }

    /// The same account, whose records are numbered from `first` on, as the vendor's ids look.
    pub(crate) fn numbered_from(mut self, first: RecordNumber) -> Self {
        self.next_number = first;
        self
    }

    /// Adds an object.
    pub(crate) fn add_table(&mut self, table: Table) {
        self.tables.insert(table.object().to_owned(), table);
    }

    /// Every object.
    pub(crate) fn tables(&self) -> impl Iterator<Item = &Table> {
        self.tables.values()
    }

    /// The object called `object`.
    pub(crate) fn table(&self, object: &str) -> Result<&Table, Refusal> {
        self.tables.get(object).ok_or_else(|| Refusal::NoObject(object.to_owned()))
    }

    /// The object called `object`, to change its fields.
    pub(crate) fn table_mut(&mut self, object: &str) -> Option<&mut Table> {
        self.tables.get_mut(object)
    }

    /// The live record with this number; a merged one answers with its survivor.
    pub(crate) fn live(&self, object: &str, number: RecordNumber) -> Result<&Arc<Record>, Refusal> {
        let table = self.table(object)?;
        table
            .record(table.survivor(number))
            .filter(|record| !record.is_archived())
            .ok_or_else(|| Refusal::NoRecord(number.to_string()))
    }

    /// The live record holding `value` of the unique field `field`.
    pub(crate) fn live_by(&self, object: &str, field: &str, value: &str) -> Result<&Arc<Record>, Refusal> {
        let table = self.table(object)?;
        let unique = table.field(field).ok_or_else(|| Refusal::NoField(field.to_owned()))?.unique;
        if !unique {
            return Err(Refusal::NotUnique(field.to_owned()));
        }
        let number = table.holder(field, value).ok_or_else(|| Refusal::NoRecord(value.to_owned()))?;
        self.live(object, number)
    }

    /// Creates a record from values written through the API.
    pub(crate) fn create(
        &mut self,
        object: &str,
        values: &Values,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        self.check(object, values)?;
        let table = self.table(object)?;
        let given = |name: &String| values.get(name).is_some_and(|value| !value.is_empty());
        let required =
            table.fields().filter(|field| field.required).map(|field| vec![field.name.to_string()]);
        let sets = required.chain(table.one_of.iter().cloned());
        if let Some(lacking) = sets.into_iter().find(|set| !set.iter().any(given)) {
            return Err(Refusal::NeedsOneOf(lacking));
        }
        self.load(object, values, now)
    }

    /// Creates a record from values that need no rights: sample data, the account's own people, a twin's keys.
    /// Only uniqueness is kept. A value for the field that holds the record's number, or its id, gives the record that one.
    pub(crate) fn load(
        &mut self,
        object: &str,
        values: &Values,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        let table = self.table(object)?;
        let given = values
            .iter()
            .find(|(name, _)| table.field(name).is_some_and(|field| matches!(field.origin, Origin::Number)));
        let number = given.and_then(|(_, value)| value.parse().ok()).unwrap_or(self.next_number);
        if let Some((field, value)) = given
            && table.record(number).is_some()
        {
            return Err(Refusal::Taken { field: field.clone(), value: value.clone(), holder: number });
        }
        let made = |name: &str| {
            table
                .field(name)
                .is_some_and(|field| field.is_computed() && !matches!(field.origin, Origin::Id(_)))
        };
        let values = values
            .iter()
            .filter(|(name, value)| !value.is_empty() && !made(name))
            .map(|(name, value)| (name_in(table, name), value.clone()))
            .collect();
        let record = Record { number, values, created_at: now, changed_at: now, archived_at: None };
        if let Some(taken) = table.clash(&record) {
            return Err(taken);
        }
        self.next_number = self.next_number.max(number + 1);
        Ok(self.put(object, record))
    }

    /// Writes values through the API. Values equal to the present ones change nothing, not even the time.
    pub(crate) fn update(
        &mut self,
        object: &str,
        number: RecordNumber,
        values: &Values,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        self.check(object, values)?;
        let present = self.live(object, number)?;
        let table = self.table(object)?;
        let mut values = values.clone();
        values.retain(|name, value| table.field(name).is_none_or(|field| !steps_back(field, present, value)));
        self.edit(object, number, &values, now)
    }

    /// Writes values that need no rights, as [`Crm::load`] does.
    pub(crate) fn edit(
        &mut self,
        object: &str,
        number: RecordNumber,
        values: &Values,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        let present = self.live(object, number)?.clone();
        let table = self.table(object)?;
        let mut record = Record::clone(&present);
        for (name, value) in values {
            if value.is_empty() {
                record.values.remove(name.as_str());
            } else {
                record.values.insert(name_in(table, name), value.clone());
            }
        }
        if record.values == present.values {
            return Ok(present);
        }
        if let Some(taken) = table.clash(&record) {
            return Err(taken);
        }
        record.changed_at = now;
        Ok(self.put(object, record))
    }

    /// Notes a change that changed no value, for vendors whose writes always move the time.
    pub(crate) fn touch(
        &mut self,
        object: &str,
        number: RecordNumber,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        let mut record = Record::clone(self.live(object, number)?);
        record.changed_at = now;
        Ok(self.put(object, record))
    }

    /// Puts a record in the bin.
    pub(crate) fn archive(
        &mut self,
        object: &str,
        number: RecordNumber,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let mut record = Record::clone(self.live(object, number)?);
        record.archived_at = Some(now);
        record.changed_at = now;
        self.put(object, record);
        Ok(())
    }

    /// Removes a record for good, from the bin too.
    pub(crate) fn erase(
        &mut self,
        object: &str,
        number: RecordNumber,
        now: Timestamp,
    ) -> Result<(), Refusal> {
        let table = self.tables.get_mut(object).ok_or_else(|| Refusal::NoObject(object.to_owned()))?;
        let before = table.replace(number, None).ok_or_else(|| Refusal::NoRecord(number.to_string()))?;
        table.index.push(now, number, None);
        self.changes.push(Change { object: object.to_owned(), number, kind: ChangeKind::Deleted });
        if let Some(journal) = self.journals.last_mut() {
            journal.before.push((object.to_owned(), number, Some(before)));
        }
        self.links.forget(object, number);
        Ok(())
    }

    /// Merges one record into another: the survivor keeps its values, takes over those it lacks, and answers to
    /// both numbers.
    pub(crate) fn merge(
        &mut self,
        object: &str,
        survivor: RecordNumber,
        gone: RecordNumber,
        now: Timestamp,
    ) -> Result<Arc<Record>, Refusal> {
        let mut kept = Record::clone(self.live(object, survivor)?);
        let lost = self.live(object, gone)?.clone();
        self.archive(object, lost.number, now)?;
        for (name, value) in &lost.values {
            kept.values.entry(name.clone()).or_insert_with(|| value.clone());
        }
        for field in self.table(object)?.fields() {
            let Some(more) = &field.also_claimed_by else { continue };
            let mut all: Vec<String> = Vec::new();
            for value in
                [kept.stored(more), lost.stored(&field.name), lost.stored(more)].into_iter().flatten()
            {
                all.extend(value.split(';').map(str::to_owned).filter(|one| !one.is_empty()));
            }
            all.retain(|one| kept.stored(&field.name) != Some(one));
            if !all.is_empty() {
                kept.values.insert(more.clone(), all.join(";"));
            }
        }
        kept.changed_at = now;
        let kept_number = kept.number;
        let record = self.put(object, kept);
        if let Some(table) = self.tables.get_mut(object) {
            table.note_merge(lost.number, kept_number);
        }
        self.links.move_all(object, lost.number, kept_number);
        Ok(record)
    }

    /// What became of records since this was last asked.
    pub(crate) fn take_changes(&mut self) -> Vec<Change> {
        std::mem::take(&mut self.changes)
    }

    /// What a search for `query` finds in an index that is `lag` behind.
    pub(crate) fn search(
        &mut self,
        object: &str,
        query: &Query,
        now: Timestamp,
        lag: SignedDuration,
    ) -> Result<Vec<Arc<Record>>, Refusal> {
        let table = self.tables.get_mut(object).ok_or_else(|| Refusal::NoObject(object.to_owned()))?;
        table.index.catch_up(now, lag);
        query.run(table)
    }

    /// The records whose `field` is exactly `value`, without regard to case, in an index that is `lag` behind. `parts`
    /// says which values a written value stands for.
    pub(crate) fn search_exact(
        &mut self,
        object: &str,
        field: &str,
        value: &str,
        parts: fn(&str) -> Vec<String>,
        now: Timestamp,
        lag: SignedDuration,
    ) -> Result<Vec<Arc<Record>>, Refusal> {
        let table = self.tables.get_mut(object).ok_or_else(|| Refusal::NoObject(object.to_owned()))?;
        table.index.catch_up(now, lag);
        Ok(table.index.holding(field, value, parts))
    }

    /// Says what is wrong with values written through the API, all of it at once.
    pub(crate) fn check(&self, object: &str, values: &Values) -> Result<(), Refusal> {
        let table = self.table(object)?;
        let is_owner = |id: &str| self.owners.iter().any(|owner| owner.id == id && !owner.archived);
        let problem = |name: &str, value: &str| match table.field(name) {
            None => Some(Problem::NoSuchField),
            Some(field) if field.read_only || field.is_computed() => Some(Problem::ReadOnly),
            Some(field) => check(field, value, is_owner).err(),
        };
        let problems: Vec<_> = values
            .iter()
            .filter_map(|(name, value)| {
                let problem = problem(name, value)?;
                Some(FieldProblem { field: name.clone(), value: value.clone(), problem })
            })
            .collect();
        if problems.is_empty() { Ok(()) } else { Err(Refusal::Values(problems)) }
    }

    fn put(&mut self, object: &str, record: Record) -> Arc<Record> {
        let record = Arc::new(record);
        let table = self.tables.get_mut(object).expect("BUG: the object was looked up before");
        let before = table.replace(record.number, Some(record.clone()));
        let kind = ChangeKind::of(before.as_deref(), &record);
        self.changes.push(Change { object: object.to_owned(), number: record.number, kind });
        let seen = (!record.is_archived()).then(|| record.clone());
        table.index.push(record.changed_at, record.number, seen);
        if let Some(journal) = self.journals.last_mut() {
            journal.before.push((object.to_owned(), record.number, before));
        }
        record
    }
}

/// The field's own name, so that 100,000 records share one text.
fn name_in(table: &Table, name: &str) -> Arc<str> {
    table.field(name).map_or_else(|| name.into(), |field| field.name.clone())
}

/// Whether a forward-only choice would go back. The vendors that have such fields keep the old value silently.
// Unverified: HubSpot says lifecycle stages move only forward, not how an API write that goes back is answered.
fn steps_back(field: &Field, present: &Record, value: &str) -> bool {
    let place = |value: &str| field.option_place(value);
    field.forward_only
        && present
            .stored(&field.name)
            .and_then(place)
            .is_some_and(|now| place(value).is_some_and(|then| then < now))
}

#[cfg(test)]
mod tests {
    use leadferry_model::FieldKind;

    use super::*;
    use crate::core::Table;

    fn crm() -> Crm {
        let fields = [
            Field { required: true, ..Field::new("name", "Name", FieldKind::Text) },
            Field { indexed: true, ..Field::new("email", "E-mail", FieldKind::Email) },
        ];
        let mut crm = Crm::new(Links::default()).numbered_from(554_023_000_000_527_001);
        crm.add_table(Table::new("people", "Person", fields));
        crm
    }

    fn values(pairs: &[(&str, &str)]) -> Values {
        pairs.iter().map(|(key, value)| ((*key).to_owned(), (*value).to_owned())).collect()
    }

    fn second(count: i64) -> Timestamp {
        Timestamp::from_second(count).unwrap()
    }

    #[test]
    fn a_record_needs_its_required_fields() {
        let mut crm = crm();
        let nameless = crm.create("people", &values(&[("email", "a@example.com")]), second(0));
        assert_eq!(nameless.unwrap_err(), Refusal::NeedsOneOf(vec!["name".to_owned()]));
        let named = crm.create("people", &values(&[("name", "Ada")]), second(0)).unwrap();
        assert_eq!(named.number, 554_023_000_000_527_001, "numbers begin where the account says");
    }

    #[test]
    fn an_indexed_value_may_be_shared_and_follows_changes() {
        let mut crm = crm();
        let email = |text: &str| values(&[("name", "X"), ("email", text)]);
        let first = crm.load("people", &email("a@example.com"), second(0)).unwrap().number;
        let other = crm.load("people", &email("A@Example.com"), second(1)).unwrap().number;
        let sharers = |crm: &Crm, text: &str| -> Vec<RecordNumber> {
            crm.table("people").unwrap().sharers("email", text).collect()
        };
        assert_eq!(sharers(&crm, "a@example.com"), [first, other], "without regard to case");
        crm.edit("people", first, &email("b@example.com"), second(2)).unwrap();
        assert_eq!(sharers(&crm, "a@example.com"), [other]);
        crm.archive("people", other, second(3)).unwrap();
        assert!(sharers(&crm, "a@example.com").is_empty(), "the bin shares nothing");
        crm.begin();
        crm.edit("people", first, &email("c@example.com"), second(4)).unwrap();
        crm.take_back();
        assert_eq!(sharers(&crm, "b@example.com"), [first], "what is taken back is found again");
    }

    #[test]
    fn live_records_are_kept_in_order_of_change() {
        let mut crm = crm();
        let number =
            |crm: &mut Crm, at| crm.load("people", &values(&[("name", "X")]), second(at)).unwrap().number;
        let [a, b, c] = [number(&mut crm, 1), number(&mut crm, 2), number(&mut crm, 3)];
        crm.edit("people", a, &values(&[("name", "Y")]), second(4)).unwrap();
        crm.archive("people", b, second(5)).unwrap();
        let order = |crm: &Crm, from: i64| -> Vec<RecordNumber> {
            crm.table("people").unwrap().changed((second(from), 0)..).map(|record| record.number).collect()
        };
        assert_eq!(order(&crm, 0), [c, a], "the changed one is last, the one in the bin is not there");
        assert_eq!(order(&crm, 4), [a]);
        crm.begin();
        crm.edit("people", c, &values(&[("name", "Z")]), second(6)).unwrap();
        crm.take_back();
        assert_eq!(order(&crm, 0), [c, a], "a change that is taken back moves nothing");
    }
}
