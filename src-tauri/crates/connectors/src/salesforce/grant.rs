//! Makes a new field visible: Salesforce hides it from everybody, administrators included, until someone is granted it.
//!
//! One permission set of ours holds every such grant and is assigned to the person who signed in. Each step looks first whether it is
//! done already. Unverified: the rows over REST; the same by the Metadata API is what other connectors do.
//! <https://github.com/amp-labs/connectors/tree/main/providers/salesforce/internal/crm/metadata>

use leadferry_connector::Call;
use leadferry_model::{Failure, FailureKind};
use serde_json::json;

use super::account::USER;
use super::soql::quoted;
use super::types::text_of;
use super::{api, ids};

const NAME: &str = "Leadferry";

/// Lets the signed-in user read and write `field` of `object`.
pub(super) async fn see(call: &Call<'_>, object: &str, field: &str) -> Result<(), Failure> {
    let set = permission_set(call).await?;
    field_permission(call, &set, object, &format!("{object}.{field}")).await?;
    assign(call, &set).await
}

/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionset.htm>
async fn permission_set(call: &Call<'_>) -> Result<String, Failure> {
    let query = format!("SELECT Id FROM PermissionSet WHERE Name = {}", quoted(NAME));
    if let Some(set) = first(call, &query).await? {
        return Ok(set);
    }
    let body = json!({
        "Name": NAME,
        "Label": NAME,
        "Description": "Lets Leadferry's user see the fields Leadferry created.",
    });
    match api::create(call.http, "PermissionSet", &body).await {
        Err(failure) if is_there(&failure) => first(call, &query).await?.ok_or(failure),
        other => other,
    }
}

/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_fieldpermissions.htm>
async fn field_permission(call: &Call<'_>, set: &str, object: &str, field: &str) -> Result<(), Failure> {
    let query = format!(
        "SELECT Id, PermissionsEdit FROM FieldPermissions WHERE ParentId = {} AND SobjectType = {} AND Field = {}",
        quoted(set),
        quoted(object),
        quoted(field)
    );
    let granted = api::rows(call.http, &query).await?.into_iter().next();
    let rights = json!({ "PermissionsRead": true, "PermissionsEdit": true });
    if let Some(row) = granted {
        if text_of(&row, "PermissionsEdit").as_deref() == Some("true") {
            return Ok(());
        }
        let id = text_of(&row, "Id").unwrap_or_default();
        return api::update(call.http, "FieldPermissions", &id, &rights).await;
    }
    let mut body = json!({ "ParentId": set, "SobjectType": object, "Field": field });
    body["PermissionsRead"] = rights["PermissionsRead"].clone();
    body["PermissionsEdit"] = rights["PermissionsEdit"].clone();
    match api::create(call.http, "FieldPermissions", &body).await {
        Err(failure) if !is_there(&failure) => Err(failure),
        _ => Ok(()),
    }
}

/// <https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_permissionsetassignment.htm>
async fn assign(call: &Call<'_>, set: &str) -> Result<(), Failure> {
    let user =
        match call.settings.get(USER) {
            Some(user) => user.to_owned(),
            None => api::user_info(call.http).await?.user_id.map(|id| ids::whole(&id)).ok_or_else(|| {
                Failure::new(FailureKind::Unexpected, "Salesforce does not say who signed in")
            })?,
        };
    let body = json!({ "AssigneeId": user, "PermissionSetId": set });
    match api::create(call.http, "PermissionSetAssignment", &body).await {
        Err(failure) if !is_there(&failure) => Err(failure),
        _ => Ok(()),
    }
}

async fn first(call: &Call<'_>, query: &str) -> Result<Option<String>, Failure> {
    let rows = api::rows(call.http, query).await?;
    Ok(rows.first().and_then(|row| text_of(row, "Id")).map(|id| ids::whole(&id)))
}

/// "Duplicate PermissionSetAssignment", and the like: somebody was there before.
fn is_there(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::Conflict { .. })
        || failure.message.contains("Duplicate PermissionSetAssignment")
}
