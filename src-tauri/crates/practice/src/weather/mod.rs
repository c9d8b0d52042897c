//! Weather: what goes wrong between a client and its CRM, switched on and off while the practice CRM runs.
//!
//! A [`Weather`] is plain data (also as JSON at `/_practice/weather`): a list of [`Spell`]s, each a [`Fault`] with
//! [`When`] it strikes and which calls it strikes ([`On`]), and a few settings. Nothing here sleeps or reads a clock:
//! periods are counted on the injected clock, chance comes from the seeded source.

mod sky;

use serde::{Deserialize, Serialize};

pub(crate) use sky::{Sky, Today};

/// Everything that may go wrong now.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Weather {
    /// Faults that strike calls.
    pub spells: Vec<Spell>,
    /// How far the search index is behind.
    pub search_lag_seconds: u32,
    /// Instead of the vendor's limit per window.
    pub burst_limit: Option<u32>,
    /// Instead of the vendor's limit per day.
    pub daily_limit: Option<u32>,
    /// Values that are refused though the field's rules allow them.
    pub refused_values: Vec<RefusedValue>,
    /// Results of a batch do not say which row they answer, where the vendor does not promise that they do.
    pub anonymous_results: bool,
    /// Whether each refresh answers with a new refresh token and ends the old one.
    pub rotate_refresh_tokens: bool,
}

impl Weather {
    /// Fair weather but for one fault at every call.
    pub fn always(fault: Fault) -> Self {
        Self { spells: vec![Spell { fault, when: When::Always, on: On::All }], ..Self::default() }
    }

    /// Fair weather but for one fault at the next `calls` calls.
    pub fn next(calls: u32, fault: Fault) -> Self {
        Self {
            spells: vec![Spell { fault, when: When::NextCalls { calls }, on: On::All }],
            ..Self::default()
        }
    }

    /// Every passing fault by chance, each with `probability` per call; the rest is fair.
    pub fn random(probability: f64) -> Self {
        let passing = [
            Fault::RateLimited { retry_after_seconds: None, daily: false },
            Fault::RateLimited { retry_after_seconds: Some(3), daily: false },
            Fault::Outage { status: 502 },
            Fault::Outage { status: 503 },
            Fault::NoAnswer,
            Fault::Slow { millis: 1500 },
            Fault::ExpiredToken,
            Fault::AnswerLost,
            Fault::MalformedBody,
            Fault::Locked,
            Fault::RowsRefused { every: 7, passing: true },
        ];
        let spell = |fault| Spell { fault, when: When::Chance { probability }, on: On::All };
        Self { spells: passing.into_iter().map(spell).collect(), ..Self::default() }
    }
}

/// A fault, when it strikes, and whom.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spell {
    /// What goes wrong.
    pub fault: Fault,
    /// When.
    #[serde(default)]
    pub when: When,
    /// At which calls.
    #[serde(default)]
    pub on: On,
}

/// What goes wrong at a call.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Fault {
    /// Too many calls, says the vendor.
    RateLimited {
        /// Seconds for a `Retry-After` header; none without.
        #[serde(default)]
        retry_after_seconds: Option<u32>,
        /// The daily limit instead of the short one.
        #[serde(default)]
        daily: bool,
    },
    /// The vendor's front door answers with this status (502, 503, 504, …) and nothing is done.
    Outage {
        /// The status.
        status: u16,
    },
    /// The connection breaks before anything is done, as when nobody listens.
    NoAnswer,
    /// The answer takes long. Served over a socket it really does; in process the delay is only said
    /// ([`crate::Delay`]).
    Slow {
        /// How long.
        millis: u64,
    },
    /// The access token used in the call ends now.
    ExpiredToken,
    /// The user took the app's rights back.
    RevokedGrant,
    /// What was asked is done, then the connection breaks before the answer (see [`crate::AnswerLost`]).
    AnswerLost,
    /// What was asked is done, but the answer's body is cut off.
    MalformedBody,
    /// The record is locked by another change.
    Locked,
    /// The account is moving between data centres.
    Migrating {
        /// Seconds for the `Retry-After` header.
        retry_after_seconds: u32,
    },
    /// Every so many rows of a batch fail, the first one included. Where a vendor has no batches, every so many writing calls.
    RowsRefused {
        /// 1 refuses every row, 2 every second one, …
        every: u32,
        /// Whether the row's error is one that passes (the vendor's own trouble) or one that stays.
        #[serde(default)]
        passing: bool,
    },
    /// Batches are refused as a whole, without a word on which row.
    WholeBatch {
        /// The status, 400 or 409.
        status: u16,
        /// Refuse every batch with more rows than this; without it, only batches in which a row is bad.
        #[serde(default)]
        above_rows: Option<usize>,
    },
}

/// When a fault strikes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum When {
    /// At every call.
    #[default]
    Always,
    /// At the next calls.
    NextCalls {
        /// How many.
        calls: u32,
    },
    /// After some calls went well, at the ones that follow.
    After {
        /// How many go well.
        skip: u32,
        /// How many then fail.
        calls: u32,
    },
    /// For a period of clock time since the weather was set.
    ForSeconds {
        /// How long.
        seconds: u32,
    },
    /// By chance.
    Chance {
        /// From 0 to 1.
        probability: f64,
    },
}

/// Which calls a fault strikes. Pages for people (consent) are never struck.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum On {
    /// All of them, the token endpoint too.
    #[default]
    All,
    /// Calls that change records.
    Writes,
    /// Calls that read.
    Reads,
    /// Calls whose path contains this text.
    Path(String),
}

/// A value that is refused.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RefusedValue {
    /// The field.
    pub field: String,
    /// The value; none refuses every value of the field.
    #[serde(default)]
    pub value: Option<String>,
    /// The vendor's code for it.
    pub code: String,
    /// The vendor's sentence.
    pub message: String,
}
