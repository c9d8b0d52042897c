//! Accepting what a source captured: the moment from which a lead is never lost.
//!
//! The same source id from the same source is one lead, however often it comes. Otherwise the person is looked up by e-mail,
//! then by phone; a known person's lead is brought up to date, an unknown one gets a lead. Each sync of the source that is
//! on or paused then gets a delivery (or its waiting one is brought up to date).

use leadferry_model::{Captured, ConnectionId, DeliveryId, Lead, LeadId, Record, RunId, SyncId, Timestamp};
use rusqlite::params;

use crate::case::enqueue::Queued;
use crate::case::said::{Keys, Said};
use crate::column::{Columns, count, micros, to_json};
use crate::table::leads;
use crate::{StoreError, Writer};

/// One capture with the keys ingest has read out of it.
#[derive(Clone, Debug)]
pub struct Acceptance<'a> {
    /// Where it came from.
    pub source: &'a ConnectionId,
    /// What came.
    pub captured: &'a Captured,
    /// Normalised e-mail address.
    pub email: Option<&'a str>,
    /// Phone number in E.164.
    pub phone: Option<&'a str>,
    /// Full name.
    pub name: Option<&'a str>,
    /// Whether it goes ahead of everything else (STOP).
    pub urgent: bool,
    /// The run it belongs to, such as a file import.
    pub run: Option<RunId>,
}

impl<'a> Acceptance<'a> {
    /// The keys, with the phone number that may be this person's.
    fn keys(&self, phone: Option<&'a str>) -> Keys<'a> {
        Keys { name: self.name, email: self.email, phone }
    }
}

/// What became of a capture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Accepted {
    /// Whose lead it is.
    pub lead: LeadId,
    /// New, merged or repeated.
    pub outcome: Outcome,
    /// The deliveries it made or joined; none when repeated, or when no sync takes this source.
    pub deliveries: Vec<DeliveryId>,
}

/// How a capture was taken in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// A person seen for the first time.
    New,
    /// A known person.
    Merged,
    /// A capture seen before. Nothing happened.
    Repeated,
}

/// Captures by outcome.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Persons seen for the first time.
    pub new: u64,
    /// Captures of known persons.
    pub merged: u64,
    /// Captures seen before.
    pub repeated: u64,
}

/// A sync that takes the source's leads.
struct Taker {
    sync: SyncId,
    destination: ConnectionId,
    object: String,
    waits: bool,
    run: Option<RunId>,
}

