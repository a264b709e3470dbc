//! Running the rules: a query that returns the rows that break it.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::{Environment, Value};

use super::place::{Source, source_of};
use super::{Store, StoreError};
use crate::model::{
    Comparison, Difference, Figures, Finding, Format, Month, NotRun, Outcome, Period, Place, QueryError, Scalar,
    StoredRows,
};
use crate::schema::{
    Empty, Escape, Frequency, Mistake, Names, Pack, PackFiles, Rule, TablePlace, TemplateCause, TemplateFault,
    WorkbookKind, environment, template_faults, to_template,
};

/// Columns of a rule's result that are not values for its message.
const RESERVED: [&str; 6] = ["_row", "_column", "_workbook", "_related", "_expected", "_actual"];

/// So many rows that break one rule are listed; nobody reads on before these are put right.
const MOST_LISTED: usize = 1000;

impl Store {
    /// Runs all rules of the pack that are due.
    ///
    /// A rule whose tables are missing is not run; one that touches a cell that could not be read is not run for that
    /// row, and one that finds a thousand rows is not run for the others.
    ///
    /// # Errors
    /// [`StoreError::Rule`] when a query or template fails; [`Store::check_rules`] finds that out before any work.
    pub fn run_rules(&self, pack: &Pack, period: &Period) -> Result<Outcome, StoreError> {
        // A message is about cells that may be empty, for example the name of an order that is too long.
        let templates = environment(Escape::Nothing, Empty::Blank);
        let mut outcome = Outcome::default();
        for rule in &pack.rules {
            if !pack.check_options(&rule.code).is_off() {
                outcome.extend(self.run_rule(rule, pack, period, &templates)?);
            }
        }
        Ok(outcome)
    }

    /// Reports every query that SQLite refuses, and every message that names a column its query does not give.
    pub fn check_rules(&self, pack: &Pack) -> Vec<Mistake> {
        let mut mistakes = Vec::new();
        for rule in &pack.rules {
            match self.columns(&rule.query) {
                Err(error) => {
                    let line = error.line.map_or(rule.query_line, |line| line + rule.query_line - 1);
                    mistakes.push(Mistake::at(&rule.file, line, "query", error.message));
                }
                Ok(columns) => {
                    for (name, template) in [("message", &rule.message), ("fix", &rule.fix)] {
                        mistakes.extend(check_template(rule, name, template, &columns, &pack.files));
                    }
                }
            }
        }
        mistakes
    }

    fn run_rule(
        &self,
        rule: &Rule,
        pack: &Pack,
        period: &Period,
        templates: &Environment<'_>,
    ) -> Result<Outcome, StoreError> {
        let required = pack.check_options(&rule.code).required.unwrap_or(true);
        let not_run = |why: String| NotRun { check: rule.code.clone(), why, required };
        let mut outcome = Outcome::default();
        let mut whole = true;
        for table in rule.needs.iter().map(|need| need.table.as_str()).collect::<BTreeSet<_>>() {
            match self.supply(table, pack, period) {
                Supply::NotDue => return Ok(Outcome::default()),
                Supply::None(why) => {
                    whole = false;
                    outcome.not_run.push(not_run(why));
                }
                Supply::Some(missing) => outcome.not_run.extend(missing.into_iter().map(not_run)),
            }
        }
        if !whole {
            return Ok(outcome);
        }
        let marked = self.marked(rule);
        for place in marked.values() {
            let workbook = place.workbook.as_deref().unwrap_or_default();
            let why = format!(
                "{} could not be read, so what it counts in was not checked ({workbook}).",
                place.in_workbook()
            );
            outcome.not_run.push(not_run(why));
        }
        let absent = self.absent(rule);
        for (source, heading) in &absent {
            let (sheet, workbook) = (&source.sheet, &source.workbook);
            outcome.not_run.push(not_run(format!(
                "{sheet} has no “{heading}”, so what is counted by it was not checked ({workbook})."
            )));
        }
        let parted = self.parted(rule);
        let parts = parted.iter().flat_map(|source| source.unread.iter().map(|sheet| (&source.workbook, sheet)));
        for (workbook, sheet) in parts.collect::<BTreeSet<_>>() {
            outcome.not_run.push(not_run(format!(
                "A part of {sheet} was not read, so what is counted with it was not checked ({workbook})."
            )));
        }
        let unread: BTreeSet<i64> = marked.keys().map(|(row, _)| *row).collect();
        let failed = |source| StoreError::Rule { file: rule.file.clone(), source };
        let rows = self.query(&rule.query).map_err(failed)?;
        for (index, row) in rows.rows.iter().enumerate() {
            if outcome.findings.len() == MOST_LISTED {
                let more = rows.rows.len() - index;
                outcome.not_run.push(not_run(format!(
                    "It was stopped after 1,000 findings, with {more} more rows to judge. Put right what is listed, and run again."
                )));
                break;
            }
            let broken = Broken::new(&rows.columns, row);
            if broken.cells().any(|row| unread.contains(&row)) {
                continue;
            }
            let mut finding = self.finding(rule, &broken, templates).map_err(failed)?;
            let table = broken.row().and_then(|row| source_of(&self.sources, row)).map(|source| &*source.table);
            if !pack.keeps(&mut finding, table, broken.column()) {
                continue;
            }
            // A breach in a workbook without the column, or one that was computed from it, may follow from that alone.
            let is_without = |source: &Source| {
                finding.place.workbook.as_ref() == Some(&source.workbook) || broken.cells().any(|row| source.holds(row))
            };
            let lacking = absent.iter().map(|(source, _)| source).chain(&parted);
            if !lacking.copied().any(is_without) {
                outcome.findings.push(finding);
            }
        }
        Ok(outcome)
    }

