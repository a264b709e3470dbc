//! The records of an `.xls` workbook (MS-XLS), as far as calamine passes over what is wrong with them: cells that are there
//! twice, texts that the list does not have, and numbers that are none.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Area, Damage, Position};

/// Records by their types.
const FORMULA: u16 = 0x0006;
const END: u16 = 0x000a;
const SHEET: u16 = 0x0085;
const SEVERAL_SMALL_NUMBERS: u16 = 0x00bd;
const FORMATTED_TEXT: u16 = 0x00d6;
const TEXTS: u16 = 0x00fc;
const TEXT_OF_LIST: u16 = 0x00fd;
const NUMBER: u16 = 0x0203;
const TEXT: u16 = 0x0204;
const BOOLEAN_OR_ERROR: u16 = 0x0205;
const SMALL_NUMBER: u16 = 0x027e;
const BEGINNING: u16 = 0x0809;

/// The damaged cells of each sheet of a workbook's stream, in the order of its list of sheets.
pub(super) fn damaged(stream: &[u8]) -> Vec<Vec<(Area, Damage)>> {
    let mut sheets = Vec::new();
    let mut texts = None;
    for (kind, data) in records(stream) {
        match kind {
            SHEET => sheets.push(word(data, 0).unwrap_or(u32::MAX) as usize),
            TEXTS => texts = word(data, 4),
            END => break,
            _ => {}
        }
    }
    sheets
        .into_iter()
        .map(|begins| stream.get(begins..).map_or_else(Vec::new, |sheet| of_sheet(sheet, texts)))
        .collect()
}

/// The damaged cells of a sheet; `texts` is how many the workbook's list has.
fn of_sheet(sheet: &[u8], texts: Option<u32>) -> Vec<(Area, Damage)> {
    let mut seen: BTreeMap<Position, (u32, Content<'_>, Content<'_>)> = BTreeMap::new();
    let mut depth = 0usize;
    for (kind, data) in records(sheet) {
        match kind {
            // A chart within the sheet has records of cells of its own.
            BEGINNING => depth += 1,
            END if depth <= 1 => break,
            END => depth -= 1,
            _ if depth > 1 => {}
            _ => {
                for (position, content) in contents(kind, data) {
                    let again = seen.entry(position).or_insert((0, content, content));
                    again.0 += 1;
                    again.2 = content;
                }
            }
        }
    }
    let damaged = seen.into_iter().filter_map(|(position, (times, first, last))| {
        let damage = match last {
            _ if times > 1 && first != last => Damage::GivenTwice { times, first: first.said(), last: last.said() },
            Content::Number(bits) if !f64::from_bits(bits).is_finite() => {
                Damage::NotANumber(f64::from_bits(bits).to_string().into())
            }
            Content::TextOfList(number) if texts.is_none_or(|texts| number >= texts) => {
                Damage::NoSuchText(number.to_string().into())
            }
            Content::Boolean(value) if value > 1 => Damage::NotYesOrNo(value.to_string().into()),
            _ => return None,
        };
        Some((position.into(), damage))
    });
    damaged.collect()
}

/// What a record says that a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Content<'s> {
    /// A number by its bits.
    Number(u64),
    /// A number in four bytes.
    SmallNumber(u32),
    /// The number of a text in the workbook's list.
    TextOfList(u32),
    /// TRUE or FALSE; any other byte is neither.
    Boolean(u8),
    /// Anything else, as its bytes.
    Other(&'s [u8]),
}

impl Content<'_> {
    fn said(self) -> Arc<str> {
        match self {
            Self::Number(bits) => f64::from_bits(bits).to_string().into(),
            Self::SmallNumber(packed) => unpacked(packed).to_string().into(),
            Self::TextOfList(number) => format!("text {number} of the workbook's list").into(),
            Self::Boolean(value) => if value == 0 { "FALSE" } else { "TRUE" }.into(),
            Self::Other(_) => "another value".into(),
        }
    }
}

/// A number of four bytes: two flags (a hundred times as large; whole), and the number or the first part of it.
fn unpacked(packed: u32) -> f64 {
    let number = match packed & 2 {
        0 => f64::from_bits(u64::from(packed & !3) << 32),
        _ => f64::from(packed.cast_signed() >> 2),
    };
    if packed & 1 == 1 { number / 100.0 } else { number }
}