impl Writer<'_> {
    /// Takes in one capture.
    pub fn accept(&self, now: Timestamp, acceptance: &Acceptance<'_>) -> Result<Accepted, StoreError> {
        let takers = self.takers(acceptance.source, acceptance.run)?;
        let accepted = self.take_in(now, acceptance, &takers)?;
        let mut tally = Tally::default();
        tally.add(accepted.outcome);
        self.count_captures(acceptance.run, tally)?;
        Ok(accepted)
    }

    /// Takes in many captures of one source and run, such as a chunk of a file. The first error takes back the whole chunk.
    pub fn accept_many(&self, now: Timestamp, chunk: &[Acceptance<'_>]) -> Result<Tally, StoreError> {
        let mut tally = Tally::default();
        let Some(first) = chunk.first() else { return Ok(tally) };
        let takers = self.takers(first.source, first.run)?;
        for acceptance in chunk {
            debug_assert_eq!(
                (acceptance.source, acceptance.run),
                (first.source, first.run),
                "one source and run a chunk"
            );
            tally.add(self.take_in(now, acceptance, &takers)?.outcome);
        }
        self.count_captures(first.run, tally)?;
        Ok(tally)
    }

    fn take_in(
        &self,
        now: Timestamp,
        acceptance: &Acceptance<'_>,
        takers: &[Taker],
    ) -> Result<Accepted, StoreError> {
        let (source, captured) = (acceptance.source, acceptance.captured);
        let seen = self.one(
            "SELECT lead_id FROM captures WHERE source_id = ?1 AND source_key = ?2",
            params![source.as_str(), captured.source_id],
            |row| row.id("lead_id", LeadId::new),
        )?;
        if let Some(lead) = seen {
            return Ok(Accepted { lead, outcome: Outcome::Repeated, deliveries: Vec::new() });
        }
        let by_email = acceptance.email.map(|email| self.lead_by_email(email)).transpose()?.flatten();
        let by_phone = acceptance.phone.map(|phone| self.lead_by_phone(phone)).transpose()?.flatten();
        let (lead, outcome) = match by_email.or_else(|| by_phone.clone()) {
            Some(lead) => {
                // A phone that belongs to somebody else stays theirs: as a key of this lead it would match the wrong person.
                let phone = acceptance.phone.filter(|_| by_phone.as_ref().is_none_or(|other| *other == lead));
                self.merge(now, &lead, acceptance, phone)?;
                (lead, Outcome::Merged)
            }
            None => (self.add_lead(now, acceptance)?, Outcome::New),
        };
        for (kind, value) in [("email", acceptance.email), ("phone", acceptance.phone)] {
            if let Some(value) = value {
                self.run(
                    "INSERT INTO lead_keys (kind, value, lead_id) VALUES (?1, ?2, ?3) ON CONFLICT DO NOTHING",
                    params![kind, value, lead.as_str()],
                )?;
            }
        }
        self.run(
            "INSERT INTO captures (source_id, source_key, lead_id, received_at) VALUES (?1, ?2, ?3, ?4)",
            params![source.as_str(), captured.source_id, lead.as_str(), micros(now)],
        )?;
        let mut deliveries = Vec::with_capacity(takers.len());
        for taker in takers {
            let queued = Queued {
                sync: &taker.sync,
                lead: &lead,
                destination: &taker.destination,
                object: &taker.object,
                run: taker.run,
                urgent: acceptance.urgent,
                // A run that was asked for does not wait for another one.
                waits: taker.waits && taker.run.is_none() && !acceptance.urgent,
            };
            deliveries.push(self.queue(now, &queued)?.id());
        }
        Ok(Accepted { lead, outcome, deliveries })
    }

    /// The syncs that take leads of `source`, each with the run its deliveries join: the given one, else its open
    /// real-time run.
    fn takers(&self, source: &ConnectionId, run: Option<RunId>) -> Result<Vec<Taker>, StoreError> {
        self.all(
            "SELECT syncs.id, syncs.destination_id, syncs.object, syncs.waits_for_run,
                    coalesce((SELECT runs.id FROM runs WHERE runs.id = ?2 AND runs.sync_id = syncs.id),
                             (SELECT max(runs.id) FROM runs WHERE runs.sync_id = syncs.id AND runs.kind = 'real_time'
                                                              AND runs.sealed_at IS NULL)) AS run_id
             FROM syncs WHERE syncs.source_id = ?1 AND syncs.state IN ('on', 'paused') ORDER BY syncs.created_at, syncs.id",
            params![source.as_str(), run.map(|run| run.0)],
            |row| {
                Ok(Taker {
                    sync: row.id("id", SyncId::new)?,
                    destination: row.id("destination_id", ConnectionId::new)?,
                    object: row.get("object")?,
                    waits: row.get("waits_for_run")?,
                    run: row.get::<_, Option<i64>>("run_id")?.map(RunId),
                })
            },
        )
    }

    fn add_lead(&self, now: Timestamp, acceptance: &Acceptance<'_>) -> Result<LeadId, StoreError> {
        let id = LeadId::made(now, self.random());
        let captured_at = acceptance.captured.captured_at.unwrap_or(now);
        let mut said = Said::default();
        said.take_fields(&mut Record::new(), &acceptance.captured.fields, micros(captured_at));
        said.take_keys(
            [&mut None, &mut None, &mut None],
            acceptance.keys(acceptance.phone),
            micros(captured_at),
        );
        self.run(
            "INSERT INTO leads (id, source_id, name, email, phone, fields, captured_at, updated_at, latest_at, said_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?7, ?9)",
            params![
                id.as_str(),
                acceptance.source.as_str(),
                acceptance.name,
                acceptance.email,
                acceptance.phone,
                to_json(&acceptance.captured.fields),
                micros(captured_at),
                micros(now),
                to_json(&said),
            ],
        )?;
        Ok(id)
    }

    /// Brings a known person up to date: of each field and key what was said last, blanks aside.
    fn merge(
        &self,
        now: Timestamp,
        id: &LeadId,
        acceptance: &Acceptance<'_>,
        phone: Option<&str>,
    ) -> Result<(), StoreError> {
        let (before, latest_at, mut said): (Lead, Timestamp, Said) = self
            .one(
                &format!("SELECT {}, latest_at, said_at FROM leads WHERE id = ?1", leads::COLUMNS),
                [id.as_str()],
                |row| Ok((leads::read(row)?, row.moment("latest_at")?, row.json("said_at")?)),
            )?
            .ok_or(StoreError::NotFound { what: "lead" })?;
        // What its source does not date is as new as its coming, even if this computer's clock was ahead when the one before came.
        let captured_at = acceptance.captured.captured_at.unwrap_or(now.max(latest_at));
        let mut after = before.clone();
        said.take_fields(&mut after.fields, &acceptance.captured.fields, micros(captured_at));
        let keys = [&mut after.name, &mut after.email, &mut after.phone];
        said.take_keys(keys, acceptance.keys(phone), micros(captured_at));
        let changed = after != before;
        self.run(
            "UPDATE leads SET captured_at = min(captured_at, ?2), latest_at = max(latest_at, ?2), said_at = ?3 WHERE id = ?1",
            params![id.as_str(), micros(captured_at), to_json(&said)],
        )?;
        if changed {
            self.run(
                "UPDATE leads SET name = ?2, email = ?3, phone = ?4, fields = ?5, updated_at = ?6, version = version + 1
                 WHERE id = ?1",
                params![id.as_str(), after.name, after.email, after.phone, to_json(&after.fields), micros(now)],
            )?;
        }
        Ok(())
    }

    fn count_captures(&self, run: Option<RunId>, tally: Tally) -> Result<(), StoreError> {
        if let Some(run) = run {
            self.run(
                "UPDATE runs SET captured = captured + ?2, repeated = repeated + ?3, merged = merged + ?4 WHERE id = ?1",
                params![run.0, count(tally.total()), count(tally.repeated), count(tally.merged)],
            )?;
        }
        Ok(())
    }
}

impl Tally {
    /// Every capture.
    pub fn total(self) -> u64 {
        self.new + self.merged + self.repeated
    }

    fn add(&mut self, outcome: Outcome) {
        match outcome {
            Outcome::New => self.new += 1,
            Outcome::Merged => self.merged += 1,
            Outcome::Repeated => self.repeated += 1,
        }
    }
}
