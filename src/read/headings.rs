//! The headings of a table: on which rows they stand, and which column each field has.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use super::heading_fields::{Claim, FieldHeadings};
use super::heading_paths::{Path, paths_in};
use super::place::{Given, Region};
use super::yaml_text;
use crate::model::{Ambiguity, Area, Column, Grid, Heading, Line, Position, RawValue, WhyAbsent, name_key};
use crate::schema::{HeadingOptions, Layout, TableSchema};

/// Headings are looked for in so many rows; below them only those that begin as one that was found.
const WITHIN_ROWS: u32 = 200;
/// No more tables with the same headings are looked for on a sheet.
const MOST_TABLES: usize = 1_000;
/// Below the first rows, so many different headings are looked for again.
const MOST_LOOKED_FOR_AGAIN: usize = 8;

/// The headings of a table.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Headings {
    /// The first row of headings, zero-based.
    pub first_row: u32,
    /// The last row of headings, zero-based.
    pub row: u32,
    /// The first row that may hold a record, zero-based.
    pub body: u32,
    /// For each field of the schema, its column.
    pub columns: Vec<Option<Column>>,
    /// Headings that the schema does not know.
    pub unknown: Vec<Heading>,
    /// Headings of fields that another column already has.
    pub repeated: Vec<Heading>,
    /// Fields of which two columns could be meant; they have none.
    pub ambiguous: Vec<(usize, Ambiguity)>,
    /// The headings of each column that has any, from the top down.
    pub paths: BTreeMap<u32, Path>,
}

impl Headings {
    /// The headings of columns that are known already, in one row.
    pub fn known(grid: &Grid, row: u32, columns: Vec<Option<Column>>) -> Self {
        let paths = paths_in(grid, &[], row..row + 1, &HeadingOptions::default());
        let (unknown, repeated, ambiguous) = Default::default();
        Self { first_row: row, row, body: row + 1, columns, unknown, repeated, ambiguous, paths }
    }

    /// The columns of the fields that were found, in the order of the sheet.
    pub fn table_columns(&self) -> Vec<u32> {
        let mut columns: Vec<u32> = self.columns.iter().flatten().map(|column| column.heading.column).collect();
        columns.sort_unstable();
        columns
    }

    /// Whether a column has a heading, of a field or not.
    pub fn is_headed(&self, column: u32) -> bool {
        self.paths.contains_key(&column)
    }
}

/// Where a table could be: headings of which enough are those of the schema.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Candidate {
    /// The headings.
    pub headings: Headings,
    /// How many of the schema's are among them.
    pub count: usize,
    /// Whether all that must be there are.
    pub is_whole: bool,
}

impl Candidate {
    /// The first and the last column of the headings that the schema knows.
    pub fn columns(&self) -> (u32, u32) {
        let known = self.headings.table_columns();
        let of_ambiguous = self.headings.ambiguous.iter().flat_map(|(_, ambiguity)| &ambiguity.candidates);
        let all = || known.iter().copied().chain(of_ambiguous.clone().map(|heading| heading.position.column));
        (all().min().unwrap_or_default(), all().max().unwrap_or_default())
    }

    /// Whether the two have columns of the sheet in common.
    pub fn overlaps(&self, other: &Self) -> bool {
        let ((first, last), (other_first, other_last)) = (self.columns(), other.columns());
        first <= other_last && other_first <= last
    }

    /// The first of its headings that the schema knows.
    pub fn first_heading(&self) -> Option<Heading> {
        let columns = self.headings.columns.iter().flatten().min_by_key(|column| column.heading.column);
        columns.map(|column| Heading { position: column.heading, text: column.text.clone() })
    }
}

/// The tables of a schema that a part of a sheet could hold, from the top down and then from left to right.
pub(super) struct Found {
    /// Where they could be; they do not overlap.
    pub candidates: Vec<Candidate>,
    /// The headings that the likeliest place misses, where none has enough.
    pub missing: Vec<String>,
}

