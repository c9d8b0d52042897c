//! Where a vendor's document says less than the vendor does: recorded answers and the vendor's other pages show that what it does not
//! name is all right. A practice CRM may answer so, too.
//!
//! Beside `waive` of a gate, which is about requests in recorded traffic. A test holds that each line with a recording is needed by
//! it; a new line needs a recording or a page.

use std::sync::LazyLock;

use regex::Regex;

/// One difference.
pub struct Lenient {
    /// The vendor.
    pub vendor: &'static str,
    /// Method and path below the server's.
    pub op: &'static str,
    /// The fault that is none.
    pub reason: &'static str,
    /// Who says so.
    pub evidence: Evidence,
}

/// What shows a difference.
#[derive(Clone, Copy, Debug)]
pub enum Evidence {
    /// The recording of this name.
    Recording(&'static str),
    /// A page of the vendor's, or another document of it.
    Page(&'static str),
}

use Evidence::{Page, Recording};

const fn line(vendor: &'static str, op: &'static str, reason: &'static str, evidence: Evidence) -> Lenient {
    Lenient { vendor, op, reason, evidence }
}

/// Every difference. Nulls, mostly: documents do not say which fields may be empty.
pub const LENIENT: &[Lenient] = &[
    // The document was drawn from example answers, which show neither every field nor that most may be empty.
    line("activecampaign", "", r"^answer\..*: unknown property", Recording("nango-list-contacts")),
    line("activecampaign", "", r"^answer\..*: None is not", Recording("nango-list-contacts")),
    line(
        "activecampaign",
        "^POST ",
        "^answer: 20[01] is no documented status",
        Recording("nango-sync-contact"),
    ),
    line("close", "", r"^answer\..*: unknown property", Recording("nango-create-note-activity")),
    line(
        "close",
        " /lead/",
        "^answer.*: 'contact_ids' is a required property",
        Recording("nango-create-lead"),
    ),
    line("copper", "", r"^answer\.\w+: None is not", Recording("amp-write-companies-new")),
    line(
        "copper",
        " /companies",
        r"\.(primary_contact_id|interaction_count): unknown property",
        Recording("amp-write-companies-new"),
    ),
    // Annotations of OData stand beside the columns.
    line("dynamics", "", r"^answer\.(\w+(\[\d+\])?\.)*\w*@[\w.]+: unknown", Recording("amp-contacts-read")),
    // The end of a list.
    line("pipedrive", "^GET ", r"^answer\.additional_data\.next_cursor: None is not", Recording("amp-deals")),
    line(
        "pipedrive",
        "",
        r"^answer\.data(\[\d+\])?\.(\w+_(id|time|date|fields)|value): None is not",
        Recording("nango-get-deal"),
    ),
    // Unverified: that what is only of persons and activities can be empty as well; only deals, leads and notes are recorded.
    line(
        "pipedrive",
        "^[A-Z]+ /(persons|activities)",
        r"^answer\.data(\[\d+\])?\.(birthday|duration|due_time|job_title|location|note|notes|postal_address|priority|public_description): None is not",
        Page("https://developers.pipedrive.com/docs/api/v1/Persons#getPerson"),
    ),
    // Unverified: that what is linked to nothing is null; a recorded deal and a recorded note hold such nulls elsewhere.
    line(
        "pipedrive",
        "",
        r"^answer\.data\..*(organization|deal|person|lead|conference_meeting_\w+): None is not",
        Page("https://developers.pipedrive.com/docs/api/v1/Persons#searchPersons"),
    ),
    // The document's own example has it, its schema only for deals.
    line(
        "pipedrive",
        r"^(GET|POST) /\w+Fields",
        r"\.description: unknown property",
        Page("https://developers.pipedrive.com/docs/api/v1/PersonFields#getPersonFields"),
    ),
    // The document's schema wraps each item with a score, its own example and the vendor's clients do not.
    line(
        "pipedrive",
        "^GET /itemSearch/field$",
        r"^answer\.data\[\d+\]\.(id|name): unknown property",
        Page("https://developers.pipedrive.com/docs/api/v1/ItemSearch#searchItemByField"),
    ),
    line(
        "pipedrive",
        "^POST /leads$",
        "^answer: 200 is no documented status",
        Recording("nango-create-lead"),
    ),
    line("pipedrive", " /leads", r"\.archive_time: unknown property", Recording("nango-list-leads")),
    line(
        "pipedrive",
        "^GET /leads",
        r"^answer\.additional_data\.pagination: unknown",
        Recording("nango-list-leads"),
    ),
    line(
        "pipedrive",
        "^POST /notes$",
        "^answer: 201 is no documented status",
        Recording("nango-create-note"),
    ),
    line(
        "pipedrive",
        " /notes",
        r"\.(lead|pinned_to_lead_flag): unknown property|\.(lead_id|last_update_user_id|user\.icon_url): None is not",
        Recording("nango-create-note"),
    ),
    line(
        "pipedrive",
        " /deals",
        r"\.(archive_time|creator_user_id|local_(won|lost|close)_date): unknown property",
        Recording("nango-get-deal"),
    ),
    // The document was drawn from what a describe says of fields; it says more of the object.
    line(
        "salesforce",
        "/describe$",
        r"^answer\.\w+: unknown property",
        Page(
            "https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm",
        ),
    ),
    // The third party's document calls the code of an error otherwise.
    line(
        "salesforce",
        "/queryAll$",
        r"^answer\[\d+\]\.errorCode: unknown property",
        Page("https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm"),
    ),
    line(
        "whatsapp",
        "/message_templates$",
        r"^answer\.data.*\.(previous_category|url): unknown property",
        Recording("vcr-templates-get_templates"),
    ),
    line("zoho", "^POST /crm/", "^answer: 201 is no documented status", Recording("nango-create-lead")),
    line("zoho", "^GET /crm/", "^answer: 204 is no documented status", Recording("nango-search-records")),
    line(
        "zoho",
        "/upsert$",
        r"\.duplicate_field: None is not of type 'string'",
        Recording("nango-upsert-records"),
    ),
    // Some rows went wrong.
    line(
        "zoho",
        "^(POST|PUT|DELETE) /crm/",
        "^answer: 207 is no documented status",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html"),
    ),
    // The list of sentences is no contract: a recorded one (amp-unsupportedread) is written in other letters.
    line(
        "zoho",
        " /crm/",
        r"^answer(\.data\[\d+\])?\.message: .* is not one of",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html"),
    ),
    // The schema is that of an answer and marks all of it as required.
    line(
        "zoho",
        "^(POST|PATCH) /crm/v8/settings/fields",
        r"^body\.fields\[\d+\](\.\w+)*: '\S+' is a required property",
        Page("https://github.com/api-evangelist/zoho-crm/blob/main/openapi/zoho-crm-fields-openapi.json"),
    ),
    // Nothing found, and nothing taken: without rows, or with each row's reason.
    line(
        "zoho",
        "^POST /crm/v8/coql$",
        "^answer: 204 is no documented status",
        Page("https://zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html"),
    ),
    line(
        "zoho",
        "^POST /crm/v8/[^/]+(/upsert)?$",
        r"^answer\.data: unknown property",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/status-codes.html"),
    ),
    line(
        "zoho",
        "^(POST|PUT) /crm/",
        r"\.details\.\$approval_state: unknown property",
        Page("https://zoho.com/crm/developer/docs/api/v8/upsert-records.html"),
    ),
    // Nulls stand in nearly every answer of its own pages; the document names no field that may be one.
    line(
        "zoho",
        "^[A-Z]+ /crm/",
        r"^answer\..*: None is not",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/field-meta.html"),
    ),
    // An example was taken for a pattern, and a text for an object.
    line(
        "zoho",
        "^GET /crm/v8/users",
        r"\.(email: .* does not match|time_zone: .* is not of type)",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/get-users.html"),
    ),
    line(
        "zoho",
        "^GET /crm/v8/settings/modules",
        r"\.profiles\[\d+\]\.(default|_default_view): unknown property",
        Page("https://www.zoho.com/crm/developer/docs/api/v8/modules-api.html"),
    ),
];

static READ: LazyLock<Vec<(&str, Regex, Regex)>> = LazyLock::new(|| {
    let regex = |text| Regex::new(text).expect("BUG: a constant");
    LENIENT.iter().map(|line| (line.vendor, regex(line.op), regex(line.reason))).collect()
});

/// Whether `fault` of `operation` is none.
pub(super) fn allows(vendor: &str, operation: &str, fault: &str) -> bool {
    READ.iter().any(|(of, op, reason)| *of == vendor && op.is_match(operation) && reason.is_match(fault))
}
