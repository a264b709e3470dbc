//! Putting read workbooks into the store.

use std::sync::Arc;

use rusqlite::types::{ToSqlOutput, Value as Sql, ValueRef};
use rusqlite::{ToSql, params};

use super::place::{Lines, Source};
use super::spread::Spread;
use super::{Store, StoreError};
use crate::model::{Cell, Converted, Month, Table, Value, Workbook, WorkbookState, quoted_name};
use crate::schema::{Layout, Pack, STATED_TOTAL, TableSchema, WorkbookKind};

/// The number of the first field among the values of a row that is put in, counted from 1: `_row`, `_source`, `_line` and
/// `_month` stand before it.
const FIRST_FIELD: usize = 5;

impl Store {
    /// Notes a workbook, and stores the rows of its tables when its state is [`WorkbookState::Read`].
    ///
    /// `month` is the month that it is for, and that its rows belong to (monthly workbooks).
    ///
    /// # Errors
    /// [`StoreError`] when SQLite refuses a row.
    pub fn insert(
        &mut self,
        workbook: &Workbook,
        state: WorkbookState,
        month: Option<Month>,
        pack: &Pack,
    ) -> Result<(), StoreError> {
        let called = pack.kind_of(workbook).map(WorkbookKind::called);
        self.connection.execute(
            "INSERT INTO workbook (workbook, stem, kind, title, month, state, state_title, sha256)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                &*workbook.path,
                workbook.stem(),
                workbook.kind.as_deref(),
                called,
                month.map(Month::iso),
                state.to_string(),
                state.in_words(),
                workbook.sha256
            ],
        )?;
        if state != WorkbookState::Read {
            return Ok(());
        }
        self.connection.execute_batch("BEGIN")?;
        for table in &workbook.tables {
            if let Some(schema) = pack.tables.get(&table.name) {
                self.insert_table(workbook, table, schema, month)?;
            }
        }
        self.connection.execute_batch("COMMIT")?;
        Ok(())
    }

    fn insert_table(
        &mut self,
        workbook: &Workbook,
        table: &Table,
        schema: &TableSchema,
        month: Option<Month>,
    ) -> Result<(), StoreError> {
        let source = self.sources.len() as i64 + 1;
        let month_text = month.map(Month::iso);
        self.connection.execute(
            "INSERT INTO source (_source, workbook, stem, sheet, table_name, title, kind, month, rows)
             VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            params![
                source,
                &*workbook.path,
                workbook.stem(),
                &*table.sheet,
                &*table.name,
                schema.called(),
                workbook.kind.as_deref(),
                month_text,
                table.rows.len() as i64
            ],
        )?;
        let first_row = self.next_row;
        let fields: String = schema.fields.iter().map(|field| format!(", {}", quoted_name(&field.name))).collect();
        let meanings: Vec<(usize, String)> = schema
            .shorthand_columns()
            .map(|(index, _, column)| (index, format!(", {}", quoted_name(&column))))
            .collect();
        let fields = meanings.iter().fold(fields, |fields, (_, column)| fields + column);
        let marks = ", ?".repeat(schema.fields.len() + meanings.len());
        let statement = format!(
            "INSERT INTO {} (_row, _source, _line, _month{fields}) VALUES (?, ?, ?, ?{marks})",
            quoted_name(&schema.name)
        );
        let mut marked = Vec::new();
        {
            let mut insert = self.connection.prepare_cached(&statement)?;
            // What is the same for all rows is bound once, and texts are bound where they lie: a copy of each, and a vector
            // for each row, took half of the time of storing.
            insert.raw_bind_parameter(2, source)?;
            insert.raw_bind_parameter(4, &month_text)?;
            let first_meaning = FIRST_FIELD + schema.fields.len();
            for (index, row) in table.rows.iter().enumerate() {
                let id = first_row + index as i64;
                insert.raw_bind_parameter(1, id)?;
                insert.raw_bind_parameter(3, i64::from(row.line) + 1)?;
                // What is not bound keeps the value of the row before.
                for field in 0..schema.fields.len() {
                    insert.raw_bind_parameter(
                        FIRST_FIELD + field,
                        row.cells.get(field).map(|cell| Stored(&cell.value)),
                    )?;
                }
                for (place, (field, _)) in meanings.iter().enumerate() {
                    insert.raw_bind_parameter(first_meaning + place, row.cells.get(*field).and_then(meaning))?;
                }
                insert.raw_execute()?;
                for (cell, field) in row.cells.iter().zip(&schema.fields) {
                    if cell.is_marked() {
                        marked.push((id, field.name.clone()));
                    }
                }
            }
        }
        self.next_row += table.rows.len() as i64;
        self.sources.push(Source {
            workbook: workbook.path.clone(),
            sheet: table.sheet.clone(),
            table: table.name.clone(),
            totals_of: None,
            kind: workbook.kind.clone(),
            month,
            first_row,
            lines: lines(table, schema),
            marked,
            absent: absent(table, schema),
            unread: unread(workbook, table),
        });
        self.insert_totals(workbook, table, schema, source, month)
    }

    /// Stated totals are rows of their own, so that a rule can point at one. One that could not be read is known by the
    /// field that it totals, as a rule needs it: `stated_total.budget`.
    fn insert_totals(
        &mut self,
        workbook: &Workbook,
        table: &Table,
        schema: &TableSchema,
        source: i64,
        month: Option<Month>,
    ) -> Result<(), StoreError> {
        let Some(total) = &table.total else { return Ok(()) };
        let stated: Vec<(&Cell, &str)> = total
            .cells
            .iter()
            .zip(&schema.fields)
            .filter(|(cell, field)| field.kind().is_numeric() && (cell.value != Value::Null || cell.is_marked()))
            .map(|(cell, field)| (cell, field.name.as_str()))
            .collect();
        let first_row = self.next_row;
        let mut insert = self.connection.prepare_cached(
            "INSERT INTO stated_total (_row, _source, _line, _month, table_name, field, value)
             VALUES (?, ?, ?, ?, ?, ?, ?)",
        )?;
        for (index, (cell, field)) in stated.iter().enumerate() {
            insert.execute(params![
                first_row + index as i64,
                source,
                i64::from(total.line) + 1,
                month.map(Month::iso),
                &*table.name,
                field,
                Stored(&cell.value)
            ])?;
        }
        drop(insert);
        let marked = stated.iter().enumerate().filter(|(_, (cell, _))| cell.is_marked());
        let marked = marked.map(|(index, (_, field))| (first_row + index as i64, (*field).to_owned())).collect();
        self.next_row += stated.len() as i64;
        // The ids of sources count this entry too: `_source` of the next table stays its place among the sources.
        self.sources.push(Source {
            workbook: workbook.path.clone(),
            sheet: table.sheet.clone(),
            table: Arc::from(STATED_TOTAL),
            totals_of: Some(table.name.clone()),
            kind: workbook.kind.clone(),
            month,
            first_row,
            lines: Lines::Cells {
                fields: stated.iter().map(|(cell, field)| ((*field).to_owned(), cell.position)).collect(),
                each_a_row: true,
            },
            marked,
            absent: Vec::new(),
            unread: Vec::new(),
        });
        Ok(())
    }
}

