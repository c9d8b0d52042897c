//! Formulas: what they give, what they refuse, and that nothing runs away.

use std::sync::Arc;

use leadferry_mapping::formula::{FUNCTIONS, Formula, FormulaError, MAX_TEXT};
use leadferry_model::{Record, Value};
use rust_decimal::Decimal;

fn lead() -> Arc<Record> {
    Arc::new(
        [
            ("City", Value::text("Rome")),
            ("First name", Value::text("Ada")),
            ("Budget", Value::Number(Decimal::new(1000, 1))),
            ("Day", Value::Date("2026-11-20".parse().unwrap())),
            ("Agreed", Value::Bool(true)),
        ]
        .into_iter()
        .collect(),
    )
}

fn run(expression: &str) -> Result<Value, FormulaError> {
    Formula::parse(expression)?.value(&lead())
}

fn check(expression: &str, expected: &str, why: &str) {
    let found = run(expression).unwrap_or_else(|error| panic!("{expression}: {error}"));
    assert_eq!(found.to_string(), expected, "{expression}: {why}");
}

fn refused(expression: &str, part: &str) {
    let error = run(expression).expect_err(expression).to_string();
    assert!(error.contains(part), "{expression}: “{error}” should say “{part}”");
    assert!(
        !error.contains("Dynamic") && !error.contains("rhai") && !error.contains("i64"),
        "the engine's words stay inside: {error}"
    );
}

#[test]
fn every_example_of_the_help_gives_what_it_says() {
    for function in FUNCTIONS {
        check(function.example, function.result, function.name);
        assert!(function.signature.starts_with(function.name), "{} shows how it is called", function.name);
    }
}

#[test]
fn formulas_compute_as_people_expect() {
    check("City", "Rome", "a field is its name");
    check(r#"field("First name") + " from " + City"#, "Ada from Rome", "texts add up");
    check("7 / 2", "3.5", "division keeps the remainder");
    check("0.1 + 0.2", "0.3", "money is never a float");
    check("Budget * 1.2", "120", "numbers of fields compute");
    check("Budget / 3 > 33", "true", "numbers compare");
    check("-Budget + 1", "-99", "minus in front");
    check("City == \"Rome\" && !is_blank(City)", "true", "conditions combine");
    check(r#"choose(Agreed, "in", "out")"#, "in", "yes or no of a field");
    check(r#"if City == "Rome" { "IT" } else { "?" }"#, "IT", "if … else …");
    check(r#"days_between(Day, "2026-12-01")"#, "11", "days of a field");
    check("\"n\" + 5 + 1.5", "n51.5", "text and numbers");
    check(r#"if_blank(Missing, "none")"#, "none", "a field the lead lacks is blank");
    check("concat(1, 2)", "12", "numbers as text");
    assert_eq!(run("Missing"), Ok(Value::Blank), "nothing is blank");
    assert_eq!(run("2 + 3"), Ok(Value::Number(Decimal::from(5))), "a number is a number");
    assert_eq!(run("1 < 2"), Ok(Value::Bool(true)), "yes or no is yes or no");
}

#[test]
fn what_is_wrong_is_said_in_plain_words() {
    refused("", "empty");
    refused("City + )", "at character 8");
    refused("concat(City,\n  uper(City))", "upper");
    refused("default", "field(\"default\")");
    refused("uper(City)", "did you mean “upper”");
    refused("upper(City", "is missing here");
    refused("City +", "too early");
    refused("\"abc", "closing quotation mark");
    refused("1 / 0", "divided by zero");
    refused("upper(City) * 2", "does not work on these values");
    refused("left(City)", "left is used as left(text, count)");
    refused("days_between(City, Day)", "is not a date");
    refused("number(City)", "is not a number");
    refused("round(Missing, 2)", "value is blank");
    refused("contact.email", "field(\"name\")");
    refused("[1, 2]", "array");
    refused("choose(City, 1, 2)", "choose is used as");
}

#[test]
fn only_expressions_are_allowed() {
    for statement in [
        "while true {}",
        "loop { }",
        "for x in 0..10 { x }",
        "let x = 1; x",
        "fn f() { f() } f()",
        "City = \"x\"",
        "eval(\"1\")",
        "print(1)",
        "import \"os\" as os",
        "if true { while true {} }",
        "`${while true {}}`",
        "|x| x",
        "Fn(\"upper\")",
        "throw 1",
        "return 1",
    ] {
        assert!(run(statement).is_err(), "{statement} has no place in a formula");
    }
}

#[test]
fn a_formula_that_blows_up_is_stopped() {
    let mut expression = "\"aaaaaaaaaa\"".to_owned();
    for _ in 0..8 {
        expression = format!("replace({expression}, \"a\", \"aaaaaaaaaa\")");
    }
    assert_eq!(run(&expression), Err(FormulaError::TooMuch), "ten to the ninth letters are never made");
    let doubled = (0..20).fold("City".to_owned(), |inner, _| format!("concat({inner}, {inner})"));
    assert_eq!(Formula::parse(&doubled).unwrap_err(), FormulaError::TooLong, "nor by writing it out");
    let deep = format!("{}1{}", "(".repeat(500), ")".repeat(500));
    assert!(run(&deep).is_err(), "nesting has a limit");
    let chain = vec!["1"; 1_900].join("+");
    assert!(
        run(&chain).is_err() || run(&chain) == Ok(Value::Number(Decimal::from(1_900))),
        "a long sum ends, one way or the other"
    );
    refused("2 ** 100000", "too large");
    refused("9223372036854775807 + 1", "too large");
    let long: Arc<Record> = Arc::new([("Text", Value::text("x".repeat(MAX_TEXT + 1)))].into_iter().collect());
    assert_eq!(
        Formula::parse("upper(Text)").unwrap().value(&long),
        Err(FormulaError::TooMuch),
        "texts have a limit too"
    );
    assert_eq!(
        Formula::parse("Text").unwrap().value(&long),
        Err(FormulaError::TooMuch),
        "also on the way out"
    );
}
