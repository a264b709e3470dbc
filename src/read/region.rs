//! The part of a sheet in which a table is looked for, as the pack locates it.

use std::borrow::Cow;
use std::sync::Arc;

use super::headings::{self, Candidate};
use super::open::Opened;
use super::place::{Given, Region};
use crate::model::{Ambiguity, Area, Grid, Heading, Position, WhyAbsent, likely_match, name_key, on_one_line};
use crate::schema::{LabelPattern, Layout, Locate, TableSchema};

/// So many texts are compared with one that was not found.
const MOST_COMPARED: usize = 5_000;
/// Longer texts are not compared.
const LONGEST_COMPARED: usize = 200;

/// The part of a sheet in which the pack looks for a table; the whole sheet, unless it locates the table.
///
/// Named cells and ranges come first, then what stands below and above anchors within them, then the one of several tables.
///
/// # Errors
/// Why what the pack locates it by was not found, or where it could be.
pub(super) fn region<'a>(
    book: &'a Opened,
    sheet: &'a Arc<str>,
    schema: &TableSchema,
    neighbours: &'a [&'a TableSchema],
    given: Vec<Given>,
) -> Result<Region<'a>, WhyAbsent> {
    let locate = &schema.crosscast.locate;
    let grid = Cow::Borrowed(book.grid(sheet));
    let mut region = Region { sheet, grid, merged: book.merged(sheet), neighbours, given };
    if *locate == Locate::default() {
        return Ok(region);
    }
    if let Some(range) = &locate.range {
        let area = area_of(range).ok_or_else(|| not_located(format!("the range {range}"), Vec::new()))?;
        cut(&mut region, area);
    }
    for area in [named(book, sheet, locate)?, excel_table(book, sheet, locate)?].into_iter().flatten() {
        region.grid = Cow::Owned(with_headings(&region, area, schema));
    }
    if let Some(area) = between(&region.grid, locate)? {
        cut(&mut region, area);
    }
    if matches!(schema.crosscast.layout, Layout::Rows | Layout::Crosstab) {
        choose(&mut region, schema)?;
    }
    Ok(region)
}

fn cut(region: &mut Region<'_>, area: Area) {
    region.grid = Cow::Owned(region.grid.cut(area));
}

fn not_located(what: String, near: Vec<Heading>) -> WhyAbsent {
    WhyAbsent::NotLocated { what, near }
}

/// The cells of a range such as `B5:H40`, `B:H` or `5:40`; none of a text that is none. Dollar signs are forgiven.
pub(super) fn area_of(text: &str) -> Option<Area> {
    let text = text.replace('$', "");
    let (first, last) = text.trim().split_once(':').unwrap_or((text.trim(), text.trim()));
    let cells = || Some((first.parse().ok()?, last.parse().ok()?));
    let columns = || {
        let (first, last): (Position, Position) = (format!("{first}1").parse().ok()?, format!("{last}1").parse().ok()?);
        Some((first, Position::new(Position::LAST.row, last.column)))
    };
    let rows = || {
        let (first, last): (Position, Position) = (format!("A{first}").parse().ok()?, format!("A{last}").parse().ok()?);
        Some((first, Position::new(last.row, Position::LAST.column)))
    };
    let is_made_of = |is_part: fn(&char) -> bool| {
        text.contains(':') && [first, last].iter().all(|end| !end.is_empty() && end.chars().all(|sign| is_part(&sign)))
    };
    let (first, last): (Position, Position) = match () {
        () if is_made_of(char::is_ascii_alphabetic) => columns()?,
        () if is_made_of(char::is_ascii_digit) => rows()?,
        () => cells()?,
    };
    (first.row <= last.row && first.column <= last.column).then_some(Area::new(first, last))
}

