//! Which source field probably belongs to which destination field, with the reason a person can judge.
//!
//! Names weigh most, then what this user chose before, then the values. Nothing here applies itself: the caller takes what
//! is at or above [`HIGH_CONFIDENCE`] and shows the rest.

use std::collections::HashSet;

use leadferry_model::{Field, FieldKind, ObjectSchema};
use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::guess::SourceField;
use crate::kinds::{Compatible, compatibility};
use crate::rule::{Rule, Source};
use crate::synonyms::{Concept, concept};
use crate::transform::{NamePart, Transform};
use crate::words::{core, normalised};

/// At or above this a suggestion may be accepted without asking.
pub const HIGH_CONFIDENCE: u8 = 85;

/// Below this nothing is suggested.
const LOWEST: u8 = 50;

/// One proposal.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, TS)]
pub struct Suggestion {
    /// The destination field.
    pub target: String,
    /// What would fill it.
    pub source: Source,
    /// The steps it needs.
    pub transforms: Vec<Transform>,
    /// 0 to 100.
    pub confidence: u8,
    /// Why, in a few words.
    pub reason: String,
}

impl From<Suggestion> for Rule {
    fn from(suggestion: Suggestion) -> Self {
        Self::new(suggestion.target, suggestion.source).with(suggestion.transforms)
    }
}

/// What this user matched before: a [`normalised`] source name and the destination field it went to.
pub type History = [(String, String)];

/// One proposal a destination field and a source field at most; a full name may fill both first and last name.
pub fn suggest(schema: &ObjectSchema, sources: &[SourceField], history: &History) -> Vec<Suggestion> {
    let targets: Vec<Known> = schema.fields.iter().map(Known::target).collect();
    let mut candidates = Vec::new();
    for (from, source) in sources.iter().enumerate() {
        let known = Known::source(source);
        for (at, target) in schema.fields.iter().enumerate() {
            if let Some((confidence, reason, transforms)) =
                score((source, &known), (target, &targets[at]), history)
            {
                candidates.push((confidence, at, from, reason, transforms));
            }
        }
    }
    // Equal scores go by the order of the lists, so that the same lists always give the same suggestions.
    candidates.sort_by_key(|(confidence, at, from, ..)| (u8::MAX - confidence, *at, *from));
    let (mut filled, mut used) = (HashSet::new(), HashSet::new());
    let mut suggestions = Vec::new();
    for (confidence, at, from, reason, transforms) in candidates {
        if filled.contains(&at) || used.contains(&from) {
            continue;
        }
        filled.insert(at);
        used.insert(from);
        let source = Source::field(&sources[from].name);
        suggestions.push((
            at,
            Suggestion { target: schema.fields[at].name.clone(), source, transforms, confidence, reason },
        ));
    }
    split_full_name(schema, sources, &filled, &used, &mut suggestions);
    suggestions.sort_by_key(|(at, _)| *at);
    suggestions.into_iter().map(|(_, suggestion)| suggestion).collect()
}

/// A full name that found no field of its own fills first and last name, as far as those are free.
fn split_full_name(
    schema: &ObjectSchema,
    sources: &[SourceField],
    filled: &HashSet<usize>,
    used: &HashSet<usize>,
    suggestions: &mut Vec<(usize, Suggestion)>,
) {
    let Some(full) = sources
        .iter()
        .enumerate()
        .find(|(from, source)| !used.contains(from) && concept(&source.name) == Some(Concept::FullName))
        .map(|(_, source)| source)
    else {
        return;
    };
    let free = |wanted: Concept| {
        schema
            .fields
            .iter()
            .enumerate()
            .find(|(at, field)| !filled.contains(at) && !field.read_only && about(field) == Some(wanted))
    };
    // With a first name of its own, the full name must not fill the last name with itself.
    let (Some(first), Some(last)) = (free(Concept::FirstName), free(Concept::LastName)) else { return };
    for ((at, field), part) in [(first, NamePart::First), (last, NamePart::Last)] {
        suggestions.push((
            at,
            Suggestion {
                target: field.name.clone(),
                source: Source::field(&full.name),
                transforms: vec![Transform::Trim, Transform::NamePart { part }],
                confidence: 88,
                reason: format!("part of the full name in {}", full.label),
            },
        ));
    }
}

/// What a destination field is about; its API name is steadier than its label, which accounts translate.
pub(crate) fn about(field: &Field) -> Option<Concept> {
    concept(&field.name).or_else(|| concept(&field.label))
}

/// What a field's names say, found out once and not for every pair.
struct Known {
    name: String,
    label: String,
    cores: [String; 2],
    about: Option<Concept>,
}

