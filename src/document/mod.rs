//! `appendix.md` becomes a [`Document`]: headings, paragraphs, lists and tables.
//!
//! The file is CommonMark. Before Markdown is read, the fenced blocks are split out, so that no text of a cell can
//! become a query; then the prose is filled in by templates, with text from cells escaped, so that none can become
//! markup. Fences:
//!
//! - `values NAME`: a query with one row; its columns are `{{ NAME.column }}` anywhere in the prose.
//! - `rows NAME`: a query with any number of rows, for `{% for row in NAME %}`.
//! - `table`: a query with caption, columns, total, notes; see [`TablePlan`](table::TablePlan).
//!
//! An unknown name is an error, and so is an empty figure, except in a draft, where it is printed as `[x]`.

mod number;
mod prose;
mod source;
mod table;

use std::collections::BTreeMap;

use minijinja::{Environment, Value};

use crate::model::document::{Block, Detail, Document, Draft, Inline};
use crate::model::{Period, QueryError, StoredRows};
use crate::schema::{Empty, Escape, Mistake, Mistakes, environment, to_template};
use source::{Kind, Piece, Source};

/// The file that the document is made from.
const FILE: &str = "appendix.md";

/// What a document says that is not in `appendix.md`.
#[derive(Debug, Clone)]
pub struct Face {
    /// The language of the text.
    pub language: String,
    /// Who issues it.
    pub author: String,
    /// A sentence that must not be missed.
    pub notice: Option<String>,
    /// What is reported.
    pub period: Period,
    /// Fingerprint of the inputs: the same workbooks and pack give the same.
    pub fingerprint: String,
    /// Why it may not be published, if so.
    pub draft: Option<Draft>,
}

/// Makes the document.
///
/// # Errors
/// Every mistake in `appendix.md`, with its line.
pub fn build(text: &str, rows: &dyn StoredRows, face: &Face) -> Result<Document, Mistakes> {
    let mut mistakes = Vec::new();
    let Some(source) = Source::parse(text, &mut mistakes) else { return Err(Mistakes::new(mistakes)) };
    let empty = if face.draft.is_some() { Empty::Marked } else { Empty::Refused };
    let mut writer = Writer {
        rows,
        prose: environment(Escape::Markdown, empty),
        plain: environment(Escape::Nothing, empty),
        context: BTreeMap::new(),
        mistakes,
    };
    writer.gather(&source);
    let mut blocks = Vec::new();
    let mut explained = Vec::new();
    for piece in &source.pieces {
        writer.write(piece, &mut blocks, &mut explained);
    }
    writer.unclaimed_explanations(&mut blocks, &explained);
    number::number(&mut blocks, source.front.number_headings, source.front.number_paragraphs);
    let front = &source.front;
    let mut document = Document {
        title: writer.text(source.line_of("title"), &front.title),
        language: face.language.clone(),
        author: face.author.clone(),
        subject: writer.text(source.line_of("subject"), &front.subject),
        title_block: front
            .title_block
            .iter()
            .map(|detail| Detail {
                label: detail.label.clone(),
                value: writer.text(source.line_of(&detail.label), &detail.value),
            })
            .collect(),
        notice: face.notice.clone(),
        header: writer.text(source.line_of("header"), &front.header),
        footer: writer.text(source.line_of("footer"), &front.footer),
        draft: face.draft.clone(),
        blocks,
    };
    document.title_block.extend(data_details(face));
    if writer.mistakes.is_empty() { Ok(document) } else { Err(Mistakes::new(writer.mistakes)) }
}