/// The cells for which the defined name of the pack stands, if it gives one.
fn named(book: &Opened, sheet: &str, locate: &Locate) -> Result<Option<Area>, WhyAbsent> {
    let Some(wanted) = &locate.name else { return Ok(None) };
    let names = book.settings.as_ref().map_or(&[][..], |settings| &settings.names);
    // What a name of the whole workbook stands for may lie on another sheet.
    let holds = |scope: &Option<Arc<str>>| scope.as_ref().is_none_or(|scope| name_key(scope) == name_key(sheet));
    let here = || names.iter().filter(|name| holds(&name.sheet));
    let is_wanted = |name: &str| name.to_lowercase() == wanted.trim().to_lowercase();
    // A name of the sheet's own comes before one of the workbook's.
    let named = here().filter(|name| is_wanted(&name.name)).max_by_key(|name| name.sheet.is_some());
    let Some(named) = named else {
        let likely = likely_match(wanted, here().map(|name| &*name.name));
        let near = here().filter(|name| Some(&*name.name) == likely);
        let near = near.filter_map(|name| {
            Some(Heading { position: referred(&name.refers_to, sheet)?.first, text: name.name.clone() })
        });
        return Err(not_located(format!("the defined name {wanted}"), near.collect()));
    };
    let area = referred(&named.refers_to, sheet);
    area.map(Some).ok_or_else(|| not_located(format!("cells of the defined name {wanted}"), Vec::new()))
}

/// The cells of a sheet to which a reference such as `'April 2022'!$B$5:$H$40` leads; none of one that leads elsewhere, or to
/// no single area.
fn referred(refers_to: &str, sheet: &str) -> Option<Area> {
    let (on, cells) = refers_to.trim_start_matches('=').rsplit_once('!')?;
    let on = on
        .strip_prefix('\'')
        .and_then(|quoted| quoted.strip_suffix('\''))
        .map(|on| on.replace("''", "'"))
        .unwrap_or(on.to_owned());
    (name_key(&on) == name_key(sheet)).then(|| area_of(cells)).flatten()
}

/// The cells of the Excel table of the pack, if it names one.
fn excel_table(book: &Opened, sheet: &str, locate: &Locate) -> Result<Option<Area>, WhyAbsent> {
    let Some(wanted) = &locate.table else { return Ok(None) };
    let tables = book.excel_tables(sheet);
    let found = tables.iter().find(|table| table.name.to_lowercase() == wanted.trim().to_lowercase());
    if let Some(found) = found {
        return Ok(Some(found.area));
    }
    let likely = likely_match(wanted, tables.iter().map(|table| &*table.name));
    let near = tables.iter().filter(|table| Some(&*table.name) == likely);
    let near = near.map(|table| Heading { position: table.area.first, text: table.name.clone() });
    Err(not_located(format!("the Excel table {wanted}"), near.collect()))
}

/// The cells of a named area, with the headings that it misses: officers' names often begin at the body, and leave out columns
/// that were added beside it. Of the area, the same from the headings above it, and both with the columns beside them, the
/// first counts that has all headings; else the one that has the most.
fn with_headings(region: &Region<'_>, area: Area, schema: &TableSchema) -> Grid {
    if !matches!(schema.crosscast.layout, Layout::Rows | Layout::Crosstab) {
        return region.grid.cut(area);
    }
    let options = &schema.crosscast.headings;
    let above = options.rows.get().saturating_add(options.skip_rows);
    let above = Position::new(area.first.row.saturating_sub(above), area.first.column);
    let from_above = Area::new(above, area.last);
    let widths = [area, from_above].map(|area| wider(&region.grid, area, options.rows.get()));
    let mut best: Option<(usize, Area)> = None;
    for area in [area, from_above].into_iter().chain(widths) {
        let here = Region { grid: Cow::Owned(region.grid.cut(area)), ..region.clone() };
        let candidates = headings::find(&here, schema).candidates;
        if candidates.iter().any(|candidate| candidate.is_whole) {
            return here.grid.into_owned();
        }
        let count = candidates.iter().map(|candidate| candidate.count).max().unwrap_or_default();
        if best.is_none_or(|(most, _)| count > most) {
            best = Some((count, area));
        }
    }
    region.grid.cut(best.map_or(area, |(_, area)| area))
}

