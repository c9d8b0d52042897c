//! Requests that are wrong in one place each: our reading of a contract must object to that place, and to nothing else.

mod further;
mod hubspot;
mod pipedrive;
mod salesforce;
mod zoho;

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

const VENDORS: [Vendor; 8] = [
    further::CLOSE,
    further::DYNAMICS,
    further::LEADSQUARED,
    further::WHATSAPP,
    hubspot::HUBSPOT,
    pipedrive::PIPEDRIVE,
    salesforce::SALESFORCE,
    zoho::ZOHO,
];

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
    if body.starts_with(['{', '[']) { "application/json" } else { "text/csv" }
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

#[test]
fn a_write_is_answered_without_the_record_unless_it_is_preferred() {
    let contract = Contract::of("dynamics");
    if !contract.is_there() {
        return;
    }
    let body = r#"{"lastname": "Moss"}"#;
    let asked = request(("POST", "/api/data/v9.2/leads", body), Some(further::DYNAMICS.access), kind(body));
    let (mut asked, _) = asked.into_parts();
    let record = http::Response::builder().status(201).header("content-type", "application/json");
    let record = record.body(Bytes::from_static(b"{}")).unwrap();
    assert_eq!(contract.answer(&asked, &record).len(), 1, "nobody asked for the record");
    asked.headers.insert("prefer", "return=representation".parse().unwrap());
    assert_eq!(contract.answer(&asked, &record), Vec::<String>::new(), "now somebody does");
}
