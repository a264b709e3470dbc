//! Formulas of the binary formats, `.xls` and `.xlsb`, as far as calamine 0.38 reads them.
//!
//! Found by trying, with LibreOffice's own files: `>` and `>=` are read one for the other, and of cells on other sheets the
//! columns are wrong, and of areas there the sheet. The first is put right; of the second only the sheet is kept.

/// The errors that a formula may hold.
const ERRORS: [&str; 7] = ["#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NULL!", "#NUM!", "#N/A"];

/// A call of a function that is newer than the format, as calamine reads it: `User(_xlfn.IFERROR,A1,0)`.
const NEWER: &str = "User(_xlfn.";
const NEWER_CALL: &str = "User(";

/// The formula as Excel shows it. Cells of other sheets stand as `Rates!?`, which no one takes for cells. None where
/// calamine does not know the formula.
pub(super) fn formula(text: &str) -> Option<String> {
    if text.starts_with("Unrecognised formula") {
        return None;
    }
    let mut written = String::with_capacity(text.len() + 2);
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let error = ERRORS.iter().find(|error| rest.starts_with(**error));
        let (taken, put) = if let Some(error) = error {
            (error.len(), *error)
        } else if first == '"' {
            let length = text_length(rest);
            (length, &rest[..length])
        } else if rest.starts_with(NEWER) && !written.ends_with(|last: char| last.is_alphanumeric()) {
            let name = &rest[NEWER_CALL.len()..];
            // The name of the function is the first of the arguments.
            let length = name.find([',', ')']).unwrap_or(name.len());
            written.push_str(&name[..length]);
            (NEWER_CALL.len() + length + usize::from(name[length..].starts_with(',')), "(")
        } else if first == '!' {
            let cells = 1 + rest[1..].find(|sign| !is_of_reference(sign)).unwrap_or(rest.len() - 1);
            if rest[1..].starts_with('#') { (1, "!") } else { (cells, "!?") }
        } else if rest.starts_with("<>") {
            (2, "<>")
        } else if rest.starts_with(">=") {
            (2, ">")
        } else if first == '>' {
            (1, ">=")
        } else {
            (first.len_utf8(), &rest[..first.len_utf8()])
        };
        written.push_str(put);
        rest = &rest[taken..];
    }
    Some(written)
}

/// The length of a text in quotation marks at the beginning of the rest. One that stands twice is part of it, and makes
/// two such texts of it here, which comes to the same.
fn text_length(rest: &str) -> usize {
    rest[1..].find('"').map_or(rest.len(), |end| end + 2)
}

fn is_of_reference(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '$' | ':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_calamine_confuses() {
        for (read, shown) in [
            ("SUM(F4:F7)", "SUM(F4:F7)"),
            ("IF(B2>=5,1,0)", "IF(B2>5,1,0)"),
            ("IF(B2>5,1,0)", "IF(B2>=5,1,0)"),
            ("IF(B2<>5,B2<=5,B2<5)", "IF(B2<>5,B2<=5,B2<5)"),
            ("SUMIF(A1:A9,\">5\",B1:B9)", "SUMIF(A1:A9,\">5\",B1:B9)"),
            ("\"a\"\">b\"&C1", "\"a\"\">b\"&C1"),
            ("Other sheet!CW$9*2", "Other sheet!?*2"),
            ("SUM(Lines!$BTRM$1:$BTRM$2)+1", "SUM(Lines!?)+1"),
            ("Rates!#REF!+#REF!", "Rates!#REF!+#REF!"),
            ("IFERROR(#DIV/0!,0)", "IFERROR(#DIV/0!,0)"),
            ("User(_xlfn.IFERROR,1/0,User(_xlfn.DAYS))", "_xlfn.IFERROR(1/0,_xlfn.DAYS())"),
            ("User(Rate,1)", "User(Rate,1)"),
            ("\"open", "\"open"),
        ] {
            assert_eq!(formula(read).as_deref(), Some(shown), "{read}");
        }
        assert_eq!(formula("Unrecognised formula for cell (1, 2)"), None);
    }
}
