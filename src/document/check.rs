//! Looking `appendix.md` through before there are rows.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::FILE;
use super::fence::Kind;
use super::named::WithNamed;
use super::pence::AmountNames;
use super::queries::{columns_of, unknown_tables};
use super::source::Source;
use super::writer::no_key;
use crate::model::{StoredRows, quoted_name};
use crate::schema::{Mistake, Names, TableSchema, row_faults, template_faults};

/// Reports what is wrong with `appendix.md` as far as it can be told without rows: its form, its queries, the names in
/// its templates.
pub fn check(text: &str, rows: &dyn StoredRows, tables: &BTreeMap<Arc<str>, TableSchema>) -> Vec<Mistake> {
    let mut mistakes = Vec::new();
    let Some(source) = Source::parse(text, &mut mistakes) else { return mistakes };
    mistakes.extend(names_of_tables(&source, rows));
    let rows: &dyn StoredRows = &WithNamed::new(rows, &source);
    let amounts = AmountNames::of(tables);
    let (mut known, mut keyed, mut looped) = (Names::new(), Names::new(), Names::new());
    known.insert("period", rows.columns("SELECT * FROM period").ok());
    for piece in &source.pieces {
        match &piece.kind {
            Kind::Values { name, by, query } => match columns_of(query, piece, rows) {
                Ok(columns) if by.is_none() => drop(known.insert(name, Some(columns))),
                Ok(columns) => {
                    let unknown_key = by.as_ref().filter(|by| !columns.contains(by));
                    mistakes.extend(unknown_key.map(|by| no_key(piece, name, by, &columns)));
                    known.insert(name, None);
                    keyed.insert(name, Some(columns));
                }
                Err(mistake) => {
                    mistakes.push(mistake);
                    known.insert(name, None);
                }
            },
            Kind::Query { query, .. } => mistakes.extend(columns_of(query, piece, rows).err()),
            Kind::Rows { name, query } => {
                match columns_of(query, piece, rows) {
                    Ok(columns) => drop(looped.insert(name, Some(columns))),
                    Err(mistake) => mistakes.push(mistake),
                }
                known.insert(name, None);
            }
            Kind::Table(plan) => mistakes.extend(plan.check(piece, rows, tables, &amounts)),
            Kind::Chart(plan) => mistakes.extend(plan.check(piece, rows, &amounts)),
            Kind::Explanations(plan) => mistakes.extend(unknown_tables("tables", &plan.tables, piece, tables)),
            Kind::Prose(_) | Kind::Facts(_) | Kind::Sources => {}
        }
    }
    for (line, template) in source.templates() {
        mistakes.extend(amounts.faults_of_template(line, template));
        let faults = template_faults(template, &known).into_iter().chain(row_faults(template, &keyed, &looped));
        mistakes.extend(faults.map(|fault| {
            Mistake::at(FILE, line + fault.line - 1, "", fault.to_string())
                .with_likely(&fault.given, fault.known.iter().map(String::as_str))
        }));
    }
    mistakes
}

/// Named queries that have the name of a stored table: a block that reads from the one would read from the other without
/// a word.
fn names_of_tables(source: &Source, rows: &dyn StoredRows) -> Vec<Mistake> {
    let named = source.pieces.iter().filter_map(|piece| match &piece.kind {
        Kind::Query { name, .. } => Some((piece, name)),
        _ => None,
    });
    let taken = named.filter(|(_, name)| rows.columns(&format!("SELECT 1 FROM {}", quoted_name(name))).is_ok());
    taken.map(|(piece, name)| Mistake::at(FILE, piece.line, name, "a stored table has this name")).collect()
}
