//! The error desk: groups, fixes with their effect shown first, bulk actions.

use leadferry_model::DeliveryState;
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use super::{Explained, Named, PageOf, Pair, RequestView};

/// Which failures to show.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct FailureFilter {
    /// Only this sync.
    pub sync: Option<String>,
    /// Only this destination.
    pub destination: Option<String>,
    /// Only this kind of cause, such as `invalid`.
    pub cause: Option<String>,
    /// Only failures since then.
    pub since: Option<String>,
    /// In names, e-mails, phones and raw messages.
    pub text: Option<String>,
    /// Also ignored and snoozed ones.
    pub all: bool,
}

/// The error desk.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ErrorDesk {
    /// One sentence.
    pub sentence: String,
    /// Groups that wait for a person, the most leads first.
    pub needs_you: Vec<GroupView>,
    /// Groups that are tried again by themselves.
    pub retrying: Vec<GroupView>,
    /// Solved in the last 24 hours.
    pub solved: Vec<GroupView>,
    /// Snoozed or ignored by a person.
    pub set_aside: Vec<GroupView>,
}

/// Failures with one cause.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GroupView {
    /// The sync.
    pub sync: Named,
    /// Its key within the sync.
    pub key: String,
    /// The destination.
    pub destination: Named,
    /// Its connector, for the logo.
    pub connector: String,
    /// What happened, what it means, what to do.
    pub explained: Explained,
    /// Further things a person may do.
    pub more: Vec<super::FixAction>,
    /// What happens next, in words.
    pub next: String,
    /// Leads in it.
    pub leads: u32,
    /// First time.
    pub first_at: String,
    /// Last time.
    pub last_at: String,
    /// Next try, while retrying.
    pub next_try_at: Option<String>,
    /// Failures a day, last 7 days, oldest first.
    pub series: Vec<u32>,
    /// `open`, `snoozed`, `ignored` or `solved`.
    pub state: String,
    /// Until when it is snoozed.
    pub snoozed_until: Option<String>,
    /// Why a person ignores it.
    pub reason: Option<String>,
    /// It was solved before and came back.
    pub came_back: bool,
}

/// Which deliveries a bulk action is for.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "pick", rename_all = "snake_case")]
pub enum Selection {
    /// These.
    Ids {
        /// Deliveries.
        #[ts(type = "number[]")]
        ids: Vec<i64>,
    },
    /// All of one group.
    Group {
        /// The sync.
        sync: String,
        /// The group's key.
        key: String,
    },
    /// All that match.
    Filter {
        /// The filter.
        filter: DeliveryFilter,
    },
}

/// Which deliveries to list.
#[derive(Clone, Debug, Default, Serialize, Deserialize, TS)]
#[serde(default)]
pub struct DeliveryFilter {
    /// Only this sync.
    pub sync: Option<String>,
    /// Only this group of it.
    pub group: Option<String>,
    /// Only these states.
    pub states: Vec<DeliveryState>,
    /// Only this run.
    pub run: Option<i32>,
    /// In names, e-mails and phones.
    pub text: Option<String>,
}

/// Asks for a page of deliveries.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ListDeliveries {
    /// Which.
    pub filter: DeliveryFilter,
    /// Which part.
    pub page: PageOf,
}

/// One delivery in a list.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeliveryRow {
    /// The delivery.
    #[ts(type = "number")]
    pub id: i64,
    /// The lead.
    pub lead: String,
    /// Who it is.
    pub name: String,
    /// E-mail or phone.
    pub contact: String,
    /// Where it goes, by name.
    pub destination: String,
    /// Where it stands.
    pub state: DeliveryState,
    /// Why it failed, in short.
    pub problem: Option<String>,
    /// Attempts spent.
    pub attempts: u32,
    /// When it changed.
    pub changed_at: String,
    /// When it is due.
    pub due_at: Option<String>,
    /// Where to see it in the CRM.
    pub record_url: Option<String>,
    /// The refused value, where one field is the cause.
    pub value: Option<String>,
}

/// One delivery with its whole life.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeliveryView {
    /// The row.
    pub row: DeliveryRow,
    /// The sync.
    pub sync: Named,
    /// The destination.
    pub destination: Named,
    /// Its group, while it fails.
    pub group: Option<String>,
    /// What happened, what it means, what to do.
    pub explained: Option<Explained>,
    /// From captured to now.
    pub timeline: Vec<TimelineEntry>,
    /// What would be sent now, by destination field, with a person's edits.
    pub values: Vec<EditableValue>,
    /// Optional fields set aside.
    pub warnings: Vec<String>,
}

