//! Filling in the plan of the document with rows.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use minijinja::{Environment, Value};

use super::explanations::Explanations;
use super::facts::FactPlan;
use super::fence::{Kind, Piece};
use super::footnotes::Footnotes;
use super::marks::Marks;
use super::origins::{Origins, RowOrigins, SETTINGS, row_origins};
use super::queries::{printed_rows_of, rows_of};
use super::source::Source;
use super::sources::Sourced;
use super::values::{KeyedRows, TemplateRow, add_marks, marked};
use super::{FILE, prose, sources};
use crate::model::document::{Block, Fact, Inline, SourceNote};
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
    footnotes: Footnotes,
    origins: Origins,
    sourced: Vec<Sourced>,
    pub blocks: Vec<Block>,
    pub mistakes: Vec<Mistake>,
}

impl<'a> Writer<'a> {
    /// A writer that has read nothing yet.
    pub fn new(rows: &'a dyn StoredRows, empty: Empty, mistakes: Vec<Mistake>) -> Self {
        let environment = |escape| {
            let mut environment = environment(escape, empty);
            add_marks(&mut environment);
            environment
        };
        Self {
            rows,
            prose: environment(Escape::Markdown),
            plain: environment(Escape::Nothing),
            empty,
            context: BTreeMap::new(),
            explanations: Explanations::default(),
            footnotes: Footnotes::default(),
            origins: Origins::none(),
            sourced: Vec::new(),
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
        match Origins::read(self.rows) {
            Ok(origins) => self.origins = origins,
            Err(error) => self.mistakes.push(Mistake::file(FILE, error.message)),
        }
        match self.rows.query("SELECT * FROM period") {
            Ok(found) => {
                let of_rows = vec![RowOrigins { columns: vec![SETTINGS; found.columns.len()] }; found.rows.len()];
                self.context.extend(template_rows(&found, of_rows).pop().map(|row| ("period".to_owned(), row)));
            }
            Err(error) => self.mistakes.push(Mistake::file(FILE, error.message)),
        }
        for piece in &source.pieces {
            let (name, query) = match &piece.kind {
                Kind::Values { name, query, .. } | Kind::Rows { name, query } => (name, query),
                _ => continue,
            };
            let value = rows_of(query, piece, self.rows).and_then(|found| self.value(piece, query, &found));
            match value {
                Ok(value) => drop(self.context.insert(name.clone(), value)),
                Err(mistake) => self.mistakes.push(mistake),
            }
        }
    }

    /// What a name of the templates stands for.
    fn value(&mut self, piece: &Piece, query: &str, found: &QueryRows) -> Result<Value, Mistake> {
        let of_rows = row_origins(found, query, piece, self.rows, &mut self.origins)?;
        let mut rows = template_rows(found, of_rows);
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
                let markdown = self.prose.render_str(&marked(text), &self.context);
                let markdown = markdown.map_err(|error| template_mistake(piece.line, &error))?;
                let Self { blocks, footnotes: notes, origins, mistakes, .. } = self;
                let tables = prose::write(&markdown, piece.line, prose::Page { blocks, notes, origins, mistakes });
                self.sourced.extend(tables.into_iter().map(|table| Sourced::block(table.block, table.origins)));
            }
            Kind::Table(plan) => {
                let found = printed_rows_of(&plan.query, piece, self.rows)?;
                let of_rows = row_origins(&found, &plan.query, piece, self.rows, &mut self.origins)?;
                let (mut table, mut origins) = plan.build(&found, &of_rows, &self.origins, piece)?;
                if found.rows.is_empty() {
                    origins.push(self.origins.of_query(&plan.query, piece, self.rows)?);
                }
                table.caption = self.text_of(piece, "caption", &plan.caption);
                table.empty = self.text_of(piece, "empty", &plan.empty);
                table.notes.extend(self.notes(piece, &plan.notes));
                table.notes.extend(self.explanations.claim(&plan.explained));
                self.sourced.push(Sourced::block(self.blocks.len(), origins));
                self.blocks.push(Block::Table(table));
            }
            Kind::Chart(plan) => {
                let found = printed_rows_of(&plan.query, piece, self.rows)?;
                let of_rows = row_origins(&found, &plan.query, piece, self.rows, &mut self.origins)?;
                let (mut chart, mut origins) = plan.build(&found, &of_rows, &self.origins, piece)?;
                if found.rows.is_empty() {
                    origins.push(self.origins.of_query(&plan.query, piece, self.rows)?);
                }
                chart.title = self.text_of(piece, "title", &plan.title);
                chart.alt = self.text_of(piece, "alt", &plan.alt);
                chart.empty = self.text_of(piece, "empty", &plan.empty);
                chart.notes.extend(self.notes(piece, &plan.notes));
                self.sourced.push(Sourced::block(self.blocks.len(), origins));
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
        let line = piece.line_within(&format!("[{index}].value"), 1);
        let mut origins = BTreeSet::new();
        let mut value = String::new();
        for (numbers, part) in Marks::default().split(&self.text(line, &marked(&plan.value))) {
            origins.extend(numbers);
            value.push_str(&part);
        }
        let origins = origins.into_iter().collect();
        self.sourced.push(Sourced { block: self.blocks.len(), fact: Some(index), origins });
        Fact { value, label: self.text_of(piece, &format!("[{index}].label"), &plan.label), source: None }
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
        let is_listed = self.blocks.iter().any(|block| matches!(block, Block::Sources));
        if !is_listed && !self.sourced.is_empty() {
            self.blocks.push(Block::Heading { level: 1, number: None, text: "Sources".into() });
            self.blocks.push(Block::Sources);
        }
    }

    /// The footnotes.
    pub fn take_notes(&mut self) -> Vec<Vec<Inline>> {
        std::mem::take(&mut self.footnotes).end(&mut self.mistakes)
    }

    /// The sources of the blocks, which are numbered by now; each block gets the number of its own.
    pub fn take_sources(&self, blocks: &mut [Block]) -> Vec<SourceNote> {
        sources::sources(&self.sourced, &self.origins, blocks)
    }
}

/// The rows of a query as templates see them.
fn template_rows(found: &QueryRows, of_rows: Vec<RowOrigins>) -> Vec<Value> {
    let columns: Arc<[String]> = found.columns.as_slice().into();
    let rows = found.rows.iter().zip(of_rows);
    rows.map(|(row, origins)| Value::from_object(TemplateRow::new(&columns, row, origins))).collect()
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
