//! The files of a drafted pack: what the pack's author is to change is marked.

use std::collections::{BTreeMap, BTreeSet};

use super::building::Drafted;
use super::period::{year_name, year_start};
use super::yaml::{quoted, scalar, table_yaml};
use super::{Draft, FileFamily};
use crate::schema::{FieldKind, Layout, PackFiles, SheetChoice};

/// The year of a draft in which nothing tells one.
const NO_YEAR: i32 = 2025;
/// A table of the appendix has at most so many columns.
const MOST_COLUMNS: usize = 6;
/// A table of the appendix has at most so many rows.
const MOST_ROWS: usize = 20;
/// The name of a sheet has at most so many characters.
const LONGEST_SHEET: usize = 31;
/// Names that other sheets of the consolidated workbook have, or that Excel keeps.
const KEPT_SHEETS: [&str; 4] = ["cover", "contents", "notes", "history"];

/// A drafted pack.
#[derive(Debug, Clone, Default)]
pub struct DraftedPack {
    /// The kinds of workbooks.
    pub kinds: Vec<FileFamily>,
    /// The tables, and the year.
    pub drafted: Drafted,
    /// What could not be described of a table, or is wrong with its data, in sentences; by its name.
    pub undescribed: BTreeMap<String, Vec<String>>,
}

/// The files of a drafted pack.
pub fn files_of(pack: &DraftedPack) -> PackFiles {
    let mut files = PackFiles::default();
    files.insert("partnership.yaml", partnership(pack));
    for draft in &pack.drafted.drafts {
        let undescribed = pack.undescribed.get(&*draft.schema.name).map_or(&[][..], Vec::as_slice);
        files.insert(format!("tables/{}.yaml", draft.schema.name), table_yaml(draft, &above(draft, undescribed)));
    }
    files.insert("consolidated.yaml", consolidated(pack));
    files.insert("appendix.md", appendix(pack));
    files
}

/// The lines on top of a table's file.
fn above(draft: &Draft, undescribed: &[String]) -> Vec<String> {
    let more = match draft.place.more {
        0 => String::new(),
        1 => ", and 1 more table with these headings".to_owned(),
        more => format!(", and {more} more tables with these headings"),
    };
    let mut lines = vec![
        format!("Drafted by crosscast infer from {}{more}.", draft.place.first),
        "What stands behind # is what made it think so; cells are those of that table. Check each guess.".to_owned(),
    ];
    lines.extend(undescribed.iter().cloned());
    lines
}

fn partnership(pack: &DraftedPack) -> String {
    let mut text = String::from(
        "# yaml-language-server: $schema=editor/partnership.schema.json\n\
         # Drafted by crosscast infer. Change what is marked.\n\
         name: Name of the partnership  # CHANGE\n\
         short_name: Partnership  # CHANGE\n\
         council: Name of the council  # CHANGE\n\
         committee: Name of the committee  # CHANGE\n\
         language: en-GB\n\
         notice: \"Drafted by crosscast infer: nobody has checked this pack.\"  # CHANGE: take this line out when you have checked the draft\n\
         \n\
         years:\n",
    );
    let named: BTreeSet<i32> =
        pack.kinds.iter().filter(|kind| kind.is_monthly).flat_map(|kind| kind.years.iter().copied()).collect();
    let chosen = pack.drafted.year;
    let years: BTreeSet<i32> = named.into_iter().chain([chosen.unwrap_or(NO_YEAR)]).collect();
    for year in years {
        let why = match chosen {
            None => "  # CHANGE: nothing in the workbooks tells the year",
            Some(chosen) if chosen == year => "  # CHANGE if it is not the year to report",
            Some(_) => "",
        };
        let (start, end) = (year_start(year), year_start(year + 1).pred_opt().unwrap_or_default());
        text.push_str(&format!("  - name: {}{why}\n    start: {start}\n    end: {end}\n", year_name(year)));
    }
    text.push_str("\nworkbooks:\n");
    for (index, kind) in pack.kinds.iter().enumerate() {
        let drafts: Vec<&Draft> = pack.drafted.drafts.iter().filter(|draft| draft.place.kind == index).collect();
        if !drafts.is_empty() {
            text.push_str(&workbook(kind, &drafts));
        }
    }
    if !pack.drafted.left_aside.is_empty() {
        let left: Vec<String> =
            pack.drafted.left_aside.iter().take(5).map(|sheet| crate::model::on_one_line(sheet)).collect();
        text.push_str(&format!("\n# Hidden sheets were left aside: {}.\n", left.join("; ")));
    }
    text
}

