//! A value against a schema of OpenAPI 3.0 or 3.1, more strictly than JSON Schema: an unknown property counts as a fault wherever
//! the schema lists the known ones.
//!
//! All schemas that hold for a value are laid side by side first (references, `allOf`, the alternative that fits best, what
//! follows from a condition), so that what one of them lists is known to the others. Three words are read as vendors mean them and
//! not to the letter: `oneOf` as `anyOf`, since their alternatives overlap; `additionalProperties: false` within `allOf` forbids what
//! none of them lists, where JSON Schema would forbid what the others list; and `nullable` holds beside anything.
//!
//! Faults are worded as `place: what`, in the words that `waive` of a gate is written for.

mod keywords;
mod patterns;
#[cfg(test)]
mod tests;

use std::collections::BTreeSet;

use serde_json::{Map, Value};

use super::document::Part;
use super::near::near;
use super::text;
use super::vendor::Vendor;
use keywords::shown;
use patterns::fits;

/// How strictly values are read.
#[derive(Clone, Copy, Debug)]
pub(super) struct Rules {
    /// Numbers and the like come as text: queries, forms, tables.
    pub(super) text: bool,
    /// Unknown properties are faults.
    pub(super) closed: bool,
    /// Missing properties are faults.
    pub(super) required: bool,
}

impl Rules {
    pub(super) const JSON: Self = Self { text: false, closed: true, required: true };
    pub(super) const TEXT: Self = Self { text: true, closed: true, required: true };
}

/// Reads values of one operation.
#[derive(Clone, Copy)]
pub(super) struct Reader<'v> {
    vendor: &'v Vendor,
    rules: Rules,
    operation: &'v str,
}

/// A schema that holds for a value, by itself.
struct Own<'v> {
    part: Part<'v>,
    map: &'v Map<String, Value>,
    open: bool,
}

impl<'v> Own<'v> {
    fn inside(&self, key: &str) -> Option<&'v Map<String, Value>> {
        self.map.get(key).and_then(Value::as_object)
    }
}

impl<'v> Reader<'v> {
    pub(super) fn new(vendor: &'v Vendor, rules: Rules, operation: &'v str) -> Self {
        Self { vendor, rules, operation }
    }

    /// What is wrong with `value` at `at`.
    pub(super) fn read(&self, schema: Part<'v>, value: &Value, at: &str, faults: &mut Vec<String>) {
        self.read_all(vec![schema], value, at, faults);
    }

    /// Whether the schema lists anything, or takes whatever comes.
    pub(super) fn says_something(&self, schema: Part<'v>) -> bool {
        let schemas = self.side_by_side(vec![schema], &Value::Object(Map::new()), "", &mut Vec::new());
        let words = ["properties", "patternProperties", "items", "enum", "const"];
        schemas.iter().any(|own| words.iter().any(|word| own.map.contains_key(*word)))
    }

    fn read_all(&self, schemas: Vec<Part<'v>>, value: &Value, at: &str, faults: &mut Vec<String>) {
        let schemas = self.side_by_side(schemas, value, at, faults);
        let types = schemas.iter().flat_map(|own| keywords::types(own.map)).collect::<BTreeSet<_>>();
        let typed = if self.rules.text { text::typed(value, &types) } else { value.clone() };
        let nullable = |own: &Own<'_>| own.map.get("nullable") == Some(&Value::Bool(true));
        if typed.is_null() && schemas.iter().any(nullable) {
            return;
        }
        for own in &schemas {
            keywords::check(own.map, &typed, at, faults);
        }
        match &typed {
            Value::Object(entries) => self.object(&schemas, entries, at, faults),
            Value::Array(items) => {
                let of: Vec<_> = schemas.iter().filter_map(|own| own.part.get("items")).collect();
                for (place, item) in items.iter().enumerate() {
                    self.read_all(of.clone(), item, &format!("{at}[{place}]"), faults);
                }
            }
            _ => {}
        }
    }

