//! What changed between two versions of a mapping, in words, for the moment before it is published.

use leadferry_model::ObjectSchema;

use crate::rule::{DateOrder, DecimalStyle, Defaults, Direction, Mapping, Overwrite, Rule, Source};

/// One sentence a change, rules first, in the order of the new version; nothing if the two do the same.
pub fn diff(old: &Mapping, new: &Mapping, schema: &ObjectSchema) -> Vec<String> {
    let label = |target: &str| schema.field(target).map_or(target, |field| field.label.as_str()).to_owned();
    let mut changes = Vec::new();
    for rule in &new.rules {
        let name = label(&rule.target);
        match old.rule(&rule.target) {
            None => changes.push(format!("{name}: new, {}", whole(rule, &new.defaults))),
            Some(before) => changes.extend(
                changed(before, rule, &old.defaults, &new.defaults)
                    .into_iter()
                    .map(|change| format!("{name}: {change}")),
            ),
        }
    }
    for rule in old.rules.iter().filter(|rule| new.rule(&rule.target).is_none()) {
        changes.push(format!("{}: no longer filled", label(&rule.target)));
    }
    changes.extend(defaults(&old.defaults, &new.defaults));
    changes
}

fn whole(rule: &Rule, defaults: &Defaults) -> String {
    let mut words = format!("from {}", source(&rule.source));
    if !rule.transforms.is_empty() {
        words.push_str(&format!(", {}", steps(rule, defaults)));
    }
    if rule.overwrite != Overwrite::Always {
        words.push_str(&format!(", {}", overwrite(rule.overwrite)));
    }
    if let Some(when) = &rule.when {
        words.push_str(&format!(", only when {}", when.words()));
    }
    words
}

fn changed(before: &Rule, after: &Rule, old: &Defaults, new: &Defaults) -> Vec<String> {
    let mut changes = Vec::new();
    if before.source != after.source {
        changes.push(format!("now from {} (was {})", source(&after.source), source(&before.source)));
    }
    // Compared as data too: a table with other words in it has the same label.
    if before.transforms != after.transforms || steps(before, old) != steps(after, new) {
        changes.push(match (steps(after, new), steps(before, old)) {
            (now, _) if now.is_empty() => "now as it is, without steps".to_owned(),
            (now, was) if now == was => format!("now {now}, with other details"),
            (now, _) => format!("now {now}"),
        });
    }
    if before.overwrite != after.overwrite {
        changes.push(format!("now {} (was {})", overwrite(after.overwrite), overwrite(before.overwrite)));
    }
    if before.blank_overwrites != after.blank_overwrites {
        changes.push(if after.blank_overwrites {
            "an empty value now clears the field".to_owned()
        } else {
            "an empty value no longer clears the field".to_owned()
        });
    }
    if before.direction != after.direction {
        changes.push(format!("now {} (was {})", direction(after.direction), direction(before.direction)));
    }
    if before.when != after.when {
        changes.push(match &after.when {
            Some(when) => format!("now only when {}", when.words()),
            None => "now for every lead".to_owned(),
        });
    }
    changes
}

/// The steps in words. The region of a phone step is said even where it comes from the mapping's defaults: it decides who
/// is matched with whom.
fn steps(rule: &Rule, defaults: &Defaults) -> String {
    let words: Vec<String> = rule
        .transforms
        .iter()
        .map(|step| match (step, &defaults.region) {
            (crate::Transform::Phone { region: None, .. }, Some(region)) => {
                format!("{} with default region {region}", step.label())
            }
            _ => step.label(),
        })
        .collect();
    words.join(", ")
}

fn source(source: &Source) -> String {
    match source {
        Source::Field { name } => name.clone(),
        Source::FirstOf { names } => format!("the first filled of {}", names.join(", ")),
        Source::Join { names, separator } => format!("{} joined with “{separator}”", names.join(", ")),
        Source::Fixed { value } => format!("the fixed value “{value}”"),
        Source::Formula { expression } => format!("the formula {expression}"),
        Source::When { condition, then, otherwise } => {
            let other = otherwise.as_deref().map_or_else(|| "nothing".to_owned(), self::source);
            format!("{} when {}, else {other}", self::source(then), condition.words())
        }
    }
}

fn overwrite(rule: Overwrite) -> &'static str {
    match rule {
        Overwrite::Always => "always",
        Overwrite::IfEmpty => "only if empty",
        Overwrite::IfNewer => "only if newer",
        Overwrite::Never => "only when the record is created",
    }
}

fn direction(direction: Direction) -> &'static str {
    match direction {
        Direction::ToDestination => "to the destination",
        Direction::Both => "both ways",
        Direction::FromDestination => "back from the destination only",
    }
}

fn defaults(old: &Defaults, new: &Defaults) -> Vec<String> {
    let order = |order: Option<DateOrder>| {
        order.map(|order| match order {
            DateOrder::DayFirst => "day first".to_owned(),
            DateOrder::MonthFirst => "month first".to_owned(),
        })
    };
    let decimal = |style: Option<DecimalStyle>| {
        style.map(|style| match style {
            DecimalStyle::Point => "decimal point".to_owned(),
            DecimalStyle::Comma => "decimal comma".to_owned(),
        })
    };
    let pairs = [
        ("Default phone region", old.region.clone(), new.region.clone()),
        ("Time zone", old.zone.clone(), new.zone.clone()),
        ("Dates", order(old.date_order), order(new.date_order)),
        ("Numbers", decimal(old.decimal), decimal(new.decimal)),
        ("Default currency", old.currency.clone(), new.currency.clone()),
    ];
    let word = |value: &Option<String>| value.clone().unwrap_or_else(|| "not set".into());
    pairs
        .into_iter()
        .filter(|(_, before, after)| before != after)
        .map(|(name, before, after)| format!("{name}: now {} (was {})", word(&after), word(&before)))
        .collect()
}
