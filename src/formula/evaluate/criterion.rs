//! What SUMIF, COUNTIF and lookups compare cells with: `">100"`, `"<>"`, `"Hate*"`.

use std::cmp::Ordering;

use super::value::{Computed, TextNumber, compare, number_of};
use super::{Evaluated, NotRecalculated};

/// What a cell must be to count.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Criterion {
    relation: Relation,
    with: Wanted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Relation {
    Equal,
    Unequal,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
}

#[derive(Debug, Clone, PartialEq)]
enum Wanted {
    Number(f64),
    Boolean(bool),
    Error(crate::model::SharedText),
    /// A text in lower case.
    Text(String),
    /// A text in lower case, in which `*` and `?` stand for other letters.
    Pattern(Vec<Letter>),
    /// No cell content at all (`=`), or none but an empty text (an empty criterion).
    Nothing {
        allows_empty_text: bool,
    },
}

/// A letter of a pattern.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Letter {
    This(char),
    /// `?`
    Any,
    /// `*`
    Several,
}

impl Criterion {
    /// Reads a criterion as SUMIF and COUNTIF do.
    ///
    /// # Errors
    /// [`NotRecalculated::TextAsNumber`] where the computer's settings decide what it means, as for `>1/4/2022`.
    pub fn read(value: &Computed) -> Evaluated<Self> {
        let equal = |with| Ok(Self { relation: Relation::Equal, with });
        let text = match value {
            Computed::Number(number) => return equal(Wanted::Number(*number)),
            Computed::Boolean(value) => return equal(Wanted::Boolean(*value)),
            Computed::Error(error) => return equal(Wanted::Error(error.clone())),
            // An empty cell as criterion is taken for 0.
            Computed::Empty => return equal(Wanted::Number(0.0)),
            Computed::Text(text) => text,
        };
        const RELATIONS: [(&str, Relation); 6] = [
            ("<>", Relation::Unequal),
            ("<=", Relation::LessOrEqual),
            (">=", Relation::GreaterOrEqual),
            ("=", Relation::Equal),
            ("<", Relation::Less),
            (">", Relation::Greater),
        ];
        let split = RELATIONS.iter().find_map(|(sign, relation)| Some((*relation, text.strip_prefix(sign)?)));
        let (relation, operand) = split.unwrap_or((Relation::Equal, text));
        let with = match number_of(operand) {
            _ if operand.is_empty() => Wanted::Nothing { allows_empty_text: split.is_none() },
            TextNumber::Number(number) => Wanted::Number(number),
            TextNumber::BySettings if looks_like_a_date_or_amount(operand) => {
                return Err(NotRecalculated::TextAsNumber(operand.to_owned()));
            }
            _ if operand.eq_ignore_ascii_case("true") => Wanted::Boolean(true),
            _ if operand.eq_ignore_ascii_case("false") => Wanted::Boolean(false),
            _ if operand.starts_with('#') => Wanted::Error(operand.to_uppercase().into()),
            _ => text_wanted(operand),
        };
        Ok(Self { relation, with })
    }

    /// What a lookup for exactly a value takes: texts may hold `*` and `?`.
    pub fn exactly(value: &Computed) -> Self {
        let with = match value {
            Computed::Number(number) => Wanted::Number(*number),
            Computed::Boolean(value) => Wanted::Boolean(*value),
            Computed::Error(error) => Wanted::Error(error.clone()),
            Computed::Empty => Wanted::Number(0.0),
            Computed::Text(text) => text_wanted(text),
        };
        Self { relation: Relation::Equal, with }
    }

    /// Whether an empty cell counts.
    pub fn takes_empty_cells(&self) -> bool {
        self.takes(&Computed::Empty)
    }

