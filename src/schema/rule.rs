//! A rule: a query that returns the rows that break it, with a block of comments at its top that says what it means.
//!
//! ```sql
//! -- title: Remaining is budget less spend to date
//! -- message: "{{ project }}: remaining says {{ _actual }}, and budget less spend to date is {{ _expected }}."
//! -- fix: Correct the formula in the Remaining column.
//! -- needs: [summary.budget, summary.spend_to_date, summary.remaining]
//! SELECT …
//! ```
//!
//! Reserved columns of the result lead back to cells: `_row` (the `_row` of a stored row), `_column` (a field of it),
//! `_related` (more cells, as `row:field` with spaces between), `_workbook` (where there is no row), `_expected` and `_actual` (values in the rule's format).

use serde::{Deserialize, Deserializer, Serialize};
use validator::Validate;

use super::{Mistake, yaml};
use crate::model::{Format, Severity};

/// A rule across tables.
#[derive(Debug, Clone)]
pub struct Rule {
    /// The file's name without its ending: the check's code.
    pub code: String,
    /// The file, below the pack's folder.
    pub file: String,
    /// What must hold, in a few words.
    pub title: String,
    /// Why it matters, for people.
    pub about: String,
    /// How much a broken rule weighs.
    pub severity: Severity,
    /// The message: a template over the row's columns.
    pub message: String,
    /// What to do: a template over the row's columns.
    pub fix: String,
    /// How `_expected` and `_actual` are shown; amounts and counts also give the difference.
    pub format: Format,
    /// The tables and fields that it reads: where one of their cells could not be read, the rule does not run. A rule
    /// about the inbox itself needs `workbook`, which is always there; one about stated totals needs
    /// `stated_total.FIELD`, with the field that they total.
    pub needs: Vec<Need>,
    /// Whether an officer's explanation can let a breach stand.
    pub explainable: bool,
    /// The query.
    pub query: String,
    /// The line of the file on which the query begins, from 1.
    pub query_line: usize,
}

/// A table, or a field of one, that a rule reads.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(with = "String"))]
pub struct Need {
    /// The table.
    pub table: String,
    /// The field; none when the table only has to be there.
    pub field: Option<String>,
}

impl<'de> Deserialize<'de> for Need {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Ok(match text.split_once('.') {
            Some((table, field)) => Self { table: table.to_owned(), field: Some(field.to_owned()) },
            None => Self { table: text, field: None },
        })
    }
}

/// The table of the store that holds the totals that sheets state.
pub const STATED_TOTAL: &str = "stated_total";

/// The tables of the store that every pack has: what the inbox itself says, and the stated totals.
pub(super) const ALWAYS_THERE: [&str; 5] = ["month", "period", "source", STATED_TOTAL, "workbook"];

/// Whether a rule needs no more than a table that is always there, for example which workbooks there are.
pub(super) fn is_always_there(need: &Need) -> bool {
    need.field.is_none() && ALWAYS_THERE.contains(&need.table.as_str())
}

/// The field of whose stated total a rule must be able to read, if it names one.
pub(super) fn totalled_field(need: &Need) -> Option<&str> {
    need.field.as_deref().filter(|_| need.table == STATED_TOTAL)
}

/// The comments at the top of a rule's file, which are YAML. The file's name without its ending is the rule's code.
#[derive(Debug, Serialize, Deserialize, Validate)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[cfg_attr(test, schemars(rename = "Rule"))]
#[serde(deny_unknown_fields)]
pub(super) struct Head {
    /// What must hold, in a few words.
    #[serde(default)]
    #[validate(length(min = 1, message = "the title is missing"))]
    title: String,
    /// Why it matters, for people: `crosscast explain` prints it.
    #[serde(default)]
    about: String,
    /// How much a broken rule weighs.
    #[serde(default = "error")]
    severity: Severity,
    /// What is said of each row that the query returns: a template over its columns.
    #[serde(default)]
    #[validate(length(min = 1, message = "the message is missing"))]
    message: String,
    /// What to do about it: a template over the columns of the row.
    #[serde(default)]
    #[validate(length(min = 1, message = "the fix is missing"))]
    fix: String,
    /// How `_expected` and `_actual` are shown. With `money` and `integer` the difference is given too.
    #[serde(default)]
    format: Format,
    /// The tables and fields that the query reads, as `table.field`. Where one of their cells could not be read, the rule does
    /// not run. `stated_total.FIELD` is the total that a sheet states for the field.
    #[serde(default)]
    #[validate(length(min = 1, message = "needs is missing: name the tables and fields that the query reads"))]
    needs: Vec<Need>,
    /// Whether an officer's recorded explanation can let a breach stand.
    #[serde(default)]
    explainable: bool,
}

fn error() -> Severity {
    Severity::Error
}

impl Rule {
    /// Whether it needs a field of a table, by its name or with the whole table.
    pub fn needs_field(&self, table: &str, field: &str) -> bool {
        let is_it = |need: &Need| need.table == table && need.field.as_ref().is_none_or(|needed| needed == field);
        self.needs.iter().any(is_it)
    }

    /// Reads a rule's file, adding its mistakes to the list; none when there were any.
    pub fn parse(code: &str, file: &str, text: &str, mistakes: &mut Vec<Mistake>) -> Option<Self> {
        let head_lines: Vec<&str> = text.lines().take_while(|line| line.starts_with("--")).collect();
        // One line of YAML for each line of the file, so that the lines of mistakes are those of the file.
        let head: Vec<&str> =
            head_lines.iter().map(|line| line.strip_prefix("-- ").unwrap_or(line.trim_start_matches('-'))).collect();
        let query: Vec<&str> = text.lines().skip(head_lines.len()).collect();
        if query.iter().all(|line| line.trim().is_empty()) {
            mistakes.push(Mistake::file(file, "there is no query below the comments"));
        }
        let head: Head = yaml::parse(file, &head.join("\n"), mistakes)?;
        Some(Self {
            code: code.to_owned(),
            file: file.to_owned(),
            title: head.title,
            about: head.about,
            severity: head.severity,
            message: head.message,
            fix: head.fix,
            format: head.format,
            needs: head.needs,
            explainable: head.explainable,
            query: query.join("\n"),
            query_line: head_lines.len() + 1,
        })
    }
}
