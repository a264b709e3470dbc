//! The list of findings that the tool put into a marked copy, told from an officer's own sheet of that name.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use super::open::SheetContent;
use crate::model::{FINDINGS_TITLE, Position, RawValue, Sheet, UnreadableWorkbook, is_findings_sheet};

/// A sheet that was read since its name is that of the list.
pub(super) struct NamedSo {
    /// The name on its tab.
    pub name: Arc<str>,
    /// What was read of it. Not every reader gives the same a second time.
    pub content: Result<SheetContent, UnreadableWorkbook>,
}

impl NamedSo {
    /// The visible sheet of that name, among sheets that each tell whether they have cells.
    pub fn find(
        sheets: &[(Sheet, bool)],
        read: &mut dyn FnMut(&str) -> Result<SheetContent, UnreadableWorkbook>,
    ) -> Option<Self> {
        let is_named_so =
            |(sheet, has_cells): &&(Sheet, bool)| *has_cells && !sheet.is_hidden() && is_findings_sheet(&sheet.name);
        let name = sheets.iter().find(is_named_so)?.0.name.clone();
        // What makes a reader panic does so again where the sheet is read as every other.
        let content = catch_unwind(AssertUnwindSafe(|| read(&name))).ok()?;
        Some(Self { name, content })
    }

    /// Whether it is the list: it begins as the list does, and nothing on it is calculated.
    pub fn is_own(&self) -> bool {
        let Ok(content) = &self.content else { return false };
        let begins_so = content.cells.iter().any(|(position, cell)| {
            let is_title = matches!(&cell.raw, RawValue::Text(text) if text.starts_with(FINDINGS_TITLE));
            *position == Position::new(0, 0) && is_title
        });
        begins_so && content.cells.iter().all(|(_, cell)| cell.formula.is_none())
    }
}
