//! Explanations: the differences that an officer lets stand, each with a reason and a second role's approval.

use std::collections::BTreeMap;

use chrono::NaiveDate;

use crate::model::{
    About, CellRef, Check, Difference, Explained, Finding, Money, Over, Place, Position, QueryError, Scalar, Severity,
    StoredRows, file_stem, is_workbook_name, name_key, quoted_name,
};
use crate::schema::{EXPLANATION_FIELDS, Pack};

const NOT_APPROVED: Check = Check {
    code: "explanation-not-approved",
    over: Over::Explanations,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "Every explanation is approved by another role than the one that recorded it",
    about: About {
        meaning: "An explanation was recorded and approved by one and the same role.",
        why: "One person must not let a difference in public money stand alone.",
        example: "Recorded by: Partnership finance lead. Approved by: Partnership finance lead.",
        mend: "Have the explanation approved by another role.",
    },
};
const NOT_POSSIBLE: Check = Check {
    code: "explanation-not-possible",
    over: Over::Explanations,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "Explanations are for differences that may be explained",
    about: About {
        meaning: "An explanation stands beside a finding that no explanation can cover.",
        why: "Personal data, an unreadable workbook or a broken value must be mended; a reason does not make it right.",
        example: "An explanation for a cell that holds an email address.",
        mend: "Mend what the finding says, and remove the explanation.",
    },
};
const UNUSED: Check = Check {
    code: "explanation-unused",
    over: Over::Explanations,
    severity: Severity::Warning,
    explainable: false,
    required: true,
    title: "Every explanation covers a difference",
    about: About {
        meaning: "An explanation names a cell that has no such difference, or no longer has it.",
        why: "When a figure moves, the reason given for the old difference does not hold for the new one.",
        example: "The explanation says £6,000.00 for D15, and D15 is now £5,000.00 out.",
        mend: "Remove the explanation, or correct its workbook, sheet, cell and difference (stated less computed, signed).",
    },
};

const REPEATED: Check = Check::warning(
    "explanation-repeated",
    "Each difference is explained once",
    About {
        meaning: "Two explanations name the same cell and the same difference. The first is printed; the other is not.",
        why: "Two reasons for one difference may contradict each other, and the committee would read only one.",
        example: "Rows 4 and 7 of the explanations both explain £6,000.00 in D15.",
        mend: "Keep one of the two rows, with everything that is to be said.",
    },
)
.over(Over::Explanations);

/// The checks on explanations.
pub fn registry() -> impl Iterator<Item = &'static Check> {
    [&NOT_APPROVED, &NOT_POSSIBLE, &REPEATED, &UNUSED].into_iter()
}

/// An explanation as it was recorded.
struct Explanation {
    row: i64,
    /// The cell it speaks of; the workbook by its name without folders and ending.
    cell: CellRef,
    difference: Money,
    explained: Explained,
}

/// Lays the explanations of a stored table beside the findings: one covers a finding while file stem, sheet, cell and
/// signed difference all still match; of several findings of one difference in one cell, all. What covers nothing, may not cover, or covers what another one does already, is
/// reported as a finding of its own.
///
/// `report_unused` is false when only a part of the inbox was read, since the rest may hold what is explained.
///
/// # Errors
/// [`QueryError`] when the table has not the [`EXPLANATION_FIELDS`].
pub fn explain(
    findings: &mut Vec<Finding>,
    rows: &dyn StoredRows,
    pack: &Pack,
    table: &str,
    report_unused: bool,
) -> Result<(), QueryError> {
    let mut own = Vec::new();
    let by_cell = errors_by_cell(findings);
    for explanation in explanations(rows, table)? {
        let at = |field| rows.place(explanation.row, Some(field)).unwrap_or_default();
        if same_role(&explanation.explained.recorded_by, &explanation.explained.approved_by) {
            own.push(NOT_APPROVED.finding(
                at("approved_by"),
                format!(
                    "The explanation was recorded and approved by the same role, {}.",
                    explanation.explained.approved_by
                ),
                "Have the explanation approved by another role than the one that recorded it.",
            ));
            continue;
        }
        let in_cell = by_cell.get(&key(&explanation.cell)).map(Vec::as_slice).unwrap_or_default();
        // What can never be explained often has no difference to match, such as a cell that holds an email address.
        let is_meant = |finding: &Finding| !finding.explainable || has_difference(finding, &explanation);
        let is_open = |finding: &Finding| finding.explainable && finding.explained.is_none();
        let find = |wanted: &dyn Fn(&Finding) -> bool| in_cell.iter().copied().find(|index| wanted(&findings[*index]));
        // Those that an explanation can cover, and that none covers yet, go first where a cell has several.
        let covered = find(&|finding| is_open(finding) && is_meant(finding))
            .or_else(|| find(&|finding| finding.explainable && is_meant(finding)))
            .or_else(|| find(&is_meant));
        match covered.map(|index| &findings[index]) {
            Some(Finding { explained: Some(first), .. }) => own.push(REPEATED.finding(
                at("cell"),
                format!(
                    "The difference of {} in {} is explained already, in {}: that explanation is used, and this one is not.",
                    explanation.difference,
                    explanation.shown(),
                    first.source.in_workbook(),
                ),
                "Keep one of the two explanations, with everything that is to be said.",
            )),
            Some(finding) if finding.explainable => {
                // Two checks can find one and the same difference in a cell: what explains it explains it to both. A cell of
                // another workbook of that name has an explanation of its own.
                let (workbook, difference) = (finding.place.workbook.clone(), finding.difference);
                for index in in_cell {
                    let finding = &mut findings[*index];
                    let is_same = finding.place.workbook == workbook && finding.difference == difference;
                    if is_same && is_open(finding) {
                        finding.explained = Some(explanation.explained.clone());
                    }
                }
            }
            Some(finding) => own.push(NOT_POSSIBLE.finding(
                at("cell"),
                format!("{} has a finding that no explanation can cover: {}", explanation.shown(), finding.message),
                "Mend what the finding says, and remove the explanation.",
            )),
            None if report_unused => own.push(UNUSED.finding(
                at("cell"),
                format!(
                    "The explanation for {} covers nothing: there is no difference of {} in that cell.",
                    explanation.shown(),
                    explanation.difference
                ),
                "Remove the explanation, or correct its workbook, sheet, cell and difference if the figure has moved.",
            )),
            None => {}
        }
    }
    pack.weigh(&mut own);
    findings.append(&mut own);
    Ok(())
}

