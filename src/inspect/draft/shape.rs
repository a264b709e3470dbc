//! A table of rows on a sheet: on how many rows its headings stand, and what each row below them is.

use std::collections::BTreeSet;

use super::super::blocks::LikelyTable;
use super::super::headings::{Label, is_heading_text, label_of};
use super::super::kinds::kind_of;
use super::adding::is_sum_of_rows;
use super::ending::{self, Ending};
use super::period::{PeriodKind, period_of_cell};
use crate::model::{Area, CellKind, Grid, GridCell, Line, Position, RawValue, name_key, on_one_line};
use crate::schema::{HeadingFill, TableSchema};

/// Headings stand on at most so many rows.
const MOST_HEADING_ROWS: u32 = 4;
/// A table ends after so many empty rows.
const MOST_EMPTY_ROWS: u32 = 3;
/// A title stands at most so many rows above the headings.
const TITLE_WITHIN: u32 = 3;
/// Rows with a label alone are sections when there are so many of them.
const FEWEST_SECTIONS: usize = 2;

/// A table of rows.
#[derive(Debug, Clone)]
pub(super) struct Shape {
    /// The zero-based row of the highest headings.
    pub heading_row: u32,
    /// On how many rows the headings stand.
    pub heading_rows: u32,
    /// How far the upper ones reach.
    pub fill: HeadingFill,
    /// Rows below the headings that hold units or numbers of columns, zero-based.
    pub passed_over: Vec<u32>,
    /// The columns with a heading, from left to right.
    pub columns: Vec<Headed>,
    /// The rows that are records, zero-based.
    pub records: Vec<u32>,
    /// The rows that hold a label alone, which holds for the rows below; zero-based.
    pub sections: Vec<u32>,
    /// The rows that state the sum of a part, zero-based, each with its label.
    pub subtotals: Vec<(u32, String)>,
    /// The row that states the total, zero-based, with its label.
    pub total: Option<(u32, String)>,
    /// The rows in which the headings stand again, zero-based.
    pub repeated: Vec<u32>,
    /// The text above the headings.
    pub title: Option<(Position, String)>,
    /// From the first heading to the last cell.
    pub area: Area,
    /// How its end is told, where the last row alone does not.
    pub ending: Option<Ending>,
}

/// A column with its heading.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Headed {
    /// The zero-based column.
    pub column: u32,
    /// The headings from the top down, each on one line.
    pub path: Vec<String>,
    /// The cell of the lowest.
    pub at: Position,
    /// The kind of period that the lowest is, if it is one.
    pub period: Option<PeriodKind>,
}

impl Headed {
    /// The lowest heading.
    pub fn lowest(&self) -> &str {
        self.path.last().map_or("", String::as_str)
    }

    /// What tells the column from others.
    pub fn key(&self) -> String {
        name_key(&self.path.join(" > "))
    }
}

impl Shape {
    /// The zero-based row of the lowest headings.
    fn lowest_heading_row(&self) -> u32 {
        self.heading_row + self.heading_rows - 1
    }
}

/// The shape of a table that was seen; `others` are the first rows and columns of the other tables on the sheet.
pub(super) fn shape(grid: &Grid, merged: &[Area], seen: &LikelyTable, others: &[Area]) -> Option<Shape> {
    let (first, last) = (seen.area.first.column, seen.area.last.column);
    let mut shape = Shape {
        heading_row: seen.heading_row(),
        heading_rows: 1,
        fill: HeadingFill::default(),
        passed_over: Vec::new(),
        columns: Vec::new(),
        records: Vec::new(),
        sections: Vec::new(),
        subtotals: Vec::new(),
        total: None,
        repeated: Vec::new(),
        title: None,
        area: seen.area,
        ending: None,
    };
    let (mut left, mut right) = (first, last);
    extend_upwards(grid, merged, seen, &mut shape, (&mut left, &mut right));
    extend_downwards(grid, seen, &mut shape, (left, right));
    shape.fill = fill(grid, merged, &shape, (left, right));
    shape.columns = headed(grid, merged, &shape, (left, right));
    let body = body(grid, &shape, (left, right), others);
    classify(grid, &mut shape, &body, (left, right));
    shape.columns.retain(|column| {
        column.column >= first && column.column <= last
            || shape.records.iter().any(|row| is_filled(grid, *row, column.column))
    });
    let (left, right) = (shape.columns.first()?.column, shape.columns.last()?.column);
    let last_row = body.iter().copied().chain([shape.lowest_heading_row()]).max().unwrap_or_default();
    shape.area = Area::new(Position::new(shape.heading_row, left), Position::new(last_row, right));
    shape.title = title(grid, &shape);
    shape.ending = ending::ending(grid, &shape, others);
    (shape.records.len() >= 2).then_some(shape)
}

