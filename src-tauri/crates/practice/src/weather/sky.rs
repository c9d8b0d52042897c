//! Which faults strike a given call.

use jiff::{SignedDuration, Timestamp};
use rand::RngExt;
use rand::rngs::StdRng;

use super::{Fault, On, RefusedValue, Weather, When};
use crate::core::{FieldProblem, Problem, Values};
use crate::dialect::{CallKind, Endpoint};

/// The weather with what has become of it so far.
#[derive(Debug)]
pub(crate) struct Sky {
    weather: Weather,
    since: Timestamp,
    struck: Vec<u32>,
    /// How many writing calls each spell has met.
    writes: Vec<usize>,
}

/// What strikes the present call.
#[derive(Clone, Debug, Default)]
pub(crate) struct Today {
    pub(crate) faults: Vec<Fault>,
    pub(crate) refused_values: Vec<RefusedValue>,
    /// The place of this call among the writing calls that a spell of refused rows has met.
    place: usize,
}

impl Sky {
    pub(crate) fn new(weather: Weather, now: Timestamp) -> Self {
        let spells = weather.spells.len();
        Self { weather, since: now, struck: vec![0; spells], writes: vec![0; spells] }
    }

    pub(crate) fn weather(&self) -> &Weather {
        &self.weather
    }

    pub(crate) fn search_lag(&self) -> SignedDuration {
        SignedDuration::from_secs(i64::from(self.weather.search_lag_seconds))
    }

    /// Decides about one call. To be asked once per call: calls are counted and chance is drawn.
    pub(crate) fn strike(
        &mut self,
        path: &str,
        endpoint: &Endpoint,
        now: Timestamp,
        random: &mut StdRng,
    ) -> Today {
        let mut faults = Vec::new();
        let mut place = 0;
        let spells = self.weather.spells.iter().zip(&mut self.struck).zip(&mut self.writes);
        for ((spell, calls_so_far), writes_so_far) in spells {
            if !concerns(&spell.on, path, endpoint.kind) {
                continue;
            }
            *calls_so_far += 1;
            let strikes = match spell.when {
                When::Always => true,
                When::NextCalls { calls } => *calls_so_far <= calls,
                When::After { skip, calls } => *calls_so_far > skip && *calls_so_far - skip <= calls,
                When::ForSeconds { seconds } => {
                    now < self.since + SignedDuration::from_secs(i64::from(seconds))
                }
                When::Chance { probability } => random.random_bool(probability.clamp(0.0, 1.0)),
            };
            if strikes {
                faults.push(spell.fault.clone());
            }
            if endpoint.kind == CallKind::Write && matches!(spell.fault, Fault::RowsRefused { .. }) {
                place = *writes_so_far;
                *writes_so_far += 1;
            }
        }
        Today { faults, refused_values: self.weather.refused_values.clone(), place }
    }
}

fn concerns(on: &On, path: &str, kind: CallKind) -> bool {
    match (on, kind) {
        (_, CallKind::Page) => false,
        (On::All, _) | (On::Writes, CallKind::Write) | (On::Reads, CallKind::Read) => true,
        (On::Path(part), _) => path.contains(part.as_str()),
        (On::Writes | On::Reads, _) => false,
    }
}

impl Today {
    pub(crate) fn has(&self, fits: impl Fn(&Fault) -> bool) -> bool {
        self.faults.iter().any(fits)
    }

    /// How long the answer takes.
    pub(crate) fn delay_millis(&self) -> u64 {
        self.faults.iter().map(|fault| if let Fault::Slow { millis } = fault { *millis } else { 0 }).sum()
    }

    /// The fault that answers instead of the CRM.
    pub(crate) fn instead(&self) -> Option<&Fault> {
        self.faults.iter().find(|fault| {
            matches!(
                fault,
                Fault::RateLimited { .. } | Fault::Outage { .. } | Fault::Locked | Fault::Migrating { .. }
            )
        })
    }

    /// Whether row `place` of a batch is struck, and whether its trouble passes.
    pub(crate) fn row_refused(&self, place: usize) -> Option<bool> {
        self.faults.iter().find_map(|fault| match fault {
            Fault::RowsRefused { every, passing } if place.is_multiple_of((*every).max(1) as usize) => {
                Some(*passing)
            }
            _ => None,
        })
    }

    /// Whether a call that is a row by itself is struck, and whether its trouble passes: where a vendor has no batches,
    /// the writing calls since the weather was set are the rows.
    pub(crate) fn call_refused(&self) -> Option<bool> {
        self.row_refused(self.place)
    }

    /// How whole batches are refused.
    pub(crate) fn whole_batch(&self) -> Option<(u16, Option<usize>)> {
        self.faults.iter().find_map(|fault| match fault {
            Fault::WholeBatch { status, above_rows } => Some((*status, *above_rows)),
            _ => None,
        })
    }

    /// The values the weather refuses.
    pub(crate) fn refused(&self, values: &Values) -> Vec<FieldProblem> {
        let problem = |rule: &RefusedValue| {
            let value = values.get(&rule.field)?;
            rule.value.as_ref().is_none_or(|refused| refused == value).then(|| FieldProblem {
                field: rule.field.clone(),
                value: value.clone(),
                problem: Problem::Weather { code: rule.code.clone(), message: rule.message.clone() },
            })
        };
        self.refused_values.iter().filter_map(problem).collect()
    }
}
