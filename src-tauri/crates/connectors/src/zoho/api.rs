//! One function per endpoint. Paths: <https://www.zoho.com/crm/developer/docs/api/v8/>

use leadferry_connector::{Answer, Call, Http, Refused, Request, Settings};
use leadferry_model::{Failure, FailureKind};
use serde_json::{Value, json};

use super::errors::{self, ANSWERS};
use super::spec::{AUTOMATION, CREDITS, VERSION};
use super::types::{
    Fields, Item, Items, Layout, Layouts, Module, Modules, Org, Orgs, Pipeline, Pipelines, Record, Rows,
    User, Users, ZohoField,
};

/// Which write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Known records, by id.
    Update,
    /// By unique field: created if there is none.
    Upsert,
}

/// Records of one page of a list. <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>
pub(super) const PAGE: usize = 200;

/// <https://www.zoho.com/crm/developer/docs/api/v8/get-org-data.html>
pub(super) async fn org(http: &Http) -> Result<Org, Failure> {
    let get = http.get(&["crm", VERSION, "org"]).draws(CREDITS);
    let org = get.fetch::<Orgs>(&ANSWERS).await?.body.org.into_iter().next();
    org.ok_or_else(|| {
        Failure::new(FailureKind::Unexpected, "Zoho CRM names no organisation for this sign-in")
    })
}

/// The person who signed in. <https://www.zoho.com/crm/developer/docs/api/v8/get-users.html>
pub(super) async fn current_user(http: &Http) -> Result<Option<User>, Failure> {
    let get = http.get(&["crm", VERSION, "users"]).query("type", "CurrentUser").draws(CREDITS);
    let users = get.fetch_if_any::<Users>(&ANSWERS).await?.map(|answer| answer.body.users);
    Ok(users.unwrap_or_default().into_iter().next())
}

/// One page of people records can be given to.
pub(super) async fn users(http: &Http, page: usize) -> Result<Users, Failure> {
    let get = http.get(&["crm", VERSION, "users"]).query("type", "ActiveUsers");
    let get = get.query("page", page).query("per_page", PAGE).draws(CREDITS);
    Ok(get.fetch_if_any(&ANSWERS).await?.map(|answer| answer.body).unwrap_or_default())
}

/// Modules, with what the person may do in each. <https://www.zoho.com/crm/developer/docs/api/v8/modules-api.html>
pub(super) async fn modules(http: &Http) -> Result<Vec<Module>, Failure> {
    let get = http.get(&["crm", VERSION, "settings", "modules"]).draws(CREDITS);
    Ok(get.fetch_if_any::<Modules>(&ANSWERS).await?.map(|answer| answer.body.modules).unwrap_or_default())
}

/// A module's fields; with `unused`, also those that stand in no layout.
/// <https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html>
pub(super) async fn fields(http: &Http, module: &str, unused: bool) -> Result<Vec<ZohoField>, Failure> {
    let get = http.get(&["crm", VERSION, "settings", "fields"]).query("module", module);
    let get = get.query_if("type", unused.then_some("all")).draws(CREDITS);
    Ok(get.fetch_if_any::<Fields>(&ANSWERS).await?.map(|answer| answer.body.fields).unwrap_or_default())
}

/// One field.
pub(super) async fn field(http: &Http, module: &str, id: &str) -> Result<Option<ZohoField>, Failure> {
    let get = http.get(&["crm", VERSION, "settings", "fields", id]).query("module", module).draws(CREDITS);
    let fields = get.fetch_if_any::<Fields>(&ANSWERS).await?.map(|answer| answer.body.fields);
    Ok(fields.unwrap_or_default().into_iter().next())
}

/// Creates a field and gives back its id. <https://www.zoho.com/crm/developer/docs/api/v8/create-field.html>
pub(super) async fn create_field(http: &Http, module: &str, field: &Value) -> Result<String, Failure> {
    let post = http.post(&["crm", VERSION, "settings", "fields"]).query("module", module);
    single(post.json(&json!({ "fields": [field] })).draws(CREDITS), module).await
}

/// A module's layouts. <https://www.zoho.com/crm/developer/docs/api/v8/layouts-meta.html>
pub(super) async fn layouts(http: &Http, module: &str) -> Result<Vec<Layout>, Failure> {
    let get = http.get(&["crm", VERSION, "settings", "layouts"]).query("module", module).draws(CREDITS);
    Ok(get.fetch_if_any::<Layouts>(&ANSWERS).await?.map(|answer| answer.body.layouts).unwrap_or_default())
}

/// The pipelines of a layout of deals. <https://www.zoho.com/crm/developer/docs/api/v8/get-pipelines.html>
pub(super) async fn pipelines(http: &Http, layout: &str) -> Result<Vec<Pipeline>, Failure> {
    let get = http.get(&["crm", VERSION, "settings", "pipeline"]).query("layout_id", layout).draws(CREDITS);
    Ok(get.fetch_if_any::<Pipelines>(&ANSWERS).await?.map(|answer| answer.body.pipeline).unwrap_or_default())
}

/// A write, not yet sent: one credit for ten records.
/// <https://www.zoho.com/crm/developer/docs/api/v8/upsert-records.html>
pub(super) fn write<'h>(
    call: &Call<'h>,
    module: &str,
    write: Write,
    key: &str,
    records: &[&Record],
) -> Request<'h> {
    let mut body = json!({ "data": records });
    let request = match write {
        Write::Update => call.http.put(&["crm", VERSION, module]),
        Write::Upsert => {
            body["duplicate_check_fields"] = json!([key]);
            call.http.post(&["crm", VERSION, module, "upsert"])
        }
    };
    add_trigger(&mut body, call.settings);
    let credits = u32::try_from(records.len().div_ceil(10)).unwrap_or(u32::MAX).max(1);
    request.json(&body).draws(CREDITS).costs(credits)
}