fn is_filled(grid: &Grid, row: u32, column: u32) -> bool {
    grid.cell(Position::new(row, column)).is_some_and(GridCell::is_filled)
}

pub(super) fn line(grid: &Grid, row: u32) -> Option<&Line> {
    let index = grid.lines().binary_search_by_key(&row, |line| line.row).ok()?;
    grid.lines().get(index)
}

/// The cells of a row between two columns that hold something.
pub(super) fn filled_between(grid: &Grid, row: u32, (left, right): (u32, u32)) -> Vec<(u32, &GridCell)> {
    line(grid, row).into_iter().flat_map(Line::filled).filter(|(column, _)| (left..=right).contains(column)).collect()
}

/// Whether a cell could be a heading of an upper row: a text, or a period.
fn is_heading(cell: &GridCell) -> bool {
    is_heading_text(cell) || period_of_cell(cell).is_some()
}

/// Takes in the rows of headings above the row that was seen, and the columns beside it that have a heading there alone.
fn extend_upwards(
    grid: &Grid,
    merged: &[Area],
    seen: &LikelyTable,
    shape: &mut Shape,
    (left, right): (&mut u32, &mut u32),
) {
    while shape.heading_row > 0 && shape.heading_rows < MOST_HEADING_ROWS {
        let row = shape.heading_row - 1;
        let beside =
            |column: u32| (seen.area.first.row + 1..=seen.area.last.row).any(|row| is_filled(grid, row, column));
        let above: Vec<(u32, &GridCell)> = line(grid, row).into_iter().flat_map(Line::filled).collect();
        // Columns to the left and right whose heading stands in this row alone.
        let (mut wide_left, mut wide_right) = (*left, *right);
        while wide_left > 0 && beside(wide_left - 1) && above.iter().any(|(column, _)| *column == wide_left - 1) {
            wide_left -= 1;
        }
        while beside(wide_right + 1) && above.iter().any(|(column, _)| *column == wide_right + 1) {
            wide_right += 1;
        }
        let above: Vec<(u32, &GridCell)> =
            above.into_iter().filter(|(column, _)| (wide_left..=wide_right).contains(column)).collect();
        if above.is_empty() || !above.iter().all(|(_, cell)| is_heading(cell)) {
            return;
        }
        if !is_row_of_headings(grid, merged, shape, &above, (wide_left, wide_right)) {
            return;
        }
        (*left, *right) = (wide_left, wide_right);
        shape.heading_row = row;
        shape.heading_rows += 1;
    }
}

