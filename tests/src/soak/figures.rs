//! What a soak found, as a table for people and as one line for programs.

use std::collections::BTreeMap;
use std::fmt;

use serde_json::{Value, json};

use super::measure::Measures;
use crate::daemon::{Crm, Guests};

/// The figures of a soak.
#[derive(Clone, Debug, Default)]
pub struct Figures {
    /// How long leads came.
    pub minutes: u64,
    /// Leads a second that were accepted, over all of it.
    pub load: f64,
    /// What went wrong at the CRM and was survived.
    pub faults: BTreeMap<String, u64>,
    /// Captures that were answered *accepted*.
    pub captures: u64,
    /// Persons among them.
    pub leads_in: u64,
    /// Contacts at the CRM.
    pub leads_at_crm: u64,
    /// Persons who are missing there, or there with other content.
    pub lost: u64,
    /// Contacts too many.
    pub duplicated: u64,
    /// Persons whose messages arrived in another order.
    pub out_of_order: u64,
    /// Memory, and what it grows by a minute, in MB.
    pub memory: (Option<f64>, Option<f64>),
    /// Files of the data folder, and what they grow by a minute, in MB.
    pub files: (Option<f64>, Option<f64>),
    /// Open handles in the end, and the most there were.
    pub handles: Option<(u64, u64)>,
    /// In words, for whoever looks into it.
    pub findings: Vec<String>,
}

impl Figures {
    /// Nothing lost, nothing twice, nobody overtaken, and it ended well.
    pub fn is_clean(&self) -> bool {
        self.lost + self.duplicated + self.out_of_order == 0 && self.findings.is_empty()
    }

    pub(super) fn of(&mut self, guests: &Guests, crm: &Crm, measures: &Measures) {
        self.captures = guests.count() as u64;
        self.leads_in = guests.expected().len() as u64;
        self.leads_at_crm = crm.contacts().len() as u64;
        self.faults = crm.troubles();
        self.memory = (measures.memory(), measures.memory_slope());
        self.files = (measures.files(), measures.files_slope());
        self.handles = measures.handles();
    }

    pub(super) fn finding(&mut self, found: Option<String>) {
        self.findings.extend(found);
    }

    /// One line, in the shape that the other proofs print too.
    pub fn json(&self) -> Value {
        json!({
            "seeds": 1, "virtual_days": 0, "faults": self.faults, "kills": 0, "captures": self.captures,
            "leads_in": self.leads_in, "leads_at_crm": self.leads_at_crm, "lost": self.lost,
            "duplicated": self.duplicated, "out_of_order": self.out_of_order, "leads_a_second": self.load,
            "memory_mb": self.memory.0, "memory_mb_a_minute": self.memory.1, "files_mb": self.files.0,
            "files_mb_a_minute": self.files.1, "handles": self.handles.map(|(now, _)| now),
        })
    }
}

impl fmt::Display for Figures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let megabytes =
            |value: Option<f64>| value.map_or_else(|| "not measured".to_owned(), |mb| format!("{mb:.2} MB"));
        let mut line = |name: &str, value: String| writeln!(f, "{name:<44}{value:>14}");
        line("minutes", self.minutes.to_string())?;
        line("leads a second", format!("{:.1}", self.load))?;
        for (fault, count) in &self.faults {
            line(fault, count.to_string())?;
        }
        line("captures accepted", self.captures.to_string())?;
        line("leads in", self.leads_in.to_string())?;
        line("leads at the CRM", self.leads_at_crm.to_string())?;
        line("lost", self.lost.to_string())?;
        line("duplicated", self.duplicated.to_string())?;
        line("out of order", self.out_of_order.to_string())?;
        line("memory", megabytes(self.memory.0))?;
        line("memory grows a minute by", megabytes(self.memory.1))?;
        line("data folder", megabytes(self.files.0))?;
        line("data folder grows a minute by", megabytes(self.files.1))?;
        let handles = self
            .handles
            .map_or_else(|| "not measured".to_owned(), |(now, most)| format!("{now}, at most {most}"));
        line("open handles", handles)?;
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
        }
        Ok(())
    }
}
