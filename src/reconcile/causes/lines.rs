//! The cells in which causes are looked for: what they hold, what they are called, and whether a reader sees them.

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::rc::Rc;

use super::chance::Likes;
use crate::model::{Area, Cell, Converted, Figures, Place, Position, RawValue, Row, SumOf, Table, WhyHidden, Workbook};
use crate::schema::{Pack, TableSchema};

/// Of the cells that are summed at most so many are read. More are no list that a person keeps.
const MOST_LINES: usize = 2_000;

/// The cells of the workbooks.
pub(super) struct Cells<'a> {
    workbooks: BTreeMap<&'a str, &'a Workbook>,
    pack: &'a Pack,
    /// By table and field, the figures of its rows. One difference after the other is looked for in the same column.
    sorted: RefCell<BTreeMap<(*const Table, usize), Rc<SortedFigures>>>,
}

/// The figures of a column that are not zero, each with its row's place among the table's; sorted.
type SortedFigures = Vec<(i64, usize)>;

/// Figures that could belong to the lines of a difference and do not.
#[derive(Default)]
pub(super) struct Outside {
    /// Those that are the difference.
    pub lines: Vec<Line>,
    /// Where there are such, all figures that are like the difference, by which it is told what chance would do.
    pub figures: Vec<i64>,
}

/// A cell that holds a figure, and the table it stands in.
#[derive(Clone, Copy)]
pub(super) struct Found<'a> {
    pub workbook: &'a Workbook,
    pub table: &'a Table,
    schema: &'a TableSchema,
    /// Its row; none of a cell that states a sum elsewhere than in the row of totals.
    row: Option<&'a Row>,
    /// The place of its field in the schema.
    field: usize,
    pub cell: &'a Cell,
    pub is_total: bool,
    /// What it is the sum of, if it states one elsewhere than in the row of totals.
    pub sum_of: Option<SumOf>,
}

/// A line of what was computed. It is not zero.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Line {
    pub place: Place,
    /// What the cell holds.
    pub figure: i64,
    /// Whether it is taken away instead of added.
    pub is_taken_away: bool,
    /// The text that tells a reader which row is meant.
    pub label: Option<String>,
    /// Whether it is a number that stands there as text.
    pub is_text: bool,
    /// Whether it was typed: no formula.
    pub is_typed: bool,
    /// Why its row is not shown.
    pub hidden: Option<WhyHidden>,
}

impl Line {
    /// What it adds to the computed figure.
    pub fn part(&self) -> i64 {
        if self.is_taken_away { self.figure.saturating_neg() } else { self.figure }
    }

    /// Its cell.
    pub fn position(&self) -> Option<Position> {
        self.place.area.map(|area| area.first)
    }
}

impl<'a> Cells<'a> {
    /// The cells of the workbooks by path.
    pub fn new(workbooks: &[&'a Workbook], pack: &'a Pack) -> Self {
        let readable = workbooks.iter().filter(|workbook| workbook.unreadable.is_none());
        let workbooks = readable.map(|workbook| (&*workbook.path, *workbook)).collect();
        Self { workbooks, pack, sorted: RefCell::default() }
    }

    /// The cell of a table at a place that is one cell.
    pub fn at(&self, place: &Place) -> Option<Found<'a>> {
        let at = place.area.filter(|area| area.first == area.last)?.first;
        self.within(place).next().or_else(|| self.stated(place, at))
    }