/// An area with the columns beside it that have something in its first rows, up to the first without.
fn wider(grid: &Grid, area: Area, rows: u32) -> Area {
    let rows = area.first.row..area.first.row.saturating_add(rows);
    let is_headed = |column: &u32| {
        rows.clone().any(|row| grid.cell(Position::new(row, *column)).is_some_and(|cell| cell.is_filled()))
    };
    let right = (area.last.column + 1..=Position::LAST.column).take_while(is_headed).last();
    let left = (0..area.first.column).rev().take_while(is_headed).last();
    Area::new(
        Position::new(area.first.row, left.unwrap_or(area.first.column)),
        Position::new(area.last.row, right.unwrap_or(area.last.column)),
    )
}

/// The rows below and above the anchors of the pack, if it gives any.
fn between(grid: &Grid, locate: &Locate) -> Result<Option<Area>, WhyAbsent> {
    if locate.after.is_none() && locate.before.is_none() {
        return Ok(None);
    }
    let first = match &locate.after {
        Some(after) => anchor(grid, after, Anchor::After)?.row + 1,
        None => 0,
    };
    let last = match &locate.before {
        Some(before) => {
            let below = Area::new(Position::new(first, 0), Position::LAST);
            // Below an anchor the first one ends the table, so that it need not be the only one.
            let one = if locate.after.is_some() { Anchor::NextBefore } else { Anchor::Before };
            anchor(&grid.cut(below), before, one)?.row.checked_sub(1)
        }
        None => Some(Position::LAST.row),
    };
    let nothing = Area::new(Position::LAST, Position::LAST);
    let area = |last| Area::new(Position::new(first, 0), Position::new(last, Position::LAST.column));
    Ok(Some(last.filter(|last| *last >= first).map_or(nothing, area)))
}

/// What an anchor is for.
#[derive(Clone, Copy, PartialEq)]
enum Anchor {
    After,
    Before,
    NextBefore,
}

/// The one cell whose text matches; of several in one row, the first.
fn anchor(grid: &Grid, pattern: &LabelPattern, anchor: Anchor) -> Result<Position, WhyAbsent> {
    let what = || format!("the text “{}”", pattern.text());
    let texts = || {
        grid.cells()
            .filter(|(_, cell)| cell.is_filled())
            .map(|(position, cell)| (position, on_one_line(&cell.raw.shown())))
    };
    let mut matching: Vec<Heading> = Vec::new();
    for (position, text) in texts().filter(|(_, text)| pattern.is_match(text)) {
        let is_in_row = matching.last().is_some_and(|last| last.position.row == position.row);
        if !is_in_row && matching.len() < MOST_COMPARED {
            matching.push(Heading { position, text: text.into() });
        }
        if anchor == Anchor::NextBefore {
            break;
        }
    }
    match matching.as_slice() {
        [only] => Ok(only.position),
        [] => {
            let texts: Vec<(Position, String)> =
                texts().filter(|(_, text)| text.len() <= LONGEST_COMPARED).take(MOST_COMPARED).collect();
            let likely = likely_match(pattern.text(), texts.iter().map(|(_, text)| text.as_str()));
            let near = texts.iter().filter(|(_, text)| Some(text.as_str()) == likely);
            let near = near.map(|(position, text)| Heading { position: *position, text: text.as_str().into() });
            Err(not_located(what(), near.collect()))
        }
        [first, second, ..] => {
            let (first, second) = (first.position.row, second.position.row);
            // As Excel counts rows. The first one alone lies in these.
            let rows = match anchor {
                Anchor::After => format!("{}:{second}", first + 1),
                Anchor::Before | Anchor::NextBefore => format!("1:{}", first + 1),
            };
            Err(WhyAbsent::Ambiguous(Ambiguity {
                what: what(),
                candidates: matching,
                add: format!("locate: {{range: '{rows}'}}"),
            }))
        }
    }
}

