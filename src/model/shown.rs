//! What is seen in a cell, as Excel shows it where it is set for Britain.

use super::number_format::{day_shown, number_shown, text_shown};
use super::{GridCell, RawValue, ShownCell};

impl GridCell {
    /// What is seen in the cell, in a column that is wide enough; none where nothing is, as in an empty cell and in that of a
    /// formula without a result. Of a format that is not known the number is shown as it is, and a day as dd/mm/yyyy.
    pub fn shown(&self) -> Option<ShownCell> {
        let format = self.format.as_deref();
        let text = match &self.raw {
            RawValue::Number(number) => number_shown(*number, format),
            RawValue::Date(day) => day_shown(*day, self.serial, format),
            RawValue::Text(text) => text_shown(text, format),
            // Such as 0, which as a time of day is midnight.
            RawValue::ImpossibleDate(held) => match (held.parse(), format) {
                (Ok(number), Some(format)) => number_shown(number, Some(format)),
                _ => held.to_string(),
            },
            RawValue::Empty | RawValue::Boolean(_) | RawValue::Error(_) | RawValue::Damaged => self.raw.shown(),
        };
        let is_number = matches!(self.raw, RawValue::Number(_) | RawValue::Date(_) | RawValue::ImpossibleDate(_));
        (!text.trim().is_empty()).then(|| ShownCell { text: text.trim().into(), is_number })
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;

    fn shown(raw: RawValue, format: Option<&str>) -> Option<(String, bool)> {
        let cell = GridCell { raw, format: format.map(Into::into), ..GridCell::default() };
        cell.shown().map(|shown| (shown.text.to_string(), shown.is_number))
    }

    #[test]
    fn what_is_seen_of_each_kind_of_value() {
        let day = || NaiveDate::from_ymd_opt(2022, 4, 5).unwrap();
        let text = |text: &str| RawValue::Text(text.into());
        for (raw, format, expected, is_number) in [
            (RawValue::Number(6000.0), Some("£#,##0.00"), "£6,000.00", true),
            (RawValue::Number(6000.0), None, "6000", true),
            (RawValue::Date(day()), Some("dd/mm/yyyy"), "05/04/2022", true),
            (RawValue::Date(day()), None, "05/04/2022", true),
            (RawValue::ImpossibleDate("0".into()), Some("hh:mm"), "00:00", true),
            (RawValue::ImpossibleDate("-1".into()), Some("dd/mm/yyyy"), "-1", true),
            (RawValue::ImpossibleDate("31/02/2023".into()), None, "31/02/2023", true),
            (text("  Youth club "), Some("@"), "Youth club", false),
            (text("Youth club"), Some("\"Project: \"@"), "Project: Youth club", false),
            (text("n/a"), Some("#,##0.00"), "n/a", false),
            (RawValue::Boolean(true), Some("0.00"), "TRUE", false),
            (RawValue::Error("#REF!".into()), Some("0.00"), "#REF!", false),
        ] {
            assert_eq!(shown(raw, format), Some((expected.to_owned(), is_number)), "{expected}");
        }
    }

    #[test]
    fn cells_in_which_nothing_is_seen() {
        assert_eq!(shown(RawValue::Empty, None), None);
        assert_eq!(shown(RawValue::Text(" ".into()), None), None);
        assert_eq!(shown(RawValue::Text("a".into()), Some(";;;")), None);
        assert_eq!(shown(RawValue::Number(0.0), Some("#,##0;-#,##0;")), None);
        let formula = GridCell { formula: Some("SUM(A1:A2)".into()), ..GridCell::default() };
        assert_eq!(formula.shown(), None);
    }
}
