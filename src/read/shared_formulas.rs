//! Formulas that a sheet states once and shares among cells.
//!
//! A formula is moved from the cell that states it, its master. Excel writes the range of the cells that share it beside
//! it, which need not begin at the master.

use std::collections::BTreeMap;

use crate::model::Position;

/// The shared formulas of one sheet, by their index. The index is any number, so nothing is laid out by it.
#[derive(Default)]
pub(super) struct SharedFormulas {
    masters: BTreeMap<String, (Position, String)>,
}

impl SharedFormulas {
    /// Keeps the formula that a cell states for those that share it.
    pub fn state(&mut self, index: &str, master: Position, formula: &str) {
        self.masters.insert(index.to_owned(), (master, formula.to_owned()));
    }

    /// The formula of a cell that shares one; none when none was stated yet.
    pub fn text(&self, index: &str, at: Position) -> Option<String> {
        let (master, formula) = self.masters.get(index)?;
        Some(moved(formula, *master, at))
    }
}

/// A formula as it reads when it is copied from one cell to another. A reference that leaves the sheet is `#REF!`.
fn moved(formula: &str, from: Position, to: Position) -> String {
    let by = (i64::from(to.row) - i64::from(from.row), i64::from(to.column) - i64::from(from.column));
    let mut written = String::with_capacity(formula.len() + 8);
    let mut rest = formula;
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '"' | '\'' => quoted(rest, first),
            // Columns of tables and the numbers of other workbooks.
            '[' => bracketed(rest),
            _ if is_of_word(first) => {
                let length = word(rest);
                // A whole column or row is two words with a colon between.
                let pair = rest[length..].strip_prefix(':').map(word).filter(|other| *other > 0);
                let both = pair.map(|other| length + 1 + other);
                let lines =
                    both.and_then(|both| Some((both, moved_lines(&rest[..length], &rest[length + 1..both], by)?)));
                if let Some((both, lines)) = lines {
                    written.push_str(&lines);
                    rest = &rest[both..];
                    continue;
                }
                // What a bracket or an exclamation mark follows is the name of a function or a sheet.
                match rest[length..].chars().next() {
                    Some('(' | '!') => {}
                    _ => {
                        written.push_str(&moved_cell(&rest[..length], by).unwrap_or_else(|| rest[..length].to_owned()));
                        rest = &rest[length..];
                        continue;
                    }
                }
                length
            }
            other => other.len_utf8(),
        };
        written.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    written
}

/// How long a text or a quoted name is, its quotes included. A quote that is written twice ends one and begins the next.
fn quoted(text: &str, quote: char) -> usize {
    text[1..].find(quote).map_or(text.len(), |length| length + 2)
}

/// How long a bracket is with all that it holds.
fn bracketed(text: &str) -> usize {
    let mut depth = 0usize;
    for (at, character) in text.char_indices() {
        match character {
            '[' => depth += 1,
            ']' => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return at + 1;
        }
    }
    text.len()
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '\\' | '.' | '$' | '?')
}

/// How long the word is with which a text begins: a reference, a number, or a name.
fn word(text: &str) -> usize {
    text.find(|character| !is_of_word(character)).unwrap_or(text.len())
}

/// A reference to a cell, moved; none when the word is none.
fn moved_cell(word: &str, by: (i64, i64)) -> Option<String> {
    let digits_at = word.find(|character: char| character.is_ascii_digit())?;
    // The dollar of a row stands before its digits.
    let row_at = if word[..digits_at].ends_with('$') && digits_at > 1 { digits_at - 1 } else { digits_at };
    let (column, row) = (Line::column(&word[..row_at])?, Line::row(&word[row_at..])?);
    Some(match (column.moved(by.1), row.moved(by.0)) {
        (Some(column), Some(row)) => format!("{column}{row}"),
        _ => "#REF!".to_owned(),
    })
}

