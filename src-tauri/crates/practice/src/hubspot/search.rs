//! Search. <https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm>

use serde_json::{Value, json};

use super::Answer;
use super::errors::Trouble;
use super::render::{self, Show};
use super::strict::{self, Shape};
use crate::call::{Call, Reply};
use crate::core::{Condition, Direction, Query, Test};
use crate::world::World;

const SHAPE: Shape = Shape::Keys(&[
    (
        "filterGroups",
        Shape::List(&Shape::Keys(&[(
            "filters",
            Shape::List(&Shape::Keys(&[
                ("propertyName", Shape::Any),
                ("operator", Shape::Any),
                ("value", Shape::Any),
                ("highValue", Shape::Any),
                ("values", Shape::List(&Shape::Any)),
            ])),
        )])),
    ),
    ("sorts", Shape::List(&Shape::Any)),
    ("query", Shape::Any),
    ("properties", Shape::List(&Shape::Any)),
    ("limit", Shape::Any),
    ("after", Shape::Any),
]);

const LARGEST_PAGE: u64 = 200;
const USUAL_PAGE: u64 = 10;
const MOST_RESULTS: usize = 10_000;
const MOST_GROUPS: usize = 5;
const MOST_FILTERS_A_GROUP: usize = 6;
const MOST_FILTERS: usize = 18;
const LONGEST_QUERY: usize = 3_000;

pub(super) fn search(world: &mut World, call: &Call, object: &str) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &SHAPE)?;
    let limit = match body.get("limit") {
        None => USUAL_PAGE,
        Some(limit) => limit
            .as_u64()
            .filter(|limit| (1..=LARGEST_PAGE).contains(limit))
            .ok_or_else(|| Trouble::bad_request(format!("limit must be from 1 to {LARGEST_PAGE}")))?,
    };
    let limit = usize::try_from(limit).unwrap_or_default();
    let after = match body.get("after") {
        None => 0,
        Some(Value::String(text)) if text.is_empty() => 0,
        Some(Value::String(text)) => {
            text.parse().map_err(|_| Trouble::bad_request("after is not a cursor"))?
        }
        Some(Value::Number(number)) => {
            usize::try_from(number.as_u64().unwrap_or_default()).unwrap_or_default()
        }
        Some(_) => return Err(Trouble::bad_request("after is not a cursor")),
    };
    if after + limit > MOST_RESULTS {
        let message = format!("Paging beyond {MOST_RESULTS} results is not possible; narrow the filters");
        return Err(Trouble::bad_request(message));
    }
    let query = read(&body)?;
    let (now, lag) = (world.now, world.sky.search_lag());
    let found = world.crm.search(object, &query, now, lag).map_err(|refusal| Trouble::of(refusal, object))?;
    let asked: Vec<String> =
        list(&body, "properties").iter().filter_map(|name| name.as_str().map(str::to_owned)).collect();
    let page = found.get(after..).unwrap_or_default();
    let page = &page[..page.len().min(limit)];
    let results: Vec<Value> =
        page.iter().map(|record| render::record(world, object, record, Show::asked(&asked))).collect();
    let mut answer = json!({"total": found.len(), "results": results});
    if after + page.len() < found.len() {
        answer["paging"] = json!({"next": {"after": (after + page.len()).to_string()}});
    }
    Ok(Reply::json(200, answer))
}

fn list<'a>(body: &'a Value, key: &str) -> &'a [Value] {
    body.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn read(body: &Value) -> Result<Query, Trouble> {
    let groups = list(body, "filterGroups");
    let counts: Vec<usize> = groups.iter().map(|group| list(group, "filters").len()).collect();
    let too_many = groups.len() > MOST_GROUPS
        || counts.iter().any(|count| *count > MOST_FILTERS_A_GROUP)
        || counts.iter().sum::<usize>() > MOST_FILTERS;
    if too_many {
        return Err(Trouble::bad_request("Too many filters: 5 groups, 6 filters a group, 18 in all"));
    }
    let words = body.get("query").and_then(Value::as_str).map(str::to_owned);
    if words.as_ref().is_some_and(|words| words.chars().count() > LONGEST_QUERY) {
        return Err(Trouble::bad_request(format!("query is longer than {LONGEST_QUERY} characters")));
    }
    let any_of = groups
        .iter()
        .map(|group| list(group, "filters").iter().map(condition).collect::<Result<Vec<_>, _>>())
        .collect::<Result<Vec<_>, _>>()?;
    let sort = match list(body, "sorts") {
        [] => None,
        [one] => Some(sort(one)?),
        _ => return Err(Trouble::bad_request("Only one sort is possible")),
    };
    Ok(Query { any_of, words, sort })
}

fn sort(sort: &Value) -> Result<(String, Direction), Trouble> {
    // Objects in the guide, texts in the API's own description: both are taken.
    if let Some(text) = sort.as_str() {
        return Ok(match text.strip_prefix('-') {
            Some(name) => (name.to_owned(), Direction::Descending),
            None => (text.to_owned(), Direction::Ascending),
        });
    }
    let name = sort.get("propertyName").and_then(Value::as_str);
    let name = name.ok_or_else(|| Trouble::bad_request("A sort needs propertyName"))?.to_owned();
    match sort.get("direction").and_then(Value::as_str) {
        None | Some("ASCENDING") => Ok((name, Direction::Ascending)),
        Some("DESCENDING") => Ok((name, Direction::Descending)),
        Some(other) => Err(Trouble::bad_request(format!("{other} is not a direction"))),
    }
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}

fn condition(filter: &Value) -> Result<Condition, Trouble> {
    let one = |key: &str| {
        filter.get(key).and_then(text).ok_or_else(|| Trouble::bad_request(format!("A filter lacks {key}")))
    };
    let many = || -> Result<Vec<String>, Trouble> {
        let all: Vec<String> = list(filter, "values").iter().filter_map(text).collect();
        if all.is_empty() { Err(Trouble::bad_request("A filter lacks values")) } else { Ok(all) }
    };
    let operator = one("operator")?;
    let test = match operator.as_str() {
        "EQ" => Test::Equal(one("value")?),
        "NEQ" => Test::NotEqual(one("value")?),
        "LT" => Test::Less(one("value")?),
        "LTE" => Test::AtMost(one("value")?),
        "GT" => Test::More(one("value")?),
        "GTE" => Test::AtLeast(one("value")?),
        "BETWEEN" => Test::Between(one("value")?, one("highValue")?),
        "IN" => Test::OneOf(many()?),
        "NOT_IN" => Test::NoneOf(many()?),
        "HAS_PROPERTY" => Test::Present,
        "NOT_HAS_PROPERTY" => Test::Absent,
        "CONTAINS_TOKEN" => Test::HasWord(one("value")?),
        "NOT_CONTAINS_TOKEN" => Test::LacksWord(one("value")?),
        other => return Err(Trouble::bad_request(format!("{other} is not an operator"))),
    };
    Ok(Condition { field: one("propertyName")?, test })
}
