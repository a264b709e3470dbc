//! The page of keys: written from the schemas, the examples, and what is said by hand about the whole.

mod words;

use serde_json::{Map, Value};

use super::{examples, generated};
use words::{allowed, default, kind};

const INTRODUCTION: &str = include_str!("introduction.md");
const LAYOUTS: &str = include_str!("layouts.md");

/// A group of the page: the heading, what is said of the group, and its types, each with its heading.
type Group = (&'static str, &'static str, &'static [(&'static str, &'static str)]);

const GROUPS: [Group; 5] = [
    (
        "partnership.yaml",
        "Who reports, which years, and which workbooks are expected.",
        &[
            ("Partnership", "The file partnership.yaml"),
            ("Year", "A year"),
            ("WorkbookKind", "A workbook"),
            ("TablePlace", "The place of a table"),
            ("SheetPattern", "Sheets by a pattern"),
            ("FieldValue", "A field and its value"),
            ("CheckOptions", "Settings of a check"),
        ],
    ),
    (
        "tables/NAME.yaml",
        "A file for each table. Its words are those of [Table Schema](https://datapackage.org/standard/table-schema/), so that \
         other programs can read it; what Table Schema cannot say stands under `crosscast`. The file's name is the name of the \
         table: lower case letters, digits and `_`.",
        &[
            ("TableSchema", "The file of a table"),
            ("Field", "A field"),
            ("Constraints", "Constraints of a field"),
            ("FieldOptions", "A field's crosscast"),
            ("TableOptions", "A table's crosscast"),
            ("Locate", "Where a table stands"),
            ("HeadingOptions", "Headings"),
            ("RowOptions", "Rows"),
            ("Section", "A section row"),
            ("StatedRows", "Rows that state sums"),
            ("End", "The end of a table"),
            ("Across", "What goes across"),
            ("StatedColumns", "Columns that state sums"),
            ("Blocks", "The blocks of a table"),
            ("FormOptions", "Values of a form"),
            ("Steps", "Steps from a label"),
            ("ForeignKey", "A foreign key"),
            ("Reference", "The other table"),
            ("OverTime", "Over the months"),
        ],
    ),
    (
        "consolidated.yaml",
        "The sheets of the consolidated workbook, for officers.",
        &[
            ("Consolidated", "The file consolidated.yaml"),
            ("SheetPlan", "A sheet"),
            ("SheetColumn", "A column of a sheet"),
            ("Format", "Formats"),
        ],
    ),
    (
        "rules/NAME.sql",
        "A rule is a query that returns the rows that break it. Its keys stand in comments at the top, each line behind `-- `. The \
         file's name is the code of the check.",
        &[("Rule", "The comments of a rule")],
    ),
    (
        "appendix.md",
        "The appendix is written in Markdown. Its settings stand at the top, between two lines of `---`; tables, charts and \
         headline figures are blocks between lines of three backticks, with the kind of the block behind the first. The blocks \
         `values NAME`, `values NAME by COLUMN`, `rows NAME` and `query NAME` hold a query and no keys, and `sources` holds nothing.",
        &[
            ("FrontMatter", "The settings of the appendix"),
            ("TitleDetail", "A line of the title block"),
            ("TablePlan", "The block table"),
            ("ColumnPlan", "A column of a table"),
            ("ChartPlan", "The block chart"),
            ("CategoryPlan", "The categories of a chart"),
            ("SeriesPlan", "A series of a chart"),
            ("FactPlan", "The block facts"),
            ("ExplanationsPlan", "The block explanations"),
        ],
    ),
];

/// What is said of a type that its own documentation, made for another place, does not say.
const FURTHER: [(&str, &str); 3] = [
    ("FactPlan", "The block is a list of figures, each with these keys:"),
    ("SheetPlan", "A sheet has either `table` or `query` with `columns`."),
    ("Locate", "Of `name`, `table` and `range` one can be given. The others narrow it down further."),
];

/// The heading of a type that has a section of its own.
pub fn heading(name: &str) -> Option<&'static str> {
    let mut all = GROUPS.iter().flat_map(|(.., types)| types.iter());
    all.find(|(known, _)| *known == name).map(|(_, heading)| *heading)
}

/// The anchor of a heading, as GitHub makes it.
pub fn anchor(heading: &str) -> String {
    let kept = heading.chars().filter(|sign| sign.is_alphanumeric() || matches!(sign, ' ' | '-' | '_'));
    kept.collect::<String>().to_lowercase().replace(' ', "-")
}

