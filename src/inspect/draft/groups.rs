//! What is one table in many sheets and workbooks: found by its headings.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::super::blocks::{LikelyTable, likely_tables};
use super::Source;
use super::form::{FormShape, form};
use super::names::{escaped, snake_case};
use super::period::{PeriodKind, period_of};
use super::shape::{Shape, shape};
use crate::model::{Area, ColumnSeen, Grid, Sheet, name_key};

/// Two tables on sheets of one name are one when they share so many of their headings, in hundredths.
const SHARED: usize = 60;

/// A table of one sheet.
#[derive(Debug, Clone)]
#[expect(clippy::large_enum_variant, reason = "there are few of them, and most are of the larger kind")]
pub(super) enum Found {
    /// A table of rows.
    Rows(Shape),
    /// A form.
    Form(FormShape),
}

impl Found {
    /// What tells the table from others, heading by heading.
    fn keys(&self) -> Vec<String> {
        match self {
            Self::Rows(shape) => shape.columns.iter().map(super::shape::Headed::key).collect(),
            Self::Form(form) => form.labels.iter().map(super::form::Labelled::key).collect(),
        }
    }

    /// Its cells.
    pub fn area(&self) -> Area {
        match self {
            Self::Rows(shape) => shape.area,
            Self::Form(form) => form.area,
        }
    }
}

/// A table of one sheet, and the sheet.
#[derive(Debug, Clone)]
pub(super) struct Sample<'a> {
    /// The workbook's place among those given.
    pub source: usize,
    /// What messages call the workbook.
    pub shown: &'a str,
    /// The sheet.
    pub sheet: &'a Arc<str>,
    /// Its cells.
    pub grid: &'a Grid,
    /// The table.
    pub found: Found,
}

/// Texts of which each names one of the things that are alike: sheets, or blocks.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Family {
    /// The pattern of all of them.
    pub pattern: String,
    /// The field that takes what tells them apart.
    pub field: String,
    /// The kind of period that this is, if it is one.
    pub period: Option<PeriodKind>,
}

/// How tables that are one lie on a sheet.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Arrangement {
    /// There is one.
    Alone,
    /// There are several, each below a text of its own.
    Blocks(Family),
    /// There are several, and this is one of them, counted from 1.
    Nth(u32),
}

/// A table as the pack will have it.
#[derive(Debug, Clone)]
pub(super) struct Group<'a> {
    /// Its kind of workbooks, by place.
    pub kind: usize,
    /// The tables that are one.
    pub samples: Vec<Sample<'a>>,
    /// How they lie on a sheet.
    pub arrangement: Arrangement,
    /// The sheets, where they are several of a family; else the one of the first sample.
    pub sheets: Option<Family>,
}

/// The tables of workbooks of one kind; `members` are their places among all.
pub(super) fn groups<'a>(kind: usize, members: &[usize], sources: &[Source<'a>]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut sheet_names: BTreeSet<&str> = BTreeSet::new();
    for index in members {
        let Some(source) = sources.get(*index) else { continue };
        sheet_names.extend(source.sheets.iter().map(|sheet| &*sheet.name));
        for sheet in source.sheets.iter().filter(|sheet| !sheet.is_hidden()) {
            let Some(grid) = &sheet.grid else { continue };
            let sample = |found| Sample { source: *index, shown: source.shown, sheet: &sheet.name, grid, found };
            for (arrangement, found) in arranged(found_on(sheet, grid)) {
                let samples = found.into_iter().map(sample).collect();
                take(&mut groups, Group { kind, samples, arrangement, sheets: None });
            }
        }
    }
    join_sheets(groups, &sheet_names)
}

/// The tables of a sheet, from the top down, the form last.
fn found_on(sheet: &Sheet, grid: &Grid) -> Vec<Found> {
    let merged = sheet.layout.as_ref().map_or(&[][..], |layout| &layout.merged);
    let likely: Vec<LikelyTable> = likely_tables(grid).into_iter().filter(|seen| !is_labels(seen, grid)).collect();
    let areas: Vec<Area> = likely.iter().map(|seen| seen.area).collect();
    let others = |index: usize| -> Vec<Area> {
        areas.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, area)| *area).collect()
    };
    let shapes = likely.iter().enumerate().filter_map(|(index, seen)| shape(grid, merged, seen, &others(index)));
    let mut shapes: Vec<Shape> = shapes.collect();
    // A block that was taken in by the table above it is none of its own.
    let mut kept: Vec<Shape> = Vec::new();
    for shape in shapes.drain(..) {
        if !kept.iter().any(|before: &Shape| before.area.overlaps(shape.area)) {
            kept.push(shape);
        }
    }
    let areas: Vec<Area> = kept.iter().map(|shape| shape.area).collect();
    let form = form(grid, &areas).map(Found::Form);
    kept.into_iter().map(Found::Rows).chain(form).collect()
}

