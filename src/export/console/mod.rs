//! The summary that a finance officer reads in a terminal, 100 columns wide.

mod checks;
mod finding;
pub mod inspection;
mod style;

use crate::model::{Report, WorkbookState};

use super::TableTitles;
use super::counted::{Shown, by_check, grouped};
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

/// More findings than this nobody reads in a terminal: then a check that found more than [`MANY_OF_CHECK`] things shows the
/// first of them, and how many more there are.
const MANY: usize = 300;
/// So many findings of a check are still shown one by one.
const MANY_OF_CHECK: usize = 10;
/// So many are shown of a check that found more.
const FIRST_OF_CHECK: usize = 5;
/// At most so many sheets are named in which a check found more.
const NAMED_SHEETS: usize = 12;

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
    totals(report, style, &mut lines);
    let groups = Groups::of(report);
    let is_many = report.findings.len() > MANY;
    for (title, findings) in [
        ("Stands against publication", &groups.standing),
        ("Explained", &groups.explained),
        ("Warnings", &groups.warnings),
        ("For information", &groups.infos),
    ] {
        group(title, findings, is_many, style, &mut lines);
    }
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

/// Of very many findings how many each check gave, and where all of them are.
fn totals(report: &Report, style: Style, lines: &mut Vec<String>) {
    if report.findings.len() <= MANY {
        return;
    }
    let title = format!("Findings by check ({})", grouped(report.findings.len()));
    lines.extend([String::new(), style.paint(Ink::Heading, &title)]);
    let totals = by_check(report.findings.iter());
    let named: Vec<_> = totals.iter().map(|(kind, number)| (visible_text(kind.code), kind.weight(), number)).collect();
    let width = named.iter().map(|(code, ..)| code.chars().count()).max().unwrap_or_default();
    for (code, weight, number) in named {
        lines.push(format!("  {code:width$}  {:>9}  {}", grouped(*number), finding::word(weight)));
    }
    lines.push(String::new());
    lines.extend(wrapped(ALL_OF_THEM, 2, 2));
}

const ALL_OF_THEM: &str = "Of a check that found much, the first findings are shown below and the others counted. All of \
                           them are in for-officers/findings.json, which crosscast run writes; crosscast check prints \
                           them with --format json.";

fn group(title: &str, findings: &[Numbered<'_>], is_many: bool, style: Style, lines: &mut Vec<String>) {
    if findings.is_empty() {
        return;
    }
    lines.extend([String::new(), style.paint(Ink::Heading, &format!("{title} ({})", findings.len()))]);
    let many = if is_many { MANY_OF_CHECK } else { usize::MAX };
    let shown = Shown::of(findings.iter().copied(), many, FIRST_OF_CHECK);
    for numbered in &shown.full {
        lines.push(String::new());
        lines.extend(finding::lines(numbered.finding, style));
    }
    for counted in shown.counted.chunk_by(|one, next| one.kind == next.kind) {
        lines.push(String::new());
        lines.extend(finding::more(counted, NAMED_SHEETS, style));
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
