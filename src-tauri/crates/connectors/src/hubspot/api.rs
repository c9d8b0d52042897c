//! One function per endpoint. Paths: <https://developers.hubspot.com/docs/developer-tooling/platform/versioning>

use leadferry_connector::{Answer, Http, Refused, Request};
use leadferry_model::Failure;
use serde_json::{Value, json};

use super::errors::ANSWERS;
use super::spec::{ORDINARY, SEARCH, VERSION};
use super::types::{
    AccountDetails, Batch, Input, List, Object, Owner, Pipeline, Property, TokenInfo, Validation,
};

/// Which batch write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Write {
    /// Known records, by id.
    Update,
    /// By unique property: created if there is none.
    Upsert,
    /// New records, where there is no unique property to go by.
    Create,
}

/// Most results of one search. <https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm>
pub(super) const SEARCH_PAGE: usize = 200;

/// <https://developers.hubspot.com/docs/api-reference/account/account-information/get-account-details>
pub(super) async fn account(http: &Http) -> Result<AccountDetails, Failure> {
    let get = http.get(&["account-info", VERSION, "details"]).draws(ORDINARY);
    Ok(get.fetch(&ANSWERS).await?.body)
}

/// What a pasted token may do.
/// Unverified: the body; not part of the dated API. The check goes on without it.
/// <https://developers.hubspot.com/docs/apps/legacy-apps/private-apps/overview>
pub(super) async fn token_info(http: &Http) -> Result<TokenInfo, Failure> {
    let post = http.post(&["oauth", "v2", "private-apps", "get", "access-token-info"]);
    Ok(post.token_in("tokenKey").only_reads().draws(ORDINARY).fetch(&ANSWERS).await?.body)
}

/// <https://developers.hubspot.com/docs/api-reference/latest/crm/properties/guide>
pub(super) async fn properties(http: &Http, object: &str) -> Result<Vec<Property>, Failure> {
    let get = http.get(&["crm", "properties", VERSION, object]).draws(ORDINARY);
    Ok(get.fetch::<List<Property>>(&ANSWERS).await?.body.results)
}

/// One property.
pub(super) async fn property(http: &Http, object: &str, name: &str) -> Result<Property, Failure> {
    let get = http.get(&["crm", "properties", VERSION, object, name]).draws(ORDINARY);
    Ok(get.fetch(&ANSWERS).await?.body)
}

/// Creates a property.
pub(super) async fn create_property(http: &Http, object: &str, body: &Value) -> Result<Property, Failure> {
    let post = http.post(&["crm", "properties", VERSION, object]).json(body).draws(ORDINARY);
    Ok(post.fetch(&ANSWERS).await?.body)
}

/// The account's own rules for values.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/property-validations/guide>
pub(super) async fn validations(http: &Http, type_id: &str) -> Result<Vec<Validation>, Failure> {
    let get = http.get(&["crm", "property-validations", VERSION, type_id]).draws(ORDINARY);
    Ok(get.fetch::<List<Validation>>(&ANSWERS).await?.body.results)
}