/// Reports what is wrong with `appendix.md` as far as it can be told without rows: its form, its queries, the names in
/// its templates.
pub fn check(text: &str, rows: &dyn StoredRows) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let Some(source) = Source::parse(text, &mut mistakes) else { return mistakes };
    let mut known: BTreeMap<&str, Option<Vec<String>>> = BTreeMap::new();
    known.insert("period", rows.columns("SELECT * FROM period").ok());
    for piece in &source.pieces {
        let named = match &piece.kind {
            Kind::Values { name, query } => Some((name, query, true)),
            Kind::Rows { name, query } => Some((name, query, false)),
            Kind::Prose(_) | Kind::Table(_) => None,
        };
        if let Some((name, query, one_row)) = named {
            match rows.columns(query) {
                Ok(columns) => {
                    known.insert(name, one_row.then_some(columns));
                }
                Err(error) => {
                    mistakes.push(query_mistake(piece.line, &error));
                    known.insert(name, None);
                }
            }
        }
        if let Kind::Table(plan) = &piece.kind {
            mistakes.extend(plan.check(piece.line, rows));
        }
    }
    for (line, template) in source.templates() {
        mistakes.extend(check_names(line, template, &known));
    }
    mistakes
}

/// The month up to which the data run, and the inputs' fingerprint: always on the first page.
fn data_details(face: &Face) -> [Detail; 2] {
    let whole = if face.period.is_complete() { "the whole year" } else { "the year is not complete" };
    [
        Detail { label: "Data up to".into(), value: format!("{} ({whole})", face.period.to) },
        Detail { label: "Fingerprint of the workbooks".into(), value: face.fingerprint.clone() },
    ]
}

fn query_mistake(line: usize, error: &QueryError) -> Mistake {
    Mistake::at(FILE, line + error.line.unwrap_or(0), "query", error.message.clone())
}

/// Every name in a template must be that of a block of values, and its attribute one of the query's columns.
fn check_names(line: usize, template: &str, known: &BTreeMap<&str, Option<Vec<String>>>) -> Vec<Mistake> {
    let environment = environment(Escape::Nothing, Empty::Refused);
    let compiled = match environment.template_from_str(template) {
        Ok(compiled) => compiled,
        Err(error) => return vec![template_mistake(line, &error)],
    };
    let mut used: Vec<String> = compiled.undeclared_variables(true).into_iter().collect();
    used.sort();
    let mut mistakes = Vec::new();
    for used in used {
        let (name, attribute) = used.split_once('.').unwrap_or((&used, ""));
        let at = line + template.lines().position(|text| text.contains(&used)).unwrap_or(0);
        match known.get(name) {
            None => mistakes.push(
                Mistake::at(FILE, at, "", format!("nothing is named {name}")).with_likely(name, known.keys().copied()),
            ),
            Some(Some(columns)) if !attribute.is_empty() && !columns.iter().any(|column| column == attribute) => {
                mistakes.push(
                    Mistake::at(FILE, at, "", format!("{name} has no column {attribute}"))
                        .with_likely(attribute, columns.iter().map(String::as_str)),
                );
            }
            Some(_) => {}
        }
    }
    mistakes
}

fn template_mistake(line: usize, error: &minijinja::Error) -> Mistake {
    let at = line + error.line().unwrap_or(1) - 1;
    let detail = error.detail().map_or_else(|| error.kind().to_string(), str::to_owned);
    Mistake::at(FILE, at, "", detail)
}

/// Writes the blocks of one document.
struct Writer<'a> {
    rows: &'a dyn StoredRows,
    prose: Environment<'static>,
    plain: Environment<'static>,
    context: BTreeMap<String, Value>,
    mistakes: Vec<Mistake>,
}

