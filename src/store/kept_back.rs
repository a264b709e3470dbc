//! Finding out what a public answer tells of figures that are kept back.
//!
//! The public's views call `kept_back(least, which)` in place of such a figure. In the first run of a query it is
//! infinite, so sums and differences with it are; but a quotient, a comparison or a cast makes something finite of it
//! that would be a false figure. So where a query met one, it is run again with other numbers in its place: what is then
//! another answer depends on the figure. None of those numbers has to do with the figure itself, so that the comparison
//! tells nothing of it either.

use std::collections::BTreeSet;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::Connection;
use rusqlite::functions::FunctionFlags;
use rusqlite::types::Value;

use super::StoreError;
use super::query::scalar;
use crate::model::{SUPPRESSED, Scalar};

/// Why a query is refused whose rows would not be the same with other figures.
pub(super) const DEPENDS: &str = "a condition or the order of this query depends on a figure that is kept back; leave \
                                  the figure out of them, and out of columns whose names begin with _";
/// At most so many of the numbers that a query names are tried; each takes a run.
const MOST_NAMED: usize = 16;
/// Whole numbers below this are exact as floating-point numbers: 2 to the power of 53.
const MOST_WHOLE: f64 = 9_007_199_254_740_992.0;
/// The greatest number that stands in for a figure when each has another.
const MOST_SCATTERED: u64 = 1 << 20;

/// What stands in for the figures that are kept back.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum StandIn {
    /// An infinite number: the answer that the public gets.
    Infinite,
    /// The same number for all, or the least that a figure can be where the number is less.
    Same(f64),
    /// Another number for each figure.
    Scattered,
    /// As [`StandIn::Scattered`]; of two figures that one is the greater now which was the smaller there.
    Reversed,
}

/// What stands in now, and whether a query met a figure that is kept back.
pub(super) struct KeptBack {
    stand_in: Mutex<StandIn>,
    is_met: AtomicBool,
}

impl KeptBack {
    /// Adds the SQL function `kept_back(least, which)` to a connection. `least` is the least that the figure can be, and
    /// `which` tells figures apart.
    pub fn register(connection: &Connection) -> Result<Arc<Self>, StoreError> {
        let kept_back = Arc::new(Self { stand_in: Mutex::new(StandIn::Infinite), is_met: AtomicBool::new(false) });
        let asked = kept_back.clone();
        // It is not said to be deterministic: SQLite would call it once ahead of the rows, whether or not one needs it.
        let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_INNOCUOUS;
        connection.create_scalar_function("kept_back", 2, flags, move |arguments| {
            asked.is_met.store(true, Ordering::Relaxed);
            let least = arguments.get::<f64>(0)?;
            let which = format!("{:?}", scalar(arguments.get_raw(1)));
            let number = asked.stand_in().number(least, &which);
            // A whole number is one to SQLite, as the figures are.
            let is_whole = number.fract() == 0.0 && number.abs() < MOST_WHOLE;
            Ok(if is_whole { Value::Integer(number as i64) } else { Value::Real(number) })
        })?;
        Ok(kept_back)
    }

    /// From here on this stands in.
    pub fn set(&self, stand_in: StandIn) {
        *self.stand_in.lock().unwrap_or_else(PoisonError::into_inner) = stand_in;
        self.is_met.store(false, Ordering::Relaxed);
    }

    /// Whether a query met a figure that is kept back since [`KeptBack::set`].
    pub fn is_met(&self) -> bool {
        self.is_met.load(Ordering::Relaxed)
    }

