//! What one lead becomes: values, warnings, failures.

use leadferry_mapping::{
    Compiled, Condition, Defaults, Direction, Mapped, Mapping, Overwrite, ProblemCode, ReadError, Rest, Rule,
    Source, Transform, Translation, WarningCode,
};
use leadferry_model::failure::FieldProblem;
use leadferry_model::{FailureKind, FieldFault, Record, Value};

use crate::support::{contacts, lead, mapping, take};

fn apply(mapping: &Mapping, lead: &Record) -> Mapped {
    Compiled::new(mapping, &contacts()).unwrap().apply(lead)
}

fn faults(mapped: &Mapped) -> &[FieldFault] {
    match &mapped.failure.as_ref().expect("the lead fails").kind {
        FailureKind::Invalid { fields } => fields,
        other => panic!("a mapping fails with field faults, not {other:?}"),
    }
}

/// The two rules without which no lead passes.
fn enough() -> Vec<Rule> {
    vec![take("lastname", "Name"), take("email", "Mail")]
}

fn with(rule: Rule) -> Mapping {
    mapping(enough().into_iter().chain([rule]))
}

#[test]
fn a_messy_lead_becomes_a_clean_record() {
    let rules = [
        take("email", "E-mail").with([Transform::Email]),
        take("firstname", "Name").with([
            Transform::Trim,
            Transform::NamePart { part: leadferry_mapping::NamePart::First },
            Transform::TitleCase,
        ]),
        take("lastname", "Name").with([
            Transform::Trim,
            Transform::NamePart { part: leadferry_mapping::NamePart::Last },
            Transform::TitleCase,
        ]),
        take("phone", "Tel").with([Transform::PHONE]),
        take("budget", "Budget").with([Transform::MONEY]),
        take("newsletter", "Opt in").with([Transform::BOOL]),
        take("lead_source", "Type"),
        take("colours", "Colours"),
        take("seen_at", "When").with([Transform::DATE_TIME]),
    ];
    let defaults =
        Defaults { region: Some("GB".into()), zone: Some("Europe/London".into()), ..Defaults::default() };
    let mapping = Mapping { defaults, ..mapping(rules) };
    let record = apply(
        &mapping,
        &lead(&[
            ("E-mail", " Ada@EXAMPLE.com "),
            ("Name", "  ADA   LOVELACE "),
            ("Tel", "07700 900123"),
            ("Budget", "£1,250.00"),
            ("Opt in", "yes"),
            ("Type", "trade FAIR"),
            ("Colours", "Red; blue;Red"),
            ("When", "2026-07-01 10:00"),
        ]),
    )
    .record()
    .cloned_or_panic();
    let shown: Vec<String> = record.iter().map(|(name, value)| format!("{name}={value}")).collect();
    assert_eq!(
        shown,
        [
            "budget=1250.00 GBP",
            "colours=red;blue",
            "email=ada@example.com",
            "firstname=Ada",
            "lastname=Lovelace",
            "lead_source=EVENT",
            "newsletter=true",
            "phone=+447700900123",
            "seen_at=2026-07-01T09:00:00Z",
        ],
        "each value in the shape its field takes"
    );
}

trait OrPanic {
    fn cloned_or_panic(self) -> Record;
}

impl OrPanic for Result<Record, &leadferry_model::Failure> {
    fn cloned_or_panic(self) -> Record {
        self.unwrap_or_else(|failure| panic!("the lead should pass: {failure:?}"))
    }
}

#[test]
fn the_trail_shows_every_step() {
    let mapping = with(take("firstname", "First").with([Transform::Trim, Transform::TitleCase]));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("First", "  ADA ")]));
    let field = mapped.field("firstname").unwrap();
    let trail: Vec<String> =
        field.steps.iter().map(|step| format!("{}: {}", step.label, step.value)).collect();
    assert_eq!(field.source, Some(Value::text("  ADA ")), "the trail begins with the captured value");
    assert_eq!(trail, ["trim: ADA", "title case: Ada"], "then the value after each step");
    assert_eq!(field.value, Some(Value::text("Ada")), "and ends with what is sent");
}

