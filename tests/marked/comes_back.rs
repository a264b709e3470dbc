//! A marked copy that comes back into the inbox: it is read as the original was, gives the same findings, and when it is
//! marked again bears one mark.

use std::collections::BTreeMap;
use std::path::Path;

use crosscast::export::marked::{MarkedFace, marked};
use crosscast::inbox::{Inbox, bytes};
use crosscast::model::{Finding, Limits, Report, Severity, Silent, TextHolder, Workbook};
use crosscast::pipeline::{self, Options};
use crosscast::read::read;
use crosscast::schema::{Pack, PackFiles};

use crate::copies::{error, finding, parts, try_marked};
use crate::support::package::edit_parts;
use crate::support::sample_pack::sample_pack;

/// The workbooks of a folder of samples by path.
fn originals(folder: &str) -> (Inbox, BTreeMap<String, Vec<u8>>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples").join(folder);
    let inbox = Inbox::discover(&[folder], None).unwrap();
    let bytes = |found: &_| bytes(found, &Limits::default()).unwrap();
    let workbooks = inbox.workbooks.iter().map(|found| (found.path.clone(), bytes(found))).collect();
    (inbox, workbooks)
}

fn report(pack: &Pack, inbox: &Inbox, workbooks: &BTreeMap<String, Vec<u8>>) -> Report {
    let read: Vec<Workbook> = workbooks.iter().map(|(path, bytes)| read(path, bytes, pack)).collect();
    pipeline::judge(pack, inbox, read, &Options::default(), &Silent).unwrap_or_else(|error| panic!("{error}")).report
}

/// Marked copies of what can be marked, of every workbook whether it has findings or not.
fn copies(workbooks: &BTreeMap<String, Vec<u8>>, report: &Report) -> BTreeMap<String, Vec<u8>> {
    let mut copies = BTreeMap::new();
    for (path, bytes) in workbooks.iter().filter(|(path, _)| path.ends_with(".xlsx")) {
        let findings: Vec<&Finding> =
            report.findings.iter().filter(|finding| finding.place.workbook.as_deref() == Some(path.as_str())).collect();
        let face = MarkedFace {
            workbook: path.clone(),
            partnership: report.pack.clone(),
            period: report.period.year.clone(),
            notice: report.notice.clone(),
        };
        copies.insert(path.clone(), marked(bytes, &findings, &face).unwrap_or_else(|error| panic!("{path}: {error}")));
    }
    copies
}

/// A workbook without what only its bytes tell.
fn as_read(path: &str, bytes: &[u8], pack: &Pack) -> Workbook {
    Workbook { sha256: String::new(), ..read(path, bytes, pack) }
}

#[track_caller]
fn assert_comes_back(folder: &str, pack: &Pack, least: usize) {
    let (inbox, mut workbooks) = originals(folder);
    let before = report(pack, &inbox, &workbooks);
    let copies = copies(&workbooks, &before);
    assert!(copies.len() >= least, "{}", copies.len());
    // To be looked at with other programs.
    if let Some(into) = std::env::var_os("CROSSCAST_MARKED") {
        let into = Path::new(&into).join(folder);
        std::fs::create_dir_all(&into).unwrap();
        for (path, bytes) in &copies {
            std::fs::write(into.join(path.replace('/', " - ")), bytes).unwrap();
        }
    }
    for (path, copy) in &copies {
        assert_eq!(as_read(path, copy, pack), as_read(path, &workbooks[path], pack), "{path}");
        let again = self::copies(&BTreeMap::from([(path.clone(), copy.clone())]), &before);
        assert_eq!(as_read(path, &again[path], pack), as_read(path, &workbooks[path], pack), "{path}");
        let (once, twice) = (parts(copy), parts(&again[path]));
        for (part, text) in &once {
            assert!(Some(text) == twice.get(part), "{path} {part}: marking twice is marking once");
        }
        assert_eq!(once.len(), twice.len(), "{path}");
    }
    workbooks.extend(copies);
    let after = report(pack, &inbox, &workbooks);
    assert_eq!(after.findings, before.findings);
    assert_eq!(after.not_run, before.not_run);
}

