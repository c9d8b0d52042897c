//! Leads as they come from the world: people in different spellings, some of them twice, some that no CRM takes as they are.

use std::fs;
use std::path::Path;

/// All people in the file.
pub const PEOPLE: usize = 1_200;
/// Those of them with a type the CRM does not know.
pub const WEBINAR: usize = 412;
/// Those with another unknown type.
pub const FAX: usize = 6;
/// Those with neither name nor e-mail address.
pub const NAMELESS: usize = 23;

/// Spreads the troubles over the file, as the world does. Without a common divisor, so that each person is met once.
const STRIDE: usize = 487;

/// Writes the file: a byte order mark, semicolons, quoted newlines, every tenth person a second time in another spelling.
pub fn write(path: &Path) {
    let mut text = String::from("\u{feff}Name;E-mail;Phone;Company;Type;Message\r\n");
    for person in 0..PEOPLE {
        let place = person * STRIDE % PEOPLE;
        let (first, last) = (FIRST[person % FIRST.len()], LAST[(person / FIRST.len()) % LAST.len()]);
        let kind = match place {
            _ if place < WEBINAR => "Webinar",
            _ if place < WEBINAR + FAX => "Fax",
            _ if place.is_multiple_of(2) => "New",
            _ => "open",
        };
        let company = format!("\"{last} & Sons; Ltd\"");
        if place >= PEOPLE - NAMELESS {
            let number = PEOPLE - 1 - place;
            text.push_str(&format!(
                ";;+1 (212) 555-01{number:02};{company};{kind};\"Hello,\nplease call\"\r\n"
            ));
            continue;
        }
        let email = format!("{}.{}{person}@example.com", plain(first), plain(last));
        let (shown, phone) = (spelled(&email, person), phone_in_words(person));
        text.push_str(&format!(
            "{first} {last};{shown};{phone};{company};{kind};\"Hello,\nplease call\"\r\n"
        ));
        if person % 10 == 0 {
            let (name, email) = (format!("{first} {last}").to_uppercase(), email.to_uppercase());
            text.push_str(&format!("{name};{email};;;{kind};\r\n"));
        }
    }
    fs::write(path, text).expect("the file of leads");
}

const FIRST: [&str; 12] =
    ["Ada", "Bo", "Chloë", "Dana", "Émile", "Farah", "Grace", "Hedy", "Ines", "Jun", "Katherine", "Lovisa"];
const LAST: [&str; 11] = [
    "Lovelace",
    "van der Berg",
    "O’Neill",
    "Núñez",
    "Hopper",
    "de la Cruz",
    "Johnson",
    "Lamarr",
    "Noether",
    "Tanaka",
    "Svensson",
];

fn plain(name: &str) -> String {
    name.chars().filter(char::is_ascii_alphabetic).collect::<String>().to_lowercase()
}

fn spelled(email: &str, person: usize) -> String {
    match person % 3 {
        0 => email.to_owned(),
        1 => format!("  {email} "),
        _ => email.replacen(|_: char| true, &email[..1].to_uppercase(), 1),
    }
}

/// A number of their own for half of the first thousand; a shared one would join two people.
fn phone_in_words(person: usize) -> String {
    match person % 4 {
        0 if person < 1_000 => format!("020 7946 {person:04}"),
        1 if person < 1_000 => format!("+44 (0)20 7946 {person:04}"),
        _ => String::new(),
    }
}
