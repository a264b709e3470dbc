//! Hidden rows and columns of a table, and rows that a filter passes over.

use super::across;
use super::amounts::{self, Held};
use crate::checks::runs::{Fault, Run, gather};
use crate::checks::sum;
use crate::checks::view::{ColumnView, TableView};
use crate::checks::words::quoted;
use crate::model::{
    About, Area, Cause, Cell, Check, Finding, Origin, Outcome, Over, Position, Row, SheetLayout, Suggestion, WhyHidden,
    capitalised, column_letters, listed,
};

pub(super) const HIDDEN_ROWS: Check = Check::warning(
    "hidden-rows",
    "Rows of a table are hidden",
    About {
        meaning: "Rows of the table are hidden or have no height, and hold values. They are read and counted like the others.",
        why: "A reader who adds up what is on the screen comes to another figure, and nobody checks a row that nobody sees.",
        example: "Row 9 of the Spend sheet is hidden and holds a payment of £1,250.00, which the total counts.",
        mend: "Select the rows around it, choose Unhide, and delete the row if it should not count.",
    },
)
.over(Over::Layouts)
.not_required();

pub(super) const FILTERED_ROWS: Check = Check::warning(
    "filtered-rows",
    "Rows of a table are filtered out",
    About {
        meaning: "A filter is set on the sheet, and rows that it passes over hold values. They are read and counted like the others.",
        why: "What is on the screen is a part of the table, and a SUBTOTAL below it may be the sum of that part alone.",
        example: "The Spend sheet was saved while it showed the payments of one project only.",
        mend: "Choose Data, Clear, so that every row shows, and save the workbook.",
    },
)
.over(Over::LayoutsOfRecords);

pub(super) const HIDDEN_COLUMNS: Check = Check::warning(
    "hidden-columns",
    "Columns of a table are hidden",
    About {
        meaning: "Columns that are read are hidden or have no width, and hold values.",
        why: "Figures that nobody sees are published without anybody having looked at them.",
        example: "Column D (Budget) of the Summary sheet is hidden.",
        mend: "Select the columns around it and choose Unhide.",
    },
)
.over(Over::Layouts);

/// Judges the hidden rows and columns of a table. Nothing is said where the format does not tell them.
pub(super) fn check(view: TableView<'_>, outcome: &mut Outcome) {
    let Some(layout) = view.workbook.sheet(&view.table.sheet).and_then(|sheet| sheet.layout.as_ref()) else { return };
    if layout.hidden_rows.is_empty() && layout.hidden_columns.is_empty() {
        return;
    }
    if view.is_form() {
        outcome.findings.extend(hidden_answers(view, layout));
        return;
    }
    outcome.findings.extend(hidden_rows(view, layout, &HIDDEN_ROWS));
    outcome.findings.extend(hidden_rows(view, layout, &FILTERED_ROWS));
    outcome.findings.extend(hidden_headings_and_totals(view, layout));
    outcome.findings.extend(hidden_columns(view, layout));
    outcome.findings.extend(across::hidden_columns(view, layout));
}

/// Whether rows that are hidden for a reason are those that a check looks at.
fn is_of(check: &Check, why: WhyHidden) -> bool {
    (why == WhyHidden::Filtered) == (check.code == FILTERED_ROWS.code)
}

fn is_filled(cell: &Cell) -> bool {
    !cell.raw.is_blank() || cell.is_marked()
}

fn hidden_rows(view: TableView<'_>, layout: &SheetLayout, check: &'static Check) -> Vec<Finding> {
    let Some((first, last)) = view.span() else { return Vec::new() };
    let is_hidden = |row: &Row| layout.why_row_is_hidden(row.line).is_some_and(|why| is_of(check, why));
    // In a crosstab several records stand in one row of the sheet.
    let mut before: Option<(usize, u32)> = None;
    let rows = view.table.rows.iter().map(|row| {
        let number = before.map_or(0, |(number, line)| if line == row.line { number } else { number + 1 });
        before = Some((number, row.line));
        (number, row)
    });
    let hidden = rows.filter(|(_, row)| is_hidden(row) && row.cells.iter().any(is_filled));
    let faults = hidden.map(|(line, row)| Fault {
        line,
        position: Position::new(row.line, first),
        cause: String::new(),
        shown: String::new(),
    });
    let mut lines: Vec<Lines> = gather(check, faults).iter().map(Lines::of).collect();
    if check.code == FILTERED_ROWS.code {
        // However many rows it passes over, it is one filter.
        lines = Lines::together(&lines).into_iter().collect();
    }
    lines
        .iter()
        .map(|lines| {
            let within = view.table.rows.iter().filter(|row| lines.contains(row.line) && is_hidden(row));
            let area = Area::new(Position::new(lines.first, first), Position::new(lines.last, last));
            of_rows(view, check, lines, area, &within.collect::<Vec<_>>())
        })
        .collect()
}

