//! Totals: summed exactly, written as live formulas that carry their result.

use rust_xlsxwriter::Formula;

use crate::model::Scalar;

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

    /// Adds what another sum has added.
    pub fn add_all_of(&mut self, other: &Self) {
        self.whole += other.whole;
        self.fractions += other.fractions;
        self.has_fractions |= other.has_fractions;
    }

    /// The total; none when it cannot be held.
    pub fn total(&self) -> Option<Scalar> {
        let whole = i64::try_from(self.whole).ok()?;
        Some(if self.has_fractions { Scalar::Real(whole as f64 + self.fractions) } else { Scalar::Integer(whole) })
    }
}

/// The formula of a total as Excel itself writes it beneath a table, or the sum of those of several tables, with its result
/// for readers that do not reckon.
pub fn formula(tables: &[&str], title: &str, result: f64) -> Formula {
    let title = escaped(title);
    let totals: Vec<String> = tables.iter().map(|table| format!("SUBTOTAL(109,{table}[{title}])")).collect();
    Formula::new(totals.join("+")).set_result(result.to_string())
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

#[cfg(test)]
mod tests {
    use super::super::cells;
    use super::super::style::Kind;
    use super::*;
    use crate::model::Format;

    #[test]
    fn sums_are_exact() {
        let mut sum = Sum::default();
        for _ in 0..3 {
            sum.add(&Scalar::Integer(10));
        }
        sum.add(&Scalar::Null);
        sum.add(&Scalar::Text("[x]".into()));
        assert_eq!(sum.total(), Some(Scalar::Integer(30)));
        assert_eq!(cells::number(Format::Money, &Scalar::Integer(30)), Some((0.3, Kind::Money)));
        sum.add(&Scalar::Integer(i64::MAX));
        assert_eq!(sum.total(), None);
        sum.add(&Scalar::Integer(-31));
        assert_eq!(sum.total(), Some(Scalar::Integer(i64::MAX - 1)));
    }

    #[test]
    fn fractions_are_shown_where_there_are_any() {
        let mut sum = Sum::default();
        sum.add(&Scalar::Real(2.5));
        assert_eq!(cells::number(Format::Number, &sum.total().unwrap()), Some((2.5, Kind::Decimal)));
        sum.add(&Scalar::Real(1.5));
        assert_eq!(cells::number(Format::Number, &sum.total().unwrap()), Some((4.0, Kind::Count)));
    }

    #[test]
    fn titles_in_formulas() {
        assert_eq!(escaped("Variance (£)"), "Variance (£)");
        assert_eq!(escaped("Officer's [no #]"), "Officer''s '[no '#']");
    }
}