/// Whether what was seen as a table of two columns is labels with their values.
fn is_labels(seen: &LikelyTable, grid: &Grid) -> bool {
    let [(labels, label_tally), (_, value_tally)] = seen.columns.as_slice() else { return false };
    let texts: Vec<String> = grid
        .within(Area::new(
            crate::model::Position::new(seen.area.first.row, *labels),
            crate::model::Position::new(seen.area.last.row, *labels),
        ))
        .map(|(_, cell)| cell.raw.shown().trim().to_owned())
        .filter(|text| !text.is_empty())
        .collect();
    let with_colon = texts.iter().filter(|text| text.ends_with(':')).count();
    let is_mixture = value_tally.kinds.len() > 1 && value_tally.seen() == ColumnSeen::Text && value_tally.has_figures();
    label_tally.seen() == ColumnSeen::Text && (with_colon * 2 >= texts.len() || is_mixture) && seen.total.is_none()
}

/// Brings tables of a sheet with the same headings together: blocks where each has a text of its own above it, else each by
/// its number.
fn arranged(found: Vec<Found>) -> Vec<(Arrangement, Vec<Found>)> {
    let mut alike: Vec<Vec<Found>> = Vec::new();
    for one in found {
        match alike.iter_mut().find(|others| others[0].keys() == one.keys()) {
            Some(others) => others.push(one),
            None => alike.push(vec![one]),
        }
    }
    let mut arranged = Vec::new();
    for tables in alike {
        if tables.len() == 1 {
            arranged.push((Arrangement::Alone, tables));
            continue;
        }
        match blocks(&tables) {
            Some(family) => arranged.push((Arrangement::Blocks(family), tables)),
            None => arranged.extend((1..).zip(tables).map(|(number, table)| (Arrangement::Nth(number), vec![table]))),
        }
    }
    arranged
}

/// The family of the titles of tables; none where not each has one of its own.
fn blocks(tables: &[Found]) -> Option<Family> {
    let titles: Vec<&str> = tables
        .iter()
        .map(|table| match table {
            Found::Rows(shape) => shape.title.as_ref().map(|(_, text)| text.as_str()),
            Found::Form(_) => None,
        })
        .collect::<Option<_>>()?;
    family(&titles, &BTreeSet::new(), "block")
}

/// Adds tables to those of the same sheet and arrangement that share their headings.
fn take<'a>(groups: &mut Vec<Group<'a>>, new: Group<'a>) {
    let is_same = |group: &&mut Group<'a>| {
        let (Some(known), Some(other)) = (group.samples.first(), new.samples.first()) else { return false };
        let arranged = match (&group.arrangement, &new.arrangement) {
            (Arrangement::Blocks(_), Arrangement::Blocks(_)) => true,
            (one, other) => one == other,
        };
        name_key(known.sheet) == name_key(other.sheet) && arranged && shares(&known.found, &other.found)
    };
    match groups.iter_mut().find(is_same) {
        Some(group) => group.samples.extend(new.samples),
        None => groups.push(new),
    }
}

/// Whether two tables share most of their headings.
fn shares(one: &Found, other: &Found) -> bool {
    if matches!(one, Found::Form(_)) != matches!(other, Found::Form(_)) {
        return false;
    }
    let (one, other): (BTreeSet<String>, BTreeSet<String>) =
        (one.keys().into_iter().collect(), other.keys().into_iter().collect());
    let both = one.intersection(&other).count();
    both * 100 >= one.union(&other).count() * SHARED
}

