//! Files: what could not be read at all, and what no part of the pack asks for.

use super::not_run;
use super::words::quoted;
use crate::model::{
    About, BeyondLimit, Check, Outcome, Over, Place, Severity, Suggestion, UnreadableWorkbook, Workbook, likely_match,
    name_key,
};
use crate::schema::{Pack, SheetChoice, WorkbookKind};

/// The least number of letters by which a word of a file's name tells its kind.
const SHORTEST_TELLING_WORD: usize = 4;

/// A file that could not be opened as a workbook.
const UNREADABLE_WORKBOOK: Check = Check {
    code: "unreadable-workbook",
    over: Over::Files,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A file could not be read as a workbook",
    about: About {
        meaning: "Nothing of the file could be read, so none of its figures are in any total.",
        why: "A year without one of its workbooks looks complete and is not.",
        example: "A page saved from a web browser as Return.xlsx, a workbook with a password, or a download that broke off.",
        mend: "Open the file in Excel, save it as .xlsx without a password, and put it in place of the old one.",
    },
};

/// A file that the pack does not know.
const UNKNOWN_WORKBOOK: Check = Check {
    code: "unknown-workbook",
    over: Over::Files,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "A file has a name that no expected workbook has",
    about: About {
        meaning: "The file was left aside: its name is not that of any workbook that the partnership expects.",
        why: "A return with a slip in its name is in no figure, and would be missed in silence.",
        example: "Aprl return.xlsx where 2022-04 April return.xlsx is expected.",
        mend: "Rename the file like the others of its kind, or move it out of the inbox.",
    },
};

pub(super) static CHECKS: [&Check; 2] = [&UNREADABLE_WORKBOOK, &UNKNOWN_WORKBOOK];

/// Judges the file as a whole. An unreadable file is that one finding, whatever its name.
pub(super) fn check(workbook: &Workbook, pack: &Pack, outcome: &mut Outcome) {
    let kind = pack.kind_of(workbook);
    let place = Place::workbook(&workbook.path);
    if let Some(why) = &workbook.unreadable {
        let (message, fix) = unreadable(why);
        outcome.findings.push(UNREADABLE_WORKBOOK.finding(place, message, fix));
        let expected = kind.map(|kind| kind.tables.as_slice()).unwrap_or_default();
        let tables: Vec<_> = expected.iter().filter_map(|table| pack.tables.get(table.table.as_str())).collect();
        not_run::tables_not_read(&workbook.path, &tables, pack, outcome);
    } else if kind.is_none() {
        let mut finding = UNKNOWN_WORKBOOK.finding(
            place,
            "No expected workbook has a name like this, so the file was left aside.",
            "Rename it like the others of its kind, or move it out of the inbox.",
        );
        if let Some(likely) = likely_kind(workbook, pack) {
            let text = format!("{}, under a name that has a slip in it", quoted(likely.called()));
            finding.suggestions.push(Suggestion { text, cells: Vec::new() });
        }
        outcome.findings.push(finding);
    }
}

/// What is wrong with a file that could not be read, and what to do.
fn unreadable(why: &UnreadableWorkbook) -> (String, String) {
    let plain = |text: &str| text.to_owned();
    let (message, fix) = match why {
        UnreadableWorkbook::Empty => {
            (plain("This file is empty."), "Save the workbook again from Excel, and put it in place of this file.")
        }
        UnreadableWorkbook::WebPage => {
            (plain("This file is a web page saved with an Excel name."), "Open it in Excel and save it as .xlsx.")
        }
        UnreadableWorkbook::PlainText => {
            (plain("This file is plain text saved with an Excel name."), "Open it in Excel and save it as .xlsx.")
        }
        UnreadableWorkbook::Pdf => {
            (plain("This file is a PDF with an Excel name."), "Put the workbook that it was made from in its place.")
        }
        UnreadableWorkbook::Encrypted => (
            plain("This workbook is locked with a password."),
            "Open it in Excel, remove the password under File, Info, Protect Workbook, and save it.",
        ),
        UnreadableWorkbook::Damaged(words) => (
            format!("This file is cut off or damaged{}.", in_brackets(words)),
            "Ask for the file again, or open it in Excel, let Excel repair it, and save it.",
        ),
        UnreadableWorkbook::OtherKind(kind) => (
            format!("This file is not what its name says: it holds {}.", in_words(kind)),
            "Open it in Excel and save it as .xlsx.",
        ),
        UnreadableWorkbook::Foreign(kind) => (
            format!("This file is not what its name says: it holds {}.", in_words(kind)),
            "Put the workbook in its place, or move the file out of the inbox.",
        ),
        UnreadableWorkbook::Packed(kind) => (
            format!("This file is not what its name says: it is {}.", in_words(kind)),
            "Unpack it, and put the workbook that it holds in its place.",
        ),
        UnreadableWorkbook::Pointer(kind) => (
            format!("This file holds no figures: it is {}.", in_words(kind)),
            "Open it, download or save the workbook that it leads to as .xlsx, and put that in its place.",
        ),
        UnreadableWorkbook::OpenElsewhere => (
            plain("This workbook is open in Excel or another program, which lets nobody else read it."),
            "Close it there, and run again.",
        ),
        UnreadableWorkbook::NotDownloaded => (
            plain("This file lies in the cloud, and its contents are not on this computer."),
            "Open the inbox in the file manager, choose to keep the file on this device, and run again.",
        ),
        UnreadableWorkbook::Gone => (
            plain("This file was in the inbox when the run began, and has gone since."),
            "Put it back, or run again if it was meant to go.",
        ),
        UnreadableWorkbook::NoFile(kind) => (
            format!("There is no file under this name, but {}, so it was not opened.", in_words(kind)),
            "Put the workbook itself in its place.",
        ),
        UnreadableWorkbook::Unknown => (
            plain("This file is neither an Excel nor a LibreOffice workbook."),
            "Put the workbook in its place, or move the file out of the inbox.",
        ),
        UnreadableWorkbook::BeyondLimit(beyond) => return beyond_limit(beyond),
        UnreadableWorkbook::BrokeReader(words) => (
            format!("The reader broke down over this file, so nothing of it was read{}.", in_brackets(words)),
            "Open it in Excel and save it as .xlsx; if Excel cannot open it either, ask for the file again.",
        ),
        UnreadableWorkbook::Changing => (
            plain("This file was written to while it was read, so nothing of it was taken."),
            "Wait until it has been saved or copied as a whole, and run again.",
        ),
        UnreadableWorkbook::NoAccess(words) => (
            format!("This file could not be opened{}.", in_brackets(words)),
            "Close it in other programs, and make sure that you may read it.",
        ),
    };
    (message, fix.to_owned())
}

