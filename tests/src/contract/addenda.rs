//! What the vendors' pages document and their documents leave out, as far as the connectors use it: further documents of ours in
//! the same form, each path with its source. A path that is missing is added here once a page of the vendor's names it.

use super::document::Document;

const WRITTEN: &[(&str, &str, &str)] = &[
    ("pipedrive", "pipedrive.json", include_str!("addenda/pipedrive.json")),
    ("salesforce", "salesforce.json", include_str!("addenda/salesforce.json")),
    ("zoho", "zoho.json", include_str!("addenda/zoho.json")),
];

/// The addenda to the documents of `id`.
pub(super) fn of(id: &str) -> impl Iterator<Item = Document> + use<'_> {
    let ours = WRITTEN.iter().filter(move |(vendor, ..)| *vendor == id);
    ours.map(|(_, name, text)| {
        let root = serde_json::from_str(text).unwrap_or_else(|error| panic!("BUG: {name}: {error}"));
        Document { name: format!("addendum-{name}"), root }
    })
}
