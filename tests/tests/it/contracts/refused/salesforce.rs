//! Salesforce's objects as they described themselves: single, in collections, in composite calls and in tables.

use super::Vendor;

pub(super) const SALESFORCE: Vendor = Vendor {
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
