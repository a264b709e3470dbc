//! The plan made ready: templates filled in, queries written out, columns found; or every mistake in it.

use std::collections::BTreeMap;
use std::collections::BTreeSet;
use std::sync::Arc;

use minijinja::Environment;
use minijinja::value::{Value, ValueKind};

use super::Context;
use super::names::{TableNames, TakenNames, is_at_the_front, is_kept_by_excel};
use crate::model::{Format, StoredRows};
use crate::schema::{
    Consolidated, Empty, Escape, FieldKind, Mistake, Names, SheetColumn, SheetPlan, TableSchema, Total, environment,
    line_of, line_within, said, template_faults,
};

/// The file that the plan is read from.
pub const FILE: &str = "consolidated.yaml";
/// The most characters of a table's heading in Excel.
const LONGEST_TITLE: usize = 255;
/// Columns that follow the fields of a stored table: where each row came from. Name, title, what the query selects.
const SOURCE_COLUMNS: [(&str, &str, Format, &str); 3] = [
    ("_workbook", "Source workbook", Format::Text, "s.\"workbook\""),
    ("_sheet", "Source sheet", Format::Text, "s.\"sheet\""),
    ("_line", "Source row", Format::Integer, "t.\"_line\""),
];

/// The plan, ready to be written.
#[derive(Debug)]
pub struct Prepared {
    /// The workbook's title.
    pub title: String,
    /// The sentences on the cover.
    pub cover: Vec<String>,
    /// The notes that hold for the whole workbook.
    pub notes: Vec<String>,
    /// The sheets of tables, in order.
    pub sheets: Vec<PreparedSheet>,
    /// The names that are taken.
    pub taken: TakenNames,
}

/// A sheet, ready to be written.
#[derive(Debug)]
pub struct PreparedSheet {
    /// The name on the tab.
    pub name: String,
    /// The title above the table.
    pub title: String,
    /// The name of the Excel table.
    pub table_name: String,
    /// The query for its rows.
    pub query: String,
    /// The columns, at least one.
    pub columns: Vec<PreparedColumn>,
    /// The notes on this table.
    pub notes: Vec<String>,
    /// Whether it is printed across in any case.
    pub landscape: bool,
}

/// A column, ready to be written.
#[derive(Debug)]
pub struct PreparedColumn {
    /// Its place among the query's columns.
    pub source: usize,
    /// The heading.
    pub title: String,
    /// How its values are shown.
    pub format: Format,
    /// Whether it is totalled.
    pub total: bool,
    /// The width in characters that the plan asks for.
    pub width: Option<f64>,
    /// The path in the plan.
    pub path: String,
}

/// Makes the plan ready. `text` is the plan's file, by which mistakes are given their lines.
///
/// # Errors
/// Every mistake found; never empty.
pub fn prepare(
    plan: &Consolidated,
    text: &str,
    tables: &BTreeMap<Arc<str>, TableSchema>,
    rows: &dyn StoredRows,
    context: &Context,
) -> Result<Prepared, Vec<Mistake>> {
    let mut room = Room {
        text,
        tables,
        rows,
        context,
        environment: environment(Escape::Nothing, Empty::Marked),
        mistakes: Vec::new(),
    };
    let title = room.fill(&plan.title, "title");
    let cover = room.fill_all(&plan.cover, "cover");
    let notes = room.fill_all(&plan.notes, "notes");
    let mut table_names = TableNames::new();
    let mut sheet_names = BTreeSet::new();
    let mut sheets = Vec::new();
    for (index, sheet) in plan.sheets.iter().enumerate() {
        let path = format!("sheets[{index}]");
        if is_kept_by_excel(&sheet.name) {
            room.mistake(format!("{path}.name"), format!("Excel keeps the name {} for itself", sheet.name));
        } else if is_at_the_front(&sheet.name) || !sheet_names.insert(sheet.name.to_lowercase()) {
            room.mistake(format!("{path}.name"), format!("another sheet is named {}", sheet.name));
        }
        sheets.extend(room.sheet(sheet, &path, &mut table_names));
    }
    if !room.mistakes.is_empty() {
        return Err(room.mistakes);
    }
    let taken = TakenNames { sheets: sheet_names, tables: table_names };
    Ok(Prepared { title, cover, notes, sheets, taken })
}

/// What is needed to make a sheet ready, and the mistakes found so far.
struct Room<'a> {
    text: &'a str,
    tables: &'a BTreeMap<Arc<str>, TableSchema>,
    rows: &'a dyn StoredRows,
    context: &'a Context,
    environment: Environment<'static>,
    mistakes: Vec<Mistake>,
}