/// Rows of a table that do not show.
struct Lines {
    /// The first of them, zero-based.
    first: u32,
    /// The last, zero-based.
    last: u32,
    /// How many they are.
    count: usize,
    /// Whether rows that show lie between them.
    is_scattered: bool,
    /// The first and the last of each of the ranges that they are, zero-based, where these are known.
    ranges: Vec<(u32, u32)>,
}

impl Lines {
    fn of(run: &Run) -> Self {
        let (first, last) = (run.area.first.row, run.area.last.row);
        let ranges = if run.is_scattered { Vec::new() } else { vec![(first, last)] };
        Self { first, last, count: run.shown.len(), is_scattered: run.is_scattered, ranges }
    }

    /// All of them as one; none of none.
    fn together(lines: &[Self]) -> Option<Self> {
        let (first, last) = (lines.first()?, lines.last()?);
        let count = lines.iter().map(|lines| lines.count).sum();
        let is_scattered = first.is_scattered || lines.len() > 1;
        let ranges = lines.iter().flat_map(|lines| lines.ranges.iter().copied()).collect();
        Some(Self { first: first.first, last: last.last, count, is_scattered, ranges })
    }

    fn contains(&self, row: u32) -> bool {
        (self.first..=self.last).contains(&row)
    }

    /// One of two wordings, by the number of rows.
    fn either<T>(&self, one: T, several: T) -> T {
        if self.count == 1 { one } else { several }
    }

    /// The rows as a sentence names them: `row 8`, `rows 8 and 9`, `rows 8 to 10`, `rows 8 and 10 to 12`; of more ranges than can
    /// be read one by one `5 of the rows 8 to 30`.
    fn named(&self) -> String {
        let (first, last) = (self.first + 1, self.last + 1);
        match (self.count, self.is_scattered) {
            (1, _) => format!("row {first}"),
            (2, false) => format!("rows {first} and {last}"),
            (_, false) => format!("rows {first} to {last}"),
            (count, true) if self.ranges.is_empty() => format!("{count} of the rows {first} to {last}"),
            (_, true) => {
                let range = |(first, last): &(u32, u32)| match last - first {
                    0 => vec![(first + 1).to_string()],
                    1 => vec![(first + 1).to_string(), (last + 1).to_string()],
                    _ => vec![format!("{} to {}", first + 1, last + 1)],
                };
                format!("rows {}", listed(&self.ranges.iter().flat_map(range).collect::<Vec<_>>(), "and"))
            }
        }
    }
}

fn of_rows(view: TableView<'_>, check: &Check, lines: &Lines, area: Area, rows: &[&Row]) -> Finding {
    let which = lines.named();
    let held = amounts::held(view, rows);
    let (hidden, fix) = if check.code == FILTERED_ROWS.code {
        (
            lines.either("is passed over by a filter and does not show", "are passed over by a filter and do not show"),
            "Clear the filter (Data, Clear), so that every row shows, and save the workbook.".to_owned(),
        )
    } else {
        let fix = lines.either(
            "Unhide it; if it should not count, delete it.",
            "Unhide them; if they should not count, delete them.",
        );
        (lines.either("is hidden", "are hidden"), fix.to_owned())
    };
    let message = match amounts::come_to(&held, lines.either(" in it", " in them")) {
        Some(figures) => format!("{} {hidden}; {figures}{}.", capitalised(&which), counted(view, &held)),
        None => format!("{} {hidden}, and {} values.", capitalised(&which), lines.either("holds", "hold")),
    };
    let mut finding = check.finding(view.place(area), message, fix);
    if let [only] = held.as_slice() {
        let unseen = if check.code == FILTERED_ROWS.code {
            "which a filter passes over"
        } else {
            lines.either("which is hidden", "which are hidden")
        };
        let text = format!("{which}, {unseen}: {}", only.shown());
        finding.cause = Some(Cause {
            suggestion: Suggestion { text, cells: vec![finding.place.clone()] },
            // A total that leaves them out states less than what the lines come to.
            difference: only.left_out(),
        });
    }
    finding
}

/// Whether the table's total counts what was held, as the figures tell; nothing where they do not tell it.
fn counted(view: TableView<'_>, held: &[Held<'_>]) -> String {
    let [only] = held else { return String::new() };
    let Some(column) = view.columns().find(|column| column.index == only.index) else { return String::new() };
    let Some(total) = column.total() else { return String::new() };
    let (Some(stated), Ok(computed)) = (total.value.figure(), sum::of_column(column)) else { return String::new() };
    if stated == computed {
        format!(", which the total in {} counts", total.position)
    } else if computed.checked_sub(only.sum) == Some(stated) {
        format!(", which the total in {} leaves out", total.position)
    } else {
        String::new()
    }
}