/// Says what Zoho is to run after the write; by itself it runs everything.
pub(super) fn add_trigger(body: &mut Value, settings: &Settings) {
    match settings.get(AUTOMATION) {
        Some("none") => body["trigger"] = json!([]),
        Some("workflow") => body["trigger"] = json!(["workflow"]),
        _ => {}
    }
}

/// Sends a write.
pub(super) async fn send(write: Request<'_>) -> Result<Answer<Items>, Refused> {
    let answer = write.attempt::<Items>(&ANSWERS).await?;
    match refused(&answer.body.whole) {
        Some(failure) => Err(failure.into()),
        None => Ok(answer),
    }
}

/// Creates one record beside others: a note, task or deal.
pub(super) async fn create(call: &Call<'_>, module: &str, body: &Value) -> Result<String, Failure> {
    single(call.http.post(&["crm", VERSION, module]).json(body).draws(CREDITS), module).await
}

/// Updates one record.
pub(super) async fn update(
    call: &Call<'_>,
    module: &str,
    id: &str,
    record: &Value,
) -> Result<String, Failure> {
    let mut body = json!({ "data": [record] });
    add_trigger(&mut body, call.settings);
    single(call.http.put(&["crm", VERSION, module, id]).json(&body).draws(CREDITS), module).await
}

/// Deletes a record; it lies in the recycle bin for a while.
/// <https://www.zoho.com/crm/developer/docs/api/v8/delete-records.html>
pub(super) async fn delete(http: &Http, module: &str, id: &str) -> Result<(), Failure> {
    single(http.delete(&["crm", VERSION, module]).query("ids", id).draws(CREDITS), module).await?;
    Ok(())
}

/// A write of one thing, and its id.
async fn single(request: Request<'_>, module: &str) -> Result<String, Failure> {
    let answer = match send(request).await {
        Ok(answer) => answer.body,
        Err(refused) => {
            let items: Items = serde_json::from_slice(&refused.body).unwrap_or_default();
            let whole = matches!(
                refused.failure.kind,
                FailureKind::Auth | FailureKind::RateLimited { .. } | FailureKind::Unavailable
            );
            return match items.data.as_slice() {
                [item] if item.code.is_some() && !whole => Err(errors::of_row(item, module)),
                _ => Err(refused.failure),
            };
        }
    };
    match answer.data.first() {
        Some(item) if item.is_success() => item.id().ok_or_else(silent),
        Some(item) => Err(errors::of_row(item, module)),
        None => Err(silent()),
    }
}

fn silent() -> Failure {
    let mut failure =
        Failure::new(FailureKind::Unexpected, "Zoho CRM's answer does not say what became of it");
    failure.maybe_applied = true;
    failure
}

fn refused(whole: &Item) -> Option<Failure> {
    whole.is_refusal().then(|| errors::of_whole(whole))
}

/// Records by id. Converted leads and records that wait for approval are left out unless they are asked for.
/// <https://www.zoho.com/crm/developer/docs/api/v8/get-records.html>
pub(super) async fn read(
    http: &Http,
    module: &str,
    ids: &[&str],
    fields: &[&str],
) -> Result<Vec<Record>, Failure> {
    let get =
        http.get(&["crm", VERSION, module]).query("ids", ids.join(",")).query("fields", fields.join(","));
    let get = get.query("converted", "both").query("approved", "both").query("per_page", PAGE).draws(CREDITS);
    Ok(rows(get).await?.map(|answer| answer.body.data).unwrap_or_default())
}

/// One page of leads that were converted since then. `token` goes on where page numbers end.
pub(super) async fn converted(
    http: &Http,
    module: &str,
    since: &str,
    page: usize,
    token: Option<&str>,
) -> Result<Rows, Failure> {
    let get = http.get(&["crm", VERSION, module]).query("fields", "Modified_Time").query("converted", "true");
    let get = get.query("sort_by", "id").query("sort_order", "asc").query("per_page", PAGE);
    let get = match token {
        Some(token) => get.query("page_token", token),
        None => get.query("page", page),
    };
    let get = get.header("if-modified-since", since).draws(CREDITS);
    Ok(rows(get).await?.map(|answer| answer.body).unwrap_or_default())
}

/// One page of records that were deleted since then.
/// <https://www.zoho.com/crm/developer/docs/api/v8/get-deleted-records.html>
pub(super) async fn deleted(http: &Http, module: &str, since: &str, page: usize) -> Result<Rows, Failure> {
    let get = http.get(&["crm", VERSION, module, "deleted"]).query("type", "all");
    let get =
        get.query("page", page).query("per_page", PAGE).header("if-modified-since", since).draws(CREDITS);
    Ok(rows(get).await?.map(|answer| answer.body).unwrap_or_default())
}

/// A query. `None`: no rows. <https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html>
pub(super) async fn coql(http: &Http, query: &str) -> Result<Option<Answer<Rows>>, Failure> {
    let post = http.post(&["crm", VERSION, "coql"]).json(&json!({ "select_query": query }));
    rows(post.only_reads().draws(CREDITS)).await
}

async fn rows(request: Request<'_>) -> Result<Option<Answer<Rows>>, Failure> {
    let answer = request.fetch_if_any::<Rows>(&ANSWERS).await?;
    match answer.as_ref().and_then(|answer| refused(&answer.body.whole)) {
        Some(failure) => Err(failure),
        None => Ok(answer),
    }
}