#[test]
fn a_bad_optional_field_is_set_aside_and_the_lead_goes() {
    let mapping = with(take("employees", "Size"));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("Size", "about ten")]));
    assert_eq!(mapped.failure, None, "one bad optional field must not hold the lead");
    let field = mapped.field("employees").unwrap();
    assert_eq!(field.value, None, "nothing is sent for it");
    assert_eq!(field.warnings[0].code, WarningCode::SetAside, "and a person can see it");
    assert!(field.warnings[0].message.contains("about ten"), "with the value: {}", field.warnings[0].message);
}

#[test]
fn a_missing_required_field_fails_the_lead() {
    let mapped = apply(&mapping(enough()), &lead(&[("Mail", "a@example.com")]));
    let faults = faults(&mapped);
    assert_eq!(
        (faults[0].field.as_str(), faults[0].problem),
        ("lastname", FieldProblem::Required),
        "the field is named"
    );
    assert!(mapped.record().is_err(), "there is nothing to send");
}

#[test]
fn what_may_be_logged_has_no_values_in_it() {
    let mapped = apply(&mapping(enough()), &lead(&[("Mail", "secret@@person")]));
    let failure = mapped.failure.clone().unwrap();
    assert!(!failure.message.contains("secret"), "names and kinds only: {}", failure.message);
    assert!(failure.message.contains("lastname"), "but enough to find the rule: {}", failure.message);
    assert!(
        faults(&mapped).iter().any(|fault| fault.detail.contains("secret@@person")),
        "the person sees the value"
    );
}

#[test]
fn a_bad_required_field_fails_with_its_own_reason() {
    let mut schema = contacts();
    schema.fields[0].required = true;
    let mapped = Compiled::new(&mapping(enough()), &schema)
        .unwrap()
        .apply(&lead(&[("Name", "Doe"), ("Mail", "a@@x")]));
    let faults = faults(&mapped);
    assert_eq!(faults[0].problem, FieldProblem::NotEmail, "the reason is the bad value, not its absence");
    assert_eq!(faults[0].value.as_deref(), Some("a@@x"), "the refused value is kept for the editor");
}

#[test]
fn one_of_a_set_is_enough_and_none_fails() {
    let rules = || mapping([take("lastname", "Name"), take("email", "Mail"), take("phone", "Tel")]);
    let with_phone = apply(&rules(), &lead(&[("Name", "Doe"), ("Tel", "+44 7700 900123")]));
    assert_eq!(with_phone.failure, None, "a phone number is one of e-mail and phone");
    let with_none = apply(&rules(), &lead(&[("Name", "Doe"), ("Mail", "a@@x")]));
    let detail = &faults(&with_none)[0].detail;
    assert!(
        detail.contains("Email, Phone number") && detail.contains("a@@x"),
        "says the set and why: {detail}"
    );
}

#[test]
fn of_a_set_a_field_is_asked_for_that_people_may_share() {
    let mut schema = contacts();
    schema.fields[0].unique = true;
    schema.one_of = vec![vec!["email".into(), "firstname".into()]];
    let rules = mapping([take("email", "Mail"), take("firstname", "First")]);
    let mapped = Compiled::new(&rules, &schema).unwrap().apply(&lead(&[("Tel", "+44 7700 900123")]));
    let asked = faults(&mapped).iter().find(|fault| fault.detail.contains("At least one")).unwrap();
    assert_eq!(asked.field, "firstname", "one e-mail address for everybody would join them into one person");
}

#[test]
fn a_held_value_stops_the_lead_even_in_an_optional_field() {
    let table = vec![Translation { from: "Fair".into(), to: "EVENT".into() }];
    let mapping = with(take("lead_source", "Type").with([Transform::Translate { table, rest: Rest::Hold }]));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("Type", "Podcast")]));
    let fault = &faults(&mapped)[0];
    assert_eq!(fault.problem, FieldProblem::UnknownOption, "the group's fix is a translation");
    assert_eq!(fault.value.as_deref(), Some("Podcast"), "one group a value");
}

#[test]
fn drift_sets_the_field_aside_and_says_so() {
    let mapping = with(take("campaign_2023", "Campaign"));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("Campaign", "x")]));
    assert_eq!(mapped.failure, None, "leads still go, without it");
    assert_eq!(
        mapped.field("campaign_2023").unwrap().warnings[0].code,
        WarningCode::UnknownField,
        "and a person can see it"
    );
    let mapping = with(take("createdate", "Campaign"));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("Campaign", "x")]));
    assert_eq!(
        mapped.field("createdate").unwrap().warnings[0].code,
        WarningCode::ReadOnly,
        "a field that became read-only too"
    );
}