    /// The cells that a rule needs and that could not be read.
    fn marked(&self, rule: &Rule) -> BTreeMap<(i64, String), Place> {
        let mut marked = BTreeMap::new();
        for source in &self.sources {
            for (row, field) in &source.marked {
                if rule.needs_field(&source.table, field)
                    && let Some(place) = source.place(*row, Some(field))
                {
                    marked.insert((*row, field.clone()), place);
                }
            }
        }
        marked
    }

    /// The tables in which a column or label that a rule needs is not there, with what officers call it.
    fn absent(&self, rule: &Rule) -> Vec<(&Source, &str)> {
        let each = self.sources.iter().flat_map(|source| source.absent.iter().map(move |absent| (source, absent)));
        let needed = each.filter(|(source, (field, _))| rule.needs_field(&source.table, field));
        needed.map(|(source, (_, heading))| (source, heading.as_str())).collect()
    }

    /// The tables that a rule needs of which there are several in their workbook, and not all of them could be read.
    fn parted(&self, rule: &Rule) -> Vec<&Source> {
        let is_needed = |source: &&Source| rule.needs.iter().any(|need| need.table == *source.table);
        self.sources.iter().filter(|source| !source.unread.is_empty()).filter(is_needed).collect()
    }

    fn finding(&self, rule: &Rule, broken: &Broken<'_>, templates: &Environment<'_>) -> Result<Finding, QueryError> {
        let show = |name: &str| -> Result<Option<String>, QueryError> {
            let value = broken.value(name).filter(|value| !value.is_null());
            value.map(|value| rule.format.show(value)).transpose().map_err(|error| refuse(name, &error))
        };
        let (expected, actual) = (show("_expected")?, show("_actual")?);
        let comparison = comparison(rule.format, broken.value("_expected"), broken.value("_actual"));
        let difference = comparison.as_ref().and_then(difference);
        let mut context: BTreeMap<&str, Value> =
            broken.named().map(|(name, value)| (name, to_template(value))).collect();
        context.insert("_expected", Value::from(expected.clone()));
        context.insert("_actual", Value::from(actual.clone()));
        context.insert("_difference", Value::from(difference.map(|difference| difference.to_string())));
        let text =
            |name: &str, template: &str| templates.render_str(template, &context).map_err(|error| refuse(name, &error));
        let mut finding = Finding::new(
            &rule.code,
            rule.severity,
            self.broken_place(broken),
            text("message", &rule.message)?,
            text("fix", &rule.fix)?,
        );
        finding.expected = expected;
        finding.actual = actual;
        finding.difference = difference;
        finding.explainable = rule.explainable;
        finding.related = broken.related().filter_map(|(row, field)| self.place(row, field)).collect();
        finding.related.sort();
        finding.related.dedup();
        finding.comparison = comparison.map(|comparison| Comparison { lines: finding.related.clone(), ..comparison });
        Ok(finding)
    }

    fn broken_place(&self, broken: &Broken<'_>) -> Place {
        if let Some(row) = broken.row() {
            return self.place(row, broken.column()).or_else(|| self.place(row, None)).unwrap_or_default();
        }
        broken
            .value("_workbook")
            .and_then(Scalar::as_text)
            .map_or_else(Place::inbox, |workbook| Place::workbook(&workbook.into()))
    }

