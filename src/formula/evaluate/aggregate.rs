//! Functions that take many values at once: SUM and its kin, SUBTOTAL, AND and OR, SUMPRODUCT.

use super::super::book::Range;
use super::super::tree::Node;
use super::tally::Tally;
use super::value::{Computed, VALUE};
use super::{Evaluated, Evaluator, NotRecalculated, Operand, operators, scalar};
use crate::model::{GridCell, RawValue, WhyHidden};

/// The functions of SUBTOTAL and AGGREGATE by their numbers; those of SUBTOTAL are 100 more where hidden rows do not count.
const BY_NUMBER: [(u32, &str); 7] =
    [(1, "AVERAGE"), (2, "COUNT"), (3, "COUNTA"), (4, "MAX"), (5, "MIN"), (6, "PRODUCT"), (9, "SUM")];

/// Calls a function of many values; none when the name is not one of theirs.
pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Option<Evaluated<Computed>> {
    Some(match name {
        "SUM" | "AVERAGE" | "COUNT" | "COUNTA" | "MIN" | "MAX" | "PRODUCT" => plain(evaluator, name, arguments),
        "COUNTBLANK" => blanks(evaluator, arguments),
        "SUBTOTAL" | "AGGREGATE" => subtotal(evaluator, name, arguments),
        "AND" | "OR" => all_or_any(evaluator, name == "AND", arguments),
        "SUMPRODUCT" => product_of_arrays(evaluator, arguments),
        _ => return None,
    })
}

fn plain(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Evaluated<Computed> {
    let mut tally = Tally::default();
    for argument in arguments {
        match evaluator.operand(argument)? {
            Operand::Cells(ranges) => {
                for range in ranges {
                    tally.join(&counted(evaluator, range)?);
                }
            }
            // An argument that is an error, or a text that is no number, is none of the numbers that COUNT counts.
            Operand::Value(value) if matches!(name, "COUNT" | "COUNTA") => match value.as_number()? {
                Ok(number) => tally.given(&Computed::Number(number))?,
                Err(_) => tally.filled += 1,
            },
            Operand::Value(value) => tally.given(&value)?,
        }
    }
    finished(evaluator, name, &tally)
}

fn finished(evaluator: &Evaluator<'_>, name: &str, tally: &Tally) -> Evaluated<Computed> {
    evaluator.scale_to(tally.scale);
    if let Some(doubt) = &tally.doubt {
        evaluator.doubt(doubt.clone());
    }
    tally.of(name).ok_or_else(|| NotRecalculated::Way(name.to_owned()))
}

/// What the cells of a range come to.
fn counted<'a>(evaluator: &Evaluator<'a>, range: Range<'a>) -> Evaluated<Tally> {
    evaluator.own_cell(range)?;
    evaluator.book.tally(range, || counted_where(evaluator, range, |_, _| true))
}

/// What those cells of a range come to that a condition lets through, by their row and what they are.
fn counted_where<'a>(
    evaluator: &Evaluator<'a>,
    range: Range<'a>,
    counts: impl Fn(u32, &GridCell) -> bool,
) -> Evaluated<Tally> {
    let mut tally = Tally::default();
    for (position, cell) in range.cells(evaluator.book)? {
        if !counts(position.row, cell) {
            continue;
        }
        tally.cell(&super::held(cell, || evaluator.called(range, position), evaluator.book)?);
        if matches!(cell.raw, RawValue::Date(_)) && cell.serial.is_none() {
            let why = NotRecalculated::TimeOfDay(evaluator.called(range, position));
            tally.doubt.get_or_insert(why);
        }
    }
    Ok(tally)
}

/// How many cells of a range are empty or hold an empty text.
fn blanks(evaluator: &Evaluator<'_>, arguments: &[Node]) -> Evaluated<Computed> {
    let [argument] = arguments else { return Err(NotRecalculated::Way("COUNTBLANK".to_owned())) };
    let Operand::Cells(ranges) = evaluator.operand(argument)? else { return Ok(Computed::error(VALUE)) };
    let mut blank = 0;
    for range in ranges {
        evaluator.own_cell(range)?;
        blank += range.size();
        for (position, cell) in range.cells(evaluator.book)? {
            let value = super::held(cell, || evaluator.called(range, position), evaluator.book)?;
            blank -= u64::from(value != Computed::Empty && value != Computed::text(""));
        }
    }
    Ok(Computed::Number(blank as f64))
}