/// A batch write, not yet sent. Every row carries a trace id: that is what turns on one answer per row.
/// <https://developers.hubspot.com/docs/api-reference/error-handling>
pub(super) fn write<'h>(http: &'h Http, object: &str, write: Write, inputs: &[Input<'_>]) -> Request<'h> {
    let verb = match write {
        Write::Update => "update",
        Write::Upsert => "upsert",
        Write::Create => "create",
    };
    http.post(&["crm", "objects", VERSION, object, "batch", verb])
        .json(&json!({ "inputs": inputs }))
        .draws(ORDINARY)
}

/// Sends a batch write.
pub(super) async fn send(write: Request<'_>) -> Result<Answer<Batch>, Refused> {
    write.attempt(&ANSWERS).await
}

/// Records by id or by the value of a unique property. Missing ones are left out of the results.
pub(super) async fn read(
    http: &Http,
    object: &str,
    id_property: Option<&str>,
    ids: &[&str],
    properties: &[&str],
) -> Result<Vec<Object>, Failure> {
    let inputs: Vec<Value> = ids.iter().map(|id| json!({ "id": id })).collect();
    // The document demands `propertiesWithHistory`; the guide leaves it out. Empty satisfies both.
    let mut body = json!({ "inputs": inputs, "properties": properties, "propertiesWithHistory": [] });
    if let Some(id_property) = id_property {
        body["idProperty"] = Value::from(id_property);
    }
    let post = http.post(&["crm", "objects", VERSION, object, "batch", "read"]).json(&body);
    Ok(post.only_reads().draws(ORDINARY).fetch::<Batch>(&ANSWERS).await?.body.results)
}

/// One page of all records, or of all archived ones.
pub(super) async fn list(
    http: &Http,
    object: &str,
    properties: &[&str],
    after: Option<&str>,
    archived: bool,
) -> Result<Answer<List<Object>>, Failure> {
    let mut get = http.get(&["crm", "objects", VERSION, object]).query("limit", 100).query_if("after", after);
    if !properties.is_empty() {
        get = get.query("properties", properties.join(","));
    }
    get.query("archived", archived).draws(ORDINARY).fetch(&ANSWERS).await
}

/// A search. One sort only; dates in milliseconds.
/// <https://developers.hubspot.com/docs/api-reference/latest/crm/search-the-crm>
pub(super) async fn search(
    http: &Http,
    object: &str,
    query: &Value,
) -> Result<Answer<List<Object>>, Failure> {
    let post = http.post(&["crm", "objects", VERSION, object, "search"]).json(query);
    post.only_reads().draws(SEARCH).fetch(&ANSWERS).await
}

/// Archives a record; it can be restored for 90 days.
pub(super) async fn archive(http: &Http, object: &str, id: &str) -> Result<(), Failure> {
    http.delete(&["crm", "objects", VERSION, object, id]).draws(ORDINARY).send(&ANSWERS).await?;
    Ok(())
}

/// Creates a note, task or deal.
pub(super) async fn create(http: &Http, object: &str, body: &Value) -> Result<Object, Failure> {
    let post = http.post(&["crm", "objects", VERSION, object]).json(body).draws(ORDINARY);
    Ok(post.fetch(&ANSWERS).await?.body)
}

/// Updates one record.
pub(super) async fn update(
    http: &Http,
    object: &str,
    id: &str,
    properties: Value,
) -> Result<Object, Failure> {
    let patch =
        http.patch(&["crm", "objects", VERSION, object, id]).json(&json!({ "properties": properties }));
    Ok(patch.draws(ORDINARY).fetch(&ANSWERS).await?.body)
}

/// One page of owners. <https://developers.hubspot.com/docs/api-reference/latest/crm/owners/guide>
pub(super) async fn owners(http: &Http, after: Option<&str>) -> Result<List<Owner>, Failure> {
    let get = http.get(&["crm", "owners", VERSION]).query("limit", 100).query_if("after", after);
    Ok(get.draws(ORDINARY).fetch(&ANSWERS).await?.body)
}

/// The owner a user is. Unverified: that every user who can make a token is an owner.
pub(super) async fn owner_of_user(http: &Http, user_id: &str) -> Result<Owner, Failure> {
    let get = http.get(&["crm", "owners", VERSION, user_id]).query("idProperty", "userId");
    Ok(get.draws(ORDINARY).fetch(&ANSWERS).await?.body)
}

/// Deal pipelines with their stages. <https://developers.hubspot.com/docs/api-reference/latest/crm/pipelines/guide>
pub(super) async fn pipelines(http: &Http) -> Result<Vec<Pipeline>, Failure> {
    let get = http.get(&["crm", "pipelines", VERSION, "deals"]).draws(ORDINARY);
    Ok(get.fetch::<List<Pipeline>>(&ANSWERS).await?.body.results)
}
