//! When each value of a lead was said: captures overtake each other, and each value is decided by its own time. A STOP that
//! arrives before an enquiry of a minute earlier must not make that enquiry old.

use std::collections::BTreeMap;

use leadferry_model::{Record, Value};
use serde::{Deserialize, Serialize};

/// The times of a lead's values, in microseconds.
#[derive(Debug, Default, Serialize, Deserialize)]
pub(crate) struct Said {
    #[serde(default)]
    fields: BTreeMap<String, i64>,
    name: Option<i64>,
    email: Option<i64>,
    phone: Option<i64>,
}

/// The keys people are recognised by, as a capture has them.
#[derive(Clone, Copy)]
pub(crate) struct Keys<'a> {
    pub(crate) name: Option<&'a str>,
    pub(crate) email: Option<&'a str>,
    pub(crate) phone: Option<&'a str>,
}

impl Said {
    /// Brings `held` up to date with what was said at `at`. Blank values say nothing.
    pub(crate) fn take_fields(&mut self, held: &mut Record, came: &Record, at: i64) {
        for (field, value) in came.iter().filter(|(_, value)| !value.is_blank()) {
            let gap = held.get(field).is_none_or(Value::is_blank);
            let is_newer = self.fields.get(field).is_none_or(|held_at| at >= *held_at);
            if gap || is_newer {
                held.set(field, value.clone());
                self.fields.insert(field.to_owned(), at);
            }
        }
    }

    /// The same for the keys: name, e-mail address, phone number.
    pub(crate) fn take_keys(&mut self, held: [&mut Option<String>; 3], came: Keys<'_>, at: i64) {
        let all = [(&mut self.name, came.name), (&mut self.email, came.email), (&mut self.phone, came.phone)];
        for (held, (held_at, came)) in held.into_iter().zip(all) {
            let Some(came) = came.filter(|came| !came.trim().is_empty()) else { continue };
            if held.is_none() || held_at.is_none_or(|held_at| at >= held_at) {
                *held = Some(came.to_owned());
                *held_at = Some(at);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(pairs: &[(&str, &str)]) -> Record {
        pairs.iter().map(|(name, text)| (*name, Value::text(*text))).collect()
    }

    #[test]
    fn each_value_is_decided_by_its_own_time() {
        let (mut said, mut held) = (Said::default(), Record::new());
        said.take_fields(&mut held, &record(&[("message", "first"), ("city", "York")]), 10);
        said.take_fields(&mut held, &record(&[("stop", "yes")]), 30);
        said.take_fields(&mut held, &record(&[("message", "second")]), 20);
        assert_eq!(held.text("message").as_deref(), Some("second"), "the STOP said nothing of the message");
        said.take_fields(&mut held, &record(&[("city", "Hull"), ("company", "Example")]), 5);
        assert_eq!(held.text("city").as_deref(), Some("York"), "what was said earlier does not come back");
        assert_eq!(held.text("company").as_deref(), Some("Example"), "but it fills a gap");
        said.take_fields(&mut held, &record(&[("company", "Other"), ("city", "")]), 7);
        assert_eq!(held.text("company").as_deref(), Some("Other"), "whose own time counts from then on");
        assert_eq!(held.text("city").as_deref(), Some("York"), "blank says nothing");
    }
}
