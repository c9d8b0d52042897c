//! Owners, and the pipelines deals move through.

use serde::{Deserialize, Serialize};

/// Somebody records can belong to.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Owner {
    /// The id records name.
    pub id: String,
    /// The id of the user behind it.
    pub user_id: u64,
    /// Their address.
    pub email: String,
    /// Given name.
    pub first_name: String,
    /// Family name.
    pub last_name: String,
    /// Whether they have left.
    #[serde(default)]
    pub archived: bool,
}

/// A pipeline of an object.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pipeline {
    /// The id records name.
    pub id: String,
    /// The name people see.
    pub label: String,
    /// Its stages, in order.
    pub stages: Vec<Stage>,
}

/// A stage of a pipeline.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stage {
    /// The id records name.
    pub id: String,
    /// The name people see.
    pub label: String,
    /// How likely a deal here is won, such as `0.4`.
    pub probability: String,
    /// Whether nothing comes after it.
    pub closed: bool,
}