    fn stand_in(&self) -> StandIn {
        *self.stand_in.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StandIn {
    /// What a query is run with again, to be held against its answer with [`StandIn::Infinite`]: also the numbers that
    /// it names, with which it may compare a figure.
    pub fn others(query: &str) -> Vec<Self> {
        let mut others = vec![Self::Same(f64::NEG_INFINITY), Self::Scattered, Self::Reversed];
        let is_part = |character: char| character.is_alphanumeric() || matches!(character, '.' | '_');
        let named = query
            .split(|character| !is_part(character))
            .filter(|word| word.starts_with(|first: char| first.is_ascii_digit()));
        for number in named.filter_map(|word| word.parse::<f64>().ok()).filter(|number| number.is_finite()) {
            let same = Self::Same(number);
            if others.len() < 3 + MOST_NAMED && !others.contains(&same) {
                others.push(same);
            }
        }
        others
    }

    fn number(self, least: f64, which: &str) -> f64 {
        // FNV-1a: the same figure gets the same number in each run and on each machine.
        let hash = || {
            which
                .bytes()
                .fold(0xcbf2_9ce4_8422_2325, |hash: u64, byte| (hash ^ u64::from(byte)).wrapping_mul(0x100_0000_01b3))
        };
        let scattered = || (hash() >> 20) % MOST_SCATTERED + 1;
        let number = match self {
            Self::Infinite => return f64::INFINITY,
            Self::Same(number) => number,
            Self::Scattered => scattered() as f64,
            Self::Reversed => (MOST_SCATTERED + 1 - scattered()) as f64,
        };
        number.max(least)
    }
}

/// The cells of an answer that depend on what is kept back, found by holding other answers against it.
#[derive(Default)]
pub(super) struct Depending {
    cells: BTreeSet<(usize, usize)>,
}

impl Depending {
    /// Takes in what differs in another answer; false when it has other rows, or the same in another order.
    pub fn compare(&mut self, columns: &[String], answer: &[Vec<Scalar>], other: &[Vec<Scalar>]) -> bool {
        if answer.len() != other.len() {
            return false;
        }
        for (column, name) in columns.iter().enumerate() {
            let differing: Vec<usize> =
                (0..answer.len()).filter(|row| !agrees(&answer[*row][column], &other[*row][column])).collect();
            let is_depending = !differing.is_empty();
            // `_row` and `_cells` say which rows were taken.
            if is_depending && (name.starts_with('_') || sorted(answer, column) == sorted(other, column)) {
                return false;
            }
            self.cells.extend(differing.into_iter().map(|row| (row, column)));
        }
        true
    }

    /// Puts an infinite number in place of what depends.
    pub fn keep_back(self, answer: &mut [Vec<Scalar>]) {
        for (row, column) in self.cells {
            if !answer[row][column].is_suppressed() {
                answer[row][column] = Scalar::Real(f64::INFINITY);
            }
        }
    }
}

/// Whether a cell is the same in another answer. A text that says `[c]`, as `shown` gives it, may say anything there, or
/// be nothing, as of a number that is not of the format's type.
fn agrees(cell: &Scalar, other: &Scalar) -> bool {
    match (cell, other) {
        (Scalar::Real(one), Scalar::Real(other)) => one.to_bits() == other.to_bits(),
        (Scalar::Text(one), Scalar::Text(other)) if one.contains(SUPPRESSED) => fills(one, other),
        (Scalar::Text(one), Scalar::Null) if one.contains(SUPPRESSED) => true,
        _ => cell == other,
    }
}

/// Whether a text is what another one is, with something in each place where that says `[c]`.
fn fills(with_marks: &str, text: &str) -> bool {
    let Some((first, rest)) = with_marks.split_once(SUPPRESSED) else { return with_marks == text };
    let (between, last) = rest.rsplit_once(SUPPRESSED).map_or(("", rest), |(between, last)| (between, last));
    let Some(inner) = text.strip_prefix(first).and_then(|text| text.strip_suffix(last)) else { return false };
    let mut left = inner;
    between.split(SUPPRESSED).all(|part| left.split_once(part).map(|(_, after)| left = after).is_some())
}

/// The values of a column in an order that does not depend on that of the rows.
fn sorted(rows: &[Vec<Scalar>], column: usize) -> Vec<String> {
    let mut values: Vec<String> = rows.iter().map(|row| format!("{:?}", row[column])).collect();
    values.sort_unstable();
    values
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_say_what_is_kept_back() {
        for (with_marks, text, is_so) in [
            ("[c]", "17", true),
            ("over [c]", "over 17", true),
            ("[c] of [c]", "3 of 17", true),
            ("[c], [c] and [c].", "1, 2 and 3.", true),
            ("[c] of 0.0", "3 of 17.0", false),
            ("over [c]", "under 17", false),
            ("[c], [c] and [c].", "1; 2 and 3.", false),
            // The same letter is not taken twice.
            ("a[c]a", "a", false),
        ] {
            assert_eq!(fills(with_marks, text), is_so, "{with_marks} {text}");
        }
    }

    #[test]
    fn a_query_is_tried_with_the_numbers_that_it_names() {
        let tried =
            StandIn::others("SELECT a1 FROM t2 WHERE value BETWEEN 3 AND 7.5 OR value IN (3,1e3) OR x = '9e999'");
        assert_eq!(tried[3..], [StandIn::Same(3.0), StandIn::Same(7.5), StandIn::Same(1000.0)]);
        let many: Vec<String> = (0..100).map(|number| number.to_string()).collect();
        assert_eq!(StandIn::others(&many.join(" ")).len(), 19);
    }

    #[test]
    fn of_two_figures_each_is_the_greater_once() {
        let is_greater = |stand_in: StandIn| stand_in.number(1.0, "1:value") > stand_in.number(1.0, "2:value");
        assert_ne!(is_greater(StandIn::Scattered), is_greater(StandIn::Reversed));
        assert_eq!(StandIn::Same(f64::NEG_INFINITY).number(1.0, "1:value"), 1.0);
    }
}
