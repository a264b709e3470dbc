//! Values counted up: the sum, the number, the least and the greatest of many.

use super::value::{Computed, NUMBER, VALUE};
use super::{Evaluated, NotRecalculated};

/// What many values come to.
#[derive(Debug, Clone)]
pub(in crate::formula) struct Tally {
    /// The sum of the numbers.
    pub sum: f64,
    /// Their product.
    pub product: f64,
    /// How many numbers there are.
    pub numbers: u64,
    /// How many values there are that are not empty.
    pub filled: u64,
    /// The least number.
    pub least: f64,
    /// The greatest number.
    pub greatest: f64,
    /// The sum of the numbers without their signs: how large the sum was on the way, where they cancel.
    pub scale: f64,
    /// The first error value among them.
    pub error: Option<Computed>,
    /// Why the values are not certain.
    pub doubt: Option<NotRecalculated>,
}

impl Default for Tally {
    fn default() -> Self {
        Self {
            sum: 0.0,
            product: 1.0,
            numbers: 0,
            filled: 0,
            least: f64::INFINITY,
            greatest: f64::NEG_INFINITY,
            scale: 0.0,
            error: None,
            doubt: None,
        }
    }
}

impl Tally {
    /// Counts a number.
    pub fn number(&mut self, number: f64) {
        self.sum += number;
        self.product *= number;
        self.numbers += 1;
        self.least = self.least.min(number);
        self.greatest = self.greatest.max(number);
        self.scale += number.abs();
    }

    /// Counts what a cell holds: texts and TRUE are no numbers there.
    pub fn cell(&mut self, value: &Computed) {
        match value {
            Computed::Number(number) => self.number(*number),
            Computed::Error(_) => _ = self.error.get_or_insert_with(|| value.clone()),
            Computed::Boolean(_) => _ = self.doubt.get_or_insert(NotRecalculated::Booleans),
            Computed::Text(_) => {}
            Computed::Empty => return,
        }
        self.filled += 1;
    }

    /// Counts a value that stands in the formula itself, where texts that are numbers and TRUE count as such.
    pub fn given(&mut self, value: &Computed) -> Evaluated<()> {
        self.filled += 1;
        match value.as_number()? {
            Ok(number) => self.number(number),
            Err(error) => _ = self.error.get_or_insert(error),
        }
        Ok(())
    }

    /// Counts what another tally holds.
    pub fn join(&mut self, other: &Self) {
        self.sum += other.sum;
        self.product *= other.product;
        self.numbers += other.numbers;
        self.filled += other.filled;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
        self.scale += other.scale;
        self.error = self.error.take().or_else(|| other.error.clone());
        self.doubt = self.doubt.take().or_else(|| other.doubt.clone());
    }

    /// What a function makes of it, by its name: SUM, AVERAGE, COUNT, COUNTA, MIN, MAX or PRODUCT. None for another name.
    pub fn of(&self, name: &str) -> Option<Computed> {
        let number = match name {
            "COUNT" => return Some(Computed::Number(self.numbers as f64)),
            "COUNTA" => return Some(Computed::Number(self.filled as f64)),
            "SUM" => self.sum,
            "MIN" if self.numbers > 0 => self.least,
            "MAX" if self.numbers > 0 => self.greatest,
            "PRODUCT" if self.numbers > 0 => self.product,
            "MIN" | "MAX" | "PRODUCT" => 0.0,
            "AVERAGE" if self.numbers > 0 => self.sum / self.numbers as f64,
            "AVERAGE" => f64::NAN,
            _ => return None,
        };
        Some(match &self.error {
            Some(error) => error.clone(),
            None if name == "AVERAGE" && self.numbers == 0 => Computed::error(super::value::DIVISION),
            None if number.is_finite() => Computed::Number(number),
            None => Computed::error(if number.is_nan() { VALUE } else { NUMBER }),
        })
    }
}
