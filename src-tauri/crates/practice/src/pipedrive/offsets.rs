//! Lists of v1: pages by `start` and `limit`, sorted by several fields.
//! <https://pipedrive.readme.io/docs/core-api-concepts-pagination>

use std::cmp::Ordering;

use serde_json::{Value, json};

use super::errors::Trouble;
use crate::call::{Call, Reply};

const USUAL_PAGE: usize = 100;
const LARGEST_PAGE: usize = 500;

/// A page of `all`, with what `additional_data` says of it.
pub(super) fn page<'a, T>(call: &Call, all: &'a [T]) -> Result<(&'a [T], Value), Trouble> {
    let number = |name: &str, otherwise: usize| match call.param(name).map(str::parse::<usize>) {
        None => Ok(otherwise),
        Some(Ok(number)) => Ok(number),
        Some(Err(_)) => Err(Trouble::old(400, &format!("Validation failed: {name}: Expected number"))),
    };
    let start = number("start", 0)?;
    // Unverified: a larger limit is cut, not refused.
    let limit = number("limit", USUAL_PAGE)?.clamp(1, LARGEST_PAGE);
    let rest = all.get(start..).unwrap_or_default();
    let more = rest.len() > limit;
    let mut pagination = json!({"start": start, "limit": limit, "more_items_in_collection": more});
    if more {
        pagination["next_start"] = json!(start + limit);
    }
    Ok((&rest[..rest.len().min(limit)], json!({"pagination": pagination})))
}

/// A page of what is shown already.
pub(super) fn reply(call: &Call, all: &[Value]) -> Result<Reply, Trouble> {
    let (page, additional) = page(call, all)?;
    Ok(Reply::json(200, json!({"success": true, "data": page, "additional_data": additional})))
}

/// Sorts by `sort=field ASC, other DESC`.
pub(super) fn sort(call: &Call, known: &[&str], all: &mut [Value]) -> Result<(), Trouble> {
    let mut orders = Vec::new();
    for one in call.list_param("sort") {
        let (field, down) = match one.split_once(' ') {
            None => (one, false),
            Some((field, way)) => (field, way.trim().eq_ignore_ascii_case("desc")),
        };
        if !known.contains(&field) {
            return Err(Trouble::old(400, &format!("Validation failed: sort: {field} is not allowed")));
        }
        orders.push((field.to_owned(), down));
    }
    all.sort_by(|a, b| {
        let one = |(field, down): &(String, bool)| {
            let order = compare(&a[field.as_str()], &b[field.as_str()]);
            if *down { order.reverse() } else { order }
        };
        orders.iter().map(one).find(|order| order.is_ne()).unwrap_or(Ordering::Equal)
    });
    Ok(())
}

fn compare(a: &Value, b: &Value) -> Ordering {
    match (a.as_f64(), b.as_f64()) {
        (Some(a), Some(b)) => a.total_cmp(&b),
        _ => match (a.as_str(), b.as_str()) {
            (Some(a), Some(b)) => a.cmp(b),
            _ => b.is_null().cmp(&a.is_null()),
        },
    }
}
