//! What is written over a record that is there already.

use leadferry_mapping::merge::same;
use leadferry_mapping::{Compiled, Mapped, Overwrite, Rule, SkipReason, merge};
use leadferry_model::{Record, Value};
use rust_decimal::Decimal;

use crate::support::{contacts, lead, mapping, take};

fn mapped(overwrite: Overwrite, blank_overwrites: bool, first: &str) -> Mapped {
    let rule = Rule { overwrite, blank_overwrites, ..take("firstname", "First") };
    let rules = [take("lastname", "Name"), take("email", "Mail"), rule];
    let lead = lead(&[("Name", "Lovelace"), ("Mail", "ada@example.com"), ("First", first)]);
    Compiled::new(&mapping(rules), &contacts()).unwrap().apply(&lead)
}

fn outcome(
    overwrite: Overwrite,
    first: &str,
    current: &[(&str, &str)],
    newer: bool,
) -> Result<Value, SkipReason> {
    let merged = merge(&lead(current), &mapped(overwrite, false, first), newer);
    let skipped =
        merged.skipped.iter().find(|skipped| skipped.field == "firstname").map(|skipped| skipped.reason);
    merged
        .write
        .get("firstname")
        .cloned()
        .ok_or_else(|| skipped.expect("a field is written or skipped with a reason"))
}

#[test]
fn overwrite_rules_protect_what_is_there() {
    let ada = || Ok(Value::text("Ada"));
    let there = &[("firstname", "Augusta"), ("lastname", "Lovelace")][..];
    let empty = &[("lastname", "Lovelace")][..];
    assert_eq!(outcome(Overwrite::Always, "Ada", there, false), ada(), "always");
    assert_eq!(
        outcome(Overwrite::IfEmpty, "Ada", there, true),
        Err(SkipReason::AlreadyFilled),
        "filled stays"
    );
    assert_eq!(outcome(Overwrite::IfEmpty, "Ada", empty, false), ada(), "empty is filled");
    assert_eq!(outcome(Overwrite::IfNewer, "Ada", there, true), ada(), "newer wins");
    assert_eq!(
        outcome(Overwrite::IfNewer, "Ada", there, false),
        Err(SkipReason::DestinationIsNewer),
        "older does not"
    );
    assert_eq!(
        outcome(Overwrite::IfNewer, "Ada", empty, false),
        ada(),
        "there is nothing newer in an empty field"
    );
    assert_eq!(outcome(Overwrite::Never, "Ada", there, true), Err(SkipReason::OnlyOnCreate), "never again");
    assert_eq!(outcome(Overwrite::Never, "Ada", &[], true), ada(), "but on creation");
    assert_eq!(
        outcome(Overwrite::Always, "Augusta", there, true),
        Err(SkipReason::Same),
        "equal values are left out"
    );
}

#[test]
fn blank_clears_only_where_the_rule_says_so_and_something_is_there() {
    let current = lead(&[("firstname", "Ada"), ("lastname", "Lovelace"), ("email", "ada@example.com")]);
    let merged = merge(&current, &mapped(Overwrite::Always, false, ""), true);
    assert!(merged.write.is_empty(), "blank never overwrites by default: {:?}", merged.write);
    let merged = merge(&current, &mapped(Overwrite::Always, true, ""), true);
    assert_eq!(merged.write.get("firstname"), Some(&Value::Blank), "the rule allows it");
    let merged = merge(&Record::new(), &mapped(Overwrite::Always, true, ""), true);
    assert_eq!(merged.write.get("firstname"), None, "there is nothing to clear");
}

#[test]
fn a_failed_lead_writes_nothing() {
    let lead = lead(&[("Mail", "ada@example.com")]);
    let failed = Compiled::new(&mapping([take("email", "Mail")]), &contacts()).unwrap().apply(&lead);
    assert!(failed.failure.is_some(), "the last name is missing");
    assert!(merge(&Record::new(), &failed, true).write.is_empty(), "half a lead is no lead");
}

#[test]
fn equal_means_equal_in_meaning() {
    let number = |text: &str| Value::Number(text.parse::<Decimal>().unwrap());
    let money = |text: &str, code: Option<&str>| Value::Money {
        amount: text.parse().unwrap(),
        currency: code.map(Into::into),
    };
    let day = Value::Date("2026-11-20".parse().unwrap());
    let moment = Value::DateTime("2026-11-20T10:15:30Z".parse().unwrap());
    let text = Value::text;
    for (left, right, expected, why) in [
        (text("1.0"), number("1"), true, "a number is its value"),
        (text("01234"), text("1234"), false, "a post code is not"),
        (money("10.50", Some("EUR")), number("10.5"), true, "a CRM of one currency says no code"),
        (money("10", Some("EUR")), money("10", Some("USD")), false, "ten of something else"),
        (text("2026-11-20T11:15:30+01:00"), moment.clone(), true, "the same instant"),
        (text("2026-11-20"), day.clone(), true, "the same day"),
        (day, moment, false, "a day is no moment"),
        (text("+44 20 7946 0958"), text("+442079460958"), true, "the same number"),
        (text("020 7946 0958"), text("+442079460958"), true, "the same number as its country writes it"),
        (text("+442079460958 x1"), text("+442079460958 x2"), false, "another extension"),
        (text("07700 900123"), text("+447700900123"), true, "a number that nobody has, too"),
        (text("call 020 7946 0958"), text("+442079460958"), false, "a sentence is more than its number"),
        (text("12345"), text("+12345"), false, "too short for a number"),
        (text("ADA@example.com"), text("ada@example.com"), true, "case does not count in addresses"),
        (text("Ada"), text("ada"), false, "it does in names"),
        (text("true"), Value::Bool(true), true, "yes"),
        (text("b;a"), Value::List(vec!["a".into(), "b".into()]), true, "a list has no order"),
        (text("a\r\nb"), text("a\nb "), true, "line ends and outer spaces"),
        (text(""), Value::Blank, true, "nothing is nothing"),
    ] {
        assert_eq!(same(&left, &right), expected, "{left:?} and {right:?}: {why}");
        assert_eq!(same(&right, &left), expected, "{right:?} and {left:?}, the other way round: {why}");
    }
}
