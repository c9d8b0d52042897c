//! The catalogue of everything that can go wrong with a lead: what happened, what it means, which button fixes it.
//!
//! Every text follows one pattern: *[System] [did what] because [cause in the user's words]*, then one sentence about what
//! happens to the leads. Codes and raw text go to `technical` only. A test reads every entry: at most 30 words, no codes, no
//! blame, an action where a person can do something.

use leadferry_connector::CONVERTED;
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, FieldFault, ObjectSchema};

use crate::types::{Explained, FixAction};

/// What the texts are made of beside the failure.
#[derive(Clone, Copy, Debug)]
pub struct Context<'a> {
    /// The destination's connection, for buttons.
    pub connection: &'a str,
    /// The destination's name as people know it.
    pub system: &'a str,
    /// The destination's fields, for their labels.
    pub schema: Option<&'a ObjectSchema>,
    /// How many leads it concerns.
    pub leads: u32,
}

impl Context<'_> {
    fn label(&self, field: &str) -> String {
        self.schema
            .and_then(|schema| schema.field(field))
            .map_or_else(|| field.to_owned(), |field| field.label.clone())
    }

    fn limit(&self, field: &str) -> Option<u32> {
        self.schema.and_then(|schema| schema.field(field)).and_then(|field| field.max_length)
    }

    /// *1 lead waits* or *31 leads wait*.
    fn waiting(&self) -> String {
        match self.leads {
            1 => "1 lead waits".into(),
            count => format!("{} leads wait", grouped(count)),
        }
    }

    fn people(&self) -> String {
        match self.leads {
            1 => "1 lead".into(),
            count => format!("{} leads", grouped(count)),
        }
    }
}

