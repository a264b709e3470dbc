//! The tree of a formula, made from the one that the crate `formualizer-parse` reads.

use formualizer_parse::parser::{ExternalReference, ReferenceType};
use formualizer_parse::{ASTNode, ASTNodeType, BinaryOperator, LiteralValue, UnaryOperator};

use super::function_names;
use super::reference::{Cells, Extent, Fixed, Reference, Target};
use crate::model::{Area, Position};

/// Said of a text that is no formula which Excel knows.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the formula could not be read: {0}")]
pub struct NotParsed(String);

/// A part of a formula.
///
/// It is at most 256 parts deep, as the crate's limits have it: walking it needs no stack beyond that.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Node {
    Number(f64),
    Text(String),
    Boolean(bool),
    /// An error value other than `#REF!`, which is a reference to nothing.
    Error(String),
    /// An argument that was left out, as the second of `IF(A1,,2)`.
    Omitted,
    Reference(Reference),
    Unary(UnaryOperator, Box<Node>),
    Binary(BinaryOperator, Box<Node>, Box<Node>),
    /// A function by its plain name, with its arguments.
    Function(String, Vec<Node>),
    /// A constant array, row by row.
    Array(Vec<Vec<Node>>),
    /// What is called is itself computed (`LAMBDA(x,x+1)(5)`).
    Call(Box<Node>, Vec<Node>),
}

impl Node {
    /// Hands every part to `each`, in the order of the text.
    pub fn visit<'a>(&'a self, each: &mut impl FnMut(&'a Node)) {
        each(self);
        match self {
            Self::Unary(_, inner) => inner.visit(each),
            Self::Binary(_, left, right) => {
                left.visit(each);
                right.visit(each);
            }
            Self::Function(_, arguments) => arguments.iter().for_each(|argument| argument.visit(each)),
            Self::Call(called, arguments) => {
                called.visit(each);
                arguments.iter().for_each(|argument| argument.visit(each));
            }
            Self::Array(rows) => rows.iter().flatten().for_each(|part| part.visit(each)),
            _ => {}
        }
    }
}

/// Reads a formula without `=`.
pub(super) fn read(text: &str) -> Result<Node, NotParsed> {
    if text.is_empty() {
        return Err(NotParsed("it is empty".to_owned()));
    }
    let parsed = formualizer_parse::parse(format!("={text}")).map_err(|error| NotParsed(error.message))?;
    node(parsed)
}

fn node(parsed: ASTNode) -> Result<Node, NotParsed> {
    Ok(match parsed.node_type {
        ASTNodeType::Literal(value) => literal(value)?,
        ASTNodeType::Omitted => Node::Omitted,
        ASTNodeType::Reference { original, reference } => {
            let target = target(&original, reference)?;
            Node::Reference(Reference { text: original, target })
        }
        ASTNodeType::UnaryOp { op, expr } => Node::Unary(op, Box::new(node(*expr)?)),
        ASTNodeType::BinaryOp { op, left, right } => binary(op, node(*left)?, node(*right)?),
        ASTNodeType::Function { name, args } => Node::Function(function_names::plain(&name), nodes(args)?),
        ASTNodeType::Call { callee, args } => Node::Call(Box::new(node(*callee)?), nodes(args)?),
        ASTNodeType::Array(rows) => Node::Array(rows.into_iter().map(nodes).collect::<Result<_, _>>()?),
    })
}

fn nodes(parsed: Vec<ASTNode>) -> Result<Vec<Node>, NotParsed> {
    parsed.into_iter().map(node).collect()
}

fn literal(value: LiteralValue) -> Result<Node, NotParsed> {
    Ok(match value {
        LiteralValue::Int(number) => Node::Number(number as f64),
        LiteralValue::Number(number) => Node::Number(number),
        LiteralValue::Text(text) => Node::Text(text),
        LiteralValue::Boolean(value) => Node::Boolean(value),
        LiteralValue::Error(error) => match error.kind.to_string() {
            text if text == "#REF!" => Node::Reference(Reference { text, target: Target::Broken }),
            text => Node::Error(text),
        },
        LiteralValue::Empty => Node::Omitted,
        other => return Err(NotParsed(format!("{other} is no constant"))),
    })
}

/// Two cells with a colon between them are one area; the crate reads them so only where no space or sheet is between.
fn binary(operator: BinaryOperator, left: Node, right: Node) -> Node {
    if operator == BinaryOperator::Range
        && let (Node::Reference(from), Node::Reference(to)) = (&left, &right)
        && let (Target::Cells(first), Target::Cells(last)) = (&from.target, &to.target)
        && first.extent == Extent::Rectangle
        && last.extent == Extent::Rectangle
        && first.is_single()
        && last.is_single()
        && (last.sheet.is_none() || last.sheet == first.sheet)
    {
        let corner = |cells: &Cells| Corner {
            row: (cells.area.first.row, cells.fixed.first_row),
            column: (cells.area.first.column, cells.fixed.first_column),
        };
        let cells = between(first.sheet.clone(), corner(first), corner(last), Extent::Rectangle);
        let text = format!("{}:{}", from.text, to.text);
        return Node::Reference(Reference { text, target: Target::Cells(cells) });
    }
    Node::Binary(operator, Box::new(left), Box::new(right))
}