    /// The cell that states a sum elsewhere than in a row of totals, such as a subtotal.
    fn stated(&self, place: &Place, at: Position) -> Option<Found<'a>> {
        let workbook = *self.workbooks.get(place.workbook.as_deref()?)?;
        workbook.tables.iter().filter(|table| place.sheet.as_ref() == Some(&table.sheet)).find_map(|table| {
            let schema = self.pack.tables.get(&table.name)?;
            let stated = table.stated.iter().find(|stated| stated.cell.position == at)?;
            let (field, cell, sum_of) = (stated.field, &stated.cell, Some(stated.of));
            Some(Found { workbook, table, schema, row: None, field, cell, is_total: false, sum_of })
        })
    }

    /// The cells of tables within a place, in the order of the sheet; totals too.
    fn within(&self, place: &Place) -> impl Iterator<Item = Found<'a>> {
        let workbook = place.workbook.as_deref().and_then(|path| self.workbooks.get(path).copied());
        let (sheet, area) = (place.sheet.clone(), place.area);
        let tables = workbook.into_iter().flat_map(|workbook| &workbook.tables);
        let on_sheet = tables.filter(move |table| sheet.as_ref() == Some(&table.sheet));
        on_sheet.filter_map(move |table| Some((workbook?, table, self.pack.tables.get(&table.name)?))).flat_map(
            move |(workbook, table, schema)| {
                cells_of(workbook, table, schema, rows_within(table, area))
                    .filter(move |found| area.is_some_and(|area| area.contains(found.cell.position)))
            },
        )
    }

    /// The figures within places, each cell once; those that are zero, empty or of another kind are passed over.
    pub fn lines(&self, places: &[Place], figures: Figures) -> Vec<Line> {
        let mut seen = BTreeSet::new();
        let found = places.iter().flat_map(|place| self.within(place));
        let new = found.filter(|found| seen.insert((&*found.workbook.path, &*found.table.sheet, found.cell.position)));
        new.filter_map(|found| found.line(figures)).take(MOST_LINES + 1).collect()
    }

    /// The figures in the same columns of the same tables that are not among the lines.
    pub fn beside(&self, places: &[Place], lines: &[Line], figures: Figures, difference: i64) -> Outside {
        let counted: HashSet<&Place> = lines.iter().map(|line| &line.place).collect();
        let likes = Likes::of(difference);
        let columns = self.columns_of(places, figures);
        let mut outside = Outside::default();
        for column in &columns {
            let sorted = self.sorted(column);
            let from = sorted.partition_point(|(figure, _)| *figure < difference);
            let same = sorted[from..].iter().take_while(|(figure, _)| *figure == difference);
            let lines = same.filter_map(|(_, row)| column.in_row(*row)?.line(figures));
            outside.lines.extend(lines.filter(|line| !counted.contains(&line.place)));
        }
        if outside.lines.is_empty() {
            return outside;
        }
        for column in &columns {
            let is_outside = |(_, row): &(i64, usize)| {
                let place = column.in_row(*row).map(|found| found.place());
                place.is_some_and(|place| !counted.contains(&place))
            };
            let sorted = self.sorted(column);
            let equal = sorted.chunk_by(|(one, _), (next, _)| one == next).filter(|equal| likes.contains(equal[0].0));
            let figures = equal.filter(|equal| equal.iter().any(is_outside)).map(|equal| equal[0].0);
            outside.figures.extend(figures);
        }
        outside
    }

    /// A cell of each column of such figures that has cells within places.
    fn columns_of(&self, places: &[Place], figures: Figures) -> Vec<Found<'a>> {
        let mut columns: Vec<Found<'a>> = Vec::new();
        for found in places.iter().flat_map(|place| self.within(place)).filter(|found| !found.is_total) {
            let is_known = |known: &Found<'_>| std::ptr::eq(known.table, found.table) && known.field == found.field;
            if found.is_of(figures) && !columns.iter().any(is_known) {
                columns.push(found);
            }
        }
        columns
    }

    /// The figures of the column of which a cell is.
    fn sorted(&self, column: &Found<'_>) -> Rc<SortedFigures> {
        let key = (std::ptr::from_ref(column.table), column.field);
        let mut known = self.sorted.borrow_mut();
        let sorted = known.entry(key).or_insert_with(|| {
            let cells = column.table.rows.iter().enumerate();
            let figures = cells.filter_map(|(index, row)| Some((row.cells.get(column.field)?.value.figure()?, index)));
            let mut sorted: SortedFigures = figures.filter(|(figure, _)| *figure != 0).collect();
            sorted.sort_unstable();
            Rc::new(sorted)
        });
        sorted.clone()
    }

    /// The figures below the total of a table, in the total's own column.
    pub fn below_total(&self, total: &Found<'_>, figures: Figures, difference: i64) -> Outside {
        let Some(grid) = total.workbook.sheet(&total.table.sheet).and_then(|sheet| sheet.grid.as_ref()) else {
            return Outside::default();
        };
        let rows = total.table.after_total.iter().flat_map(|area| area.first.row..=area.last.row);
        let positions = rows.map(|row| Position::new(row, total.cell.position.column));
        let line = |position: Position| {
            let cell = grid.cell(position)?;
            let RawValue::Number(number) = cell.raw else { return None };
            Some(Line {
                place: Place::area(&total.workbook.path, &total.table.sheet, position),
                figure: in_figures(number, figures).filter(|figure| *figure != 0)?,
                is_taken_away: false,
                label: None,
                is_text: false,
                is_typed: cell.formula.is_none(),
                hidden: None,
            })
        };
        let below: Vec<Line> = positions.filter_map(line).collect();
        let figures = below.iter().map(|line| line.figure).collect();
        Outside { lines: below.into_iter().filter(|line| line.figure == difference).collect(), figures }
    }
}

