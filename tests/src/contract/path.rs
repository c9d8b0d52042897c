//! Path templates of a document, and how closely a path fits one.

use percent_encoding::percent_decode_str;
use regex::Regex;

/// `/leads/{id}` below a server's path.
#[derive(Debug)]
pub(super) struct Template {
    base: Regex,
    below: Regex,
    names: Vec<String>,
    letters: usize,
    strict_slash: bool,
}

/// A path that fits a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Fit {
    /// The path below the server's.
    pub(super) below: String,
    /// Values of the parameters, in their order, decoded.
    pub(super) values: Vec<(String, String)>,
}

impl Template {
    /// `base`: regular expressions of the server's path, any of which may stand before `template`.
    pub(super) fn new(base: &[String], template: &str, strict_slash: bool) -> Self {
        let template = if strict_slash { template } else { template.trim_end_matches('/') };
        let (mut pattern, mut names, mut letters) = (String::from("^"), Vec::new(), 0);
        let mut rest = template;
        while let Some((before, after)) = rest.split_once('{') {
            let Some((name, after)) = after.split_once('}') else { break };
            pattern.push_str(&regex::escape(before));
            pattern.push_str("([^/]+)");
            letters += before.len();
            names.push(name.to_owned());
            rest = after;
        }
        pattern.push_str(&regex::escape(rest));
        pattern.push('$');
        letters += rest.len();
        let base = format!("^(?:{})", base.join("|"));
        Self { base: regex(&base), below: regex(&pattern), names, letters, strict_slash }
    }

    pub(super) fn fit(&self, path: &str) -> Option<Fit> {
        let path = if self.strict_slash { path } else { path.trim_end_matches('/') };
        let below = &path[self.base.find(path)?.end()..];
        let found = self.below.captures(below)?;
        let values = found.iter().skip(1).flatten().map(|value| decoded(value.as_str()));
        Some(Fit { below: below.to_owned(), values: self.names.iter().cloned().zip(values).collect() })
    }

    /// Less is closer: few parameters, then many fixed letters.
    pub(super) fn distance(&self) -> (usize, usize) {
        (self.names.len(), usize::MAX - self.letters)
    }
}

fn regex(pattern: &str) -> Regex {
    Regex::new(pattern).unwrap_or_else(|error| panic!("a contract's path: {error}"))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(template: &str, path: &str, expected: Option<&[&str]>) {
        let fit = Template::new(&["(/api)?/v1".to_owned()], template, false).fit(path);
        let values = fit.map(|fit| fit.values.into_iter().map(|(_, value)| value).collect::<Vec<_>>());
        let expected = expected.map(|values| values.iter().map(|&value| value.to_owned()).collect());
        assert_eq!(values, expected, "{template} and {path}");
    }

    #[test]
    fn paths_fit_below_the_servers_path() {
        check("/leads/{id}", "/v1/leads/5", Some(&["5"]));
        check("/leads/{id}", "/api/v1/leads/a%40b/", Some(&["a@b"]));
        check("/leads({key})", "/v1/leads(5)", Some(&["5"]));
        check("/leads/{id}", "/v1/leads/5/notes", None);
        check("/leads/{id}", "/v2/leads/5", None);
        check("/leads", "/v1leads", None);
    }

    #[test]
    fn a_fixed_name_is_closer_than_a_parameter() {
        let template = |text| Template::new(&[String::new()], text, false).distance();
        assert!(template("/{module}/search") < template("/{module}/{id}"), "or every name would be an id");
        assert!(template("/Leads/{id}") < template("/Tag/{id}"), "longer names are more exact");
    }
}
