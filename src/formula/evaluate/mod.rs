//! What a formula comes to, with the results that are stored in the cells that it names.

mod aggregate;
mod conditional;
mod criterion;
mod dates;
mod lookup;
mod operators;
mod reasons;
mod rounding;
mod scalar;
mod tally;
mod value;

use std::cell::{Cell, RefCell};
use std::rc::Rc;

pub use reasons::NotRecalculated;
pub(super) use tally::Tally;
pub use value::{Computed, to_15_digits};

use super::Formula;
use super::book::{Book, Range};
use super::function_names;
use super::reference::{Cells, Reference, Target};
use super::tree::Node;
use crate::model::{Area, GridCell, Position, RawValue};
use value::{DIVISION, NOT_AVAILABLE, REFERENCE, VALUE};

/// How many names may stand for one another before it is taken to go round in a circle.
const MOST_NAMES: u32 = 16;
/// The part of a figure, or of the largest number that it was computed from, by which programs differ in its last digits.
const LAST_DIGITS: (f64, f64) = (1e-9, 1e-12);

/// What a formula comes to, and how certain that is.
#[derive(Debug, Clone, PartialEq)]
pub struct Recalculated {
    /// The result.
    pub value: Computed,
    /// The largest number, without its sign, that it was computed from, or that a sum of such numbers comes to: its last
    /// digits are those of that number.
    pub scale: f64,
    /// Why another result may be right too. A stored result that agrees is then right; one that differs need not be wrong.
    pub doubt: Option<NotRecalculated>,
}

impl Recalculated {
    /// Whether a stored result is the same. Numbers may differ in digits that programs compute differently: by less than a
    /// thousand-millionth, and by what is left when numbers that are nearly equal are subtracted. Texts are the same only
    /// to the letter.
    pub fn is(&self, stored: &Computed) -> bool {
        match (&self.value, stored) {
            (Computed::Number(mine), Computed::Number(theirs)) => {
                let (of_result, of_scale) = LAST_DIGITS;
                (mine - theirs).abs() <= of_result * mine.abs().max(theirs.abs()) + of_scale * self.scale
            }
            // Some programs store TRUE as 1.
            (Computed::Boolean(value), Computed::Number(number))
            | (Computed::Number(number), Computed::Boolean(value)) => *number == f64::from(u8::from(*value)),
            (mine, theirs) => mine == theirs,
        }
    }
}

type Evaluated<T> = Result<T, NotRecalculated>;

impl Formula {
    /// What the formula comes to in a cell of a sheet, with the results that are stored in the cells that it names.
    ///
    /// # Errors
    /// Why it could not be told: [`NotRecalculated`].
    pub fn evaluate(&self, sheet: &str, at: Position, book: &Book<'_>) -> Result<Recalculated, NotRecalculated> {
        if self.is_array() {
            return Err(NotRecalculated::Array);
        }
        if let Some(name) = self.functions().into_iter().find(|name| function_names::is_volatile(name)) {
            return Err(NotRecalculated::Volatile(name.to_owned()));
        }
        let evaluator =
            Evaluator { book, sheet, at, scale: Cell::new(0.0), doubt: RefCell::default(), names: Cell::new(0) };
        let value = match evaluator.single(&self.root)? {
            Computed::Empty => Computed::Number(0.0),
            value => value,
        };
        Ok(Recalculated { value, scale: evaluator.scale.get(), doubt: evaluator.doubt.into_inner() })
    }
}

/// The value that a cell holds, for reckoning and comparing.
///
/// # Errors
/// [`NotRecalculated`] for a formula that was never calculated, a date that no calendar has, and a cell of which the file
/// leaves open what it holds.
pub(super) fn held(cell: &GridCell, named: impl Fn() -> String, book: &Book<'_>) -> Evaluated<Computed> {
    Ok(match &cell.raw {
        RawValue::Empty if cell.formula.is_some() => return Err(NotRecalculated::WithoutResult(named())),
        RawValue::Empty => Computed::Empty,
        RawValue::Text(text) => Computed::Text(text.clone()),
        RawValue::Number(number) => Computed::Number(*number),
        RawValue::Boolean(value) => Computed::Boolean(*value),
        RawValue::Error(error) => Computed::Error(error.clone()),
        RawValue::Damaged => return Err(NotRecalculated::DamagedCell(named())),
        RawValue::Date(date) => match cell.serial.or_else(|| book.serial(*date)) {
            Some(serial) => Computed::Number(serial),
            None => return Err(NotRecalculated::ImpossibleDate(named())),
        },
        RawValue::ImpossibleDate(_) => match cell.serial {
            Some(serial) => Computed::Number(serial),
            None => return Err(NotRecalculated::ImpossibleDate(named())),
        },
    })
}

/// What a part of a formula is, before it is asked for a single value.
enum Operand<'a> {
    /// A value.
    Value(Computed),
    /// Cells; several areas where brackets or several sheets join them.
    Cells(Vec<Range<'a>>),
}

