//! SUMIF, COUNTIF, AVERAGEIF and those with several conditions.

use super::super::book::Range;
use super::super::tree::Node;
use super::criterion::Criterion;
use super::value::{Computed, VALUE};
use super::{Evaluated, Evaluator, NotRecalculated, Operand};
use crate::model::{Area, Position};

/// Calls a function with conditions; none when the name is not one of theirs.
pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, arguments: &[Node]) -> Option<Evaluated<Computed>> {
    let what = match name {
        "SUMIF" | "SUMIFS" => What::Sum,
        "COUNTIF" | "COUNTIFS" => What::Count,
        "AVERAGEIF" | "AVERAGEIFS" => What::Mean,
        _ => return None,
    };
    Some(conditional(evaluator, name, what, arguments))
}

#[derive(Clone, Copy, PartialEq)]
enum What {
    Sum,
    Count,
    Mean,
}

/// Cells that must meet a criterion.
struct Condition<'a> {
    range: Range<'a>,
    criterion: Criterion,
}

fn conditional(evaluator: &Evaluator<'_>, name: &str, what: What, arguments: &[Node]) -> Evaluated<Computed> {
    let way = || NotRecalculated::Way(name.to_owned());
    let (pairs, summed) = match (what, arguments) {
        (What::Count, pairs) => (pairs, None),
        (_, [summed, pairs @ ..]) if name.ends_with('S') => (pairs, Some(summed)),
        (_, [range, criterion, summed]) => {
            let pairs = [range.clone(), criterion.clone()];
            return conditional_sum(evaluator, what, &pairs, Some(summed), false);
        }
        (_, [range, _]) => (arguments, Some(range)),
        _ => return Err(way()),
    };
    if pairs.is_empty() || pairs.len() % 2 != 0 {
        return Err(way());
    }
    conditional_sum(evaluator, what, pairs, summed, true)
}

fn conditional_sum(
    evaluator: &Evaluator<'_>,
    what: What,
    pairs: &[Node],
    summed: Option<&Node>,
    must_be_of_one_size: bool,
) -> Evaluated<Computed> {
    let range_of = |node: &Node| match evaluator.operand(node)? {
        Operand::Cells(ranges) => match ranges.as_slice() {
            [range] => Ok(*range),
            _ => Err(NotRecalculated::Reference),
        },
        Operand::Value(_) => Err(NotRecalculated::Reference),
    };
    let mut conditions = Vec::new();
    for pair in pairs.chunks_exact(2) {
        let range = range_of(&pair[0])?;
        evaluator.own_cell(range)?;
        conditions.push(Condition { range, criterion: Criterion::read(&evaluator.single(&pair[1])?)? });
    }
    let Some(first) = conditions.first() else { return Ok(Computed::error(VALUE)) };
    let size = (first.range.rows(), first.range.columns());
    let is_other_size = |range: Range<'_>| (range.rows(), range.columns()) != size;
    if conditions.iter().any(|condition| is_other_size(condition.range)) {
        return Ok(Computed::error(VALUE));
    }
    let Some(summed) = summed else { return count(evaluator, &conditions) };
    let mut summed = range_of(summed)?;
    if is_other_size(summed) {
        if must_be_of_one_size {
            return Ok(Computed::error(VALUE));
        }
        // SUMIF adds as many cells as it compares, from the first that it is given.
        let last = summed.offset(size.0 - 1, size.1 - 1);
        if !last.is_on_sheet() {
            return Err(NotRecalculated::Reference);
        }
        summed = summed.part(Area::new(summed.area.first, last));
    }
    evaluator.own_cell(summed)?;
    let (mut sum, mut scale, mut numbers) = (0.0, 0.0, 0);
    // Only cells that hold something can add to the sum.
    for (position, cell) in summed.cells(evaluator.book)? {
        let (row, column) = (position.row - summed.area.first.row, position.column - summed.area.first.column);
        if !all_take(evaluator, &conditions, row, column)? {
            continue;
        }
        match evaluator.held(summed, position, cell)? {
            Computed::Number(number) => (sum, scale, numbers) = (sum + number, scale + number.abs(), numbers + 1),
            error @ Computed::Error(_) => return Ok(error),
            _ => {}
        }
    }
    evaluator.scale_to(scale);
    Ok(if what == What::Mean { evaluator.mean(sum, numbers) } else { Computed::number(sum) })
}

/// How many places meet every condition.
fn count(evaluator: &Evaluator<'_>, conditions: &[Condition<'_>]) -> Evaluated<Computed> {
    // Where one condition takes no empty cells, only the cells that hold something in its range can count.
    if let Some(driving) = conditions.iter().find(|condition| !condition.criterion.takes_empty_cells()) {
        let mut count = 0u64;
        let first = driving.range.area.first;
        for (position, _) in driving.range.cells(evaluator.book)? {
            let (row, column) = (position.row - first.row, position.column - first.column);
            count += u64::from(all_take(evaluator, conditions, row, column)?);
        }
        return Ok(Computed::Number(count as f64));
    }
    let [only] = conditions else { return Err(NotRecalculated::Way("COUNTIFS of empty cells".to_owned())) };
    let mut count = only.range.size();
    for (position, cell) in only.range.cells(evaluator.book)? {
        count -= u64::from(!only.criterion.takes(&evaluator.held(only.range, position, cell)?));
    }
    Ok(Computed::Number(count as f64))
}

/// Whether the cells that lie so many rows and columns from the first of each range meet its criterion.
fn all_take(evaluator: &Evaluator<'_>, conditions: &[Condition<'_>], row: u32, column: u32) -> Evaluated<bool> {
    for condition in conditions {
        let position: Position = condition.range.offset(row, column);
        evaluator.book.look_at(1)?;
        let value = match condition.range.grid.cell(position) {
            Some(cell) => evaluator.held(condition.range, position, cell)?,
            None => Computed::Empty,
        };
        if let Some(text) = condition.criterion.text_as_number(&value) {
            evaluator.doubt(NotRecalculated::TextAsNumber(text.to_owned()));
        }
        if !condition.criterion.takes(&value) {
            return Ok(false);
        }
    }
    Ok(true)
}
