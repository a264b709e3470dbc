//! A check is a table of named rows: cells in, findings out, with a near miss that must not fire.

#![allow(clippy::unwrap_used)]

mod carried;
mod cases;
mod cells;
mod damage;
mod formulas;
mod hidden;
mod keys;
mod personal;
mod recalculated;
mod registry;
mod resubmission;
mod samples;
mod structure;
mod totals;
mod values;
mod weights;

#[path = "../support"]
mod support {
    pub mod one_kind;
    pub mod pack;
    pub mod package;
    pub mod remarks;
    pub mod sample_pack;
    pub mod sample_workbooks;
    pub mod store;
    pub mod workbook;

    pub use one_kind::pack;
    pub use pack::pack_of;
    pub use workbook::workbook;
}

use crosscast::checks::{Context, check_workbook};
use crosscast::model::{Finding, Outcome};
use crosscast::read::read;
use crosscast::schema::Pack;
use support::{pack, workbook};

const SPEND: &str = "
fields:
  - {name: paid_on, title: Date paid, type: date, constraints: {required: true}, crosscast: {window: month}}
  - {name: reference, title: Reference, type: string, constraints: {pattern: '(INV|JNL)-\\d{4}', unique: true}}
  - {name: project, title: Project, type: string, constraints: {minLength: 3, maxLength: 40}}
  - {name: stage, title: Stage, type: string, constraints: {enum: [Draft, Final, With Home Office]}}
  - {name: people, title: People, type: integer, constraints: {minimum: 0, maximum: 500}}
  - {name: amount, title: Amount, type: number, constraints: {minimum: '-1000.00'}, crosscast: {unit: GBP}}
  - {name: paid, title: Paid, type: boolean, trueValues: ['Yes'], falseValues: ['No']}
  - {name: booked, title: Month booked, type: yearmonth, crosscast: {window: year}}
  - {name: share, title: Share, type: number, crosscast: {unit: percent, optional: true}}
crosscast: {title: Payments}
";

const HEADINGS: &str = "Date paid | Reference | Project | Stage | People | Amount | Paid | Month booked";

fn spend_pack() -> Pack {
    pack(&[("spend", "Spend", SPEND)])
}

fn judged(pack: &Pack, path: &str, text: &str) -> Outcome {
    let workbook = read(path, &workbook(text), pack);
    let year = &pack.partnership.years[0];
    check_workbook(&workbook, &Context { pack, year, month: workbook.month_in_name })
}

/// What is found in the rows of a Spend sheet; its headings are in row 1.
fn spend(rows: &str) -> Outcome {
    judged(&spend_pack(), "2022-04 April.xlsx", &format!("# Spend\n{HEADINGS}\n{rows}"))
}

/// `error code Sheet!Cell`, a line for each finding.
fn lines(outcome: &Outcome) -> Vec<String> {
    let line = |finding: &Finding| {
        format!("{} {} {}", finding.severity, finding.code, finding.place.in_workbook()).trim_end().to_owned()
    };
    outcome.findings.iter().map(line).collect()
}

fn messages(outcome: &Outcome) -> Vec<&str> {
    outcome.findings.iter().map(|finding| finding.message.as_str()).collect()
}

fn suggestions(finding: &Finding) -> Vec<&str> {
    finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect()
}

fn not_run(outcome: &Outcome) -> Vec<String> {
    outcome.not_run.iter().map(|not_run| format!("{}: {}", not_run.check, not_run.why)).collect()
}
