//! Formulas: one expression over the fields of a lead, for those who want more than steps.
//!
//! The expression language is rhai's without its statements: no loops, no assignments, no functions of one's own, no files,
//! no clock. What is left is bounded by its own length; operations, nesting and text sizes have limits on top, so that the
//! time a formula takes depends on nothing but the formula. There is deliberately no `today()`: the same lead mapped again
//! must give the same record.
//!
//! Fields stand for themselves where their name is one word of plain letters (`City`), any field as `field("First name")`. A field that a
//! lead does not have is an empty text.

mod error;
mod functions;
mod help;
mod names;

use std::sync::Arc;

use leadferry_model::{Record, Value};
use rhai::{AST, Dynamic, Engine, ImmutableString, Module, Scope};
use rust_decimal::Decimal;

pub use error::FormulaError;
pub use help::{FUNCTIONS, Function};
pub use names::fields_used;

/// Longest formula, in characters.
pub const MAX_LENGTH: usize = 4_000;
/// Longest text a formula may take, make on the way, or give, in bytes.
pub const MAX_TEXT: usize = 65_536;
/// Most operations of one evaluation.
const MAX_OPERATIONS: u64 = 5_000;
/// Deepest nesting of one expression.
const MAX_DEPTH: usize = 32;

/// A formula that could be read.
#[derive(Clone, Debug)]
pub struct Formula {
    ast: AST,
    library: Arc<Module>,
    variables: Vec<String>,
}

impl Formula {
    /// Reads an expression.
    pub fn parse(expression: &str) -> Result<Self, FormulaError> {
        if expression.trim().is_empty() {
            return Err(FormulaError::Empty);
        }
        if expression.chars().count() > MAX_LENGTH {
            return Err(FormulaError::TooLong);
        }
        let library = Arc::new(functions::library());
        let engine = engine(&library, Dynamic::UNIT);
        let ast = engine.compile_expression(expression).map_err(|error| error::from_parsing(&error))?;
        error::check_function_names(expression)?;
        Ok(Self { ast, library, variables: names::variables(expression) })
    }

    /// The value for `lead`.
    pub fn value(&self, lead: &Arc<Record>) -> Result<Value, FormulaError> {
        let mut scope = Scope::new();
        for name in &self.variables {
            scope.push_constant_dynamic(name.as_str(), dynamic(lead.get(name)));
        }
        let engine = engine(&self.library, Dynamic::from(Arc::clone(lead)));
        let result: Dynamic =
            engine.eval_ast_with_scope(&mut scope, &self.ast).map_err(|error| error::from_running(&error))?;
        value(result)
    }
}

/// A fresh engine around the shared library. It lives for one evaluation, because the lead travels in its tag; making one
/// copies a few pointers.
fn engine(library: &Arc<Module>, lead: Dynamic) -> Engine {
    let mut engine = Engine::new_raw();
    engine.register_global_module(Arc::clone(library));
    engine.set_default_tag(lead);
    engine.set_max_operations(MAX_OPERATIONS);
    engine.set_max_expr_depths(MAX_DEPTH, MAX_DEPTH);
    engine.set_max_call_levels(4);
    engine.set_max_string_size(MAX_TEXT);
    engine.set_max_array_size(100);
    engine.set_max_map_size(100);
    engine.set_max_variables(200);
    engine.set_allow_looping(false);
    engine.set_allow_loop_expressions(false);
    engine.set_allow_statement_expression(false);
    engine.set_allow_anonymous_fn(false);
    // Off, so that 7 / 2 is 3.5 by our own division instead of the machine's 3.
    engine.set_fast_operators(false);
    for symbol in ["eval", "Fn", "print", "debug", "type_of", "is_def_var", "is_def_fn", "is_shared"] {
        engine.disable_symbol(symbol);
    }
    engine
}

/// Days and moments travel as ISO 8601 text, which the date functions read; lists as text with `;`.
fn dynamic(value: Option<&Value>) -> Dynamic {
    match value {
        None | Some(Value::Blank) => Dynamic::from(ImmutableString::new()),
        Some(Value::Number(number) | Value::Money { amount: number, .. }) => Dynamic::from_decimal(*number),
        Some(Value::Bool(yes)) => Dynamic::from_bool(*yes),
        Some(other) => Dynamic::from(ImmutableString::from(other.to_string())),
    }
}

fn value(result: Dynamic) -> Result<Value, FormulaError> {
    if result.is_unit() {
        return Ok(Value::Blank);
    }
    if let Ok(yes) = result.as_bool() {
        return Ok(Value::Bool(yes));
    }
    if let Ok(whole) = result.as_int() {
        return Ok(Value::Number(Decimal::from(whole)));
    }
    if let Ok(number) = result.as_decimal() {
        return Ok(Value::Number(number));
    }
    match result.into_immutable_string() {
        Ok(text) if text.len() > MAX_TEXT => Err(FormulaError::TooMuch),
        Ok(text) if text.is_empty() => Ok(Value::Blank),
        Ok(text) => Ok(Value::Text(text.into())),
        Err(kind) => Err(FormulaError::NoValue { kind: kind.to_owned() }),
    }
}
