//! One function per endpoint.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_list.htm>

use bytes::Bytes;
use leadferry_connector::{Answer, Http, Refused, Request};
use leadferry_model::Failure;
use serde_json::{Map, Value, json};

use super::bulk::PATIENCE;
use super::errors::ANSWERS;
use super::spec::{ORDINARY, VERSION};
use super::types::{Described, Job, Limits, Objects, PicklistFields, Rows, Saved, UserInfo};

/// Which write of a collection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Known records, by id.
    Update,
    /// By external id: created if there is none.
    Upsert,
}

/// How a write is to be treated by the org's rules.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Manners {
    /// Lead assignment rules stay quiet.
    pub(super) quiet: bool,
    /// Alerts of duplicate rules are passed by.
    pub(super) allow_save: bool,
}

fn path<'p>(rest: &[&'p str]) -> Vec<&'p str> {
    [&["services", "data", VERSION], rest].concat()
}

fn get<'h>(http: &'h Http, rest: &[&str]) -> Request<'h> {
    http.get(&path(rest)).draws(ORDINARY)
}

/// Who signed in. <https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm&type=5>
pub(super) async fn user_info(http: &Http) -> Result<UserInfo, Failure> {
    let get = http.get(&["services", "oauth2", "userinfo"]).draws(ORDINARY);
    Ok(get.fetch(&ANSWERS).await?.body)
}

/// What is left of the org's limits. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_limits.htm>
pub(super) async fn limits(http: &Http) -> Result<Limits, Failure> {
    Ok(get(http, &["limits"]).fetch(&ANSWERS).await?.body)
}

/// All objects. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm>
pub(super) async fn objects(http: &Http) -> Result<Objects, Failure> {
    Ok(get(http, &["sobjects"]).fetch(&ANSWERS).await?.body)
}

/// One object with its fields.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm>
pub(super) async fn describe(http: &Http, object: &str) -> Result<Described, Failure> {
    Ok(get(http, &["sobjects", object, "describe"]).fetch(&ANSWERS).await?.body)
}

/// The picklist values one record type allows.
/// <https://developer.salesforce.com/docs/atlas.en-us.uiapi.meta/uiapi/ui_api_resources_picklist_values_collection.htm>
pub(super) async fn picklists(
    http: &Http,
    object: &str,
    record_type: &str,
) -> Result<PicklistFields, Failure> {
    let get = get(http, &["ui-api", "object-info", object, "picklist-values", record_type]);
    Ok(get.fetch(&ANSWERS).await?.body)
}

/// A query. <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_query.htm>
pub(super) async fn query(http: &Http, soql: &str) -> Result<Answer<Rows>, Failure> {
    get(http, &["query"]).query("q", soql).fetch(&ANSWERS).await
}

/// A query that sees the recycle bin too.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall.htm>
pub(super) async fn query_all(http: &Http, soql: &str) -> Result<Answer<Rows>, Failure> {
    get(http, &["queryAll"]).query("q", soql).fetch(&ANSWERS).await
}

/// The next page of a query, where its answer said.
pub(super) async fn more(http: &Http, path: &str) -> Result<Answer<Rows>, Failure> {
    http.get_given(path).draws(ORDINARY).fetch(&ANSWERS).await
}

/// A query to its end.
pub(super) async fn rows(http: &Http, soql: &str) -> Result<Vec<super::types::Row>, Failure> {
    let mut page = query(http, soql).await?.body;
    let mut rows = std::mem::take(&mut page.records);
    while let Some(path) = page.next() {
        page = more(http, &path).await?.body;
        if page.records.is_empty() {
            break;
        }
        rows.append(&mut page.records);
    }
    Ok(rows)
}

/// A write of a collection, not yet sent.
/// <https://developer.salesforce.com/docs/platform/api-rest/guide/resources-composite-sobjects-collections-upsert.html>
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm>
pub(super) fn write<'h>(
    http: &'h Http,
    write: Write,
    object: &str,
    key: &str,
    rows: &[Map<String, Value>],
    manners: Manners,
) -> Request<'h> {
    let patch = match write {
        Write::Update => http.patch(&path(&["composite", "sobjects"])),
        Write::Upsert => http.patch(&path(&["composite", "sobjects", object, key])),
    };
    let mut patch = patch.json(&json!({ "allOrNone": false, "records": rows })).draws(ORDINARY);
    if manners.quiet {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm
        patch = patch.header("sforce-auto-assign", "FALSE");
    }
    if manners.allow_save {
        // https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm
        patch = patch.header("sforce-duplicate-rule-header", "allowSave=true");
    }
    patch
}

/// Sends a write of a collection: one entry a row, in order.
pub(super) async fn send(write: Request<'_>) -> Result<Answer<Vec<Saved>>, Refused> {
    write.attempt(&ANSWERS).await
}

