//! Whole numbers that are pounds, since their sheet says so.

use super::Note;
use super::shape::Shape;
use super::study::Study;
use crate::model::{CellKind, Grid, Line, Money, Position, RawValue};
use crate::schema::{Field, FieldType, Unit};

/// Words above and below a table are looked at within so many rows.
const NEAR: u32 = 30;

/// Words in a heading whose figures are no money.
const NO_MONEY: [&str; 43] = [
    "number",
    "numbers",
    "no",
    "headcount",
    "people",
    "persons",
    "fte",
    "ftes",
    "count",
    "counts",
    "ref",
    "reference",
    "code",
    "id",
    "uprn",
    "urn",
    "year",
    "years",
    "age",
    "staff",
    "posts",
    "post",
    "employees",
    "workers",
    "vacancies",
    "visits",
    "visitors",
    "quantity",
    "qty",
    "units",
    "hours",
    "days",
    "weeks",
    "months",
    "rate",
    "percent",
    "percentage",
    "score",
    "rank",
    "km",
    "kg",
    "tonnes",
    "population",
];

/// A text of a sheet that speaks of pounds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spoken {
    at: Position,
    /// Whether it speaks of thousands or millions of them.
    is_of_many: bool,
}

/// The first text with £ in the headings of a table or near it, above or below; amounts themselves are none.
pub(super) fn pounds_near(grid: &Grid, shape: &Shape) -> Option<Spoken> {
    let area = shape.area;
    let units = u32::try_from(shape.passed_over.len()).unwrap_or_default();
    let body = area.first.row + shape.heading_rows + units;
    let first = area.first.row.saturating_sub(NEAR);
    let lines = grid.lines();
    let from = lines.partition_point(|line| line.row < first);
    let near = lines[from..].iter().take_while(|line| line.row <= area.last.row.saturating_add(NEAR));
    let mut outside = near.filter(|line| line.row < body || line.row > area.last.row);
    outside.find_map(spoken)
}

/// The first text with £ on the sheet of a form.
pub(super) fn pounds_on(grid: &Grid) -> Option<Spoken> {
    grid.lines().iter().find_map(spoken)
}

fn spoken(line: &Line) -> Option<Spoken> {
    line.filled().find_map(|(column, cell)| {
        let RawValue::Text(text) = &cell.raw else { return None };
        // `(£000)` is a unit, although it could be read as an amount.
        let says = text.contains('£') && (is_of_many(text) || Money::from_text(text.trim()).is_err());
        says.then(|| Spoken { at: Position::new(line.row, column), is_of_many: is_of_many(text) })
    })
}

/// Whether a text speaks of thousands or millions: `£000`, `£'000`, `£k`, `£m`.
fn is_of_many(text: &str) -> bool {
    let lower = text.to_lowercase().replace(['\'', '’', '‘', ' '], "");
    let is_unit = |begin: &str| {
        lower.match_indices(begin).any(|(at, _)| {
            let behind = lower[at + begin.len()..].trim_start_matches('s').chars().next();
            behind.is_none_or(|sign| !sign.is_alphanumeric())
        })
    };
    ["£000", "£k", "£m"].into_iter().any(is_unit) || lower.contains("thousand") || lower.contains("million")
}

/// Makes a column of numbers one of pounds where the sheet speaks of them and its own heading, with its unit, of nothing
/// else; the note says why.
pub(super) fn take_pounds(
    field: &mut Field,
    index: usize,
    heading: &str,
    study: &Study,
    spoken: &Spoken,
) -> Option<Note> {
    let is_number = matches!(field.field_type, FieldType::Integer | FieldType::Number);
    let has_years = study.pound_formats == 0
        && !study.texts.is_empty()
        && !study.has_many_texts
        && study.texts.keys().all(|text| text.parse::<u32>().is_ok_and(|year| (1900..=2100).contains(&year)));
    let is_money = is_number
        && field.crosscast.unit.is_none()
        && study.numbers > 0
        && study.pence == study.numbers
        && study.count(CellKind::Percentage) == 0
        && !has_years
        && !says_no_money(heading);
    if !is_money {
        return None;
    }
    field.field_type = FieldType::Number;
    field.crosscast.unit = Some(Unit::Gbp);
    let text = if spoken.is_of_many {
        "a guess: the sheet speaks of thousands or millions of £, and factor is never guessed; give it if the figures are so"
    } else {
        "a guess: the sheet speaks of £"
    };
    Some(Note::new(format!("fields[{index}].crosscast.unit"), text).at([spoken.at.to_string()]))
}

fn says_no_money(heading: &str) -> bool {
    let lower = heading.to_lowercase();
    let mut words = lower.split(|sign: char| !sign.is_alphanumeric()).filter(|word| !word.is_empty());
    !lower.contains('£') && (lower.contains('%') || words.any(|word| NO_MONEY.contains(&word)))
}
