//! Which cells a query may take its values from.

use std::collections::{BTreeMap, BTreeSet};

use super::guard::Reads;
use super::place::{Lines, Source};
use crate::model::{Area, Place, Position};
use crate::schema::{STATED_TOTAL, field_of_shorthand};

/// On each sheet the cells of the fields that a query reads, over all rows of the table; of a table from which it reads
/// no field (it counts the rows), whole rows. Sorted, each place once.
pub(super) fn origins(sources: &[Source], reads: &Reads, query: &str) -> Vec<Place> {
    let mut fields: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (table, column) in &reads.columns {
        let fields = fields.entry(table).or_default();
        // `_row` and its like say where a row is; they are no cell.
        fields.extend(column.as_deref().filter(|column| !column.starts_with('_')));
        // What the shorthand in a cell means was read from that cell.
        fields.extend(column.as_deref().and_then(field_of_shorthand));
    }
    let totals = Totals::of(query);
    let mut places = Vec::new();
    for source in sources {
        let Some(fields) = fields.get(source.table.to_ascii_lowercase().as_str()) else { continue };
        let areas = match &source.lines {
            Lines::Rows { lines, columns } => columns_over_lines(lines, columns, fields),
            Lines::Cells { fields: cells, each_a_row: true } => totals.cells(source, cells),
            Lines::Cells { fields: cells, each_a_row: false } => single_cells(cells, fields),
            Lines::Spread(spread) => spread.areas(fields),
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
/// conditions. Only `FROM stated_total WHERE table_name = 'funding' AND field = 'amount'` is understood, in a query that
/// reads stated totals at this place alone and where nothing turns a condition round; else all tables and fields count:
/// a cell too many is better than one that is not named.
#[derive(Default)]
struct Totals<'a> {
    tables: Option<&'a str>,
    fields: Option<&'a str>,
}

impl<'a> Totals<'a> {
    fn of(query: &'a str) -> Self {
        let tokens = tokens(query);
        let is = |token: &str, word: &str| token.eq_ignore_ascii_case(word);
        let turns = |token: &&str| is(token, "not") || is(token, "or");
        let mut named = (0..tokens.len()).filter(|index| is(tokens[*index], STATED_TOTAL));
        let (Some(at), None) = (named.next(), named.next()) else { return Self::default() };
        if query.contains("--") || query.contains("/*") || tokens.iter().any(turns) {
            return Self::default();
        }
        if at == 0 || !(is(tokens[at - 1], "from") || is(tokens[at - 1], "join")) {
            return Self::default();
        }
        let mut rest = &tokens[at + 1..];
        rest = rest.strip_prefix(&["AS"]).or(rest.strip_prefix(&["as"])).unwrap_or(rest);
        let mut alias = STATED_TOTAL;
        if let [name, after @ ..] = rest
            && !is(name, "where")
        {
            (alias, rest) = (name, after);
        }
        let mut totals = Self::default();
        while let [joint, after @ ..] = rest
            && (is(joint, "where") || is(joint, "and"))
        {
            let condition = match after {
                [name, ".", condition @ ..] if is(name, alias) => condition,
                _ => after,
            };
            let [column, "=", text, after @ ..] = condition else { break };
            let Some(text) = text.strip_prefix('\'').and_then(|text| text.strip_suffix('\'')) else { break };
            if !after.first().is_none_or(|next| ENDS.iter().any(|end| is(next, end))) {
                break;
            }
            match *column {
                "table_name" => totals.tables = Some(text),
                "field" => totals.fields = Some(text),
                _ => break,
            }
            rest = after;
        }
        totals
    }

    fn cells(&self, source: &Source, cells: &[(String, Position)]) -> Vec<Area> {
        let among = |named: Option<&str>, name: &str| named.is_none_or(|named| named == name);
        if !among(self.tables, source.totals_of.as_deref().unwrap_or(STATED_TOTAL)) {
            return Vec::new();
        }
        let read = cells.iter().filter(|(field, _)| among(self.fields, field));
        read.map(|(_, position)| (*position).into()).collect()
    }
}

/// What may follow a condition that holds for all that a query gives.
const ENDS: [&str; 8] = ["and", ")", ";", "group", "order", "limit", "union", "except"];

/// The words of a query, its texts with their quotes, and its signs one by one.
fn tokens(query: &str) -> Vec<&str> {
    let is_part = |character: char| character.is_alphanumeric() || character == '_';
    let mut tokens = Vec::new();
    let mut rest = query.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = if is_part(first) {
            rest.find(|character| !is_part(character)).unwrap_or(rest.len())
        } else if first == '\'' {
            rest[1..].find('\'').map_or(rest.len(), |end| end + 2)
        } else {
            first.len_utf8()
        };
        let (token, after) = rest.split_at(length);
        tokens.push(token);
        rest = after.trim_start();
    }
    tokens
}
