//! A mapping made ready to run: looked up, parsed and checked once a version, then applied to every lead.

use std::sync::Arc;

use jiff::tz::TimeZone;
use leadferry_model::failure::FieldProblem;
use leadferry_model::{Failure, FailureKind, Field, FieldFault, ObjectSchema, Record, Value};

use crate::Condition;
use crate::check::settings;
use crate::fit::fit;
use crate::formula::Formula;
use crate::mapped::{Mapped, MappedField, Step, Warning, WarningCode};
use crate::problem::{Problem, ProblemCode};
use crate::rule::{Defaults, Direction, Mapping, Rule, Source};
use crate::transform::run::{Fault, Severity, Surroundings};

/// A mapping ready to run. Cheap to share, never changes.
#[derive(Clone, Debug)]
pub struct Compiled {
    rules: Vec<CompiledRule>,
    schema: Arc<ObjectSchema>,
    defaults: Defaults,
    zone: Option<TimeZone>,
    has_formula: bool,
}

#[derive(Clone, Debug)]
struct CompiledRule {
    rule: Rule,
    source: CompiledSource,
    /// Where in the schema the target stands; `None` if the destination has no such field any more.
    field: Option<usize>,
}

#[derive(Clone, Debug)]
enum CompiledSource {
    Field(String),
    FirstOf(Vec<String>),
    Join(Vec<String>, String),
    Fixed(Value),
    Formula(Formula),
    When(Condition, Box<CompiledSource>, Option<Box<CompiledSource>>),
}

impl Compiled {
    /// Makes `mapping` ready for `schema`, or says everything that keeps it from running. Drift is none of that: a target
    /// that is gone or became read-only sets its own field aside, and the leads go on.
    pub fn new(mapping: &Mapping, schema: &ObjectSchema) -> Result<Self, Vec<Problem>> {
        let mut problems = settings::problems(mapping, schema);
        let mut rules: Vec<CompiledRule> = Vec::new();
        for rule in mapping.rules.iter().filter(|rule| rule.direction != Direction::FromDestination) {
            if rules.iter().any(|other| other.rule.target == rule.target) {
                problems.push(settings::two_rules(&rule.target, schema));
                continue;
            }
            match compile_source(&rule.source) {
                Ok(source) => {
                    let field = schema.fields.iter().position(|field| field.name == rule.target);
                    rules.push(CompiledRule { rule: rule.clone(), source, field });
                }
                Err(message) => {
                    problems.push(Problem::error(ProblemCode::BadFormula, Some(&rule.target), message))
                }
            }
        }
        if !problems.is_empty() {
            return Err(problems);
        }
        let has_formula = rules.iter().any(|rule| uses_formula(&rule.rule.source));
        Ok(Self {
            rules,
            schema: Arc::new(schema.clone()),
            defaults: mapping.defaults.clone(),
            zone: mapping.defaults.time_zone(),
            has_formula,
        })
    }

    /// The object the mapping writes.
    pub fn schema(&self) -> &ObjectSchema {
        &self.schema
    }

    /// What the destination gets for `lead`.
    pub fn apply(&self, lead: &Record) -> Mapped {
        let shared = self.has_formula.then(|| Arc::new(lead.clone()));
        let mut faults = Vec::new();
        let mut fields: Vec<MappedField> =
            self.rules.iter().map(|rule| self.apply_rule(rule, lead, shared.as_ref(), &mut faults)).collect();
        self.find_missing(&fields, &mut faults);
        let failure = (!faults.is_empty()).then(|| {
            // Values stay in the faults: a message may end in a log.
            let named: Vec<String> =
                faults.iter().map(|fault| format!("{} ({:?})", fault.field, fault.problem)).collect();
            let message = format!("The mapping makes no record of this lead: {}.", named.join(", "));
            Failure::new(FailureKind::Invalid { fields: faults }, message).code("MAPPING")
        });
        fields.iter_mut().for_each(|field| field.warnings.dedup());
        Mapped { fields, failure }
    }

    fn apply_rule(
        &self,
        compiled: &CompiledRule,
        lead: &Record,
        shared: Option<&Arc<Record>>,
        faults: &mut Vec<FieldFault>,
    ) -> MappedField {
        let rule = &compiled.rule;
        let mut mapped = MappedField {
            target: rule.target.clone(),
            source: None,
            steps: Vec::new(),
            value: None,
            overwrite: rule.overwrite,
            warnings: Vec::new(),
        };
        if rule.when.as_ref().is_some_and(|when| !when.holds(lead)) {
            return mapped;
        }
        let field = compiled.field.map(|position| &self.schema.fields[position]);
        match self.value_of(compiled, field, lead, shared, &mut mapped) {
            Ok(value) => mapped.value = value,
            Err(fault) => {
                let required = field.is_some_and(|field| field.required);
                if required || fault.severity == Severity::Holds {
                    faults.push(FieldFault {
                        field: rule.target.clone(),
                        problem: fault.problem,
                        value: fault.value,
                        detail: fault.detail,
                    });
                } else {
                    mapped.warnings.push(Warning::new(WarningCode::SetAside, fault.detail));
                }
            }
        }
        mapped
    }

