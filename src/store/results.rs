//! Storing the results, so that the outputs read findings as they read any other table.

use rusqlite::params;

use super::{Store, StoreError};
use crate::model::{Finding, NotRun, Place};
use crate::schema::{Pack, STATED_TOTAL};

impl Store {
    /// Puts the findings and the checks that did not run into the tables `finding` and `not_run`, in their order.
    ///
    /// `sentence` says what a check of that code is about: it stands for a message that may quote what is not for the
    /// public.
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses a row.
    pub fn insert_results(
        &mut self,
        findings: &[Finding],
        not_run: &[NotRun],
        pack: &Pack,
        sentence: &dyn Fn(&str) -> String,
    ) -> Result<(), StoreError> {
        let quoting_rules = self.quoting_rules(pack);
        self.unseal()?;
        let disclosure = self.disclosure(pack, quoting_rules);
        self.connection.execute_batch("BEGIN")?;
        {
            let mut insert = self.connection.prepare(
                "INSERT INTO finding (position, severity, code, workbook, sheet, cell, table_name, message, expected,
                     actual, difference, fix, suggestions, explanation, recorded_by, approved_by, explained_on, public_message)
                 VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            )?;
            for (index, finding) in findings.iter().enumerate() {
                let suggestions: Vec<&str> =
                    finding.suggestions.iter().map(|suggestion| suggestion.text.as_str()).collect();
                let explained = finding.explained.as_ref();
                insert.execute(params![
                    index as i64 + 1,
                    finding.severity.to_string(),
                    finding.code,
                    finding.place.workbook.as_deref(),
                    finding.place.sheet.as_deref(),
                    finding.place.area.map(|area| area.to_string()),
                    self.table_at(&finding.place),
                    finding.message,
                    finding.expected,
                    finding.actual,
                    finding.difference.map(|difference| difference.to_string()),
                    finding.fix,
                    (!suggestions.is_empty()).then(|| suggestions.join("; or ")),
                    explained.map(|explained| explained.explanation.as_str()),
                    explained.map(|explained| explained.recorded_by.as_str()),
                    explained.map(|explained| explained.approved_by.as_str()),
                    explained.map(|explained| explained.date.to_string()),
                    disclosure.public_message(finding, sentence)?,
                ])?;
            }
            let mut insert = self.connection.prepare("INSERT INTO not_run (position, code, why) VALUES (?, ?, ?)")?;
            for (index, check) in not_run.iter().enumerate() {
                insert.execute(params![index as i64 + 1, check.check, check.why])?;
            }
        }
        self.connection.execute_batch("COMMIT")?;
        self.shut()
    }

    /// The table on the sheet that a finding is in, so that its explanation can be printed under that table.
    fn table_at(&self, place: &Place) -> Option<&str> {
        let (workbook, sheet) = (place.workbook.as_ref()?, place.sheet.as_ref()?);
        let of_sheet = |source: &&super::place::Source| {
            source.workbook == *workbook && source.sheet == *sheet && &*source.table != STATED_TOTAL
        };
        self.sources.iter().find(of_sheet).map(|source| &*source.table)
    }
}
