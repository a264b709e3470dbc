//! Sums that were read as records: nothing in the pack says that they are sums, so they are counted beside their lines.

use std::collections::BTreeSet;

use super::super::runs::{Fault, gather};
use super::super::view::{ColumnView, TableView};
use super::super::words::quoted;
use super::written::Written;
use crate::model::{About, Area, Cell, Check, Finding, Origin, Outcome, Over, Position, RawValue, Row};

pub(super) const SUM_AMONG_RECORDS: Check = Check::warning(
    "sum-among-records",
    "What looks like a sum of other rows or columns was read as a record",
    About {
        meaning: "A row or column that the pack does not call a sum has the label or heading of a total, or a formula that adds \
                  others of its table.",
        why: "It is counted beside what it adds, so that figures made from the table are too high.",
        example: "A row “All wards” whose cells say =SUM(C4:C6), in a table whose subtotals are known as “.* total”.",
        mend: "If it is a sum, name it in the pack under totals, subtotals or skip (of columns totals or skip_columns).",
    },
)
.over(Over::FormulasOfRecords);

/// Words with which the label of a sum begins or ends.
const OF_SUMS: [&str; 4] = ["total", "totals", "subtotal", "subtotals"];

/// Looks for sums among the records of a table.
pub(super) fn check(view: TableView<'_>, formulas: &[Written<'_>], outcome: &mut Outcome) {
    if view.is_form() {
        return;
    }
    let sums = sums_of_others(view, formulas);
    outcome.findings.extend(if view.is_crosstab() { columns(view, &sums) } else { Vec::new() });
    outcome.findings.extend(rows(view, &sums));
}

/// The figures of records whose formulas add other figures of the table: of their own column or, in a crosstab, row.
struct Sums {
    /// Those that add at least two lines of their column.
    of_lines: BTreeSet<Position>,
    /// Those that add at least two values of their row.
    of_values: BTreeSet<Position>,
}

fn sums_of_others(view: TableView<'_>, formulas: &[Written<'_>]) -> Sums {
    let mut sums = Sums { of_lines: BTreeSet::new(), of_values: BTreeSet::new() };
    if !formulas.iter().any(|one| one.sheet.name == view.table.sheet) {
        return sums;
    }
    let (mut lines, mut columns, mut figures) = (BTreeSet::new(), BTreeSet::new(), BTreeSet::new());
    for column in view.columns().filter(|column| is_of_figures(*column)) {
        for cell in column.cells() {
            lines.insert(cell.position.row);
            columns.insert(cell.position.column);
            figures.insert(cell.position);
        }
    }
    let here = formulas.iter().filter(|one| one.sheet.name == view.table.sheet && figures.contains(&one.at));
    for written in here {
        let Some(sum) = written.whole_sum() else { continue };
        let areas: Vec<Area> = sum.areas.iter().map(|cells| cells.area).collect();
        if sum.areas.iter().any(|cells| cells.sheet.is_some() || cells.is_open() || cells.area.contains(written.at)) {
            continue;
        }
        let at = written.at;
        let in_column = areas.iter().all(|area| area.first.column == at.column && area.last.column == at.column);
        let in_row = areas.iter().all(|area| area.first.row == at.row && area.last.row == at.row);
        let counted = |all: &BTreeSet<u32>, from: u32, to: u32| all.range(from..=to).take(2).count();
        if in_column && areas.iter().map(|area| counted(&lines, area.first.row, area.last.row)).sum::<usize>() >= 2 {
            sums.of_lines.insert(at);
        }
        if in_row && areas.iter().map(|area| counted(&columns, area.first.column, area.last.column)).sum::<usize>() >= 2
        {
            sums.of_values.insert(at);
        }
    }
    sums
}

fn is_of_figures(column: ColumnView<'_>) -> bool {
    column.kind().figures().is_some() && matches!(column.origin(), Origin::Heading | Origin::Crosstab)
}

