//! The origins of the rows of a query, by what its columns `_row` and `_cells` say.

use super::super::FILE;
use super::super::fence::Piece;
use super::super::queries::query_mistake;
use super::Origins;
use crate::model::{Place, QueryRows, StoredRows};
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
/// - `_row` names the stored row that it is: a column with the name of a field comes from that field's cell, and the others
///   from what `_cells` names, else from the whole row;
/// - without either, each figure comes from all cells that the query reads.
pub(in super::super) fn row_origins(
    found: &QueryRows,
    query: &str,
    piece: &Piece,
    rows: &dyn StoredRows,
    origins: &mut Origins,
) -> Result<Vec<RowOrigins>, Mistake> {
    let (row_column, cells_column) = (found.column("_row"), found.column("_cells"));
    // Asked for at most once, and only where a row does not say it.
    let mut whole: Option<usize> = None;
    let mut all = Vec::with_capacity(found.rows.len());
    for values in &found.rows {
        let cells = cells_column.and_then(|index| values[index].as_text()).filter(|text| !text.trim().is_empty());
        let stored = row_column.and_then(|index| values[index].as_integer());
        let by_cells = cells.map(|text| cells_named(text, piece, rows)).transpose()?.map(|places| origins.of(&places));
        let row_place = stored.and_then(|row| rows.place(row, None));
        let rest = match (by_cells, row_place, whole) {
            (Some(number), _, _) | (None, None, Some(number)) => number,
            (None, Some(place), _) => origins.of(&[place]),
            (None, None, None) => *whole.insert(origins.of_query(query, piece, rows)?),
        };
        let column = |name: &String| {
            let place = stored.and_then(|row| rows.place(row, Some(name)));
            place.map_or(rest, |place| origins.of(&[place]))
        };
        all.push(RowOrigins { columns: found.columns.iter().map(column).collect() });
    }
    Ok(all)
}

impl Origins {
    /// The number of the origin that all cells are that a query reads.
    pub fn of_query(&mut self, query: &str, piece: &Piece, rows: &dyn StoredRows) -> Result<usize, Mistake> {
        let places = rows.origins(query).map_err(|error| query_mistake(piece, &error))?;
        Ok(self.of(&places))
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
