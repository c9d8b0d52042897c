//! The columns' names, each usable once.

use std::collections::HashSet;

/// The columns of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Header {
    /// One name for every column, also for those without one in the file.
    pub(super) names: Vec<String>,
    /// How many columns a row must have: those up to the last one with a name. Spreadsheets append empty columns.
    pub(super) needed: usize,
    /// Those of the needed columns that are not called as they are in the file.
    pub(super) renamed: Vec<String>,
}

impl Header {
    /// From the cells of the first row.
    pub(super) fn from_row(cells: &[String]) -> Self {
        let given: Vec<String> = cells.iter().map(|cell| tidy(cell)).collect();
        let needed = given.iter().rposition(|name| !name.is_empty()).map_or(0, |last| last + 1);
        let reserved: HashSet<&String> = given.iter().collect();
        let mut used: HashSet<String> = HashSet::new();
        let mut names = Vec::with_capacity(given.len());
        for (position, name) in given.iter().enumerate() {
            let base = if name.is_empty() { format!("column_{}", position + 1) } else { name.clone() };
            let taken = |candidate: &String| {
                used.contains(candidate) || (candidate != name && reserved.contains(candidate))
            };
            let mut free = base.clone();
            let mut number = 2;
            while taken(&free) {
                free = format!("{base}_{number}");
                number += 1;
            }
            used.insert(free.clone());
            names.push(free);
        }
        let renamed = names.iter().zip(&given).take(needed).filter(|(name, given)| name != given);
        let renamed = renamed.map(|(name, _)| name.clone()).collect();
        Self { names, needed, renamed }
    }

    /// For a file whose first row, `width` cells wide, is a lead already.
    pub(super) fn numbered(width: usize) -> Self {
        let names = (1..=width).map(|number| format!("column_{number}")).collect();
        Self { names, needed: width, renamed: Vec::new() }
    }

    /// The cell that shows that this is a lead and not a row of names.
    pub(super) fn telltale(cells: &[String]) -> Option<&str> {
        let is_value = |cell: &&String| {
            let cell = cell.trim();
            let digits = cell.chars().filter(char::is_ascii_digit).count();
            let email =
                cell.split_once('@').is_some_and(|(user, host)| !user.is_empty() && host.contains('.'));
            email || (digits >= 7 && digits * 2 > cell.chars().count())
        };
        cells.iter().find(is_value).map(|cell| cell.trim())
    }
}

/// One line, without the invisible signs that programs leave behind.
fn tidy(name: &str) -> String {
    name.replace(['\u{feff}', '\u{200b}'], "").split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(cells: &[&str]) -> Header {
        Header::from_row(&cells.iter().map(ToString::to_string).collect::<Vec<_>>())
    }

    #[test]
    fn every_column_has_its_own_name() {
        let names = header(&["name", " name", "", "name_2", "First\nName"]).names;
        assert_eq!(
            names,
            ["name", "name_3", "column_3", "name_2", "First Name"],
            "a given name is never taken away"
        );
    }

    #[test]
    fn appended_empty_columns_are_not_needed() {
        assert_eq!(header(&["name", "", "email", "", ""]).needed, 3, "only columns up to the last named one");
    }

    #[test]
    fn leads_are_not_taken_for_names() {
        let telltale = |cells: &[&str]| {
            Header::telltale(&cells.iter().map(ToString::to_string).collect::<Vec<_>>()).map(str::to_owned)
        };
        assert_eq!(telltale(&["Ada", "ada@example.com"]).as_deref(), Some("ada@example.com"), "an address");
        assert_eq!(telltale(&["Ada", "07700 900123"]).as_deref(), Some("07700 900123"), "a phone number");
        assert_eq!(telltale(&["Name", "E-mail", "Q3 2025", "@handle"]), None, "ordinary names");
    }
}