/// Computes one formula in one cell.
struct Evaluator<'a> {
    book: &'a Book<'a>,
    sheet: &'a str,
    at: Position,
    scale: Cell<f64>,
    doubt: RefCell<Option<NotRecalculated>>,
    names: Cell<u32>,
}

impl<'a> Evaluator<'a> {
    /// A part as one value. Of several cells the one in the formula's own row or column counts, as Excel has it.
    fn single(&self, node: &Node) -> Evaluated<Computed> {
        match self.operand(node)? {
            Operand::Value(value) => Ok(value),
            Operand::Cells(ranges) => self.beside(&ranges),
        }
    }

    /// The cell of a range that lies in the formula's own row or column.
    fn beside(&self, ranges: &[Range<'a>]) -> Evaluated<Computed> {
        let [range] = ranges else { return Ok(Computed::error(VALUE)) };
        let Area { first, last } = range.area;
        let row = if first.row == last.row { first.row } else { self.at.row };
        let column = if first.column == last.column { first.column } else { self.at.column };
        let position = Position::new(row, column);
        let is_line = first.row == last.row || first.column == last.column;
        if is_line && range.area.contains(position) { self.value(*range, position) } else { Ok(Computed::error(VALUE)) }
    }

    /// A part as a number.
    fn number(&self, node: &Node) -> Evaluated<value::Plain<f64>> {
        self.single(node)?.as_number()
    }

    fn operand(&self, node: &Node) -> Evaluated<Operand<'a>> {
        Ok(Operand::Value(match node {
            Node::Number(number) => self.scaled(Computed::Number(*number)),
            Node::Text(text) => Computed::text(text),
            Node::Boolean(value) => Computed::Boolean(*value),
            Node::Error(error) => Computed::error(error),
            Node::Omitted => Computed::Empty,
            Node::Reference(reference) => return self.reference(reference),
            Node::Unary(operator, inner) => match operator.as_str() {
                // Before cells a plus sign or an at sign leaves them what they are.
                "+" => return self.operand(inner),
                "@" => self.single(inner)?,
                "#" => return Err(NotRecalculated::Array),
                _ => operators::unary(*operator, &self.single(inner)?)?,
            },
            Node::Binary(operator, left, right) if operators::joins_cells(*operator) => {
                return self.joined(*operator, left, right).map(Operand::Cells);
            }
            Node::Binary(operator, left, right) => {
                operators::binary(self, *operator, &self.single(left)?, &self.single(right)?)?
            }
            Node::Function(name, arguments) => return self.function(name, arguments),
            // The first of a constant array is its value.
            Node::Array(rows) => match rows.first().and_then(|row| row.first()) {
                Some(first) => self.single(first)?,
                None => Computed::error(VALUE),
            },
            Node::Call(..) => return Err(NotRecalculated::Function("LAMBDA".to_owned())),
        }))
    }

