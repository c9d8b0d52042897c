//! A rule tried on the values that were seen in the source.

use leadferry_model::failure::FieldProblem;
use leadferry_model::{Field, FieldKind, Record, Value};

use super::clash;
use crate::fit::fit;
use crate::guess::SourceField;
use crate::problem::{Fix, Problem, ProblemCode};
use crate::rule::{Mapping, Rule, Source};
use crate::transform::run::{Fault, Severity, Surroundings};
use crate::transform::{Rest, Transform};

/// The values a rule would meet, as far as they are known one by one.
pub(super) fn values(source: &Source, sources: &[SourceField]) -> Vec<Value> {
    let names: Vec<&String> = match source {
        Source::Field { name } => vec![name],
        Source::FirstOf { names } => names.iter().collect(),
        Source::Fixed { value } => return vec![value.clone()],
        Source::Join { .. } | Source::Formula { .. } | Source::When { .. } => return Vec::new(),
    };
    sources
        .iter()
        .filter(|source| names.contains(&&source.name))
        .flat_map(|source| source.samples.iter().map(Value::text))
        .collect()
}

/// What happens to those values on their way to `field`; `kind` is what should come out of the steps.
pub(super) fn problems(
    mapping: &Mapping,
    rule: &Rule,
    field: &Field,
    kind: Option<FieldKind>,
    tried: &[Value],
) -> Vec<Problem> {
    let faults: Vec<Fault> =
        tried.iter().filter_map(|value| run(mapping, rule, field, value).err()).collect();
    let mut problems = Vec::new();
    let of = |wanted: FieldProblem| faults.iter().filter(move |fault| fault.problem == wanted);
    let seen = |count: usize| format!("{count} of {} values seen", tried.len());

    let mut unknown: Vec<String> =
        of(FieldProblem::UnknownOption).filter_map(|fault| fault.value.clone()).collect();
    unknown.sort();
    unknown.dedup();
    if !unknown.is_empty() {
        problems.push(options(field, &unknown, held(rule) || field.required));
    }
    let too_long = of(FieldProblem::TooLong).count();
    if let (1.., Some(longest)) = (too_long, field.max_length) {
        let message = format!(
            "{} longer than {} takes ({longest} characters). Shorten automatically, or use another field.",
            if too_long == 1 { format!("{} is", seen(1)) } else { format!("{} are", seen(too_long)) },
            field.label
        );
        let fix = Fix::AddSteps { transforms: vec![Transform::Truncate { length: longest }] };
        problems.push(Problem::warning(ProblemCode::MayBeTooLong, Some(&field.name), message).fix(fix));
    }
    let unfit: Vec<&Fault> = faults
        .iter()
        .filter(|fault| !matches!(fault.problem, FieldProblem::UnknownOption | FieldProblem::TooLong))
        .collect();
    if let Some(first) = unfit.first() {
        problems.push(misfit(rule, field, kind, tried, &unfit, &seen(unfit.len()), &first.detail));
    }
    problems
}

fn run(mapping: &Mapping, rule: &Rule, field: &Field, value: &Value) -> Result<Value, Fault> {
    let zone = mapping.defaults.time_zone();
    let mut lead = Record::new();
    if let Source::Field { name } = &rule.source {
        lead.set(name, value.clone());
    }
    let around = Surroundings { lead: &lead, defaults: &mapping.defaults, zone: zone.as_ref() };
    let mut warnings = Vec::new();
    let mut value = value.clone();
    for transform in &rule.transforms {
        value = transform.run(&value, &around, &mut warnings)?;
    }
    if value.is_blank() {
        return Ok(Value::Blank);
    }
    fit(&value, field, &mapping.defaults, zone.as_ref(), &mut warnings)
}

fn held(rule: &Rule) -> bool {
    rule.transforms.iter().any(|step| matches!(step, Transform::Translate { rest: Rest::Hold, .. }))
}

fn options(field: &Field, unknown: &[String], stops: bool) -> Problem {
    let shown: Vec<String> = unknown.iter().take(3).map(|value| format!("“{value}”")).collect();
    let more = match unknown.len().saturating_sub(3) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    let message = format!(
        "{} has no option {}{more}. Translate it to one of the options.",
        field.label,
        shown.join(", ")
    );
    let problem = if stops { Problem::error } else { Problem::warning };
    problem(ProblemCode::UnknownOption, Some(&field.name), message)
        .fix(Fix::TranslateValues { values: unknown.to_vec() })
}

/// Values that could not be read or do not fit. All of them is a rule that cannot work; some of them, a warning.
fn misfit(
    rule: &Rule,
    field: &Field,
    kind: Option<FieldKind>,
    tried: &[Value],
    unfit: &[&Fault],
    seen: &str,
    detail: &str,
) -> Problem {
    let samples: Vec<String> = tried.iter().map(ToString::to_string).collect();
    let every = unfit.len() == tried.len();
    let static_clash = clash(field, kind, if rule.transforms.is_empty() { &samples } else { &[] });
    if let Some(problem) = static_clash
        && (every || problem.fix.is_some())
    {
        return problem;
    }
    let message = format!("{} cannot take {seen}. {detail}", field.label);
    let holds = unfit.iter().any(|fault| fault.severity == Severity::Holds);
    let problem = if every || holds || field.required { Problem::error } else { Problem::warning };
    problem(ProblemCode::TypeClash, Some(&field.name), message)
}
