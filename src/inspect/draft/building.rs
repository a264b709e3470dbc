//! From the tables that are one to a draft of their schema.

use std::collections::{BTreeMap, BTreeSet};

use super::field::{identifies, says_reference, within_year};
use super::groups::{Arrangement, Found, Group, groups};
use super::names::{Names, escaped, titled};
use super::study::Study;
use super::{Draft, DraftPlace, FileFamily, Note, ReadDay, Source, form_draft, rows_draft};
use crate::model::{name_key, on_one_line};
use crate::schema::{Field, LabelPattern, Layout, Locate, SheetChoice, SheetPattern, TableSchema};

/// The drafts of all tables, and the years that they are for.
#[derive(Debug, Clone, Default)]
pub struct Drafted {
    /// The drafts, kind by kind and sheet by sheet.
    pub drafts: Vec<Draft>,
    /// The financial year that most speaks for, by the year in which it begins; none where nothing tells one.
    pub year: Option<i32>,
    /// Hidden sheets, which were left aside: workbook and sheet.
    pub left_aside: Vec<String>,
}

/// Drafts a schema for each table in workbooks, which are brought together by their kinds.
pub fn drafts(sources: &[Source<'_>], families: &[FileFamily], read_day: ReadDay) -> Drafted {
    let mut names = Names::of_tables();
    let mut made: Vec<(Draft, Vec<(usize, Study)>)> = Vec::new();
    for (kind, family) in families.iter().enumerate() {
        let groups = groups(kind, &family.members, sources);
        for (index, group) in groups.iter().enumerate() {
            let title = title(group, index, &groups, family);
            let mut building = Building::new(names.give(&title, "table"), title);
            building.place(group);
            match &group.samples[0].found {
                Found::Rows(_) => rows_draft::build(&mut building, group, read_day),
                Found::Form(_) => form_draft::build(&mut building, group, read_day),
            }
            if !building.schema.fields.is_empty() {
                made.push(building.finish(group, family));
            }
        }
    }
    let year = likeliest_year(families, made.iter().flat_map(|(draft, _)| draft.years.iter().copied()));
    let drafts = made.into_iter().map(|(mut draft, studies)| {
        for (field, study) in studies {
            put_within_year(&mut draft, field, &study, year);
        }
        draft
    });
    Drafted { drafts: drafts.collect(), year, left_aside: left_aside(sources) }
}

/// The year that most files name; else that of most days.
fn likeliest_year(families: &[FileFamily], days: impl Iterator<Item = (i32, usize)>) -> Option<i32> {
    let most = |counted: BTreeMap<i32, usize>| {
        counted.into_iter().max_by_key(|(year, count)| (*count, *year)).map(|(year, _)| year)
    };
    let mut named: BTreeMap<i32, usize> = BTreeMap::new();
    for year in families.iter().flat_map(|family| &family.years) {
        *named.entry(*year).or_default() += 1;
    }
    let mut of_days: BTreeMap<i32, usize> = BTreeMap::new();
    for (year, count) in days {
        *of_days.entry(year).or_default() += count;
    }
    most(named).or_else(|| most(of_days))
}

fn put_within_year(draft: &mut Draft, field: usize, study: &Study, year: Option<i32>) {
    let Some((found, year)) = draft.schema.fields.get_mut(field).zip(year) else { return };
    if within_year(found, study, year) {
        let text = format!("all days lie in {}", super::period::year_name(year));
        draft.notes.push(Note::new(format!("fields[{field}].crosscast.window"), text));
    }
}

/// The hidden sheets that hold something.
fn left_aside(sources: &[Source<'_>]) -> Vec<String> {
    let hidden = sources.iter().flat_map(|source| {
        let sheets = source.sheets.iter().filter(|sheet| sheet.is_hidden() && sheet.grid.is_some());
        sheets.map(|sheet| format!("{} of {}", sheet.name, source.shown))
    });
    hidden.collect()
}

/// What officers would call a table: its sheet's name, or its own title where several share the sheet.
fn title(group: &Group<'_>, index: usize, groups: &[Group<'_>], family: &FileFamily) -> String {
    let sample = &group.samples[0];
    let shares_sheet = groups.iter().enumerate().any(|(other, group)| {
        other != index && group.sheets.is_none() && name_key(group.samples[0].sheet) == name_key(sample.sheet)
    });
    let above = match &sample.found {
        Found::Rows(shape) => shape.title.as_ref().map(|(_, text)| text.clone()),
        Found::Form(_) => None,
    };
    let says_nothing = is_default_name(sample.sheet);
    let own = above.filter(|text| text.chars().count() <= 60);
    match (shares_sheet || says_nothing, own, &group.sheets) {
        (_, _, Some(sheets)) if sheets.field == "sheet" || sheets.period.is_some() => family.title.clone(),
        (_, _, Some(sheets)) => titled(&sheets.field),
        (true, Some(title), None) if !matches!(group.arrangement, Arrangement::Blocks(_)) => title,
        (_, _, None) if says_nothing => family.title.clone(),
        _ => on_one_line(sample.sheet),
    }
}

/// Whether a sheet has the name that Excel gave it.
fn is_default_name(sheet: &str) -> bool {
    let lower = sheet.trim().to_lowercase();
    lower.strip_prefix("sheet").is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_digit()))
}

/// A draft while it is being made.
pub(super) struct Building {
    pub schema: TableSchema,
    pub notes: Vec<Note>,
    /// The names of fields that were given.
    pub names: Names,
    /// The fields that have no heading of their own, by place.
    pub made_up: Vec<usize>,
    /// Of fields of days, what was counted.
    pub days: Vec<(usize, Study)>,
    years: BTreeMap<i32, usize>,
}

