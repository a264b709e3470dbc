//! What a misspelt name was likely meant to be.

use std::collections::BTreeSet;

/// The least similarity (Jaro-Winkler, 0 to 1) at which a match is offered.
const THRESHOLD: f64 = 0.85;

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
    fn nearest() {
        let projects = ["Hate Crime", "Crimestoppers", "Youth ASB & Wellness Youth Mentoring"];
        assert_eq!(likely_match("Youh ASB & Wellness Youth Mentoring", projects), Some(projects[2]));
        assert_eq!(likely_match("hate crimes", projects), Some("Hate Crime"));
        assert_eq!(likely_match("Street lighting", projects), None);
    }
}
