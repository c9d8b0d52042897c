//! What vendors were really asked and really answered, put before our reading of their contracts: it must not object, or it is too
//! strict. Where it does, the recording is not all real, and stands here with its reason; where a document says less than the vendor
//! does, [`LENIENT`] says so.

use leadferry_tests::contract::Contract;
use leadferry_tests::contract::folder::contracts;
use leadferry_tests::contract::lenient::{Evidence, LENIENT};
use leadferry_tests::contract::recording::{Grade, Recording, recordings};
use regex::Regex;

/// How a vendor's recordings are to be completed.
struct Vendor {
    id: &'static str,
    /// What the recording proxy left out of the paths.
    before: fn(&Recording) -> &'static str,
    /// Paths of an older version as the described one has them.
    renewed: &'static [(&'static str, &'static str)],
    /// The header with access, which recordings never hold.
    access: (&'static str, &'static str),
}

const VENDORS: &[Vendor] = &[
    Vendor {
        id: "hubspot",
        before: |_| "",
        renewed: &[
            ("/crm/v3/objects/", "/crm/objects/2026-03/"),
            ("/crm/v3/properties/", "/crm/properties/2026-03/"),
            ("/crm/v3/pipelines/", "/crm/pipelines/2026-03/"),
        ],
        access: ("authorization", "Bearer pat-na1-00000000-0000"),
    },
    Vendor {
        id: "pipedrive",
        before: |recording| if recording.name.starts_with("nango-") { "/api" } else { "" },
        renewed: &[],
        access: ("x-api-token", "token"),
    },
    Vendor { id: "salesforce", before: |_| "", renewed: &[], access: ("authorization", "Bearer token") },
    Vendor { id: "zoho", before: |_| "", renewed: &[], access: ("authorization", "Zoho-oauthtoken token") },
    Vendor { id: "activecampaign", before: |_| "", renewed: &[], access: ("api-token", "token") },
    Vendor { id: "capsule", before: |_| "", renewed: &[], access: ("authorization", "Bearer token") },
    Vendor { id: "close", before: |_| "", renewed: &[], access: ("authorization", "Bearer token") },
    Vendor { id: "copper", before: |_| "", renewed: &[], access: ("x-pw-accesstoken", "token") },
    Vendor { id: "dynamics", before: |_| "", renewed: &[], access: ("authorization", "Bearer token") },
    Vendor { id: "freshsales", before: |_| "", renewed: &[], access: ("authorization", "Token token=token") },
    Vendor { id: "whatsapp", before: |_| "", renewed: &[], access: ("authorization", "Bearer token") },
];

const NO_BODY: &[&str] = &["body: there is none"];

/// Vendor, recording, what is objected to, and why that is right.
type Objected = (&'static str, &'static str, &'static [&'static str], &'static str);

const OBJECTED: &[Objected] = &[
    ("capsule", "amp-write-task-new", NO_BODY, "the request is the test's"),
    ("close", "amp-unsupported", &["no document names this path"], "it asks for something that there is not"),
    ("copper", "amp-custom-fields", &["no document names this path"], "the description is incomplete"),
    ("copper", "amp-write-companies-new", NO_BODY, "the request is the test's"),
    ("copper", "amp-write-unprocessable-entity", NO_BODY, "the request is the test's"),
    (
        "freshsales",
        "rudder-freshsales-crm-sales-api-contacts-upsert-200",
        NO_BODY,
        "the request is the test's",
    ),
    (
        "freshsales",
        "rudder-freshsales-crm-sales-api-selector-lifecycle_stages-200",
        &["no document names this path"],
        "the description is incomplete",
    ),
    (
        "hubspot",
        "amp-batch-create-contacts-success",
        &["content type None instead of Some(\"application/json\")", "the body is no JSON"],
        "the request is the test's, and has no body",
    ),
    (
        "hubspot",
        "amp-search-contacts-1-first-page",
        &["content type None instead of Some(\"application/json\")", "the body is no JSON"],
        "the request is the test's, and has no body",
    ),
    (
        "hubspot",
        "amp-search-error-invalid-object",
        &["no such endpoint"],
        "it asks for an object that there is not",
    ),
    (
        "hubspot",
        "nango-create-deal",
        &["body.properties.amount is no text"],
        "numbers are accepted, but the vendor's document knows texts only",
    ),
    (
        "salesforce",
        "amp-unknown-field",
        &["path.id: '001x' does not match", "body: there is none"],
        "the request is the test's: an id that is none, and no body",
    ),
    (
        "zoho",
        "amp-unsupportedread",
        &["no document names this path"],
        "it asks for a module that there is not",
    ),
    (
        "zoho",
        "nango-create-note",
        &[
            "body.data[0].Parent_Id: '7328395000000705001' is not of type 'object'",
            "body.data[0].se_module: unknown",
        ],
        "asked of v2, which took the parent in two fields; v8 takes an object",
    ),
];

