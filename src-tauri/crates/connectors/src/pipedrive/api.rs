//! One function per endpoint, with what it costs of the day's tokens.
//! v2: <https://developers.pipedrive.com/docs/api/v1/openapi-v2.yaml>, v1: <https://developers.pipedrive.com/docs/api/v1/openapi.yaml>

use leadferry_connector::{Answer, Http, Refused, Request};
use leadferry_model::{Failure, FailureKind};
use serde::de::DeserializeOwned;
use serde_json::Value;

use super::errors::ANSWERS;
use super::spec::{ORDINARY, PAGE, SEARCH};
use super::types::{Envelope, FieldInfo, Hits, List, Made, Me, Object, Permissions, Step, User};

/// Most custom fields one list call can be told to bring.
const CUSTOM_FIELDS: usize = 15;
/// More records than this for one key is no match anybody can use.
const MOST: usize = 10;

/// What of records is wanted: custom fields by key, and fields that only come when they are asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Wanted<'a> {
    pub(super) custom: Vec<&'a str>,
    pub(super) optional: Vec<&'a str>,
}

impl Wanted<'_> {
    fn add_to<'h>(&self, request: Request<'h>) -> Request<'h> {
        let few = (1..=CUSTOM_FIELDS).contains(&self.custom.len());
        request
            .query_if("custom_fields", few.then(|| self.custom.join(",")))
            .query_if("include_fields", (!self.optional.is_empty()).then(|| self.optional.join(",")))
    }
}

/// Which records of an object, in which order.
#[derive(Clone, Copy, Debug)]
pub(super) enum Select<'a> {
    /// All, by id.
    All,
    /// Changed at this time or later, by change time. Whole seconds: fractions are refused.
    Since(&'a str),
    /// Deleted within 30 days. Deals only.
    Deleted,
}

/// <https://developers.pipedrive.com/docs/api/v1/Users#getCurrentUser>
pub(super) async fn me(http: &Http) -> Result<Me, Failure> {
    let get = http.get(&["v1", "users", "me"]).costs(2).draws(ORDINARY);
    confirmed(get.fetch::<Envelope<Me>>(&ANSWERS).await?.body)
}

/// <https://developers.pipedrive.com/docs/api/v1/Users#getUserPermissions>
pub(super) async fn permissions(http: &Http, user: &str) -> Result<Permissions, Failure> {
    let get = http.get(&["v1", "users", user, "permissions"]).costs(10).draws(ORDINARY);
    confirmed(get.fetch::<Envelope<Permissions>>(&ANSWERS).await?.body)
}

/// <https://developers.pipedrive.com/docs/api/v1/Users#getUsers>
pub(super) async fn users(http: &Http) -> Result<Vec<User>, Failure> {
    let get = http.get(&["v1", "users"]).costs(20).draws(ORDINARY);
    Ok(listed(get.fetch::<List<User>>(&ANSWERS).await?.body)?.data)
}

/// All fields of an object.
/// <https://developers.pipedrive.com/docs/api/v1/PersonFields#getPersonFields>
pub(super) async fn fields(http: &Http, object: &str) -> Result<Vec<FieldInfo>, Failure> {
    all_pages(|| http.get(&["api", "v2", fields_of(object)]).costs(10)).await
}

/// Creates a field. Its key comes with the answer.
pub(super) async fn create_field(http: &Http, object: &str, body: &Value) -> Result<FieldInfo, Failure> {
    let post = http.post(&["api", "v2", fields_of(object)]).json(body).costs(5).draws(ORDINARY);
    written(post.fetch::<Envelope<FieldInfo>>(&ANSWERS).await?.body)
}

/// <https://developers.pipedrive.com/docs/api/v1/Pipelines#getPipelines>
pub(super) async fn pipelines(http: &Http) -> Result<Vec<Step>, Failure> {
    all_pages(|| http.get(&["api", "v2", "pipelines"]).costs(5)).await
}

/// The stages of all pipelines. <https://developers.pipedrive.com/docs/api/v1/Stages#getStages>
pub(super) async fn stages(http: &Http) -> Result<Vec<Step>, Failure> {
    all_pages(|| http.get(&["api", "v2", "stages"]).costs(5)).await
}

/// One page of an object's records.
pub(super) async fn list(
    http: &Http,
    object: &str,
    select: Select<'_>,
    cursor: Option<&str>,
    wanted: &Wanted<'_>,
) -> Result<Answer<List<Object>>, Failure> {
    let get = http.get(&["api", "v2", object]);
    let get = match select {
        Select::All => get.query("sort_by", "id"),
        Select::Since(since) => get.query("updated_since", since).query("sort_by", "update_time"),
        Select::Deleted => get.query("status", "deleted").query("sort_by", "id"),
    };
    let get = wanted.add_to(get.query("sort_direction", "asc").query("limit", PAGE));
    let answer = get.query_if("cursor", cursor).costs(10).draws(ORDINARY).fetch(&ANSWERS).await?;
    Ok(Answer { status: answer.status, headers: answer.headers, body: listed(answer.body)? })
}

/// Up to a hundred records by id. Deleted and hidden ones are left out, and of deals the archived ones.
pub(super) async fn by_ids(
    http: &Http,
    object: &str,
    ids: &[&str],
    wanted: &Wanted<'_>,
) -> Result<Vec<Object>, Failure> {
    let get = http.get(&["api", "v2", object]).query("ids", ids.join(",")).query("limit", ids.len());
    let get = wanted.add_to(get).costs(10).draws(ORDINARY);
    Ok(listed(get.fetch::<List<Object>>(&ANSWERS).await?.body)?.data)
}

