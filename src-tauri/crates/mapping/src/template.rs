//! Ready-made mappings, said in what fields are about and not in any CRM's names, so that each fits every CRM.

use leadferry_model::{Field, ObjectSchema, Value};
use serde::Serialize;
use ts_rs::TS;

use crate::guess::SourceField;
use crate::kinds::{Compatible, compatibility};
use crate::rule::{Defaults, Mapping, Overwrite, Rule, Source};
use crate::suggest::about;
use crate::synonyms::{Concept, concept};
use crate::transform::{NamePart, Transform};

/// A ready-made mapping.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Template {
    /// Stable name.
    pub id: &'static str,
    /// What people see.
    pub name: &'static str,
    /// For whom it is, in one line.
    pub summary: &'static str,
    /// Its rules.
    pub rules: Vec<TemplateRule>,
}

/// One field of a template.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct TemplateRule {
    /// What the destination field is about.
    pub target: Concept,
    /// What may fill it, best first.
    pub sources: Vec<Alternative>,
    /// What happens to a value that is in the destination already.
    pub overwrite: Overwrite,
    /// Put in where the destination demands the field and the lead has nothing.
    pub fallback: Option<&'static str>,
}

/// One thing that may fill a field.
#[derive(Clone, Debug, PartialEq, Serialize, TS)]
pub struct Alternative {
    /// What the source field is about.
    pub source: Concept,
    /// The steps it needs.
    pub transforms: Vec<Transform>,
}

impl Template {
    /// The mapping this template makes for one destination object and one source. Rules for which either side has no field
    /// are left out.
    pub fn mapping(&self, schema: &ObjectSchema, sources: &[SourceField], defaults: Defaults) -> Mapping {
        let mut mapping = Mapping { defaults, ..Mapping::empty(&schema.object) };
        for template in &self.rules {
            let Some(field) = target(schema, template.target) else { continue };
            if mapping.rule(&field.name).is_none()
                && let Some(rule) = template.rule(field, sources)
            {
                mapping.rules.push(rule);
            }
        }
        mapping
    }
}

impl TemplateRule {
    fn rule(&self, field: &Field, sources: &[SourceField]) -> Option<Rule> {
        let fallback = self.fallback.filter(|_| field.required).map(Value::text);
        let found = self.sources.iter().find_map(|alternative| {
            let source = best(sources, alternative.source)?;
            let needed = match compatibility(source, field) {
                Compatible::Compatible => Vec::new(),
                Compatible::PossibleWith { transforms } => transforms,
                Compatible::Impossible { .. } => return None,
            };
            let known = needed.into_iter().filter(|step| {
                !alternative
                    .transforms
                    .iter()
                    .any(|own| std::mem::discriminant(own) == std::mem::discriminant(step))
            });
            let steps: Vec<Transform> = alternative.transforms.iter().cloned().chain(known).collect();
            Some(Rule::new(&field.name, Source::field(&source.name)).with(steps))
        });
        let rule = match (found, fallback) {
            (Some(rule), Some(value)) => rule.with([Transform::DefaultIfBlank { value }]),
            (Some(rule), None) => rule,
            (None, Some(value)) => Rule::new(&field.name, Source::Fixed { value }),
            (None, None) => return None,
        };
        Some(Rule { overwrite: self.overwrite, ..rule })
    }
}

/// The destination's field for `wanted`: the vendor's own before the account's.
fn target(schema: &ObjectSchema, wanted: Concept) -> Option<&Field> {
    schema
        .fields
        .iter()
        .filter(|field| !field.read_only && about(field) == Some(wanted))
        .min_by_key(|field| field.custom)
}

/// Of several source fields for one thing, the one that is filled most.
fn best(sources: &[SourceField], wanted: Concept) -> Option<&SourceField> {
    sources
        .iter()
        .filter(|source| concept(&source.name).or_else(|| concept(&source.label)) == Some(wanted))
        .max_by(|left, right| left.filled_share.total_cmp(&right.filled_share))
}