/// The headings of a table in a region: those rows that have the most headings of the schema; of equals, the first.
///
/// # Errors
/// The headings that are missing, when no rows have enough of them; or the places, when several have as many and the pack
/// does not tell which is meant.
pub(super) fn headings(region: &Region<'_>, schema: &TableSchema) -> Result<Headings, WhyAbsent> {
    let Found { candidates, missing } = find(region, schema);
    let Some(most) = candidates.iter().map(|candidate| candidate.count).max() else {
        return Err(WhyAbsent::NoHeadings(missing));
    };
    let first = candidates.iter().position(|candidate| candidate.count == most).unwrap_or_default();
    let mut could_be: Vec<&Candidate> = vec![&candidates[first]];
    if candidates[first].is_whole && schema.crosscast.layout != Layout::Blocks {
        let as_many = |other: &&Candidate| other.count == most && other.is_whole && !is_told(schema, &could_be, other);
        let others: Vec<&Candidate> = candidates[first + 1..].iter().filter(as_many).collect();
        could_be.extend(others);
    }
    if could_be.len() > 1 {
        let of_others = of_neighbours(region);
        let is_own = |candidate: &&&Candidate| !of_others.iter().any(|other| claims_more(other, candidate));
        let own: Vec<&Candidate> = could_be.iter().filter(is_own).copied().collect();
        could_be = if own.is_empty() { could_be } else { own };
    }
    match could_be.as_slice() {
        [only] => Ok(only.headings.clone()),
        several => Err(WhyAbsent::Ambiguous(Ambiguity {
            what: format!("the headings of {}", schema.called()),
            candidates: several.iter().filter_map(|candidate| candidate.first_heading()).collect(),
            add: "locate: {nth: 1}".to_owned(),
        })),
    }
}

/// Whether the pack tells that headings are those of a table above, which stand again.
fn is_told(schema: &TableSchema, above: &[&Candidate], other: &Candidate) -> bool {
    schema.crosscast.rows.repeated_headings && above.iter().any(|first| is_again(first, other))
}

/// Whether headings stand in the same columns as others.
pub(super) fn is_again(first: &Candidate, other: &Candidate) -> bool {
    first.headings.table_columns() == other.headings.table_columns()
}

/// The headings of the other tables that the pack places on the same sheet.
fn of_neighbours(region: &Region<'_>) -> Vec<Candidate> {
    let found = region.neighbours.iter().map(|schema| find_in(&region.grid, region.merged, schema, &[]));
    found.flat_map(|found| found.candidates).collect()
}

/// Whether headings are rather those of another table, which knows more of them.
fn claims_more(other: &Candidate, candidate: &Candidate) -> bool {
    other.headings.row == candidate.headings.row && other.overlaps(candidate) && other.count > candidate.count
}

/// The first row of the next headings below a row, of another table that the pack places on the same sheet; the end of the sheet
/// where there is none.
pub(super) fn next_below(region: &Region<'_>, row: u32) -> u32 {
    let next = region.neighbours.iter().filter_map(|schema| {
        let found = find_in(&region.grid, region.merged, schema, &[]).candidates;
        let most = found.iter().map(|candidate| candidate.count).max();
        let best = found.iter().filter(|candidate| Some(candidate.count) == most);
        best.map(|candidate| candidate.headings.first_row).find(|other| *other > row)
    });
    next.min().unwrap_or(u32::MAX)
}

/// Where in a region a table of the schema could be.
pub(super) fn find(region: &Region<'_>, schema: &TableSchema) -> Found {
    find_in(&region.grid, region.merged, schema, &region.given)
}

fn find_in(grid: &Grid, merged: &[Area], schema: &TableSchema, given: &[Given]) -> Found {
    let fields = FieldHeadings::of(schema, given);
    let sheet = Sheet { grid, merged, schema, fields: &fields };
    let mut found = Found { candidates: Vec::new(), missing: fields.missing(|_| false, false) };
    let mut nearest = 0;
    let height = schema.crosscast.headings.rows.get().min(WITHIN_ROWS);
    let end = grid.lines().first().map_or(0, |line| line.row.saturating_add(WITHIN_ROWS));
    let within = grid.lines().partition_point(|line| line.row < end);
    let mut next = 0;
    for line in &grid.lines()[..within] {
        for first_row in next.max(line.row.saturating_sub(height - 1))..=line.row {
            let likeliest = sheet.take(first_row..first_row + height, &mut found.candidates);
            if likeliest.count > nearest {
                (nearest, found.missing) = (likeliest.count, likeliest.missing);
            }
        }
        next = line.row + 1;
    }
    sheet.take_again(&grid.lines()[within..], height, &mut found.candidates);
    found
}

