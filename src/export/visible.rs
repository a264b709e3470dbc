//! Characters that act instead of being shown are made visible, so that text from a cell stays text.

use std::borrow::Cow;

/// The text on one line with every character shown: line breaks and tabs become spaces, and a character that would act
/// on a terminal, turn the direction of the line, or not be seen at all is written by its number, `[U+001B]`.
pub fn visible_text(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|character| is_break(character) || is_hidden(character)) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 16);
    let mut characters = text.chars().peekable();
    while let Some(character) = characters.next() {
        if is_break(character) {
            if character == '\r' && characters.peek() == Some(&'\n') {
                continue;
            }
            shown.push(' ');
        } else if is_hidden(character) {
            shown.push_str(&by_number(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

/// A character that is not shown as it stands, by its number: `[U+001B]`.
pub fn by_number(character: char) -> String {
    format!("[U+{:04X}]", u32::from(character))
}

/// Whether a character ends a line or jumps along it.
fn is_break(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\u{B}' | '\u{C}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// Whether a character acts instead of being shown. The joiners (U+200C, U+200D) and the variation selectors are left:
/// scripts and pictures are made with them.
pub fn is_hidden(character: char) -> bool {
    character.is_control()
        || matches!(character,
            // Direction: marks, embeddings, overrides and isolates.
            '\u{61C}' | '\u{200E}' | '\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'
            // Deprecated format characters and interlinear annotations.
            | '\u{206A}'..='\u{206F}' | '\u{FFF9}'..='\u{FFFB}'
            // Without width: they make two names differ that look the same.
            | '\u{AD}' | '\u{200B}' | '\u{2060}'..='\u{2064}' | '\u{FEFF}'
            | '\u{180E}' | '\u{3164}' | '\u{FFA0}'
            // Tags.
            | '\u{E0000}'..='\u{E007F}')
        || is_no_character(character)
}

/// Whether Unicode keeps the number for programs' own use: no text that is exchanged may hold it.
fn is_no_character(character: char) -> bool {
    matches!(character, '\u{FDD0}'..='\u{FDEF}') || u32::from(character) & 0xFFFE == 0xFFFE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_act_are_written_by_their_number() {
        for (given, shown) in [
            ("\u{1b}[31mred\u{1b}[0m", "[U+001B][31mred[U+001B][0m"),
            ("\u{9b}2J", "[U+009B]2J"),
            ("bell\u{7} delete\u{7f}", "bell[U+0007] delete[U+007F]"),
            ("invoice\u{202e}fdp.exe", "invoice[U+202E]fdp.exe"),
            ("Hate\u{200b} Crime\u{feff}", "Hate[U+200B] Crime[U+FEFF]"),
            ("a\u{ffff}b\u{fdd0}c\u{10fffe}\u{3164}", "a[U+FFFF]b[U+FDD0]c[U+10FFFE][U+3164]"),
            ("one\r\ntwo\nthree\tfour\u{2028}five", "one two three four five"),
        ] {
            assert_eq!(visible_text(given), shown);
        }
    }

    #[test]
    fn what_people_write_is_left_alone() {
        for text in ["£6,000.00 – “Café”", "non\u{a0}breaking", "नमस्ते", "می\u{200c}خواهم", "👩\u{200d}👧", "שלום"]
        {
            assert!(matches!(visible_text(text), Cow::Borrowed(same) if same == text), "{text}");
        }
    }
}
