//! Functions of single values: arithmetic, days, texts, and what a value is.

use super::operators::power;
use super::rounding::{Way, rounded};
use super::value::{Computed, DIVISION, NOT_AVAILABLE, NUMBER, VALUE};
use super::{Evaluated, Evaluator, NotRecalculated, dates};

/// The names of the functions here, those of days apart.
const NAMES: [&str; 29] = [
    "ABS",
    "INT",
    "MOD",
    "ROUND",
    "ROUNDUP",
    "ROUNDDOWN",
    "TRUNC",
    "SIGN",
    "SQRT",
    "POWER",
    "NOT",
    "ISNUMBER",
    "ISTEXT",
    "ISNONTEXT",
    "ISLOGICAL",
    "ISERROR",
    "ISERR",
    "ISNA",
    "LEN",
    "LEFT",
    "RIGHT",
    "MID",
    "TRIM",
    "UPPER",
    "LOWER",
    "CONCATENATE",
    "VALUE",
    "N",
    "EXACT",
];

/// Whether a function takes single values and is known here.
pub(super) fn is_known(name: &str) -> bool {
    NAMES.contains(&name) || dates::NAMES.contains(&name)
}

/// Calls a function with single values.
///
/// # Errors
/// [`NotRecalculated::Function`] when it is not known here; [`NotRecalculated::Way`] when it is called in another way than
/// Excel allows.
pub(super) fn call(evaluator: &Evaluator<'_>, name: &str, given: &[Computed]) -> Evaluated<Computed> {
    if !is_known(name) {
        return Err(NotRecalculated::Function(name.to_owned()));
    }
    if let Some(answer) = kind(name, given) {
        return Ok(Computed::Boolean(answer));
    }
    if let Some(error) = given.iter().find(|value| value.is_error()) {
        return Ok(error.clone());
    }
    if name == "NOT" && given.len() == 1 {
        return Ok(given[0].as_boolean().map_or_else(|error| error, |value| Computed::Boolean(!value)));
    }
    if let Some(computed) = text(name, given) {
        return computed;
    }
    let mut numbers = Vec::with_capacity(given.len());
    for value in given {
        match value.as_number()? {
            Ok(number) => numbers.push(number),
            Err(error) => return Ok(error),
        }
    }
    if let Some(computed) = dates::call(evaluator, name, &numbers) {
        return computed;
    }
    arithmetic(evaluator, name, &numbers).ok_or_else(|| NotRecalculated::Way(name.to_owned()))
}

/// What a value is: ISNUMBER and its kin.
fn kind(name: &str, given: &[Computed]) -> Option<bool> {
    let [value] = given else { return None };
    Some(match name {
        "ISNUMBER" => matches!(value, Computed::Number(_)),
        "ISTEXT" => matches!(value, Computed::Text(_)),
        "ISNONTEXT" => !matches!(value, Computed::Text(_)),
        "ISLOGICAL" => matches!(value, Computed::Boolean(_)),
        "ISERROR" => value.is_error(),
        "ISNA" => *value == Computed::error(NOT_AVAILABLE),
        "ISERR" => value.is_error() && *value != Computed::error(NOT_AVAILABLE),
        _ => return None,
    })
}

fn arithmetic(evaluator: &Evaluator<'_>, name: &str, given: &[f64]) -> Option<Computed> {
    let decimals = |given: f64| given.clamp(-400.0, 400.0).trunc() as i32;
    let number = match (name, given) {
        ("ABS", [number]) => number.abs(),
        ("INT", [number]) => {
            near_a_whole_number(evaluator, *number);
            number.floor()
        }
        ("MOD", [_, divisor]) if *divisor == 0.0 => return Some(Computed::error(DIVISION)),
        ("MOD", [number, divisor]) => {
            near_a_whole_number(evaluator, number / divisor);
            number - divisor * (number / divisor).floor()
        }
        ("ROUND", [number, to]) => rounded(*number, decimals(*to), Way::Nearest),
        ("ROUNDUP", [number, to]) => rounded(*number, decimals(*to), Way::Up),
        ("ROUNDDOWN" | "TRUNC", [number, to]) => rounded(*number, decimals(*to), Way::Down),
        ("TRUNC", [number]) => rounded(*number, 0, Way::Down),
        ("SIGN", [number]) if *number == 0.0 => 0.0,
        ("SIGN", [number]) => number.signum(),
        ("SQRT", [number]) if *number < 0.0 => return Some(Computed::error(NUMBER)),
        ("SQRT", [number]) => number.sqrt(),
        ("POWER", [base, exponent]) => return Some(power(*base, *exponent)),
        _ => return None,
    };
    Some(Computed::number(number))
}

