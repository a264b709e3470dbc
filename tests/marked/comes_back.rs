//! A marked copy that comes back into the inbox: it is read as the original was, gives the same findings, and when it is
//! marked again bears one mark.

use std::collections::BTreeMap;
use std::path::Path;

use crosscast::export::marked::{MarkedFace, marked};
use crosscast::inbox::{Inbox, bytes};
use crosscast::model::{FINDINGS_SHEET, Finding, Limits, Report, Severity, Silent, TextHolder, Workbook};
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

/// A workbook without what only its bytes tell, and without the tool's words, which are looked through for personal data
/// alone.
fn as_read(path: &str, bytes: &[u8], pack: &Pack) -> Workbook {
    let mut workbook = Workbook { sha256: String::new(), ..read(path, bytes, pack) };
    workbook.texts.retain(|text| &*text.sheet != FINDINGS_SHEET);
    for text in &mut workbook.texts {
        text.text = text.without_mark().into();
    }
    workbook.texts.retain(|text| text.holder != TextHolder::Comment || !text.text.trim().is_empty());
    workbook
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
        let texts = as_read(APRIL, bytes, &pack).texts;
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

/// The places of personal data in the sample year with these bytes for the return for April.
fn personal(bytes: &[u8]) -> Vec<String> {
    let (inbox, mut workbooks) = originals("2022-23");
    workbooks.insert(APRIL.to_owned(), bytes.to_vec());
    let findings = report(&sample_pack(), &inbox, &workbooks).findings;
    let personal = findings.iter().filter(|finding| finding.code == "personal-data");
    personal.map(|finding| finding.place.in_workbook()).collect()
}

/// The copy of the return for April with something put in behind a text of one of its parts.
fn with_words(part: &str, behind: &str, words: &str) -> Vec<u8> {
    let copy = try_marked(&april(|_, text| text), &[error("F4")]).unwrap();
    edit_parts(&copy, |name, text| {
        if name != part {
            return text;
        }
        assert!(text.contains(behind), "{text}");
        text.replacen(behind, &format!("{behind}{words}"), 1)
    })
}

const LIST: &str = "xl/worksheets/crosscast1.xml";

#[test]
fn personal_data_within_the_tools_words_are_found() {
    for (part, behind, words, expected) in [
        ("xl/comments1.xml", "Crosscast says:", "", &[][..]),
        ("xl/comments1.xml", "Crosscast says:", " jo@example.org", &["Spend!F4"]),
        ("xl/comments1.xml", "Crosscast says.)", " jo@example.org", &["Spend!F4"]),
        (LIST, "The total is wrong.", " Ask jo@example.org", &["Crosscast findings!D7"]),
        (LIST, "The total is wrong.", " Ask jo", &[]),
    ] {
        assert_eq!(personal(&with_words(part, behind, words)), expected, "{part}{words}");
    }
}

#[test]
fn an_officers_own_sheet_of_that_name_is_read_as_every_sheet() {
    let pack = sample_pack();
    let changed = |part: &'static str, from: &'static str, to: &'static str| {
        let copy = try_marked(&april(|_, text| text), &[error("F4")]).unwrap();
        edit_parts(&copy, |name, text| {
            if name != part {
                return text;
            }
            assert!(text.contains(from), "{text}");
            text.replacen(from, to, 1)
        })
    };
    let is_a_sheet = |bytes: &[u8]| read(APRIL, bytes, &pack).sheets.iter().any(|sheet| &*sheet.name == FINDINGS_SHEET);
    let name = "name=\"Crosscast findings\"";
    let book = "xl/workbook.xml";
    let hidden = changed(book, name, "name=\"Crosscast findings\" state=\"hidden\"");
    let very_hidden = changed(book, name, "name=\"Crosscast findings\" state=\"veryHidden\"");
    let other_title = changed(LIST, "Crosscast findings: ", "Residents: ");
    let calculated = changed(LIST, "<v>1</v>", "<f>1+0</f><v>1</v>");
    assert!(!is_a_sheet(&changed(LIST, "<v>1</v>", "<v>2</v>")), "the list itself");
    for sheet in [&hidden, &very_hidden, &other_title, &calculated] {
        assert!(is_a_sheet(sheet));
    }
    // What is not the list is not replaced with it.
    for taken in [&other_title, &calculated] {
        let refused = try_marked(taken, &[error("F4")]).unwrap_err().to_string();
        assert!(refused.starts_with("A sheet of the workbook's own is named Crosscast findings"), "{refused}");
    }
    assert!(try_marked(&hidden, &[error("F4")]).is_ok(), "an officer may have hidden it");
    // A list of persons on a hidden one is found.
    let people =
        edit_parts(
            &hidden,
            |name, text| {
                if name == LIST { text.replace("The total is wrong.", "jo@example.org") } else { text }
            },
        );
    assert_eq!(personal(&people), ["Crosscast findings!D7"]);
}

#[test]
fn a_list_that_excel_has_saved_is_known_again() {
    let pack = sample_pack();
    let copy = try_marked(&april(|_, text| text), &[error("F4")]).unwrap();
    let (title, _) = parts(&copy)[LIST].split_once("</is></c>").map(|(a, b)| (a.to_owned(), b.to_owned())).unwrap();
    let cell = &title[title.find("<c r=\"A1\"").unwrap()..];
    let shared = |text: &str| {
        edit_parts(&copy, |name, part| match name {
            LIST => part.replace(&format!("{cell}</is></c>"), "<c r=\"A1\" t=\"s\"><v>0</v></c>"),
            "xl/sharedStrings.xml" => {
                let from = part.find("<si>").unwrap();
                let to = part.find("</si>").unwrap();
                format!("{}<si><t>{text}</t>{}", &part[..from], &part[to..])
            }
            _ => part,
        })
    };
    for (text, is_list) in [("Crosscast findings: April", true), ("Residents", false)] {
        let book = shared(text);
        assert_eq!(!read(APRIL, &book, &pack).sheets.iter().any(|sheet| &*sheet.name == FINDINGS_SHEET), is_list);
        assert_eq!(try_marked(&book, &[error("F4")]).is_ok(), is_list, "{text}");
    }
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
