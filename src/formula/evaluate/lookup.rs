//! Looking values up: INDEX, MATCH, VLOOKUP, HLOOKUP and XLOOKUP for exactly a value; CHOOSE.

use super::super::book::Range;
use super::super::tree::Node;
use super::criterion::Criterion;
use super::value::{Computed, NOT_AVAILABLE, REFERENCE, VALUE};
use super::{Evaluated, Evaluator, NotRecalculated, Operand};
use crate::model::{Area, Position};

/// Calls a function that gives cells rather than a value; none when the name is not one of theirs.
pub(super) fn cells<'a>(evaluator: &Evaluator<'a>, name: &str, arguments: &[Node]) -> Option<Evaluated<Operand<'a>>> {
    match (name, arguments) {
        ("INDEX", [area, rest @ ..]) if (1..=2).contains(&rest.len()) => Some(index(evaluator, area, rest)),
        ("CHOOSE", [which, choices @ ..]) => Some(choose(evaluator, which, choices)),
        ("XLOOKUP", arguments) => Some(xlookup(evaluator, arguments)),
        _ => None,
    }
}

/// Calls a function that looks a value up; none when the name is not one of theirs.
pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Option<Evaluated<Computed>> {
    Some(match name {
        "MATCH" => place(evaluator, arguments),
        "VLOOKUP" | "HLOOKUP" => beside(evaluator, name, arguments),
        _ => return None,
    })
}

/// The one range that an argument is.
fn range<'a>(evaluator: &Evaluator<'a>, node: &Node) -> Evaluated<Range<'a>> {
    match evaluator.operand(node)? {
        Operand::Cells(ranges) if ranges.len() == 1 => Ok(ranges[0]),
        _ => Err(NotRecalculated::Reference),
    }
}

fn index<'a>(evaluator: &Evaluator<'a>, area: &Node, rest: &[Node]) -> Evaluated<Operand<'a>> {
    let range = range(evaluator, area)?;
    let mut given = Vec::new();
    for node in rest {
        match evaluator.number(node)? {
            Ok(number) if number < 0.0 => return Ok(Operand::Value(Computed::error(VALUE))),
            Ok(number) => given.push(number.min(4e9) as u32),
            Err(error) => return Ok(Operand::Value(error)),
        }
    }
    // Of a single row one number counts its columns.
    let (row, column) = match given.as_slice() {
        [row, column] => (*row, *column),
        [column] if range.rows() == 1 && range.columns() > 1 => (1, *column),
        [row] => (*row, u32::from(range.columns() == 1)),
        _ => return Err(NotRecalculated::Way("INDEX".to_owned())),
    };
    if row > range.rows() || column > range.columns() {
        return Ok(Operand::Value(Computed::error(REFERENCE)));
    }
    let Area { first, last } = range.area;
    // Number 0 means all of them.
    let rows = if row == 0 { (first.row, last.row) } else { (first.row + row - 1, first.row + row - 1) };
    let columns =
        if column == 0 { (first.column, last.column) } else { (first.column + column - 1, first.column + column - 1) };
    let area = Area::new(Position::new(rows.0, columns.0), Position::new(rows.1, columns.1));
    Ok(Operand::Cells(vec![range.part(area)]))
}

fn choose<'a>(evaluator: &Evaluator<'a>, which: &Node, choices: &[Node]) -> Evaluated<Operand<'a>> {
    let which = match evaluator.number(which)? {
        Ok(number) => number,
        Err(error) => return Ok(Operand::Value(error)),
    };
    match choices.get((which.clamp(0.0, 1e6) as usize).wrapping_sub(1)) {
        Some(choice) => evaluator.operand(choice),
        None => Ok(Operand::Value(Computed::error(VALUE))),
    }
}

/// The place of the first cell in a row or column that holds a value, from 0.
fn found(evaluator: &Evaluator<'_>, wanted: &Computed, line: Range<'_>) -> Evaluated<Option<u32>> {
    let criterion = Criterion::exactly(wanted);
    for (position, cell) in line.cells(evaluator.book)? {
        let value = super::held(cell, || evaluator.called(line, position), evaluator.book)?;
        if criterion.takes(&value) && !is_text_for_number(wanted, &value) {
            let Area { first, .. } = line.area;
            return Ok(Some((position.row - first.row) + (position.column - first.column)));
        }
    }
    Ok(None)
}

/// Conditions take the text `12` for the number; lookups do not.
fn is_text_for_number(wanted: &Computed, value: &Computed) -> bool {
    !matches!(wanted, Computed::Text(_)) && matches!(value, Computed::Text(_))
}

