//! What can be wrong with a formula, in plain words with the place.

use rhai::{EvalAltResult, LexError, ParseError, ParseErrorType, Position};

use super::help::FUNCTIONS;
use super::names;

/// Why a formula gives no value. `Display` is for people.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FormulaError {
    /// Nothing was written.
    #[error("The formula is empty. Write an expression such as upper(City).")]
    Empty,
    /// The formula is longer than [`MAX_LENGTH`](super::MAX_LENGTH).
    #[error("The formula has more than {} characters. Split it over several fields.", super::MAX_LENGTH)]
    TooLong,
    /// It cannot be read.
    #[error("The formula cannot be read{place}: {reason}.")]
    Unreadable {
        /// ` at character 12`, or nothing.
        place: String,
        /// What is wrong there.
        reason: String,
    },
    /// It calls something that does not exist.
    #[error("There is no function “{name}”{suggestion}. The help lists every function.")]
    UnknownFunction {
        /// What was called.
        name: String,
        /// `; did you mean “upper”?`, or nothing.
        suggestion: String,
    },
    /// A function or sign got something it cannot work with.
    #[error("The formula stopped{place}: {reason}.")]
    Stopped {
        /// ` at character 12`, or nothing.
        place: String,
        /// What happened.
        reason: String,
    },
    /// It went over a limit.
    #[error(
        "The formula takes or makes too much and was stopped. Make it simpler, or shorten the texts it works on."
    )]
    TooMuch,
    /// Its result is no value a field could hold.
    #[error(
        "The formula gives a {kind}, and a field holds a text, a number, or yes or no. Change its last step."
    )]
    NoValue {
        /// What came out.
        kind: String,
    },
}

fn place(position: Position) -> String {
    match (position.line(), position.position()) {
        (Some(1) | None, Some(character)) => format!(" at character {character}"),
        (Some(line), Some(character)) => format!(" at line {line}, character {character}"),
        _ => String::new(),
    }
}

/// Parser errors, without the parser's own vocabulary.
pub(super) fn from_parsing(error: &ParseError) -> FormulaError {
    let reason = match error.err_type() {
        ParseErrorType::UnexpectedEOF => "it ends too early".into(),
        ParseErrorType::BadInput(LexError::UnterminatedString) => {
            "a text has no closing quotation mark".into()
        }
        ParseErrorType::BadInput(LexError::UnexpectedInput(found)) => format!("“{found}” is not understood"),
        ParseErrorType::BadInput(LexError::MalformedNumber(found)) => format!("“{found}” is not a number"),
        ParseErrorType::BadInput(LexError::ImproperSymbol(found, _)) => {
            format!("“{found}” has no place in a formula")
        }
        ParseErrorType::BadInput(LexError::MalformedChar(_)) => {
            "texts stand in double quotation marks, such as \"Ada\"".into()
        }
        ParseErrorType::BadInput(_) => "this is not understood".into(),
        ParseErrorType::UnknownOperator(found) => format!("“{found}” is not a sign of formulas"),
        ParseErrorType::MissingToken(token, _) if token == "}" || token == "{" => {
            "only one expression is allowed, without statements".into()
        }
        ParseErrorType::MissingToken(token, _) => format!("“{token}” is missing here"),
        ParseErrorType::Reserved(word) => {
            format!("“{word}” is a word of its own; a field of that name is written as field(\"{word}\")")
        }
        ParseErrorType::ExprTooDeep => return FormulaError::TooMuch,
        ParseErrorType::LiteralTooLarge(..) => return FormulaError::TooMuch,
        _ => "only one expression is allowed, without statements, loops and assignments".into(),
    };
    FormulaError::Unreadable { place: place(error.position()), reason }
}

/// Errors while running, without the engine's own vocabulary.
pub(super) fn from_running(error: &EvalAltResult) -> FormulaError {
    let stopped =
        |reason: String, position: Position| FormulaError::Stopped { place: place(position), reason };
    match error {
        EvalAltResult::ErrorTooManyOperations(_)
        | EvalAltResult::ErrorStackOverflow(_)
        | EvalAltResult::ErrorTooManyVariables(_)
        | EvalAltResult::ErrorDataTooLarge(..) => FormulaError::TooMuch,
        EvalAltResult::ErrorInFunctionCall(_, _, inner, _) => from_running(inner),
        EvalAltResult::ErrorFunctionNotFound(signature, position) => match unknown_function(signature) {
            Some(unknown) => unknown,
            None => stopped(wrong_kinds(signature), *position),
        },
        EvalAltResult::ErrorRuntime(message, position) => stopped(message.to_string(), *position),
        EvalAltResult::ErrorArithmetic(message, position) => {
            let reason = if message.contains("zero") {
                "nothing can be divided by zero"
            } else {
                "the number became too large"
            };
            stopped(reason.into(), *position)
        }
        EvalAltResult::ErrorVariableNotFound(name, position) => {
            stopped(format!("there is no field “{name}”"), *position)
        }
        EvalAltResult::ErrorMismatchDataType(_, _, position) => stopped(
            "a value has the wrong kind for this place; a condition must be yes or no".into(),
            *position,
        ),
        EvalAltResult::ErrorPropertyNotFound(_, position) | EvalAltResult::ErrorDotExpr(_, position) => {
            stopped("a field whose name has a dot is written as field(\"name\")".into(), *position)
        }
        other => stopped("this cannot be computed".into(), other.position()),
    }
}

/// `+ (&str | ImmutableString | String, bool)` in words.
fn wrong_kinds(signature: &str) -> String {
    let name = signature.split([' ', '(']).next().unwrap_or(signature);
    if name.chars().any(char::is_alphanumeric) {
        match FUNCTIONS.iter().find(|function| function.name == name) {
            Some(function) => format!("{name} is used as {}", function.signature),
            None => format!("“{name}” cannot be used here"),
        }
    } else {
        format!(
            "“{name}” does not work on these values; number(…) makes a number of a text, concat(…) joins texts"
        )
    }
}

fn unknown_function(signature: &str) -> Option<FormulaError> {
    let name = signature.split([' ', '(']).next()?;
    let word = name.starts_with(|c: char| c.is_alphabetic() || c == '_');
    (word && !FUNCTIONS.iter().any(|function| function.name == name)).then(|| unknown(name))
}

fn unknown(name: &str) -> FormulaError {
    let close = FUNCTIONS
        .iter()
        .map(|function| (strsim::jaro_winkler(function.name, &name.to_lowercase()), function.name))
        .filter(|(score, _)| *score > 0.8)
        .max_by(|left, right| left.0.total_cmp(&right.0));
    let suggestion = close.map(|(_, known)| format!("; did you mean “{known}”?")).unwrap_or_default();
    FormulaError::UnknownFunction { name: name.to_owned(), suggestion }
}

/// Calls of functions that do not exist are found while editing, not with the first lead.
pub(super) fn check_function_names(expression: &str) -> Result<(), FormulaError> {
    match names::called(expression).into_iter().find(|name| !FUNCTIONS.iter().any(|known| known.name == name))
    {
        Some(name) => Err(unknown(&name)),
        None => Ok(()),
    }
}
