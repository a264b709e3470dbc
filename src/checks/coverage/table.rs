//! On how many rows of a table a check ran.

use std::collections::{BTreeMap, BTreeSet};

use super::super::view::{ColumnView, TableView};
use super::super::weight::Scope;
use super::super::window::Days;
use super::super::{Context, constraints, control, formulas, keys, totals, types, values, window};
use crate::model::{Cell, Check, Kinds, Origin, Over, Row, SumOf, Value, Workbook};
use crate::schema::{FieldKind, Layout, Pack};

/// A table, with what is looked up of it for many checks.
pub(super) struct LookedTable<'a> {
    /// The table.
    pub view: TableView<'a>,
    /// The rows of its sheet that have formulas, zero-based.
    rows_with_formulas: BTreeSet<u32>,
    /// Whether its workbook has formulas on any sheet that holds a table.
    is_among_formulas: bool,
    /// By code, the columns of the fields that ask for a check and have it on.
    asked: BTreeMap<&'static str, Vec<usize>>,
}

impl<'a> LookedTable<'a> {
    /// A table with what its fields ask for.
    pub fn of(
        view: TableView<'a>,
        rows_with_formulas: BTreeSet<u32>,
        is_among_formulas: bool,
        context: &Context<'_>,
    ) -> Self {
        let mut asked: BTreeMap<&'static str, Vec<usize>> = BTreeMap::new();
        for column in view.columns() {
            let checks = asked_by(column, context).filter(|check| is_on(check, view, Some(column), context.pack));
            for check in checks {
                asked.entry(check.code).or_default().push(column.index);
            }
        }
        Self { view, rows_with_formulas, is_among_formulas, asked }
    }

    /// On how many rows a check ran; of a check that is not about rows, more than none where it ran.
    pub fn rows(&self, check: &Check, pack: &Pack, with_rows: &BTreeSet<&str>) -> usize {
        let view = self.view;
        match check.over {
            // Each field may have the check on or off for itself.
            Over::Cells(kinds) => {
                let is_looked_at =
                    |one: ColumnView<'_>| is_of(kinds, one.kind()) && is_on(check, view, Some(one), pack);
                self.all(view.columns().any(is_looked_at))
            }
            Over::Asked | Over::Columns => self.all(self.asked.contains_key(check.code)),
            Over::Values => self.asked.get(check.code).map_or(0, |columns| self.rows_that_were_read(columns)),
            Over::Percentages => {
                let on = view.columns().filter(|one| is_on(check, view, Some(*one), pack));
                on.flat_map(values::rows_with_percentages).collect::<BTreeSet<_>>().len()
            }
            Over::Totals => {
                let states_total = |one: ColumnView<'_>| {
                    totals::stated(one).is_some()
                        && totals::asked_by(view.schema, one.field).is_some()
                        && is_on(check, view, Some(one), pack)
                };
                let in_row = view.columns().any(states_total);
                self.all(in_row || self.states(SumOf::All) && is_on(check, view, None, pack))
            }
            Over::Keys => self.rows_with_keys(check, pack),
            Over::References => self.rows_with_references(check, pack, with_rows),
            _ if is_on(check, view, None, pack) => self.rows_at_all(check.over, pack),
            _ => 0,
        }
    }

    /// The same of a check that is on in the whole table.
    fn rows_at_all(&self, over: Over, pack: &Pack) -> usize {
        let view = self.view;
        let sheet = || view.workbook.sheet(&view.table.sheet);
        let has_layout = || sheet().is_some_and(|sheet| sheet.layout.is_some());
        let is_of_rows = view.schema.crosscast.layout == Layout::Rows;
        let gives_all_formulas = || formulas::gives_all_formulas(view.workbook);
        let has_formulas = |row: u32| self.rows_with_formulas.contains(&row);
        let total = view.table.total.as_ref().filter(|_| is_of_rows);
        match over {
            // Its headings are looked at before there is any row.
            Over::Tables => self.view.table.rows.len().max(1),
            Over::SheetNames => self.all(view.table.columns.iter().flatten().any(|one| one.origin == Origin::Sheet)),
            Over::Layouts => self.all(has_layout()),
            Over::LayoutsOfRecords => self.all(!view.is_form() && has_layout()),
            Over::Grids => self.all(!view.is_form() && sheet().is_some_and(|sheet| sheet.grid.is_some())),
            Over::FormulasOfTotals => self.all(total.is_some_and(|total| has_formulas(total.line))),
            Over::RowsOfTotals => {
                let is_judged = total.is_some() && view.table.rows.len() > 1 && self.is_among_formulas;
                self.all(is_judged && gives_all_formulas())
            }
            Over::FormulasOfRecords => {
                let has = |row: &Row| has_formulas(row.line);
                self.all(is_of_rows && gives_all_formulas() && view.table.rows.iter().any(has))
            }
            Over::Subtotals => self.all(self.states(SumOf::Part)),
            Over::RowTotals => self.all(self.states(SumOf::Across)),
            Over::StatedSums => self.all(view.table.total.is_some() || !view.table.stated.is_empty()),
            Over::Explanations => self.all(pack.kind_of(view.workbook).is_some_and(|kind| kind.explanations)),
            _ => 0,
        }
    }

    fn all(&self, is_looked_at: bool) -> usize {
        if is_looked_at { self.view.table.rows.len() } else { 0 }
    }

    fn states(&self, of: SumOf) -> bool {
        self.view.table.stated.iter().any(|stated| stated.of == of)
    }

    /// The rows of which all of these columns' cells could be read.
    fn rows_that_were_read(&self, columns: &[usize]) -> usize {
        self.rows_of_which(|cells| {
            columns.iter().all(|column| cells.get(*column).is_some_and(|cell| !cell.is_marked()))
        })
    }

    /// The rows that have all parts of a key of the check.
    fn rows_with_keys(&self, check: &Check, pack: &Pack) -> usize {
        let schema = self.view.schema;
        let of_check = schema.keys().into_iter().filter(|key| keys::check_of(schema, key).code == check.code);
        let on = of_check.filter(|key| Scope::of(pack, schema, key.first().copied()).has_on(check.code));
        let indexes: Vec<Vec<usize>> = on.filter_map(|key| self.indexes(key.into_iter())).collect();
        self.rows_of_which(|cells| indexes.iter().any(|key| is_filled(cells, key)))
    }

    /// The rows that name a row of another table, or of this one, of which there are rows.
    fn rows_with_references(&self, check: &Check, pack: &Pack, with_rows: &BTreeSet<&str>) -> usize {
        let schema = self.view.schema;
        let looked_up = schema.foreign_keys.iter().filter(|key| {
            let table = key.reference.resource.as_str();
            let is_on = Scope::of(pack, schema, key.fields.iter().next()).has_on(check.code);
            is_on && (table.is_empty() || with_rows.contains(table))
        });
        let indexes: Vec<Vec<usize>> = looked_up.filter_map(|key| self.indexes(key.fields.iter())).collect();
        self.rows_of_which(|cells| indexes.iter().any(|key| is_filled(cells, key)))
    }

    /// The places of fields among the schema's.
    fn indexes<'n>(&self, fields: impl Iterator<Item = &'n str>) -> Option<Vec<usize>> {
        fields.map(|name| self.view.schema.field_index(name)).collect()
    }

    fn rows_of_which(&self, is_looked_at: impl Fn(&[Cell]) -> bool) -> usize {
        self.view.table.rows.iter().filter(|row| is_looked_at(&row.cells)).count()
    }
}

