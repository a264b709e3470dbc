//! How wide columns must be so that their content fits.

use std::ops::RangeInclusive;

use super::height;
use crate::model::{Format, Scalar};

/// The least width of a column, in characters.
const LEAST: f64 = 10.0;
/// The greatest width; longer texts are wrapped.
const MOST: f64 = 60.0;
/// Wide tables give up width down to here before they are printed small.
const LEAST_CAP: f64 = 26.0;
/// The sum of widths that a sheet across A4 still prints in a size that can be read.
const COMFORTABLE: f64 = 170.0;
/// The widest that Excel makes a column.
const WIDEST: f64 = 255.0;
/// Room for the cell's own margins.
const PADDING: f64 = 2.0;
/// Room for the indent of words that may follow a number.
pub const INDENT: f64 = 1.2;
/// Where Arial is missing, the font in its place may be so much wider.
pub const WIDER: f64 = 1.1;
/// Bold text needs this much more.
pub const BOLD: f64 = 1.1;

/// No character is wider than this for each of its bytes.
const WIDEST_BYTE: f64 = 1.5;

/// The width of the longest line of a text in Arial, in digits of the same size.
pub fn of_text(text: &str) -> f64 {
    text.lines().map(|line| line.chars().map(of_character).sum()).fold(0.0, f64::max)
}

fn of_character(character: char) -> f64 {
    match character {
        'i' | 'j' | 'l' | 'I' | '.' | ',' | ':' | ';' | '!' | '|' | '\'' | ' ' | 't' | 'f' | '/' => 0.52,
        '(' | ')' | '[' | ']' | '-' | 'r' | '"' => 0.64,
        'm' | 'M' | 'W' | 'w' | '@' | '%' => 1.5,
        'A'..='Z' | '&' => 1.27,
        character if character >= '\u{2E80}' => 1.8,
        _ => 1.0,
    }
}

/// The width of a value as the sheet shows it.
pub fn of_value(format: Format, value: &Scalar) -> f64 {
    match (format, value) {
        (_, Scalar::Null) => 0.0,
        (Format::Date, _) => 10.0,
        (Format::Month, _) => 9.0,
        (_, Scalar::Text(text)) => of_text(text),
        // The sheet always shows one decimal, where a text would leave out `.0`.
        (Format::Percentage, _) => of_shown(format, value) + 2.0,
        _ => of_shown(format, value),
    }
}

fn of_shown(format: Format, value: &Scalar) -> f64 {
    format.show(value).map_or(LEAST, |shown| of_text(&shown))
}

/// What is known of one column while its rows are looked through.
#[derive(Debug, Clone)]
pub struct Measure {
    heading: f64,
    content: f64,
    /// Between which whole numbers all lie that were seen.
    numbers: Option<RangeInclusive<i64>>,
    has_line_breaks: bool,
    fixed: Option<f64>,
    wraps: bool,
}

impl Measure {
    /// A column with its heading, and the width that the plan asks for.
    pub fn new(heading: &str, format: Format, fixed: Option<f64>) -> Self {
        // A heading may be wrapped to two lines, but its words are not cut.
        let longest_word = heading.split_whitespace().map(of_text).fold(0.0, f64::max);
        let heading = longest_word.max(of_text(heading) * 0.6) * BOLD;
        let wraps = !format.is_numeric();
        Self { heading, content: 0.0, numbers: None, has_line_breaks: false, fixed, wraps }
    }

    /// Takes a value into account, and measures it only where it could be wider than those before it.
    pub fn see_value(&mut self, format: Format, value: &Scalar) {
        match (format, value) {
            (Format::Date | Format::Month, _) => {}
            (_, Scalar::Text(text)) => {
                self.has_line_breaks = self.has_line_breaks || text.contains('\n');
                if text.len() as f64 * WIDEST_BYTE <= self.content {
                    return;
                }
            }
            // A whole number is shown by its digits: one between two others is no wider than they.
            (Format::Text | Format::Integer | Format::Number | Format::Money, Scalar::Integer(number)) => {
                let seen = self.numbers.take().unwrap_or(*number..=*number);
                let is_between = self.content > 0.0 && seen.contains(number);
                self.numbers = Some(*seen.start().min(number)..=*seen.end().max(number));
                if is_between && (seen.start(), seen.end()) != (number, number) {
                    return;
                }
            }
            _ => {}
        }
        self.see(of_value(format, value));
    }

