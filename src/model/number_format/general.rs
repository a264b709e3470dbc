//! The format General: up to eleven signs, and powers of ten beyond.

use super::super::Decimal;

/// The most digits before the point that are shown without a power of ten.
const MOST_WHOLE_DIGITS: i32 = 11;
/// The most signs that are shown, the point included and a minus not.
const MOST_SIGNS: usize = 11;
/// The decimals of a number below 1: the nought and the point are signs too.
const MOST_DECIMALS: i32 = 9;
/// The decimals before a power of ten.
const MANTISSA: usize = 5;

/// What is seen of a number in the format General, in a cell that is wide enough.
pub(in crate::model) fn general(number: f64) -> String {
    let Some(held) = Decimal::of(number) else { return in_powers(number) };
    let Some(magnitude) = held.magnitude() else { return "0".to_owned() };
    // A power of ten below 0.0001, unless the number has no more decimals than there is room for.
    let decimals = if magnitude < 0 { MOST_DECIMALS } else { MOST_DECIMALS.saturating_sub(magnitude).max(0) };
    let decimals = decimals.unsigned_abs();
    let is_small = magnitude < -4 && held.rounded(decimals) != held;
    let (whole, fraction) = held.fixed(decimals);
    if is_small || magnitude >= MOST_WHOLE_DIGITS || whole.len() > MOST_SIGNS {
        return in_powers(number);
    }
    let sign = if held.is_negative() { "-" } else { "" };
    match fraction.trim_end_matches('0') {
        "" => format!("{sign}{whole}"),
        fraction => format!("{sign}{whole}.{fraction}"),
    }
}

/// `1.23457E+11`.
fn in_powers(number: f64) -> String {
    let text = format!("{number:.MANTISSA$e}");
    let Some((mantissa, power)) = text.split_once('e') else { return number.to_string() };
    let mantissa = if mantissa.contains('.') { mantissa.trim_end_matches('0').trim_end_matches('.') } else { mantissa };
    let (sign, power) = power.strip_prefix('-').map_or(('+', power), |power| ('-', power));
    format!("{mantissa}E{sign}{power:0>2}")
}
