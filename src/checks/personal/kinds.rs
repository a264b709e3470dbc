//! The kinds of personal data: how each is known in a text, and how it is masked.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use regex::Regex;

use super::bank::{ACCOUNT, PAIR, SORT_CODE, is_account, is_pair, masked_number};
use super::birth::{BIRTH_AFTER, BIRTH_BEFORE, MASKED_DATE, is_birth};
use super::headed::says_nhs;
use super::iban::{IBAN, is_iban};
use super::neighbours::{anywhere, no_letters, no_reference, no_reference_after, of_phone};
use super::outline::Outline;
use super::phone::{PHONE, WITHOUT_ZERO, is_phone, is_without_zero};
use super::postcode::is_area;

/// A kind of personal data, and how it is known.
struct Kind {
    /// What a message calls it.
    called: &'static str,
    /// Whether a text of this outline may hold it: what its pattern cannot do without.
    may_be_in: fn(&Outline) -> bool,
    /// What it looks like. Where words belong to it, the group `it` is what has to be masked.
    looks: &'static LazyLock<Regex>,
    /// Whether what touches it, in the text and at the place, leaves it what it is.
    stands: fn(&str, Range<usize>) -> bool,
    /// Whether what looks like it is it, checksums and ranges considered.
    is_one: fn(&Sight<'_>) -> bool,
    /// The text with all but enough to find it again left out.
    mask: fn(&str) -> String,
}

/// What looks like a datum, where it stands.
pub(super) struct Sight<'t> {
    /// What would be masked.
    pub it: &'t str,
    /// The text before the words that belong to it.
    pub before: &'t str,
    /// All of it, with the words that belong to it.
    pub whole: &'t str,
    /// The text behind it.
    pub after: &'t str,
}

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"[\p{L}\d][\p{L}\d._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"));
static INSURANCE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][ -]?\d\d[ -]?\d\d[ -]?\d\d[ -]?[A-D]"));
static NHS: LazyLock<Regex> = LazyLock::new(|| compiled(r"\d{3}[ -]?\d{3}[ -]?\d{4}"));
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}")
});

/// A pattern that stands in these files: a slip in it must stop the tests, and never switch the check off in silence.
pub(super) fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern stands in this room, and the tests compile each")
}

const fn kind(
    called: &'static str,
    may_be_in: fn(&Outline) -> bool,
    looks: &'static LazyLock<Regex>,
    is_one: fn(&Sight<'_>) -> bool,
) -> Kind {
    Kind { called, may_be_in, looks, stands: no_reference, is_one, mask: masked_ends }
}

/// In this order: what one kind has claimed is gone for the next, and longer numbers hold what looks like shorter ones.
static KINDS: [Kind; 12] = [
    Kind { stands: anywhere, mask: masked_email, ..kind("an email address", |text| text.has_at, &EMAIL, |_| true) },
    Kind { stands: no_letters, ..kind(BANK_DETAILS, |text| text.letters_and_digits >= 15, &IBAN, is_iban) },
    Kind {
        stands: no_letters,
        ..kind("a National Insurance number", |text| text.longest_number >= 6, &INSURANCE, is_insurance)
    },
    Kind { mask: masked_number, ..kind(BANK_DETAILS, |text| text.longest_number >= 8, &PAIR, is_pair) },
    Kind {
        stands: no_reference_after,
        mask: masked_number,
        ..kind(BANK_DETAILS, |text| text.longest_number >= 8, &ACCOUNT, is_account)
    },
    Kind {
        stands: no_reference_after,
        mask: masked_number,
        ..kind(BANK_DETAILS, |text| text.longest_number >= 6, &SORT_CODE, |_| true)
    },
    Kind {
        stands: no_reference_after,
        mask: masked_date,
        ..kind(DATE_OF_BIRTH, Outline::may_hold_birth, &BIRTH_BEFORE, is_birth)
    },
    Kind { mask: masked_date, ..kind(DATE_OF_BIRTH, Outline::may_hold_birth, &BIRTH_AFTER, |_| true) },
    Kind { stands: of_phone, ..kind(PHONE_NUMBER, |text| text.longest_number >= 9, &PHONE, is_phone) },
    Kind {
        stands: no_reference_after,
        ..kind(PHONE_NUMBER, |text| text.longest_number >= 10, &WITHOUT_ZERO, |sight| is_without_zero(sight.it))
    },
    kind(NHS_NUMBER, |text| text.longest_number >= 10, &NHS, is_nhs),
    Kind {
        stands: no_letters,
        mask: masked_postcode,
        ..kind("a full postcode", |text| text.has_digit_before_letters, &POSTCODE, is_postcode)
    },
];

const BANK_DETAILS: &str = "bank details";
/// What a message calls a telephone number.
pub(super) const PHONE_NUMBER: &str = "a telephone number";
/// What a message calls an NHS number.
pub(super) const NHS_NUMBER: &str = "an NHS number";
/// What a message calls a date of birth.
pub(super) const DATE_OF_BIRTH: &str = "a date of birth";

/// What was found in a text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hits {
    /// What each kind that was found is called, in the order of the kinds.
    pub called: Vec<&'static str>,
    /// What was found, masked, each mask once.
    pub masks: Vec<String>,
    /// The whole text, masked, with plain spaces and hyphens.
    pub masked: String,
}