    fn object(&self, schemas: &[Own<'v>], entries: &Map<String, Value>, at: &str, faults: &mut Vec<String>) {
        let lists = schemas.iter().any(|own| own.inside("properties").is_some_and(|known| !known.is_empty()));
        let open = schemas.iter().any(|own| {
            let further = own.map.get("additionalProperties");
            own.open || further.is_some_and(|further| further != &Value::Bool(false))
        });
        for (name, value) in entries {
            let (mut of, mut known, mut forbidden) = (Vec::new(), false, false);
            for own in schemas {
                let listed = own.inside("properties").and_then(|listed| listed.get(name));
                let patterned = own.inside("patternProperties").into_iter().flatten();
                let patterned =
                    patterned.filter(|(pattern, _)| fits(pattern, name)).map(|(_, schema)| schema);
                let here: Vec<_> =
                    listed.into_iter().chain(patterned).map(|schema| own.part.with(schema)).collect();
                known |= !here.is_empty();
                match own.map.get("additionalProperties") {
                    Some(Value::Bool(allowed)) => forbidden |= here.is_empty() && !allowed,
                    Some(further) if here.is_empty() => of.push(own.part.with(further)),
                    _ => {}
                }
                of.extend(here);
            }
            if forbidden && !known {
                let name = shown(&Value::from(name.as_str()));
                faults.push(format!("{at}: Additional properties are not allowed ({name} was unexpected)"));
            } else if self.rules.closed && !known {
                let exempt =
                    schemas.iter().any(|own| self.vendor.gate.exempts(&own.part.document.name, name));
                if lists && !open && !exempt {
                    faults.push(format!("{at}.{name}: unknown property"));
                }
                faults.extend(self.slip(name, at));
            }
            self.read_all(of, value, &format!("{at}.{name}"), faults);
        }
        if self.rules.required {
            let required = schemas.iter().filter_map(|own| own.map.get("required")?.as_array()).flatten();
            let names: BTreeSet<&str> = required.filter_map(Value::as_str).collect();
            let missing = names.into_iter().filter(|name| !entries.contains_key(*name));
            faults.extend(missing.map(|name| format!("{at}: '{name}' is a required property")));
        }
    }

    /// An open object takes any name; one that looks like a known one is a slip of the pen all the same.
    fn slip(&self, name: &str, at: &str) -> Option<String> {
        let close = |rule: &&super::gate::Near| rule.op.fits(self.operation) && rule.at.fits(at);
        let rule = self.vendor.gate.near.iter().find(close)?;
        near(name, &rule.keys).map(|known| format!("{at}.{name}: unknown property, close to {known}"))
    }

    /// Every schema that holds for `value`.
    fn side_by_side(
        &self,
        schemas: Vec<Part<'v>>,
        value: &Value,
        at: &str,
        faults: &mut Vec<String>,
    ) -> Vec<Own<'v>> {
        let lone = schemas.len() == 1;
        let (mut waiting, mut all) = (schemas, Vec::<Own<'v>>::new());
        while let Some(part) = waiting.pop() {
            let Some(map) = part.value.as_object() else {
                if part.value == &Value::Bool(false) {
                    faults.push(format!("{at}: nothing is allowed here"));
                }
                continue;
            };
            if all.iter().any(|known| std::ptr::eq(known.map, map)) {
                continue;
            }
            if let Some(reference) = part.text("$ref") {
                waiting.extend(self.vendor.referred(part.document, reference));
            }
            waiting.extend(part.list("allOf"));
            let alone = lone && !["properties", "allOf", "$ref"].iter().any(|word| map.contains_key(*word));
            let best = |word| self.best(part, word, alone, value, at);
            waiting.extend(["oneOf", "anyOf"].into_iter().filter_map(best));
            if let Some(condition) = part.get("if") {
                let then = if self.holds(condition, value, at) { "then" } else { "else" };
                waiting.extend(part.get(then));
            }
            if let Some(not) = part.get("not")
                && self.holds(not, value, at)
            {
                faults.push(format!("{at}: {} should not be valid under {}", shown(value), not.value));
            }
            let open =
                part.name.is_some_and(|name| self.vendor.gate.open_schemas.iter().any(|open| open == name));
            all.push(Own { part, map, open });
        }
        all
    }

    /// The alternative that `value` is meant to be: the one the discriminator names, else the one with the fewest faults.
    fn best(&self, part: Part<'v>, word: &str, alone: bool, value: &Value, at: &str) -> Option<Part<'v>> {
        let named = part.get("discriminator").and_then(|discriminator| {
            let kind = value.get(discriminator.text("propertyName")?)?.as_str()?;
            let reference = discriminator.value["mapping"].get(kind)?.as_str()?;
            self.vendor.referred(part.document, reference)
        });
        named.or_else(|| part.list(word).min_by_key(|other| self.far(*other, alone, value, at)))
    }

    /// How far `value` is from an alternative. A name of its own that the alternative does not know says most, but nothing where a
    /// schema beside the alternatives may list it.
    fn far(&self, schema: Part<'v>, alone: bool, value: &Value, at: &str) -> usize {
        let mut faults = Vec::new();
        self.read(schema, value, at, &mut faults);
        let weight = |fault: &String| match fault.strip_prefix(at).and_then(|rest| rest.strip_prefix('.')) {
            Some(rest) if rest.contains(": unknown property") => match rest.split(": ").next() {
                Some(name) if name.contains(['.', '[']) => 100,
                _ if alone => 1_000,
                _ => 1,
            },
            _ => 100,
        };
        faults.iter().map(weight).sum()
    }

    fn holds(&self, schema: Part<'v>, value: &Value, at: &str) -> bool {
        let mut faults = Vec::new();
        let loosely = Self { rules: Rules { closed: false, ..self.rules }, ..*self };
        loosely.read(schema, value, at, &mut faults);
        faults.is_empty()
    }
}
