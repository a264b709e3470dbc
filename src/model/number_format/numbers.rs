//! Numbers in a section with places for digits.

use super::super::Decimal;
use super::general;
use super::tokens::Token;

/// Where the places for digits of a section lie.
struct Places {
    /// Those before the point.
    whole: usize,
    /// Those behind it.
    decimals: usize,
    /// Whether thousands are parted.
    is_grouped: bool,
    /// Times ten to this power before it is shown: 2 of a percentage, -3 of thousands.
    scale: i32,
    /// Those behind an `E`.
    exponent: usize,
}

/// What is seen of a number, without its sign, by a section; none where that is not known. A section without a place for a
/// digit shows its words alone.
pub(super) fn shown(number: f64, held: Decimal, tokens: &[Token]) -> Option<String> {
    if tokens.iter().any(|token| matches!(token, Token::General | Token::Text)) {
        return words(tokens, &general(number.abs()));
    }
    let places = places(tokens)?;
    let scaled = held.shifted(places.scale);
    let power = if places.exponent > 0 { scaled.magnitude().unwrap_or_default() } else { 0 };
    if places.exponent > 0 && places.whole != 1 {
        return None;
    }
    let decimals = u32::try_from(places.decimals).ok()?;
    let mut power = power;
    let (mut whole, mut fraction) = scaled.shifted(-power).fixed(decimals);
    if places.exponent > 0 && whole.len() > 1 {
        // 9.99 became 10.0.
        power += 1;
        (whole, fraction) = scaled.shifted(-power).fixed(decimals);
    }
    Some(filled(tokens, &places, &Digits { whole, fraction, power }))
}

/// The digits that are shown.
struct Digits {
    whole: String,
    fraction: String,
    power: i32,
}

/// A section of words alone, with the text of the cell among them.
fn words(tokens: &[Token], text: &str) -> Option<String> {
    let parts = tokens.iter().map(|token| match token {
        Token::Literal(literal) => Some(literal.as_str()),
        Token::Space => Some(" "),
        Token::Percent => Some("%"),
        Token::General | Token::Text => Some(text),
        Token::Fill | Token::Language(_) => Some(""),
        _ => None,
    });
    parts.collect()
}

/// Where the places for digits lie; none where the section is one of fractions, or is written in a way that is not known.
fn places(tokens: &[Token]) -> Option<Places> {
    let mut places = Places { whole: 0, decimals: 0, is_grouped: false, scale: 0, exponent: 0 };
    let (mut is_behind_point, mut is_behind_exponent) = (false, false);
    // Commas since the last digit, and whether a word stands between two digits before the point.
    let (mut commas, mut has_words_within, mut has_words_since) = (0, false, false);
    for token in tokens {
        match token {
            Token::Digit(_) if is_behind_exponent => places.exponent += 1,
            Token::Digit(_) if is_behind_point => {
                if commas > 0 {
                    return None;
                }
                places.decimals += 1;
            }
            Token::Digit(_) => {
                has_words_within |= has_words_since && places.whole > 0;
                places.is_grouped |= commas > 0;
                (commas, has_words_since) = (0, false);
                places.whole += 1;
            }
            Token::Comma if places.whole + places.decimals > 0 && !is_behind_exponent => commas += 1,
            Token::Point if !is_behind_point => {
                // Commas before the point divide, as those at the end do.
                places.scale -= 3 * commas;
                (commas, is_behind_point) = (0, true);
            }
            Token::Exponent(_) if !is_behind_exponent && commas == 0 => is_behind_exponent = true,
            Token::Percent => places.scale += 2,
            Token::Literal(_) | Token::Space => has_words_since = true,
            Token::Fill | Token::Language(_) => {}
            _ => return None,
        }
    }
    places.scale -= 3 * commas;
    (!(places.is_grouped && has_words_within)).then_some(places)
}

/// The section with the digits in their places.
fn filled(tokens: &[Token], places: &Places, digits: &Digits) -> String {
    let mut text = String::new();
    let whole: Vec<char> = if digits.whole == "0" { Vec::new() } else { digits.whole.chars().collect() };
    let fraction: Vec<char> = digits.fraction.chars().collect();
    // From here on decimals are noughts, which `#` and `?` do not show.
    let shown_decimals = fraction.iter().rposition(|digit| *digit != '0').map_or(0, |last| last + 1);
    let exponent = format!("{:0>width$}", digits.power.unsigned_abs(), width = places.exponent);
    let (mut nth_whole, mut nth_decimal) = (0, 0);
    let (mut is_behind_point, mut is_behind_exponent) = (false, false);
    for token in tokens {
        match token {
            Token::Literal(literal) => text.push_str(literal),
            Token::Space => text.push(' '),
            Token::Percent => text.push('%'),
            Token::Point => {
                is_behind_point = true;
                // A format without a place before the point shows what is there all the same.
                if places.whole == 0 {
                    text.extend(&whole);
                }
                text.push('.');
            }
            Token::Exponent(shows_plus) => {
                is_behind_exponent = true;
                text.push('E');
                match digits.power < 0 {
                    true => text.push('-'),
                    false if *shows_plus => text.push('+'),
                    false => {}
                }
                text.push_str(&exponent);
            }
            Token::Digit(_) if is_behind_exponent => {}
            Token::Digit(place) if is_behind_point => {
                let digit = fraction.get(nth_decimal).copied().unwrap_or('0');
                if nth_decimal < shown_decimals || *place == '0' {
                    text.push(digit);
                } else if *place == '?' {
                    text.push(' ');
                }
                nth_decimal += 1;
            }
            Token::Digit(place) => {
                push_whole(&mut text, *place, nth_whole, places, &whole);
                nth_whole += 1;
            }
            _ => {}
        }
    }
    text
}

/// What stands in a place before the point, the first of them taking in all digits that have no place of their own.
fn push_whole(text: &mut String, place: char, nth: usize, places: &Places, whole: &[char]) {
    // How many digits follow this place.
    let behind = places.whole - nth - 1;
    let own = whole.len().saturating_sub(behind);
    let before = whole.len().saturating_sub(behind + 1);
    let from = if nth == 0 { 0 } else { before };
    let mut push = |digit: char, behind: usize| {
        text.push(digit);
        if places.is_grouped && behind > 0 && behind.is_multiple_of(3) {
            text.push(',');
        }
    };
    match (own > 0, place) {
        (true, _) => {
            for (at, digit) in whole.iter().enumerate().take(own).skip(from) {
                push(*digit, whole.len() - at - 1);
            }
        }
        (false, '0') => push('0', behind),
        (false, '?') => push(' ', 0),
        (false, _) => {}
    }
}