/// Looks for personal data in a text.
pub(super) fn find(text: &str) -> Option<Hits> {
    // Most texts are words alone, and there are many: what all kinds need is looked for first.
    if !text.contains(|character: char| character == '@' || character.is_ascii_digit()) {
        return None;
    }
    let text = plain(text);
    let outline = Outline::of(&text);
    if !KINDS.iter().any(|kind| (kind.may_be_in)(&outline)) {
        return None;
    }
    let mut hits = Hits { called: Vec::new(), masks: Vec::new(), masked: text.into_owned() };
    // What is masked no longer hides what stands beside it: `WR12EY/07700900123`. Each time there is less to find.
    while mask_each(&mut hits) {}
    (!hits.called.is_empty()).then_some(hits)
}

/// Masks what is found of each kind, and tells whether there was any.
fn mask_each(hits: &mut Hits) -> bool {
    let mut found = false;
    let mut outline = Outline::of(&hits.masked);
    for kind in &KINDS {
        if (kind.may_be_in)(&outline) && kind.looks.is_match(&hits.masked) {
            let masked = replace(&hits.masked, kind, |mask| {
                found = true;
                if !hits.called.contains(&kind.called) {
                    hits.called.push(kind.called);
                }
                if !hits.masks.iter().any(|known| known == mask) {
                    hits.masks.push(mask.to_owned());
                }
            });
            hits.masked = masked;
            outline = Outline::of(&hits.masked);
        }
    }
    found
}

/// The text with every personal datum in it masked; as it is when there is none.
pub fn masked(text: &str) -> String {
    find(text).map_or_else(|| text.to_owned(), |hits| hits.masked)
}

/// The text as it reads: other spaces and hyphens than those of the keyboard made plain, and what cannot be seen left out.
fn plain(text: &str) -> Cow<'_, str> {
    if text.is_ascii() && !text.contains(|character: char| character.is_ascii_control()) {
        return text.into();
    }
    let is_unseen =
        |character: char| matches!(character, '\0' | '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}');
    let plain = text.chars().filter(|character| !is_unseen(*character)).map(|character| match character {
        '\u{2010}'..='\u{2015}' | '\u{2212}' => '-',
        character if character.is_whitespace() => ' ',
        character => character,
    });
    plain.collect()
}

/// Masks what is of a kind, and hands over each mask.
fn replace(text: &str, kind: &Kind, mut each: impl FnMut(&str)) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut written = 0;
    let mut start = 0;
    while let Some(found) = kind.looks.captures_at(text, start) {
        let whole = found.get_match();
        let it = found.name("it").unwrap_or(whole);
        let sight = Sight {
            it: it.as_str(),
            before: &text[..whole.start()],
            whole: whole.as_str(),
            after: &text[whole.end()..],
        };
        if (kind.stands)(text, whole.range()) && (kind.is_one)(&sight) {
            let mask = (kind.mask)(it.as_str());
            each(&mask);
            replaced.push_str(&text[written..it.start()]);
            replaced.push_str(&mask);
            written = it.end();
            start = whole.end();
        } else {
            // What only looked like one may have the beginning of one within it: `04 07700 900123`.
            start = whole.start() + text[whole.start()..].chars().next().map_or(1, char::len_utf8);
        }
    }
    replaced.push_str(&text[written..]);
    replaced
}

/// The digits of a text.
fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|character| character.to_digit(10)).collect()
}

/// Two letters that were given out, six digits, and a letter from A to D.
fn is_insurance(Sight { it: text, .. }: &Sight<'_>) -> bool {
    let prefix = text.get(..2).unwrap_or_default().to_uppercase();
    !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str())
}

/// An NHS number in its groups of three, three and four; one in one piece only where the text speaks of the NHS, as every
/// eleventh number of ten digits passes for one.
fn is_nhs(sight: &Sight<'_>) -> bool {
    let is_grouped = sight.it.chars().filter(|character| !character.is_ascii_digit()).count() == 2;
    is_nhs_number(sight.it) && (is_grouped || says_nhs(sight.before) || says_nhs(sight.after))
}

/// Whether a text is ten digits of which the last is the check digit (modulus 11), in one piece or in groups.
pub(super) fn is_nhs_number(text: &str) -> bool {
    let is_number = |character: char| character.is_ascii_digit() || matches!(character, ' ' | '-');
    let digits = digits(text);
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    text.chars().all(is_number)
        && digits.len() == 10
        && check == digits[9]
        && digits.iter().any(|digit| *digit != digits[0])
}

