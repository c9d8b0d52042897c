//! Reading a query.

use jiff::civil;

use super::super::errors::Trouble;
use super::super::values;
use super::lex::{Token, malformed, tokens};
use super::{Condition, Expr, Kind, Literal, Op, Order, Query, Select};

/// The longest query, in characters.
const LONGEST: usize = 100_000;
const LARGEST_OFFSET: usize = 2_000;

/// Reads a query.
pub(in super::super) fn parse(text: &str) -> Result<Query, Trouble> {
    if text.chars().count() > LONGEST {
        return Err(Trouble::new(400, "QUERY_TOO_COMPLICATED", "The query is longer than 100000 characters"));
    }
    let tokens = tokens(text)?;
    let mut reader = Reader { tokens: &tokens, at: 0 };
    let query = reader.query()?;
    match reader.peek() {
        None => Ok(query),
        Some(token) => Err(unexpected(token)),
    }
}

fn unexpected(token: &Token) -> Trouble {
    malformed(format!("unexpected token: '{}'", token.shown()))
}

struct Reader<'a> {
    tokens: &'a [Token],
    at: usize,
}

impl<'a> Reader<'a> {
    fn peek(&self) -> Option<&'a Token> {
        self.tokens.get(self.at)
    }

    fn next(&mut self) -> Result<&'a Token, Trouble> {
        let token = self.peek().ok_or_else(|| malformed("unexpected token: '<EOF>'"))?;
        self.at += 1;
        Ok(token)
    }

    fn is_word(&self, word: &str) -> bool {
        matches!(self.peek(), Some(Token::Word(text)) if text.eq_ignore_ascii_case(word))
    }

    fn take_word(&mut self, word: &str) -> bool {
        let fits = self.is_word(word);
        self.at += usize::from(fits);
        fits
    }

    fn take_sign(&mut self, sign: &str) -> bool {
        let fits = matches!(self.peek(), Some(Token::Sign(text)) if *text == sign);
        self.at += usize::from(fits);
        fits
    }

    fn need_word(&mut self, word: &str) -> Result<(), Trouble> {
        if self.take_word(word) { Ok(()) } else { Err(self.next().map_or_else(|end| end, unexpected)) }
    }

    fn need_sign(&mut self, sign: &str) -> Result<(), Trouble> {
        if self.take_sign(sign) { Ok(()) } else { Err(self.next().map_or_else(|end| end, unexpected)) }
    }

    fn name(&mut self) -> Result<String, Trouble> {
        match self.next()? {
            Token::Word(name) => Ok(name.clone()),
            other => Err(unexpected(other)),
        }
    }

    fn query(&mut self) -> Result<Query, Trouble> {
        self.need_word("SELECT")?;
        let select = self.select()?;
        self.need_word("FROM")?;
        let object = self.name()?;
        let filter = if self.take_word("WHERE") { Some(self.expr()?) } else { None };
        let mut order = Vec::new();
        if self.take_word("ORDER") {
            self.need_word("BY")?;
            order.push(self.order()?);
            while self.take_sign(",") {
                order.push(self.order()?);
            }
        }
        let limit = if self.take_word("LIMIT") { Some(self.count()?) } else { None };
        let offset = if self.take_word("OFFSET") { self.count()? } else { 0 };
        if offset > LARGEST_OFFSET {
            let message = "Maximum SOQL offset allowed is 2000";
            return Err(Trouble::new(400, "NUMBER_OUTSIDE_VALID_RANGE", message));
        }
        Ok(Query { select, object, filter, order, limit, offset })
    }

    fn select(&mut self) -> Result<Select, Trouble> {
        let mut fields = Vec::new();
        loop {
            let name = self.name()?;
            if self.take_sign("(") {
                let inside = if self.take_sign(")") { String::new() } else { self.name()? };
                if !inside.is_empty() {
                    self.need_sign(")")?;
                }
                let alone = fields.is_empty();
                return match (name.to_uppercase().as_str(), inside.to_uppercase().as_str()) {
                    ("COUNT", "") if alone => Ok(Select::Count),
                    ("FIELDS", "ALL") if alone => Ok(Select::Kind(Kind::All)),
                    ("FIELDS", "STANDARD") if alone => Ok(Select::Kind(Kind::Standard)),
                    ("FIELDS", "CUSTOM") if alone => Ok(Select::Kind(Kind::Custom)),
                    _ => Err(malformed(format!("unexpected token: '{name}('"))),
                };
            }
            fields.push(name);
            if !self.take_sign(",") {
                return Ok(Select::Fields(fields));
            }
        }
    }

    fn count(&mut self) -> Result<usize, Trouble> {
        let token = self.next()?;
        let Token::Bare(text) = token else { return Err(unexpected(token)) };
        text.parse().map_err(|_| unexpected(token))
    }

    fn order(&mut self) -> Result<Order, Trouble> {
        let field = self.name()?;
        let descending = if self.take_word("ASC") { false } else { self.take_word("DESC") };
        let nulls_last = if self.take_word("NULLS") {
            if self.take_word("FIRST") {
                false
            } else {
                self.need_word("LAST")?;
                true
            }
        } else {
            false
        };
        Ok(Order { field, descending, nulls_last })
    }

    /// Conditions joined by one word alone: `AND` and `OR` mix only with parentheses.
    fn expr(&mut self) -> Result<Expr, Trouble> {
        let first = self.one()?;
        let Some(word) = ["AND", "OR"].into_iter().find(|word| self.is_word(word)) else { return Ok(first) };
        let mut all = vec![first];
        while self.take_word(word) {
            all.push(self.one()?);
        }
        match self.peek() {
            Some(token) if self.is_word("AND") || self.is_word("OR") => Err(unexpected(token)),
            _ if word == "AND" => Ok(Expr::All(all)),
            _ => Ok(Expr::Any(all)),
        }
    }

    fn one(&mut self) -> Result<Expr, Trouble> {
        if self.take_word("NOT") {
            return Ok(Expr::Not(Box::new(self.one()?)));
        }
        if self.take_sign("(") {
            let inside = self.expr()?;
            self.need_sign(")")?;
            return Ok(inside);
        }
        self.condition().map(Expr::Is)
    }

    fn condition(&mut self) -> Result<Condition, Trouble> {
        let field = self.name()?;
        let token = self.next()?;
        let op = match token {
            Token::Sign("=") => Op::Equal,
            Token::Sign("!=" | "<>") => Op::NotEqual,
            Token::Sign("<") => Op::Less,
            Token::Sign("<=") => Op::AtMost,
            Token::Sign(">") => Op::More,
            Token::Sign(">=") => Op::AtLeast,
            Token::Word(word) => match word.to_uppercase().as_str() {
                "LIKE" => Op::Like,
                "IN" => Op::In,
                "INCLUDES" => Op::Includes,
                "EXCLUDES" => Op::Excludes,
                "NOT" => {
                    self.need_word("IN")?;
                    Op::NotIn
                }
                _ => return Err(unexpected(token)),
            },
            other => return Err(unexpected(other)),
        };
        let values = if matches!(op, Op::In | Op::NotIn | Op::Includes | Op::Excludes) {
            self.need_sign("(")?;
            let mut values = vec![self.literal()?];
            while self.take_sign(",") {
                values.push(self.literal()?);
            }
            self.need_sign(")")?;
            values
        } else {
            vec![self.literal()?]
        };
        Ok(Condition { field, op, values })
    }

    fn literal(&mut self) -> Result<Literal, Trouble> {
        let token = self.next()?;
        match token {
            Token::Text(text) => Ok(Literal::Text(text.clone())),
            Token::Bare(text) => bare(text).ok_or_else(|| unexpected(token)),
            Token::Word(word) => keyword(&word.to_uppercase()).ok_or_else(|| unexpected(token)),
            Token::Sign(_) => Err(unexpected(token)),
        }
    }
}

