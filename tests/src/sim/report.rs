//! Figures of one seed and of many, and the table they make.

use std::collections::BTreeMap;
use std::fmt;

use jiff::SignedDuration;
use serde_json::{Value, json};

use super::checks::Broken;
use super::evidence::Evidence;
use super::house::House;
use super::world::lock;

/// What there was to count.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    /// Seeds.
    pub seeds: u64,
    /// Virtual time.
    pub time: SignedDuration,
    /// Processes that died.
    pub kills: u64,
    /// Things a source or a person did, faults aside.
    pub events: u64,
    /// Faults that struck, by kind.
    pub faults: BTreeMap<&'static str, u64>,
    /// Captures that were accepted.
    pub captures: u64,
    /// People they were of, once for each destination.
    pub leads_in: u64,
    /// People who are at their destination.
    pub leads_out: u64,
    /// People or captures that are missing, or miss something they said.
    pub lost: u64,
    /// People who are somewhere twice.
    pub twice: u64,
    /// Writes that came out of order.
    pub out_of_order: u64,
    /// Everything broken, by check.
    pub broken: BTreeMap<&'static str, u64>,
}

impl Tally {
    /// Of one seed.
    pub fn of(house: &House, evidence: &Evidence, broken: &[Broken]) -> Self {
        let mut faults = lock(&house.world.faults).clone();
        for destination in &house.destinations {
            for (fault, count) in destination.faults() {
                *faults.entry(fault).or_default() += count;
            }
        }
        let mut by_check: BTreeMap<&'static str, u64> = BTreeMap::new();
        for one in broken {
            *by_check.entry(one.check).or_default() += 1;
        }
        let of = |checks: &[&str]| checks.iter().filter_map(|check| by_check.get(check)).sum();
        let people = house.plan.crowd.people.len() as u64;
        let there = |email: &String| {
            let has = |values: &super::destination::Values| {
                values.get("email").is_some_and(|held| held.eq_ignore_ascii_case(email))
            };
            house.destinations.iter().filter(|to| to.records().iter().any(has)).count() as u64
        };
        Self {
            seeds: 1,
            time: house.passed(),
            kills: house.world.kills(),
            events: house.world.trace.events(),
            faults,
            captures: evidence.leads.iter().map(|life| life.captures.len() as u64).sum(),
            leads_in: people * house.destinations.len() as u64,
            leads_out: house.plan.crowd.expected().keys().map(there).sum(),
            lost: of(&["nothing lost", "right values", "drained"]),
            twice: of(&["nothing twice"]),
            out_of_order: of(&["order of a person", "order of claims", "STOP first"]),
            broken: by_check,
        }
    }

    /// Together with `other`.
    pub fn add(&mut self, other: &Self) {
        self.seeds += other.seeds;
        self.time += other.time;
        self.kills += other.kills;
        self.events += other.events;
        self.captures += other.captures;
        self.leads_in += other.leads_in;
        self.leads_out += other.leads_out;
        self.lost += other.lost;
        self.twice += other.twice;
        self.out_of_order += other.out_of_order;
        for (name, count) in &other.faults {
            *self.faults.entry(name).or_default() += count;
        }
        for (name, count) in &other.broken {
            *self.broken.entry(name).or_default() += count;
        }
    }

    /// Whole virtual days.
    fn days(&self) -> u64 {
        (self.time.as_secs() / 86_400).unsigned_abs()
    }

    /// One line, in the shape that the other proofs print too.
    pub fn json(&self) -> Value {
        json!({
            "seeds": self.seeds, "virtual_days": self.days(), "faults": self.faults, "kills": self.kills,
            "captures": self.captures, "leads_in": self.leads_in, "leads_at_crm": self.leads_out,
            "lost": self.lost, "duplicated": self.twice, "out_of_order": self.out_of_order,
        })
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let rows = [
            ("seeds", self.seeds),
            ("virtual days", self.days()),
            ("events", self.events),
            ("processes killed", self.kills),
            ("faults", self.faults.values().sum()),
        ];
        for (name, count) in rows {
            writeln!(f, "{name:<32}{count:>12}")?;
        }
        for (name, count) in &self.faults {
            writeln!(f, "    {name:<28}{count:>12}")?;
        }
        let rows = [
            ("captures accepted", self.captures),
            ("leads in", self.leads_in),
            ("leads at the CRM", self.leads_out),
            ("lost", self.lost),
            ("duplicated", self.twice),
            ("out of order", self.out_of_order),
            ("promises broken", self.broken.values().sum()),
        ];
        for (name, count) in rows {
            writeln!(f, "{name:<32}{count:>12}")?;
        }
        for (name, count) in &self.broken {
            writeln!(f, "    {name:<28}{count:>12}")?;
        }
        Ok(())
    }
}
