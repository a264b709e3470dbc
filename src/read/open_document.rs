//! Formulas of OpenDocument, written as Excel writes them.

/// `of:=SUM([.D4:.D8];[$Lists.A1])` as `SUM(D4:D8,$Lists!A1)`: without `=`, commas between arguments.
pub(super) fn formula(text: &str) -> String {
    let body = text.split_once('=').map_or(text, |(_, body)| body);
    let mut written = String::with_capacity(body.len());
    let mut rest = body.chars();
    let mut in_text = false;
    while let Some(character) = rest.next() {
        match character {
            '"' => {
                in_text = !in_text;
                written.push(character);
            }
            '[' if !in_text => {
                let reference: String = rest.by_ref().take_while(|character| *character != ']').collect();
                written.push_str(&area(&reference));
            }
            ';' if !in_text => written.push(','),
            _ => written.push(character),
        }
    }
    written
}

/// `.D4:.D8` as `D4:D8`, `$Lists.A1:.A9` as `Lists!A1:A9`.
pub(super) fn area(reference: &str) -> String {
    let cells: Vec<String> = reference.split(':').map(cell).collect();
    cells.join(":")
}

fn cell(reference: &str) -> String {
    match reference.rsplit_once('.') {
        Some(("", cell)) => cell.to_owned(),
        Some((sheet, cell)) => format!("{}!{cell}", sheet.trim_start_matches('$')),
        None => reference.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn as_excel_writes_them() {
        for (open_document, excel) in [
            ("of:=SUM([.D4:.D8])", "SUM(D4:D8)"),
            ("of:=[.C4]-[.$E$4]", "C4-$E$4"),
            ("of:=IF([$Lists.A1]=\"a;[b]\";1;0)", "IF(Lists!A1=\"a;[b]\",1,0)"),
            ("of:=SUM([$'PCC funding'.D5:.D14])", "SUM('PCC funding'!D5:D14)"),
        ] {
            assert_eq!(formula(open_document), excel);
        }
    }
}
