//! The inbox as a whole: workbooks that are due and not there, and files that are no workbooks.

use std::collections::BTreeSet;

use super::words::quoted;
use super::{left_aside, personal};
use crate::model::{About, Check, Finding, Month, Outcome, Over, Period, Place, Severity};
use crate::schema::{Frequency, Pack, Year};

/// A yearly workbook that is due and not in the inbox.
const MISSING_WORKBOOK: Check = Check {
    code: "missing-workbook",
    over: Over::Inbox,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A workbook that is due is not in the inbox",
    about: About {
        meaning: "A workbook is expected by now, and no file of the inbox has its name.",
        why: "Its tables are in no figure, and every check that needs them could not run.",
        example: "The funding workbook is due from April on, and the inbox holds only returns.",
        mend: "Put the workbook into the inbox under its usual name.",
    },
};

/// A file of the inbox that is not read.
const FILE_LEFT_ASIDE: Check = Check {
    code: "file-left-aside",
    over: Over::Inbox,
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A file in the inbox is not a workbook",
    about: About {
        meaning: "The file has not the ending of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), so it was not read.",
        why: "Figures that someone sent as CSV or PDF are in no total.",
        example: "May return.csv beside the workbooks.",
        mend: "Open the file in Excel and save it as .xlsx if it holds figures; else move it out of the inbox.",
    },
};

/// A workbook of a month that lies in no year of the pack.
const UNKNOWN_YEAR: Check = Check {
    code: "unknown-year",
    over: Over::Files,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "A workbook is for a month of no year that is known",
    about: About {
        meaning: "The month of the workbook lies in no year that is known, so the workbook was left aside.",
        why: "A return with a slip in the year of its name is in no figure, and would be missed in silence.",
        example: "2032-04 April return.xlsx where 2022-04 April return.xlsx is expected.",
        mend: "Correct the month in the name, or move the workbook out of the inbox.",
    },
};

/// A folder of the inbox whose files are not known.
const UNREADABLE_FOLDER: Check = Check {
    code: "unreadable-folder",
    over: Over::Inbox,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A folder of the inbox could not be looked through",
    about: About {
        meaning: "It is not known what the folder holds, so none of its workbooks are in any total.",
        why: "A year without the workbooks of one folder looks complete and is not.",
        example: "A folder that only another user may open, or one that lies more than 32 folders deep.",
        mend: "Make sure that you may open the folder, or move its files further up in the inbox, and run again.",
    },
};

/// A workbook that someone may be working on.
const OPEN_ELSEWHERE: Check = Check {
    code: "open-elsewhere",
    over: Over::Files,
    severity: Severity::Info,
    explainable: false,
    required: true,
    title: "A workbook is open in another program",
    about: About {
        meaning: "A lock file beside the workbook says that Excel or LibreOffice has it open. It was read as it was last saved.",
        why: "What someone is typing into it is in no figure yet.",
        example: "~$2022-05 May return.xlsx beside 2022-05 May return.xlsx.",
        mend: "Save and close the workbook, and run again. If nobody has it open, delete the lock file.",
    },
};

pub(super) static CHECKS: [&Check; 5] =
    [&MISSING_WORKBOOK, &FILE_LEFT_ASIDE, &UNKNOWN_YEAR, &UNREADABLE_FOLDER, &OPEN_ELSEWHERE];

/// Judges what the inbox holds: `kinds` are the names of the kinds of its workbooks, `others` the files that were not
/// read.
///
/// Monthly workbooks that are missing are found by a rule, which names the month.
pub fn check_inbox(kinds: &BTreeSet<&str>, others: &[&str], pack: &Pack, period: &Period) -> Outcome {
    let mut outcome = Outcome::default();
    for kind in &pack.partnership.workbooks {
        let is_there = kinds.contains(kind.name.as_str());
        if kind.required && kind.frequency == Frequency::Yearly && kind.is_due(period) && !is_there {
            outcome.findings.push(MISSING_WORKBOOK.finding(
                Place::inbox(),
                format!("The {} is not in the inbox.", kind.called()),
                format!("Put the {} into the inbox under its usual name.", kind.called()),
            ));
        }
    }
    outcome.findings.extend(others.iter().map(|path| left_aside(path)));
    super::settled(outcome, pack)
}

/// Judges the workbooks that were left aside for their month, given with their paths: one whose month lies in another
/// year of the pack was left aside because this year was asked for, any other likely has a slip in its name.
pub fn check_years<'a>(others: impl Iterator<Item = (&'a str, Month)>, pack: &Pack, year: &Year) -> Outcome {
    let is_known = |month: Month| pack.partnership.years.iter().any(|known| known.contains(month));
    let findings = others.filter(|(_, month)| !is_known(*month)).map(|(path, month)| {
        UNKNOWN_YEAR.finding(
            Place::workbook(&path.into()),
            format!("This workbook is for {month}, which is not in the year {}, so it was left aside.", year.name),
            "Correct the month in its name, or move it out of the inbox.",
        )
    });
    super::settled(Outcome { findings: findings.collect(), not_run: Vec::new() }, pack)
}

/// Judges the folders of the inbox that could not be looked through, by their paths, each with why.
pub fn check_folders(unread: &[(String, String)], pack: &Pack) -> Outcome {
    let findings = unread.iter().map(|(path, why)| {
        UNREADABLE_FOLDER.finding(
            Place::inbox(),
            format!("The folder {} could not be looked through ({why}).", quoted(&personal::masked_path(path))),
            "Make sure that you may open it, or move its files further up in the inbox, and run again.",
        )
    });
    super::settled(Outcome { findings: findings.collect(), not_run: Vec::new() }, pack)
}

/// Says which workbooks another program has open, by their paths as outputs show them, each with the program.
pub fn check_open_elsewhere(open: &[(String, &str)], pack: &Pack) -> Outcome {
    let findings = open.iter().map(|(path, program)| {
        OPEN_ELSEWHERE.finding(
            Place::workbook(&path.as_str().into()),
            format!(
                "This workbook is open in {program}, by the lock file beside it, and was read as it was last saved."
            ),
            "Save and close it there, and run again. If nobody has it open, delete the lock file.",
        )
    });
    super::settled(Outcome { findings: findings.collect(), not_run: Vec::new() }, pack)
}

fn left_aside(path: &str) -> Finding {
    let (kind, remedy) = left_aside::kind(path);
    let message = match kind {
        Some(kind) => format!("This file is not a workbook but {kind}, so it was not read."),
        None => "This file is not a workbook, so it was not read.".to_owned(),
    };
    FILE_LEFT_ASIDE.finding(Place::workbook(&personal::masked_path(path).into()), message, remedy)
}
