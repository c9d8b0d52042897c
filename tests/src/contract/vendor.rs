//! A vendor's folder: its documents, how they are to be read, and which operation a request is.

use std::path::Path;

use serde_json::Value;

use super::document::{Document, Operation, Part};
use super::folder::{json, json_files};
use super::gate::Gate;
use super::path::Fit;
use super::schema::{Reader, Rules};
use super::{addenda, lenient};

/// A vendor's contract.
#[derive(Debug)]
pub(super) struct Vendor {
    id: String,
    pub(super) gate: Gate,
    documents: Vec<Document>,
    operations: Vec<Operation>,
}

/// The operation of a request.
pub(super) struct Found<'v> {
    /// Method and path below the server's.
    pub(super) name: String,
    pub(super) fit: Fit,
    pub(super) operation: Part<'v>,
    /// Of the path and of the operation; what is said twice counts as the operation says.
    pub(super) parameters: Vec<Part<'v>>,
}

/// How probable it is that an operation is meant, less first: the path's values are right, its document goes before others, its path
/// is close, its document comes early.
type Rank = (bool, bool, (usize, usize), usize);

impl Vendor {
    /// Reads the folder of `id`.
    pub(super) fn read(id: &str, folder: &Path) -> Self {
        let gate =
            Gate::read(json(&folder.join("gate.json"))).unwrap_or_else(|error| panic!("{id}: {error}"));
        let documents = json_files(&folder.join("specs")).into_iter();
        let documents = documents.map(|(name, root)| Document { name: format!("{name}.json"), root });
        Self::new(id, gate, documents.chain(addenda::of(id)).collect())
    }

    pub(super) fn new(id: &str, gate: Gate, mut documents: Vec<Document>) -> Self {
        documents.sort_by_key(|document| !gate.primary.contains(&document.name));
        let of = |(place, document): (usize, &Document)| document.operations(place, &gate);
        let operations: Vec<Operation> = documents.iter().enumerate().flat_map(of).collect();
        assert!(!operations.is_empty(), "{id}: a contract without operations checks nothing");
        Self { id: id.to_owned(), gate, documents, operations }
    }

    /// The operations that are asked for by `method` and `path`: mostly one, and several where a document keeps two under one path,
    /// the more probable first. Or why there is none.
    pub(super) fn find(&self, method: &str, path: &str) -> Result<Vec<Found<'_>>, String> {
        let path = self.gate.aliased(path);
        let fits: Vec<(&Operation, Fit)> = self
            .operations
            .iter()
            .filter_map(|operation| Some((operation, operation.template.fit(&path)?)))
            .filter(|(_, fit)| self.takes(fit))
            .collect();
        if fits.is_empty() {
            return Err("no document names this path".to_owned());
        }
        let asked = fits.into_iter().filter(|(operation, _)| operation.method == method);
        let mut ranked: Vec<_> = asked.map(|(operation, fit)| self.found(operation, fit)).collect();
        ranked.sort_by_key(|(rank, _)| *rank);
        let closest = ranked.first().map(|(rank, _)| *rank);
        let closest = closest.ok_or_else(|| format!("no document names {method} for this path"))?;
        Ok(ranked.into_iter().filter(|(rank, _)| *rank == closest).map(|(_, found)| found).collect())
    }

    /// Takes away what is no fault of `operation` as others of the vendor's pages and recordings show.
    pub(super) fn excuse(&self, operation: &str, faults: &mut Vec<String>) {
        faults.retain(|fault| {
            !self.gate.waives(operation, fault) && !lenient::allows(&self.id, operation, fault)
        });
    }

    /// Whether each value of the path is one that the gate allows. A reference within a composite call may be anything.
    fn takes(&self, fit: &Fit) -> bool {
        let fits = |(name, value): &(String, String)| {
            self.gate.path_values.get(name).is_none_or(|allowed| allowed.fits(value) || is_reference(value))
        };
        fit.values.iter().all(fits)
    }

    fn found<'v>(&'v self, operation: &Operation, fit: Fit) -> (Rank, Found<'v>) {
        let document = &self.documents[operation.document];
        let (described, item) = document.described(operation);
        let mut parameters: Vec<Part<'_>> = Vec::new();
        for parameter in described.list("parameters").chain(item.list("parameters")) {
            let parameter = self.resolved(parameter);
            let same = |known: &&Part<'_>| {
                known.text("name") == parameter.text("name") && known.text("in") == parameter.text("in")
            };
            if parameter.text("name").is_some() && !parameters.iter().any(|known| same(&known)) {
                parameters.push(parameter);
            }
        }
        let name = format!("{} {}", operation.method, fit.below);
        let found = Found { name, fit, operation: described, parameters };
        let second = !self.gate.primary.contains(&document.name);
        let wrong = !self.path_faults(&found).is_empty();
        ((wrong, second, operation.template.distance(), operation.document), found)
    }

    /// What is wrong with the values in the path.
    pub(super) fn path_faults(&self, found: &Found<'_>) -> Vec<String> {
        let mut faults = Vec::new();
        let reader = Reader::new(self, Rules::TEXT, &found.name);
        for parameter in found.parameters.iter().filter(|parameter| parameter.text("in") == Some("path")) {
            let name = parameter.text("name").unwrap_or_default();
            let value = found.fit.values.iter().find(|(known, _)| known == name).map(|(_, value)| value);
            if let (Some(value), Some(schema)) = (value, parameter.get("schema"))
                && !is_reference(value)
            {
                reader.read(schema, &Value::from(value.as_str()), &format!("path.{name}"), &mut faults);
            }
        }
        faults
    }

    /// What `part` refers to, if it refers to something.
    pub(super) fn resolved<'v>(&'v self, part: Part<'v>) -> Part<'v> {
        let mut part = part;
        // References to references are seldom deep, and never endless.
        for _ in 0..8 {
            match part.text("$ref").and_then(|reference| self.referred(part.document, reference)) {
                Some(target) => part = target,
                None => break,
            }
        }
        part
    }

    /// `#/components/…` of the same document, or of the named one.
    pub(super) fn referred<'v>(&'v self, from: &'v Document, reference: &'v str) -> Option<Part<'v>> {
        let (file, pointer) = reference.split_once('#')?;
        let document = match file {
            "" => from,
            _ => self.documents.iter().find(|document| document.name == file)?,
        };
        let value = document.root.pointer(pointer)?;
        Some(Part { document, value, name: pointer.rsplit('/').next() })
    }
}

/// `@{refLead.id}`: a value that an earlier part of a composite call will give.
fn is_reference(value: &str) -> bool {
    value.contains("@{")
}