/// Every template, the plain one first.
pub fn templates() -> Vec<Template> {
    vec![
        Template {
            id: "standard",
            name: "Standard",
            summary: "Name, e-mail, phone, company, message and where the lead came from.",
            rules: standard(),
        },
        Template {
            id: "home_services",
            name: "Home services",
            summary: "For trades and repair: the place of the job, the service asked for and the appointment.",
            rules: with([
                plain(Concept::Street),
                plain(Concept::PostalCode),
                plain(Concept::City),
                plain(Concept::State),
                plain(Concept::Service),
                plain(Concept::AppointmentAt),
                plain(Concept::Budget),
            ]),
        },
        Template {
            id: "agency",
            name: "Agency and marketing",
            summary: "For agencies and online shops: campaign, keyword, landing page, website and budget.",
            rules: with([
                first(Concept::Campaign),
                first(Concept::Medium),
                first(Concept::Keyword),
                first(Concept::LandingPage),
                plain(Concept::Website),
                plain(Concept::Industry),
                plain(Concept::Employees),
                plain(Concept::Budget),
                plain(Concept::Service),
            ]),
        },
        Template {
            id: "real_estate",
            name: "Real estate",
            summary: "For brokers and developers: the property wanted, its size, the budget and the date of moving.",
            rules: with([
                plain(Concept::PropertyType),
                plain(Concept::Bedrooms),
                plain(Concept::Budget),
                plain(Concept::MoveInDate),
                plain(Concept::City),
                plain(Concept::PostalCode),
                plain(Concept::AppointmentAt),
            ]),
        },
        Template {
            id: "health_and_education",
            name: "Clinics and courses",
            summary: "For practices and schools: the treatment or course, the appointment, language and birthday.",
            rules: with([
                plain(Concept::Service),
                plain(Concept::AppointmentAt),
                plain(Concept::Birthday),
                plain(Concept::Language),
                plain(Concept::City),
                plain(Concept::Consent),
            ]),
        },
    ]
}

fn with(more: impl IntoIterator<Item = TemplateRule>) -> Vec<TemplateRule> {
    standard().into_iter().chain(more).collect()
}

fn standard() -> Vec<TemplateRule> {
    let name = |target, part, fallback| TemplateRule {
        target,
        sources: vec![
            Alternative { source: target, transforms: vec![Transform::Trim, Transform::TitleCase] },
            Alternative {
                source: Concept::FullName,
                transforms: vec![Transform::Trim, Transform::NamePart { part }, Transform::TitleCase],
            },
        ],
        // A split by rule must not replace what a person corrected in the CRM.
        overwrite: Overwrite::IfEmpty,
        fallback,
    };
    let phone = |target, others: &[Concept]| TemplateRule {
        target,
        sources: others
            .iter()
            .map(|source| Alternative { source: *source, transforms: vec![Transform::PHONE] })
            .collect(),
        overwrite: Overwrite::Always,
        fallback: None,
    };
    vec![
        TemplateRule { fallback: None, ..rule(Concept::Email, vec![Transform::Email], Overwrite::Always) },
        name(Concept::FirstName, NamePart::First, None),
        name(Concept::LastName, NamePart::Last, Some("(unknown)")),
        rule(Concept::FullName, vec![Transform::Trim], Overwrite::IfEmpty),
        phone(Concept::Phone, &[Concept::Phone, Concept::Mobile, Concept::Whatsapp]),
        phone(Concept::Mobile, &[Concept::Mobile]),
        phone(Concept::Whatsapp, &[Concept::Whatsapp]),
        TemplateRule {
            fallback: Some("(not given)"),
            ..rule(Concept::Company, vec![Transform::Trim], Overwrite::IfEmpty)
        },
        rule(Concept::JobTitle, vec![Transform::Trim], Overwrite::IfEmpty),
        rule(Concept::Country, vec![Transform::Trim], Overwrite::IfEmpty),
        rule(Concept::Message, vec![], Overwrite::Always),
        first(Concept::Source),
        rule(Concept::LeadId, vec![], Overwrite::Never),
    ]
}

fn rule(about: Concept, transforms: Vec<Transform>, overwrite: Overwrite) -> TemplateRule {
    TemplateRule {
        target: about,
        sources: vec![Alternative { source: about, transforms }],
        overwrite,
        fallback: None,
    }
}

fn plain(about: Concept) -> TemplateRule {
    rule(about, Vec::new(), Overwrite::IfNewer)
}

/// Where somebody came from is told by the first contact and stays.
fn first(about: Concept) -> TemplateRule {
    rule(about, Vec::new(), Overwrite::IfEmpty)
}
