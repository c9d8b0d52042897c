//! Which canonical values a field takes.

use jiff::{Timestamp, civil};
use leadferry_model::FieldKind;

use super::{Field, Problem};

/// Says why `field` does not take `value`; blank values are always taken, they clear the field.
pub(super) fn check(field: &Field, value: &str, is_owner: impl Fn(&str) -> bool) -> Result<(), Problem> {
    if value.is_empty() {
        return Ok(());
    }
    if let Some(most) = field.max_length
        && value.chars().count() > most as usize
    {
        return Err(Problem::TooLong(most));
    }
    let fits = |yes: bool, problem: Problem| if yes { Ok(()) } else { Err(problem) };
    match field.kind {
        FieldKind::Text | FieldKind::LongText | FieldKind::Phone | FieldKind::Url | FieldKind::Other => {
            Ok(())
        }
        FieldKind::Email => fits(looks_like_email(value), Problem::NotAnEmail),
        FieldKind::Number | FieldKind::Money => fits(is_number(value), Problem::NotANumber),
        FieldKind::Bool => fits(matches!(value, "true" | "false"), Problem::NotABool),
        FieldKind::Date => fits(value.parse::<civil::Date>().is_ok(), Problem::NotADate),
        FieldKind::DateTime => fits(value.parse::<Timestamp>().is_ok(), Problem::NotAMoment),
        FieldKind::Choice | FieldKind::MultiChoice if field.open => Ok(()),
        FieldKind::Choice => fits(field.option_place(value).is_some(), Problem::NotAnOption),
        FieldKind::MultiChoice => {
            fits(value.split(';').all(|one| field.option_place(one).is_some()), Problem::NotAnOption)
        }
        FieldKind::Owner => fits(is_owner(value), Problem::NotAnOwner),
    }
}

fn is_number(value: &str) -> bool {
    value.parse::<f64>().is_ok_and(f64::is_finite)
}

/// The shape the vendors' own forms ask of an address: one `@`, something before it, a dotted host after it.
fn looks_like_email(value: &str) -> bool {
    let Some((local, host)) = value.split_once('@') else { return false };
    let plain =
        |text: &str| !text.chars().any(|c| c.is_whitespace() || c.is_control() || "@,;<>()\"".contains(c));
    let dots_fit = |text: &str| !text.starts_with('.') && !text.ends_with('.') && !text.contains("..");
    let last = host.rsplit('.').next().unwrap_or_default();
    !local.is_empty()
        && host.contains('.')
        && last.chars().count() >= 2
        && [local, host].into_iter().all(|part| plain(part) && dots_fit(part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_told_from_other_text() {
        let cases = [
            ("ada@example.com", true),
            ("ada.l+x@mail.example.org", true),
            ("ada@example", false),
            ("ada@@example.com", false),
            ("ada example.com", false),
            ("@example.com", false),
            ("ada@.example.com", false),
            ("ada@example.com,bo@example.com", false),
        ];
        for (text, expected) in cases {
            assert_eq!(looks_like_email(text), expected, "{text}");
        }
    }
}
