//! How wide columns must be so that their content fits.

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
    fixed: Option<f64>,
    wraps: bool,
}

impl Measure {
    /// A column with its heading, and the width that the plan asks for.
    pub fn new(heading: &str, format: Format, fixed: Option<f64>) -> Self {
        // A heading may be wrapped to two lines, but its words are not cut.
        let longest_word = heading.split_whitespace().map(of_text).fold(0.0, f64::max);
        let heading = longest_word.max(of_text(heading) * 0.6) * BOLD;
        Self { heading, content: 0.0, fixed, wraps: !format.is_numeric() }
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

    #[test]
    fn longest_line_counts() {
        assert_eq!(of_text("0000\n000000\n0"), 6.0);
        assert!(of_text("WWWW") > of_text("llll"));
    }
}