/// One record, `None` where there is none. A deleted one is still shown for 30 days, and says so.
pub(super) async fn one(
    http: &Http,
    object: &str,
    id: &str,
    wanted: &Wanted<'_>,
) -> Result<Option<Object>, Failure> {
    let get = wanted.add_to(http.get(&["api", "v2", object, id])).costs(1).draws(ORDINARY);
    match get.fetch::<Envelope<Object>>(&ANSWERS).await {
        Ok(answer) => confirmed(answer.body).map(Some),
        Err(failure) if failure.kind == FailureKind::NotFound => Ok(None),
        Err(failure) => Err(failure),
    }
}

/// A create, not yet sent.
pub(super) fn create<'h>(http: &'h Http, object: &str, body: &Value) -> Request<'h> {
    http.post(&["api", "v2", object]).json(body).costs(5).draws(ORDINARY)
}

/// An update, not yet sent. What the body leaves out stays.
pub(super) fn update<'h>(http: &'h Http, object: &str, id: &str, body: &Value) -> Request<'h> {
    http.patch(&["api", "v2", object, id]).json(body).costs(5).draws(ORDINARY)
}

/// Sends a create or an update.
pub(super) async fn send(write: Request<'_>) -> Result<Object, Refused> {
    Ok(written(write.attempt::<Envelope<Object>>(&ANSWERS).await?.body)?)
}

/// Marks a record as deleted; it is purged after 30 days.
pub(super) async fn delete(http: &Http, object: &str, id: &str) -> Result<(), Failure> {
    http.delete(&["api", "v2", object, id]).costs(3).draws(ORDINARY).send(&ANSWERS).await?;
    Ok(())
}

/// Records whose field has exactly this value, case and all.
/// <https://developers.pipedrive.com/docs/api/v1/ItemSearch#searchItemByField>
pub(super) async fn search_field(
    http: &Http,
    entity: &str,
    field: &str,
    term: &str,
) -> Result<Hits, Failure> {
    let get = http
        .get(&["api", "v2", "itemSearch", "field"])
        .query("term", term)
        .query("entity_type", entity)
        .query("field", field)
        .query("match", "exact")
        .query("limit", MOST)
        .costs(20)
        .draws(SEARCH);
    confirmed(get.fetch::<Envelope<Hits>>(&ANSWERS).await?.body)
}

/// Records found by one of the object's own fields, whatever the case.
/// <https://developers.pipedrive.com/docs/api/v1/Persons#searchPersons>
pub(super) async fn search(http: &Http, object: &str, field: &str, term: &str) -> Result<Hits, Failure> {
    let get = http
        .get(&["api", "v2", object, "search"])
        .query("term", term)
        .query("fields", field)
        .query("exact_match", true)
        .query("limit", MOST)
        .costs(20)
        .draws(SEARCH);
    confirmed(get.fetch::<Envelope<Hits>>(&ANSWERS).await?.body)
}

/// <https://developers.pipedrive.com/docs/api/v1/Notes#addNote>
pub(super) async fn note(http: &Http, body: &Value) -> Result<Made, Failure> {
    let post = http.post(&["v1", "notes"]).json(body).costs(10).draws(ORDINARY);
    written(post.fetch::<Envelope<Made>>(&ANSWERS).await?.body)
}

/// <https://developers.pipedrive.com/docs/api/v1/Activities#addActivity>
pub(super) async fn activity(http: &Http, body: &Value) -> Result<Made, Failure> {
    let post = http.post(&["api", "v2", "activities"]).json(body).costs(5).draws(ORDINARY);
    written(post.fetch::<Envelope<Made>>(&ANSWERS).await?.body)
}

fn fields_of(object: &str) -> &'static str {
    match object {
        "organizations" => "organizationFields",
        "deals" => "dealFields",
        _ => "personFields",
    }
}

/// Most pages of a list that is read whole: a cursor that never ends must not keep a call for ever.
const MOST_PAGES: usize = 40;

async fn all_pages<'h, T: DeserializeOwned>(get: impl Fn() -> Request<'h>) -> Result<Vec<T>, Failure> {
    let mut all = Vec::new();
    let mut cursor: Option<String> = None;
    for _ in 0..MOST_PAGES {
        let page = get().query("limit", PAGE).query_if("cursor", cursor.as_deref()).draws(ORDINARY);
        let page = listed(page.fetch::<List<T>>(&ANSWERS).await?.body)?;
        cursor = page.next();
        all.extend(page.data);
        if cursor.is_none() {
            break;
        }
    }
    Ok(all)
}

fn confirmed<T>(answer: Envelope<T>) -> Result<T, Failure> {
    if answer.success == Some(false) { Err(unsuccessful()) } else { Ok(answer.data) }
}

fn listed<T>(answer: List<T>) -> Result<List<T>, Failure> {
    if answer.success == Some(false) { Err(unsuccessful()) } else { Ok(answer) }
}

/// As [`confirmed`], of an answer to a write.
fn written<T>(answer: Envelope<T>) -> Result<T, Failure> {
    confirmed(answer).map_err(|failure| Failure { maybe_applied: true, ..failure })
}

fn unsuccessful() -> Failure {
    Failure::new(
        FailureKind::Unexpected,
        "Pipedrive answered with a success that calls itself none; report this",
    )
}
