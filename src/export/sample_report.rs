//! Reports made by hand, for the tests of the outputs.

use std::sync::Arc;

use chrono::NaiveDate;

use super::manifest::manifest;
use super::outputs::OutputFile;
use crate::model::{
    Area, Checked, Difference, Explained, Finding, Money, NotRun, Period, Place, Position, Report, Severity,
    Suggestion, TableReport, WorkbookReport, WorkbookState,
};
use crate::schema::PackFiles;

const FUNDING: &str = "SWCSP funding 2022-23.xlsx";
const APRIL: &str = "returns/SWCSP return 2022-04.xlsx";
const SEPTEMBER: &str = "returns/SWCSP return 2022-09.xlsx";

/// A report with one of each: an error that is explained, one that stands, a warning over a range, infos on a workbook
/// and on the inbox, a check that did not run.
pub fn report() -> Report {
    let mut report = Report {
        findings: vec![explained_total(), unknown_project(), dates_as_text(), unknown_heading(), no_yearly_workbook()],
        not_run: vec![NotRun {
            check: "spend-against-summary".into(),
            why:
                "Spend!E14 of SWCSP return 2022-04.xlsx could not be read as an amount, so the spend of Hate Crime in \
                  April 2022 is not known."
                    .into(),
            required: true,
        }],
        checked: vec![checked("unknown-workbook", 2, None, 0), checked("unknown-project", 1, Some(31), 1)],
        ..clear()
    };
    report.sort();
    report
}

fn checked(check: &str, workbooks: usize, rows: Option<usize>, findings: usize) -> Checked {
    Checked { check: check.into(), workbooks, rows, findings }
}

/// A report of a whole year against which nothing stands: the £6,000.00 is explained.
pub fn clear() -> Report {
    Report {
        pack: "South Worcestershire Community Safety Partnership".into(),
        notice: Some("Sample: the figures are illustrative.".into()),
        period: Period {
            year: "2022-23".into(),
            start: NaiveDate::from_ymd_opt(2022, 4, 1).unwrap(),
            end: NaiveDate::from_ymd_opt(2023, 3, 31).unwrap(),
            to: "2023-03".parse().unwrap(),
        },
        workbooks: vec![
            workbook(FUNDING, 'a', WorkbookState::Read, &[("funding", "PCC funding", 10)]),
            workbook(APRIL, 'b', WorkbookState::Read, &[("spend", "Spend", 31), ("summary", "Summary", 10)]),
        ],
        findings: vec![explained_total()],
        not_run: Vec::new(),
        checked: Vec::new(),
        whole_inbox: true,
    }
}

/// The year up to August, with a workbook of September and others that could not be used.
pub fn august() -> Report {
    let mut report = clear();
    report.period.to = "2022-08".parse().unwrap();
    report.workbooks.extend([
        workbook(SEPTEMBER, 'c', WorkbookState::NotYetDue, &[("spend", "Spend", 29)]),
        workbook("Copy of old budget.xls", 'd', WorkbookState::Unknown, &[]),
        workbook("SWCSP meetings 2022-23.ods", 'e', WorkbookState::Unreadable, &[]),
    ]);
    report.sort();
    report
}

/// A report of so many errors in column B of a sheet, as many warnings in its column E, from row 6 on, and one thing for
/// information on the inbox.
pub fn many(rows: u32) -> Report {
    let findings = (0..rows).flat_map(|row| {
        let at = |column| Place::area(&APRIL.into(), &"Spend".into(), Position::new(row + 5, column));
        [Finding { place: at(1), ..unknown_project() }, Finding { place: at(4), ..dates_as_text() }]
    });
    let mut report = Report { findings: findings.chain([no_yearly_workbook()]).collect(), ..clear() };
    report.sort();
    report
}

/// A report whose every text is hostile: markup, terminal codes, quotes, turned direction.
pub fn hostile() -> Report {
    let bad = "<script>alert(1)</script>\u{1b}[31m\"'&\u{202e}gnp.exe\r\nnext";
    let place = || Place::area(&bad.into(), &bad.into(), Position::new(13, 5));
    let finding = |severity| Finding {
        code: bad.into(),
        severity,
        place: place(),
        message: bad.into(),
        expected: Some(bad.into()),
        actual: Some(bad.into()),
        difference: Some(Difference::Count(-1)),
        fix: bad.into(),
        suggestions: vec![Suggestion { text: bad.into(), cells: vec![place()] }],
        related: vec![place(), Place::sheet(&"other.xlsx".into(), &bad.into())],
        comparison: None,
        cause: None,
        explainable: true,
        explained: None,
    };
    let mut explained = finding(Severity::Error);
    explained.explained = Some(Explained {
        explanation: bad.into(),
        recorded_by: bad.into(),
        approved_by: bad.into(),
        date: NaiveDate::from_ymd_opt(2023, 4, 28).unwrap(),
        source: place(),
    });
    let mut report = clear();
    report.pack = bad.into();
    report.period.year = bad.into();
    report.workbooks = vec![
        workbook(bad, 'a', WorkbookState::Read, &[(bad, bad, 1)]),
        workbook(bad, 'b', WorkbookState::Unreadable, &[]),
    ];
    report.findings = vec![finding(Severity::Error), explained, finding(Severity::Warning), finding(Severity::Info)];
    report.not_run = vec![NotRun { check: bad.into(), why: bad.into(), required: true }];
    report
}

