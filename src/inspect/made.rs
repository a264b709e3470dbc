//! A pack made of the tables that were seen: it asks for nothing but what was there, so that the checks which need no pack
//! can judge a workbook that nobody described.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::blocks::LikelyTable;
use super::tallies::ColumnTally;
use crate::model::{ColumnSeen, Grid, Position, column_letters};
use crate::schema::{
    CheckOptions, Consolidated, Due, Field, FieldOptions, FieldType, Frequency, Pack, PackFiles, Partnership, Pattern,
    TablePlace, TableSchema, Unit, WorkbookKind,
};

/// The name of the one kind of workbook that a made pack has.
pub const KIND: &str = "workbook";

/// The checks of sums and of the formulas of totals: where it cannot be told what a total adds, they would be wrong.
const OF_SUMS: [&str; 5] =
    ["total-mismatch", "total-leaves-lines-out", "total-takes-others-in", "total-counts-twice", "total-typed-over"];

/// A schema that was made of a table.
#[derive(Debug, Clone)]
pub struct MadeTable {
    /// The sheet of the table.
    pub sheet: Arc<str>,
    /// What its columns hold.
    pub schema: TableSchema,
    /// The table.
    pub of: LikelyTable,
}

/// A schema for each table of a sheet. `begin_at` is the number of the first, so that each has a name of its own.
pub fn schemas(sheet: &Arc<str>, grid: &Grid, tables: &[LikelyTable], begin_at: usize) -> Vec<MadeTable> {
    let numbered = tables.iter().enumerate();
    let made = numbered.map(|(index, table)| MadeTable {
        sheet: sheet.clone(),
        schema: schema(&format!("table{}", begin_at + index), grid, table),
        of: table.clone(),
    });
    made.collect()
}

fn schema(name: &str, grid: &Grid, table: &LikelyTable) -> TableSchema {
    let fields = table.columns.iter().map(|(column, tally)| field(*column, tally, grid, table));
    let mut schema = TableSchema { name: name.into(), fields: fields.collect(), ..TableSchema::default() };
    schema.crosscast.title = title(table);
    if table.has_part_totals {
        schema.crosscast.checks = off(&OF_SUMS);
    }
    schema
}

/// What messages call the table: by its cells, since nothing else is known.
fn title(table: &LikelyTable) -> String {
    format!("table in {}", table.area)
}

fn field(column: u32, tally: &ColumnTally, grid: &Grid, table: &LikelyTable) -> Field {
    let (field_type, unit) = match tally.seen() {
        ColumnSeen::WholeNumber => (FieldType::Integer, None),
        ColumnSeen::Amount if tally.is_pounds() => (FieldType::Number, Some(Unit::Gbp)),
        ColumnSeen::Amount | ColumnSeen::Number => (FieldType::Number, None),
        ColumnSeen::Percentage => (FieldType::Number, Some(Unit::Percent)),
        ColumnSeen::Date | ColumnSeen::DateAsText => (FieldType::Date, None),
        ColumnSeen::Empty | ColumnSeen::Text | ColumnSeen::YesOrNo | ColumnSeen::Mixed => (FieldType::String, None),
    };
    let heading = grid.cell(Position::new(table.heading_row(), column)).map(|cell| cell.raw.shown());
    let mut options = FieldOptions { unit, optional: true, ..FieldOptions::default() };
    if !states_a_sum(column, tally, grid, table) {
        options.checks = off(&OF_SUMS);
    }
    let name = format!("column_{}", column_letters(column).to_lowercase());
    Field { crosscast: options, ..Field::plain(&name, &heading.unwrap_or_default(), field_type) }
}

/// Whether what stands in the row of the total is meant as the sum of the column, as far as can be told: its formula adds,
/// or it was typed below amounts or counts. An average, a rate or a remainder is none.
fn states_a_sum(column: u32, tally: &ColumnTally, grid: &Grid, table: &LikelyTable) -> bool {
    let cell = table.total.and_then(|row| grid.cell(Position::new(row, column)));
    match cell.and_then(|cell| cell.formula.as_deref()) {
        Some(formula) => {
            let formula = formula.to_uppercase();
            let adds = ["SUM(", "SUBTOTAL("].iter().any(|function| formula.starts_with(function));
            adds || (formula.contains('+') && !formula.contains(['/', '*', '-']))
        }
        None => matches!(tally.seen(), ColumnSeen::Amount | ColumnSeen::WholeNumber),
    }
}

/// The pack of these tables, with the checks of these codes switched off.
///
/// # Panics
/// Never: the one pattern in it is known to be one.
pub fn pack<'m>(made: impl IntoIterator<Item = &'m MadeTable>, without: &[&str]) -> Pack {
    let mut tables = BTreeMap::new();
    let mut places = Vec::new();
    for made in made {
        places.push(TablePlace { table: made.schema.name.to_string(), sheet: (&*made.sheet).into(), required: false });
        tables.insert(made.schema.name.clone(), made.schema.clone());
    }
    let kind = WorkbookKind {
        name: KIND.to_owned(),
        title: String::new(),
        files: Pattern::new("(?s).*").expect("a pattern that every name matches"),
        frequency: Frequency::default(),
        due: Due::default(),
        required: false,
        month: None,
        prepared: None,
        resubmission: None,
        explanations: false,
        tables: places,
    };
    let partnership = Partnership { workbooks: vec![kind], checks: off(without), ..Partnership::default() };
    Pack {
        partnership,
        tables,
        rules: Vec::new(),
        consolidated: Consolidated::default(),
        appendix: String::new(),
        files: PackFiles::default(),
    }
}

fn off(codes: &[&str]) -> BTreeMap<String, CheckOptions> {
    let off = CheckOptions { off: Some(true), ..CheckOptions::default() };
    codes.iter().map(|code| ((*code).to_owned(), off)).collect()
}
