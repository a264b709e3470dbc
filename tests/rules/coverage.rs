//! On how much each check ran, over the sample years, whose rows were counted with another program, and over a small year.

use std::path::PathBuf;

use crosscast::inbox::Inbox;
use crosscast::model::Silent;
use crosscast::pipeline::{Options, Ran, check_pages, run};

use super::year::{APRIL, CRIME, Change, Copy, MAY, PACK, To, Without, Year, pack_with_checks};

fn sample(below: &str) -> Ran {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples").join(below);
    let inbox = Inbox::discover(&[folder], None).unwrap();
    run(&PACK, &inbox, &Options::default(), &Silent).unwrap()
}

/// On how much a check ran: `14 workbooks, 200 rows, found 1`; none where it had nothing to look at.
fn said(ran: &Ran, code: &str) -> Option<String> {
    let checked = ran.report.checked.iter().find(|checked| checked.check == code)?;
    let rows = checked.rows.map(|rows| format!(", {rows} rows")).unwrap_or_default();
    Some(format!("{} workbooks{rows}, found {}", checked.workbooks, checked.findings))
}

fn assert_said(ran: &Ran, expected: &[(&str, Option<&str>)]) {
    for (code, expected) in expected {
        assert_eq!(said(ran, code).as_deref(), *expected, "{code}");
    }
}

/// Of the rows: 58 payments, 120 of summaries, 336 measures and 12 returns in 12 monthly returns; 10 funding lines; 12 months of
/// crime; 14 measures of the year's end; in other formats than .xlsx 11 meetings, 6 reviews, 3 orders and 7 members; and one
/// explanation.
#[test]
fn the_sample_year() {
    let ran = sample("2022-23");
    assert_said(
        &ran,
        &[
            ("missing-workbook", Some("18 workbooks, found 0")),
            ("unreadable-workbook", Some("18 workbooks, found 0")),
            ("personal-data", Some("18 workbooks, found 0")),
            ("unknown-heading", Some("18 workbooks, found 1")),
            ("error-value", Some("18 workbooks, 590 rows, found 0")),
            // Payments, returns, meetings, orders and the explanation have a date.
            ("not-a-date", Some("15 workbooks, 85 rows, found 0")),
            // Payments, summaries, funding lines and the explanation have an amount.
            ("not-an-amount", Some("14 workbooks, 189 rows, found 0")),
            ("date-outside-month", Some("12 workbooks, 58 rows, found 0")),
            // References are asked of payments, summaries, funding lines, measures of the year's end and the explanation.
            ("pattern-mismatch", Some("15 workbooks, 203 rows, found 0")),
            // Payments, summaries, funding lines and crime have a row of totals.
            ("total-mismatch", Some("14 workbooks, 200 rows, found 1")),
            ("control-total", Some("1 workbooks, 10 rows, found 0")),
            // The .xls workbook does not tell what is hidden.
            ("hidden-rows", Some("17 workbooks, 574 rows, found 0")),
            // Neither that nor the .ods workbook has its comments read.
            ("figures-in-comment", Some("16 workbooks, found 0")),
            ("unknown-reference", Some("12 workbooks, 178 rows, found 0")),
            ("explanation-unused", Some("1 workbooks, 1 rows, found 0")),
            ("measure-given-once", Some("12 workbooks, 336 rows, found 0")),
            ("spend-agrees-with-summary", Some("13 workbooks, 188 rows, found 0")),
            ("order-expires-soon", Some("1 workbooks, 3 rows, found 2")),
            ("return-missing", Some("18 workbooks, found 0")),
            // No two tables share a sheet, no sheet's name gives a value, no table states subtotals, and no virement was made.
            ("cells-read-twice", None),
            ("sheet-name-not-understood", None),
            ("subtotal-mismatch", None),
            ("virement-moves-between-lines", None),
        ],
    );
    let all = check_pages(&PACK);
    let mut in_order = all.iter().map(|page| page.code.as_str());
    assert!(
        ran.report.checked.iter().all(|checked| in_order.any(|code| code == checked.check)),
        "in the order of pages"
    );
    let found: usize = ran.report.checked.iter().map(|checked| checked.findings).sum();
    assert_eq!(found, ran.report.findings.len());
}

