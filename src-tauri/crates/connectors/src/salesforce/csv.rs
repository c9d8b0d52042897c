//! The CSV of Bulk API 2.0: UTF-8, commas, line feeds, quotes around what would be taken for either. Pure.
//! <https://developer.salesforce.com/docs/atlas.en-us.api_asynch.meta/api_asynch/datafiles_prepare_csv.htm>

use std::collections::HashMap;

use csv::{QuoteStyle, ReaderBuilder, Terminator, WriterBuilder};
use serde_json::{Map, Value};

/// What clears a field: an empty value leaves it as it is.
pub(super) const CLEARED: &str = "#N/A";

/// The rows as CSV, with one column for each field that any of them has.
pub(super) fn write(rows: &[Map<String, Value>]) -> Vec<u8> {
    let mut columns: Vec<&str> = Vec::new();
    let mut places: HashMap<&str, usize> = HashMap::new();
    for name in rows.iter().flat_map(Map::keys) {
        places.entry(name).or_insert_with(|| {
            columns.push(name);
            columns.len() - 1
        });
    }
    let mut writer = WriterBuilder::new()
        .quote_style(QuoteStyle::Necessary)
        .terminator(Terminator::Any(b'\n'))
        .from_writer(Vec::new());
    let lines = rows
        .iter()
        .map(|row| columns.iter().map(|name| row.get(*name).map_or(String::new(), cell)).collect());
    for line in
        [columns.iter().map(|name| (*name).to_owned()).collect::<Vec<String>>()].into_iter().chain(lines)
    {
        writer.write_record(line).expect("BUG: every line has the header's length, and memory takes it");
    }
    writer.into_inner().expect("BUG: memory takes everything")
}

fn cell(value: &Value) -> String {
    match value {
        Value::Null => CLEARED.to_owned(),
        Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

/// Rows of a result, each by the names of its columns in lower case. `None` if it cannot be read.
pub(super) fn read(text: &str) -> Option<Vec<HashMap<String, String>>> {
    let mut reader = ReaderBuilder::new().flexible(true).from_reader(text.as_bytes());
    let columns: Vec<String> = reader.headers().ok()?.iter().map(str::to_lowercase).collect();
    let row = |record: csv::StringRecord| {
        columns.iter().cloned().zip(record.iter().map(str::to_owned)).collect::<HashMap<_, _>>()
    };
    reader.into_records().map(|record| record.ok().map(row)).collect()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn row(json: Value) -> Map<String, Value> {
        json.as_object().unwrap().clone()
    }

    #[test]
    fn values_are_quoted_where_they_would_be_read_otherwise() {
        let rows = [
            row(json!({"Lead_ID__c": "L-1", "LastName": "Moss, \"the\" rope", "Description": "two\nlines"})),
            row(
                json!({"Lead_ID__c": "L-2", "LastName": " Reyes ", "Count__c": 7, "Yes__c": true, "Description": null}),
            ),
        ];
        let text = String::from_utf8(write(&rows)).unwrap();
        let header = text.lines().next().unwrap();
        let mut names: Vec<&str> = header.split(',').collect();
        names.sort_unstable();
        assert_eq!(
            names,
            ["Count__c", "Description", "LastName", "Lead_ID__c", "Yes__c"],
            "every field once"
        );
        assert!(text.contains("\"Moss, \"\"the\"\" rope\""), "{text}");
        assert!(text.contains("\"two\nlines\"") && !text.contains('\r'), "{text}");
        let read = read(&text).unwrap();
        assert_eq!(read[0]["description"], "two\nlines", "as it was");
        assert_eq!(read[0]["count__c"], "", "what a row does not say is left alone");
        assert_eq!(read[1]["description"], CLEARED, "what is null is cleared");
        assert_eq!(
            (&*read[1]["lastname"], &*read[1]["count__c"], &*read[1]["yes__c"]),
            (" Reyes ", "7", "true")
        );
    }

    #[test]
    fn a_result_without_rows_is_empty() {
        assert_eq!(read("\"sf__Id\",\"sf__Created\",Lead_ID__c\n"), Some(vec![]), "the header alone");
        assert_eq!(read(""), Some(vec![]), "or not even that");
    }
}
