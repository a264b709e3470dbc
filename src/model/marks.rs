//! What a marked copy of an officer's workbook bears beside the officer's own: one sheet, words in comments, fills. A marked
//! copy comes back into the inbox, so reading passes over all of it, and marking again replaces it.

use std::borrow::Cow;
use std::ops::Range;

/// The sheet that lists the findings of a workbook, in a marked copy of it.
pub const FINDINGS_SHEET: &str = "Crosscast findings";

/// The author of the comments of a marked copy.
pub const MARK_AUTHOR: &str = "Crosscast";

/// The line with which the tool's own words in a comment begin. Neither this nor [`MARK_END`] has a character that XML writes
/// in another way.
pub const MARK_BEGIN: &str = "Crosscast says:";

/// The line with which they end.
pub const MARK_END: &str = "(End of what Crosscast says.)";

/// What stands between an officer's note and the tool's words below it.
pub const MARK_GAP: &str = "\n\n";

/// The fill of a cell with an error that stands: red, green and blue. Nobody's palette has it, so it is known again.
pub const FILL_OF_ERRORS: [u8; 3] = [0xFF, 0xC8, 0xCB];

/// The fill of a cell with a warning.
pub const FILL_OF_WARNINGS: [u8; 3] = [0xFF, 0xE1, 0xA3];

/// The fill of a cell with an error that is explained, or with what is good to know.
pub const FILL_OF_NOTES: [u8; 3] = [0xD5, 0xDF, 0xEB];

/// The tint of a colour that is kept behind the fill of a mark.
pub const KEPT_TINT: f64 = 0.25;

/// The red of a text that was light and is dark on the fill of a mark; its green and blue keep what it was.
const RED_OF_DARKENED: u8 = 0x2B;
/// The most that its green and blue can be.
const MOST_OF_DARKENED: u8 = 0x3F;

/// From here on a channel of a colour counts as white, as it does where texts that nobody sees are looked for.
const NEAR_WHITE: u8 = 242;

/// What the first cell of the list of findings begins with; the workbook's name follows.
pub const FINDINGS_TITLE: &str = "Crosscast findings: ";

/// Whether a sheet's name is that of the list of findings; letter case is forgiven, as Excel does. An officer's own sheet may
/// have it too: the list begins with [`FINDINGS_TITLE`] and has no formulas.
pub fn is_findings_sheet(name: &str) -> bool {
    name.trim().eq_ignore_ascii_case(FINDINGS_SHEET)
}

/// Whether a colour is the fill of a mark.
pub fn is_mark_fill(colour: [u8; 3]) -> bool {
    [FILL_OF_ERRORS, FILL_OF_WARNINGS, FILL_OF_NOTES].contains(&colour)
}

/// Whether the second colour of a mark's fill, given by its digits, is what the cell was filled with before: it has this tint
/// then, which does not show. LibreOffice puts a colour like the mark's own there when it saves, without any.
pub fn is_kept_tint(tint: f64) -> bool {
    (tint - KEPT_TINT).abs() < 0.001
}

/// Where the tool's own words stand in a text, in bytes, from its beginning on, each with the gap before it. What has a
/// beginning or an end alone is somebody else's text; our words hold no other beginning, so each end belongs to the last
/// beginning before it.
pub fn marks_within(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut from = 0;
    while let Some(end) = text[from..].find(MARK_END).map(|offset| from + offset) {
        let after = end + MARK_END.len();
        if let Some(begin) = text[from..end].rfind(MARK_BEGIN) {
            let before = &text[from..from + begin];
            found.push(from + before.strip_suffix(MARK_GAP).unwrap_or(before).len()..after);
        }
        from = after;
    }
    found
}

/// A comment's text without the words that the tool put into it; nothing of a comment that has no others.
pub fn without_mark(text: &str) -> Cow<'_, str> {
    let marks = marks_within(text);
    if marks.is_empty() {
        return Cow::Borrowed(text);
    }
    // A copy of a copy bears one mark; more are what somebody pasted.
    let mut own = String::new();
    let mut at = 0;
    for mark in marks {
        own.push_str(&text[at..mark.start]);
        at = mark.end;
    }
    own.push_str(&text[at..]);
    Cow::Owned(own)
}

/// The dark colour that stands for a light colour of text on the fill of a mark. It keeps four bits of each channel.
pub fn darkened(colour: [u8; 3]) -> [u8; 3] {
    let [red, green, mut blue] = colour.map(|channel| channel >> 4);
    // What is not quite white must not come back as white, which nobody sees on paper.
    if [red, green, blue] == [0xF; 3] && colour.iter().any(|channel| *channel < NEAR_WHITE) {
        blue = 0xE;
    }
    [RED_OF_DARKENED, (red << 2) | (green >> 2), ((green & 3) << 4) | blue]
}

/// The light colour that a dark one stands for; none of any other colour.
pub fn lightened(colour: [u8; 3]) -> Option<[u8; 3]> {
    let [red, green, blue] = colour;
    if red != RED_OF_DARKENED || green > MOST_OF_DARKENED || blue > MOST_OF_DARKENED {
        return None;
    }
    Some([green >> 2, ((green & 3) << 2) | (blue >> 4), blue & 0xF].map(|bits| bits << 4 | bits))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_words_of_a_mark_are_taken_out() {
        for (text, own) in [
            ("Crosscast says:\nError. Text.\n(End of what Crosscast says.)", ""),
            ("Ring Ann\n\nCrosscast says:\nError.\n(End of what Crosscast says.)", "Ring Ann"),
            ("Crosscast says:\nError.\n(End of what Crosscast says.)\nI rang Ann", "\nI rang Ann"),
            ("Ring Ann", "Ring Ann"),
            ("Crosscast says: no end", "Crosscast says: no end"),
            ("(End of what Crosscast says.) Crosscast says:", "(End of what Crosscast says.) Crosscast says:"),
            ("Crosscast says: no\n\nCrosscast says:\nE.\n(End of what Crosscast says.)", "Crosscast says: no"),
            ("a\n\nCrosscast says:\nE.\n(End of what Crosscast says.)\nCrosscast says: no", "a\nCrosscast says: no"),
            (
                "Crosscast says:1(End of what Crosscast says.)a(End of what Crosscast says.)",
                "a(End of what Crosscast says.)",
            ),
        ] {
            assert_eq!(without_mark(text), own, "{text}");
        }
    }

    #[test]
    fn a_light_colour_comes_back() {
        for (light, dark) in [([255; 3], [0x2B, 0x3F, 0x3F]), ([255, 255, 0], [0x2B, 0x3F, 0x30])] {
            assert_eq!(darkened(light), dark);
            assert_eq!(lightened(dark), Some(light));
        }
        assert_eq!(lightened(darkened([241; 3])), Some([255, 255, 0xEE]), "not white");
        assert_eq!(lightened([0x2A, 0x3F, 0x3F]), None);
        assert_eq!(lightened([0x2B, 0x40, 0x3F]), None);
    }

    #[test]
    fn names_of_the_sheet() {
        assert!(is_findings_sheet("Crosscast findings") && is_findings_sheet("crosscast Findings"));
        assert!(!is_findings_sheet("Crosscast findings (2)") && !is_findings_sheet("Findings"));
    }
}