fn target(written: &str, reference: ReferenceType) -> Result<Target, NotParsed> {
    let beyond = || NotParsed(format!("{written} lies beyond the last cell that Excel has"));
    Ok(match reference {
        ReferenceType::Cell { sheet, row, col, row_abs, col_abs } => {
            Target::Cells(single(sheet, (row, row_abs), (col, col_abs)).ok_or_else(beyond)?)
        }
        ReferenceType::Range {
            sheet,
            start_row,
            start_col,
            end_row,
            end_col,
            start_row_abs,
            start_col_abs,
            end_row_abs,
            end_col_abs,
        } => {
            let rows = [(start_row, start_row_abs), (end_row, end_row_abs)];
            let columns = [(start_col, start_col_abs), (end_col, end_col_abs)];
            Target::Cells(range(sheet, rows, columns).ok_or_else(beyond)?)
        }
        ReferenceType::Cell3D { sheet_first, sheet_last, row, col, row_abs, col_abs } => Target::Sheets {
            first: sheet_first,
            last: sheet_last,
            cells: single(None, (row, row_abs), (col, col_abs)).ok_or_else(beyond)?,
        },
        ReferenceType::Range3D {
            sheet_first,
            sheet_last,
            start_row,
            start_col,
            end_row,
            end_col,
            start_row_abs,
            start_col_abs,
            end_row_abs,
            end_col_abs,
        } => {
            let rows = [(start_row, start_row_abs), (end_row, end_row_abs)];
            let columns = [(start_col, start_col_abs), (end_col, end_col_abs)];
            let cells = range(None, rows, columns).ok_or_else(beyond)?;
            Target::Sheets { first: sheet_first, last: sheet_last, cells }
        }
        ReferenceType::External(ExternalReference { book, .. }) => Target::OtherWorkbook(book.token().to_owned()),
        ReferenceType::Table(table) => Target::Table(table.name),
        ReferenceType::NamedRange(name) => named(&name),
    })
}

/// A name, with what may be written before it: a sheet, or another workbook.
fn named(written: &str) -> Target {
    let Some((before, name)) = written.rsplit_once('!') else {
        return Target::Name { sheet: None, name: written.to_owned() };
    };
    let bare = before.strip_prefix('\'').and_then(|inner| inner.strip_suffix('\'')).unwrap_or(before);
    if bare.contains(['[', ']']) || bare.to_lowercase().contains(".xls") {
        return Target::OtherWorkbook(bare.to_owned());
    }
    if name.starts_with('#') {
        return Target::Broken;
    }
    Target::Name { sheet: Some(bare.replace("''", "'")), name: name.to_owned() }
}

/// A corner of an area: zero-based row and column, and whether each is fixed.
#[derive(Clone, Copy)]
struct Corner {
    row: (u32, bool),
    column: (u32, bool),
}

/// One cell, from a row and a column counted from 1. None where Excel has no such cell.
fn single(sheet: Option<String>, row: (u32, bool), column: (u32, bool)) -> Option<Cells> {
    let corner = Corner { row: (row.0.checked_sub(1)?, row.1), column: (column.0.checked_sub(1)?, column.1) };
    Position::new(corner.row.0, corner.column.0)
        .is_on_sheet()
        .then(|| between(sheet, corner, corner, Extent::Rectangle))
}

/// An area from the ends of its rows and columns, counted from 1; whole columns have no rows. None where Excel has no such
/// cells.
fn range(sheet: Option<String>, rows: [(Option<u32>, bool); 2], columns: [(Option<u32>, bool); 2]) -> Option<Cells> {
    let extent = match (rows[0].0.or(rows[1].0), columns[0].0.or(columns[1].0)) {
        (Some(_), Some(_)) => Extent::Rectangle,
        (None, Some(_)) => Extent::Columns,
        (Some(_), None) => Extent::Rows,
        (None, None) => return None,
    };
    // What one end leaves out reaches to the edge of the sheet, as the second row of `A5:A` in other programs.
    let end = |(given, is_fixed): (Option<u32>, bool), edge: u32| match given {
        Some(number) => Some((number.checked_sub(1)?, is_fixed)),
        None => Some((edge, true)),
    };
    let last = Position::LAST;
    let from = Corner { row: end(rows[0], 0)?, column: end(columns[0], 0)? };
    let to = Corner { row: end(rows[1], last.row)?, column: end(columns[1], last.column)? };
    let on_sheet = |corner: Corner| Position::new(corner.row.0, corner.column.0).is_on_sheet();
    (on_sheet(from) && on_sheet(to)).then(|| between(sheet, from, to, extent))
}

/// The area between two corners, given in any order.
fn between(sheet: Option<String>, from: Corner, to: Corner, extent: Extent) -> Cells {
    let (top, bottom) = if from.row.0 <= to.row.0 { (from.row, to.row) } else { (to.row, from.row) };
    let (left, right) = if from.column.0 <= to.column.0 { (from.column, to.column) } else { (to.column, from.column) };
    Cells {
        sheet,
        area: Area::new(Position::new(top.0, left.0), Position::new(bottom.0, right.0)),
        extent,
        fixed: Fixed { first_row: top.1, first_column: left.1, last_row: bottom.1, last_column: right.1 },
    }
}