/// The rows with formulas of each sheet that holds a table.
pub(super) fn rows_with_formulas(workbook: &Workbook) -> BTreeMap<&str, BTreeSet<u32>> {
    let holds_a_table = |name: &str| workbook.tables.iter().any(|table| &*table.sheet == name);
    let mut found: BTreeMap<&str, BTreeSet<u32>> = BTreeMap::new();
    for sheet in workbook.sheets.iter().filter(|sheet| holds_a_table(&sheet.name)) {
        let cells = sheet.grid.iter().flat_map(|grid| grid.cells());
        for (at, _) in cells.filter(|(_, cell)| cell.formula.is_some()) {
            found.entry(&sheet.name).or_default().insert(at.row);
        }
    }
    found
}

/// The checks that a column asks for and that can be asked of it, beside those that look at all columns of a kind.
fn asked_by<'a>(column: ColumnView<'a>, context: &'a Context<'_>) -> impl Iterator<Item = &'static Check> + 'a {
    let (schema, field) = (column.of.schema, column.field);
    let of_values = constraints::asked_by(schema, field).map(|constraint| &constraint.check);
    let of_days = window::asked_by(field).filter(|_| Days::of(field, context).is_some());
    let of_total = control::asked_by(field).filter(|_| context.year.approved_total.is_some());
    let of_formats = types::shown_by(field);
    of_values
        .chain(of_days)
        .chain(of_total)
        .chain(totals::must_be_stated(field))
        .chain(of_formats)
        .chain(values::asked_by(column, context))
}

/// Whether the pack has a check on in a table, or in a field of it.
fn is_on(check: &Check, view: TableView<'_>, column: Option<ColumnView<'_>>, pack: &Pack) -> bool {
    let field = column.map(|column| column.field.name.as_str());
    Scope::of(pack, view.schema, field).has_on(check.code)
}

/// Whether these cells of a row hold a value each.
fn is_filled(cells: &[Cell], columns: &[usize]) -> bool {
    columns.iter().all(|column| cells.get(*column).is_some_and(|cell| cell.value != Value::Null))
}

/// Whether a field's cells are among those that a check of these kinds looks at.
fn is_of(kinds: Kinds, kind: FieldKind) -> bool {
    match kinds {
        Kinds::Any => true,
        Kinds::Text => kind == FieldKind::Text,
        Kinds::Day => kind == FieldKind::Date,
        Kinds::Month => kind == FieldKind::Month,
        Kinds::DayOrMonth => matches!(kind, FieldKind::Date | FieldKind::Month),
        Kinds::Amount => kind == FieldKind::Money,
        Kinds::Count => kind == FieldKind::Integer,
        Kinds::Number => matches!(kind, FieldKind::Integer | FieldKind::Number | FieldKind::Percentage),
        Kinds::Figure => kind.is_numeric(),
        Kinds::YesOrNo => kind == FieldKind::Boolean,
    }
}
