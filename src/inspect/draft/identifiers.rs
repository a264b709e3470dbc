//! The pattern that codes have in common: `INV-0001`, `INV-0002` are `INV-\d{4}`.

use super::names::escaped;

/// Codes have no more parts than this.
const MOST_PARTS: usize = 9;
/// Codes are no longer than this, in characters.
const LONGEST: usize = 40;

/// A part of a code.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Part {
    /// Capital letters, or small ones: whether they are capitals, the letters while all codes have the same, and how many
    /// there are at least and at most.
    Letters { capital: bool, same: Option<String>, least: usize, most: usize },
    /// Digits: how many at least and at most.
    Digits { least: usize, most: usize },
    /// A sign between.
    Sign(char),
}

/// The pattern of codes, as they come.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct CodePattern {
    parts: Option<Vec<Part>>,
    is_broken: bool,
}

impl CodePattern {
    /// Takes another code in.
    pub fn add(&mut self, text: &str) {
        if self.is_broken {
            return;
        }
        let Some(parts) = parts_of(text) else {
            self.is_broken = true;
            return;
        };
        match &mut self.parts {
            None => self.parts = Some(parts),
            Some(known) => self.is_broken = known.len() != parts.len() || !known.iter_mut().zip(parts).all(join),
        }
    }

    /// The pattern, where all that was taken in are codes alike.
    pub fn pattern(&self) -> Option<String> {
        let parts = self.parts.as_ref().filter(|_| !self.is_broken)?;
        Some(parts.iter().map(written).collect())
    }
}

/// The parts of a text that may be a code: no spaces, digits, and something beside them.
fn parts_of(text: &str) -> Option<Vec<Part>> {
    let text = text.trim();
    let characters: Vec<char> = text.chars().collect();
    let is_code = text.is_ascii() && characters.len() <= LONGEST && !text.contains(char::is_whitespace);
    let (digits, others) =
        (text.bytes().any(|byte| byte.is_ascii_digit()), text.bytes().any(|byte| !byte.is_ascii_digit()));
    if !is_code || !digits || !others {
        return None;
    }
    let mut parts = Vec::new();
    let mut index = 0;
    while index < characters.len() {
        let run = |of: fn(&char) -> bool| characters[index..].iter().take_while(|sign| of(sign)).count();
        let (digits, capitals, small) =
            (run(char::is_ascii_digit), run(char::is_ascii_uppercase), run(char::is_ascii_lowercase));
        let length = digits.max(capitals).max(small).max(1);
        let same: String = characters[index..index + length].iter().collect();
        parts.push(match () {
            () if digits > 0 => Part::Digits { least: digits, most: digits },
            () if capitals > 0 || small > 0 => {
                Part::Letters { capital: capitals > 0, same: Some(same), least: length, most: length }
            }
            () => Part::Sign(characters[index]),
        });
        index += length;
    }
    (parts.len() <= MOST_PARTS).then_some(parts)
}

/// Widens a part so that it takes another in; whether it can.
fn join((known, other): (&mut Part, Part)) -> bool {
    match (known, other) {
        (Part::Digits { least, most }, Part::Digits { least: fewer, most: more }) => {
            (*least, *most) = ((*least).min(fewer), (*most).max(more));
            true
        }
        (
            Part::Letters { capital, same, least, most },
            Part::Letters { capital: other_capital, same: other_same, least: fewer, most: more },
        ) => {
            if *same != other_same {
                *same = None;
            }
            (*least, *most) = ((*least).min(fewer), (*most).max(more));
            *capital == other_capital
        }
        (Part::Sign(known), Part::Sign(other)) => *known == other,
        _ => false,
    }
}

fn written(part: &Part) -> String {
    let times = |least: usize, most: usize| match (least, most) {
        (1, 1) => String::new(),
        (least, most) if least == most => format!("{{{least}}}"),
        _ => "+".to_owned(),
    };
    match part {
        Part::Digits { least, most } => format!(r"\d{}", times(*least, *most)),
        Part::Letters { same: Some(same), .. } => escaped(same),
        Part::Letters { capital, least, most, .. } => {
            format!("{}{}", if *capital { "[A-Z]" } else { "[a-z]" }, times(*least, *most))
        }
        Part::Sign(sign) => escaped(&sign.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pattern(codes: &[&str]) -> Option<String> {
        let mut pattern = CodePattern::default();
        codes.iter().for_each(|code| pattern.add(code));
        pattern.pattern()
    }

    #[test]
    fn codes_have_a_pattern() {
        for (codes, expected) in [
            (&["INV-0001", "INV-0234"][..], Some(r"INV-\d{4}")),
            (&["DA-01", "HO-02"], Some(r"[A-Z]{2}-\d{2}")),
            (&["PO9", "PO10"], Some(r"PO\d+")),
            (&["A.1", "B.2"], Some(r"[A-Z]\.\d")),
            (&["INV-0001", "paid in cash"], None),
            (&["INV-0001", "CR/0001"], None),
            (&["12", "13"], None),
            (&["North", "South"], None),
        ] {
            assert_eq!(pattern(codes).as_deref(), expected, "{codes:?}");
        }
    }
}
