//! The year laid out in other ways, with the same figures: columns in another order, titles moved or gone, blank rows put in.
//! No error or warning is said that the year as it is does not have, but for the explained difference: its cell moved, so its
//! explanation lapses, and rightly.

use std::collections::BTreeMap;

use crosscast::model::{Position, Report, Severity};

use crate::editor::{Book, SheetXml};
use crate::kinds::{Plot, with_virement};
use crate::year::{Changes, Year, line, new_findings};

/// A table of the year: its sheet, the row of its headings counted from 1, and its columns.
struct Laid {
    sheet: &'static str,
    headings: u32,
    columns: u32,
}

const TABLES: [Laid; 7] = [
    Laid { sheet: "Spend", headings: 3, columns: 6 },
    Laid { sheet: "Summary", headings: 3, columns: 6 },
    Laid { sheet: "Measures", headings: 3, columns: 4 },
    Laid { sheet: "PCC funding", headings: 4, columns: 6 },
    Laid { sheet: "Recorded crime", headings: 3, columns: 4 },
    Laid { sheet: "Year-end measures", headings: 4, columns: 6 },
    Laid { sheet: "Explanations", headings: 3, columns: 8 },
];

/// How often each error and warning is said, by weight, code, workbook and sheet: cells move with the layout.
fn said(report: &Report) -> BTreeMap<String, usize> {
    let mut said: BTreeMap<String, usize> = BTreeMap::new();
    for finding in report.findings.iter().filter(|finding| finding.severity != Severity::Info) {
        let explained = if finding.explained.is_some() { "explained " } else { "" };
        let workbook = finding.place.workbook.as_deref().unwrap_or("the inbox");
        let sheet = finding.place.sheet.as_deref().unwrap_or("");
        let line = format!("{explained}{} {} {workbook} {sheet}", finding.severity, finding.code);
        *said.entry(line.trim_end().to_owned()).or_default() += 1;
    }
    said
}

/// What is said of the year in another layout and not of the year as it is, and the other way round.
fn changed_by(layout: impl Fn(&mut SheetXml, &Laid)) -> Vec<String> {
    let year = Year::sample();
    let mut changes = Changes::default();
    for path in year.paths(".xlsx") {
        let mut book: Book = year.book(path).clone();
        for sheet in &mut book.sheets {
            if let Some(table) = TABLES.iter().find(|table| table.sheet == sheet.name) {
                layout(sheet, table);
            }
        }
        book.calculate();
        changes.0.insert(path.to_owned(), Some(book.bytes()));
    }
    let report = year.report_with(&changes);
    let rows = |report: &Report| -> Vec<(String, usize)> {
        let tables = report.workbooks.iter().flat_map(|workbook| &workbook.tables);
        tables.map(|table| (table.name.clone(), table.rows)).collect()
    };
    assert_eq!(rows(&report), rows(&year.clean), "every row is read");
    let (before, after) = (said(&year.clean), said(&report));
    let more = after.iter().filter(|(line, times)| before.get(*line).is_none_or(|before| before < times));
    let fewer = before.iter().filter(|(line, times)| after.get(*line).is_none_or(|after| after < times));
    more.map(|(line, _)| format!("+ {line}")).chain(fewer.map(|(line, _)| format!("- {line}"))).collect()
}

/// What must be said when the cell of the explained difference moves.
const LAPSED: [&str; 3] = [
    "+ error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding",
    "+ warning explanation-unused Explanations 2022-23.xlsx Explanations",
    "- explained error total-mismatch funding/SWCSP funding 2022-23.xlsx PCC funding",
];

/// A virement that is recorded, and that the summaries follow from its month on, is no change without one.
#[test]
fn a_virement_that_is_recorded() {
    let year = Year::sample();
    let mut plot = Plot::new(&year, 1, "");
    let mut funding = plot.only("funding");
    // From the one line that has budget left at the end of the year.
    let lines = [11, 6].map(|row| funding.sheet("PCC funding").text(&format!("A{row}")).to_owned());
    with_virement(&mut funding, &lines[0], &lines[1]);
    plot.put(&funding);
    for mut one in plot.returns().into_iter().filter(|one| one.path.as_str() >= "monthly/2022-10") {
        for (row, by) in [(10, -250.0), (5, 250.0)] {
            let budget = one.summary("C", row) + by;
            one.book.edit("Summary").set_number(&format!("C{row}"), budget);
        }
        plot.put_calculated(one.book);
    }
    let report = year.report_with(&plot.changes);
    let said: Vec<String> = new_findings(&report, &year.clean).into_iter().map(line).collect();
    assert_eq!(said, [""; 0]);
}

/// The last row of a sheet that holds anything, counted from 1.
fn last_row(sheet: &SheetXml) -> u32 {
    sheet.rows.keys().last().map_or(0, |row| row + 1)
}

#[test]
fn columns_in_another_order() {
    for turned_by in [1, 2, 3] {
        let changed = changed_by(|sheet, table| {
            // Titles above and notes below the table stay where they are.
            let end = (table.headings..=last_row(sheet))
                .find(|row| !sheet.rows.contains_key(&(row - 1)))
                .unwrap_or(last_row(sheet) + 1);
            sheet.rearrange(|at| match (table.headings - 1..end - 1).contains(&at.row) && at.column < table.columns {
                true => Position::new(at.row, (at.column + turned_by) % table.columns),
                false => at,
            });
        });
        assert_eq!(changed, LAPSED, "turned by {turned_by}");
    }
}

#[test]
fn columns_from_right_to_left() {
    let changed = changed_by(|sheet, table| {
        let headings = table.headings - 1;
        sheet.rearrange(|at| match at.row >= headings && at.column < table.columns {
            true => Position::new(at.row, table.columns - 1 - at.column),
            false => at,
        });
    });
    assert_eq!(changed, LAPSED);
}

#[test]
fn tables_further_down_and_to_the_right() {
    let changed = changed_by(|sheet, _| sheet.rearrange(|at| Position::new(at.row + 4, at.column + 2)));
    assert_eq!(changed, LAPSED);
}

#[test]
fn titles_gone() {
    let changed = changed_by(|sheet, table| {
        for _ in 1..table.headings {
            sheet.delete_row(1);
        }
    });
    assert_eq!(changed, LAPSED);
}

#[test]
fn titles_beside_the_table() {
    let changed = changed_by(|sheet, table| {
        let columns = table.columns;
        sheet.rearrange(|at| match at.row < table.headings - 1 {
            true => Position::new(at.row, at.column + columns + 2),
            false => at,
        });
    });
    // The table itself stands where it stood, so the explanation still covers its difference.
    assert_eq!(changed, [""; 0]);
}

#[test]
fn blank_rows_among_the_rows() {
    let changed = changed_by(|sheet, table| {
        let first = table.headings + 1;
        let last = (first..=last_row(sheet)).take_while(|row| sheet.rows.contains_key(&(row - 1))).last();
        let last = last.unwrap_or(first);
        // Below the headings, among the rows, and above the last.
        for row in [last, first + (last - first) / 2, first] {
            sheet.insert_row(row);
        }
    });
    assert_eq!(changed, LAPSED);
}

#[test]
fn two_blank_rows_above_each_total() {
    let changed = changed_by(|sheet, table| {
        let first = table.headings + 1;
        let is_total =
            |row: &u32| ["A", "B", "C", "E"].iter().any(|column| sheet.text(&format!("{column}{row}")) == "Total");
        if let Some(total) = (first..=last_row(sheet)).find(is_total) {
            sheet.insert_row(total);
            sheet.insert_row(total);
        }
    });
    assert_eq!(changed, LAPSED);
}
