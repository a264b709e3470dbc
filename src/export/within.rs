//! Texts that Excel takes only up to a length, such as the prompts of data validation.

/// A text of at most so many characters as Excel counts them (UTF-16 code units, of which an emoji has two): cut behind a
/// sentence or a word, with a mark where it was cut.
pub fn within(text: &str, most: usize) -> String {
    if text.encode_utf16().count() <= most {
        return text.to_owned();
    }
    let mut length = 0;
    let fits = |character: &char| {
        length += character.len_utf16();
        length < most
    };
    let start: String = text.chars().take_while(fits).collect();
    // A whole sentence needs no mark.
    if let Some(end) = start.rfind(". ").filter(|end| *end * 2 > start.len()) {
        return start[..=end].to_owned();
    }
    let kept = start.rfind(' ').map_or(start.as_str(), |end| &start[..end]);
    format!("{}…", kept.trim_end_matches([',', ';', ' ']))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_cut_where_they_may_be() {
        assert_eq!(within("Short.", 10), "Short.");
        assert_eq!(within("One sentence. And another.", 20), "One sentence.");
        assert_eq!(within("One of the list: A, B or C", 22), "One of the list: A…");
        assert!(within(&"word ".repeat(100), 225).chars().count() <= 225);
        assert_eq!(within("0123456789", 10), "0123456789");
        assert_eq!(within("0123456789x", 10), "012345678…");
        // Six locks are twelve to Excel.
        assert_eq!(within(&"\u{1f512}".repeat(6), 12), "\u{1f512}".repeat(6));
        assert_eq!(within(&"\u{1f512}".repeat(6), 11), format!("{}…", "\u{1f512}".repeat(5)));
    }
}
