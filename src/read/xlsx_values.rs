//! What a cell of an `.xlsx` sheet holds: calamine's reading of it, held against what the XML itself says.
//!
//! calamine reads a value up to the first piece of its XML, takes an index that is no number for the first text of the list,
//! and `NaN` for a number. Where the two differ, the cell is damaged: it is neither guessed nor lost in silence.

use std::sync::Arc;

use calamine::{DataRef, XlsxError};

use super::layout::{CellKind, CellMarkup};
use super::open::cell_of;
use crate::model::{Damage, GridCell, RawValue, SharedText, cut_where_long};

/// The texts that the cells of a workbook share, each kept once, however many cells hold it.
#[derive(Default)]
pub(super) struct SharedTexts {
    /// By their numbers in the workbook's list.
    kept: Vec<Option<SharedText>>,
}

impl SharedTexts {
    /// The text that calamine gave for a number.
    fn text(&mut self, number: usize, text: &str) -> SharedText {
        if number >= self.kept.len() {
            self.kept.resize(number + 1, None);
        }
        match &self.kept[number] {
            Some(kept) if **kept == *text => kept.clone(),
            _ => self.kept[number].insert(text.into()).clone(),
        }
    }
}

/// Whether calamine failed over a cell alone, so that the cells after it can still be read.
pub(super) fn costs_one_cell(error: &XlsxError) -> bool {
    matches!(
        error,
        XlsxError::CellError(_)
            | XlsxError::Unrecognized { .. }
            | XlsxError::CellTAttribute(_)
            | XlsxError::ParseFloat(_)
            | XlsxError::Unexpected(_)
            | XlsxError::UnexpectedNode(_)
    )
}

/// What a cell holds: `read` is what calamine made of it; none where it failed over this cell. `written` is the text of its
/// value in the XML.
///
/// # Errors
/// What is wrong with the cell.
pub(super) fn cell(
    read: Option<DataRef<'_>>,
    markup: &CellMarkup,
    written: &str,
    shared: &mut SharedTexts,
) -> Result<GridCell, Damage> {
    let quoted = || Arc::from(cut_where_long(written));
    let differently = || Damage::ReadDifferently(quoted());
    if markup.values > 1 {
        return Err(differently());
    }
    let plain = written.trim_ascii();
    match &markup.kind {
        CellKind::Other(kind) if markup.values > 0 || read.is_none() => {
            return Err(Damage::UnknownKind(cut_where_long(kind).into()));
        }
        _ if markup.values == 0 => return read.map(|value| held(value, plain, shared)).ok_or(Damage::NotRead),
        CellKind::Shared if written.is_empty() => return Ok(GridCell::default()),
        CellKind::Shared if !is_digits(written) || read.is_none() => return Err(Damage::NoSuchText(quoted())),
        CellKind::Error if read.is_none() && plain.starts_with('#') => {
            return Ok(GridCell { raw: RawValue::Error(plain.into()), ..GridCell::default() });
        }
        CellKind::Boolean if !plain.is_empty() && !is_boolean(plain) => return Err(Damage::NotYesOrNo(quoted())),
        CellKind::Number if plain.is_empty() => return Ok(GridCell::default()),
        CellKind::Number if !is_number(plain) => return Err(Damage::NotANumber(quoted())),
        _ => {}
    }
    let value = read.ok_or(Damage::NotRead)?;
    let agrees = match (&markup.kind, &value) {
        (CellKind::Number, value) => number_of(value).is_some_and(|number| Ok(number) == written.parse::<f64>()),
        (CellKind::Text, DataRef::String(text)) => says_the_same(written, text),
        (CellKind::Day, DataRef::DateTimeIso(text)) => says_the_same(written, text),
        (CellKind::Inline, value) => plain.is_empty() || *value != DataRef::Empty,
        (_, value) => plain.is_empty() || *value != DataRef::Empty,
    };
    // An error without its name is none that can be told.
    let is_nameless = markup.kind == CellKind::Error && plain.is_empty();
    if agrees && !is_nameless { Ok(held(value, plain, shared)) } else { Err(differently()) }
}

fn held(value: DataRef<'_>, written: &str, shared: &mut SharedTexts) -> GridCell {
    match (value, written.parse()) {
        (DataRef::SharedString(text), Ok(number)) => {
            GridCell { raw: RawValue::Text(shared.text(number, text)), ..GridCell::default() }
        }
        (other, _) => cell_of(other),
    }
}

fn number_of(value: &DataRef<'_>) -> Option<f64> {
    match value {
        DataRef::Int(number) => Some(*number as f64),
        DataRef::Float(number) => Some(*number),
        DataRef::DateTime(time) => Some(time.as_f64()),
        _ => None,
    }
}

fn is_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn is_boolean(text: &str) -> bool {
    ["0", "1", "true", "false"].iter().any(|known| text.eq_ignore_ascii_case(known))
}

/// Whether a text is a number as workbooks have it: digits with a point, and a power of ten. `NaN`, `INF` and `1,5` are none.
pub(super) fn is_number(text: &str) -> bool {
    fn unsigned(text: &str) -> &str {
        text.strip_prefix(['-', '+']).unwrap_or(text)
    }
    let (digits, power) = text.split_once(['e', 'E']).map_or((text, None), |(digits, power)| (digits, Some(power)));
    let digits = unsigned(digits);
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    let are_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let has_one = !whole.is_empty() || !fraction.is_empty();
    has_one && are_digits(whole) && are_digits(fraction) && power.is_none_or(|power| is_digits(unsigned(power)))
}

/// Whether calamine's text is the one in the XML. It resolves escapes such as `_x000D_`; how ends of lines are written does
/// not count.
fn says_the_same(written: &str, read: &str) -> bool {
    let without_ends = |text: &str| text.replace(['\r', '\n'], "");
    let is_escaped = written.contains("_x");
    is_escaped || written == read || without_ends(written) == without_ends(read)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_as_workbooks_have_them() {
        for text in ["0", "-0", "12", "+12", "12.50", ".5", "5.", "1E+2", "1e-300", "123456789012345678901", "1e400"] {
            assert!(is_number(text), "{text}");
        }
        for text in
            ["", "-", ".", "e5", "NaN", "INF", "-INF", "inf", "infinity", "0x1p3", "1,5", "1 000", "1e", "1e1.5"]
        {
            assert!(!is_number(text), "{text}");
        }
    }
}
