//! What a person should know about a mapping before a single lead is sent.
//!
//! Where values of the source are known, the rule is tried on them and speaks of what really happened; kinds alone are
//! judged only where there are none.

mod samples;
pub(crate) mod settings;

use leadferry_model::{Field, FieldKind, ObjectSchema, Value};

use crate::formula::Formula;
use crate::guess::SourceField;
use crate::kinds::{Compatible, bridge, called, goes_into};
use crate::problem::{Fix, Problem, ProblemCode};
use crate::rule::{Direction, Mapping, Rule, Source};

/// Everything to look at in `mapping`, in rule order, then what is missing.
pub fn check(mapping: &Mapping, schema: &ObjectSchema, sources: &[SourceField]) -> Vec<Problem> {
    let mut problems = settings::problems(mapping, schema);
    let sent: Vec<&Rule> =
        mapping.rules.iter().filter(|rule| rule.direction != Direction::FromDestination).collect();
    for (position, rule) in sent.iter().enumerate() {
        if sent[..position].iter().any(|other| other.target == rule.target) {
            problems.push(settings::two_rules(&rule.target, schema));
        }
        problems.extend(unknown_sources(rule, sources));
        problems.extend(
            formulas(&rule.source)
                .into_iter()
                .map(|message| Problem::error(ProblemCode::BadFormula, Some(&rule.target), message)),
        );
        match schema.field(&rule.target) {
            None if schema.open => {}
            None => problems.push(unknown_target(rule)),
            Some(field) if field.read_only => problems.push(read_only(field)),
            Some(field) => problems.extend(of_values(mapping, rule, field, sources)),
        }
    }
    problems.extend(missing(&sent, schema));
    problems
}

fn unknown_target(rule: &Rule) -> Problem {
    let message = format!(
        "The destination no longer has the field “{}”. Leads still go, without it. Choose another field, or remove the rule.",
        rule.target
    );
    Problem::warning(ProblemCode::UnknownTarget, Some(&rule.target), message).fix(Fix::RemoveRule)
}

fn read_only(field: &Field) -> Problem {
    let message = format!("The destination fills {} by itself. Remove the rule.", field.label);
    Problem::error(ProblemCode::ReadOnlyTarget, Some(&field.name), message).fix(Fix::RemoveRule)
}

fn unknown_sources(rule: &Rule, sources: &[SourceField]) -> Vec<Problem> {
    let mut names = rule.source.fields();
    names.extend(rule.when.iter().flat_map(crate::Condition::fields));
    names.sort();
    names.dedup();
    names
        .into_iter()
        .filter(|name| !sources.iter().any(|source| source.name == *name))
        .map(|name| {
            let message = format!("The source has no field “{name}”. Choose another source field.");
            Problem::warning(ProblemCode::UnknownSource, Some(&rule.target), message)
        })
        .collect()
}

fn formulas(source: &Source) -> Vec<String> {
    match source {
        Source::Formula { expression } => {
            Formula::parse(expression).err().map(|error| error.to_string()).into_iter().collect()
        }
        Source::When { then, otherwise, .. } => {
            let mut messages = formulas(then);
            messages.extend(otherwise.iter().flat_map(|source| formulas(source)));
            messages
        }
        _ => Vec::new(),
    }
}

fn of_values(mapping: &Mapping, rule: &Rule, field: &Field, sources: &[SourceField]) -> Vec<Problem> {
    let start = kind_of(&rule.source, sources);
    let end = match steps(rule, start) {
        Ok(end) => end,
        Err(problem) => return vec![*problem],
    };
    let tried = samples::values(&rule.source, sources);
    if !tried.is_empty() {
        return samples::problems(mapping, rule, field, end, &tried);
    }
    clash(field, end, &[]).into_iter().collect()
}

