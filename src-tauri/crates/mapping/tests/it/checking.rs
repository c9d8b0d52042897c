//! What the editor says before anything is sent.

use leadferry_mapping::{
    Compatible, Condition, Fix, Mapping, Problem, ProblemCode, Rest, Rule, Severity, Source, SourceField,
    Transform, check, compatibility, describe_source, guess_kind,
};
use leadferry_model::{FieldKind, Value};

use crate::support::{contacts, mapping, take};

fn source(name: &str, samples: &[&str]) -> SourceField {
    describe_source(name, &samples.iter().map(|sample| (*sample).to_owned()).collect::<Vec<_>>())
}

fn sources() -> Vec<SourceField> {
    vec![
        source("Name", &["Ada Lovelace", "Bob"]),
        source("Mail", &["ada@example.com", "bob@example.org"]),
        source("Type", &["Webinar", "Podcast", "Trade Fair"]),
        source("Size", &["12", "1,200"]),
        source("Joined", &["2026-11-20 10:15", "2026-11-21"]),
        source("Tel", &["020 7946 0958"]),
        source("Text", &["short", "a first name that is longer than twenty"]),
    ]
}

fn problems(mapping: &Mapping) -> Vec<Problem> {
    check(mapping, &contacts(), &sources())
}

/// The problems besides those of the two rules without which nothing goes.
fn with(rule: Rule) -> Vec<Problem> {
    problems(&mapping([take("lastname", "Name"), take("email", "Mail"), rule]))
}

fn one(rule: Rule, code: ProblemCode, severity: Severity) -> Problem {
    let found = with(rule);
    let shape: Vec<_> = found.iter().map(|problem| (problem.code, problem.severity)).collect();
    assert_eq!(shape, [(code, severity)], "{found:#?}");
    found.into_iter().next().unwrap()
}

#[test]
fn a_good_mapping_has_no_problems() {
    assert_eq!(problems(&mapping([take("lastname", "Name"), take("email", "Mail")])), [], "nothing to say");
}

#[test]
fn what_is_missing_is_said() {
    let found = problems(&mapping([]));
    let codes: Vec<_> = found.iter().map(|problem| problem.code).collect();
    assert_eq!(
        codes,
        [ProblemCode::RequiredWithoutRule, ProblemCode::OneOfWithoutRule],
        "last name, and one of two"
    );
    assert_eq!(found[0].fix, Some(Fix::AddRule { target: "lastname".into() }), "one click makes the rule");
}

#[test]
fn clashes_come_with_the_step_that_ends_them() {
    let problem = one(take("birthday", "Joined"), ProblemCode::TypeClash, Severity::Error);
    assert_eq!(problem.fix, Some(Fix::AddSteps { transforms: vec![Transform::DATE] }), "read as date");
    one(take("birthday", "Mail"), ProblemCode::TypeClash, Severity::Error);
    let problem = one(take("employees", "Size"), ProblemCode::TypeClash, Severity::Error);
    assert_eq!(
        problem.fix,
        Some(Fix::AddSteps { transforms: vec![Transform::NUMBER] }),
        "1,200 needs reading"
    );
    let problem =
        one(take("employees", "Size").with([Transform::NUMBER]), ProblemCode::TypeClash, Severity::Warning);
    assert!(
        problem.message.contains("1 of 2") && problem.message.contains("two ways"),
        "{}",
        problem.message
    );
    one(take("birthday", "Mail").with([Transform::TitleCase]), ProblemCode::StepClash, Severity::Error);
}

#[test]
fn targets_and_sources_that_are_gone_are_said() {
    let problem = one(take("createdate", "Joined"), ProblemCode::ReadOnlyTarget, Severity::Error);
    assert_eq!(problem.fix, Some(Fix::RemoveRule), "it cannot be written");
    one(take("campaign_2023", "Name"), ProblemCode::UnknownTarget, Severity::Warning);
    one(take("firstname", "Nickname"), ProblemCode::UnknownSource, Severity::Warning);
    let when = Condition::IsFilled { field: "Nickname".into() };
    one(
        Rule { when: Some(when), ..take("website", "Nickname") },
        ProblemCode::UnknownSource,
        Severity::Warning,
    );
    one(take("lastname", "Text"), ProblemCode::TwoRules, Severity::Error);
    let formula =
        |expression: &str| Rule::new("firstname", Source::Formula { expression: expression.into() });
    one(formula("uper(Name)"), ProblemCode::BadFormula, Severity::Error);
    one(formula("upper(Nickname)"), ProblemCode::UnknownSource, Severity::Warning);
    let zone = Transform::ReadDate { format: None, zone: Some("Mars/Olympus".into()) };
    let found = with(take("birthday", "Joined").with([zone]));
    assert_eq!(found[0].code, ProblemCode::UnknownSetting, "a zone that nobody knows");
    assert!(found[0].message.contains("Mars/Olympus"), "is named: {}", found[0].message);
}

