//! The number that a cell shows, by its number format: rounded, in thousands, or as a percentage.

use crate::model::{Decimal, format_sections};

/// What a format does to a number before its digits are shown.
struct Picture {
    /// Decimals that are shown.
    decimals: u32,
    /// Times ten to this power before it is rounded: 2 of a percentage, -3 of thousands.
    scale: i32,
    /// The same of the percent signs alone, since 1 stays 100%.
    percent: i32,
    /// Whether any digit is shown.
    has_digits: bool,
}

/// The number that a cell shows, of one that it holds; a percentage as a number of which 1 is 100%. A cell without a format
/// (General, or a file of a kind that does not give formats) shows what it holds. None where a format cannot be told: one
/// with a condition, with words or digits of its own, of dates, fractions or powers of ten, and one that shows nothing.
pub(super) fn shown(held: Decimal, format: Option<&str>) -> Option<Decimal> {
    let Some(format) = format.filter(|format| !format.eq_ignore_ascii_case("general")) else { return Some(held) };
    let sections = format_sections(format);
    let section = match sections.as_slice() {
        [only] => only,
        [_, negative, ..] if held.is_negative() => negative,
        [_, _, zero, ..] if held.is_zero() => zero,
        [first, ..] => first,
        [] => return None,
    };
    if section.eq_ignore_ascii_case("general") {
        return Some(held);
    }
    let picture = picture(section)?;
    if !picture.has_digits {
        // Such as a dash for nothing.
        return Some(held).filter(|held| held.is_zero() && !section.trim().is_empty());
    }
    Some(held.shifted(picture.scale).rounded(picture.decimals).shifted(-picture.percent))
}

/// What a section does; none where it holds more than digits, signs and currencies.
fn picture(section: &str) -> Option<Picture> {
    let is_plain = |text: &str| !text.chars().any(char::is_alphanumeric);
    let mut digits = String::new();
    let mut percent = 0;
    let mut characters = section.chars();
    while let Some(character) = characters.next() {
        match character {
            '0' | '#' | '?' | '.' | ',' => digits.push(character),
            '%' => percent += 2,
            '-' | '+' | '(' | ')' | ' ' | '£' | '€' | '$' | '\u{a0}' => {}
            '_' | '*' => drop(characters.next()),
            '\\' => characters.next().filter(|next| !next.is_alphanumeric()).map(drop)?,
            '"' => {
                let literal: String = characters.by_ref().take_while(|inner| *inner != '"').collect();
                is_plain(&literal).then_some(())?;
            }
            '[' => {
                let inner: String = characters.by_ref().take_while(|inner| *inner != ']').collect();
                // A currency with its language, or a colour; not a condition.
                let is_colour = inner.chars().all(|letter| letter.is_ascii_alphabetic());
                (inner.starts_with('$') || is_colour).then_some(())?;
            }
            _ => return None,
        }
    }
    let (whole, decimals) = digits.split_once('.').unwrap_or((&digits, ""));
    let thousands = |part: &str| part.len() - part.trim_end_matches(',').len();
    let is_digit = |character: &char| matches!(character, '0' | '#' | '?');
    let scale = i32::try_from(thousands(whole) + thousands(decimals)).ok()?;
    Some(Picture {
        decimals: u32::try_from(decimals.chars().filter(is_digit).count()).ok()?,
        scale: percent - 3 * scale,
        percent,
        has_digits: digits.chars().any(|character| is_digit(&character)),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn number(held: f64, format: &str) -> Option<f64> {
        shown(Decimal::of(held).unwrap(), Some(format)).map(Decimal::number)
    }

    #[test]
    fn formats_that_round_and_scale() {
        for (held, format, expected) in [
            (788_083.05, "#,##0,", 788.0),
            (788_083.05, "#,##0.0,", 788.1),
            (788_083.05, "#,##0,.00", 788.08),
            (788_083_050.0, "£0.0,,", 788.1),
            (788_083.05, "#,##0", 788_083.0),
            (0.12345, "0%", 0.12),
            (0.125, "0%", 0.13),
            (0.12345, "0.0%", 0.123),
            (-1234.567, "#,##0.00;[Red](#,##0.00)", -1234.57),
            (-2.5, "[$£-809]#,##0;[Red]-[$£-809]#,##0", -3.0),
            (0.0, "_-* #,##0.00_-;-* #,##0.00_-;_-* \"-\"??_-;_-@_-", 0.0),
            (12.34, "_-\"£\"* #,##0.00_-;-\"£\"* #,##0.00_-", 12.34),
            (0.0, "0;-0;\"-\"", 0.0),
            (12.3456, "General", 12.3456),
            (12.7, "0\" \"", 13.0),
        ] {
            assert_eq!(number(held, format), Some(expected), "{held} {format}");
        }
    }

    #[test]
    fn formats_that_cannot_be_told() {
        for format in
            ["0.0,\"k\"", "[>999]0,;0", "0.00E+00", "# ?/?", "dd/mm/yyyy", "@", ";;;", "\"about \"0", "0\\m", "\"-\""]
        {
            assert_eq!(number(1234.5, format), None, "{format}");
        }
        assert_eq!(number(0.0, ";;;"), None, "it shows nothing");
    }
}
