//! How high rows must be so that wrapped texts can be read.
//!
//! Excel finds heights by itself when it opens a file; LibreOffice and viewers take what the file says. So each row is
//! given a height, on the generous side, since fonts differ a little between machines.

use super::width::{self, BOLD, WIDER};

/// The height of a line of Arial 12, in points.
const LINE: f64 = 15.75;
/// Room above and below the lines of a row, in points.
const ROOM: f64 = 3.0;
/// What a cell's margins and indent take from its column's width, in characters.
const MARGINS: f64 = 1.0 + width::INDENT;
/// The greatest height of a row in Excel, in points.
const MOST: f64 = 409.0;

/// The height of a row of so many lines, in points.
pub fn of_lines(lines: u32) -> f64 {
    (f64::from(lines.max(1)) * LINE + ROOM).min(MOST)
}

/// The number of lines of a text in a column of a width in characters, its words wrapped.
pub fn lines(text: &str, column: f64) -> u32 {
    let room = (column - MARGINS).max(1.0);
    text.split('\n').map(|line| lines_of_paragraph(line, room)).sum()
}

/// Whether a text of a width in characters, without line breaks, stands on one line in a column of a width in characters.
pub fn is_one_line(text: f64, column: f64) -> bool {
    text * WIDER <= (column - MARGINS).max(1.0)
}

/// The number of lines of a heading, which is bold and short, in a column of a width in characters.
pub fn lines_of_heading(title: &str, column: f64) -> u32 {
    lines(title, (column - MARGINS) * WIDER / BOLD + MARGINS + width::INDENT)
}

fn lines_of_paragraph(text: &str, room: f64) -> u32 {
    if width::of_text(text) * WIDER <= room {
        return 1;
    }
    let space = width::of_text(" ") * WIDER;
    let mut lines = 1;
    let mut used = 0.0;
    for word in text.split(' ') {
        let wide = width::of_text(word) * WIDER;
        if used > 0.0 && used + space + wide <= room {
            used += space + wide;
            continue;
        }
        lines += u32::from(used > 0.0);
        // A word that is wider than the column goes on in the next line.
        let further = (wide / room).ceil() - 1.0;
        lines += if further > 0.0 { further as u32 } else { 0 };
        used = wide - further.max(0.0) * room;
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped() {
        assert_eq!(lines("", 20.0), 1);
        assert_eq!(lines("aaaaaaaaaa", 20.0), 1);
        // 15 characters of 1.1 fill 16.5 of the 19 that are free; the next word does not fit beside them.
        assert_eq!(lines("aaaaaaaaaaaaaaa aaa", 20.0), 2);
        assert_eq!(lines("aaaaaaaaaaaa aaa", 20.0), 1);
        assert_eq!(lines("one\ntwo\n\nfour", 20.0), 4);
        // A fingerprint has no spaces: 64 characters of 1.1 in lines of 19.
        assert_eq!(lines(&"a".repeat(64), 20.0), 4);
    }

    #[test]
    fn headings_are_wrapped() {
        assert_eq!(lines_of_heading("Apr 2022", 10.0), 1);
        assert_eq!(lines_of_heading("Underspend or overspend", 17.5), 2);
    }

    #[test]
    fn heights_are_bounded() {
        assert_eq!(of_lines(1), 18.75);
        assert_eq!(of_lines(2), 34.5);
        assert_eq!(of_lines(500), 409.0);
    }
}