/// Whole columns or rows, moved; none when the words are no such pair.
fn moved_lines(first: &str, last: &str, by: (i64, i64)) -> Option<String> {
    let (first, last, by) = match (Line::column(first), Line::column(last), Line::row(first), Line::row(last)) {
        (Some(first), Some(last), _, _) => (first, last, by.1),
        (_, _, Some(first), Some(last)) => (first, last, by.0),
        _ => return None,
    };
    Some(match (first.moved(by), last.moved(by)) {
        (Some(first), Some(last)) => format!("{first}:{last}"),
        _ => "#REF!".to_owned(),
    })
}

/// The column or the row of a reference.
struct Line {
    is_fixed: bool,
    is_column: bool,
    /// Zero-based.
    at: u32,
}

impl Line {
    fn column(text: &str) -> Option<Self> {
        let (is_fixed, letters) = without_dollar(text);
        let is_column = letters.bytes().all(|byte| byte.is_ascii_alphabetic());
        let position: Position = is_column.then(|| format!("{letters}1"))?.parse().ok()?;
        Some(Self { is_fixed, is_column: true, at: position.column })
    }

    fn row(text: &str) -> Option<Self> {
        let (is_fixed, digits) = without_dollar(text);
        let is_row = digits.bytes().all(|byte| byte.is_ascii_digit());
        let position: Position = is_row.then(|| format!("A{digits}"))?.parse().ok()?;
        Some(Self { is_fixed, is_column: false, at: position.row })
    }

    /// The text of the reference after a move; none when it leaves the sheet.
    fn moved(&self, by: i64) -> Option<String> {
        let at = if self.is_fixed { i64::from(self.at) } else { i64::from(self.at) + by };
        let at = u32::try_from(at).ok()?;
        let position = if self.is_column { Position::new(0, at) } else { Position::new(at, 0) };
        let dollar = if self.is_fixed { "$" } else { "" };
        let text = if self.is_column { crate::model::column_letters(at) } else { (u64::from(at) + 1).to_string() };
        position.is_on_sheet().then(|| format!("{dollar}{text}"))
    }
}

fn without_dollar(text: &str) -> (bool, &str) {
    text.strip_prefix('$').map_or((false, text), |rest| (true, rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_moved_as_excel_moves_them() {
        let from: Position = "C5".parse().unwrap();
        let to: Position = "E8".parse().unwrap();
        for (formula, expected) in [
            ("A1+$A1+A$1+$A$1", "C4+$A4+C$1+$A$1"),
            ("SUM(A1:B4)", "SUM(C4:D7)"),
            ("SUM($A:B)+SUM(1:$3)", "SUM($A:D)+SUM(4:$3)"),
            ("Lists!A1+'Q1 A1'!A1+Q1!A1", "Lists!C4+'Q1 A1'!C4+Q1!C4"),
            ("'It''s A1'!$B2", "'It''s A1'!$B5"),
            ("LOG10(A1)+ATAN2(1,2)", "LOG10(C4)+ATAN2(1,2)"),
            ("Rate2023x+AMOUNT2023+Rate_A1+été1", "Rate2023x+AMOUNT2023+Rate_A1+été1"),
            ("TAX2023", "TAZ2026"),
            ("IF(A1=\"A1 \"\"B2\"\" C3\",\"\",1.5E+10)", "IF(C4=\"A1 \"\"B2\"\" C3\",\"\",1.5E+10)"),
            ("[1]Sheet1!A1+Table1[[#This Row],[A1]]+A1", "[1]Sheet1!C4+Table1[[#This Row],[A1]]+C4"),
            ("A1048576+XFD1", "#REF!+#REF!"),
            ("a1", "C4"),
            ("A1:INDEX(B:B,3)", "C4:INDEX(D:D,3)"),
            ("\"never closed A1", "\"never closed A1"),
        ] {
            assert_eq!(moved(formula, from, to), expected);
        }
    }

    #[test]
    fn upwards_and_to_the_left() {
        assert_eq!(moved("C5+A1", "D6".parse().unwrap(), "C5".parse().unwrap()), "B4+#REF!");
    }
}
