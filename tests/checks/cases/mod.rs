//! One firing and one near-miss case for every check that is built in, over whole inboxes and the whole pipeline.
//!
//! A new check gets an entry in the file of its family: what fires it, what is then found of it (`severity code place`),
//! and the nearest inbox that must not fire it. What more there is to know of a check is in the tests of its family.

mod damage;
mod differences;
mod fields;
mod formulas;
mod hidden;
mod sheets;
mod sums;
mod values;

use std::fs;

use crosscast::checks;
use crosscast::inbox::Inbox;
use crosscast::model::{Finding, Report, Silent};
use crosscast::pipeline::{self, Options};
use crosscast::reconcile;
use crosscast::schema::Pack;

use super::support::pack::partnership;
use super::support::{pack_of, workbook};
use super::{HEADINGS, SPEND};

/// What shows that a check fires, and that it does not cry wolf.
pub struct Case {
    /// The check.
    pub code: &'static str,
    /// What it must fire on.
    pub fires: Given,
    /// What is then found of it, a line for each finding: `error not-a-date Spend!A2`, with the workbook's path where the
    /// finding is about a whole workbook.
    pub found: &'static [&'static str],
    /// What it must not fire on, though it is nearly the same.
    pub near_miss: Given,
}

/// An inbox in few words.
pub enum Given {
    /// The rows of the sheet Spend in the return for April 2022, below [`HEADINGS`] in row 1: a row a line.
    Spend(&'static str),
    /// The rows of the sheet Lines in `lines.xlsx`, below the headings Name (A1) and Amount (B1); the amounts are pounds,
    /// and a row named Total is the total.
    Lines(&'static str),
    /// Sheets in the notation of `tests/support/workbook.rs`, in the return for April 2022, which has a table on Spend.
    Return(&'static str),
    /// Files: the path, and the sheets in that notation; a text that does not begin with `#` is the file's content.
    Inbox(&'static [(&'static str, &'static str)]),
    /// A file of which the notation has no word: the path, and what makes its bytes. See [`PARTNERSHIP`] for the names.
    Made(&'static str, fn() -> Vec<u8>),
}

/// The workbooks that the cases are about: `… return.xlsx` of a month with a table Spend, `lines.xlsx`, `form.xlsx`,
/// `meetings….xlsx`, `funding.xlsx` (held to the approved total of £139,250.00, and always due), `layouts.xlsx`, and explanations.
const PARTNERSHIP: &str = "  - name: return
    title: monthly return
    files: '(?P<month>\\d{4}-\\d{2}) .*return.*'
    frequency: monthly
    resubmission: {field: spend.stage, value: Final}
    tables: [{table: spend, sheet: Spend}]
  - name: lines
    files: 'lines'
    tables: [{table: lines, sheet: Lines}]
    required: false
  - name: form
    files: 'form'
    tables: [{table: form, sheet: Form}]
    required: false
  - name: values
    files: '(?P<month>\\d{4}-\\d{2}) values'
    frequency: monthly
    prepared: front.prepared_on
    tables: [{table: front, sheet: Front}, {table: values, sheet: Values}]
    required: false
  - name: meetings
    files: 'meetings.*'
    tables: [{table: meetings, sheet: Meetings}]
    required: false
  - name: budget
    files: 'budget'
    tables: [{table: budget, sheet: Budget}]
    required: false
  - name: funding
    title: funding workbook
    files: 'funding'
    due: start
    tables: [{table: funding, sheet: Funding}]
  - name: layouts
    files: 'layouts'
    tables:
      - {table: monthly, sheet: {match: '(?P<month>.*) 2022'}, required: false}
      - {table: located, sheet: Sections, required: false}
      - {table: forecast, sheet: Forecast, required: false}
      - {table: stacked_b, sheet: Stacked, required: false}
      - {table: stacked_c, sheet: Stacked, required: false}
    required: false
  - name: explanations
    files: 'Explanations'
    required: false
    explanations: true
    tables: [{table: explanations, sheet: Explanations}]
";

const LINES: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

const FORM: &str = "
fields:
  - {name: status, title: Status, type: string}
  - {name: prepared_by, title: Prepared by, type: string}
crosscast: {layout: form}
";

const FRONT: &str = "
fields:
  - {name: title, title: Title, type: string}
  - {name: prepared_on, title: Date prepared, type: date}
crosscast: {layout: form}
";

const VALUES: &str = "
fields:
  - {name: name, title: Name, type: string, crosscast: {label: true}}
  - {name: sent_on, title: Sent, type: date}
  - {name: refund, title: Refund, type: number, crosscast: {unit: GBP, usually: positive}}
  - {name: share, title: Share, type: number, crosscast: {unit: percent}}
  - {name: index, title: Index, type: number, crosscast: {display: true, optional: true}}
";

/// Of every sheet whose name ends in 2022.
const MONTHLY: &str = "
fields:
  - {name: month, title: Month, type: string, constraints: {enum: [April, May]}}
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
";

/// Below the text Section B.
const LOCATED: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {locate: {after: Section B}}
";

/// Two tables below each other.
const STACKED_B: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {locate: {after: Table B}}
";
const STACKED_C: &str = "
fields:
  - {name: name, title: Name, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP}}
crosscast: {locate: {after: Table C}}
";

/// With headings on two rows.
const FORECAST: &str = "
fields:
  - {name: service, title: Service, type: string}
  - {name: april, title: April, type: number, crosscast: {unit: GBP}}
crosscast: {headings: {rows: 2}}
";

const MEETINGS: &str = "
fields:
  - {name: held_on, title: Date, type: date, crosscast: {window: year}}
  - {name: project, title: Project, type: string}
  - {name: reference, title: Reference, type: string, constraints: {unique: true}}
primaryKey: [held_on, project]
foreignKeys:
  - fields: [project]
    reference: {resource: funding, fields: [project]}
";

const FUNDING: &str = "
fields:
  - {name: project, title: Project, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, control_total: true}}
";

const BUDGET: &str = "
fields:
  - {name: line, title: Line, type: string}
  - {name: month, title: Month, type: string}
  - {name: amount, title: Amount, type: number, crosscast: {unit: GBP, shorthand: {'[c]': fewer than five}}}
crosscast:
  layout: crosstab
  across: {from: April, into: [month], value: amount, totals: {match: Full year}}
  rows: {subtotals: {match: '.* subtotal'}}
";

const EXPLANATIONS: &str = include_str!("../../../schemas/tables/explanations.yaml");

/// Every case.
pub fn all() -> impl Iterator<Item = &'static Case> {
    sheets::CASES
        .iter()
        .chain(damage::CASES)
        .chain(fields::CASES)
        .chain(formulas::CASES)
        .chain(values::CASES)
        .chain(hidden::CASES)
        .chain(sums::CASES)
        .chain(differences::CASES)
}

fn cases_pack() -> Pack {
    pack_of(&[
        ("partnership.yaml", &partnership(PARTNERSHIP)),
        ("tables/spend.yaml", SPEND),
        ("tables/lines.yaml", LINES),
        ("tables/form.yaml", FORM),
        ("tables/front.yaml", FRONT),
        ("tables/values.yaml", VALUES),
        ("tables/monthly.yaml", MONTHLY),
        ("tables/located.yaml", LOCATED),
        ("tables/forecast.yaml", FORECAST),
        ("tables/stacked_b.yaml", STACKED_B),
        ("tables/stacked_c.yaml", STACKED_C),
        ("tables/meetings.yaml", MEETINGS),
        ("tables/funding.yaml", FUNDING),
        ("tables/budget.yaml", BUDGET),
        ("tables/explanations.yaml", EXPLANATIONS),
    ])
}

/// The report of a run over a case's inbox, up to the end of the year 2022-23.
fn report(given: &Given, pack: &Pack) -> Report {
    let folder = tempfile::tempdir().unwrap();
    for (path, bytes) in files(given) {
        let file = folder.path().join(path);
        fs::create_dir_all(file.parent().unwrap()).unwrap();
        fs::write(file, bytes).unwrap();
    }
    let inbox = Inbox::discover(&[folder.path().to_owned()], None).unwrap();
    let options =
        Options { year: Some("2022-23".to_owned()), to: Some("2023-03".parse().unwrap()), ..Options::default() };
    pipeline::run(pack, &inbox, &options, &Silent).unwrap().report
}

fn files(given: &Given) -> Vec<(&'static str, Vec<u8>)> {
    const RETURN: &str = "2022-04 April return.xlsx";
    match given {
        Given::Spend(rows) => vec![(RETURN, workbook(&format!("# Spend\n{HEADINGS}\n{rows}")))],
        Given::Lines(rows) => vec![("lines.xlsx", workbook(&format!("# Lines\nName | Amount\n{rows}")))],
        Given::Return(sheets) => vec![(RETURN, workbook(sheets))],
        Given::Inbox(files) => files
            .iter()
            .map(|(path, text)| (*path, if text.starts_with('#') { workbook(text) } else { text.as_bytes().to_vec() }))
            .collect(),
        Given::Made(path, made) => vec![(*path, made())],
    }
}

/// What is found of a check: `error not-a-date Spend!A2`.
fn lines_of(code: &str, report: &Report) -> Vec<String> {
    let line = |finding: &Finding| {
        let place = match (&finding.place.workbook, &finding.place.sheet) {
            (Some(workbook), None) => workbook.to_string(),
            _ => finding.place.in_workbook(),
        };
        format!("{} {} {place}", finding.severity, finding.code).trim_end().to_owned()
    };
    report.findings.iter().filter(|finding| finding.code == code).map(line).collect()
}

#[test]
fn every_check_fires_and_does_not_cry_wolf() {
    let pack = cases_pack();
    let mut wrong = Vec::new();
    for case in all() {
        let fired = lines_of(case.code, &report(&case.fires, &pack));
        if fired != case.found {
            wrong.push(format!("{}: expected {:?}, found {fired:?}", case.code, case.found));
        }
        let missed = report(&case.near_miss, &pack);
        let cried = lines_of(case.code, &missed);
        if !cried.is_empty() {
            wrong.push(format!("{}: its near miss fires: {cried:?}", case.code));
        }
        // What was not judged is no near miss.
        let not_run: Vec<_> = missed.not_run.iter().filter(|not_run| not_run.check == case.code).collect();
        if !not_run.is_empty() {
            wrong.push(format!("{}: its near miss was not judged: {not_run:?}", case.code));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_check_has_a_case() {
    let mut cases: Vec<&str> = all().map(|case| case.code).collect();
    cases.sort_unstable();
    let mut codes: Vec<&str> = checks::registry().chain(reconcile::registry()).map(|check| check.code).collect();
    codes.sort_unstable();
    assert!(cases.windows(2).all(|pair| pair[0] != pair[1]), "a check has two entries: {cases:?}");
    let without: Vec<&&str> = codes.iter().filter(|code| !cases.contains(code)).collect();
    assert!(without.is_empty(), "add an entry to tests/checks/cases for each of {without:?}");
    let unknown: Vec<&&str> = cases.iter().filter(|code| !codes.contains(code)).collect();
    assert!(unknown.is_empty(), "no check of the registry has these codes: {unknown:?}");
    assert!(all().all(|case| !case.found.is_empty()));
}
