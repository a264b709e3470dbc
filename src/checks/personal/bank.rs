//! Bank details: sort codes with account numbers, and account numbers that words name.

use std::sync::LazyLock;

use regex::Regex;

use super::kinds::{Sight, compiled, masked_ends};

/// A sort code and an account number after it, with or without the words. Without them the sort code has its hyphens.
pub(super) static PAIR: LazyLock<Regex> = LazyLock::new(|| {
    let named = r"(?: (?:bank\s)? (?:account|acct?|a/?c) \b [\s:;\#.=()-]{0,3} (?: (?:number|num|no|is) \b [\s:;\#.=()-]{0,3} ){0,3} )";
    compiled(&format!(
        r"(?ix) (?: (?: \d\d-\d\d-\d\d | \b sort (?:ing)? [\ -]? code [\s:;\#.=()-]{{0,3}} (?:is\ )? \d\d [\ -]? \d\d [\ -]? \d\d )
        {BETWEEN} {named}? | \d\d\ \d\d\ \d\d {BETWEEN} {named} ) \d{{4}} \ ? \d{{4}}",
    ))
});

/// What stands between a sort code and an account.
const BETWEEN: &str = r"[\s,;:/|&()-]{0,4} (?:and\s)?";

/// An account number of eight digits after words that say so; in two groups of four only where they say that it is a
/// number: `account 2022 2023` is none.
pub(super) static ACCOUNT: LazyLock<Regex> = LazyLock::new(|| {
    compiled(
        r"(?ix) \b (?:account|acct?|a/?c) \b [\s:;\#.=()-]{0,3}
        (?: (?:number|num|no|is) \b [\s:;\#.=()-]{0,3} ){0,3} (?P<it>\d{8})
        | \b (?:account|acct?|a/?c) \b [\s.]{0,2} (?:number|num|no) \b [\s:;\#.=()-]{0,3} (?:is\ )? \d{4}\ \d{4}",
    )
});

/// Words within an account's own that say that it has a number.
static NUMBERED: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)\b(?:number|num|no)\b"));
/// Words near an account that say that a bank keeps it.
static OF_BANK: LazyLock<Regex> =
    LazyLock::new(|| compiled(r"(?i)\b(?:bank|bacs|s/?c|building society|sort(?:ing)?[ -]?code)\b|\binto (?:\w+ )?$"));
/// Words right before an account that say that the books keep it, and no bank.
static OF_BOOKS: LazyLock<Regex> = LazyLock::new(|| compiled(r"(?i)\b(?:ledger|nominal|gl|budget|cost)[ -]$"));

/// How far from an account words count as near it, in characters.
const NEAR: usize = 40;

/// A sort code that words name.
pub(super) static SORT_CODE: LazyLock<Regex> = LazyLock::new(|| {
    compiled(r"(?ix) \b sort (?:ing)? [\ -]? code [\s:;\#.=()-]{0,3} (?:is\ )? (?P<it> \d\d [\ -]? \d\d [\ -]? \d\d )")
});

/// Whether six and eight digits are a sort code and an account: with a day, such as `12-04-22 20220412`, or two years,
/// such as `10-12-14 2022 2023`, they are not.
pub(super) fn is_pair(sight: &Sight<'_>) -> bool {
    let digits = digits(sight.it);
    let (Some(code), Some(account)) = (digits.get(..6), digits.get(6..14)) else { return false };
    let has_words = sight.it.contains(|character: char| character.is_alphabetic());
    has_words || !(is_short_day(code) && is_long_day(account) || is_two_years(account))
}

/// Whether eight digits after the word are the number of an account at a bank: the words say that it is a number, or
/// others near by that a bank keeps it. A day is none, nor is an account of the books.
pub(super) fn is_account(sight: &Sight<'_>) -> bool {
    let account = digits(sight.it);
    if is_long_day(&account) || is_two_years(&account) || OF_BOOKS.is_match(sight.before) {
        return false;
    }
    let cut = sight.before.char_indices().rev().nth(NEAR - 1).map_or(0, |(index, _)| index);
    let end = sight.after.char_indices().nth(NEAR).map_or(sight.after.len(), |(index, _)| index);
    NUMBERED.is_match(sight.whole) || OF_BANK.is_match(&sight.before[cut..]) || OF_BANK.is_match(&sight.after[..end])
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_digit).collect()
}

fn is_two_years(digits: &str) -> bool {
    is_between(&digits[..4], 1900, 2099) && is_between(&digits[4..], 1900, 2099)
}

fn is_short_day(digits: &str) -> bool {
    is_between(&digits[..2], 1, 31) && is_between(&digits[2..4], 1, 12)
}

fn is_long_day(digits: &str) -> bool {
    let year_first =
        is_between(&digits[..4], 1900, 2099) && is_between(&digits[4..6], 1, 12) && is_between(&digits[6..], 1, 31);
    let day_first = is_short_day(digits) && is_between(&digits[4..], 1900, 2099);
    year_first || day_first
}

fn is_between(digits: &str, least: u32, most: u32) -> bool {
    digits.parse().is_ok_and(|number: u32| (least..=most).contains(&number))
}

/// The words as they stand, and of the digits the first two and the last.
pub(super) fn masked_number(text: &str) -> String {
    let (words, number) = text.split_at(text.find(|character: char| character.is_ascii_digit()).unwrap_or_default());
    format!("{words}{}", masked_ends(number))
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{find, masked};

    #[test]
    fn bank_details() {
        for (text, shown) in [
            ("12-34-56 12345678", "12***8"),
            ("to 12-34-56, 12345678.", "to 12***8."),
            ("12 34 56 account 12345678", "12***8"),
            ("12 34 56, a/c no. 1234 5678", "12***8"),
            ("sort code 12 34 56, 12345678", "sort code 12***8"),
            ("12-04-22 12345678", "12***8"),
            ("10-12-14 2022 2100", "10***0"),
            ("12-34-56 / 1234 5678", "12***8"),
            ("01-02-03: a/c no. 12345678", "01***8"),
            ("Sort code 12-34-56, account number 12345678", "Sort code 12***8"),
            ("sort code: 123456 account: 12345678", "sort code: 12***8"),
            ("sort-code 123456 12345678", "sort-code 12***8"),
            ("sort code 12-04-22 account 20220412", "sort code 12***2"),
            ("pay into account 12345678 today", "pay into account 12***8 today"),
            ("Account no 12345678", "Account no 12***8"),
            ("acc no: 12345678", "acc no: 12***8"),
            ("a/c no 12345678", "a/c no 12***8"),
            ("their bank: a/c 12345678", "their bank: a/c 12***8"),
            ("paid into their account 12345678", "paid into their account 12***8"),
            ("sc 12-34-56 ac 12345678", "sc 12***8"),
            ("Acc: 12345678 S/C: 12-34-57", "Acc: 12***8 S/C: 12-34-57"),
            ("by BACS to account 12345678", "by BACS to account 12***8"),
            ("Bank account number is 12345678", "Bank account number is 12***8"),
            ("account no. 1234 5678", "12***8"),
            ("account: 12345678, sort code: 12-34-56", "account: 12***8, sort code: 12***6"),
            ("IBAN GB29 NWBK 6016 1331 9268 19", "IBAN GB***9"),
            ("GB29NWBK60161331926819", "GB***9"),
            ("12\u{2011}34\u{2011}56\u{a0}12345678", "12***8"),
        ] {
            let hits = find(text).unwrap_or_else(|| panic!("{text}"));
            assert_eq!(hits.called, ["bank details"], "{text}");
            // An account number in two groups is masked with the words that say what it is.
            assert!(hits.masked.ends_with(shown), "{text}: {}", hits.masked);
            assert!(!masked(text).contains("345678") && !masked(text).contains("34-56"), "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "12-04-22",
            "12-34-56",
            "Beats 10 12 14 2022 2023",
            "Sessions 12 34 56 1000 2000",
            "10-12-14 2022 2023",
            "12 34 56, 12345678",
            "charged to account 20220412",
            "account number 20220412",
            "ledger account 10004567",
            "ledger account no 10004567",
            "account 10004567",
            "a/c 10004567",
            "AC 10004567",
            "the bank keeps more than forty characters away from it: account 10004567",
            "12-04-22 20220412",
            "12-04-22 to 12-05-22",
            "12345678",
            "INV-0001 12345678",
            "123456 12345678",
            "12-34-56 123456789",
            "12-34-56 £12345678",
            "12-34-56 12345678.00",
            "on account £12345678",
            "account code 12345678",
            "accounts 2022 2023",
            "account 2022-23",
            "account 1234567",
            "account 123456789",
            "account no 12345678-9",
            "GB29 NWBK 6016 1331 9268 18",
            "GB82 WEST 1234 5698 7654 3",
            "GBP 12345678",
            "sort code of practice 2022",
            "sorted 12-04-22",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