fn place(evaluator: &Evaluator<'_>, arguments: &[Node]) -> Evaluated<Computed> {
    let way = || NotRecalculated::Way("MATCH for the nearest value".to_owned());
    let [wanted, line, kind] = arguments else { return Err(way()) };
    match evaluator.number(kind)? {
        Ok(0.0) => {}
        Ok(_) => return Err(way()),
        Err(error) => return Ok(error),
    }
    let wanted = evaluator.single(wanted)?;
    if wanted.is_error() {
        return Ok(wanted);
    }
    let line = range(evaluator, line)?;
    evaluator.own_cell(line)?;
    if line.rows() > 1 && line.columns() > 1 {
        return Ok(Computed::error(NOT_AVAILABLE));
    }
    Ok(match found(evaluator, &wanted, line)? {
        Some(place) => Computed::Number(f64::from(place + 1)),
        None => Computed::error(NOT_AVAILABLE),
    })
}

/// VLOOKUP and HLOOKUP: the value in another column, or row, of the row that holds a value in the first.
fn beside(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Evaluated<Computed> {
    let way = || NotRecalculated::Way(format!("{name} for the nearest value"));
    let [wanted, table, which, nearest] = arguments else { return Err(way()) };
    match evaluator.single(nearest)?.as_boolean() {
        Ok(false) => {}
        Ok(true) => return Err(way()),
        Err(error) => return Ok(error),
    }
    let wanted = evaluator.single(wanted)?;
    let which = match (wanted.is_error(), evaluator.number(which)?) {
        (true, _) => return Ok(wanted),
        (_, Err(error)) => return Ok(error),
        (_, Ok(which)) => which,
    };
    let table = range(evaluator, table)?;
    evaluator.own_cell(table)?;
    let is_vertical = name == "VLOOKUP";
    let Area { first, last } = table.area;
    let lines = if is_vertical { table.columns() } else { table.rows() };
    if which < 1.0 {
        return Ok(Computed::error(VALUE));
    }
    if which >= f64::from(lines) + 1.0 {
        return Ok(Computed::error(REFERENCE));
    }
    let which = which as u32 - 1;
    let line = if is_vertical {
        Area::new(first, Position::new(last.row, first.column))
    } else {
        Area::new(first, Position::new(first.row, last.column))
    };
    match found(evaluator, &wanted, table.part(line))? {
        Some(place) if is_vertical => evaluator.value(table, table.offset(place, which)),
        Some(place) => evaluator.value(table, table.offset(which, place)),
        None => Ok(Computed::error(NOT_AVAILABLE)),
    }
}

/// XLOOKUP for exactly a value, from the first to the last: the cells beside it, or what is given for want of one.
fn xlookup<'a>(evaluator: &Evaluator<'a>, arguments: &[Node]) -> Evaluated<Operand<'a>> {
    let (wanted, line, results, instead) = match arguments {
        [wanted, line, results] => (wanted, line, results, None),
        [wanted, line, results, instead] => (wanted, line, results, Some(instead)),
        _ => return Err(NotRecalculated::Way("XLOOKUP with a way of searching".to_owned())),
    };
    let wanted = evaluator.single(wanted)?;
    // Texts with * or ? are searched for as they stand, which looking up here does not do.
    if let Computed::Text(text) = &wanted
        && text.contains(['*', '?', '~'])
    {
        return Err(NotRecalculated::Way("XLOOKUP for a text with *, ? or ~".to_owned()));
    }
    if wanted.is_error() {
        return Ok(Operand::Value(wanted));
    }
    let (line, results) = (range(evaluator, line)?, range(evaluator, results)?);
    evaluator.own_cell(line)?;
    let is_vertical = line.columns() == 1;
    let fits = if is_vertical { line.rows() == results.rows() } else { line.columns() == results.columns() };
    if !fits || (line.rows() > 1 && line.columns() > 1) {
        return Ok(Operand::Value(Computed::error(VALUE)));
    }
    match (found(evaluator, &wanted, line)?, instead) {
        (Some(place), _) => {
            let Area { first, last } = results.area;
            let area = if is_vertical {
                let row = first.row + place;
                Area::new(Position::new(row, first.column), Position::new(row, last.column))
            } else {
                let column = first.column + place;
                Area::new(Position::new(first.row, column), Position::new(last.row, column))
            };
            Ok(Operand::Cells(vec![results.part(area)]))
        }
        (None, Some(instead)) => evaluator.operand(instead),
        (None, None) => Ok(Operand::Value(Computed::error(NOT_AVAILABLE))),
    }
}
