//! A text that a pattern of the pack matches: what an officer reads more easily than the pattern.

use std::iter::Peekable;
use std::str::Chars;

use crate::schema::Pattern;

/// Stands where any digit may, until it is known how many of them follow each other.
const DIGIT: char = '\u{e000}';
/// A pattern that asks for more of one thing is not followed.
const MOST_REPEATED: usize = 64;

/// A text that the pattern matches whole, as short as it can be: `PCC-01` for `PCC-\d{2}`. The digits behind the last letter
/// count: `nth` is the number that they say. `given` says what a named group holds; none where it may hold anything.
///
/// None for patterns with more in them than letters, digits, groups, choices and repetitions, and where the number does not fit.
pub(super) fn example(pattern: &Pattern, nth: usize, given: &dyn Fn(&str) -> Option<String>) -> Option<String> {
    let mut reader = Reader { signs: pattern.text().chars().peekable(), given };
    let made = reader.choices()?;
    if reader.signs.next().is_some() {
        return None;
    }
    let text = numbered(&made, nth)?;
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    pattern.is_match(&text).then_some(text)
}

/// A text with its digits filled in: the last of them that follow each other say the number, the others nothing.
fn numbered(text: &str, nth: usize) -> Option<String> {
    let mut signs: Vec<char> = text.chars().collect();
    let Some(last) = signs.iter().rposition(|sign| *sign == DIGIT) else { return Some(text.to_owned()) };
    let first = signs[..last].iter().rposition(|sign| *sign != DIGIT).map_or(0, |before| before + 1);
    let number = format!("{nth:0>width$}", width = last + 1 - first);
    if number.len() > last + 1 - first {
        return None;
    }
    for (sign, digit) in signs[first..].iter_mut().zip(number.chars()) {
        *sign = digit;
    }
    Some(signs.into_iter().map(|sign| if sign == DIGIT { '0' } else { sign }).collect())
}

/// Goes through a pattern from left to right.
struct Reader<'p> {
    signs: Peekable<Chars<'p>>,
    given: &'p dyn Fn(&str) -> Option<String>,
}

impl Reader<'_> {
    /// The first of the choices between `|`.
    fn choices(&mut self) -> Option<String> {
        let first = self.sequence()?;
        while self.signs.next_if_eq(&'|').is_some() {
            self.sequence()?;
        }
        Some(first)
    }

    fn sequence(&mut self) -> Option<String> {
        let mut made = String::new();
        while let Some(sign) = self.signs.next_if(|sign| !matches!(sign, '|' | ')')) {
            let part = match sign {
                '(' => self.group()?,
                '[' => self.one_of()?,
                '\\' => self.escaped()?,
                '^' | '$' => String::new(),
                '.' => "x".to_owned(),
                '*' | '+' | '?' | '{' => return None,
                plain => plain.to_string(),
            };
            let times = self.times()?;
            (0..times).for_each(|_| made.push_str(&part));
        }
        Some(made)
    }

    /// What stands between brackets, behind the first of them.
    fn group(&mut self) -> Option<String> {
        let mut name = None;
        if self.signs.next_if_eq(&'?').is_some() {
            let _ = self.signs.next_if_eq(&'P');
            if self.signs.next_if_eq(&'<').is_some() {
                name = Some(self.up_to('>')?);
            } else {
                // Settings such as (?i) hold nothing; (?: and (?i: begin a group.
                while let Some(sign) = self.signs.next_if(|sign| !matches!(sign, ')' | ':')) {
                    if !sign.is_ascii_alphabetic() && sign != '-' {
                        return None;
                    }
                }
                if self.signs.next()? == ')' {
                    return Some(String::new());
                }
            }
        }
        let made = self.choices()?;
        self.signs.next_if_eq(&')')?;
        Some(name.and_then(|name| (self.given)(&name)).unwrap_or(made))
    }

    fn up_to(&mut self, end: char) -> Option<String> {
        let mut text = String::new();
        loop {
            match self.signs.next()? {
                sign if sign == end => return Some(text),
                sign => text.push(sign),
            }
        }
    }

    /// The first of the signs between square brackets, behind the first bracket.
    fn one_of(&mut self) -> Option<String> {
        let inside = self.up_to(']')?;
        let mut signs = inside.chars();
        let first = match signs.next()? {
            '^' => return None,
            '\\' => match signs.next()? {
                'd' => DIGIT,
                'w' => 'a',
                's' => ' ',
                plain if !plain.is_alphanumeric() => plain,
                _ => return None,
            },
            '0' if inside.starts_with("0-9") => DIGIT,
            plain => plain,
        };
        Some(first.to_string())
    }

    fn escaped(&mut self) -> Option<String> {
        Some(match self.signs.next()? {
            'd' => DIGIT.to_string(),
            'w' => "a".to_owned(),
            's' => " ".to_owned(),
            'b' => String::new(),
            plain if !plain.is_alphanumeric() => plain.to_string(),
            _ => return None,
        })
    }

    /// How often the part before is wanted: as seldom as it may be.
    fn times(&mut self) -> Option<usize> {
        let Some(sign) = self.signs.next_if(|sign| matches!(sign, '*' | '+' | '?' | '{')) else { return Some(1) };
        let times = match sign {
            '{' => self.up_to('}')?.split(',').next()?.trim().parse().ok()?,
            sign => usize::from(sign == '+'),
        };
        // As few as may be, as regular expressions say it.
        let _ = self.signs.next_if_eq(&'?');
        (times <= MOST_REPEATED).then_some(times)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_that_patterns_match() {
        let no_group = |_: &str| None;
        for (pattern, nth, text) in [
            (r"PCC-\d{2}", 1, Some("PCC-01")),
            (r"PCC-\d{2}", 99, Some("PCC-99")),
            (r"PCC-\d{2}", 100, None),
            (r"(INV|JNL)-\d{4}", 7, Some("INV-0007")),
            (r"\$?[A-Z]{1,3}\$?[1-9]\d{0,6}", 3, Some("A1")),
            (r"(?i)recorded crime.*", 1, Some("recorded crime")),
            (r"Section A:.*", 1, Some("Section A:")),
            (r"Project: (?P<project>.+)", 1, Some("Project: x")),
            (r"[^a]", 1, None),
            (r"\p{L}+", 1, None),
            (r"a(?:b|c)?d+", 1, Some("ad")),
        ] {
            assert_eq!(example(&Pattern::new(pattern).unwrap(), nth, &no_group).as_deref(), text, "{pattern}");
        }
        let month = |name: &str| (name == "month").then(|| "2022-04".to_owned());
        let of_month = Pattern::new(r"(?i)(?P<month>\d{4}-\d{2}) .*return.*").unwrap();
        assert_eq!(example(&of_month, 1, &month).as_deref(), Some("2022-04 return"));
    }
}