impl Room<'_> {
    fn sheet(&mut self, plan: &SheetPlan, path: &str, table_names: &mut TableNames) -> Option<PreparedSheet> {
        let title = self.fill(&plan.title, &format!("{path}.title"));
        let notes = self.fill_all(&plan.notes, &format!("{path}.notes"));
        let (query, columns) = match (&plan.table, &plan.query) {
            (Some(table), _) => self.of_table(plan, table, path)?,
            (None, Some(query)) => (query.clone(), self.of_query(plan, query, path)?),
            (None, None) => return None,
        };
        self.check_columns(plan, &columns);
        let table_name = table_names.give(&plan.name);
        Some(PreparedSheet {
            name: plan.name.clone(),
            title,
            table_name,
            query,
            columns,
            notes,
            landscape: plan.landscape,
        })
    }

    /// All fields of a stored table, what stands in words where some of them have no value, then where each row came from.
    fn of_table(&mut self, plan: &SheetPlan, table: &str, path: &str) -> Option<(String, Vec<PreparedColumn>)> {
        let Some(schema) = self.tables.get(table) else {
            let what = format!("there is no table named {table}");
            self.unknown(table, format!("{path}.table"), what, self.tables.keys().map(|name| &**name));
            return None;
        };
        let fields = schema.fields.iter().map(|field| (field.name.as_str(), field.heading(), format_of(field.kind())));
        let sources = SOURCE_COLUMNS.iter().map(|(name, title, format, _)| (*name, *title, *format));
        let meanings: Vec<(String, String)> = schema
            .shorthand_columns()
            .map(|(_, field, column)| (column, format!("{}: why there is none", field.heading())))
            .collect();
        let in_words = meanings.iter().map(|(name, title)| (name.as_str(), title.as_str(), Format::Text));
        let known: Vec<(&str, &str, Format)> = fields.chain(in_words).chain(sources).collect();
        for (index, column) in plan.columns.iter().enumerate() {
            if !known.iter().any(|(name, _, _)| *name == column.name) {
                let names = known.iter().map(|(name, _, _)| *name);
                let what = format!("the table {table} of the sheet {} has no field named {}", plan.name, column.name);
                self.unknown(&column.name, format!("{path}.columns[{index}]"), what, names);
            }
        }
        let columns = known.iter().enumerate().map(|(source, (name, title, format))| {
            let changed = plan.columns.iter().position(|column| column.name == *name);
            match changed {
                Some(index) => {
                    let column = &plan.columns[index];
                    // Without a format of its own, a column keeps its field's.
                    let format = if column.format == Format::Text { *format } else { column.format };
                    self.column(source, column, format, format!("{path}.columns[{index}]"))
                }
                None => PreparedColumn {
                    source,
                    title: (*title).to_owned(),
                    format: *format,
                    total: false,
                    width: None,
                    path: format!("{path}.table"),
                },
            }
        });
        let columns = columns.collect();
        let query = table_query(schema, table);
        self.names_of(plan, &query, &format!("{path}.table"))?;
        Some((query, columns))
    }

    /// The columns of the plan, each found among the query's.
    fn of_query(&mut self, plan: &SheetPlan, query: &str, path: &str) -> Option<Vec<PreparedColumn>> {
        let names = self.names_of(plan, query, &format!("{path}.query"))?;
        let mut columns = Vec::new();
        for (index, column) in plan.columns.iter().enumerate() {
            let path = format!("{path}.columns[{index}]");
            match names.iter().position(|name| *name == column.name) {
                Some(source) => columns.push(self.column(source, column, column.format, path)),
                None => {
                    let what = format!("the query of the sheet {} gives no column named {}", plan.name, column.name);
                    self.unknown(&column.name, path, what, names.iter().map(String::as_str));
                }
            }
        }
        Some(columns)
    }

    /// The names of a query's columns; a mistake when it cannot be answered.
    fn names_of(&mut self, plan: &SheetPlan, query: &str, path: &str) -> Option<Vec<String>> {
        match self.rows.columns(query) {
            Ok(names) => Some(names),
            Err(error) => {
                let line = self.line(path, error.line);
                let said = error.message.trim_end_matches('.');
                let what = format!("the query of the sheet {} cannot be answered: {said}", plan.name);
                self.mistakes.push(Mistake::at(FILE, line, path, what));
                None
            }
        }
    }

    fn column(&self, source: usize, column: &SheetColumn, format: Format, path: String) -> PreparedColumn {
        PreparedColumn {
            source,
            title: column.title.trim().to_owned(),
            format,
            total: column.total == Total::Sum,
            width: column.width,
            path,
        }
    }

    /// What Excel and the total row ask of columns.
    fn check_columns(&mut self, plan: &SheetPlan, columns: &[PreparedColumn]) {
        let mut titles = BTreeSet::new();
        let sheet = &plan.name;
        for (index, column) in columns.iter().enumerate() {
            let title = &column.title;
            let mut wrong = |what: String| self.mistake(column.path.clone(), what);
            if title.is_empty() {
                wrong(format!("a column of the sheet {sheet} has no title"));
            } else if !titles.insert(title.to_lowercase()) {
                wrong(format!("two columns of the sheet {sheet} have the title {title}"));
            }
            if title.encode_utf16().count() > LONGEST_TITLE {
                wrong(format!("a title on the sheet {sheet} is longer than {LONGEST_TITLE} characters"));
            }
            if column.total && !column.format.is_numeric() {
                let formats = "integer, number, money or percentage";
                wrong(format!("{title} on the sheet {sheet} has a total, so its format must be {formats}"));
            }
            if column.total && index == 0 {
                wrong(format!(
                    "{title} is the first column of the sheet {sheet}, where the word Total stands: total another column"
                ));
            }
            if column.width.is_some_and(|width| !(1.0..=255.0).contains(&width)) {
                wrong(format!("the width of {title} on the sheet {sheet} is not between 1 and 255 characters"));
            }
        }
    }

    fn fill_all(&mut self, templates: &[String], path: &str) -> Vec<String> {
        let paths = templates.iter().enumerate().map(|(index, template)| (template, format!("{path}[{index}]")));
        // A template whose condition does not hold gives nothing, and nothing is not a sentence.
        paths.map(|(template, path)| self.fill(template, &path)).filter(|text| !text.is_empty()).collect()
    }

    /// A template with the run's names filled in; a mistake when it cannot be.
    fn fill(&mut self, template: &str, path: &str) -> String {
        match self.environment.render_str(template, self.context) {
            Ok(text) => {
                self.faults(template, path);
                text.trim().to_owned()
            }
            Err(error) => {
                let line = self.line(path, error.line());
                let place = error.range().and_then(|range| template.get(range)).unwrap_or_default().trim();
                let said = said(&error);
                let is_named = place.is_empty() || said.contains(place);
                let near = if is_named { String::new() } else { format!(" at {place}") };
                let mut mistake =
                    Mistake::at(FILE, line, path, format!("the template cannot be filled in: {said}{near}"));
                if error.kind() == minijinja::ErrorKind::UndefinedError {
                    mistake = mistake.with_likely(place, self.context.keys().map(String::as_str));
                }
                self.mistakes.push(mistake);
                String::new()
            }
        }
    }

    /// What is wrong in a part of a template that was not come to: it would show in another month.
    fn faults(&mut self, template: &str, path: &str) {
        let names: Names<'_> = self.context.iter().map(|(name, value)| (name.as_str(), attributes(value))).collect();
        for fault in template_faults(template, &names) {
            let line = self.line(path, Some(fault.line));
            let what = format!("the template cannot be filled in: {fault}");
            let known = fault.known.iter().map(String::as_str);
            self.mistakes.push(Mistake::at(FILE, line, path, what).with_likely(&fault.given, known));
        }
    }

    /// The line of a text of the plan, or of the line within it that is wrong.
    fn line(&self, path: &str, within: Option<usize>) -> usize {
        within.map_or_else(|| line_of(self.text, path), |within| line_within(self.text, path, within))
    }

    fn mistake(&mut self, path: String, what: String) {
        let line = self.line(&path, None);
        self.mistakes.push(Mistake::at(FILE, line, path, what));
    }

    fn unknown<'b>(&mut self, name: &str, path: String, what: String, known: impl IntoIterator<Item = &'b str>) {
        let line = self.line(&path, None);
        self.mistakes.push(Mistake::at(FILE, line, path, what).with_likely(name, known));
    }
}

