//! Letters and digits that look like others, and characters that nobody sees.

/// The Latin letter that a Cyrillic or Greek one cannot be told from in print.
const LOOK_LIKE: [(char, char); 56] = [
    ('А', 'A'),
    ('В', 'B'),
    ('Е', 'E'),
    ('К', 'K'),
    ('М', 'M'),
    ('Н', 'H'),
    ('О', 'O'),
    ('Р', 'P'),
    ('С', 'C'),
    ('Т', 'T'),
    ('У', 'Y'),
    ('Х', 'X'),
    ('І', 'I'),
    ('Ј', 'J'),
    ('Ѕ', 'S'),
    ('а', 'a'),
    ('е', 'e'),
    ('к', 'k'),
    ('о', 'o'),
    ('р', 'p'),
    ('с', 'c'),
    ('у', 'y'),
    ('х', 'x'),
    ('і', 'i'),
    ('ј', 'j'),
    ('ѕ', 's'),
    ('ԁ', 'd'),
    ('ԛ', 'q'),
    ('ԝ', 'w'),
    ('Α', 'A'),
    ('Β', 'B'),
    ('Ε', 'E'),
    ('Ζ', 'Z'),
    ('Η', 'H'),
    ('Ι', 'I'),
    ('Κ', 'K'),
    ('Μ', 'M'),
    ('Ν', 'N'),
    ('Ο', 'O'),
    ('Ρ', 'P'),
    ('Τ', 'T'),
    ('Υ', 'Y'),
    ('Χ', 'X'),
    ('α', 'a'),
    ('γ', 'y'),
    ('ι', 'i'),
    ('κ', 'k'),
    ('ν', 'v'),
    ('ο', 'o'),
    ('ρ', 'p'),
    ('τ', 't'),
    ('υ', 'u'),
    ('χ', 'x'),
    ('ω', 'w'),
    ('һ', 'h'),
    ('ӏ', 'l'),
];

/// The plain character that a full-width one stands for.
const FROM_FULL_WIDTH: u32 = 0xFEE0;

/// Where a character comes from, of those that look like Latin letters and digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Origin {
    Cyrillic,
    Greek,
    FullWidth,
}

/// The Latin letter, digit or sign that a character looks like, and where it comes from; none for those that look like
/// themselves alone.
pub(super) fn latin_of(character: char) -> Option<(char, Origin)> {
    if ('\u{ff01}'..='\u{ff5e}').contains(&character) {
        let plain = char::from_u32(u32::from(character) - FROM_FULL_WIDTH)?;
        return Some((plain, Origin::FullWidth));
    }
    let origin = match character {
        '\u{0370}'..='\u{03ff}' => Origin::Greek,
        '\u{0400}'..='\u{052f}' => Origin::Cyrillic,
        _ => return None,
    };
    LOOK_LIKE.iter().find(|(alike, _)| *alike == character).map(|(_, latin)| (*latin, origin))
}

/// What a message calls a character.
pub(super) fn called(character: char) -> String {
    match latin_of(character) {
        Some((_, Origin::Cyrillic)) => format!("the Cyrillic letter “{character}”"),
        Some((_, Origin::Greek)) => format!("the Greek letter “{character}”"),
        Some((_, Origin::FullWidth)) => format!("the full-width “{character}”"),
        None if character.is_ascii_digit() => format!("the digit {character}"),
        None if character.is_ascii_alphabetic() => format!("the letter {character}"),
        None => format!("“{character}”"),
    }
}

/// Whether a text may hold a character that nobody sees: of ASCII only the null character is one.
pub(super) fn may_be_unseen(text: &str) -> bool {
    !text.is_ascii() || text.contains('\0')
}

/// What a message calls a character that nobody sees; none for those that can be seen, and for plain spaces.
pub(super) fn unseen(character: char) -> Option<&'static str> {
    Some(match character {
        '\u{a0}' | '\u{2007}' | '\u{202f}' => "a non-breaking space",
        '\u{200b}' => "a zero-width space",
        '\u{2060}' | '\u{feff}' => "a zero-width non-breaking space",
        '\u{ad}' => "a soft hyphen",
        '\0' => "a null character",
        _ => return None,
    })
}

/// A label by which spellings are compared: letters and digits alone, in lower case, look-alikes as the letters that they
/// look like, and `&` as the word that it stands for.
pub(super) fn folded(label: &str) -> String {
    let mut key = String::new();
    for character in label.chars() {
        match latin_of(character).map_or(character, |(latin, _)| latin) {
            '&' => key.push_str("and"),
            plain if plain.is_alphanumeric() => key.extend(plain.to_lowercase()),
            _ => {}
        }
    }
    key
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_that_come_to_the_same() {
        for other in [
            "Youth ASB & Wellness",
            "youth asb and wellness",
            "Youth  ASB&Wellness",
            "Youth-ASB and Wellness",
            "Youth А\u{405}B & Wellness",
            "Youth ASB & Wellness.",
        ] {
            assert_eq!(folded(other), "youthasbandwellness", "{other}");
        }
        assert_eq!(folded("St Paul's"), folded("St Paul’s"));
        assert_ne!(folded("Street Pastor"), folded("Street Pastors"));
        assert_ne!(folded("Phase 1"), folded("Phase 2"));
    }

    #[test]
    fn texts_that_are_looked_through() {
        for one in ["a\u{a0}b", "a\u{200b}b", "a\u{2060}b", "a\u{ad}b", "a\0b", "\u{feff}"] {
            assert!(may_be_unseen(one) && one.chars().any(|character| unseen(character).is_some()), "{one:?}");
        }
        for one in ["", "Hate Crime", "a\tb\n"] {
            assert!(!may_be_unseen(one) && !one.chars().any(|character| unseen(character).is_some()), "{one:?}");
        }
    }

    #[test]
    fn letters_that_look_like_others() {
        assert_eq!(latin_of('а'), Some(('a', Origin::Cyrillic)));
        assert_eq!(latin_of('Ο'), Some(('O', Origin::Greek)));
        assert_eq!(latin_of('１'), Some(('1', Origin::FullWidth)));
        for plain in ['a', 'O', '1', 'é', 'ß', 'ж', 'λ', '£'] {
            assert_eq!(latin_of(plain), None, "{plain}");
        }
    }
}
