//! The result of a run: what the console, the JSON report, the findings page and the manifest are drawn from.
//!
//! Serialised, it is the report of the design's section 5. The shape is versioned; `report.schema.json` in the room
//! `export/json` describes it and a test holds it to that.

use std::fmt;

use serde::ser::SerializeStruct;
use serde::{Serialize, Serializer};

use super::{Explained, Finding, NotRun, Period, Place, Severity, Suggestion, Weight};

/// The version of the report's shape.
const VERSION: u32 = 1;

/// The whole result.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The pack's name (the partnership's).
    pub pack: String,
    /// A sentence that everything made from these data says on its face, for example that they are a sample.
    pub notice: Option<String>,
    /// What was reported.
    pub period: Period,
    /// The workbooks, sorted by path.
    pub workbooks: Vec<WorkbookReport>,
    /// The findings, sorted by workbook, sheet, row, column, code.
    pub findings: Vec<Finding>,
    /// The checks that could not run, sorted.
    pub not_run: Vec<NotRun>,
    /// On how much each check ran, in the order of the checks. One that is switched off, and one that there was nothing for,
    /// are not among them.
    pub checked: Vec<Checked>,
    /// Whether every check was asked for; `check` of a few files leaves out those that need the whole year.
    pub whole_inbox: bool,
}

/// A workbook of the inbox.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct WorkbookReport {
    /// The path below the inbox, with `/`.
    pub path: String,
    /// SHA-256 of the bytes that were read.
    pub sha256: String,
    /// What became of it.
    pub state: WorkbookState,
    /// Its tables.
    pub tables: Vec<TableReport>,
}

/// What became of a workbook; in the report and in the store by the name that its display gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WorkbookState {
    /// Read, and its rows are in the figures.
    Read,
    /// Read, but it belongs to a time after the month that is reported.
    NotYetDue,
    /// Read, but another workbook for the same month, marked Resubmission, stands in its place.
    Superseded,
    /// Read, but another workbook for the same month is used, and neither or both are marked Resubmission.
    Repeated,
    /// Read, but its rows are those of another month's workbook, so that it is a copy under another name.
    Copied,
    /// Read, but its month lies in another year than the one that is reported.
    OtherYear,
    /// Not read; a finding says why.
    Unreadable,
    /// No workbook of the pack has such a name; a finding says so.
    Unknown,
}

impl WorkbookState {
    /// What officers are told of it, for a table: `Not yet due`.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::Read => "Read",
            Self::NotYetDue => "Not yet due",
            Self::Superseded => "Replaced by a resubmission",
            Self::Repeated => "Repeated, not used",
            Self::Copied => "A copy of another month's, not used",
            Self::OtherYear => "Of another year",
            Self::Unreadable => "Could not be read",
            Self::Unknown => "Not expected, so not read",
        }
    }
}

impl fmt::Display for WorkbookState {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(match self {
            Self::Read => "read",
            Self::NotYetDue => "not-yet-due",
            Self::Superseded => "superseded",
            Self::Repeated => "repeated",
            Self::Copied => "copied",
            Self::OtherYear => "other-year",
            Self::Unreadable => "unreadable",
            Self::Unknown => "unknown",
        })
    }
}

impl Serialize for WorkbookState {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

/// A table that was read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableReport {
    /// The table schema's name.
    pub name: String,
    /// The sheet.
    pub sheet: String,
    /// How many rows of data.
    pub rows: usize,
}

/// On how much a check ran: what a page without findings is worth.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Checked {
    /// The check's code.
    pub check: String,
    /// In how many workbooks.
    pub workbooks: usize,
    /// On how many rows of their tables; none where it is about workbooks or sheets and not about rows.
    pub rows: Option<usize>,
    /// How many findings it gave, of any weight.
    pub findings: usize,
}

/// How many findings of each severity.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    /// Errors that stand.
    pub errors: usize,
    /// Errors that an explanation covers.
    pub explained: usize,
    /// Warnings.
    pub warnings: usize,
    /// Good to know.
    pub infos: usize,
    /// Checks that did not run.
    pub not_run: usize,
}

impl Report {
    /// The counts.
    pub fn counts(&self) -> Counts {
        let mut counts = Counts { not_run: self.not_run.len(), ..Counts::default() };
        for finding in &self.findings {
            match finding.weight() {
                Weight::Standing => counts.errors += 1,
                Weight::Explained => counts.explained += 1,
                Weight::Warning => counts.warnings += 1,
                Weight::Info => counts.infos += 1,
            }
        }
        counts
    }

