//! Looking at and changing records as the account's own people do, past the API.

use std::collections::BTreeMap;

use serde_json::Value;

use super::{Practice, PracticeError};
use crate::core::{RecordNumber, Values};
use crate::views::{RecordView, Snapshot};

impl Practice {
    /// How many records each object has, without the bin.
    pub fn counts(&self) -> BTreeMap<String, usize> {
        self.world().crm.tables().map(|table| (table.object().to_owned(), table.count())).collect()
    }

    /// Records of an object with a number above `after`, in order of number; from the bin, or not.
    pub fn records(
        &self,
        object: &str,
        after: u64,
        limit: usize,
        archived: bool,
    ) -> Result<Vec<RecordView>, PracticeError> {
        let world = self.world();
        let table = world.crm.table(object)?;
        Ok(table.records(after, archived).take(limit).map(|record| RecordView::new(table, record)).collect())
    }

    /// One record, also from the bin.
    pub fn record(&self, object: &str, number: u64) -> Result<Option<RecordView>, PracticeError> {
        let world = self.world();
        let table = world.crm.table(object)?;
        Ok(table.record(number).map(|record| RecordView::new(table, record)))
    }

    /// The number of the record with this id, as the API writes it; also from the bin.
    pub fn number_of(&self, object: &str, id: &str) -> Result<Option<u64>, PracticeError> {
        Ok(self.world().crm.table(object)?.number_of(id))
    }

    /// Creates a record as a person in the CRM does.
    pub fn add_record(&self, object: &str, values: &Values) -> Result<RecordView, PracticeError> {
        let now = self.now();
        let mut world = self.world();
        world.now = now;
        let record = world.crm.load(object, values, now)?;
        world.tell(self.dialect());
        Ok(RecordView::new(world.crm.table(object)?, &record))
    }

    /// Edits a record as a person in the CRM does; an empty text clears a field.
    pub fn edit_record(
        &self,
        object: &str,
        number: u64,
        values: &Values,
    ) -> Result<RecordView, PracticeError> {
        let now = self.now();
        let mut world = self.world();
        world.now = now;
        let record = world.crm.edit(object, number, values, now)?;
        world.tell(self.dialect());
        Ok(RecordView::new(world.crm.table(object)?, &record))
    }

    /// Deletes a record as a person in the CRM does: it goes to the bin.
    pub fn delete_record(&self, object: &str, number: RecordNumber) -> Result<(), PracticeError> {
        let now = self.now();
        let mut world = self.world();
        world.now = now;
        world.crm.archive(object, number, now)?;
        world.tell(self.dialect());
        Ok(())
    }

    /// Loads records by their values, without rights and rules but uniqueness (a twin's match keys); a value for the
    /// vendor's id field gives the record that id. Answers how many were loaded; those that would share a unique value are left out.
    pub fn load_records(&self, object: &str, records: &[Values]) -> Result<usize, PracticeError> {
        let now = self.now();
        let mut world = self.world();
        world.crm.table(object)?;
        let loaded = records.iter().filter(|values| world.crm.load(object, values, now).is_ok()).count();
        // They were there all the time: nobody is told.
        world.crm.take_changes();
        Ok(loaded)
    }

    /// Takes every record of an object away, for a twin that starts empty.
    pub fn clear_records(&self, object: &str) -> Result<(), PracticeError> {
        let now = self.now();
        let mut world = self.world();
        let table = world.crm.table(object)?;
        let all: Vec<RecordNumber> =
            table.records(0, false).chain(table.records(0, true)).map(|r| r.number).collect();
        for number in all {
            world.crm.erase(object, number, now)?;
        }
        world.crm.take_changes();
        Ok(())
    }

    /// Pulls a lever of the dialect: what only this vendor's people can do, such as converting a lead.
    pub fn pull(&self, lever: &str, given: &Value) -> Result<Value, PracticeError> {
        let now = self.now();
        let mut world = self.world();
        world.now = now;
        self.dialect().pull(&mut world, lever, given).map_err(PracticeError::Refused)
    }

    /// The whole content without ids and times, sorted: two accounts with equal content have equal snapshots.
    pub fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.world().crm)
    }
}
