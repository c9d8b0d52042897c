//! Writing down what became of claimed deliveries.
//!
//! State, attempt, link, undo data, failure group and audit entry are written in one transaction, after the network call and
//! never during it. Only the holder of the lease may settle: a worker that answers too late is told so, and changes
//! nothing, since another one may be asking the CRM already.

use std::collections::BTreeSet;

use leadferry_model::{ConnectionId, DeliveryId, Failure, LeadId, Record, RecordId, SyncId, Timestamp};
use rusqlite::params;
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::column::{Columns, micros, to_json};
use crate::{Json, Link, StoreError, Writer};

/// What became of one delivery.
#[derive(Clone, Debug, PartialEq)]
pub struct Settlement {
    /// Which.
    pub delivery: DeliveryId,
    /// The lease it was claimed with.
    pub lease: Timestamp,
    /// How it went.
    pub verdict: Verdict,
    /// Optional fields that were set aside.
    pub warnings: Vec<Json>,
}

/// How a delivery went.
#[derive(Clone, Debug, PartialEq)]
pub enum Verdict {
    /// The CRM's record id is in hand.
    Synced {
        /// The record.
        record: RecordId,
        /// Its object, where that is not the delivery's: the record the lead was has become this one.
        object: Option<String>,
        /// Where a person can look at it.
        url: Option<String>,
        /// Whether it is new.
        created: bool,
        /// Whether nothing had to be written.
        unchanged: bool,
        /// Hash of the fields written.
        sent_hash: Option<String>,
        /// How the record was found: `lead_id`, `email`, `phone`, `created`, `person`, `conflict`, `converted`.
        matched_by: String,
        /// What it was before and what was written, for undo; none when nothing was.
        image: Option<BeforeImage>,
    },
    /// May pass by itself: tried again at `at`. Spends an attempt.
    Retry {
        /// Why.
        failure: Failure,
        /// When.
        at: Timestamp,
    },
    /// Put off without spending an attempt: rate limit, outage, shutdown.
    Snooze {
        /// Why, where there is something to say.
        failure: Option<Failure>,
        /// Until when.
        until: Timestamp,
    },
    /// Cannot pass as it is, or has no attempts left. Spends an attempt.
    Fail {
        /// Why.
        failure: Failure,
        /// For a cause that may pass by itself: how the slow lane goes on.
        slow: Option<SlowLane>,
    },
    /// The CRM has a record with this key: linked, and sent again at once as an update. Spends an attempt, so that a CRM
    /// that contradicts itself comes to an end.
    Rematch {
        /// The record that exists.
        record: RecordId,
        /// What the CRM said.
        failure: Failure,
    },
    /// Left out by a rule, such as no e-mail address and no phone number.
    LeaveOut {
        /// The reason, counted with its equals.
        reason: String,
    },
}

/// When a failed delivery is tried again although nobody asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SlowLane {
    /// The next try.
    pub next_at: Timestamp,
    /// When it is given up.
    pub until: Timestamp,
}

/// What a record was before it was written.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BeforeImage {
    /// The fields we wrote, as they were; none for a new record.
    pub before: Option<Record>,
    /// The fields we wrote.
    pub written: Record,
}

/// What settling led to.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Settled {
    /// Written down.
    pub applied: Vec<DeliveryId>,
    /// Answered after their lease was lost, so ignored.
    pub late: Vec<DeliveryId>,
    /// Failure groups a person has to be told about, each once.
    pub opened: Vec<GroupNews>,
    /// Failure groups a person was told about, now gone.
    pub solved: Vec<GroupNews>,
}

/// A failure group that came or went.
#[derive(Clone, Debug, PartialEq)]
pub struct GroupNews {
    /// Whose.
    pub sync: SyncId,
    /// Its key.
    pub group: String,
    /// One of its failures.
    pub sample: Failure,
    /// Whether it had been solved before.
    pub recurred: bool,
}

/// A claimed delivery as it stands.
struct Held {
    id: DeliveryId,
    sync: SyncId,
    lead: LeadId,
    destination: ConnectionId,
    object: String,
    group: Option<String>,
}

