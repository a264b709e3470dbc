//! What a text has that personal data cannot do without, counted in one pass: most texts have it not, and there are very many.

/// The most characters that stand between two digits of one number: `(0) 20`.
const WIDEST_GAP: usize = 2;

/// What decides which kinds of personal data a text may hold. It never says that a text holds less than it does.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Outline {
    /// Whether there is an `@`.
    pub has_at: bool,
    /// Whether there is a letter b, which every word for a date of birth has.
    has_b: bool,
    /// How many letters and digits there are.
    pub letters_and_digits: usize,
    /// How many digits there are.
    digits: usize,
    /// The digits of the longest number, whatever stands between them where that is short.
    pub longest_number: usize,
    /// Whether a digit has two letters right behind it, as the second half of a postcode begins.
    pub has_digit_before_letters: bool,
}

impl Outline {
    /// The outline of a text, as it reads.
    pub fn of(text: &str) -> Self {
        let mut outline = Self::default();
        let (mut number, mut gap) = (0, 0);
        // How many letters stand right behind the last digit, as long as nothing else does.
        let mut letters_behind = None;
        for character in text.chars() {
            outline.has_at |= character == '@';
            outline.has_b |= character.eq_ignore_ascii_case(&'b');
            if character.is_numeric() {
                number = if gap > WIDEST_GAP { 1 } else { number + 1 };
                gap = 0;
                letters_behind = Some(0);
                outline.digits += 1;
                outline.longest_number = outline.longest_number.max(number);
            } else {
                gap += 1;
                letters_behind = letters_behind.filter(|_| character.is_ascii_alphabetic()).map(|letters| letters + 1);
                outline.has_digit_before_letters |= letters_behind == Some(2);
            }
            outline.letters_and_digits += usize::from(character.is_alphanumeric());
        }
        outline
    }

    /// Whether there may be a day, of which two digits are the least for the year, and a word that says that it is one of
    /// birth.
    pub fn may_hold_birth(&self) -> bool {
        self.has_b && self.digits >= 3
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_number() {
        for (text, digits) in [
            ("07700 900123", 11),
            ("+44 (0) 20 7946 0958", 13),
            ("INV-0012 of 2022", 4),
            ("A4:A10", 3),
            ("12 34 56 and 12345678", 8),
            ("\u{661}\u{662}3", 3),
            ("none", 0),
        ] {
            assert_eq!(Outline::of(text).longest_number, digits, "{text}");
        }
    }

    #[test]
    fn what_a_postcode_cannot_do_without() {
        for text in ["WR1 2EY", "wr5 3db", "1st"] {
            assert!(Outline::of(text).has_digit_before_letters, "{text}");
        }
        for text in ["GL-00012345", "CC-1234", "4 A4", "2a", "2 to 3"] {
            assert!(!Outline::of(text).has_digit_before_letters, "{text}");
        }
    }

    #[test]
    fn what_a_date_of_birth_cannot_do_without() {
        for (text, may) in
            [("born 1 jan 22", true), ("B. 1/2/90", true), ("dob: 22", false), ("paid 12/03/1990", false)]
        {
            assert_eq!(Outline::of(text).may_hold_birth(), may, "{text}");
        }
        assert!(Outline::of("j@e.org").has_at && !Outline::of("j at e.org").has_at);
        assert_eq!(Outline::of("NO93 8601 1117 947").letters_and_digits, 15, "the shortest account number of a bank");
    }
}
