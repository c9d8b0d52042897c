//! Suggestions and templates.

use leadferry_mapping::{
    Defaults, HIGH_CONFIDENCE, NamePart, Rule, Source, SourceField, Suggestion, Transform, check,
    describe_source, normalised, suggest, templates,
};
use leadferry_model::{Field, FieldKind, ObjectSchema};

use crate::support::{contacts, mapping};

fn source(name: &str, samples: &[&str]) -> SourceField {
    describe_source(name, &samples.iter().map(|sample| (*sample).to_owned()).collect::<Vec<_>>())
}

fn pairs(suggestions: &[Suggestion]) -> Vec<(String, String)> {
    suggestions
        .iter()
        .map(|suggestion| match &suggestion.source {
            Source::Field { name } => (suggestion.target.clone(), name.clone()),
            other => panic!("suggestions take fields, not {other:?}"),
        })
        .collect()
}

fn pair(target: &str, source: &str) -> (String, String) {
    (target.into(), source.into())
}

#[test]
fn names_in_other_languages_are_found() {
    let sources = [
        source("Vorname", &["Ada"]),
        source("Nachname", &["Lovelace"]),
        source("E-Mail-Adresse", &["ada@example.com"]),
        source("Rufnummer", &["+44 7700 900123"]),
        source("Lieblingsfarbe", &["Rot"]),
    ];
    let found = suggest(&contacts(), &sources, &[]);
    let expected = [
        pair("email", "E-Mail-Adresse"),
        pair("firstname", "Vorname"),
        pair("lastname", "Nachname"),
        pair("phone", "Rufnummer"),
    ];
    assert_eq!(pairs(&found), expected, "and nothing is suggested for the rest");
    assert!(
        found.iter().all(|suggestion| suggestion.confidence >= HIGH_CONFIDENCE),
        "synonyms are certain: {found:#?}"
    );
    assert!(found.iter().all(|suggestion| !suggestion.reason.is_empty()), "each says why");
}

#[test]
fn a_full_name_is_split_where_the_destination_wants_two() {
    let found = suggest(&contacts(), &[source("Full Name", &["Ada Lovelace"])], &[]);
    assert_eq!(
        pairs(&found),
        [pair("firstname", "Full Name"), pair("lastname", "Full Name")],
        "one source, two fields"
    );
    assert!(
        found[0].transforms.contains(&Transform::NamePart { part: NamePart::First })
            && found[1].transforms.contains(&Transform::NamePart { part: NamePart::Last }),
        "each takes its part"
    );
    let both = [
        source("Full Name", &["Ada Lovelace"]),
        source("First Name", &["Ada"]),
        source("Surname", &["Lovelace"]),
    ];
    assert_eq!(
        pairs(&suggest(&contacts(), &both, &[])),
        [pair("firstname", "First Name"), pair("lastname", "Surname")],
        "what is split already is better"
    );
}

#[test]
fn earlier_choices_win() {
    let sources = [source("Email", &["a@example.com"]), source("Kontaktfeld 3", &["b@example.com"])];
    let history = [(normalised("Kontaktfeld 3"), "email".to_owned())];
    let found = suggest(&contacts(), &sources, &history);
    assert_eq!(pairs(&found), [pair("email", "Kontaktfeld 3")], "the user knows better");
    assert!(found[0].reason.contains("before"), "and is reminded of it: {}", found[0].reason);
}

#[test]
fn values_speak_where_names_do_not() {
    let sources = [source(
        "field_1",
        &["a@example.com", "b@example.com", "c@example.com", "d@example.com", "e@example.com"],
    )];
    let found = suggest(&contacts(), &sources, &[]);
    assert_eq!(pairs(&found), [pair("email", "field_1")], "five addresses are no accident");
    assert!(found[0].confidence < HIGH_CONFIDENCE, "but whose they are is not certain");
    assert_eq!(found[0].reason, "looks like an e-mail address in 5 of 5 samples", "the reason can be judged");
}

#[test]
fn accepted_suggestions_make_a_mapping_without_problems() {
    let sources = [
        source("Full Name", &["Ada Lovelace", "Bob Smith"]),
        source("Courriel", &["ada@example.com"]),
        source("Umsatzwunsch", &["viel"]),
        source("Budget", &["£1,200.50", "£900"]),
        source("Lead Source", &["webinar", "Trade fair"]),
    ];
    let rules = suggest(&contacts(), &sources, &[])
        .into_iter()
        .filter(|suggestion| suggestion.confidence >= HIGH_CONFIDENCE)
        .map(Rule::from);
    let mapping = mapping(rules);
    let targets: Vec<&str> = mapping.rules.iter().map(|rule| rule.target.as_str()).collect();
    assert_eq!(
        targets,
        ["email", "firstname", "lastname", "budget", "lead_source"],
        "what is certain is taken"
    );
    assert_eq!(check(&mapping, &contacts(), &sources), [], "and works as it is, steps included");
}

#[test]
fn nothing_goes_to_a_field_that_cannot_take_it() {
    let sources = [source("createdate", &["2026-11-20T10:00:00Z"]), source("Birthday", &["ada@example.com"])];
    let found = pairs(&suggest(&contacts(), &sources, &[]));
    assert!(!found.contains(&pair("createdate", "createdate")), "read-only");
    assert!(
        !found.contains(&pair("birthday", "Birthday")),
        "an address is no day, whatever the column is called"
    );
}

/// Another CRM, with its own names.
fn other_crm() -> ObjectSchema {
    ObjectSchema {
        object: "Lead".into(),
        label: "Lead".into(),
        fields: vec![
            Field::new("FirstName", "First Name", FieldKind::Text),
            Field { required: true, ..Field::new("LastName", "Last Name", FieldKind::Text) },
            Field { required: true, ..Field::new("Company", "Company", FieldKind::Text) },
            Field::new("Email", "Email", FieldKind::Email),
            Field::new("MobilePhone", "Mobile", FieldKind::Phone),
            Field::new("Street", "Street", FieldKind::Text),
            Field { custom: true, ..Field::new("Bedrooms__c", "Number of bedrooms", FieldKind::Number) },
        ],
        one_of: Vec::new(),
        open: false,
    }
}

#[test]
fn templates_fit_any_crm() {
    let sources = [
        source("Name", &["ADA LOVELACE"]),
        source("E-mail", &["ada@example.com"]),
        source("Cell", &["07700 900123"]),
        source("BHK", &["3"]),
        source("Street address", &["1 High Street"]),
    ];
    let defaults = Defaults { region: Some("GB".into()), ..Defaults::default() };
    for template in templates() {
        for schema in [contacts(), other_crm()] {
            let mapping = template.mapping(&schema, &sources, defaults.clone());
            let found = check(&mapping, &schema, &sources);
            assert_eq!(found, [], "{} on {} works as it is", template.id, schema.label);
        }
    }
    let targets = |id: &str| {
        let template = templates().into_iter().find(|template| template.id == id).unwrap();
        let mapping = template.mapping(&other_crm(), &sources, defaults.clone());
        mapping.rules.into_iter().map(|rule| rule.target).collect::<Vec<_>>()
    };
    assert!(targets("real_estate").contains(&"Bedrooms__c".to_owned()), "an industry brings its own fields");
    assert!(targets("home_services").contains(&"Street".to_owned()), "and each its own");
    assert!(
        targets("standard").contains(&"Company".to_owned()),
        "a demanded field gets something even without a source"
    );
    assert!(!targets("standard").contains(&"Street".to_owned()), "the plain one stays plain");
}