/// The page.
pub fn page() -> String {
    let types = generated::types();
    let (title, rest) = INTRODUCTION.split_once("\n## ").unwrap();
    format!("{title}\n{}\n## {rest}\n{LAYOUTS}\n{}", contents(), keys(&types))
}

fn contents() -> String {
    let mut lines = vec!["Contents:".to_owned(), String::new()];
    let mut entry = |depth: usize, heading: &str| {
        lines.push(format!("{}- [{heading}](#{})", "  ".repeat(depth), anchor(heading)));
    };
    let sections = |text: &'static str| text.lines().filter_map(|line| line.strip_prefix("## "));
    sections(INTRODUCTION).for_each(|heading| entry(0, heading));
    for line in LAYOUTS.lines() {
        match line.split_once(' ') {
            Some(("##", heading)) => entry(0, heading),
            Some(("###", heading)) => entry(1, heading),
            _ => {}
        }
    }
    for (group, _, types) in GROUPS {
        entry(0, group);
        types.iter().for_each(|(_, heading)| entry(1, heading));
    }
    lines.push(String::new());
    lines.join("\n")
}

fn keys(types: &Map<String, Value>) -> String {
    let mut page = String::new();
    let all = examples::all();
    for (group, about, names) in GROUPS {
        page.push_str(&format!("## {group}\n\n{about}\n"));
        for (name, heading) in names {
            let schema = &types[*name];
            page.push_str(&format!("\n### {heading}\n\n{}\n", schema["description"].as_str().unwrap_or_default()));
            if let Some((_, further)) = FURTHER.iter().find(|(of, _)| of == name) {
                page.push_str(&format!("{further}\n"));
            }
            if schema["properties"].is_null() {
                page.push_str(&format!("\n{}", allowed(schema, types)));
            }
            for (key, example) in all.iter().filter(|examples| examples.of == *name).flat_map(|examples| &examples.keys)
            {
                page.push_str(&entry(schema, key, example, types));
            }
        }
        page.push('\n');
    }
    page.trim_end().to_owned() + "\n"
}

/// A key: what it takes, whether it must be given, what it means, the words that it allows, and an example.
fn entry(of: &Value, key: &str, example: &str, types: &Map<String, Value>) -> String {
    let schema = &of["properties"][key];
    let is_required = of["required"].as_array().is_some_and(|required| required.iter().any(|name| name == key));
    let given = match default(schema) {
        _ if is_required => "Must be given.".to_owned(),
        Some(default) => format!("{default} unless given."),
        None => "May be left out.".to_owned(),
    };
    let about = schema["description"].as_str().unwrap_or_default();
    let words = allowed(schema, types);
    let words = if words.is_empty() { words } else { format!("\n{words}") };
    format!("\n**`{key}`**: {}. {given}\n\n{about}\n{words}\n```yaml\n{example}```\n", kind(schema, types))
}

#[test]
fn every_type_with_keys_has_its_section_and_every_link_its_heading() {
    let types = generated::types();
    for (name, schema) in &types {
        assert_eq!(schema["properties"].is_object(), heading(name).is_some() && name != "Format", "{name}");
    }
    let page = page();
    let mut anchors: Vec<String> = Vec::new();
    for heading in page.lines().filter(|line| line.starts_with('#')).map(|line| line.trim_start_matches(['#', ' '])) {
        // A comment in an example is none.
        if !heading.contains("yaml-language-server") {
            assert!(!anchors.contains(&anchor(heading)), "{heading} stands on the page twice");
            anchors.push(anchor(heading));
        }
    }
    for link in page.split("](#").skip(1) {
        let link = link.split(')').next().unwrap();
        assert!(anchors.iter().any(|anchor| anchor == link), "nothing is named {link}");
    }
}

#[test]
fn the_examples_of_layouts_are_tables_of_a_pack() {
    let tables: Vec<&str> = LAYOUTS.split("```yaml\n").skip(1).map(|rest| rest.split("```").next().unwrap()).collect();
    assert_eq!(tables.len(), 4);
    let validator = super::packs::validator("table");
    for table in tables {
        assert_eq!(super::mistakes::said_of(table, "      - {table: t, sheet: S}\n"), [""; 0], "{table}");
        assert!(validator.is_valid(&super::packs::value(table)), "{table}");
    }
}
