//! Recorded answers of vendors, with the requests they answer.

use bytes::Bytes;
use http::{Request, Response};
use serde_json::Value;

use super::folder::{contracts, json_files};

/// How much a recording proves.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grade {
    /// A tool recorded request and answer.
    Recorded,
    /// A real answer in somebody's test; path and status are the test's.
    Pasted,
    /// Written or quoted.
    Retold,
}

/// One exchange.
#[derive(Clone, Debug)]
pub struct Recording {
    /// Its name.
    pub name: String,
    /// How much it proves.
    pub grade: Grade,
    json: Value,
}

/// The recordings of `vendor`; `None` where there are no contracts, which says so aloud or stops (see [`super::folder`]).
pub fn recordings(vendor: &str) -> Option<Vec<Recording>> {
    let folder = contracts(&format!("{vendor}/examples"))?;
    let recordings = json_files(&folder).into_iter().map(|(name, json)| {
        let grade = match json["grade"].as_str() {
            Some("A") => Grade::Recorded,
            Some("B") => Grade::Pasted,
            _ => Grade::Retold,
        };
        Recording { name, grade, json }
    });
    Some(recordings.collect())
}

impl Recording {
    /// The request, below `before`; `access` is the header the recording left out.
    pub fn request(&self, before: &str, access: (&str, &str)) -> Request<Bytes> {
        let asked = &self.json["request"];
        let text = |name: &str| asked[name].as_str().unwrap_or_default();
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        for (name, value) in asked["query"].as_object().into_iter().flatten() {
            query.append_pair(name, value.as_str().unwrap_or_default());
        }
        let query = query.finish();
        let mark = if query.is_empty() { "" } else { "?" };
        let request = Request::builder()
            .method(text("method"))
            .uri(format!("https://api.example.com{before}{}{mark}{query}", text("path")))
            .header(access.0, access.1);
        let request = match &asked["body"] {
            Value::Null => request.body(Bytes::new()),
            Value::String(empty) if empty.is_empty() => request.body(Bytes::new()),
            body => request.header("content-type", "application/json").body(Bytes::from(body.to_string())),
        };
        request.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }

    /// The status of the answer.
    pub fn status(&self) -> u16 {
        let status = self.json["response"]["status"].as_u64().and_then(|status| u16::try_from(status).ok());
        status.unwrap_or_else(|| panic!("{}: no status", self.name))
    }

    /// The body of the answer.
    pub fn body(&self) -> &Value {
        &self.json["response"]["body"]
    }

    /// The answer.
    pub fn response(&self) -> Response<Bytes> {
        let answer = Response::builder().status(self.status());
        let answer = match self.body() {
            Value::String(text) => answer.body(Bytes::from(text.clone())),
            body => answer.header("content-type", "application/json").body(Bytes::from(body.to_string())),
        };
        answer.unwrap_or_else(|error| panic!("{}: {error}", self.name))
    }
}