/// A count with thin separators between thousands.
pub fn grouped(count: u32) -> String {
    let digits = count.to_string();
    let mut out = String::new();
    for (position, digit) in digits.chars().enumerate() {
        if position > 0 && (digits.len() - position).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// The text for `failure`.
pub fn explain(failure: &Failure, about: &Context<'_>) -> Explained {
    let system = about.system;
    let connection = || about.connection.to_owned();
    let (title, meaning, action) = match &failure.kind {
        FailureKind::Auth => (
            format!("{system} no longer lets Leadferry in"),
            format!("Access ended: a new password, an admin or the vendor took it back. {} safely and go by themselves afterwards.", about.waiting()),
            Some(FixAction::SignIn { connection: connection() }),
        ),
        FailureKind::Permission { missing } => permission(missing, about),
        FailureKind::RateLimited { .. } => (
            format!("{system} asked us to slow down"),
            "This is normal on busy days. Leadferry goes on by itself as soon as it may; there is nothing to do.".into(),
            None,
        ),
        FailureKind::Unavailable => (
            format!("{system} is not answering"),
            format!("{} safely until it does, and go by themselves. Other destinations go on.", about.waiting()),
            Some(FixAction::TryNow { connection: connection() }),
        ),
        FailureKind::Busy => (
            format!("{system} is busy with this record"),
            "Somebody or something is editing it right now. It is tried again by itself.".into(),
            Some(FixAction::Retry),
        ),
        FailureKind::Invalid { fields } => match fields.as_slice() {
            [] => (
                format!("{system} refused it and did not say which field is the cause"),
                format!("{} here. The technical details hold its own words.", about.waiting()),
                Some(FixAction::Retry),
            ),
            [first, ..] => field(first, fields.len(), about),
        },
        FailureKind::Conflict { existing: Some(_), .. } => (
            format!("This person is already in {system}"),
            "Leadferry updates the existing record instead of making a second one. It is tried again by itself.".into(),
            Some(FixAction::Retry),
        ),
        FailureKind::Conflict { existing: None, .. } => (
            format!("This person is in {system} more than once"),
            format!("Leadferry does not guess which record is the right one. {} until you merge them or choose.", about.waiting()),
            Some(FixAction::ChooseRecord),
        ),
        FailureKind::NotFound if failure.code == CONVERTED => (
            format!("The record was converted in {system}"),
            "It takes no more changes there, and Leadferry cannot see what it became. Look at it there, then skip the lead.".into(),
            None,
        ),
        FailureKind::NotFound => (
            format!("The record was deleted in {system}"),
            "Leadferry does not make it again unasked. Try again to create a new one, or skip the lead.".into(),
            Some(FixAction::Retry),
        ),
        FailureKind::Unexpected => (
            format!("{system} gave an answer Leadferry does not know"),
            format!("{} safely. Try again; if it comes back, send us the technical details.", about.waiting()),
            Some(FixAction::Retry),
        ),
    };
    Explained { title, meaning, action, technical: technical(failure) }
}

fn permission(missing: &[String], about: &Context<'_>) -> (String, String, Option<FixAction>) {
    let system = about.system;
    if missing.is_empty() {
        return (
            format!("Your {system} account may not do this"),
            format!("{} until an admin allows it, or somebody who may signs in.", about.waiting()),
            Some(FixAction::SignIn { connection: about.connection.to_owned() }),
        );
    }
    let list = missing.join(", ");
    (
        format!("Your {system} account is missing a right"),
        format!("{} until an admin adds it. The message for the admin names it.", about.waiting()),
        Some(FixAction::CopyForAdmin {
            text: format!(
                "Leadferry needs these rights in {system} to deliver leads: {list}. Add them to the account or app Leadferry uses, then check the connection in Leadferry."
            ),
        }),
    )
}

fn field(fault: &FieldFault, count: usize, about: &Context<'_>) -> (String, String, Option<FixAction>) {
    let (system, label, field) = (about.system, about.label(&fault.field), fault.field.clone());
    let value = fault.value.as_deref().map(short).unwrap_or_default();
    let wait = if count > 1 {
        format!("{} here. {} fields need you.", about.waiting(), count)
    } else {
        format!("{} safely here.", about.waiting())
    };
    match fault.problem {
        FieldProblem::Required => (
            format!(
                "{system} needs “{label}”, and {} {} none",
                about.people(),
                if about.leads == 1 { "has" } else { "have" }
            ),
            format!("Choose what to put there. {wait}"),
            Some(FixAction::SetDefault { field }),
        ),
        FieldProblem::UnknownOption => (
            format!("{system} does not know the value “{value}” for “{label}”"),
            format!("Only listed values are allowed. They go as soon as the value is translated. {wait}"),
            Some(FixAction::TranslateValue { field, value: fault.value.clone().unwrap_or_default() }),
        ),
        FieldProblem::TooLong => {
            let limit = about.limit(&fault.field);
            let allowed = limit.map(|limit| format!(" ({})", grouped(limit))).unwrap_or_default();
            (
                format!("“{label}” is longer than {system} allows{allowed}"),
                format!("Shorten it automatically, or send without it. {wait}"),
                Some(FixAction::Shorten { field, limit }),
            )
        }
        FieldProblem::NotEmail => (
            quoted_or(
                &value,
                "is not an e-mail address",
                &format!("Some values of “{label}” are not e-mail addresses"),
            ),
            format!("{system} refuses the whole lead for it. Correct it, or send without it. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
        FieldProblem::NotPhone => (
            quoted_or(
                &value,
                "is not a phone number that can be called",
                &format!("Some values of “{label}” are not phone numbers"),
            ),
            format!("Set the default country, correct the number, or send without it. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
        FieldProblem::NotNumber => (
            quoted_or(
                &value,
                &format!("is not a number, and “{label}” takes only numbers"),
                &format!("“{label}” takes only numbers"),
            ),
            format!("Correct the value or the mapping. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
        FieldProblem::NotDate => (
            quoted_or(
                &value,
                &format!("is not a date “{label}” can hold"),
                &format!("“{label}” takes only dates"),
            ),
            format!("Say in the mapping how the date is written. {wait}"),
            Some(FixAction::EditMapping { field }),
        ),
        FieldProblem::WrongFormat => (
            format!("“{label}” has a form {system} does not take"),
            format!("Correct the value, or send without it. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
        FieldProblem::UnknownField => (
            format!("“{label}” no longer exists in {system}"),
            format!("Choose another field or remove it from the mapping. {wait}"),
            Some(FixAction::EditMapping { field }),
        ),
        FieldProblem::ReadOnly => (
            format!("{system} fills “{label}” itself"),
            format!("It cannot be written. Remove it from the mapping. {wait}"),
            Some(FixAction::EditMapping { field }),
        ),
        FieldProblem::Taken => (
            format!("The value of “{label}” belongs to another record in {system}"),
            format!("Correct the value, or send without it. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
        FieldProblem::CustomRule => (
            format!("A rule your admin made in {system} refused “{label}”"),
            format!("The rule's own words are in the technical details. Correct the value. {wait}"),
            Some(FixAction::EditValue { field }),
        ),
    }
}

/// Further buttons for `failure`, beside the primary one.
pub fn more_actions(failure: &Failure) -> Vec<FixAction> {
    let FailureKind::Invalid { fields } = &failure.kind else { return Vec::new() };
    let Some(fault) = fields.first() else { return Vec::new() };
    let field = || fault.field.clone();
    match fault.problem {
        FieldProblem::Required => vec![FixAction::EditMapping { field: field() }],
        FieldProblem::UnknownField | FieldProblem::ReadOnly => vec![FixAction::LeaveOut { field: field() }],
        _ => vec![FixAction::LeaveOut { field: field() }, FixAction::EditMapping { field: field() }],
    }
}

/// The first problem in a few words, for a row of a list.
pub fn in_short(failure: &Failure, schema: Option<&ObjectSchema>) -> String {
    title(failure, "The CRM", schema, 1)
}

/// The heading alone, for `leads` leads on their way to `system`.
pub fn title(failure: &Failure, system: &str, schema: Option<&ObjectSchema>, leads: u32) -> String {
    explain(failure, &Context { connection: "", system, schema, leads }).title
}

fn quoted_or(value: &str, predicate: &str, general: &str) -> String {
    if value.is_empty() { general.to_owned() } else { format!("“{value}” {predicate}") }
}

fn short(value: &str) -> String {
    const MOST: usize = 40;
    if value.chars().count() <= MOST {
        return value.to_owned();
    }
    value.chars().take(MOST - 1).chain(['…']).collect()
}

fn technical(failure: &Failure) -> String {
    let mut lines = Vec::new();
    if !failure.code.is_empty() {
        lines.push(failure.code.clone());
    }
    lines.push(failure.message.clone());
    if let FailureKind::Invalid { fields } = &failure.kind {
        lines.extend(fields.iter().map(|fault| format!("{}: {}", fault.field, fault.detail)));
    }
    if let FailureKind::Permission { missing } = &failure.kind
        && !missing.is_empty()
    {
        lines.push(format!("missing: {}", missing.join(", ")));
    }
    if let Some(id) = &failure.request_id {
        lines.push(format!("request id: {id}"));
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use leadferry_model::{Field, FieldKind, RecordId};

    use super::*;

    fn every_failure() -> Vec<Failure> {
        let mut kinds = vec![
            FailureKind::Auth,
            FailureKind::Permission { missing: vec![] },
            FailureKind::Permission { missing: vec!["crm.objects.contacts.write".into()] },
            FailureKind::RateLimited { after_seconds: Some(10) },
            FailureKind::Unavailable,
            FailureKind::Busy,
            FailureKind::Invalid { fields: vec![] },
            FailureKind::Conflict { existing: None, field: None },
            FailureKind::Conflict { existing: Some(RecordId::new("1")), field: None },
            FailureKind::NotFound,
            FailureKind::Unexpected,
        ];
        for problem in FieldProblem::ALL {
            let fault = FieldFault {
                field: "lead_source".into(),
                problem,
                value: Some("Webinar".into()),
                detail: "the vendor's words".into(),
            };
            kinds.push(FailureKind::Invalid { fields: vec![fault.clone()] });
            kinds.push(FailureKind::Invalid {
                fields: vec![FieldFault { value: None, ..fault.clone() }, fault],
            });
        }
        kinds
            .into_iter()
            .map(|kind| Failure::new(kind, "HTTP 400: invalid null").code("VALIDATION_ERROR"))
            .collect()
    }

    #[test]
    fn every_text_is_plain_short_and_has_a_next_step() {
        let mut field = Field::new("lead_source", "Lead source", FieldKind::Text);
        field.max_length = Some(1255);
        let schema = ObjectSchema {
            object: "contacts".into(),
            label: "Contact".into(),
            fields: vec![field],
            one_of: vec![],
            open: false,
        };
        let about = Context { connection: "c1", system: "Example CRM", schema: Some(&schema), leads: 412 };
        for failure in every_failure() {
            let text = explain(&failure, &about);
            for sentence in [&text.title, &text.meaning] {
                assert!(sentence.split_whitespace().count() <= 30, "at most 30 words: {sentence}");
                let lower = sentence.to_lowercase();
                for word in [
                    "invalid",
                    "failed to",
                    "oops",
                    "please",
                    "!",
                    "null",
                    "http",
                    "{",
                    "validation_error",
                    "400",
                ] {
                    assert!(!lower.contains(word), "no “{word}” in: {sentence}");
                }
            }
            let waits_by_itself = matches!(failure.kind, FailureKind::RateLimited { .. });
            assert_eq!(
                text.action.is_none(),
                waits_by_itself,
                "a problem carries its button: {}",
                text.title
            );
            assert!(text.technical.contains("VALIDATION_ERROR"), "the raw words stay findable");
        }
    }

    #[test]
    fn labels_replace_internal_names() {
        let schema = ObjectSchema {
            object: "contacts".into(),
            label: "Contact".into(),
            fields: vec![Field::new("lead_source", "Lead source", FieldKind::Choice)],
            one_of: vec![],
            open: false,
        };
        let about = Context { connection: "c1", system: "Example CRM", schema: Some(&schema), leads: 412 };
        let fault = FieldFault {
            field: "lead_source".into(),
            problem: FieldProblem::UnknownOption,
            value: Some("Webinar".into()),
            detail: String::new(),
        };
        let text = explain(&Failure::new(FailureKind::Invalid { fields: vec![fault] }, ""), &about);
        assert_eq!(
            text.title, "Example CRM does not know the value “Webinar” for “Lead source”",
            "people know labels, not internal names"
        );
    }

    #[test]
    fn counts_are_grouped() {
        assert_eq!(
            [grouped(7), grouped(1204), grouped(1_000_000)],
            ["7", "1,204", "1,000,000"],
            "as people write them"
        );
    }
}
