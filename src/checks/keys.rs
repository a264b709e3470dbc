//! Keys: values, and values together, that must not repeat over all workbooks of the year.

use std::ops::ControlFlow;

use super::words::{in_sentence, stored};
use crate::model::{
    About, Area, Check, Finding, Outcome, Over, Place, QueryError, Scalar, Severity, StoredRows, listed, quoted_name,
};
use crate::schema::{Field, Layout, TableSchema};

const REPEATED_VALUE: Check = Check {
    code: "repeated-value",
    over: Over::Keys,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "A value that must be the only one is there twice",
    about: About {
        meaning: "The value is already in another row of the table, in this workbook or in another of the year.",
        why: "A reference that is there twice is often a payment that was entered, and counted, twice.",
        example: "INV-0027 in the returns for June and for July.",
        mend: "Remove the row that is there twice, or correct its reference.",
    },
};

const REPEATED_KEY: Check = Check {
    code: "repeated-key",
    over: Over::Keys,
    severity: Severity::Error,
    explainable: false,
    required: true,
    title: "Values that together must be the only ones are there twice",
    about: About {
        meaning: "Another row of the table, in this workbook or in another of the year, has the same values in the \
                  columns that tell rows apart.",
        why: "The same thing is listed, and counted, twice.",
        example: "Two meetings of one group on one day.",
        mend: "Remove the row that is there twice, or correct what tells it apart.",
    },
};

pub(super) static CHECKS: [&Check; 2] = [&REPEATED_VALUE, &REPEATED_KEY];

/// The check of a key: a single field that must be unique, or any other key.
pub(super) fn check_of(schema: &TableSchema, key: &[&str]) -> &'static Check {
    match key {
        [only] if schema.field(only).is_some_and(|field| field.constraints.unique) => &REPEATED_VALUE,
        _ => &REPEATED_KEY,
    }
}

/// A row whose key an earlier row has: the cells of the key's first field, and the key in words.
struct Repeat {
    later: Place,
    earlier: Place,
    key: String,
}

/// Judges a key of a table over all its stored rows.
pub(super) fn check(
    rows: &dyn StoredRows,
    schema: &TableSchema,
    key: &[&str],
    outcome: &mut Outcome,
) -> Result<(), QueryError> {
    let fields: Vec<&Field> = key.iter().filter_map(|name| schema.field(name)).collect();
    let Some(first) = fields.first() else { return Ok(()) };
    let is_crosstab = schema.layout_of_records() == Layout::Crosstab;
    let mut repeats = Vec::new();
    rows.stream(&query(&schema.name, key), &mut |row| {
        // In a crosstab many rows have one cell of a field: the row's own is that of its value.
        let field = Some(first.name.as_str()).filter(|_| !is_crosstab);
        let place = |value: &Scalar| rows.place(value.as_integer()?, field);
        let places = (row.first().and_then(place), row.get(1).and_then(place));
        if let (Some(later), Some(earlier)) = places {
            repeats.push(Repeat { later, earlier, key: in_words(&fields, row.get(2..).unwrap_or_default()) });
        }
        ControlFlow::Continue(())
    })?;
    let follows = if is_crosstab { is_beside } else { is_below };
    for run in repeats.chunk_by(|one, next| follows(&one.later, &next.later) && follows(&one.earlier, &next.earlier)) {
        outcome.findings.extend(finding(check_of(schema, key), run, &fields));
    }
    Ok(())
}

