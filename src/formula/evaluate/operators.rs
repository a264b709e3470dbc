//! Arithmetic, comparison and the joining of texts.

use std::cmp::Ordering;

use formualizer_parse::{BinaryOperator, UnaryOperator};

use super::value::{Computed, DIVISION, NUMBER, Plain, compare};
use super::{Evaluated, Evaluator, NotRecalculated};

/// Whether an operator joins cells rather than values.
pub(super) fn joins_cells(operator: BinaryOperator) -> bool {
    matches!(operator, BinaryOperator::Range | BinaryOperator::Union | BinaryOperator::Intersection)
}

/// A sign or a percent sign at a value.
pub(super) fn unary(operator: UnaryOperator, value: &Computed) -> Evaluated<Computed> {
    let number = match value.as_number()? {
        Ok(number) => number,
        Err(error) => return Ok(error),
    };
    match operator.as_str() {
        "-" => Ok(Computed::number(-number)),
        "%" => Ok(Computed::number(number / 100.0)),
        _ => Err(NotRecalculated::Reference),
    }
}

/// Two values with an operator between them.
pub(super) fn binary(
    evaluator: &Evaluator<'_>,
    operator: BinaryOperator,
    left: &Computed,
    right: &Computed,
) -> Evaluated<Computed> {
    Ok(match operator {
        BinaryOperator::Concat => match (left.as_text()?, right.as_text()?) {
            (Ok(left), Ok(right)) => Computed::text(format!("{left}{right}")),
            (Err(error), _) | (_, Err(error)) => error,
        },
        BinaryOperator::Add
        | BinaryOperator::Subtract
        | BinaryOperator::Multiply
        | BinaryOperator::Divide
        | BinaryOperator::Power => match (left.as_number()?, right.as_number()?) {
            (Ok(left), Ok(right)) => evaluator.scaled(arithmetic(operator, left, right)),
            (Err(error), _) | (_, Err(error)) => error,
        },
        _ => match compared(evaluator, left, right) {
            Ok(order) => {
                let is_order = !matches!(operator, BinaryOperator::Equal | BinaryOperator::NotEqual);
                if is_order
                    && order != Ordering::Equal
                    && matches!((left, right), (Computed::Text(_), Computed::Text(_)))
                {
                    evaluator.doubt(NotRecalculated::OrderOfTexts);
                }
                Computed::Boolean(holds(operator, order))
            }
            Err(error) => error,
        },
    })
}

fn arithmetic(operator: BinaryOperator, left: f64, right: f64) -> Computed {
    match operator {
        BinaryOperator::Add => Computed::number(left + right),
        BinaryOperator::Subtract => Computed::number(left - right),
        BinaryOperator::Multiply => Computed::number(left * right),
        BinaryOperator::Divide if right == 0.0 => Computed::error(DIVISION),
        BinaryOperator::Divide => Computed::number(left / right),
        _ => power(left, right),
    }
}

/// A number to the power of another.
pub(super) fn power(base: f64, exponent: f64) -> Computed {
    match (base == 0.0, exponent) {
        (true, exponent) if exponent < 0.0 => Computed::error(DIVISION),
        (true, 0.0) => Computed::error(NUMBER),
        _ => Computed::number(base.powf(exponent)),
    }
}

/// Compares two values, and doubts the result where the last digits of numbers decide: what is left of a difference between
/// equal amounts is nothing to Excel in some places and something in others.
fn compared(evaluator: &Evaluator<'_>, left: &Computed, right: &Computed) -> Plain<Ordering> {
    let order = compare(left, right)?;
    if let (Computed::Boolean(_), Computed::Number(_)) | (Computed::Number(_), Computed::Boolean(_)) = (left, right) {
        evaluator.doubt(NotRecalculated::Booleans);
    }
    if let (Computed::Number(left), Computed::Number(right)) = (left, right)
        && order != Ordering::Equal
        && (left - right).abs() <= 1e-12 * evaluator.scale.get()
    {
        evaluator.doubt(NotRecalculated::LastDigits);
    }
    Ok(order)
}

fn holds(operator: BinaryOperator, order: Ordering) -> bool {
    match operator {
        BinaryOperator::Equal => order == Ordering::Equal,
        BinaryOperator::NotEqual => order != Ordering::Equal,
        BinaryOperator::Less => order == Ordering::Less,
        BinaryOperator::Greater => order == Ordering::Greater,
        BinaryOperator::LessEqual => order != Ordering::Greater,
        _ => order != Ordering::Less,
    }
}