/// The kind that leaves the last step, or the step that cannot take what it gets.
fn steps(rule: &Rule, start: Option<FieldKind>) -> Result<Option<FieldKind>, Box<Problem>> {
    let Some(mut kind) = start else { return Ok(None) };
    for transform in &rule.transforms {
        if !transform.accepts(kind) {
            let message = format!(
                "The step “{}” cannot work on what comes before it: {}. Remove the step, or move it.",
                transform.label(),
                called(kind).to_lowercase()
            );
            return Err(Box::new(Problem::error(ProblemCode::StepClash, Some(&rule.target), message)));
        }
        kind = transform.yields(kind);
    }
    Ok(Some(kind))
}

/// What a source gives; `None` where only running it would tell.
fn kind_of(source: &Source, sources: &[SourceField]) -> Option<FieldKind> {
    let of = |name: &String| sources.iter().find(|source| source.name == *name).map(|source| source.kind);
    match source {
        Source::Field { name } => of(name),
        Source::FirstOf { names } => {
            let first = of(names.first()?)?;
            names.iter().all(|name| of(name) == Some(first)).then_some(first)
        }
        Source::Join { .. } => Some(FieldKind::Text),
        Source::Fixed { value } => Some(match value {
            Value::Number(_) => FieldKind::Number,
            Value::Money { .. } => FieldKind::Money,
            Value::Bool(_) => FieldKind::Bool,
            Value::Date(_) => FieldKind::Date,
            Value::DateTime(_) => FieldKind::DateTime,
            Value::List(_) => FieldKind::MultiChoice,
            Value::Blank | Value::Text(_) => return None,
        }),
        Source::Formula { .. } => None,
        Source::When { then, otherwise, .. } => {
            let kind = kind_of(then, sources)?;
            otherwise.as_deref().is_none_or(|source| kind_of(source, sources) == Some(kind)).then_some(kind)
        }
    }
}

/// The clash of a kind with a field, with the steps that would end it. Values that are known not to fit count for more than
/// kinds that would.
fn clash(field: &Field, kind: Option<FieldKind>, samples: &[String]) -> Option<Problem> {
    let kind = kind.filter(|kind| !samples.is_empty() || !goes_into(*kind, field.kind))?;
    match bridge(kind, samples, field) {
        Compatible::Compatible => None,
        Compatible::PossibleWith { transforms } => {
            let names: Vec<String> = transforms.iter().map(|step| format!("“{}”", step.label())).collect();
            let message = format!(
                "{} does not fit {} as it is. Add the step {}.",
                called(kind),
                field.label,
                names.join(" and ")
            );
            Some(
                Problem::error(ProblemCode::TypeClash, Some(&field.name), message)
                    .fix(Fix::AddSteps { transforms }),
            )
        }
        Compatible::Impossible { why } => {
            let message = format!("{why} Choose another source for {}.", field.label);
            Some(Problem::error(ProblemCode::TypeClash, Some(&field.name), message))
        }
    }
}

fn missing(sent: &[&Rule], schema: &ObjectSchema) -> Vec<Problem> {
    let ruled = |name: &str| sent.iter().any(|rule| rule.target == name);
    let mut problems = Vec::new();
    for field in
        schema.fields.iter().filter(|field| field.required && !field.read_only && !ruled(&field.name))
    {
        let message = format!(
            "{} is needed, and nothing fills it. Drag a source field onto it, or type a value.",
            field.label
        );
        problems.push(
            Problem::error(ProblemCode::RequiredWithoutRule, Some(&field.name), message)
                .fix(Fix::AddRule { target: field.name.clone() }),
        );
    }
    for set in schema.one_of.iter().filter(|set| !set.is_empty() && !set.iter().any(|name| ruled(name))) {
        let labels: Vec<&str> =
            set.iter().map(|name| schema.field(name).map_or(name.as_str(), |field| &field.label)).collect();
        let message = format!(
            "At least one of {} is needed, and nothing fills any of them. Match one.",
            labels.join(", ")
        );
        problems.push(
            Problem::error(ProblemCode::OneOfWithoutRule, Some(&set[0]), message)
                .fix(Fix::AddRule { target: set[0].clone() }),
        );
    }
    problems
}
