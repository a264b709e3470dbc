//! Amounts, dates and months as officers type them.

use crosscast::model::{Money, Month};
use crosscast::read::date_from_text;

/// What is read from a text, written again in the plain way, is read as the same.
pub fn texts(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    if let Ok(amount) = Money::from_text(text) {
        assert_eq!(Money::from_text(&amount.plain()), Ok(amount), "{text}");
        assert_eq!(Money::from_text(&amount.to_string()), Ok(amount), "{text}");
        assert_eq!(Money::from_number(amount.pounds()), Ok(amount), "{text}");
        let digits = |text: &str| text.bytes().filter(|byte| (b'1'..=b'9').contains(byte)).collect::<Vec<_>>();
        assert_eq!(digits(&amount.plain()), digits(text), "{text}: a digit was lost or made up");
    }
    if let Some(month) = Month::from_text(text) {
        assert_eq!(Month::from_text(&month.iso()), Some(month), "{text}");
        assert_eq!(Month::from_text(&month.to_string()), Some(month), "{text}");
    }
    if let Some(day) = date_from_text(text) {
        assert_eq!(date_from_text(&day.format("%d/%m/%Y").to_string()), Some(day), "{text}");
    }
    // The bytes as a number, as a cell holds it.
    if let Some(number) = bytes.first_chunk().map(|first| f64::from_le_bytes(*first))
        && let Ok(amount) = Money::from_number(number)
    {
        assert!((amount.pounds() - number).abs() <= number.abs() * 1e-14 + 1e-9, "{number}");
    }
}
