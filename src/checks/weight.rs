//! The pack's weights: what it sets for a check in a table or field, applied to what the checks found there.

use std::collections::BTreeMap;

use super::registry;
use super::view::{ColumnView, TableView};
use crate::model::{Area, Column, Finding, Origin, Outcome, Place, Position, Table, Workbook};
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

    /// Whether a check is on here.
    pub fn has_on(self, code: &str) -> bool {
        !self.pack.check_options_in(code, self.table, self.field).is_off()
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
    let cells: Vec<Cells> = workbook.tables.iter().map(Cells::of).collect();
    findings.retain_mut(|finding| {
        let index = table_at(&finding.place, workbook);
        let table = index.map(|index| &workbook.tables[index]);
        let schema = table.and_then(|table| pack.tables.get(&table.name));
        let view = table.zip(schema).map(|(table, schema)| TableView { workbook, table, schema });
        let field = view.zip(index).and_then(|(view, index)| field_at(&finding.place, view, &cells[index]));
        pack.keeps(finding, table.map(|table| &*table.name), field)
    });
}

/// The table in which a finding is, by its place among the workbook's: the one on its sheet; of several there, the last that
/// begins above it and, of those that begin in one row, not right of it.
fn table_at(place: &Place, workbook: &Workbook) -> Option<usize> {
    let sheet = place.sheet.as_ref().filter(|_| place.workbook.as_ref() == Some(&workbook.path))?;
    let on_sheet = || workbook.tables.iter().enumerate().filter(|(_, table)| table.sheet == *sheet);
    let found = match (place.area.map(|area| area.first), on_sheet().count()) {
        (_, 1) => on_sheet().next(),
        (Some(first), _) => {
            let above = on_sheet().filter(|(_, table)| begins(table) <= Some(first.row));
            above.max_by_key(|(_, table)| (begins(table), leftmost(table).filter(|column| *column <= first.column)))
        }
        (None, _) => None,
    };
    found.map(|(index, _)| index)
}

/// The row of the first heading or label that was found.
fn begins(table: &Table) -> Option<u32> {
    table.headings().map(|column| column.heading.row).min()
}

/// The column of the first heading or label that was found.
fn leftmost(table: &Table) -> Option<u32> {
    table.headings().map(|column| column.heading.column).min()
}

/// Where a table has cells that stand in no column of records.
struct Cells {
    /// The cells that several rows share, such as headings that go across and labels of sections, each with its field.
    shared: BTreeMap<Position, usize>,
    /// The values of a crosstab, from the first to the last, and their field.
    values: Option<(Area, usize)>,
}

impl Cells {
    fn of(table: &Table) -> Self {
        let mut found = Self { shared: BTreeMap::new(), values: None };
        for (index, column) in table.columns.iter().enumerate() {
            let cells = table.rows.iter().filter_map(|row| row.cells.get(index)).map(|cell| cell.position);
            match column.as_ref().map(|column| column.origin) {
                Some(Origin::Section | Origin::Across | Origin::Block) => {
                    found.shared.extend(cells.map(|cell| (cell, index)));
                }
                Some(Origin::Crosstab) => {
                    let area = cells.fold(None, |area: Option<Area>, cell| {
                        Some(area.map_or_else(|| cell.into(), |area| area.with(cell)))
                    });
                    found.values = area.map(|area| (area, index));
                }
                Some(Origin::Heading | Origin::Sheet) | None => {}
            }
        }
        found
    }
}

/// The field in whose column, or of a form in whose label or value, or in whose cells otherwise, a finding is. One over several
/// columns is in none, unless these are all of a crosstab's values.
fn field_at<'a>(place: &Place, view: TableView<'a>, cells: &Cells) -> Option<&'a str> {
    let (table, area) = (view.table, place.area?);
    let is_one_column = area.first.column == area.last.column;
    let columns = || view.columns().filter_map(|one| Some((one, table.columns.get(one.index)?.as_ref()?)));
    let value = |one: &ColumnView<'_>| Some(table.rows.first()?.cells.get(one.index)?.position);
    let shared = || cells.shared.get(&area.first).copied();
    let in_column = || {
        let is_there = |(one, column): &(ColumnView<'_>, &Column)| match view.is_form() {
            false => one.origin() == Origin::Heading && column.heading.column == area.first.column,
            true => [Some(column.heading), value(one)].contains(&Some(area.first)),
        };
        columns().filter(|_| is_one_column).find(is_there).map(|(one, _)| one.index)
    };
    let among_values = || {
        let values = cells.values.filter(|(own, _)| own.contains(area.first) && own.contains(area.last));
        values.map(|(_, index)| index)
    };
    let index = shared().or_else(in_column).or_else(among_values)?;
    view.schema.fields.get(index).map(|field| field.name.as_str())
}