impl Building {
    fn new(name: String, title: String) -> Self {
        let mut schema = TableSchema { name: name.into(), ..TableSchema::default() };
        schema.crosscast.title = title;
        Self {
            schema,
            notes: Vec::new(),
            names: Names::default(),
            made_up: Vec::new(),
            days: Vec::new(),
            years: BTreeMap::new(),
        }
    }

    /// Adds a note on the whole or a part.
    pub fn note(&mut self, note: Note) {
        self.notes.push(note);
    }

    /// Adds a field for values that stand outside the table, in names of sheets or lines of blocks.
    fn give(&mut self, family: &super::groups::Family, why: &str) -> Option<LabelPattern> {
        let name = self.names.give(&family.field, &family.field);
        let index = self.schema.fields.len();
        let field_type = rows_draft::type_of_period(family.period);
        self.made_up.push(index);
        self.schema.fields.push(Field::plain(&name, &titled(&name), field_type));
        self.notes.push(Note::new(format!("fields[{index}].name"), why));
        LabelPattern::new(&family.pattern).ok()
    }

    /// Says how the table lies on its sheet, and adds the fields that its surroundings give.
    fn place(&mut self, group: &Group<'_>) {
        if let Some(sheets) = &group.sheets {
            self.give(sheets, "from the names of the sheets");
        }
        match &group.arrangement {
            Arrangement::Alone => {}
            Arrangement::Nth(number) => {
                self.schema.crosscast.locate = Locate { nth: std::num::NonZeroU32::new(*number), ..Locate::default() };
                let areas = group.samples.iter().take(1).map(|sample| sample.found.area().to_string());
                let note = Note::new("crosscast.locate.nth", "several tables on the sheet have these headings");
                let note = note.at(areas);
                self.notes.push(note);
            }
            Arrangement::Blocks(family) => {
                if let Some(start) = self.give(family, "from the line with which each block begins") {
                    self.schema.crosscast.layout = Layout::Blocks;
                    self.schema.crosscast.blocks =
                        Some(crate::schema::Blocks { start, end: None, layout: Layout::Rows });
                }
                let titles = group.samples.iter().filter(|sample| sample.source == group.samples[0].source);
                let cells = titles.filter_map(|sample| match &sample.found {
                    Found::Rows(shape) => shape.title.as_ref().map(|(at, _)| at.to_string()),
                    Found::Form(_) => None,
                });
                let note =
                    Note::new("crosscast.blocks.start", "the lines above tables with the same headings").at(cells);
                self.notes.push(note);
            }
        }
    }

    /// Counts the days of a field.
    pub fn count_days(&mut self, field: usize, study: &Study) {
        for (year, count) in &study.years {
            *self.years.entry(*year).or_default() += count;
        }
        if !study.years.is_empty() {
            self.days.push((field, study.clone()));
        }
    }

    /// Makes the first field that identifies the rows the primary key, and others with codes unique.
    pub fn choose_key(&mut self, seen: &[(usize, super::field::Seen<'_>)]) {
        let can_identify: Vec<usize> = seen
            .iter()
            .filter(|(index, seen)| self.schema.fields.get(*index).is_some_and(|field| identifies(field, seen)))
            .map(|(index, _)| *index)
            .collect();
        let is_code = |index: &usize| {
            self.schema
                .fields
                .get(*index)
                .is_some_and(|field| field.constraints.pattern.is_some() || says_reference(&field.title))
        };
        let first_column = seen.first().map(|(index, _)| *index);
        let key = can_identify
            .iter()
            .find(|index| is_code(index))
            .or_else(|| can_identify.iter().find(|index| Some(**index) == first_column));
        let Some(key) = key.copied() else { return };
        let name = self.schema.fields[key].name.clone();
        let records = seen.iter().find(|(index, _)| *index == key).map_or(0, |(_, seen)| seen.study.records);
        self.schema.primary_key = crate::schema::OneOrMany::from(name);
        self.notes.push(Note::new("primaryKey", format!("{records} rows, and no value is there twice")));
    }

    /// Gives a field without a heading of its own another title where a column has the same: the pack cannot have two.
    fn tell_titles_apart(&mut self) {
        for index in self.made_up.clone() {
            let title = self.schema.fields[index].title.clone();
            let is_taken = |title: &str| {
                let others = self.schema.fields.iter().enumerate().filter(|(other, _)| *other != index);
                others.into_iter().any(|(_, field)| name_key(&field.title) == name_key(title))
            };
            let free = (2..).map(|number| format!("{title} {number}")).find(|title| !is_taken(title));
            if is_taken(&title) {
                self.schema.fields[index].title = free.unwrap_or(title);
            }
        }
    }

    fn finish(mut self, group: &Group<'_>, family: &FileFamily) -> (Draft, Vec<(usize, Study)>) {
        self.tell_titles_apart();
        let first = &group.samples[0];
        let sources: BTreeSet<usize> = group.samples.iter().map(|sample| sample.source).collect();
        let pattern = group.sheets.as_ref().and_then(|sheets| LabelPattern::new(&sheets.pattern).ok());
        let sheet = match pattern {
            Some(pattern) => SheetChoice::Matching(SheetPattern { pattern, hidden: false }),
            None => SheetChoice::Named(first.sheet.to_string()),
        };
        let place = DraftPlace {
            kind: group.kind,
            sheet,
            in_each: sources.len() == family.members.len(),
            first: format!("{}!{} of {}", first.sheet, first.found.area(), first.shown),
            more: group.samples.len() - 1,
        };
        let years = self.years.into_iter().collect();
        (Draft { schema: self.schema, notes: self.notes, place, years }, self.days)
    }
}

/// A text as a pattern of a label, in which it alone matches.
pub(super) fn label_pattern(text: &str) -> Option<LabelPattern> {
    LabelPattern::new(&escaped(text)).ok()
}
