//! Look-alikes: letters and digits that are not those that a reader takes them for, and characters that nobody sees.

use std::collections::BTreeMap;

use super::letters::{called, latin_of, may_be_unseen, unseen};
use super::{Context, is_asked};
use crate::checks::runs::{Fault, Run, gather};
use crate::checks::view::ColumnView;
use crate::checks::words::{named, quoted};
use crate::model::{
    About, AmountError, Cause, Cell, Check, Difference, Finding, Kinds, Money, Outcome, Over, Place, Position,
    RawValue, Severity, SheetText, Suggestion, Value, Workbook,
};
use crate::schema::{Field, FieldKind, TableSchema};

/// The most characters of a text that are tried as digits or letters: each doubles the tries.
const MOST_TRIED: usize = 10;

static LOOK_ALIKE: Check = Check::error(
    "look-alike-characters",
    "A letter or digit is not the one that it looks like",
    About {
        meaning: "The text holds a letter of another alphabet that looks like a Latin one, a full-width letter or digit, \
                  the letter O for the digit 0, or the letter l or I for the digit 1. In a text that is only read, and \
                  that nothing is looked up by, it is a warning.",
        why: "The eye sees no difference, and Excel does: the amount is in no sum, and the name or reference is another \
              than the one that it looks like.",
        example: "386.75O with the letter O, or a project in which one o is Cyrillic.",
        mend: "Type the whole text again; copying it keeps the wrong character.",
    },
)
.over(Over::Cells(Kinds::Any));

static UNSEEN: Check = Check::warning(
    "invisible-character",
    "A text holds a character that cannot be seen",
    About {
        meaning: "The text holds a zero-width space, a soft hyphen, a null character or another character that nobody sees, or, where \
                  something is looked up by it, a non-breaking space. It was read without it, or as a plain space.",
        why: "Excel's lookups, filters and sums by name take the text for another than the one that it looks like.",
        example: "Hate Crime with a non-breaking space between the words, pasted from a web page.",
        mend: "Type the text again, or take the character out with SUBSTITUTE or CLEAN.",
    },
)
.over(Over::Cells(Kinds::Text));

pub(super) static CHECKS: [&Check; 2] = [&LOOK_ALIKE, &UNSEEN];

/// A character that is not the one that it looks like.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Swap {
    /// Its place in the text, from 1.
    nth: usize,
    given: char,
    meant: char,
}

/// A text with look-alikes in it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Alike {
    swaps: Vec<Swap>,
    /// The text that was meant.
    meant: String,
}

/// Whether a cell's fault is that it holds look-alikes, so that other checks have nothing to say of it.
pub(super) fn takes(column: ColumnView<'_>, cell: &Cell, context: &Context<'_>) -> bool {
    alike_in(column, cell).is_some() && is_asked(&LOOK_ALIKE, column, context.pack)
}

/// Whether a text has words in which alphabets are mixed: a reference that leads nowhere for that alone.
pub(super) fn is_mixed(text: &str) -> bool {
    mixed(text).is_some()
}

/// The code under which a pack sets what [`is_mixed`] finds.
pub(super) fn code() -> &'static str {
    LOOK_ALIKE.code
}

/// Judges the characters of a column's texts.
pub(super) fn check(column: ColumnView<'_>, outcome: &mut Outcome) {
    let mut alikes: BTreeMap<Position, Alike> = BTreeMap::new();
    let faults = column.cells().enumerate().filter_map(|(line, cell)| {
        let alike = alike_in(column, cell)?;
        let cause = words(&alike);
        alikes.insert(cell.position, alike);
        Some(Fault { line, position: cell.position, cause, shown: quoted(&cell.raw.shown()) })
    });
    for run in gather(&LOOK_ALIKE, faults) {
        let first = alikes.get(&run.area.first);
        outcome.findings.extend(first.map(|alike| finding(&run, column, alike)));
    }
    unseen_characters(column, outcome);
}

