//! Values that formulas reckon with, and how Excel turns one kind into another.

use crate::model::SharedText;
use std::cmp::Ordering;

use super::NotRecalculated;

/// What a formula comes to.
#[derive(Debug, Clone, PartialEq)]
pub enum Computed {
    /// A number; a date is the number of its day in the workbook's calendar.
    Number(f64),
    /// A text.
    Text(SharedText),
    /// TRUE or FALSE.
    Boolean(bool),
    /// An error value, for example `#DIV/0!`.
    Error(SharedText),
    /// Nothing: an empty cell. A formula never comes to it: Excel shows 0.
    Empty,
}

/// The error of a value of the wrong kind.
pub(super) const VALUE: &str = "#VALUE!";
/// The error of a division by nothing.
pub(super) const DIVISION: &str = "#DIV/0!";
/// The error of a number that cannot be.
pub(super) const NUMBER: &str = "#NUM!";
/// The error of something that was not found.
pub(super) const NOT_AVAILABLE: &str = "#N/A";
/// The error of cells that are not there.
pub(super) const REFERENCE: &str = "#REF!";

/// Either a plain value or the error that takes its place.
pub(super) type Plain<T> = Result<T, Computed>;

/// Digits beyond which numbers written out as text take an exponent.
const PLAIN_DIGITS: f64 = 1e15;

impl Computed {
    /// An error value.
    pub(super) fn error(text: &str) -> Self {
        Self::Error(text.into())
    }

    /// A text.
    pub(super) fn text(text: impl AsRef<str>) -> Self {
        Self::Text(text.as_ref().into())
    }

    /// A number, or the error that stands for one that is not finite.
    pub(super) fn number(number: f64) -> Self {
        if number.is_finite() { Self::Number(number) } else { Self::error(NUMBER) }
    }

    /// The number that Excel takes it for when it reckons with it.
    ///
    /// # Errors
    /// [`NotRecalculated::TextAsNumber`] where the computer's settings decide, as for `1/4/2022` or `£5`.
    pub(super) fn as_number(&self) -> Result<Plain<f64>, NotRecalculated> {
        Ok(match self {
            Self::Number(number) => Ok(*number),
            Self::Boolean(value) => Ok(f64::from(u8::from(*value))),
            Self::Empty => Ok(0.0),
            Self::Error(_) => Err(self.clone()),
            Self::Text(text) => match number_of(text) {
                TextNumber::Number(number) => Ok(number),
                TextNumber::Not => Err(Self::error(VALUE)),
                TextNumber::BySettings => return Err(NotRecalculated::TextAsNumber(text.to_string())),
            },
        })
    }

    /// Whether Excel takes it for true.
    pub(super) fn as_boolean(&self) -> Plain<bool> {
        match self {
            Self::Boolean(value) => Ok(*value),
            Self::Number(number) => Ok(*number != 0.0),
            Self::Empty => Ok(false),
            Self::Text(text) if text.eq_ignore_ascii_case("true") => Ok(true),
            Self::Text(text) if text.eq_ignore_ascii_case("false") => Ok(false),
            Self::Text(_) => Err(Self::error(VALUE)),
            Self::Error(_) => Err(self.clone()),
        }
    }

    /// The text that Excel makes of it when it joins it to another.
    ///
    /// # Errors
    /// [`NotRecalculated::LastDigits`] for numbers so large or small that they are written with an exponent.
    pub(super) fn as_text(&self) -> Result<Plain<SharedText>, NotRecalculated> {
        Ok(Ok(match self {
            Self::Text(text) => text.clone(),
            Self::Empty => "".into(),
            Self::Boolean(value) => if *value { "TRUE" } else { "FALSE" }.into(),
            Self::Error(_) => return Ok(Err(self.clone())),
            Self::Number(number) => {
                let size = number.abs();
                if size != 0.0 && !(1e-4..PLAIN_DIGITS).contains(&size) {
                    return Err(NotRecalculated::LastDigits);
                }
                to_15_digits(*number).to_string().into()
            }
        }))
    }

    /// Whether it is an error value.
    pub fn is_error(&self) -> bool {
        matches!(self, Self::Error(_))
    }
}

/// What a text means as a number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum TextNumber {
    /// This number, wherever it is read.
    Number(f64),
    /// None.
    Not,
    /// The computer's settings decide: a date, a time, or an amount with its currency.
    BySettings,
}

/// Reads a text as a number: digits, commas between thousands, a point, a sign, an exponent, a percent sign.
pub(super) fn number_of(text: &str) -> TextNumber {
    let given = text.trim();
    if !given.contains(|character: char| character.is_ascii_digit()) {
        return TextNumber::Not;
    }
    let (body, hundredth) = match given.strip_suffix('%') {
        Some(rest) => (rest.trim_end(), 0.01),
        None => (given, 1.0),
    };
    let digits = body.strip_prefix(['+', '-']).unwrap_or(body);
    let (whole, rest) = digits.find(['.', 'e', 'E']).map_or((digits, ""), |at| digits.split_at(at));
    let plain = if whole.contains(',') {
        let mut groups = whole.split(',');
        let first = groups.next().is_some_and(|first| (1..=3).contains(&first.len()));
        if !first || !groups.all(|group| group.len() == 3) {
            return TextNumber::BySettings;
        }
        body.replacen(whole, &whole.replace(',', ""), 1)
    } else {
        body.to_owned()
    };
    let is_plain = whole.bytes().all(|byte| byte.is_ascii_digit() || byte == b',')
        && rest.bytes().all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b'e' | b'E' | b'+' | b'-'));
    match plain.parse::<f64>() {
        Ok(number) if is_plain && number.is_finite() => TextNumber::Number(number * hundredth),
        _ => TextNumber::BySettings,
    }
}

/// A number as Excel keeps and compares it: to 15 significant digits.
pub fn to_15_digits(number: f64) -> f64 {
    format!("{number:.14e}").parse().unwrap_or(number)
}

/// Compares two values as Excel's operators do: numbers before texts before FALSE and TRUE, texts without regard to letter
/// case, numbers to 15 digits; an empty cell is like the kind it is compared with.
pub(super) fn compare(left: &Computed, right: &Computed) -> Plain<Ordering> {
    use Computed::{Boolean, Empty, Error, Number, Text};
    let kind = |value: &Computed| match value {
        Number(_) => 0,
        Text(_) => 1,
        _ => 2,
    };
    Ok(match (left, right) {
        (Error(_), _) => return Err(left.clone()),
        (_, Error(_)) => return Err(right.clone()),
        (Empty, Empty) => Ordering::Equal,
        (Empty, Number(_)) => return compare(&Number(0.0), right),
        (Empty, Text(_)) => return compare(&Text("".into()), right),
        (Empty, Boolean(_)) => return compare(&Boolean(false), right),
        (_, Empty) => return compare(right, left).map(Ordering::reverse),
        (Number(left), Number(right)) if left == right => Ordering::Equal,
        (Number(left), Number(right)) => to_15_digits(*left).total_cmp(&to_15_digits(*right)),
        (Text(left), Text(right)) => left.to_lowercase().cmp(&right.to_lowercase()),
        (Boolean(left), Boolean(right)) => left.cmp(right),
        _ => kind(left).cmp(&kind(right)),
    })
}
