//! One person's data: finding it, showing it, handing it over, erasing it.

use std::path::PathBuf;

use clap::Subcommand;
use leadferry_api::{ById, Error, ExportPerson, LeadRow, LeadView, ListLeads, Nothing, PageOf, Paged};
use serde_json::json;

use super::fields::word;
use crate::exit::{Ended, Outcome};
use crate::folder;
use crate::session::Session;
use crate::table::Table;

/// One person's data
#[derive(Debug, Subcommand)]
pub(crate) enum Person {
    /// Find people by part of a name, e-mail, phone or record id
    Find {
        /// What to look for
        text: String,
        /// How many to list
        #[arg(long, default_value_t = 50)]
        limit: u32,
    },
    /// Show everything about one person
    Show {
        /// The lead's id, as `person find` shows it
        lead: String,
    },
    /// Write everything about one person to a file
    Export {
        /// The lead's id
        lead: String,
        /// The file to write
        file: PathBuf,
    },
    /// Erase one person from this computer; records in the CRM stay
    Erase {
        /// The lead's id
        lead: String,
        /// Yes, for good
        #[arg(long)]
        yes: bool,
    },
}

impl Person {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        match self {
            Self::Find { text, limit } => find(session, text, limit).await,
            Self::Show { lead } => show(session, lead).await,
            Self::Export { lead, file } => {
                let path = folder::absolute(&file);
                let request = ExportPerson { id: lead, path: path.clone() };
                let _done: Nothing = session.ask("export_person", request).await?;
                session.out.answer(&json!({"path": path}), || format!("Written to {path}."));
                Ok(Outcome::Done)
            }
            Self::Erase { yes: false, .. } => {
                Err(Error::usage("Erasing cannot be taken back. Say --yes if that is meant."))
            }
            Self::Erase { lead, yes: true } => {
                let done: Nothing = session.ask("erase_person", ById { id: lead }).await?;
                session.out.answer(&done, || {
                    "Erased from this computer. Records in the CRM stay as they are.".into()
                });
                Ok(Outcome::Done)
            }
        }
    }
}

async fn find(session: &Session, text: String, limit: u32) -> Ended {
    let request = ListLeads { text: Some(text), source: None, page: PageOf { offset: 0, limit } };
    let leads: Paged<LeadRow> = session.ask("leads", request).await?;
    session.out.answer(&leads, || {
        let mut table = Table::new(["Name", "E-mail", "Phone", "Source", "State", "Id"]);
        for row in &leads.rows {
            table.row([
                row.name.clone(),
                row.email.clone().unwrap_or_default(),
                row.phone.clone().unwrap_or_default(),
                row.source.name.clone(),
                row.state.as_ref().map(word).unwrap_or_default(),
                row.id.clone(),
            ]);
        }
        let mut text = table.text_or("Nobody fits. Try a shorter part of the name, e-mail or phone.");
        if leads.total > limit {
            text.push_str(&format!("{} of {} people", leads.rows.len(), leads.total));
        }
        text
    });
    Ok(Outcome::Done)
}

async fn show(session: &Session, lead: String) -> Ended {
    let view: LeadView = session.ask("lead", ById { id: lead }).await?;
    session.out.answer(&view, || {
        let mut text =
            format!("{}, from {} at {}\n\n", view.row.name, view.row.source.name, view.row.captured_at);
        let mut fields = Table::new(["Field", "Value"]);
        for field in &view.fields {
            fields.row([field.name.clone(), field.value.clone()]);
        }
        text.push_str(&fields.text_or("No fields are kept.\n"));
        for link in &view.links {
            let place = link.url.as_deref().unwrap_or(&link.record);
            text.push_str(&format!("\n{}: {place}, {}", link.connection.name, link.matched_by));
        }
        text.push('\n');
        for entry in &view.timeline {
            text.push_str(&format!("\n{}  {}", entry.at, entry.text));
        }
        text
    });
    Ok(Outcome::Done)
}
