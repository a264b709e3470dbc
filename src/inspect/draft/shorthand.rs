//! Texts that stand where figures or days belong, and what they usually mean.

/// A text, in lower case, and what it usually stands for: a figure, or no value and what the text means.
const KNOWN: [(&str, &str); 30] = [
    ("-", "0"),
    ("\u{2013}", "0"),
    ("\u{2014}", "0"),
    ("nil", "0"),
    ("none", "0"),
    ("..", "not available"),
    ("...", "not available"),
    (":", "not available"),
    ("[x]", "not available"),
    ("x", "not available"),
    ("#", "not available"),
    ("[z]", "not applicable"),
    ("z", "not applicable"),
    (".", "not applicable"),
    ("n/a", "not applicable"),
    ("na", "not applicable"),
    ("not applicable", "not applicable"),
    ("[c]", "kept back as confidential"),
    ("c", "kept back as confidential"),
    ("*", "kept back as confidential"),
    ("[low]", "less than half of the last digit shown"),
    ("[u]", "of low reliability"),
    ("[w]", "no data collected"),
    ("not held", "not held"),
    ("not known", "not known"),
    ("unknown", "not known"),
    ("not available", "not available"),
    ("tbc", "to be confirmed"),
    ("tba", "to be confirmed"),
    ("no data", "no data"),
];

/// What a text stands for where a figure or a day belongs; none of a text that is no known shorthand.
pub(super) fn meaning(text: &str) -> Option<&'static str> {
    let lower = text.trim().to_lowercase();
    KNOWN.iter().find(|(known, _)| *known == lower).map(|(_, meaning)| *meaning)
}

/// Whether a text asks for a choice, as a template's cells do before they are filled in.
pub(super) fn asks_for_a_choice(text: &str) -> bool {
    let bare = text.trim().trim_matches(['<', '>', '[', ']', '(', ')', '-', ' ', '.', '\u{2026}']).to_lowercase();
    let asks = ["select", "please select", "choose", "please choose", "pick from list", "enter", "please enter"];
    bare.len() <= 40
        && asks.iter().any(|begin| bare == *begin || bare.starts_with(&format!("{begin} ")))
        && (text.trim().starts_with(['<', '[', '(', '-'])
            || bare.starts_with("please")
            || asks.contains(&bare.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_shorthand() {
        for (text, expected) in [
            ("NIL", Some("0")),
            ("[x]", Some("not available")),
            (" .. ", Some("not available")),
            ("12", None),
            ("seven", None),
        ] {
            assert_eq!(meaning(text), expected, "{text}");
        }
    }

    #[test]
    fn what_asks_for_a_choice() {
        for text in ["< Select >", "Please select", "Select\u{2026}", "[Choose one]", "<Enter name>"] {
            assert!(asks_for_a_choice(text), "{text}");
        }
        for text in ["Selection panel", "Select committee", "Enterprise", "A choice"] {
            assert!(!asks_for_a_choice(text), "{text}");
        }
    }
}