    fn reference(&self, reference: &Reference) -> Evaluated<Operand<'a>> {
        Ok(match &reference.target {
            Target::Cells(cells) => Operand::Cells(vec![self.range(cells)?]),
            Target::Sheets { first, last, cells } => Operand::Cells(self.book.ranges(first, last, cells.area)?),
            Target::Broken => Operand::Value(Computed::error(REFERENCE)),
            Target::OtherWorkbook(_) => return Err(NotRecalculated::OtherWorkbook),
            Target::Table(name) => return Err(NotRecalculated::Table(name.clone())),
            Target::Name { sheet, name } => return self.named(sheet.as_deref(), name),
        })
    }

    fn range(&self, cells: &Cells) -> Evaluated<Range<'a>> {
        self.book.range(cells.sheet_from(self.sheet), cells.area)
    }

    /// What a name stands for. Names whose cells are counted from the cell that uses them are passed by.
    fn named(&self, sheet: Option<&str>, name: &str) -> Evaluated<Operand<'a>> {
        // So the reader leaves cells of other sheets in formats that do not tell them.
        if let (Some(sheet), "?") = (sheet, name) {
            return Err(NotRecalculated::CellsNotRead(sheet.to_owned()));
        }
        let formula: Rc<Option<Formula>> = self.book.name(sheet.unwrap_or(self.sheet), name)?;
        let unclear = || NotRecalculated::NameUnclear(name.to_owned());
        let formula = formula.as_ref().as_ref().ok_or_else(unclear)?;
        let is_fixed = formula.references().into_iter().all(|reference| match &reference.target {
            Target::Cells(cells) => cells.sheet.is_some() && cells.is_fixed(),
            _ => true,
        });
        if !is_fixed || formula.is_array() || formula.is_volatile() || self.names.get() >= MOST_NAMES {
            return Err(unclear());
        }
        self.names.set(self.names.get() + 1);
        let operand = self.operand(&formula.root);
        self.names.set(self.names.get() - 1);
        operand
    }

    /// Cells that operators join: `A1:INDEX(…)`, or several areas in brackets.
    fn joined(
        &self,
        operator: formualizer_parse::BinaryOperator,
        left: &Node,
        right: &Node,
    ) -> Evaluated<Vec<Range<'a>>> {
        let (Operand::Cells(mut left), Operand::Cells(right)) = (self.operand(left)?, self.operand(right)?) else {
            return Err(NotRecalculated::Reference);
        };
        match (operator.as_str(), left.as_slice(), right.as_slice()) {
            (",", ..) => {
                left.extend(right);
                Ok(left)
            }
            (":", [from], [to]) if from.index == to.index => {
                let (a, b) = (from.area, to.area);
                let first = Position::new(a.first.row.min(b.first.row), a.first.column.min(b.first.column));
                let last = Position::new(a.last.row.max(b.last.row), a.last.column.max(b.last.column));
                Ok(vec![from.part(Area::new(first, last))])
            }
            _ => Err(NotRecalculated::Reference),
        }
    }

    /// The value in a cell of a range's sheet.
    fn value(&self, range: Range<'a>, position: Position) -> Evaluated<Computed> {
        self.own_cell(range.part(position))?;
        self.book.look_at(1)?;
        match range.grid.cell(position) {
            Some(cell) => self.held(range, position, cell),
            None => Ok(Computed::Empty),
        }
    }

    fn held(&self, range: Range<'a>, position: Position, cell: &GridCell) -> Evaluated<Computed> {
        let named = || self.called(range, position);
        let value = held(cell, named, self.book)?;
        if matches!(cell.raw, RawValue::Date(_)) && cell.serial.is_none() {
            self.doubt(NotRecalculated::TimeOfDay(named()));
        }
        Ok(self.scaled(value))
    }

    /// A cell as a reason names it: with its sheet where that is not the formula's own.
    fn called(&self, range: Range<'a>, position: Position) -> String {
        let sheet = &range.sheet.name;
        if sheet.to_lowercase() == self.sheet.to_lowercase() {
            position.to_string()
        } else {
            format!("{sheet}!{position}")
        }
    }

    /// Refuses cells of which the formula's own is one.
    fn own_cell(&self, range: Range<'a>) -> Evaluated<()> {
        let is_own = range.area.contains(self.at) && range.sheet.name.to_lowercase() == self.sheet.to_lowercase();
        if is_own { Err(NotRecalculated::Circular) } else { Ok(()) }
    }

    /// Remembers how large a number was that went into the result.
    fn scaled(&self, value: Computed) -> Computed {
        if let Computed::Number(number) = value {
            self.scale_to(number);
        }
        value
    }

    fn scale_to(&self, number: f64) {
        self.scale.set(self.scale.get().max(number.abs()));
    }

    /// Remembers why another result may be right too; the first reason counts.
    fn doubt(&self, why: NotRecalculated) {
        self.doubt.borrow_mut().get_or_insert(why);
    }

    fn function(&self, name: &str, arguments: &[Node]) -> Evaluated<Operand<'a>> {
        if let Some(found) = lookup::cells(self, name, arguments) {
            return found;
        }
        let value = match (name, arguments) {
            ("IF", [condition, branches @ ..]) if (1..=2).contains(&branches.len()) => {
                return match self.single(condition)?.as_boolean() {
                    Err(error) => Ok(Operand::Value(error)),
                    Ok(is_true) => match branches.get(usize::from(!is_true)) {
                        Some(Node::Omitted) => Ok(Operand::Value(Computed::Number(0.0))),
                        Some(branch) => self.operand(branch),
                        None => Ok(Operand::Value(Computed::Boolean(false))),
                    },
                };
            }
            ("IFERROR" | "IFNA", [tried, instead]) => {
                let value = self.single(tried)?;
                let is_caught = match &value {
                    Computed::Error(error) => name == "IFERROR" || &**error == NOT_AVAILABLE,
                    _ => false,
                };
                if is_caught { self.single(instead)? } else { value }
            }
            ("TRUE", []) => Computed::Boolean(true),
            ("FALSE", []) => Computed::Boolean(false),
            ("NA", []) => Computed::error(NOT_AVAILABLE),
            ("PI", []) => self.scaled(Computed::Number(std::f64::consts::PI)),
            ("ISBLANK", [asked]) => Computed::Boolean(self.single(asked)? == Computed::Empty),
            _ => {
                if let Some(computed) = aggregate::call(self, name, arguments) {
                    computed?
                } else if let Some(computed) = conditional::call(self, name, arguments) {
                    computed?
                } else if let Some(computed) = lookup::call(self, name, arguments) {
                    computed?
                } else if !scalar::is_known(name) {
                    // Before its arguments: what LET and LAMBDA name in theirs stands for nothing elsewhere.
                    return Err(NotRecalculated::Function(name.to_owned()));
                } else {
                    let given = arguments.iter().map(|argument| self.single(argument));
                    let given: Vec<Computed> = given.collect::<Evaluated<_>>()?;
                    scalar::call(self, name, &given)?
                }
            }
        };
        Ok(Operand::Value(self.scaled(value)))
    }

    /// An error where a mean of nothing is asked for.
    fn mean(&self, sum: f64, count: u64) -> Computed {
        if count == 0 { Computed::error(DIVISION) } else { Computed::number(sum / count as f64) }
    }
}

#[cfg(test)]
mod tests;
