//! What a person does to many deliveries at once: try again, leave out, bring back, correct.
//!
//! Each is one statement over a [`Selection`] and leaves one line in the audit log. A delivery that is being sent or is
//! synced is never touched.

use leadferry_model::{Record, RunId, Timestamp};
use rusqlite::params_from_iter;
use serde_json::json;

use crate::case::runs::STILL_IN;
use crate::case::selection::Condition;
use crate::column::{micros, to_json};
use crate::{Selection, StoreError, Writer};

impl Writer<'_> {
    /// Sends failed and retrying deliveries again: due now, with all attempts. `run` gathers them for progress and cancel.
    pub fn release(
        &self,
        now: Timestamp,
        selection: &Selection,
        reason: &str,
        run: Option<RunId>,
    ) -> Result<u64, StoreError> {
        self.bulk(now, selection, "deliveries.released", reason, &["failed", "retrying"], |condition| {
            let at = condition.value(micros(now));
            let run = condition.value(run.map(|run| run.0));
            format!(
                "state = 'pending', due_at = ?{at}, attempts = 0, slow_until = NULL, changed_at = ?{at},
                 run_id = coalesce(?{run}, {STILL_IN})"
            )
        })
    }

    /// Leaves out what waits or failed. Undone by [`Writer::unskip`].
    pub fn skip(&self, now: Timestamp, selection: &Selection, reason: &str) -> Result<u64, StoreError> {
        let states = ["failed", "retrying", "pending"];
        let count = self.bulk(now, selection, "deliveries.skipped", reason, &states, |condition| {
            let at = condition.value(micros(now));
            let reason = condition.value(reason.to_owned());
            format!(
                "state = 'skipped', skipped_reason = ?{reason}, group_key = NULL, slow_until = NULL, changed_at = ?{at}"
            )
        })?;
        self.solve_emptied(now)?;
        Ok(count)
    }

    /// Brings back what was left out: due now, with all attempts.
    pub fn unskip(&self, now: Timestamp, selection: &Selection) -> Result<u64, StoreError> {
        self.bulk(now, selection, "deliveries.unskipped", "", &["skipped"], |condition| {
            let at = condition.value(micros(now));
            format!(
                "state = 'pending', skipped_reason = NULL, due_at = ?{at}, attempts = 0, changed_at = ?{at},
                 run_id = {STILL_IN}"
            )
        })
    }

    /// Sets destination values for these deliveries only, beside those set before. They go when released.
    pub fn edit_values(
        &self,
        now: Timestamp,
        selection: &Selection,
        values: &Record,
    ) -> Result<u64, StoreError> {
        let names = values.names().collect::<Vec<_>>().join(", ");
        let states = ["failed", "retrying", "pending"];
        self.bulk(now, selection, "deliveries.edited", &names, &states, |condition| {
            let at = condition.value(micros(now));
            let values = condition.value(to_json(values));
            // Whole values are replaced; merging JSON would mix the parts of an old and a new value.
            format!(
                "edits = (SELECT json_group_object(key, json(value)) FROM (
                              SELECT key, value FROM json_each(coalesce(deliveries.edits, '{{}}'))
                              WHERE key NOT IN (SELECT key FROM json_each(?{values}))
                              UNION ALL SELECT key, value FROM json_each(?{values}))),
                 changed_at = ?{at}"
            )
        })
    }

    /// Takes back what a person typed for these destination fields, and sends fields again that were left out.
    pub fn take_back_edits(
        &self,
        now: Timestamp,
        selection: &Selection,
        fields: &[String],
    ) -> Result<u64, StoreError> {
        let states = ["failed", "retrying", "pending"];
        self.bulk(now, selection, "deliveries.edits_taken_back", &fields.join(", "), &states, |condition| {
            let at = condition.value(micros(now));
            let fields = condition.value(to_json(&fields));
            format!(
                "edits = (SELECT json_group_object(key, json(value)) FROM json_each(coalesce(deliveries.edits, '{{}}'))
                          WHERE key NOT IN (SELECT value FROM json_each(?{fields}))),
                 without_fields = (SELECT json_group_array(value) FROM json_each(coalesce(deliveries.without_fields, '[]'))
                          WHERE value NOT IN (SELECT value FROM json_each(?{fields}))),
                 changed_at = ?{at}"
            )
        })
    }

    /// Leaves a destination field out of these deliveries.
    pub fn leave_out_field(
        &self,
        now: Timestamp,
        selection: &Selection,
        field: &str,
    ) -> Result<u64, StoreError> {
        let states = ["failed", "retrying", "pending"];
        self.bulk(now, selection, "deliveries.field_left_out", field, &states, |condition| {
            let at = condition.value(micros(now));
            let field = condition.value(field.to_owned());
            format!(
                "without_fields = CASE
                     WHEN EXISTS (SELECT 1 FROM json_each(coalesce(deliveries.without_fields, '[]')) WHERE value = ?{field})
                     THEN without_fields
                     ELSE json_insert(coalesce(without_fields, '[]'), '$[#]', ?{field}) END,
                 changed_at = ?{at}"
            )
        })
    }

    /// One statement over a selection, limited to `states`, and its line in the audit log.
    fn bulk(
        &self,
        now: Timestamp,
        selection: &Selection,
        action: &str,
        reason: &str,
        states: &[&str],
        change: impl FnOnce(&mut Condition) -> String,
    ) -> Result<u64, StoreError> {
        let mut condition = Condition::of(selection);
        let change = change(&mut condition);
        let states = states.iter().map(|state| format!("'{state}'")).collect::<Vec<_>>().join(", ");
        let sql = format!("UPDATE deliveries SET {change} WHERE {} AND state IN ({states})", condition.sql());
        let count = self.run(&sql, params_from_iter(condition.values))?;
        if count > 0 {
            let subject = match selection {
                Selection::Deliveries(_) => "picked deliveries".to_owned(),
                Selection::Group { sync, .. } => format!("failure group of sync {sync}"),
                Selection::Filter(_) => "filtered deliveries".to_owned(),
            };
            self.record(now, "person", action, &subject, &json!({"count": count, "reason": reason}))?;
        }
        Ok(u64::try_from(count).unwrap_or(u64::MAX))
    }
}
