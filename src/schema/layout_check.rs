//! Mistakes in the words of layouts: names that are no field, words that do not go with the layout or with each other, and
//! cells that are none. What reads a sheet can then trust them.

use super::layout::{Across, LabelPattern, Layout, Steps, Treatment, ValuePlace};
use super::table::Inconsistency;
use super::{Field, TableSchema};
use crate::model::Position;

/// A mistake that is not about a name.
fn fault(path: impl Into<String>, name: &str, what: impl Into<String>) -> Inconsistency {
    Inconsistency { path: path.into(), name: name.to_owned(), what: what.into(), allowed: Vec::new() }
}

/// How a layout is called in the pack.
fn word(layout: Layout) -> &'static str {
    match layout {
        Layout::Rows => "rows",
        Layout::Form => "form",
        Layout::Crosstab => "crosstab",
        Layout::Blocks => "blocks",
    }
}

impl TableSchema {
    /// What of the words of layouts does not fit the rest of the table.
    pub(super) fn faults_of_layout(&self) -> Vec<Inconsistency> {
        let mut wrong = self.words_of_other_layouts();
        wrong.extend(self.names_that_are_no_field());
        wrong.extend(self.groups_that_are_no_field());
        wrong.extend(self.faults_of_place());
        wrong.extend(self.faults_of_rows());
        wrong.extend(self.crosscast.across.iter().flat_map(|across| self.faults_of_across(across)));
        wrong.extend(self.fields.iter().enumerate().flat_map(|(index, field)| self.faults_of_field(index, field)));
        wrong
    }

    /// The groups of a pattern that are no field of the table, so that what they catch would be lost.
    pub(super) fn lost_groups(&self, pattern: &LabelPattern, path: &str) -> Vec<Inconsistency> {
        let lost = pattern.groups().filter(|group| self.field(group).is_none());
        let mistake = |group: &str| Inconsistency {
            path: path.to_owned(),
            name: group.to_owned(),
            what: format!(
                "the group {group} of the pattern is not a field of this table, so what it catches would be lost"
            ),
            allowed: self.names(),
        };
        lost.map(mistake).collect()
    }

    fn names(&self) -> Vec<String> {
        self.fields.iter().map(|field| field.name.clone()).collect()
    }

    /// `across`, `blocks` and `form` go with one layout each, and the first two must be given with it.
    fn words_of_other_layouts(&self) -> Vec<Inconsistency> {
        let options = &self.crosscast;
        let records = self.layout_of_records();
        let laid_out = word(records);
        let mut wrong = Vec::new();
        if let Some(blocks) = &options.blocks {
            if options.layout != Layout::Blocks {
                let what = format!(
                    "blocks is only for the layout blocks, and the layout of this table is {}: write layout: blocks, or \
                     take blocks away",
                    word(options.layout)
                );
                wrong.push(fault("crosscast.blocks", "blocks", what));
            } else if blocks.layout == Layout::Blocks {
                wrong.push(Inconsistency {
                    allowed: ["rows", "form", "crosstab"].map(str::to_owned).to_vec(),
                    ..fault("crosscast.blocks.layout", "blocks", "blocks cannot be made of blocks")
                });
                // What is said of the layout below would only follow from that.
                return wrong;
            }
        } else if options.layout == Layout::Blocks {
            let what =
                "the layout blocks needs the key blocks, with start: the pattern of the line that begins each block";
            wrong.push(fault("crosscast.layout", "blocks", what));
            return wrong;
        }
        match &options.across {
            Some(_) if records != Layout::Crosstab => {
                let what = format!(
                    "across is only for a crosstab, and the layout of this table is {laid_out}: write layout: crosstab, or \
                     take across away"
                );
                wrong.push(fault("crosscast.across", "across", what));
            }
            None if records == Layout::Crosstab => {
                let path = if options.blocks.is_some() { "crosscast.blocks.layout" } else { "crosscast.layout" };
                let what = "a crosstab needs the key across, which says what goes across: from, into and value";
                wrong.push(fault(path, "crosstab", what));
            }
            _ => {}
        }
        if (options.form.value.is_some() || !options.form.ignore.is_empty()) && records != Layout::Form {
            let what = format!("form is only for a form, and the layout of this table is {laid_out}");
            wrong.push(fault("crosscast.form", "form", what));
        }
        wrong
    }