/// The same for a file that asks for more than is allowed: with the option that allows it.
fn beyond_limit(beyond: &BeyondLimit) -> (String, String) {
    let message = format!("This file is too large to be read safely{}.", in_brackets(&beyond.what));
    let fix = format!(
        "Delete empty rows, columns and pictures that are not needed, and save it as .xlsx. If it has to be so large, allow \
         more with {}.",
        beyond.option()
    );
    (message, fix)
}

fn in_brackets(words: &str) -> String {
    let words = words.trim().trim_end_matches('.');
    if words.is_empty() { String::new() } else { format!(" ({words})") }
}

fn in_words(kind: &str) -> &str {
    if kind.trim().is_empty() { "something else" } else { kind.trim() }
}

/// The kind of workbook that a file is likely meant to be: by its sheets, else by the words of its name that are those
/// of the kind's. What officers call a kind tells nothing: all may be called a workbook.
fn likely_kind<'a>(workbook: &Workbook, pack: &'a Pack) -> Option<&'a WorkbookKind> {
    let kinds = &pack.partnership.workbooks;
    let has_sheet = |choice: &SheetChoice| {
        workbook.sheets.iter().any(|sheet| match choice {
            SheetChoice::Named(name) => name_key(&sheet.name) == name_key(name),
            SheetChoice::Matching(sheets) => sheets.pattern.is_match(sheet.name.trim()),
        })
    };
    let by_sheets = kinds.iter().find(|kind| kind.tables.iter().all(|table| has_sheet(&table.sheet)));
    by_sheets.or_else(|| {
        let given = letters_only(workbook.stem());
        let mut best: (usize, Option<&WorkbookKind>) = (0, None);
        for kind in kinds {
            let shared = shared_words(&given, &letters_only(&kind.name));
            if shared > best.0 {
                best = (shared, Some(kind));
            }
        }
        best.1
    })
}

/// How many words of a file's name are likely words of a kind's name.
fn shared_words(given: &str, known: &str) -> usize {
    let is_telling = |word: &&str| word.chars().count() >= SHORTEST_TELLING_WORD;
    let known: Vec<&str> = known.split(' ').filter(is_telling).collect();
    given.split(' ').filter(is_telling).filter(|word| likely_match(word, known.iter().copied()).is_some()).count()
}

/// The words of a text, without digits and signs.
fn letters_only(text: &str) -> String {
    let words = text.split(|character: char| !character.is_alphabetic()).filter(|word| !word.is_empty());
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Limit;

    #[test]
    fn a_slip_in_a_name_still_tells_the_kind() {
        assert_eq!(shared_words("Apr retrun", "return"), 1);
        assert_eq!(shared_words("Holiday rota", "return"), 0);
    }

    #[test]
    fn each_reason_has_a_sentence_and_a_remedy() {
        assert_eq!(
            unreadable(&UnreadableWorkbook::WebPage),
            (
                "This file is a web page saved with an Excel name.".to_owned(),
                "Open it in Excel and save it as .xlsx.".to_owned()
            )
        );
        let damaged = unreadable(&UnreadableWorkbook::Damaged("no end of central directory.".to_owned()));
        assert_eq!(damaged.0, "This file is cut off or damaged (no end of central directory).");
        assert_eq!(unreadable(&UnreadableWorkbook::Damaged(String::new())).0, "This file is cut off or damaged.");
        let what = "the sheet Spend has more than 5,000,000 cells".to_owned();
        let beyond = unreadable(&BeyondLimit { limit: Limit::Cells, most: 5_000_000, what }.into());
        assert_eq!(
            beyond.0,
            "This file is too large to be read safely (the sheet Spend has more than 5,000,000 cells)."
        );
        assert!(beyond.1.ends_with("allow more with --limit cells=10000000."), "{}", beyond.1);
    }
}