/// SUBTOTAL and AGGREGATE: pass over cells that are subtotals themselves, and over rows that are not shown.
fn subtotal(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Evaluated<Computed> {
    let way = || NotRecalculated::Way(name.to_owned());
    let is_subtotal = name == "SUBTOTAL";
    let option = |node: &Node| match node {
        Node::Number(number) => Ok(*number as u32),
        _ => Err(way()),
    };
    let (asked, option, areas) = match arguments {
        [asked, areas @ ..] if is_subtotal => (option(asked)?, 0, areas),
        [asked, how, areas @ ..] => (option(asked)?, option(how)?, areas),
        _ => return Err(way()),
    };
    let (asked, leaves_hidden_out) = match asked {
        101..=111 if is_subtotal => (asked - 100, true),
        _ => (asked, matches!(option, 1 | 3 | 5 | 7)),
    };
    let leaves_errors_out = matches!(option, 2 | 3 | 6 | 7);
    let leaves_subtotals_out = option < 4;
    let (_, called) = BY_NUMBER.iter().find(|(number, _)| *number == asked).ok_or_else(way)?;
    let mut tally = Tally::default();
    for area in areas {
        let Operand::Cells(ranges) = evaluator.operand(area)? else { return Ok(Computed::error(VALUE)) };
        for range in ranges {
            evaluator.own_cell(range)?;
            let layout = range.sheet.layout.as_ref();
            let hidden = |row: u32| layout.and_then(|layout| layout.why_row_is_hidden(row));
            // Which of the hidden rows a filter has hidden, not every file and program tells alike.
            let has_hidden = layout.is_none_or(|layout| {
                layout
                    .hidden_rows
                    .iter()
                    .any(|rows| rows.first <= range.area.last.row && rows.last >= range.area.first.row)
            });
            if has_hidden && (!leaves_hidden_out || layout.is_none()) {
                evaluator.doubt(NotRecalculated::HiddenRows);
            }
            tally.join(&counted_where(evaluator, range, |row, cell| {
                let is_left_out = match hidden(row) {
                    None => false,
                    Some(WhyHidden::Filtered) => is_subtotal || leaves_hidden_out,
                    Some(WhyHidden::Hidden | WhyHidden::NoSize) => leaves_hidden_out,
                };
                let is_subtotal = leaves_subtotals_out && is_subtotal_itself(cell);
                let is_error = leaves_errors_out && matches!(cell.raw, RawValue::Error(_));
                !is_left_out && !is_subtotal && !is_error
            })?);
        }
    }
    finished(evaluator, called, &tally)
}

fn is_subtotal_itself(cell: &GridCell) -> bool {
    cell.formula.as_ref().is_some_and(|formula| {
        let formula = formula.to_uppercase();
        formula.contains("SUBTOTAL(") || formula.contains("AGGREGATE(")
    })
}

/// AND, or OR: TRUE, FALSE and numbers count; texts in cells do not.
fn all_or_any(evaluator: &Evaluator<'_>, is_all: bool, arguments: &[Node]) -> Evaluated<Computed> {
    let mut found: Option<bool> = None;
    let mut count = |value: bool| {
        let known = found.unwrap_or(is_all);
        found = Some(if is_all { known && value } else { known || value });
    };
    for argument in arguments {
        match evaluator.operand(argument)? {
            Operand::Value(value) => match value.as_boolean() {
                Ok(value) => count(value),
                Err(error) => return Ok(error),
            },
            Operand::Cells(ranges) => {
                for range in ranges {
                    evaluator.own_cell(range)?;
                    for (position, cell) in range.cells(evaluator.book)? {
                        match evaluator.held(range, position, cell)? {
                            Computed::Boolean(value) => count(value),
                            Computed::Number(number) => count(number != 0.0),
                            error @ Computed::Error(_) => return Ok(error),
                            Computed::Text(_) | Computed::Empty => {}
                        }
                    }
                }
            }
        }
    }
    Ok(found.map_or_else(|| Computed::error(VALUE), Computed::Boolean))
}

/// Values in rows and columns.
type Array = Vec<Vec<Computed>>;

/// SUMPRODUCT: the products of values at one place, added up. Values that are no numbers count as nothing.
fn product_of_arrays(evaluator: &Evaluator<'_>, arguments: &[Node]) -> Evaluated<Computed> {
    let arrays: Vec<Array> = arguments.iter().map(|argument| array(evaluator, argument)).collect::<Evaluated<_>>()?;
    let Some(first) = arrays.first() else { return Err(NotRecalculated::Way("SUMPRODUCT".to_owned())) };
    let size = |array: &Array| (array.len(), array.first().map_or(0, Vec::len));
    if arrays.iter().any(|array| size(array) != size(first)) {
        return Ok(Computed::error(VALUE));
    }
    let (mut sum, mut size) = (0.0, 0.0f64);
    for (row, values) in first.iter().enumerate() {
        for column in 0..values.len() {
            let mut product = 1.0;
            for array in &arrays {
                product *= match &array[row][column] {
                    Computed::Number(number) => *number,
                    error @ Computed::Error(_) => return Ok(error.clone()),
                    Computed::Boolean(_) => {
                        evaluator.doubt(NotRecalculated::Booleans);
                        0.0
                    }
                    _ => 0.0,
                };
            }
            sum += product;
            size += product.abs();
        }
    }
    evaluator.scale_to(size);
    Ok(Computed::number(sum))
}

/// A part of a formula as rows and columns of values.
fn array(evaluator: &Evaluator<'_>, node: &Node) -> Evaluated<Array> {
    Ok(match node {
        Node::Array(rows) => {
            let row = |row: &Vec<Node>| row.iter().map(|part| evaluator.single(part)).collect();
            rows.iter().map(row).collect::<Evaluated<_>>()?
        }
        Node::Unary(operator, inner) if matches!(operator.as_str(), "-" | "%" | "+") => {
            let mut values = array(evaluator, inner)?;
            if operator.as_str() != "+" {
                for value in values.iter_mut().flatten() {
                    *value = operators::unary(*operator, value)?;
                }
            }
            values
        }
        Node::Binary(operator, left, right) if !operators::joins_cells(*operator) => {
            let (left, right) = (array(evaluator, left)?, array(evaluator, right)?);
            lifted(evaluator, &[left, right], |values| operators::binary(evaluator, *operator, &values[0], &values[1]))?
        }
        Node::Function(name, arguments) if scalar::is_known(name) => {
            let arrays: Vec<Array> =
                arguments.iter().map(|argument| array(evaluator, argument)).collect::<Evaluated<_>>()?;
            lifted(evaluator, &arrays, |values| scalar::call(evaluator, name, values))?
        }
        // Excel takes IF by the single value here, unless the whole is an array formula: newer versions do otherwise.
        Node::Function(name, _) if matches!(name.as_str(), "IF" | "IFERROR" | "IFNA" | "ISBLANK") => {
            return Err(NotRecalculated::Array);
        }
        _ => match evaluator.operand(node)? {
            Operand::Value(value) => vec![vec![value]],
            Operand::Cells(ranges) => match ranges.as_slice() {
                [range] => values_of(evaluator, *range)?,
                _ => return Err(NotRecalculated::Reference),
            },
        },
    })
}

/// The values of a range. Rows below the last that is used are left out, and whoever asks for them is told of the doubt.
fn values_of<'a>(evaluator: &Evaluator<'a>, range: Range<'a>) -> Evaluated<Array> {
    evaluator.own_cell(range)?;
    let last = evaluator.book.last_row().max(range.area.first.row);
    let mut area = range.area;
    if area.last.row > last {
        area.last.row = last;
        evaluator.doubt(NotRecalculated::Array);
    }
    let range = range.part(area);
    evaluator.book.look_at(range.size())?;
    let mut values = vec![vec![Computed::Empty; range.columns() as usize]; range.rows() as usize];
    for (position, cell) in range.cells(evaluator.book)? {
        let row = (position.row - area.first.row) as usize;
        let column = (position.column - area.first.column) as usize;
        values[row][column] = evaluator.held(range, position, cell)?;
    }
    Ok(values)
}

/// Calls a function of single values for every place; a single value, row or column is taken again for each.
fn lifted(
    evaluator: &Evaluator<'_>,
    arrays: &[Array],
    function: impl Fn(&[Computed]) -> Evaluated<Computed>,
) -> Evaluated<Array> {
    let rows = arrays.iter().map(Vec::len).max().unwrap_or(1);
    let columns = arrays.iter().filter_map(|array| array.first().map(Vec::len)).max().unwrap_or(1);
    evaluator.book.look_at((rows as u64).saturating_mul(columns as u64))?;
    let at = |array: &Array, row: usize, column: usize| -> Computed {
        let row = if array.len() == 1 { array.first() } else { array.get(row) };
        let value = row.and_then(|row| if row.len() == 1 { row.first() } else { row.get(column) });
        value.cloned().unwrap_or_else(|| Computed::error(super::value::NOT_AVAILABLE))
    };
    let mut values = Vec::with_capacity(rows);
    for row in 0..rows {
        let line = (0..columns).map(|column| {
            let given: Vec<Computed> = arrays.iter().map(|array| at(array, row, column)).collect();
            function(&given)
        });
        values.push(line.collect::<Evaluated<Vec<Computed>>>()?);
    }
    Ok(values)
}