impl Vendor {
    fn faults(&self, contract: &Contract, recording: &Recording) -> Vec<String> {
        let mut request = recording.request((self.before)(recording), self.access);
        for (older, path) in self.renewed {
            let uri = request.uri().to_string().replace(older, path);
            *request.uri_mut() = uri.parse().unwrap();
        }
        let mut faults = contract.request(&request);
        let (asked, _) = request.into_parts();
        faults.extend(contract.answer(&asked, &recording.response()));
        faults
    }

    /// The recordings that prove something.
    fn recordings(&self) -> Option<Vec<Recording>> {
        let mut recordings = recordings(self.id)?;
        recordings.retain(|recording| recording.grade != Grade::Retold);
        assert!(!recordings.is_empty(), "{}: a check of nothing proves nothing", self.id);
        assert!(Contract::of(self.id).is_there(), "{}: recordings without a contract", self.id);
        Some(recordings)
    }
}

#[test]
fn recorded_exchanges_are_within_the_contract() {
    for vendor in VENDORS {
        let contract = Contract::of(vendor.id);
        for recording in vendor.recordings().into_iter().flatten() {
            let faults = vendor.faults(&contract, &recording);
            let known = OBJECTED.iter().find(|(id, name, ..)| *id == vendor.id && *name == recording.name);
            let (expected, why) = known.map_or((&[][..], ""), |(.., expected, why)| (*expected, *why));
            let same = faults.len() == expected.len()
                && faults.iter().zip(expected).all(|(fault, expected)| fault.starts_with(expected));
            assert!(same, "{} {}: {faults:#?} instead of {expected:#?} {why}", vendor.id, recording.name);
        }
    }
}

#[test]
fn each_leniency_is_needed_by_the_recording_it_stands_for() {
    for vendor in VENDORS {
        let Some(recordings) = vendor.recordings() else { continue };
        let contract = Contract::of(vendor.id).to_the_letter();
        for line in LENIENT.iter().filter(|line| line.vendor == vendor.id) {
            let Evidence::Recording(name) = line.evidence else { continue };
            let recording = recordings.iter().find(|recording| recording.name == name);
            let recording = recording.unwrap_or_else(|| panic!("{name} is among the recordings"));
            let reason = Regex::new(line.reason).unwrap();
            let faults = vendor.faults(&contract, recording);
            assert!(
                faults.iter().any(|fault| reason.is_match(fault)),
                "{name} does not show {}: {faults:#?}",
                line.reason
            );
        }
    }
}

#[test]
fn every_vendors_folder_is_read_without_code_of_its_own() {
    let Some(folder) = contracts("") else { return };
    let mut read = 0;
    for vendor in std::fs::read_dir(folder).unwrap().filter_map(Result::ok) {
        if vendor.path().join("specs").is_dir() {
            let id = vendor.file_name().to_string_lossy().into_owned();
            assert!(Contract::of(&id).is_there(), "{id} is read");
            read += 1;
        }
    }
    assert!(read > 0, "contracts without a document prove nothing");
}
