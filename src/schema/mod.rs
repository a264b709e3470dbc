//! The pack: a folder of data that says what a partnership's workbooks look like and must satisfy.
//!
//! `partnership.yaml` names the partnership, its years and workbooks; `tables/*.yaml` are Table Schemas (Data Package
//! standard v2); `rules/*.sql` are queries that return the rows that break them; `consolidated.yaml` and `appendix.md`
//! say what is published. Every mistake in it is reported at once.

mod consolidated;
mod expressions;
mod field;
mod files;
mod label;
mod layout;
mod layout_check;
mod mistake;
mod partnership;
mod pattern;
mod place_check;
mod rule;
mod rule_page;
mod settings;
mod shorthand;
mod sql;
mod table;
mod templates;
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Workbook, file_stem};

pub use consolidated::{Consolidated, SheetColumn, SheetPlan, Total};
pub use expressions::{Printed, RowReference, printed, row_faults};
pub use field::{Bound, Constraints, Field, FieldKind, FieldOptions, FieldType, Shorthand, Unit, Usually, Window};
pub use files::{FileError, PackFiles, editor_files};
pub use layout::{
    Across, Blocks, Direction, End, FormOptions, HeadingFill, HeadingOptions, LabelPattern, Layout, Locate, RowOptions,
    Section, SheetChoice, SheetPattern, StatedAt, StatedColumns, StatedRows, Steps, Strip, Treatment, ValuePlace,
};
pub use mistake::{Mistake, Mistakes};
pub use partnership::{
    Due, FieldPath, FieldValue, Frequency, Partnership, TablePlace, WorkbookKind, Year, is_language_tag,
};
pub use pattern::Pattern;
pub use rule::{Need, Rule, STATED_TOTAL};
pub use settings::CheckOptions;
pub use shorthand::field_of_shorthand;
pub use sql::after_spaces;
pub use table::{ForeignKey, HowOverTime, OverTime, TableOptions, TableSchema};
pub use templates::{
    Empty, Escape, NOT_AVAILABLE, Names, TemplateCause, TemplateFault, environment, row_to_template, said,
    template_faults, to_template, verbatim,
};
pub use yaml::{OneOrMany, line_of, line_within, parse as parse_yaml, parse_further as parse_yaml_further};

/// The fields that a table of officers' explanations must have.
pub const EXPLANATION_FIELDS: [&str; 8] =
    ["workbook", "sheet", "cell", "difference", "explanation", "recorded_by", "approved_by", "recorded_on"];

/// The pack, read and checked.
#[derive(Debug, Clone)]
pub struct Pack {
    /// The partnership, its years and its workbooks.
    pub partnership: Partnership,
    /// The table schemas by name.
    pub tables: BTreeMap<Arc<str>, TableSchema>,
    /// The rules, sorted by code.
    pub rules: Vec<Rule>,
    /// The sheets of the consolidated workbook.
    pub consolidated: Consolidated,
    /// The text of `appendix.md`; the document room reads it.
    pub appendix: String,
    /// The files it was made from, for the manifest.
    pub files: PackFiles,
}

impl Pack {
    /// Reads a pack from its files.
    ///
    /// # Errors
    /// Every mistake in every file, sorted by file and line.
    pub fn parse(files: PackFiles) -> Result<Self, Mistakes> {
        let (pack, mistakes) = Self::parse_all(files);
        if mistakes.is_empty() { Ok(pack) } else { Err(Mistakes::new(mistakes)) }
    }

    /// Reads a pack as far as it can be read, with every mistake that stands in its files. A file that could not be
    /// read is as good as empty in the pack, so that the others can be checked further.
    pub fn parse_all(files: PackFiles) -> (Self, Vec<Mistake>) {
        let mut mistakes = Vec::new();
        let partnership: Partnership = required(&files, "partnership.yaml", &mut mistakes);
        let consolidated: Consolidated = required(&files, "consolidated.yaml", &mut mistakes);
        let mut tables = BTreeMap::new();
        for (path, _) in files.below("tables/", ".yaml") {
            let name: Arc<str> = file_stem(path).into();
            tables.insert(name.clone(), table(&name, path, &files, &mut mistakes));
        }
        let mut rules = Vec::new();
        for (path, text) in files.below("rules/", ".sql") {
            rules.extend(Rule::parse(file_stem(path), path, text, &mut mistakes));
        }
        let appendix = files.text("appendix.md").unwrap_or_default().to_owned();
        if appendix.is_empty() {
            mistakes.push(Mistake::file("appendix.md", "the file is missing or empty"));
        }
        let pack = Self { partnership, tables, rules, consolidated, appendix, files };
        pack.check_references(&mut mistakes);
        (pack, mistakes)
    }

