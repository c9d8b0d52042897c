//! What the matrix found, as a table for people and as one line for programs.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

/// The figures of a run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Figures {
    /// Data folders that were begun.
    pub rounds: u64,
    /// Kills by the moment they came at.
    pub kills: BTreeMap<String, u64>,
    /// Captures that were answered *accepted*.
    pub captures: u64,
    /// Persons among them.
    pub leads_in: u64,
    /// Contacts at the CRMs.
    pub leads_at_crm: u64,
    /// Persons who are missing there, or there with other content than accepted.
    pub lost: u64,
    /// Contacts too many.
    pub duplicated: u64,
    /// Persons whose messages arrived in another order.
    pub out_of_order: u64,
    /// In words, for whoever looks into it.
    pub findings: Vec<String>,
}

impl Figures {
    /// Kills in all.
    pub fn total(&self) -> u64 {
        self.kills.values().sum()
    }

    /// Nothing lost, nothing twice, nobody overtaken.
    pub fn is_clean(&self) -> bool {
        self.lost + self.duplicated + self.out_of_order == 0 && self.findings.is_empty()
    }

    pub(super) fn kill(&mut self, moment: impl fmt::Display) {
        *self.kills.entry(moment.to_string()).or_default() += 1;
    }

    /// One line, in the shape that the other proofs print too.
    pub fn json(&self) -> Value {
        json!({
            "seeds": self.rounds, "virtual_days": 0, "faults": self.kills, "kills": self.total(),
            "captures": self.captures, "leads_in": self.leads_in, "leads_at_crm": self.leads_at_crm,
            "lost": self.lost, "duplicated": self.duplicated, "out_of_order": self.out_of_order,
        })
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut line = |name: &str, value: u64| writeln!(f, "{name:<44}{value:>10}");
        for (moment, count) in &self.kills {
            line(moment, *count)?;
        }
        line("kills", self.total())?;
        line("data folders", self.rounds)?;
        line("captures accepted", self.captures)?;
        line("leads in", self.leads_in)?;
        line("leads at the CRM", self.leads_at_crm)?;
        line("lost", self.lost)?;
        line("duplicated", self.duplicated)?;
        line("out of order", self.out_of_order)?;
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        Ok(())
    }
}
