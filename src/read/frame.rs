//! What the lines below a table's headings are held against: its columns, and where in a line its label may stand.

use super::convert;
use super::headings::Headings;
use crate::model::{Area, Grid, GridCell, Line, Position, RawValue, name_key};
use crate::schema::{LabelPattern, TableSchema, Treatment};

/// The columns of a table and what its schema says of its rows.
pub(super) struct Frame<'s> {
    /// The schema.
    pub schema: &'s TableSchema,
    /// The zero-based columns of its fields, in the order of the sheet.
    pub columns: Vec<u32>,
    /// The fields that are filled down, by their places among the schema's fields, each with its zero-based column.
    pub fill_down: Vec<(usize, u32)>,
    /// Whether the pack says more of the rows than which is the total.
    pub has_words: bool,
    /// The first and the last column in which a label may stand: those of the table, and those without headings that lie
    /// directly before them.
    labels: (u32, u32),
    /// The columns that hold numbers.
    numbers: Vec<u32>,
    /// The columns that tell a record from a sum: the primary key and the first, unless that holds numbers.
    keys: Vec<u32>,
    /// The columns without which a row is filler, and the place of each among those that are filled down.
    required: Vec<(u32, Option<usize>)>,
    /// The rows of the headings, as they would stand among the rows again.
    headings: Vec<Vec<(u32, String)>>,
}

/// A text of a cell as labels are compared: on one line, with single spaces.
pub(super) struct Label {
    /// The text.
    pub text: String,
}

impl Label {
    /// The label in a cell; none where it holds no text.
    pub fn of(raw: &RawValue) -> Option<Self> {
        let RawValue::Text(text) = raw else { return None };
        let text = convert::plain(text).split_whitespace().collect::<Vec<_>>().join(" ");
        (!text.is_empty()).then_some(Self { text })
    }

    /// Whether a pattern matches it whole; a colon at its end is forgiven.
    pub fn matches(&self, pattern: &LabelPattern) -> bool {
        let bare = self.text.trim_end_matches(':').trim_end();
        pattern.is_match(&self.text) || (bare.len() < self.text.len() && pattern.is_match(bare))
    }

    /// Whether it says that it is a total of all.
    pub fn is_grand(&self) -> bool {
        self.text.to_lowercase().starts_with("grand total")
    }
}

impl<'s> Frame<'s> {
    /// The frame of a table by its headings.
    pub fn new(grid: &Grid, schema: &'s TableSchema, headings: &Headings) -> Self {
        let words = &schema.crosscast.rows;
        let column_of = |index: usize| Some(headings.columns.get(index)?.as_ref()?.heading.column);
        let of_field = |name: &String| column_of(schema.field_index(name)?);
        let columns = headings.table_columns();
        let is_numeric = |index: &usize| schema.fields.get(*index).is_some_and(|field| field.kind().is_numeric());
        let numbers: Vec<u32> = (0..schema.fields.len()).filter(is_numeric).filter_map(column_of).collect();
        let key = schema.primary_key.iter().filter_map(|name| column_of(schema.field_index(name)?));
        let first = columns.first().copied().filter(|first| !numbers.contains(first));
        let fill_down: Vec<(usize, u32)> =
            words.fill_down.iter().filter_map(|name| Some((schema.field_index(name)?, of_field(name)?))).collect();
        let filled_down = |column: u32| fill_down.iter().position(|(_, filled)| *filled == column);
        let required = words.require.iter().filter_map(of_field).map(|column| (column, filled_down(column)));
        let has_words = !words.sections.is_empty() || words.subtotals.is_some() || !words.skip.is_empty();
        let bounds = columns.first().copied().zip(columns.last().copied()).unwrap_or_default();
        Self {
            schema,
            keys: key.chain(first).collect(),
            required: required.collect(),
            headings: if words.repeated_headings { texts_of_headings(grid, headings, bounds) } else { Vec::new() },
            labels: if has_words { (before(grid, headings, bounds.0), bounds.1) } else { bounds },
            columns,
            fill_down,
            has_words,
            numbers,
        }
    }