fn finding(run: &Run, column: ColumnView<'_>, alike: &Alike) -> Finding {
    let message = if run.is_single() {
        format!("{}; {}.", run.says(), placed(alike))
    } else {
        format!("{} hold {}: {}.", run.ranges(), run.cause, named(&run.shown))
    };
    let mut finding = run.finding(column, message, format!("Type the text of {} again.", run.each()));
    if !is_looked_up(column.of.schema, column.field) && column.kind() == FieldKind::Text {
        finding.severity = Severity::Warning;
    }
    if run.is_single() {
        finding.actual = run.shown.first().cloned();
        finding.expected = Some(quoted(&alike.meant));
        finding.suggestions = vec![Suggestion { text: quoted(&alike.meant), cells: Vec::new() }];
        finding.cause = left_out(run, column, alike);
    }
    finding
}

/// What an amount that could not be read takes from the figures that depend on it.
fn left_out(run: &Run, column: ColumnView<'_>, alike: &Alike) -> Option<Cause> {
    let amount = Money::from_text(&alike.meant).ok().filter(|_| column.kind() == FieldKind::Money)?;
    let text = format!("{} ({}) typed with {}, so that no sum counts it", run.area, quoted(&alike.meant), run.cause);
    Some(Cause {
        suggestion: Suggestion { text, cells: vec![column.of.place(run.area)] },
        difference: Some(Difference::Money(Money::from_pence(amount.pence().checked_neg()?))),
    })
}

/// `the letter O for the digit 0`.
fn words(alike: &Alike) -> String {
    let mut kinds: Vec<String> = Vec::new();
    for Swap { given, meant, .. } in &alike.swaps {
        let words = format!("{} for {}", called(*given), called(*meant));
        if !kinds.contains(&words) {
            kinds.push(words);
        }
    }
    crate::model::listed(&kinds, "and")
}

/// `its 7th character is the letter O, and the digit 0 is meant`.
fn placed(alike: &Alike) -> String {
    match alike.swaps.as_slice() {
        [Swap { nth, given, meant }] => {
            format!("its {} character is {}, and {} is meant", ordinal(*nth), called(*given), called(*meant))
        }
        _ => format!("it holds {}", words(alike)),
    }
}

/// `1st`, `2nd`, `13th`.
fn ordinal(number: usize) -> String {
    let ending = match (number % 10, number % 100) {
        (_, 11..=13) => "th",
        (1, _) => "st",
        (2, _) => "nd",
        (3, _) => "rd",
        _ => "th",
    };
    format!("{number}{ending}")
}

/// The look-alikes of a cell, if it has any that are a fault.
fn alike_in(column: ColumnView<'_>, cell: &Cell) -> Option<Alike> {
    let RawValue::Text(text) = &cell.raw else { return None };
    let text = text.trim();
    match column.kind() {
        FieldKind::Text => {
            let is_meant = |text: &str| has_form(text, column.field);
            let is_held_to_a_form = is_held_to_a_form(column.field);
            let foreign = || replaced(text).filter(|alike| is_held_to_a_form && is_meant(&alike.meant));
            // Nearly every text has the form that is asked for: only of one that has not other texts are tried.
            let slip = || if is_held_to_a_form && !is_meant(text) { as_asked(text, &is_meant) } else { None };
            mixed(text).or_else(foreign).or_else(slip)
        }
        FieldKind::Boolean | FieldKind::Month => mixed(text),
        kind if cell.is_marked() => {
            let is_meant = |text: &str| match kind {
                FieldKind::Date => super::days::of_text(text).is_some(),
                FieldKind::Integer => is_number(text) && !text.contains('.'),
                _ => is_number(text),
            };
            let foreign = || replaced(text).filter(|alike| is_meant(&alike.meant));
            foreign().or_else(|| as_asked(text, &is_meant))
        }
        _ => None,
    }
}

/// Whether a field's texts must have a form or be on a list.
fn is_held_to_a_form(field: &Field) -> bool {
    field.constraints.pattern.is_some() || !field.constraints.allowed.is_empty()
}

fn has_form(text: &str, field: &Field) -> bool {
    let constraints = &field.constraints;
    constraints.pattern.as_ref().is_none_or(|pattern| pattern.is_match(text))
        && (constraints.allowed.is_empty() || constraints.allowed.iter().any(|allowed| allowed == text))
}