    /// The value to send, or nothing where the destination is to be left alone.
    fn value_of(
        &self,
        compiled: &CompiledRule,
        field: Option<&Field>,
        lead: &Record,
        shared: Option<&Arc<Record>>,
        mapped: &mut MappedField,
    ) -> Result<Option<Value>, Fault> {
        let mut value = compiled.source.value(lead, shared).map_err(|detail| Fault {
            problem: FieldProblem::WrongFormat,
            value: None,
            detail,
            severity: Severity::SetsAside,
        })?;
        mapped.source = Some(value.clone());
        let around = Surroundings { lead, defaults: &self.defaults, zone: self.zone.as_ref() };
        for transform in &compiled.rule.transforms {
            value = transform.run(&value, &around, &mut mapped.warnings)?;
            mapped.steps.push(Step { label: transform.label(), value: value.clone() });
        }
        match field {
            Some(field) if field.read_only => {
                let message = format!("The destination fills {} by itself. Remove the rule.", field.label);
                mapped.warnings.push(Warning::new(WarningCode::ReadOnly, message));
                return Ok(None);
            }
            Some(field) if !value.is_blank() => {
                value = fit(&value, field, &self.defaults, self.zone.as_ref(), &mut mapped.warnings)?;
            }
            Some(_) => {}
            // An open destination takes what it does not list as it is.
            None if self.schema.open => {}
            None => {
                let message = format!(
                    "The destination no longer has the field “{}”. The lead goes without it. Choose another field, or remove the rule.",
                    compiled.rule.target
                );
                mapped.warnings.push(Warning::new(WarningCode::UnknownField, message));
                return Ok(None);
            }
        }
        if value.is_blank() {
            // A required field is never cleared: the destination would refuse the whole lead for it.
            let clears = compiled.rule.blank_overwrites && field.is_none_or(|field| !field.required);
            return Ok(clears.then_some(Value::Blank));
        }
        Ok(Some(value))
    }

    /// Required fields without a value, and sets of which at least one is needed.
    fn find_missing(&self, fields: &[MappedField], faults: &mut Vec<FieldFault>) {
        let filled = |name: &str| {
            fields
                .iter()
                .any(|field| field.target == name && field.value.as_ref().is_some_and(|v| !v.is_blank()))
        };
        for field in self.schema.fields.iter().filter(|field| field.required && !field.read_only) {
            if !filled(&field.name) && !faults.iter().any(|fault| fault.field == field.name) {
                faults.push(FieldFault {
                    field: field.name.clone(),
                    problem: FieldProblem::Required,
                    value: None,
                    detail: format!(
                        "{} is needed and this lead has none. Set a default, or type the value.",
                        field.label
                    ),
                });
            }
        }
        for set in &self.schema.one_of {
            if set.is_empty() || set.iter().any(|name| filled(name)) {
                continue;
            }
            let labels: Vec<&str> = set
                .iter()
                .map(|name| self.schema.field(name).map_or(name.as_str(), |field| field.label.as_str()))
                .collect();
            let reasons: String = fields
                .iter()
                .filter(|field| set.contains(&field.target))
                .flat_map(|field| &field.warnings)
                .filter(|warning| warning.code == WarningCode::SetAside)
                .map(|warning| format!(" {}", warning.message))
                .collect();
            // A default for a field that tells people apart would make one person of them all: another one is asked for.
            let shared = |name: &&String| self.schema.field(name).is_some_and(|field| !field.unique);
            faults.push(FieldFault {
                field: set.iter().find(shared).unwrap_or(&set[0]).clone(),
                problem: FieldProblem::Required,
                value: None,
                detail: format!(
                    "At least one of {} is needed, and this lead has none. Set a default, or type one of them.{reasons}",
                    labels.join(", ")
                ),
            });
        }
    }
}

fn uses_formula(source: &Source) -> bool {
    match source {
        Source::Formula { .. } => true,
        Source::When { then, otherwise, .. } => {
            uses_formula(then) || otherwise.as_deref().is_some_and(uses_formula)
        }
        _ => false,
    }
}

fn compile_source(source: &Source) -> Result<CompiledSource, String> {
    Ok(match source {
        Source::Field { name } => CompiledSource::Field(name.clone()),
        Source::FirstOf { names } => CompiledSource::FirstOf(names.clone()),
        Source::Join { names, separator } => CompiledSource::Join(names.clone(), separator.clone()),
        Source::Fixed { value } => CompiledSource::Fixed(value.clone()),
        Source::Formula { expression } => {
            CompiledSource::Formula(Formula::parse(expression).map_err(|error| error.to_string())?)
        }
        Source::When { condition, then, otherwise } => CompiledSource::When(
            condition.clone(),
            Box::new(compile_source(then)?),
            otherwise.as_deref().map(compile_source).transpose()?.map(Box::new),
        ),
    })
}

impl CompiledSource {
    fn value(&self, lead: &Record, shared: Option<&Arc<Record>>) -> Result<Value, String> {
        let filled = |name: &String| lead.get(name).filter(|value| !value.is_blank());
        Ok(match self {
            Self::Field(name) => lead.get(name).cloned().unwrap_or(Value::Blank),
            Self::FirstOf(names) => names.iter().find_map(filled).cloned().unwrap_or(Value::Blank),
            Self::Join(names, separator) => {
                let parts: Vec<String> = names
                    .iter()
                    .filter_map(filled)
                    .map(|value| value.to_string().trim().to_owned())
                    .collect();
                if parts.is_empty() { Value::Blank } else { Value::Text(parts.join(separator)) }
            }
            Self::Fixed(value) => value.clone(),
            Self::Formula(formula) => {
                let lead = shared.cloned().unwrap_or_else(|| Arc::new(lead.clone()));
                formula.value(&lead).map_err(|error| error.to_string())?
            }
            Self::When(condition, then, otherwise) => match otherwise {
                _ if condition.holds(lead) => then.value(lead, shared)?,
                Some(otherwise) => otherwise.value(lead, shared)?,
                None => Value::Blank,
            },
        })
    }
}
