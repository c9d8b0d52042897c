//! Where leads come from: files, receivers, typed leads.

use leadferry_model::FieldKind;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::Pair;

/// Reads the beginning of a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PreviewFile {
    /// Its path on this computer.
    pub path: String,
    /// What the person chose instead of the guess.
    pub options: FileOptions,
}

/// How a file is read where the guess is wrong.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct FileOptions {
    /// Encoding label, such as `utf-8` or `windows-1252`.
    pub encoding: Option<String>,
    /// One character.
    pub delimiter: Option<String>,
    /// Whether the first row holds column names; without a choice it must look as if it did.
    #[ts(optional = nullable)]
    pub header: Option<bool>,
}

/// The beginning of a file as it would be read.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FilePreview {
    /// The file's name.
    pub name: String,
    /// Encoding found or chosen.
    pub encoding: String,
    /// Encodings to choose from.
    pub encodings: Vec<String>,
    /// Delimiter found or chosen.
    pub delimiter: String,
    /// The first row is taken as column names.
    pub has_header: bool,
    /// Columns.
    pub columns: Vec<ColumnView>,
    /// First rows.
    pub rows: Vec<Vec<String>>,
    /// Rows in the file, counted or estimated.
    pub row_count: u32,
    /// The count is exact.
    pub exact: bool,
    /// What to know, in words.
    pub warnings: Vec<String>,
}

/// One column of a file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ColumnView {
    /// Its header.
    pub name: String,
    /// What it seems to hold.
    pub kind: FieldKind,
    /// Some values.
    pub samples: Vec<String>,
    /// Share of rows with a value, 0 to 1.
    pub filled: f64,
}

/// Brings a file's rows in.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportFile {
    /// Its path.
    pub path: String,
    /// How to read it.
    pub options: FileOptions,
    /// The file source; none makes one named after the file.
    pub source: Option<String>,
    /// Only the first so many rows: the first run's cap.
    pub first: Option<u32>,
}

/// What an import did so far.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportProgress {
    /// The import.
    pub import: String,
    /// The source.
    pub source: String,
    /// Rows read.
    pub rows: u32,
    /// People new to Leadferry.
    pub new: u32,
    /// Rows of people known before.
    pub merged: u32,
    /// Rows taken before.
    pub repeated: u32,
    /// Rows that could not be read.
    pub broken: u32,
    /// All rows are in.
    pub done: bool,
    /// Why it stopped early.
    pub problem: Option<String>,
}

/// A receiver for webhooks.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReceiverView {
    /// Its connection.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The address on this computer.
    pub local_url: String,
    /// The public address, if a tunnel is set.
    pub public_url: Option<String>,
    /// How senders prove themselves.
    pub auth: String,
    /// When something last arrived.
    pub last_at: Option<String>,
    /// Leads received.
    pub received: u32,
    /// What was turned away lately.
    pub refusals: Vec<RefusalView>,
    /// The secret, shown once when it is made.
    pub secret: Option<String>,
}

/// Something a receiver turned away.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RefusalView {
    /// When.
    pub at: String,
    /// Why, in words.
    pub reason: String,
}

/// Makes a receiver.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct NewReceiver {
    /// Its name.
    pub name: String,
    /// One of the names `receiver_kinds` gives.
    pub auth: String,
    /// The secret, where the sender made it; else one is made.
    pub secret: Option<String>,
    /// Further options, such as the header's name.
    pub options: Vec<Pair>,
}

/// A way senders prove themselves.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ReceiverKind {
    /// Stable word.
    pub id: String,
    /// Name.
    pub label: String,
    /// One line.
    pub help: String,
    /// The person gives the secret, since the sender made it.
    pub secret_given: bool,
    /// Options to ask for.
    pub options: Vec<String>,
}

/// Adds one lead by hand, or a test lead.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct AddLead {
    /// The source.
    pub source: String,
    /// Its values.
    pub fields: Vec<Pair>,
}