/// Whether rows are found, grouped or told apart by a field's texts.
fn is_looked_up(schema: &TableSchema, field: &Field) -> bool {
    let is_key = schema.keys().iter().any(|key| key.contains(&field.name.as_str()));
    let is_reference = schema.foreign_keys.iter().any(|key| key.fields.iter().any(|name| *name == field.name));
    let names_measures = schema.crosscast.over_time.as_ref().is_some_and(|over_time| over_time.key == field.name);
    is_key || is_reference || names_measures || is_held_to_a_form(field)
}

/// Whether a text is plainly a number or an amount.
fn is_number(text: &str) -> bool {
    matches!(Money::from_text(text), Ok(_) | Err(AmountError::FractionOfPenny | AmountError::TooLarge))
}

/// The text with every look-alike of another alphabet replaced, if it has any.
fn replaced(text: &str) -> Option<Alike> {
    if text.is_ascii() {
        return None;
    }
    let mut swaps = Vec::new();
    let mut meant = String::new();
    for (index, given) in text.chars().enumerate() {
        match latin_of(given) {
            Some((latin, _)) => {
                swaps.push(Swap { nth: index + 1, given, meant: latin });
                meant.push(latin);
            }
            None => meant.push(given),
        }
    }
    (!swaps.is_empty()).then_some(Alike { swaps, meant })
}

/// A text with a word in which look-alikes stand among Latin letters, or with full-width letters or digits. A word that is
/// written in another alphabet throughout is what it looks like.
fn mixed(text: &str) -> Option<Alike> {
    let whole = replaced(text)?;
    let characters: Vec<char> = text.chars().collect();
    let is_swapped = |index: usize| {
        let is_part = |character: &char| character.is_alphanumeric();
        let first =
            characters[..index].iter().rposition(|character| !is_part(character)).map_or(0, |before| before + 1);
        let length = characters[first..].iter().take_while(|character| is_part(character)).count();
        let word = &characters[first..(first + length).max(index + 1)];
        let is_latin = |character: &char| character.is_ascii_alphanumeric() || ('À'..='ɏ').contains(character);
        let is_known = |character: &char| is_latin(character) || latin_of(*character).is_some();
        word.iter().any(is_latin) && word.iter().all(is_known)
    };
    let is_full_width = |character: char| matches!(latin_of(character), Some((_, super::letters::Origin::FullWidth)));
    let swaps: Vec<Swap> =
        whole.swaps.into_iter().filter(|swap| is_full_width(swap.given) || is_swapped(swap.nth - 1)).collect();
    let mut meant = characters;
    for swap in &swaps {
        meant[swap.nth - 1] = swap.meant;
    }
    (!swaps.is_empty()).then(|| Alike { swaps, meant: meant.into_iter().collect() })
}

/// The text with letters for digits, or digits for letters, replaced so that it is as asked; the fewest that do it.
fn as_asked(text: &str, is_meant: &dyn Fn(&str) -> bool) -> Option<Alike> {
    let other = |character: char| match character {
        'O' | 'o' => Some('0'),
        'l' | 'I' => Some('1'),
        '0' => Some('O'),
        '1' => Some('I'),
        _ => None,
    };
    let characters: Vec<char> = text.chars().collect();
    let doubtful: Vec<(usize, char)> =
        characters.iter().enumerate().filter_map(|(index, character)| Some((index, other(*character)?))).collect();
    if doubtful.is_empty() || doubtful.len() > MOST_TRIED {
        return None;
    }
    let choices = 1..1u32 << doubtful.len();
    let fewest_first =
        (1..=choices.end.ilog2()).flat_map(|count| choices.clone().filter(move |choice| choice.count_ones() == count));
    // Of a column of other references each cell is tried in up to a thousand ways: all in one text that is written over.
    let (mut tried, mut meant) = (characters.clone(), String::with_capacity(text.len()));
    for choice in fewest_first {
        let is_chosen = |bit: usize| choice & (1 << bit) != 0;
        for (bit, (index, other)) in doubtful.iter().enumerate() {
            tried[*index] = if is_chosen(bit) { *other } else { characters[*index] };
        }
        meant.clear();
        meant.extend(&tried);
        if is_meant(&meant) {
            let chosen = doubtful.iter().enumerate().filter(|(bit, _)| is_chosen(*bit));
            let swap = |(_, (index, meant)): (usize, &(usize, char))| Swap {
                nth: index + 1,
                given: characters[*index],
                meant: *meant,
            };
            return Some(Alike { swaps: chosen.map(swap).collect(), meant });
        }
    }
    None
}

