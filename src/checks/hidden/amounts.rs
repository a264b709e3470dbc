//! What cells hold, in amounts: which numbers are figures, and what they come to.

use crate::checks::view::{ColumnView, TableView};
use crate::checks::words::in_sentence;
use crate::model::{Difference, Figures, GridCell, Money, Origin, RawValue, Row, listed};
use crate::schema::FieldKind;

/// A whole number below this, that no format calls an amount, may as well be a number of a page or a list.
const SMALLEST_PLAIN_AMOUNT: f64 = 1000.0;
/// From here on a whole number that no format calls an amount is rather one of an account or a telephone.
const SMALLEST_LONG_NUMBER: f64 = 1e7;
/// Whole numbers that are read as years.
const YEARS: std::ops::RangeInclusive<f64> = 1900.0..=2100.0;
/// The most columns whose sums a message names.
const MOST_COLUMNS: usize = 3;

/// What the rows of a table hold in one of its columns of figures.
pub(super) struct Held<'a> {
    /// The column's heading.
    pub heading: &'a str,
    /// The field's place among the schema's.
    pub index: usize,
    /// What its figures come to, in the smallest unit.
    pub sum: i64,
    figures: Figures,
}

impl Held<'_> {
    /// What a figure of this column is called: `£1,250.00`.
    pub fn shown(&self) -> String {
        self.figures.show(self.sum)
    }

    /// The sum as a difference that leaving it out makes, stated less computed.
    pub fn left_out(&self) -> Option<Difference> {
        self.figures.difference(self.sum.checked_neg()?)
    }
}

/// What these rows hold in each column of amounts; of a table without any, in each column of counts. Columns of which they
/// hold nothing are left out.
pub(super) fn held<'a>(view: TableView<'a>, rows: &[&Row]) -> Vec<Held<'a>> {
    let of = |wanted: FieldKind| -> Vec<Held<'a>> {
        // What stands in a heading or label is no figure of the rows that it holds for.
        let is_own = |column: &ColumnView<'_>| matches!(column.origin(), Origin::Heading | Origin::Crosstab);
        let columns = view.columns().filter(is_own).filter(|column| column.kind() == wanted);
        columns
            .filter_map(|column| {
                // In a crosstab several records have one cell of a column beside the values.
                let mut last = None;
                let cells = rows.iter().filter_map(|row| row.cells.get(column.index));
                let cells = cells.filter(|cell| last.replace(cell.position) != Some(cell.position));
                let sum = cells.filter_map(|cell| cell.value.figure()).try_fold(0i64, i64::checked_add)?;
                let figures = column.kind().figures()?;
                (sum != 0).then_some(Held { heading: column.field.heading(), index: column.index, sum, figures })
            })
            .collect()
    };
    let amounts = of(FieldKind::Money);
    if amounts.is_empty() { of(FieldKind::Integer) } else { amounts }
}

/// What was held, as a clause: `the amount in it comes to £1,250.00`. None when there are no figures.
pub(super) fn come_to(held: &[Held<'_>], in_them: &str) -> Option<String> {
    let (first, others) = held.split_first()?;
    let mut clauses = vec![format!("the {}{in_them} comes to {}", in_sentence(first.heading), first.shown())];
    let others = others.iter().take(MOST_COLUMNS - 1);
    clauses.extend(others.map(|held| format!("the {} to {}", in_sentence(held.heading), held.shown())));
    Some(listed(&clauses, "and"))
}

/// Whether a cell holds an amount: by its format, else by its number.
pub(super) fn is_amount(cell: &GridCell) -> bool {
    let RawValue::Number(number) = cell.raw else { return false };
    if number == 0.0 {
        return false;
    }
    match cell.format.as_deref() {
        Some(format) if is_format_of_time(format) || format.contains('%') => false,
        Some(format) if format.contains(['£', '$', '€']) || format.contains("#,##0") || format.contains("0.00") => {
            true
        }
        Some(_) => is_plain_amount(number),
        None => is_plain_amount(number),
    }
}

/// Whether a number without a format is likely an amount: pounds and pence, or more than a number of a page, and no year.
fn is_plain_amount(number: f64) -> bool {
    let pence = number * 100.0;
    let is_whole = number.fract() == 0.0;
    let has_pence = !is_whole && (pence - pence.round()).abs() < 1e-6;
    let is_of_size = (SMALLEST_PLAIN_AMOUNT..SMALLEST_LONG_NUMBER).contains(&number.abs());
    has_pence || is_whole && is_of_size && !is_year(number)
}

/// Whether a number may be a figure at all: no year, and no number of an account or a telephone, which nobody adds up and
/// which no message may show as an amount.
pub(super) fn is_figure(cell: &GridCell) -> bool {
    let RawValue::Number(number) = cell.raw else { return false };
    is_amount(cell) || number.abs() < SMALLEST_LONG_NUMBER && !is_year(number)
}

/// Whether a number is read as a year.
fn is_year(number: f64) -> bool {
    number.fract() == 0.0 && YEARS.contains(&number)
}

fn is_format_of_time(format: &str) -> bool {
    let plain: String = format.split('"').step_by(2).collect();
    let plain = plain.replace("[Red]", "").to_lowercase();
    plain.contains(['y', 'd', 'h']) || plain.contains("mm")
}

/// What amounts come to, each rounded to the penny as it would be shown; none beyond what money can hold.
pub(super) fn total<'c>(cells: impl IntoIterator<Item = &'c GridCell>) -> Option<Money> {
    let pence = |number: f64| {
        let pence = (number * 100.0).round();
        (pence.abs() < 1e15).then_some(pence as i64)
    };
    let figures = cells.into_iter().filter_map(|cell| match cell.raw {
        RawValue::Number(number) => Some(pence(number)),
        _ => None,
    });
    let mut sum = 0i64;
    for figure in figures {
        sum = sum.checked_add(figure?)?;
    }
    Some(Money::from_pence(sum))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(number: f64, format: Option<&str>) -> GridCell {
        GridCell { raw: RawValue::Number(number), format: format.map(Into::into), ..GridCell::default() }
    }

    #[test]
    fn amounts_and_other_numbers() {
        for (value, format, expected) in [
            (12.0, Some("£#,##0.00"), true),
            (412.6, None, true),
            (1250.0, None, true),
            (-1250.0, None, true),
            (12.0, None, false),
            (412.6, Some("0.0"), true),
            (12_345_678.0, None, false),
            (7_700_900_123.0, Some("0"), false),
            (2022.0, None, false),
            (0.0, Some("£#,##0.00"), false),
            (0.125, Some("0.00%"), false),
            (0.123456, None, false),
            (44666.5, Some("dd/mm/yyyy hh:mm"), false),
            (12.5, Some("[Red]\"days \"#,##0.00"), true),
        ] {
            assert_eq!(is_amount(&number(value, format)), expected, "{value} {format:?}");
        }
    }

    #[test]
    fn sums_to_the_penny() {
        let cells = [number(0.1, None), number(0.2, None), number(1e14, None)];
        assert_eq!(total(&cells[..2]).map(|sum| sum.to_string()), Some("£0.30".to_owned()));
        assert_eq!(total(&cells), None);
    }
}