/// Whether a row above the headings is one of headings too, and no title: it has more than one text and completes the row
/// below or tells its headings apart, or a text of it is merged over a part of the columns.
fn is_row_of_headings(
    grid: &Grid,
    merged: &[Area],
    shape: &Shape,
    above: &[(u32, &GridCell)],
    (left, right): (u32, u32),
) -> bool {
    let row = shape.heading_row - 1;
    let spans_a_part = merged.iter().any(|area| {
        area.first.row == row
            && area.last.column > area.first.column
            && area.first.column >= left
            && area.last.column <= right
            && (area.first.column > left || area.last.column < right)
            && is_filled(grid, row, area.first.column)
    });
    if spans_a_part {
        return true;
    }
    let below = filled_between(grid, shape.heading_row, (left, right));
    let keys: Vec<String> = below.iter().map(|(_, cell)| name_key(&cell.raw.shown())).collect();
    let repeats = keys.iter().collect::<BTreeSet<_>>().len() < keys.len();
    let completes = above.iter().any(|(column, _)| below.iter().all(|(filled, _)| filled != column));
    let is_inside = above.iter().any(|(column, _)| *column > left);
    let is_wrapped = above.iter().all(|(column, _)| goes_on(grid, shape.heading_row, *column));
    is_inside && (repeats || ((completes || is_wrapped) && above.len() >= 2))
}

/// Whether a heading could be the rest of one that was wrapped by hand: it begins with a small letter or a bracket.
fn goes_on(grid: &Grid, row: u32, column: u32) -> bool {
    let text = grid.cell(Position::new(row, column)).map(|cell| cell.raw.shown()).unwrap_or_default();
    text.trim_start().starts_with(|first: char| !first.is_uppercase() && !first.is_ascii_digit())
}

/// Takes in a second row of headings below the row that was seen, and passes over rows of units and of numbers of columns.
fn extend_downwards(grid: &Grid, seen: &LikelyTable, shape: &mut Shape, (left, right): (u32, u32)) {
    let figures: BTreeSet<u32> =
        seen.columns.iter().filter(|(_, tally)| tally.has_mostly_figures()).map(|(column, _)| *column).collect();
    let mut row = seen.heading_row() + 1;
    while row < seen.area.last.row {
        let cells = filled_between(grid, row, (left, right));
        let over_figures: Vec<&GridCell> =
            cells.iter().filter(|(column, _)| figures.contains(column)).map(|(_, cell)| *cell).collect();
        if cells.is_empty() || over_figures.len() < figures.len().clamp(1, 2) {
            return;
        }
        let are_numbers =
            cells.len() > 2 && cells.iter().enumerate().all(|(index, (_, cell))| is_number_of_column(cell, index));
        if are_numbers || over_figures.iter().all(|cell| is_unit(cell)) {
            shape.passed_over.push(row);
        } else if shape.passed_over.is_empty()
            && shape.heading_rows < MOST_HEADING_ROWS
            && cells.iter().all(|(_, cell)| is_heading_text(cell))
        {
            shape.heading_rows += 1;
        } else {
            return;
        }
        row += 1;
    }
}

/// Whether a cell numbers its column: `1`, `(1)`, `a`.
fn is_number_of_column(cell: &GridCell, index: usize) -> bool {
    let shown = cell.raw.shown();
    let plain = shown.trim().trim_matches(['(', ')']).to_lowercase();
    let letter = u8::try_from(index).ok().filter(|index| *index < 26).map(|index| char::from(b'a' + index).to_string());
    plain == (index + 1).to_string() || letter == Some(plain)
}

/// Whether a cell holds a unit alone.
fn is_unit(cell: &GridCell) -> bool {
    let RawValue::Text(text) = &cell.raw else { return false };
    let plain = text.trim().trim_matches(['(', ')']).to_lowercase();
    let units = [
        "£",
        "£k",
        "£000",
        "£'000",
        "£’000",
        "£000s",
        "£m",
        "£ million",
        "%",
        "no",
        "no.",
        "number",
        "fte",
        "days",
        "hours",
        "km",
        "kg",
        "tonnes",
        "m",
        "count",
        "pounds",
    ];
    units.contains(&plain.as_str())
}