    /// Names of fields that are not there.
    fn names_that_are_no_field(&self) -> Vec<Inconsistency> {
        let rows = &self.crosscast.rows;
        let mut named: Vec<(String, &String)> = Vec::new();
        let sections = rows.sections.iter().enumerate();
        named.extend(
            sections.map(|(index, section)| (format!("crosscast.rows.sections[{index}].field"), &section.field)),
        );
        let lists = [("fill_down", &rows.fill_down), ("require", &rows.require)];
        for (list, names) in lists {
            let names = names.iter().enumerate();
            named.extend(names.map(|(index, name)| (format!("crosscast.rows.{list}[{index}]"), name)));
        }
        if let Some(across) = &self.crosscast.across {
            let into = across.into.iter().enumerate();
            named.extend(into.map(|(index, name)| (format!("crosscast.across.into[{index}]"), name)));
            named.push(("crosscast.across.value".to_owned(), &across.value));
        }
        let unknown = named.into_iter().filter(|(_, name)| self.field(name).is_none());
        let mistake = |(path, name): (String, &String)| Inconsistency {
            allowed: self.names(),
            ..fault(path, name, format!("{name} is not a field of this table"))
        };
        unknown.map(mistake).collect()
    }

    /// What a group of a pattern catches is the value of the field of its name.
    fn groups_that_are_no_field(&self) -> Vec<Inconsistency> {
        let start = self.crosscast.blocks.iter().map(|blocks| &blocks.start);
        let mut wrong: Vec<Inconsistency> =
            start.flat_map(|start| self.lost_groups(start, "crosscast.blocks.start")).collect();
        for (index, section) in self.crosscast.rows.sections.iter().enumerate() {
            let groups = section.pattern.iter().flat_map(|pattern| pattern.groups());
            for group in groups.filter(|group| *group != section.field) {
                let what = format!(
                    "the group {group} of the pattern is not the field of the section, {}, so what it catches would be lost",
                    section.field
                );
                wrong.push(Inconsistency {
                    allowed: vec![section.field.clone()],
                    ..fault(format!("crosscast.rows.sections[{index}].match"), group, what)
                });
            }
        }
        wrong
    }

    /// Where on its sheet the table is looked for.
    fn faults_of_place(&self) -> Vec<Inconsistency> {
        let locate = &self.crosscast.locate;
        let mut wrong = Vec::new();
        let places = [("name", &locate.name), ("table", &locate.table), ("range", &locate.range)];
        let given: Vec<&str> = places.into_iter().filter(|(_, given)| given.is_some()).map(|(key, _)| key).collect();
        if given.len() > 1 {
            let what = format!("{} each say in which cells the table stands: give one of them", given.join(" and "));
            wrong.push(fault(format!("crosscast.locate.{}", given[1]), given[1], what));
        }
        if let Some(range) = locate.range.as_deref().filter(|range| !is_range(range)) {
            let what = format!("{range} is not a range of cells: write it as B5:H40, or B:H for whole columns");
            wrong.push(fault("crosscast.locate.range", range, what));
        }
        if locate.nth.is_some() && self.crosscast.layout == Layout::Blocks {
            let what = "nth chooses one of several tables, and of blocks all are read: take nth away";
            wrong.push(fault("crosscast.locate.nth", "nth", what));
        }
        wrong
    }

    /// What the rows are.
    fn faults_of_rows(&self) -> Vec<Inconsistency> {
        let rows = &self.crosscast.rows;
        let mut wrong = Vec::new();
        if let (Some(totals), Some(subtotals)) = (&rows.totals, &rows.subtotals)
            && totals.pattern == subtotals.pattern
        {
            let what =
                "totals and subtotals have the same pattern, so that no row could be told to be the one or the other";
            wrong.push(fault("crosscast.rows.subtotals.match", "subtotals", what));
        }
        if rows.end.as_ref().is_some_and(|end| end.pattern.is_none() && end.blank_rows.is_none()) {
            let what =
                "end says neither what stands where the table ends (match) nor how many empty rows end it (blank_rows)";
            wrong.push(fault("crosscast.rows.end", "end", what));
        }
        if self.crosscast.form.value.is_some_and(is_label_itself) {
            wrong.push(fault("crosscast.form.value", "value", LABEL_ITSELF));
        }
        wrong
    }

