//! What Salesforce knows about a field beyond the core: its type word, sizes, and where it may be used.
//!
//! Kept as one line in the field's `form`, which the core hands through unread:
//! `type|size|flags|default`, such as `double|18.2||` or `reference||default >User,Group=Owner|`. A line without a type (a
//! field of a real account in a twin) is read from the field's kind.

use leadferry_model::FieldKind;

use crate::core::Field;

/// The facts of one field.
#[derive(Clone, Debug)]
pub(super) struct Facts {
    /// The `type` of a describe.
    pub(super) word: String,
    /// Digits in all of a number.
    pub(super) precision: u32,
    /// Digits after the point of a number.
    pub(super) scale: u32,
    /// Can be an upsert's key.
    pub(super) external_id: bool,
    /// Can look a record up, as every external id can.
    pub(super) id_lookup: bool,
    /// Never blank, and filled by Salesforce when it is not given.
    pub(super) defaulted: bool,
    /// May be given on create only.
    pub(super) create_only: bool,
    /// May be given on update only.
    pub(super) update_only: bool,
    /// Objects a reference leads to.
    pub(super) references: Vec<String>,
    /// The name a reference goes by in queries.
    pub(super) relationship: Option<String>,
    /// The compound field it is a part of.
    pub(super) compound: Option<String>,
    /// The option a new record gets when none is given.
    pub(super) default_value: Option<String>,
}

impl Facts {
    /// The facts of `field`.
    pub(super) fn of(field: &Field) -> Self {
        let mut parts = field.form.splitn(4, '|');
        let word = parts.next().filter(|word| !word.is_empty()).unwrap_or_else(|| word_of(field.kind));
        let size = parts.next().unwrap_or_default();
        let (whole, scale) = size.split_once('.').unwrap_or((size, "0"));
        let mut facts = Self {
            word: word.to_owned(),
            precision: whole.parse().unwrap_or(18),
            scale: scale.parse().unwrap_or_default(),
            external_id: field.custom && field.unique,
            id_lookup: field.custom && field.unique,
            defaulted: word == "boolean",
            create_only: false,
            update_only: false,
            references: Vec::new(),
            relationship: None,
            compound: None,
            default_value: None,
        };
        if size.is_empty() && matches!(word, "double" | "currency" | "percent") {
            // A twin's description does not carry sizes.
            facts.scale = 6;
        }
        for flag in parts.next().unwrap_or_default().split_whitespace() {
            match flag {
                "ext" => (facts.external_id, facts.id_lookup) = (true, true),
                // Unique, but no key of upserts.
                "nokey" => (facts.external_id, facts.id_lookup) = (false, false),
                "lookup" => facts.id_lookup = true,
                "default" => facts.defaulted = true,
                "createonly" => facts.create_only = true,
                "updateonly" => facts.update_only = true,
                other => {
                    if let Some(targets) = other.strip_prefix('>') {
                        let (objects, name) = targets.split_once('=').unwrap_or((targets, ""));
                        facts.references = objects.split(',').map(str::to_owned).collect();
                        facts.relationship = Some(name.to_owned()).filter(|name| !name.is_empty());
                    } else if let Some(compound) = other.strip_prefix("in:") {
                        facts.compound = Some(compound.to_owned());
                    }
                }
            }
        }
        facts.default_value = default_value(field).map(str::to_owned);
        facts
    }

    /// Whether values are kept as text in double quotes in a query.
    pub(super) fn is_text(&self) -> bool {
        !matches!(
            self.word.as_str(),
            "boolean" | "int" | "double" | "currency" | "percent" | "date" | "datetime" | "address"
        )
    }

    /// Whether it holds a number.
    pub(super) fn is_number(&self) -> bool {
        matches!(self.word.as_str(), "int" | "double" | "currency" | "percent")
    }

    /// Whether queries may filter and sort by it: long texts and compounds cannot.
    pub(super) fn filterable(&self, field: &Field) -> bool {
        let long = self.word == "textarea" && field.max_length.is_none_or(|most| most > 255);
        !long && self.word != "address"
    }
}

/// The option a new record gets when none is given.
pub(super) fn default_value(field: &Field) -> Option<&str> {
    field.form.splitn(4, '|').nth(3).filter(|text| !text.is_empty())
}

/// The type of a field of which only the kind is known.
fn word_of(kind: FieldKind) -> &'static str {
    match kind {
        FieldKind::Text | FieldKind::Other => "string",
        FieldKind::LongText => "textarea",
        FieldKind::Email => "email",
        FieldKind::Phone => "phone",
        FieldKind::Url => "url",
        FieldKind::Number => "double",
        FieldKind::Money => "currency",
        FieldKind::Bool => "boolean",
        FieldKind::Date => "date",
        FieldKind::DateTime => "datetime",
        FieldKind::Choice => "picklist",
        FieldKind::MultiChoice => "multipicklist",
        FieldKind::Owner => "reference",
    }
}

/// The core's kind for a type word. References are checked here, not in the core: they lead to users, queues and records.
pub(super) fn kind_of(word: &str) -> Option<FieldKind> {
    Some(match word {
        "string" | "combobox" | "id" => FieldKind::Text,
        "textarea" | "base64" => FieldKind::LongText,
        "email" => FieldKind::Email,
        "phone" => FieldKind::Phone,
        "url" => FieldKind::Url,
        "picklist" => FieldKind::Choice,
        "multipicklist" => FieldKind::MultiChoice,
        "boolean" => FieldKind::Bool,
        "int" | "double" | "percent" => FieldKind::Number,
        "currency" => FieldKind::Money,
        "date" => FieldKind::Date,
        "datetime" => FieldKind::DateTime,
        "reference" | "address" => FieldKind::Other,
        _ => return None,
    })
}

/// The core's field for one of a real account, for a twin.
pub(super) fn adopted(field: &leadferry_model::Field) -> Field {
    let owner = field.kind == FieldKind::Owner;
    Field {
        help: field.help.clone().unwrap_or_default(),
        group: field.group.clone().unwrap_or_default(),
        options: field.options.clone(),
        // A description does not say whether other values are taken; without options, any is.
        open: field.options.is_empty(),
        unique: field.unique,
        read_only: field.read_only,
        custom: field.custom,
        max_length: field.max_length,
        created_at: field.custom.then_some(jiff::Timestamp::UNIX_EPOCH),
        form: if owner { "reference||default >User,Group=Owner".to_owned() } else { String::new() },
        ..Field::new(&field.name, &field.label, if owner { FieldKind::Other } else { field.kind })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_says_what_a_describe_shows() {
        let mut field = Field::new("OwnerId", "Owner ID", FieldKind::Other);
        field.form = "reference||default >User,Group=Owner".to_owned();
        let facts = Facts::of(&field);
        assert_eq!((facts.word.as_str(), facts.defaulted), ("reference", true));
        assert_eq!(facts.references, ["User", "Group"]);
        assert_eq!(facts.relationship.as_deref(), Some("Owner"));
        field.form = "double|5.2|".to_owned();
        assert_eq!((Facts::of(&field).precision, Facts::of(&field).scale), (5, 2));
        field.form.clear();
        field.kind = FieldKind::Email;
        assert_eq!(Facts::of(&field).word, "email", "a twin's fields have a kind only");
    }
}
