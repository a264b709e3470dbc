//! The headings of a crosstab: which column names a record, which holds values, and which states their sum.

use std::ops::Range;
use std::sync::Arc;

use super::dates::{self, Days};
use super::heading_fields::FieldHeadings;
use super::heading_paths::{Path, paths};
use super::place::Region;
use crate::model::{Ambiguity, Column, Heading, Month, Position, WhyAbsent, name_key, on_one_line};
use crate::schema::{Across, LabelPattern, TableSchema, Treatment};

/// Headings are looked for down to this row.
const HEADINGS_WITHIN_ROWS: u32 = 200;

/// The headings of a crosstab.
pub(super) struct AcrossHeadings {
    /// The rows of the headings, zero-based.
    pub rows: Range<u32>,
    /// For each field of the schema that has a heading of its own, its column.
    pub keys: Vec<Option<Column>>,
    /// The columns of values, from left to right; never empty.
    pub values: Vec<AcrossColumn>,
    /// The columns that state the sum of a row.
    pub totals: Vec<AcrossColumn>,
    /// Headings that the schema does not know.
    pub unknown: Vec<Heading>,
    /// Headings of fields that another column already has.
    pub repeated: Vec<Heading>,
    /// Every column that has a heading.
    pub headed: Vec<u32>,
}

/// A column of values or of their sums.
pub(super) struct AcrossColumn {
    /// Zero-based.
    pub column: u32,
    /// Its headings.
    pub path: Path,
}

impl AcrossColumn {
    /// The cell of its lowest heading, and the text.
    pub fn lowest(&self) -> (Position, Arc<str>) {
        let empty = || (Position::new(0, self.column), Arc::from(""));
        self.path.last().cloned().unwrap_or_else(empty)
    }

    /// Its heading in a row of the headings.
    pub fn at(&self, row: u32) -> Option<&(Position, Arc<str>)> {
        self.path.iter().find(|(position, _)| position.row == row)
    }

    /// Whether the upper headings of another column, where that has any, are its own.
    pub fn is_under(&self, other: &Self) -> bool {
        let Some((_, upper)) = other.path.split_last() else { return true };
        upper
            .iter()
            .all(|(position, text)| self.at(position.row).is_some_and(|(_, own)| name_key(own) == name_key(text)))
    }

    /// The headings with ` > ` between.
    pub fn joined(&self) -> Arc<str> {
        joined(&self.path)
    }
}

/// Finds the headings of a crosstab: of the rows where something goes across, those with the most headings of the schema;
/// of equals, those with headings on the most rows above the most columns of values.
///
/// # Errors
/// Why they were not found; which they could be, where they stand more than once.
pub(super) fn headings(
    region: &Region<'_>,
    schema: &TableSchema,
    across: &Across,
) -> Result<AcrossHeadings, WhyAbsent> {
    let fields = FieldHeadings::of(schema, &region.given);
    let mut found: Vec<([usize; 3], AcrossHeadings)> = Vec::new();
    for rows in candidates(region, schema, across) {
        let Some(headings) = in_rows(region, schema, across, &fields, rows) else { continue };
        let keys = headings.keys.iter().flatten().count();
        // A title further to the left is no heading of theirs, though it may reach over them.
        let from = headings.values[0].column;
        let is_own =
            |value: &AcrossColumn, row: u32| value.at(row).is_some_and(|(position, _)| position.column >= from);
        let filled = |row: &u32| headings.values.iter().any(|value| is_own(value, *row));
        let levels = headings.rows.clone().filter(filled).count();
        found.push(([keys, levels, headings.values.len()], headings));
    }
    let most = found.iter().map(|(score, _)| *score).max();
    let mut best: Vec<AcrossHeadings> = Vec::new();
    for (score, headings) in found {
        let is_apart = best.last().is_none_or(|last| last.rows.end <= headings.rows.start);
        if Some(score) == most && is_apart {
            best.push(headings);
        }
    }
    let is_found = |field: usize| best.first().is_some_and(|headings| headings.keys[field].is_some());
    if !fields.is_enough(is_found, !best.is_empty()) {
        return Err(WhyAbsent::NoHeadings(fields.missing(is_found, !best.is_empty())));
    }
    the_one(best, schema).map_err(WhyAbsent::Ambiguous)
}

