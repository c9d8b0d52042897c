//! The text of COQL queries. <https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html>
//!
//! There is no binding of values: everything from outside passes [`quoted`] or [`is_column`].

/// Most rows of one query that cost a single credit, and the most the newest description allows.
pub(super) const ROWS: usize = 200;
/// Most columns of one query. <https://zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html>
pub(super) const COLUMNS: usize = 50;
/// Values in one list. Unverified: no page names the most; short lists also keep the answer below [`ROWS`].
pub(super) const VALUES: usize = 50;

/// A query: one page of `module`.
pub(super) fn select(columns: &[&str], module: &str, criteria: &str, order: &str, offset: usize) -> String {
    let columns = columns.join(", ");
    format!("select {columns} from {module} where {criteria} order by {order} limit {offset}, {ROWS}")
}

/// A value as a literal. A quote is doubled; a backslash before it is refused by Zoho.
/// <https://help.zoho.com/portal/en/community/topic/kaizen-171-faqs-on-coql-api>
pub(super) fn quoted(value: &str) -> String {
    format!("'{}'", value.replace('\'', "''"))
}

/// Whether `value` can be written as a literal. Nothing that is looked for holds anything else.
pub(super) fn is_literal(value: &str) -> bool {
    !value.chars().any(|letter| letter.is_control() || letter == '\\')
}

/// Whether `name` can be a column.
pub(super) fn is_column(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// The criterion that `column` has one of `values`.
pub(super) fn one_of<'a>(column: &str, values: impl IntoIterator<Item = &'a str>) -> String {
    let values: Vec<String> = values.into_iter().map(quoted).collect();
    match values.as_slice() {
        [value] => format!("{column} = {value}"),
        values => format!("{column} in ({})", values.join(", ")),
    }
}

/// Any of these criteria, nested in pairs as Zoho demands: `((a or b) or c)`.
pub(super) fn any(criteria: impl IntoIterator<Item = String>) -> String {
    let nested = criteria.into_iter().reduce(|all, next| format!("({all} or {next})"));
    nested.unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_cannot_leave_its_quotes() {
        let cases =
            [("ada@example.com", "'ada@example.com'"), ("O'Brien' or id > '0", "'O''Brien'' or id > ''0'")];
        for (value, expected) in cases {
            assert_eq!(quoted(value), expected, "{value}");
        }
        assert!(!is_literal("a\\'b") && !is_literal("a\nb"), "what has no documented spelling is not sent");
        assert!(
            is_column("Lead_ID1") && !is_column("id from Leads") && !is_column("$converted"),
            "names only"
        );
    }

    #[test]
    fn criteria_are_nested_in_pairs() {
        let texts = |names: &[&str]| any(names.iter().map(|name| (*name).to_owned()));
        assert_eq!(texts(&["a", "b", "c"]), "((a or b) or c)", "more than two on one level are refused");
        assert_eq!(texts(&["a"]), "a", "one stands alone");
        assert_eq!(one_of("Email", ["a", "b"]), "Email in ('a', 'b')", "a list is one criterion");
        assert_eq!(one_of("Email", ["a"]), "Email = 'a'", "one value needs no list");
    }
}
