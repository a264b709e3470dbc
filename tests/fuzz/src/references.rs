//! A1 notation and formulas.

use crosscast::formula;
use crosscast::model::{Area, Position};

/// A reference that is read is written as it was, and a formula is read or refused, whatever it is.
pub fn references(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(position) = text.parse::<Position>() {
        assert!(position.is_on_sheet(), "{text}");
        assert_eq!(position.to_string().parse(), Ok(position), "{text}");
        let plain = text.trim().replace('$', "").to_uppercase();
        let (letters, digits) = plain.split_at(plain.find(|sign: char| sign.is_ascii_digit()).unwrap_or(0));
        assert_eq!(position.to_string(), format!("{letters}{}", digits.trim_start_matches('0')), "{text}");
        assert_eq!(Area::from(position).to_string(), position.to_string());
    }
    if let Ok(formula) = formula::parse(text) {
        let _ = (formula.references(), formula.uses(), formula.sums(), formula.functions(), formula.is_volatile());
        let at = Position::new(9, 3);
        assert_eq!(formula.shape(at), formula.shape(at));
    }
    let _ = formula::without_texts(text);
}