impl Writer<'_> {
    /// Runs the queries of values and rows, wherever they stand in the file.
    fn gather(&mut self, source: &Source) {
        self.one_row("period", "SELECT * FROM period", 1);
        for piece in &source.pieces {
            match &piece.kind {
                Kind::Values { name, query } => self.one_row(name, query, piece.line),
                Kind::Rows { name, query } => match self.rows.query(query) {
                    Ok(found) => {
                        let rows: Vec<Value> = found.rows.iter().map(|row| object(&found.columns, row)).collect();
                        self.context.insert(name.clone(), Value::from(rows));
                    }
                    Err(error) => self.mistakes.push(query_mistake(piece.line, &error)),
                },
                Kind::Prose(_) | Kind::Table(_) => {}
            }
        }
    }

    fn one_row(&mut self, name: &str, query: &str, line: usize) {
        match self.rows.query(query) {
            Ok(found) if found.rows.len() == 1 => {
                self.context.insert(name.to_owned(), object(&found.columns, &found.rows[0]));
            }
            Ok(found) => {
                let what = format!("the query of {name} gives {} rows; values are one row", found.rows.len());
                self.mistakes.push(Mistake::at(FILE, line, name, what));
            }
            Err(error) => self.mistakes.push(query_mistake(line, &error)),
        }
    }

    fn write(&mut self, piece: &Piece, blocks: &mut Vec<Block>, explained: &mut Vec<String>) {
        match &piece.kind {
            Kind::Values { .. } | Kind::Rows { .. } => {}
            Kind::Prose(text) => match self.prose.render_str(text, &self.context) {
                Ok(markdown) => prose::blocks(&markdown, piece.line, blocks, &mut self.mistakes),
                Err(error) => self.mistakes.push(template_mistake(piece.line, &error)),
            },
            Kind::Table(plan) => {
                let mut table = match plan.build(self.rows, piece.line) {
                    Ok(table) => table,
                    Err(mistake) => return self.mistakes.push(mistake),
                };
                table.caption = self.text(piece.line, &plan.caption);
                table.empty = self.text(piece.line, &plan.empty);
                // A note whose condition does not hold gives nothing, and nothing is not a note.
                let notes = plan.notes.iter().map(|note| self.text(piece.line, note));
                table.notes = notes.filter(|note| !note.is_empty()).collect();
                for name in &plan.explained {
                    table.notes.extend(self.explanations(&format!("table_name = '{}'", name.replace('\'', "''"))));
                    explained.push(name.clone());
                }
                blocks.push(Block::Table(table));
            }
        }
    }

    /// A template as plain text.
    fn text(&mut self, line: usize, template: &str) -> String {
        match self.plain.render_str(template, &self.context) {
            Ok(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Err(error) => {
                self.mistakes.push(template_mistake(line, &error));
                String::new()
            }
        }
    }

    /// The explained differences that a condition picks, as sentences.
    fn explanations(&mut self, condition: &str) -> Vec<String> {
        let query = format!(
            "SELECT sheet || '!' || cell, message, explanation, recorded_by, approved_by, explained_on
             FROM finding WHERE explanation IS NOT NULL AND {condition} ORDER BY position"
        );
        let found = match self.rows.query(&query) {
            Ok(found) => found,
            Err(error) => {
                self.mistakes.push(query_mistake(1, &error));
                return Vec::new();
            }
        };
        let sentence = |row: &Vec<crate::model::Scalar>| {
            let text = |index: usize| row[index].as_text().unwrap_or_default();
            let date = crate::model::Format::Date.show(&row[5]).unwrap_or_default();
            format!(
                "Explained difference at {}: {} Explanation: {} (Recorded by: {}. Approved by: {}. {date}.)",
                text(0),
                text(1),
                text(2),
                text(3),
                text(4)
            )
        };
        found.rows.iter().map(sentence).collect()
    }

    /// Explained differences are never silent: those under no table are listed at the end.
    fn unclaimed_explanations(&mut self, blocks: &mut Vec<Block>, claimed: &[String]) {
        let list: Vec<String> = claimed.iter().map(|name| format!("'{}'", name.replace('\'', "''"))).collect();
        let rest = self.explanations(&format!("coalesce(table_name, '') NOT IN ({})", list.join(", ")));
        if !rest.is_empty() {
            blocks.push(Block::Heading { level: 1, number: None, text: "Explained differences".into() });
            blocks.push(Block::List {
                ordered: false,
                items: rest.into_iter().map(|text| vec![Inline::plain(text)]).collect(),
            });
        }
    }
}

fn object(columns: &[String], row: &[crate::model::Scalar]) -> Value {
    let values: BTreeMap<String, Value> = columns.iter().cloned().zip(row.iter().map(to_template)).collect();
    Value::from(values)
}
