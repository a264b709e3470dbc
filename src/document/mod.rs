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
use std::sync::Arc;

use minijinja::{Environment, Value};

use crate::model::document::{Block, Detail, Document, Draft, Inline};
use crate::model::{Format, Period, QueryError, Scalar, StoredRows};
use crate::schema::{
    Empty, Escape, Mistake, Mistakes, Names, TableSchema, TemplateFault, environment, row_to_template, said,
    template_faults,
};
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
    /// Fingerprint of the inputs: the same workbooks give the same.
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
        explained: Vec::new(),
        mistakes,
    };
    writer.gather(&source);
    let mut blocks = Vec::new();
    for piece in &source.pieces {
        writer.write(piece, &mut blocks);
    }
    writer.unclaimed_explanations(&mut blocks);
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
            .enumerate()
            .map(|(index, detail)| Detail {
                label: detail.label.clone(),
                value: writer.text(source.line_of(&source::detail_path(index)), &detail.value),
            })
            .collect(),
        notice: face.notice.clone(),
        header: writer.text(source.line_of("header"), &front.header),
        footer: writer.text(source.line_of("footer"), &front.footer),
        draft: face.draft.clone(),
        blocks,
        notes: Vec::new(),
        sources: Vec::new(),
    };
    document.title_block.extend(data_details(face));
    if writer.mistakes.is_empty() { Ok(document) } else { Err(Mistakes::new(writer.mistakes)) }
}

/// Reports what is wrong with `appendix.md` as far as it can be told without rows: its form, its queries, the names in
/// its templates.
pub fn check(text: &str, rows: &dyn StoredRows, tables: &BTreeMap<Arc<str>, TableSchema>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let Some(source) = Source::parse(text, &mut mistakes) else { return mistakes };
    let mut known = Names::new();
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
            mistakes.extend(plan.check(piece.line, rows, tables));
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

fn check_names(line: usize, template: &str, known: &Names<'_>) -> Vec<Mistake> {
    let mistake = |fault: TemplateFault| {
        Mistake::at(FILE, line + fault.line - 1, "", fault.to_string())
            .with_likely(&fault.given, fault.known.iter().map(String::as_str))
    };
    template_faults(template, known).into_iter().map(mistake).collect()
}

fn template_mistake(line: usize, error: &minijinja::Error) -> Mistake {
    Mistake::at(FILE, line + error.line().unwrap_or(1) - 1, "", said(error))
}

/// Writes the blocks of one document.
struct Writer<'a> {
    rows: &'a dyn StoredRows,
    prose: Environment<'static>,
    plain: Environment<'static>,
    context: BTreeMap<String, Value>,
    explained: Vec<Explained>,
    mistakes: Vec<Mistake>,
}

impl Writer<'_> {
    /// Runs the queries of values and rows, wherever they stand in the file.
    fn gather(&mut self, source: &Source) {
        match explained(self.rows) {
            Ok(explained) => self.explained = explained,
            Err(error) => self.mistakes.push(query_mistake(1, &error)),
        }
        self.one_row("period", "SELECT * FROM period", 1);
        for piece in &source.pieces {
            match &piece.kind {
                Kind::Values { name, query } => self.one_row(name, query, piece.line),
                Kind::Rows { name, query } => match self.rows.query(query) {
                    Ok(found) => {
                        let rows: Vec<Value> =
                            found.rows.iter().map(|row| row_to_template(&found.columns, row)).collect();
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
                self.context.insert(name.to_owned(), row_to_template(&found.columns, &found.rows[0]));
            }
            Ok(found) => {
                let what = format!("the query of {name} gives {} rows; values are one row", found.rows.len());
                self.mistakes.push(Mistake::at(FILE, line, name, what));
            }
            Err(error) => self.mistakes.push(query_mistake(line, &error)),
        }
    }

    fn write(&mut self, piece: &Piece, blocks: &mut Vec<Block>) {
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
                for explained in self.explained.iter_mut().filter(|one| plan.explained.contains(&one.table)) {
                    table.notes.push(explained.sentences.clone());
                    explained.claimed = true;
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

    /// Explained differences are never silent: those under no table are listed at the end.
    fn unclaimed_explanations(&self, blocks: &mut Vec<Block>) {
        let rest = self.explained.iter().filter(|explained| !explained.claimed);
        let items: Vec<Vec<Inline>> = rest.map(|explained| vec![Inline::plain(&explained.sentences)]).collect();
        if !items.is_empty() {
            blocks.push(Block::Heading { level: 1, number: None, text: "Explained differences".into() });
            blocks.push(Block::List { ordered: false, items });
        }
    }
}

/// A difference that an officer lets stand.
struct Explained {
    /// The stored table that it is in; empty where it is in none.
    table: String,
    /// Where it is, what it is, and what was recorded.
    sentences: String,
    /// Whether a table of the document prints it.
    claimed: bool,
}

/// The explained differences in their order.
fn explained(rows: &dyn StoredRows) -> Result<Vec<Explained>, QueryError> {
    let found = rows.query(
        "SELECT table_name, sheet || '!' || cell, public_message, explanation, workbook, recorded_by, approved_by, explained_on
         FROM finding WHERE explanation IS NOT NULL ORDER BY position",
    )?;
    let explained = |row: &Vec<Scalar>| {
        let text = |index: usize| row[index].as_text().unwrap_or_default();
        let date = Format::Date.show(&row[7]).unwrap_or_default();
        let sentences = format!(
            "Explained difference at {}: {} Explanation: {} (Workbook: {}. Recorded by: {}. Approved by: {}. {date}.)",
            text(1),
            text(2),
            text(3),
            text(4),
            text(5),
            text(6)
        );
        Explained { table: text(0).to_owned(), sentences, claimed: false }
    };
    Ok(found.rows.iter().map(explained).collect())
}
