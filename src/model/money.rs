//! Exact amounts of money.

use std::fmt;

use serde::{Deserialize, Serialize};

/// An amount in whole pence, with checked arithmetic.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Money(i64);

/// Why a cell is not an amount.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, thiserror::Error)]
pub enum AmountError {
    /// Digits are left beyond the penny.
    #[error("holds a fraction of a penny")]
    FractionOfPenny,
    /// A million million pounds or more, whose sums could not be exact, or not finite.
    #[error("is too large to be an amount")]
    TooLarge,
    /// A text in another currency.
    #[error("is not in pounds")]
    ForeignCurrency,
    /// Not an amount at all.
    #[error("is not an amount")]
    NotAnAmount,
}

/// Amounts from here on are too large to be meant: a million million pounds. The sum of some 90,000 amounts below it
/// still fits, in this type and in the store, and each is exact to the penny as a number of Excel.
const LARGEST: f64 = 1e12;
const LARGEST_PENCE: i64 = 100_000_000_000_000;

/// What subtractions and sums of amounts up to some millions leave beyond the penny, in pence, and nobody ever types.
const MOST_NOISE: f64 = 5e-8;

impl Money {
    /// An amount from whole pence.
    pub const fn from_pence(pence: i64) -> Self {
        Self(pence)
    }

    /// The amount in whole pence.
    pub const fn pence(self) -> i64 {
        self.0
    }

    /// The amount in pounds, for cells of an output workbook only: never reckon with it.
    pub fn pounds(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// An amount from the number in a cell.
    ///
    /// Excel keeps 15 significant digits, so the number is read to 15 digits and what is left beyond the penny is an
    /// error, not a rounding. `0.1 + 0.2` is 0.30; `10.004` is refused. What a subtraction of larger amounts leaves behind
    /// them (`9500 - 9412.6` is 87.399999999999636 in Excel too) is not left over: nobody typed it.
    ///
    /// # Errors
    /// [`AmountError::FractionOfPenny`] or [`AmountError::TooLarge`].
    pub fn from_number(number: f64) -> Result<Self, AmountError> {
        if !number.is_finite() || number.abs() >= LARGEST {
            return Err(AmountError::TooLarge);
        }
        // The number that is nearest to so many pence, of which there are fewer than 15 digits, means these.
        let whole = (number.abs() * 100.0).round();
        if whole / 100.0 == number.abs() {
            return Ok(Self(if number.is_sign_negative() { -(whole as i64) } else { whole as i64 }));
        }
        let text = format!("{:.14e}", number.abs());
        let (mantissa, exponent) = text.split_once('e').ok_or(AmountError::NotAnAmount)?;
        let digits: i128 = mantissa.replace('.', "").parse().map_err(|_| AmountError::NotAnAmount)?;
        let exponent: i32 = exponent.parse().map_err(|_| AmountError::NotAnAmount)?;
        // number = digits * 10^(exponent - 14); pence = digits * 10^(exponent - 12)
        let shift = exponent - 12;
        let pence = if shift >= 0 {
            digits * 10i128.pow(shift.unsigned_abs())
        } else {
            // 15 digits are gone at a divisor of 10^16 and more; a tiny residue is then the whole number.
            let divisor = 10i128.pow(shift.unsigned_abs().min(30));
            if digits % divisor == 0 {
                digits / divisor
            } else {
                // Exact for whole numbers of this size, so that only the residue is a matter of floating point.
                let (scaled, whole) = (number.abs() * 100.0, (number.abs() * 100.0).round());
                if (scaled - whole).abs() > MOST_NOISE {
                    return Err(AmountError::FractionOfPenny);
                }
                whole as i128
            }
        };
        let pence = i64::try_from(pence).map_err(|_| AmountError::TooLarge)?;
        Ok(Self(if number.is_sign_negative() { -pence } else { pence }))
    }

    /// An amount from a text that is plainly one: `£1,250.00`, `1250`, `-£5.50`, `(125.00)`, `125.00-`.
    ///
    /// # Errors
    /// What keeps the text from being an amount; `1O0.00` is [`AmountError::NotAnAmount`].
    pub fn from_text(text: &str) -> Result<Self, AmountError> {
        let mut rest = text.trim();
        let mut negative = false;
        if let Some(inner) = rest.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
            negative = true;
            rest = inner.trim();
        }
        if let Some(before) = rest.strip_suffix(['-', '\u{2212}']) {
            if negative {
                return Err(AmountError::NotAnAmount);
            }
            negative = true;
            rest = before.trim_end();
        }
        for _ in 0..2 {
            if let Some(after) = rest.strip_prefix(['-', '\u{2212}']) {
                if negative {
                    return Err(AmountError::NotAnAmount);
                }
                negative = true;
                rest = after.trim_start();
            }
            rest = rest.strip_prefix('£').unwrap_or(rest).trim_start();
        }
        if rest.starts_with(['€', '$', '¥']) || rest.ends_with(['€', '$', '¥']) {
            return Err(AmountError::ForeignCurrency);
        }
        let (whole, fraction) = rest.split_once('.').unwrap_or((rest, ""));
        let whole = ungrouped(whole).ok_or(AmountError::NotAnAmount)?;
        if !fraction.bytes().all(|byte| byte.is_ascii_digit()) || rest.ends_with('.') {
            return Err(AmountError::NotAnAmount);
        }
        let kept = fraction.trim_end_matches('0');
        if kept.len() > 2 {
            return Err(AmountError::FractionOfPenny);
        }
        let pounds: i64 = whole.parse().map_err(|_| AmountError::TooLarge)?;
        let pence: i64 = format!("{kept:0<2}").parse().map_err(|_| AmountError::NotAnAmount)?;
        let amount = pounds.checked_mul(100).and_then(|whole| whole.checked_add(pence)).ok_or(AmountError::TooLarge)?;
        if amount >= LARGEST_PENCE {
            return Err(AmountError::TooLarge);
        }
        Ok(Self(if negative { -amount } else { amount }))
    }