    /// How many of the table's columns are filled in a line.
    pub fn filled(&self, line: &Line) -> usize {
        self.columns.iter().filter(|column| line.is_filled(**column)).count()
    }

    /// Whether a line has values in two of the table's columns; in the one where there is but one.
    pub fn looks_like_data(&self, line: &Line) -> bool {
        self.filled(line) >= self.columns.len().min(2)
    }

    /// Whether nothing stands in the table's columns.
    pub fn is_empty(&self, line: &Line) -> bool {
        self.within(line).next().is_none()
    }

    /// Whether one cell alone is filled.
    pub fn is_one_cell(&self, line: &Line) -> bool {
        self.within(line).take(2).count() == 1
    }

    /// A line's label, its first text, with its zero-based column.
    pub fn label(&self, line: &Line) -> Option<(u32, Label)> {
        self.within(line).find_map(|(column, cell)| Some((column, Label::of(&cell.raw)?)))
    }

    /// Whether a text in a column can begin a section whatever it says: it stands under a heading of the table, or under none.
    pub fn may_begin_section(&self, column: u32) -> bool {
        self.columns.first().is_none_or(|first| column < *first) || self.columns.binary_search(&column).is_ok()
    }

    /// Whether the value of a section is what a group of its pattern catches, and not the whole label.
    pub fn value_is_part(&self, level: usize) -> bool {
        let section = self.schema.crosscast.rows.sections.get(level);
        let pattern = section.and_then(|section| Some((section, section.pattern.as_ref()?)));
        pattern.is_some_and(|(section, pattern)| pattern.groups().any(|group| group == section.field))
    }

    /// What the group of a section's pattern catches of its label, if it has one with the name of the section's field.
    pub fn value_of_section(&self, level: usize, label: &Label) -> Option<String> {
        let section = self.schema.crosscast.rows.sections.get(level)?;
        let pattern = section.pattern.as_ref()?;
        let bare = label.text.trim_end_matches(':').trim_end();
        let caught = pattern.capture(&label.text, &section.field).or_else(|| pattern.capture(bare, &section.field))?;
        Some(caught.trim().to_owned())
    }

    /// Whether a line holds numbers of the table, and no text.
    pub fn is_of_figures_alone(&self, line: &Line) -> bool {
        let is_number = |column: u32, cell: &GridCell| {
            self.numbers.contains(&column) && (matches!(cell.raw, RawValue::Number(_)) || cell.is_without_result())
        };
        let is_beside = |column: u32, cell: &GridCell| {
            self.columns.binary_search(&column).is_err() && !matches!(cell.raw, RawValue::Text(_))
        };
        let is_plain = |(column, cell): (u32, &GridCell)| is_number(column, cell) || is_beside(column, cell);
        self.within(line).all(is_plain) && self.within(line).any(|(column, cell)| is_number(column, cell))
    }

    /// Whether a formula stands in the table's columns.
    pub fn has_formula(&self, line: &Line) -> bool {
        line.filled().any(|(column, cell)| self.columns.contains(&column) && cell.formula.is_some())
    }

    /// Whether a row states the totals: a total's label, and nothing in the other columns that identify a record; or, where the
    /// pack says so, figures alone.
    pub fn is_total(&self, line: &Line) -> bool {
        let totals = self.schema.crosscast.rows.totals.as_ref();
        if totals.is_some_and(|totals| totals.treatment == Treatment::Keep) {
            return false;
        }
        let is_alone = || {
            let may_be = totals.is_some_and(|totals| totals.pattern.is_match(""));
            may_be && self.is_of_figures_alone(line) && self.keys.iter().all(|column| !line.is_filled(*column))
        };
        self.states(line, |text| self.schema.is_total_label(text)) || is_alone()
    }

