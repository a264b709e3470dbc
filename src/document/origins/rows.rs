//! The origins of the rows of a query, by what its columns `_row` and `_cells` say.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::ControlFlow;
use std::sync::Arc;

use super::super::FILE;
use super::super::fence::Piece;
use super::super::queries::query_mistake;
use super::Origins;
use crate::model::{Place, QueryError, QueryRows, Scalar, StoredRows, quoted_name};
use crate::schema::Mistake;

/// The origins of a row of a query, by their numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(in super::super) struct RowOrigins {
    /// The origin of each column.
    pub columns: Vec<usize>,
}

/// The origins of each row of a query:
///
/// - `_cells` names the cells (`ROW:FIELD`) or whole rows (`ROW`) that all its figures are made of;
/// - `_row` names the stored row that it is: a column with the name of a field and the value that is stored in it comes from
///   that field's cell. With another value it is reckoned, perhaps from other rows: it comes from what `_cells` names, else
///   from all cells that the query reads. A column that has no field's name comes from what `_cells` names, else from the
///   whole row;
/// - without either, each figure comes from all cells that the query reads.
pub(in super::super) fn row_origins(
    found: &QueryRows,
    query: &str,
    piece: &Piece,
    rows: &dyn StoredRows,
    origins: &mut Origins,
) -> Result<Vec<RowOrigins>, Mistake> {
    let (row_column, cells_column) = (found.column("_row"), found.column("_cells"));
    let stored_values = stored_values(found, rows).map_err(|error| query_mistake(piece, &error))?;
    // Asked for at most once, and only where a row does not say it.
    let mut whole: Option<usize> = None;
    let mut whole_of = |origins: &mut Origins| match whole {
        Some(number) => Ok(number),
        None => origins.of_query(query, piece, rows).inspect(|number| whole = Some(*number)),
    };
    let mut all = Vec::with_capacity(found.rows.len());
    for values in &found.rows {
        let cells = cells_column.and_then(|index| values[index].as_text()).filter(|text| !text.trim().is_empty());
        let stored = row_column.map(|index| stored_row(&values[index], piece, rows)).transpose()?.flatten();
        let by_cells = cells.map(|text| cells_named(text, piece, rows)).transpose()?.map(|places| origins.of(&places));
        let row_place = stored.and_then(|row| rows.place(row, None));
        let rest = match (by_cells, row_place) {
            (Some(number), _) => number,
            (None, Some(place)) => origins.of(&[place]),
            (None, None) => whole_of(origins)?,
        };
        let mut columns = Vec::with_capacity(found.columns.len());
        for (index, name) in found.columns.iter().enumerate() {
            let of_field = stored.filter(|_| is_shown(name)).and_then(|row| Some((row, rows.place(row, Some(name))?)));
            columns.push(match (of_field, by_cells) {
                (None, _) => rest,
                (Some((row, place)), _) if stored_values.get(&(row, index)) == Some(&values[index]) => {
                    origins.of(&[place])
                }
                (Some(_), Some(number)) => number,
                (Some(_), None) => whole_of(origins)?,
            });
        }
        all.push(RowOrigins { columns });
    }
    Ok(all)
}

/// Whether a column may hold the value of a field: `_row` and its like say something about the row.
fn is_shown(column: &str) -> bool {
    !column.starts_with('_')
}

/// What is stored in the rows that `_row` names, by the row and the place among the query's columns of the one that has the
/// field's name. Each table is asked once.
fn stored_values(found: &QueryRows, rows: &dyn StoredRows) -> Result<BTreeMap<(i64, usize), Scalar>, QueryError> {
    let mut by_table: BTreeMap<Arc<str>, BTreeSet<i64>> = BTreeMap::new();
    let row_column = found.column("_row");
    for row in found.rows.iter().filter_map(|values| values[row_column?].as_integer()) {
        if let Some(table) = rows.table(row) {
            by_table.entry(table).or_default().insert(row);
        }
    }
    let mut stored = BTreeMap::new();
    for (table, of_table) in by_table {
        let select = |columns: &[String]| format!("SELECT _row, {} FROM {}", columns.join(", "), quoted_name(&table));
        // What the public may not read is no column of theirs; stated totals have their fields in rows.
        let is_column = |name: &String| is_shown(name) && rows.columns(&select(&[quoted_name(name)])).is_ok();
        let columns = found.columns.iter().enumerate().filter(|(_, name)| is_column(name));
        let (indices, names): (Vec<usize>, Vec<String>) =
            columns.map(|(index, name)| (index, quoted_name(name))).unzip();
        let (Some(first), Some(last), false) = (of_table.first(), of_table.last(), indices.is_empty()) else {
            continue;
        };
        let query = format!("{} WHERE _row BETWEEN {first} AND {last}", select(&names));
        rows.stream(&query, &mut |values| {
            if let Some(row) = values[0].as_integer().filter(|row| of_table.contains(row)) {
                stored.extend(indices.iter().zip(&values[1..]).map(|(index, value)| ((row, *index), value.clone())));
            }
            ControlFlow::Continue(())
        })?;
    }
    Ok(stored)
}

impl Origins {
    /// The number of the origin that all cells are that a query reads.
    pub fn of_query(&mut self, query: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<usize, Mistake> {
        let places = rows.origins(query).map_err(|error| query_mistake(piece, &error))?;
        Ok(self.of(&places))
    }
}

/// The stored row that a value of `_row` means; none for a row that is none.
fn stored_row(value: &Scalar, piece: &Piece, rows: &dyn StoredRows) -> Result<Option<i64>, Mistake> {
    match value {
        Scalar::Null => Ok(None),
        Scalar::Integer(row) if rows.place(*row, None).is_some() => Ok(Some(*row)),
        _ => {
            let what = "_row gives what is no row of the store: leave the column out, or select the _row of a table";
            Err(Mistake::at(FILE, piece.line_of_query(None), "query", what))
        }
    }
}

/// The places that a text names: `12:amount 13:amount 15`.
fn cells_named(text: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<Vec<Place>, Mistake> {
    let place = |named: &str| {
        let (row, field) = named.split_once(':').map_or((named, None), |(row, field)| (row, Some(field)));
        row.parse().ok().and_then(|row| rows.place(row, field)).ok_or_else(|| {
            let what =
                format!("_cells names {named}, which is no stored cell: write ROW:FIELD with a _row of the store");
            Mistake::at(FILE, piece.line_of_query(None), "query", what)
        })
    };
    text.split_whitespace().map(place).collect()
}
