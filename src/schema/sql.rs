//! Reading SQL as far as it must be known where a query begins.

/// What follows the spaces and comments at the start of a text.
pub fn after_spaces(text: &str) -> &str {
    let mut rest = text;
    loop {
        let trimmed = rest.trim_start_matches(|character: char| character.is_whitespace() || character == '\u{feff}');
        let after = if let Some(comment) = trimmed.strip_prefix("--") {
            comment.split_once('\n').map_or("", |(_, after)| after)
        } else if let Some(comment) = trimmed.strip_prefix("/*") {
            comment.split_once("*/").map_or("", |(_, after)| after)
        } else {
            return trimmed;
        };
        rest = after;
    }
}
