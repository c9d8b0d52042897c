//! Practice CRMs of this computer.

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// A practice CRM on this computer.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PracticeView {
    /// The connector it stands for.
    pub connector: String,
    /// The dialect.
    pub dialect: String,
    /// Its name.
    pub name: String,
    /// It is running.
    pub running: bool,
    /// Its address.
    pub base_url: Option<String>,
    /// Records by object.
    pub records: Vec<PracticeCount>,
    /// The weather of now.
    pub weather: Weather,
}

/// How many records a practice CRM has.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct PracticeCount {
    /// The object.
    pub object: String,
    /// Records.
    pub count: u32,
}

/// Faults a practice CRM can show. Two are events rather than states.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, TS)]
pub struct Weather {
    /// Answers 429.
    pub rate_limited: bool,
    /// Answers 503.
    pub outage: bool,
    /// Answers late, in milliseconds.
    pub delay_ms: u32,
    /// Access tokens expire now. An event: it happens when set, and reads back as off.
    pub expired_token: bool,
    /// Access is taken away now. An event: it happens when set, and reads back as off.
    pub revoked: bool,
    /// Writes are applied and the answer is lost.
    pub lost_answers: bool,
    /// One record of each batch is refused.
    pub partial_failures: bool,
}

/// Sets a practice CRM's weather.
#[derive(Clone, Debug, Serialize, Deserialize, TS)]
pub struct SetWeather {
    /// The dialect.
    pub dialect: String,
    /// The weather.
    pub weather: Weather,
}