    /// Whether nothing stands against publication: no unexplained error, and every required check ran.
    pub fn is_clear(&self) -> bool {
        !self.findings.iter().any(Finding::stands) && self.required_not_run().next().is_none()
    }

    /// The checks that stand against publication since they are required and did not run.
    pub fn required_not_run(&self) -> impl Iterator<Item = &NotRun> {
        self.not_run.iter().filter(|check| check.required)
    }

    /// Sorts findings and the rest into the order that the report promises.
    pub fn sort(&mut self) {
        self.workbooks.sort_by(|a, b| a.path.cmp(&b.path));
        // Findings of one place and code stay as they came: a rule lists missing months in the year's order.
        self.findings.sort_by(|a, b| (&a.place, &a.code).cmp(&(&b.place, &b.code)));
        self.not_run.sort();
        self.not_run.dedup();
    }
}

impl Serialize for Report {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut report = serializer.serialize_struct("Report", 10)?;
        report.serialize_field("version", &VERSION)?;
        report.serialize_field("pack", &self.pack)?;
        report.serialize_field("notice", &self.notice)?;
        report.serialize_field("year", &self.period.year)?;
        report.serialize_field("to", &self.period.to)?;
        report.serialize_field("workbooks", &self.workbooks)?;
        let findings: Vec<FindingShape<'_>> = self.findings.iter().map(FindingShape::from).collect();
        report.serialize_field("findings", &findings)?;
        report.serialize_field("not_run", &self.not_run)?;
        report.serialize_field("checked", &self.checked)?;
        report.serialize_field("counts", &self.counts())?;
        report.end()
    }
}

/// A finding as the report writes it.
#[derive(Serialize)]
pub(super) struct FindingShape<'a> {
    code: &'a str,
    severity: Severity,
    #[serde(flatten)]
    place: PlaceShape<'a>,
    message: &'a str,
    expected: Option<&'a str>,
    actual: Option<&'a str>,
    difference: Option<String>,
    fix: &'a str,
    suggestions: Vec<SuggestionShape<'a>>,
    related: Vec<PlaceShape<'a>>,
    explained: Option<ExplainedShape<'a>>,
}

#[derive(Serialize)]
struct PlaceShape<'a> {
    workbook: Option<&'a str>,
    sheet: Option<&'a str>,
    cell: Option<String>,
}

#[derive(Serialize)]
struct SuggestionShape<'a> {
    text: &'a str,
    cells: Vec<PlaceShape<'a>>,
}

#[derive(Serialize)]
struct ExplainedShape<'a> {
    explanation: &'a str,
    recorded_by: &'a str,
    approved_by: &'a str,
    date: String,
    source: PlaceShape<'a>,
}

impl<'a> From<&'a Finding> for FindingShape<'a> {
    fn from(finding: &'a Finding) -> Self {
        Self {
            code: &finding.code,
            severity: finding.severity,
            place: (&finding.place).into(),
            message: &finding.message,
            expected: finding.expected.as_deref(),
            actual: finding.actual.as_deref(),
            difference: finding.difference.map(super::Difference::plain),
            fix: &finding.fix,
            suggestions: finding.suggestions.iter().map(SuggestionShape::from).collect(),
            related: finding.related.iter().map(PlaceShape::from).collect(),
            explained: finding.explained.as_ref().map(ExplainedShape::from),
        }
    }
}

impl<'a> From<&'a Place> for PlaceShape<'a> {
    fn from(place: &'a Place) -> Self {
        Self {
            workbook: place.workbook.as_deref(),
            sheet: place.sheet.as_deref(),
            cell: place.area.map(|area| area.to_string()),
        }
    }
}

impl<'a> From<&'a Suggestion> for SuggestionShape<'a> {
    fn from(suggestion: &'a Suggestion) -> Self {
        Self { text: &suggestion.text, cells: suggestion.cells.iter().map(PlaceShape::from).collect() }
    }
}

impl<'a> From<&'a Explained> for ExplainedShape<'a> {
    fn from(explained: &'a Explained) -> Self {
        Self {
            explanation: &explained.explanation,
            recorded_by: &explained.recorded_by,
            approved_by: &explained.approved_by,
            date: explained.date.to_string(),
            source: (&explained.source).into(),
        }
    }
}
