//! The pack: a folder of data that says what a partnership's workbooks look like and must satisfy.
//!
//! `partnership.yaml` names the partnership, its years and workbooks; `tables/*.yaml` are Table Schemas (Data Package
//! standard v2); `rules/*.sql` are queries that return the rows that break them; `consolidated.yaml` and `appendix.md`
//! say what is published. Every mistake in it is reported at once.

mod consolidated;
mod field;
mod files;
mod mistake;
mod partnership;
mod pattern;
mod rule;
mod table;
mod templates;
mod yaml;

use std::collections::BTreeMap;
use std::sync::Arc;

pub use consolidated::{Consolidated, SheetColumn, SheetPlan, Total};
pub use field::{Bound, Constraints, Field, FieldKind, FieldOptions, FieldType, Unit, Window};
pub use files::{FileError, PackFiles};
pub use mistake::{Mistake, Mistakes};
pub use partnership::{
    CheckOptions, Due, FieldPath, FieldValue, Frequency, Partnership, TablePlace, WorkbookKind, Year,
};
pub use pattern::Pattern;
pub use rule::{Need, Rule};
pub use table::{ForeignKey, HowOverTime, Layout, OverTime, TableOptions, TableSchema};
pub use templates::{Empty, Escape, FORMAT_FILTERS, NOT_AVAILABLE, environment, to_template};
pub use yaml::{OneOrMany, parse as parse_yaml};

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
        let mut mistakes = Vec::new();
        let partnership: Partnership = required(&files, "partnership.yaml", &mut mistakes);
        let consolidated: Consolidated = required(&files, "consolidated.yaml", &mut mistakes);
        let mut tables = BTreeMap::new();
        for (path, text) in files.below("tables/", ".yaml") {
            let name: Arc<str> = stem(path).into();
            if let Some(mut schema) = yaml::parse::<TableSchema>(path, text, &mut mistakes) {
                schema.name = name.clone();
                tables.insert(name, schema);
            } else {
                // Known by name all the same, or each reference to it would be reported as a second mistake.
                tables.insert(name.clone(), TableSchema { name, ..TableSchema::default() });
            }
        }
        let mut rules = Vec::new();
        for (path, text) in files.below("rules/", ".sql") {
            rules.extend(Rule::parse(stem(path), path, text, &mut mistakes));
        }
        let appendix = files.text("appendix.md").unwrap_or_default().to_owned();
        if appendix.is_empty() {
            mistakes.push(Mistake::file("appendix.md", "the file is missing or empty"));
        }
        let pack = Self { partnership, tables, rules, consolidated, appendix, files };
        pack.check_references(&mut mistakes);
        if mistakes.is_empty() { Ok(pack) } else { Err(Mistakes::new(mistakes)) }
    }

    /// The workbook entry whose file pattern matches the file's name without its ending, with the month it carries.
    pub fn workbook_kind(&self, stem: &str) -> Option<&WorkbookKind> {
        self.partnership.workbooks.iter().find(|kind| kind.files.is_match(stem))
    }

    /// What a file of the pack is known by in messages about findings and checks: severity and whether it is required.
    pub fn check_options(&self, code: &str) -> CheckOptions {
        self.partnership.checks.get(code).copied().unwrap_or_default()
    }

    /// Reports settings for checks that do not exist, with the likely match. `known` are the codes of the built-in
    /// checks; the rules' codes are added to them.
    pub fn check_codes(&self, known: &[&str]) -> Vec<Mistake> {
        let known: Vec<&str> = known.iter().copied().chain(self.rules.iter().map(|rule| rule.code.as_str())).collect();
        let unknown = self.partnership.checks.keys().filter(|code| !known.contains(&code.as_str()));
        unknown
            .map(|code| {
                Mistake::named(
                    "partnership.yaml",
                    &self.files,
                    code,
                    format!("checks.{code}"),
                    "no check has this code",
                )
                .with_likely(code, known.iter().copied())
            })
            .collect()
    }

    /// Names that lead from one file of the pack to another must be there.
    fn check_references(&self, mistakes: &mut Vec<Mistake>) {
        let table_names: Vec<&str> = self.tables.keys().map(|name| &**name).collect();
        for (index, kind) in self.partnership.workbooks.iter().enumerate() {
            for place in &kind.tables {
                if !self.tables.contains_key(place.table.as_str()) {
                    let path = format!("workbooks[{index}].tables");
                    let what = format!("there is no table named {}", place.table);
                    mistakes.push(
                        Mistake::named("partnership.yaml", &self.files, &place.table, path, what)
                            .with_likely(&place.table, table_names.iter().copied()),
                    );
                }
            }
            for path in kind.month.iter().chain(kind.resubmission.iter().map(|mark| &mark.field)) {
                self.check_field("partnership.yaml", &path.table, &path.field, mistakes);
            }
        }
        for (name, schema) in &self.tables {
            let file = format!("tables/{name}.yaml");
            for key in &schema.foreign_keys {
                for field in key.reference.fields.iter() {
                    self.check_field(&file, &key.reference.resource, field, mistakes);
                }
            }
        }
        for kind in self.partnership.workbooks.iter().filter(|kind| kind.explanations) {
            for place in &kind.tables {
                for field in EXPLANATION_FIELDS {
                    self.check_field("partnership.yaml", &place.table, field, mistakes);
                }
            }
        }
        for rule in &self.rules {
            for need in rule.needs.iter().filter(|need| !rule::is_always_there(need)) {
                self.check_field(&rule.file, &need.table, need.field.as_deref().unwrap_or(""), mistakes);
            }
        }
        for sheet in &self.consolidated.sheets {
            if let Some(table) = &sheet.table {
                self.check_field("consolidated.yaml", table, "", mistakes);
            }
        }
    }

    /// A table, and a field of it unless that is empty, must be in the pack.
    fn check_field(&self, file: &str, table: &str, field: &str, mistakes: &mut Vec<Mistake>) {
        let Some(schema) = self.tables.get(table) else {
            let what = format!("there is no table named {table}");
            mistakes.push(
                Mistake::named(file, &self.files, table, table.to_owned(), what)
                    .with_likely(table, self.tables.keys().map(|name| &**name)),
            );
            return;
        };
        if field.is_empty() || schema.fields.is_empty() || schema.field(field).is_some() {
            return;
        }
        let what = format!("the table {table} has no field named {field}");
        mistakes.push(
            Mistake::named(file, &self.files, field, format!("{table}.{field}"), what)
                .with_likely(field, schema.fields.iter().map(|field| field.name.as_str())),
        );
    }
}

/// A file that every pack has; a default stands in for it while other files are looked through.
fn required<T>(files: &PackFiles, path: &str, mistakes: &mut Vec<Mistake>) -> T
where
    T: Default + serde::de::DeserializeOwned + validator::Validate,
{
    match files.text(path) {
        Some(text) => yaml::parse(path, text, mistakes).unwrap_or_default(),
        None => {
            mistakes.push(Mistake::file(path, "the file is missing"));
            T::default()
        }
    }
}

/// The name of a file without folders and ending.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}
