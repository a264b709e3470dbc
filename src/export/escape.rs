//! Text for HTML and XML.

/// The text with what means something in markup written as character references, for an element as for an attribute.
/// What acts without being markup (control characters, changes of direction) is the caller's to show first.
pub fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            '\'' => escaped.push_str("&#39;"),
            other => escaped.push(other),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markup_becomes_text() {
        assert_eq!(escaped("<a href=\"x\">Tom & Ann's"), "&lt;a href=&quot;x&quot;&gt;Tom &amp; Ann&#39;s");
    }
}
