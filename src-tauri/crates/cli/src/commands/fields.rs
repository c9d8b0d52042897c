//! The real fields of a connected CRM.

use clap::Args;
use leadferry_api::FieldsOf;
use leadferry_model::ObjectSchema;

use crate::exit::{Ended, Outcome};
use crate::find;
use crate::session::Session;
use crate::table::Table;

/// Lists fields
#[derive(Debug, Args)]
pub(crate) struct Fields {
    /// The connection's name or id
    connection: String,
    /// The object, such as contacts; the CRM's first by default
    object: Option<String>,
    /// Also fields the CRM fills by itself
    #[arg(long)]
    all: bool,
}

impl Fields {
    pub(crate) async fn run(self, session: &Session) -> Ended {
        let connection = find::connection(&session.caller, &self.connection).await?.id;
        let schema: ObjectSchema =
            session.ask("object_fields", FieldsOf { connection, object: self.object }).await?;
        session.out.answer(&schema, || {
            let mut table = Table::new(["Field", "Label", "Kind", "Notes", "Options"]);
            for field in schema.fields.iter().filter(|field| self.all || !field.read_only) {
                let notes = [
                    (field.required, "required"),
                    (field.read_only, "read-only"),
                    (field.unique, "unique"),
                    (field.custom, "custom"),
                ];
                let notes: Vec<&str> =
                    notes.into_iter().filter(|(is, _)| *is).map(|(_, word)| word).collect();
                let options: Vec<&str> = field.options.iter().map(|option| option.value.as_str()).collect();
                table.row([
                    field.name.clone(),
                    field.label.clone(),
                    word(&field.kind),
                    notes.join(", "),
                    shortened(&options.join(", ")),
                ]);
            }
            table.text_or("This object has no fields that can be written.")
        });
        Ok(Outcome::Done)
    }
}

/// A value's word in JSON, as people may read it too.
pub(crate) fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("BUG: every answer serialises");
    value.as_str().map_or_else(|| value.to_string(), |word| word.replace('_', " "))
}

/// A long text, so that a table keeps its shape.
pub(crate) fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    if text.chars().count() <= MOST {
        return text.to_owned();
    }
    text.chars().take(MOST - 1).chain(['…']).collect()
}