/// The meetings cannot be read, so that their 11 rows are not counted; nor is a row with a cell that could not be read.
#[test]
fn the_sample_year_with_faults() {
    assert_said(
        &sample("with-faults"),
        &[
            ("unreadable-workbook", Some("18 workbooks, found 1")),
            ("personal-data", Some("17 workbooks, found 1")),
            ("error-value", Some("17 workbooks, 579 rows, found 0")),
            ("not-a-date", Some("14 workbooks, 74 rows, found 0")),
            // Spend!A5 of August is a day that does not exist.
            ("impossible-date", Some("15 workbooks, 86 rows, found 1")),
            ("date-outside-month", Some("12 workbooks, 57 rows, found 1")),
            // Spend!F4 of February is no amount, so no total of that workbook is relied upon: 4 payments and 10 of the summary.
            ("total-mismatch", Some("13 workbooks, 186 rows, found 3")),
            // Nor is it known to which rows of the summary that payment belongs.
            ("spend-agrees-with-summary", Some("13 workbooks, found 1")),
        ],
    );
}

#[test]
fn a_check_that_is_switched_off_is_not_there() {
    let year = Year::to(To::May);
    let codes = ["pattern-mismatch", "hidden-rows", "return-missing", "measure-given-once", "explanation-unused"];
    let on = year.run();
    assert_said(
        &on,
        &[
            // Two funding lines, and of each month two payments and two of the summary.
            ("pattern-mismatch", Some("3 workbooks, 10 rows, found 0")),
            ("hidden-rows", Some("3 workbooks, 68 rows, found 0")),
            ("return-missing", Some("3 workbooks, found 0")),
            ("measure-given-once", Some("2 workbooks, 56 rows, found 0")),
            ("explanation-unused", None),
        ],
    );
    for code in codes {
        let off = year.run_with(&pack_with_checks(&format!("{{{code}: {{off: true}}}}")));
        assert_eq!(said(&off, code), None);
        assert_eq!(said(&off, "error-value").as_deref(), Some("3 workbooks, 68 rows, found 0"), "{code}");
    }
}

#[test]
fn a_column_that_is_missing_is_not_counted() {
    let ran = Year::to(To::May).with(&[Change(MAY, "Date paid |", "Paid then |")]).run();
    assert_said(
        &ran,
        &[
            ("date-outside-month", Some("1 workbooks, 2 rows, found 0")),
            ("date-after-prepared", Some("1 workbooks, 2 rows, found 0")),
            // A rule that needs the column, and one that needs others alone.
            ("payment-repeated", Some("1 workbooks, 2 rows, found 0")),
            ("spend-agrees-with-summary", Some("3 workbooks, 10 rows, found 0")),
            // It asks for other columns too.
            ("required-value", Some("3 workbooks, 68 rows, found 0")),
            ("missing-heading", Some("3 workbooks, found 1")),
        ],
    );
}

#[test]
fn a_table_that_is_missing_is_not_counted() {
    let ran = Year::to(To::March).with(&[Without(CRIME), Change(MAY, "# Spend\n", "# Money\n")]).run();
    assert_said(
        &ran,
        &[
            ("crime-months-complete", None),
            ("date-outside-month", Some("11 workbooks, 22 rows, found 0")),
            // The payments of May are not known, so it is not told which rows of the summaries were held against theirs.
            ("spend-agrees-with-summary", Some("13 workbooks, found 0")),
        ],
    );
}

#[test]
fn workbooks_that_are_not_in_the_figures_are_not_counted() {
    let twice = &[
        Copy(MAY, "2022-05 return again.xlsx"),
        Change("2022-05 return again.xlsx", "Status | Final", "Status | Resubmission"),
    ];
    let ran = Year::to(To::May).with(twice).run();
    assert_said(
        &ran,
        &[
            ("error-value", Some("3 workbooks, 68 rows, found 0")),
            // These look at whatever lies in the inbox.
            ("unknown-workbook", Some("4 workbooks, found 0")),
            ("personal-data", Some("4 workbooks, found 0")),
            ("resubmitted", Some("3 workbooks, found 1")),
        ],
    );
}

#[test]
fn of_a_few_files_nothing_is_said_of_the_inbox() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("samples/2022-23/monthly");
    let inbox = Inbox::discover(&[folder.join("2022-04 April return.xlsx")], None).unwrap();
    let ran = run(&PACK, &inbox, &Options::default(), &Silent).unwrap();
    assert_said(
        &ran,
        &[
            ("missing-workbook", None),
            ("return-missing", None),
            ("workbook-repeated", None),
            // It needs the funding workbook, which was not given.
            ("summary-budget-is-funding-line", None),
            ("unknown-reference", None),
            ("unreadable-workbook", Some("1 workbooks, found 0")),
            ("error-value", Some("1 workbooks, 43 rows, found 0")),
            ("return-is-final", Some("1 workbooks, 1 rows, found 0")),
        ],
    );
    assert_eq!(
        said(&Year::to(To::May).with(&[Without(APRIL)]).run(), "return-missing").as_deref(),
        Some("2 workbooks, found 1")
    );
}
