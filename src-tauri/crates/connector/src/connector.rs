//! The trait every connector implements, and the types that cross it.

use std::collections::BTreeMap;

use async_trait::async_trait;
use leadferry_model::{
    Failure, FailureKind, Field, FieldKind, LeadId, ObjectSchema, Record, RecordId, Timestamp,
};
use serde::{Deserialize, Serialize};

use crate::{Call, Hook, HookOrder, Loads, Spec};

/// What happened to one record of a batch.
pub type Outcome = Result<Written, Failure>;

/// Who we are at the vendor, and what we may do there, in words.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Account {
    /// The vendor's id of the account. A connection refuses to go on if it changes.
    pub id: String,
    /// The account's name.
    pub name: String,
    /// Who signed in, where the vendor says.
    pub user: Option<String>,
    /// What Leadferry may do, each a short phrase such as *write contacts*.
    pub may: Vec<String>,
    /// What it may not do but would need for something the spec offers.
    pub may_not: Vec<String>,
    /// Whether it is a sandbox or test account.
    pub sandbox: bool,
    /// The person's role at the vendor only allows reading.
    pub read_only: bool,
    /// Facts the connector wants back: the engine keeps them among the connection's plain settings (the host of record pages).
    #[serde(default)]
    pub remember: BTreeMap<String, String>,
}

/// One record to create or update.
#[derive(Clone, Debug, PartialEq)]
pub struct Upsert {
    /// Our lead: the value of the Lead ID field.
    pub lead: LeadId,
    /// The record it is known to be. `None`: find by Lead ID, create if there is none.
    pub record: Option<RecordId>,
    /// Unique text for this write, for vendors that echo one. Stable over repeats of the same delivery.
    pub trace: String,
    /// Destination fields to write.
    pub fields: Record,
}

/// A record that was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The vendor's id.
    pub record: RecordId,
    /// It did not exist before.
    pub created: bool,
    /// Where a person can see it.
    pub url: Option<String>,
}

/// A record as the vendor has it now.
#[derive(Clone, Debug, PartialEq)]
pub struct RemoteRecord {
    /// The vendor's id.
    pub id: RecordId,
    /// Its fields.
    pub fields: Record,
    /// When it last changed.
    pub changed_at: Option<Timestamp>,
    /// Deleted at the vendor.
    pub deleted: bool,
    /// Where a person can see it.
    pub url: Option<String>,
    /// What it became, such as a lead that was converted: empty for nearly every record. It takes no more writes then.
    pub became: Vec<Became>,
}

/// A record that another one became.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Became {
    /// Its object.
    pub object: String,
    /// The vendor's id.
    pub record: RecordId,
    /// Where a person can see it.
    pub url: Option<String>,
}

/// The code of a refusal because a record has become another one.
pub const CONVERTED: &str = "converted";

/// A write was refused because the record has become another one. The engine [reads](Connector::read) it to learn which, and
/// writes there.
pub fn converted(words: impl Into<String>) -> Failure {
    Failure::new(FailureKind::NotFound, words).code(CONVERTED)
}

/// A key to find a record by.
#[derive(Clone, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Match {
    /// The destination field.
    pub field: String,
    /// Its value.
    pub value: String,
}

/// Records found for one key.
pub type Found = Vec<RemoteRecord>;

/// Where a change feed goes on. Opaque to everybody but its connector.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Cursor(pub String);

/// What to pull.
#[derive(Clone, Debug)]
pub struct PullRequest<'a> {
    /// The object.
    pub object: &'a str,
    /// Fields to bring.
    pub fields: &'a [String],
    /// Where to go on; `None` begins with everything there is.
    pub cursor: Option<&'a Cursor>,
}

/// One page of changes.
#[derive(Clone, Debug)]
pub struct Page {
    /// Records in the order they changed. A record may come twice; applying is idempotent.
    pub records: Vec<RemoteRecord>,
    /// Where to go on: saved after the page is applied.
    pub next: Cursor,
    /// There is more right now.
    pub more: bool,
}

/// A field to create.
#[derive(Clone, Debug)]
pub struct FieldSpec {
    /// API name.
    pub name: String,
    /// Name people see.
    pub label: String,
    /// What it holds.
    pub kind: FieldKind,
    /// Values must be unique.
    pub unique: bool,
}

/// Something done beside a record.
#[derive(Clone, Debug, PartialEq)]
pub enum Action {
    /// A note on the record's timeline.
    Note {
        /// The text.
        text: String,
        /// When it happened.
        at: Timestamp,
    },
    /// A task for a person.
    Task {
        /// What to do.
        subject: String,
        /// More about it.
        text: String,
        /// When it is due.
        due: Timestamp,
        /// Whose task it is.
        owner: Option<String>,
    },
    /// A deal with its stage.
    Deal {
        /// Its name.
        name: String,
        /// Pipeline id.
        pipeline: Option<String>,
        /// Stage id.
        stage: String,
        /// Amount as the vendor writes it.
        amount: Option<String>,
        /// Whose deal it is.
        owner: Option<String>,
    },
    /// Assigns the record to a person.
    Owner {
        /// The vendor's id of the person.
        owner: String,
    },
}

