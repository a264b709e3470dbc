//! Totals: summed exactly, written as live formulas that carry their result.

use rust_xlsxwriter::Formula;

use super::style::Kind;
use crate::model::{Format, Money, Scalar};

/// A running sum: exact as long as the values are whole, pence included.
#[derive(Debug, Clone, Default)]
pub struct Sum {
    whole: i128,
    fractions: f64,
    has_fractions: bool,
}

impl Sum {
    /// Adds a value; texts and nothing are passed over, as Excel's own sum does.
    pub fn add(&mut self, value: &Scalar) {
        match value {
            Scalar::Integer(number) => self.whole += i128::from(*number),
            Scalar::Real(number) => {
                self.fractions += number;
                self.has_fractions = true;
            }
            Scalar::Null | Scalar::Text(_) => {}
        }
    }

    /// The total; none when it cannot be held.
    pub fn total(&self) -> Option<Scalar> {
        let whole = i64::try_from(self.whole).ok()?;
        Some(if self.has_fractions { Scalar::Real(whole as f64 + self.fractions) } else { Scalar::Integer(whole) })
    }
}

/// The formula of a total as Excel itself writes it beneath a table, with its result for readers that do not reckon.
pub fn formula(table: &str, title: &str, format: Format, sum: &Scalar) -> Formula {
    Formula::new(format!("SUBTOTAL(109,{table}[{}])", escaped(title))).set_result(result(format, sum))
}

/// How a total is shown.
pub fn kind(format: Format, sum: &Scalar) -> Kind {
    match (format, sum) {
        (Format::Money, _) => Kind::Money,
        (Format::Percentage, _) => Kind::Percentage,
        (Format::Number, Scalar::Real(number)) if number.fract() != 0.0 => Kind::Decimal,
        _ => Kind::Count,
    }
}

/// A column's title as a formula names it: these four characters mean something there.
fn escaped(title: &str) -> String {
    let mut name = String::with_capacity(title.len());
    for character in title.chars() {
        if matches!(character, '\'' | '#' | '[' | ']') {
            name.push('\'');
        }
        name.push(character);
    }
    name
}

/// The computed result as the file holds it: pounds for money.
fn result(format: Format, sum: &Scalar) -> String {
    match (format, sum) {
        (Format::Money, Scalar::Integer(pence)) => Money::from_pence(*pence).pounds().to_string(),
        (_, Scalar::Real(number)) => number.to_string(),
        (_, sum) => sum.as_integer().unwrap_or_default().to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_exact() {
        let mut sum = Sum::default();
        for _ in 0..3 {
            sum.add(&Scalar::Integer(10));
        }
        sum.add(&Scalar::Null);
        sum.add(&Scalar::Text("[x]".into()));
        assert_eq!(sum.total(), Some(Scalar::Integer(30)));
        assert_eq!(result(Format::Money, &Scalar::Integer(30)), "0.3");
        sum.add(&Scalar::Integer(i64::MAX));
        assert_eq!(sum.total(), None);
        sum.add(&Scalar::Integer(-31));
        assert_eq!(sum.total(), Some(Scalar::Integer(i64::MAX - 1)));
    }

    #[test]
    fn fractions_are_shown_where_there_are_any() {
        let mut sum = Sum::default();
        sum.add(&Scalar::Real(2.5));
        assert_eq!(kind(Format::Number, &sum.total().unwrap()), Kind::Decimal);
        sum.add(&Scalar::Real(1.5));
        assert_eq!(kind(Format::Number, &sum.total().unwrap()), Kind::Count);
        assert_eq!(result(Format::Number, &sum.total().unwrap()), "4");
    }

    #[test]
    fn titles_in_formulas() {
        assert_eq!(escaped("Variance (£)"), "Variance (£)");
        assert_eq!(escaped("Officer's [no #]"), "Officer''s '[no '#']");
    }
}
