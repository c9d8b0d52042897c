//! A verified body as records: JSON, forms, multipart fields, and JSON that calls itself plain text.

use std::convert::Infallible;

use axum::http::{HeaderMap, header};
use bytes::Bytes;
use encoding_rs::{Encoding, UTF_8};
use leadferry_model::Record;

use super::refusal::Refusal;
use super::{flatten, form};

/// What the body says it is.
pub(super) enum Kind {
    Json,
    Form,
    Multipart { boundary: String },
}

/// The records in a body, and the JSON itself where it is one (a handshake looks into it).
pub(super) struct Parsed {
    pub(super) records: Vec<Record>,
    pub(super) json: Option<serde_json::Value>,
}

/// Reads a body.
pub(super) async fn parse(headers: &HeaderMap, body: Bytes) -> Result<Parsed, Refusal> {
    let named = headers.get(header::CONTENT_TYPE).map(|value| String::from_utf8_lossy(value.as_bytes()));
    let content_type = named.as_deref().unwrap_or_default();
    if let Some(coding) = headers.get(header::CONTENT_ENCODING).filter(|coding| *coding != "identity") {
        let coding = String::from_utf8_lossy(coding.as_bytes());
        return Err(unknown(&format!("{content_type}, compressed as {coding}")));
    }
    let charset = charset(content_type)?;
    if body.trim_ascii().is_empty() {
        return Ok(Parsed { records: Vec::new(), json: None });
    }
    let (records, json) = match kind(content_type, &body)? {
        Kind::Json => {
            let json = read_json(&body, charset)?;
            (flatten::json(&json)?, Some(json))
        }
        Kind::Form => (flatten::fields(form::pairs(&body, charset))?, None),
        Kind::Multipart { boundary } => (flatten::fields(multipart(body, boundary).await?)?, None),
    };
    Ok(Parsed { records, json })
}

fn unknown(found: &str) -> Refusal {
    let found = if found.is_empty() { "(none)" } else { found };
    Refusal::UnknownType { found: found.chars().take(100).collect() }
}

fn malformed(problem: impl Into<String>) -> Refusal {
    Refusal::Malformed { problem: problem.into() }
}

fn kind(content_type: &str, body: &[u8]) -> Result<Kind, Refusal> {
    let name = content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let looks_like_json = || matches!(body.trim_ascii().first(), Some(b'{' | b'['));
    match name.as_str() {
        "application/json" | "text/json" => Ok(Kind::Json),
        name if name.starts_with("application/") && name.ends_with("+json") => Ok(Kind::Json),
        "application/x-www-form-urlencoded" => Ok(Kind::Form),
        "multipart/form-data" => match multer::parse_boundary(content_type) {
            Ok(boundary) => Ok(Kind::Multipart { boundary }),
            Err(_) => Err(malformed(
                "The form does not say where its fields end (no boundary). Send it as a plain form or as JSON.",
            )),
        },
        "text/plain" => Ok(Kind::Json),
        "" if looks_like_json() => Ok(Kind::Json),
        _ => Err(unknown(content_type)),
    }
}

/// The encoding named in the content type; UTF-8 where none is.
fn charset(content_type: &str) -> Result<&'static Encoding, Refusal> {
    let mut parameters =
        content_type.split(';').skip(1).filter_map(|parameter| parameter.trim().split_once('='));
    match parameters.find(|(name, _)| name.eq_ignore_ascii_case("charset")) {
        None => Ok(UTF_8),
        Some((_, label)) => {
            let label = label.trim().trim_matches('"');
            Encoding::for_label_no_replacement(label.as_bytes()).ok_or_else(|| unknown(content_type))
        }
    }
}

fn read_json(body: &[u8], charset: &'static Encoding) -> Result<serde_json::Value, Refusal> {
    let (text, _, broken) = charset.decode(body);
    if broken {
        return Err(malformed(format!(
            "Some letters cannot be read as {}. Send the data as UTF-8.",
            charset.name()
        )));
    }
    serde_json::from_str(&text).map_err(|error| {
        let (line, column) = (error.line(), error.column());
        malformed(format!("The data is not complete JSON: it stops making sense at line {line}, column {column}. Check how the sender puts it together."))
    })
}

/// Names and values of a multipart form. Of a file only its name is kept.
async fn multipart(body: Bytes, boundary: String) -> Result<Vec<(String, String)>, Refusal> {
    let broken = |_| malformed("The form breaks off in the middle of a field. Send it again.");
    let stream = futures::stream::once(async move { Ok::<_, Infallible>(body) });
    let mut form = multer::Multipart::new(stream, boundary);
    let mut pairs = Vec::new();
    while let Some(field) = form.next_field().await.map_err(broken)? {
        let Some(name) = field.name().map(str::to_owned) else { continue };
        let value = match field.file_name().map(str::to_owned) {
            Some(file) => file,
            None => field.text().await.map_err(broken)?,
        };
        pairs.push((name, value));
    }
    Ok(pairs)
}
