//! Searches by a term: over everything, or one object. Both read an index that lags behind writes.
//! <https://developers.pipedrive.com/docs/api/v1/ItemSearch>

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::{Value, json};

use super::errors::Trouble;
use super::found::{self, SOUGHT, Sought, Text};
use super::lists::{self, LARGEST_PAGE, PAGING};
use super::{Answer, contacts, render, strict};
use crate::call::{Call, Reply};
use crate::core::{Query, Record};
use crate::world::World;

/// A page of a search over everything is smaller.
const LARGEST_MIXED_PAGE: usize = 100;
const MIXED: &[&str] = &[
    "term",
    "item_types",
    "fields",
    "search_for_related_items",
    "exact_match",
    "include_fields",
    "limit",
    "cursor",
];

/// What is looked for.
pub(super) struct Term {
    text: String,
    exact: bool,
}

impl Term {
    fn read(call: &Call) -> Result<Self, Trouble> {
        let exact = render::flag(call, "exact_match")?;
        Ok(Self { text: given(call, exact)?.to_lowercase(), exact })
    }

    /// How well a text fits: 1 as a whole, less by its words; `None` not at all. Case makes no difference.
    fn score(&self, text: &str) -> Option<f64> {
        let text = text.trim().to_lowercase();
        if text == self.text {
            return Some(1.0);
        }
        // Without exact_match a search is by words: an address finds those that share its words.
        let words = |text: &str| {
            let parts = text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
            parts.map(str::to_owned).collect::<Vec<_>>()
        };
        let (sought, there) = (words(&self.text), words(&text));
        let near = text.contains(&self.text)
            || !sought.is_empty() && sought.iter().all(|one| there.iter().any(|word| word.starts_with(one)));
        (!self.exact && near).then_some(0.5)
    }
}

/// The term of a search, which has a least length.
pub(super) fn given(call: &Call, exact: bool) -> Result<&str, Trouble> {
    let term = call.param("term").map(str::trim).ok_or_else(|| Trouble::invalid_at("term", "Required"))?;
    let least = if exact { 1 } else { 2 };
    if term.chars().count() < least {
        return Err(Trouble::invalid_at(
            "term",
            format!("String must contain at least {least} character(s)"),
        ));
    }
    Ok(term)
}

/// Search over one object.
pub(super) fn one(world: &mut World, call: &Call, object: &str) -> Answer {
    let sought = *SOUGHT.iter().find(|one| one.object == object).ok_or_else(Trouble::no_such_path)?;
    let more: &[&str] = match object {
        "persons" => &["include_fields", "organization_id"],
        "deals" => &["include_fields", "organization_id", "person_id", "status"],
        "leads" => &["include_fields", "organization_id", "person_id"],
        _ => &[],
    };
    let known: Vec<&str> =
        ["term", "fields", "exact_match"].iter().chain(more).chain(PAGING).copied().collect();
    strict::only_params(world, call, &known)?;
    let term = Term::read(call)?;
    let groups = groups(call, sought.groups)?;
    let mut narrowed = Vec::new();
    let organization = if object == "leads" { "organization_id" } else { "org_id" };
    for (name, field) in [("organization_id", organization), ("person_id", "person_id")] {
        narrowed.extend(lists::number(call, name)?.map(|number| (field, number.to_string())));
    }
    narrowed.extend(call.param("status").map(|status| ("status", status.to_owned())));
    let mut found = hits(world, sought, &term, &groups)?;
    found.retain(|hit| narrowed.iter().all(|(field, value)| hit.record.stored(field) == Some(value)));
    answer(world, call, found, LARGEST_PAGE)
}

