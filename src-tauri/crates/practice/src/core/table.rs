//! One object: its fields, its records, and who holds which unique value.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::RangeBounds;
use std::sync::Arc;

use jiff::Timestamp;

use super::field::Origin;
use super::index::SearchIndex;
use super::{Field, Record, RecordNumber, Refusal};

/// An object of the account.
#[derive(Debug)]
pub(crate) struct Table {
    object: String,
    label: String,
    fields: BTreeMap<Arc<str>, Field>,
    /// Fields taken away but not forgotten.
    archived_fields: BTreeMap<Arc<str>, Field>,
    /// A new record needs one field of each set.
    pub(crate) one_of: Vec<Vec<String>>,
    /// A new record needs a link to a record of this object.
    pub(crate) needs_link_to: Option<String>,
    /// The field of [`Origin::Id`], if the vendor has one.
    id_field: Option<Arc<str>>,
    records: BTreeMap<RecordNumber, Arc<Record>>,
    holders: HashMap<Arc<str>, HashMap<String, RecordNumber>>,
    /// Live records by the values of indexed fields.
    sharers: HashMap<Arc<str>, HashMap<String, BTreeSet<RecordNumber>>>,
    /// Live records, oldest change first.
    by_change: BTreeSet<(Timestamp, RecordNumber)>,
    /// Where the records went that were merged away.
    merged: HashMap<RecordNumber, RecordNumber>,
    pub(super) index: SearchIndex,
}

impl Table {
    /// An object without records.
    pub(crate) fn new(object: &str, label: &str, fields: impl IntoIterator<Item = Field>) -> Self {
        let mut table = Self {
            object: object.to_owned(),
            label: label.to_owned(),
            fields: BTreeMap::new(),
            archived_fields: BTreeMap::new(),
            one_of: Vec::new(),
            needs_link_to: None,
            id_field: None,
            records: BTreeMap::new(),
            holders: HashMap::new(),
            sharers: HashMap::new(),
            by_change: BTreeSet::new(),
            merged: HashMap::new(),
            index: SearchIndex::default(),
        };
        for field in fields {
            table.put_field(field);
        }
        table
    }

    /// The name the API uses.
    pub(crate) fn object(&self) -> &str {
        &self.object
    }

    /// The name people see.
    pub(crate) fn label(&self) -> &str {
        &self.label
    }

    /// The field called `name`.
    pub(crate) fn field(&self, name: &str) -> Option<&Field> {
        self.fields.get(name)
    }

    /// Every field, by name.
    pub(crate) fn fields(&self) -> impl Iterator<Item = &Field> {
        self.fields.values()
    }

    /// Fields that were taken away, by name.
    pub(crate) fn archived_fields(&self) -> impl Iterator<Item = &Field> {
        self.archived_fields.values()
    }

    /// Adds or replaces a field. Records that already share a value of a newly unique field keep it; the
    /// youngest holds it.
    pub(crate) fn put_field(&mut self, field: Field) {
        let name = field.name.clone();
        self.archived_fields.remove(&name);
        if matches!(field.origin, Origin::Id(_)) {
            self.id_field = Some(name.clone());
        }
        if field.unique {
            let held = self
                .records
                .values()
                .filter(|record| !record.is_archived())
                .flat_map(|record| claims(&field, record).into_iter().map(|key| (key, record.number)));
            self.holders.insert(name.clone(), held.collect());
        } else {
            self.holders.remove(&name);
        }
        self.sharers.remove(&name);
        if field.indexed {
            let mut sharers: HashMap<String, BTreeSet<RecordNumber>> = HashMap::new();
            for record in self.records.values().filter(|record| !record.is_archived()) {
                if let Some(value) = record.stored(&name) {
                    sharers.entry(Field::unique_key(value)).or_default().insert(record.number);
                }
            }
            self.sharers.insert(name.clone(), sharers);
        }
        self.fields.insert(name, field);
    }

    /// Takes a field away. Its values stay in the records and come back with it.
    pub(crate) fn archive_field(&mut self, name: &str) -> Result<(), Refusal> {
        let (name, field) =
            self.fields.remove_entry(name).ok_or_else(|| Refusal::NoField(name.to_owned()))?;
        self.holders.remove(&name);
        self.sharers.remove(&name);
        self.archived_fields.insert(name, field);
        Ok(())
    }

    /// Changes a field in place.
    pub(crate) fn alter_field(
        &mut self,
        name: &str,
        change: impl FnOnce(&mut Field),
    ) -> Result<&Field, Refusal> {
        let mut field = self.fields.get(name).cloned().ok_or_else(|| Refusal::NoField(name.to_owned()))?;
        change(&mut field);
        self.put_field(field);
        self.field(name).ok_or_else(|| Refusal::NoField(name.to_owned()))
    }

    /// The record with this number, also from the bin.
    pub(crate) fn record(&self, number: RecordNumber) -> Option<&Arc<Record>> {
        self.records.get(&number)
    }

