//! Answering a query: which records to look at, which fit, in what order.

use std::cmp::Ordering;
use std::sync::Arc;

use jiff::Timestamp;

use super::super::account;
use super::super::errors::Trouble;
use super::super::facts::Facts;
use super::super::feeds::BIN;
use super::super::gate::Visit;
use super::super::look;
use super::super::setup_rows;
use super::super::sight::{Granted, table};
use super::super::state::{crm, crm_mut};
use super::bind::{Rank, Ready, bind, field};
use super::{Kind, Query, Select};
use crate::core::{self, Field, Record, Table, Test, moment_text};
use crate::world::World;

/// What a query found.
pub(in super::super) struct Found {
    /// The object's own name.
    pub(in super::super) object: String,
    /// The fields to show, by name.
    pub(in super::super) fields: Vec<String>,
    /// The records, in order.
    pub(in super::super) records: Vec<Arc<Record>>,
    /// Only how many there are was asked.
    pub(in super::super) count_only: bool,
}

/// Runs a query on the object `object`; `binned` looks into the bin as well.
pub(in super::super) fn run(
    world: &mut World,
    visit: &Visit,
    query: &Query,
    object: &str,
    binned: bool,
) -> Result<Found, Trouble> {
    let granted = Granted::to(world, visit);
    let (fields, since) = {
        let table = table(world, object)?;
        let fields = shown(query, &granted, table)?;
        for order in &query.order {
            let by = field(&granted, table, &order.field)?;
            if !Facts::of(by).filterable(by) {
                let message = format!("field '{}' can not be sorted in a query call", by.name);
                return Err(Trouble::new(400, "INVALID_FIELD", message));
            }
        }
        let filter = ready(query, &granted, table, visit)?;
        (fields, filter.as_ref().and_then(lower_bound))
    };
    let candidates = candidates(world, visit, query, &granted, object, (binned, since))?;
    let table = table(world, object)?;
    let filter = ready(query, &granted, table, visit)?;
    let fits = |record: &Record| {
        let value = |field: &Field| look::value(world, table, record, field);
        filter.as_ref().is_none_or(|filter| filter.holds(&value))
    };
    let mut records: Vec<Arc<Record>> = candidates.into_iter().filter(|record| fits(record)).collect();
    sort(world, query, &granted, table, &mut records)?;
    let records: Vec<Arc<Record>> =
        records.into_iter().skip(query.offset).take(query.limit.unwrap_or(usize::MAX)).collect();
    let count_only = query.select == Select::Count;
    Ok(Found { object: object.to_owned(), fields, records, count_only })
}

fn ready<'a>(
    query: &Query,
    granted: &Granted,
    table: &'a Table,
    visit: &Visit,
) -> Result<Option<Ready<'a>>, Trouble> {
    query.filter.as_ref().map(|filter| bind(filter, granted, table, visit.now)).transpose()
}

fn shown(query: &Query, granted: &Granted, table: &Table) -> Result<Vec<String>, Trouble> {
    match &query.select {
        Select::Count => Ok(Vec::new()),
        Select::Fields(names) => {
            let mut all: Vec<String> = Vec::with_capacity(names.len());
            for name in names {
                let name = field(granted, table, name)?.name.to_string();
                if all.contains(&name) {
                    let message = format!("duplicate field selected: {name}");
                    return Err(Trouble::new(400, "INVALID_FIELD", message));
                }
                all.push(name);
            }
            Ok(all)
        }
        Select::Kind(kind) => {
            if *kind != Kind::Standard && query.limit.is_none_or(|limit| limit > 200) {
                let message = "The SOQL FIELDS function must have a LIMIT of at most 200";
                return Err(Trouble::new(400, "MALFORMED_QUERY", message));
            }
            let fits = |field: &&Field| match kind {
                Kind::All => true,
                Kind::Standard => !field.custom,
                Kind::Custom => field.custom || &*field.name == "Id",
            };
            Ok(granted.fields(table).filter(fits).map(|field| field.name.to_string()).collect())
        }
    }
}