/// A value a person may correct.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditableValue {
    /// Destination field.
    pub target: String,
    /// The name people see.
    pub label: String,
    /// The value the mapping gives.
    pub mapped: Option<String>,
    /// What a person typed instead.
    pub edited: Option<String>,
    /// Why it is refused.
    pub problem: Option<String>,
    /// Left out by a person.
    pub left_out: bool,
}

/// One step in a delivery's life.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct TimelineEntry {
    /// When.
    pub at: String,
    /// `captured`, `matched`, `attempt`, `waited`, `synced`, `failed`, `edited`, `skipped`, `undone`.
    pub kind: String,
    /// In words.
    pub text: String,
    /// Requests and answers of an attempt, secrets hidden.
    pub exchanges: Vec<ExchangeView>,
}

/// One request and its answer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExchangeView {
    /// The request.
    pub request: RequestView,
    /// HTTP status; none when no answer came.
    pub status: Option<u16>,
    /// The answer.
    pub response: String,
    /// The vendor's id of the request.
    pub request_id: Option<String>,
    /// Milliseconds.
    pub duration_ms: u32,
}

/// A change that lets failed leads pass.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
#[serde(tag = "fix", rename_all = "snake_case")]
pub enum GroupFix {
    /// Translate values of a picklist, in the mapping.
    Translate {
        /// Destination field.
        field: String,
        /// From and to.
        table: Vec<Pair>,
    },
    /// Put this value where there is none, in the mapping.
    Default {
        /// Destination field.
        field: String,
        /// The value.
        value: String,
    },
    /// Shorten the text to what the field takes, in the mapping.
    Shorten {
        /// Destination field.
        field: String,
        /// Characters.
        limit: u32,
    },
    /// Write this value for each of these deliveries only.
    SetValue {
        /// Destination field.
        field: String,
        /// The value.
        value: String,
    },
    /// Send these deliveries without the field.
    LeaveOut {
        /// Destination field.
        field: String,
    },
    /// Read phones without a country code as of this country, in the mapping.
    Region {
        /// ISO 3166 alpha-2.
        region: String,
    },
}

/// A fix for some deliveries.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FixRequest {
    /// Which.
    pub selection: Selection,
    /// The fix.
    pub fix: GroupFix,
}

/// What a fix would do.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct FixPreview {
    /// Deliveries looked at.
    pub leads: u32,
    /// How many would pass.
    pub pass: u32,
    /// The others, by their next problem.
    pub other: Vec<super::Refusal>,
}

/// What a retry would cost.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct RetryPlan {
    /// Deliveries.
    pub leads: u32,
    /// Write calls, about.
    pub calls: u32,
    /// Seconds it takes at the destination's pace, at least.
    pub seconds_min: u32,
    /// At most.
    pub seconds_max: u32,
    /// Share of what is left of the day's quota, 0 to 1, where there is one.
    pub quota_share: Option<f64>,
}

/// What a bulk action did.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct BulkResult {
    /// Deliveries changed.
    pub count: u32,
    /// The run to watch.
    pub run: Option<i32>,
}

/// Skips deliveries.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Skip {
    /// Which.
    pub selection: Selection,
    /// Why.
    pub reason: String,
}

/// Corrects values of one delivery.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct EditDelivery {
    /// The delivery.
    #[ts(type = "number")]
    pub id: i64,
    /// Destination fields and values; an empty value takes the edit back.
    pub values: Vec<Pair>,
    /// Try it at once.
    pub retry: bool,
}

/// Asks for a group.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct GroupOf {
    /// The sync.
    pub sync: String,
    /// The group's key.
    pub key: String,
}

/// Sets a group aside, or takes it back.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetGroup {
    /// The sync.
    pub sync: String,
    /// The group's key.
    pub key: String,
    /// `open`, `snoozed` or `ignored`.
    pub state: String,
    /// Until when it is snoozed.
    pub until: Option<String>,
    /// Why.
    pub reason: Option<String>,
}

/// Asks for one delivery.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct DeliveryOf {
    /// The delivery.
    #[ts(type = "number")]
    pub id: i64,
}

/// Writes deliveries into a CSV file.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ExportDeliveries {
    /// Which.
    pub selection: Selection,
    /// The file to write.
    pub path: String,
}

/// Reads corrected values from a CSV file written by the export.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct ImportCorrections {
    /// The file.
    pub path: String,
}

/// What a file of corrections led to.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct Corrections {
    /// Deliveries corrected and tried again.
    pub count: u32,
    /// The run to watch.
    pub run: Option<i32>,
    /// Lines that could not be used, the first 500.
    pub errors: Vec<super::BrokenRowView>,
}