    /// Every record with a number above `after`, in order of number; from the bin, or not.
    pub(crate) fn records(
        &self,
        after: RecordNumber,
        archived: bool,
    ) -> impl DoubleEndedIterator<Item = &Arc<Record>> {
        let above = (std::ops::Bound::Excluded(after), std::ops::Bound::Unbounded);
        self.records.range(above).map(|(_, record)| record).filter(move |one| one.is_archived() == archived)
    }

    /// The live records last changed within `range`, oldest change first.
    pub(crate) fn changed(
        &self,
        range: impl RangeBounds<(Timestamp, RecordNumber)>,
    ) -> impl DoubleEndedIterator<Item = &Arc<Record>> {
        self.by_change.range(range).filter_map(|(_, number)| self.records.get(number))
    }

    /// The record's id as the vendor writes it; its number where the vendor has no other.
    pub(crate) fn id_text(&self, record: &Record) -> String {
        let id = self.id_field().and_then(|field| record.value(field));
        id.unwrap_or_else(|| record.number.to_string())
    }

    /// The number behind an id as the vendor writes it, also from the bin.
    pub(crate) fn number_of(&self, id: &str) -> Option<RecordNumber> {
        let Some(field) = self.id_field() else { return id.parse().ok() };
        self.holder(&field.name, id).or_else(|| {
            let mut binned = self.records(0, true);
            binned.find(|record| record.value(field).as_deref() == Some(id)).map(|record| record.number)
        })
    }

    fn id_field(&self) -> Option<&Field> {
        let name = self.id_field.as_ref()?;
        self.fields.get(name)
    }

    /// How many records there are, without the bin.
    pub(crate) fn count(&self) -> usize {
        self.records(0, false).count()
    }

    /// Where a merged record went, or the number itself.
    pub(crate) fn survivor(&self, number: RecordNumber) -> RecordNumber {
        let mut at = number;
        while let Some(next) = self.merged.get(&at) {
            at = *next;
        }
        at
    }

    pub(super) fn note_merge(&mut self, gone: RecordNumber, into: RecordNumber) {
        self.merged.insert(gone, into);
    }

    /// The record holding `value` of the unique field `field`.
    pub(crate) fn holder(&self, field: &str, value: &str) -> Option<RecordNumber> {
        self.holders.get(field)?.get(&Field::unique_key(value)).copied()
    }

    /// The live records that share `value` of the indexed field `field`, in order of number.
    pub(crate) fn sharers(&self, field: &str, value: &str) -> impl Iterator<Item = RecordNumber> + use<'_> {
        let found = self.sharers.get(field).and_then(|values| values.get(&Field::unique_key(value)));
        found.into_iter().flatten().copied()
    }

    /// The first unique value that `record` wants and another record has.
    pub(super) fn clash(&self, record: &Record) -> Option<Refusal> {
        self.holders.iter().find_map(|(name, held)| {
            let field = self.fields.get(name)?;
            claims(field, record).into_iter().find_map(|value| match held.get(&value) {
                Some(&holder) if holder != record.number => {
                    Some(Refusal::Taken { field: name.to_string(), value, holder })
                }
                _ => None,
            })
        })
    }

    /// Puts a version of a record in place (`None`: the record is gone) and keeps the unique values true.
    /// Answers what was there before.
    pub(super) fn replace(
        &mut self,
        number: RecordNumber,
        version: Option<Arc<Record>>,
    ) -> Option<Arc<Record>> {
        let before = match &version {
            Some(version) => self.records.insert(number, version.clone()),
            None => self.records.remove(&number),
        };
        let live = |version: &Option<Arc<Record>>| version.clone().filter(|one| !one.is_archived());
        let (was, is) = (live(&before), live(&version));
        if let Some(was) = &was {
            self.by_change.remove(&(was.changed_at, number));
        }
        if let Some(is) = &is {
            self.by_change.insert((is.changed_at, number));
        }
        for (name, values) in &mut self.sharers {
            let key = |version: &Option<Arc<Record>>| {
                version.as_ref().and_then(|one| one.stored(name)).map(Field::unique_key)
            };
            let (old, new) = (key(&was), key(&is));
            if old == new {
                continue;
            }
            if let Some(old) = old
                && let Some(numbers) = values.get_mut(&old)
            {
                numbers.remove(&number);
                if numbers.is_empty() {
                    values.remove(&old);
                }
            }
            if let Some(new) = new {
                values.entry(new).or_default().insert(number);
            }
        }
        for (name, held) in &mut self.holders {
            let Some(field) = self.fields.get(name) else { continue };
            if let Some(old) = &before {
                for key in claims(field, old) {
                    if held.get(&key) == Some(&number) {
                        held.remove(&key);
                    }
                }
            }
            if let Some(new) = version.as_ref().filter(|new| !new.is_archived()) {
                held.extend(claims(field, new).into_iter().map(|key| (key, number)));
            }
        }
        before
    }
}

/// The values of a unique field that a record claims for itself.
fn claims(field: &Field, record: &Record) -> Vec<String> {
    let own = record.value(field);
    let more = field.also_claimed_by.as_ref().and_then(|name| record.stored(name)).unwrap_or_default();
    own.as_deref()
        .into_iter()
        .chain(more.split(';'))
        .map(Field::unique_key)
        .filter(|key| !key.is_empty())
        .collect()
}
