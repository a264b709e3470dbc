//! Which field of a schema a heading is of.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::across;
use super::footnotes;
use super::heading_paths::Path;
use super::place::Given;
use crate::model::{name_key, on_one_line};
use crate::schema::{Across, Layout, Strip, TableSchema};

/// How the fields of a schema are known by their headings.
pub(super) struct FieldHeadings<'s> {
    schema: &'s TableSchema,
    /// By the keys of titles and aliases.
    by_text: BTreeMap<String, usize>,
    /// By the keys of the headings from the top down.
    by_path: Vec<(usize, Vec<String>)>,
    /// Those that have a pattern.
    by_pattern: Vec<usize>,
    /// Of each field, whether it needs a column.
    needs_column: Vec<bool>,
}

/// A column with headings, and what they say.
pub(super) struct Claim {
    /// Zero-based column.
    pub column: u32,
    /// The field that its headings name.
    pub field: Option<usize>,
    /// Whether the headings that go across begin there.
    pub begins_across: bool,
}

impl<'s> FieldHeadings<'s> {
    /// The fields of a schema. Those that are given, and those that go across, have no column; those whose values stand in
    /// sections may have one.
    pub fn of(schema: &'s TableSchema, given: &[Given]) -> Self {
        let is_elsewhere = |index: usize| is_given(schema, given, index);
        let needs_column = |index: usize| !is_elsewhere(index) && !is_in_sections(schema, index);
        let needs_column: Vec<bool> = (0..schema.fields.len()).map(needs_column).collect();
        let (mut by_text, mut by_path, mut by_pattern) = (BTreeMap::new(), Vec::new(), Vec::new());
        for (index, field) in schema.fields.iter().enumerate().filter(|(index, _)| !is_elsewhere(*index)) {
            if !field.crosscast.path.is_empty() {
                by_path.push((index, field.crosscast.path.iter().map(|part| name_key(part)).collect()));
            } else if field.crosscast.heading.is_some() {
                by_pattern.push(index);
            } else {
                for heading in field.headings() {
                    by_text.entry(name_key(heading)).or_insert(index);
                }
            }
        }
        if schema.crosscast.headings.strip == Some(Strip::Footnotes) {
            // A title may end in what looks like a mark.
            let texts =
                schema.fields.iter().enumerate().flat_map(|(index, field)| field.headings().map(move |it| (index, it)));
            for (index, heading) in texts {
                let stripped = name_key(&footnotes::stripped(heading));
                if by_text.get(&name_key(heading)) == Some(&index) {
                    by_text.entry(stripped).or_insert(index);
                }
            }
        }
        Self { schema, by_text, by_path, by_pattern, needs_column }
    }

    /// The field of a column by its path: one whose own path it ends, else one of that title or alias, else one whose pattern
    /// matches. Titles, aliases and patterns are held against the lowest heading, and against all of them joined.
    pub fn field(&self, path: &Path) -> Option<usize> {
        let lowest = path.last()?.1.clone();
        if !self.by_path.is_empty() {
            let keys: Vec<String> = path.iter().map(|(_, text)| name_key(text)).collect();
            if let Some((index, _)) = self.by_path.iter().find(|(_, wanted)| is_end_of(wanted, &keys)) {
                return Some(*index);
            }
        }
        let joined = || path.iter().map(|(_, text)| &**text).collect::<Vec<_>>().join(" ");
        let joined = if path.len() > 1 { Some(joined()) } else { None };
        let by_text = |text: &str| self.by_text.get(&name_key(text)).copied();
        let by_pattern = |text: &str| {
            let text = on_one_line(text);
            let is_match = |index: &usize| {
                let heading = self.schema.fields.get(*index).and_then(|field| field.crosscast.heading.as_ref());
                heading.is_some_and(|heading| heading.is_match(&text))
            };
            self.by_pattern.iter().copied().find(is_match)
        };
        by_text(&lowest)
            .or_else(|| joined.as_deref().and_then(by_text))
            .or_else(|| by_pattern(&lowest).filter(|_| !self.by_pattern.is_empty()))
            .or_else(|| joined.as_deref().and_then(by_pattern))
    }

    /// Whether a path is, from its first part to its last, the one that the field asks for.
    pub fn is_whole_path(&self, field: usize, path: &Path) -> bool {
        let wanted = self.by_path.iter().find(|(index, _)| *index == field);
        wanted.is_some_and(|(_, wanted)| {
            wanted.iter().eq(path.iter().map(|(_, text)| name_key(text)).collect::<Vec<_>>().iter())
        })
    }

    /// What the headings of columns say, from left to right.
    pub fn claims(&self, paths: &BTreeMap<u32, Path>) -> Vec<Claim> {
        let claim = |(column, path): (&u32, &Path)| {
            let from = self.across().map(|across| &across.from);
            let begins_across = from.is_some_and(|from| path.iter().any(|(_, text)| across::says(text, from)));
            Claim { column: *column, field: self.field(path), begins_across }
        };
        paths.iter().map(claim).collect()
    }

    fn across(&self) -> Option<&Across> {
        let across = self.schema.crosscast.across.as_ref();
        across.filter(|_| self.schema.layout_of_records() == Layout::Crosstab)
    }

