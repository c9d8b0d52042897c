//! Scopes: `service.group.part.OPERATION`, which call needs which, and how the consent page says them.
//! <https://www.zoho.com/crm/developer/docs/api/v8/scopes.html>

use super::modules::MODULES;

/// Groups beside the modules, the operations they know, and the consent page's words for them.
const GROUPS: &[(&str, &[&str], &str)] = &[
    ("ZohoCRM.settings", &[], "fields, layouts, pipelines and other settings"),
    ("ZohoCRM.settings.fields", &[], "fields"),
    ("ZohoCRM.settings.modules", &[], "the list of modules"),
    ("ZohoCRM.settings.layouts", &[], "layouts"),
    ("ZohoCRM.settings.pipeline", &[], "pipelines and stages"),
    ("ZohoCRM.settings.tags", &[], "tags"),
    ("ZohoCRM.users", &[], "users"),
    ("ZohoCRM.org", &["READ"], "the organisation's details"),
    ("ZohoCRM.coql", &["READ"], "records by query"),
    ("ZohoSearch.securesearch", &["READ"], "records by search"),
    ("ZohoCRM.change_owner", &["CREATE"], "who records belong to"),
    ("ZohoCRM.notifications", &[], "notifications of changes"),
    ("ZohoCRM.bulk", &[], "records in bulk"),
    ("ZohoCRM.modules", &[], "records of every module"),
];
const OPERATIONS: &[&str] = &["READ", "CREATE", "UPDATE", "DELETE"];

/// Marks a grant that has a refresh token. OpenID's own word for it; Zoho asks for it by `access_type=offline` instead, and
/// it is never shown.
pub(super) const OFFLINE: &str = "offline_access";

pub(super) fn all() -> Vec<String> {
    [
        "ZohoCRM.modules.ALL",
        "ZohoCRM.settings.ALL",
        "ZohoCRM.users.ALL",
        "ZohoCRM.org.READ",
        "ZohoCRM.coql.READ",
        "ZohoSearch.securesearch.READ",
        "ZohoCRM.change_owner.CREATE",
        "ZohoCRM.notifications.ALL",
    ]
    .map(str::to_owned)
    .to_vec()
}

pub(super) fn contacts_only() -> Vec<String> {
    ["ZohoCRM.modules.contacts.ALL", "ZohoCRM.settings.fields.READ"].map(str::to_owned).to_vec()
}

/// The group of a module's records.
pub(super) fn of_module(module: &str) -> String {
    format!("ZohoCRM.modules.{}", module.to_lowercase())
}

/// The operation a method stands for.
pub(super) fn operation(method: &str) -> &'static str {
    match method {
        "POST" => "CREATE",
        "PUT" | "PATCH" => "UPDATE",
        "DELETE" => "DELETE",
        _ => "READ",
    }
}

/// Whether what was granted lets a call do `operation` on `group`.
pub(super) fn allow(granted: &[String], group: &str, operation: &str) -> bool {
    granted.iter().any(|scope| {
        let Some((given, may)) = scope.rsplit_once('.') else { return false };
        let wide_enough =
            group.strip_prefix(given).is_some_and(|rest| rest.is_empty() || rest.starts_with('.'));
        // Unverified: that WRITE leaves deleting out.
        let may = match may {
            "ALL" => true,
            "WRITE" => matches!(operation, "CREATE" | "UPDATE"),
            other => other == operation,
        };
        wide_enough && may
    })
}

/// The consent page's words for a scope; `None` for one the account does not know.
pub(super) fn in_words(scope: &str) -> Option<String> {
    let (group, operation) = scope.rsplit_once('.')?;
    let modules = || {
        let module = MODULES.iter().find(|module| of_module(module.name) == group)?;
        Some((OPERATIONS, module.name.to_lowercase()))
    };
    let known = GROUPS.iter().find(|(name, ..)| *name == group);
    let (operations, what) = match known {
        Some((_, [], what)) => (OPERATIONS, (*what).to_owned()),
        Some((_, operations, what)) => (*operations, (*what).to_owned()),
        None => modules()?,
    };
    let verb = match operation {
        "ALL" => "Read, create, change and delete",
        "WRITE" => "Create and change",
        "READ" => "Read",
        "CREATE" => "Create",
        "UPDATE" => "Change",
        "DELETE" => "Delete",
        _ => return None,
    };
    let fits = operations.contains(&operation)
        || operation == "ALL"
        || (operation == "WRITE" && operations.len() > 1);
    fits.then(|| format!("{verb} {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wider_scopes_hold_narrower_ones() {
        let cases = [
            ("ZohoCRM.modules.ALL", "ZohoCRM.modules.leads", "DELETE", true),
            ("ZohoCRM.modules.READ", "ZohoCRM.modules.leads", "READ", true),
            ("ZohoCRM.modules.READ", "ZohoCRM.modules.leads", "CREATE", false),
            ("ZohoCRM.modules.leads.WRITE", "ZohoCRM.modules.leads", "UPDATE", true),
            ("ZohoCRM.modules.leads.WRITE", "ZohoCRM.modules.leads", "READ", false),
            ("ZohoCRM.modules.leads.ALL", "ZohoCRM.modules.deals", "READ", false),
            ("ZohoCRM.settings.fields.ALL", "ZohoCRM.settings.layouts", "READ", false),
            ("ZohoCRM.settings.ALL", "ZohoCRM.settings.fields", "CREATE", true),
            ("offline_access", "ZohoCRM.org", "READ", false),
        ];
        for (granted, group, operation, expected) in cases {
            let allowed = allow(&[granted.to_owned()], group, operation);
            assert_eq!(allowed, expected, "{granted} for {operation} of {group}");
        }
    }

    #[test]
    fn only_known_scopes_have_words() {
        assert_eq!(in_words("ZohoCRM.modules.leads.READ").as_deref(), Some("Read leads"));
        assert_eq!(in_words("ZohoCRM.org.READ").as_deref(), Some("Read the organisation's details"));
        for unknown in ["ZohoCRM.modules.boats.READ", "ZohoCRM.org.CREATE", "ZohoCRM.users.FLY", "openid"] {
            assert_eq!(in_words(unknown), None, "{unknown}");
        }
    }
}
