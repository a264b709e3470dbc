//! Words within sentences: lists, first letters, and texts of cells on one short line.

/// The longest text that a message quotes whole, in characters.
const LONGEST_QUOTE: usize = 60;

/// `a`, `a and b`, `a, b and c`; nothing for an empty list.
pub fn listed<T: AsRef<str>>(items: &[T], joined_by: &str) -> String {
    match items {
        [] => String::new(),
        [only] => only.as_ref().to_owned(),
        [most @ .., last] => {
            let most: Vec<&str> = most.iter().map(AsRef::as_ref).collect();
            format!("{} {joined_by} {}", most.join(", "), last.as_ref())
        }
    }
}

/// A text as it begins a sentence: its first letter is a capital.
pub fn capitalised(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// A text on one line, with one space between its words.
pub fn on_one_line(text: &str) -> String {
    // Where a null character stands, some programs take the text for ended.
    text.replace('\0', "\u{fffd}").split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text as a message quotes it, cut where it is long.
pub fn cut_where_long(text: &str) -> String {
    if text.chars().count() <= LONGEST_QUOTE {
        return text.to_owned();
    }
    let start: String = text.chars().take(LONGEST_QUOTE).collect();
    format!("{}…", start.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists() {
        assert_eq!(listed::<&str>(&[], "or"), "");
        assert_eq!(listed(&["a"], "or"), "a");
        assert_eq!(listed(&["a", "b"], "and"), "a and b");
        assert_eq!(listed(&["a", "b", "c"], "or"), "a, b or c");
    }

    #[test]
    fn first_letters() {
        for (given, expected) in [("the lines", "The lines"), ("D5 says", "D5 says"), ("écart", "Écart"), ("", "")] {
            assert_eq!(capitalised(given), expected);
        }
    }
}
