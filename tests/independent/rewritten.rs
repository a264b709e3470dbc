//! The sample year as LibreOffice saves it, in each format that officers keep: nothing is wrong in it that is not in the year
//! as it is.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use crosscast::inbox::Inbox;
use crosscast::model::{Report, Severity, Silent, file_stem};
use crosscast::pipeline::{self, Options};
use crosscast::schema::{Pack, PackFiles};

use crate::programs::{Program, needed, run};

const YEAR: &str = "samples/2022-23";

fn inbox(folder: &Path) -> Inbox {
    Inbox::discover(&[folder.to_owned()], None).unwrap()
}

fn report(folder: &Path) -> Report {
    let pack = Pack::parse(PackFiles::built_in()).unwrap();
    pipeline::run(&pack, &inbox(folder), &Options::default(), &Silent).unwrap().report
}

/// The year with every workbook saved by LibreOffice in a format, laid into the same folders.
fn rewritten(soffice: &Path, format: &str, folder: &Path) -> PathBuf {
    let saved = folder.join("saved");
    let workbooks: Vec<PathBuf> = inbox(Path::new(YEAR)).workbooks.into_iter().map(|found| found.location).collect();
    assert_eq!(workbooks.len(), 18);
    run(Command::new(soffice)
        .arg(format!("-env:UserInstallation=file://{}", folder.join("profile").display()))
        .args(["--headless", "--norestore", "--convert-to", format, "--outdir"])
        .arg(&saved)
        .args(&workbooks));
    let ending = format.split(':').next().unwrap();
    let year = folder.join("inbox");
    for workbook in &workbooks {
        let below = workbook.strip_prefix(YEAR).unwrap().with_extension(ending);
        std::fs::create_dir_all(year.join(&below).parent().unwrap()).unwrap();
        std::fs::rename(saved.join(below.file_name().unwrap()), year.join(&below)).unwrap();
    }
    year
}

/// Each error and warning, with its cell, and whether an explanation covers it; workbooks without their endings.
fn said(report: &Report) -> Vec<String> {
    let weighty = report.findings.iter().filter(|finding| finding.severity != Severity::Info);
    let mut said: Vec<String> = weighty
        .map(|finding| {
            let explained = if finding.explained.is_some() { "explained " } else { "" };
            let workbook = finding.place.workbook.as_deref().map_or("the inbox", file_stem);
            format!("{explained}{} {} {workbook} {}", finding.severity, finding.code, finding.place.in_workbook())
        })
        .collect();
    said.sort();
    said
}

/// How many rows each table has, by the name of its workbook without the ending.
fn rows(report: &Report) -> BTreeMap<(String, String), usize> {
    let workbooks = report.workbooks.iter();
    workbooks
        .flat_map(|workbook| {
            let stem = file_stem(&workbook.path);
            workbook.tables.iter().map(move |table| ((stem.to_owned(), table.name.clone()), table.rows))
        })
        .collect()
}

fn says_no_more_in(format: &str) {
    let Some(soffice) = needed(Program::LibreOffice) else { return };
    let folder = tempfile::tempdir().unwrap();
    let there = report(&rewritten(&soffice, format, folder.path()));
    let here = report(Path::new(YEAR));
    assert_eq!(rows(&there), rows(&here));
    assert_eq!(said(&there), said(&here));
    assert_eq!(there.required_not_run().collect::<Vec<_>>(), here.required_not_run().collect::<Vec<_>>());
}

#[test]
fn as_xlsx() {
    says_no_more_in("xlsx");
}

#[test]
fn as_ods() {
    says_no_more_in("ods");
}

#[test]
fn as_xls() {
    says_no_more_in("xls:MS Excel 97");
}
