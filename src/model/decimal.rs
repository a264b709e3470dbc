//! Decimal numbers, exactly: what is multiplied or rounded must not gain digits that nobody typed.

use super::{AmountError, Money};

/// So many digits of a number mean something: Excel keeps no more.
const DIGITS: usize = 15;
/// A number with more digits before or behind the point than this is no figure of a council.
const MOST_PLACES: i32 = 60;

/// A decimal number: `digits` times ten to the power of `exponent`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Decimal {
    digits: i128,
    exponent: i32,
}

impl Decimal {
    /// The number in a cell, to 15 significant digits; none of one that is not finite or out of all measure.
    pub fn of(number: f64) -> Option<Self> {
        if !number.is_finite() {
            return None;
        }
        let text = format!("{number:.*e}", DIGITS - 1);
        let (mantissa, exponent) = text.split_once('e')?;
        let (mut digits, mut exponent) =
            (mantissa.replace('.', "").parse::<i128>().ok()?, exponent.parse::<i32>().ok()? - (DIGITS as i32 - 1));
        while digits != 0 && digits % 10 == 0 {
            (digits, exponent) = (digits / 10, exponent + 1);
        }
        match digits {
            0 => Some(Self { digits, exponent: 0 }),
            // What is so small is nothing.
            _ if exponent < -MOST_PLACES => Some(Self { digits: 0, exponent: 0 }),
            _ => (exponent <= MOST_PLACES).then_some(Self { digits, exponent }),
        }
    }

    /// So many times the number.
    pub fn times(self, factor: u32) -> Self {
        // At most 15 digits times 10: far from what 128 bits hold.
        Self { digits: self.digits * i128::from(factor), ..self }
    }

    /// The number times ten to a power.
    pub fn shifted(self, power: i32) -> Self {
        if self.digits == 0 { self } else { Self { exponent: self.exponent + power, ..self } }
    }

    /// The number to so many decimals; a half goes away from nothing, as Excel shows it.
    pub fn rounded(self, decimals: u32) -> Self {
        let gone = -self.exponent - i32::try_from(decimals).unwrap_or(i32::MAX);
        if gone <= 0 {
            return self;
        }
        // What has fewer digits than are gone is less than a half.
        let Some(unit) = 10_i128.checked_pow(gone.unsigned_abs()).filter(|_| gone <= 36) else {
            return Self { digits: 0, exponent: 0 };
        };
        let (whole, rest) = (self.digits / unit, self.digits % unit);
        let up = if rest.abs() * 2 >= unit { self.digits.signum() } else { 0 };
        Self { digits: whole + up, exponent: self.exponent + gone }
    }

    /// The number without its sign, with exactly so many decimals: what stands before the point, and what behind it.
    pub fn fixed(self, decimals: u32) -> (String, String) {
        let rounded = self.rounded(decimals);
        let text = Self { digits: rounded.digits.abs(), ..rounded }.text();
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        (whole.to_owned(), format!("{fraction:0<width$}", width = decimals as usize))
    }

    /// The power of ten of the first digit: 2 of 123, -1 of 0.5; none of 0.
    pub fn magnitude(self) -> Option<i32> {
        let digits = self.digits.unsigned_abs().checked_ilog10()?;
        Some(i32::try_from(digits).ok()? + self.exponent)
    }

    /// Whether it is 0.
    pub fn is_zero(self) -> bool {
        self.digits == 0
    }

    /// Whether it is below 0.
    pub fn is_negative(self) -> bool {
        self.digits < 0
    }

    /// The nearest number that a cell can hold.
    pub fn number(self) -> f64 {
        format!("{}e{}", self.digits, self.exponent).parse().unwrap_or(f64::INFINITY)
    }

    /// The amount in pounds.
    ///
    /// # Errors
    /// As [`Money::from_text`] and [`Money::from_number`] have them: what is left beyond the penny is no rounding, unless it
    /// is what a subtraction leaves behind a number.
    pub fn money(self) -> Result<Money, AmountError> {
        match Money::from_text(&self.text()) {
            Err(AmountError::FractionOfPenny) => Money::from_number(self.number()),
            other => other,
        }
    }

    /// The number written out.
    fn text(self) -> String {
        let sign = if self.is_negative() { "-" } else { "" };
        let digits = self.digits.unsigned_abs().to_string();
        match usize::try_from(-self.exponent) {
            Ok(decimals) => {
                let padded = format!("{digits:0>width$}", width = decimals + 1);
                let (whole, fraction) = padded.split_at(padded.len() - decimals);
                let point = if fraction.is_empty() { "" } else { "." };
                format!("{sign}{whole}{point}{fraction}")
            }
            Err(_) => format!("{sign}{digits}{}", "0".repeat(self.exponent.unsigned_abs() as usize)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(number: f64) -> Decimal {
        Decimal::of(number).unwrap()
    }

    #[test]
    fn thousands_of_pounds_to_the_penny() {
        for (thousands, pence) in [
            (788.083, 78_808_300),
            (788.083_05, 78_808_305),
            (0.1 + 0.2, 30_000),
            (-12.5, -1_250_000),
            (0.0, 0),
            (1e6, 100_000_000_000),
        ] {
            assert_eq!(of(thousands).times(1000).money(), Ok(Money::from_pence(pence)), "{thousands}");
        }
        assert_eq!(of(0.000_004).times(1000).money(), Err(AmountError::FractionOfPenny));
        assert_eq!(of(1e12).times(1000).money(), Err(AmountError::TooLarge));
        assert_eq!(Decimal::of(f64::NAN), None);
        assert_eq!(Decimal::of(1e300), None);
    }

    #[test]
    fn halves_go_away_from_nothing() {
        for (number, decimals, rounded) in
            [(2.5, 0, 3.0), (-2.5, 0, -3.0), (2.675, 2, 2.68), (0.04, 1, 0.0), (1234.0, 2, 1234.0), (1e-40, 2, 0.0)]
        {
            assert_eq!(of(number).rounded(decimals).number(), rounded, "{number}");
        }
        assert_eq!(of(788_083.05).shifted(-3).rounded(0).number(), 788.0);
        assert!(of(-0.4).rounded(0).is_zero());
    }
}