    /// Whether a table that a rule needs is there.
    fn supply(&self, table: &str, pack: &Pack, period: &Period) -> Supply {
        let Some(schema) = pack.tables.get(table) else {
            // One of the tables that every pack has: what the inbox holds is always known.
            return Supply::Some(Vec::new());
        };
        let kinds = pack.partnership.workbooks.iter().filter(|kind| kind.is_due(period));
        let due: Vec<(&WorkbookKind, &TablePlace)> =
            kinds.filter_map(|kind| Some((kind, kind.tables.iter().find(|place| place.table == table)?))).collect();
        if due.is_empty() {
            return Supply::NotDue;
        }
        let mut missing = Vec::new();
        let mut found = false;
        for (kind, place) in due {
            let stored = self.months_of(table, &kind.name);
            found |= !stored.is_empty();
            match kind.frequency {
                Frequency::Yearly if stored.is_empty() && kind.required && place.required => {
                    missing.push(format!(
                        "{} was not read: the {} or its table is missing.",
                        schema.called(),
                        kind.called()
                    ));
                }
                Frequency::Monthly if place.required => {
                    let absent = |month: &Month| period.is_due(*month) && !stored.contains(&Some(*month));
                    missing.extend(period.months().into_iter().filter(absent).map(|month| {
                        let (table, kind) = (schema.called(), kind.called());
                        format!("{table} for {month} was not read: the {kind} or its table is missing.")
                    }));
                }
                Frequency::Yearly | Frequency::Monthly => {}
            }
        }
        // Where only optional workbooks carry it and none is there, nothing is missing: the rule holds over no rows.
        if found || missing.is_empty() { Supply::Some(missing) } else { Supply::None(missing.join(" ")) }
    }

    /// The month of each workbook of a kind of which a table is stored; none for a workbook without a month.
    fn months_of(&self, table: &str, kind: &str) -> Vec<Option<Month>> {
        let is_of = |source: &&Source| *source.table == *table && source.kind.as_deref() == Some(kind);
        self.sources.iter().filter(is_of).map(|source| source.month).collect()
    }
}

/// Whether a table that a rule needs is there.
enum Supply {
    /// No workbook that carries it has fallen due.
    NotDue,
    /// No row of it is stored; why, in words.
    None(String),
    /// It is there, but for these.
    Some(Vec<String>),
}

/// A row that breaks a rule.
struct Broken<'a> {
    columns: &'a [String],
    row: &'a [Scalar],
}

impl<'a> Broken<'a> {
    fn new(columns: &'a [String], row: &'a [Scalar]) -> Self {
        Self { columns, row }
    }

    fn value(&self, name: &str) -> Option<&'a Scalar> {
        self.columns.iter().position(|column| column == name).map(|index| &self.row[index])
    }

    fn row(&self) -> Option<i64> {
        self.value("_row").and_then(Scalar::as_integer)
    }

    fn column(&self) -> Option<&'a str> {
        self.value("_column").and_then(Scalar::as_text)
    }

    /// `row` or `row:field`, with spaces between.
    fn related(&self) -> impl Iterator<Item = (i64, Option<&'a str>)> + use<'a> {
        let text = self.value("_related").and_then(Scalar::as_text).unwrap_or_default();
        text.split_whitespace().filter_map(|part| match part.split_once(':') {
            Some((row, field)) => Some((row.parse().ok()?, Some(field))),
            None => Some((part.parse().ok()?, None)),
        })
    }

    /// Every row that the breach was computed from.
    fn cells(&self) -> impl Iterator<Item = i64> + use<'a> {
        self.row().into_iter().chain(self.related().map(|(row, _)| row))
    }

    fn named(&self) -> impl Iterator<Item = (&'a str, &'a Scalar)> + use<'a> {
        self.columns.iter().map(String::as_str).zip(self.row).filter(|(name, _)| !RESERVED.contains(name))
    }
}

/// The two figures of a rule about amounts or counts, without the cells that they come from.
fn comparison(format: Format, expected: Option<&Scalar>, actual: Option<&Scalar>) -> Option<Comparison> {
    let figures = match format {
        Format::Money => Figures::Pence,
        Format::Integer => Figures::Ones,
        _ => return None,
    };
    let (stated, computed) = (actual?.as_integer()?, expected?.as_integer()?);
    Some(Comparison { stated, computed, figures, lines: Vec::new(), is_approved: false })
}

/// Stated less computed.
fn difference(comparison: &Comparison) -> Option<Difference> {
    comparison.figures.difference(comparison.stated.checked_sub(comparison.computed)?)
}

fn refuse(name: &str, error: &dyn std::fmt::Display) -> QueryError {
    QueryError { message: format!("{name}: {error}"), line: None }
}

/// A template may name the query's columns, and what a rule always has.
fn check_template(rule: &Rule, name: &str, template: &str, columns: &[String], files: &PackFiles) -> Vec<Mistake> {
    let always = ["_expected", "_actual", "_difference"];
    let given = columns.iter().map(String::as_str).filter(|name| !RESERVED.contains(name));
    let known: Names<'_> = given.chain(always).map(|name| (name, None)).collect();
    let mistake = |fault: TemplateFault| {
        let given = &fault.given;
        let what = match fault.cause {
            TemplateCause::Name => format!("the {name} names {given}, which the query does not give"),
            TemplateCause::Filter => format!("the {name} uses the filter {given}, which is not known"),
            _ => fault.to_string(),
        };
        Mistake::named(&rule.file, files, &format!("-- {name}:"), name.to_owned(), what)
            .with_likely(given, fault.known.iter().map(String::as_str))
    };
    template_faults(template, &known).into_iter().map(mistake).collect()
}
