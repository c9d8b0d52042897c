//! Requests that are wrong in one place each: our reading of a contract must object to that place, and to nothing else.

use bytes::Bytes;
use http::Request;
use leadferry_tests::contract::Contract;

/// A vendor's right requests, and what happens to them.
struct Vendor {
    id: &'static str,
    access: (&'static str, &'static str),
    right: &'static [Asked],
    wrong: &'static [(Asked, &'static str)],
}

/// Method, address, body.
type Asked = (&'static str, &'static str, &'static str);

const HUBSPOT: Vendor = Vendor {
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

const PIPEDRIVE: Vendor = Vendor {
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

const SALESFORCE: Vendor = Vendor {
    id: "salesforce",
    access: ("authorization", "Bearer token"),
    right: &[
        ("POST", "/services/data/v66.0/sobjects/Lead", r#"{"LastName": "Lovelace", "Company": "Example"}"#),
        (
            "PATCH",
            "/services/data/v66.0/sobjects/Lead/Lead_ID__c/L-1?updateOnly=true",
            r#"{"FirstName": "Ada", "Shoe_Size__c": 38, "Email": null}"#,
        ),
        (
            "PATCH",
            "/services/data/v66.0/composite/sobjects/Lead/Lead_ID__c",
            r#"{"allOrNone": false, "records": [{"attributes": {"type": "Lead"}, "Lead_ID__c": "L-1", "LastName": "Moss"}]}"#,
        ),
        ("DELETE", "/services/data/v66.0/composite/sobjects?ids=00Q5g00000AbCdEFGH&allOrNone=false", ""),
        (
            "POST",
            "/services/data/v66.0/composite",
            r#"{"compositeRequest": [
                {"method": "POST", "url": "/services/data/v66.0/sobjects/Lead", "referenceId": "lead",
                 "body": {"LastName": "Lovelace", "Company": "Example"}},
                {"method": "PATCH", "url": "/services/data/v66.0/sobjects/Lead/@{lead.id}", "referenceId": "more",
                 "body": {"City": "Bath"}}]}"#,
        ),
        ("GET", "/services/data/v66.0/query?q=SELECT+Id+FROM+Lead", ""),
        ("GET", "/services/data/v66.0/sobjects/Task/describe", ""),
        ("GET", "/services/data/v66.0/limits", ""),
        (
            "POST",
            "/services/data/v66.0/jobs/ingest",
            r#"{"object": "Lead", "operation": "upsert", "externalIdFieldName": "Lead_ID__c", "contentType": "CSV"}"#,
        ),
        (
            "PUT",
            "/services/data/v66.0/jobs/ingest/7505g00000AbCdEFGH/batches",
            "Lead_ID__c,LastName,Company,NumberOfEmployees,IsUnreadByOwner\nL-1,Moss,\"Example, Ltd\",12,true\n",
        ),
    ],
    wrong: &[
        (
            (
                "POST",
                "/services/data/v66.0/sobjects/Lead",
                r#"{"LastName": "Moss", "Company": "E", "Shoe": 38}"#,
            ),
            "body: Additional properties are not allowed ('Shoe' was unexpected)",
        ),
        (
            ("POST", "/services/data/v66.0/sobjects/Lead", r#"{"LastName": "Moss"}"#),
            "body: 'Company' is a required property",
        ),
        (
            ("POST", "/services/data/v66.0/sobjects/Lead", r#"{"LastName": true, "Company": "E"}"#),
            "body.LastName: True is not of type 'string'",
        ),
        (
            (
                "POST",
                "/services/data/v66.0/sobjects/Lead",
                r#"{"LastName": "Moss", "Company": "E", "PostalCode": "123456789012345678901"}"#,
            ),
            "body.PostalCode: '123456789012345678901' is too long",
        ),
        (
            (
                "POST",
                "/services/data/v66.0/sobjects/Lead",
                r#"{"LastName": "Moss", "Company": "E", "CreatedDate": "x"}"#,
            ),
            "body: Additional properties are not allowed ('CreatedDate' was unexpected)",
        ),
        (
            (
                "PATCH",
                "/services/data/v66.0/composite/sobjects/Lead/Lead_ID__c",
                r#"{"records": [{"attributes": {"type": "Lead"}, "Lead_ID__c": "L-1", "Surname": "Moss"}]}"#,
            ),
            "body.records[0]: Additional properties are not allowed ('Surname' was unexpected)",
        ),
        (
            (
                "PATCH",
                "/services/data/v66.0/composite/sobjects/Lead/Lead_ID__c",
                r#"{"records": [{"Lead_ID__c": "L-1"}]}"#,
            ),
            "body.records[0]: 'attributes' is a required property",
        ),
        (
            (
                "POST",
                "/services/data/v66.0/composite",
                r#"{"compositeRequest": [{"method": "POST", "url": "/services/data/v66.0/sobjects/Lead",
                    "referenceId": "lead", "body": {"LastName": "Lovelace"}}]}"#,
            ),
            "compositeRequest[0]: body: 'Company' is a required property",
        ),
        (
            (
                "PUT",
                "/services/data/v66.0/jobs/ingest/7505g00000AbCdEFGH/batches",
                "Lead_ID__c,LastName,Company,NumberOfEmployees\nL-1,Moss,Example,many\n",
            ),
            "body[0].NumberOfEmployees: 'many' is not of type 'integer', 'null'",
        ),
        (
            (
                "PUT",
                "/services/data/v66.0/jobs/ingest/7505g00000AbCdEFGH/batches",
                "Lead_ID__c,LastName,Company,Surname\nL-1,Moss,Example,Moss\n",
            ),
            "body[0]: Additional properties are not allowed ('Surname' was unexpected)",
        ),
        (
            ("GET", "/services/data/v66.0/query?q=SELECT+Id+FROM+Lead&limit=5", ""),
            "query.limit: unknown parameter",
        ),
        (("GET", "/services/data/v66.0/query?q=Lead", ""), "query.q: 'Lead' does not match"),
        (("GET", "/services/data/v66.0/sobjects/Laed/describe", ""), "no document names this path"),
        (("GET", "/services/data/66/sobjects/Lead/describe", ""), "path.v: '66' does not match"),
        (("GET", "/services/data/v66.0/leads", ""), "no document names this path"),
    ],
};

const ZOHO: Vendor = Vendor {
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

const VENDORS: [Vendor; 4] = [HUBSPOT, PIPEDRIVE, SALESFORCE, ZOHO];

fn request((method, address, body): Asked, access: Option<(&str, &str)>, kind: &str) -> Request<Bytes> {
    let mut request = Request::builder().method(method).uri(format!("https://api.example.com{address}"));
    if let Some((name, value)) = access {
        request = request.header(name, value);
    }
    if !body.is_empty() {
        request = request.header("content-type", kind);
    }
    request.body(Bytes::from(body)).unwrap()
}

fn kind(body: &str) -> &'static str {
    if body.starts_with('{') { "application/json" } else { "text/csv" }
}

#[test]
fn each_slip_is_objected_to_and_nothing_else_is() {
    for vendor in VENDORS {
        let contract = Contract::of(vendor.id);
        if !contract.is_there() {
            continue;
        }
        for asked in vendor.right {
            let faults = contract.request(&request(*asked, Some(vendor.access), kind(asked.2)));
            assert_eq!(faults, Vec::<String>::new(), "{}: {asked:?} is right", vendor.id);
        }
        for (asked, expected) in vendor.wrong {
            let faults = contract.request(&request(*asked, Some(vendor.access), kind(asked.2)));
            let only = matches!(&faults[..], [fault] if fault.starts_with(expected));
            assert!(only, "{}: {asked:?} is wrong in that {expected}: {faults:#?}", vendor.id);
        }
    }
}

#[test]
fn a_request_that_does_not_say_who_it_is_or_what_it_holds_is_objected_to() {
    for vendor in VENDORS {
        let contract = Contract::of(vendor.id);
        if !contract.is_there() {
            continue;
        }
        let asked = vendor.right[0];
        let nobody = contract.request(&request(asked, None, kind(asked.2)));
        assert_eq!(nobody.len(), 1, "{}: access is missing: {nobody:?}", vendor.id);
        let odd = contract.request(&request(asked, Some(vendor.access), "text/plain"));
        assert!(matches!(&odd[..], [fault] if fault.starts_with("content type")), "{}: {odd:?}", vendor.id);
    }
}

/// Token endpoints are documented in prose: the standard is the contract.
#[test]
fn requests_for_tokens_are_read_by_the_standard() {
    let check = |id: &str, path: &'static str, form: &str, expected: &[&str]| {
        let contract = Contract::of(id);
        if !contract.is_there() {
            return;
        }
        let basic = (id == "pipedrive").then_some(("authorization", "Basic aWQ6c2VjcmV0"));
        let asked = request(("POST", path, ""), basic, "");
        let (mut parts, _) = asked.into_parts();
        parts.headers.insert("content-type", "application/x-www-form-urlencoded".parse().unwrap());
        let faults = contract.request(&Request::from_parts(parts, Bytes::from(form.to_owned())));
        assert_eq!(faults, expected, "{id}: {form}");
    };
    for (id, path) in [("zoho", "/oauth/v2/token"), ("salesforce", "/services/oauth2/token")] {
        check(id, path, "grant_type=refresh_token&refresh_token=r&client_id=c", &[]);
        check(
            id,
            path,
            "grant_type=authorization_code&client_id=c",
            &["body: 'code' is a required property"],
        );
        check(id, path, "grant_type=refresh_token&refresh_token=r&org=1", &["body.org: unknown property"]);
    }
    check("pipedrive", "/oauth/token", "grant_type=authorization_code&code=c&redirect_uri=u", &[]);
    check("pipedrive", "/oauth/token", "grant_type=refresh_token&refresh_token=r", &[]);
    let verifier = "grant_type=authorization_code&code=c&redirect_uri=u&code_verifier=v";
    check("pipedrive", "/oauth/token", verifier, &["body.code_verifier: unknown property"]);
}
