//! The mapping editor and the test screen.

use leadferry_mapping::{Mapping, Problem, SourceField, Suggestion};
use leadferry_model::ObjectSchema;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Excluded, Pair};

/// Everything the mapping editor shows.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MappingView {
    /// The sync.
    pub sync: String,
    /// Its name.
    pub name: String,
    /// The destination's name.
    pub destination: String,
    /// The mapping being edited.
    pub draft: Mapping,
    /// The version that is sent.
    pub live_version: Option<u32>,
    /// The draft differs from what is sent.
    pub changed: bool,
    /// The destination's real fields.
    pub schema: ObjectSchema,
    /// When they were read.
    pub schema_read_at: String,
    /// Source fields with samples.
    pub source_fields: Vec<SourceField>,
    /// Samples there are to step through.
    pub sample_count: u32,
    /// Fields of the mapping the destination no longer has.
    pub drift: Vec<String>,
    /// Templates to begin from.
    pub templates: Vec<TemplateView>,
}

/// A template for mappings.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TemplateView {
    /// Stable word.
    pub id: String,
    /// Its name.
    pub name: String,
    /// One line.
    pub help: String,
}

/// Checks a mapping while it is edited; nothing is kept.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct CheckMapping {
    /// The sync.
    pub sync: String,
    /// The mapping as it stands on screen.
    pub mapping: Mapping,
    /// Which sample lead to show values of, from 0.
    pub sample: u32,
}

/// What the check found.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MappingCheck {
    /// Problems, the ones that stop leads first.
    pub problems: Vec<Problem>,
    /// Suggestions for fields without a rule.
    pub suggestions: Vec<Suggestion>,
    /// The sample's value for each mapped destination field.
    pub values: Vec<SampleValue>,
    /// The sample's source values.
    pub source_values: Vec<Pair>,
    /// Which fields each source field may fill; those not listed are possible as they are.
    pub impossible: Vec<Impossible>,
}

/// The value a destination field would get.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SampleValue {
    /// Destination field.
    pub target: String,
    /// The value as text; none when nothing would be sent.
    pub value: Option<String>,
    /// Why not, or what to know.
    pub warning: Option<String>,
}

/// A pair that cannot be mapped as it is.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Impossible {
    /// Source field.
    pub source: String,
    /// Destination field.
    pub target: String,
    /// Why, in words.
    pub why: String,
    /// The steps that would make it possible, where there are some.
    pub with: Option<Vec<leadferry_mapping::Transform>>,
}

/// Keeps the draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SaveMapping {
    /// The sync.
    pub sync: String,
    /// The mapping.
    pub mapping: Mapping,
}

/// What publishing would change, in words.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MappingDiff {
    /// One sentence a change.
    pub changes: Vec<String>,
    /// Failed leads that would be tried again.
    pub releases: u32,
}

/// A published version.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct MappingVersion {
    /// Its number.
    pub version: u32,
    /// When it was published; none for the draft.
    pub published_at: Option<String>,
    /// What changed, in words.
    pub note: String,
    /// It is what is sent now.
    pub live: bool,
}

/// Brings a version back as the draft.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RestoreMapping {
    /// The sync.
    pub sync: String,
    /// The version.
    pub version: u32,
}

/// Fills the draft from a template.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct UseTemplate {
    /// The sync.
    pub sync: String,
    /// The template.
    pub template: String,
}

/// Both sides of a picklist.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PicklistView {
    /// Values of the source field among real leads, with counts.
    pub values: Vec<Excluded>,
    /// Leads looked at.
    pub leads: u32,
}

/// Asks for the values of a source field.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PicklistOf {
    /// The sync.
    pub sync: String,
    /// Source field.
    pub field: String,
}

/// A function of the formula mode, for its help.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FunctionView {
    /// Its name.
    pub name: String,
    /// How it is called.
    pub signature: String,
    /// One line.
    pub help: String,
    /// An example.
    pub example: String,
    /// What the example gives.
    pub gives: String,
}

/// Which lead to test with.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Sample {
    /// A lead made up from the source fields.
    MadeUp,
    /// A recent lead, from 0.
    Recent {
        /// Which.
        index: u32,
    },
    /// A lead by its id.
    Lead {
        /// The lead.
        id: String,
    },
    /// The last lead that failed.
    LastFailed,
    /// Typed values.
    Typed {
        /// Source fields and values.
        fields: Vec<Pair>,
    },
}

/// Tests the draft with a sample. Nothing is written outside.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TestMapping {
    /// The sync.
    pub sync: String,
    /// The lead.
    pub sample: Sample,
}

/// What would happen to a sample.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TestResult {
    /// In one sentence.
    pub words: String,
    /// `create`, `update`, `unchanged` or `refused`.
    pub effect: String,
    /// The record it was matched to.
    pub record_url: Option<String>,
    /// The sample's own values.
    pub source: Vec<Pair>,
    /// Field by field.
    pub fields: Vec<TestField>,
    /// Everything to know.
    pub warnings: Vec<String>,
    /// The exact requests, secrets hidden.
    pub requests: Vec<RequestView>,
}

/// One destination field of a test.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TestField {
    /// Destination field.
    pub target: String,
    /// The name people see.
    pub label: String,
    /// Where the value comes from, in words.
    pub source: String,
    /// The value after each step.
    pub steps: Vec<Pair>,
    /// What the CRM has now, where it was read.
    pub now: Option<String>,
    /// What it would have.
    pub would_become: Option<String>,
    /// `add`, `change`, `same`, `keep` (an overwrite rule keeps the CRM's value) or `none`.
    pub change: String,
    /// What to know about it.
    pub note: Option<String>,
}

/// One request, secrets hidden.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RequestView {
    /// Method.
    pub method: String,
    /// Address.
    pub url: String,
    /// Headers.
    pub headers: Vec<Pair>,
    /// Body.
    pub body: String,
    /// The same as a command to paste.
    pub curl: String,
}

/// A real test record.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TestRecord {
    /// The sync.
    pub sync: String,
    /// The record's id.
    pub record: String,
    /// Where to see it.
    pub url: Option<String>,
    /// It can be removed again by us.
    pub removable: bool,
}