/// How far the upper headings reach: over merged cells, or over the empty cells to their right.
fn fill(grid: &Grid, merged: &[Area], shape: &Shape, (left, right): (u32, u32)) -> HeadingFill {
    let lowest = shape.lowest_heading_row();
    let upper = shape.heading_row..lowest;
    let is_merged = merged.iter().any(|area| {
        upper.contains(&area.first.row)
            && area.first.column < area.last.column
            && (left..=right).contains(&area.first.column)
    });
    // Headings that were wrapped by hand go on below in small letters, or with a unit.
    let own: Vec<u32> = (left..=right)
        .filter(|column| is_filled(grid, lowest, *column) && upper.clone().any(|row| is_filled(grid, row, *column)))
        .collect();
    let wrapped = own.iter().filter(|column| goes_on(grid, lowest, **column)).count();
    if !is_merged && !own.is_empty() && wrapped * 2 >= own.len() {
        return HeadingFill::None;
    }
    let lacks =
        |row: u32| (left..=right).any(|column| !is_filled(grid, row, column) && is_filled(grid, lowest, column));
    if !is_merged && upper.clone().any(lacks) { HeadingFill::Right } else { HeadingFill::Merged }
}

/// The columns with their headings from the top down.
fn headed(grid: &Grid, merged: &[Area], shape: &Shape, (left, right): (u32, u32)) -> Vec<Headed> {
    let rows = shape.heading_row..=shape.lowest_heading_row();
    let lowest = shape.lowest_heading_row();
    let mut columns = Vec::new();
    for column in left..=right {
        let mut path: Vec<String> = Vec::new();
        let mut at = None;
        let mut period = None;
        for row in rows.clone() {
            let own = Position::new(row, column);
            let reached = if row == lowest { None } else { reaching(grid, merged, shape, own, left) };
            let place = if is_filled(grid, row, column) { Some(own) } else { reached };
            let Some((place, cell)) = place.and_then(|place| Some((place, grid.cell(place)?))) else { continue };
            let text = on_one_line(&cell.raw.shown());
            // A heading that is merged down over two rows is one.
            if at != Some(place) {
                path.push(text);
                period = period_of_cell(cell);
            }
            at = Some(place);
        }
        // An upper heading alone that only reaches here from the left is none of this column.
        if let Some(at) = at.filter(|at| at.column == column) {
            columns.push(Headed { column, path, at, period });
        }
    }
    columns
}

/// The cell of the heading that reaches over an empty cell.
fn reaching(grid: &Grid, merged: &[Area], shape: &Shape, cell: Position, left: u32) -> Option<Position> {
    match shape.fill {
        HeadingFill::Merged => {
            let area = merged.iter().find(|area| area.contains(cell))?;
            // One that is merged downwards belongs to its own row.
            (area.first.row == cell.row).then_some(area.first)
        }
        HeadingFill::Right => {
            let to_the_left = (left..cell.column).rev();
            let mut filled = to_the_left.map(|column| Position::new(cell.row, column));
            let found = filled.find(|place| is_filled(grid, place.row, place.column))?;
            // The next heading in a row above ends it.
            let is_cut = (shape.heading_row..cell.row)
                .any(|row| (found.column + 1..=cell.column).any(|column| is_filled(grid, row, column)));
            let lowest = shape.lowest_heading_row();
            // A heading that has nothing below it in its own column, such as Service, is over that column alone.
            let has_lower = (cell.row + 1..=lowest).any(|row| is_filled(grid, row, found.column));
            (!is_cut && has_lower).then_some(found)
        }
        HeadingFill::None => None,
    }
}