/// Letters of a postcode area, and in small letters nothing that is an ordinal, such as `e1 2nd`.
fn is_postcode(Sight { it: text, .. }: &Sight<'_>) -> bool {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    let is_ordinal = ["nd", "rd", "st", "th"].iter().any(|ending| text.ends_with(ending));
    is_area(&letters.to_uppercase()) && !is_ordinal
}

/// `j***@e***.org`.
fn masked_email(text: &str) -> String {
    let (name, domain) = text.split_once('@').unwrap_or((text, ""));
    let ending = domain.rsplit('.').next().unwrap_or_default();
    let first = |text: &str| text.chars().next().map(String::from).unwrap_or_default();
    format!("{}***@{}***.{ending}", first(name), first(domain))
}

/// The first two characters and the last.
pub(super) fn masked_ends(text: &str) -> String {
    let start: String = text.chars().take(2).collect();
    let last = text.chars().next_back().map(String::from).unwrap_or_default();
    format!("{start}***{last}")
}

/// Nothing of the day: part of a date points to a person almost as well as all of it.
fn masked_date(_: &str) -> String {
    MASKED_DATE.to_owned()
}

/// The area's letters alone.
fn masked_postcode(text: &str) -> String {
    let letters: String = text.chars().take_while(char::is_ascii_alphabetic).collect();
    format!("{letters}* ***")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kinds_in(text: &str) -> Vec<&'static str> {
        find(text).map(|hits| hits.called).unwrap_or_default()
    }

    #[test]
    fn what_identifies_or_reaches_a_person() {
        for (text, called, shown) in [
            ("Ask jane.doe@example.org about it", "an email address", "Ask j***@e***.org about it"),
            ("o'neil+x@mail.council.gov.uk.", "an email address", "o***@m***.uk."),
            ("ring 07700 900123", "a telephone number", "ring 07***3"),
            ("2022-04 07700 900123", "a telephone number", "2022-04 07***3"),
            ("ring 07700900123.", "a telephone number", "ring 07***3."),
            ("(01905) 722233", "a telephone number", "(0***3"),
            ("020 7946 0958", "a telephone number", "02***8"),
            ("+44 7700 900123", "a telephone number", "+4***3"),
            ("+44 (0)20 7946 0958", "a telephone number", "+4***8"),
            ("NI QQ 12 34 56 C", "", "NI QQ 12 34 56 C"),
            ("NI AB 12 34 56 C", "a National Insurance number", "NI AB***C"),
            ("ab123456d", "a National Insurance number", "ab***d"),
            ("NHS 943 476 5919", "an NHS number", "NHS 94***9"),
            ("NHS no 9434765919", "an NHS number", "NHS no 94***9"),
            ("9434765919 (nhs)", "an NHS number", "94***9 (nhs)"),
            ("943-476-5919", "an NHS number", "94***9"),
            ("NI AB-12-34-56-C", "a National Insurance number", "NI AB***C"),
            ("near WR1 2EY", "a full postcode", "near WR* ***"),
            ("WR12EY", "a full postcode", "WR* ***"),
            ("flat at wr5 3db", "a full postcode", "flat at wr* ***"),
            ("EC1A 1BB", "a full postcode", "EC* ***"),
        ] {
            assert_eq!(kinds_in(text).join(" and "), called, "{text}");
            assert_eq!(masked(text), shown, "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "INV-0001",
            "JNL-07700900123",
            "INV/01905722233",
            "PCC-01",
            "2022-23",
            "01/04/2022 to 31/03/2023",
            "01-04-2022 31-03",
            "£07700900123",
            "0.07700900123",
            "12,345,678,901",
            "943 476 5918",
            "9434765919",
            "PO 4500012346",
            "NHS 9434765918",
            "943 4765919",
            "AB-12-34-56-E",
            "1111111111",
            "2022042512",
            "AB 12 34 56 E",
            "GB123456A",
            "YE-09",
            "CO2 3rd quarter",
            "see e1 2nd floor",
            "Q1 2AB",
            "PC1 2AB",
            "WR1",
            "A4 sheet",
            "Wr858 (Brickfields)",
            "5,000 ribbons @ 2.50",
            "HO-02 + HO-03",
            "user@localhost",
            "@handle",
            "0845 46 47",
            "101",
            "999",
        ] {
            assert_eq!(find(text), None, "{text}");
            assert_eq!(masked(text), text);
        }
    }

    #[test]
    fn several_kinds_in_one_text() {
        assert_eq!(
            kinds_in("jo@example.org or 07700 900123, WR1 2EY"),
            ["an email address", "a telephone number", "a full postcode"]
        );
    }
}
