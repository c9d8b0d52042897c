//! The scripted CRM's loads: handed in, started by the first look, written bit by bit from one look to the next.

use std::collections::HashMap;

use async_trait::async_trait;
use leadferry_connector::{Call, LoadSize, Loads, Outcome, Standing, Ticket, Upsert};
use leadferry_model::{Failure, FailureKind, LeadId};

use crate::crm::{Crm, OBJECT};

/// How many make a load.
pub(crate) const LEAST: usize = 10;
pub(crate) const MOST: usize = 40;

/// A load as the CRM has it.
#[derive(Debug, Default)]
pub(crate) struct Handed {
    pub(crate) rows: Vec<Upsert>,
    pub(crate) started: bool,
    pub(crate) stopped: bool,
    /// Nobody remembers it.
    pub(crate) lost: bool,
    outcomes: HashMap<LeadId, Outcome>,
}

impl Handed {
    /// Rows that were come to.
    pub(crate) fn done(&self) -> usize {
        self.outcomes.len()
    }
}

impl Crm {
    fn note(&self, call: &str) {
        self.with(|inside| inside.calls.push(call.to_owned()));
    }

    /// The rows that come next, if the load is at work.
    fn next_rows(&self, load: usize) -> Vec<Upsert> {
        self.with(|inside| {
            let pace = inside.pace.unwrap_or(usize::MAX);
            let load = &inside.loads[load];
            let at_work = load.started && !load.stopped;
            load.rows.iter().skip(load.done()).take(if at_work { pace } else { 0 }).cloned().collect()
        })
    }
}

fn place(ticket: &Ticket) -> usize {
    ticket.0.parse().unwrap()
}

#[async_trait]
impl Loads for Crm {
    fn size(&self) -> LoadSize {
        LoadSize { least: LEAST, most: MOST }
    }

    fn takes(&self, upsert: &Upsert) -> bool {
        upsert.fields.text("note").as_deref() != Some("unsayable")
    }

    async fn open(&self, _call: &Call<'_>, _object: &str, batch: &[Upsert]) -> Result<Ticket, Failure> {
        self.note(&format!("open {}", batch.len()));
        self.weather()?;
        let mut leads: Vec<&LeadId> = batch.iter().map(|upsert| &upsert.lead).collect();
        leads.sort();
        leads.dedup();
        assert_eq!(leads.len(), batch.len(), "each lead once");
        assert!((LEAST..=MOST).contains(&batch.len()), "as many as make a load: {}", batch.len());
        tokio::task::yield_now().await;
        self.with(|inside| {
            if let Some(failure) = &inside.no_loads {
                return Err(failure.clone());
            }
            inside.loads.push(Handed { rows: batch.to_vec(), ..Handed::default() });
            Ok(Ticket((inside.loads.len() - 1).to_string()))
        })
    }

    async fn look(&self, _call: &Call<'_>, _object: &str, ticket: &Ticket) -> Result<Standing, Failure> {
        self.note("look");
        self.weather()?;
        let at = place(ticket);
        tokio::task::yield_now().await;
        if self.with(|inside| inside.loads[at].lost) {
            return Err(Failure::new(FailureKind::NotFound, "there is no such load"));
        }
        if !self.with(|inside| std::mem::replace(&mut inside.loads[at].started, true)) {
            return Ok(Standing::Running { done: 0 });
        }
        for row in self.next_rows(at) {
            let outcome = self.write(OBJECT, &row);
            self.with(|inside| inside.loads[at].outcomes.insert(row.lead, outcome));
        }
        tokio::task::yield_now().await;
        Ok(self.with(|inside| {
            let load = &inside.loads[at];
            match load.stopped || load.done() == load.rows.len() {
                true => Standing::Over { outcomes: load.outcomes.clone(), others: None },
                false => Standing::Running { done: load.done() as u64 },
            }
        }))
    }

    async fn stop(&self, _call: &Call<'_>, ticket: &Ticket) -> Result<(), Failure> {
        self.note("stop");
        self.weather()?;
        // Even one that was never started.
        self.with(|inside| {
            let load = &mut inside.loads[place(ticket)];
            (load.stopped, load.started) = (true, true);
        });
        Ok(())
    }
}
