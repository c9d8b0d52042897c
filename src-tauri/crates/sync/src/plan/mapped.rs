//! Runs the mapping of one lead, with what a person typed or left out for this delivery.

use leadferry_mapping::{Compiled, Mapped, Mapping, Rule, Source};
use leadferry_model::{Failure, FailureKind, ObjectSchema, Record};
use leadferry_store::Json;

/// What the destination gets for `lead`. Typed values and left-out fields pass the same checks as everything else, because they
/// become rules of a mapping made for this one delivery.
pub(crate) fn map(
    mapping: &Mapping,
    compiled: &Compiled,
    lead: &Record,
    edits: &Record,
    without: &[String],
) -> Mapped {
    if edits.is_empty() && without.is_empty() {
        return compiled.apply(lead);
    }
    match Compiled::new(&edited(mapping, edits, without), compiled.schema()) {
        Ok(own) => own.apply(lead),
        // The mapping itself compiled, and a fixed value cannot break it; say so all the same rather than panic.
        Err(problems) => Mapped { fields: Vec::new(), failure: Some(unusable(&problems)) },
    }
}

/// `mapping` with fixed values for edited fields and without the left-out ones.
pub(crate) fn edited(mapping: &Mapping, edits: &Record, without: &[String]) -> Mapping {
    let mut own = mapping.clone();
    own.rules.retain(|rule| !without.contains(&rule.target));
    for (target, value) in edits.iter() {
        let fixed = Rule::new(target, Source::Fixed { value: value.clone() });
        match own.rules.iter_mut().find(|rule| rule.target == target) {
            Some(rule) => *rule = Rule { overwrite: rule.overwrite, ..fixed },
            None => own.rules.push(fixed),
        }
    }
    own
}

/// Compiles `mapping` for `schema`; a mapping that cannot run is a failure of every lead it should carry.
pub(crate) fn compile(mapping: &Mapping, schema: &ObjectSchema) -> Result<Compiled, Failure> {
    Compiled::new(mapping, schema).map_err(|problems| unusable(&problems))
}

fn unusable(problems: &[leadferry_mapping::Problem]) -> Failure {
    let message = problems.iter().map(|problem| problem.message.as_str()).collect::<Vec<_>>().join(" ");
    Failure::new(FailureKind::Invalid { fields: Vec::new() }, message).code("MAPPING_UNUSABLE")
}

/// Warnings as the ledger keeps them: field, code and words.
pub(crate) fn warnings(mapped: &Mapped) -> Vec<Json> {
    mapped
        .warnings()
        .map(|(field, warning)| {
            serde_json::json!({"field": field, "code": warning.code, "message": warning.message})
        })
        .collect()
}
