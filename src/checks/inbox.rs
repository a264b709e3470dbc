//! The inbox as a whole: workbooks that are due and not there, and files that are no workbooks.

use std::sync::Arc;

use crate::model::{About, Check, Finding, Outcome, Period, Place, Severity, WorkbookState};
use crate::schema::{Frequency, Pack};

/// A yearly workbook that is due and not in the inbox.
const MISSING_WORKBOOK: Check = Check {
    code: "missing-workbook",
    severity: Severity::Error,
    explainable: false,
    title: "A workbook that is due is not in the inbox",
    about: About {
        meaning: "The pack expects a workbook by now, and no file of the inbox has its name.",
        why: "Its tables are in no figure, and every check that needs them could not run.",
        example: "The funding workbook is due from April on, and the inbox holds only returns.",
        mend: "Put the workbook into the inbox under its usual name.",
    },
};

/// A file of the inbox that is not read.
const FILE_LEFT_ASIDE: Check = Check {
    code: "file-left-aside",
    severity: Severity::Info,
    explainable: false,
    title: "A file in the inbox is not a workbook",
    about: About {
        meaning: "The file has not the ending of a workbook (.xlsx, .xlsm, .xlsb, .xls, .ods), so it was not read.",
        why: "Figures that someone sent as CSV or PDF are in no total.",
        example: "May return.csv beside the workbooks.",
        mend: "Open the file in Excel and save it as .xlsx if it holds figures; else move it out of the inbox.",
    },
};

pub(super) static CHECKS: [&Check; 2] = [&MISSING_WORKBOOK, &FILE_LEFT_ASIDE];

/// Judges what the inbox holds: `workbooks` are kind and state of each workbook, `others` the files that were not read.
///
/// Monthly workbooks that are missing are found by a rule, which names the month.
pub fn check_inbox(
    workbooks: &[(Option<Arc<str>>, WorkbookState)],
    others: &[String],
    pack: &Pack,
    period: &Period,
) -> Outcome {
    let mut outcome = Outcome::default();
    for kind in &pack.partnership.workbooks {
        let is_there = workbooks.iter().any(|(found, _)| found.as_deref() == Some(kind.name.as_str()));
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

fn left_aside(path: &str) -> Finding {
    FILE_LEFT_ASIDE.finding(
        Place::workbook(&path.into()),
        "This file is not a workbook, so it was not read.",
        "Save it as .xlsx if it holds figures; else move it out of the inbox.",
    )
}