/// The rows whose key an earlier row has, in their order, each with the first such row. Keys are grouped first, since hardly
/// one is repeated: a window over all rows took nearly twice as long.
fn query(table: &str, key: &[&str]) -> String {
    let columns = columns(key);
    let given = given(key);
    let table = quoted_name(table);
    let names: Vec<String> = key.iter().map(|name| quoted_name(name)).collect();
    let of_row = names.iter().map(|name| format!("each.{name}")).collect::<Vec<_>>().join(", ");
    let is_same = names.iter().map(|name| format!("each.{name} = repeated.{name}")).collect::<Vec<_>>().join(" AND ");
    format!(
        "SELECT each._row, repeated._first, {of_row} FROM (SELECT {columns}, min(_row) AS _first FROM {table} WHERE {given} \
         GROUP BY {columns} HAVING count(*) > 1) AS repeated JOIN {table} AS each ON {is_same} \
         WHERE each._row > repeated._first ORDER BY each._row"
    )
}

/// The columns of a key, as SQL lists them.
pub(super) fn columns(key: &[&str]) -> String {
    key.iter().map(|name| quoted_name(name)).collect::<Vec<_>>().join(", ")
}

/// The condition that no part of a key is empty.
pub(super) fn given(key: &[&str]) -> String {
    key.iter().map(|name| format!("{} IS NOT NULL", quoted_name(name))).collect::<Vec<_>>().join(" AND ")
}

/// A key in words: `reference “INV-0027”`, `date 12/06/2022 and group “Tactical”`.
pub(super) fn in_words(fields: &[&Field], values: &[Scalar]) -> String {
    let parts: Vec<String> = fields
        .iter()
        .zip(values)
        .map(|(field, value)| format!("{} {}", in_sentence(field.heading()), stored(value, field.kind())))
        .collect();
    listed(&parts, "and")
}

/// Whether a place is the cell right below another.
fn is_below(above: &Place, below: &Place) -> bool {
    match (above.area, below.area) {
        (Some(one), Some(next)) => {
            (&above.workbook, &above.sheet) == (&below.workbook, &below.sheet)
                && one.last.column == next.first.column
                && one.last.row + 1 == next.first.row
        }
        _ => false,
    }
}

/// Whether a place is the cell to the right of another.
fn is_beside(left: &Place, right: &Place) -> bool {
    match (left.area, right.area) {
        (Some(one), Some(next)) => {
            (&left.workbook, &left.sheet) == (&right.workbook, &right.sheet)
                && one.last.row == next.first.row
                && one.last.column + 1 == next.first.column
        }
        _ => false,
    }
}

/// The cells from the first place to the last, which lie below or beside each other.
fn spanning(first: &Place, last: &Place) -> Place {
    let area = match (first.area, last.area) {
        (Some(first), Some(last)) => Some(Area::new(first.first, last.last)),
        (area, _) => area,
    };
    Place { area, ..first.clone() }
}

/// The finding over repeats that lie below each other: whole tables that were copied are one cause.
fn finding(check: &'static Check, run: &[Repeat], fields: &[&Field]) -> Option<Finding> {
    let (first, last) = (run.first()?, run.last()?);
    let later = spanning(&first.later, &last.later);
    let earlier = spanning(&first.earlier, &last.earlier);
    let where_else = if earlier.workbook == later.workbook && earlier.sheet == later.sheet {
        earlier.area.map(|area| area.to_string()).unwrap_or_default()
    } else if earlier.workbook == later.workbook {
        earlier.in_workbook()
    } else {
        format!("{} of {}", earlier.in_workbook(), earlier.workbook.as_deref().unwrap_or_default())
    };
    let names: Vec<String> = fields.iter().map(|field| in_sentence(field.heading())).collect();
    let names = listed(&names, "and");
    let message = if run.len() == 1 && fields.len() == 1 {
        format!("The {} is already in {where_else}.", first.key)
    } else if run.len() == 1 {
        format!("The row of {where_else} already has the {}.", first.key)
    } else {
        format!("{} rows have the {names} of the rows of {where_else}.", run.len())
    };
    let fix = if run.len() == 1 {
        format!("Remove the row if it is there twice, or correct its {names}.")
    } else {
        format!("Remove the rows if they are there twice, or correct their {names}.")
    };
    let mut finding = check.finding(later, message, fix);
    finding.related.push(earlier);
    Some(finding)
}
