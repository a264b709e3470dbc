//! What a heading or label says of the cells that belong to it, where these by themselves could be anything.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds::{self, Hits, NHS_NUMBER, PHONE_NUMBER, compiled, is_nhs_number, masked_ends};
use super::{birth, phone};
use crate::model::Column;
use crate::schema::Field;

/// The longest text that is a heading or label, in characters; longer ones are sentences.
const LONGEST_LABEL: usize = 60;
/// The most digits in a heading or label, such as `Tel. 2 (from 2022)`; what has more is a number itself.
const MOST_DIGITS: usize = 5;

static NHS: LazyLock<Regex> = LazyLock::new(|| compiled(r"\bNHS\b|\b[Nn]hs\b"));

/// A topic that a heading can name, and which texts it makes personal data of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Topic {
    /// Days are dates of birth.
    Birth,
    /// Numbers of ten digits are telephone numbers that lost their 0.
    Phone,
    /// Numbers of ten digits whose check digit is right are NHS numbers.
    Nhs,
}

pub(super) const TOPICS: [Topic; 3] = [Topic::Birth, Topic::Nhs, Topic::Phone];

impl Topic {
    /// Whether a heading or label names the topic.
    pub fn is_named(self, text: &str) -> bool {
        let digits = text.chars().filter(char::is_ascii_digit).count();
        text.chars().count() <= LONGEST_LABEL
            && match self {
                Self::Birth => birth::is_label(text),
                Self::Phone => digits <= MOST_DIGITS && phone::is_label(text),
                Self::Nhs => digits <= MOST_DIGITS && says_nhs(text),
            }
    }

    /// Whether a text is what a heading of the topic makes personal data of, and no more.
    pub fn is_of(self, text: &str) -> bool {
        match self {
            Self::Birth => birth::is_day(text),
            Self::Phone => phone::is_without_zero(text),
            Self::Nhs => is_nhs_number(text),
        }
    }

    /// What is found in a text that is of the topic.
    fn hits(self, text: &str) -> Hits {
        let (called, mask) = match self {
            Self::Birth => (kinds::DATE_OF_BIRTH, birth::MASKED_DATE.to_owned()),
            Self::Phone => (PHONE_NUMBER, masked_ends(text.trim())),
            Self::Nhs => (NHS_NUMBER, masked_ends(text.trim())),
        };
        Hits { called: vec![called], masks: vec![mask.clone()], masked: mask }
    }
}

/// The topics that the heading of a field names, be it the sheet's or the pack's.
pub(super) fn topics_of(field: &Field, column: Option<&Column>) -> Vec<Topic> {
    let names =
        |topic: &Topic| topic.is_named(field.heading()) || column.is_some_and(|column| topic.is_named(&column.text));
    TOPICS.into_iter().filter(names).collect()
}

/// What a text holds of personal data, where headings or labels name these topics.
pub(super) fn find(text: &str, topics: &[Topic]) -> Option<Hits> {
    match topics.iter().find(|topic| topic.is_of(text)) {
        Some(topic) => Some(topic.hits(text)),
        None => kinds::find(text),
    }
}

/// Whether a text speaks of NHS numbers.
pub(super) fn says_nhs(text: &str) -> bool {
    NHS.is_match(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn topics(heading: &str) -> Vec<Topic> {
        TOPICS.into_iter().filter(|topic| topic.is_named(heading)).collect()
    }

    #[test]
    fn headings() {
        for heading in
            ["Phone", "Tel.", "tel no", "Telephone number", "Mobile", "Contact", "Contact's number", "Tel 2", "Phones"]
        {
            assert_eq!(topics(heading), [Topic::Phone], "{heading}");
        }
        for heading in ["NHS", "NHS number", "nhs no", "Client's NHS no."] {
            assert_eq!(topics(heading), [Topic::Nhs], "{heading}");
        }
        assert_eq!(topics("Date of birth"), [Topic::Birth]);
        assert_eq!(topics("Date of birth, such as 01/02/1990"), [Topic::Birth]);
        for heading in ["Hotel", "Automobiles", "Amount", "PO", "phone 07700 900123", "NHS 943476", "Contactless"] {
            assert_eq!(topics(heading), [], "{heading}");
        }
    }

    #[test]
    fn numbers_below_a_heading() {
        for (text, topic, shown) in [
            ("7700900123", Topic::Phone, "77***3"),
            (" 1905722233 ", Topic::Phone, "19***3"),
            ("2079460958", Topic::Phone, "20***8"),
            ("9434765919", Topic::Nhs, "94***9"),
            ("12/03/1990", Topic::Birth, "**/**/****"),
        ] {
            assert_eq!(find(text, &[topic]).map(|hits| hits.masked).as_deref(), Some(shown), "{text}");
            assert_eq!(find(text, &[]), None, "{text}");
        }
        for (text, topic) in [
            ("4500012346", Topic::Phone),
            ("190572223", Topic::Phone),
            ("77009001234", Topic::Phone),
            ("7700900123.50", Topic::Phone),
            ("9434765918", Topic::Nhs),
            ("943476591", Topic::Nhs),
            ("PO 9434765919", Topic::Nhs),
            ("no", Topic::Birth),
        ] {
            assert_eq!(find(text, &[topic]), None, "{text}");
        }
    }
}