/// Creates one record and gives its id.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_sobject_create.htm>
pub(super) async fn create(http: &Http, object: &str, body: &Value) -> Result<String, Failure> {
    let post = http.post(&path(&["sobjects", object])).json(body).draws(ORDINARY);
    made(post.fetch(&ANSWERS).await?.body)
}

/// Updates one record, without waking assignment rules.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_update_fields.htm>
pub(super) async fn update(http: &Http, object: &str, id: &str, body: &Value) -> Result<(), Failure> {
    let patch = http.patch(&path(&["sobjects", object, id])).json(body).draws(ORDINARY);
    let patch = if object == "Lead" { patch.header("sforce-auto-assign", "FALSE") } else { patch };
    patch.send(&ANSWERS).await?;
    Ok(())
}

/// Moves a record to the recycle bin.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_delete_record.htm>
pub(super) async fn delete(http: &Http, object: &str, id: &str) -> Result<(), Failure> {
    http.delete(&path(&["sobjects", object, id])).draws(ORDINARY).send(&ANSWERS).await?;
    Ok(())
}

/// Several calls in one, all or none.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm>
pub(super) async fn composite(http: &Http, body: &Value) -> Result<Value, Failure> {
    let post = http.post(&path(&["composite"])).json(body).draws(ORDINARY);
    Ok(post.fetch(&ANSWERS).await?.body)
}

/// Makes a job of Bulk API 2.0 that upserts by `key`.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/create_job.htm>
pub(super) async fn create_job(
    http: &Http,
    object: &str,
    key: &str,
    assignment_rule: Option<&str>,
) -> Result<Job, Failure> {
    let mut body = json!({
        "object": object, "operation": "upsert", "externalIdFieldName": key, "contentType": "CSV", "lineEnding": "LF",
    });
    if let Some(rule) = assignment_rule {
        body["assignmentRuleId"] = Value::from(rule);
    }
    let post = http.post(&path(&["jobs", "ingest"])).json(&body).draws(ORDINARY);
    Ok(post.fetch(&ANSWERS).await?.body)
}

/// Gives a job its rows. <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/upload_job_data.htm>
pub(super) async fn upload(http: &Http, job: &str, csv: Bytes) -> Result<(), Failure> {
    let put = http.put(&path(&["jobs", "ingest", job, "batches"])).bytes("text/csv", csv);
    put.patient(PATIENCE).draws(ORDINARY).send(&ANSWERS).await?;
    Ok(())
}

/// Starts a job (`UploadComplete`) or stops it (`Aborted`).
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/close_job.htm>
pub(super) async fn set_state(http: &Http, job: &str, state: &str) -> Result<(), Failure> {
    let patch = http.patch(&path(&["jobs", "ingest", job])).json(&json!({ "state": state }));
    patch.draws(ORDINARY).send(&ANSWERS).await?;
    Ok(())
}

/// A job as it is. <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_info.htm>
pub(super) async fn job(http: &Http, job: &str) -> Result<Job, Failure> {
    Ok(get(http, &["jobs", "ingest", job]).fetch(&ANSWERS).await?.body)
}

/// Rows of a job that is over: `successfulResults`, `failedResults` or `unprocessedrecords`.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/get_job_successful_results.htm>
pub(super) async fn results(http: &Http, job: &str, kind: &str) -> Result<String, Failure> {
    let get = get(http, &["jobs", "ingest", job, kind]).accept("text/csv").patient(PATIENCE);
    Ok(get.fetch_text(&ANSWERS).await?.body)
}

/// The rule that says whose new leads are, if one is active.
/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_assignmentrule.htm>
pub(super) async fn active_lead_rule(http: &Http) -> Result<Option<String>, Failure> {
    let rules =
        rows(http, "SELECT Id FROM AssignmentRule WHERE SobjectType = 'Lead' AND Active = true").await?;
    Ok(rules.first().and_then(|rule| super::types::text_of(rule, "Id")))
}

/// Creates a custom field.
/// <https://developer.salesforce.com/docs/atlas.en-us.api_tooling.meta/api_tooling/tooling_api_objects_customfield.htm>
pub(super) async fn create_field(http: &Http, body: &Value) -> Result<String, Failure> {
    let post = http.post(&path(&["tooling", "sobjects", "CustomField"])).json(body).draws(ORDINARY);
    made(post.fetch(&ANSWERS).await?.body)
}

/// Where a part of a composite goes.
pub(super) fn url_of(object: &str) -> String {
    format!("/services/data/{VERSION}/sobjects/{object}")
}

fn made(saved: Saved) -> Result<String, Failure> {
    match saved {
        Saved { success: Some(false), errors, .. } => Err(super::errors::of_row(&errors, "")),
        Saved { id: Some(id), .. } => Ok(super::ids::whole(&id)),
        Saved { id: None, .. } => Err(super::errors::without_id()),
    }
}
