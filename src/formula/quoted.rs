//! A formula as messages quote it.

/// The formula with `"…"` in place of every text in it, as the name in `=SUMIF(D:D,"Dawn Ltd",F:F)`: what a formula looks
/// for can be a name that is not for every reader. A text without characters stays as it is.
///
/// It need not be one that [`super::parse`] can read; in one that ends within a text, all that follows is that text.
pub fn without_texts(formula: &str) -> String {
    let mut shown = String::with_capacity(formula.len());
    let mut rest = formula;
    while let Some(start) = rest.find(['"', '\'']) {
        let (before, from) = rest.split_at(start);
        shown.push_str(before);
        let mark = if from.starts_with('"') { '"' } else { '\'' };
        let end = end_of_quoted(from, mark);
        let (quoted, after) = from.split_at(end);
        // The name of a sheet stands between apostrophes, and can hold a quotation mark.
        match (mark, quoted) {
            ('"', "\"\"") | ('\'', _) => shown.push_str(quoted),
            _ => shown.push_str("\"…\""),
        }
        rest = after;
    }
    shown.push_str(rest);
    shown
}

/// Where what begins with a mark ends, behind its last mark; two marks within stand for one.
fn end_of_quoted(text: &str, mark: char) -> usize {
    let mut marks = text.match_indices(mark).map(|(index, _)| index).skip(1).peekable();
    while let Some(index) = marks.next() {
        if marks.next_if_eq(&(index + 1)).is_none() {
            return index + 1;
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_in_formulas_are_not_quoted() {
        for (formula, shown) in [
            ("SUM(F4:F9)", "SUM(F4:F9)"),
            ("SUMIF(Spend!D:D,\"Cara Payee\",Spend!F:F)", "SUMIF(Spend!D:D,\"…\",Spend!F:F)"),
            ("IF(A1=\"\",\"\",\"Cara\")", "IF(A1=\"\",\"\",\"…\")"),
            ("\"the \"\"Cara\"\" line\"&A1", "\"…\"&A1"),
            ("\"\"\"Cara\"&A1", "\"…\"&A1"),
            ("{\"Cara\",\"Bob\"}", "{\"…\",\"…\"}"),
            // Names of sheets are not texts, whatever is in them.
            ("'Cara''s \"old\" sheet'!A1&\"Bob\"", "'Cara''s \"old\" sheet'!A1&\"…\""),
            ("\"Cara's\"&'Old spend'!A1", "\"…\"&'Old spend'!A1"),
            // Ends within a text or a name.
            ("A1&\"Cara", "A1&\"…\""),
            ("A1&\"", "A1&\"…\""),
            ("A1&'Cara", "A1&'Cara"),
            ("", ""),
        ] {
            assert_eq!(without_texts(formula), shown, "{formula}");
        }
    }
}
