//! Blocks: the same small table again and again, each below a line of its own.

use std::borrow::Cow;
use std::sync::Arc;

use super::convert;
use super::form;
use super::place::{Region, caught, in_region};
use crate::model::{Area, Heading, Origin, Position, Table, WhyAbsent, likely_match, listed, on_one_line};
use crate::schema::{Blocks, LabelPattern, Layout, TableSchema};

/// Of texts that are like the one with which a block begins so many are named.
const MOST_NEAR: usize = 5;

/// Takes the table out of each block of a region, and says of which blocks it was not found.
pub(super) fn tables(region: &Region<'_>, schema: &TableSchema) -> (Vec<Table>, Vec<WhyAbsent>) {
    let Some(blocks) = &schema.crosscast.blocks else { return (Vec::new(), vec![WhyAbsent::NoHeadings(Vec::new())]) };
    let starts = starts(region, &blocks.start);
    if starts.is_empty() {
        return (Vec::new(), vec![not_located(region, &blocks.start)]);
    }
    let (mut found, mut missing) = (Vec::new(), Vec::new());
    for (start, area) in areas(region, blocks, starts) {
        let mut given = region.given.clone();
        given.extend(caught(&blocks.start, &said(&start.text), schema, start.position, Origin::Block));
        let grid = Cow::Owned(region.grid.cut(area));
        let block = Region { sheet: region.sheet, grid, merged: region.merged, neighbours: region.neighbours, given };
        match in_region(&block, schema, blocks.layout) {
            // An empty form, such as one of ten of which six were needed.
            Ok(table) if blocks.layout == Layout::Form && form::is_filler(&table, schema) => {}
            Ok(table) => found.push(table),
            Err(why) => missing.push(in_block(why, &start, &block, schema, blocks.layout)),
        }
    }
    (found, missing)
}

/// The cells with which blocks begin, in the order of the sheet.
fn starts(region: &Region<'_>, pattern: &LabelPattern) -> Vec<Heading> {
    let texts = region.grid.cells().filter(|(_, cell)| cell.is_filled());
    let texts = texts.map(|(position, cell)| Heading { position, text: cell.raw.shown().into() });
    texts.filter(|text| pattern.is_match(&said(&text.text))).collect()
}

/// A cell's text as patterns are held to it: on one line, since titles are wrapped.
fn said(text: &str) -> String {
    on_one_line(&convert::plain(text))
}

/// The cells of each block: from its start to before the next block below it and the next beside it.
///
/// The row with the most starts says how many blocks stand side by side, and from which columns on. Of a block that stands
/// first in its row, or alone, the cells to its left are part too.
fn areas(region: &Region<'_>, blocks: &Blocks, starts: Vec<Heading>) -> Vec<(Heading, Area)> {
    let rows: Vec<&[Heading]> = starts.chunk_by(|one, other| one.position.row == other.position.row).collect();
    let most = rows.iter().map(|row| row.len()).max().unwrap_or_default();
    let widest = rows.iter().find(|row| row.len() == most).copied().unwrap_or_default();
    let columns: Vec<u32> = widest.iter().map(|start| start.position.column).collect();
    let last_row = last_row(region, blocks, starts.last().map_or(0, |last| last.position.row));

    // From the bottom up: where the block below begins, for each place side by side.
    let mut below = vec![last_row; columns.len()];
    let mut areas = Vec::new();
    for row in rows.iter().rev() {
        let lanes: Vec<usize> =
            row.iter().enumerate().map(|(nth, start)| lane(&columns, row.len(), nth, start)).collect();
        let mut begun = Vec::new();
        for (nth, start) in row.iter().enumerate() {
            let lane = lanes[nth];
            let is_full = row.len() == columns.len();
            let left = match lane {
                _ if nth > 0 && lanes[nth - 1] == lane => start.position.column,
                0 => 0,
                _ if is_full => start.position.column,
                _ => columns[lane],
            };
            let beside = row.get(nth + 1).map(|next| next.position.column);
            let beside = beside.or(columns.get(lane + 1).copied().filter(|_| !is_full));
            let right = beside.map_or(Position::LAST.column, |next| next.saturating_sub(1));
            let area = Area::new(Position::new(start.position.row, left), Position::new(below[lane], right));
            areas.push((start.clone(), area));
            begun.push(lane);
        }
        for lane in begun {
            below[lane] = row[0].position.row.saturating_sub(1);
        }
    }
    areas.sort_by_key(|(start, _)| start.position);
    areas
}

/// At which place side by side a block stands: by its number where its row has all of them, else by its column.
fn lane(columns: &[u32], in_row: usize, nth: usize, start: &Heading) -> usize {
    if in_row == columns.len() {
        return nth;
    }
    columns.iter().rposition(|column| *column <= start.position.column).unwrap_or_default()
}

/// The last row of the last block.
fn last_row(region: &Region<'_>, blocks: &Blocks, last_start: u32) -> u32 {
    let Some(end) = &blocks.end else { return Position::LAST.row };
    let below = region.grid.lines().iter().filter(|line| line.row > last_start);
    let mut ends = below.filter(|line| line.filled().any(|(_, cell)| end.is_match(&said(&cell.raw.shown()))));
    ends.next().map_or(Position::LAST.row, |line| line.row - 1)
}

/// That no block begins anywhere, with the texts that are most like one that would.
fn not_located(region: &Region<'_>, pattern: &LabelPattern) -> WhyAbsent {
    let text = pattern.text();
    // What the pattern begins with, up to its first sign.
    let begin = text.split(['(', '[', '.', '\\', '?', '*', '+', '|', '{', '^', '$']).next().unwrap_or_default().trim();
    let is_near = |text: &str| {
        let begins = text.get(..begin.len()).is_some_and(|found| found.eq_ignore_ascii_case(begin));
        let first: String = text.chars().take(begin.chars().count()).collect();
        !begin.is_empty() && (begins || likely_match(begin, [first.as_str()]).is_some())
    };
    let texts = region.grid.cells().filter(|(_, cell)| cell.is_filled());
    let texts = texts.map(|(position, cell)| Heading { position, text: Arc::from(cell.raw.shown()) });
    let near = texts.filter(|heading| is_near(&said(&heading.text))).take(MOST_NEAR).collect();
    WhyAbsent::NotLocated { what: format!("the text “{text}”, with which a block begins,"), near }
}

/// Why a block has no table, with the block.
fn in_block(why: WhyAbsent, start: &Heading, block: &Region<'_>, schema: &TableSchema, layout: Layout) -> WhyAbsent {
    let WhyAbsent::NoHeadings(mut missing) = why else { return why };
    let is_given = |name: &String| {
        let mut given = block.given.iter().filter_map(|given| schema.fields.get(given.field));
        given.any(|field| field.heading() == name)
    };
    missing.retain(|name| !is_given(name));
    let what = if layout == Layout::Form { "label" } else { "heading" };
    let names: Vec<String> = missing.iter().map(|name| format!("“{name}”")).collect();
    let names = match names.as_slice() {
        [] => format!("the {what}s"),
        [one] => format!("the {what} {one}"),
        several => format!("the {what}s {}", listed(several, "and")),
    };
    let block = said(&start.text);
    WhyAbsent::NotLocated {
        what: format!("{names} of the block “{block}” in {}", start.position), near: Vec::new()
    }
}