/// Outputs `(path, content)` of a run over that year, and their manifest. `time` stands in the manifest alone.
pub fn outputs<T: Into<Vec<u8>>>(
    files: impl IntoIterator<Item = (&'static str, T)>,
    time: &str,
) -> (Vec<OutputFile>, String) {
    let files: Vec<OutputFile> = files.into_iter().map(|(path, content)| OutputFile::new(path, content)).collect();
    let manifest = manifest(&clear(), &PackFiles::default(), true, time, &files);
    (files, manifest)
}

fn explained_total() -> Finding {
    let (workbook, sheet): (Arc<str>, Arc<str>) = (FUNDING.into(), "PCC funding".into());
    let cell = |row, column| Place::area(&workbook, &sheet, Position::new(row, column));
    let lines = Area::new(Position::new(4, 3), Position::new(13, 3));
    let months = ["04", "05", "06", "07", "08", "09", "10", "11", "12"];
    let summaries = months.map(|month| {
        let path = format!("returns/SWCSP return 2022-{month}.xlsx");
        Place::area(&path.into(), &"Summary".into(), Position::new(14, 2))
    });
    Finding {
        expected: Some("£133,250.00".into()),
        actual: Some("£139,250.00".into()),
        difference: Some(Difference::Money(Money::from_pence(600_000))),
        suggestions: vec![
            Suggestion { text: "a line of £6,000.00 left out".into(), cells: Vec::new() },
            Suggestion {
                text: "D14 (£6,000.00, Youth ASB & Wellness Youth Mentoring) counted twice in the total".into(),
                cells: vec![cell(13, 3)],
            },
        ],
        related: std::iter::once(Place::area(&workbook, &sheet, lines)).chain(summaries).collect(),
        comparison: None,
        cause: None,
        explainable: true,
        explained: Some(Explained {
            explanation: "The total is as published; which line is missing is being traced with the PCC.".into(),
            recorded_by: "Finance officer".into(),
            approved_by: "Head of Community Safety".into(),
            date: NaiveDate::from_ymd_opt(2023, 4, 28).unwrap(),
            source: Place::area(&"Explanations 2022-23.xlsx".into(), &"Explanations".into(), Position::new(4, 0)),
        }),
        ..Finding::new(
            "total-mismatch",
            Severity::Error,
            cell(14, 3),
            "The total says £139,250.00, which is the approved total; D5:D14 add up to £133,250.00. The difference is \
             £6,000.00.",
            "add the missing line, correct the total, or record an explanation.",
        )
    }
}

fn unknown_project() -> Finding {
    let place = Place::area(&APRIL.into(), &"Spend".into(), Position::new(13, 1));
    Finding {
        expected: Some("a project of the funding table".into()),
        actual: Some("Hate Crimes".into()),
        suggestions: vec![Suggestion { text: "Hate Crime".into(), cells: Vec::new() }],
        ..Finding::new(
            "unknown-reference",
            Severity::Error,
            place,
            "\"Hate Crimes\" is not a project of the funding table.",
            "write the project as the funding table does, or add it there.",
        )
    }
}

fn dates_as_text() -> Finding {
    let area = Area::new(Position::new(5, 4), Position::new(35, 4));
    Finding::new(
        "date-as-text",
        Severity::Warning,
        Place::area(&APRIL.into(), &"Spend".into(), area),
        "31 dates are typed as text. They were read as day, month, year; Excel sorts and filters them as words.",
        "select the column, choose Data, Text to Columns, Finish, with the column as a date (DMY).",
    )
}

fn unknown_heading() -> Finding {
    Finding::new(
        "unknown-heading",
        Severity::Info,
        Place::sheet(&APRIL.into(), &"Spend".into()),
        "The column \"Cost centre\" (H5) is not in the table schema. It was not read.",
        "nothing, if the column is for your own use.",
    )
}

fn no_yearly_workbook() -> Finding {
    Finding::new(
        "no-yearly-workbook",
        Severity::Info,
        Place::inbox(),
        "There is no workbook of year-end measures.",
        "put it into the inbox when it comes.",
    )
}

fn workbook(path: &str, digit: char, state: WorkbookState, tables: &[(&str, &str, usize)]) -> WorkbookReport {
    WorkbookReport {
        path: path.into(),
        sha256: digit.to_string().repeat(64),
        state,
        tables: tables
            .iter()
            .map(|(name, sheet, rows)| TableReport { name: (*name).into(), sheet: (*sheet).into(), rows: *rows })
            .collect(),
    }
}