#[test]
fn values_without_an_option_are_listed() {
    let problem = one(take("lead_source", "Type"), ProblemCode::UnknownOption, Severity::Warning);
    assert_eq!(
        problem.fix,
        Some(Fix::TranslateValues { values: vec!["Podcast".into()] }),
        "only the one that is none"
    );
    let hold = Transform::Translate { table: Vec::new(), rest: Rest::Hold };
    one(take("lead_source", "Type").with([hold]), ProblemCode::UnknownOption, Severity::Error);
    let empty = Transform::Translate { table: Vec::new(), rest: Rest::LeaveEmpty };
    assert_eq!(with(take("lead_source", "Type").with([empty])), [], "the rule for the rest settles it");
    let fixed = Rule::new("lead_source", Source::Fixed { value: Value::text("Podcast") });
    one(fixed, ProblemCode::UnknownOption, Severity::Warning);
}

#[test]
fn long_texts_can_be_shortened() {
    let problem = one(take("firstname", "Text"), ProblemCode::MayBeTooLong, Severity::Warning);
    let fix = Fix::AddSteps { transforms: vec![Transform::Truncate { length: 20 }] };
    assert_eq!(problem.fix, Some(fix), "shorten automatically");
}

#[test]
fn impossible_targets_say_why() {
    let schema = contacts();
    let field = |name: &str| schema.field(name).unwrap();
    let mail = source("Mail", &["ada@example.com"]);
    assert_eq!(compatibility(&mail, field("email")), Compatible::Compatible, "same kind");
    assert!(
        matches!(compatibility(&mail, field("birthday")), Compatible::Impossible { .. }),
        "no address is a day"
    );
    assert!(matches!(compatibility(&mail, field("createdate")), Compatible::Impossible { .. }), "read-only");
    assert_eq!(
        compatibility(&source("Day", &["some day"]), field("birthday")),
        Compatible::PossibleWith { transforms: vec![Transform::DATE] },
        "text becomes a date with a step"
    );
    let Compatible::PossibleWith { transforms } =
        compatibility(&source("Type", &["webinar", "Ad"]), field("lead_source"))
    else {
        panic!("a table makes it possible");
    };
    let Transform::Translate { table, rest } = &transforms[0] else { panic!("a table") };
    assert_eq!(
        (table.len(), rest),
        (1, &Rest::Hold),
        "what matches by itself is in it, the rest waits for a person"
    );
}

#[test]
fn kinds_are_guessed_from_values() {
    for (samples, expected, why) in [
        (&["a@example.com", "", "b@example.org"][..], FieldKind::Email, "blank says nothing"),
        (&["07700 900123", "+44 7700 900456"], FieldKind::Phone, "phone numbers"),
        (&["9876543210"], FieldKind::Phone, "ten digits"),
        (&["https://example.com/x"], FieldKind::Url, "addresses"),
        (&["1", "0", "1"], FieldKind::Number, "counts as often as answers"),
        (&["yes", "No"], FieldKind::Bool, "words"),
        (&["2026-11-20", "21 Nov 2026"], FieldKind::Date, "days"),
        (&["2026-11-20 10:00", "2026-11-21"], FieldKind::DateTime, "some with a time"),
        (&["12", "1,234.5", "N/A"], FieldKind::Number, "numbers; N/A says nothing"),
        (&["€12", "1.200 EUR"], FieldKind::Money, "with a currency"),
        (&["first\nsecond"], FieldKind::LongText, "lines"),
        (&["Ada", "a@example.com"], FieldKind::Text, "mixed is text"),
        (&[], FieldKind::Text, "nothing seen"),
        (&["EC1A 1BB"], FieldKind::Text, "a post code"),
    ] {
        let samples: Vec<String> = samples.iter().map(|sample| (*sample).to_owned()).collect();
        assert_eq!(guess_kind(&samples), expected, "{samples:?}: {why}");
    }
    let described = source("first_name", &["Ada", "", "Bob", "Ada"]);
    assert_eq!(described.label, "First name", "a name for people");
    assert_eq!(described.samples, ["Ada", "Bob"], "different values only");
    assert!((described.filled_share - 0.75).abs() < f64::EPSILON, "three of four");
}
