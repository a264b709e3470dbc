//! Names that are alike: those that are the same but for letter case and spaces, and what a misspelt one was likely meant
//! to be.

use std::collections::BTreeSet;

/// The least similarity (Jaro-Winkler, 0 to 1) at which a match is offered.
const THRESHOLD: f64 = 0.85;

/// A name by which headings, sheets and roles are compared: lower case, trimmed, one space (or line break, or
/// non-breaking space) between words. Marks that have no width are left out.
pub fn name_key(name: &str) -> String {
    let visible: String = name.chars().filter(|character| !matches!(character, '\u{200b}' | '\u{feff}')).collect();
    visible.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase()
}

/// As [`name_key`], for the labels of a form: a colon at the end is forgiven too.
pub fn label_key(label: &str) -> String {
    name_key(label).trim_end_matches(':').trim_end().to_owned()
}

/// The known name that is most like the given one, letter case aside; none when nothing is near.
///
/// Ties go to the name that sorts first, so that the answer does not depend on the order of the names.
pub fn likely_match<'a>(given: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let given = given.to_lowercase();
    let sorted: BTreeSet<&str> = known.into_iter().collect();
    let mut best = (THRESHOLD, None);
    for name in sorted {
        let similarity = strsim::jaro_winkler(&given, &name.to_lowercase());
        if similarity > best.0 {
            best = (similarity, Some(name));
        }
    }
    best.1
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spaces_and_letter_case_are_forgiven() {
        assert_eq!(name_key("  Date\u{a0}paid "), "date paid");
        assert_eq!(name_key("DATE\nPAID\u{200b}"), "date paid");
        assert_ne!(name_key("Datepaid"), "date paid");
        assert_eq!(
            (label_key("Date paid :"), name_key("Date paid:")),
            ("date paid".to_owned(), "date paid:".to_owned())
        );
    }

    #[test]
    fn nearest() {
        let projects = ["Hate Crime", "Crimestoppers", "Youth ASB & Wellness Youth Mentoring"];
        assert_eq!(likely_match("Youh ASB & Wellness Youth Mentoring", projects), Some(projects[2]));
        assert_eq!(likely_match("hate crimes", projects), Some("Hate Crime"));
        assert_eq!(likely_match("Street lighting", projects), None);
    }
}