    /// The sum, or none when it does not fit.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        self.0.checked_add(other.0).map(Self)
    }

    /// The difference, or none when it does not fit.
    pub fn checked_sub(self, other: Self) -> Option<Self> {
        self.0.checked_sub(other.0).map(Self)
    }

    /// The amount without its sign.
    pub fn abs(self) -> Self {
        Self(self.0.saturating_abs())
    }

    /// Pounds and pence without a sign for the currency or grouping, for machines: `-6000.00`.
    pub fn plain(self) -> String {
        let sign = if self.0 < 0 { "-" } else { "" };
        format!("{sign}{}.{:02}", self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100)
    }
}

/// Digits without their thousands separators, if these stand where they should.
pub fn ungrouped(text: &str) -> Option<String> {
    let groups: Vec<&str> = text.split(',').collect();
    let digits = |group: &str| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit());
    let grouped = groups.len() == 1 || (groups[0].len() <= 3 && groups[1..].iter().all(|group| group.len() == 3));
    (grouped && groups.iter().all(|group| digits(group))).then(|| groups.concat())
}

/// Groups of three digits with commas.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::with_capacity(digits.len() + digits.len() / 3);
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

impl fmt::Display for Money {
    /// `£139,250.00`, `-£6,000.00`.
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let pence = self.0.unsigned_abs();
        write!(formatter, "{sign}£{}.{:02}", grouped(pence / 100), pence % 100)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn from_numbers() {
        for (number, pence) in [
            (0.0, 0),
            (139250.0, 13_925_000),
            (38889.25, 3_888_925),
            (0.1 + 0.2, 30),
            (-125.0, -12_500),
            (561.44, 56_144),
            (9_999_999_999.99, 999_999_999_999),
            (-999_999_999_999.99, -99_999_999_999_999),
            (1.005e3, 100_500),
            // A subtraction of larger amounts keeps fewer digits than the fifteen.
            (9500.0 - 9412.6, 8_740),
            (9412.6 - 9500.0, -8_740),
            (1.1 - 1.0 - 0.1, 0),
        ] {
            assert_eq!(Money::from_number(number), Ok(Money::from_pence(pence)), "{number}");
        }
        for (number, error) in [
            (10.004, AmountError::FractionOfPenny),
            (1e-9, AmountError::FractionOfPenny),
            (1e12, AmountError::TooLarge),
            (-1e12, AmountError::TooLarge),
            (f64::NAN, AmountError::TooLarge),
            (f64::INFINITY, AmountError::TooLarge),
        ] {
            assert_eq!(Money::from_number(number), Err(error), "{number}");
        }
    }

    #[test]
    fn from_texts() {
        for (text, pence) in [
            ("£1,250.00", 125_000),
            ("1250", 125_000),
            (" £ 409.68 ", 40_968),
            ("(125.00)", -12_500),
            ("(£125.00)", -12_500),
            ("-£5.5", -550),
            ("£-5.50", -550),
            ("12.50-", -1250),
            ("£1,250.00 -", -125_000),
            ("10.500", 1050),
            ("1,234,567.89", 123_456_789),
        ] {
            assert_eq!(Money::from_text(text), Ok(Money::from_pence(pence)), "{text}");
        }
        for (text, error) in [
            ("1O0.00", AmountError::NotAnAmount),
            ("386.75O", AmountError::NotAnAmount),
            ("€500", AmountError::ForeignCurrency),
            ("500€", AmountError::ForeignCurrency),
            ("10.005", AmountError::FractionOfPenny),
            ("1,25", AmountError::NotAnAmount),
            ("£1,000,000,000,000.00", AmountError::TooLarge),
            ("1.", AmountError::NotAnAmount),
            ("", AmountError::NotAnAmount),
            ("£", AmountError::NotAnAmount),
            ("--5", AmountError::NotAnAmount),
            ("(-5)", AmountError::NotAnAmount),
            ("(5-)", AmountError::NotAnAmount),
            ("-5-", AmountError::NotAnAmount),
            ("-", AmountError::NotAnAmount),
            ("1.2.3", AmountError::NotAnAmount),
            ("99999999999999999999", AmountError::TooLarge),
        ] {
            assert_eq!(Money::from_text(text), Err(error), "{text}");
        }
    }

    #[test]
    fn shown() {
        assert_eq!(Money::from_pence(13_925_000).to_string(), "£139,250.00");
        assert_eq!(Money::from_pence(-600_005).to_string(), "-£6,000.05");
        assert_eq!(Money::from_pence(-5).plain(), "-0.05");
        assert_eq!(Money::from_pence(99_999).to_string(), "£999.99");
    }

    proptest! {
        #[test]
        fn what_is_shown_reads_back(pence in -1_000_000_000_000i64..1_000_000_000_000) {
            let money = Money::from_pence(pence);
            prop_assert_eq!(Money::from_text(&money.to_string()), Ok(money));
            prop_assert_eq!(Money::from_number(money.pounds()), Ok(money));
        }
    }
}