    /// What goes across.
    fn faults_of_across(&self, across: &Across) -> Vec<Inconsistency> {
        let heading_rows = self.crosscast.headings.rows.get() as usize;
        let mut wrong = Vec::new();
        if across.into.is_empty() {
            let what = "into is empty: name the field that takes the headings, or one for each heading row";
            wrong.push(fault("crosscast.across.into", "into", what));
        } else if across.into.len() > heading_rows {
            let what = format!(
                "into names {} fields, and the headings of this table stand on {}: each heading row gives one field (see \
                 headings: rows)",
                across.into.len(),
                row_or_rows(heading_rows)
            );
            wrong.push(fault("crosscast.across.into", "into", what));
        }
        let earlier = |index: usize| across.into[..index].iter().chain([&across.value]);
        for (index, name) in
            across.into.iter().enumerate().filter(|(index, name)| earlier(*index).any(|one| one == *name))
        {
            let what =
                format!("{name} would take the headings and another value as well: each needs a field of its own");
            wrong.push(fault(format!("crosscast.across.into[{index}]"), name, what));
        }
        if across.totals.as_ref().is_some_and(|totals| totals.treatment == Treatment::Keep) {
            wrong.push(Inconsistency {
                allowed: ["check", "drop"].map(str::to_owned).to_vec(),
                ..fault("crosscast.across.totals.do", "keep", "columns that state sums are never records of a crosstab")
            });
        }
        if let Some(index) = self.field_index(&across.value).filter(|index| self.fields[*index].crosscast.control_total)
        {
            let what = format!(
                "{} has a control_total, and takes the values of a crosstab, which have no column of their own to be held to \
                 the approved total",
                across.value
            );
            wrong.push(fault(format!("fields[{index}].crosscast.control_total"), &across.value, what));
        }
        wrong
    }

    /// Words of a field that do not go with the table's layout.
    fn faults_of_field(&self, index: usize, field: &Field) -> Vec<Inconsistency> {
        let heading_rows = self.crosscast.headings.rows.get() as usize;
        let is_form = self.layout_of_records() == Layout::Form;
        let path = |key: &str| format!("fields[{index}].crosscast.{key}");
        let mut wrong = Vec::new();
        let mut found = |key: &str, what: String| wrong.push(fault(path(key), &field.name, what));
        match field.crosscast.path.len() {
            0 => {}
            _ if is_form => found("path", format!("{} has a path, and a form has no heading rows", field.name)),
            _ if heading_rows == 1 => found(
                "path",
                format!(
                    "{} has a path, and the headings of this table stand on 1 row: say on how many they stand with headings: \
                     {{rows: 2}}, or take the path away",
                    field.name
                ),
            ),
            steps if steps > heading_rows => found(
                "path",
                format!(
                    "the path of {} has {steps} headings, and the headings of this table stand on {}",
                    field.name,
                    row_or_rows(heading_rows)
                ),
            ),
            _ => {}
        }
        let of_forms = [("section", field.crosscast.section.is_some()), ("value", field.crosscast.value.is_some())];
        for (key, _) in of_forms.into_iter().filter(|(_, is_given)| *is_given && !is_form) {
            found(key, format!("{} has a {key}, which only a field of a form can have", field.name));
        }
        if is_form && field.crosscast.value.is_some_and(is_label_itself) {
            found("value", LABEL_ITSELF.to_owned());
        }
        wrong
    }
}

const LABEL_ITSELF: &str =
    "0 columns to the right and 0 rows below is the label itself: say how far from it the value stands";

fn is_label_itself(place: ValuePlace) -> bool {
    matches!(place, ValuePlace::Away(Steps { right: 0, below: 0 }))
}

fn row_or_rows(count: usize) -> String {
    if count == 1 { "1 row".to_owned() } else { format!("{count} rows") }
}

/// Whether a text is a cell, a range of cells, of whole columns or of whole rows; dollar signs are forgiven.
fn is_range(text: &str) -> bool {
    let text = text.replace('$', "");
    let text = text.trim();
    let (first, last) = text.split_once(':').unwrap_or((text, text));
    let is_made_of = |is_part: fn(char) -> bool| {
        text.contains(':') && [first, last].iter().all(|end| !end.is_empty() && end.chars().all(is_part))
    };
    let corners = match () {
        () if is_made_of(|sign| sign.is_ascii_alphabetic()) => [format!("{first}1"), format!("{last}1")],
        () if is_made_of(|sign| sign.is_ascii_digit()) => [format!("A{first}"), format!("A{last}")],
        () => [first.to_owned(), last.to_owned()],
    };
    let [first, last] = corners.map(|corner| corner.parse::<Position>());
    matches!((first, last), (Ok(first), Ok(last)) if first.row <= last.row && first.column <= last.column)
}
