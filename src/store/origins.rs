//! Which cells a query may take its values from.

use std::collections::{BTreeMap, BTreeSet};

use super::guard::Reads;
use super::place::{Lines, Source};
use crate::model::{Area, Place, Position};
use crate::schema::STATED_TOTAL;

/// On each sheet the cells of the fields that a query reads, over all rows of the table; of a table from which it reads
/// no field (it counts the rows), whole rows. Sorted, each place once.
pub(super) fn origins(sources: &[Source], reads: &Reads, query: &str) -> Vec<Place> {
    let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (table, column) in &reads.columns {
        let fields = fields.entry(table).or_default();
        // `_row` and its like say where a row is; they are no cell.
        fields.extend(column.as_deref().filter(|column| !column.starts_with('_')));
    }
    let totals = Totals::of(query);
    let mut places = Vec::new();
    for source in sources {
        let Some(fields) = fields.get(source.table.to_ascii_lowercase().as_str()) else { continue };
        let areas = match &source.lines {
            Lines::Rows { lines, columns } => columns_over_lines(lines, columns, fields),
            Lines::Cells { fields: cells, each_a_row: true } => totals.cells(source, cells),
            Lines::Cells { fields: cells, each_a_row: false } => single_cells(cells, fields),
        };
        places.extend(areas.into_iter().map(|area| Place::area(&source.workbook, &source.sheet, area)));
    }
    places.sort();
    places.dedup();
    places
}

/// The areas of the columns from the first line to the last; columns side by side are one area.
fn columns_over_lines(lines: &[u32], columns: &[(String, u32)], fields: &BTreeSet<&str>) -> Vec<Area> {
    let (Some(first), Some(last)) = (lines.iter().min(), lines.iter().max()) else { return Vec::new() };
    let area = |left, right| Area::new(Position::new(*first, left), Position::new(*last, right));
    if fields.is_empty() {
        let all = || columns.iter().map(|(_, column)| *column);
        return all().min().zip(all().max()).map(|(left, right)| area(left, right)).into_iter().collect();
    }
    let read = columns.iter().filter(|(name, _)| fields.contains(name.as_str()));
    let mut read: Vec<u32> = read.map(|(_, column)| *column).collect();
    read.sort_unstable();
    let side_by_side = read.chunk_by(|left, right| right - left <= 1);
    side_by_side.filter_map(|run| Some(area(*run.first()?, *run.last()?))).collect()
}

/// The cells of a form.
fn single_cells(cells: &[(String, Position)], fields: &BTreeSet<&str>) -> Vec<Area> {
    let is_read = |name: &str| fields.is_empty() || fields.contains(name);
    cells.iter().filter(|(name, _)| is_read(name)).map(|(_, position)| (*position).into()).collect()
}

/// Of which tables and fields a query reads stated totals. They lie in one table of the store, so a query says it in its
/// conditions; only those of the form `table_name = 'funding'` and `field = 'amount'` are understood, and where a query
/// also names the column in any other way, all tables and fields count.
struct Totals<'a> {
    tables: Option<BTreeSet<&'a str>>,
    fields: Option<BTreeSet<&'a str>>,
}

impl<'a> Totals<'a> {
    fn of(query: &'a str) -> Self {
        Self { tables: compared_with(query, "table_name"), fields: compared_with(query, "field") }
    }

    fn cells(&self, source: &Source, cells: &[(String, Position)]) -> Vec<Area> {
        let among =
            |names: &Option<BTreeSet<&str>>, name: &str| names.as_ref().is_none_or(|names| names.contains(name));
        if !among(&self.tables, source.totals_of.as_deref().unwrap_or(STATED_TOTAL)) {
            return Vec::new();
        }
        let read = cells.iter().filter(|(field, _)| among(&self.fields, field));
        read.map(|(_, position)| (*position).into()).collect()
    }
}

/// The texts with which a query compares a column; none when it also names it without such a comparison, or not at all.
fn compared_with<'a>(query: &'a str, column: &str) -> Option<BTreeSet<&'a str>> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut texts = BTreeSet::new();
    for (at, _) in query.match_indices(column) {
        let rest = &query[at + column.len()..];
        if query[..at].ends_with(is_part) || rest.starts_with(is_part) {
            continue;
        }
        let text = rest.trim_start().strip_prefix('=')?.trim_start().strip_prefix('\'')?;
        texts.insert(text.split_once('\'')?.0);
    }
    (!texts.is_empty()).then_some(texts)
}