/// Judges what nobody sees in a column of texts. A non-breaking space is of no account where nothing is looked up.
fn unseen_characters(column: ColumnView<'_>, outcome: &mut Outcome) {
    if column.kind() != FieldKind::Text {
        return;
    }
    let is_looked_up = is_looked_up(column.of.schema, column.field);
    let faults = column.numbered().filter_map(|(line, cell)| {
        let (RawValue::Text(text), Value::Text(_)) = (&cell.raw, &cell.value) else { return None };
        if !may_be_unseen(text) {
            return None;
        }
        let counts = |name: &str| is_looked_up || name != "a non-breaking space";
        let (_, character, name) = text
            .chars()
            .enumerate()
            .filter_map(|(index, character)| Some((index, character, unseen(character)?)))
            .find(|(_, _, name)| counts(name))?;
        let cause = format!("{name} (U+{:04X})", u32::from(character));
        Some(Fault { line, position: cell.position, cause, shown: quoted(text) })
    });
    for run in gather(&UNSEEN, faults) {
        let holds = run.either("holds", "hold");
        let how = if run.cause.starts_with("a non-breaking") { "read as a plain space" } else { "read without it" };
        outcome.findings.push(run.finding(
            column,
            format!("{} {holds} {}: {}, {how}.", run.ranges(), run.cause, named(&run.shown)),
            format!("Type the text of {} again.", run.each()),
        ));
    }
}

/// Judges the texts beside the tables by null characters, where some programs take a text for ended. What else nobody sees
/// does no harm there.
pub(super) fn check_beside_tables(workbook: &Workbook, outcome: &mut Outcome) {
    for sheet in &workbook.sheets {
        let here = workbook.texts.iter().filter(|text| text.sheet == sheet.name && text.text.contains('\0'));
        let texts: Vec<&SheetText> = here.collect();
        let Some(first) = texts.first() else { continue };
        let place = first.position.map_or_else(
            || Place::sheet(&workbook.path, &sheet.name),
            |position| Place::area(&workbook.path, &sheet.name, position),
        );
        let cell = first.position.map_or_else(|| "A text".to_owned(), |position| position.to_string());
        let more = if texts.len() == 1 { String::new() } else { format!(", and so do {} more", texts.len() - 1) };
        outcome.findings.push(UNSEEN.finding(
            place,
            format!("{cell} holds a null character (U+0000): {}{more}.", quoted(&first.text)),
            "Type the text again.",
        ));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn meant(alike: Option<Alike>) -> Option<String> {
        alike.map(|alike| alike.meant)
    }

    #[test]
    fn words_of_two_alphabets() {
        assert_eq!(meant(mixed("W\u{43e}rcester")), Some("Worcester".to_owned()));
        assert_eq!(meant(mixed("ＩＮＶ-0001")), Some("INV-0001".to_owned()));
        for one in ["Worcester", "Café Łódź", "Москва", "Κόσμος trust", "β-test", "жar"] {
            assert_eq!(meant(mixed(one)), None, "{one}");
        }
    }

    #[test]
    fn letters_for_digits() {
        let number = |text: &str| meant(as_asked(text, &is_number));
        assert_eq!(number("386.75O"), Some("386.750".to_owned()));
        assert_eq!(number("l2"), Some("12".to_owned()));
        assert_eq!(number("about 20"), None);
        assert_eq!(number("OOOOOOOOOOOOO"), None, "too many to try");
    }

    #[test]
    fn ordinals() {
        assert_eq!([1, 2, 3, 4, 11, 12, 21, 112].map(ordinal).join(" "), "1st 2nd 3rd 4th 11th 12th 21st 112th");
    }
}