#[test]
fn copies_of_the_sample_year_come_back_as_the_originals() {
    assert_comes_back("2022-23", &sample_pack(), 14);
}

#[test]
fn copies_of_the_sample_with_faults_come_back_as_the_originals() {
    assert_comes_back("with-faults", &sample_pack(), 14);
}

#[test]
fn copies_of_the_sample_council_come_back_as_the_originals() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("samples/council/pack");
    let pack = Pack::parse(PackFiles::from_folder(&folder).unwrap()).unwrap();
    assert_comes_back("council/2024-25", &pack, 4);
    assert_comes_back("council/with-faults", &pack, 4);
}

/// The bytes of the sample's return for April, with the text of its parts changed.
fn april(edit: impl Fn(&str, String) -> String) -> Vec<u8> {
    let (_, workbooks) = originals("2022-23");
    edit_parts(&workbooks[APRIL], edit)
}

const APRIL: &str = "monthly/2022-04 April return.xlsx";

#[test]
fn what_nobody_sees_is_still_not_seen_once_it_is_marked() {
    let pack = sample_pack();
    let invisible = |workbook: &Workbook| -> usize {
        let grids = workbook.sheets.iter().filter_map(|sheet| sheet.grid.as_ref());
        grids.flat_map(|grid| grid.cells()).filter(|(_, cell)| cell.is_invisible).count()
    };
    for (colour, is_invisible) in [("rgb=\"FFFFFFFF\"", true), ("theme=\"0\"", true), ("rgb=\"FFD9D9D9\"", false)] {
        let original = april(|name, text| match name {
            "xl/styles.xml" => text.replace("<color theme=\"1\"/>", &format!("<color {colour}/>")),
            _ => text,
        });
        let before = as_read(APRIL, &original, &pack);
        assert_eq!(invisible(&before) > 0, is_invisible, "{colour}");
        let copy = try_marked(&original, &[error("A1:G9")]).unwrap();
        assert!(parts(&copy)["xl/styles.xml"].contains("<color rgb=\"FF2B"), "its text is dark: {colour}");
        assert_eq!(as_read(APRIL, &copy, &pack), before, "{colour}");
    }
}

#[test]
fn the_tools_own_words_are_not_read_and_an_officers_are() {
    let pack = sample_pack();
    let texts = |bytes: &[u8]| -> Vec<String> {
        let texts = read(APRIL, bytes, &pack).texts;
        let comments = texts.iter().filter(|text| text.holder == TextHolder::Comment);
        comments.map(|text| format!("{} {}", text.sheet, text.text)).collect()
    };
    let original = april(|_, text| text);
    let finding = finding("Spend", "F4", Severity::Error, "It should be £1,245.50, says Ann.");
    let copy = try_marked(&original, &[finding]).unwrap();
    assert!(parts(&copy)["xl/comments1.xml"].contains("£1,245.50"));
    assert_eq!(texts(&copy), [""; 0]);
    // An officer answers in the same note, or writes something like it.
    let answered = |from: &str, to: &str| {
        edit_parts(&copy, |name, text| if name == "xl/comments1.xml" { text.replace(from, to) } else { text })
    };
    let end = "(End of what Crosscast says.)";
    assert_eq!(texts(&answered(end, &format!("{end} No: £1,254.50"))), ["Spend  No: £1,254.50"]);
    assert!(texts(&answered(end, ""))[0].contains("£1,245.50"), "without its end, nobody knows whose words they are");
}

#[test]
fn only_a_sheet_of_that_name_is_passed_over() {
    let pack = sample_pack();
    let copy = try_marked(&april(|_, text| text), &[error("F4")]).unwrap();
    let names = |bytes: &[u8]| -> Vec<String> {
        read(APRIL, bytes, &pack).sheets.iter().map(|sheet| sheet.name.to_string()).collect()
    };
    let renamed = |name: &str| {
        edit_parts(&copy, |part, text| match part {
            "xl/workbook.xml" => text.replace("name=\"Crosscast findings\"", &format!("name=\"{name}\"")),
            _ => text,
        })
    };
    let own = names(&april(|_, text| text));
    assert_eq!(names(&renamed("CROSSCAST FINDINGS")), own);
    assert_eq!(names(&renamed("Crosscast findings 2"))[1..], own);
}
