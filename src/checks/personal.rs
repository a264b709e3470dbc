//! Personal data: what could identify or reach a person, in texts where it does not belong.
//!
//! A finding never repeats what it found: the message shows it masked, and so does every other message that quotes a
//! cell.

use std::sync::LazyLock;

use regex::{Captures, Regex};

use super::postcode::is_area;
use super::runs::{Fault, gather};
use super::view::ColumnView;
use super::words::named;
use crate::model::{About, Cell, Check, Outcome, RawValue, Severity, Value};
use crate::schema::{Field, FieldKind};

const PERSONAL_DATA: Check = Check {
    code: "personal-data",
    severity: Severity::Error,
    explainable: false,
    title: "A text holds what could identify a person",
    about: About {
        meaning: "The text holds an email address, a telephone number, a National Insurance number, an NHS number or \
                  a full postcode.",
        why: "What is published is read by anyone, and copies of it cannot be called back.",
        example: "A victim's telephone number in the description of a payment.",
        mend: "Remove it from the workbook, and say what is meant without naming or pointing to a person.",
    },
};

pub(super) static CHECKS: [&Check; 1] = [&PERSONAL_DATA];

/// A kind of personal data, and how it is known.
struct Kind {
    /// What a message calls it.
    called: &'static str,
    /// What it looks like.
    looks: &'static LazyLock<Regex>,
    /// Whether what looks like it is it, checksums and ranges considered.
    is_one: fn(&str) -> bool,
    /// The text with all but enough to find it again left out.
    mask: fn(&str) -> String,
}

static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"[A-Za-z0-9][A-Za-z0-9._%+'-]*@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}"));
static INSURANCE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?\d\d ?\d\d ?\d\d ?[A-D]"));
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?:(?:\+|00)44[ -]?(?:\(0\)[ -]?)?|\(?0)\d(?:[ ()-]{0,2}\d){7,9}"));
static NHS: LazyLock<Regex> = LazyLock::new(|| compiled(r"\d{3}[ -]?\d{3}[ -]?\d{4}"));
static POSTCODE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"[A-Z]{1,2}\d[A-Z\d]? ?\d[ABD-HJLNP-UW-Z]{2}|[a-z]{1,2}\d[a-z\d]? \d[abd-hjlnp-uw-z]{2}")
});

/// A pattern that stands in this file: a slip in it must stop the tests, and never switch the check off in silence.
fn compiled(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the pattern stands in this file, and the tests compile each")
}

static KINDS: [Kind; 5] = [
    Kind { called: "an email address", looks: &EMAIL, is_one: |_| true, mask: masked_email },
    Kind { called: "a National Insurance number", looks: &INSURANCE, is_one: is_insurance, mask: masked_ends },
    Kind { called: "a telephone number", looks: &PHONE, is_one: is_phone, mask: masked_ends },
    Kind { called: "an NHS number", looks: &NHS, is_one: is_nhs, mask: masked_ends },
    Kind { called: "a full postcode", looks: &POSTCODE, is_one: is_postcode, mask: masked_postcode },
];

/// The check of texts, if a field holds them.
pub(super) fn asked_by(field: &Field) -> Option<&'static Check> {
    (field.kind() == FieldKind::Text).then_some(&PERSONAL_DATA)
}

/// Judges the texts of a column, whatever its type: a text in a column of amounts can hold an address too.
///
/// A text that has the form its column asks for is a reference, and is what it should be.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    let faults = column.cells().enumerate().filter_map(|(line, cell)| {
        let text = free_text(cell, column)?;
        let found = find(text);
        let kinds: Vec<&str> = found.iter().map(|(called, _)| *called).collect();
        let masked: Vec<String> = found.iter().map(|(_, masked)| masked.clone()).collect();
        (!found.is_empty()).then(|| Fault {
            line,
            position: cell.position,
            cause: kinds.join(" and "),
            shown: masked.join(", "),
        })
    });
    for run in gather(&PERSONAL_DATA, faults) {
        let (holds, masked) = run.either(("holds", ""), ("each hold", ", masked"));
        let mut finding = run.finding(
            column,
            format!("{} {holds} what looks like {}{masked}: {}.", run.ranges(), run.cause, named(&run.shown)),
            format!("Remove it from {}: nothing that identifies or reaches a person may be published.", run.ranges()),
        );
        finding.actual = run.is_single().then(|| run.shown.concat());
        outcome.findings.push(finding);
    }
}

/// The text of a cell, unless it is a reference in the form that its column asks for, or one of a list. A number in a
/// column of texts is a text too.
fn free_text<'a>(cell: &'a Cell, column: ColumnView<'_>) -> Option<&'a str> {
    let ((RawValue::Text(text), _) | (_, Value::Text(text))) = (&cell.raw, &cell.value) else { return None };
    let constraints = &column.field.constraints;
    let is_reference = constraints.pattern.as_ref().is_some_and(|pattern| pattern.is_match(text.trim()));
    let is_listed = constraints.allowed.iter().any(|allowed| allowed == text.trim());
    (!is_reference && !is_listed).then_some(text)
}

