//! Who is captured, what they say, and what a destination has to hold of them in the end.

use std::collections::BTreeMap;

use leadferry_model::{Record, Value};
use rand::RngExt;
use rand::rngs::StdRng;
use rand::seq::IndexedRandom;

/// The values checked at the destination, by its own names.
pub const CHECKED: [&str; 4] = ["email", "message", "city", "state"];

/// A crowd and its captures.
pub struct Crowd {
    /// The people.
    pub people: Vec<Person>,
    /// What they said, in the order they said it.
    pub captures: Vec<Capture>,
}

/// Somebody.
#[derive(Clone, Copy, Debug)]
pub struct Person {
    number: usize,
    /// Their source does not say when something happened, so it sends one capture after the other.
    pub undated: bool,
    /// They say the same things again and again, so that a value may come back.
    fickle: bool,
    has_phone: bool,
    /// Somebody else has made a record of them already.
    pub is_known: bool,
}

/// One thing somebody said.
#[derive(Clone, Debug)]
pub struct Capture {
    /// Who.
    pub person: usize,
    /// It is a STOP.
    pub stop: bool,
    /// What the source sends.
    pub fields: Record,
}

impl Person {
    /// Their address as the destination keeps it.
    pub fn email(&self) -> String {
        format!("person.{}@example.com", self.number)
    }

    fn fields(&self, random: &mut StdRng, place: usize) -> Record {
        let mut fields = Record::new();
        let email = if random.random_bool(0.3) { self.email().to_uppercase() } else { self.email() };
        fields.set("E-mail", Value::text(email));
        fields.set("Full name", Value::text(format!("Person Number{}", self.number)));
        if self.has_phone {
            fields.set("Phone", Value::text(format!("+44 7700 900{:03}", self.number)));
        }
        let message = if self.fickle {
            (*["yes", "no", "perhaps"].choose(random).unwrap_or(&"yes")).to_owned()
        } else {
            format!("Enquiry {place:03}")
        };
        fields.set("Message", Value::text(message));
        if random.random_bool(0.4) {
            fields.set("City", Value::text(*["Leeds", "York", "Hull"].choose(random).unwrap_or(&"Leeds")));
        }
        fields
    }
}

impl Crowd {
    /// A crowd by chance.
    pub fn new(random: &mut StdRng) -> Self {
        let count = *[5, 5, 8, 12, 20, 40].choose(random).unwrap_or(&5);
        let person = |number| Person {
            number,
            undated: random.random_bool(0.4),
            fickle: random.random_bool(0.4),
            has_phone: random.random_bool(0.5),
            is_known: random.random_bool(0.15),
        };
        let people: Vec<Person> = (0..count).map(person).collect();
        let total = count + random.random_range(0..=count + 10);
        let mut captures: Vec<Capture> = Vec::with_capacity(total);
        for place in 0..total {
            let person = if place < count { place } else { random.random_range(0..count) };
            let known = place >= count;
            let stop = known && random.random_bool(0.12);
            let fields = if stop {
                let email = Value::text(people[person].email());
                [("E-mail", email), ("Stop", Value::text("yes"))].into_iter().collect()
            } else {
                people[person].fields(random, place)
            };
            captures.push(Capture { person, stop, fields });
        }
        Self { people, captures }
    }

    /// What the destination has to hold of each person, by their address.
    pub fn expected(&self) -> BTreeMap<String, BTreeMap<String, String>> {
        let mut expected: BTreeMap<String, BTreeMap<String, String>> = BTreeMap::new();
        for capture in &self.captures {
            let email = self.people[capture.person].email();
            let held = expected.entry(email.clone()).or_default();
            held.insert("email".to_owned(), email);
            for (column, field) in COLUMNS {
                if let Some(value) = capture.fields.text(column) {
                    held.insert(field.to_owned(), value);
                }
            }
        }
        expected
    }
}

/// Columns of the source and the fields they become, where nothing is done to the value.
pub const COLUMNS: [(&str, &str); 3] = [("Message", "message"), ("City", "city"), ("Stop", "state")];
