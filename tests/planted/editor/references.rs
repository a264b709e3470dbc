//! The cells that a formula names, when they move.

use std::sync::LazyLock;

use crosscast::model::Position;
use regex::{Captures, Regex};

static REFERENCE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r#"("[^"]*"|'[^']*'!)|(\$?)\b([A-Z]{1,3})(\$?)([1-9]\d{0,6})\b"#).unwrap());

/// A formula of which every cell stands elsewhere; what stands between quotes is left alone, and so are the dollar signs.
pub fn moved(formula: &str, place: impl Fn(Position) -> Position) -> String {
    let named = |found: &Captures<'_>| {
        let (Some(letters), Some(digits)) = (found.get(3), found.get(5)) else { return found[0].to_owned() };
        let cell = format!("{}{}", letters.as_str(), digits.as_str());
        let Ok(position) = cell.parse::<Position>() else { return found[0].to_owned() };
        let there = place(position).to_string();
        let digits_at = there.find(|character: char| character.is_ascii_digit()).expect("a row");
        format!("{}{}{}{}", &found[2], &there[..digits_at], &found[4], &there[digits_at..])
    };
    REFERENCE.replace_all(formula, named).into_owned()
}
