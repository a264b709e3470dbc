//! What a run comes to, in words that the console and the findings page share.

use crate::model::{Month, Period, Report, TableReport, WorkbookReport, WorkbookState};

use super::TableTitles;

/// Whether something stands against publication, in a sentence or two.
pub fn verdict(report: &Report) -> String {
    let mut words = if report.is_clear() {
        if report.whole_inbox {
            "Nothing stands against publication.".to_owned()
        } else {
            "Nothing stands against publication in these files. Checks that need the whole year were not asked for."
                .to_owned()
        }
    } else {
        standing(report)
    };
    if report.whole_inbox && !report.period.is_complete() {
        words.push_str(" The year is not complete: a committee appendix made now is a DRAFT.");
    }
    words
}

/// What stands against publication, in a sentence, where something does.
pub fn standing(report: &Report) -> String {
    let errors = report.counts().errors;
    let checks = report.required_not_run().count();
    let mut parts = Vec::new();
    if errors > 0 {
        parts.push(count(errors, "error", "errors"));
    }
    if checks > 0 {
        parts.push(count(checks, "check that did not run", "checks that did not run"));
    }
    let verb = if errors + checks == 1 { "stands" } else { "stand" };
    format!("{} {verb} against publication.", parts.join(" and "))
}

/// How many findings of each kind, in words.
pub fn counts(report: &Report) -> String {
    let counts = report.counts();
    let errors = match counts.errors {
        0 => "no error stands".to_owned(),
        1 => "1 error stands".to_owned(),
        many => format!("{many} errors stand"),
    };
    [
        errors,
        format!("{} explained", counts.explained),
        count(counts.warnings, "warning", "warnings"),
        format!("{} for information", counts.infos),
        count(counts.not_run, "check not run", "checks not run"),
    ]
    .join(", ")
}

/// On how much the checks ran, in a sentence; none where nothing is known of it.
pub fn checked(report: &Report) -> Option<String> {
    let ran = report.checked.len();
    let without = report.checked.iter().filter(|check| check.findings == 0).count();
    let read: Vec<&WorkbookReport> =
        report.workbooks.iter().filter(|workbook| workbook.state == WorkbookState::Read).collect();
    let rows = read.iter().flat_map(|workbook| &workbook.tables).map(|table| table.rows).sum();
    let said = format!(
        "{} ran over {} in {}; {without} found nothing.",
        count(ran, "check", "checks"),
        count(rows, "row", "rows"),
        count(read.len(), "workbook", "workbooks")
    );
    (ran > 0).then_some(said)
}

/// The year and the months of it that are reported: `2022-23, April 2022 to August 2022 (5 of 12 months)`.
pub fn period(period: &Period) -> String {
    let first = Month::of(period.start);
    let months = period.months();
    let reached = months.iter().filter(|month| period.is_due(**month)).count();
    if period.is_complete() {
        format!("{}, {first} to {} (the whole year)", period.year, Month::of(period.end))
    } else if reached <= 1 {
        format!("{}, {} only ({reached} of {} months)", period.year, period.to, months.len())
    } else {
        format!("{}, {first} to {} ({reached} of {} months)", period.year, period.to, months.len())
    }
}

/// `1 error`, `2 errors`.
pub fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

/// The rows that one table got from all the workbooks that are in the figures.
#[derive(Debug, PartialEq, Eq)]
pub struct TableRows<'a> {
    /// What officers call the table.
    pub title: &'a str,
    /// From how many workbooks.
    pub workbooks: usize,
    /// How many rows of data.
    pub rows: usize,
}

/// The rows by table, sorted by the table's name. Workbooks that are not yet due are left out, as in the figures.
pub fn rows_by_table<'a>(report: &'a Report, titles: &'a TableTitles) -> Vec<TableRows<'a>> {
    let read = report.workbooks.iter().filter(|workbook| workbook.state == WorkbookState::Read);
    let mut parts: Vec<(&WorkbookReport, &TableReport)> =
        read.flat_map(|workbook| workbook.tables.iter().map(move |table| (workbook, table))).collect();
    parts.sort_by(|a, b| (&a.1.name, &a.0.path).cmp(&(&b.1.name, &b.0.path)));
    parts
        .chunk_by(|a, b| a.1.name == b.1.name)
        .map(|parts| TableRows {
            title: titles.title(&parts[0].1.name),
            workbooks: parts.chunk_by(|a, b| a.0.path == b.0.path).count(),
            rows: parts.iter().map(|(_, table)| table.rows).sum(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::sample_report::{august, clear, report};
    use super::*;
    use crate::model::NotRun;

    #[test]
    fn what_stands_is_said_in_words() {
        assert_eq!(verdict(&report()), "1 error and 1 check that did not run stand against publication.");
        assert_eq!(verdict(&clear()), "Nothing stands against publication.");
        let mut one = clear();
        one.not_run.push(NotRun { check: "spend-against-summary".into(), why: "Why.".into(), required: true });
        assert_eq!(verdict(&one), "1 check that did not run stands against publication.");
        one.not_run[0].required = false;
        assert_eq!(verdict(&one), "Nothing stands against publication.");
    }

    #[test]
    fn part_of_a_year_and_part_of_an_inbox() {
        let mut part = august();
        assert_eq!(
            verdict(&part),
            "Nothing stands against publication. The year is not complete: a committee appendix made now is a DRAFT."
        );
        assert_eq!(period(&part.period), "2022-23, April 2022 to August 2022 (5 of 12 months)");
        part.period.to = "2022-04".parse().unwrap();
        assert_eq!(period(&part.period), "2022-23, April 2022 only (1 of 12 months)");
        assert_eq!(period(&clear().period), "2022-23, April 2022 to March 2023 (the whole year)");
        part.whole_inbox = false;
        assert_eq!(
            verdict(&part),
            "Nothing stands against publication in these files. Checks that need the whole year were not asked for."
        );
    }

    #[test]
    fn counts_in_words() {
        assert_eq!(counts(&report()), "1 error stands, 1 explained, 1 warning, 2 for information, 1 check not run");
        assert_eq!(counts(&clear()), "no error stands, 1 explained, 0 warnings, 0 for information, 0 checks not run");
    }

    #[test]
    fn on_how_much_the_checks_ran_in_words() {
        assert_eq!(checked(&report()).unwrap(), "2 checks ran over 51 rows in 2 workbooks; 1 found nothing.");
        let mut one = august();
        assert_eq!(checked(&one), None);
        one.checked = report().checked[..1].to_vec();
        one.workbooks.retain(|workbook| workbook.state != WorkbookState::Read);
        assert_eq!(checked(&one).unwrap(), "1 check ran over 0 rows in 0 workbooks; 1 found nothing.");
    }

    #[test]
    fn rows_of_workbooks_that_are_not_yet_due_are_not_counted() {
        let august = august();
        let titles: TableTitles = [("spend".to_owned(), "Payments".to_owned())].into_iter().collect();
        let rows = rows_by_table(&august, &titles);
        assert_eq!(
            rows,
            [
                TableRows { title: "funding", workbooks: 1, rows: 10 },
                TableRows { title: "Payments", workbooks: 1, rows: 31 },
                TableRows { title: "summary", workbooks: 1, rows: 10 },
            ]
        );
    }
}