/// The cells of a record with what it says that they hold.
fn contents(kind: u16, data: &[u8]) -> Vec<(Position, Content<'_>)> {
    let (Some(row), Some(column)) = (half(data, 0), half(data, 2)) else { return Vec::new() };
    let at = |column: u16| Position::new(u32::from(row), u32::from(column));
    let rest = data.get(6..).unwrap_or_default();
    let content = match kind {
        NUMBER => eight(rest).map(Content::Number),
        SMALL_NUMBER => word(rest, 0).map(Content::SmallNumber),
        TEXT_OF_LIST => word(rest, 0).map(Content::TextOfList),
        BOOLEAN_OR_ERROR if rest.get(1) == Some(&0) => rest.first().map(|value| Content::Boolean(*value)),
        TEXT | FORMATTED_TEXT | BOOLEAN_OR_ERROR => Some(Content::Other(rest)),
        // A result that is no number has two bytes at its end that no number has that formulas give.
        FORMULA if rest.get(6..8) != Some(&[0xff, 0xff]) => eight(rest).map(Content::Number),
        FORMULA => Some(Content::Other(rest)),
        SEVERAL_SMALL_NUMBERS => {
            // Of each, the number of its format and the number; after the last, the last column.
            let numbers = data.get(4..data.len().saturating_sub(2)).unwrap_or_default().chunks_exact(6);
            let columns = (column..).zip(numbers);
            return columns
                .filter_map(|(column, six)| Some((at(column), Content::SmallNumber(word(six, 2)?))))
                .collect();
        }
        _ => None,
    };
    content.map(|content| (at(column), content)).into_iter().collect()
}

/// The records of a stream with their types, up to where it breaks off.
fn records(stream: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = stream;
    std::iter::from_fn(move || {
        let (kind, length) = (half(rest, 0)?, half(rest, 2)?);
        let (data, after) = rest.get(4..)?.split_at_checked(usize::from(length))?;
        rest = after;
        Some((kind, data))
    })
}

fn half(data: &[u8], at: usize) -> Option<u16> {
    data.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

fn eight(data: &[u8]) -> Option<u64> {
    data.get(..8)?.try_into().ok().map(u64::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(kind: u16, data: &[&[u8]]) -> Vec<u8> {
        let data = data.concat();
        [&kind.to_le_bytes()[..], &(data.len() as u16).to_le_bytes(), &data].concat()
    }

    fn number(row: u16, column: u16, number: f64) -> Vec<u8> {
        record(NUMBER, &[&row.to_le_bytes(), &column.to_le_bytes(), &[0, 0], &number.to_le_bytes()])
    }

    fn found(cells: &[Vec<u8>]) -> Vec<(String, Damage)> {
        let sheet = [record(BEGINNING, &[]), cells.concat(), record(END, &[]), number(0, 0, f64::NAN)].concat();
        of_sheet(&sheet, Some(3)).into_iter().map(|(area, damage)| (area.to_string(), damage)).collect()
    }

    #[test]
    fn cells_that_calamine_takes_in_silence() {
        let twice = Damage::GivenTwice { times: 2, first: "1000".into(), last: "9000".into() };
        assert_eq!(found(&[number(1, 1, 1000.0), number(2, 1, 5.0), number(1, 1, 9000.0)]), [("B2".to_owned(), twice)]);
        let text = |number: u32| record(TEXT_OF_LIST, &[&[1, 0, 1, 0, 0, 0], &number.to_le_bytes()]);
        assert_eq!(found(&[text(3)]), [("B2".to_owned(), Damage::NoSuchText("3".into()))]);
        assert_eq!(found(&[number(1, 1, f64::NAN)]), [("B2".to_owned(), Damage::NotANumber("NaN".into()))]);
        let boolean = |value: u8| record(BOOLEAN_OR_ERROR, &[&[1, 0, 1, 0, 0, 0, value, 0]]);
        assert_eq!(found(&[boolean(2)]), [("B2".to_owned(), Damage::NotYesOrNo("2".into()))]);
        // The last of the list, the same twice, and what a chart within the sheet says.
        let chart = [record(BEGINNING, &[]), number(1, 1, 7.0), record(END, &[])].concat();
        assert_eq!(found(&[text(2), chart]), []);
        assert_eq!(found(&[number(1, 1, 5.0), number(1, 1, 5.0)]), []);
    }

    #[test]
    fn small_numbers() {
        for (packed, number) in [(5 << 2 | 2, 5.0), (12_345 << 2 | 3, 123.45), (0x3ff0_0000, 1.0), (0xffff_fffe, -1.0)]
        {
            assert_eq!(unpacked(packed), number);
        }
        let several = record(
            SEVERAL_SMALL_NUMBERS,
            &[&[1, 0, 1, 0], &[0, 0], &(5u32 << 2 | 2).to_le_bytes(), &[0, 0], &(6u32 << 2 | 2).to_le_bytes(), &[2, 0]],
        );
        let twice = Damage::GivenTwice { times: 2, first: "6".into(), last: "7".into() };
        assert_eq!(found(&[several, number(1, 2, 7.0)]), [("C2".to_owned(), twice)]);
    }
}
