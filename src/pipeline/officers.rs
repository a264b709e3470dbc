//! The outputs that are made for each officer: a marked copy of each workbook in which something is wrong, or the list of
//! its findings, and the differences that are to be explained.

mod places;

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::Originals;
use crate::export::finding_list::finding_list;
use crate::export::marked::{MarkedFace, NotMarked, marked};
use crate::export::outputs::{FOR_OFFICERS, OutputFile};
use crate::export::to_explain::{ExplanationForm, TO_EXPLAIN, to_explain};
use crate::export::{DeskError, DeskFace};
use crate::isolation::contained;
use crate::model::{
    Finding, Report, UnreadableWorkbook, WORKBOOK_ENDINGS, Weight, WorkbookReport, WorkbookState, file_name,
};
use crate::schema::Pack;

/// The folder of the marked copies and lists, below that of what is for officers, with `/` at its end.
const MARKED: &str = "marked/";
/// What is put behind the name of a workbook to name the list of its findings.
const LIST: &str = " findings.xlsx";
/// The endings of workbooks of which a copy can be marked.
const CAN_BE_MARKED: [&str; 2] = ["xlsx", "xlsm"];
/// At most so many workbooks are held in memory at once beside what was made of others.
const AT_ONCE: usize = 4;

/// What was made for officers.
pub(super) struct ForOfficers {
    /// The files, by their paths below the output folder, in the order of the report.
    pub files: Vec<OutputFile>,
    /// Where the marked copy of a workbook, or the list of its findings, lies: by the workbook's path, its own path below the
    /// folder of what is for officers.
    pub marked: BTreeMap<String, String>,
}

/// Makes the marked copies, the lists and the differences to be explained.
///
/// # Errors
/// [`DeskError`] when a list could not be made.
pub(super) fn for_officers(
    report: &Report,
    originals: &Originals,
    pack: &Pack,
    face: &DeskFace,
) -> Result<ForOfficers, DeskError> {
    let wanted = wanted(report);
    let mut made = Vec::with_capacity(wanted.len());
    // A few at a time: what is made of a workbook is no larger than it is, but both are held while it is made.
    for some in wanted.chunks(AT_ONCE) {
        let some: Result<Vec<Made>, DeskError> = some.par_iter().map(|one| make(one, originals, face)).collect();
        made.extend(some?);
    }
    let names: Vec<(&str, &str)> =
        wanted.iter().zip(&made).map(|(one, made)| (one.workbook.path.as_str(), made.behind)).collect();
    let places = places::places(&names);
    let mut files = Vec::new();
    let mut marked = BTreeMap::new();
    for ((one, made), place) in wanted.iter().zip(made).zip(places) {
        marked.insert(one.workbook.path.clone(), format!("{MARKED}{place}"));
        files.push(OutputFile::new(&format!("{FOR_OFFICERS}{MARKED}{place}"), made.bytes));
    }
    if let Some(form) = ExplanationForm::of(pack)
        && let Some(bytes) = to_explain(&report.findings, form, face)?
    {
        files.push(OutputFile::new(&format!("{FOR_OFFICERS}{TO_EXPLAIN}.xlsx"), bytes));
    }
    Ok(ForOfficers { files, marked })
}

/// A workbook in which something is wrong, with all its findings in the report's order.
struct Wanted<'a> {
    workbook: &'a WorkbookReport,
    findings: Vec<&'a Finding>,
}

/// What was made of a workbook.
struct Made {
    bytes: Vec<u8>,
    /// What is put behind the workbook's name.
    behind: &'static str,
}

/// The workbooks with an error that stands or a warning.
fn wanted(report: &Report) -> Vec<Wanted<'_>> {
    let mut findings: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in &report.findings {
        if let Some(workbook) = &finding.place.workbook {
            findings.entry(workbook).or_default().push(finding);
        }
    }
    let is_wrong = |finding: &&Finding| matches!(finding.weight(), Weight::Standing | Weight::Warning);
    let wanted = report.workbooks.iter().filter_map(|workbook| {
        let findings = findings.remove(workbook.path.as_str()).filter(|found| found.iter().any(is_wrong))?;
        Some(Wanted { workbook, findings })
    });
    wanted.collect()
}

/// The marked copy of a workbook; where there can be none, the list of its findings with the reason.
fn make(one: &Wanted<'_>, originals: &Originals, face: &DeskFace) -> Result<Made, DeskError> {
    match marked_copy(one, originals, face) {
        Ok(bytes) => Ok(Made { bytes, behind: "" }),
        Err(why) => Ok(Made { bytes: finding_list(&one.workbook.path, &one.findings, &why, face)?, behind: LIST }),
    }
}

/// # Errors
/// Why there is no marked copy, as a sentence.
fn marked_copy(one: &Wanted<'_>, originals: &Originals, face: &DeskFace) -> Result<Vec<u8>, String> {
    if one.workbook.state == WorkbookState::Unreadable {
        return Err("This file could not be read, so no copy of it is marked.".to_owned());
    }
    let original = originals.bytes(&one.workbook.path, &one.workbook.sha256).map_err(|why| not_there(&why))?;
    patched(|| mark(&original, one, face))
}