/// Doubts what is cut off a number that is all but whole: by its last digits it may be the whole number.
fn near_a_whole_number(evaluator: &Evaluator<'_>, number: f64) {
    let apart = (number - number.round()).abs();
    if apart != 0.0 && apart <= 1e-12 * number.abs().max(1.0) {
        evaluator.doubt(NotRecalculated::LastDigits);
    }
}

/// Functions of texts; none when the name is not one of theirs.
fn text(name: &str, given: &[Computed]) -> Option<Evaluated<Computed>> {
    const OF_TEXTS: [&str; 12] =
        ["LEN", "LEFT", "RIGHT", "MID", "TRIM", "UPPER", "LOWER", "CONCATENATE", "VALUE", "N", "EXACT", "T"];
    OF_TEXTS.contains(&name).then(|| of_texts(name, given))
}

fn of_texts(name: &str, given: &[Computed]) -> Evaluated<Computed> {
    let way = || NotRecalculated::Way(name.to_owned());
    if name == "N" {
        return match given {
            [Computed::Number(number)] => Ok(Computed::Number(*number)),
            [Computed::Boolean(value)] => Ok(Computed::Number(f64::from(u8::from(*value)))),
            [_] => Ok(Computed::Number(0.0)),
            _ => Err(way()),
        };
    }
    if let ("VALUE", [value]) = (name, given) {
        return Ok(value.as_number()?.map_or_else(|error| error, Computed::Number));
    }
    let is_cut = matches!(name, "LEFT" | "RIGHT" | "MID");
    let texts = if is_cut { &given[..given.len().min(1)] } else { given };
    let mut words = Vec::new();
    for value in texts {
        match value.as_text()? {
            Ok(word) => words.push(word),
            Err(error) => return Ok(error),
        }
    }
    let mut counts = Vec::new();
    for value in given.iter().skip(usize::from(is_cut)).filter(|_| is_cut) {
        match value.as_number()? {
            Ok(number) if number >= 0.0 => counts.push(number.min(1e6) as usize),
            Ok(_) => return Ok(Computed::error(VALUE)),
            Err(error) => return Ok(error),
        }
    }
    // Excel counts the letters of texts in units of 16 bits.
    if words.iter().any(|word| word.chars().any(|letter| letter.len_utf16() > 1)) {
        return Err(way());
    }
    let letters = |word: &str| word.chars().collect::<Vec<char>>();
    Ok(match (name, words.as_slice(), counts.as_slice()) {
        ("LEN", [word], _) => Computed::Number(word.chars().count() as f64),
        ("TRIM", [word], _) => {
            Computed::text(word.split(' ').filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" "))
        }
        ("UPPER", [word], _) => Computed::text(word.to_uppercase()),
        ("LOWER", [word], _) => Computed::text(word.to_lowercase()),
        ("CONCATENATE", words, _) => Computed::text(words.concat()),
        ("EXACT", [first, second], _) => Computed::Boolean(first == second),
        ("LEFT", [word], counts @ ([] | [_])) => {
            let count = counts.first().copied().unwrap_or(1);
            Computed::text(letters(word).into_iter().take(count).collect::<String>())
        }
        ("RIGHT", [word], counts @ ([] | [_])) => {
            let letters = letters(word);
            let from = letters.len().saturating_sub(counts.first().copied().unwrap_or(1));
            Computed::text(letters[from..].iter().collect::<String>())
        }
        ("MID", [_], [0, _]) => Computed::error(VALUE),
        ("MID", [word], [from, count]) => {
            Computed::text(letters(word).into_iter().skip(from - 1).take(*count).collect::<String>())
        }
        _ => return Err(way()),
    })
}
