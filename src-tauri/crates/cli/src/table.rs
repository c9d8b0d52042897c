//! Aligned tables of text.

use console::measure_text_width;

use crate::console_output::quiet;

/// A table in the making.
pub(crate) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// A table with these column names.
    pub(crate) fn new<const N: usize>(names: [&str; N]) -> Self {
        Self { rows: vec![names.map(quiet).to_vec()] }
    }

    /// Adds a row.
    pub(crate) fn row<const N: usize>(&mut self, cells: [String; N]) {
        // A value with a line break would tear the table apart.
        self.rows.push(cells.map(|cell| cell.replace(['\n', '\r', '\t'], " ")).to_vec());
    }

    /// The table as text, or `empty` if it has no rows.
    pub(crate) fn text_or(&self, empty: &str) -> String {
        if self.rows.len() == 1 {
            return empty.to_owned();
        }
        let columns = self.rows[0].len();
        let widths: Vec<usize> = (0..columns)
            .map(|column| self.rows.iter().map(|row| measure_text_width(&row[column])).max().unwrap_or(0))
            .collect();
        let mut text = String::new();
        for row in &self.rows {
            let mut line = String::new();
            for (cell, width) in row.iter().zip(&widths) {
                line.push_str(cell);
                line.extend(std::iter::repeat_n(' ', width - measure_text_width(cell) + 2));
            }
            text.push_str(line.trim_end());
            text.push('\n');
        }
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_line_up() {
        console::set_colors_enabled(false);
        let mut table = Table::new(["Name", "Leads"]);
        table.row(["Website".into(), "7".into()]);
        table.row(["Fair\nstand".into(), "12".into()]);
        assert_eq!(
            table.text_or(""),
            "Name        Leads\nWebsite     7\nFair stand  12\n",
            "every column begins below its name, and a value stays on its line"
        );
    }

    #[test]
    fn an_empty_table_says_so() {
        assert_eq!(
            Table::new(["Name"]).text_or("No sync yet."),
            "No sync yet.",
            "a lone heading says nothing"
        );
    }
}
