//! Excel's number formats: what is seen of the number, the day or the text in a cell.
//!
//! A format has sections, of numbers above 0, below 0, of 0 and of texts; a section is a list of [`Token`]s. What is not known
//! here (conditions, fractions, calendars of other countries) is shown as in the format General, never wrongly.

mod dates;
mod general;
mod numbers;
#[cfg(test)]
mod tests;
mod tokens;

use chrono::NaiveDate;

use super::Decimal;
pub(super) use general::general;
use tokens::{Token, section_of};

/// What is seen of a number in a cell of a format; none of it is General.
pub(super) fn number_shown(number: f64, format: Option<&str>) -> String {
    format.and_then(|format| number_in(number, format)).unwrap_or_else(|| general(number))
}

fn number_in(number: f64, format: &str) -> Option<String> {
    let held = Decimal::of(number)?;
    let sections = format_sections(format);
    let (section, is_signed) = match sections.as_slice() {
        [only] => (only, true),
        [_, negative, ..] if held.is_negative() => (negative, false),
        [_, _, zero, ..] if held.is_zero() => (zero, true),
        [first, ..] => (first, true),
        [] => return None,
    };
    let tokens = section_of(section)?;
    if tokens.iter().any(Token::is_of_time) {
        return dates::time_shown(number, &tokens);
    }
    let shown = numbers::shown(number, held, &tokens)?;
    let sign = if is_signed && held.is_negative() { "-" } else { "" };
    Some(format!("{sign}{}", shown.trim()))
}

/// What is seen of a day in a cell of a format. `serial` is the number behind it, whose fraction is the time of day.
pub(super) fn day_shown(day: NaiveDate, serial: Option<f64>, format: Option<&str>) -> String {
    let in_format = |format: &str| {
        let sections = format_sections(format);
        let tokens = section_of(sections.first()?)?;
        tokens.iter().any(Token::is_of_time).then(|| dates::day_shown(day, serial, &tokens))?
    };
    format.and_then(in_format).unwrap_or_else(|| dates::plain_day(day, serial))
}

/// What is seen of a text in a cell of a format; most leave texts as they are.
pub(super) fn text_shown(text: &str, format: Option<&str>) -> String {
    let in_format = |format: &str| {
        let sections = format_sections(format);
        let tokens = match sections.as_slice() {
            [_, _, _, of_texts, ..] => section_of(of_texts)?,
            others => section_of(others.last()?).filter(|tokens| tokens.contains(&Token::Text))?,
        };
        let parts = tokens.iter().map(|token| match token {
            Token::Literal(literal) => Some(literal.as_str()),
            Token::Text => Some(text),
            Token::Space => Some(" "),
            Token::Fill => Some(""),
            _ => None,
        });
        parts.collect::<Option<String>>()
    };
    format.and_then(in_format).unwrap_or_else(|| text.to_owned())
}

/// The sections of a format: of numbers above 0, below 0 and of 0. A semicolon between quotation marks parts none.
pub fn format_sections(format: &str) -> Vec<String> {
    let mut sections = vec![String::new()];
    let mut characters = format.chars();
    let mut is_quoted = false;
    while let Some(character) = characters.next() {
        match character {
            ';' if !is_quoted => {
                sections.push(String::new());
                continue;
            }
            '"' => is_quoted = !is_quoted,
            _ => {}
        }
        if let Some(section) = sections.last_mut() {
            section.push(character);
            // What follows these is no sign of the format.
            if matches!(character, '\\' | '_' | '*') && !is_quoted {
                section.extend(characters.next());
            }
        }
    }
    sections
}
