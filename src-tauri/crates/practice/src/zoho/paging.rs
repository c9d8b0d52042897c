//! Pages: by number for the first 2,000 rows, by token for the first 100,000.
//!
//! A token is bound to the user and to the questions it was made for, and ends after a day.
//! <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::errors::Trouble;
use super::{Caller, ids, times};
use crate::call::Call;
use crate::world::World;

const LARGEST_PAGE: usize = 200;
const MOST_BY_NUMBER: usize = 2_000;
const MOST_BY_TOKEN: usize = 100_000;
const TOKEN_LIFE: SignedDuration = SignedDuration::from_hours(24);

/// The last row of the page before: the value it was sorted by, and its number.
pub(super) type Position = (Timestamp, u64);

/// Which page is asked for.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page {
    /// Its number, from 1.
    pub(super) number: usize,
    pub(super) size: usize,
    /// Where it begins, if a token says it.
    pub(super) after: Option<Position>,
}

/// What a token holds.
#[derive(Serialize, Deserialize)]
struct Token {
    /// Of the questions and the user.
    bound: String,
    millis: i64,
    number: u64,
    page: usize,
    ends: i64,
}

/// `page` and `per_page`, as every list takes them.
pub(super) fn by_number(call: &Call) -> Result<Page, Trouble> {
    let number = |name: &str, most: usize, otherwise: usize| match call.param(name).map(str::parse::<usize>) {
        None => Ok(otherwise),
        Some(Ok(number)) if (1..=most).contains(&number) => Ok(number),
        Some(_) => Err(Trouble::invalid_param(name)),
    };
    let size = number("per_page", LARGEST_PAGE, LARGEST_PAGE)?;
    Ok(Page { number: number("page", usize::MAX, 1)?, size, after: None })
}

/// The page of a list of records that is asked for.
pub(super) fn of_records(world: &World, call: &Call, caller: &Caller) -> Result<Page, Trouble> {
    let page = by_number(call)?;
    let Some(token) = call.param("page_token") else {
        return if page.number.saturating_mul(page.size) > MOST_BY_NUMBER {
            let message = "You can only get the first 2000 records without using page_token param.";
            Err(Trouble::new(400, "DISCRETE_PAGINATION_LIMIT_EXCEEDED", message)
                .with("limit", json!(MOST_BY_NUMBER)))
        } else {
            Ok(page)
        };
    };
    if call.param("page").is_some() {
        let both = json!([{"param_name": "page"}, {"param_name": "page_token"}]);
        let message = "You cannot use both page and page_token.";
        return Err(Trouble::new(400, "AMBIGUITY_DURING_PROCESSING", message).with("ambiguity_due_to", both));
    }
    let mismatch = || {
        let message = "The page_token given seems to be invalid or input param is added, altered, or deleted";
        Trouble::new(400, "TOKEN_BOUND_DATA_MISMATCH", message).with("param_name", json!("page_token"))
    };
    let token: Token = URL_SAFE_NO_PAD
        .decode(token)
        .ok()
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .ok_or_else(mismatch)?;
    if token.bound != bound(call, caller) {
        return Err(mismatch());
    }
    if token.ends <= world.now.as_second() {
        let message = "The page_token given has expired";
        return Err(Trouble::new(400, "EXPIRED_VALUE", message).with("param_name", json!("page_token")));
    }
    if token.page.saturating_mul(page.size) > MOST_BY_TOKEN {
        let message = "You can only get up to first 100000 records using page_token param.";
        return Err(
            Trouble::new(400, "PAGINATION_LIMIT_EXCEEDED", message).with("param_name", json!("page_token"))
        );
    }
    let at = Timestamp::from_millisecond(token.millis).map_err(|_| mismatch())?;
    Ok(Page { number: token.page, after: Some((at, token.number)), ..page })
}

/// Everything a token is bound to, in one short text.
fn bound(call: &Call, caller: &Caller) -> String {
    let mut asked: Vec<&(String, String)> =
        call.query.iter().filter(|(name, _)| !matches!(name.as_str(), "page" | "page_token")).collect();
    asked.sort();
    let since = call.header("if-modified-since").unwrap_or_default();
    ids::of(&format!("{} {} {since} {asked:?}", call.path, caller.user))
}

/// The `info` of a list of records; `last` is the position of the page's last row if more follow.
pub(super) fn info(
    world: &World,
    call: &Call,
    caller: &Caller,
    page: Page,
    count: usize,
    last: Option<Position>,
) -> Value {
    let ends = world.now + TOKEN_LIFE;
    let token = last.map(|(at, number)| {
        let token = Token {
            bound: bound(call, caller),
            millis: at.as_millisecond(),
            number,
            page: page.number + 1,
            ends: ends.as_second(),
        };
        URL_SAFE_NO_PAD.encode(json!(token).to_string())
    });
    json!({
        "per_page": page.size, "count": count, "page": page.number, "more_records": last.is_some(),
        "next_page_token": token, "previous_page_token": null,
        "page_token_expiry": last.map(|_| times::shown(ends)),
    })
}

/// The rows of a page of a list that is there as a whole, and whether more follow.
pub(super) fn cut<T>(rows: Vec<T>, page: Page) -> (Vec<T>, bool) {
    let skipped = (page.number - 1).saturating_mul(page.size);
    let more = rows.len() > skipped.saturating_add(page.size);
    (rows.into_iter().skip(skipped).take(page.size).collect(), more)
}

/// The `info` of a list without tokens.
pub(super) fn plain_info(page: Page, count: usize, more: bool) -> Value {
    json!({"per_page": page.size, "count": count, "page": page.number, "more_records": more})
}
