//! What formulas come to, for the few forms that the sample's formulas and the planted ones have: sums, and the four
//! operations. It is written apart from the crate's own calculation, so that it can be held against it.

use std::collections::{BTreeMap, BTreeSet};

use crosscast::model::Position;

use super::book::Book;
use super::sheet::{Content, Outcome};

/// What a part of a formula comes to.
#[derive(Debug, Clone, PartialEq)]
enum Result {
    Number(f64),
    Error(String),
}

type Cell = (usize, Position);

/// Calculates every formula of a workbook that it can, as Excel does before a workbook is saved; the others keep the result
/// that they have.
pub fn calculate(book: &mut Book) {
    let mut known = BTreeMap::new();
    let cells: Vec<Cell> = (0..book.sheets.len())
        .flat_map(|sheet| book.sheets[sheet].formulas().map(move |(position, _)| (sheet, position)).collect::<Vec<_>>())
        .collect();
    for cell in cells {
        let Some(result) = of_cell(book, cell, &mut known, &mut BTreeSet::new()) else { continue };
        let sheet = &mut book.sheets[cell.0];
        let name = cell.1.to_string();
        let formula = sheet.formula(&name).to_owned();
        let outcome = match result {
            Result::Number(number) => Outcome::Number(number),
            Result::Error(error) => Outcome::Error(error),
        };
        sheet.set(&name, Content::Formula(formula, outcome));
    }
}

/// What the formula in a cell comes to; none where it is of another form or refers to itself.
fn of_cell(
    book: &Book,
    cell: Cell,
    known: &mut BTreeMap<Cell, Option<Result>>,
    above: &mut BTreeSet<Cell>,
) -> Option<Result> {
    if let Some(result) = known.get(&cell) {
        return result.clone();
    }
    let Content::Formula(formula, stored) = book.sheets[cell.0].at(cell.1) else { return None };
    if !above.insert(cell) {
        return None;
    }
    let mut formula = Formula { book, sheet: cell.0, rest: formula, known, above };
    let whole = formula.sum().filter(|_| formula.rest.is_empty());
    let result = whole.map(rounded).or(match stored {
        // What cannot be calculated here counts with the result that it has.
        Outcome::Number(number) if formula.above.len() > 1 => Some(Result::Number(*number)),
        _ => None,
    });
    above.remove(&cell);
    known.insert(cell, result.clone());
    result
}

/// To the fifteen digits that Excel shows.
fn rounded(result: Result) -> Result {
    match result {
        Result::Number(number) => Result::Number(format!("{number:.14e}").parse().expect("a number")),
        error => error,
    }
}

struct Formula<'a> {
    book: &'a Book,
    sheet: usize,
    rest: &'a str,
    known: &'a mut BTreeMap<Cell, Option<Result>>,
    above: &'a mut BTreeSet<Cell>,
}

impl<'a> Formula<'a> {
    fn sum(&mut self) -> Option<Result> {
        let mut left = self.product()?;
        loop {
            let Some(sign) = self.take(&['+', '-']) else { return Some(left) };
            let right = self.product()?;
            left = both(left, right, |left, right| if sign == '+' { left + right } else { left - right });
        }
    }

    fn product(&mut self) -> Option<Result> {
        let mut left = self.factor()?;
        loop {
            let Some(sign) = self.take(&['*', '/']) else { return Some(left) };
            let right = self.factor()?;
            left = both(left, right, |left, right| if sign == '*' { left * right } else { left / right });
        }
    }

    fn factor(&mut self) -> Option<Result> {
        if self.take(&['-']).is_some() {
            let negated = self.factor()?;
            return Some(both(Result::Number(0.0), negated, |zero, number| zero - number));
        }
        if self.take(&['(']).is_some() {
            let inner = self.sum()?;
            return self.take(&[')']).map(|_| inner);
        }
        if let Some(rest) = self.rest.strip_prefix("#REF!") {
            self.rest = rest;
            return Some(Result::Error("#REF!".to_owned()));
        }
        if let Some(rest) = self.rest.strip_prefix("SUM(") {
            self.rest = rest;
            return self.sum_of_areas();
        }
        let number = self.word(|character| character.is_ascii_digit() || character == '.');
        if !number.is_empty() {
            return number.parse().ok().map(Result::Number);
        }
        let cell = self.reference()?;
        Some(match self.book.sheets[cell.0].at(cell.1) {
            Content::Empty => Result::Number(0.0),
            Content::Number(number) => Result::Number(*number),
            Content::Text(text) => match text.trim().parse() {
                Ok(number) => Result::Number(number),
                Err(_) => Result::Error("#VALUE!".to_owned()),
            },
            Content::Formula(..) => of_cell(self.book, cell, self.known, self.above)?,
        })
    }

    /// The rest of a `SUM(`, which passes over texts.
    fn sum_of_areas(&mut self) -> Option<Result> {
        let mut total = Result::Number(0.0);
        loop {
            let first = self.reference()?;
            let last = if self.take(&[':']).is_some() { self.reference()? } else { first };
            for row in first.1.row..=last.1.row {
                for column in first.1.column..=last.1.column {
                    let cell = (first.0, Position::new(row, column));
                    let one = match self.book.sheets[cell.0].at(cell.1) {
                        Content::Number(number) => Result::Number(*number),
                        Content::Formula(..) => of_cell(self.book, cell, self.known, self.above)?,
                        Content::Empty | Content::Text(_) => continue,
                    };
                    total = both(total, one, |total, one| total + one);
                }
            }
            match self.take(&[',', ')'])? {
                ',' => {}
                _ => return Some(total),
            }
        }
    }

    fn reference(&mut self) -> Option<Cell> {
        let mut word = self.word(|character| character.is_ascii_alphanumeric() || character == '$');
        let mut sheet = self.sheet;
        if let Some(rest) = self.rest.strip_prefix('!') {
            sheet = self.book.sheets.iter().position(|one| one.name == word)?;
            self.rest = rest;
            word = self.word(|character| character.is_ascii_alphanumeric() || character == '$');
        }
        Some((sheet, word.parse().ok()?))
    }

    fn word(&mut self, is_of: impl Fn(char) -> bool) -> &'a str {
        let end = self.rest.find(|character| !is_of(character)).unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        word
    }

    fn take(&mut self, any: &[char]) -> Option<char> {
        let first = self.rest.chars().next().filter(|first| any.contains(first))?;
        self.rest = &self.rest[1..];
        Some(first)
    }
}

fn both(left: Result, right: Result, of: impl Fn(f64, f64) -> f64) -> Result {
    match (left, right) {
        (Result::Number(left), Result::Number(right)) => Result::Number(of(left, right)),
        (Result::Error(error), _) | (_, Result::Error(error)) => Result::Error(error),
    }
}
