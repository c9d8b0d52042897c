//! `gate.json`: how a vendor's documents are to be read.
//!
//! A key that is not known here stops the check: it would be a rule that nobody keeps.

use std::collections::BTreeMap;

use regex::Regex;
use serde::{Deserialize, Deserializer};

/// A regular expression out of a contract.
#[derive(Debug)]
pub(super) struct Pattern(Regex);

impl Pattern {
    pub(super) fn fits(&self, text: &str) -> bool {
        self.0.is_match(text)
    }

    /// `text` with the first place that fits replaced by `with`, to the letter.
    pub(super) fn replaced(&self, text: &str, with: &str) -> String {
        self.0.replacen(text, 1, regex::NoExpand(with)).into_owned()
    }
}

impl<'de> Deserialize<'de> for Pattern {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Regex::new(&text).map(Self).map_err(serde::de::Error::custom)
    }
}

/// Whose words the documents are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Authority {
    /// The vendor's own.
    Vendor,
    /// Made from the vendor's recorded or published metadata.
    Derived,
    /// Somebody's description: what is missing there may be right.
    ThirdParty,
    /// There are none.
    #[default]
    None,
}

/// Where recorded traffic shows the live API to be more lenient than its document.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Waive {
    /// Method and path below the server's.
    pub(super) op: Pattern,
    /// The fault that is none.
    pub(super) reason: Pattern,
    /// Who saw it accepted.
    #[serde(rename = "evidence")]
    _evidence: String,
}

/// Names of an open object. It takes further ones, but one that looks like these is a slip of the pen.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Near {
    /// Method and path below the server's.
    pub(super) op: Pattern,
    /// The place in the body.
    pub(super) at: Pattern,
    /// The names.
    pub(super) keys: Vec<String>,
}

/// Names that any object may hold beside the listed ones.
#[derive(Debug, Deserialize)]
#[serde(untagged)]
pub(super) enum Exempt {
    /// In every document.
    Everywhere(Pattern),
    /// In documents whose name fits the second.
    In(Pattern, Pattern),
}

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Gate {
    pub(super) authority: Authority,
    /// `Authorization` fits one of these.
    #[serde(default)]
    pub(super) auth_any: Vec<Pattern>,
    /// Or one of these headers is there.
    #[serde(default)]
    pub(super) auth_headers_any: Vec<String>,
    /// Or one of these query parameters.
    #[serde(default)]
    pub(super) auth_query_any: Vec<String>,
    /// Token endpoints: no access needed.
    #[serde(default)]
    pub(super) token_paths: Vec<String>,
    /// Fields of a token answer that hold where to go on.
    #[serde(default)]
    pub(super) rewrite: BTreeMap<String, String>,
    /// Query parameters that work everywhere.
    #[serde(default)]
    pub(super) extra_query: Vec<String>,
    #[serde(default)]
    pub(super) waive: Vec<Waive>,
    #[serde(default)]
    pub(super) near: Vec<Near>,
    /// Values of path parameters, by the parameter's name.
    #[serde(default)]
    pub(super) path_values: BTreeMap<String, Pattern>,
    /// Documents that go before the others.
    #[serde(default)]
    pub(super) primary: Vec<String>,
    /// Servers whose path comes in more than one form.
    #[serde(default)]
    pub(super) server_path_regex: BTreeMap<String, String>,
    #[serde(default)]
    pub(super) closed_exempt: Vec<Exempt>,
    /// Schemas whose objects take further properties.
    #[serde(default)]
    pub(super) open_schemas: Vec<String>,
    /// Versions that are read as the described one.
    pub(super) version_alias: Option<(Pattern, String)>,
    /// A slash at the end of a path matters.
    #[serde(default)]
    pub(super) strict_slash: bool,
    /// Bodies that the document leaves open have the fields of the answer.
    #[serde(default)]
    pub(super) body_from_response: bool,
    /// A write is answered with 204 unless its caller prefers the record.
    #[serde(default)]
    pub(super) prefer_204: bool,
}

impl Gate {
    pub(super) fn read(json: serde_json::Value) -> Result<Self, serde_json::Error> {
        serde_json::from_value(json)
    }

    /// Whether recorded traffic shows that `fault` of `operation` is none.
    pub(super) fn waives(&self, operation: &str, fault: &str) -> bool {
        self.waive.iter().any(|waive| waive.op.fits(operation) && waive.reason.fits(fault))
    }

    /// Whether objects of `document` may hold `name` beside the listed ones.
    pub(super) fn exempts(&self, document: &str, name: &str) -> bool {
        self.closed_exempt.iter().any(|exempt| match exempt {
            Exempt::Everywhere(names) => names.fits(name),
            Exempt::In(names, documents) => names.fits(name) && documents.fits(document),
        })
    }

    /// `path` in the version that is described.
    pub(super) fn aliased(&self, path: &str) -> String {
        match &self.version_alias {
            Some((version, described)) => version.replaced(path, described),
            None => path.to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_rule_that_is_not_known_is_not_passed_over() {
        let json = serde_json::json!({"authority": "vendor", "strict_case": true});
        assert!(Gate::read(json).is_err(), "nobody would keep it");
    }

    #[test]
    fn versions_are_read_as_the_described_one() {
        let json = serde_json::json!({"authority": "vendor", "version_alias": ["^/crm/v[2-8]/", "/crm/v8/"]});
        let gate = Gate::read(json).unwrap();
        assert_eq!(gate.aliased("/crm/v2/Leads"), "/crm/v8/Leads", "the older version's path");
        assert_eq!(gate.aliased("/crm/v9/Leads"), "/crm/v9/Leads", "but no other");
    }
}