    /// The text of a cell that is compared as the number it says: not every program does so.
    pub fn text_as_number<'v>(&self, value: &'v Computed) -> Option<&'v str> {
        match (&self.with, value) {
            (Wanted::Number(wanted), Computed::Text(text)) if number_of(text) == TextNumber::Number(*wanted) => {
                Some(text)
            }
            _ => None,
        }
    }

    /// The order of two texts that are not equal, where the relation asks for it.
    fn order_of_texts(&self, text: &str, wanted: &str) -> Option<Ordering> {
        if matches!(self.relation, Relation::Equal | Relation::Unequal) {
            return None;
        }
        Some(text.to_lowercase().as_str().cmp(wanted)).filter(|order| *order != Ordering::Equal)
    }

    /// Whether a cell counts. Of kinds other than the criterion's own it counts only for not being equal.
    pub fn takes(&self, value: &Computed) -> bool {
        let order = match (&self.with, value) {
            (Wanted::Nothing { allows_empty_text }, value) => {
                let is_nothing = match value {
                    Computed::Empty => true,
                    Computed::Text(text) => *allows_empty_text && text.is_empty(),
                    _ => false,
                };
                return match self.relation {
                    Relation::Equal => is_nothing,
                    Relation::Unequal => !is_nothing,
                    _ => false,
                };
            }
            (Wanted::Number(wanted), Computed::Number(_)) => compare(value, &Computed::Number(*wanted)).ok(),
            // A text that is a number counts as equal to it, and in no other way.
            (Wanted::Number(wanted), Computed::Text(text))
                if matches!(self.relation, Relation::Equal | Relation::Unequal) =>
            {
                (number_of(text) == TextNumber::Number(*wanted)).then_some(Ordering::Equal)
            }
            (Wanted::Boolean(wanted), Computed::Boolean(value)) => Some(value.cmp(wanted)),
            (Wanted::Error(wanted), Computed::Error(value)) => (wanted == value).then_some(Ordering::Equal),
            (Wanted::Text(wanted), Computed::Text(text)) => {
                // Most cells are passed over: the usual letters are compared where they stand.
                let is_equal =
                    if text.is_ascii() { text.eq_ignore_ascii_case(wanted) } else { text.to_lowercase() == *wanted };
                if is_equal { Some(Ordering::Equal) } else { self.order_of_texts(text, wanted) }
            }
            (Wanted::Pattern(pattern), Computed::Text(text)) => {
                let text = text.to_lowercase();
                if matches(pattern, &text.chars().collect::<Vec<_>>()) {
                    Some(Ordering::Equal)
                } else {
                    let plain: String = pattern.iter().map(|letter| letter.plain()).collect();
                    self.order_of_texts(&text, &plain)
                }
            }
            _ => None,
        };
        match (self.relation, order) {
            (Relation::Unequal, order) => order != Some(Ordering::Equal),
            (_, None) => false,
            (Relation::Equal, Some(order)) => order == Ordering::Equal,
            (Relation::Less, Some(order)) => order == Ordering::Less,
            (Relation::LessOrEqual, Some(order)) => order != Ordering::Greater,
            (Relation::Greater, Some(order)) => order == Ordering::Greater,
            (Relation::GreaterOrEqual, Some(order)) => order != Ordering::Less,
        }
    }
}

/// A text to compare with: a pattern where it holds `*`, `?` or `~`.
fn text_wanted(text: &str) -> Wanted {
    if text.contains(['*', '?', '~']) { Wanted::Pattern(pattern(text)) } else { Wanted::Text(text.to_lowercase()) }
}

/// Whether a text that is no plain number may be one by the computer's settings: it begins or ends with a digit, and has
/// nothing that no date, time or amount has.
fn looks_like_a_date_or_amount(text: &str) -> bool {
    let text = text.trim();
    let is_part = |character: char| {
        character.is_ascii_digit() || matches!(character, '/' | '-' | '.' | ',' | ':' | ' ' | '£' | '$' | '€' | '%')
    };
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let lower = text.to_lowercase();
    text.chars().all(is_part)
        || (MONTHS.iter().any(|month| lower.contains(month))
            && text.split([' ', '-', '/']).any(|part| part.parse::<u32>().is_ok()))
}

fn pattern(text: &str) -> Vec<Letter> {
    let lower = text.to_lowercase();
    let mut letters = Vec::new();
    let mut rest = lower.chars().peekable();
    while let Some(letter) = rest.next() {
        letters.push(match letter {
            '~' => match rest.next_if(|next| matches!(next, '*' | '?' | '~')) {
                Some(escaped) => Letter::This(escaped),
                None => Letter::This('~'),
            },
            '?' => Letter::Any,
            '*' => Letter::Several,
            letter => Letter::This(letter),
        });
    }
    letters
}

impl Letter {
    fn plain(self) -> char {
        match self {
            Self::This(letter) => letter,
            Self::Any => '?',
            Self::Several => '*',
        }
    }
}

/// Whether a text is as a pattern says, from its first letter to its last. Going back only to the last `*` is enough.
fn matches(pattern: &[Letter], text: &[char]) -> bool {
    let (mut at, mut read) = (0, 0);
    let mut star: Option<(usize, usize)> = None;
    while read < text.len() {
        match pattern.get(at) {
            Some(Letter::Several) => {
                star = Some((at, read));
                at += 1;
            }
            Some(Letter::Any) => (at, read) = (at + 1, read + 1),
            Some(Letter::This(letter)) if *letter == text[read] => (at, read) = (at + 1, read + 1),
            _ => match star {
                Some((star_at, from)) => {
                    star = Some((star_at, from + 1));
                    (at, read) = (star_at + 1, from + 1);
                }
                None => return false,
            },
        }
    }
    pattern[at..].iter().all(|letter| *letter == Letter::Several)
}
