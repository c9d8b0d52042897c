//! Changing an account's fields as its administrator does, and making the account a twin of a real one.

use leadferry_model::{Field, FieldKind, FieldOption, ObjectSchema};

use super::{Practice, PracticeError};
use crate::core::{Owner, Pipeline, Refusal, Table};
use crate::views::FieldView;

impl Practice {
    /// An object's fields, by name.
    pub fn fields(&self, object: &str) -> Result<Vec<FieldView>, PracticeError> {
        Ok(self.world().crm.table(object)?.fields().map(FieldView::new).collect())
    }

    /// Adds a field, or replaces one of the same name.
    pub fn put_field(&self, object: &str, field: &Field) -> Result<FieldView, PracticeError> {
        let adopted = self.dialect().adopt(field);
        let view = FieldView::new(&adopted);
        self.with_table(object, |table| table.put_field(adopted))?;
        Ok(view)
    }

    /// Takes a field away; the values stay in the records and come back with it.
    pub fn remove_field(&self, object: &str, name: &str) -> Result<(), PracticeError> {
        Ok(self.with_table(object, |table| table.archive_field(name))??)
    }

    /// Replaces the options of a choice.
    pub fn set_options(
        &self,
        object: &str,
        name: &str,
        options: Vec<FieldOption>,
    ) -> Result<FieldView, PracticeError> {
        let alter =
            |table: &mut Table| table.alter_field(name, |field| field.options = options).map(FieldView::new);
        Ok(self.with_table(object, alter)??)
    }

    /// Makes an object's fields those of a real account (a twin for rehearsal). Fields the vendor computes stay as
    /// this account has them.
    pub fn load_fields(&self, schema: &ObjectSchema) -> Result<(), PracticeError> {
        let adopted: Vec<_> = schema.fields.iter().map(|field| self.dialect().adopt(field)).collect();
        self.with_table(&schema.object, |table| {
            let known: Vec<String> =
                table.fields().filter(|f| !f.is_computed()).map(|f| f.name.to_string()).collect();
            for name in known {
                if schema.field(&name).is_none() {
                    // Vendors' own fields stay: their rules (uniqueness of e-mail) hold in every account.
                    let custom = table.field(&name).is_some_and(|field| field.custom);
                    if custom {
                        table.archive_field(&name)?;
                    }
                }
            }
            for mut field in adopted {
                match table.field(&field.name) {
                    Some(own) if own.is_computed() => continue,
                    Some(own) => {
                        // Connectors describe the vendor's e-mail field as plain text; it is none.
                        if own.kind == FieldKind::Email {
                            field.kind = FieldKind::Email;
                        }
                        // How the vendor calls a kind, and how records are found, no connector describes.
                        if field.form.is_empty() && field.kind == own.kind {
                            field.form = own.form.clone();
                        }
                        field.indexed |= own.indexed;
                        field.also_claimed_by = own.also_claimed_by.clone();
                        field.forward_only = own.forward_only;
                        field.refers_to = own.refers_to.clone();
                        if !own.custom {
                            // What a description leaves out of the vendor's own fields.
                            field.form.clone_from(&own.form);
                            field.open = own.open;
                        }
                        field.unique |= own.unique;
                    }
                    None => {}
                }
                table.put_field(field);
            }
            let required =
                schema.fields.iter().filter(|field| field.required).map(|field| vec![field.name.clone()]);
            table.one_of = schema.one_of.iter().cloned().chain(required).collect();
            table.one_of.sort();
            table.one_of.dedup();
            Ok::<(), Refusal>(())
        })??;
        Ok(())
    }

    /// Makes the owners those of a real account.
    pub fn load_owners(&self, owners: Vec<Owner>) {
        self.world().crm.owners = owners;
    }

    /// Makes an object's pipelines those of a real account.
    pub fn load_pipelines(&self, object: &str, pipelines: Vec<Pipeline>) {
        self.world().crm.pipelines.insert(object.to_owned(), pipelines);
    }

    fn with_table<T>(&self, object: &str, work: impl FnOnce(&mut Table) -> T) -> Result<T, PracticeError> {
        let mut world = self.world();
        let table = world.crm.table_mut(object).ok_or_else(|| Refusal::NoObject(object.to_owned()))?;
        Ok(work(table))
    }
}