/// The names after the dot that a value has, where it has any.
fn attributes(value: &Value) -> Option<Vec<String>> {
    let keys = value.try_iter().ok().filter(|_| value.kind() == ValueKind::Map)?;
    Some(keys.map(|key| key.to_string()).collect())
}

/// The rows of a stored table in their order, each with its source.
fn table_query(schema: &TableSchema, table: &str) -> String {
    let fields = schema.fields.iter().map(|field| format!("t.\"{}\"", field.name));
    let sources = SOURCE_COLUMNS.iter().map(|(_, _, _, selected)| (*selected).to_owned());
    let meanings = schema.shorthand_columns().map(|(_, _, column)| format!("t.\"{column}\""));
    let selected: Vec<String> = fields.chain(meanings).chain(sources).collect();
    format!(
        "SELECT {} FROM \"{table}\" AS t LEFT JOIN \"source\" AS s ON s.\"_source\" = t.\"_source\" ORDER BY t.\"_row\"",
        selected.join(", ")
    )
}

fn format_of(kind: FieldKind) -> Format {
    match kind {
        FieldKind::Text => Format::Text,
        FieldKind::Integer => Format::Integer,
        FieldKind::Number => Format::Number,
        FieldKind::Percentage => Format::Percentage,
        FieldKind::Money => Format::Money,
        FieldKind::Date => Format::Date,
        FieldKind::Month => Format::Month,
        FieldKind::Boolean => Format::Boolean,
    }
}
