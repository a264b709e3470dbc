//! What may touch a datum: `INV-07700900123` is one reference, and `Doe/07700900123` is a name and a telephone number.

use std::ops::Range;

/// Words that make a reference of the digits behind them, in small letters.
const REFERENCES: [&str; 15] = [
    "case",
    "chq",
    "claim",
    "crn",
    "id",
    "inv",
    "invoice",
    "jnl",
    "journal",
    "order",
    "po",
    "receipt",
    "ref",
    "reference",
    "urn",
];

/// Words that say what the digits behind them are, or only lead on to them, in small letters.
const LABELS: [&str; 17] = [
    "and", "call", "cell", "contact", "fax", "home", "mob", "mobile", "nhs", "no", "num", "or", "phone", "ring", "tel",
    "to", "work",
];

/// The most capitals that are the letters of a reference where no hyphen follows on them.
const MOST_CAPITALS: usize = 4;

/// Anything may stand beside it: what it is made of is enough.
pub(super) fn anywhere(_: &str, _: Range<usize>) -> bool {
    true
}

/// No letter or digit touches it.
pub(super) fn no_letters(text: &str, at: Range<usize>) -> bool {
    let touches = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
    !touches(text[..at.start].chars().next_back()) && !touches(text[at.end..].chars().next())
}

/// It is no part of a longer number, of an amount, or of one reference.
pub(super) fn no_reference(text: &str, at: Range<usize>) -> bool {
    !joins_before(&text[..at.start]) && !joins_after(&text[at.end..])
}

/// As [`no_reference`], where the words at its beginning say what it is: anything may stand before them.
pub(super) fn no_reference_after(text: &str, at: Range<usize>) -> bool {
    !joins_after(&text[at.end..])
}

/// A telephone number in groups, as none but people write them, or else as [`no_reference`].
pub(super) fn of_phone(text: &str, at: Range<usize>) -> bool {
    let is_grouped = text[at.clone()].contains([' ', '(', '+']);
    let is_amount = text[..at.start].ends_with('£');
    if is_grouped && !is_amount { no_letters(text, at) } else { no_reference(text, at) }
}

fn joins_before(before: &str) -> bool {
    let mut rest = before.chars();
    match rest.next_back() {
        Some('£') => true,
        Some(joint @ ('-' | '/' | '.' | '_' | '*')) => {
            let rest = rest.as_str();
            let token = &rest[rest.trim_end_matches(is_of_token).len()..];
            let is_mask = rest[..rest.len() - token.len()].trim_end_matches('.').ends_with('*');
            !is_mask && begins_reference(token, joint, &rest[..rest.len() - token.len()])
        }
        Some(character) => character.is_alphanumeric(),
        None => false,
    }
}

/// Whether a word and the joint behind it make a reference, or a number, of the digits that follow.
fn begins_reference(token: &str, joint: char, before: &str) -> bool {
    if !token.contains(char::is_alphabetic) {
        // `0.07700900123` is a number, and `2022-01905722233` a reference; `01905722233/07700900123` are two numbers.
        return !token.is_empty() && (joint == '-' || (joint == '.' && token.len() <= 3));
    }
    let word = token.trim_matches('-').to_lowercase();
    let has_small = token.contains(char::is_lowercase);
    if REFERENCES.contains(&word.as_str()) {
        return true;
    }
    if has_small || LABELS.contains(&word.as_str()) {
        return false;
    }
    // `JANE DOE/07700900123` is a text in capitals.
    let in_capitals = || before.ends_with(' ') && last_word(before).chars().all(char::is_uppercase);
    let is_short = (2..=MOST_CAPITALS).contains(&token.chars().count());
    token.contains(|character: char| character.is_ascii_digit()) || joint == '-' || (is_short && !in_capitals())
}

/// The last word of a text, or what stands for one in a text that has none: a figure.
fn last_word(text: &str) -> &str {
    text.split_whitespace().next_back().filter(|word| word.len() > 1).unwrap_or("1")
}

