//! Whether two workbooks hold the same rows, so that one is a copy of the other under another name.

use std::hash::{DefaultHasher, Hash, Hasher};

use super::resubmission::pairs;
use crate::model::{Row, Table, Value, Workbook};
use crate::schema::{Layout, Pack};

/// The least number of rows by which two workbooks are told to be one: a few can be alike by chance.
const FEWEST_ROWS: usize = 10;

/// Whether two workbooks hold the same rows in every table with rows. What their forms say, such as the month, may differ.
pub fn have_the_same_rows(one: &Workbook, other: &Workbook, pack: &Pack) -> bool {
    let pairs = pairs(one, other);
    let tables = || pairs.iter().filter(|(table, other)| table.or(*other).is_some_and(|table| is_in_rows(table, pack)));
    let is_same = |(table, other_table): &(Option<&Table>, Option<&Table>)| match (table, other_table) {
        (Some(table), Some(other_table)) => says_the_same(table, other_table),
        _ => false,
    };
    one.kind == other.kind
        && tables().filter_map(|(table, _)| table.as_ref()).map(|table| table.rows.len()).sum::<usize>() >= FEWEST_ROWS
        && tables().all(is_same)
}

/// A fingerprint of what [`have_the_same_rows`] compares: where two workbooks have not the same, they have not the same rows. None
/// where there are too few rows to tell.
pub fn fingerprint_of_rows(workbook: &Workbook, pack: &Pack) -> Option<u64> {
    let tables = || workbook.tables.iter().filter(|table| is_in_rows(table, pack));
    if tables().map(|table| table.rows.len()).sum::<usize>() < FEWEST_ROWS {
        return None;
    }
    let mut of_tables: Vec<u64> = tables().map(fingerprint_of_table).collect();
    // A table is compared with its like wherever it stands.
    of_tables.sort_unstable();
    let mut hasher = DefaultHasher::new();
    (&workbook.kind, of_tables).hash(&mut hasher);
    Some(hasher.finish())
}

fn fingerprint_of_table(table: &Table) -> u64 {
    let mut hasher = DefaultHasher::new();
    (&table.name, table.rows.len(), table.total.is_some()).hash(&mut hasher);
    for cell in table.rows.iter().chain(&table.total).flat_map(|row| &row.cells) {
        std::mem::discriminant(&cell.value).hash(&mut hasher);
        match &cell.value {
            Value::Null => {}
            Value::Text(text) => str::hash(text, &mut hasher),
            Value::Integer(number) => number.hash(&mut hasher),
            // Nought is equal to itself with a minus before it.
            Value::Number(number) => (number + 0.0).to_bits().hash(&mut hasher),
            Value::Money(money) => money.pence().hash(&mut hasher),
            Value::Date(day) => day.hash(&mut hasher),
            Value::Month(month) => month.hash(&mut hasher),
            Value::Boolean(answer) => answer.hash(&mut hasher),
        }
    }
    hasher.finish()
}

/// Whether a table holds records in rows, and not the answers of a form.
fn is_in_rows(table: &Table, pack: &Pack) -> bool {
    pack.tables.get(&table.name).is_some_and(|schema| schema.layout_of_records() != Layout::Form)
}

/// Whether all rows of two tables, and their stated totals, mean the same.
fn says_the_same(table: &Table, other: &Table) -> bool {
    let is_same = |row: &Row, other: &Row| row.cells.iter().zip(&other.cells).all(|(one, two)| one.value == two.value);
    let totals_are_same = match (&table.total, &other.total) {
        (Some(total), Some(other)) => is_same(total, other),
        (total, other) => total.is_none() && other.is_none(),
    };
    totals_are_same
        && table.rows.len() == other.rows.len()
        && table.rows.iter().zip(&other.rows).all(|(row, other)| is_same(row, other))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Cell, Money, Position, RawValue};
    use crate::schema::PackFiles;

    /// A return whose payments have these amounts, in pence, and no other cells.
    fn return_with(pence: &[i64], total: Option<i64>) -> Workbook {
        let row = |line: usize, pence: i64| {
            let cell = Cell::absent(Position::new(line as u32, 0));
            let cell = Cell { raw: RawValue::Number(0.0), value: Value::Money(Money::from_pence(pence)), ..cell };
            Row { line: line as u32, cells: vec![cell] }
        };
        let mut table = Table::new("spend".into(), "Spend".into(), vec![None]);
        table.rows = pence.iter().enumerate().map(|(line, pence)| row(line, *pence)).collect();
        table.total = total.map(|total| row(pence.len(), total));
        Workbook { kind: Some("return".into()), tables: vec![table], ..Workbook::at("April.xlsx") }
    }

    #[test]
    fn the_same_rows_have_one_fingerprint() {
        let pack = Pack::parse(PackFiles::built_in()).unwrap();
        let rows: Vec<i64> = (1..=12).collect();
        let april = return_with(&rows, Some(78));
        let other_kind = Workbook { kind: Some("register".into()), ..april.clone() };
        let others = [
            ("a copy", return_with(&rows, Some(78)), true),
            ("another amount in the middle", return_with(&[1, 2, 3, 4, 5, 60, 7, 8, 9, 10, 11, 12], Some(78)), false),
            ("two rows changed about", return_with(&[1, 2, 3, 4, 6, 5, 7, 8, 9, 10, 11, 12], Some(78)), false),
            ("a row less", return_with(&rows[..11], Some(78)), false),
            ("another total", return_with(&rows, Some(79)), false),
            ("no total", return_with(&rows, None), false),
            ("another kind", other_kind, false),
        ];
        for (name, other, is_same) in others {
            assert_eq!(have_the_same_rows(&april, &other, &pack), is_same, "{name}");
            let prints = [&april, &other].map(|workbook| fingerprint_of_rows(workbook, &pack));
            assert_eq!(prints[0] == prints[1], is_same, "{name}");
        }
        // Nine rows can be alike by chance.
        assert!(!have_the_same_rows(&return_with(&rows[..9], None), &return_with(&rows[..9], None), &pack));
        assert_eq!(fingerprint_of_rows(&return_with(&rows[..9], None), &pack), None);
    }
}