#[test]
fn an_open_destination_takes_any_field() {
    let schema = leadferry_model::ObjectSchema { open: true, ..contacts() };
    let mapping = with(take("anything.else", "Size").with([Transform::NUMBER]));
    let lead = lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("Size", "12")]);
    let mapped = Compiled::new(&mapping, &schema).unwrap().apply(&lead);
    let field = mapped.field("anything.else").unwrap();
    assert_eq!(field.value, Some(Value::Number(12.into())), "an unlisted field is sent as its steps made it");
    assert_eq!(field.warnings, [], "and is no drift");
    let sources: Vec<_> = ["Name", "Mail", "Size"]
        .into_iter()
        .map(|name| leadferry_mapping::describe_source(name, &[]))
        .collect();
    let unknown = |schema| {
        leadferry_mapping::check(&mapping, schema, &sources)
            .iter()
            .any(|problem| problem.code == ProblemCode::UnknownTarget)
    };
    assert!(!unknown(&schema) && unknown(&contacts()), "the editor knows the difference");
}

#[test]
fn blank_is_sent_only_where_it_may_clear() {
    let clearing = Rule { blank_overwrites: true, ..take("firstname", "First") };
    let lead = lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("First", " ")]);
    assert_eq!(
        apply(&with(take("firstname", "First")), &lead).field("firstname").unwrap().value,
        None,
        "blank never overwrites by default"
    );
    assert_eq!(
        apply(&with(clearing), &lead).field("firstname").unwrap().value,
        Some(Value::Blank),
        "unless the rule says so"
    );
}

