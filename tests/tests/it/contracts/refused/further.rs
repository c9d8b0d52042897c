//! Vendors whose connectors are still to come: their folders are read by the same reader. What is special about each is in its
//! `gate.json`.

use super::Vendor;

/// Bodies have the fields of the answer, paths end with a slash, and custom fields are named by their id.
pub(super) const CLOSE: Vendor = Vendor {
    id: "close",
    access: ("authorization", "Basic a2V5Og=="),
    right: &[
        (
            "POST",
            "/api/v1/lead/",
            r#"{"name": "Example Ltd", "custom.cf_shoe": 38, "contacts": [{"name": "Ada"}]}"#,
        ),
        ("GET", "/api/v1/lead/?_limit=100&_skip=100", ""),
    ],
    wrong: &[
        (("POST", "/api/v1/lead/", r#"{"title": "Example Ltd"}"#), "body.title: unknown property"),
        (("POST", "/api/v1/lead/", r#"{"name": 5}"#), "body.name: 5 is not of type 'string'"),
        (("POST", "/api/v1/lead", r#"{"name": "Example Ltd"}"#), "no document names this path"),
        (("GET", "/api/v1/lead/?limit=100", ""), "query.limit: unknown parameter"),
    ],
};

/// Columns as the vendor's data model has them, and an account's own with a prefix.
pub(super) const DYNAMICS: Vendor = Vendor {
    id: "dynamics",
    access: ("authorization", "Bearer token"),
    right: &[
        ("POST", "/api/data/v9.2/leads", r#"{"lastname": "Moss", "new_leadid": "L-1"}"#),
        ("PATCH", "/api/data/v9.2/leads(new_leadid='L-1')", r#"{"lastname": "Moss"}"#),
        ("GET", "/api/data/v9.2/contacts?$select=lastname&$top=50", ""),
    ],
    wrong: &[
        (
            ("POST", "/api/data/v9.2/leads", r#"{"surname": "Moss"}"#),
            "body: Additional properties are not allowed ('surname' was unexpected)",
        ),
        (
            ("POST", "/api/data/v9.2/leads", r#"{"numberofemployees": "many"}"#),
            "body.numberofemployees: 'many' is not of type 'integer', 'null'",
        ),
        (("PATCH", "/api/data/v9.2/leads(Ada)", r#"{"lastname": "Moss"}"#), "path.key: 'Ada' does not match"),
        (("GET", "/api/data/v9.2/contacts?select=lastname", ""), "query.select: unknown parameter"),
    ],
};

/// Access may stand in the query.
pub(super) const LEADSQUARED: Vendor = Vendor {
    id: "leadsquared",
    access: ("x-lsq-accesskey", "key"),
    right: &[
        ("POST", "/v2/LeadManagement.svc/Lead.Create", r#"[{"Attribute": "FirstName", "Value": "Ada"}]"#),
        ("GET", "/v2/LeadManagement.svc/Leads.GetById?id=1&accessKey=k&secretKey=s", ""),
    ],
    wrong: &[
        (("GET", "/v2/LeadManagement.svc/Leads.GetById?id=1&key=k", ""), "query.key: unknown parameter"),
        (("GET", "/v2/LeadManagement.svc/Lead.GetById?id=1", ""), "no document names this path"),
    ],
};

/// One of many kinds of message, told apart by its type; what recorded traffic shows to be accepted is waived.
pub(super) const WHATSAPP: Vendor = Vendor {
    id: "whatsapp",
    access: ("authorization", "Bearer token"),
    right: &[
        (
            "POST",
            "/v23.0/1055501/messages",
            r#"{"messaging_product": "whatsapp", "recipient_type": "individual", "to": "15555550101", "type": "text",
                "text": {"body": "Hello"}}"#,
        ),
        (
            "POST",
            "/v23.0/1055501/messages",
            r#"{"messaging_product": "whatsapp", "recipient_type": "individual", "to": 15555550101, "type": "template",
                "template": {"name": "hello", "language": {"code": "en_GB"}}}"#,
        ),
    ],
    wrong: &[
        (
            (
                "POST",
                "/v23.0/1055501/messages",
                r#"{"messaging_product": "whatsapp", "recipient_type": "individual", "to": "15555550101", "type": "text",
                    "text": {"body": "Hello", "size": 5}}"#,
            ),
            "body.text: Additional properties are not allowed ('size' was unexpected)",
        ),
        (
            (
                "POST",
                "/v23.0/1055501/messages",
                r#"{"messaging_product": "whatsapp", "recipient_type": "individual", "to": "15555550101", "type": "text"}"#,
            ),
            "body: 'text' is a required property",
        ),
    ],
};
