//! Scopes: which call needs which, and how the consent page says them.
//! <https://developers.hubspot.com/docs/apps/developer-platform/build-apps/authentication/scopes>

/// Everything the practice account knows, with the words the consent page uses.
const KNOWN: &[(&str, &str)] = &[
    ("oauth", "Know which account this is"),
    ("crm.objects.contacts.read", "Read contacts, notes and tasks"),
    ("crm.objects.contacts.write", "Create, change and delete contacts, notes and tasks"),
    ("crm.objects.companies.read", "Read companies"),
    ("crm.objects.companies.write", "Create, change and delete companies"),
    ("crm.objects.deals.read", "Read deals and their stages"),
    ("crm.objects.deals.write", "Create, change and delete deals"),
    ("crm.objects.leads.read", "Read leads"),
    ("crm.objects.leads.write", "Create, change and delete leads"),
    ("crm.objects.owners.read", "Read who records belong to"),
    ("crm.schemas.contacts.read", "Read the fields of contacts"),
    ("crm.schemas.contacts.write", "Create and change fields of contacts"),
    ("crm.schemas.companies.read", "Read the fields of companies"),
    ("crm.schemas.companies.write", "Create and change fields of companies"),
    ("crm.schemas.deals.read", "Read the fields of deals"),
    ("crm.schemas.deals.write", "Create and change fields of deals"),
];

pub(super) fn all() -> Vec<String> {
    KNOWN.iter().map(|(scope, _)| (*scope).to_owned()).collect()
}

pub(super) fn reading() -> Vec<String> {
    all().into_iter().filter(|scope| is_reading(scope)).collect()
}

pub(super) fn is_reading(scope: &str) -> bool {
    !scope.ends_with(".write")
}

pub(super) fn contacts_only() -> Vec<String> {
    ["oauth", "crm.objects.contacts.read", "crm.objects.contacts.write", "crm.schemas.contacts.read"]
        .map(str::to_owned)
        .to_vec()
}

/// The consent page's words for a scope; `None` for one the account does not know.
pub(super) fn in_words(scope: &str) -> Option<&'static str> {
    KNOWN.iter().find(|(known, _)| *known == scope).map(|(_, words)| *words)
}

/// The family whose rights an object rides on: notes and tasks go with contacts.
fn family(object: &str) -> &str {
    if matches!(object, "notes" | "tasks") { "contacts" } else { object }
}

/// The scope to read or write records of an object.
pub(super) fn of_object(object: &str, writes: bool) -> String {
    format!("crm.objects.{}.{}", family(object), if writes { "write" } else { "read" })
}

/// The scope to read or change an object's fields. Leads have no schema scopes of their own.
pub(super) fn of_schema(object: &str, writes: bool) -> String {
    if family(object) == "leads" {
        return of_object(object, writes);
    }
    format!("crm.schemas.{}.{}", family(object), if writes { "write" } else { "read" })
}
