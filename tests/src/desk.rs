//! A person's desk for journeys: a data folder, a file of messy leads, and a browser that the app's *open in browser* leads to.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::path::PathBuf;

use tempfile::TempDir;

use crate::browser::Browser;
use crate::window::{Window, until};

/// Leads in the file that hold a type the CRM does not know.
pub const WEBINAR: usize = 412;
/// Leads in the file with neither name nor e-mail.
pub const NAMELESS: usize = 23;
/// Leads in the file with another unknown type.
pub const FAX: usize = 6;
/// All people in the file.
pub const PEOPLE: usize = 1_200;

/// Everything one journey needs. Ends with its folder.
pub struct Desk {
    /// The folder everything is in.
    pub folder: TempDir,
    opened: PathBuf,
}

impl Desk {
    /// An empty desk.
    pub fn new() -> Self {
        let folder = tempfile::tempdir().expect("a folder for the journey");
        let opened = folder.path().join("opened-addresses");
        let programs = folder.path().join("bin");
        fs::create_dir_all(&programs).expect("a folder for programs");
        // The desktop's way of opening the person's browser: here it only notes the address, and the journey opens it in a
        // real browser that can be driven.
        let opener = programs.join("xdg-open");
        fs::write(&opener, format!("#!/bin/sh\nprintf '%s\\n' \"$1\" >> '{}'\n", opened.display()))
            .expect("an opener");
        fs::set_permissions(&opener, fs::Permissions::from_mode(0o755)).expect("an opener that runs");
        Self { folder, opened }
    }

    /// Starts the real app.
    pub async fn window(&self) -> Window {
        Window::open(self.folder.path()).await
    }

    /// Waits until the app opened an address in the browser, and gives it.
    pub async fn opened_address(&self) -> String {
        until("the app opens the browser", async || {
            fs::read_to_string(&self.opened).ok()?.lines().last().map(str::to_owned)
        })
        .await
    }

    /// Consents in a real browser, as the person would.
    pub async fn allow(&self) -> String {
        let address = self.opened_address().await;
        let browser = Browser::open(self.folder.path()).await;
        let answer = browser.consent(&address, "Allow").await;
        browser.close().await;
        answer
    }

    /// A file of messy leads: people in different spellings, some of them twice, some that no CRM takes as they are.
    pub fn messy_leads(&self) -> PathBuf {
        let path = self.folder.path().join("leads.csv");
        let mut text = String::from("\u{feff}Name;E-mail;Phone;Company;Type;Message\r\n");
        for person in 0..PEOPLE {
            let (first, last) = (FIRST[person % FIRST.len()], LAST[(person / FIRST.len()) % LAST.len()]);
            let email = format!("{}.{}{person}@example.com", plain(first), plain(last));
            let kind = match person {
                _ if person < WEBINAR => "Webinar",
                _ if person < WEBINAR + FAX => "Fax",
                _ if person % 2 == 0 => "New",
                _ => "open",
            };
            let nameless = person >= PEOPLE - NAMELESS;
            let name = if nameless { String::new() } else { format!("{first} {last}") };
            let shown = if nameless { String::new() } else { spelled(&email, person) };
            let phone = format!("020 7946 {:04}", person % 1_000);
            let phone = if nameless {
                format!("+1 (212) 555-01{:02}", person % 100)
            } else {
                phone_in_words(&phone, person)
            };
            text.push_str(&format!(
                "{name};{shown};{phone};\"{} & Sons; Ltd\";{kind};\"Hello,\nplease call\"\r\n",
                last
            ));
            // Every tenth person filled in the form twice, in another spelling.
            if person % 10 == 0 && !nameless {
                text.push_str(&format!("{};{};;;{kind};\r\n", name.to_uppercase(), email.to_uppercase()));
            }
        }
        fs::write(&path, text).expect("the file of leads");
        path
    }
}

impl Default for Desk {
    fn default() -> Self {
        Self::new()
    }
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

fn phone_in_words(phone: &str, person: usize) -> String {
    match person % 4 {
        // A shared number would join two people: only some leads have one.
        0 if person < 1_000 => phone.to_owned(),
        1 if person < 1_000 => phone.replacen('0', "+44 (0)", 1),
        _ => String::new(),
    }
}