/// Search over everything.
pub(super) fn mixed(world: &mut World, call: &Call) -> Answer {
    strict::only_params(world, call, MIXED)?;
    let term = Term::read(call)?;
    let kinds = call.list_param("item_types");
    let others = ["product", "file", "mail_attachment", "project"];
    if let Some(unknown) =
        kinds.iter().find(|kind| !others.contains(kind) && !SOUGHT.iter().any(|sought| sought.item == **kind))
    {
        return Err(Trouble::invalid_at("item_types", format!("Invalid value {unknown}")));
    }
    let all = ["address", "code", "custom_fields", "email", "name", "notes", "phone", "title", "description"];
    let groups = groups(call, &all)?;
    let mut found = Vec::new();
    for sought in SOUGHT.iter().filter(|sought| kinds.is_empty() || kinds.contains(&sought.item)) {
        found.extend(hits(world, *sought, &term, &groups)?);
    }
    answer(world, call, found, LARGEST_MIXED_PAGE)
}

/// The groups of fields asked for; all of them when none is.
fn groups<'a>(call: &'a Call, known: &[&'a str]) -> Result<Vec<&'a str>, Trouble> {
    let asked = call.list_param("fields");
    match asked.iter().find(|group| !known.contains(group)) {
        Some(unknown) => Err(Trouble::invalid_at("fields", format!("Invalid value {unknown}"))),
        None if asked.is_empty() => Ok(known.to_vec()),
        None => Ok(asked),
    }
}

struct Hit {
    score: f64,
    sought: Sought,
    record: Arc<Record>,
    texts: Vec<Text>,
}

fn hits(world: &mut World, sought: Sought, term: &Term, groups: &[&str]) -> Result<Vec<Hit>, Trouble> {
    let mut notes = if groups.contains(&"notes") { notes(world, sought.object)? } else { HashMap::new() };
    let candidates = candidates(world, sought, term, groups, &notes)?;
    let mut hit = |record: Arc<Record>| {
        let mut texts = found::texts(world, sought, &record);
        texts.extend(notes.remove(&record.number).into_iter().flatten().map(|text| ("notes", text)));
        let mut best: Option<f64> = None;
        texts.retain(|(group, text)| {
            let score = if groups.contains(group) { term.score(text) } else { None };
            best = larger(best, score);
            score.is_some()
        });
        best.map(|score| Hit { score, sought, record, texts })
    };
    Ok(candidates.into_iter().filter_map(&mut hit).collect())
}

/// The larger of two scores.
fn larger(a: Option<f64>, b: Option<f64>) -> Option<f64> {
    match (a, b) {
        (Some(a), Some(b)) => Some(a.max(b)),
        (a, b) => a.or(b),
    }
}

/// The records worth looking at. Exact searches ask the index who holds the term; others go through all records.
fn candidates(
    world: &mut World,
    sought: Sought,
    term: &Term,
    groups: &[&str],
    notes: &HashMap<u64, Vec<String>>,
) -> Result<Vec<Arc<Record>>, Trouble> {
    let (now, lag) = (world.now, world.sky.search_lag());
    let no_object = |_| Trouble::no_such_path();
    if !term.exact {
        return world.crm.search(sought.object, &Query::default(), now, lag).map_err(no_object);
    }
    let mut found = BTreeMap::new();
    for (field, parts) in exact_fields(world, sought, groups) {
        let holding = world.crm.search_exact(sought.object, &field, &term.text, parts, now, lag);
        found.extend(holding.map_err(no_object)?.into_iter().map(|record| (record.number, record)));
    }
    let table = world.crm.table(sought.object).map_err(no_object)?;
    let noted = notes.keys().filter_map(|number| Some((*number, table.record(*number)?.clone())));
    let noted: Vec<_> = noted.filter(|(_, record)| !record.is_archived()).collect();
    for (number, record) in noted {
        found.entry(number).or_insert(record);
    }
    Ok(found.into_values().collect())
}

type Parts = fn(&str) -> Vec<String>;

fn whole(text: &str) -> Vec<String> {
    vec![text.trim().to_owned()]
}

fn address(text: &str) -> Vec<String> {
    let value = super::custom::parts("address", text)["value"].clone();
    value.as_str().map(str::to_owned).into_iter().collect()
}

fn amount(text: &str) -> Vec<String> {
    vec![super::custom::parts("monetary", text)["value"].to_string()]
}

/// The fields an exact search looks into, and which values each kept value stands for.
fn exact_fields(world: &World, sought: Sought, groups: &[&str]) -> Vec<(String, Parts)> {
    let mut all: Vec<(String, Parts)> = Vec::new();
    for group in sought.groups.iter().filter(|group| groups.contains(group)) {
        match *group {
            "name" | "title" => all.push(((*group).to_owned(), whole)),
            "email" | "phone" => {
                all.push(((*group).to_owned(), contacts::values));
                all.push((format!("{group}s"), contacts::values));
            }
            "address" => all.push(("address".to_owned(), address)),
            "custom_fields" => {
                let described = if sought.object == "leads" { "deals" } else { sought.object };
                let fields = world.crm.table(described).ok();
                let fields = fields.iter().flat_map(|table| table.fields()).filter(|field| field.custom);
                all.extend(fields.filter_map(|field| Some((field.name.to_string(), exact_parts(field)?))));
            }
            _ => {}
        }
    }
    all
}

/// Which values a kept value of a field stands for; `None` for fields that cannot be searched.
pub(super) fn exact_parts(field: &crate::core::Field) -> Option<Parts> {
    match super::field_types::type_of(field) {
        "address" => Some(address),
        "monetary" => Some(amount),
        form if super::field_types::SEARCHABLE.contains(&form) => Some(whole),
        _ => None,
    }
}

/// The notes of an object's records, without their markup, as far as the index has them.
fn notes(world: &mut World, object: &str) -> Result<HashMap<u64, Vec<String>>, Trouble> {
    let (now, lag) = (world.now, world.sky.search_lag());
    let all = world.crm.search("notes", &Query::default(), now, lag).map_err(|_| Trouble::no_such_path())?;
    let mut by_record: HashMap<u64, Vec<String>> = HashMap::new();
    for note in all {
        let number = note.stored(found::note_field(object)).and_then(|id| id.parse().ok());
        let (Some(number), Some(html)) = (number, note.stored("content")) else { continue };
        by_record.entry(number).or_default().push(plain(html));
    }
    Ok(by_record)
}

fn plain(html: &str) -> String {
    let mut text = String::new();
    let mut in_tag = false;
    for c in html.chars() {
        match c {
            '<' => in_tag = true,
            '>' => in_tag = false,
            _ if !in_tag => text.push(c),
            _ => {}
        }
    }
    text
}

fn answer(world: &World, call: &Call, mut found: Vec<Hit>, largest: usize) -> Answer {
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then(a.record.number.cmp(&b.record.number)));
    let show = |hit: &Hit| {
        let item = found::shown(world, hit.sought, &hit.record, &hit.texts);
        json!({"result_score": hit.score, "item": item})
    };
    let (page, next) = page(call, &found, largest)?;
    let items: Vec<Value> = page.iter().map(show).collect();
    let mut data = json!({"items": items});
    if render::flag(call, "search_for_related_items")? {
        data["related_items"] = json!([]);
    }
    Ok(Reply::json(200, json!({"success": true, "data": data, "additional_data": {"next_cursor": next}})))
}

/// A page of what was found. The cursor of a search only counts.
pub(super) fn page<'a, T>(
    call: &Call,
    found: &'a [T],
    largest: usize,
) -> Result<(&'a [T], Option<String>), Trouble> {
    let start = match call.param("cursor").filter(|text| !text.is_empty()) {
        None => 0,
        Some(text) => {
            let bytes = URL_SAFE_NO_PAD.decode(text).ok();
            let start =
                bytes.and_then(|bytes| String::from_utf8(bytes).ok()?.strip_prefix("from ")?.parse().ok());
            start.ok_or_else(|| Trouble::invalid_at("cursor", "Invalid cursor"))?
        }
    };
    let limit = lists::limit(call, largest)?;
    let rest = found.get(start..).unwrap_or_default();
    let next = (rest.len() > limit).then(|| URL_SAFE_NO_PAD.encode(format!("from {}", start + limit)));
    Ok((&rest[..rest.len().min(limit)], next))
}
