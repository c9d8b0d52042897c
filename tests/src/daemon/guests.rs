//! The leads of a round: persons who write again and again, and what the CRM has to hold after each of their messages.

use std::collections::BTreeMap;
use std::ops::Range;

use rand::RngExt;
use rand::rngs::StdRng;
use serde_json::{Value, json};

const FIRST: [&str; 6] = ["Ada", "Chloë", "Grace", "Hiroshi", "Ingrid", "José"];
const LAST: [&str; 5] = ["Lovelace", "O'Neill", "Nguyen", "Smith-Jones", "MacLeod"];
/// Phone numbers end with three digits of the reserved range.
const PEOPLE: usize = 900;

/// Captures in the order they were made.
#[derive(Default)]
pub(crate) struct Guests {
    rows: Vec<Row>,
    people: usize,
}

struct Row {
    person: usize,
    accepted: bool,
}

/// How a CRM differs from what was accepted.
#[derive(Debug, Default)]
pub(crate) struct Difference {
    /// Persons who are not there.
    pub(crate) missing: Vec<String>,
    /// Persons who are there with other content.
    pub(crate) other: Vec<String>,
    /// Contacts nobody asked for.
    pub(crate) too_many: Vec<String>,
}

impl Guests {
    /// Takes in `count` more captures: about every third is of a person who wrote before.
    pub(crate) fn more(&mut self, count: usize, random: &mut StdRng) -> Range<usize> {
        let begin = self.rows.len();
        for _ in 0..count {
            let known = self.people > 0 && (random.random_bool(0.4) || self.people == PEOPLE);
            let person = if known {
                random.random_range(0..self.people)
            } else {
                self.people += 1;
                self.people - 1
            };
            self.rows.push(Row { person, accepted: false });
        }
        begin..self.rows.len()
    }

    /// The next captures nobody has answered yet, each of another person, so that they may be sent at once.
    pub(crate) fn unanswered(&self, most: usize) -> Vec<usize> {
        let mut next: Vec<usize> = Vec::new();
        for (place, row) in self.rows.iter().enumerate().filter(|(_, row)| !row.accepted) {
            if next.len() == most || next.iter().any(|other| self.rows[*other].person == row.person) {
                break;
            }
            next.push(place);
        }
        next
    }

    /// The sender of this capture was answered.
    pub(crate) fn accepted(&mut self, place: usize) {
        self.rows[place].accepted = true;
    }

    /// How many captures were accepted.
    pub(crate) fn count(&self) -> usize {
        self.rows.iter().filter(|row| row.accepted).count()
    }

    /// The body a form sends.
    pub(crate) fn body(&self, place: usize) -> Value {
        let person = self.rows[place].person;
        let (first, last) = name(person);
        json!({
            "Full name": format!("{first}  {last}"),
            "E-mail": format!("Guest.{person}@Example.com"),
            "Phone": format!("07700 900{person:03}"),
            "Company": format!(" Company {person} "),
            "Message": message(place),
        })
    }

    /// How `contacts` differ from what was accepted.
    pub(crate) fn difference(&self, contacts: Vec<BTreeMap<String, String>>) -> Difference {
        let mut left = self.expected();
        let mut difference = Difference::default();
        for contact in contacts {
            let email = contact.get("email").cloned().unwrap_or_default();
            match left.remove(&email) {
                Some(wanted) if wanted == contact => {}
                Some(wanted) => difference.other.push(format!("{contact:?} instead of {wanted:?}")),
                None => difference.too_many.push(format!("{contact:?}")),
            }
        }
        difference.missing = left.into_keys().collect();
        difference
    }

    /// What the CRM must hold, by address: one contact a person, with the last message.
    pub(crate) fn expected(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut expected = BTreeMap::new();
        for (place, row) in self.rows.iter().enumerate().filter(|(_, row)| row.accepted) {
            let (first, last) = name(row.person);
            let email = format!("guest.{}@example.com", row.person);
            let contact = [
                ("email", email.clone()),
                ("firstname", first.to_owned()),
                ("lastname", last.to_owned()),
                ("phone", format!("+447700900{:03}", row.person)),
                ("company", format!("Company {}", row.person)),
                ("message", message(place)),
            ];
            expected.insert(email, contact.map(|(name, value)| (name.to_owned(), value)).into());
        }
        expected
    }
}

fn name(person: usize) -> (&'static str, &'static str) {
    (FIRST[person % FIRST.len()], LAST[person / 7 % LAST.len()])
}

/// In letters that sort as the captures do.
fn message(place: usize) -> String {
    format!("Enquiry {place:06}")
}
