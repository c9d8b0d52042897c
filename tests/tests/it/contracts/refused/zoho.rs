//! Zoho's document: records are open, so that only slips of known names are found.

use super::Vendor;

pub(super) const ZOHO: Vendor = Vendor {
    id: "zoho",
    access: ("authorization", "Zoho-oauthtoken token"),
    right: &[
        (
            "POST",
            "/crm/v8/Leads/upsert",
            r#"{"data": [{"Last_Name": "Moss", "Company": "Example", "Lead_ID": "L-1", "Owner": {"id": "1"}}],
                "duplicate_check_fields": ["Lead_ID", "Email"], "trigger": []}"#,
        ),
        (
            "GET",
            "/crm/v8/Leads?fields=Email,Modified_Time&sort_by=Modified_Time&sort_order=asc&per_page=200",
            "",
        ),
        ("GET", "/crm/v8/Leads/search?email=ada@example.com", ""),
        ("GET", "/crm/v8/settings/fields?module=Leads", ""),
        (
            "POST",
            "/crm/v8/settings/fields?module=Leads",
            r#"{"fields": [{"field_label": "Lead ID", "data_type": "text", "length": 100}]}"#,
        ),
        ("POST", "/crm/v8/coql", r#"{"select_query": "select id from Leads where id is not null"}"#),
        (
            "POST",
            "/crm/v8/Notes",
            r#"{"data": [{"Note_Title": "Call", "Note_Content": "Called",
                "Parent_Id": {"id": "1", "module": {"api_name": "Leads", "id": "2"}}}]}"#,
        ),
        ("DELETE", "/crm/v8/Leads?ids=1,2", ""),
    ],
    wrong: &[
        (
            ("POST", "/crm/v8/Leads/upsert", r#"{"data": [{"Last_Name": "Moss"}], "dedupe": ["Email"]}"#),
            "body.dedupe: unknown property",
        ),
        (
            ("POST", "/crm/v8/Leads/upsert", r#"{"data": [{"last_name": "Moss"}]}"#),
            "body.data[0].last_name: unknown property, close to Last_Name",
        ),
        (
            ("POST", "/crm/v8/Leads/upsert", r#"{"data": [{"Last_Nmae": "Moss"}]}"#),
            "body.data[0].Last_Nmae: unknown property, close to Last_Name",
        ),
        (
            ("POST", "/crm/v8/Leads/upsert", r#"{"data": {"Last_Name": "Moss"}}"#),
            "body.data: {'Last_Name': 'Moss'} is not of type 'array'",
        ),
        (
            ("PUT", "/crm/v8/Leads", r#"{"data": [{"id": 7, "City": "Bath"}]}"#),
            "body.data[0].id: 7 is not of type 'string'",
        ),
        (("GET", "/crm/v8/Leads?limit=5", ""), "query.limit: unknown parameter"),
        (("GET", "/crm/v8/Leads?page=first", ""), "query.page: 'first' is not of type 'integer'"),
        (("GET", "/crm/v8/settings/fields", ""), "query: 'module' is a required parameter"),
        (
            ("GET", "/crm/v8/settings/fields?module=Leads&type=some", ""),
            "query.type: 'some' is not one of ['all', 'unused', 'used']",
        ),
        (("POST", "/crm/v8/coql", "{}"), "body: 'select_query' is a required property"),
        (("POST", "/crm/v8/Leads/upsert", ""), "body: there is none"),
        (("GET", "/crm/v8/Laeds", ""), "no document names this path"),
        (("GET", "/crm/v9/Leads", ""), "no document names this path"),
        (("PATCH", "/crm/v8/Leads/upsert", r#"{"data": []}"#), "no document names PATCH for this path"),
    ],
};