/// The rows below the headings that belong to the table, up to its last total or its last full row.
fn body(grid: &Grid, shape: &Shape, (left, right): (u32, u32), others: &[Area]) -> Vec<u32> {
    let from = shape.lowest_heading_row() + u32::try_from(shape.passed_over.len()).unwrap_or_default() + 1;
    let is_other = |row: u32| {
        others.iter().any(|area| {
            area.first.row == row && area.first.column <= right && area.last.column >= left && row > shape.heading_row
        })
    };
    let schema = TableSchema::default();
    let (mut rows, mut waiting): (Vec<u32>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut last_total = None;
    let mut touched = from;
    let start = grid.lines().partition_point(|line| line.row < from);
    for line in &grid.lines()[start..] {
        let cells = filled_between(grid, line.row, (left, right));
        if is_other(line.row) || line.row > touched + MOST_EMPTY_ROWS + 1 {
            break;
        }
        if cells.is_empty() {
            continue;
        }
        touched = line.row;
        if cells.len() < 2 {
            waiting.push(line.row);
            continue;
        }
        rows.append(&mut waiting);
        rows.push(line.row);
        if label_of(&cells, |text| schema.is_total_label(text)) == Label::Total {
            last_total = Some(rows.len());
        }
    }
    rows.truncate(last_total.unwrap_or(rows.len()));
    rows
}

/// Says of each row of the body what it is.
fn classify(grid: &Grid, shape: &mut Shape, body: &[u32], columns: (u32, u32)) {
    let schema = TableSchema::default();
    let is_total = |text: &str| schema.is_total_label(text);
    let mut alone = Vec::new();
    let mut stated: Vec<(u32, String)> = Vec::new();
    let mut sums: Vec<u32> = Vec::new();
    for row in body {
        let cells = filled_between(grid, *row, columns);
        if stands_again(&cells, shape) {
            shape.repeated.push(*row);
        } else if is_alone(&cells, columns.0) {
            alone.push(*row);
        } else if let Some(label) = cells.iter().find_map(|(_, cell)| text_of(cell))
            && is_sum_of_rows(grid, *row, columns, shape.lowest_heading_row() + 1)
        {
            // Whatever it is called.
            sums.push(*row);
            stated.push((*row, label));
        } else if label_of(&cells, is_total) != Label::None && is_stated(&cells) {
            let label = cells.iter().find_map(|(_, cell)| text_of(cell)).unwrap_or_default();
            stated.push((*row, label));
        } else {
            shape.records.push(*row);
        }
    }
    if alone.len() >= FEWEST_SECTIONS {
        shape.sections = alone;
    } else {
        shape.records.extend(alone);
    }
    super::ending::totals(grid, shape, stated, &sums, columns);
    shape.records.sort_unstable();
}

fn text_of(cell: &GridCell) -> Option<String> {
    if let RawValue::Text(text) = &cell.raw { Some(on_one_line(text)) } else { None }
}

/// Whether a row has the headings of the table again.
fn stands_again(cells: &[(u32, &GridCell)], shape: &Shape) -> bool {
    let is_same = |(column, cell): &(u32, &GridCell)| {
        let headed = shape.columns.iter().find(|headed| headed.column == *column);
        headed.is_some_and(|headed| {
            let key = name_key(&cell.raw.shown());
            headed.path.iter().any(|heading| name_key(heading) == key)
        })
    };
    cells.len() >= 2 && cells.iter().all(is_same)
}

/// Whether a row holds a label alone, in the table's first column.
fn is_alone(cells: &[(u32, &GridCell)], left: u32) -> bool {
    matches!(cells, [(column, cell)] if *column == left && is_heading_text(cell))
}

/// Whether a row with the label of a sum has figures.
fn is_stated(cells: &[(u32, &GridCell)]) -> bool {
    cells.iter().any(|(_, cell)| {
        matches!(kind_of(cell), CellKind::WholeNumber | CellKind::Number | CellKind::Amount | CellKind::Percentage)
            || cell.is_without_result()
    })
}

/// The text above the headings: the only one of its row, over the table's columns, with nothing between.
fn title(grid: &Grid, shape: &Shape) -> Option<(Position, String)> {
    let (left, right) = (shape.area.first.column, shape.area.last.column);
    let rows = (1..=TITLE_WITHIN).filter_map(|up| shape.heading_row.checked_sub(up));
    for row in rows {
        match filled_between(grid, row, (left, right)).as_slice() {
            [] => {}
            [(column, cell)] if is_heading_text(cell) => {
                return Some((Position::new(row, *column), on_one_line(&cell.raw.shown())));
            }
            _ => return None,
        }
    }
    None
}