#[test]
fn conditions_and_sources_choose() {
    let city = |name: &str| Condition::Is { field: "City".into(), value: name.into() };
    let rule = Rule::new(
        "firstname",
        Source::When {
            condition: city("Rome"),
            then: Box::new(Source::Fixed { value: Value::text("Romano") }),
            otherwise: Some(Box::new(Source::FirstOf { names: vec!["Nick".into(), "First".into()] })),
        },
    );
    let of = |rule: &Rule, fields: &[(&str, &str)]| {
        let mut all = vec![("Name", "Doe"), ("Mail", "a@example.com")];
        all.extend(fields);
        apply(&with(rule.clone()), &lead(&all)).field("firstname").unwrap().value.clone()
    };
    assert_eq!(of(&rule, &[("City", "rome")]), Some(Value::text("Romano")), "then");
    assert_eq!(
        of(&rule, &[("Nick", " "), ("First", "Ada")]),
        Some(Value::text("Ada")),
        "else: the first that is not blank"
    );
    let only = Rule { when: Some(city("Rome")), ..take("firstname", "First") };
    assert_eq!(
        of(&only, &[("First", "Ada")]),
        None,
        "a rule whose condition does not hold leaves the field alone"
    );
    let join = Rule::new(
        "firstname",
        Source::Join { names: vec!["A".into(), "B".into(), "C".into()], separator: " ".into() },
    );
    assert_eq!(
        of(&join, &[("A", "x"), ("B", ""), ("C", " z ")]),
        Some(Value::text("x z")),
        "blank parts leave no gap"
    );
    let formula =
        Rule::new("firstname", Source::Formula { expression: r#"upper(left(field("First"), 2))"#.into() });
    assert_eq!(of(&formula, &[("First", "ada")]), Some(Value::text("AD")), "a formula reads the lead");
}

#[test]
fn values_are_made_to_fit_only_where_nothing_is_lost() {
    let outcome = |target: &str, value: Value| {
        let mut lead = lead(&[("Name", "Doe"), ("Mail", "a@example.com")]);
        lead.set("In", value);
        let mapped = apply(&with(take(target, "In")), &lead);
        let field = mapped.field(target).unwrap();
        field.value.as_ref().map(ToString::to_string)
    };
    let text = Value::text;
    for (target, value, expected, why) in [
        ("message", text("a\nb"), Some("a\nb"), "long text keeps its lines"),
        ("firstname", text("a\r\n b"), Some("a b"), "one line has none"),
        ("firstname", text("a\u{0}b"), Some("ab"), "control characters belong to nobody"),
        ("firstname", text("123456789012345678901"), None, "21 characters do not fit into 20"),
        ("employees", text("12"), Some("12"), "a plain number in text is a number"),
        ("employees", text("1,200"), None, "grouping is a decision"),
        ("employees", Value::Bool(true), None, "yes is no number"),
        ("newsletter", text("TRUE"), Some("true"), "true is true"),
        ("newsletter", text("yes"), None, "words are a decision"),
        ("birthday", text("2026-11-20"), Some("2026-11-20"), "an ISO day is a day"),
        ("birthday", text("2026-11-20T10:00:00Z"), None, "whose day a moment is, is a decision"),
        ("birthday", text("03/04/2026"), None, "never guessed"),
        ("seen_at", text("2026-11-20"), Some("2026-11-20T00:00:00Z"), "midnight, with a warning"),
        ("lead_source", text("WEBINAR"), Some("WEBINAR"), "by value"),
        ("lead_source", text(" trade fair"), Some("EVENT"), "by label, whatever its case"),
        ("lead_source", text("Podcast"), None, "no such option"),
        ("colours", text("Blue;red"), Some("blue;red"), "several"),
        ("colours", text("Blue;green"), None, "one of several unknown"),
        ("website", text("example.com/a b"), None, "no spaces in addresses"),
        ("website", text("example.com"), Some("example.com"), "without a scheme is common"),
        ("phone", text("n/a"), None, "no digits"),
    ] {
        assert_eq!(outcome(target, value.clone()).as_deref(), expected, "{target} ← {value:?}: {why}");
    }
}

#[test]
fn a_mapping_that_cannot_run_is_refused_with_every_reason() {
    let broken = Mapping {
        defaults: Defaults {
            zone: Some("Mars/Olympus".into()),
            region: Some("ZZ".into()),
            ..Defaults::default()
        },
        ..mapping([
            Rule::new("email", Source::Formula { expression: "upper(".into() }),
            take("phone", "a"),
            take("phone", "b"),
        ])
    };
    let mut codes: Vec<ProblemCode> =
        Compiled::new(&broken, &contacts()).unwrap_err().into_iter().map(|problem| problem.code).collect();
    codes.dedup();
    assert_eq!(
        codes,
        [ProblemCode::UnknownSetting, ProblemCode::BadFormula, ProblemCode::TwoRules],
        "all at once, so that one round of editing is enough"
    );
}

#[test]
fn rules_from_the_destination_send_nothing() {
    let back = Rule { direction: Direction::FromDestination, ..take("firstname", "First") };
    let both = Rule { direction: Direction::Both, ..take("website", "Site") };
    let mapping = mapping(enough().into_iter().chain([back, both]));
    let mapped = apply(&mapping, &lead(&[("Name", "Doe"), ("Mail", "a@example.com"), ("First", "Ada")]));
    assert_eq!(mapped.field("firstname"), None, "this field travels the other way");
    let returning: Vec<_> = mapping.returning().collect();
    assert_eq!(returning, [("firstname", "First"), ("website", "Site")], "and these come back");
}

#[test]
fn mappings_are_stored_with_their_format() {
    let rule = Rule { overwrite: Overwrite::IfNewer, ..take("email", "Mail").with([Transform::Email]) };
    let stored = serde_json::to_string(&mapping([rule.clone()])).unwrap();
    assert_eq!(Mapping::read(&stored).unwrap(), mapping([rule]), "what is stored comes back the same");
    let newer = stored.replace("\"format\":1", "\"format\":99");
    assert!(
        matches!(Mapping::read(&newer), Err(ReadError::UnknownFormat { found: 99 })),
        "a newer format is refused in words"
    );
    let sparse = r#"{"format":1,"version":3,"object":"contacts","rules":[{"target":"email","source":{"from":"field","name":"Mail"},"transforms":[{"step":"phone"}]}]}"#;
    let read = Mapping::read(sparse).unwrap();
    assert_eq!(read.rules[0].transforms, [Transform::PHONE], "what is left out has its default");
}