    /// The columns of tables that stand side by side with the same headings: it is so where each has every heading that must
    /// be there. Else all columns are of one table.
    pub fn side_by_side(&self, claims: &[Claim]) -> Vec<Range<usize>> {
        let whole = || std::iter::once(0..claims.len()).collect();
        let (mut tables, mut begun, mut seen, mut last) = (Vec::new(), 0, Seen::default(), 0);
        for (at, claim) in claims.iter().enumerate() {
            if claim.field.is_some_and(|field| seen.fields.contains(&field)) {
                if !self.is_whole(&seen) {
                    return whole();
                }
                // Where a column without a heading stands between the two, they part there.
                let parts = |index: &usize| claims[*index].column > claims[*index - 1].column + 1;
                let next = (last + 1..=at).find(parts).unwrap_or(at);
                tables.push(begun..next);
                (begun, seen) = (next, Seen::default());
            }
            seen.take(claim);
            if claim.field.is_some() {
                last = at;
            }
        }
        if tables.is_empty() || !self.is_whole(&seen) {
            return whole();
        }
        tables.push(begun..claims.len());
        tables
    }

    /// Whether a table has every heading that must be there, and more than a lone one.
    fn is_whole(&self, seen: &Seen) -> bool {
        self.musts().all(|index| seen.fields.contains(&index))
            && self.count(seen.fields.len(), seen.begins_across) > 1
            && seen.begins_across == self.across().is_some()
    }

    /// The fields that must have a column.
    pub fn musts(&self) -> impl Iterator<Item = usize> {
        let fields = self.schema.fields.iter().enumerate();
        fields.filter(|(index, field)| !field.crosscast.optional && self.needs_column[*index]).map(|(index, _)| index)
    }

    /// How many headings were found: those of fields, and the first that goes across.
    pub fn count(&self, fields: usize, begins_across: bool) -> usize {
        fields + usize::from(begins_across)
    }

    /// Whether enough was found for a table: half of the fields that must be there, two headings of all, and of a crosstab the
    /// first heading that goes across.
    pub fn is_enough(&self, is_found: impl Fn(usize) -> bool, begins_across: bool) -> bool {
        let (wanted, there) = (self.musts().count(), self.musts().filter(|index| is_found(*index)).count());
        let own = self.needs_column.iter().filter(|needs| **needs).count();
        let all = (0..self.schema.fields.len()).filter(|index| is_found(*index)).count();
        let is_crosstab = self.across().is_some();
        let least = (own + usize::from(is_crosstab)).clamp(1, 2);
        there * 2 >= wanted && self.count(all, begins_across) >= least && begins_across == is_crosstab
    }

    /// The headings that must be there and are not.
    pub fn missing(&self, is_found: impl Fn(usize) -> bool, begins_across: bool) -> Vec<String> {
        let missing = self.musts().filter(|index| !is_found(*index));
        let mut missing: Vec<String> = missing.map(|index| self.called(index)).collect();
        missing.extend(self.across().filter(|_| !begins_across).map(|across| across.from.text().to_owned()));
        missing
    }

    fn called(&self, index: usize) -> String {
        let Some(field) = self.schema.fields.get(index) else { return String::new() };
        if field.crosscast.path.is_empty() { field.heading().to_owned() } else { field.crosscast.path.join(" > ") }
    }
}

/// What was found of a table so far.
#[derive(Default)]
struct Seen {
    fields: BTreeSet<usize>,
    begins_across: bool,
}

impl Seen {
    fn take(&mut self, claim: &Claim) {
        self.fields.extend(claim.field);
        self.begins_across |= claim.begins_across;
    }
}

/// Whether a field's values stand elsewhere than in a column: around the table, or in its headings that go across.
fn is_given(schema: &TableSchema, given: &[Given], index: usize) -> bool {
    let name = schema.fields.get(index).map_or("", |field| &field.name);
    let goes_across = |across: &Across| across.value == name || across.into.iter().any(|field| field == name);
    given.iter().any(|given| given.field == index) || schema.crosscast.across.as_ref().is_some_and(goes_across)
}

/// Whether a field takes its values from the rows of sections.
fn is_in_sections(schema: &TableSchema, index: usize) -> bool {
    let name = schema.fields.get(index).map_or("", |field| &field.name);
    schema.crosscast.rows.sections.iter().any(|section| section.field == name)
}

/// Whether the wanted parts are among the others in their order, and the last of both is the same.
fn is_end_of(wanted: &[String], parts: &[String]) -> bool {
    let mut rest = parts.iter();
    wanted.last() == parts.last() && wanted.iter().all(|part| rest.any(|other| other == part))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_a_path() {
        let parts = |text: &str| text.split(" > ").map(str::to_owned).collect::<Vec<_>>();
        let is_end = |wanted: &str, path: &str| is_end_of(&parts(wanted), &parts(path));
        assert!(is_end("forecast > april", "2022-23 > forecast > april"));
        assert!(is_end("2022-23 > april", "2022-23 > forecast > april"), "parts between may be left out");
        assert!(is_end("april", "april"));
        assert!(!is_end("forecast > april", "2022-23 > forecast > april > £"), "the last is the last");
        assert!(!is_end("forecast > 2022-23 > april", "2022-23 > forecast > april"), "in their order");
        assert!(!is_end("forecast > april", "april"));
        assert!(!is_end("april > april", "april"), "twice is not once");
    }
}
