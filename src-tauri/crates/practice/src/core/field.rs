//! A field of an object, as the account defines it.

use std::sync::Arc;

use jiff::Timestamp;
use leadferry_model::{FieldKind, FieldOption};

use super::{Record, RecordNumber};

/// Where a field's value comes from.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) enum Origin {
    /// It was written.
    #[default]
    Stored,
    /// It is the record's number.
    Number,
    /// It is the record's id as the vendor writes it: made from the number, or the one it was loaded with.
    Id(fn(RecordNumber) -> String),
    /// It is the moment of creation.
    CreatedAt,
    /// It is the moment of the last change.
    ChangedAt,
    /// The vendor computes it from the record.
    Computed(fn(&Record) -> Option<String>),
}

/// A field. The flags are the account's; `kind` decides which values are taken.
#[derive(Clone, Debug)]
pub(crate) struct Field {
    /// The name the API uses.
    pub(crate) name: Arc<str>,
    /// The name people see.
    pub(crate) label: String,
    /// What it holds.
    pub(crate) kind: FieldKind,
    /// How the vendor's screen shows it, in the vendor's word. The core never reads it.
    pub(crate) form: String,
    /// The vendor's group of fields.
    pub(crate) group: String,
    /// The explanation people see.
    pub(crate) help: String,
    /// Allowed values of a choice, in order.
    pub(crate) options: Vec<FieldOption>,
    /// A record cannot be created without it.
    pub(crate) required: bool,
    /// Records can be found by it fast though they may share a value.
    pub(crate) indexed: bool,
    /// No two records share a value (compared without regard to case).
    pub(crate) unique: bool,
    /// Another field holding further values, joined by `;`, that count for uniqueness too.
    pub(crate) also_claimed_by: Option<Arc<str>>,
    /// The API may not write it.
    pub(crate) read_only: bool,
    /// Made by the account, not by the vendor.
    pub(crate) custom: bool,
    /// Not shown to people.
    pub(crate) hidden: bool,
    /// A choice that takes values beyond its options.
    pub(crate) open: bool,
    /// A choice that only moves towards later options until it is cleared.
    pub(crate) forward_only: bool,
    /// The object its values are records of, by number (several joined by `;`).
    pub(crate) refers_to: Option<Arc<str>>,
    /// Longest text, in characters.
    pub(crate) max_length: Option<u32>,
    /// Where its value comes from.
    pub(crate) origin: Origin,
    /// When it was made; `None` for the vendor's own.
    pub(crate) created_at: Option<Timestamp>,
}

impl Field {
    /// A writable text-like field without rules of its own; struct update fills in the rest.
    pub(crate) fn new(name: &str, label: &str, kind: FieldKind) -> Self {
        Self {
            name: name.into(),
            label: label.to_owned(),
            kind,
            form: String::new(),
            group: String::new(),
            help: String::new(),
            options: Vec::new(),
            required: false,
            indexed: false,
            unique: false,
            also_claimed_by: None,
            read_only: false,
            custom: false,
            hidden: false,
            open: false,
            forward_only: false,
            refers_to: None,
            max_length: None,
            origin: Origin::Stored,
            created_at: None,
        }
    }

    /// Whether values are made by the vendor and can never be written.
    pub(crate) fn is_computed(&self) -> bool {
        !matches!(self.origin, Origin::Stored)
    }

    /// The place of `value` among the options.
    pub(crate) fn option_place(&self, value: &str) -> Option<usize> {
        self.options.iter().position(|option| option.value == value)
    }

    /// The spelling of `value` under which uniqueness is kept.
    pub(crate) fn unique_key(value: &str) -> String {
        value.trim().to_lowercase()
    }
}
