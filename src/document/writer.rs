//! Filling in the plan of the document with rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use minijinja::{Environment, Value};

use super::explanations::Explanations;
use super::facts::FactPlan;
use super::fence::{Kind, Piece};
use super::queries::rows_of;
use super::source::Source;
use super::values::{KeyedRows, TemplateRow};
use super::{FILE, prose};
use crate::model::document::{Block, Fact, Inline};
use crate::model::{QueryRows, StoredRows};
use crate::schema::{Empty, Escape, Mistake, environment, said};

/// Writes the blocks of one document.
pub(super) struct Writer<'a> {
    rows: &'a dyn StoredRows,
    prose: Environment<'static>,
    plain: Environment<'static>,
    empty: Empty,
    context: BTreeMap<String, Value>,
    explanations: Explanations,
    pub blocks: Vec<Block>,
    pub mistakes: Vec<Mistake>,
}

impl<'a> Writer<'a> {
    /// A writer that has read nothing yet.
    pub fn new(rows: &'a dyn StoredRows, empty: Empty, mistakes: Vec<Mistake>) -> Self {
        Self {
            rows,
            prose: environment(Escape::Markdown, empty),
            plain: environment(Escape::Nothing, empty),
            empty,
            context: BTreeMap::new(),
            explanations: Explanations::default(),
            blocks: Vec::new(),
            mistakes,
        }
    }

    /// Runs the queries of values and rows, wherever they stand in the file.
    pub fn gather(&mut self, source: &Source) {
        match Explanations::read(self.rows) {
            Ok(explanations) => self.explanations = explanations,
            Err(error) => self.mistakes.push(Mistake::file(FILE, error.message)),
        }
        match self.rows.query("SELECT * FROM period") {
            Ok(found) => {
                self.context.extend(templates_rows(&found).pop().map(|row| ("period".to_owned(), row)));
            }
            Err(error) => self.mistakes.push(Mistake::file(FILE, error.message)),
        }
        for piece in &source.pieces {
            let (name, query) = match &piece.kind {
                Kind::Values { name, query, .. } | Kind::Rows { name, query } => (name, query),
                _ => continue,
            };
            let value = rows_of(query, piece, self.rows).and_then(|found| self.value(piece, &found));
            match value {
                Ok(value) => drop(self.context.insert(name.clone(), value)),
                Err(mistake) => self.mistakes.push(mistake),
            }
        }
    }

    /// What a name of the templates stands for.
    fn value(&self, piece: &Piece, found: &QueryRows) -> Result<Value, Mistake> {
        let mut rows = templates_rows(found);
        match &piece.kind {
            Kind::Values { name, by: Some(column), .. } => {
                let by = found.column(column).ok_or_else(|| no_key(piece, name, column, &found.columns))?;
                Ok(Value::from_object(KeyedRows::new(name, found, by, rows, self.empty)))
            }
            Kind::Values { name, by: None, .. } => match (rows.pop(), rows.is_empty()) {
                (Some(row), true) => Ok(row),
                _ => {
                    let count = found.rows.len();
                    let what = format!("the query of {name} gives {count} rows; values are one row, or by a column");
                    Err(Mistake::at(FILE, piece.line, name, what))
                }
            },
            _ => Ok(Value::from(rows)),
        }
    }

    /// Writes a piece of the file.
    pub fn write(&mut self, piece: &Piece) {
        if let Err(mistake) = self.try_to_write(piece) {
            self.mistakes.push(mistake);
        }
    }

    fn try_to_write(&mut self, piece: &Piece) -> Result<(), Mistake> {
        match &piece.kind {
            Kind::Values { .. } | Kind::Rows { .. } | Kind::Query { .. } => {}
            Kind::Prose(text) => {
                let markdown = self.prose.render_str(text, &self.context);
                let markdown = markdown.map_err(|error| template_mistake(piece.line, &error))?;
                prose::blocks(&markdown, piece.line, &mut self.blocks, &mut self.mistakes);
            }
            Kind::Table(plan) => {
                let found = rows_of(&plan.query, piece, self.rows)?;
                let mut table = plan.build(&found, piece)?;
                table.caption = self.text_of(piece, "caption", &plan.caption);
                table.empty = self.text_of(piece, "empty", &plan.empty);
                table.notes.extend(self.notes(piece, &plan.notes));
                table.notes.extend(self.explanations.claim(&plan.explained));
                self.blocks.push(Block::Table(table));
            }
            Kind::Chart(plan) => {
                let found = rows_of(&plan.query, piece, self.rows)?;
                let mut chart = plan.build(&found, piece)?;
                chart.title = self.text_of(piece, "title", &plan.title);
                chart.alt = self.text_of(piece, "alt", &plan.alt);
                chart.empty = self.text_of(piece, "empty", &plan.empty);
                chart.notes.extend(self.notes(piece, &plan.notes));
                self.blocks.push(Block::Chart(chart));
            }
            Kind::Facts(plans) => {
                let facts = plans.iter().enumerate().map(|(index, plan)| self.fact(piece, index, plan)).collect();
                self.blocks.push(Block::Facts(facts));
            }
            Kind::Explanations(plan) => {
                let paragraph = |text| Block::Paragraph { number: None, text: vec![Inline::plain(text)] };
                self.blocks.extend(self.explanations.claim(&plan.tables).into_iter().map(paragraph));
            }
            Kind::Sources => self.blocks.push(Block::Sources),
        }
        Ok(())
    }

    fn fact(&mut self, piece: &Piece, index: usize, plan: &FactPlan) -> Fact {
        Fact {
            value: self.text_of(piece, &format!("[{index}].value"), &plan.value),
            label: self.text_of(piece, &format!("[{index}].label"), &plan.label),
            source: None,
        }
    }

    /// A note whose condition does not hold gives nothing, and nothing is not a note.
    fn notes(&mut self, piece: &Piece, notes: &[String]) -> Vec<String> {
        let notes = piece.notes(notes).map(|(line, note)| self.text(line, note));
        notes.filter(|note| !note.is_empty()).collect()
    }

    /// A setting of a fence as plain text.
    fn text_of(&mut self, piece: &Piece, path: &str, template: &str) -> String {
        self.text(piece.line_within(path, 1), template)
    }

    /// A template as plain text.
    pub fn text(&mut self, line: usize, template: &str) -> String {
        match self.plain.render_str(template, &self.context) {
            Ok(text) => text.split_whitespace().collect::<Vec<_>>().join(" "),
            Err(error) => {
                self.mistakes.push(template_mistake(line, &error));
                String::new()
            }
        }
    }

    /// Adds what no block of the file has asked for and must not be left out.
    pub fn end(&mut self) {
        self.explanations.unclaimed(&mut self.blocks);
    }
}

/// The rows of a query as templates see them.
fn templates_rows(found: &QueryRows) -> Vec<Value> {
    let columns: Arc<[String]> = found.columns.as_slice().into();
    found.rows.iter().map(|row| Value::from_object(TemplateRow::new(&columns, row))).collect()
}

/// The mistake that a column of keys is not there.
pub(super) fn no_key(piece: &Piece, name: &str, column: &str, given: &[String]) -> Mistake {
    let what = format!("the query of {name} does not give a column named {column}");
    Mistake::at(FILE, piece.line, name, what).with_likely(column, given.iter().map(String::as_str))
}

/// The mistake that an error of a template is; `line` is that on which the template begins.
fn template_mistake(line: usize, error: &minijinja::Error) -> Mistake {
    Mistake::at(FILE, line + error.line().unwrap_or(1) - 1, "", said(error))
}