impl Writer<'_> {
    /// Writes down what became of a batch. `exchange` is the redacted talk with the CRM, shared by all of them.
    pub fn settle(
        &self,
        now: Timestamp,
        exchange: Option<&[Json]>,
        settlements: &[Settlement],
    ) -> Result<Settled, StoreError> {
        let mut settled = Settled::default();
        let mut touched: BTreeSet<(SyncId, String)> = BTreeSet::new();
        let mut kept_exchange = None;
        for settlement in settlements {
            let Some(held) = self.held(settlement)? else {
                settled.late.push(settlement.delivery);
                continue;
            };
            if let (None, Some(exchange)) = (kept_exchange, exchange) {
                kept_exchange = Some(self.add(
                    "INSERT INTO exchanges (at, exchanges) VALUES (?1, ?2)",
                    params![micros(now), to_json(exchange)],
                )?);
            }
            self.apply(now, &held, settlement, kept_exchange, &mut settled)?;
            self.run("DELETE FROM loaded WHERE delivery_id = ?1", [held.id.0])?;
            touched.extend(held.group.map(|group| (held.sync, group)));
            settled.applied.push(settlement.delivery);
        }
        for (sync, group) in touched {
            settled.solved.extend(self.solve_if_empty(now, &sync, &group)?);
        }
        Ok(settled)
    }

    fn held(&self, settlement: &Settlement) -> Result<Option<Held>, StoreError> {
        self.one(
            "SELECT id, sync_id, lead_id, destination_id, object, group_key FROM deliveries
             WHERE id = ?1 AND state = 'sending' AND lease_until = ?2",
            params![settlement.delivery.0, micros(settlement.lease)],
            |row| {
                Ok(Held {
                    id: DeliveryId(row.get("id")?),
                    sync: row.id("sync_id", SyncId::new)?,
                    lead: row.id("lead_id", LeadId::new)?,
                    destination: row.id("destination_id", ConnectionId::new)?,
                    object: row.get("object")?,
                    group: row.get("group_key")?,
                })
            },
        )
    }

    fn apply(
        &self,
        now: Timestamp,
        held: &Held,
        settlement: &Settlement,
        exchange: Option<i64>,
        settled: &mut Settled,
    ) -> Result<(), StoreError> {
        let warnings = (!settlement.warnings.is_empty()).then(|| to_json(&settlement.warnings));
        let attempt = |outcome: &str, counted: bool, failure: Option<&Failure>, next: Option<Timestamp>| {
            self.run(
                "INSERT INTO attempts (delivery_id, at, outcome, counted, failure, next_at, exchange_id)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
                params![
                    held.id.0,
                    micros(now),
                    outcome,
                    counted,
                    failure.map(to_json),
                    next.map(micros),
                    exchange
                ],
            )
        };
        match &settlement.verdict {
            Verdict::Synced { record, object, url, created, unchanged, sent_hash, matched_by, image } => {
                let object = object.as_deref().unwrap_or(&held.object);
                self.run(
                    "UPDATE deliveries SET state = 'synced', lease_until = NULL, attempts = attempts + 1, record_id = ?2,
                            record_url = ?3, created_record = ?4, unchanged = ?5, synced_at = ?6, changed_at = ?6, warnings = ?7,
                            failure = NULL, cause = NULL, group_key = NULL, slow_until = NULL
                     WHERE id = ?1",
                    params![held.id.0, record.as_str(), url, created, unchanged, micros(now), warnings],
                )?;
                self.forget_intents(held)?;
                attempt(if *unchanged { "unchanged" } else { "synced" }, true, None, None)?;
                self.save_link(&held.link(now, object, record, url.clone(), matched_by, sent_hash.clone()))?;
                if let Some(image) = image {
                    self.keep_image(held, record, *created, image)?;
                }
                if !unchanged {
                    self.record_write(now, held, object, record, *created, image.as_ref())?;
                }
            }
            Verdict::Retry { failure, at } => {
                self.put_off(now, held, "retrying", 1, *at, warnings)?;
                self.keep_failure(held, failure)?;
                self.leave_out_if_stopped(held)?;
                attempt("retry", true, Some(failure), Some(*at))?;
                self.note_failure(now, &held.sync, failure, false)?;
            }
            Verdict::Snooze { failure, until } => {
                self.put_off(now, held, "pending", 0, *until, warnings)?;
                self.leave_out_if_stopped(held)?;
                attempt("snoozed", false, failure.as_ref(), Some(*until))?;
            }
            Verdict::Fail { failure, slow } => {
                self.run(
                    "UPDATE deliveries SET state = 'failed', lease_until = NULL, attempts = attempts + 1, changed_at = ?2,
                            due_at = ?3, slow_until = ?4, warnings = coalesce(?5, warnings)
                     WHERE id = ?1",
                    params![
                        held.id.0,
                        micros(now),
                        micros(slow.map_or(now, |slow| slow.next_at)),
                        slow.map(|slow| micros(slow.until)),
                        warnings
                    ],
                )?;
                self.keep_failure(held, failure)?;
                attempt("failed", true, Some(failure), slow.map(|slow| slow.next_at))?;
                settled.opened.extend(self.note_failure(now, &held.sync, failure, true)?);
            }
            Verdict::Rematch { record, failure } => {
                self.put_off(now, held, "pending", 1, now, warnings)?;
                self.leave_out_if_stopped(held)?;
                self.forget_intents(held)?;
                attempt("conflict", true, Some(failure), Some(now))?;
                self.save_link(&held.link(now, &held.object, record, None, "conflict", None))?;
            }
            Verdict::LeaveOut { reason } => {
                self.run(
                    "UPDATE deliveries SET state = 'skipped', lease_until = NULL, changed_at = ?2, skipped_reason = ?3,
                            warnings = ?4, group_key = NULL, slow_until = NULL
                     WHERE id = ?1",
                    params![held.id.0, micros(now), reason, warnings],
                )?;
                attempt("left_out", false, None, None)?;
            }
        }
        Ok(())
    }

    /// The person's record is in hand: whatever was about to be created for them is settled with it.
    fn forget_intents(&self, held: &Held) -> Result<(), StoreError> {
        self.run(
            "UPDATE deliveries SET intent = NULL
             WHERE lead_id = ?1 AND destination_id = ?2 AND object = ?3 AND intent IS NOT NULL",
            params![held.lead.as_str(), held.destination.as_str(), held.object],
        )?;
        Ok(())
    }

    fn put_off(
        &self,
        now: Timestamp,
        held: &Held,
        state: &str,
        spent: i64,
        until: Timestamp,
        warnings: Option<String>,
    ) -> Result<(), StoreError> {
        self.run(
            "UPDATE deliveries SET state = ?2, lease_until = NULL, attempts = attempts + ?3, due_at = ?4, changed_at = ?5,
                    warnings = coalesce(?6, warnings)
             WHERE id = ?1",
            params![held.id.0, state, spent, micros(until), micros(now), warnings],
        )?;
        Ok(())
    }

    /// What a person stopped while it was on its way does not go again.
    fn leave_out_if_stopped(&self, held: &Held) -> Result<(), StoreError> {
        self.run(
            "UPDATE deliveries SET state = 'skipped', skipped_reason = 'cancelled', group_key = NULL
             WHERE id = ?1 AND run_id IN (SELECT id FROM runs WHERE cancelled_at IS NOT NULL)",
            [held.id.0],
        )?;
        Ok(())
    }

    fn keep_failure(&self, held: &Held, failure: &Failure) -> Result<(), StoreError> {
        self.run(
            "UPDATE deliveries SET failure = ?2, cause = ?3, group_key = ?4 WHERE id = ?1",
            params![held.id.0, to_json(failure), failure.kind.word(), failure.group_key()],
        )?;
        Ok(())
    }

    fn keep_image(
        &self,
        held: &Held,
        record: &RecordId,
        created: bool,
        image: &BeforeImage,
    ) -> Result<(), StoreError> {
        self.run(
            "INSERT INTO before_images (delivery_id, record_id, created, before, written) VALUES (?1, ?2, ?3, ?4, ?5)
             ON CONFLICT (delivery_id) DO UPDATE SET record_id = excluded.record_id, created = excluded.created,
                 before = excluded.before, written = excluded.written, undone_at = NULL",
            params![
                held.id.0,
                record.as_str(),
                created,
                image.before.as_ref().map(to_json),
                to_json(&image.written)
            ],
        )?;
        Ok(())
    }

    fn record_write(
        &self,
        now: Timestamp,
        held: &Held,
        object: &str,
        record: &RecordId,
        created: bool,
        image: Option<&BeforeImage>,
    ) -> Result<(), StoreError> {
        let fields: Vec<&str> = image.map(|image| image.written.names().collect()).unwrap_or_default();
        let detail = json!({
            "delivery": held.id, "sync": held.sync, "lead": held.lead, "connection": held.destination,
            "fields": fields,
        });
        let action = if created { "record.created" } else { "record.updated" };
        self.record(now, "engine", action, &format!("{object} {record}"), &detail)
    }
}

impl Held {
    fn link(
        &self,
        now: Timestamp,
        object: &str,
        record: &RecordId,
        url: Option<String>,
        matched_by: &str,
        sent_hash: Option<String>,
    ) -> Link {
        Link {
            lead: self.lead.clone(),
            connection: self.destination.clone(),
            object: object.to_owned(),
            record: record.clone(),
            url,
            matched_by: matched_by.to_owned(),
            sent_hash,
            linked_at: now,
        }
    }
}
