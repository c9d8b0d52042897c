//! How much a lane sends at once after its destination did not answer, and which record may be the reason.
//!
//! Some vendors answer 5xx for one record they cannot digest. Read as an outage, that record would stop everybody behind it
//! for ever, since an outage spends no attempts. So a lane that comes back begins with one record and doubles with each
//! success. A record that was in a call without answer, and then was alone in two more while others passed, is the reason itself
//! and is judged as *busy*: its attempts count, and it ends as failed. During a real outage nothing passes in between, so nothing
//! is ever counted; three lost calls of one record are what it takes for a bad network to look like a bad record.
//!
//! Kept in memory: after a restart it is learned again, which costs a few small batches and is never wrong.

use std::collections::HashMap;

use leadferry_model::DeliveryId;

/// What one lane has learned since it was last untroubled.
#[derive(Debug, Default)]
pub(crate) struct Caution {
    limit: Option<usize>,
    passed: u64,
    suspects: HashMap<DeliveryId, Suspicion>,
}

/// What speaks against one record.
#[derive(Debug)]
struct Suspicion {
    /// How many had passed when it was first in a call without answer.
    passed: u64,
    /// Calls without answer in which it was alone, after the one that made it a suspect.
    alone: u32,
}

impl Caution {
    /// Most records of the next batch.
    pub(crate) fn limit(&self, batch: usize) -> usize {
        self.limit.map_or(batch, |limit| limit.min(batch))
    }

    /// A call with `count` records was answered.
    pub(crate) fn answered(&mut self, count: usize, batch: usize) {
        self.passed += count as u64;
        self.limit = self.limit.map(|limit| limit.saturating_mul(2)).filter(|limit| *limit < batch);
    }

    /// A call with these records was not answered. Gives the record that is the reason itself, if that shows.
    pub(crate) fn unanswered(&mut self, sent: &[DeliveryId]) -> Option<DeliveryId> {
        self.limit = Some(1);
        let alone = match sent {
            [alone] => self.suspects.get_mut(alone).map(|suspicion| {
                suspicion.alone += 1;
                suspicion.alone > 1 && suspicion.passed < self.passed
            }),
            _ => None,
        };
        for id in sent {
            self.suspects.entry(*id).or_insert(Suspicion { passed: self.passed, alone: 0 });
        }
        sent.first().copied().filter(|_| alone == Some(true))
    }

    /// The record was answered, so it is not the reason.
    pub(crate) fn forget(&mut self, delivery: DeliveryId) {
        self.suspects.remove(&delivery);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_outage_blames_nobody() {
        let mut caution = Caution::default();
        for _ in 0..100 {
            assert_eq!(caution.unanswered(&[DeliveryId(1)]), None, "nothing passed in between");
        }
        assert_eq!(caution.limit(100), 1, "a returning lane begins with one record");
    }

    #[test]
    fn a_record_that_fails_alone_while_others_pass_is_the_reason() {
        let mut caution = Caution::default();
        let (one, two) = (DeliveryId(1), DeliveryId(2));
        assert_eq!(caution.unanswered(&[one, two]), None, "two records: nobody knows which");
        assert_eq!(caution.unanswered(&[one]), None, "nothing has passed yet");
        caution.answered(1, 100);
        assert_eq!(caution.unanswered(&[one]), Some(one), "another passed, this one did not, twice");
        assert_eq!(caution.unanswered(&[one]), Some(one), "and it stays the reason until it is answered");
        caution.forget(one);
        assert_eq!(caution.unanswered(&[one]), None, "after an answer it begins anew");
        assert_eq!(caution.unanswered(&[two]), None, "alone for the first time: may be the next outage");
    }

    #[test]
    fn two_lost_calls_are_a_bad_network() {
        let mut caution = Caution::default();
        let one = DeliveryId(1);
        assert_eq!(caution.unanswered(&[one]), None, "the first lost call makes a suspect");
        caution.answered(1, 100);
        assert_eq!(caution.unanswered(&[one]), None, "the second may be the same bad network");
        caution.answered(1, 100);
        assert_eq!(caution.unanswered(&[one]), Some(one), "the third, while others pass, is the record");
    }

    #[test]
    fn batches_grow_back() {
        let mut caution = Caution::default();
        caution.unanswered(&[DeliveryId(1)]);
        let mut limits = Vec::new();
        for _ in 0..8 {
            limits.push(caution.limit(100));
            caution.answered(1, 100);
        }
        assert_eq!(limits, [1, 2, 4, 8, 16, 32, 64, 100], "doubling, then the whole batch again");
    }
}
