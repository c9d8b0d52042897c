//! Every function of formulas, as the editor's help shows it. Each example is run by a test.

use serde::Serialize;
use ts_rs::TS;

/// One function. TypeScript has a `Function` of its own, hence the other name there.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, TS)]
#[ts(rename = "FormulaFunction")]
pub struct Function {
    /// Its name.
    pub name: &'static str,
    /// How it is called.
    pub signature: &'static str,
    /// What it does, in one line.
    pub summary: &'static str,
    /// An example.
    pub example: &'static str,
    /// What the example gives.
    pub result: &'static str,
}

const fn function(
    name: &'static str,
    signature: &'static str,
    summary: &'static str,
    example: &'static str,
    result: &'static str,
) -> Function {
    Function { name, signature, summary, example, result }
}

/// All functions, in the order the help lists them.
pub const FUNCTIONS: &[Function] = &[
    function(
        "field",
        "field(name)",
        "The field with this name, for names of several words.",
        r#"field("City")"#,
        "Rome",
    ),
    function(
        "first_word",
        "first_word(text)",
        "Everything before the first space.",
        r#"first_word("Ada Lovelace")"#,
        "Ada",
    ),
    function(
        "last_word",
        "last_word(text)",
        "Everything after the last space.",
        r#"last_word("Ada Lovelace")"#,
        "Lovelace",
    ),
    function(
        "word",
        "word(text, position)",
        "One word; 1 is the first, -1 the last.",
        r#"word("a b c", 2)"#,
        "b",
    ),
    function("upper", "upper(text)", "All capitals.", r#"upper("ada")"#, "ADA"),
    function("lower", "lower(text)", "All small letters.", r#"lower("ADA")"#, "ada"),
    function(
        "title",
        "title(text)",
        "Capitals at the start of words.",
        r#"title("ada lovelace")"#,
        "Ada Lovelace",
    ),
    function("trim", "trim(text)", "Without spaces at both ends.", r#"trim("  ada ")"#, "ada"),
    function("left", "left(text, count)", "The first characters.", r#"left("Lovelace", 4)"#, "Love"),
    function("right", "right(text, count)", "The last characters.", r#"right("Lovelace", 4)"#, "lace"),
    function(
        "middle",
        "middle(text, start, count)",
        "Characters from a place on; 1 is the first.",
        r#"middle("Lovelace", 2, 3)"#,
        "ove",
    ),
    function("length", "length(text)", "How many characters.", r#"length("Ada")"#, "3"),
    function(
        "replace",
        "replace(text, find, with)",
        "One text for another, everywhere.",
        r#"replace("a-b-c", "-", "+")"#,
        "a+b+c",
    ),
    function(
        "before",
        "before(text, mark)",
        "What stands before the mark; the whole text without one.",
        r#"before("ada@example.com", "@")"#,
        "ada",
    ),
    function(
        "after",
        "after(text, mark)",
        "What stands after the mark; nothing without one.",
        r#"after("ada@example.com", "@")"#,
        "example.com",
    ),
    function(
        "contains",
        "contains(text, part)",
        "Whether the part is in the text, whatever its case.",
        r#"contains("Hot lead", "hot")"#,
        "true",
    ),
    function(
        "starts_with",
        "starts_with(text, part)",
        "Whether the text begins so, whatever its case.",
        r#"starts_with("Webinar May", "web")"#,
        "true",
    ),
    function(
        "ends_with",
        "ends_with(text, part)",
        "Whether the text ends so, whatever its case.",
        r#"ends_with("a.PDF", ".pdf")"#,
        "true",
    ),
    function(
        "concat",
        "concat(a, b, …)",
        "Up to eight texts, one after the other.",
        r#"concat("Ada", " ", 7)"#,
        "Ada 7",
    ),
    function("digits", "digits(text)", "Only the digits.", r#"digits("+44 (0)20")"#, "44020"),
    function(
        "is_blank",
        "is_blank(value)",
        "Whether there is nothing but spaces.",
        r#"is_blank("  ")"#,
        "true",
    ),
    function(
        "if_blank",
        "if_blank(value, other)",
        "The value, or the other where it is blank.",
        r#"if_blank("", "none")"#,
        "none",
    ),
    function(
        "coalesce",
        "coalesce(a, b, …)",
        "The first of up to eight that is not blank.",
        r#"coalesce("", " ", "c")"#,
        "c",
    ),
    function(
        "choose",
        "choose(condition, yes, no)",
        "One of two values.",
        r#"choose(2 > 1, "more", "less")"#,
        "more",
    ),
    function(
        "number",
        "number(text)",
        "A number out of a text; nothing out of nothing.",
        r#"number("1,234.50") + 1"#,
        "1235.5",
    ),
    function(
        "round",
        "round(number, places)",
        "Rounded to so many places, half away from zero.",
        "round(2.345, 2)",
        "2.35",
    ),
    function("min", "min(a, b)", "The smaller number.", "min(2, 1.5)", "1.5"),
    function("max", "max(a, b)", "The larger number.", "max(2, 1.5)", "2"),
    function("abs", "abs(number)", "Without its minus.", "abs(-3)", "3"),
    function(
        "days_between",
        "days_between(from, to)",
        "Whole days from one date to the other.",
        r#"days_between("2026-11-01", "2026-11-21")"#,
        "20",
    ),
    function(
        "add_days",
        "add_days(date, days)",
        "A date so many days later.",
        r#"add_days("2026-12-30", 3)"#,
        "2027-01-02",
    ),
    function(
        "format_date",
        "format_date(date, pattern)",
        "A date written as the pattern says.",
        r#"format_date("2026-11-20", "%d.%m.%Y")"#,
        "20.11.2026",
    ),
];
