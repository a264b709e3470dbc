//! What formulas come to, against what Excel says.

mod bounds;
mod functions;

use chrono::NaiveDate;

use super::*;
use crate::formula::parse;
use crate::model::{DefinedName, Grid, HiddenLines, Settings, Sheet, SheetLayout, Visibility, WhyHidden, Workbook};

/// A cell in writing: `12`, `'text`, `TRUE`, `#N/A`, `2022-04-30`, `=A1*2 -> 24`, `=A1*2` (never calculated).
fn cell(written: &str) -> GridCell {
    let (formula, result) = match written.strip_prefix('=') {
        Some(formula) => {
            let (formula, result) = formula.split_once(" -> ").unwrap_or((formula, ""));
            (Some(formula.into()), result)
        }
        None => (None, written),
    };
    let raw = if let Some(text) = result.strip_prefix('\'') {
        RawValue::Text(text.into())
    } else if result.starts_with('#') {
        RawValue::Error(result.into())
    } else if let Ok(date) = NaiveDate::parse_from_str(result, "%Y-%m-%d") {
        RawValue::Date(date)
    } else if let Ok(number) = result.parse() {
        RawValue::Number(number)
    } else if result.is_empty() {
        RawValue::Empty
    } else {
        RawValue::Boolean(result == "TRUE")
    };
    GridCell { raw, formula, ..GridCell::default() }
}

/// Cells by their sheet and place: `A1`, or `Lists!A1`; the formula stands in `Spend!Z99`.
fn workbook(cells: &[(&str, &str)]) -> Workbook {
    let mut sheets: Vec<(&str, Vec<(Position, GridCell)>)> = vec![("Spend", Vec::new())];
    for (place, written) in cells {
        let (sheet, position) = place.split_once('!').unwrap_or(("Spend", place));
        if !sheets.iter().any(|(name, _)| *name == sheet) {
            sheets.push((sheet, Vec::new()));
        }
        let (_, cells) = sheets.iter_mut().find(|(name, _)| *name == sheet).unwrap();
        cells.push((position.parse().unwrap(), cell(written)));
    }
    let sheets = sheets.into_iter().map(|(name, cells)| {
        let grid = Some(Grid::new(cells).unwrap());
        Sheet { grid, layout: Some(SheetLayout::default()), ..Sheet::new(name, Visibility::Visible) }
    });
    Workbook { sheets: sheets.collect(), settings: Some(Settings::default()), ..Workbook::at("Spend.xlsx") }
}

fn evaluated(formula: &str, workbook: &Workbook) -> Result<Recalculated, NotRecalculated> {
    let at: Position = "Z99".parse().unwrap();
    parse(formula).unwrap_or_else(|error| panic!("{formula}: {error}")).evaluate("Spend", at, &Book::of(workbook))
}

/// The result as a cell in writing, an uncertain one with a question mark, or why there is none.
fn result(formula: &str, workbook: &Workbook) -> String {
    match evaluated(formula, workbook) {
        Err(why) => format!("not: {why}"),
        Ok(result) => {
            let shown = match result.value {
                Computed::Number(number) => value::to_15_digits(number).to_string(),
                Computed::Text(text) => format!("'{text}"),
                Computed::Boolean(value) => if value { "TRUE" } else { "FALSE" }.to_owned(),
                Computed::Error(error) => error.to_string(),
                Computed::Empty => "empty".to_owned(),
            };
            shown + if result.doubt.is_some() { "?" } else { "" }
        }
    }
}

/// Cells that most of the formulas here refer to.
const CELLS: [(&str, &str); 19] = [
    ("A1", "10"),
    ("A2", "20.5"),
    ("A3", "'abc"),
    ("A4", "'7"),
    ("A5", "TRUE"),
    ("A7", "-3"),
    ("A8", "2022-04-30"),
    ("B1", "'Hate Crime"),
    ("B2", "'ASB"),
    ("B3", "'hate crime"),
    ("B4", "'Hate Crime Reduction"),
    ("B7", "'ASB"),
    ("C1", "1"),
    ("C2", "2"),
    ("C3", "3"),
    ("C4", "4"),
    ("C7", "7"),
    ("D1", "#N/A"),
    ("Lists!A1", "5"),
];

fn check(table: &[(&str, &str)]) {
    let workbook = workbook(&CELLS);
    for (formula, expected) in table {
        assert_eq!(result(formula, &workbook), *expected, "{formula}");
    }
}