/// The headings of the tables that stand in some rows of a region: of several where they lie side by side.
pub(super) fn in_rows(
    region: &Region<'_>,
    schema: &TableSchema,
    fields: &FieldHeadings<'_>,
    rows: &Range<u32>,
) -> Vec<Headings> {
    let sheet = Sheet { grid: &region.grid, merged: region.merged, schema, fields };
    let paths = paths_in(sheet.grid, sheet.merged, rows.clone(), &schema.crosscast.headings);
    let claims = fields.claims(&paths);
    let tables = fields.side_by_side(&claims).into_iter();
    tables.map(|table| sheet.settle(rows, &claims[table], &paths)).collect()
}

/// What is looked through for headings.
struct Sheet<'a, 's> {
    grid: &'a Grid,
    merged: &'a [Area],
    schema: &'s TableSchema,
    fields: &'a FieldHeadings<'s>,
}

/// How near some rows come to being the headings.
struct Likeliest {
    count: usize,
    missing: Vec<String>,
}

impl Sheet<'_, '_> {
    /// Adds the tables whose headings stand in these rows to those that were found. Of headings whose rows overlap, those with
    /// the most known ones are kept; of equals, the first.
    fn take(&self, rows: Range<u32>, found: &mut Vec<Candidate>) -> Likeliest {
        let mut likeliest = Likeliest { count: 0, missing: Vec::new() };
        if found.len() >= MOST_TABLES {
            return likeliest;
        }
        let paths = paths_in(self.grid, self.merged, rows.clone(), &self.schema.crosscast.headings);
        let claims = self.fields.claims(&paths);
        if claims.iter().all(|claim| claim.field.is_none() && !claim.begins_across) {
            return likeliest;
        }
        let mut here = Vec::new();
        for table in self.fields.side_by_side(&claims) {
            let claims = &claims[table];
            let headings = self.settle(&rows, claims, &paths);
            let begins_across = claims.iter().any(|claim| claim.begins_across);
            let is_found = |field: usize| {
                matches!(headings.columns.get(field), Some(Some(_)))
                    || headings.ambiguous.iter().any(|(ambiguous, _)| *ambiguous == field)
            };
            let fields = (0..self.schema.fields.len()).filter(|field| is_found(*field)).count();
            let count = self.fields.count(fields, begins_across);
            let missing = self.fields.missing(is_found, begins_across);
            let (is_enough, is_whole) = (self.fields.is_enough(is_found, begins_across), missing.is_empty());
            if count > likeliest.count {
                likeliest = Likeliest { count, missing };
            }
            if is_enough {
                here.push(Candidate { headings, count, is_whole });
            }
        }
        let Some(best) = here.iter().map(|candidate| candidate.count).max() else { return likeliest };
        let overlap = |other: &Candidate| other.headings.row >= rows.start;
        let known = found.iter().rev().take_while(|other| overlap(other)).map(|other| other.count).max();
        if known.is_none_or(|known| best > known) {
            while found.pop_if(|other| overlap(other)).is_some() {}
            found.extend(here);
        }
        likeliest
    }

    /// Looks for the headings that were found once more, further down, where tables may be very long.
    fn take_again(&self, lines: &[Line], height: u32, found: &mut Vec<Candidate>) {
        let mut wanted: Vec<(u32, Arc<str>, u32)> = Vec::new();
        for candidate in found.iter() {
            let Some(first) = candidate.first_heading() else { continue };
            let Some(text) = self.grid.cell(first.position).map(|cell| cell.raw.shown()) else { continue };
            let above = first.position.row - candidate.headings.first_row;
            let again = (first.position.column, Arc::from(text.trim()), above);
            if !wanted.contains(&again) && wanted.len() < MOST_LOOKED_FOR_AGAIN {
                wanted.push(again);
            }
        }
        for line in lines {
            let is_here = |(column, text, _): &&(u32, Arc<str>, u32)| match line.cell(*column).map(|cell| &cell.raw) {
                Some(RawValue::Text(here)) => here.trim().eq_ignore_ascii_case(text),
                _ => false,
            };
            if let Some((_, _, above)) = wanted.iter().find(is_here) {
                let first_row = line.row.saturating_sub(*above);
                self.take(first_row..first_row + height, found);
            }
        }
    }