    /// Whether each text that was seen stands on one line in a column of a width in characters.
    pub fn is_on_one_line(&self, width: f64) -> bool {
        !self.has_line_breaks && height::is_one_line(self.content, width)
    }

    /// Takes the width of a value into account.
    pub fn see(&mut self, width: f64) {
        self.content = self.content.max(width);
    }

    fn within(&self, cap: f64) -> f64 {
        let cap = if self.wraps { cap } else { MOST };
        let room = if self.wraps { PADDING + INDENT } else { PADDING };
        let wanted = (self.content * WIDER + room).min(cap).max(self.heading + room);
        self.fixed.unwrap_or_else(|| ((wanted * 2.0).ceil() / 2.0).clamp(LEAST, WIDEST))
    }
}

/// The widths of the columns of a table, in characters: texts give way, evenly, where the table would be too wide.
pub fn fitted(columns: &[Measure]) -> Vec<f64> {
    let mut cap = MOST;
    loop {
        let widths: Vec<f64> = columns.iter().map(|column| column.within(cap)).collect();
        if cap <= LEAST_CAP || widths.iter().sum::<f64>() <= COMFORTABLE {
            return widths;
        }
        cap -= 2.0;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn column(heading: &str, format: Format, content: f64) -> Measure {
        let mut measure = Measure::new(heading, format, None);
        measure.see(content);
        measure
    }

    #[test]
    fn widths_are_bounded() {
        assert_eq!(fitted(&[column("Ref", Format::Text, 3.0)]), [10.0]);
        assert_eq!(fitted(&[column("Topics", Format::Text, 500.0)]), [60.0]);
        assert_eq!(fitted(&[Measure::new("Topics", Format::Text, Some(30.0))]), [30.0]);
    }

    #[test]
    fn texts_give_way_in_a_wide_table_and_amounts_do_not() {
        let texts = std::iter::repeat_n(column("Text", Format::Text, 200.0), 5);
        let widths = fitted(&texts.chain([column("Amount", Format::Money, 40.0)]).collect::<Vec<_>>());
        assert_eq!(widths, [26.0, 26.0, 26.0, 26.0, 26.0, 46.0]);
    }

    /// The widths are those of measuring every value; a heading that is short has no part in them.
    #[test]
    fn what_is_passed_over_is_no_wider() {
        let text = |text: &str| Scalar::Text(text.into());
        for (format, values) in [
            (Format::Money, [5, -1, 100_000, 99_999_999, -100_000_000, 3, -7].map(Scalar::Integer).to_vec()),
            (Format::Integer, [-1000, 0, 999, -999, 7].map(Scalar::Integer).to_vec()),
            (
                Format::Text,
                [text("WWWW"), text("llllll"), text("WWWWW"), text("\u{4E00}\u{4E00}\u{4E00}\u{4E00}\u{4E00}")]
                    .to_vec(),
            ),
            (Format::Number, [Scalar::Integer(1000), Scalar::Real(10.25), Scalar::Integer(500)].to_vec()),
            (Format::Date, [text(""), text("2022-04-30")].to_vec()),
        ] {
            let (mut quick, mut whole) = (Measure::new("A", format, None), Measure::new("A", format, None));
            for value in &values {
                quick.see_value(format, value);
                whole.see(of_value(format, value));
                assert_eq!(quick.content, whole.content, "{format:?} {value:?}");
            }
        }
    }

    #[test]
    fn longest_line_counts() {
        assert_eq!(of_text("0000\n000000\n0"), 6.0);
        assert!(of_text("WWWW") > of_text("llll"));
    }
}