/// A stage of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// Pipeline id.
    pub pipeline: String,
    /// Pipeline name.
    pub pipeline_label: String,
    /// Stage id.
    pub stage: String,
    /// Stage name.
    pub label: String,
    /// No work is left in it.
    pub closed: bool,
}

/// Names for the choices an [`Action`] takes.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Actions {
    /// People a record can be assigned to: id and name.
    pub owners: Vec<(String, String)>,
    /// Stages of all pipelines, in order.
    pub stages: Vec<Stage>,
}

/// An outside system. Methods beyond the first four belong to a [`Capability`](crate::Capability); the engine asks the spec first,
/// and a connector that does not offer one keeps the default, which says so.
#[async_trait]
pub trait Connector: Send + Sync {
    /// Its facts. No IO.
    fn spec(&self) -> &'static Spec;

    /// One cheap call: who are we, what may we do.
    async fn check(&self, call: &Call<'_>) -> Result<Account, Failure>;

    /// All fields of `object`.
    async fn describe(&self, call: &Call<'_>, object: &str) -> Result<ObjectSchema, Failure>;

    /// Writes a batch of at most [`ObjectSpec::batch`](crate::ObjectSpec::batch) records. One outcome per record, in the order given. A failure
    /// of the whole call is every record's outcome.
    async fn upsert(&self, call: &Call<'_>, object: &str, batch: &[Upsert]) -> Vec<Outcome>;

    /// The way to write thousands of records at once, where the vendor has one.
    fn loads(&self) -> Option<&dyn Loads> {
        None
    }

    /// One page of changes since the cursor.
    async fn pull(&self, _call: &Call<'_>, _request: &PullRequest<'_>) -> Result<Page, Failure> {
        Err(not_offered("a change feed"))
    }

    /// The records with these ids, in order; `None` for one that is gone.
    async fn read(
        &self,
        _call: &Call<'_>,
        _object: &str,
        _ids: &[RecordId],
        _fields: &[String],
    ) -> Result<Vec<Option<RemoteRecord>>, Failure> {
        Err(not_offered("reading by id"))
    }

    /// What is found for each key, in order. Follows the vendor's live data, not a lagging index, where it offers both.
    async fn find(
        &self,
        _call: &Call<'_>,
        _object: &str,
        _keys: &[Match],
        _fields: &[String],
    ) -> Result<Vec<Found>, Failure> {
        Err(not_offered("finding records"))
    }

    /// Removes a record (test records, undo).
    async fn remove(&self, _call: &Call<'_>, _object: &str, _record: &RecordId) -> Result<(), Failure> {
        Err(not_offered("removing records"))
    }

    /// Creates a field and gives it back as described. If it exists with the same properties that is success.
    async fn create_field(
        &self,
        _call: &Call<'_>,
        _object: &str,
        _field: &FieldSpec,
    ) -> Result<Field, Failure> {
        Err(not_offered("creating fields"))
    }

    /// Does something beside a record, and gives back the id of what was made.
    async fn act(
        &self,
        _call: &Call<'_>,
        _object: &str,
        _record: &RecordId,
        _action: &Action,
    ) -> Result<RecordId, Failure> {
        Err(not_offered("this action"))
    }

    /// Owners and stages to choose from.
    async fn actions(&self, _call: &Call<'_>) -> Result<Actions, Failure> {
        Err(not_offered("owners and stages"))
    }

    /// Every webhook of the account that the sign-in may see, other programs' too. This and the next two where the spec's
    /// [`hooks`](crate::Hooks) are subscribed.
    async fn hooks(&self, _call: &Call<'_>) -> Result<Vec<Hook>, Failure> {
        Err(not_offered("webhooks"))
    }

    /// Asks to be called about an object, for as long as the vendor allows; with `renews`, goes on with the one there is.
    async fn subscribe(
        &self,
        _call: &Call<'_>,
        _order: &HookOrder<'_>,
        _renews: Option<&Hook>,
    ) -> Result<Hook, Failure> {
        Err(not_offered("webhooks"))
    }

    /// Asks not to be called any more. One that is gone already is success.
    async fn unsubscribe(&self, _call: &Call<'_>, _hook: &Hook) -> Result<(), Failure> {
        Err(not_offered("webhooks"))
    }

    /// The exact write requests `upsert` would send for this batch, secrets masked, for the test screen. Sends nothing.
    fn preview(&self, call: &Call<'_>, object: &str, batch: &[Upsert]) -> Vec<crate::RequestPreview>;
}

fn not_offered(what: &str) -> Failure {
    Failure::new(FailureKind::Unexpected, format!("this connector does not offer {what}"))
}
