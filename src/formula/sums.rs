//! What a formula adds.

use formualizer_parse::BinaryOperator;

use super::reference::{Cells, Reference, Target};
use super::tree::Node;

/// A sum within a formula: a SUM, a SUBTOTAL or AGGREGATE that adds, or cells and sums with `+` between them.
#[derive(Debug, Clone, PartialEq)]
pub struct Sum {
    /// How it is written.
    pub adding: Adding,
    /// The cells that it adds, in the order of the formula; what is written twice is there twice. Those of a chain that
    /// holds sums are the cells of those sums too.
    pub areas: Vec<Cells>,
    /// Whether `areas` are all that it adds. Otherwise it also adds constants, names, tables, other workbooks, the same
    /// cells of several sheets, or what an expression comes to.
    pub is_all_cells: bool,
    /// Whether the formula is nothing but this sum.
    pub is_whole: bool,
    /// Whether it leaves out rows that were hidden by hand (SUBTOTAL from 101 on, AGGREGATE with option 1, 3, 5 or 7). Rows
    /// that a filter passes over are left out by every SUBTOTAL.
    pub leaves_hidden_rows_out: bool,
}

/// How a sum is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Adding {
    /// `SUM(…)`.
    Sum,
    /// `SUBTOTAL(9,…)` or `SUBTOTAL(109,…)`: passes over other SUBTOTALs in its cells.
    Subtotal,
    /// `AGGREGATE(9,…)`.
    Aggregate,
    /// `F4+F5+F6`, `SUM(F4:F6)+F9`: cells and sums with `+` between them.
    Chain,
}

/// Every sum in a formula, in the order of the text. A sum that another takes in whole is not given apart.
pub(super) fn sums(root: &Node) -> Vec<Sum> {
    let mut found = Vec::new();
    collect(root, &mut found);
    if let Some(first) = found.first_mut() {
        first.is_whole = sum_of(without_plus(root)).is_some();
    }
    found
}

fn collect(node: &Node, found: &mut Vec<Sum>) {
    let is_sum = sum_of(node).is_some_and(|sum| {
        found.push(sum);
        true
    });
    match node {
        Node::Unary(_, inner) => collect(inner, found),
        // All that a chain adds is in it.
        Node::Binary(..) if is_sum => {}
        Node::Binary(_, left, right) => {
            collect(left, found);
            collect(right, found);
        }
        Node::Function(_, arguments) => {
            let apart = arguments.iter().filter(|argument| !is_sum || sum_of(argument).is_none());
            apart.for_each(|argument| collect(argument, found));
        }
        Node::Call(called, arguments) => {
            collect(called, found);
            arguments.iter().for_each(|argument| collect(argument, found));
        }
        Node::Array(rows) => rows.iter().flatten().for_each(|part| collect(part, found)),
        _ => {}
    }
}

fn without_plus(node: &Node) -> &Node {
    match node {
        Node::Unary(operator, inner) if operator.as_str() == "+" => without_plus(inner),
        _ => node,
    }
}

fn sum_of(node: &Node) -> Option<Sum> {
    match node {
        Node::Function(name, arguments) => function(name, arguments),
        Node::Binary(BinaryOperator::Add, _, _) => chain(node),
        _ => None,
    }
}

fn function(name: &str, arguments: &[Node]) -> Option<Sum> {
    let number = |index: usize| match arguments.get(index) {
        Some(Node::Number(number)) => Some(*number as i64),
        _ => None,
    };
    let (adding, added, leaves_hidden_rows_out) = match name {
        "SUM" => (Adding::Sum, arguments, false),
        "SUBTOTAL" if matches!(number(0), Some(9 | 109)) => (Adding::Subtotal, &arguments[1..], number(0) == Some(109)),
        "AGGREGATE" if number(0) == Some(9) && arguments.len() > 2 => {
            (Adding::Aggregate, &arguments[2..], matches!(number(1), Some(1 | 3 | 5 | 7)))
        }
        _ => return None,
    };
    let mut sum = Sum { adding, areas: Vec::new(), is_all_cells: true, is_whole: false, leaves_hidden_rows_out };
    for part in added {
        take(part, &mut sum);
    }
    Some(sum)
}

/// Takes an argument of a sum: cells, several in brackets, or something else.
fn take(part: &Node, sum: &mut Sum) {
    match part {
        Node::Reference(Reference { target: Target::Cells(cells), .. }) => sum.areas.push(cells.clone()),
        Node::Binary(BinaryOperator::Union, left, right) => {
            take(left, sum);
            take(right, sum);
        }
        Node::Omitted => {}
        _ => match sum_of(part) {
            // A sum within a sum adds its cells.
            Some(inner) => join(inner, sum),
            None => sum.is_all_cells = false,
        },
    }
}

fn join(inner: Sum, sum: &mut Sum) {
    sum.areas.extend(inner.areas);
    sum.is_all_cells &= inner.is_all_cells;
    sum.leaves_hidden_rows_out |= inner.leaves_hidden_rows_out;
}

/// Cells and sums with `+` between them; none when something else is added too.
fn chain(node: &Node) -> Option<Sum> {
    let mut terms = Vec::new();
    let mut rest = node;
    while let Node::Binary(BinaryOperator::Add, left, right) = rest {
        terms.push(&**right);
        rest = left;
    }
    terms.push(rest);
    let mut sum = Sum {
        adding: Adding::Chain,
        areas: Vec::new(),
        is_all_cells: true,
        is_whole: false,
        leaves_hidden_rows_out: false,
    };
    for term in terms.into_iter().rev().map(without_plus) {
        match term {
            Node::Reference(Reference { target: Target::Cells(cells), .. }) if cells.is_single() => {
                sum.areas.push(cells.clone());
            }
            _ => join(sum_of(term)?, &mut sum),
        }
    }
    Some(sum)
}