impl Known {
    fn source(source: &SourceField) -> Self {
        let about = concept(&source.name).or_else(|| concept(&source.label));
        Self::new(&source.name, &source.label, about)
    }

    fn target(field: &Field) -> Self {
        Self::new(&field.name, &field.label, about(field))
    }

    fn new(name: &str, label: &str, about: Option<Concept>) -> Self {
        Self { name: normalised(name), label: normalised(label), cores: [core(name), core(label)], about }
    }
}

type Score = (u8, String, Vec<Transform>);
type Pair<'f, F> = (&'f F, &'f Known);

fn score(source: Pair<'_, SourceField>, target: Pair<'_, Field>, history: &History) -> Option<Score> {
    let (confidence, reason) = by_history(source, target, history)
        .or_else(|| by_name(source, target))
        .or_else(|| by_values(source, target))
        .or_else(|| by_likeness(source, target))?;
    // Last, because it looks at every value.
    let needed = match compatibility(source.0, target.0) {
        Compatible::Compatible => Vec::new(),
        Compatible::PossibleWith { transforms } => transforms,
        Compatible::Impossible { .. } => return None,
    };
    // A step that the values need makes it a little less certain, a table that holds leads much less.
    let doubt = match needed.last() {
        Some(Transform::Translate { .. }) => 15,
        Some(Transform::Truncate { .. } | Transform::Email | Transform::Phone { .. }) | None => 0,
        Some(_) => 5,
    };
    let confidence = confidence.saturating_sub(doubt);
    (confidence >= LOWEST).then(|| (confidence, reason, tidy(target.0, needed)))
}

/// The needed steps, with the ones that always help.
fn tidy(target: &Field, needed: Vec<Transform>) -> Vec<Transform> {
    let mut steps = match target.kind {
        FieldKind::Email => vec![Transform::Email],
        FieldKind::Phone => vec![Transform::PHONE],
        FieldKind::Text => vec![Transform::Trim],
        _ => Vec::new(),
    };
    steps.extend(
        needed.into_iter().filter(|step| !matches!(step, Transform::Email | Transform::Phone { .. })),
    );
    steps
}

fn by_history(
    (source, known): Pair<'_, SourceField>,
    (target, _): Pair<'_, Field>,
    history: &History,
) -> Option<(u8, String)> {
    history
        .iter()
        .any(|(from, to)| *from == known.name && *to == target.name)
        .then(|| (98, format!("you matched {} to it before", source.label)))
}

fn by_name((source, from): Pair<'_, SourceField>, (target, to): Pair<'_, Field>) -> Option<(u8, String)> {
    if from.name == to.name || from.name == to.label || from.label == to.label {
        return Some((95, "same name".into()));
    }
    let (meaning, wanted) = (from.about?, to.about?);
    if meaning == wanted {
        // A field that the account made must not beat the vendor's own for the same thing.
        let custom = u8::from(target.custom) * 3;
        return Some((90 - custom, format!("“{}” is another word for {}", source.label, target.label)));
    }
    let phones = [Concept::Phone, Concept::Mobile, Concept::Whatsapp];
    (phones.contains(&meaning) && phones.contains(&wanted)).then(|| (70, "both are phone numbers".into()))
}

/// E-mail addresses and phone numbers show themselves; other kinds are too common to mean anything.
fn by_values((source, from): Pair<'_, SourceField>, (target, to): Pair<'_, Field>) -> Option<(u8, String)> {
    let what = match (source.kind, target.kind) {
        (FieldKind::Email, FieldKind::Email) => "an e-mail address",
        (FieldKind::Phone, FieldKind::Phone) => "a phone number",
        _ => return None,
    };
    let count = source.samples.len();
    let main = matches!(to.about, Some(Concept::Email | Concept::Phone | Concept::Mobile));
    // A source whose name says something else (referrer e-mail) is probably about somebody else.
    let confidence = 60 + u8::from(main) * 15 + u8::from(count >= 5) * 5 - u8::from(from.about.is_some()) * 5;
    (count > 0).then(|| (confidence, format!("looks like {what} in {count} of {count} samples")))
}

fn by_likeness((_, from): Pair<'_, SourceField>, (_, to): Pair<'_, Field>) -> Option<(u8, String)> {
    let name = &from.cores[0];
    // Two different known meanings are never alike, however close their letters; nor are very short names.
    if name.chars().count() < 4 || (from.about.is_some() && to.about.is_some()) {
        return None;
    }
    let best = to.cores.iter().map(|other| strsim::jaro_winkler(name, other)).fold(0.0_f64, f64::max);
    if best >= 0.95 {
        Some((76, "almost the same name".into()))
    } else if best >= 0.9 {
        Some((62, "similar name".into()))
    } else {
        None
    }
}