/// The headings that are meant of those that are there; never none.
fn the_one(mut best: Vec<AcrossHeadings>, schema: &TableSchema) -> Result<AcrossHeadings, Ambiguity> {
    let options = &schema.crosscast;
    let may_repeat = options.rows.repeated_headings;
    match best.len() {
        // Of several that the pack counts, the region holds the one.
        1 => Ok(best.swap_remove(0)),
        _ if may_repeat => Ok(best.swap_remove(0)),
        _ => {
            let first = |headings: &AcrossHeadings| {
                let keys = headings.keys.iter().flatten().map(|key| (key.heading, key.text.clone()));
                let (position, text) = keys.chain([headings.values[0].lowest()]).min_by_key(|(at, _)| *at)?;
                Some(Heading { position, text })
            };
            Err(Ambiguity {
                what: format!("the headings of {}", schema.called()),
                candidates: best.iter().filter_map(first).collect(),
                add: "locate: {nth: 1}".to_owned(),
            })
        }
    }
}

/// The rows that may be the headings: those in which the first heading that goes across stands, and rows above or below, as
/// many as there are rows of headings.
fn candidates(region: &Region<'_>, schema: &TableSchema, across: &Across) -> Vec<Range<u32>> {
    let rows = schema.crosscast.headings.rows.get();
    let mut found = Vec::new();
    for line in region.grid.lines().iter().take_while(|line| line.row < HEADINGS_WITHIN_ROWS) {
        let mut texts = paths(region, line.row..line.row + 1, &schema.crosscast.headings).into_values().flatten();
        if texts.any(|(_, text)| says(&text, &across.from)) {
            let lasts = line.row..line.row.saturating_add(rows);
            found.extend(lasts.filter(|last| last + 1 >= rows).map(|last| last + 1 - rows..last + 1));
        }
    }
    found.sort_by_key(|rows: &Range<u32>| rows.start);
    found.dedup();
    found
}

/// The headings in these rows; none where nothing goes across there.
fn in_rows(
    region: &Region<'_>,
    schema: &TableSchema,
    across: &Across,
    fields: &FieldHeadings<'_>,
    rows: Range<u32>,
) -> Option<AcrossHeadings> {
    let paths = paths(region, rows.clone(), &schema.crosscast.headings);
    // What only reaches over a column from its left is no heading of the column: it is a spacer.
    let has_own = |column: u32, path: &Path| path.last().is_some_and(|(position, _)| position.column == column);
    let headed: Vec<(u32, Path)> = paths.into_iter().filter(|(column, path)| has_own(*column, path)).collect();
    let is_any = |path: &Path, pattern: &LabelPattern| path.iter().any(|(_, text)| says(text, pattern));
    let from = headed.iter().position(|(_, path)| is_any(path, &across.from))?;
    let to = across.to.as_ref().and_then(|to| headed.iter().rposition(|(_, path)| is_any(path, to)));
    let to = if across.to.is_some() { to? } else { headed.len() - 1 };

    let mut found = AcrossHeadings {
        rows,
        keys: vec![None; schema.fields.len()],
        values: Vec::new(),
        totals: Vec::new(),
        unknown: Vec::new(),
        repeated: Vec::new(),
        headed: headed.iter().map(|(column, _)| *column).collect(),
    };
    for (index, (column, path)) in headed.into_iter().enumerate() {
        let (position, text) = path.last().cloned()?;
        let heading = || Heading { position, text: joined(&path) };
        match fields.field(&path) {
            Some(field) if found.keys[field].is_none() => {
                found.keys[field] = Some(Column::new(Position::new(position.row, column), joined(&path)));
            }
            Some(_) => found.repeated.push(heading()),
            // Passed over wherever they stand, as the pack says.
            None if across.skip_columns.iter().any(|skip| is_any(&path, skip)) => {}
            None => {
                match across
                    .totals
                    .as_ref()
                    .filter(|totals| says(&text, &totals.pattern))
                    .map(|totals| totals.treatment)
                {
                    Some(Treatment::Check) => found.totals.push(AcrossColumn { column, path }),
                    Some(Treatment::Drop) => {}
                    _ if (from..=to).contains(&index) => found.values.push(AcrossColumn { column, path }),
                    _ => found.unknown.push(heading()),
                }
            }
        }
    }
    (!found.values.is_empty()).then_some(found)
}

/// Whether a heading is what a pattern says. One that is a date is known by its month too: `April 2022`, `Apr-22`, `2022-04`.
pub(super) fn says(heading: &str, pattern: &LabelPattern) -> bool {
    let heading = on_one_line(heading);
    if pattern.is_match(&heading) {
        return true;
    }
    let Days::Is(date) = dates::from_text(&heading) else { return false };
    let short = [date.format("%b-%y"), date.format("%b %y"), date.format("%Y-%m")];
    let short = short.iter().map(ToString::to_string);
    short.chain([Month::of(date).to_string()]).any(|month| pattern.is_match(&month))
}

fn joined(path: &Path) -> Arc<str> {
    path.iter().map(|(_, text)| &**text).collect::<Vec<_>>().join(" > ").into()
}