    /// The workbook entry whose file pattern matches the file's name without its ending.
    pub fn workbook_kind(&self, stem: &str) -> Option<&WorkbookKind> {
        self.partnership.workbooks.iter().find(|kind| kind.files.is_match(stem))
    }

    /// The entry of a workbook that was read; none when no file pattern matched its name.
    pub fn kind_of(&self, workbook: &Workbook) -> Option<&WorkbookKind> {
        let name = workbook.kind.as_deref()?;
        self.partnership.workbooks.iter().find(|kind| kind.name == name)
    }

    /// Names that lead from one file of the pack to another must be there.
    fn check_references(&self, mistakes: &mut Vec<Mistake>) {
        for (index, kind) in self.partnership.workbooks.iter().enumerate() {
            for (place_index, place) in kind.tables.iter().enumerate() {
                let path = format!("workbooks[{index}].tables[{place_index}]");
                let from = Reference { file: PARTNERSHIP, path, near: &format!("table: {}", place.table) };
                self.check_field(&from, &place.table, "", mistakes);
            }
            self.check_places(index, kind, mistakes);
            let marked = kind.resubmission.iter().map(|mark| ("resubmission.field", &mark.field));
            let prepared = kind.prepared.iter().map(|field| ("prepared", field));
            for (key, field) in kind.month.iter().map(|field| ("month", field)).chain(prepared).chain(marked) {
                let path = format!("workbooks[{index}].{key}");
                let from = Reference { file: PARTNERSHIP, path, near: &format!("{}.{}", field.table, field.field) };
                self.check_field(&from, &field.table, &field.field, mistakes);
            }
        }
        for (name, schema) in &self.tables {
            for (index, key) in schema.foreign_keys.iter().enumerate() {
                // Table Schema: an empty resource is the table itself.
                let table = if key.reference.resource.is_empty() { name } else { key.reference.resource.as_str() };
                let path = format!("foreignKeys[{index}].reference");
                for field in key.reference.fields.iter() {
                    let near = if self.tables.contains_key(table) { field } else { table };
                    let file = format!("tables/{name}.yaml");
                    self.check_field(&Reference { file: &file, path: path.clone(), near }, table, field, mistakes);
                }
            }
        }
        for kind in self.partnership.workbooks.iter().filter(|kind| kind.explanations) {
            for place in &kind.tables {
                let file = format!("tables/{}.yaml", place.table);
                for field in EXPLANATION_FIELDS {
                    let from = Reference { file: &file, path: "fields".to_owned(), near: "fields" };
                    if self.tables.contains_key(place.table.as_str()) {
                        self.check_field(&from, &place.table, field, mistakes);
                    }
                }
            }
        }
        self.check_needs(mistakes);
        for (index, sheet) in self.consolidated.sheets.iter().enumerate() {
            if let Some(table) = &sheet.table {
                let path = format!("sheets[{index}].table");
                let from = Reference { file: "consolidated.yaml", path, near: &format!("table: {table}") };
                self.check_field(&from, table, "", mistakes);
            }
        }
    }

    /// What the rules need must be there, and in a workbook.
    fn check_needs(&self, mistakes: &mut Vec<Mistake>) {
        // With a mistake in its file, a workbook may have lost its tables.
        let workbooks_are_known = !mistakes.iter().any(|mistake| mistake.file == PARTNERSHIP);
        let places = self.partnership.workbooks.iter().flat_map(|kind| &kind.tables);
        let placed: BTreeSet<&str> = places.map(|place| place.table.as_str()).collect();
        for rule in &self.rules {
            for need in rule.needs.iter().filter(|need| !rule::is_always_there(need)) {
                let field = need.field.as_deref().unwrap_or_default();
                let near = if field.is_empty() { need.table.clone() } else { format!("{}.{field}", need.table) };
                let from = Reference { file: &rule.file, path: "needs".to_owned(), near: &near };
                match rule::totalled_field(need) {
                    Some(field) => self.check_totalled(&from, field, mistakes),
                    None => self.check_field(&from, &need.table, field, mistakes),
                }
                let table = need.table.as_str();
                if workbooks_are_known && self.tables.contains_key(table) && !placed.contains(table) {
                    let what =
                        format!("no workbook in {PARTNERSHIP} has the table {table}, so the rule could never run");
                    mistakes.push(Mistake::named(&rule.file, &self.files, &near, "needs".to_owned(), what));
                }
            }
        }
    }