fn mark(original: &[u8], one: &Wanted<'_>, face: &DeskFace) -> Result<Vec<u8>, String> {
    let path = &one.workbook.path;
    let face = MarkedFace {
        workbook: file_name(path).to_owned(),
        partnership: face.partnership.clone(),
        period: format!("financial year {}, {}", face.year, face.period),
        notice: face.notice.clone(),
    };
    marked(original, &one.findings, &face).map_err(|why| match &why {
        // The ending is what an officer knows the kind by.
        NotMarked::OtherFormat | NotMarked::OtherKind(_) => of_another_kind(path).unwrap_or_else(|| why.to_string()),
        _ => why.to_string(),
    })
}

/// Why a workbook of its kind is never marked; none of the kinds that are.
fn of_another_kind(path: &str) -> Option<String> {
    let ending = path.rsplit_once('.').map(|(_, ending)| ending.to_lowercase())?;
    let is_other = WORKBOOK_ENDINGS.contains(&ending.as_str()) && !CAN_BE_MARKED.contains(&ending.as_str());
    is_other.then(|| {
        format!(
            "This is an .{ending} workbook: only .xlsx and .xlsm workbooks can be marked. Save it as .xlsx in Excel to get \
             a marked copy."
        )
    })
}

/// What a patch gives, also when it breaks down: that must not end the run.
fn patched(patch: impl FnOnce() -> Result<Vec<u8>, String>) -> Result<Vec<u8>, String> {
    let broke = || Err("This workbook could not be marked: doing so broke down.".to_owned());
    contained(patch).unwrap_or_else(broke)
}

/// Why the bytes that were read are not there any more.
fn not_there(why: &UnreadableWorkbook) -> String {
    match why {
        UnreadableWorkbook::Changing => {
            "This workbook was changed after it was read, so no copy of it is marked. Run again to have it checked as it is now."
        }
        UnreadableWorkbook::Gone => "This workbook is no longer in the inbox, so no copy of it is marked.",
        _ => "This workbook could not be read a second time, so no copy of it is marked. Close it in other programs, and run again.",
    }
    .to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample_report::{august, report};
    use crate::model::{Place, Severity};

    fn face() -> DeskFace {
        DeskFace {
            partnership: "Sample".into(),
            short_name: "S".into(),
            year: "2022-23".into(),
            period: "April 2022".into(),
            notice: None,
            language: "en-GB".into(),
            date: chrono::NaiveDate::from_ymd_opt(2022, 4, 30).unwrap(),
        }
    }

    fn paths(report: &Report) -> Vec<&str> {
        wanted(report).iter().map(|one| one.workbook.path.as_str()).collect()
    }

    #[test]
    fn workbooks_with_an_error_or_a_warning_alone() {
        let mut some = report();
        // The error of the funding workbook is explained.
        assert_eq!(paths(&some), ["returns/SWCSP return 2022-04.xlsx"]);
        assert_eq!(wanted(&some)[0].findings.len(), 3, "also what is for information");
        some.findings.retain(|finding| finding.severity != Severity::Error);
        assert_eq!(paths(&some), ["returns/SWCSP return 2022-04.xlsx"], "a warning is enough");
        some.findings.retain(|finding| finding.severity == Severity::Info);
        assert_eq!(paths(&some), Vec::<&str>::new());
    }

    #[test]
    fn a_list_says_why_it_is_there_in_place_of_a_copy() {
        let mut some = august();
        let broken = "SWCSP meetings 2022-23.ods";
        some.findings.push(Finding::new(
            "unreadable-workbook",
            Severity::Error,
            Place::workbook(&broken.into()),
            "This file is empty.",
            "save it again.",
        ));
        let one = wanted(&some).pop().unwrap();
        let why = marked_copy(&one, &Originals::default(), &face()).unwrap_err();
        assert_eq!(why, "This file could not be read, so no copy of it is marked.");
        let mut workbook = one.workbook.clone();
        workbook.state = WorkbookState::Read;
        let gone = Wanted { workbook: &workbook, findings: one.findings };
        let why = marked_copy(&gone, &Originals::default(), &face()).unwrap_err();
        assert_eq!(why, "This workbook is no longer in the inbox, so no copy of it is marked.");
    }

    #[test]
    fn kinds_that_are_never_marked() {
        for (path, ending) in [("a/b.xls", ".xls"), ("c.ODS", ".ods"), ("d.v2.xlsb", ".xlsb")] {
            let why = of_another_kind(path).unwrap();
            assert!(why.starts_with(&format!("This is an {ending} workbook: only .xlsx and")), "{why}");
        }
        assert_eq!((of_another_kind("a.xlsx"), of_another_kind("a.XLSM"), of_another_kind("a")), (None, None, None));
    }

    #[test]
    fn a_patch_that_breaks_down_is_a_reason() {
        let empty: Vec<u8> = Vec::new();
        let broken = patched(|| Ok(vec![empty[empty.len()]]));
        assert_eq!(broken, Err("This workbook could not be marked: doing so broke down.".to_owned()));
        assert_eq!(patched(|| Ok(vec![1])), Ok(vec![1]));
    }
}
