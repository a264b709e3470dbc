//! The pack's weights: what it sets for a check in a table or field, applied to what the checks found there.

use super::registry;
use crate::model::{Finding, Outcome, Place, Table, Workbook};
use crate::schema::{Pack, TableSchema};

/// Where a check looked: everywhere, in a table, or in a field of it.
#[derive(Clone, Copy)]
pub(super) struct Scope<'a> {
    pack: &'a Pack,
    table: Option<&'a str>,
    field: Option<&'a str>,
}

impl<'a> Scope<'a> {
    /// No table in particular.
    pub fn everywhere(pack: &'a Pack) -> Self {
        Self { pack, table: None, field: None }
    }

    /// A table, and a field of it if one is meant.
    pub fn of(pack: &'a Pack, schema: &'a TableSchema, field: Option<&'a str>) -> Self {
        Self { pack, table: Some(&schema.name), field }
    }

    /// Gives findings their severity, and leaves out those of checks that are switched off here.
    pub fn weigh(self, findings: &mut Vec<Finding>) {
        findings.retain_mut(|finding| self.pack.keeps(finding, self.table, self.field));
    }

    /// Says of checks that could not run whether they had to, and leaves out those that are switched off here.
    pub fn settle_not_run(self, outcome: &mut Outcome) {
        outcome.not_run.retain_mut(|not_run| {
            let required = self.requires(&not_run.check);
            not_run.required = required.unwrap_or_default();
            required.is_some()
        });
    }

    /// Whether a check has to run here; none where it is switched off.
    pub fn requires(self, code: &str) -> Option<bool> {
        let options = self.pack.check_options_in(code, self.table, self.field);
        let own = || registry().find(|known| known.code == code).is_none_or(|known| known.required);
        (!options.is_off()).then(|| options.required.unwrap_or_else(own))
    }

    /// Both, of what was found here and what could not be judged.
    pub fn settle(self, outcome: &mut Outcome) {
        self.weigh(&mut outcome.findings);
        self.settle_not_run(outcome);
    }
}

/// Gives the findings in a workbook the weights of the tables and fields in whose cells they are.
pub(super) fn weigh_by_place(findings: &mut Vec<Finding>, workbook: &Workbook, pack: &Pack) {
    findings.retain_mut(|finding| {
        let table = table_at(&finding.place, workbook);
        let schema = table.and_then(|table| pack.tables.get(&table.name));
        let field = table.zip(schema).and_then(|(table, schema)| field_at(&finding.place, table, schema));
        pack.keeps(finding, table.map(|table| &*table.name), field)
    });
}

/// The table in which a finding is: the one on its sheet; of several there, the last that begins above it.
fn table_at<'a>(place: &Place, workbook: &'a Workbook) -> Option<&'a Table> {
    let sheet = place.sheet.as_ref().filter(|_| place.workbook.as_ref() == Some(&workbook.path))?;
    let on_sheet = || workbook.tables.iter().filter(|table| table.sheet == *sheet);
    let row = place.area.map(|area| area.first.row);
    match (row, on_sheet().count()) {
        (_, 1) => on_sheet().next(),
        (Some(row), _) => on_sheet().filter(|table| begins(table) <= Some(row)).max_by_key(|table| begins(table)),
        (None, _) => None,
    }
}

/// The row of the first heading or label that was found.
fn begins(table: &Table) -> Option<u32> {
    table.columns.iter().flatten().map(|column| column.heading.row).min()
}

/// The field in whose column, or of a form in whose label or value, a finding is. One over several columns is in none.
fn field_at<'a>(place: &Place, table: &Table, schema: &'a TableSchema) -> Option<&'a str> {
    let area = place.area.filter(|area| area.first.column == area.last.column)?;
    let mut columns = table.columns.iter().enumerate().filter_map(|(index, column)| Some((index, column.as_ref()?)));
    let is_form = schema.crosscast.layout == crate::schema::Layout::Form;
    let (index, _) = columns.find(|(index, column)| match is_form {
        false => column.heading.column == area.first.column,
        true => {
            let value = table.rows.first().and_then(|row| row.cells.get(*index)).map(|cell| cell.position);
            [Some(column.heading), value].contains(&Some(area.first))
        }
    })?;
    schema.fields.get(index).map(|field| field.name.as_str())
}
