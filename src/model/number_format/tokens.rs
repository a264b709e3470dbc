//! The signs of a section of a number format.

/// A sign of a section.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// What is shown as it is.
    Literal(String),
    /// A gap as wide as some sign.
    Space,
    /// What fills the cell: nothing, where the width is not known.
    Fill,
    /// A place for a digit: `0`, `#` or `?`.
    Digit(char),
    /// The decimal point.
    Point,
    /// A comma: between digits it parts thousands, behind them it divides by a thousand.
    Comma,
    /// A percent sign.
    Percent,
    /// `E+` or `E-`; whether a plus is shown.
    Exponent(bool),
    /// A slash that is not quoted: of a date, else of a fraction.
    Slash,
    /// `General`.
    General,
    /// `@`, the text of the cell.
    Text,
    /// A part of a day or time by its letter (`y`, `m`, `d`, `h` or `s`) and how often that is given.
    Time(char, usize),
    /// Hours, minutes or seconds that are not cut at a day, an hour or a minute: `[h]`.
    Elapsed(char, usize),
    /// `AM/PM` or, short, `A/P`.
    HalfOfDay { is_short: bool },
    /// The language of the names of days and months, by its number in Windows.
    Language(u32),
}

/// The numbers by which Windows calls what is set in it, in place of a language: days and times as the system shows them.
pub(super) const SYSTEM_DAY: u32 = 0xF800;
/// The same of times.
pub(super) const SYSTEM_TIME: u32 = 0xF400;

impl Token {
    /// Whether it is a part of a day or a time.
    pub fn is_of_time(&self) -> bool {
        matches!(
            self,
            Self::Time(..) | Self::Elapsed(..) | Self::HalfOfDay { .. } | Self::Language(SYSTEM_DAY | SYSTEM_TIME)
        )
    }
}

/// The signs of a section; none where one of them is not known.
pub(super) fn section_of(section: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = section;
    while let Some(first) = rest.chars().next() {
        let (token, length) = next_of(first, rest)?;
        tokens.extend(token);
        rest = rest.get(length..)?;
    }
    Some(tokens)
}

/// The sign at the beginning of a text, and how many bytes it takes up.
fn next_of(first: char, rest: &str) -> Option<(Option<Token>, usize)> {
    let length = first.len_utf8();
    let behind = &rest[length..];
    let escaped = || behind.chars().next().map(|next| (next, length + next.len_utf8()));
    let token = match first {
        '"' => {
            let end = behind.find('"')?;
            return Some((Some(Token::Literal(behind[..end].to_owned())), length + end + 1));
        }
        '\\' => return escaped().map(|(next, length)| (Some(Token::Literal(next.to_string())), length)),
        '_' => return escaped().map(|(_, length)| (Some(Token::Space), length)),
        '*' => return escaped().map(|(_, length)| (Some(Token::Fill), length)),
        '[' => {
            let end = behind.find(']')?;
            let tokens = in_brackets(&behind[..end])?;
            return Some((tokens, length + end + 1));
        }
        '0' | '#' | '?' => Token::Digit(first),
        '.' => Token::Point,
        ',' => Token::Comma,
        '%' => Token::Percent,
        '/' => Token::Slash,
        '@' => Token::Text,
        'E' | 'e' if behind.starts_with(['+', '-']) => {
            return Some((Some(Token::Exponent(behind.starts_with('+'))), length + 1));
        }
        _ if first.is_ascii_alphabetic() => return word(first, rest).map(|(token, length)| (Some(token), length)),
        _ if first.is_alphanumeric() => return None,
        other => Token::Literal(other.to_string()),
    };
    Some((Some(token), length))
}

/// A word of letters: General, a half of the day, or a part of a day or time.
fn word(first: char, rest: &str) -> Option<(Token, usize)> {
    let begins = |word: &str| rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word));
    let known = [
        ("General", Token::General),
        ("AM/PM", Token::HalfOfDay { is_short: false }),
        ("A/P", Token::HalfOfDay { is_short: true }),
    ];
    if let Some((word, token)) = known.into_iter().find(|(word, _)| begins(word)) {
        return Some((token, word.len()));
    }
    let letter = first.to_ascii_lowercase();
    let count = rest.chars().take_while(|one| one.to_ascii_lowercase() == letter).count();
    matches!(letter, 'y' | 'm' | 'd' | 'h' | 's').then_some((Token::Time(letter, count), count))
}

/// What stands in brackets: a currency with its language, a colour, or a part of a time that is not cut. A condition is none
/// of them.
fn in_brackets(inner: &str) -> Option<Option<Token>> {
    if let Some(currency) = inner.strip_prefix('$') {
        let (sign, language) = currency.rsplit_once('-').unwrap_or((currency, ""));
        return match (sign, u32::from_str_radix(language, 16)) {
            ("", Ok(language)) => Some(Some(Token::Language(language))),
            ("", Err(_)) => None,
            (sign, _) => Some(Some(Token::Literal(sign.to_owned()))),
        };
    }
    let lower = inner.to_ascii_lowercase();
    let first = lower.chars().next()?;
    if matches!(first, 'h' | 'm' | 's') && lower.chars().all(|letter| letter == first) {
        return Some(Some(Token::Elapsed(first, lower.len())));
    }
    const COLOURS: [&str; 8] = ["black", "blue", "cyan", "green", "magenta", "red", "white", "yellow"];
    let is_numbered = |text: &str| text.trim().parse::<u8>().is_ok();
    let is_colour = COLOURS.contains(&lower.as_str()) || lower.strip_prefix("color").is_some_and(is_numbered);
    is_colour.then_some(None)
}
