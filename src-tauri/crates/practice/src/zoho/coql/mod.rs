//! COQL, Zoho's query language. <https://www.zoho.com/crm/developer/docs/api/v8/Get-Records-through-COQL-Query.html>

mod column;
mod lexer;
mod query;
mod run;

use serde_json::{Value, json};

use super::errors::Trouble;
use super::{Answer, Caller, gate, modules, scopes, strict};
use crate::call::{Call, Reply};
use crate::world::World;

/// Calls that read more than this cost more credits.
const CHEAP_ROWS: usize = 200;

pub(super) fn query(world: &mut World, call: &Call, caller: &Caller) -> Answer {
    strict::only_params(world, call, &[]);
    let body = strict::body(world, call, &["select_query", "include_meta"])?;
    let text = body.get("select_query").and_then(Value::as_str).ok_or_else(|| {
        Trouble::new(400, "MANDATORY_NOT_FOUND", "mandatory key not found")
            .with("api_name", json!("select_query"))
    })?;
    let select = query::read(text)?;
    // The scope to ask at all was seen to at the gate; the module's own is known only now.
    if modules::find(&select.module).is_ok()
        && !scopes::allow(&caller.scopes, &scopes::of_module(&select.module), "READ")
    {
        return Err(gate::wrong_scope());
    }
    // Unverified: 2 credits up to 1,000 rows, 3 beyond; stated for sister products.
    gate::charge(world, u32::from(select.limit > CHEAP_ROWS) + u32::from(select.limit > 1_000))?;
    let (rows, more) = run::run(world, &select)?;
    if rows.is_empty() {
        return Ok(Reply::empty(204));
    }
    let count = rows.len();
    Ok(Reply::json(200, json!({"data": rows, "info": {"count": count, "more_records": more}})))
}
