//! Words that officers type where there is no number, and how the pack would say what they stand for.

use super::runs::Run;
use super::view::ColumnView;
use super::words::quoted;
use crate::model::name_key;
use crate::schema::FieldKind;

/// What a word usually stands for.
enum Usual {
    /// Nothing, as a figure.
    Nought,
    /// No value, with what it means.
    Meaning(&'static str),
}

/// The words, as [`name_key`] has them: those of accounts, and the symbols of public statistics.
const USUAL: [(&str, Usual); 13] = [
    ("-", Usual::Nought),
    ("\u{2013}", Usual::Nought),
    ("nil", Usual::Nought),
    ("none", Usual::Nought),
    ("..", Usual::Meaning("not available")),
    (":", Usual::Meaning("not available")),
    ("n/a", Usual::Meaning("not applicable")),
    ("[x]", Usual::Meaning("not available")),
    ("[z]", Usual::Meaning("not applicable")),
    ("[c]", Usual::Meaning("confidential")),
    ("not held", Usual::Meaning("not held")),
    ("not available", Usual::Meaning("not available")),
    ("not applicable", Usual::Meaning("not applicable")),
];

/// What to add to the pack, if the cells of a run say such a word; the first of them is named.
pub(super) fn what_to_add(run: &Run, column: ColumnView<'_>) -> Option<String> {
    let takes_words = column.kind().is_numeric() || matches!(column.kind(), FieldKind::Date | FieldKind::Month);
    let said = run.shown.iter().map(|shown| shown.trim_matches(['“', '”']).trim());
    let (word, usual) = said.filter(|_| takes_words).find_map(|said| {
        let known = USUAL.iter().find(|(word, _)| *word == name_key(said))?;
        Some((said, &known.1))
    })?;
    let key = if word.chars().all(char::is_alphabetic) { word.to_owned() } else { format!("\"{word}\"") };
    let (what, stands_for) = match usual {
        Usual::Nought if column.kind().is_numeric() => ("stands for nothing", "0"),
        Usual::Nought => ("means that there is none", "none"),
        Usual::Meaning(meaning) => ("means that there is no figure", *meaning),
    };
    let field = &column.field.name;
    Some(format!(
        "If {} {what}, add shorthand: {{{key}: {stands_for}}} to the field {field} in the pack.",
        quoted(word)
    ))
}
