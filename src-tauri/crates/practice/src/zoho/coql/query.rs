//! A query, read: `select … from … where … order by … limit …`.
//!
//! Deliberately not here: aggregates, `group by`, aliases, subqueries, custom views. They are refused as a query that is not
//! supported. <https://www.zoho.com/crm/developer/docs/api/v8/COQL-Overview.html>

use serde_json::json;

use super::lexer::{Token, Word, unexpected, words};
use crate::zoho::errors::Trouble;

/// A query.
#[derive(Debug)]
pub(super) struct Select {
    pub(super) columns: Vec<String>,
    pub(super) module: String,
    pub(super) criteria: Criteria,
    /// Columns and whether the smallest comes first.
    pub(super) order: Vec<(String, bool)>,
    pub(super) offset: usize,
    pub(super) limit: usize,
}

/// What rows must be.
#[derive(Debug)]
pub(super) enum Criteria {
    Both(Box<Criteria>, Box<Criteria>),
    Either(Box<Criteria>, Box<Criteria>),
    One(Condition),
}

/// A condition on one column.
#[derive(Debug)]
pub(super) struct Condition {
    pub(super) column: String,
    pub(super) test: Test,
}

#[derive(Clone, Debug)]
pub(super) enum Test {
    /// `=`, `!=`, `<`, `<=`, `>`, `>=`.
    Compare(&'static str, String),
    Like(String, bool),
    OneOf(Vec<String>, bool),
    Between(String, String, bool),
    Null(bool),
}

impl Test {
    /// The operator in the vendor's words.
    pub(super) fn operator(&self) -> &'static str {
        match self {
            Self::Compare(operator, _) => operator,
            Self::Like(_, true) => "like",
            Self::Like(_, false) => "not like",
            Self::OneOf(_, true) => "in",
            Self::OneOf(_, false) => "not in",
            Self::Between(_, _, true) => "between",
            Self::Between(_, _, false) => "not between",
            Self::Null(true) => "is null",
            Self::Null(false) => "is not null",
        }
    }
}

/// <https://zoho.com/crm/developer/docs/api/v8/COQL-Limitations.html>
const MOST_COLUMNS: usize = 50;
const MOST_CRITERIA: usize = 25;
const MOST_ROWS: usize = 2_000;
const MOST_OFFSET: usize = 100_000;
const USUAL_ROWS: usize = 200;

/// Reads a query.
pub(super) fn read(text: &str) -> Result<Select, Trouble> {
    let mut reader = Reader { tokens: words(text)?, at: 0, conditions: 0 };
    reader.clause("select")?;
    let columns = reader.columns()?;
    reader.clause("from")?;
    let module = reader.name()?;
    reader.clause("where")?;
    let criteria = reader.criteria()?;
    let order = if reader.keyword("order") { reader.order()? } else { Vec::new() };
    let (offset, limit) = if reader.keyword("limit") { reader.limits()? } else { (0, USUAL_ROWS) };
    if let Some(rest) = reader.tokens.get(reader.at) {
        return Err(unexpected(&rest.word.shown(), rest.column));
    }
    if limit > MOST_ROWS || offset > MOST_OFFSET {
        let most = if limit > MOST_ROWS { MOST_ROWS } else { MOST_OFFSET };
        return Err(Trouble::limit_exceeded("Query", most));
    }
    Ok(Select { columns, module, criteria, order, offset, limit })
}

fn not_supported() -> Trouble {
    Trouble::new(400, "SYNTAX_ERROR", "given coql query not supported")
}

struct Reader {
    tokens: Vec<Token>,
    at: usize,
    conditions: usize,
}

impl Reader {
    fn peek(&self) -> Option<&Word> {
        self.tokens.get(self.at).map(|token| &token.word)
    }

    /// Takes the keyword if it comes.
    fn keyword(&mut self, keyword: &str) -> bool {
        let comes = matches!(self.peek(), Some(Word::Name(name)) if name.eq_ignore_ascii_case(keyword));
        self.at += usize::from(comes);
        comes
    }

    /// A clause that no query can do without.
    fn clause(&mut self, clause: &str) -> Result<(), Trouble> {
        if self.keyword(clause) {
            return Ok(());
        }
        match self.tokens.get(self.at) {
            Some(token) if clause != "where" => Err(unexpected(&token.word.shown(), token.column)),
            _ => Err(Trouble::new(400, "SYNTAX_ERROR", "missing clause").with("clause", json!(clause))),
        }
    }

    fn stuck(&self) -> Trouble {
        match self.tokens.get(self.at) {
            Some(token) => unexpected(&token.word.shown(), token.column),
            None => Trouble::new(400, "SYNTAX_ERROR", "error occured while parsing the query")
                .with("near", json!(self.tokens.last().map(|token| token.word.shown()))),
        }
    }

    fn name(&mut self) -> Result<String, Trouble> {
        let Some(Word::Name(name)) = self.peek() else { return Err(self.stuck()) };
        let name = name.clone();
        self.at += 1;
        Ok(name)
    }

    fn take(&mut self, word: &Word) -> bool {
        let comes = self.peek() == Some(word);
        self.at += usize::from(comes);
        comes
    }

