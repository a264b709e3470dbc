//! A cell as Excel's name box and its Go To take it.

use crate::model::Place;

/// `Spend!F14`, `'PCC funding'!D15`; none where the place is no cell.
pub fn reference(place: &Place) -> Option<String> {
    let (sheet, area) = (place.sheet.as_deref()?, place.area?);
    Some(if is_plain(sheet) { format!("{sheet}!{area}") } else { format!("'{}'!{area}", sheet.replace('\'', "''")) })
}

/// Whether Excel takes a sheet's name without quotes. It takes more names than these, but then the sheet `FY22` is a cell,
/// and `R` a row; in quotes it takes each of them.
fn is_plain(sheet: &str) -> bool {
    let is_row_or_column = ["r", "c", "rc"].contains(&sheet.to_ascii_lowercase().as_str());
    !sheet.is_empty()
        && !is_row_or_column
        && sheet.chars().all(|character| character.is_ascii_alphabetic() || character == '_')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Area, Position};

    #[test]
    fn sheets_are_quoted_where_excel_needs_it() {
        for (sheet, expected) in [
            ("Spend", "Spend!F14"),
            ("PCC_funding", "PCC_funding!F14"),
            ("PCC funding", "'PCC funding'!F14"),
            ("Bob's", "'Bob''s'!F14"),
            // Without quotes these are a cell, a row, and a sum.
            ("FY22", "'FY22'!F14"),
            ("R", "'R'!F14"),
            ("rc", "'rc'!F14"),
            ("Q1+Q2", "'Q1+Q2'!F14"),
            ("Café", "'Café'!F14"),
        ] {
            let cell: Position = "F14".parse().unwrap();
            assert_eq!(reference(&Place::area(&"Book.xlsx".into(), &sheet.into(), cell)).as_deref(), Some(expected));
        }
        let (first, last) = ("E6".parse().unwrap(), "E36".parse().unwrap());
        let area = Place::area(&"Book.xlsx".into(), &"Spend".into(), Area::new(first, last));
        assert_eq!(reference(&area).as_deref(), Some("Spend!E6:E36"));
        assert_eq!(reference(&Place::sheet(&"Book.xlsx".into(), &"Spend".into())), None);
        assert_eq!(reference(&Place::inbox()), None);
    }
}
