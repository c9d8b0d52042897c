//! Messy leads by seed: people captured more than once, in other letters and other phone formats, names with particles, and
//! addresses that are none; beside them, what the CRM has to hold in the end.

use std::collections::BTreeMap;

use leadferry_model::{Captured, Record, Value};
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};

/// What is known of a person, in the words of these tests: the address,
pub const EMAIL: &str = "email";
/// given names,
pub const FIRST_NAME: &str = "firstname";
/// family name,
pub const LAST_NAME: &str = "lastname";
/// both, where a CRM keeps them as one,
pub const NAME: &str = "name";
/// phone number,
pub const PHONE: &str = "phone";
/// company,
pub const COMPANY: &str = "company";
/// and what was asked.
pub const MESSAGE: &str = "message";

/// The columns of a row: whole name, e-mail, phone, company, message.
pub const COLUMNS: [&str; 5] = ["Full name", "E-mail", "Phone", "Company", "Message"];

const FIRST: [&str; 10] =
    ["Ada", "Bo", "Chloë", "Dmitri", "Élise", "Farah", "Grace", "Hiroshi", "Ingrid", "José"];
const LAST: [&str; 10] = [
    "Lovelace",
    "van der Berg",
    "de la Cruz",
    "O'Neill",
    "von Thurn",
    "Nguyễn",
    "Smith-Jones",
    "Ångström",
    "di Marco",
    "MacLeod",
];
/// Area codes whose 555-01xx is reserved for stories.
const AREAS: [u32; 40] = [
    201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 224, 225, 228, 229,
    231, 234, 239, 240, 248, 251, 252, 253, 254, 256, 260, 262, 267, 269, 270, 276, 281, 301, 302,
];

/// A crowd of people and the rows they were captured in.
pub struct Crowd {
    /// The rows, in the order they were captured.
    pub rows: Vec<Captured>,
    /// One contact a person, by what it must hold; sorted. Where a CRM keeps other fields, see [`held`](crate::target::Target::held).
    pub expected: Vec<BTreeMap<String, String>>,
}

/// `people` people by `seed`; about one in eight is captured twice.
pub fn crowd(seed: u64, people: usize) -> Crowd {
    let mut random = StdRng::seed_from_u64(seed);
    let mut rows: Vec<(usize, Row)> = Vec::with_capacity(people * 9 / 8);
    for number in 0..people {
        let person = Person::new(number);
        rows.push((number, person.row(&mut random, false)));
        if person.has_key() && random.random_bool(0.125) {
            rows.push((number, person.row(&mut random, true)));
        }
    }
    rows.shuffle(&mut random);
    let mut last_message = BTreeMap::new();
    let captured = rows
        .into_iter()
        .enumerate()
        .map(|(place, (number, mut row))| {
            let message = format!("Enquiry {place}");
            row.set("Message", Value::text(&message));
            last_message.insert(number, message);
            Captured { source_id: format!("row-{place}"), captured_at: None, fields: row }
        })
        .collect();
    let mut expected: Vec<_> =
        last_message.into_iter().map(|(number, message)| Person::new(number).contact(&message)).collect();
    expected.sort();
    Crowd { rows: captured, expected }
}

/// The part of a contact at the default CRM that the mapping fills: there, what is known is called as here.
pub fn mapped(values: &BTreeMap<String, String>) -> BTreeMap<String, String> {
    let known = [EMAIL, FIRST_NAME, LAST_NAME, PHONE, COMPANY, MESSAGE];
    let mapped = values.iter().filter(|(name, _)| known.contains(&name.as_str()));
    mapped.map(|(name, value)| (name.clone(), value.clone())).collect()
}

type Row = Record;

struct Person {
    number: usize,
    first: &'static str,
    last: &'static str,
}

/// How a phone number is known: the country's own digits.
#[derive(Clone, Copy)]
enum Phone {
    British(u32),
    American(u32, u32),
}

impl Phone {
    fn written(self, way: usize) -> String {
        match self {
            Self::British(line) => match way % 4 {
                0 => format!("020 7946 {line:04}"),
                1 => format!("+44 20 7946 {line:04}"),
                2 => format!("(020) 7946-{line:04}"),
                _ => format!("0044 20 7946{line:04}"),
            },
            Self::American(area, line) => match way % 3 {
                0 => format!("+1 {area} 555 {line:04}"),
                1 => format!("+1 ({area}) 555-{line:04}"),
                _ => format!("+1{area}555{line:04}"),
            },
        }
    }

    fn e164(self) -> String {
        match self {
            Self::British(line) => format!("+44207946{line:04}"),
            Self::American(area, line) => format!("+1{area}555{line:04}"),
        }
    }
}

impl Person {
    fn new(number: usize) -> Self {
        Self { number, first: FIRST[number % FIRST.len()], last: LAST[number / 7 % LAST.len()] }
    }

    /// One in a hundred leaves an address that is none, and can be matched by nothing.
    fn is_nobody(&self) -> bool {
        self.number % 100 == 37
    }

    fn has_key(&self) -> bool {
        !self.is_nobody()
    }

    /// Every second person has a phone number, as long as there are reserved ones.
    fn phone(&self) -> Option<Phone> {
        let place = u32::try_from(self.number / 2).ok()?;
        if self.number % 2 == 1 || self.is_nobody() {
            return None;
        }
        match place {
            0..1000 => Some(Phone::British(place)),
            _ => {
                let place = place - 1000;
                let area = AREAS.get(usize::try_from(place / 100).ok()?)?;
                Some(Phone::American(*area, 100 + place % 100))
            }
        }
    }

    fn email(&self) -> String {
        format!("person.{}@example.com", self.number)
    }

    fn company(&self) -> String {
        format!("Company {}", self.number)
    }

    /// `again`: the second time, in other letters; some then leave their phone number only.
    fn row(&self, random: &mut StdRng, again: bool) -> Row {
        let mut row = Record::new();
        let gap = if random.random_bool(0.2) { "  " } else { " " };
        row.set("Full name", Value::text(format!("{}{gap}{}", self.first, self.last)));
        row.set("Company", Value::text(self.company()));
        if let Some(phone) = self.phone() {
            row.set("Phone", Value::text(phone.written(random.random_range(0..12))));
        }
        let email = match (self.is_nobody(), again && random.random_bool(0.7)) {
            (true, _) => "not told".to_owned(),
            (false, true) => self.email().to_uppercase(),
            (false, false) => format!(" {} ", self.email()),
        };
        if !(again && self.phone().is_some() && random.random_bool(0.4)) {
            row.set("E-mail", Value::text(email));
        }
        row
    }

    fn contact(&self, message: &str) -> BTreeMap<String, String> {
        let mut contact = BTreeMap::from([
            (FIRST_NAME.to_owned(), self.first.to_owned()),
            (LAST_NAME.to_owned(), self.last.to_owned()),
            (COMPANY.to_owned(), self.company()),
            (MESSAGE.to_owned(), message.to_owned()),
        ]);
        if let Some(phone) = self.phone() {
            contact.insert(PHONE.to_owned(), phone.e164());
        }
        if !self.is_nobody() {
            contact.insert(EMAIL.to_owned(), self.email());
        }
        contact
    }
}
