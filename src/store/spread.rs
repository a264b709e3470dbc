//! Tables whose rows have cells in many places of a sheet: crosstabs, and rows that share the label of a section, a value that
//! is given once, the first line of a block or the sheet's name.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{Area, Origin, Position, Table};
use crate::schema::TableSchema;

/// Where the cells of a table are whose rows do not lie in a line each with a column for each field.
pub(super) struct Spread {
    /// The zero-based line of each row.
    pub lines: Vec<u32>,
    /// The fields that were found, and where their cells are.
    pub fields: Vec<(String, Spot)>,
    /// Of a crosstab the place of the field of values among these: the cell that a record is.
    value: Option<usize>,
}

/// Where the cells of a field are.
pub(super) enum Spot {
    /// In a column: of each row in its own line.
    Column(u32),
    /// In one cell for all rows.
    Cell(Position),
    /// In a cell for each row.
    Each(Vec<Position>),
    /// In the sheet's name, in no cell.
    Sheet,
}

impl Spread {
    /// Where the cells of a table are; none where each row lies in a line of its own with a column for each field, or is the
    /// one record of a form and has a cell for each.
    pub fn of(table: &Table, schema: &TableSchema) -> Option<Self> {
        let mut found = table.columns.iter().flatten();
        if found.all(|column| column.origin == Origin::Heading) && schema.crosscast.rows.fill_down.is_empty() {
            return None;
        }
        let columns = schema.fields.iter().zip(&table.columns).enumerate();
        let columns = columns.filter_map(|(index, (field, column))| Some((index, field, column.as_ref()?)));
        let columns: Vec<_> = columns.collect();
        let value = columns.iter().position(|(.., column)| column.origin == Origin::Crosstab);
        let fields = columns.into_iter().map(|(index, field, column)| {
            let spot = match column.origin {
                Origin::Sheet => Spot::Sheet,
                _ => Spot::of(table, index, column.heading),
            };
            (field.name.clone(), spot)
        });
        Some(Self { fields: fields.collect(), lines: table.rows.iter().map(|row| row.line).collect(), value })
    }

    /// The cell of a field in a row, by its place among the rows, or what stands for the whole row: of a crosstab the cell of
    /// its value. None where there is no such row or field; no area where the value stands in the sheet's name.
    pub fn area(&self, row: usize, field: Option<&str>) -> Option<Option<Area>> {
        let line = *self.lines.get(row)?;
        let at = |spot: &Spot| spot.at(row, line);
        if let Some(field) = field {
            let (_, spot) = self.fields.iter().find(|(name, _)| name == field)?;
            return Some(at(spot).map(Area::from));
        }
        if let Some((_, value)) = self.value.and_then(|value| self.fields.get(value)) {
            return Some(at(value).map(Area::from));
        }
        let cells = || self.fields.iter().filter_map(|(_, spot)| at(spot));
        let mut own = cells().filter(|cell| cell.row == line);
        let first = own.next().or_else(|| cells().next());
        Some(first.map(|first| own.fold(Area::from(first), Area::with)))
    }

    /// The fields that have cells within an area.
    pub fn fields_in(&self, area: Area) -> BTreeSet<&str> {
        let within = self.fields.iter().filter(|(_, spot)| spot.is_in(area));
        within.map(|(name, _)| name.as_str()).collect()
    }

    /// The cells of these fields over all rows, or of all fields where none are given: cells side by side are one area, and so
    /// are those of the same columns below each other, where no cell of the table stands in a row between.
    pub fn areas(&self, fields: &BTreeSet<&str>) -> Vec<Area> {
        let is_read = |name: &str| fields.is_empty() || fields.contains(name);
        let (read, others): (Vec<_>, Vec<_>) = self.fields.iter().partition(|(name, _)| is_read(name));
        let cells: BTreeSet<Position> = read.iter().flat_map(|(_, spot)| self.cells(spot)).collect();
        let others = others.iter().filter(|(_, spot)| !matches!(spot, Spot::Column(_)));
        let others: BTreeSet<Position> = others.flat_map(|(_, spot)| self.cells(spot)).collect();
        joined(&cells, &others)
    }

    fn cells<'a>(&'a self, spot: &'a Spot) -> impl Iterator<Item = Position> + 'a {
        // One cell for all rows is one.
        let rows = if matches!(spot, Spot::Cell(_)) { &self.lines[..self.lines.len().min(1)] } else { &self.lines };
        rows.iter().enumerate().filter_map(move |(row, line)| spot.at(row, *line))
    }
}

impl Spot {
    fn of(table: &Table, field: usize, heading: Position) -> Self {
        let cells = || table.rows.iter().filter_map(|row| Some((row.line, row.cells.get(field)?.position)));
        let first = cells().next().map_or(heading, |(_, position)| position);
        if cells().all(|(line, position)| position == Position::new(line, first.column)) {
            Self::Column(first.column)
        } else if cells().all(|(_, position)| position == first) {
            Self::Cell(first)
        } else {
            Self::Each(cells().map(|(_, position)| position).collect())
        }
    }

    fn at(&self, row: usize, line: u32) -> Option<Position> {
        match self {
            Self::Column(column) => Some(Position::new(line, *column)),
            Self::Cell(position) => Some(*position),
            Self::Each(positions) => positions.get(row).copied(),
            Self::Sheet => None,
        }
    }

    /// Whether an area takes in one of its cells; of a column whether it takes in the column, as for plain rows.
    fn is_in(&self, area: Area) -> bool {
        match self {
            Self::Column(column) => (area.first.column..=area.last.column).contains(column),
            Self::Cell(position) => area.contains(*position),
            Self::Each(positions) => positions.iter().any(|position| area.contains(*position)),
            Self::Sheet => false,
        }
    }
}

/// Cells as areas.
fn joined(cells: &BTreeSet<Position>, others: &BTreeSet<Position>) -> Vec<Area> {
    let mut spans: Vec<Area> = Vec::new();
    for cell in cells {
        match spans.last_mut() {
            Some(span) if span.last.row == cell.row && span.last.column + 1 == cell.column => span.last = *cell,
            _ => spans.push((*cell).into()),
        }
    }
    let mut areas: Vec<Area> = Vec::new();
    let mut lowest: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for span in spans {
        let columns = (span.first.column, span.last.column);
        let above = lowest.get(&columns).copied();
        match above.filter(|index| are_free(areas[*index].last.row, span.first.row, cells, others)) {
            Some(index) => areas[index].last = span.last,
            None => {
                lowest.insert(columns, areas.len());
                areas.push(span);
            }
        }
    }
    areas
}

/// Whether no cell of either kind stands in the rows between two.
fn are_free(above: u32, below: u32, cells: &BTreeSet<Position>, others: &BTreeSet<Position>) -> bool {
    let between = Position::new(above + 1, 0)..Position::new(below, 0);
    above + 1 >= below || [cells, others].iter().all(|set| set.range(between.clone()).next().is_none())
}
