//! The shape of a formula: how it looks from its own cell.

use std::fmt::Write;

use super::reference::{Cells, Extent, Target};
use super::tree::Node;
use crate::model::Position;

/// The formula with its references counted from a cell, in one spelling.
pub(super) fn shape(root: &Node, at: Position, is_array: bool) -> String {
    let mut written = String::new();
    write(root, at, &mut written);
    if is_array { format!("{{{written}}}") } else { written }
}

fn write(node: &Node, at: Position, to: &mut String) {
    match node {
        Node::Number(number) => to.push_str(&number.to_string()),
        Node::Text(text) => to.push_str(&format!("\"{}\"", text.replace('"', "\"\""))),
        Node::Boolean(value) => to.push_str(if *value { "TRUE" } else { "FALSE" }),
        Node::Error(error) => to.push_str(error),
        Node::Omitted => {}
        Node::Reference(reference) => match &reference.target {
            Target::Cells(cells) => {
                if let Some(sheet) = &cells.sheet {
                    to.push_str(&format!("{}!", quoted(sheet)));
                }
                area(cells, at, to);
            }
            Target::Sheets { first, last, cells } => {
                to.push_str(&format!("{}:{}!", quoted(first), quoted(last)));
                area(cells, at, to);
            }
            Target::Broken => to.push_str("#REF!"),
            // Cells of another workbook are not told apart from the same cells counted from here; the text will do.
            Target::Name { .. } | Target::Table(_) | Target::OtherWorkbook(_) => {
                to.push_str(&reference.text.to_lowercase());
            }
        },
        Node::Unary(operator, inner) => {
            // The plus sign before a value does nothing: `=+A1` is `=A1`.
            if operator.as_str() != "+" {
                to.push_str(operator.as_str());
            }
            write(inner, at, to);
        }
        Node::Binary(operator, left, right) => {
            to.push('(');
            write(left, at, to);
            to.push_str(operator.as_str());
            write(right, at, to);
            to.push(')');
        }
        Node::Function(name, arguments) => {
            to.push_str(name);
            list(arguments, at, to);
        }
        Node::Call(called, arguments) => {
            write(called, at, to);
            list(arguments, at, to);
        }
        Node::Array(rows) => {
            to.push('{');
            rows.iter().for_each(|row| list(row, at, to));
            to.push('}');
        }
    }
}

fn list(parts: &[Node], at: Position, to: &mut String) {
    to.push('(');
    for (index, part) in parts.iter().enumerate() {
        if index > 0 {
            to.push(',');
        }
        write(part, at, to);
    }
    to.push(')');
}

fn quoted(sheet: &str) -> String {
    format!("'{}'", sheet.to_lowercase())
}

fn area(cells: &Cells, at: Position, to: &mut String) {
    let (first, last, fixed) = (cells.area.first, cells.area.last, cells.fixed);
    let row = |row, is_fixed| end('R', row, at.row, is_fixed);
    let column = |column, is_fixed| end('C', column, at.column, is_fixed);
    let from = match cells.extent {
        Extent::Rectangle => row(first.row, fixed.first_row) + &column(first.column, fixed.first_column),
        Extent::Columns => column(first.column, fixed.first_column),
        Extent::Rows => row(first.row, fixed.first_row),
    };
    let until = match cells.extent {
        Extent::Rectangle if cells.is_single() => return to.push_str(&from),
        Extent::Rectangle => row(last.row, fixed.last_row) + &column(last.column, fixed.last_column),
        Extent::Columns => column(last.column, fixed.last_column),
        Extent::Rows => row(last.row, fixed.last_row),
    };
    // Writing to a text cannot fail.
    let _ = write!(to, "{from}:{until}");
}

/// `R4` for a fixed row, `R[-3]` for one three above.
fn end(letter: char, to: u32, from: u32, is_fixed: bool) -> String {
    if is_fixed { format!("{letter}{}", to + 1) } else { format!("{letter}[{}]", i64::from(to) - i64::from(from)) }
}