fn joins_after(after: &str) -> bool {
    let mut rest = after.chars();
    let Some(joint) = rest.next() else { return false };
    let rest = rest.as_str();
    let token = &rest[..rest.find(|character| !is_of_token(character)).unwrap_or(rest.len())];
    let is_mask = rest[token.len()..].starts_with('*');
    let has_letters = token.contains(char::is_alphabetic);
    let has_digits = token.contains(|character: char| character.is_ascii_digit());
    let in_capitals = has_letters && !token.contains(char::is_lowercase);
    match joint {
        '-' => !is_mask && (in_capitals || (has_digits && !has_letters)),
        // Pence.
        '.' if has_digits && !has_letters => token.len() <= 2,
        '.' | '/' | '_' | '*' => !is_mask && in_capitals && has_digits,
        joint => joint.is_alphanumeric(),
    }
}

fn is_of_token(character: char) -> bool {
    character.is_alphanumeric() || character == '-'
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{find, masked};

    #[test]
    fn data_beside_other_words_and_data() {
        for (text, shown) in [
            ("Dr Doe/jane.roe@example.org", "Dr Doe/j***@e***.org"),
            ("Contact:jane@example.org/07700900123", "Contact:j***@e***.org/07***3"),
            ("JANE@EXAMPLE.ORG/07700900123", "J***@E***.ORG/07***3"),
            ("Locks for jane@example.org,john.smith@example.net", "Locks for j***@e***.org,j***@e***.net"),
            ("jane@example.org_john@example.net", "j***@e***.org_j***@e***.net"),
            ("zoë@example.org", "z***@e***.org"),
            ("01905 722233/07700 900123", "01***3/07***3"),
            ("01905722233/07700900124", "01***3/07***4"),
            ("Tel.07700900123", "Tel.07***3"),
            ("TEL-07700900123", "TEL-07***3"),
            ("Jane-07700900123", "Jane-07***3"),
            ("Jane Doe/07700900123", "Jane Doe/07***3"),
            ("JANE DOE/07700900123", "JANE DOE/07***3"),
            ("£20 to 07700900123,01905722234", "£20 to 07***3,01***4"),
            ("Rooms 4,07700900123,24 hours", "Rooms 4,07***3,24 hours"),
            ("07700900123*", "07***3*"),
            ("**07700900123**", "**07***3**"),
            ("07700900123- after five", "07***3- after five"),
            ("07700900123/jane", "07***3/jane"),
            ("07700900123_call", "07***3_call"),
            ("NI: AB123456C/AB123457D", "NI: AB***C/AB***D"),
            ("AB123456C/07700900123", "AB***C/07***3"),
            ("WR1 2EY/SY1 3AB", "WR* ***/SY* ***"),
            ("WR12EY/07700900123/WR13AB", "WR* ***/07***3/WR* ***"),
            ("flat_WR1 2EY-", "flat_WR* ***-"),
            ("GB29 NWBK 6016 1331 9268 19/NWBKGB2L", "GB***9/NWBKGB2L"),
            ("pay 12-34-56 12345678/01-02-03 12345679", "pay 12***8/01***9"),
            ("DOB 12/03/1990,07700900123", "DOB **/**/****,07***3"),
        ] {
            assert_eq!(masked(text), shown);
            assert_eq!(find(shown), None, "{shown}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "JNL-07700900123",
            "Jnl-07700900123",
            "INV/01905722233",
            "PAID INV/01905722233",
            "inv_01905722233",
            "PCC/01905722233",
            "A1/07700900123",
            "INV-1/07700900123",
            "07700900123/A1",
            "07700900123-A",
            "07700900123-01",
            "2022-07700900123",
            "07700900123.50",
            "0.07700900123",
            "£07700900123",
            "£07700 900123",
            "AB123456CX",
            "XWR1 2EY",
            "WR1 2EYS",
            "107700 900123",
            "12-34-56 12345678.00",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
