//! Numbers, percentages and amounts from what a cell holds.

use super::Read;
use super::shown;
use crate::model::{AmountError, Decimal, GridCell, Money, RawValue, Unreadable, Value, ungrouped};
use crate::schema::{Field, FieldKind};

/// Beyond this, numbers of Excel no longer tell neighbouring whole numbers apart (2^53).
pub(in crate::read) const LAST_WHOLE_NUMBER: f64 = 9_007_199_254_740_992.0;

/// The figure of a field of numbers: what the cell holds, or what it shows where the pack says that this is meant, and so
/// many times that as the pack says.
pub(super) fn figure(found: &GridCell, text: &str, field: &Field) -> Read {
    let (kind, factor) = (field.kind(), field.crosscast.factor);
    match (&found.raw, factor) {
        (RawValue::Number(number), _) if factor.is_some() || field.crosscast.display => {
            let format = found.format.as_deref().filter(|_| field.crosscast.display);
            let Some(held) = Decimal::of(*number) else { return Read::Not(Unreadable::TooLarge) };
            match shown::shown(held, format) {
                Some(shown) => multiplied(shown, field).map_or_else(Read::Not, Read::Plainly),
                None => Read::Not(Unreadable::FormatNotUnderstood),
            }
        }
        (RawValue::Text(_), Some(_)) => match number_of(text, kind) {
            Ok(number) => multiplied(number, field).map_or_else(Read::Not, Read::FromText),
            Err(why) => Read::Not(why),
        },
        (raw, _) => match kind {
            FieldKind::Integer => integer(raw, text),
            FieldKind::Percentage => percentage(raw, text),
            FieldKind::Money => money(raw, text),
            _ => number(raw, text),
        },
    }
}

/// So many times the number as the field says, typed as the field; nothing is rounded.
fn multiplied(number: Decimal, field: &Field) -> Result<Value, Unreadable> {
    let figure = number.times(field.crosscast.factor.map_or(1, std::num::NonZeroU32::get));
    match field.kind() {
        FieldKind::Integer => whole(figure.number()),
        FieldKind::Money => figure.money().map(Value::Money).map_err(unreadable),
        _ if figure.number().is_finite() => Ok(Value::Number(figure.number())),
        _ => Err(Unreadable::TooLarge),
    }
}

/// The number that a text is, before it is multiplied; of an amount in thousands it may have digits beyond the penny.
fn number_of(text: &str, kind: FieldKind) -> Result<Decimal, Unreadable> {
    let number = match kind {
        FieldKind::Money => match Money::from_text(text) {
            Ok(_) | Err(AmountError::FractionOfPenny) => number_from_text(&text.replacen('£', "", 1)),
            Err(why) => return Err(unreadable(why)),
        },
        FieldKind::Percentage => match percentage(&RawValue::Text(text.into()), text) {
            Read::FromText(Value::Number(number)) => Some(number),
            _ => None,
        },
        _ => number_from_text(text),
    };
    let refused = if kind == FieldKind::Money { Unreadable::NotAnAmount } else { Unreadable::NotANumber };
    number.and_then(Decimal::of).ok_or(refused)
}

/// A count, to the 15 significant digits that Excel keeps.
fn whole(number: f64) -> Result<Value, Unreadable> {
    match fifteen_digits(number) {
        number if !number.is_finite() || number.abs() > LAST_WHOLE_NUMBER => Err(Unreadable::TooLarge),
        number if number.fract() != 0.0 => Err(Unreadable::NotAWholeNumber),
        number => Ok(Value::Integer(number as i64)),
    }
}

fn unreadable(why: AmountError) -> Unreadable {
    match why {
        AmountError::FractionOfPenny => Unreadable::FractionOfPenny,
        AmountError::TooLarge => Unreadable::TooLarge,
        AmountError::ForeignCurrency => Unreadable::ForeignCurrency,
        AmountError::NotAnAmount => Unreadable::NotAnAmount,
    }
}

fn integer(raw: &RawValue, shown: &str) -> Read {
    match raw {
        RawValue::Number(number) => whole(*number).map_or_else(Read::Not, Read::Plainly),
        RawValue::Text(_) => match number_from_text(shown) {
            Some(number) => whole(number).map_or_else(Read::Not, Read::FromText),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => Read::Not(Unreadable::NotANumber),
    }
}

fn number(raw: &RawValue, shown: &str) -> Read {
    match raw {
        RawValue::Number(number) if number.is_finite() => Read::Plainly(Value::Number(*number)),
        RawValue::Number(_) => Read::Not(Unreadable::TooLarge),
        RawValue::Text(_) => match number_from_text(shown) {
            Some(number) => Read::FromText(Value::Number(number)),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => Read::Not(Unreadable::NotANumber),
    }
}

fn percentage(raw: &RawValue, shown: &str) -> Read {
    match (raw, shown.strip_suffix('%')) {
        (RawValue::Text(_), Some(hundredths)) => match number_from_text(hundredths.trim_end()) {
            Some(number) => Read::FromText(Value::Number(fifteen_digits(number / 100.0))),
            None => Read::Not(Unreadable::NotANumber),
        },
        _ => number(raw, shown),
    }
}

fn money(raw: &RawValue, shown: &str) -> Read {
    let refused = |why| Read::Not(unreadable(why));
    match raw {
        RawValue::Number(number) => {
            Money::from_number(*number).map_or_else(refused, |amount| Read::Plainly(Value::Money(amount)))
        }
        RawValue::Text(_) => {
            Money::from_text(shown).map_or_else(refused, |amount| Read::FromText(Value::Money(amount)))
        }
        _ => Read::Not(Unreadable::NotAnAmount),
    }
}

/// A number from a text that is plainly one: `1,234.5`, `-12`, `(12)`, `12-`.
fn number_from_text(text: &str) -> Option<f64> {
    let (negative, rest) = match text.strip_prefix('(').and_then(|inner| inner.strip_suffix(')')) {
        Some(inner) => (true, inner.trim()),
        None => match (text.strip_prefix(['-', '\u{2212}']), text.strip_suffix(['-', '\u{2212}'])) {
            (Some(rest), _) => (true, rest.trim_start()),
            (None, Some(rest)) => (true, rest.trim_end()),
            (None, None) => (false, text),
        },
    };
    let (whole, fraction) = rest.split_once('.').unwrap_or((rest, "0"));
    let is_digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !is_digits(fraction) {
        return None;
    }
    let number: f64 = format!("{}.{fraction}", ungrouped(whole)?).parse().ok()?;
    Some(if negative { -number } else { number })
}

/// The number to the 15 significant digits that Excel keeps, so that 12.000000000000002 is 12.
fn fifteen_digits(number: f64) -> f64 {
    // A whole number of so few digits has no others.
    if number.fract() == 0.0 && number.abs() < 1e15 {
        return number;
    }
    if number.is_finite() { format!("{number:.14e}").parse().unwrap_or(number) } else { number }
}