impl Explanation {
    fn shown(&self) -> String {
        format!("{} {}", self.cell.workbook, self.cell)
    }
}

fn explanations(rows: &dyn StoredRows, table: &str) -> Result<Vec<Explanation>, QueryError> {
    let query = format!("SELECT _row, {} FROM {} ORDER BY _row", EXPLANATION_FIELDS.join(", "), quoted_name(table));
    // A row that lacks a part has findings of its own, and covers nothing.
    Ok(rows.query(&query)?.rows.iter().filter_map(|row| explanation(rows, row)).collect())
}

fn explanation(rows: &dyn StoredRows, row: &[Scalar]) -> Option<Explanation> {
    let text = |index: usize| row[index].as_text().map(str::to_owned);
    let id = row[0].as_integer()?;
    let workbook = text(1)?;
    Some(Explanation {
        row: id,
        cell: CellRef {
            workbook: stem(&workbook).into(),
            sheet: text(2)?.into(),
            position: text(3)?.parse::<Position>().ok()?,
        },
        difference: Money::from_pence(row[4].as_integer()?),
        explained: Explained {
            explanation: text(5)?,
            recorded_by: text(6)?,
            approved_by: text(7)?,
            date: text(8)?.parse::<NaiveDate>().ok()?,
            source: rows.place(id, None).unwrap_or_else(Place::inbox),
        },
    })
}

/// A file's name without folders and without the ending of a workbook; a name with a dot in it may be given without one.
fn stem(path: &str) -> &str {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path).trim();
    if is_workbook_name(name) { file_stem(name) } else { name }
}

fn same_role(recorded_by: &str, approved_by: &str) -> bool {
    name_key(recorded_by) == name_key(approved_by)
}

/// A cell as explanations name it: the workbook by its name without folders and ending, letter case and spaces forgiven.
type CellKey = (String, String, Position);

fn key(cell: &CellRef) -> CellKey {
    (name_key(&cell.workbook), name_key(&cell.sheet), cell.position)
}

/// The errors that stand in one cell each, by their places among the findings, in their order.
fn errors_by_cell(findings: &[Finding]) -> BTreeMap<CellKey, Vec<usize>> {
    let mut by_cell: BTreeMap<CellKey, Vec<usize>> = BTreeMap::new();
    for (index, finding) in findings.iter().enumerate().filter(|(_, finding)| finding.severity == Severity::Error) {
        let place = &finding.place;
        let (Some(workbook), Some(sheet), Some(area)) = (&place.workbook, &place.sheet, place.area) else { continue };
        if area.first == area.last {
            let cell = CellRef { workbook: stem(workbook).into(), sheet: sheet.clone(), position: area.first };
            by_cell.entry(key(&cell)).or_default().push(index);
        }
    }
    by_cell
}

/// Whether a finding's difference is the one that was explained, with its sign.
fn has_difference(finding: &Finding, explanation: &Explanation) -> bool {
    match finding.difference {
        Some(Difference::Money(money)) => money == explanation.difference,
        Some(Difference::Count(count)) => count.checked_mul(100) == Some(explanation.difference.pence()),
        None => false,
    }
}