fn lines(table: &Table, schema: &TableSchema) -> Lines {
    if let Some(spread) = Spread::of(table, schema) {
        return Lines::Spread(spread);
    }
    let named = schema.fields.iter().map(|field| field.name.clone());
    match schema.layout_of_records() {
        Layout::Form => Lines::Cells {
            fields: named
                .zip(table.rows.first().map(|row| row.cells.as_slice()).unwrap_or_default())
                .map(|(name, cell)| (name, cell.position))
                .collect(),
            each_a_row: false,
        },
        Layout::Rows | Layout::Crosstab | Layout::Blocks => Lines::Rows {
            lines: table.rows.iter().map(|row| row.line).collect(),
            columns: named
                .zip(&table.columns)
                .filter_map(|(name, column)| Some((name, column.as_ref()?.heading.column)))
                .collect(),
        },
    }
}

/// The sheets of a workbook on which there should be more tables of a name, such as further blocks, and were not read.
fn unread(workbook: &Workbook, table: &Table) -> Vec<Arc<str>> {
    let absent = workbook.absent.iter().filter(|absent| absent.table == table.name && absent.why.is_sheet_found());
    absent.map(|absent| absent.sheet.clone()).collect()
}

/// The fields that must be there and whose column or label was not found.
fn absent(table: &Table, schema: &TableSchema) -> Vec<(String, String)> {
    let fields = schema.fields.iter().zip(&table.columns);
    let absent = fields.filter(|(field, column)| column.is_none() && !field.crosscast.optional);
    absent.map(|(field, _)| (field.name.clone(), field.heading().to_owned())).collect()
}

/// What the shorthand in a cell means, where it stands for no value.
fn meaning(cell: &Cell) -> Option<&str> {
    match &cell.converted {
        Some(Converted::Shorthand { meaning: Some(meaning) }) => Some(meaning),
        _ => None,
    }
}

/// A value as the store holds it; SQLite takes its own copy of what is bound.
struct Stored<'a>(&'a Value);

impl ToSql for Stored<'_> {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self.0 {
            Value::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Value::Text(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
            Value::Integer(number) => ToSqlOutput::Borrowed(ValueRef::Integer(*number)),
            Value::Number(number) => ToSqlOutput::Borrowed(ValueRef::Real(*number)),
            Value::Money(money) => ToSqlOutput::Borrowed(ValueRef::Integer(money.pence())),
            Value::Date(date) => ToSqlOutput::Owned(Sql::Text(date.to_string())),
            Value::Month(month) => ToSqlOutput::Owned(Sql::Text(month.iso())),
            Value::Boolean(value) => ToSqlOutput::Borrowed(ValueRef::Integer(i64::from(*value))),
        })
    }
}
