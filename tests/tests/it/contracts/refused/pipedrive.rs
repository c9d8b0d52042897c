//! Pipedrive's documents: v2 refuses unknown names, v1 keeps custom fields beside its own.

use super::Vendor;

pub(super) const PIPEDRIVE: Vendor = Vendor {
    id: "pipedrive",
    access: ("x-api-token", "token"),
    right: &[
        (
            "POST",
            "/api/v2/persons",
            r#"{"name": "Ada Lovelace", "emails": [{"value": "ada@example.com", "primary": true, "label": "work"}],
                "custom_fields": {"9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b": "L-1"}}"#,
        ),
        ("PATCH", "/api/v2/persons/5", r#"{"owner_id": 7}"#),
        ("GET", "/api/v2/persons?updated_since=2026-11-20T08:00:00Z&sort_by=update_time&limit=500", ""),
        ("GET", "/api/v2/persons/search?term=ada@example.com&fields=email&exact_match=true", ""),
        ("POST", "/api/v2/personFields", r#"{"field_name": "Lead ID", "field_type": "varchar"}"#),
        ("POST", "/v1/notes", r#"{"content": "<b>Hello</b>", "person_id": 5}"#),
        (
            "POST",
            "/api/v1/leads",
            r#"{"title": "Ada", "person_id": 5, "9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b": "L-1"}"#,
        ),
        ("GET", "/v1/users/me", ""),
    ],
    wrong: &[
        (
            ("POST", "/api/v2/persons", r#"{"name": "Ada", "email": "ada@example.com"}"#),
            "body.email: unknown property",
        ),
        (
            (
                "POST",
                "/api/v2/persons",
                r#"{"name": "Ada", "9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b": "L-1"}"#,
            ),
            "body.9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b9f1c0e3b: unknown property",
        ),
        (
            (
                "POST",
                "/api/v2/persons",
                r#"{"name": "Ada", "emails": [{"value": "ada@example.com", "type": "work"}]}"#,
            ),
            "body.emails[0].type: unknown property",
        ),
        (
            ("PATCH", "/api/v2/persons/5", r#"{"owner_id": "7"}"#),
            "body.owner_id: '7' is not of type 'integer'",
        ),
        (("PATCH", "/api/v2/persons/ada", r#"{"owner_id": 7}"#), "path.id: 'ada' is not of type 'integer'"),
        (("PUT", "/api/v2/persons/5", r#"{"owner_id": 7}"#), "no document names PUT for this path"),
        (("GET", "/api/v2/persons?start=100", ""), "query.start: unknown parameter"),
        (("GET", "/api/v2/persons?limit=all", ""), "query.limit: 'all' is not of type 'integer'"),
        (("GET", "/api/v2/persons/search?fields=email", ""), "query: 'term' is a required parameter"),
        (
            ("GET", "/api/v2/persons/search?term=ada&fields=mail", ""),
            "query.fields: 'mail' is not one of ['custom_fields', 'email', 'notes', 'phone', 'name']",
        ),
        (("POST", "/api/v2/deals", r#"{"value": 10}"#), "body: 'title' is a required property"),
        (
            ("POST", "/api/v2/personFields", r#"{"field_name": "Lead ID", "field_type": "string"}"#),
            "body.field_type: 'string' is not one of",
        ),
        (("POST", "/api/v2/person", r#"{"name": "Ada"}"#), "no document names this path"),
        (("GET", "/v1/persons", ""), "no document names this path"),
        (("DELETE", "/api/v2/persons/5", "{}"), "a body where none is read"),
    ],
};