/// The row of the headings and that of the totals, which a reader needs.
fn hidden_headings_and_totals(view: TableView<'_>, layout: &SheetLayout) -> Vec<Finding> {
    let Some((first, last)) = view.span() else { return Vec::new() };
    let headings = view.table.headings().map(|column| (column.heading.row, "headings")).min();
    let total = view.table.total.as_ref().map(|total| (total.line, "totals"));
    let hidden = headings.into_iter().chain(total).filter_map(|(row, what)| {
        let why = layout.why_row_is_hidden(row)?;
        let check = if is_of(&FILTERED_ROWS, why) { &FILTERED_ROWS } else { &HIDDEN_ROWS };
        let area = Area::new(Position::new(row, first), Position::new(row, last));
        let message = format!("Row {}, which holds the {what} of the table, does not show.", row + 1);
        Some(check.finding(view.place(area), message, format!("Unhide row {}.", row + 1)))
    });
    hidden.collect()
}

fn hidden_columns(view: TableView<'_>, layout: &SheetLayout) -> Vec<Finding> {
    let is_hidden = |column: &ColumnView<'_>| {
        let is_hidden = |heading: Position| layout.why_column_is_hidden(heading.column).is_some();
        column.origin() == Origin::Heading && heading_of(*column).is_some_and(is_hidden)
    };
    let mut hidden: Vec<ColumnView<'_>> =
        view.columns().filter(is_hidden).filter(|column| column.cells().any(is_filled)).collect();
    hidden.sort_by_key(|column| heading_of(*column));
    let next_to = |a: &ColumnView<'_>, b: &ColumnView<'_>| {
        let columns = (heading_of(*a).map(|heading| heading.column), heading_of(*b).map(|heading| heading.column));
        matches!(columns, (Some(a), Some(b)) if a + 1 == b)
    };
    hidden.chunk_by(next_to).filter_map(|columns| of_columns(view, columns)).collect()
}

fn heading_of(column: ColumnView<'_>) -> Option<Position> {
    column.of.table.columns.get(column.index)?.as_ref().map(|column| column.heading)
}

fn of_columns(view: TableView<'_>, columns: &[ColumnView<'_>]) -> Option<Finding> {
    let (first, last) = (heading_of(*columns.first()?)?, heading_of(*columns.last()?)?);
    let last_row = columns.iter().filter_map(|column| column.area()).map(|area| area.last.row).max()?;
    let headings: Vec<String> = columns.iter().map(|column| quoted(column.field.heading())).collect();
    let which = if columns.len() == 1 {
        format!("Column {} ({}) is", column_letters(first.column), headings[0])
    } else {
        let (from, to) = (column_letters(first.column), column_letters(last.column));
        format!("Columns {from} to {to} ({}) are", listed(&headings, "and"))
    };
    let rows: Vec<&Row> = view.table.rows.iter().collect();
    let held = amounts::held(view, &rows);
    let within: Vec<Held<'_>> =
        held.into_iter().filter(|held| columns.iter().any(|column| column.index == held.index)).collect();
    let values = match amounts::come_to(&within, "") {
        Some(figures) => format!("; {figures}"),
        None => format!(", and {} values that are read", if columns.len() == 1 { "holds" } else { "hold" }),
    };
    let area = Area::new(Position::new(first.row, first.column), Position::new(last_row, last.column));
    let fix = if columns.len() == 1 { "Unhide the column." } else { "Unhide the columns." };
    Some(HIDDEN_COLUMNS.finding(view.place(area), format!("{which} hidden{values}."), fix))
}

/// Answers of a form that stand in a hidden row or column.
fn hidden_answers(view: TableView<'_>, layout: &SheetLayout) -> Vec<Finding> {
    let answers = view.columns().flat_map(|column| column.cells().map(move |cell| (column, cell)));
    let hidden = answers.filter(|(_, cell)| is_filled(cell)).filter_map(|(column, cell)| {
        let Position { row, column: letter } = cell.position;
        let (check, line) = match (layout.why_row_is_hidden(row), layout.why_column_is_hidden(letter)) {
            (Some(_), _) => (&HIDDEN_ROWS, format!("row {}", row + 1)),
            (None, Some(_)) => (&HIDDEN_COLUMNS, format!("column {}", column_letters(letter))),
            (None, None) => return None,
        };
        let label = quoted(column.field.heading());
        let message = format!("What answers {label} stands in {}, and {line} is hidden.", cell.position);
        Some(check.finding(view.place(cell.position), message, format!("Unhide {line}.")))
    });
    hidden.collect()
}
