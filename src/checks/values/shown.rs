//! A number as its cell's format shows it, for formats that only round: what a reader sees of more digits.

use crate::model::Difference;

/// What a cell with a number format shows; none for a format that does more than round, group and put a pound sign before
/// the number, and for General.
pub(in crate::checks) fn as_shown(number: f64, format: &str) -> Option<String> {
    let sections: Vec<&str> = format.split(';').collect();
    let section = sections.get(1).filter(|_| number < 0.0).unwrap_or(sections.first()?);
    let plain = without_literals(section)?;
    let digits: String = plain.chars().filter(|character| "0#?.,".contains(*character)).collect();
    if digits.is_empty() || plain.chars().any(|character| !"0#?.,£-() ".contains(character)) || digits.ends_with(',') {
        return None;
    }
    let decimals = digits.split_once('.').map_or(0, |(_, after)| after.len());
    let sign = if number < 0.0 { "-" } else { "" };
    let pound = if plain.contains('£') { "£" } else { "" };
    let rounded = format!("{:.decimals$}", number.abs());
    let text = if digits.contains(',') { grouped(&rounded)? } else { rounded };
    Some(format!("{sign}{pound}{text}"))
}

/// A number's text with commas between its thousands.
fn grouped(text: &str) -> Option<String> {
    let (whole, decimals) = text.split_once('.').map_or((text, None), |(whole, decimals)| (whole, Some(decimals)));
    let whole = Difference::Count(whole.parse().ok()?).to_string();
    Some(decimals.map_or(whole.clone(), |decimals| format!("{whole}.{decimals}")))
}

/// The section of a format without quotation marks, colours, spaces of a width and fill characters; the currency of
/// `[$£-809]` is kept. None where it has a condition.
fn without_literals(section: &str) -> Option<String> {
    let mut plain = String::new();
    let mut rest = section.chars();
    while let Some(character) = rest.next() {
        match character {
            '"' => plain.extend(rest.by_ref().take_while(|inner| *inner != '"')),
            '_' | '*' => drop(rest.next()),
            '\\' => plain.extend(rest.next()),
            '[' => {
                let inner: String = rest.by_ref().take_while(|inner| *inner != ']').collect();
                match inner.strip_prefix('$') {
                    Some(currency) => plain.extend(currency.chars().take_while(|one| *one != '-')),
                    None if inner.chars().all(char::is_alphabetic) => {}
                    None => return None,
                }
            }
            other => plain.push(other),
        }
    }
    Some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_that_round() {
        for (number, format, shown) in [
            (10.004, "0.00", "10.00"),
            (10.004, "£#,##0.00", "£10.00"),
            (1234.567, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "£1,234.57"),
            (-1234.567, "[$£-809]#,##0.00;[Red]-[$£-809]#,##0.00", "-£1,234.57"),
            (12.5, "0", "12"),
            (13.4, "#,##0", "13"),
            (10.004, "_-\"£\"* #,##0.00_-;-\"£\"* #,##0.00_-", "£10.00"),
        ] {
            assert_eq!(as_shown(number, format).as_deref(), Some(shown), "{format}");
        }
        for format in ["General", "0%", "dd/mm/yyyy", "0.00E+00", "@", "#,##0,", "[>5]0", ""] {
            assert_eq!(as_shown(10.004, format), None, "{format}");
        }
    }
}