/// The moment no fitting record was changed before.
fn lower_bound(filter: &Ready<'_>) -> Option<Timestamp> {
    match filter {
        Ready::All(all) => all.iter().filter_map(lower_bound).max(),
        Ready::Any(all) => all.iter().map(lower_bound).collect::<Option<Vec<_>>>()?.into_iter().min(),
        Ready::Not(_) => None,
        Ready::Is(bound) => {
            let of_change = matches!(&*bound.field.name, "SystemModstamp" | "LastModifiedDate");
            bound.from().filter(|_| of_change)
        }
    }
}

/// The records that may fit, found by key or by time where the filter allows it.
fn candidates(
    world: &mut World,
    visit: &Visit,
    query: &Query,
    granted: &Granted,
    object: &str,
    (binned, since): (bool, Option<Timestamp>),
) -> Result<Vec<Arc<Record>>, Trouble> {
    if account::MADE.contains(&object) {
        return Ok(setup_rows::of(world, object));
    }
    let lag = world.sky.search_lag();
    if binned {
        let oldest = visit.now - BIN;
        let table = table(world, object)?;
        let gone = table.records(0, true).filter(|record| record.archived_at.is_some_and(|at| at >= oldest));
        return Ok(table.records(0, false).chain(gone).cloned().collect());
    }
    if lag.is_zero() {
        let table = table(world, object)?;
        let filter = ready(query, granted, table, visit)?;
        if let Some(by_key) = filter.as_ref().and_then(|filter| by_key(filter, table)) {
            return Ok(by_key);
        }
    }
    // Late commits appear behind the cursor: weather shows records some time after their own time.
    let window = since.map(|since| core::Condition {
        field: "SystemModstamp".to_owned(),
        test: Test::AtLeast(moment_text(since)),
    });
    let tracked = crm(world, object).table(object).is_ok_and(|table| table.field("SystemModstamp").is_some());
    let any_of = window.filter(|_| tracked).map(|window| vec![window]).into_iter().collect();
    let search = core::Query { any_of, ..core::Query::default() };
    let now = world.now;
    let found = crm_mut(world, object).search(object, &search, now, lag);
    found.map_err(|_| Trouble::no_such_type(object))
}

/// The holders of unique values, when the filter asks for some.
fn by_key(filter: &Ready<'_>, table: &Table) -> Option<Vec<Arc<Record>>> {
    match filter {
        Ready::All(all) => all.iter().find_map(|one| by_key(one, table)),
        Ready::Is(bound) if bound.field.unique => {
            let mut numbers: Vec<u64> =
                bound.keys()?.iter().filter_map(|text| table.holder(&bound.field.name, text)).collect();
            numbers.sort_unstable();
            numbers.dedup();
            Some(numbers.into_iter().filter_map(|number| table.record(number).cloned()).collect())
        }
        _ => None,
    }
}

fn sort(
    world: &World,
    query: &Query,
    granted: &Granted,
    table: &Table,
    records: &mut Vec<Arc<Record>>,
) -> Result<(), Trouble> {
    if query.order.is_empty() {
        return Ok(());
    }
    let mut by = Vec::new();
    for order in &query.order {
        let field = field(granted, table, &order.field)?;
        by.push((field, Facts::of(field), order));
    }
    let ranks = |record: &Record| -> Vec<Option<Rank>> {
        by.iter()
            .map(|(field, facts, _)| Rank::of(facts, &look::value(world, table, record, field)?))
            .collect()
    };
    let mut ranked: Vec<(Vec<Option<Rank>>, Arc<Record>)> =
        records.drain(..).map(|record| (ranks(&record), record)).collect();
    ranked.sort_by(|(a, _), (b, _)| {
        let pairs = a.iter().zip(b).zip(&by);
        pairs
            .map(|((a, b), (_, _, order))| compare(a.as_ref(), b.as_ref(), order))
            .fold(Ordering::Equal, Ordering::then)
    });
    records.extend(ranked.into_iter().map(|(_, record)| record));
    Ok(())
}

fn compare(a: Option<&Rank>, b: Option<&Rank>, order: &super::Order) -> Ordering {
    match (a, b) {
        (Some(a), Some(b)) => {
            let order_of = a.compare(b).unwrap_or(Ordering::Equal);
            if order.descending { order_of.reverse() } else { order_of }
        }
        (a, b) => {
            let missing_first = a.is_some().cmp(&b.is_some());
            if order.nulls_last { missing_first.reverse() } else { missing_first }
        }
    }
}