fn workbook(kind: &FileFamily, drafts: &[&Draft]) -> String {
    let members = match kind.members.len() {
        1 => String::new(),
        several => format!("  # {several} files have such names"),
    };
    let when = if kind.is_monthly { "frequency: monthly" } else { "frequency: yearly\n    due: start" };
    let mut text = format!(
        "  - name: {}\n    title: {}\n    files: {}{members}\n    {when}\n    tables:\n",
        scalar(&kind.name),
        scalar(&kind.title),
        quoted(&kind.pattern)
    );
    for draft in drafts {
        let sheet = match &draft.place.sheet {
            SheetChoice::Named(name) => scalar_in_flow(name),
            SheetChoice::Matching(sheets) => format!("{{match: {}}}", quoted(sheets.pattern.text())),
        };
        let required = if draft.place.in_each { "" } else { ", required: false" };
        text.push_str(&format!("      - {{table: {}, sheet: {sheet}{required}}}\n", draft.schema.name));
    }
    text
}

fn scalar_in_flow(text: &str) -> String {
    scalar(text)
}

/// A text in a template: nothing in it is taken for an instruction.
fn verbatim(text: &str) -> String {
    text.replace('{', "(").replace('}', ")")
}

fn consolidated(pack: &DraftedPack) -> String {
    let mut text = String::from(
        "# yaml-language-server: $schema=editor/consolidated.schema.json\n\
         # Drafted by crosscast infer: one sheet for each table.\n\
         title: '{{ period.short_name }} consolidated figures {{ period.year }}'\n\
         sheets:\n",
    );
    let mut given: BTreeSet<String> = KEPT_SHEETS.map(str::to_owned).into();
    for draft in &pack.drafted.drafts {
        let name = sheet_name(&draft.schema.crosscast.title, &mut given);
        let title = quoted(&verbatim(&draft.schema.crosscast.title));
        let table = &draft.schema.name;
        text.push_str(&format!("  - name: {}\n    title: {title}\n    table: {table}\n", quoted(&name)));
    }
    text
}

/// A name that a sheet can have, and none has yet.
fn sheet_name(title: &str, given: &mut BTreeSet<String>) -> String {
    let allowed: String =
        title.chars().map(|sign| if "[]:*?/\\'".contains(sign) || sign.is_control() { ' ' } else { sign }).collect();
    let plain = crate::model::on_one_line(&allowed);
    let plain = if plain.is_empty() { "Table".to_owned() } else { plain };
    let mut number = 1;
    loop {
        let behind = if number == 1 { String::new() } else { format!(" {number}") };
        let name: String = plain.chars().take(LONGEST_SHEET - behind.len()).collect();
        let name = format!("{}{behind}", name.trim_end());
        if given.insert(name.to_lowercase()) {
            return name;
        }
        number += 1;
    }
}

fn appendix(pack: &DraftedPack) -> String {
    let mut text = String::from(
        "---\n\
         # Drafted by crosscast infer. Its figures name the fields of the tables: to rename a field in tables/ is to rename it here\n\
         # and in consolidated.yaml too.\n\
         title: '{{ period.partnership }}: figures for {{ period.year }}'\n\
         subject: Figures drawn from the workbooks of the year\n\
         title_block: []\n\
         header: '{{ period.council }}: {{ period.committee }}'\n\
         footer: '{{ period.short_name }} figures {{ period.year }}'\n\
         ---\n\n\
         # Figures\n\n\
         Each table shows the first rows of what was read. Write here what the committee is to know.\n",
    );
    for draft in &pack.drafted.drafts {
        text.push_str(&appendix_table(draft));
    }
    text
}

fn appendix_table(draft: &Draft) -> String {
    let schema = &draft.schema;
    let title = verbatim(&schema.crosscast.title);
    let fields: Vec<_> = schema.fields.iter().take(MOST_COLUMNS).collect();
    let columns: Vec<String> = fields.iter().map(|field| format!("\"{}\"", field.name)).collect();
    let mut text = format!(
        "\n```table\ncaption: {}\nquery: |\n  SELECT _row, {}\n  FROM \"{}\" ORDER BY _row LIMIT {MOST_ROWS}\ncolumns:\n",
        quoted(&if schema.layout_of_records() == Layout::Form { title } else { format!("{title} (first rows)") }),
        columns.join(", "),
        schema.name,
    );
    for field in fields {
        let format = match field.kind() {
            FieldKind::Text => "",
            FieldKind::Integer => ", format: integer",
            FieldKind::Number => ", format: number",
            FieldKind::Percentage => ", format: percentage",
            FieldKind::Money => ", format: money",
            FieldKind::Date => ", format: date",
            FieldKind::Month => ", format: month",
            FieldKind::Boolean => ", format: boolean",
        };
        text.push_str(&format!(
            "  - {{name: {}, title: {}{format}}}\n",
            field.name,
            quoted(&verbatim(field.heading()))
        ));
    }
    text.push_str("empty: There are no rows.\n```\n");
    text
}
