//! The records of an `.xlsb` workbook (MS-XLSB), as far as calamine passes over them in silence: error values, rows beyond
//! the last, and cells in a form that it does not know.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::damage::beyond_the_grid;
use super::open::damaged;
use super::parts::Package;
use crate::model::{Area, Damage, Position, SharedText, UnreadableWorkbook};

const WORKBOOK: &str = "xl/workbook.bin";

/// Records by their types.
const ROW: u16 = 0x0000;
const BLANK: u16 = 0x0001;
const SHORT_BLANK: u16 = 0x000c;
const LAST_SHORT: u16 = 0x0012;
const RICH_TEXT: u16 = 0x003e;
const END_OF_CELLS: u16 = 0x0092;
const SHEET: u16 = 0x009c;

/// Error values by their numbers.
const ERRORS: [(u8, &str); 8] = [
    (0x00, "#NULL!"),
    (0x07, "#DIV/0!"),
    (0x0f, "#VALUE!"),
    (0x17, "#REF!"),
    (0x1d, "#NAME?"),
    (0x24, "#NUM!"),
    (0x2a, "#N/A"),
    (0x2b, "#GETTING_DATA"),
];
/// What stands for one that has come since.
const NEWER_ERROR: &str = "an error value";

/// What of a sheet calamine would pass over or take wrongly.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct BinaryCells {
    /// The error values, those of formulas too.
    pub errors: BTreeMap<Position, SharedText>,
    /// The cells of which the file leaves open what they hold.
    pub damaged: Vec<(Area, Damage)>,
}

/// The part of each sheet by its name.
pub(super) fn parts(package: &mut Package<'_>) -> BTreeMap<Arc<str>, String> {
    let relationships = package.relationships(WORKBOOK);
    let mut parts = BTreeMap::new();
    let Some(content) = package.content(WORKBOOK) else { return parts };
    for (_, data) in records(&content).filter(|(kind, _)| *kind == SHEET) {
        // Whether it is shown, its number, the name of its relationship, its name.
        let Some((id, rest)) = data.get(8..).and_then(wide_text) else { continue };
        let Some((name, _)) = wide_text(rest) else { continue };
        if let Some(part) = relationships.iter().find(|one| one.id == id) {
            parts.insert(name.into(), part.target.clone());
        }
    }
    parts
}

/// Looks through the records of a sheet's part.
///
/// # Errors
/// That the part is not there, or has a row or cell beyond the last that there can be.
pub(super) fn cells(
    package: &mut Package<'_>,
    part: Option<&String>,
    sheet: &str,
) -> Result<BinaryCells, UnreadableWorkbook> {
    let content = part.and_then(|part| package.content(part));
    let content = content.ok_or_else(|| damaged(format!("the sheet {sheet} leads to a part that is not there")))?;
    let mut found = BinaryCells::default();
    let mut at = Position::new(0, 0);
    for (kind, data) in records(&content) {
        match kind {
            ROW => at = Position::new(word(data, 0).unwrap_or(u32::MAX), 0),
            BLANK..=LAST_SHORT | RICH_TEXT => {
                // A short cell stands beside the one before it.
                let is_short = (SHORT_BLANK..=LAST_SHORT).contains(&kind);
                let column = if is_short { Some(at.column.saturating_add(1)) } else { word(data, 0) };
                at.column = column.unwrap_or(u32::MAX);
                if !at.is_on_sheet() {
                    return Err(beyond_the_grid(sheet, &at.to_string()));
                }
                found.take(kind, data, at);
            }
            END_OF_CELLS => break,
            _ => {}
        }
    }
    Ok(found)
}

impl BinaryCells {
    fn take(&mut self, kind: u16, data: &[u8], at: Position) {
        let damage = match kind {
            BLANK | SHORT_BLANK => None,
            // A small number, a text, and the number of one in the list; a text that a formula gives.
            0x02 | 0x06 | 0x07 | 0x08 => (data.len() < 12).then_some(Damage::NotRead),
            // An error, and one that a formula gives.
            0x03 | 0x0b => match data.get(8) {
                Some(number) => {
                    let known = ERRORS.iter().find(|(known, _)| known == number);
                    self.errors.insert(at, known.map_or(NEWER_ERROR, |(_, name)| name).into());
                    None
                }
                None => Some(Damage::NotRead),
            },
            // TRUE or FALSE.
            0x04 | 0x0a => match data.get(8) {
                Some(0 | 1) => None,
                Some(other) => Some(Damage::NotYesOrNo(other.to_string().into())),
                None => Some(Damage::NotRead),
            },
            // A number.
            0x05 | 0x09 => match data.get(8..16).and_then(|eight| eight.try_into().ok()).map(f64::from_le_bytes) {
                Some(number) if number.is_finite() => None,
                Some(number) => Some(Damage::NotANumber(number.to_string().into())),
                None => Some(Damage::NotRead),
            },
            _ => Some(Damage::NotRead),
        };
        self.damaged.extend(damage.map(|damage| (at.into(), damage)));
    }
}

/// The records of a part with their types, up to where it breaks off.
fn records(content: &[u8]) -> impl Iterator<Item = (u16, &[u8])> {
    let mut rest = content;
    std::iter::from_fn(move || {
        let (kind, after) = seven_bits(rest, 2)?;
        let (length, after) = seven_bits(after, 4)?;
        let (data, after) = after.split_at_checked(length as usize)?;
        rest = after;
        Some((u16::try_from(kind).ok()?, data))
    })
}

/// A number in groups of seven bits, the lowest first, and what follows it.
fn seven_bits(bytes: &[u8], most: usize) -> Option<(u32, &[u8])> {
    let mut number = 0;
    for (index, byte) in bytes.iter().enumerate().take(most) {
        number |= u32::from(byte & 0x7f) << (7 * index);
        if byte & 0x80 == 0 || index + 1 == most {
            return Some((number, &bytes[index + 1..]));
        }
    }
    None
}

fn word(data: &[u8], at: usize) -> Option<u32> {
    data.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

/// A text of as many characters as stands before it, in UTF-16, and what follows it.
fn wide_text(data: &[u8]) -> Option<(String, &[u8])> {
    let length = usize::try_from(word(data, 0)?).ok()?.checked_mul(2)?;
    let (text, rest) = data.get(4..)?.split_at_checked(length)?;
    let units: Vec<u16> = text.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    Some((String::from_utf16_lossy(&units), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_of_one_and_two_bytes() {
        let content = [0x05, 0x02, 7, 8, 0x92, 0x01, 0x00, 0x05, 0x80, 0x01, 9];
        let found: Vec<_> = records(&content).collect();
        assert_eq!(found, [(5, &[7u8, 8][..]), (0x92, &[][..])], "the last is cut off");
    }
}