    fn columns(&mut self) -> Result<Vec<String>, Trouble> {
        let mut columns: Vec<String> = Vec::new();
        loop {
            let column = self.name()?;
            if self.peek() == Some(&Word::Open) {
                return Err(not_supported());
            }
            if columns.contains(&column) {
                let twice = Trouble::new(400, "DUPLICATE_DATA", "duplicate select column");
                return Err(twice.with("column_name", json!(column)));
            }
            columns.push(column);
            if !self.take(&Word::Comma) {
                break;
            }
        }
        if columns.len() > MOST_COLUMNS {
            return Err(Trouble::limit_exceeded("Columns", MOST_COLUMNS));
        }
        Ok(columns)
    }

    /// One condition, or two sides joined by one word. More than two sides need brackets.
    // Unverified: that three sides without brackets are refused; the vendor says "nested in pairs".
    fn criteria(&mut self) -> Result<Criteria, Trouble> {
        let left = self.side()?;
        let and = if self.keyword("and") {
            true
        } else if self.keyword("or") {
            false
        } else {
            return Ok(left);
        };
        let right = self.side()?;
        let (left, right) = (Box::new(left), Box::new(right));
        let all = if and { Criteria::Both(left, right) } else { Criteria::Either(left, right) };
        let more = matches!(self.peek(), Some(Word::Name(name)) if name.eq_ignore_ascii_case("and") || name.eq_ignore_ascii_case("or"));
        if more { Err(self.stuck()) } else { Ok(all) }
    }

    fn side(&mut self) -> Result<Criteria, Trouble> {
        if self.take(&Word::Open) {
            let inside = self.criteria()?;
            return if self.take(&Word::Close) { Ok(inside) } else { Err(self.stuck()) };
        }
        self.conditions += 1;
        if self.conditions > MOST_CRITERIA {
            return Err(Trouble::limit_exceeded("Criteria", MOST_CRITERIA));
        }
        let column = self.name()?;
        let test = self.test()?;
        Ok(Criteria::One(Condition { column, test }))
    }

    fn test(&mut self) -> Result<Test, Trouble> {
        if let Some(&Word::Operator(operator)) = self.peek() {
            self.at += 1;
            return Ok(Test::Compare(operator, self.value()?));
        }
        if self.keyword("is") {
            let null = !self.keyword("not");
            return if self.keyword("null") { Ok(Test::Null(null)) } else { Err(self.stuck()) };
        }
        let yes = !self.keyword("not");
        if self.keyword("like") {
            return Ok(Test::Like(self.value()?, yes));
        }
        if self.keyword("between") {
            let from = self.value()?;
            if !self.keyword("and") {
                return Err(self.stuck());
            }
            return Ok(Test::Between(from, self.value()?, yes));
        }
        if self.keyword("in") {
            if !self.take(&Word::Open) {
                return Err(self.stuck());
            }
            let mut all = vec![self.value()?];
            while self.take(&Word::Comma) {
                all.push(self.value()?);
            }
            return if self.take(&Word::Close) { Ok(Test::OneOf(all, yes)) } else { Err(self.stuck()) };
        }
        let operator = self.peek().map(Word::shown);
        Err(Trouble::new(400, "SYNTAX_ERROR", "operator not supported").with("operator", json!(operator)))
    }

    fn value(&mut self) -> Result<String, Trouble> {
        let value = match self.peek() {
            Some(Word::Text(text) | Word::Number(text)) => text.clone(),
            Some(Word::Name(name)) if matches!(name.as_str(), "true" | "false") => name.clone(),
            Some(Word::Open) => return Err(not_supported()),
            _ => return Err(self.stuck()),
        };
        self.at += 1;
        Ok(value)
    }

    fn order(&mut self) -> Result<Vec<(String, bool)>, Trouble> {
        if !self.keyword("by") {
            return Err(self.stuck());
        }
        let mut order = Vec::new();
        loop {
            let column = self.name()?;
            let ascending = !self.keyword("desc");
            if ascending {
                self.keyword("asc");
            }
            order.push((column, ascending));
            if !self.take(&Word::Comma) {
                return Ok(order);
            }
        }
    }

    /// `limit n`, `limit offset, n` or `limit n offset m`.
    fn limits(&mut self) -> Result<(usize, usize), Trouble> {
        let first = self.number()?;
        if self.take(&Word::Comma) {
            return Ok((first, self.positive()?));
        }
        let offset = if self.keyword("offset") { self.number()? } else { 0 };
        if first == 0 { Err(too_small()) } else { Ok((offset, first)) }
    }

    fn positive(&mut self) -> Result<usize, Trouble> {
        match self.number()? {
            0 => Err(too_small()),
            number => Ok(number),
        }
    }

    fn number(&mut self) -> Result<usize, Trouble> {
        let shown = self.peek().map(Word::shown).unwrap_or_default();
        let number = shown.parse().map_err(|_| {
            Trouble::new(400, "INVALID_QUERY", "limit given seems to be invalid").with("limit", json!(shown))
        })?;
        self.at += 1;
        Ok(number)
    }
}

fn too_small() -> Trouble {
    Trouble::invalid().saying("limit should be greater than 0")
}
