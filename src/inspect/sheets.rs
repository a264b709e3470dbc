//! A sheet and a workbook's settings, described.

use super::blocks::LikelyTable;
use crate::model::{
    Area, Grid, GridCell, HiddenLines, HiddenPart, InspectedColumn, InspectedLayout, InspectedSettings, InspectedSheet,
    InspectedTable, Position, RawValue, Settings, Sheet, SheetLayout, SheetText, TextHolder, column_letters, file_name,
    on_one_line,
};

/// So many cells with errors are named.
const NAMED_ERRORS: usize = 5;
/// So many tables of a sheet are described.
const MOST_TABLES: usize = 50;

/// Describes a sheet: its cells, what is hidden, and the tables that were found on it, each with whether it is checked.
pub fn sheet(sheet: &Sheet, texts: &[SheetText], tables: &[(LikelyTable, bool)]) -> InspectedSheet {
    let nothing = Grid::default();
    let grid = sheet.grid.as_ref().unwrap_or(&nothing);
    let mut described = InspectedSheet {
        name: sheet.name.clone(),
        visibility: sheet.visibility,
        used: None,
        filled: 0,
        formulas: 0,
        errors: 0,
        first_errors: Vec::new(),
        layout: sheet.layout.as_ref().map(layout),
        comments: texts.iter().filter(|text| is_comment(text, sheet)).count(),
        tables: tables.iter().take(MOST_TABLES).map(|(found, is_checked)| table(found, *is_checked, grid)).collect(),
        more_tables: tables.len().saturating_sub(MOST_TABLES),
    };
    for (at, cell) in grid.cells() {
        count(&mut described, at, cell);
    }
    described
}

fn is_comment(text: &SheetText, sheet: &Sheet) -> bool {
    text.holder == TextHolder::Comment && text.sheet == sheet.name && !text.without_mark().trim().is_empty()
}

fn count(sheet: &mut InspectedSheet, at: Position, cell: &GridCell) {
    if !cell.is_filled() {
        return;
    }
    sheet.filled += 1;
    sheet.formulas += usize::from(cell.formula.is_some());
    if matches!(cell.raw, RawValue::Error(_)) {
        sheet.errors += 1;
        if sheet.first_errors.len() < NAMED_ERRORS {
            sheet.first_errors.push(at);
        }
    }
    sheet.used = Some(sheet.used.map_or(Area::from(at), |used| {
        let first = Position::new(used.first.row.min(at.row), used.first.column.min(at.column));
        let last = Position::new(used.last.row.max(at.row), used.last.column.max(at.column));
        Area::new(first, last)
    }));
}

fn layout(layout: &SheetLayout) -> InspectedLayout {
    let rows = |row: u32| (u64::from(row) + 1).to_string();
    InspectedLayout {
        hidden_rows: hidden(&layout.hidden_rows, rows),
        hidden_columns: hidden(&layout.hidden_columns, column_letters),
        merged: layout.merged.len(),
    }
}

/// The most stretches of hidden rows or columns that are named: a filter leaves very many.
const MOST_HIDDEN: usize = 100;

fn hidden(lines: &[HiddenLines], named: impl Fn(u32) -> String) -> Vec<HiddenPart> {
    let part = |lines: &HiddenLines| HiddenPart {
        lines: format!("{}:{}", named(lines.first), named(lines.last)),
        why: lines.why,
    };
    lines.iter().take(MOST_HIDDEN).map(part).collect()
}

fn table(found: &LikelyTable, is_checked: bool, grid: &Grid) -> InspectedTable {
    let heading = |column: u32| {
        let cell = grid.cell(Position::new(found.heading_row(), column));
        on_one_line(&cell.map(|cell| cell.raw.shown()).unwrap_or_default())
    };
    let columns = found.columns.iter().map(|(column, tally)| InspectedColumn {
        column: *column,
        heading: heading(*column),
        seen: tally.seen(),
        filled: tally.filled,
        kinds: tally.kinds.clone(),
    });
    InspectedTable { area: found.area, rows: found.rows, total: found.total, columns: columns.collect(), is_checked }
}

/// Describes how a workbook is calculated and what it refers to.
pub fn settings(settings: &Settings) -> InspectedSettings {
    let broken = settings.names.iter().filter(|name| name.refers_to.contains("#REF!"));
    let bare = |link: &str| file_name(&link.replace('\\', "/")).to_owned();
    InspectedSettings {
        counts_from_1904: settings.counts_from_1904,
        calculates_manually: settings.calculates_manually,
        iterates: settings.iterates,
        names: settings.names.len(),
        broken_names: broken.map(|name| name.name.clone()).collect(),
        links: settings.links.iter().map(|link| bare(link)).collect(),
    }
}
