//! Texts of a sheet as they are written in the pack.

/// Words that YAML takes for yes, no or nothing.
const WORDS: [&str; 10] = ["true", "false", "yes", "no", "on", "off", "y", "n", "null", "~"];

/// A text as a part of a list in brackets: in quotation marks where YAML would take it for something else.
pub(super) fn in_list(text: &str) -> String {
    let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let is_plain = text.starts_with(char::is_alphabetic)
        && text.chars().all(|sign| sign.is_alphanumeric() || " -_/().£%&+".contains(sign))
        && !WORDS.contains(&text.to_lowercase().as_str());
    if is_plain { text } else { format!("'{}'", text.replace('\'', "''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoted_where_needed() {
        for (text, written) in [
            ("Forecast", "Forecast"),
            ("Spend (£000)", "Spend (£000)"),
            (" Date\npaid ", "Date paid"),
            ("2022", "'2022'"),
            ("No", "'No'"),
            ("Actual, April", "'Actual, April'"),
            ("Officer's", "'Officer''s'"),
            ("Total: all", "'Total: all'"),
            ("£", "'£'"),
            ("", "''"),
        ] {
            assert_eq!(in_list(text), written);
        }
    }
}
