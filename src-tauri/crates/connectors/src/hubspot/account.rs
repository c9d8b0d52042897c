//! Who we are at HubSpot, what we may do there, and which fields there are.

use leadferry_connector::{Account, Call, FieldSpec, ObjectSpec};
use leadferry_model::{Failure, FailureKind, Field, FieldKind, ObjectSchema};

use super::{api, convert};

/// Scopes in words. <https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes>
const RIGHTS: [(&str, &str); 10] = [
    ("crm.objects.contacts.read", "read contacts"),
    ("crm.objects.contacts.write", "write contacts, notes and tasks"),
    ("crm.objects.companies.read", "read companies"),
    ("crm.objects.companies.write", "write companies"),
    ("crm.objects.deals.read", "read deals"),
    ("crm.objects.deals.write", "write deals"),
    ("crm.objects.owners.read", "read owners"),
    ("crm.schemas.contacts.write", "create contact fields"),
    ("crm.schemas.companies.write", "create company fields"),
    ("crm.schemas.deals.write", "create deal fields"),
];

pub(super) async fn check(call: &Call<'_>) -> Result<Account, Failure> {
    let details = api::account(call.http).await?;
    let Rights { scopes, user_id } = rights(call).await?;
    let user = match user_id {
        Some(id) => user(call, &id).await?,
        None => None,
    };
    let (may, may_not) = match &scopes {
        Some(scopes) => {
            let granted = |(scope, _): &&(&str, &str)| scopes.iter().any(|granted| granted == scope);
            let words =
                |rights: Vec<&(&str, &str)>| rights.iter().map(|(_, words)| (*words).to_owned()).collect();
            let (may, may_not): (Vec<_>, Vec<_>) = RIGHTS.iter().partition(granted);
            (words(may), words(may_not))
        }
        None => (vec!["read the account".to_owned()], Vec::new()),
    };
    let read_only = scopes.is_some_and(|scopes| {
        !scopes.iter().any(|scope| scope.starts_with("crm.objects.") && scope.ends_with(".write"))
    });
    let ui_domain =
        details.ui_domain.filter(|host| !host.is_empty()).unwrap_or_else(|| "app.hubspot.com".to_owned());
    Ok(Account {
        name: format!("HubSpot account {}", details.portal_id),
        user,
        may,
        may_not,
        sandbox: matches!(details.account_type.as_deref(), Some("SANDBOX" | "DEVELOPER_TEST")),
        read_only,
        remember: [
            (convert::UI_DOMAIN.to_owned(), ui_domain),
            (convert::PORTAL.to_owned(), details.portal_id.clone()),
        ]
        .into(),
        id: details.portal_id,
    })
}

/// What is known about the token itself.
#[derive(Default)]
struct Rights {
    /// `None`: nobody says.
    scopes: Option<Vec<String>>,
    /// Who signed in, or made the token.
    user_id: Option<String>,
}

/// An OAuth answer names its scopes and user, a pasted token has to be asked about.
async fn rights(call: &Call<'_>) -> Result<Rights, Failure> {
    if let Some(granted) = call.settings.granted_scopes() {
        let scopes = granted.into_iter().map(str::to_owned).collect();
        let user_id = call.settings.token_fact("user_id").map(str::to_owned);
        return Ok(Rights { scopes: Some(scopes), user_id });
    }
    match api::token_info(call.http).await {
        Ok(info) => Ok(Rights {
            scopes: Some(info.scopes).filter(|scopes| !scopes.is_empty()),
            user_id: info.user_id,
        }),
        Err(failure) if passes_soon(&failure) => Err(failure),
        // Not every kind of token can be asked about; the account has answered, so the token itself is good.
        Err(_) => Ok(Rights::default()),
    }
}

/// The person's name and address, from the owners: every user is one. Worth a call, but no failure.
async fn user(call: &Call<'_>, user_id: &str) -> Result<Option<String>, Failure> {
    match api::owner_of_user(call.http, user_id).await {
        Ok(owner) => Ok(owner.person()),
        Err(failure) if passes_soon(&failure) => Err(failure),
        Err(_) => Ok(None),
    }
}

fn passes_soon(failure: &Failure) -> bool {
    matches!(failure.kind, FailureKind::RateLimited { .. } | FailureKind::Unavailable)
}

pub(super) async fn describe(call: &Call<'_>, object: &ObjectSpec) -> Result<ObjectSchema, Failure> {
    let properties = api::properties(call.http, object.name).await?;
    let rules = match api::validations(call.http, convert::type_id(object.name)).await {
        Ok(rules) => rules,
        Err(failure) if passes_soon(&failure) || failure.kind == FailureKind::Auth => return Err(failure),
        // A token without the scope, or an account without the feature: the fields are worth more than their rules.
        Err(_) => Vec::new(),
    };
    Ok(ObjectSchema {
        object: object.name.to_owned(),
        label: object.label.to_owned(),
        fields: properties
            .into_iter()
            .filter_map(|property| convert::field(property, &rules, object.name))
            .collect(),
        one_of: convert::one_of(object.name),
        open: false,
    })
}

/// Creates the field, or takes one of that name that can serve. Uniqueness cannot be added later, so a name that is taken by an
/// ordinary field is given up for the next one: the caller keeps the name that comes back.
pub(super) async fn create_field(
    call: &Call<'_>,
    object: &ObjectSpec,
    field: &FieldSpec,
) -> Result<Field, Failure> {
    let names = [
        field.name.clone(),
        format!("leadferry_{}", field.name),
        format!("leadferry_{}_2", field.name),
        format!("leadferry_{}_3", field.name),
    ];
    let mut taken = Failure::new(FailureKind::Unexpected, "no name was tried");
    for name in &names {
        let body = convert::new_property(object.name, field, name)?;
        let property = match api::create_property(call.http, object.name, &body).await {
            Ok(property) => property,
            Err(failure) if matches!(failure.kind, FailureKind::Conflict { .. }) => {
                taken = failure;
                match api::property(call.http, object.name, name).await {
                    Ok(property) => property,
                    // Archived ones hold their name but are not shown.
                    Err(failure) if failure.kind == FailureKind::NotFound => continue,
                    Err(failure) => return Err(failure),
                }
            }
            // Without the right to create fields, one that an administrator made will do.
            Err(failure) if matches!(failure.kind, FailureKind::Permission { .. }) => {
                let found = api::property(call.http, object.name, name).await.ok();
                let found = found.and_then(|property| convert::field(property, &[], object.name));
                return found.filter(|found| serves(found, field)).ok_or(failure);
            }
            Err(failure) => return Err(failure),
        };
        if let Some(found) = convert::field(property, &[], object.name)
            && serves(&found, field)
        {
            return Ok(found);
        }
    }
    Err(taken)
}

fn serves(found: &Field, wanted: &FieldSpec) -> bool {
    let text =
        |kind| matches!(kind, FieldKind::Text | FieldKind::LongText | FieldKind::Email | FieldKind::Url);
    let same = found.kind == wanted.kind || (text(found.kind) && text(wanted.kind));
    same && !found.read_only && (found.unique || !wanted.unique)
}