fn bare(text: &str) -> Option<Literal> {
    if let Some(moment) = values::moment(text) {
        return Some(Literal::Moment(moment));
    }
    if text.len() == 10
        && let Ok(day) = text.parse::<civil::Date>()
    {
        return Some(Literal::Day(day));
    }
    text.parse().ok().filter(|number: &f64| number.is_finite()).map(Literal::Number)
}

fn keyword(word: &str) -> Option<Literal> {
    Some(match word {
        "TRUE" => Literal::Bool(true),
        "FALSE" => Literal::Bool(false),
        "NULL" => Literal::Null,
        "TODAY" => Literal::DaysAgo(0),
        "YESTERDAY" => Literal::DaysAgo(1),
        _ => Literal::DaysAgo(word.strip_prefix("LAST_N_DAYS:")?.parse().ok()?),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(text: &str) -> String {
        parse(text).unwrap_err().complaints[0].message.clone()
    }

    #[test]
    fn a_change_feed_is_read() {
        let query = parse(
            "SELECT Id, Status FROM Lead WHERE (SystemModstamp = 2026-11-20T08:15:00Z AND Id > '00Q') \
             OR SystemModstamp > 2026-11-20T08:15:00Z ORDER BY SystemModstamp ASC, Id LIMIT 200",
        )
        .unwrap();
        assert_eq!(query.select, Select::Fields(vec!["Id".to_owned(), "Status".to_owned()]));
        assert!(
            matches!(&query.filter, Some(Expr::Any(both)) if matches!(both[0], Expr::All(_))),
            "{query:?}"
        );
        assert_eq!((query.order.len(), query.limit), (2, Some(200)));
    }

    #[test]
    fn and_and_or_mix_only_with_parentheses() {
        assert_eq!(
            message("SELECT Id FROM Lead WHERE A = 1 AND B = 2 OR C = 3"),
            "unexpected token: 'OR'",
            "as SOQL has no precedence of its own"
        );
        assert!(parse("SELECT Id FROM Lead WHERE A = 1 AND (B = 2 OR NOT C LIKE 'x%')").is_ok());
    }

    #[test]
    fn text_is_quoted_and_escaped() {
        let query =
            parse(r"SELECT Id FROM Lead WHERE LastName = 'O\'Neill' AND Company LIKE '50\%%'").unwrap();
        let Some(Expr::All(both)) = query.filter else { panic!("two conditions") };
        let text = |expr: &Expr| match expr {
            Expr::Is(condition) => condition.values[0].clone(),
            other => panic!("{other:?}"),
        };
        assert_eq!(text(&both[0]), Literal::Text("O'Neill".to_owned()));
        assert_eq!(text(&both[1]), Literal::Text(r"50\%%".to_owned()), "an escaped sign is no wildcard");
        assert!(message("SELECT Id FROM Lead WHERE Name = 'open").contains("not closed"));
        assert_eq!(message("SELECT Id FROM Lead WHERE Name = x"), "unexpected token: 'x'");
        assert_eq!(message("SELECT Id FROM Lead LIMIT 5 OFFSET 2001"), "Maximum SOQL offset allowed is 2000");
        assert_eq!(message("SELECT Id"), "unexpected token: '<EOF>'");
        assert_eq!(message("SELECT Id FROM Lead GROUP BY Id"), "unexpected token: 'GROUP'");
    }
}
