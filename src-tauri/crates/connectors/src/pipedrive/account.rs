//! Who we are at Pipedrive, what we may do there, and which fields there are.

use leadferry_connector::{Account, Call, FieldSpec, ObjectSpec, Settings};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, FieldOption, ObjectSchema};

use super::types::Me;
use super::{api, convert};

/// Scopes in words. <https://pipedrive.readme.io/docs/marketplace-scopes-and-permissions-explanations>
const RIGHTS: [(&str, &str); 7] = [
    ("contacts:full", "read and write persons and organizations, add notes"),
    ("deals:full", "read and write deals"),
    ("activities:full", "create activities"),
    ("users:read", "read owners"),
    ("search:read", "find records by Lead ID"),
    ("contact-fields:full", "create person and organization fields"),
    ("deal-fields:full", "create deal fields"),
];

/// The scope that includes changing fields.
const ADMIN: &str = "admin";

pub(super) async fn check(call: &Call<'_>) -> Result<Account, Failure> {
    let me = api::me(call.http).await?;
    let (may, may_not, read_only) = match call.settings.granted_scopes() {
        Some(scopes) => by_scopes(&scopes),
        None => {
            let (may, may_not) = by_user(call, &me.id).await?;
            (may, may_not, false)
        }
    };
    let domain = me.company_domain.clone().filter(|domain| is_label(domain));
    let currency = me.default_currency.clone().filter(|code| !code.is_empty());
    let remember = [(convert::DOMAIN, domain.clone()), (convert::CURRENCY, currency)];
    Ok(Account {
        name: me
            .company_name
            .clone()
            .filter(|name| !name.trim().is_empty())
            .unwrap_or_else(|| format!("Pipedrive company {}", me.company_id)),
        user: person(&me),
        may,
        may_not,
        // Unverified: developers' sandboxes are named so.
        sandbox: domain.is_some_and(|domain| domain.contains("sandbox")),
        read_only,
        remember: remember.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?))).collect(),
        id: me.company_id,
    })
}

fn by_scopes(scopes: &[&str]) -> (Vec<String>, Vec<String>, bool) {
    let granted = |(scope, _): &&(&str, &str)| {
        scopes.contains(scope) || (scope.ends_with("-fields:full") && scopes.contains(&ADMIN))
    };
    let (may, may_not): (Vec<_>, Vec<_>) = RIGHTS.iter().partition(granted);
    let words = |rights: Vec<&(&str, &str)>| rights.iter().map(|(_, words)| (*words).to_owned()).collect();
    let writes = ["contacts:full", "deals:full"].iter().any(|scope| scopes.contains(scope));
    (words(may), words(may_not), !writes)
}

/// A personal token acts with its user's rights. The one we need that a user may lack is told by a second call.
async fn by_user(call: &Call<'_>, user: &str) -> Result<(Vec<String>, Vec<String>), Failure> {
    let mut may = vec!["read and write what this user can see".to_owned()];
    let mut may_not = Vec::new();
    let fields = "create fields".to_owned();
    match api::permissions(call.http, user).await.map(|permissions| permissions.can_add_custom_fields) {
        Ok(Some(true)) => may.push(fields),
        Ok(Some(false)) => may_not.push(fields),
        Ok(None) => {}
        Err(failure) if passes_soon(&failure) => return Err(failure),
        // Who may not ask about users may still do everything else.
        Err(_) => {}
    }
    Ok((may, may_not))
}

fn passes_soon(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::RateLimited { .. } | FailureKind::Unavailable)
}

fn person(me: &Me) -> Option<String> {
    let given = |text: &Option<String>| text.clone().filter(|text| !text.trim().is_empty());
    match (given(&me.name), given(&me.email)) {
        (Some(name), Some(email)) => Some(format!("{name} ({email})")),
        (name, email) => name.or(email),
    }
}

/// Whether a text can be the first part of a host name: it becomes part of links.
fn is_label(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
}

pub(super) async fn describe(call: &Call<'_>, object: &ObjectSpec) -> Result<ObjectSchema, Failure> {
    let infos = api::fields(call.http, object.name).await?;
    let mut fields: Vec<Field> = Vec::with_capacity(infos.len());
    for info in infos {
        let field = convert::field(info, object.name);
        if !fields.iter().any(|known| known.name == field.name) {
            fields.push(field);
        }
    }
    if object.name == "deals" {
        add_stages(call, &mut fields).await?;
    }
    Ok(ObjectSchema {
        object: object.name.to_owned(),
        label: object.label.to_owned(),
        fields,
        one_of: Vec::new(),
        open: false,
    })
}

/// Pipelines and stages are options that the description of the fields does not list.
async fn add_stages(call: &Call<'_>, fields: &mut [Field]) -> Result<(), Failure> {
    let stages = super::actions::stages(call).await?;
    let mut pipelines: Vec<FieldOption> = Vec::new();
    for stage in &stages {
        if !pipelines.iter().any(|known| known.value == stage.pipeline) {
            pipelines.push(convert::option(&stage.pipeline, &stage.pipeline_label));
        }
    }
    for field in fields {
        match field.name.as_str() {
            "pipeline_id" => field.options.clone_from(&pipelines),
            "stage_id" => {
                let label = |stage: &leadferry_connector::Stage| match pipelines.len() {
                    1 => stage.label.clone(),
                    _ => format!("{}: {}", stage.pipeline_label, stage.label),
                };
                field.options =
                    stages.iter().map(|stage| convert::option(&stage.stage, &label(stage))).collect();
            }
            _ => {}
        }
    }
    Ok(())
}

/// Creates the field, or takes the one that is there: the one remembered by its key, else one of this label, since a second of the
/// same label would be made without a word. Pipedrive keeps nothing unique; what comes back says so.
pub(super) async fn create_field(
    call: &Call<'_>,
    object: &ObjectSpec,
    field: &FieldSpec,
) -> Result<Field, Failure> {
    let body = convert::new_field(field)?;
    let infos = api::fields(call.http, object.name).await?;
    let mut there = infos
        .into_iter()
        .filter(|info| info.is_custom_field)
        .map(|info| convert::field(info, object.name))
        .filter(|found| serves(found, field));
    let remembered = call.settings.get(&Settings::lead_id_key(object.name));
    let is_lead_id = object.lead_id.is_some_and(|lead_id| lead_id.name == field.name);
    let named = |found: &Field| found.label.trim().to_lowercase() == field.label.trim().to_lowercase();
    let candidates: Vec<Field> = there
        .by_ref()
        .filter(|found| (is_lead_id && remembered == Some(&found.name)) || named(found))
        .collect();
    let best = candidates.iter().find(|found| is_lead_id && remembered == Some(&found.name));
    if let Some(found) = best.or(candidates.first()) {
        return Ok(found.clone());
    }
    let made = convert::field(api::create_field(call.http, object.name, &body).await?, object.name);
    Ok(Field { custom: true, read_only: false, ..made })
}

fn serves(found: &Field, wanted: &FieldSpec) -> bool {
    let text = |kind| matches!(kind, FieldKind::Text | FieldKind::Email | FieldKind::Url);
    let same = found.kind == wanted.kind || (text(found.kind) && text(wanted.kind));
    same && !found.read_only
}
