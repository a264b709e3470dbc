//! International bank account numbers, by the forms that the countries registered (ISO 13616).

use std::sync::LazyLock;

use regex::Regex;

use super::kinds::{Sight, compiled};

/// Countries, and what follows their letters and the two check digits: `4a14n` is four letters and fourteen digits, and `c`
/// is either.
const FORMS: [(&str, &str); 53] = [
    ("AD", "8n12c"),
    ("AE|IL|SO|TL", "19n"),
    ("AL|CY", "8n16c"),
    ("AT|BA|EE|LT|MN|XK", "16n"),
    ("AZ", "4a20c"),
    ("BE", "12n"),
    ("BG", "4a6n8c"),
    ("BH", "4a14c"),
    ("BI|DJ|MR", "23n"),
    ("BR", "23n1a1c"),
    ("BY", "4c4n16c"),
    ("CH|LI", "5n12c"),
    ("CR|DE|ME|RS|VA", "18n"),
    ("CZ|ES|SE|SK|TN", "20n"),
    ("DK|FI|FO|GL|SD", "14n"),
    ("DO", "4c20n"),
    ("EG", "25n"),
    ("FK", "2a12n"),
    ("FR|MC", "10n11c2n"),
    ("GB|IE", "4a14n"),
    ("GE", "2a16n"),
    ("GI", "4a15c"),
    ("GR", "7n16c"),
    ("GT", "24c"),
    ("HR", "17n"),
    ("HU|PL", "24n"),
    ("IQ", "4a15n"),
    ("IS", "22n"),
    ("IT|SM", "1a10n12c"),
    ("JO|YE", "4a4n18c"),
    ("KW", "4a22c"),
    ("KZ|LU", "3n13c"),
    ("LB", "4n20c"),
    ("LC", "4a24c"),
    ("LV", "4a13c"),
    ("LY|PT|ST", "21n"),
    ("MD", "20c"),
    ("MK", "3n10c2n"),
    ("MT", "4a5n18c"),
    ("MU", "4a19n3a"),
    ("NI|SV", "4a20n"),
    ("NL", "4a10n"),
    ("NO", "11n"),
    ("OM", "3n16c"),
    ("PK|RO", "4a16c"),
    ("PS|QA", "4a21c"),
    ("RU", "14n15c"),
    ("SA", "2n18c"),
    ("SC", "4a20n3a"),
    ("SI", "15n"),
    ("TR", "6n16c"),
    ("UA", "6n19c"),
    ("VG", "4a16n"),
];

/// An IBAN, in one piece or in groups.
pub(super) static IBAN: LazyLock<Regex> = LazyLock::new(|| {
    let forms = FORMS.map(|(countries, form)| format!(r"(?:{countries}) ?\d\d{}", pattern(form)));
    compiled(&format!("(?i)(?:{})", forms.join("|")))
});

/// The pattern of a form, in which a space or hyphen may stand before each character.
fn pattern(form: &str) -> String {
    let mut pattern = String::new();
    let mut count = String::new();
    for character in form.chars() {
        let class = match character {
            'n' => "[0-9]",
            'a' => "[A-Z]",
            'c' => "[A-Z0-9]",
            digit => {
                count.push(digit);
                continue;
            }
        };
        pattern.push_str(&format!("(?:[ -]?{class}){{{count}}}"));
        count.clear();
    }
    pattern
}

/// Whether what has the form of an IBAN is one: the check digits are those of the rest (modulus 97).
///
/// Outside the United Kingdom its country is in capitals and holds on to the check digits, or else the whole is in one
/// piece: `no 12 3456 7890 123` is Norwegian only by chance.
pub(super) fn is_iban(sight: &Sight<'_>) -> bool {
    let country = sight.it.get(..2).unwrap_or_default();
    let is_british = country.eq_ignore_ascii_case("GB");
    let is_whole = !sight.it.contains([' ', '-']);
    let is_printed =
        country.chars().all(char::is_uppercase) && sight.it[2..].starts_with(|next: char| next.is_ascii_digit());
    (is_british || is_whole || is_printed) && is_checked(sight.it)
}

fn is_checked(text: &str) -> bool {
    let plain: Vec<char> = text.chars().filter(char::is_ascii_alphanumeric).collect();
    let (Some(country), Some(rest)) = (plain.get(..4), plain.get(4..)) else { return false };
    let remainder = rest.iter().chain(country).filter_map(|character| character.to_digit(36)).fold(0, |sum, value| {
        let shift = if value > 9 { 100 } else { 10 };
        (sum * shift + value) % 97
    });
    remainder == 1
}

#[cfg(test)]
mod tests {
    use super::super::kinds::{find, masked};

    #[test]
    fn ibans_of_any_country() {
        for (text, shown) in [
            ("IE29 AIBK 9311 5212 3456 78", "IE***8"),
            ("to IE29AIBK93115212345678/AIBKIE2D.", "to IE***8/AIBKIE2D."),
            ("ie29aibk93115212345678", "ie***8"),
            ("IE29-AIBK-9311-5212-3456-78 by Friday", "IE***8 by Friday"),
            ("IBAN:DE89 3704 0044 0532 0130 00", "IBAN:DE***0"),
            ("FR14 2004 1010 0505 0001 3M02 606, thanks", "FR***6, thanks"),
            ("NL91 ABNA 0417 1643 00", "NL***0"),
            ("NO93 8601 1117 947", "NO***7"),
            ("MT84 MALT 0110 0001 2345 MTLC AST0 01S", "MT***S"),
            ("gb29 nwbk 6016 1331 9268 19", "gb***9"),
        ] {
            assert_eq!(masked(text), shown);
            assert_eq!(find(text).unwrap().called, ["bank details"], "{text}");
        }
    }

    #[test]
    fn near_misses() {
        for text in [
            "IE29 AIBK 9311 5212 3456 79",
            "IE29 AIBK 9311 5212 3456 7",
            "DE89 3704 0044 0532 0130 01",
            "DE89370400440532013000X",
            "account no 93 8601 1117 947",
            "order no93 8601 1117 947",
            "XX29 AIBK 9311 5212 3456 78",
            "PO93 8601 1117 947",
            "REF-NO12345678901",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
