//! One OpenAPI document and the operations in it.

use serde_json::{Map, Value};
use url::Url;

use super::gate::Gate;
use super::path::Template;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// A document as it lies in the vendor's folder.
#[derive(Debug)]
pub(super) struct Document {
    /// The file's name.
    pub(super) name: String,
    pub(super) root: Value,
}

/// One method of one path.
#[derive(Debug)]
pub(super) struct Operation {
    /// The place of its document in the vendor's list.
    pub(super) document: usize,
    pub(super) template: Template,
    /// In capitals.
    pub(super) method: String,
    /// Its key in the document.
    path: String,
}

/// Something in a document that may refer to others: a schema, a parameter, an answer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'v> {
    pub(super) document: &'v Document,
    pub(super) value: &'v Value,
    /// What a reference called it.
    pub(super) name: Option<&'v str>,
}

impl<'v> Part<'v> {
    /// What is inside under `key`.
    pub(super) fn get(&self, key: &str) -> Option<Self> {
        self.value.get(key).map(|value| self.with(value))
    }

    /// Another value of the same document.
    pub(super) fn with(&self, value: &'v Value) -> Self {
        Self { document: self.document, value, name: None }
    }

    pub(super) fn text(&self, key: &str) -> Option<&'v str> {
        self.value.get(key).and_then(Value::as_str)
    }

    pub(super) fn is(&self, key: &str) -> bool {
        self.value.get(key).and_then(Value::as_bool).unwrap_or_default()
    }

    pub(super) fn list(&self, key: &str) -> impl Iterator<Item = Self> + use<'v> {
        let part = *self;
        self.value.get(key).and_then(Value::as_array).into_iter().flatten().map(move |value| part.with(value))
    }
}

impl Document {
    pub(super) fn part<'v>(&'v self, value: &'v Value) -> Part<'v> {
        Part { document: self, value, name: None }
    }

    /// Every operation, with the servers it is on.
    pub(super) fn operations(&self, place: usize, gate: &Gate) -> Vec<Operation> {
        let empty = Map::new();
        let paths = self.root["paths"].as_object().unwrap_or(&empty);
        let mut operations = Vec::new();
        for (path, item) in paths {
            for method in METHODS {
                let Some(operation) = item.get(method) else { continue };
                let servers = [operation, item, &self.root].into_iter().find_map(|part| part.get("servers"));
                let bases = bases(servers, gate);
                operations.push(Operation {
                    document: place,
                    template: Template::new(&bases, path, gate.strict_slash),
                    method: method.to_uppercase(),
                    path: path.clone(),
                });
            }
        }
        operations
    }

    /// What the document says of `operation`, and of its path.
    pub(super) fn described<'v>(&'v self, operation: &Operation) -> (Part<'v>, Part<'v>) {
        let item = &self.root["paths"][&operation.path];
        (self.part(&item[operation.method.to_lowercase()]), self.part(item))
    }
}

/// The servers' paths as regular expressions, the same one once.
fn bases(servers: Option<&Value>, gate: &Gate) -> Vec<String> {
    let urls =
        servers.and_then(Value::as_array).into_iter().flatten().filter_map(|server| server["url"].as_str());
    let mut bases: Vec<String> = urls
        .map(|url| {
            let path = server_path(url);
            gate.server_path_regex.get(&path).cloned().unwrap_or_else(|| regex::escape(&path))
        })
        .collect();
    if bases.is_empty() {
        bases.push(String::new());
    }
    bases.sort();
    bases.dedup();
    bases
}

/// The path of a server's address, whose host may hold variables.
fn server_path(url: &str) -> String {
    let plain = url.replace(['{', '}'], "");
    let path = Url::parse(&plain).map_or_else(|_| plain.clone(), |url| url.path().to_owned());
    path.trim_end_matches('/').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn servers_have_paths() {
        let check = |url, path: &str| assert_eq!(server_path(url), path, "{url}");
        check("https://api.example.com/api/v2", "/api/v2");
        check("https://{instance}.example.com/services/data/v59.0", "/services/data/v59.0");
        check("https://api.example.com", "");
    }
}