/// Each kind of personal data in a text once, in the order of the kinds: what it is called, and the text masked.
fn find(text: &str) -> Vec<(&'static str, String)> {
    let mut found: Vec<(&'static str, String)> = Vec::new();
    // Most texts are words alone, and there are many: what all kinds need is looked for first.
    if !text.contains(|character: char| character == '@' || character.is_ascii_digit()) {
        return found;
    }
    let mut rest = text.to_owned();
    for kind in &KINDS {
        // What one kind has claimed is gone for the next: a telephone number is not an NHS number as well.
        rest = replace(&rest, kind, |masked| found.push((kind.called, masked.to_owned())));
    }
    found.dedup_by(|later, earlier| later.0 == earlier.0);
    found
}

/// The text with every personal datum in it masked.
pub(super) fn masked(text: &str) -> String {
    KINDS.iter().fold(text.to_owned(), |text, kind| replace(&text, kind, |_| ()))
}

/// Masks what is of a kind, and hands over each mask.
fn replace(text: &str, kind: &Kind, mut each: impl FnMut(&str)) -> String {
    let replaced = kind.looks.replace_all(text, |found: &Captures<'_>| {
        let whole = found.get_match();
        if !stands_alone(text, whole.start(), whole.end()) || !(kind.is_one)(whole.as_str()) {
            return whole.as_str().to_owned();
        }
        let mask = (kind.mask)(whole.as_str());
        each(&mask);
        mask
    });
    replaced.into_owned()
}

/// Whether no letter, digit or joining sign stands next to a piece of a text: `INV-0790012345` is one word.
fn stands_alone(text: &str, start: usize, end: usize) -> bool {
    let joins =
        |character: char| character.is_alphanumeric() || matches!(character, '-' | '/' | '_' | '*' | '£' | '.' | ',');
    let before = text[..start].chars().next_back();
    let mut after = text[end..].chars();
    let follows = match after.next() {
        // A full stop or comma ends a sentence, unless a digit follows it.
        Some('.' | ',') => after.next().is_some_and(|character| character.is_ascii_digit()),
        Some(character) => joins(character),
        None => false,
    };
    !before.is_some_and(joins) && !follows
}

fn digits(text: &str) -> Vec<u32> {
    text.chars().filter_map(|character| character.to_digit(10)).collect()
}

/// A number of the United Kingdom's plan: ten or eleven digits from 01, 02, 03, 07, 08 or 09, its area code in one piece.
fn is_phone(text: &str) -> bool {
    let abroad = text.starts_with('+') || text.starts_with("00");
    let national: String = if abroad {
        let rest: String = text.trim_start_matches(['+', '0']).chars().skip(2).filter(char::is_ascii_digit).collect();
        format!("0{}", rest.trim_start_matches('0'))
    } else {
        text.chars().filter(char::is_ascii_digit).collect()
    };
    let begins = national.get(..2).unwrap_or_default();
    let shortest = if begins == "01" { 10 } else { 11 };
    if !["01", "02", "03", "07", "08", "09"].contains(&begins) || !(shortest..=11).contains(&national.len()) {
        return false;
    }
    let first_piece = text.trim_start_matches('(').split([' ', '-', ')']).next().unwrap_or_default();
    abroad || first_piece.len() >= if begins == "01" { 4 } else { 3 }
}

/// Two letters that were given out, six digits, and a letter from A to D.
fn is_insurance(text: &str) -> bool {
    let prefix = text.get(..2).unwrap_or_default().to_uppercase();
    !["BG", "GB", "KN", "NK", "NT", "TN", "ZZ"].contains(&prefix.as_str())
}

/// Ten digits of which the last is the check digit (modulus 11).
fn is_nhs(text: &str) -> bool {
    let digits = digits(text);
    let sum: u32 = digits.iter().take(9).zip((2..=10).rev()).map(|(digit, weight)| digit * weight).sum();
    let check = (11 - sum % 11) % 11;
    digits.len() == 10 && check == digits[9] && digits.iter().any(|digit| *digit != digits[0])
}

/// Letters of a postcode area, and in small letters nothing that is an ordinal, such as `e1 2nd`.
fn is_postcode(text: &str) -> bool {
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
fn masked_ends(text: &str) -> String {
    let start: String = text.chars().take(2).collect();
    let last = text.chars().next_back().map(String::from).unwrap_or_default();
    format!("{start}***{last}")
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
        find(text).into_iter().map(|(called, _)| called).collect()
    }

    #[test]
    fn what_identifies_or_reaches_a_person() {
        for (text, called, shown) in [
            ("Ask jane.doe@example.org about it", "an email address", "Ask j***@e***.org about it"),
            ("o'neil+x@mail.council.gov.uk.", "an email address", "o***@m***.uk."),
            ("ring 07700 900123", "a telephone number", "ring 07***3"),
            ("ring 07700900123.", "a telephone number", "ring 07***3."),
            ("(01905) 722233", "a telephone number", "(0***3"),
            ("020 7946 0958", "a telephone number", "02***8"),
            ("+44 7700 900123", "a telephone number", "+4***3"),
            ("+44 (0)20 7946 0958", "a telephone number", "+4***8"),
            ("NI QQ 12 34 56 C", "", "NI QQ 12 34 56 C"),
            ("NI AB 12 34 56 C", "a National Insurance number", "NI AB***C"),
            ("ab123456d", "a National Insurance number", "ab***d"),
            ("NHS 943 476 5919", "an NHS number", "NHS 94***9"),
            ("9434765919", "an NHS number", "94***9"),
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
            assert_eq!(find(text), [], "{text}");
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
