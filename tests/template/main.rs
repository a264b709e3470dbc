//! Blank workbooks from the pack: filled in, they pass their checks, and what Excel refuses in them a check refuses too.

#![allow(clippy::unwrap_used)]

mod blank;
mod excel;
mod filled;
mod form;
mod program;
mod refused;
mod right;

#[path = "../support"]
mod support {
    pub mod pack;
    pub mod package;
    pub mod sample_pack;
}

use std::fs;
use std::path::{Path, PathBuf};

use crosscast::export::template::{Asked, Template, template};
use crosscast::inbox::Inbox;
use crosscast::model::{Finding, Report, Severity, Silent};
use crosscast::pipeline::{self, Options};
use crosscast::schema::{Pack, PackFiles};

/// The pack of the sample council.
fn council_pack() -> Pack {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/council/pack");
    let files = PackFiles::from_folder(&folder).expect("the sample council's pack");
    Pack::parse(files).unwrap_or_else(|mistakes| panic!("the sample council's pack:\n{mistakes}"))
}

/// A blank workbook for April of the pack's year, with ten rows to fill in.
fn of_april(pack: &Pack, name: &str) -> Template {
    let first = pack.partnership.years[0].start;
    let month = Some(crosscast::model::Month::of(first));
    let asked = Asked { name, month, year: None, rows: 10 };
    template(pack, &asked).unwrap_or_else(|error| panic!("{name}: {error}"))
}

/// The result of `check` of one workbook by itself.
fn check(pack: &Pack, file_name: &str, bytes: &[u8]) -> Report {
    let folder = tempfile::tempdir().unwrap();
    let path: PathBuf = folder.path().join(file_name);
    fs::write(&path, bytes).unwrap();
    let inbox = Inbox::discover(&[path], None).unwrap();
    // At the year's end, so that what falls due then is judged too.
    let year = &pack.partnership.years[0];
    let to = Some(crosscast::model::Month::of(year.end));
    let options = Options { year: Some(year.name.clone()), to, ..Options::default() };
    pipeline::run(pack, &inbox, &options, &Silent).unwrap().report
}

/// The errors and warnings of a report that are of the tool's own checks: the pack's rules hold tables against each other.
fn standing<'r>(report: &'r Report, pack: &Pack) -> Vec<&'r Finding> {
    let is_rule = |code: &str| pack.rules.iter().any(|rule| rule.code == code);
    let counts = |finding: &&Finding| finding.severity != Severity::Info && !is_rule(&finding.code);
    report.findings.iter().filter(counts).collect()
}

/// A finding on one line.
fn line(finding: &Finding) -> String {
    let place = finding.place.clone().in_workbook();
    format!("{} {place} {}", finding.code, finding.message)
}