    /// Whether a row states the subtotal of rows above it by its own words: the label of one, nothing that identifies a record,
    /// and a formula. Without a formula it could as well be a record that is not filled in.
    pub fn is_plain_subtotal(&self, line: &Line) -> bool {
        self.states(line, is_subtotal_label) && self.has_formula(line)
    }

    /// Whether a row has a label of some kind, and nothing in the other columns that identify a record.
    fn states(&self, line: &Line, is_label: impl Fn(&str) -> bool) -> bool {
        let Some(last) = self.columns.last() else { return false };
        let label = line.filled().find(|(column, cell)| {
            column <= last && matches!(&cell.raw, RawValue::Text(text) if is_label(&convert::plain(text)))
        });
        let Some((label, _)) = label else { return false };
        self.keys.iter().all(|column| *column == label || !line.is_filled(*column))
    }

    /// Whether a row is filler: a field without which it is no record is empty, or says that there is no value. `given` tells
    /// for each filled-down field the row above that states it.
    pub fn is_filler(&self, line: &Line, given: &[Option<u32>]) -> bool {
        self.required.iter().any(|(column, filled_down)| {
            let is_given = filled_down.and_then(|index| *given.get(index)?).is_some();
            let cell = line.cell(*column).filter(|cell| cell.is_filled());
            cell.map_or(!is_given, |cell| self.says_nothing(&cell.raw))
        })
    }

    fn says_nothing(&self, raw: &RawValue) -> bool {
        let missing = &self.schema.missing_values;
        !missing.is_empty() && {
            let shown = raw.shown();
            let shown = convert::plain(&shown);
            missing.iter().any(|missing| convert::plain(missing) == shown)
        }
    }

    /// Whether a line is a row of headings again: what it holds in the table's columns is what one of them holds there.
    pub fn repeats_headings(&self, line: &Line) -> bool {
        if self.headings.is_empty() {
            return false;
        }
        let held = || self.within(line).map(|(column, cell)| (column, name_key(&cell.raw.shown())));
        let count = held().count();
        let is_of = |heading: &Vec<(u32, String)>| {
            count * 2 > heading.len() && held().all(|cell| heading.binary_search(&cell).is_ok())
        };
        self.headings.iter().any(is_of)
    }

    /// The filled cells of a line among which its label may stand.
    fn within<'l>(&self, line: &'l Line) -> impl Iterator<Item = (u32, &'l GridCell)> {
        let (first, last) = self.labels;
        line.filled().skip_while(move |(column, _)| *column < first).take_while(move |(column, _)| *column <= last)
    }
}

/// The first of the columns without a heading that lead up to a table's first column.
fn before(grid: &Grid, headings: &Headings, first: u32) -> u32 {
    let cells = |column: u32| (headings.first_row..=headings.row).map(move |row| grid.cell(Position::new(row, column)));
    let is_free = |column: &u32| cells(*column).flatten().all(|cell| !cell.is_filled());
    (0..first).rev().take_while(is_free).last().unwrap_or(first)
}

/// What stands in the rows of the headings, and in those below them that hold no record.
fn texts_of_headings(grid: &Grid, headings: &Headings, (first, last): (u32, u32)) -> Vec<Vec<(u32, String)>> {
    let rows = (headings.first_row..headings.body).map(|row| {
        let area = Area::new(Position::new(row, first), Position::new(row, last));
        let filled = grid.within(area).filter(|(_, cell)| cell.is_filled());
        filled.map(|(at, cell)| (at.column, name_key(&cell.raw.shown()))).collect::<Vec<_>>()
    });
    rows.filter(|row| !row.is_empty()).collect()
}

fn is_subtotal_label(text: &str) -> bool {
    let mut letters = text.chars().filter(|letter| letter.is_alphabetic()).flat_map(char::to_lowercase);
    "subtotal".chars().all(|letter| letters.next() == Some(letter))
}