/// Makes one of tables with the same headings on sheets of a family.
fn join_sheets<'a>(groups: Vec<Group<'a>>, sheet_names: &BTreeSet<&str>) -> Vec<Group<'a>> {
    let mut joined: Vec<Vec<Group<'a>>> = Vec::new();
    for group in groups {
        let is_alike = |others: &&mut Vec<Group<'a>>| {
            others[0].arrangement == Arrangement::Alone
                && group.arrangement == Arrangement::Alone
                && others[0].samples[0].found.keys() == group.samples[0].found.keys()
        };
        match joined.iter_mut().find(is_alike) {
            Some(others) => others.push(group),
            None => joined.push(vec![group]),
        }
    }
    let mut all = Vec::new();
    for mut groups in joined {
        let names: Vec<&str> = groups.iter().map(|group| &**group.samples[0].sheet).collect();
        let others: BTreeSet<&str> = sheet_names.iter().copied().filter(|name| !names.contains(name)).collect();
        match (groups.len() > 1).then(|| family(&names, &others, "sheet")).flatten() {
            Some(family) => {
                let mut first = groups.remove(0);
                first.samples.extend(groups.into_iter().flat_map(|group| group.samples));
                first.sheets = Some(family);
                all.push(first);
            }
            None => all.extend(groups),
        }
    }
    all
}

/// The family of texts that name things which are alike; `others` must not match. None where two are the same.
fn family(texts: &[&str], others: &BTreeSet<&str>, otherwise: &str) -> Option<Family> {
    let keys: BTreeSet<String> = texts.iter().map(|text| name_key(text)).collect();
    if keys.len() < texts.len() {
        return None;
    }
    let (prefix, suffix) = common(texts);
    let varying: Vec<&str> = texts.iter().map(|text| &text[prefix.len()..text.len() - suffix.len()]).collect();
    let period = varying.first().and_then(|text| period_of(text));
    let period = period.filter(|kind| varying.iter().all(|text| period_of(text) == Some(*kind)));
    let catch = |field: &str, inner: &str| format!("{}(?P<{field}>{inner}){}", escaped(prefix), escaped(suffix));
    let candidate = match period {
        Some(kind) => Some((kind.name().to_owned(), kind.pattern(varying[0]))),
        None if !prefix.trim().is_empty() => {
            let word = prefix.split(|sign: char| !sign.is_alphabetic()).rfind(|word| !word.is_empty());
            Some((word.map(snake_case).unwrap_or_default(), ".+".to_owned()))
        }
        None => None,
    };
    let fits = |pattern: &str| {
        let pattern = crate::schema::LabelPattern::new(pattern).ok();
        pattern.is_some_and(|pattern| !others.iter().any(|other| pattern.is_match(other)))
    };
    if let Some((field, inner)) = candidate {
        let field = if field.is_empty() { otherwise.to_owned() } else { field };
        let pattern = catch(&field, &inner);
        if fits(&pattern) {
            return Some(Family { pattern, field, period });
        }
    }
    let each: Vec<String> = texts.iter().map(|text| escaped(text)).collect();
    Some(Family { pattern: format!("(?P<{otherwise}>{})", each.join("|")), field: otherwise.to_owned(), period: None })
}

/// What texts have in common at their beginning and at their end, cut at the words.
fn common<'t>(texts: &[&'t str]) -> (&'t str, &'t str) {
    let Some(first) = texts.first() else { return ("", "") };
    let is_common = |of: &dyn Fn(&str) -> bool| texts.iter().all(|text| of(text));
    let cuts: Vec<usize> = first.char_indices().filter(|(_, sign)| *sign == ' ').map(|(at, _)| at).collect();
    let prefix = cuts.iter().rev().map(|at| &first[..=*at]).find(|begin| is_common(&|text| text.starts_with(begin)));
    let suffix = cuts.iter().map(|at| &first[*at..]).find(|end| is_common(&|text| text.ends_with(end)));
    let (prefix, suffix) = (prefix.unwrap_or_default(), suffix.unwrap_or_default());
    let has_room = texts.iter().all(|text| text.len() > prefix.len() + suffix.len());
    if has_room { (prefix, suffix) } else { (prefix, "") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_a_family() {
        let of = |texts: &[&str], others: &[&str]| {
            family(texts, &others.iter().copied().collect(), "sheet").map(|family| (family.pattern, family.field))
        };
        let told = |pattern: &str, field: &str| Some((pattern.to_owned(), field.to_owned()));
        assert_eq!(of(&["Ward North", "Ward South"], &[]), told("Ward (?P<ward>.+)", "ward"));
        assert_eq!(
            of(&["Ward North", "Ward South"], &["Ward list"]),
            told("(?P<sheet>Ward North|Ward South)", "sheet")
        );
        assert_eq!(of(&["North", "South"], &[]), told("(?P<sheet>North|South)", "sheet"));
        assert_eq!(of(&["2021-22", "2022-23"], &[]), told(r"(?P<financial_year>\d{4}-\d{2})", "financial_year"));
        assert_eq!(of(&["North", "north"], &[]), None);
    }
}
