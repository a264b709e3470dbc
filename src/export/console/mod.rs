//! The summary that a finance officer reads in a terminal, 100 columns wide.

mod checks;
mod finding;
pub mod inspection;
mod style;

use crate::model::{Report, WorkbookState};

use super::TableTitles;
use super::grouping::{Groups, Numbered};
use super::verdict;
pub use super::visible::visible_text;
pub use checks::{check_list, check_page};
pub use style::Style;
use style::{Ink, wrapped};

/// Where the marked copies of workbooks lie below the output folder.
const MARKED: &str = "for-officers/marked/";
/// Where the differences to be explained lie.
const TO_EXPLAIN: &str = "for-officers/to-explain.xlsx";

/// At most so many workbooks of a kind are named.
const NAMED_WORKBOOKS: usize = 6;

/// The summary: what was reported, the workbooks and rows that were read, the findings (those that stand first), the
/// checks that did not run, the counts, and whether something stands against publication.
///
/// Ends with a line break. Text from cells carries no control characters.
pub fn console(report: &Report, titles: &TableTitles, style: Style) -> String {
    let mut lines = Vec::new();
    what_was_reported(report, style, &mut lines);
    workbooks(report, style, &mut lines);
    rows(report, titles, style, &mut lines);
    let groups = Groups::of(report);
    group("Stands against publication", &groups.standing, style, &mut lines);
    group("Explained", &groups.explained, style, &mut lines);
    group("Warnings", &groups.warnings, style, &mut lines);
    group("For information", &groups.infos, style, &mut lines);
    not_run(report, style, &mut lines);
    closing(report, style, &mut lines);
    lines.join("\n") + "\n"
}

/// Where the outputs are: the folder, then each file below it; the copies of workbooks, of which there can be one for each,
/// as their folder alone. Ends with a line break.
pub fn outputs(folder: &str, files: &[&str], style: Style) -> String {
    let mut lines = vec![style.paint(Ink::Heading, "Written")];
    lines.push(format!("  {}", visible_text(folder)));
    let is_marked = |file: &&&str| file.starts_with(MARKED);
    for file in files.iter().filter(|file| !is_marked(file)) {
        let what = if *file == TO_EXPLAIN { " (to fill in where a difference has to stand)" } else { "" };
        lines.push(format!("    {}{what}", visible_text(file)));
    }
    let marked = files.iter().filter(is_marked).count();
    if marked > 0 {
        lines.push(format!("    {MARKED} ({})", verdict::count(marked, "workbook", "workbooks")));
    }
    lines.join("\n") + "\n"
}

fn what_was_reported(report: &Report, style: Style, lines: &mut Vec<String>) {
    lines.extend(wrapped(&report.pack, 0, 0).iter().map(|line| style.paint(Ink::Heading, line)));
    lines.extend(wrapped(&verdict::period(&report.period), 0, 0));
    lines.extend(report.notice.iter().flat_map(|notice| wrapped(notice, 0, 0)));
}

fn workbooks(report: &Report, style: Style, lines: &mut Vec<String>) {
    lines.extend([String::new(), style.paint(Ink::Heading, "Workbooks")]);
    let of = |state| report.workbooks.iter().filter(move |workbook| workbook.state == state);
    lines.push(format!("  {} read", of(WorkbookState::Read).count()));
    for state in [
        WorkbookState::NotYetDue,
        WorkbookState::Superseded,
        WorkbookState::Repeated,
        WorkbookState::Copied,
        WorkbookState::OtherYear,
        WorkbookState::Unreadable,
        WorkbookState::Unknown,
    ] {
        let mut names: Vec<String> = of(state).map(|workbook| visible_text(&workbook.path).into_owned()).collect();
        if names.is_empty() {
            continue;
        }
        let number = names.len();
        if number > NAMED_WORKBOOKS {
            names.truncate(NAMED_WORKBOOKS);
            names.push(format!("and {} more", number - NAMED_WORKBOOKS));
        }
        lines.extend(wrapped(&format!("{number} {}: {}", state.in_words().to_lowercase(), names.join(", ")), 2, 4));
    }
}

fn rows(report: &Report, titles: &TableTitles, style: Style, lines: &mut Vec<String>) {
    let rows = verdict::rows_by_table(report, titles);
    if rows.is_empty() {
        return;
    }
    lines.extend([String::new(), style.paint(Ink::Heading, "Rows by table")]);
    let named: Vec<_> = rows.iter().map(|table| (visible_text(table.title), table)).collect();
    let width = named.iter().map(|(title, _)| title.chars().count()).max().unwrap_or_default();
    for (title, table) in &named {
        let from = verdict::count(table.workbooks, "workbook", "workbooks");
        lines.push(format!("  {title:width$}  {:>6}  from {from}", table.rows));
    }
}

fn group(title: &str, findings: &[Numbered<'_>], style: Style, lines: &mut Vec<String>) {
    if findings.is_empty() {
        return;
    }
    lines.extend([String::new(), style.paint(Ink::Heading, &format!("{title} ({})", findings.len()))]);
    for numbered in findings {
        lines.push(String::new());
        lines.extend(finding::lines(numbered.finding, style));
    }
}

fn not_run(report: &Report, style: Style, lines: &mut Vec<String>) {
    if report.not_run.is_empty() {
        return;
    }
    let number = report.not_run.len();
    lines.extend([String::new(), style.paint(Ink::Heading, &format!("Checks that did not run ({number})"))]);
    for check in &report.not_run {
        let weight = if check.required { "stands against publication" } else { "not required" };
        lines.push(String::new());
        lines.push(format!("{} {}   {weight}", style.paint(Ink::Warning, "not run"), visible_text(&check.check)));
        lines.extend(wrapped(&check.why, finding::INDENT, finding::INDENT));
    }
}

fn closing(report: &Report, style: Style, lines: &mut Vec<String>) {
    let ink = if report.is_clear() { Ink::Clear } else { Ink::Error };
    lines.extend([String::new(), style.paint(Ink::Heading, "Result")]);
    lines.extend(verdict::checked(report).iter().flat_map(|checked| wrapped(checked, 2, 2)));
    lines.extend(wrapped(&verdict::counts(report), 2, 2));
    lines.extend(wrapped(&verdict::verdict(report), 2, 2).iter().map(|line| style.paint(ink, line)));
}

#[cfg(test)]
mod tests;