/// The rows that look like sums, each once.
fn rows(view: TableView<'_>, sums: &Sums) -> Vec<Finding> {
    let own: Vec<ColumnView<'_>> = view.columns().filter(|column| column.origin() == Origin::Heading).collect();
    let texts: Vec<ColumnView<'_>> = own.iter().copied().filter(|column| !column.kind().is_numeric()).collect();
    let figures: Vec<ColumnView<'_>> = view.columns().filter(|column| is_of_figures(*column)).collect();
    let Some(first) = figures.first().copied() else { return Vec::new() };
    let adds_lines = !sums.of_lines.is_empty();
    let mut seen = BTreeSet::new();
    let faults = view.table.rows.iter().filter_map(|row| {
        let mut said = texts.iter().filter_map(|column| filled(*column, row));
        let (label, other) = (said.next(), said.next());
        let mut of_figures = figures.iter().filter_map(|column| filled(*column, row));
        let adds = of_figures.clone().filter(|_| adds_lines).find(|cell| sums.of_lines.contains(&cell.position));
        // A sum has its label and no other text.
        let is_called_so = other.is_none() && label.is_some_and(|only| is_label_of_sum(&only.raw.shown()));
        if adds.is_none() && !is_called_so || !seen.insert(row.line) {
            return None;
        }
        let shown = label.or(adds).or_else(|| of_figures.next())?;
        let text = shown.raw.shown();
        let text = if matches!(shown.raw, RawValue::Text(_)) { quoted(&text) } else { text };
        Some(Fault { line: row.line as usize, position: shown.position, cause: String::new(), shown: text })
    });
    let runs = gather(&SUM_AMONG_RECORDS, faults.collect::<Vec<_>>());
    let finding = |run: &super::super::runs::Run| {
        let message = format!(
            "{}, and {}, but {} read as {}.",
            run.says(),
            run.either("looks like a sum of other rows", "look like sums of other rows"),
            run.either("was", "were"),
            run.either("a record and counted beside them", "records and counted beside them"),
        );
        run.finding(first, message, fix(view, "label", "subtotals or totals (or skip) of rows"))
    };
    runs.iter().map(finding).collect()
}

/// The cell of a row in a column, if it holds something.
fn filled<'a>(column: ColumnView<'_>, row: &'a Row) -> Option<&'a Cell> {
    row.cells.get(column.index).filter(|cell| !cell.raw.is_blank())
}

/// The columns of a crosstab that look like sums of others.
fn columns(view: TableView<'_>, sums: &Sums) -> Vec<Finding> {
    let Some(value) = view.columns().find(|column| column.origin() == Origin::Crosstab) else { return Vec::new() };
    let across = view.columns().filter(|column| column.origin() == Origin::Across);
    let headings: Vec<(u32, Position, RawValue)> = across
        .flat_map(ColumnView::cells)
        .map(|cell| (cell.position.column, cell.position, cell.raw.clone()))
        .collect();
    let adding: BTreeSet<u32> = sums.of_values.iter().map(|at| at.column).collect();
    let called = headings.iter().filter(|(_, _, raw)| matches!(raw, RawValue::Text(text) if is_label_of_sum(text)));
    let suspected: BTreeSet<u32> = called.map(|(column, ..)| *column).chain(adding).collect();
    let finding = |column: &u32| {
        let heading = headings.iter().rfind(|(of, ..)| of == column).map(|(_, at, raw)| (*at, raw.shown()));
        let first = value.cells().find(|cell| cell.position.column == *column)?;
        let (at, named) = match heading {
            Some((at, text)) => (at, format!("{at} says {}", quoted(&text))),
            None => (first.position, format!("{} holds a sum", first.position)),
        };
        let message = format!(
            "{named}, and its column looks like a sum of those beside it, but was read as values and counted beside them."
        );
        Some(SUM_AMONG_RECORDS.finding(
            view.place(at),
            message,
            fix(view, "heading", "totals or skip_columns of across"),
        ))
    };
    suspected.iter().filter_map(finding).collect()
}

fn fix(view: TableView<'_>, by: &str, words: &str) -> String {
    format!(
        "If it is a sum, add its {by} to {words} in tables/{}.yaml; otherwise nothing needs doing.",
        view.schema.name
    )
}

/// Whether a label or heading begins or ends with a word of sums: `Total (£)`, `Adults sub-total`, `Grand total`.
fn is_label_of_sum(text: &str) -> bool {
    let text = text.to_lowercase();
    let mut words = text.split(|letter: char| !letter.is_alphabetic()).filter(|word| !word.is_empty());
    let first = words.next();
    let last = words.next_back().or(first);
    [first, last].into_iter().flatten().any(|word| OF_SUMS.contains(&word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_sums() {
        for text in ["Total", "Total (£)", "Total *", "Grand-total", "Adults sub-total", "Total expenditure", "TOTALS:"]
        {
            assert!(is_label_of_sum(text), "{text}");
        }
        for text in ["Totally Local", "The total cost of care", "Adults", ""] {
            assert!(!is_label_of_sum(text), "{text}");
        }
    }
}