    /// A field that a stated total is of must be a field of numbers in some table of the pack.
    fn check_totalled(&self, from: &Reference<'_>, field: &str, mistakes: &mut Vec<Mistake>) {
        let fields = self.tables.values().flat_map(|schema| &schema.fields).filter(|field| field.kind().is_numeric());
        let known: Vec<&str> = fields.map(|field| field.name.as_str()).collect();
        // A table whose file has mistakes has no fields here.
        let all_are_known = self.tables.values().all(|schema| !schema.fields.is_empty());
        if all_are_known && !known.contains(&field) {
            let what = format!("no table has a field of numbers named {field}");
            let mistake = Mistake::named(from.file, &self.files, from.near, from.path.clone(), what);
            mistakes.push(mistake.with_likely(field, known));
        }
    }

    /// A table, and a field of it unless that is empty, must be in the pack.
    fn check_field(&self, from: &Reference<'_>, table: &str, field: &str, mistakes: &mut Vec<Mistake>) {
        let mistake = |what| Mistake::named(from.file, &self.files, from.near, from.path.clone(), what);
        let Some(schema) = self.tables.get(table) else {
            let own = rule::ALWAYS_THERE.iter().copied().filter(|_| from.file.starts_with("rules/"));
            let known = self.tables.keys().map(|name| &**name).chain(own);
            mistakes.push(mistake(format!("there is no table named {table}")).with_likely(table, known));
            return;
        };
        if field.is_empty() || schema.fields.is_empty() || schema.field(field).is_some() {
            return;
        }
        let known = schema.fields.iter().map(|field| field.name.as_str());
        mistakes.push(mistake(format!("the table {table} has no field named {field}")).with_likely(field, known));
    }
}

const PARTNERSHIP: &str = "partnership.yaml";

/// Where a name stands that leads to another file.
struct Reference<'a> {
    file: &'a str,
    path: String,
    /// What stands on the line that is meant.
    near: &'a str,
}

/// Reads a table schema; one with mistakes is known by its name all the same, or each reference to it would be
/// reported as a second mistake.
fn table(name: &Arc<str>, path: &str, files: &PackFiles, mistakes: &mut Vec<Mistake>) -> TableSchema {
    let before = mistakes.len();
    let reading = yaml::read::<TableSchema>(path, files.text(path).unwrap_or_default(), mistakes);
    let is_whole = mistakes.len() == before;
    let Some(schema) = reading.value else { return TableSchema { name: name.clone(), ..TableSchema::default() } };
    for found in schema.inconsistencies() {
        if mistake::has_word(&reading.mended, &found.name) {
            continue;
        }
        let line = yaml::line_of(files.text(path).unwrap_or_default(), &found.path);
        mistakes.push(
            Mistake::at(path, line, found.path, found.what)
                .with_likely(&found.name, found.allowed.iter().map(String::as_str)),
        );
    }
    let kept = if is_whole { schema } else { TableSchema::default() };
    TableSchema { name: name.clone(), ..kept }
}

/// A file that every pack has; a default stands in for it while other files are looked through.
fn required<T>(files: &PackFiles, path: &str, mistakes: &mut Vec<Mistake>) -> T
where
    T: Default + serde::de::DeserializeOwned + validator::Validate,
{
    match files.text(path) {
        // With its mistakes mended it still names tables and fields that may not be there.
        Some(text) => yaml::read(path, text, mistakes).value.unwrap_or_default(),
        None => {
            mistakes.push(Mistake::file(path, "the file is missing"));
            T::default()
        }
    }
}

#[cfg(test)]
mod tests;