/// Cuts a region to the table that is meant, of several with the same headings: the one that the pack counts out, or the first
/// below an anchor.
fn choose(region: &mut Region<'_>, schema: &TableSchema) -> Result<(), WhyAbsent> {
    let locate = &schema.crosscast.locate;
    if locate.nth.is_none() && locate.after.is_none() {
        return Ok(());
    }
    let mut candidates = headings::find(region, schema).candidates;
    if schema.crosscast.rows.repeated_headings {
        let mut kept: Vec<Candidate> = Vec::new();
        for candidate in candidates {
            if !kept.last().is_some_and(|last| headings::is_again(last, &candidate)) {
                kept.push(candidate);
            }
        }
        candidates = kept;
    }
    let area = match locate.nth {
        Some(nth) => {
            let index = usize::try_from(nth.get() - 1).unwrap_or(usize::MAX);
            let Some(chosen) = candidates.get(index) else {
                if candidates.is_empty() {
                    return Ok(());
                }
                let near = candidates.iter().filter_map(Candidate::first_heading).collect();
                return Err(not_located(format!("table {nth} with the headings of {}", schema.called()), near));
            };
            Area::new(
                Position::new(chosen.headings.first_row, first_column(chosen, &candidates)),
                Position::new(last_row(chosen, &candidates), last_column(chosen, &candidates)),
            )
        }
        None => {
            let Some(first) = candidates.first() else { return Ok(()) };
            Area::new(Position::new(0, 0), Position::new(last_row(first, &candidates), Position::LAST.column))
        }
    };
    cut(region, area);
    Ok(())
}

/// The row above the next table in the same columns.
fn last_row(chosen: &Candidate, candidates: &[Candidate]) -> u32 {
    let below =
        candidates.iter().filter(|other| other.headings.first_row > chosen.headings.row && other.overlaps(chosen));
    below.map(|other| other.headings.first_row - 1).min().unwrap_or(Position::LAST.row)
}

/// The column behind the table to the left.
fn first_column(chosen: &Candidate, candidates: &[Candidate]) -> u32 {
    let (first, _) = chosen.columns();
    let left = candidates.iter().filter(|other| other.columns().1 < first).max_by_key(|other| other.columns().1);
    left.map_or(0, |left| parting(left, chosen))
}

/// The column before the table to the right.
fn last_column(chosen: &Candidate, candidates: &[Candidate]) -> u32 {
    let (_, last) = chosen.columns();
    let right = candidates.iter().filter(|other| other.columns().0 > last).min_by_key(|other| other.columns().0);
    right.map_or(Position::LAST.column, |right| parting(chosen, right) - 1)
}

/// Where the right one of two tables that stand side by side begins: behind the first column without a heading between them,
/// else with the first heading that the schema knows.
fn parting(left: &Candidate, right: &Candidate) -> u32 {
    let ((_, last), (first, _)) = (left.columns(), right.columns());
    let is_headed = |column: u32| left.headings.is_headed(column) || right.headings.is_headed(column);
    (last + 1..first).find(|column| !is_headed(*column)).map_or(first, |gap| gap + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges() {
        for (text, area) in [
            ("B5:H40", "B5:H40"),
            ("$B$5:$H$40", "B5:H40"),
            ("b5", "B5"),
            ("B:H", "B1:H1048576"),
            ("5:40", "A5:XFD40"),
            ("C:C", "C1:C1048576"),
        ] {
            assert_eq!(area_of(text).unwrap().to_string(), area);
        }
        for text in ["", "B", "5", "B5:", "H40:B5", "B:5", "5:B", "Sheet!B5", "B5:H40,J1", "#REF!", "0:4"] {
            assert_eq!(area_of(text), None, "{text}");
        }
    }

    #[test]
    fn references() {
        let on = |text: &str, sheet: &str| referred(text, sheet).map(|area| area.to_string());
        assert_eq!(on("Spend!$A$3:$C$9", "Spend").as_deref(), Some("A3:C9"));
        assert_eq!(on("='Officers'' spend'!$A$3", "Officers' spend").as_deref(), Some("A3"));
        assert_eq!(on("Spend!$A$3:$C$9", "Other"), None);
        assert_eq!(on("Spend!$A$3:$C$9,Spend!$E$3:$F$9", "Spend"), None);
        assert_eq!(on("OFFSET(Spend!$A$3,0,0)", "Spend"), None);
        assert_eq!(on("#REF!", "Spend"), None);
    }
}