    /// The headings in some rows and columns, each with its field.
    fn settle(&self, rows: &Range<u32>, claims: &[Claim], paths: &BTreeMap<u32, Path>) -> Headings {
        let path_of = |column: u32| paths.get(&column).cloned().unwrap_or_default();
        let row = rows.end - 1;
        let mut headings = Headings {
            first_row: rows.start,
            row,
            body: rows.end.saturating_add(self.schema.crosscast.headings.skip_rows),
            columns: vec![None; self.schema.fields.len()],
            unknown: Vec::new(),
            repeated: Vec::new(),
            ambiguous: Vec::new(),
            paths: claims.iter().map(|claim| (claim.column, path_of(claim.column))).collect(),
        };
        let mut claimed: BTreeMap<usize, Vec<u32>> = BTreeMap::new();
        for claim in claims {
            match claim.field {
                Some(field) => claimed.entry(field).or_default().push(claim.column),
                None => headings.unknown.extend(self.lowest(claim.column, &headings.paths)),
            }
        }
        for (field, columns) in claimed {
            self.give(field, &columns, &mut headings);
        }
        headings.repeated.sort_by_key(|heading| heading.position.column);
        headings
    }

    /// Gives a field the one of several columns that is meant, if that can be told.
    fn give(&self, field: usize, columns: &[u32], headings: &mut Headings) {
        let path = |column: &u32| headings.paths.get(column);
        let whole: Vec<u32> = columns
            .iter()
            .filter(|column| path(column).is_some_and(|path| self.fields.is_whole_path(field, path)))
            .copied()
            .collect();
        let is_one_row = headings.first_row == headings.row;
        let keys = |column: &u32| -> Vec<String> {
            path(column).into_iter().flatten().map(|(_, text)| name_key(text)).collect()
        };
        let meant = match (columns, whole.as_slice()) {
            ([only], _) | (_, [only]) => Some(*only),
            ([first, rest @ ..], _) if is_one_row || rest.iter().all(|column| keys(column) == keys(first)) => {
                Some(*first)
            }
            _ => None,
        };
        if let Some(meant) = meant {
            if let Some(column) = headings.columns.get_mut(field) {
                *column = self.column(meant, &headings.paths);
            }
            let others = columns.iter().filter(|column| **column != meant);
            let repeated: Vec<Heading> = others.filter_map(|column| self.lowest(*column, &headings.paths)).collect();
            headings.repeated.extend(repeated);
            return;
        }
        let candidates = columns.iter().filter_map(|column| self.column(*column, &headings.paths));
        let candidates: Vec<Heading> =
            candidates.map(|column| Heading { position: column.heading, text: column.text }).collect();
        let first: Vec<String> = columns
            .first()
            .and_then(|column| headings.paths.get(column))
            .into_iter()
            .flatten()
            .map(|(_, text)| yaml_text::in_list(text))
            .collect();
        let what = match self.lowest(columns[0], &headings.paths) {
            Some(lowest) => format!("the heading {}", lowest.text),
            None => "the heading".to_owned(),
        };
        let add = format!("path: [{}]", first.join(", "));
        headings.ambiguous.push((field, Ambiguity { what, candidates, add }));
    }

    /// The heading of a column that stands lowest in it.
    fn lowest(&self, column: u32, paths: &BTreeMap<u32, Path>) -> Option<Heading> {
        let own = paths.get(&column)?.iter().rfind(|(position, _)| position.column == column)?;
        Some(Heading { position: own.0, text: self.shown(own.0) })
    }

    /// A column by all of its headings.
    fn column(&self, column: u32, paths: &BTreeMap<u32, Path>) -> Option<Column> {
        let heading = self.lowest(column, paths)?;
        let parts = paths.get(&column)?;
        if parts.len() == 1 {
            return Some(Column::new(heading.position, heading.text));
        }
        let texts: Vec<Arc<str>> = parts.iter().map(|(position, _)| self.shown(*position)).collect();
        Some(Column::new(heading.position, texts.join(" > ").into()))
    }

    /// What the sheet has in a cell.
    fn shown(&self, position: Position) -> Arc<str> {
        self.grid.cell(position).map(|cell| cell.raw.shown()).unwrap_or_default().into()
    }
}