/// The cells of some rows of a table, and of its total.
fn cells_of<'a>(
    workbook: &'a Workbook,
    table: &'a Table,
    schema: &'a TableSchema,
    rows: &'a [Row],
) -> impl Iterator<Item = Found<'a>> {
    let rows = rows.iter().map(|row| (row, false)).chain(table.total.iter().map(|row| (row, true)));
    rows.flat_map(move |(row, is_total)| {
        let cells = row.cells.iter().enumerate();
        cells.map(move |(field, cell)| Found {
            workbook,
            table,
            schema,
            row: Some(row),
            field,
            cell,
            is_total,
            sum_of: None,
        })
    })
}

/// The rows of a table in the lines of an area, that no more are looked through. The one record of a form has cells in many.
fn rows_within(table: &Table, area: Option<Area>) -> &[Row] {
    match (table.rows.as_slice(), area) {
        (rows @ ([] | [_]), _) => rows,
        (_, None) => &[],
        (rows, Some(area)) => {
            let from = rows.partition_point(|row| row.line < area.first.row);
            let many = rows[from..].partition_point(|row| row.line <= area.last.row);
            &rows[from..from + many]
        }
    }
}

/// A number as it stands in a cell, in the smallest units; none where it has parts of them.
fn in_figures(number: f64, figures: Figures) -> Option<i64> {
    let units = match figures {
        Figures::Pence => number * 100.0,
        Figures::Ones => number,
        Figures::Parts => return Figures::parts(number),
    };
    ((units - units.round()).abs() < 1e-4 && units.abs() < 1e15).then(|| units.round() as i64)
}

impl<'a> Found<'a> {
    /// The cell of its column in another row, by that row's place among the table's.
    fn in_row(&self, index: usize) -> Option<Found<'a>> {
        let row = self.table.rows.get(index)?;
        Some(Self { row: Some(row), cell: row.cells.get(self.field)?, is_total: false, sum_of: None, ..*self })
    }

    /// Where it stands.
    fn place(&self) -> Place {
        Place::area(&self.workbook.path, &self.table.sheet, self.cell.position)
    }

    /// Whether its field holds such figures.
    fn is_of(&self, figures: Figures) -> bool {
        self.schema.fields.get(self.field).is_some_and(|field| field.kind().figures() == Some(figures))
    }

    /// It as a line that is added; none when it is zero or holds no such figure.
    fn line(&self, figures: Figures) -> Option<Line> {
        if !self.is_of(figures) {
            return None;
        }
        let layout = self.workbook.sheet(&self.table.sheet).and_then(|sheet| sheet.layout.as_ref());
        Some(Line {
            place: self.place(),
            figure: self.cell.value.figure().filter(|figure| *figure != 0)?,
            is_taken_away: false,
            label: self.row.and_then(|row| self.schema.label(row)).map(str::to_owned),
            is_text: self.cell.converted == Some(Converted::FromText),
            is_typed: self.cell.formula.is_none(),
            hidden: layout.and_then(|layout| layout.why_row_is_hidden(self.cell.position.row)),
        })
    }
}

/// The lines with the signs with which they come to a figure: all added, or else some taken from the others.
///
/// None when they do not come to it, or in more ways than one: then nothing can be said about them.
pub(super) fn signed(lines: Vec<Line>, computed: i64) -> Option<Vec<Line>> {
    /// Of more lines too many signs could be right by chance.
    const MOST_SIGNED: usize = 4;
    if lines.len() > MOST_LINES {
        return None;
    }
    if sum(&lines) == Some(computed) {
        return Some(lines);
    }
    if lines.len() > MOST_SIGNED {
        return None;
    }
    let with_signs = |signs: u32| {
        let mut signed = lines.clone();
        for (index, line) in signed.iter_mut().enumerate() {
            line.is_taken_away = signs & (1 << index) != 0;
        }
        signed
    };
    let mut ways = (1..1u32 << lines.len()).map(with_signs).filter(|signed| sum(signed) == Some(computed));
    let only = ways.next()?;
    ways.next().is_none().then_some(only)
}

fn sum(lines: &[Line]) -> Option<i64> {
    lines.iter().map(Line::part).try_fold(0i64, i64::checked_add)
}
