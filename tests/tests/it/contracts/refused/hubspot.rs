//! HubSpot's contract, written by hand.

use super::Vendor;

pub(super) const HUBSPOT: Vendor = Vendor {
    id: "hubspot",
    access: ("authorization", "Bearer pat-na1-00000000-0000"),
    right: &[
        (
            "POST",
            "/crm/objects/2026-03/contacts/batch/upsert",
            r#"{"inputs": [{"id": "L-1", "idProperty": "lead_id", "properties": {"email": "ada@example.com"}}]}"#,
        ),
        ("GET", "/crm/objects/2026-03/contacts?limit=100&properties=email", ""),
    ],
    wrong: &[
        (
            (
                "POST",
                "/crm/objects/2026-03/contacts/batch/upsert",
                r#"{"inputs": [{"id": "L-1", "properties": {}, "dedupe": true}]}"#,
            ),
            "body.inputs[0].dedupe is unknown",
        ),
        (
            (
                "POST",
                "/crm/objects/2026-03/contacts/batch/upsert",
                r#"{"inputs": [{"id": "L-1", "properties": {"score": 1}}]}"#,
            ),
            "body.inputs[0].properties.score is no text",
        ),
        (("GET", "/crm/objects/2026-03/contacts?page=2", ""), "unknown query parameter page"),
        (("POST", "/crm/objects/2026-03/contacts/batch/upsert", "{}"), "body.inputs is missing"),
        (("GET", "/crm/objects/v9/contacts", ""), "no such endpoint"),
    ],
};
